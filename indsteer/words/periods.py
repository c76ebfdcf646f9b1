"""Periods and days as people read them: "augustus 2024", "2e kwartaal 2024", "week 23, 2024".

Names and patterns stand in `resources/words/*/periods.toml`. Pseudo-language gives the Dutch, and `Words`
accents it.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from indsteer.domain.period import Grain, Period
from indsteer.words.catalogue import Language, entry

_CACHE = 4096  # a grid of ten years of months and weeks, twice


@lru_cache(maxsize=_CACHE)
def label(period: str, language: Language) -> str:
    """A period's id in full: "augustus 2024", "2e kwartaal 2024", "tertaal 1 2024", "week 23, 2024", "2024".

    Raises:
        BadPeriodError: it is not the id of a period.
    """
    found = Period.parse(period)
    if found.grain is Grain.DAY:
        return day(period, language)
    return _pattern(found.grain.value, language).format(**_parts(found, language))


@lru_cache(maxsize=_CACHE)
def short(period: str, language: Language) -> str:
    """A period without its year, for axes: "aug", "Q2", "T1", "wk 23", "9 aug"; a year is itself.

    Raises:
        BadPeriodError: it is not the id of a period.
    """
    found = Period.parse(period)
    return _pattern(f"short.{found.grain.value}", language).format(**_parts(found, language))


@lru_cache(maxsize=_CACHE)
def short_year(period: str, language: Language) -> str:
    """A period short and with its year: "aug 2024", "Q2 2024", "T1 2024", "wk 23, 2024", "9 aug 2024".

    Raises:
        BadPeriodError: it is not the id of a period.
    """
    found = Period.parse(period)
    return _pattern(f"short_year.{found.grain.value}", language).format(**_parts(found, language))


@lru_cache(maxsize=_CACHE)
def name(period: str, language: Language) -> str:
    """A period in full but without its year: "augustus", "2e kwartaal", "tertaal 1", "week 23".

    Raises:
        BadPeriodError: it is not the id of a period.
    """
    found = Period.parse(period)
    return _pattern(f"name.{found.grain.value}", language).format(**_parts(found, language))


def span(first: str, last: str, language: Language) -> str:
    """From one period up to **and including** another of its grain: "januari t/m augustus 2024".

    Ranges in the program are end-exclusive; what people read names the last period that belongs to it.

    Raises:
        BadPeriodError: one of them is not the id of a period.
    """
    if first == last:
        return label(first, language)
    same_year = Period.parse(first).year == Period.parse(last).year
    is_year = Period.parse(first).grain is Grain.YEAR
    start = name(first, language) if same_year and not is_year else label(first, language)
    return _pattern("span", language).format(first=start, last=label(last, language))


@lru_cache(maxsize=_CACHE)
def day(iso: str, language: Language) -> str:
    """A day in full, from its ISO text (a time after it is left out): "9 augustus 2024".

    Raises:
        ValueError: it does not start with an ISO day.
    """
    found = date.fromisoformat(iso[:10])
    return _pattern("day", language).format(
        day=found.day, month=_pattern(f"month_name.{found.month:02d}", language), year=found.year
    )


def _parts(period: Period, language: Language) -> dict[str, str | int]:
    start = period.start
    return {
        "year": period.year,
        "number": period.number,
        "day": start.day,
        "month": _pattern(f"month_name.{start.month:02d}", language),
        "mon": _pattern(f"month_short.{start.month:02d}", language),
    }


def _pattern(key: str, language: Language) -> str:
    found = entry(f"periods.{key}", language)
    if not isinstance(found, str):
        raise TypeError(f"periods.{key} has no plural")
    return found
