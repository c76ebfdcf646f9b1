"""The plan of a team: draft, paste, compare, revise with a reason, agree for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages_kit import DIRECTORATE, TEAM, Hands
from ui.models.cells import CellState, GridCell
from ui.pages.plan import PlanPage

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class PlanHands(Hands):
    page: PlanPage

    def begin(self, year: int = 2024, unit: str = TEAM) -> PlanPage:
        shown = self.open("plan", unit)
        assert isinstance(shown, PlanPage)
        self.page = shown
        if year != 2024:
            shown.show_year(year)
        shown.grid.setFocus()
        return shown

    def cell(self, row: str, column: str) -> GridCell:
        place = self.page.grid.grid.place(row, column)
        assert place.isValid()
        return self.page.grid.grid.cell(place.row(), place.column())

    def value(self, row: str, column: str) -> float | None:
        return self.cell(row, column).value

    def paste(self, row: str, column: str, block: str) -> None:
        QGuiApplication.clipboard().setText(block)
        self.page.grid.go_to(row, column)
        self.press(self.page.grid, Qt.Key.Key_V, CONTROL)

    @property
    def shown(self) -> str:
        answer = self.page.answer
        return answer.version.code if answer and answer.version else ""


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[PlanHands]:
    made = PlanHands(qtbot, tmp_path)
    yield made
    made.close()


def test_an_agreed_plan_shows_targets_with_what_was_realised_and_is_locked(hands: PlanHands) -> None:
    page = hands.begin()

    assert page.sentence.text() == "Jaarplan 2024 is vastgesteld op 15 december 2023."
    assert (hands.cell("UITSTROOM", "2024-09").text, hands.cell("UITSTROOM", "2024-09").second) == ("987", "1.070")
    assert hands.cell("UITSTROOM", "2024-11").second == ""
    assert hands.cell("TIJDIG_PCT", "2024-01").text == "80,0"
    page.grid.go_to("UITSTROOM", "2024-11")
    hands.keys(page.grid, "5")
    assert hands.value("UITSTROOM", "2024-11") == 987


def test_the_year_follows_from_the_months_by_its_own_rule(hands: PlanHands) -> None:
    page = hands.begin()
    assert hands.value("UITSTROOM", "year") == 987 * 12
    assert hands.value("TIJDIG_PCT", "year") == 0.8

    page.show_year(2025)
    page.grid.go_to("UITSTROOM", "2025-01")
    hands.keys(page.grid, "1.000")
    assert hands.value("UITSTROOM", "year") is None
    assert hands.cell("UITSTROOM", "year").second == "1 van 12"


def test_a_block_from_excel_is_one_undo_and_marks_only_the_wrong_word(hands: PlanHands) -> None:
    page = hands.begin(2025)
    page.grid.go_to("VOORRAAD", "2025-02")
    hands.keys(page.grid, "77")
    hands.paste(
        "UITSTROOM", "2025-01",
        '"1.234,5\n"\t1.007\r\n"23.\n000"\tveel\r\n\t\r\n10\t20\r\n85%\t80\r\n',
    )  # fmt: skip

    assert hands.value("UITSTROOM", "2025-01") == 1234.5
    assert hands.value("UITSTROOM", "2025-02") == 1007
    assert hands.value("VOORRAAD_BUITEN", "2025-02") == 20
    assert (hands.value("TIJDIG_PCT", "2025-01"), hands.value("TIJDIG_PCT", "2025-02")) == (0.85, 0.8)
    assert hands.value("VOORRAAD_TUSSEN", "2025-01") is None
    assert (hands.value("VOORRAAD", "2025-02"), hands.cell("VOORRAAD", "2025-02").state) == (77, CellState.INVALID)
    assert dict(page.grid.grid.wrong) == {("VOORRAAD", "2025-01"): "23. 000", ("VOORRAAD", "2025-02"): "veel"}

    hands.undo()
    assert hands.value("UITSTROOM", "2025-01") is None
    assert hands.value("TIJDIG_PCT", "2025-02") is None
    assert hands.value("VOORRAAD", "2025-02") == 77
    assert not page.grid.grid.wrong
    hands.redo()
    assert hands.value("TIJDIG_PCT", "2025-01") == 0.85


def test_fill_right_fills_the_year_and_delete_empties_it_each_as_one_undo(hands: PlanHands) -> None:
    page = hands.begin(2025)
    page.grid.go_to("UITSTROOM", "2025-01")
    hands.keys(page.grid, "1.000")
    page.grid.go_to("UITSTROOM", "2025-01")
    for _ in range(11):
        hands.press(page.grid, Qt.Key.Key_Right, SHIFT)
    hands.press(page.grid, Qt.Key.Key_R, CONTROL)
    assert hands.value("UITSTROOM", "year") == 12000
    hands.press(page.grid, Qt.Key.Key_Delete)
    assert hands.value("UITSTROOM", "2025-07") is None
    hands.undo()
    assert hands.value("UITSTROOM", "year") == 12000
    hands.undo()
    assert hands.value("UITSTROOM", "2025-02") is None
    assert hands.value("UITSTROOM", "2025-01") == 1000


def test_fill_down_takes_the_value_of_the_row_above(hands: PlanHands) -> None:
    page = hands.begin(2025)
    page.grid.go_to("VOORRAAD_TUSSEN", "2025-03")
    hands.keys(page.grid, "50")
    page.grid.go_to("VOORRAAD_BUITEN", "2025-03")
    hands.press(page.grid, Qt.Key.Key_D, CONTROL)

    assert hands.value("VOORRAAD_BUITEN", "2025-03") == 50


def test_a_revision_copies_the_plan_asks_why_and_leaves_realised_months_alone(hands: PlanHands) -> None:
    page = hands.begin()
    hands.click(page.new_button)
    assert page.reason.extra.text() == "T1"
    hands.keys_in_reason("instroom hoger dan geraamd")

    assert hands.shown == "T1"
    assert "Reden van deze versie: instroom hoger dan geraamd." in page.sentence.accessibleName()
    page.grid.go_to("UITSTROOM", "2024-09")
    hands.keys(page.grid, "5")
    assert hands.value("UITSTROOM", "2024-09") == 987  # realised
    page.grid.go_to("UITSTROOM", "2024-11")
    hands.keys(page.grid, "1.000")
    page.compare.setCurrentIndex(page.compare.findData("JP"))
    page.compare.activated.emit(page.compare.currentIndex())
    assert hands.cell("UITSTROOM", "2024-11").second == "+13"
    assert hands.cell("UITSTROOM", "year").second == "+13"
    assert hands.cell("UITSTROOM", "2024-12").second.strip() == ""


def test_agreeing_says_that_it_cannot_be_undone_and_locks(hands: PlanHands) -> None:
    page = hands.begin(2025)
    page.grid.go_to("UITSTROOM", "2025-01")
    hands.keys(page.grid, "1.000")
    hands.click(page.agree_button)
    assert page.reason.isVisible()
    assert "kan niet ongedaan worden gemaakt" in hands.desk.words("plan.ask.agree_text")
    page.reason.extra.setText("2024-12-15")
    hands.click(page.reason.confirm_button)

    assert not page.is_open
    assert page.sentence.text() == "Jaarplan 2025 is vastgesteld op 15 december 2024."
    assert hands.session.undoable is None


def test_a_wrong_day_is_told_and_changes_nothing(hands: PlanHands) -> None:
    page = hands.begin(2025)
    page.grid.go_to("UITSTROOM", "2025-01")
    hands.keys(page.grid, "1.000")
    hands.click(page.agree_button)
    page.reason.extra.setText("gisteren")
    hands.click(page.reason.confirm_button)

    assert page.is_open
    assert any("is geen datum" in text for text in hands.said)


def test_a_year_without_a_plan_offers_to_begin_one(hands: PlanHands) -> None:
    page = hands.begin(2026)
    assert page.sentence.text() == "Voor 2026 is er nog geen plan."
    hands.click(page.new_button)
    assert page.reason.extra.text() == "JP"
    hands.click(page.reason.confirm_button)

    assert hands.shown == "JP"
    assert page.is_open


def test_versions_change_by_key(hands: PlanHands) -> None:
    page = hands.begin()
    hands.click(page.new_button)
    hands.keys_in_reason("later")
    hands.press(page.grid, Qt.Key.Key_PageUp, CONTROL)
    assert hands.shown == "JP"


def test_a_directorate_shows_the_targets_of_its_teams(hands: PlanHands) -> None:
    page = hands.begin(unit=DIRECTORATE)

    assert page.sentence.text() == "Doelen van Directie worden opgeteld uit de teams."
    assert hands.value("UITSTROOM", "2024-11") == 987
    assert not page.is_open


def test_read_only_takes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    hands = PlanHands(qtbot, tmp_path, read_only=True)
    page = hands.begin(2025)

    assert not page.is_open
    assert not page.new_button.isVisible()
    hands.close()
