"""Check as its user meets it: rows, chart, cause, measure, undo - with real mouse and keys on the sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from indsteer.operations.sample import build_sample
from indsteer.store.queries import reviews
from ui import theme
from ui.main_window import MainWindow
from ui.pages.check import CheckPage
from ui.program import Program

NOW = datetime(2024, 10, 14, 14, 32, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("check") / "dienst.indsteer"
    build_sample(path)
    return path


@pytest.fixture
def window(sample: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    copy = tmp_path / "dienst.indsteer"
    copy.write_bytes(sample.read_bytes())
    theme.apply(qapp, "light")
    settings = QSettings(str(tmp_path / "proef.ini"), QSettings.Format.IniFormat)
    settings.setValue("role", "teamleider")
    settings.setValue("initials", "tl")
    program = Program(qapp, settings, lambda: NOW)
    assert program.open(copy)
    assert program.window is not None
    program.window.desk.move(unit="JZ-BEZ", period="2024-08")
    program.window.show_page("check")
    qtbot.waitExposed(program.window)
    yield program.window
    program.window.close()


def page_of(window: MainWindow) -> CheckPage:
    page = window.page
    assert isinstance(page, CheckPage)
    return page


def choose(window: MainWindow, qtbot: QtBot, indicator: str) -> None:
    page = page_of(window)
    index = page.model.index(page.model.place(indicator), 0)
    page.table.scrollTo(index)
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=page.table.visualRect(index).center())


def test_the_chart_follows_the_row(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    choose(window, qtbot, "TIJDIG_PCT")
    assert page.chart.datum is not None
    assert page.chart.datum.indicator == "TIJDIG_PCT"
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.chart.datum.indicator == "DOORLOOPTIJD"


def test_a_cause_is_one_step_on_leaving_the_field_and_undo_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    page, session = page_of(window), window.desk.session
    choose(window, qtbot, "KWALITEIT_PCT")
    page.cause.text.setFocus()
    qtbot.keyClicks(page.cause.text, "nieuwe collega's zonder tweede lezer")
    with qtbot.waitSignal(session.saved):
        qtbot.keyClick(page.cause.text, Qt.Key.Key_Tab)
        page.cause.keep()
    causes = session.read(lambda c: reviews.causes(c, "JZ-BEZ", "KWALITEIT_PCT"))
    assert [c.text for c in causes if c.period == "2024-08"] == ["nieuwe collega's zonder tweede lezer"]
    with qtbot.waitSignal(session.saved):
        window.desk.actions["undo"].trigger()
    causes = session.read(lambda c: reviews.causes(c, "JZ-BEZ", "KWALITEIT_PCT"))
    assert [c for c in causes if c.period == "2024-08"] == []
    assert page.cause.text.toPlainText() == ""


def test_a_measure_is_made_from_the_row(window: MainWindow, qtbot: QtBot) -> None:
    session = window.desk.session
    choose(window, qtbot, "DIRECT_PCT")
    before = len(session.read(lambda c: reviews.countermeasures(c, ["JZ-BEZ"])))
    with qtbot.waitSignal(session.saved):
        qtbot.mouseClick(page_of(window).cause.button, Qt.MouseButton.LeftButton)
    made = session.read(lambda c: reviews.countermeasures(c, ["JZ-BEZ"]))
    assert len(made) == before + 1
    assert any(m.indicator == "DIRECT_PCT" and m.title == "Directe uren: augustus 2024" for m in made)


def test_finding_narrows_the_rows(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    everything = page.model.rowCount()
    qtbot.keyClicks(window.header.search, "voorraad")
    assert 0 < page.model.rowCount() < everything
    window.header.search.clear()
    window.header.search.textEdited.emit("")
    assert page.model.rowCount() == everything


def test_absence_of_a_small_team_is_not_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.move(unit="JZ-ZWA")
    answer = page_of(window).answer
    assert answer is not None
    row = answer.row("VERZUIM_PCT")
    assert row is not None
    assert row.value is None
    assert set(row.chart.actual) == {None}
    place = page_of(window).model.place("VERZUIM_PCT")
    assert page_of(window).model.index(place, 1).data() == "groep te klein om te tonen"


def test_the_language_changes_without_a_restart(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.actions["language_en"].trigger()
    assert page_of(window).model.headerData(2, Qt.Orientation.Horizontal) == "Target"
    assert window.desk.actions["undo"].text().startswith("Undo") or "Undo" in window.desk.actions["undo"].text()
