"""Cells that name a period, with or without its year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from indsteer.domain.period import Grain, Period
from indsteer.domain.period_labels import parse_label
from indsteer.errors import BadPeriodError
from indsteer.exchange.grid import Cell, NumberClass

_ANY_YEAR = 2020  # a leap year with 53 weeks: every label without a year exists in it
_FOOTNOTE = re.compile(r"(?:[\u00b9\u00b2\u00b3\u2070-\u2079*†‡§]+|\s*\((?:\d|[a-z]|\*+|v|p|r)\)|\s*\[\w{1,4}\])+$")
_COARSENESS = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.TERTIAL, Grain.YEAR)


@dataclass(frozen=True, slots=True)
class Label:
    """A period as a header names it; `year` None when only the place in the year is named.

    `weak` marks a bare number that could be a year (2024) or month (202401) or
    a value; `date` a full date, which may stand for its month.
    """

    grain: Grain
    number: int
    year: int | None
    weak: bool = False
    date: datetime | None = None

    def index(self) -> int:
        """Counts on by one per year or month; for weak labels."""
        year = self.year or 0
        return year if self.grain is Grain.YEAR else year * 12 + self.number

    def period(self, year: int | None = None) -> Period | None:
        """The period, in its own year or the given one; None without a year or when that year lacks it."""
        of = self.year if self.year is not None else year
        if of is None:
            return None
        try:
            return Period(self.grain, of, self.number)
        except BadPeriodError:
            return None


def coarseness(grain: Grain) -> int:
    """0 for days up to 5 for years."""
    return _COARSENESS.index(grain)


def read_label(cell: Cell) -> Label | None:
    """The period that a cell names; None when it names none."""
    value = cell.value
    if isinstance(value, str):
        return label_of_text(value) if len(value) <= 40 else None
    if isinstance(value, datetime):
        return _label_of_date(value, cell.style.number)
    if isinstance(value, float) and value.is_integer() and 1990 <= value <= 2099:
        if cell.style.number in (NumberClass.PERCENT, NumberClass.CURRENCY):
            return None
        return Label(Grain.YEAR, 1, int(value), weak=True)
    return None


@lru_cache(maxsize=16_384)
def label_of_text(text: str) -> Label | None:
    """The period that a text names; None when it names none. Footnote marks at its end do not count."""
    bare = _FOOTNOTE.sub("", text.strip()).strip()
    if not bare or (bare.isdigit() and len(bare) < 4):
        return None
    if re.fullmatch(r"(?:19|20)\d\d", bare):
        return Label(Grain.YEAR, 1, int(bare), weak=True)
    if re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])", bare):
        return Label(Grain.MONTH, int(bare[4:]), int(bare[:4]), weak=True)
    if re.fullmatch(r"[-+€$£ ]*[0-9][0-9.,' ]*%?", bare) and not re.fullmatch(r"\d\d\.\d\d\.\d{4}", bare):
        return None
    known = parse_label(bare)
    if known is not None:
        return _label(known, known.year)
    loose = parse_label(bare, year=_ANY_YEAR)
    return _label(loose, None) if loose is not None else None


def _label(period: Period, year: int | None) -> Label:
    if period.grain is Grain.DAY and year is not None:
        start = period.start
        day = datetime(start.year, start.month, start.day)  # noqa: DTZ001  a label has no zone
        return Label(period.grain, period.number, year, date=day)
    return Label(period.grain, period.number, year)


def _label_of_date(value: datetime, shown: NumberClass) -> Label | None:
    if not 1950 <= value.year <= 2150:
        return None
    if shown is NumberClass.MONTH:
        return Label(Grain.MONTH, value.month, value.year)
    if shown is NumberClass.YEAR:
        return Label(Grain.YEAR, 1, value.year)
    day = Period.of(value.date(), Grain.DAY)
    return Label(Grain.DAY, day.number, value.year, date=value)


def settle_dates(labels: dict[int, Label]) -> dict[int, Label]:
    """Dates of one axis as what they stand for: all on a first or all on a last day of a month means months."""
    dates = {at: label.date for at, label in labels.items() if label.date is not None}
    if not dates:
        return labels
    firsts = all(day.day == 1 for day in dates.values())
    lasts = all(Period.of(day.date(), Grain.MONTH).last_day == day.date() for day in dates.values())
    if not firsts and not lasts:
        return labels
    return {
        at: Label(Grain.MONTH, day.month, day.year) if (day := dates.get(at)) is not None else label
        for at, label in labels.items()
    }
