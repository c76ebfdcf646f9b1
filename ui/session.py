"""The session: the one open file, its writer thread, and the background door.

`do` returns at once: one writer thread owns the write connection and answers on the main thread, so that the screen
never waits for a commit (on a network share that can take long). Pages ask `read` for frozen answers; they listen
to `changed` and refresh what is touched. Closing waits for the queue. Read-only is a state of the session.
"""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from PySide6.QtCore import QObject, Signal, Slot

from indsteer.answers.ground import Ground, current_step, load_ground
from indsteer.errors import SteerError
from indsteer.store.connection import connect_reading
from indsteer.store.file import SteerFile, create, daily_backup, open_file
from indsteer.store.journal import Actor, Changes, StepRecord
from indsteer.store.lock import Holder

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of an operation: its changes, or the error; `then` is called on the main thread."""

    changes: Changes | None
    error: Exception | None
    then: Callable[[Changes], None] | None
    refused: Callable[[Exception], None] | None
    undo: StepRecord | None
    redo: StepRecord | None


@dataclass(frozen=True, slots=True)
class Opening:
    """How opening went."""

    path: Path
    writable: bool
    holder: Holder | None


class Session(QObject):
    """One open file. All signals arrive on the main thread.

    changed(Changes): a step was committed. failed(Exception): an operation without its own `refused` was refused.
    busy(int): how many operations wait to be saved. saved(datetime): everything is saved.
    """

    changed = Signal(object)
    failed = Signal(object)
    busy = Signal(int)
    saved = Signal(object)
    _replied = Signal(object)

    def __init__(self, opening: Opening, actor: Actor, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = opening.path
        self.holder = opening.holder
        self.writable = opening.writable
        self._clock = clock
        self._actor = actor
        self._waiting = 0
        self._undo: StepRecord | None = None
        self._redo: StepRecord | None = None
        self._queue: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._reader: sqlite3.Connection | None = None
        self._ground: Ground | None = None
        self._ready = threading.Event()
        self._opening_error: Exception | None = None
        self._replied.connect(self._on_reply)
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)

    @classmethod
    def open(
        cls, path: Path, actor: Actor, clock: Clock, *, new: bool = False, read_only: bool = False,
        parent: QObject | None = None,
    ) -> Session:  # fmt: skip
        """Open (or make) a file; returns when the writer has it.

        Raises:
            SteerError: the file cannot be opened; nothing is left behind.
        """
        session = cls(Opening(path, writable=False, holder=None), actor, clock, parent)
        session._start = (new, read_only)
        session._thread.start()
        session._ready.wait()
        if session._opening_error is not None:
            session._thread.join()
            raise session._opening_error
        session._reader = connect_reading(path)
        return session

    @property
    def actor(self) -> Actor:
        """Who writes."""
        return self._actor

    @property
    def waiting(self) -> int:
        """How many operations are not saved yet."""
        return self._waiting

    @property
    def undoable(self) -> StepRecord | None:
        """The step that undo would undo, as of the last reply."""
        return self._undo if self.writable else None

    @property
    def redoable(self) -> StepRecord | None:
        """The step that redo would do again, as of the last reply."""
        return self._redo if self.writable else None

    def today(self) -> date:
        """Today by the injected clock."""
        return self._clock().date()

    def now(self) -> datetime:
        """This moment by the injected clock."""
        return self._clock()

    def do(
        self,
        operation: Callable[Concatenate[SteerFile, P], Changes],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Queue an operation; `changed` or `failed` follows."""
        self._put(lambda file: operation(file, *args, **kwargs), None, None)

    def do_then(
        self,
        operation: Callable[[SteerFile], Changes],
        then: Callable[[Changes], None] | None = None,
        refused: Callable[[Exception], None] | None = None,
    ) -> None:
        """Queue an operation with what to do afterwards; with `refused` the caller shows the error itself."""
        self._put(operation, then, refused)

    def read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """A frozen answer from the file as it is now. Queries fetch and finish."""
        assert self._reader is not None, "closed"  # noqa: S101
        return query(self._reader)

    def ground(self) -> Ground:
        """All facts as of the last step, indexed; made anew only when the file changed."""

        def make(connection: sqlite3.Connection) -> Ground:
            if self._ground is None or self._ground.step != current_step(connection):
                self._ground = load_ground(connection)
            return self._ground

        return self.read(make)

    def wait(self) -> None:
        """Block until everything queued so far is saved; for closing, and for the command line's offscreen run."""
        done = threading.Event()
        self._queue.put(done)
        done.wait()

    def back_up(self) -> Path | None:
        """A copy beside the file, of everything that is saved."""
        return self._ask(lambda file: file.back_up("asked"))

    def copy_to(self, target: Path) -> Path:
        """A copy that goes its own way.

        Raises:
            FileExistsAlreadyError: the target is there already.
        """
        self._ask(lambda file: file.save_as(target))
        return target

    def close(self) -> None:
        """Save what waits, close the file, let others write."""
        if self._reader is not None:
            self._queue.put(None)
            self._thread.join()
            self._reader.close()
            self._reader = None

    def _ask(self, question: Callable[[SteerFile], T]) -> T:
        """Let the writer do something between two operations and wait for its answer."""
        box: list[tuple[T | None, Exception | None]] = []
        done = threading.Event()

        def answer(file: SteerFile) -> None:
            try:
                box.append((question(file), None))
            except Exception as error:  # noqa: BLE001  raised again on the asking thread
                box.append((None, error))
            done.set()

        self._queue.put(answer)
        done.wait()
        result, error = box[0]
        if error is not None:
            raise error
        return cast("T", result)

    def _put(
        self,
        operation: Callable[[SteerFile], Changes],
        then: Callable[[Changes], None] | None,
        refused: Callable[[Exception], None] | None,
    ) -> None:
        self._waiting += 1
        self.busy.emit(self._waiting)
        self._queue.put((operation, then, refused))

    def _write(self) -> None:
        """The writer thread: opens the file, does what is queued, closes it."""
        new, read_only = self._start
        try:
            if new:
                file = create(self.path, self._actor, self._clock)
            else:
                file = open_file(self.path, self._actor, self._clock, read_only=read_only)
                if file.writable:
                    daily_backup(file)
        except Exception as error:  # noqa: BLE001  told to whoever opens
            self._opening_error = error
            self._ready.set()
            return
        self.writable, self.holder = file.writable, file.holder
        self._undo, self._redo = file.undoable(), file.redoable()
        self._ready.set()
        while (task := self._queue.get()) is not None:
            if isinstance(task, threading.Event):
                task.set()
                continue
            if callable(task):
                task(file)
                continue
            self._replied.emit(self._one(file, *task))
        file.close()

    def _one(
        self,
        file: SteerFile,
        operation: Callable[[SteerFile], Changes],
        then: Callable[[Changes], None] | None,
        refused: Callable[[Exception], None] | None,
    ) -> Reply:
        try:
            changes = operation(file)
        except Exception as error:
            if not isinstance(error, SteerError):
                log.exception("an operation failed")
            return Reply(None, error, then, refused, file.undoable(), file.redoable())
        return Reply(changes, None, then, refused, file.undoable(), file.redoable())

    @Slot(object)
    def _on_reply(self, reply: Reply) -> None:
        self._waiting -= 1
        self._undo, self._redo = reply.undo, reply.redo
        if reply.changes is not None:
            if reply.changes.step:
                self.changed.emit(reply.changes)
            if reply.then is not None:
                reply.then(reply.changes)
        elif reply.refused is not None and reply.error is not None:
            reply.refused(reply.error)
        else:
            self.failed.emit(reply.error)
        self.busy.emit(self._waiting)
        if self._waiting == 0:
            self.saved.emit(self._clock())

    _start: tuple[bool, bool] = (False, False)
