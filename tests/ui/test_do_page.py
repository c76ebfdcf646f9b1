"""The month of a team on Do: fill in, see what does not fit, solve it, make it final, reopen, correct."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from indsteer.operations import actuals, reviews
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes
from indsteer.store.queries import reviews as review_queries
from tests.ui.pages_kit import DIRECTORATE, MONTH, TEAM, Hands
from ui.models.cells import CellState
from ui.pages.do import DoPage
from ui.pages.do_content import ENTRY


class DoHands(Hands):
    page: DoPage

    def begin(self, unit: str = TEAM, period: str = MONTH) -> DoPage:
        shown = self.open("do", unit, period)
        assert isinstance(shown, DoPage)
        self.page = shown
        self.page.grid.setFocus()
        return shown

    def text(self, row: str) -> str:
        return str(self.page.grid.grid.place(row, ENTRY).data())

    def state(self, row: str) -> CellState:
        place = self.page.grid.grid.place(row, ENTRY)
        return self.page.grid.grid.cell(place.row(), place.column()).state

    def note(self, row: str) -> str:
        return str(self.page.grid.grid.place(row, "notes").data())

    def type_in(self, row: str, text: str) -> None:
        self.page.grid.go_to(row, ENTRY)
        self.keys(self.page.grid, text)

    def paste(self, row: str, block: str) -> None:
        QGuiApplication.clipboard().setText(block)
        self.page.grid.go_to(row, ENTRY)
        self.press(self.page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    @property
    def month(self) -> str:
        return self.page.answer.state.value if self.page.answer else ""

    @property
    def sentence(self) -> str:
        return self.page.sentence.text()


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[DoHands]:
    made = DoHands(qtbot, tmp_path)
    yield made
    made.close()


def sign(file: SteerFile) -> Changes:
    reviews.open_review(file, TEAM, MONTH)
    found = review_queries.latest_review(file.connection, TEAM, MONTH)
    assert found is not None
    return reviews.sign_review(file, found.id, ["teamleider"], "blad")


def test_a_month_that_fits_says_so_and_can_be_made_final_and_reopened(hands: DoHands) -> None:
    page = hands.begin()
    assert hands.sentence == "Oktober is compleet: alle waarden kloppen met elkaar."
    hands.press(page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(200)  # a button pressed by its key shows it for a moment
    hands.settle()

    assert hands.month == "final"
    assert not page.is_open
    hands.click(page.other_button)
    hands.keys_in_reason("telling bleek onvolledig")
    assert hands.month == "provisional"
    hands.undo()
    assert hands.month == "final"


def test_a_stock_that_does_not_fit_stands_red_and_blocks_final(hands: DoHands) -> None:
    page = hands.begin()
    hands.type_in("VOORRAAD", "24.189")

    assert hands.sentence == "Oktober is bijna klaar: 1 waarde klopt niet."
    assert hands.state("VOORRAAD") is CellState.BROKEN
    assert hands.note("VOORRAAD").startswith("100 meer dan de som")
    assert not page.final_button.isEnabled()
    page.next_open_point()
    assert page.grid.current_key == ("VOORRAAD", ENTRY)
    assert len(page.drawer.answers) == 3
    assert page.drawer.answers[0].label == "Typefout: neem 24.089 over"


def test_the_first_answer_takes_the_computed_value(hands: DoHands) -> None:
    page = hands.begin()
    hands.type_in("VOORRAAD", "24.189")
    page.next_open_point()
    hands.press(page.drawer, Qt.Key.Key_1)

    assert hands.text("VOORRAAD") == "24.089"
    assert hands.state("VOORRAAD") is CellState.PROVISIONAL


def test_the_second_answer_changes_the_other_number(hands: DoHands) -> None:
    page = hands.begin()
    hands.type_in("VOORRAAD", "24.189")
    page.next_open_point()
    assert page.drawer.answers[1].label == "Instroom was 1.000"
    hands.click(page.drawer.answers[1])

    assert hands.text("INSTROOM") == "1.000"
    assert hands.sentence.startswith("Oktober is compleet")


def test_the_third_answer_keeps_both_with_a_reason(hands: DoHands) -> None:
    page = hands.begin()
    hands.type_in("VOORRAAD", "24.189")
    page.next_open_point()
    hands.click(page.drawer.answers[2])
    hands.keys_in_reason("100 heropende zaken")

    assert hands.text("VOORRAAD") == "24.189"
    assert "100 heropende zaken" in hands.note("VOORRAAD")
    assert page.final_button.isEnabled()


def test_a_missing_value_is_an_open_point_until_it_has_a_value_or_a_reason(hands: DoHands) -> None:
    page = hands.begin()
    page.grid.go_to("UITSTROOM", ENTRY)
    hands.press(page.grid, Qt.Key.Key_Delete)

    assert (hands.state("UITSTROOM"), hands.text("UITSTROOM")) == (CellState.MISSING, "ontbreekt")
    assert hands.sentence == "Oktober is bijna klaar: 1 ontbreekt."
    hands.type_in("UITSTROOM", "n.v.t. systeem plat")
    assert hands.state("UITSTROOM") is CellState.ABSENT
    assert hands.note("UITSTROOM") == "geen waarde: systeem plat"
    assert page.final_button.isEnabled()
    hands.undo()
    assert hands.state("UITSTROOM") is CellState.MISSING
    hands.undo()
    assert hands.text("UITSTROOM") == "1.045"


def test_a_paste_marks_the_wrong_word_and_is_one_undo(hands: DoHands) -> None:
    hands.begin()
    hands.paste("INSTROOM", '"1.234\n"\r\nveel\r\n900\r\n')

    assert hands.text("INSTROOM") == "1.234"
    assert (hands.text("UITSTROOM"), hands.state("UITSTROOM")) == ("1.045", CellState.INVALID)
    assert "'veel'" in hands.note("UITSTROOM")
    assert hands.text("UITSTROOM_TIJDIG") == "900"
    assert any("1 niet gelezen: 'veel'" in text for text in hands.said)
    hands.undo()
    assert hands.text("INSTROOM") == "900"
    assert hands.state("UITSTROOM") is CellState.PROVISIONAL
    assert hands.text("UITSTROOM_TIJDIG") == ""
    hands.redo()
    assert (hands.text("INSTROOM"), hands.text("UITSTROOM_TIJDIG")) == ("1.234", "900")


def test_a_signed_month_is_locked_and_takes_a_correction_with_a_reason(hands: DoHands) -> None:
    page = hands.begin()
    hands.operate(sign)
    assert hands.sentence == "Oktober is vastgesteld in het gesprek en zit op slot."
    hands.type_in("INSTROOM", "1")
    assert hands.text("INSTROOM") == "900"

    hands.click(page.other_button)
    hands.keys_in_reason("nagekomen dossiers")
    hands.type_in("INSTROOM", "910")
    assert hands.text("INSTROOM") == "910"
    assert hands.session.undoable is not None
    assert hands.session.undoable.key == "correct_actuals"


def test_a_refused_value_comes_back_with_its_sentence(hands: DoHands) -> None:
    page = hands.begin()
    page.grid.go_to("INSTROOM", ENTRY)
    hands.session.do(sign)  # someone signs while we type: the page does not know yet
    hands.keys(page.grid, "950")

    assert hands.text("INSTROOM") == "900"
    assert any("vastgesteld en zit op slot" in text for text in hands.said)


def test_an_empty_month_says_how_to_begin(hands: DoHands) -> None:
    page = hands.begin(period="2024-11")

    assert hands.sentence == "November 2024 is nog leeg."
    assert hands.state("INSTROOM") is CellState.MISSING
    assert not page.final_button.isEnabled()
    hands.paste("INSTROOM", "900")
    assert hands.text("INSTROOM") == "900"


def test_a_directorate_shows_sums_that_cannot_be_typed(hands: DoHands) -> None:
    page = hands.begin(DIRECTORATE)

    assert hands.sentence.startswith("Cijfers van Directie worden opgeteld")
    assert hands.text("INSTROOM") == "900"
    assert not page.is_open


def test_the_drawer_tells_who_changed_the_cell(hands: DoHands) -> None:
    page = hands.begin()
    hands.type_in("INSTROOM", "910")
    hands.operate(lambda file: actuals.set_actuals(file, [actuals.ActualEdit(TEAM, "VOORRAAD", MONTH, 24099.0)]))
    page.grid.go_to("INSTROOM", ENTRY)
    hands.settle()

    said = page.drawer.history_text
    assert said.splitlines()[0].startswith("900 werd 910 · teamleider tl · 20 november 2024")


def test_f8_goes_through_the_open_points_and_back(hands: DoHands) -> None:
    page = hands.begin()
    page.grid.go_to("INSTROOM", ENTRY)
    hands.press(page.grid, Qt.Key.Key_Delete)
    hands.type_in("VOORRAAD", "1")
    hands.press(page.grid, Qt.Key.Key_F8)
    assert page.grid.current_key == ("INSTROOM", ENTRY)
    hands.press(page.grid, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.grid.current_key == ("INSTROOM", ENTRY)  # the stock is not judged while the inflow is missing


def test_a_file_that_is_read_only_takes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    hands = DoHands(qtbot, tmp_path, read_only=True)
    page = hands.begin()
    hands.type_in("INSTROOM", "1")

    assert hands.text("INSTROOM") == "900"
    assert not page.final_button.isEnabled()
    assert not page.paste_button.isEnabled()
    hands.close()


def test_a_file_without_units_says_what_the_page_is_for(qtbot: QtBot, tmp_path: Path) -> None:
    hands = DoHands(qtbot, tmp_path, empty=True)
    page = hands.begin("", "")

    assert page.answer is None
    hands.close()


def test_search_narrows_the_rows(hands: DoHands) -> None:
    page = hands.begin()
    page.narrow("voorraad")

    names = [row.name for row in page.grid.grid.rows if not row.heading]
    assert names == ["Werkvoorraad", "Voorraad dicht bij termijn", "Voorraad buiten termijn"]
