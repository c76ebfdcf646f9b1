"""A stretch of base periods (months, or weeks, or days) by their indices: what a roll-up runs over.

Months make quarters, tertials and years; weeks and days stand alone and are never summed into months.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from indsteer.domain.period import Grain, Period

FAR = 1 << 40
"""An index later than all periods; minus this is earlier than all."""


@dataclass(frozen=True, slots=True)
class Span:
    """Base periods of one grain from index `start` up to but not including `end`.

    `length` is the number of base periods in the period that was asked; a span `to_date` runs from the first of
    its year up to and including that period.
    """

    grain: Grain
    start: int
    end: int
    length: int
    to_date: bool = False

    @property
    def single(self) -> bool:
        """Whether it is one base period."""
        return self.end - self.start == 1

    @property
    def last(self) -> Span:
        """Its last base period: where a stock is counted."""
        return self if self.single else Span(self.grain, self.end - 1, self.end, 1)

    @property
    def previous(self) -> Span:
        """The span before: one period earlier; a span to date as it stood one period earlier."""
        end = self.end - self.length
        if not self.to_date:
            return Span(self.grain, self.start - self.length, end, self.length)
        return Span(self.grain, (end - 1) // 12 * 12, end, self.length, to_date=True)

    @property
    def weeks(self) -> float:
        """Length in weeks: days / 7."""
        return _days(self.grain, self.start, self.end) / 7

    def recent(self, n: int) -> Sequence[Span]:
        """The last `n` base periods, oldest first; the last is the end of this span."""
        return [Span(self.grain, end - 1, end, 1) for end in range(self.end - n + 1, self.end + 1)]

    def each(self) -> Sequence[Span]:
        """Its base periods."""
        return self.recent(self.end - self.start)

    def __str__(self) -> str:
        first, last = period_id(self.grain, self.start), period_id(self.grain, self.end - 1)
        return first if self.single else f"{first}/{last}"


@lru_cache(maxsize=4096)
def span_of(period: Period, *, to_date: bool = False) -> Span:
    """The span of a period, or of its year up to and including it.

    Raises:
        ValueError: to date for a week or a day.
    """
    if period.grain in {Grain.WEEK, Grain.DAY}:
        if to_date:
            raise ValueError(f"{period} is not made of months: it has no year to date")
        return Span(period.grain, period.index, period.index + 1, 1)
    months = period.months()
    start, end = months[0].index, months[-1].index + 1
    return Span(Grain.MONTH, start // 12 * 12 if to_date else start, end, end - start, to_date)


def base_grain(grain: Grain) -> Grain:
    """The grain of the base periods a period is made of."""
    return grain if grain in {Grain.WEEK, Grain.DAY} else Grain.MONTH


@lru_cache(maxsize=65536)
def period_id(grain: Grain, index: int) -> str:
    """Id of a base period."""
    return Period.at(index, grain).id


@lru_cache(maxsize=65536)
def index_of(day: date, grain: Grain) -> int:
    """Index of the base period in which a day falls."""
    return Period.of(day, grain).index


def validity(start: date | None, end: date | None, grain: Grain) -> tuple[int, int]:
    """Base periods (start-inclusive, end-exclusive) that a validity of days touches; open sides are `FAR`.

    A unit that begins or ends within a month counts in that month, so that none of its cases is lost.
    """
    first = -FAR if start is None else index_of(start, grain)
    return first, FAR if end is None else index_of(end - timedelta(days=1), grain) + 1


@lru_cache(maxsize=65536)
def _days(grain: Grain, start: int, end: int) -> int:
    return (Period.at(end - 1, grain).end - Period.at(start, grain).start).days
