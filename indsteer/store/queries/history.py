"""Who changed one cell, when, from what: read from the journal, packed blocks included."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import lru_cache

from indsteer.store.encoding import Row
from indsteer.store.journal import StepRecord, block_images, read_steps

_VALUE, _FINAL, _REASON = 4, 5, 6  # columns of `actual`
_CACHED_BLOCKS = 16


@dataclass(frozen=True, slots=True)
class CellChange:
    """One step that touched a cell. `was` and `became` are None where there was no value; `existed` tells which."""

    step: StepRecord
    existed: bool
    exists: bool
    was: float | None
    became: float | None
    was_final: bool
    final: bool
    reason: str

    @property
    def value_changed(self) -> bool:
        """Whether the value itself is another one, not just its state."""
        return (self.existed, self.was) != (self.exists, self.became)


def actual_history(
    connection: sqlite3.Connection, unit: str, quantity: str, period: str, stream: str = "", limit: int = 20
) -> tuple[CellChange, ...]:
    """Steps that touched this actual, newest first, at most `limit`."""
    key = (unit, quantity, stream, period)
    found = _single(connection, key)
    blocks = connection.execute(
        "SELECT l.n, l.step, s.hash FROM log l JOIN step s ON s.n = l.step"
        " WHERE l.tbl = 'actual' AND l.op IN ('B', 'R') AND l.redacted IS NULL ORDER BY l.n DESC"
    ).fetchall()
    for n, step, digest in blocks:
        images = _block(connection, n, bytes(digest)).get(key)
        if images is not None:
            found.append((step, *images))
    found.sort(key=lambda item: item[0], reverse=True)
    chosen = found[:limit]
    if not chosen:
        return ()
    places = ", ".join("?" * len(chosen))
    steps = {s.n: s for s in read_steps(connection, f"WHERE n IN ({places})", *(item[0] for item in chosen))}
    return tuple(_change(steps[number], before, after) for number, before, after in chosen)


def _single(connection: sqlite3.Connection, key: tuple[str, str, str, str]) -> list[tuple[int, Row | None, Row | None]]:
    width = 9
    old = ", ".join(f"o{i}" for i in range(width))
    new = ", ".join(f"n{i}" for i in range(width))
    where = " AND ".join(f"coalesce(n{i}, o{i}) = ?" for i in range(len(key)))
    rows = connection.execute(
        f"SELECT step, op, {old}, {new} FROM log WHERE tbl = 'actual' AND op IN ('I', 'U', 'D') AND {where}", key
    ).fetchall()
    return [
        (r[0], None if r[1] == "I" else tuple(r[2 : 2 + width]), None if r[1] == "D" else tuple(r[2 + width :]))
        for r in rows
    ]


Images = dict[tuple[str, str, str, str], tuple[Row | None, Row | None]]


def _block(connection: sqlite3.Connection, n: int, digest: bytes) -> Images:
    """The rows of a packed block by their key; kept, because a block never changes."""
    found = _kept(digest, n)
    if found:
        return found
    op, old, new = connection.execute("SELECT op, o0, n0 FROM log WHERE n = ?", (n,)).fetchone()
    before, after = block_images(op, old, new)
    for b, a in zip(before, after, strict=True):
        row = a if a is not None and a[0] is not None else b
        if row is not None:
            found[str(row[0]), str(row[1]), str(row[2]), str(row[3])] = (_known(b), _known(a))
    return found


@lru_cache(maxsize=_CACHED_BLOCKS)
def _kept(_digest: bytes, _n: int) -> Images:
    """An empty place for the images of a block, the same one for the same block."""
    return {}


def _known(row: Row | None) -> Row | None:
    return None if row is None or row[0] is None else row


def _change(step: StepRecord, before: Row | None, after: Row | None) -> CellChange:
    def value(row: Row | None) -> float | None:
        found = row[_VALUE] if row is not None else None
        return float(found) if isinstance(found, int | float) else None

    return CellChange(
        step=step,
        existed=before is not None,
        exists=after is not None,
        was=value(before),
        became=value(after),
        was_final=bool(before[_FINAL]) if before else False,
        final=bool(after[_FINAL]) if after else False,
        reason=str(after[_REASON]) if after else "",
    )
