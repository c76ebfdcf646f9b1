"""What the tests of Plan and Do share: the window on a small file, and hands to work it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from indsteer.domain.catalogue import default_catalogue
from indsteer.domain.organisation import Level, Parent, Unit
from indsteer.operations import actuals, history, plan, setup
from indsteer.operations.actuals import ActualEdit
from indsteer.operations.plan import TargetEdit
from indsteer.store.file import SteerFile, create
from indsteer.store.journal import Actor
from indsteer.words import Words
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages.base import Page
from ui.session import Session
from ui.widgets.grid import Grid
from ui.widgets.reason import ReasonPanel

ACTOR = Actor("teamleider", "tl")
NOW = datetime(2024, 11, 20, 14, 31, tzinfo=UTC)
TEAM, DIRECTORATE, MONTH = "D-A", "D", "2024-10"
INFLOW = {"2024-07": 1000.0, "2024-08": 1104.0, "2024-09": 1182.0, "2024-10": 900.0}
OUTPUT = {"2024-07": 990.0, "2024-08": 882.0, "2024-09": 1070.0, "2024-10": 1045.0}
STOCK = {"2024-07": 23900.0, "2024-08": 24122.0, "2024-09": 24234.0, "2024-10": 24089.0}


def fill(file: SteerFile) -> None:
    """A directorate with a team, four months of cases that fit, a plan that was agreed and a draft of next year."""
    units = [Unit(DIRECTORATE, "Directie", Level.DIRECTORATE), Unit(TEAM, "Team Noord", Level.TEAM)]
    setup.add_units(file, units, [Parent(TEAM, DIRECTORATE, date(2020, 1, 1))])
    catalogue = default_catalogue()
    setup.load_catalogue(file, catalogue.quantities, catalogue.indicators)
    edits = [
        ActualEdit(TEAM, code, month, value)
        for code, values in (("INSTROOM", INFLOW), ("UITSTROOM", OUTPUT), ("VOORRAAD", STOCK))
        for month, value in values.items()
    ]
    actuals.set_actuals(file, edits)
    for month in ("2024-07", "2024-08", "2024-09"):
        actuals.make_final(file, TEAM, month)
    plan.add_version(file, 2024, "JP", "Jaarplan 2024")
    targets = [
        TargetEdit(TEAM, code, f"2024-{month:02d}", value)
        for code, value in (("INSTROOM", 1136.0), ("UITSTROOM", 987.0), ("TIJDIG_PCT", 0.8))
        for month in range(1, 13)
    ]
    plan.set_targets(file, 2024, "JP", targets)
    plan.agree_version(file, 2024, "JP", "2023-12-15")
    plan.add_version(file, 2025, "JP", "Jaarplan 2025")


class Hands:
    """A window with one page, and what a person does with it."""

    def __init__(self, qtbot: QtBot, folder: Path, *, read_only: bool = False, empty: bool = False) -> None:
        path = folder / "team.indsteer"
        file = create(path, ACTOR, lambda: NOW)
        if not empty:
            fill(file)
        file.close()
        self.session = Session.open(path, ACTOR, lambda: NOW, read_only=read_only)
        settings = QSettings(str(folder / "look.ini"), QSettings.Format.IniFormat)
        self.desk = Desk(self.session, Words("nl"), settings)
        self.said: list[str] = []
        self.desk.said.connect(lambda text, *_: self.said.append(text))
        self.window = MainWindow(self.desk)
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        self.window.show()

    def close(self) -> None:
        """Close the window and its file."""
        self.window.close()

    def open(self, page: str, unit: str = TEAM, period: str = MONTH) -> Page:
        """Go to a page at a place."""
        self.desk.move(unit=unit, period=period)
        self.window.show_page(page)
        self.settle()
        shown = self.window.page
        assert shown is not None
        return shown

    def settle(self) -> None:
        """Until all is saved and drawn."""
        self.session.wait()
        for _ in range(3):
            QApplication.processEvents()

    def operate(self, operation: Callable[[SteerFile], object]) -> None:
        """Do something to the file behind the page."""
        self.session.do_then(operation)  # type: ignore[arg-type]
        self.settle()

    def undo(self) -> None:
        """Ctrl+Z."""
        self.operate(history.undo)

    def redo(self) -> None:
        """Ctrl+Y."""
        self.operate(history.redo)

    def keys(self, grid: Grid, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Type in the current cell and leave it."""
        for char in text:
            QTest.keyClicks(_editor(grid) or grid, char)
        if end is not None:
            QTest.keyClick(_editor(grid) or grid, end)
        self.settle()

    def press(
        self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """One key."""
        QTest.keyClick(widget, key, modifier)
        self.settle()

    def keys_in_reason(self, text: str) -> None:
        """Write the reason that is asked, and confirm with Enter."""
        page = self.window.page
        panel = page.findChild(ReasonPanel) if page else None
        assert panel is not None
        assert panel.isVisible()
        QTest.keyClicks(panel.field, text)
        QTest.keyClick(panel.field, Qt.Key.Key_Return)
        self.settle()

    def click(self, widget: QWidget) -> None:
        """The left button on a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()


def _editor(grid: Grid) -> QLineEdit | None:
    found = grid.viewport().findChildren(QLineEdit)
    return next((line for line in found if line.isVisible()), None)
