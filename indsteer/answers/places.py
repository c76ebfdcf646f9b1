"""Where one can be: the units in the order of the tree, and the months that have figures or targets."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from indsteer.domain.organisation import Organisation
from indsteer.domain.period import Period, month_ids
from indsteer.store.queries import catalogue, facts


@dataclass(frozen=True, slots=True)
class PlaceUnit:
    """A unit in the picker, `depth` levels below the top."""

    code: str
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class Places:
    """`first_unit` is where a new user starts; `last_period` is the last month that has actuals."""

    units: tuple[PlaceUnit, ...]
    periods: tuple[str, ...]
    first_unit: str
    last_period: str


def places(connection: sqlite3.Connection) -> Places:
    """Every unit and every month from the first to the last with a figure or a target."""
    organisation = catalogue.organisation(connection)
    first, last = connection.execute(
        "SELECT min(a), max(b) FROM (SELECT min(period) a, max(period) b FROM actual WHERE length(period) = 7"
        " UNION ALL SELECT min(period), max(period) FROM target WHERE length(period) = 7)"
    ).fetchone()
    periods = month_ids(first, Period.parse(last).next.id) if first else ()
    latest = facts.last_period_with_actuals(connection) or (periods[0] if periods else "")
    on = Period.parse(latest).last_day if latest else date(2000, 1, 1)
    units = tuple(_walk(organisation, organisation.roots(on), on, 0))
    return Places(units, periods, units[0].code if units else "", latest)


def _walk(organisation: Organisation, codes: tuple[str, ...], on: date, depth: int) -> list[PlaceUnit]:
    found: list[PlaceUnit] = []
    for code in codes:
        found.append(PlaceUnit(code, organisation.unit(code).name, depth))
        found += _walk(organisation, organisation.children(code, on), on, depth + 1)
    return found
