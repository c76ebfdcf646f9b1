"""Units of the organisation and the tree they form, as it was on each day.

Codes never change, names do, nothing is deleted: a unit that ended has `valid_until`.
Ranges are start-inclusive and end-exclusive; `None` means open on that side.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """How high a unit stands in the service."""

    SERVICE = "service"
    DIRECTORATE = "directorate"
    DEPARTMENT = "department"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the organisation."""

    code: str
    name: str
    level: Level
    short: str = ""
    location: str = ""
    product: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Parent:
    """Under which unit a unit hangs, from `valid_from` up to but not including `valid_until`."""

    unit: str
    parent: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """A kind of cases (zaakstroom) with norm times and terms of its own; code "" is the whole unit."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class NormTime:
    """Agreed direct hours per case of a unit (and stream) from a day on, with the reason of the version."""

    unit: str
    stream: str
    valid_from: date
    hours: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """Legal term in weeks of a unit (and stream) from a day on, with the reason of the version."""

    unit: str
    stream: str
    valid_from: date
    weeks: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """All units and their places in the tree; `order` is the order in which they are shown."""

    units: tuple[Unit, ...]
    parents: tuple[Parent, ...]

    def unit(self, code: str) -> Unit:
        """The unit with this code.

        Raises:
            UnknownUnitError: no unit has it.
        """
        from indsteer.errors import UnknownUnitError

        for unit in self.units:
            if unit.code == code:
                return unit
        raise UnknownUnitError(unit=code)

    def parent(self, code: str, on: date) -> str | None:
        """Code of the unit above, on that day; None at the top."""
        for link in self.parents:
            if link.unit == code and _holds(link.valid_from, link.valid_until, on):
                return link.parent
        return None

    def children(self, code: str, on: date) -> tuple[str, ...]:
        """Codes of the units directly below, on that day, in the order of `units`."""
        below = {p.unit for p in self.parents if p.parent == code and _holds(p.valid_from, p.valid_until, on)}
        return tuple(u.code for u in self.units if u.code in below and _holds(u.valid_from, u.valid_until, on))

    def leaves(self, code: str, on: date) -> tuple[str, ...]:
        """Codes of the lowest units below, on that day; the unit itself when nothing is below it."""
        below = self.children(code, on)
        if not below:
            return (code,)
        return tuple(leaf for child in below for leaf in self.leaves(child, on))

    def roots(self, on: date) -> tuple[str, ...]:
        """Codes of the units with nothing above them, on that day."""
        return tuple(
            u.code for u in self.units if _holds(u.valid_from, u.valid_until, on) and self.parent(u.code, on) is None
        )

    def path(self, code: str, on: date) -> tuple[str, ...]:
        """Codes from the top down to and including the unit, on that day."""
        above = self.parent(code, on)
        return (code,) if above is None else (*self.path(above, on), code)


def _holds(start: date | None, end: date | None, on: date) -> bool:
    return (start is None or start <= on) and (end is None or on < end)
