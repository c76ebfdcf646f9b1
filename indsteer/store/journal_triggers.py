"""The triggers of the journal, generated from the schema that is in the file.

They are made anew after every migration, because `sqlite_utils.transform()` silently drops triggers.
A trigger writes the whole row before and after, natively typed, and aborts a write outside an open step.
"""

import sqlite3
from dataclasses import dataclass

from indsteer.store.schema import JOURNALLED, LOG_WIDTH


@dataclass(frozen=True, slots=True)
class TableShape:
    """Columns of a table in the order of the log, and the positions of its primary key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[int, ...]


def table_shape(connection: sqlite3.Connection, name: str) -> TableShape:
    """The shape of a table as it is in this file."""
    rows = connection.execute(f"PRAGMA table_info({name})").fetchall()
    key = sorted((row[5], row[0]) for row in rows if row[5])
    return TableShape(name, tuple(row[1] for row in rows), tuple(position for _, position in key))


def drop_triggers(connection: sqlite3.Connection) -> None:
    """Drop every trigger of the journal, so that a migration can move rows."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal\\_%' ESCAPE '\\'"
    )
    for (name,) in names.fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def make_triggers(connection: sqlite3.Connection) -> None:
    """Drop and make the three triggers of every journalled table."""
    drop_triggers(connection)
    for name in JOURNALLED:
        shape = table_shape(connection, name)
        if len(shape.columns) > LOG_WIDTH:
            raise AssertionError(f"{name} is wider than the log")
        for op, event, sides in (("I", "INSERT", "n"), ("U", "UPDATE", "on"), ("D", "DELETE", "o")):
            connection.execute(_trigger(shape, op, event, sides))


def _trigger(shape: TableShape, op: str, event: str, sides: str) -> str:
    places: list[str] = []
    values: list[str] = []
    for side in sides:
        row = "old" if side == "o" else "new"
        places += [f"{side}{i}" for i in range(len(shape.columns))]
        values += [f'{row}."{column}"' for column in shape.columns]
    return f"""CREATE TRIGGER journal_{shape.name}_{op} AFTER {event} ON {shape.name}
        WHEN (SELECT bulk FROM journal_state) = 0 BEGIN
        SELECT RAISE(ABORT, 'write outside a step') WHERE (SELECT step FROM journal_state) IS NULL;
        INSERT INTO log (step, tbl, op, {", ".join(places)})
        VALUES ((SELECT step FROM journal_state), '{shape.name}', '{op}', {", ".join(values)});
        END"""
