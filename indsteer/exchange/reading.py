"""The safe door: read a file in a process of its own, so that no file can hang or end the program.

The worker is started at the first use and kept warm for the next. It is ended and forgotten when it takes too long,
takes too much, dies, or is cancelled. It is started through pipes with JSON lines.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from indsteer.exchange.errors import CancelledReadingError, SlowFileError, TooBigFileError
from indsteer.exchange.limits import MEMORY_BYTES
from indsteer.exchange.reading_model import Reading
from indsteer.exchange.wire import unpack_error, unpack_reading
from indsteer.exchange.worker import SECONDS

HIDDEN_COMMAND = "exchange-worker"
"""What a packaged program is started with to be the worker (`ui.main` hands it to `worker.main`)."""
_TICK = 0.05


class WorkerBugError(RuntimeError):
    """The worker met an error of our own making; its text has the trace."""


class Door:
    """Holds the one warm worker; used by one thread at a time, others wait."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes] = queue.Queue()

    def read(
        self,
        path: Path,
        *,
        hints: Mapping[str, object] | None = None,
        profile: Mapping[str, object] | None = None,
        known: Mapping[str, object] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Reading:
        """Read one file, see `read_workbook`."""
        request = {
            "path": str(path.absolute()),
            "name": path.name,
            "hints": dict(hints or {}),
            "profile": dict(profile or {}),
            "known": dict(known or {}),
        }
        with self._turn:
            line = self._ask(json.dumps(request).encode() + b"\n", path.name, cancelled)
        answer = json.loads(line)
        if "reading" in answer:
            return unpack_reading(answer["reading"])
        if "error" in answer:
            raise unpack_error(answer["error"])
        raise WorkerBugError(f"{answer.get('bug')}\n{answer.get('trace', '')}")

    def warm_up(self) -> None:
        """Start the worker now, so that the first file is read at once."""
        with self._turn:
            self._running()

    def close(self) -> None:
        """End the worker; the next reading starts a new one."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _ask(self, request: bytes, name: str, cancelled: Callable[[], bool] | None) -> bytes:
        process = self._running()
        assert process.stdin is not None  # noqa: S101  started with a pipe
        until = time.monotonic() + self._seconds
        try:
            process.stdin.write(request)
            process.stdin.flush()
        except OSError:  # it died while idle: once more with a new one
            self.close()
            process = self._running()
            assert process.stdin is not None  # noqa: S101
            process.stdin.write(request)
            process.stdin.flush()
        while True:
            try:
                line = self._answers.get(timeout=_TICK)
            except queue.Empty:
                if cancelled is not None and cancelled():
                    self.close()
                    raise CancelledReadingError(file=name) from None
                if time.monotonic() > until:
                    self.close()
                    raise SlowFileError(file=name, seconds=self._seconds) from None
                continue
            if not line:  # it died: out of memory, or a library took it along
                self.close()
                raise TooBigFileError(file=name, limit_mb=MEMORY_BYTES >> 20)
            return line

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        self._answers = queue.Queue()
        if getattr(sys, "frozen", False):
            command = [sys.executable, HIDDEN_COMMAND]
        else:
            command = [sys.executable, "-P", "-m", "indsteer.exchange.worker"]
        root = str(Path(__file__).resolve().parents[2])
        environment = dict(os.environ)
        environment["PYTHONPATH"] = os.pathsep.join(p for p in (root, environment.get("PYTHONPATH", "")) if p)
        flags = 0x08000000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW
        process = subprocess.Popen(  # noqa: S603  our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=1 << 20,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=flags,
        )
        threading.Thread(target=_pump, args=(process, self._answers), daemon=True).start()
        self._process = process
        return process


def _pump(process: subprocess.Popen[bytes], answers: queue.Queue[bytes]) -> None:
    """Move answers to the queue; an empty one says that the process ended."""
    assert process.stdout is not None  # noqa: S101  started with a pipe
    with contextlib.suppress(OSError, ValueError):
        for line in process.stdout:
            answers.put(line)
    answers.put(b"")


_DOOR = Door()
"""The one warm worker of the program: a process, not a value; closed at exit."""
atexit.register(_DOOR.close)


def read_workbook(
    path: Path | str,
    *,
    hints: Mapping[str, object] | None = None,
    profile: Mapping[str, object] | None = None,
    known: Mapping[str, object] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """Everything that a planning sheet says, read safely.

    Args:
        path: the file; what it is is judged by its bytes.
        hints: answers to questions: `year`, `first_period` (where a series without years starts), `period` (for a table
            without periods; None when there is none), `kind`, `sheets` (names to read, hidden ones too).
        profile: a saved layout.
        known: `units` and `indicators`, each a list of names or a mapping of code to aliases.
        cancelled: asked every 50 ms; True ends the worker.

    Raises:
        UnreadableFileError: a subclass that says why it cannot be read.
        CancelledReadingError: `cancelled` said so.
    """
    return _DOOR.read(Path(path), hints=hints, profile=profile, known=known, cancelled=cancelled)


def warm_up() -> None:
    """Start the worker before it is needed."""
    _DOOR.warm_up()


def close_worker() -> None:
    """End the warm worker, at the end of the program."""
    _DOOR.close()
