"""Is the file whole and its journal unbroken?

The chain is a checksum for whoever has only the file: who can write the file can also write a new chain. It proves
something when its head was printed or sent elsewhere before: `expect`.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from indsteer.store.encoding import Row, digest, encode
from indsteer.store.journal import leaf_hash, previous_hash
from indsteer.store.journal_triggers import table_shape
from indsteer.store.schema import JOURNALLED, LOG_WIDTH

HEAD_LENGTH = 12


@dataclass(frozen=True, slots=True)
class FileCheck:
    """`problems` are (key, fact) pairs; `head` is the end of the chain in 12 hexadecimal characters."""

    steps: int
    head: str
    problems: tuple[tuple[str, str], ...]


def head(connection: sqlite3.Connection, step: int | None = None) -> str:
    """First 12 characters of the hash of a step, of the last one unless given; empty when there is none."""
    where = "ORDER BY n DESC LIMIT 1" if step is None else "WHERE n = ?"
    row = connection.execute(f"SELECT hash FROM step {where}", () if step is None else (step,)).fetchone()
    return bytes(row[0]).hex()[:HEAD_LENGTH] if row else ""


def check_file(connection: sqlite3.Connection, expect: str = "") -> FileCheck:
    """Check SQLite's own structure, foreign keys and the hash chain; `expect` must be the head of some step."""
    problems = [("damaged", str(row[0])) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    problems += [("broken_reference", str(row[0])) for row in connection.execute("PRAGMA foreign_key_check")]
    shapes = {name: table_shape(connection, name) for name in JOURNALLED}
    columns = ", ".join([f"o{i}" for i in range(LOG_WIDTH)] + [f"n{i}" for i in range(LOG_WIDTH)])
    heads: set[str] = set()
    steps = connection.execute(
        "SELECT n, origin, seq, key, facts, role, initials, at, program, barrier, undoes, redoes, hash FROM step"
        " ORDER BY n"
    ).fetchall()
    for step in steps:
        leaves = b""
        for row in connection.execute(
            f"SELECT n, tbl, op, {columns}, redacted FROM log WHERE step = ? ORDER BY n", (step[0],)
        ):
            leaves += bytes(row[-1]) if row[-1] is not None else leaf_hash(shapes, row)
        facts: Row = step[:-1]
        if digest(previous_hash(connection, step[1], step[2]), encode(facts), leaves) != step[-1]:
            problems.append(("broken_chain", str(step[0])))
        heads.add(bytes(step[-1]).hex()[:HEAD_LENGTH])
    if expect and expect.lower()[:HEAD_LENGTH] not in heads:
        problems.append(("unknown_head", expect))
    return FileCheck(len(steps), head(connection), tuple(problems))
