"""The review sheet from the screen: a preview that is the paper itself, the system's printer, and a PDF.

Preview, printer and PDF come from one Typst document, so that what is seen is what is printed. Qt only carries the
pictures of the pages to the printer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QImage, QPageSize, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from indsteer.answers.sheet import sheet_for
from indsteer.report.sheet import ReviewSheet
from indsteer.report.typesetting import Typesetter, write_pdf
from ui import theme
from ui.background import Task
from ui.desk import Desk
from ui.dialogs.panel import Panel
from ui.main_window import MainWindow
from ui.widgets.base import Label
from ui.widgets.buttons import PrimaryButton, QuietButton

if TYPE_CHECKING:
    from ui.program import Program

PREVIEW_PPI = 96.0
PRINTER_PPI = 300.0  # fine enough for hairlines; an A4 page is 8.7 million pixels


def sheet_of(desk: Desk) -> ReviewSheet:
    """The sheet of the unit and month that are shown: as signed, or a concept of today."""
    ground, place, today = desk.session.ground(), desk.place, desk.session.today()
    return desk.session.read(lambda c: sheet_for(c, ground, desk.words, place.unit, place.period, today))


def print_sheet(program: Program, window: MainWindow, desk: Desk) -> None:
    """Show the preview, from which one prints or saves."""
    if not desk.place.unit or not desk.place.period:
        desk.say(desk.words("print.nothing"), "info")
        return
    PreviewPanel(program, window, desk, sheet_of(desk)).open()


def save_sheet(program: Program, window: MainWindow, desk: Desk) -> None:
    """Ask where and save the sheet as a PDF."""
    words, place = desk.words, desk.place
    if not place.unit or not place.period:
        desk.say(words("print.nothing"), "info")
        return
    title = words("actions.pdf").rstrip("…")
    name = words("print.file_name", unit=place.unit, period=place.period)
    path = program.asking.save_path(window, title, f"{name}.pdf", "PDF (*.pdf)")
    if path is None:
        return
    sheet = sheet_of(desk)
    task = Task(lambda _: write_pdf([sheet], path), window)
    task.done.connect(lambda _: desk.say(words("print.saved", name=path.name), "good"))
    task.failed.connect(desk.tell)
    task.start()


class PreviewPanel(Panel):
    """The pages of a sheet as they will be on paper, and the two ways to keep them."""

    def __init__(self, program: Program, window: MainWindow, desk: Desk, sheet: ReviewSheet) -> None:
        super().__init__(desk, window, desk.words("print.title"), 58)
        self._program, self._window, self._sheet = program, window, sheet
        self._setter = Typesetter()
        self.pages: list[QLabel] = []
        words = desk.words
        self.print_button = PrimaryButton(words("print.print"))
        self.pdf_button = QuietButton(words("print.pdf"))
        self.note = Label("", "small", "muted", wrap=True)
        self.print_button.clicked.connect(self.print_now)
        self.pdf_button.clicked.connect(self.save)
        if not QPrinterInfo.availablePrinterNames():
            self.print_button.setEnabled(False)
            self.note.set_text(words("print.no_printer"))
        self._lay_out()
        self._draw()

    @Slot()
    def print_now(self) -> None:
        """The system's printer dialog, then the pages."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setDocName(self._sheet.title)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            paint_pages(printer, self._pictures(PRINTER_PPI))
            self.desk.say(self.desk.words("print.sent"), "good")
            self.close()

    @Slot()
    def save(self) -> None:
        """As a PDF."""
        self.close()
        save_sheet(self._program, self._window, self.desk)

    def _pictures(self, ppi: float) -> list[QImage]:
        pages = self._setter.render_pages(self._setter.paper(self._sheet), "png", ppi)
        return [QImage.fromData(page) for page in pages]

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        for number, image in enumerate(self._pictures(PREVIEW_PPI * ratio), 1):
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(ratio)
            page = QLabel()
            page.setPixmap(picture)
            page.setAccessibleName(self.desk.words("print.page", number=number, title=self._sheet.title))
            self._inner.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
            self.pages.append(page)

    def _lay_out(self) -> None:
        holder = QWidget()
        self._inner = QVBoxLayout(holder)
        self._inner.setSpacing(theme.metrics().gap3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(holder)
        scroll.setMinimumHeight(theme.em(44))
        scroll.setAccessibleName(self.desk.words("print.title"))
        self.column.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.addWidget(self.note, 1)
        for button in (self.pdf_button, self.print_button):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        self.column.addLayout(row)


def paint_pages(printer: QPrinter, pages: list[QImage]) -> None:
    """Each picture on a page of its own, as large as the paper."""
    painter = QPainter(printer)
    try:
        for number, page in enumerate(pages):
            if number:
                printer.newPage()
            painter.drawImage(QRectF(painter.viewport()), page)
    finally:
        painter.end()
