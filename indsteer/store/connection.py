"""Opening SQLite the one way it is opened here.

Rollback journal (DELETE) with synchronous FULL: the file is one file between steps, and a killed program loses
nothing that was shown as saved. See docs/decisions/0003-rollback-journal.md.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from indsteer.store.errors import FileBusyError, FileMissingError, NewerFileError, NotOurFileError
from indsteer.store.paths import system_path
from indsteer.store.schema import APPLICATION_ID, SCHEMA_VERSION

BUSY_MS = 5000


@dataclass(frozen=True, slots=True)
class Header:
    """What the first 100 bytes of the file say, read without SQLite so that nothing is touched."""

    application_id: int
    version: int
    wal: bool


def read_header(path: Path) -> Header:
    """The header of an indsteer file.

    Raises:
        FileMissingError, NotOurFileError, NewerFileError, FileBusyError.
    """
    try:
        with open(system_path(path), "rb") as file:  # noqa: PTH123  long paths on Windows
            head = file.read(100)
    except FileNotFoundError:
        raise FileMissingError(file=path.name) from None
    except OSError:
        raise FileBusyError(file=path.name) from None
    if len(head) < 100 or head[:16] != b"SQLite format 3\0":
        raise NotOurFileError(file=path.name)
    header = Header(
        application_id=int.from_bytes(head[68:72], "big"),
        version=int.from_bytes(head[60:64], "big"),
        wal=2 in (head[18], head[19]),
    )
    if header.application_id != APPLICATION_ID:
        raise NotOurFileError(file=path.name)
    if header.version > SCHEMA_VERSION:
        raise NewerFileError(file=path.name, version=header.version, known=SCHEMA_VERSION)
    return header


def connect_writing(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """A connection that may write; transactions are begun by hand."""
    connection = sqlite3.connect(
        system_path(path), isolation_level=None, timeout=BUSY_MS / 1000, check_same_thread=not any_thread
    )
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    _settle(connection)
    return connection


def connect_reading(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """A connection that cannot write. Fetch and finish: an open cursor blocks the writer."""
    read_header(path)
    connection = sqlite3.connect(
        system_path(path), isolation_level=None, timeout=BUSY_MS / 1000, check_same_thread=not any_thread
    )
    connection.execute("PRAGMA query_only = ON")
    _settle(connection)
    return connection


def _settle(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cache_size = -16000")
