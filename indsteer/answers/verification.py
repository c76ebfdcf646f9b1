"""Is this file whole, its journal unbroken, and do its figures fit together?"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from indsteer.analysis.identities import breaches
from indsteer.domain.period import shift_month
from indsteer.store.queries import catalogue, facts
from indsteer.store.verification import check_file


@dataclass(frozen=True, slots=True)
class Verification:
    """`problems` break the file or its proof; `remarks` are figures that do not fit. Both are (key, fact) pairs."""

    steps: int
    head: str
    problems: tuple[tuple[str, str], ...]
    remarks: tuple[tuple[str, str], ...]


def verification(connection: sqlite3.Connection, expect: str = "") -> Verification:
    """Check SQLite's structure, references, the hash chain (with `expect` a head that was printed) and identities."""
    found = check_file(connection, expect)
    if found.problems and found.problems[0][0] == "damaged":
        return Verification(found.steps, found.head, found.problems, ())
    return Verification(found.steps, found.head, found.problems, _identities(connection))


def _identities(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Sums that do not hold, as ("identity", "unit period identity difference")."""
    decimals = {q.code: q.decimals for q in catalogue.quantities(connection)}
    values: dict[tuple[str, str], dict[str, float]] = {}
    for row in facts.actuals(connection):
        if row.value is not None and not row.stream and len(row.period) == len("2024-01"):
            values.setdefault((row.unit, row.period), {})[row.quantity] = row.value
    found: list[tuple[str, str]] = []
    for (unit, period), here in sorted(values.items()):
        before = values.get((unit, shift_month(period, -1)), {})
        found.extend(
            ("identity", f"{unit} {period} {breach.key} {breach.difference:+g}")
            for breach in breaches(lambda code, back, a=before, b=here: (a if back else b).get(code), decimals)  # type: ignore[misc]
        )
    return tuple(found)
