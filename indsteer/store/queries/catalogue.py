"""Units, streams, norm times, terms, quantities, indicators, aliases and settings."""

from __future__ import annotations

import sqlite3
from datetime import date

from indsteer.domain.indicator import Indicator
from indsteer.domain.organisation import Level, NormTime, Organisation, Parent, Stream, Term, Unit
from indsteer.domain.quantity import Direction, OverTime, OverUnits, Quantity
from indsteer.store.encoding import Value


def organisation(connection: sqlite3.Connection) -> Organisation:
    """All units in their order, and the tree."""
    units = tuple(
        Unit(r[0], r[1], Level(r[2]), r[3], r[4], r[5], _day(r[6]), _day(r[7]))
        for r in connection.execute(
            "SELECT code, name, level, short, location, product, valid_from, valid_until FROM unit"
            " ORDER BY position, code"
        ).fetchall()
    )
    parents = tuple(
        Parent(r[0], r[1], _day(r[2]), _day(r[3]))
        for r in connection.execute("SELECT unit, parent, valid_from, valid_until FROM unit_parent").fetchall()
    )
    return Organisation(units, parents)


def streams(connection: sqlite3.Connection) -> tuple[Stream, ...]:
    """Kinds of cases."""
    return tuple(Stream(*row) for row in connection.execute("SELECT code, name FROM stream ORDER BY code").fetchall())


def norm_times(connection: sqlite3.Connection) -> tuple[NormTime, ...]:
    """Versions of norm times, oldest first."""
    rows = connection.execute("SELECT unit, stream, valid_from, hours, reason FROM norm_time ORDER BY valid_from")
    return tuple(NormTime(u, s, date.fromisoformat(d), h, r) for u, s, d, h, r in rows.fetchall())


def terms(connection: sqlite3.Connection) -> tuple[Term, ...]:
    """Versions of legal terms, oldest first."""
    rows = connection.execute("SELECT unit, stream, valid_from, weeks, reason FROM term ORDER BY valid_from")
    return tuple(Term(u, s, date.fromisoformat(d), w, r) for u, s, d, w, r in rows.fetchall())


def quantities(connection: sqlite3.Connection) -> tuple[Quantity, ...]:
    """What is measured, in the order of the catalogue."""
    rows = connection.execute(
        "SELECT code, name_nl, name_en, measure, decimals, over_time, over_units, direction, weight, sensitive, grp"
        " FROM quantity ORDER BY position, code"
    ).fetchall()
    return tuple(
        Quantity(
            code=r[0], name_nl=r[1], name_en=r[2], measure=r[3], decimals=r[4], over_time=OverTime(r[5]),
            over_units=OverUnits(r[6]), direction=Direction(r[7]), weight=r[8], sensitive=bool(r[9]), group=r[10],
        )
        for r in rows
    )  # fmt: skip


def indicators(connection: sqlite3.Connection) -> tuple[Indicator, ...]:
    """What is steered on, in the order of the catalogue."""
    rows = connection.execute(
        "SELECT code, name_nl, name_en, measure, direction, over_time, over_units, formula, norm, signal, intervention,"
        " cycle, note_nl, note_en, decimals, percent, method, sensitive FROM indicator ORDER BY position, code"
    ).fetchall()
    return tuple(
        Indicator(
            code=r[0], name_nl=r[1], name_en=r[2], measure=r[3], direction=Direction(r[4]), over_time=OverTime(r[5]),
            over_units=OverUnits(r[6]), formula=r[7], norm=r[8], signal=r[9], intervention=r[10], cycle=r[11],
            note_nl=r[12], note_en=r[13], decimals=r[14], percent=bool(r[15]), method=r[16], sensitive=bool(r[17]),
        )
        for r in rows
    )  # fmt: skip


def aliases(connection: sqlite3.Connection, kind: str) -> dict[str, str]:
    """Other names people use, to codes; `kind` is unit or indicator."""
    return dict(connection.execute("SELECT text, code FROM alias WHERE kind = ?", (kind,)).fetchall())


def setting(connection: sqlite3.Connection, key: str, default: Value = None) -> Value:
    """A setting that lives in the file because it changes a figure or a verdict."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return row[0] if row else default


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
