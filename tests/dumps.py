"""The whole content of a file, bit for bit: what undo and redo are compared with."""

from __future__ import annotations

import sqlite3
import struct

from indsteer.store.encoding import Value
from indsteer.store.schema import JOURNALLED

Dump = dict[str, tuple[tuple[object, ...], ...]]


def dump(connection: sqlite3.Connection) -> Dump:
    """Every row of every journalled table, doubles as their eight bytes, in a fixed order."""
    return {
        table: tuple(
            sorted(
                (
                    tuple(_exact(value) for value in row)
                    for row in connection.execute(f"SELECT * FROM {table}").fetchall()
                ),
                key=repr,
            )
        )
        for table in JOURNALLED
    }


def _exact(value: Value) -> object:
    return ("double", struct.pack(">d", value)) if isinstance(value, float) else value
