"""The grid does what people know from Excel: real keys, the real clipboard, and the tester of models."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from indsteer.words import Words
from ui.models.cells import CellState, GridCell, GridColumn, GridEdit, GridRow, Pasted
from ui.models.grid import GridModel
from ui.widgets.grid import Grid

NL = Words("nl")
COLUMNS = (
    GridColumn("before", "aug", "definitief", context=True, shape="lock"),
    GridColumn("a", "sep", entry=True),
    GridColumn("b", "okt"),
)
ROWS = (
    GridRow("cases", "Zaken", heading=True),
    GridRow("in", "Instroom", "zaken"),
    GridRow("out", "Productie", "zaken"),
    GridRow("hours", "Uren", heading=True),
    GridRow("share", "Tijdigheid", "%"),
    GridRow("gross", "Bruto uren", "uur"),
)


def cell(value: float | None, *, locked: bool = False, percent: bool = False, decimals: int = 0) -> GridCell:
    text = "ontbreekt" if value is None else NL.measure_value(value, percent=percent, decimals=decimals)
    state = CellState.MISSING if value is None else CellState.PROVISIONAL
    return GridCell(value, text, state, locked, percent, decimals)


def content() -> list[list[GridCell]]:
    blank = [GridCell(state=CellState.BLANK)] * 3
    return [
        blank,
        [cell(1.0, locked=True), cell(10.0), cell(11.0)],
        [cell(2.0, locked=True), cell(20.0), cell(21.0)],
        blank,
        [
            cell(0.1, locked=True, percent=True),
            cell(0.3, percent=True, decimals=1),
            cell(0.31, percent=True, decimals=1),
        ],
        [cell(4.0, locked=True), cell(None, decimals=1), cell(41.0, decimals=1)],
    ]


class Sheet:
    """A grid on the screen, with what it sent."""

    def __init__(self, qtbot: QtBot) -> None:
        self.grid = Grid(NL)
        self.sent: list[tuple[tuple[GridEdit, ...], str]] = []
        self.told: list[tuple[str, str]] = []
        self.grid.grid.edited.connect(lambda edits, kind: self.sent.append((edits, kind)))
        self.grid.told.connect(lambda text, tone: self.told.append((text, tone)))
        self.grid.set_content(ROWS, COLUMNS, content())
        qtbot.addWidget(self.grid)
        self.grid.resize(700, 400)
        self.grid.show()
        self.grid.setFocus()
        self.grid.go_to("in", "a")

    @property
    def at(self) -> tuple[str, str]:
        assert self.grid.current_key is not None
        return self.grid.current_key

    @property
    def values(self) -> list[tuple[str, str, float | None]]:
        return [(e.row, e.column, e.value) for edits, _ in self.sent for e in edits]

    def editor(self) -> QLineEdit | None:
        found = self.grid.viewport().findChildren(QLineEdit)
        return next((line for line in found if line.isVisible()), None)

    def keys(self, text: str) -> None:
        for char in text:
            QTest.keyClicks(self.editor() or self.grid, char)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.editor() or self.grid, key, modifier)
        QApplication.processEvents()

    def control(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def shift(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ShiftModifier)

    def state(self, row: str, column: str) -> CellState:
        place = self.grid.grid.place(row, column)
        return self.grid.grid.cell(place.row(), place.column()).state


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    return Sheet(qtbot)


def test_the_model_keeps_the_rules_of_models(sheet: Sheet, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(sheet.grid.grid)


def test_typing_replaces_and_enter_goes_down_over_headings(sheet: Sheet) -> None:
    for text in ("900", "1.045", "85%", "1.234,5"):
        sheet.keys(text)
        sheet.press(Qt.Key.Key_Return)

    assert sheet.values == [("in", "a", 900), ("out", "a", 1045), ("share", "a", 0.85), ("gross", "a", 1234.5)]
    assert [kind for _, kind in sheet.sent] == ["type"] * 4
    assert sheet.at == ("gross", "a")


def test_tab_goes_right_over_locked_cells_and_enter_returns_to_where_tab_began(sheet: Sheet) -> None:
    sheet.keys("1")
    sheet.press(Qt.Key.Key_Tab)
    assert sheet.at == ("in", "b")
    sheet.keys("2")
    sheet.press(Qt.Key.Key_Return)

    assert sheet.at == ("out", "a")
    sheet.shift(Qt.Key.Key_Tab)
    assert sheet.at == ("in", "b")
    sheet.shift(Qt.Key.Key_Return)
    assert sheet.values == [("in", "a", 1), ("in", "b", 2)]


def test_f2_edits_what_is_there_and_escape_restores_it(sheet: Sheet) -> None:
    sheet.press(Qt.Key.Key_F2)
    editor = sheet.editor()
    assert editor is not None
    assert editor.text() == "10"
    sheet.keys("99")
    sheet.press(Qt.Key.Key_Escape)

    assert sheet.sent == []
    assert sheet.state("in", "a") is CellState.PROVISIONAL


def test_a_word_that_is_no_number_stays_in_the_editor_and_is_told(sheet: Sheet) -> None:
    sheet.keys("12.3x")
    sheet.press(Qt.Key.Key_Return)

    assert sheet.editor() is not None
    assert sheet.told[-1][0].startswith("'12.3x' is geen getal")
    sheet.press(Qt.Key.Key_Escape)
    assert sheet.editor() is None
    assert sheet.sent == []
    assert sheet.told[-1][0] == ""


@pytest.mark.parametrize("text", ["-", "n.v.t."])
def test_no_value_is_stored_with_its_reason(sheet: Sheet, text: str) -> None:
    sheet.keys(text)
    sheet.press(Qt.Key.Key_Return)

    assert sheet.sent == [((GridEdit("in", "a", None, "n.v.t."),), "type")]


def test_a_cell_that_is_being_saved_shows_it_until_the_answer(sheet: Sheet) -> None:
    sheet.keys("900")
    sheet.press(Qt.Key.Key_Return)
    assert sheet.state("in", "a") is CellState.SAVING

    sheet.grid.grid.saved(sheet.sent[0][0])
    assert sheet.state("in", "a") is CellState.PROVISIONAL
    assert sheet.grid.grid.place("in", "a").data() == "10"  # refused: what it was


def test_locked_cells_are_never_written(sheet: Sheet) -> None:
    sheet.grid.go_to("in", "before")
    sheet.keys("7")
    sheet.press(Qt.Key.Key_Delete)
    sheet.grid.paste_text("1\r\n2\r\n")

    assert sheet.sent == []
    assert "op slot" in sheet.told[0][0]


def test_delete_clears_the_selection_as_one_edit(sheet: Sheet) -> None:
    sheet.shift(Qt.Key.Key_Right)
    sheet.shift(Qt.Key.Key_Down)
    sheet.press(Qt.Key.Key_Delete)

    ((edits, kind),) = sheet.sent
    assert kind == "clear"
    assert {(e.row, e.column) for e in edits} == {("in", "a"), ("in", "b"), ("out", "a"), ("out", "b")}
    assert {e.value for e in edits} == {None}


def test_fill_down_and_right(sheet: Sheet) -> None:
    sheet.shift(Qt.Key.Key_Down)
    sheet.control(Qt.Key.Key_D)
    assert sheet.values == [("out", "a", 10)]

    sheet.grid.go_to("in", "b")
    sheet.control(Qt.Key.Key_R)
    assert sheet.values[1:] == [("in", "b", 10)]


def test_a_block_from_excel_goes_in_as_one_edit_and_the_wrong_word_keeps_its_old_value(sheet: Sheet) -> None:
    got: list[Pasted] = []
    sheet.grid.pasted.connect(got.append)
    block = '"1.234,5\n"\t12\r\nveel\t22\r\n85%\t41,5\r\n\t"geen\nidee"\r\n'
    QGuiApplication.clipboard().setText(block)
    sheet.control(Qt.Key.Key_V)

    ((edits, kind),) = sheet.sent
    assert kind == "paste"
    assert {(e.row, e.column): e.value for e in edits} == {
        ("in", "a"): 1234.5, ("in", "b"): 12, ("out", "b"): 22, ("share", "a"): 0.85, ("share", "b"): 0.415,
    }  # fmt: skip  # the blank fell on an empty cell: nothing to change
    assert dict(sheet.grid.grid.wrong) == {("out", "a"): "veel", ("gross", "b"): "geen idee"}
    assert sheet.state("out", "a") is CellState.INVALID
    assert sheet.grid.grid.place("out", "a").data() == "20"
    assert got[0].wrong == ("veel", "geen idee")
    assert "'veel'" in sheet.told[-1][0]


def test_a_block_that_is_too_large_says_how_much_fits(sheet: Sheet) -> None:
    sheet.grid.go_to("share", "a")
    sheet.grid.paste_text("\r\n".join("1\t2\t3\t4\t5\t6\t7" for _ in range(2)))

    assert "4 van 14 passen, rest niet geplakt." in sheet.told[-1][0]


def test_one_value_fills_the_whole_selection(sheet: Sheet) -> None:
    sheet.shift(Qt.Key.Key_Down)
    sheet.grid.paste_text("7")

    assert sheet.values == [("in", "a", 7), ("out", "a", 7)]


def test_copy_gives_what_excel_reads_and_paste_takes_it_back(sheet: Sheet) -> None:
    sheet.grid.go_to("out", "a")
    sheet.shift(Qt.Key.Key_Down)
    sheet.shift(Qt.Key.Key_Right)
    sheet.control(Qt.Key.Key_C)

    assert QGuiApplication.clipboard().text().replace("\r\n", "\n") == "20\t21\n30,0%\t31,0%\n"
    sheet.control(Qt.Key.Key_X)
    ((edits, kind),) = sheet.sent
    assert (len(edits), kind) == (4, "clear")


def test_a_cell_is_said_with_row_column_value_and_state(sheet: Sheet) -> None:
    place = sheet.grid.grid.place("in", "before")
    said = place.data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "Instroom, aug definitief, 1 zaken, voorlopig, op slot"


def test_a_click_chooses_a_cell_and_a_double_click_edits_it(sheet: Sheet) -> None:
    box = sheet.grid.visualRect(sheet.grid.grid.place("out", "b"))
    QTest.mouseClick(sheet.grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box.center())
    assert sheet.at == ("out", "b")
    QTest.mouseDClick(sheet.grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box.center())
    assert sheet.editor() is not None


def test_a_large_grid_shows_and_scrolls_at_once(qtbot: QtBot) -> None:
    line = [GridCell(float(i), str(i), locked=False) for i in range(30)]
    cells: Sequence[Sequence[GridCell]] = [line] * 100_000
    rows = [GridRow(str(i), f"Rij {i}") for i in range(100_000)]
    columns = [GridColumn(str(i), f"k{i}") for i in range(30)]
    grid = Grid(NL)
    qtbot.addWidget(grid)
    start = time.perf_counter()
    grid.set_content(rows, columns, cells)
    grid.resize(1200, 800)
    grid.show()
    QApplication.processEvents()
    shown = time.perf_counter() - start
    start = time.perf_counter()
    for at in range(20):
        grid.verticalScrollBar().setValue(at * grid.verticalScrollBar().maximum() // 20)
        grid.viewport().repaint()
    scrolled = (time.perf_counter() - start) / 20

    assert isinstance(grid.model(), GridModel)
    assert shown < 2.0
    assert scrolled < 0.15
    assert grid.indexAt(QPoint(5, 5)).row() > 90_000
