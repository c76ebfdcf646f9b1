"""Countermeasures (maatregelen): what we are going to do about a finding, by whom (a role) and before when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Where a countermeasure stands. Done is never automatic."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    EMBEDDED = "embedded"  # part of the normal way of working


class Escalation(StrEnum):
    """How high it was brought; proposed by the program, done by a person."""

    TEAM = "team"
    DEPARTMENT = "department"
    DIRECTORATE = "directorate"
    TRIANGLE = "triangle"


OPEN = (Status.PLANNED, Status.RUNNING)
ESCALATIONS = tuple(Escalation)


@dataclass(frozen=True, slots=True)
class Countermeasure:
    """A countermeasure of a unit, bound to an indicator and the period in which it was agreed.

    `expected` is the expected effect in the stored scale of the indicator (percentages as fractions), with its
    sign; `number` is the short label people use ("B-13"); dates are ISO days, empty when not set.
    """

    id: str
    unit: str
    number: str
    title: str
    indicator: str = ""
    period: str = ""
    owner: str = ""
    support: str = ""
    start: str = ""
    due: str = ""
    status: Status = Status.PLANNED
    expected: float | None = None
    expected_note: str = ""
    escalation: Escalation = Escalation.TEAM
    closed_on: str = ""
    outcome: str = ""
    review: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status in OPEN

    def days_late(self, today: date) -> int:
        """Days past the due date while open; 0 when on time, closed or without a date."""
        if not self.is_open or not self.due:
            return 0
        return max(0, (today - date.fromisoformat(self.due)).days)
