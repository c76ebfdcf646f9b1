"""What Act shows: the countermeasures of a unit and of everything below it, in the order in which they need someone.

Late, escalation and "this year" are judged on the `today` that is given. Nothing here says whether a countermeasure
worked: that needs a rule of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indsteer.domain.countermeasure import ESCALATIONS, Countermeasure, Escalation, Status
from indsteer.domain.indicator import Indicator
from indsteer.domain.organisation import Organisation
from indsteer.store.queries import catalogue, reviews

TO_DEPARTMENT = 30  # days late after which the department is proposed
TO_DIRECTORATE = 60  # days late after which the directorate is proposed; the triangle is the directorate's own choice


class Group(StrEnum):
    """The groups of the list, in order."""

    OVERDUE = "overdue"
    RUNNING = "running"
    PLANNED = "planned"
    CLOSED = "closed"  # this year


@dataclass(frozen=True, slots=True)
class IndicatorChoice:
    """An indicator a countermeasure can be about; `measure`, `percent` and `decimals` say how a value is written."""

    code: str
    name: str
    measure: str
    percent: bool
    decimals: int


@dataclass(frozen=True, slots=True)
class ActRow:
    """One countermeasure; `days_left` is None when closed or without a due date, negative when late."""

    measure: Countermeasure
    unit_name: str
    indicator: IndicatorChoice | None
    group: Group
    days_left: int | None
    proposed: Escalation | None

    @property
    def days_late(self) -> int:
        """Days past the due date while open, else 0."""
        return max(0, -(self.days_left or 0))


@dataclass(frozen=True, slots=True)
class ActAnswer:
    """`groups` holds only groups that have rows; `earlier` counts what was closed before this year."""

    unit: str
    unit_name: str
    today: date
    groups: tuple[tuple[Group, tuple[ActRow, ...]], ...]
    choices: tuple[IndicatorChoice, ...]
    earlier: int

    @property
    def rows(self) -> tuple[ActRow, ...]:
        """All rows in the order of the list."""
        return tuple(row for _, rows in self.groups for row in rows)

    @property
    def open(self) -> int:
        """How many are not closed."""
        return sum(row.measure.is_open for row in self.rows)

    @property
    def proposals(self) -> int:
        """How many are so late that a higher level is proposed."""
        return sum(row.proposed is not None for row in self.rows)

    def count(self, group: Group) -> int:
        """How many stand in a group."""
        return sum(row.group is group for row in self.rows)

    def row(self, measure: str) -> ActRow | None:
        """The row of a countermeasure."""
        return next((row for row in self.rows if row.measure.id == measure), None)


def act_answer(connection: sqlite3.Connection, unit: str, today: date, *, language: str = "nl") -> ActAnswer:
    """The countermeasures of a unit and all units below it, on a day.

    Raises:
        UnknownUnitError: no unit has this code.
    """
    organisation = catalogue.organisation(connection)
    known = organisation.unit(unit)
    names = {found.code: found.name for found in organisation.units}
    choices = {c.code: c for c in _choices(catalogue.indicators(connection), language)}
    rows = [
        ActRow(
            measure=measure,
            unit_name=names.get(measure.unit, measure.unit),
            indicator=choices.get(measure.indicator),
            group=_group(measure, today),
            days_left=_days_left(measure, today),
            proposed=proposed_escalation(measure, today),
        )
        for measure in reviews.countermeasures(connection, units_below(organisation, unit, today))
    ]
    shown = [row for row in rows if row.group is not Group.CLOSED or row.measure.closed_on[:4] == str(today.year)]
    groups = tuple((group, _in_order(group, shown)) for group in Group)
    return ActAnswer(
        unit=unit,
        unit_name=known.name,
        today=today,
        groups=tuple((group, found) for group, found in groups if found),
        choices=tuple(choices.values()),
        earlier=len(rows) - len(shown),
    )


def overdue(connection: sqlite3.Connection, unit: str, today: date) -> int:
    """How many open countermeasures of a unit and everything below it are past their due date; 0 for no such unit."""
    organisation = catalogue.organisation(connection)
    if unit not in {found.code for found in organisation.units}:
        return 0
    below = units_below(organisation, unit, today)
    return sum(measure.days_late(today) > 0 for measure in reviews.countermeasures(connection, below))


def proposed_escalation(measure: Countermeasure, today: date) -> Escalation | None:
    """The higher level that is proposed for a countermeasure this late; None when it is there already."""
    late = measure.days_late(today)
    if late <= TO_DEPARTMENT:
        return None
    wanted = Escalation.DIRECTORATE if late > TO_DIRECTORATE else Escalation.DEPARTMENT
    return wanted if ESCALATIONS.index(measure.escalation) < ESCALATIONS.index(wanted) else None


def units_below(organisation: Organisation, unit: str, on: date) -> tuple[str, ...]:
    """The unit and every unit below it, on that day."""
    below = organisation.children(unit, on)
    return (unit, *(code for child in below for code in units_below(organisation, child, on)))


def _choices(indicators: Iterable[Indicator], language: str) -> tuple[IndicatorChoice, ...]:
    return tuple(
        IndicatorChoice(i.code, i.name_en if language == "en" else i.name_nl, i.measure, i.percent, i.decimals)
        for i in indicators
    )


def _group(measure: Countermeasure, today: date) -> Group:
    if not measure.is_open:
        return Group.CLOSED
    if measure.days_late(today):
        return Group.OVERDUE
    return Group.RUNNING if measure.status is Status.RUNNING else Group.PLANNED


def _days_left(measure: Countermeasure, today: date) -> int | None:
    if not measure.is_open or not measure.due:
        return None
    return (date.fromisoformat(measure.due) - today).days


def _in_order(group: Group, rows: list[ActRow]) -> tuple[ActRow, ...]:
    """The soonest due first, without a date last; what is closed newest first."""
    found = [row for row in rows if row.group is group]
    if group is Group.CLOSED:
        return tuple(sorted(found, key=lambda row: (row.measure.closed_on, row.measure.number), reverse=True))
    return tuple(sorted(found, key=lambda row: (not row.measure.due, row.measure.due, row.measure.number)))
