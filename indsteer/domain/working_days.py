"""Working days by the Dutch calendar: Monday to Friday, without the public holidays of the government.

Public holidays are New Year's Day, Easter Monday, King's Day, Ascension Day, Whit Monday, Christmas Day and Boxing
Day (the Sundays among them are never working days). Whether 5 May and Good Friday are free differs per employer:
`FreeDays` says so. The defaults are those of the sample: 5 May free every year, Good Friday a working day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from indsteer.domain.period import Period


class LiberationDay(StrEnum):
    """In which years 5 May is free."""

    EVERY_YEAR = "every_year"
    LUSTRUM = "lustrum"  # once in five years: 2020, 2025
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class FreeDays:
    """What an employer agreed about days that are not free for everyone; `extra` are days of its own."""

    liberation_day: LiberationDay = LiberationDay.EVERY_YEAR
    good_friday: bool = False
    extra: frozenset[date] = frozenset()


DEFAULT_FREE_DAYS = FreeDays()


@lru_cache(maxsize=512)
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar.

    The anonymous algorithm of Nature, 20 April 1876, as in J. Meeus, Astronomical Algorithms (1991), chapter 8.
    """
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leaps, year_rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - moon - year_rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=512)
def public_holidays(year: int, free_days: FreeDays = DEFAULT_FREE_DAYS) -> frozenset[date]:
    """The free days of a year, also those that fall in a weekend."""
    sunday = easter(year)
    days = {
        date(year, 1, 1),
        sunday + timedelta(days=1),
        _sovereigns_day(year),
        sunday + timedelta(days=39),  # Ascension Day
        sunday + timedelta(days=50),  # Whit Monday
        date(year, 12, 25),
        date(year, 12, 26),
    }
    if free_days.good_friday:
        days.add(sunday - timedelta(days=2))
    every_year = free_days.liberation_day is LiberationDay.EVERY_YEAR
    if every_year or (free_days.liberation_day is LiberationDay.LUSTRUM and year % 5 == 0):
        days.add(date(year, 5, 5))
    return frozenset(days | {day for day in free_days.extra if day.year == year})


@lru_cache(maxsize=4096)
def weekdays(period: Period) -> int:
    """Mondays to Fridays in a period, holidays included: the days that gross hours count."""
    first, days = period.start.weekday(), (period.end - period.start).days
    weeks, rest = divmod(days, 7)
    return 5 * weeks + sum((first + step) % 7 < 5 for step in range(rest))


@lru_cache(maxsize=4096)
def working_days(period: Period, free_days: FreeDays = DEFAULT_FREE_DAYS) -> int:
    """Mondays to Fridays in a period that are not free."""
    free = (
        day for year in range(period.start.year, period.last_day.year + 1) for day in public_holidays(year, free_days)
    )
    return weekdays(period) - sum(day.weekday() < 5 and period.start <= day < period.end for day in free)


def _sovereigns_day(year: int) -> date:
    """King's Day, 27 April, until 2013 Queen's Day, 30 April; the Saturday before when that is a Sunday."""
    day = date(year, 4, 27 if year >= 2014 else 30)
    return day - timedelta(days=1) if day.weekday() == 6 else day
