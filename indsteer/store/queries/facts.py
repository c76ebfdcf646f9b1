"""Actuals and targets of some or all units."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from indsteer.domain.facts import PlanVersion, Source, Target, TargetKind


@dataclass(frozen=True, slots=True)
class StoredActual:
    """An actual as it stands in the file; `source` and `cell` tell where it came from (0 and "" = typed)."""

    unit: str
    quantity: str
    stream: str
    period: str
    value: float | None
    final: bool
    reason: str
    source: int
    cell: str


def actuals(connection: sqlite3.Connection, units: Collection[str] | None = None) -> list[StoredActual]:
    """Stored actuals of these units, of all when None, ordered by unit, quantity, stream, period."""
    where, values = _in_units(units)
    rows = connection.execute(
        f"SELECT unit, quantity, stream, period, value, final, reason, source, cell FROM actual{where}"
        " ORDER BY unit, quantity, stream, period",
        values,
    ).fetchall()
    return [StoredActual(u, q, s, p, v, bool(f), r, o or 0, c) for u, q, s, p, v, f, r, o, c in rows]


def stated(connection: sqlite3.Connection, units: Collection[str] | None = None) -> list[StoredActual]:
    """Values of indicators that came without their parts; `quantity` holds the indicator's code."""
    where, values = _in_units(units)
    rows = connection.execute(
        f"SELECT unit, indicator, stream, period, value, final, source, cell FROM stated{where}"
        " ORDER BY unit, indicator, stream, period",
        values,
    ).fetchall()
    return [StoredActual(u, i, s, p, v, bool(f), "", o or 0, c) for u, i, s, p, v, f, o, c in rows]


def plan_versions(connection: sqlite3.Connection) -> tuple[PlanVersion, ...]:
    """Versions of the plan, by year, drafts last."""
    rows = connection.execute(
        "SELECT code, year, name, agreed_on, reason FROM plan_version ORDER BY year, agreed_on = '', agreed_on, code"
    ).fetchall()
    return tuple(PlanVersion(*row) for row in rows)


def targets(connection: sqlite3.Connection, units: Collection[str] | None = None) -> list[Target]:
    """Targets of these units in all versions."""
    where, values = _in_units(units)
    rows = connection.execute(
        f"SELECT version, year, unit, indicator, stream, period, kind, value FROM target{where}"
        " ORDER BY unit, indicator, stream, period",
        values,
    ).fetchall()
    return [Target(v, y, u, i, s, p, TargetKind(k), x) for v, y, u, i, s, p, k, x in rows]


def sources(connection: sqlite3.Connection) -> dict[int, Source]:
    """Imports by their number."""
    rows = connection.execute("SELECT id, name, sha256 FROM source").fetchall()
    return {number: Source(name, digest) for number, name, digest in rows}


def last_period_with_actuals(connection: sqlite3.Connection) -> str:
    """The last month for which any unit has an actual, or empty."""
    row = connection.execute("SELECT max(period) FROM actual WHERE length(period) = 7").fetchone()
    return row[0] or ""


def persons(connection: sqlite3.Connection) -> dict[tuple[str, str], float]:
    """Recorded number of persons per (unit, period), which goes before fte for the small-group rule."""
    rows = connection.execute("SELECT unit, period, persons FROM unit_size").fetchall()
    return {(unit, period): size for unit, period, size in rows}


def _in_units(units: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    if units is None:
        return "", ()
    return f" WHERE unit IN ({', '.join('?' * len(units))})", tuple(units)
