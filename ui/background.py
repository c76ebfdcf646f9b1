"""The one door to the background: long work with progress and Cancel, its result on the main thread.

The work is a plain function `work(task)`: it calls `task.progress(done, total)` now and then, and that raises
`Cancelled` when the user pressed Cancel. The caller owns the `Task` and listens to its signals.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

log = logging.getLogger(__name__)


class Cancelled(Exception):  # noqa: N818  not an error: what the user asked for
    """The user pressed Cancel."""


class Task(QObject):
    """Work that is under way. Signals arrive on the main thread, the last one is done, failed or cancelled."""

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    _ended = Signal(object, object)

    def __init__(self, work: Callable[[Task], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._stop = threading.Event()
        self._ended.connect(self._on_ended)

    @property
    def stopping(self) -> bool:
        """Whether Cancel was pressed."""
        return self._stop.is_set()

    def start(self) -> None:
        """Begin in a thread of the pool."""
        QThreadPool.globalInstance().start(self._run)

    def cancel(self) -> None:
        """Ask the work to stop at its next `progress`."""
        self._stop.set()

    def progress(self, done: int, total: int) -> None:
        """Called by the work: tell how far it is.

        Raises:
            Cancelled: the user pressed Cancel.
        """
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done, total)

    def _run(self) -> None:
        try:
            result, error = self._work(self), None
        except Exception as problem:  # noqa: BLE001  told on the main thread
            result, error = None, problem
        self._ended.emit(result, error)

    @Slot(object, object)
    def _on_ended(self, result: object, error: Exception | None) -> None:
        if isinstance(error, Cancelled):
            self.cancelled.emit()
        elif error is not None:
            log.error("background work failed", exc_info=error)
            self.failed.emit(error)
        else:
            self.done.emit(result)
