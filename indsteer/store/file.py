"""One indsteer file: made, opened, locked, backed up and closed.

`SteerFile` is the writing end and belongs to one thread. Readers open their own connection
(`connection.connect_reading`). A file that another process writes, or that may not be written, opens read-only.
"""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from indsteer.errors import Fact
from indsteer.store.backup import back_up, daily_due, newest_good
from indsteer.store.connection import connect_reading, connect_writing, read_header
from indsteer.store.errors import (
    DamagedFileError,
    DiskFullError,
    FileBusyError,
    FileExistsAlreadyError,
    FolderNotWritableError,
    ReadOnlyFileError,
)
from indsteer.store.ids import new_id
from indsteer.store.journal import Actor, Changes, Journal, OpenStep, StepRecord
from indsteer.store.journal_triggers import make_triggers
from indsteer.store.lock import Holder, WriterLock
from indsteer.store.migrations import migrate, registered
from indsteer.store.paths import lock_path, system_path
from indsteer.store.schema import APPLICATION_ID, SCHEMA_VERSION, create_statements

Clock = Callable[[], datetime]


class SteerFile:
    """An open file. `writable` tells whether steps can be made; `holder` who has it when not."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        actor: Actor,
        clock: Clock,
        *,
        lock: WriterLock | None,
        holder: Holder | None = None,
    ) -> None:
        self.path = path
        self.connection = connection
        self.holder = holder
        self._lock = lock
        self._clock = clock
        self._journal = Journal(connection, actor)

    @property
    def writable(self) -> bool:
        """Whether this process holds the file for writing."""
        return self._lock is not None

    @property
    def actor(self) -> Actor:
        """Who writes."""
        return self._journal.actor

    @actor.setter
    def actor(self, actor: Actor) -> None:
        self._journal.actor = actor

    def now(self) -> datetime:
        """This moment by the injected clock."""
        return self._clock()

    def new_id(self) -> str:
        """An id for a new record-like thing."""
        return new_id(self._clock())

    @contextmanager
    def step(
        self, key: str, about: Mapping[str, Fact] | None = None, /, *, barrier: bool = False, **facts: Fact
    ) -> Iterator[OpenStep]:
        """One journalled transaction; only operations open one. `about` and `facts` fill the words of the step.

        Raises:
            ReadOnlyFileError: the file is not ours to write.
            DiskFullError, FileBusyError: the change could not be kept; the file is as it was.
        """
        self._must_write()
        with (
            self._told(),
            self._journal.step(key, {**(about or {}), **facts}, at=self._stamp(), barrier=barrier) as step,
        ):
            yield step

    def undo(self) -> Changes:
        """Undo the last step, as a new step."""
        self._must_write()
        with self._told():
            return self._journal.undo(self._stamp())

    def redo(self) -> Changes:
        """Do the last undone step again, as a new step."""
        self._must_write()
        with self._told():
            return self._journal.redo(self._stamp())

    def undoable(self) -> StepRecord | None:
        """What undo would undo."""
        return self._journal.undoable() if self.writable else None

    def redoable(self) -> StepRecord | None:
        """What redo would do again."""
        return self._journal.redoable() if self.writable else None

    def back_up(self, why: str, fallback: Path | None = None) -> Path | None:
        """A copy of the file as it is now, or None when there is nowhere to put it."""
        return back_up(self.connection, self.path, self._clock(), why, fallback)

    def save_as(self, target: Path) -> None:
        """A copy that goes its own way: it has an origin of its own.

        Raises:
            FileExistsAlreadyError: `target` is there already.
        """
        if target.exists():
            raise FileExistsAlreadyError(file=target.name)
        copy = sqlite3.connect(system_path(target), isolation_level=None)
        try:
            self.connection.backup(copy)
            copy.execute("UPDATE journal_state SET origin = ?", (uuid.uuid4().hex,))
        finally:
            copy.close()

    def close(self) -> None:
        """Close and let others write."""
        self.connection.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _stamp(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds")

    def _must_write(self) -> None:
        if not self.writable:
            raise ReadOnlyFileError(file=self.path.name, who=self.holder.who if self.holder else "")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname == "SQLITE_FULL":
                raise DiskFullError(file=self.path.name) from error
            if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise FileBusyError(file=self.path.name) from error
            raise


def create(path: Path, actor: Actor, clock: Clock) -> SteerFile:
    """Make a new, empty file and open it for writing.

    Raises:
        FileExistsAlreadyError, FolderNotWritableError.
    """
    if os.path.exists(system_path(path)):  # noqa: PTH110  long paths on Windows
        raise FileExistsAlreadyError(file=path.name)
    lock = WriterLock.acquire(lock_path(path), _holder(actor, clock))
    if not isinstance(lock, WriterLock):
        raise FolderNotWritableError(folder=path.parent.name)
    try:
        connection = connect_writing(path)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.executescript(f"BEGIN; {create_statements()} COMMIT;")
        make_triggers(connection)
        connection.execute("INSERT INTO journal_state (id, origin) VALUES (1, ?)", (uuid.uuid4().hex,))
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except sqlite3.OperationalError as error:
        lock.release()
        raise FolderNotWritableError(folder=path.parent.name) from error
    return SteerFile(path, connection, actor, clock, lock=lock)


def open_file(path: Path, actor: Actor, clock: Clock, *, read_only: bool = False) -> SteerFile:
    """Open a file: for writing when nobody else does, else for reading only.

    After an unclean end the file is checked first; a pending migration is preceded by a copy.

    Raises:
        FileMissingError, NotOurFileError, NewerFileError, FileBusyError, DamagedFileError.
    """
    header = read_header(path)
    lock = None if read_only else WriterLock.acquire(lock_path(path), _holder(actor, clock))
    if not isinstance(lock, WriterLock) or not os.access(system_path(path), os.W_OK):
        holder = lock if isinstance(lock, Holder) else None
        if isinstance(lock, WriterLock):
            lock.release()
        return SteerFile(path, _checked(path, lambda: connect_reading(path)), actor, clock, lock=None, holder=holder)
    try:
        connection = _checked(path, lambda: connect_writing(path))
        if lock.unclean:
            _check_whole(path, connection)
        if header.version < SCHEMA_VERSION:
            back_up(connection, path, clock(), "v" + str(header.version))
            migrate(connection, header.version, SCHEMA_VERSION, registered())
        file = SteerFile(path, connection, actor, clock, lock=lock)
        if header.version < SCHEMA_VERSION:
            with file.step("migration", barrier=True, version=SCHEMA_VERSION):
                pass
    except BaseException:
        lock.release()
        raise
    return file


def daily_backup(file: SteerFile, fallback: Path | None = None) -> Path | None:
    """Copy the file when no copy was made today and it holds something."""
    empty = file.connection.execute("SELECT NOT EXISTS (SELECT 1 FROM step)").fetchone()[0]
    return None if empty or not daily_due(file.path, file.now()) else file.back_up("daily", fallback)


def rescue(path: Path, now: datetime) -> Path:
    """Put the newest good copy in the place of a damaged file; the damaged one is kept beside it.

    Returns:
        the copy that was used.

    Raises:
        DamagedFileError: no good copy is there.
    """
    copy = newest_good(path)
    if copy is None:
        raise DamagedFileError(file=path.name, backup="")
    path.rename(path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}"))
    journal = path.with_name(path.name + "-journal")
    journal.unlink(missing_ok=True)
    shutil.copyfile(system_path(copy), system_path(path))
    return copy


def _holder(actor: Actor, clock: Clock) -> Holder:
    who = " ".join(part for part in (actor.role, actor.initials) if part)
    return Holder(who, platform.node(), clock().isoformat(timespec="minutes"))


def _checked(path: Path, connect: Callable[[], sqlite3.Connection]) -> sqlite3.Connection:
    try:
        connection = connect()
        connection.execute("SELECT origin FROM journal_state").fetchone()
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise FileBusyError(file=path.name) from error
        raise _damaged(path) from error
    return connection


def _check_whole(path: Path, connection: sqlite3.Connection) -> None:
    try:
        whole = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        connection.close()
        raise _damaged(path)


def _damaged(path: Path) -> DamagedFileError:
    copy = newest_good(path)
    return DamagedFileError(file=path.name, backup=copy.name if copy else "")
