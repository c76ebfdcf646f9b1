"""Reviews, findings, causes, decisions, countermeasures, events and rebases."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import Any

from indsteer.domain.countermeasure import ESCALATIONS, Countermeasure, Status
from indsteer.domain.review import (
    Cause,
    Decision,
    DecisionKind,
    Event,
    Fault,
    Finding,
    Kept,
    Outcome,
    Rebase,
    Review,
    ReviewItem,
    ReviewStatus,
)
from indsteer.store.encoding import Value

_REVIEW = "id, unit, period, version, status, opened_at, signed_at, signed_by, present, reason, dissent, sheet"
_MEASURE = (
    "id, unit, number, title, indicator, period, owner, support, start, due, status, expected, expected_note,"
    " escalation, closed_on, outcome, review"
)


def latest_review(connection: sqlite3.Connection, unit: str, period: str) -> Review | None:
    """The newest version of the review of this unit and period."""
    found = _reviews(connection, "WHERE unit = ? AND period = ? ORDER BY version DESC LIMIT 1", unit, period)
    return found[0] if found else None


def signed_review(connection: sqlite3.Connection, unit: str, period: str) -> Review | None:
    """The newest signed version, which is what is printed."""
    where = "WHERE unit = ? AND period = ? AND status = 'signed' ORDER BY version DESC LIMIT 1"
    found = _reviews(connection, where, unit, period)
    return found[0] if found else None


def previous_review(connection: sqlite3.Connection, unit: str, period: str) -> Review | None:
    """The last signed review of the unit before this period."""
    where = "WHERE unit = ? AND period < ? AND status = 'signed' ORDER BY period DESC, version DESC LIMIT 1"
    found = _reviews(connection, where, unit, period)
    return found[0] if found else None


def review(connection: sqlite3.Connection, review_id: str) -> Review | None:
    """The review with this id."""
    found = _reviews(connection, "WHERE id = ?", review_id)
    return found[0] if found else None


def reviews(connection: sqlite3.Connection) -> list[Review]:
    """All reviews, by period, unit and version."""
    return _reviews(connection, "ORDER BY period, unit, version")


def is_signed(connection: sqlite3.Connection, unit: str, period: str) -> bool:
    """Whether this unit's period is locked: the latest version of its review is signed."""
    row = connection.execute(
        "SELECT status FROM review WHERE unit = ? AND period = ? ORDER BY version DESC LIMIT 1", (unit, period)
    ).fetchone()
    return bool(row) and row[0] == "signed"


def signed_periods(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """All locked (unit, period) pairs."""
    rows = connection.execute("SELECT unit, period, status FROM review ORDER BY version").fetchall()
    last = {(unit, period): status for unit, period, status in rows}
    return frozenset(key for key, status in last.items() if status == "signed")


def signed_step(connection: sqlite3.Connection, review_id: str) -> int:
    """Number of the step at which this review was signed; 0 when it is open."""
    row = connection.execute(
        "SELECT n FROM step WHERE key = 'sign_review' AND json_extract(facts, '$.review') = ? ORDER BY n DESC LIMIT 1",
        (review_id,),
    ).fetchone()
    return int(row[0]) if row else 0


def review_items(connection: sqlite3.Connection, review_id: str) -> dict[str, ReviewItem]:
    """What the review says, per indicator."""
    rows = connection.execute(
        "SELECT review, indicator, outcome, fault, dissent FROM review_item WHERE review = ?", (review_id,)
    ).fetchall()
    return {i: ReviewItem(r, i, Outcome(o), Fault(f), d) for r, i, o, f, d in rows}


def decisions(connection: sqlite3.Connection, review_id: str) -> list[Decision]:
    """Lines of the review in the order in which they were made."""
    rows = connection.execute(
        "SELECT id, review, kind, text, owner, due, carried_from, kept FROM decision WHERE review = ? ORDER BY id",
        (review_id,),
    ).fetchall()
    return [Decision(i, r, DecisionKind(k), t, o, d, c, Kept(p)) for i, r, k, t, o, d, c, p in rows]


def findings(connection: sqlite3.Connection, unit: str, period: str = "") -> list[Finding]:
    """Findings of a unit, newest first; of one period when given."""
    rows = connection.execute(
        "SELECT id, unit, indicator, period, text, at, role FROM finding WHERE unit = ? AND (? = '' OR period = ?)"
        " ORDER BY period DESC, id DESC",
        (unit, period, period),
    ).fetchall()
    return [Finding(*row) for row in rows]


def causes(connection: sqlite3.Connection, unit: str, indicator: str = "") -> list[Cause]:
    """Causes written for a unit, newest first; of one indicator when given."""
    rows = connection.execute(
        "SELECT id, unit, indicator, period, text, tags, at, role FROM cause WHERE unit = ?"
        " AND (? = '' OR indicator = ?) ORDER BY period DESC, id DESC",
        (unit, indicator, indicator),
    ).fetchall()
    return [Cause(i, u, n, p, t, tuple(g.split()) if g else (), a, r) for i, u, n, p, t, g, a, r in rows]


def countermeasures(connection: sqlite3.Connection, units: Collection[str] | None = None) -> list[Countermeasure]:
    """Countermeasures of these units, of all when None, by due date."""
    where, values = ("", ()) if units is None else (f"WHERE unit IN ({', '.join('?' * len(units))})", tuple(units))
    return [
        _countermeasure(row)
        for row in connection.execute(
            f"SELECT {_MEASURE} FROM countermeasure {where} ORDER BY due = '', due, number, id", values
        ).fetchall()
    ]


def countermeasure(connection: sqlite3.Connection, measure_id: str) -> Countermeasure | None:
    """The countermeasure with this id."""
    row = connection.execute(f"SELECT {_MEASURE} FROM countermeasure WHERE id = ?", (measure_id,)).fetchone()
    return _countermeasure(row) if row else None


def events(connection: sqlite3.Connection, units: Collection[str]) -> list[Event]:
    """Events of these units and of everywhere, in time."""
    rows = connection.execute(
        "SELECT id, unit, period, until, kind, text FROM event"
        f" WHERE unit = '' OR unit IN ({', '.join('?' * len(units))}) ORDER BY period, id",
        tuple(units),
    ).fetchall()
    return [Event(*row) for row in rows]


def rebases(connection: sqlite3.Connection, unit: str, indicator: str) -> list[Rebase]:
    """Where the limits of this series were computed anew, in time."""
    rows = connection.execute(
        "SELECT id, unit, indicator, period, reason, at, role FROM rebase"
        " WHERE unit = ? AND indicator = ? ORDER BY period",
        (unit, indicator),
    ).fetchall()
    return [Rebase(*row) for row in rows]


def _reviews(connection: sqlite3.Connection, where: str, *values: Value) -> list[Review]:
    rows = connection.execute(f"SELECT {_REVIEW} FROM review {where}", values).fetchall()
    return [
        Review(
            id=r[0], unit=r[1], period=r[2], version=r[3], status=ReviewStatus(r[4]), opened_at=r[5], signed_at=r[6],
            signed_by=tuple(x for x in r[7].split("\n") if x), present=r[8], reason=r[9], dissent=r[10], sheet=r[11],
        )
        for r in rows
    ]  # fmt: skip


def _countermeasure(r: tuple[Any, ...]) -> Countermeasure:
    (number, unit, label, title, indicator, period, owner, support, start, due, status, expected, note) = r[:13]
    escalation, closed_on, outcome, review_id = r[13:]
    return Countermeasure(
        id=number, unit=unit, number=label, title=title, indicator=indicator, period=period, owner=owner,
        support=support, start=start, due=due, status=Status(status), expected=expected, expected_note=note,
        escalation=ESCALATIONS[escalation], closed_on=closed_on, outcome=outcome, review=review_id,
    )  # fmt: skip
