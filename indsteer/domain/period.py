"""Periods: years, tertials, quarters, months, ISO weeks and days, as values that count.

The convention, said once: a period runs from `start` up to but **not including** `end`, and ranges of
periods are start-inclusive and end-exclusive too. Every period has an id (`2024`, `2024-T1`, `2024-Q1`,
`2024-01`, `2024-W07`, `2024-03-15`), which the file stores, and an `index`: a whole number that goes up
by one per period, over the turn of the year too, so that shifting and counting are sums. Weeks are ISO weeks
(Monday first, 52 or 53 in a year that is not quite the calendar year) and are never summed into months.

How people write periods is read in `period_labels.py`; how they are shown is said in `indsteer.words`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from indsteer.errors import BadPeriodError

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""A year outside these is a slip of the pen, or a number that is no year."""


class Grain(StrEnum):
    """How long a period is."""

    YEAR = "year"
    TERTIAL = "tertial"  # four months: T1 is January to April
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


_MONTHS_PER: Final = {Grain.YEAR: 12, Grain.TERTIAL: 4, Grain.QUARTER: 3, Grain.MONTH: 1}
_ID: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:T(?P<tertial>[1-3])|Q(?P<quarter>[1-4])|W(?P<week>[0-9]{2})"
    r"|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """One period of time.

    `number` counts within `year` from 1: the tertial, quarter or month; the ISO week, then `year` is the ISO
    year; the day of the year. For a year it is 1. Periods of one grain are ordered by time; comparing unlike
    grains is a `TypeError` (sort those by `start`).

    Raises:
        BadPeriodError: there is no such period (month 13, week 53 of a year with 52).
    """

    grain: Grain
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        in_range = FIRST_YEAR <= self.year <= LAST_YEAR
        if not in_range or not 1 <= self.number <= _periods_in_year(self.grain, self.year):
            raise BadPeriodError(found=f"{self.year} {self.grain} {self.number}")

    @staticmethod
    def parse(text: str) -> Period:
        """The period with this id; ids are exact (`2024-01`, not `2024-1`).

        Raises:
            BadPeriodError: it is not the id of a period.
        """
        return _parse(text)

    @staticmethod
    def at(index: int, grain: Grain) -> Period:
        """The period with this index: the inverse of `index`.

        Raises:
            BadPeriodError: before 1900 or after 2199.
        """
        return _at(index, grain)

    @staticmethod
    def of(day: date, grain: Grain) -> Period:
        """The period in which a day falls."""
        if grain is Grain.WEEK:
            iso = day.isocalendar()
            return Period(grain, iso.year, iso.week)
        if grain is Grain.DAY:
            return Period(grain, day.year, day.timetuple().tm_yday)
        return Period(grain, day.year, (day.month - 1) // _MONTHS_PER[grain] + 1)

    @property
    def id(self) -> str:
        """The id under which the file stores this period."""
        match self.grain:
            case Grain.YEAR:
                return f"{self.year:04d}"
            case Grain.TERTIAL:
                return f"{self.year:04d}-T{self.number}"
            case Grain.QUARTER:
                return f"{self.year:04d}-Q{self.number}"
            case Grain.MONTH:
                return f"{self.year:04d}-{self.number:02d}"
            case Grain.WEEK:
                return f"{self.year:04d}-W{self.number:02d}"
            case Grain.DAY:
                return self.start.isoformat()

    @property
    def start(self) -> date:
        """First day."""
        return _start(self.grain, self.year, self.number)

    @property
    def end(self) -> date:
        """The day after the last day."""
        if self.number < _periods_in_year(self.grain, self.year):
            return _start(self.grain, self.year, self.number + 1)
        return _start(self.grain, self.year + 1, 1)

    @property
    def last_day(self) -> date:
        """Last day: the day on which a stock is counted."""
        return self.end - timedelta(days=1)

    @property
    def index(self) -> int:
        """Whole number in the order of time: consecutive periods of one grain have consecutive indices."""
        if self.grain is Grain.WEEK:
            return self.start.toordinal() // 7
        if self.grain is Grain.DAY:
            return self.start.toordinal()
        return self.year * (12 // _MONTHS_PER[self.grain]) + self.number - 1

    @property
    def next(self) -> Period:
        """The period right after."""
        return self.shift(1)

    @property
    def previous(self) -> Period:
        """The period right before."""
        return self.shift(-1)

    def shift(self, n: int) -> Period:
        """The period `n` later; earlier when `n` is negative."""
        return _at(self.index + n, self.grain)

    def contains(self, other: Period) -> bool:
        """Whether all days of `other` lie in this period (a week over New Year lies in neither year)."""
        return self.start <= other.start and other.end <= self.end

    def months(self) -> tuple[Period, ...]:
        """The months this period is made of: itself for a month.

        Raises:
            ValueError: a week or a day, which is not made of months.
        """
        count = self._month_count()
        first = (self.number - 1) * count + 1
        return tuple(_month(self.year, number) for number in range(first, first + count))

    def year_start_month(self) -> Period:
        """January of this period's year, where counting "to date" begins.

        Raises:
            ValueError: a week or a day, which is not made of months.
        """
        self._month_count()
        return _month(self.year, 1)

    def year_to_date(self) -> tuple[Period, ...]:
        """The months from January up to and including this period's last month.

        Raises:
            ValueError: a week or a day, which is not made of months.
        """
        return tuple(_month(self.year, number) for number in range(1, self.number * self._month_count() + 1))

    def __str__(self) -> str:
        return self.id

    def __sub__(self, other: Period) -> int:
        """How many periods `other` lies before this one; both of one grain."""
        if other.grain is not self.grain:
            raise ValueError(f"{self} and {other} have no common grain")
        return self.index - other.index

    def __lt__(self, other: Period) -> bool:
        if other.grain is not self.grain:
            return NotImplemented
        return (self.year, self.number) < (other.year, other.number)

    def __le__(self, other: Period) -> bool:
        if other.grain is not self.grain:
            return NotImplemented
        return (self.year, self.number) <= (other.year, other.number)

    def __gt__(self, other: Period) -> bool:
        if other.grain is not self.grain:
            return NotImplemented
        return (self.year, self.number) > (other.year, other.number)

    def __ge__(self, other: Period) -> bool:
        if other.grain is not self.grain:
            return NotImplemented
        return (self.year, self.number) >= (other.year, other.number)

    def _month_count(self) -> int:
        if self.grain not in _MONTHS_PER:
            raise ValueError(f"{self} is not made of months: weeks and days are never summed into months")
        return _MONTHS_PER[self.grain]


def period_range(first: Period, end: Period) -> tuple[Period, ...]:
    """The periods from `first` up to but not including `end`, of one grain; empty when `end` is not later.

    Raises:
        ValueError: the grains differ.
    """
    return tuple(_at(first.index + step, first.grain) for step in range(max(0, end - first)))


@lru_cache(maxsize=8192)
def month_index(month: str) -> int:
    """Index of a month by its id; for loops over many months, without making a period each time.

    Raises:
        BadPeriodError: it is not the id of a month.
    """
    period = _parse(month)
    if period.grain is not Grain.MONTH:
        raise BadPeriodError(found=month)
    return period.index


@lru_cache(maxsize=8192)
def month_id(index: int) -> str:
    """Id of the month with this index: the inverse of `month_index`.

    Raises:
        BadPeriodError: before 1900 or after 2199.
    """
    return _at(index, Grain.MONTH).id


def month_ids(first: str, end: str) -> tuple[str, ...]:
    """Ids of the months from `first` up to but not including `end`.

    Raises:
        BadPeriodError: one of them is not the id of a month.
    """
    return tuple(month_id(index) for index in range(month_index(first), month_index(end)))


@lru_cache(maxsize=8192)
def shift_month(month: str, n: int) -> str:
    """Id of the month `n` later; earlier when `n` is negative.

    Raises:
        BadPeriodError: it is not the id of a month, or the result lies before 1900 or after 2199.
    """
    return month_id(month_index(month) + n)


@lru_cache(maxsize=8192)
def _parse(text: str) -> Period:
    found = _ID.fullmatch(text)
    if found is None:
        raise BadPeriodError(found=text)
    year = int(found["year"])
    try:
        if found["day"]:
            return Period.of(date(year, int(found["month"]), int(found["day"])), Grain.DAY)
        for grain in (Grain.MONTH, Grain.QUARTER, Grain.TERTIAL, Grain.WEEK):
            if found[grain.value]:
                return Period(grain, year, int(found[grain.value]))
        return Period(Grain.YEAR, year)
    except (ValueError, BadPeriodError) as error:
        raise BadPeriodError(found=text) from error


@lru_cache(maxsize=8192)
def _at(index: int, grain: Grain) -> Period:
    if grain in _MONTHS_PER:
        per_year = 12 // _MONTHS_PER[grain]
        return Period(grain, index // per_year, index % per_year + 1)
    # 0001-01-01 was a Monday with ordinal 1, so the Monday of week `index` has ordinal 7 * index + 1.
    ordinal = 7 * index + 1 if grain is Grain.WEEK else index
    try:
        return Period.of(date.fromordinal(ordinal), grain)
    except (ValueError, OverflowError) as error:
        raise BadPeriodError(found=f"{grain} {index}") from error


@lru_cache(maxsize=4096)
def _month(year: int, number: int) -> Period:
    return Period(Grain.MONTH, year, number)


@lru_cache(maxsize=8192)
def _start(grain: Grain, year: int, number: int) -> date:
    if grain is Grain.WEEK:
        return date.fromisocalendar(year, number, 1)
    if grain is Grain.DAY:
        return date(year, 1, 1) + timedelta(days=number - 1)
    return date(year, (number - 1) * _MONTHS_PER[grain] + 1, 1)


@lru_cache(maxsize=4096)
def _periods_in_year(grain: Grain, year: int) -> int:
    if grain is Grain.WEEK:
        return date(year, 12, 28).isocalendar().week  # 28 December is always in the last ISO week
    if grain is Grain.DAY:
        return date(year, 12, 31).timetuple().tm_yday
    return 12 // _MONTHS_PER[grain]
