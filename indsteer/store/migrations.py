"""Bringing a file of an older program up to date.

To add one: 1. change `schema.py` and raise SCHEMA_VERSION; 2. add a function to `registered`; 3. keep a file of
the version before in tests/files/old (the test that reminds you is tests/store/test_migrations.py).
Each runs in one transaction; afterwards the triggers are made anew and the step is a barrier for undo.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from indsteer.store.journal_triggers import drop_triggers, make_triggers

Migration = Callable[[Any], None]  # takes a sqlite_utils.Database


def registered() -> dict[int, Migration]:
    """Per version the function that brings a file of the version before to it."""
    return {}


def migrate(connection: sqlite3.Connection, found: int, wanted: int, steps: dict[int, Migration]) -> None:
    """Bring the file from version `found` to `wanted`, one transaction per version."""
    import sqlite_utils
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("indsteer")
    for version in range(found + 1, wanted + 1):

        def apply(database: Any, version: int = version) -> None:
            steps[version](database)
            database.conn.execute(f"PRAGMA user_version = {version}")

        migrations(name=f"to_version_{version}")(apply)
    connection.execute("PRAGMA foreign_keys = OFF")
    drop_triggers(connection)
    try:
        migrations.apply(sqlite_utils.Database(connection))
    finally:
        make_triggers(connection)
        connection.execute("PRAGMA foreign_keys = ON")
