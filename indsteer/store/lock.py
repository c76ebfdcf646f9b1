"""The lock of the one writer. With `exchange/limits.py` the only place with calls that differ per system.

The system releases the lock when the process dies, so a lock is never stale; what the file still says then
tells that the end was unclean.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from indsteer.store.paths import system_path

if sys.platform == "win32":  # pragma: no cover - the other branch on the other system
    import msvcrt

    def _try_lock(fd: int) -> bool:
        try:
            os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(fd: int) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


_LOCKED_BYTE = 1 << 30  # far beyond the text, so that others can still read who holds it on Windows


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the file: role or initials, machine and since when, as written in the lock file."""

    who: str
    machine: str
    since: str


class WriterLock:
    """Holds the lock until `release`; `unclean` tells that the previous holder did not release it."""

    def __init__(self, fd: int, path: Path, *, unclean: bool) -> None:
        self._fd = fd
        self._path = path
        self.unclean = unclean

    @classmethod
    def acquire(cls, path: Path, holder: Holder) -> WriterLock | Holder | None:
        """Take the lock file at `path`.

        Returns:
            the lock; or the holder when another process has it; or None when the folder cannot be written.
        """
        try:
            fd = os.open(system_path(path), os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except OSError:
            return None
        before = _read(fd)
        if not _try_lock(fd):
            os.close(fd)
            return _holder(before)
        text = json.dumps({"who": holder.who, "machine": holder.machine, "since": holder.since})
        os.lseek(fd, 0, os.SEEK_SET)
        os.ftruncate(fd, 0)
        os.write(fd, text.encode("utf-8"))
        os.fsync(fd)
        return cls(fd, path, unclean=bool(before.strip()))

    def release(self) -> None:
        """Let go: an empty lock file says that the end was clean."""
        if self._fd >= 0:
            os.ftruncate(self._fd, 0)
            os.close(self._fd)
            self._fd = -1


def _read(fd: int) -> bytes:
    os.lseek(fd, 0, os.SEEK_SET)
    return os.read(fd, 4096)


def _holder(text: bytes) -> Holder:
    try:
        found = json.loads(text)
        return Holder(str(found["who"]), str(found["machine"]), str(found["since"]))
    except (ValueError, KeyError, TypeError):
        return Holder("", "", "")
