"""The session: edits return at once, answers arrive on the main thread, closing loses nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from indsteer.operations import actuals, history
from indsteer.operations.actuals import ActualEdit
from indsteer.store.errors import FileMissingError, ReadOnlyFileError
from indsteer.store.file import SteerFile, create, open_file
from indsteer.store.journal import Changes
from tests.conftest import ACTOR, TickingClock, fill
from ui.session import Session


@pytest.fixture
def path(tmp_path: Path, clock: TickingClock) -> Path:
    made = create(tmp_path / "sessie.indsteer", ACTOR, clock)
    fill(made)
    made.close()
    return made.path


@pytest.fixture
def session(path: Path, clock: TickingClock, qtbot: QtBot) -> Iterator[Session]:
    opened = Session.open(path, ACTOR, clock)
    yield opened
    opened.close()


def edit(value: float) -> list[ActualEdit]:
    return [ActualEdit("D-A", "UITSTROOM", "2024-01", value)]


def stored(session: Session) -> list[tuple[float]]:
    return session.read(lambda c: c.execute("SELECT value FROM actual").fetchall())


def test_a_change_arrives_on_the_main_thread_after_it_is_saved(session: Session, qtbot: QtBot) -> None:
    seen: list[tuple[Changes, str, list[tuple[float]]]] = []
    session.changed.connect(lambda c: seen.append((c, threading.current_thread().name, stored(session))))
    with qtbot.waitSignal(session.saved):
        session.do(actuals.set_actuals, edit(5.0))
    ((changes, thread, values),) = seen
    assert changes.touches("actual")
    assert changes.units == {"D-A"}
    assert thread == threading.main_thread().name
    assert values == [(5.0,)]


def test_a_slow_disk_does_not_hold_the_screen(session: Session, qtbot: QtBot) -> None:
    def slow(file: SteerFile) -> Changes:
        time.sleep(0.3)
        return actuals.set_actuals(file, edit(6.0))

    with qtbot.waitSignal(session.saved, timeout=3000):
        begun = time.perf_counter()
        session.do_then(slow)
        assert time.perf_counter() - begun < 0.1
        assert session.waiting == 1
    assert session.waiting == 0


def test_a_refusal_goes_to_who_asked_or_to_everyone(session: Session, qtbot: QtBot) -> None:
    wrong = [ActualEdit("WEG", "UITSTROOM", "2024-01", 1.0)]
    refused: list[Exception] = []
    with qtbot.waitSignal(session.saved):
        session.do_then(lambda f: actuals.set_actuals(f, wrong), refused=refused.append)
    assert [type(e).__name__ for e in refused] == ["UnknownUnitError"]
    with qtbot.waitSignal(session.failed) as told:
        session.do(actuals.set_actuals, wrong)
    assert told.args is not None
    assert type(told.args[0]).__name__ == "UnknownUnitError"


def test_undo_names_its_step_and_takes_it_back(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.saved):
        session.do(actuals.set_actuals, edit(7.0))
    assert session.undoable is not None
    assert session.undoable.key == "set_actuals"
    with qtbot.waitSignal(session.saved):
        session.do(history.undo)
    assert stored(session) == []
    assert session.redoable is not None


def test_closing_waits_for_everything(path: Path, clock: TickingClock, qtbot: QtBot) -> None:
    session = Session.open(path, ACTOR, clock)
    for number in range(30):
        session.do(actuals.set_actuals, edit(float(number)))
    session.close()
    again = open_file(path, ACTOR, clock)
    assert again.connection.execute("SELECT value FROM actual").fetchall() == [(29.0,)]
    again.close()


def test_a_second_session_is_read_only_and_says_who(session: Session, clock: TickingClock, qtbot: QtBot) -> None:
    second = Session.open(session.path, ACTOR, clock)
    assert not second.writable
    assert second.holder is not None
    assert second.holder.who == "teamleider tl"
    with qtbot.waitSignal(second.failed) as told:
        second.do(actuals.set_actuals, edit(1.0))
    assert told.args is not None
    assert isinstance(told.args[0], ReadOnlyFileError)
    second.close()


def test_what_cannot_be_opened_leaves_nothing_behind(tmp_path: Path, clock: TickingClock, qtbot: QtBot) -> None:
    before = threading.active_count()
    with pytest.raises(FileMissingError):
        Session.open(tmp_path / "weg.indsteer", ACTOR, clock)
    assert threading.active_count() == before


def test_the_ground_is_made_anew_only_when_the_file_changed(session: Session, qtbot: QtBot) -> None:
    first = session.ground()
    assert session.ground() is first
    with qtbot.waitSignal(session.saved):
        session.do(actuals.set_actuals, edit(8.0))
    assert session.ground() is not first
