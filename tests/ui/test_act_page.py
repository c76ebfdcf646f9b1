"""Act as its user meets it: late ones first, fields kept one by one, stopping with a reason, undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from indsteer.domain.countermeasure import Countermeasure, Status
from indsteer.operations.sample import build_sample
from indsteer.store.queries import reviews
from ui import theme
from ui.main_window import MainWindow
from ui.pages.act import ActPage
from ui.program import Program

NOW = datetime(2024, 10, 14, 14, 32, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("act") / "dienst.indsteer"
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
    program.window.desk.move(unit="JZ-BEZ", period="2024-09")
    program.window.show_page("act")
    yield program.window
    program.window.close()


def page_of(window: MainWindow) -> ActPage:
    page = window.page
    assert isinstance(page, ActPage)
    return page


def measure(window: MainWindow, title: str) -> Countermeasure:
    found = window.desk.session.read(lambda c: reviews.countermeasures(c, ["JZ-BEZ"]))
    return next(m for m in found if m.title == title)


def choose(window: MainWindow, title: str) -> None:
    page = page_of(window)
    page.table.setCurrentIndex(page.model.index(page.model.place(measure(window, title).id), 0))


def test_the_late_one_is_on_top(window: MainWindow) -> None:
    page = page_of(window)
    first = page.model.row(0)
    assert first is not None
    assert first.measure.title == "Overlegvrije woensdag"
    assert first.days_late == 75, "31 July to 14 October"
    assert page.sentence.text() == "1 maatregel is over tijd."


def test_a_field_is_one_step_and_undo_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    page, session = page_of(window), window.desk.session
    choose(window, "Overlegvrije woensdag")
    due = page.drawer.fields["due"]
    due.setFocus()
    due.selectAll()
    qtbot.keyClicks(due, "30-11-2024")
    with qtbot.waitSignal(session.saved):
        qtbot.keyClick(due, Qt.Key.Key_Return)
    assert measure(window, "Overlegvrije woensdag").due == "2024-11-30"
    with qtbot.waitSignal(session.saved):
        window.desk.actions["undo"].trigger()
    assert measure(window, "Overlegvrije woensdag").due == "2024-07-31"


def test_a_day_that_is_none_is_refused_and_the_old_one_stays(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    choose(window, "Overlegvrije woensdag")
    due = page.drawer.fields["due"]
    due.setText("volgende week")
    due.editingFinished.emit()
    assert "volgende week" in window.message.text
    assert measure(window, "Overlegvrije woensdag").due == "2024-07-31"
    assert "2024" in due.text()


def test_stopping_needs_a_reason(window: MainWindow, qtbot: QtBot) -> None:
    page, session = page_of(window), window.desk.session
    choose(window, "Overlegvrije woensdag")
    with qtbot.waitSignal(session.saved):
        qtbot.mouseClick(page.drawer.stop_button, Qt.MouseButton.LeftButton)
    assert measure(window, "Overlegvrije woensdag").status is Status.RUNNING
    assert window.message.text
    qtbot.keyClicks(page.drawer.reason, "werkt niet")
    with qtbot.waitSignal(session.saved):
        qtbot.mouseClick(page.drawer.stop_button, Qt.MouseButton.LeftButton)
    stopped = measure(window, "Overlegvrije woensdag")
    assert (stopped.status, stopped.outcome, stopped.closed_on) == (Status.STOPPED, "werkt niet", "2024-10-14")


def test_a_new_measure_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    page, session = page_of(window), window.desk.session
    qtbot.keyClicks(page.new_line, "Vragenlijst vooraf")
    with qtbot.waitSignal(session.saved):
        qtbot.keyClick(page.new_line, Qt.Key.Key_Return)
    made = measure(window, "Vragenlijst vooraf")
    assert made.status is Status.PLANNED
    assert made.number == "B-04"
