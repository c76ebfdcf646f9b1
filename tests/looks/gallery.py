"""Draw every widget in every theme into pictures to look at.

usage: python tests/looks/gallery.py OUT_FOLDER [light|dark|contrast ...]   (QT_SCALE_FACTOR=2 for 200 %)
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme, widgets
from ui.shapes import SHAPES, draw_shape, stamp_shape


class Shapes(QWidget):
    """All shapes, stamped and drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(theme.em(6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tones = ("good", "warn", "bad", "info", "none")
        for at, shape in enumerate(SHAPES):
            colour = theme.tokens().tone(tones[at % 5])
            stamp_shape(painter, shape, QRectF(at * 30, 4, 11, 11), colour)
            draw_shape(painter, shape, QRectF(at * 30, 24, 24, 24), colour)


def window() -> QWidget:
    """A page with one of everything."""
    page = widgets.Surface("panel")
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    nav = widgets.Nav()
    names = ("Overzicht", "Plan", "Do", "Check", "Act", "Gesprek", "", "Capaciteit", "Gegevens en import")
    nav.set_items(tuple(widgets.NavItem(n.lower(), n) for n in names), title="indsteer", name="Pagina's")
    nav.set_current("check")
    nav.set_badge("do", "warn", 2, "2 ontbreken")
    nav.set_badge("gegevens en import", "bad", 14, "14 fouten")
    nav.set_footer("good", "Opgeslagen 14:32", "dienst_met_een_lange_naam_2024.indsteer")
    row.addWidget(nav)
    row.addWidget(widgets.Hairline(vertical=True))
    column = QVBoxLayout()
    column.setSpacing(0)
    row.addLayout(column, 1)
    header = widgets.HeaderBar()
    header.set_texts(widgets.HeaderTexts("Eenheid", "Periode", "Vorige", "Volgende", "Zoek of doe iets", "Ctrl+K"))
    header.set_page("Check")
    header.set_units((("D", "Hele dienst", 0), ("A", "Asiel en Bescherming · AA/VA Noord", 1)))
    header.set_unit("A")
    header.set_periods((("2024-07", "juli 2024"), ("2024-08", "augustus 2024")))
    header.set_period("2024-08")
    header.add_action(widgets.QuietButton("Afdrukken"))
    column.addWidget(header)
    for text, tone, action in (
        ("Alleen lezen: geopend door planner op PC-114", "info", "Opnieuw proberen"),
        (
            "De waarde van 'Werkvoorraad' in oktober kon niet worden gelezen: <b>12.3x</b> is geen getal",
            "bad",
            "",
        ),
    ):
        message = widgets.Message(page)
        message.say(text, tone, action)
        column.addWidget(message)
    progress = widgets.Progress(page)
    progress.start("Werkboek lezen…", "Stoppen")
    progress.set_progress(37, 100)
    column.addWidget(progress)
    column.addWidget(body(), 1)
    return page


def body() -> QWidget:
    """Sentence, buttons, chips, fields."""
    area = QWidget()
    column = QVBoxLayout(area)
    column.setContentsMargins(24, 16, 24, 16)
    column.setSpacing(12)
    sentence = widgets.Sentence()
    sentence.set_text(
        "Twee doelen zijn nog niet rond: productie komt 226 zaken tekort, tijdigheid 39 procentpunt.",
        "bad",
        "De directie vraagt 12.032 beslissingen in 2024, het team biedt 11.806. De kans is 9 %.",
    )
    column.addWidget(sentence)
    for tone in ("warn", "good", "info", "none", "na"):
        other = widgets.Sentence()
        other.set_text("November is bijna klaar: 1 waarde klopt niet en 2 ontbreken.", tone)
        column.addWidget(other)
    column.addWidget(widgets.Hairline())
    line = QHBoxLayout()
    focused = widgets.PrimaryButton("Maatregel maken", "Ctrl+Return")
    disabled = widgets.PrimaryButton("Maak definitief")
    disabled.setEnabled(False)
    quiet = widgets.QuietButton("Plakken uit Excel & meer", "Ctrl+V")
    off = widgets.QuietButton("Niet nu")
    off.setEnabled(False)
    for button in (
        focused,
        widgets.PrimaryButton("Voorleggen"),
        disabled,
        quiet,
        off,
        widgets.LinkButton("Check ›"),
    ):
        line.addWidget(button)
    line.addStretch(1)
    column.addLayout(line)
    chips = QHBoxLayout()
    for at, text in enumerate(("Vacatures", "Planaanname", "Verlof", "Werkwijze")):
        chip = widgets.Chip(text)
        chip.setChecked(at < 2)
        chips.addWidget(chip)
    chips.addStretch(1)
    column.addLayout(chips)
    choice = widgets.SegmentedChoice("Lag het aan")
    choice.set_options((("p", "Plan", ""), ("u", "Uitvoering", ""), ("o", "Onduidelijk", "")))
    choice.set_choice("u")
    choice.setMaximumWidth(340)
    column.addWidget(choice)
    fields = QHBoxLayout()
    bad = QLineEdit("12.3x")
    bad.setProperty("invalid", True)
    for field in (
        QLineEdit("1.090"),
        bad,
        widgets.Tick("Verschil met JP tonen"),
        QPlainTextEdit("Formatie van 69,5"),
    ):
        fields.addWidget(field)
        if isinstance(field, QPlainTextEdit):
            field.setMaximumHeight(60)
    column.addLayout(fields)
    column.addWidget(Shapes())
    empty = widgets.EmptyState()
    empty.set_texts(
        "Nog geen maatregelen",
        "Ze ontstaan in Check of in het gesprek, bij een oorzaak die u opschrijft.",
        "Naar Check",
    )
    column.addWidget(empty, 1)
    area.setProperty("focus_me", focused)
    return area


def main() -> None:
    """Draw and save."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    for name in sys.argv[2:] or ("light", "dark", "contrast"):
        theme.apply(app, name)
        page = window()
        page.resize(1080, 860)
        page.show()
        app.processEvents()
        page.grab().save(str(folder / f"widgets_{name}_{os.environ.get('QT_SCALE_FACTOR', '1')}.png"))
        page.deleteLater()


if __name__ == "__main__":
    main()
