"""The file: opened, locked, refused, copied, rescued - as its user meets it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indsteer.operations.actuals import ActualEdit, set_actuals
from indsteer.store import backup
from indsteer.store.errors import (
    DamagedFileError,
    FileExistsAlreadyError,
    FileMissingError,
    NewerFileError,
    NotOurFileError,
    ReadOnlyFileError,
)
from indsteer.store.file import SteerFile, create, daily_backup, open_file, rescue
from indsteer.store.journal import Actor, OpenStep
from indsteer.store.paths import lock_path, synchronised_by, system_path
from indsteer.store.schema import APPLICATION_ID, SCHEMA_VERSION
from tests.conftest import ACTOR, TickingClock, fill
from tests.dumps import dump

ROOT = Path(__file__).resolve().parents[2]


def edit(file: SteerFile, value: float, unit: str = "D-A") -> None:
    set_actuals(file, [ActualEdit(unit, "UITSTROOM", "2024-01", value)])


def test_the_file_is_one_file_between_steps(file: SteerFile) -> None:
    edit(file, 1.0)
    beside = {p.name for p in file.path.parent.iterdir()}
    assert beside == {file.path.name, file.path.name + ".lock"}
    assert file.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert file.connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert file.connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_a_second_writer_opens_read_only_and_learns_who_has_it(file: SteerFile, clock: TickingClock) -> None:
    second = open_file(file.path, Actor("planner", "pl"), clock)
    assert not second.writable
    assert second.holder is not None
    assert second.holder.who == "teamleider tl"
    with pytest.raises(ReadOnlyFileError) as refused:
        edit(second, 2.0)
    assert refused.value.facts["who"] == "teamleider tl"
    second.close()


def test_the_lock_is_gone_when_its_process_dies(tmp_path: Path, clock: TickingClock) -> None:
    path = tmp_path / "vast.indsteer"
    create(path, ACTOR, clock).close()
    script = (
        "import sys, time; from datetime import datetime, UTC; from pathlib import Path;"
        "from indsteer.store.file import open_file; from indsteer.store.journal import Actor, OpenStep;"
        "f = open_file(Path(sys.argv[1]), Actor('planner', ''), lambda: datetime.now(UTC)); print('held', flush=True);"
        "time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    meanwhile = open_file(path, ACTOR, clock)
    assert not meanwhile.writable
    meanwhile.close()
    child.kill()
    child.wait()
    child.stdout.close()
    after = open_file(path, ACTOR, clock)
    assert after.writable
    after.close()


def test_what_is_refused_says_why(tmp_path: Path, clock: TickingClock) -> None:
    with pytest.raises(FileMissingError):
        open_file(tmp_path / "er niet.indsteer", ACTOR, clock)
    text = tmp_path / "tekst.indsteer"
    text.write_text("geen bestand van ons" * 20, encoding="utf-8")
    with pytest.raises(NotOurFileError):
        open_file(text, ACTOR, clock)
    other = tmp_path / "ander.indsteer"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(NotOurFileError):
        open_file(other, ACTOR, clock)
    made = create(tmp_path / "nieuw.indsteer", ACTOR, clock)
    with pytest.raises(FileExistsAlreadyError):
        create(made.path, ACTOR, clock)
    made.close()


def test_a_newer_file_is_refused_and_left_as_it_was(tmp_path: Path, clock: TickingClock) -> None:
    path = tmp_path / "nieuwer.indsteer"
    made = create(path, ACTOR, clock)
    made.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    made.close()
    before = path.read_bytes()
    with pytest.raises(NewerFileError) as refused:
        open_file(path, ACTOR, clock)
    assert refused.value.facts == {"file": "nieuwer.indsteer", "version": SCHEMA_VERSION + 1, "known": SCHEMA_VERSION}
    assert path.read_bytes() == before


def test_a_file_in_wal_mode_is_converted(tmp_path: Path, clock: TickingClock) -> None:
    path = tmp_path / "wal.indsteer"
    made = create(path, ACTOR, clock)
    fill(made)
    made.connection.execute("PRAGMA journal_mode = WAL")
    made.close()
    opened = open_file(path, ACTOR, clock)
    edit(opened, 3.0)
    assert opened.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert not path.with_name(path.name + "-wal").exists()
    opened.close()


def test_a_write_outside_a_step_is_aborted(file: SteerFile) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="write outside a step"):
        file.connection.execute("UPDATE unit SET name = 'anders'")
    with pytest.raises(sqlite3.IntegrityError, match="write outside a step"):
        file.connection.execute("DELETE FROM plan_version")


def _put_and_fail(step: OpenStep) -> None:
    step.put("setting", key="x", value=1)
    raise ValueError("halfway")


def test_a_failing_step_leaves_nothing(file: SteerFile) -> None:
    before = dump(file.connection)
    with pytest.raises(ValueError, match="halfway"), file.step("fails") as step:
        _put_and_fail(step)
    assert dump(file.connection) == before
    edit(file, 4.0)  # and the next step works


def test_the_change_of_writer_is_a_barrier(file: SteerFile, clock: TickingClock) -> None:
    edit(file, 5.0)
    file.close()
    other = open_file(file.path, Actor("planner", "pl"), clock)
    assert other.undoable() is None
    edit(other, 6.0)
    other.undo()
    assert other.undoable() is None
    assert other.connection.execute("SELECT value FROM actual").fetchall() == [(5.0,)]
    other.close()


def test_backups_daily_ten_kept_and_whole(file: SteerFile, clock: TickingClock) -> None:
    edit(file, 7.0)
    assert daily_backup(file) is not None
    assert daily_backup(file) is None, "one a day"
    for _ in range(14):
        file.back_up("asked")
    kept = backup.backups(file.path)
    assert len(kept) == backup.KEEP
    newest = backup.newest_good(file.path)
    assert newest == kept[0]
    copy = sqlite3.connect(kept[0])
    assert copy.execute("SELECT value FROM actual").fetchall() == [(7.0,)]
    copy.close()


def test_a_damaged_file_names_the_backup_and_is_rescued(file: SteerFile, clock: TickingClock) -> None:
    edit(file, 8.0)
    copy = file.back_up("asked")
    assert copy is not None
    file.close()
    path = file.path
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 20] = b"\xff" * len(content[4096 : 4096 * 20])
    path.write_bytes(content)
    lock_path(path).write_text('{"who": "teamleider", "machine": "pc", "since": ""}', encoding="utf-8")  # unclean end
    with pytest.raises(DamagedFileError) as told:
        open_file(path, ACTOR, clock)
    assert told.value.facts["backup"] == copy.name
    assert rescue(path, datetime(2024, 11, 4, tzinfo=UTC)) == copy
    again = open_file(path, ACTOR, clock)
    assert again.connection.execute("SELECT value FROM actual").fetchall() == [(8.0,)]
    again.close()
    assert any(".damaged-" in p.name for p in path.parent.iterdir()), "the damaged file is kept"


def test_save_as_goes_its_own_way(file: SteerFile, clock: TickingClock) -> None:
    edit(file, 9.0)
    target = file.path.with_name("kopie.indsteer")
    file.save_as(target)
    copy = open_file(target, ACTOR, clock)
    origins = [c.execute("SELECT origin FROM journal_state").fetchone() for c in (file.connection, copy.connection)]
    assert origins[0] != origins[1]
    assert copy.undoable() is None, "what was done in the other file is not undone in this one"
    edit(copy, 10.0)
    assert file.connection.execute("SELECT value FROM actual").fetchall() == [(9.0,)]
    copy.close()


def test_long_and_accented_paths(tmp_path: Path, clock: TickingClock) -> None:
    folder = tmp_path / ("map met spatie en é " + "x" * 100) / ("nog een " + "y" * 120)
    folder.mkdir(parents=True)
    path = folder / "een bestand met een lange naam ü.indsteer"
    assert len(str(path)) > 260
    made = create(path, ACTOR, clock)
    fill(made)
    made.close()
    opened = open_file(path, ACTOR, clock)
    assert opened.writable
    opened.close()


def test_long_paths_get_their_prefix_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    monkeypatch.setattr(os.path, "abspath", str)
    assert system_path("C:\\kort\\a.indsteer") == "C:\\kort\\a.indsteer"  # type: ignore[arg-type]
    long = "C:\\" + "m" * 260 + "\\a.indsteer"
    assert system_path(long) == "\\\\?\\" + long  # type: ignore[arg-type]
    share = "\\\\server\\map\\" + "m" * 260
    assert system_path(share) == "\\\\?\\UNC\\server\\map\\" + "m" * 260  # type: ignore[arg-type]


def test_a_synchronised_folder_is_recognised() -> None:
    assert synchronised_by(Path("/home/x/OneDrive - Organisatie/team/a.indsteer")) == "OneDrive"
    assert synchronised_by(Path("/srv/groep/a.indsteer")) == ""
