"""How people write periods: `mrt*`, `jan '24`, `2024/1`, `wk 7`, `1e kwartaal 2024`, in Dutch and in English.

A label is read only when it can mean one period. A range (`jan-mrt`), a fiscal year (`2023-2024`) and a bare number
are no period; neither is a label that leaves out the year, unless the caller knows the year. Two-digit years lie
in 2000-2099, days are written day-month-year as the Dutch do, footnote marks are dropped.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from indsteer.domain.period import Grain, Period
from indsteer.errors import BadPeriodError

_LONGEST: Final = 40
"""No label of a period is longer; sentences are not searched."""

_MONTH_NAMES: Final = (
    ("jan", "januari", "january"),
    ("feb", "febr", "februari", "february"),
    ("mrt", "maart", "mar", "march"),
    ("apr", "april"),
    ("mei", "may"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"),
    ("aug", "augustus", "august"),
    ("sep", "sept", "september"),
    ("okt", "oktober", "oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_KINDS: Final = {
    **dict.fromkeys(("maand", "mnd", "month"), Grain.MONTH),
    **dict.fromkeys(("w", "wk", "week", "weeknr", "weeknummer"), Grain.WEEK),
    **dict.fromkeys(("q", "qtr", "quarter", "kw", "kwrt", "kwart", "kwartaal"), Grain.QUARTER),
    **dict.fromkeys(("t", "tertaal", "tertiaal", "tertial"), Grain.TERTIAL),
}
_KINDS_BESIDE_YEAR: Final = {"m": Grain.MONTH, "mm": Grain.MONTH, "k": Grain.QUARTER}
"""Too short to trust alone; `mm` is how CBS writes it (2024MM01)."""
_YEAR_WORDS: Final = frozenset({"jaar", "kalenderjaar", "year", "jj00"})
_ORDINALS: Final = {
    **dict.fromkeys(("eerste", "first", "i"), 1),
    **dict.fromkeys(("tweede", "second", "ii"), 2),
    **dict.fromkeys(("derde", "third", "iii"), 3),
    **dict.fromkeys(("vierde", "fourth", "iv"), 4),
}

_FOOTNOTE: Final = re.compile(
    r"(?:\s*[*†‡§#⁰¹²³⁴⁵⁶⁷⁸⁹⁾]+|\s*\([0-9a-z]\)|\s*\[[0-9a-z]{1,2}\]|(?:\s+|(?<=[a-z]{3}))[0-9]{1,2}\))+$"
)
_FULL_YEAR: Final = r"(?P<year>(?:19[5-9]|20[0-9])[0-9])"
_NUMERIC: Final = tuple(
    re.compile(pattern)
    for pattern in (
        _FULL_YEAR,
        _FULL_YEAR + r"(?P<month>[0-9]{2})",
        _FULL_YEAR + r"\s?[-/_]\s?(?P<month>[0-9]{1,2})",
        r"(?P<month>[0-9]{1,2})\s?[-/_]\s?" + _FULL_YEAR,
        _FULL_YEAR + r"(?P<sep>[-/])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})",
        r"(?P<day>[0-9]{1,2})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)" + _FULL_YEAR,
        r"(?P<day>[0-9]{1,2})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{2})",
    )
)
_YEAR_FIRST: Final = re.compile(_FULL_YEAR + r"(?:[\s\-–—/.,_]+|(?=[a-z]))(?P<rest>.+)")
_YEAR_LAST: Final = re.compile(
    r"(?P<rest>.+?)(?:[\s\-–—/.,_(]+'?|'|(?<=[a-z]))(?:" + _FULL_YEAR + r"|(?P<short>[0-9]{2}))\)?"
)
_KIND_NUMBER: Final = re.compile(r"(?P<kind>[a-z]+)(?:[\s.\-_]*(?P<number>[0-9]{1,2})|\s+(?P<roman>i{1,3}|iv))")
_NUMBER_KIND: Final = re.compile(
    r"(?:(?P<number>[0-9]{1,2})(?P<nth>e|ste|de|st|nd|rd|th)?[\s.\-]*|(?P<word>[a-z]+)e?\s+)(?P<kind>[a-z]+)\.?"
)
_DAY_MONTH: Final = re.compile(r"(?P<day>[0-9]{1,2})(?:e|st|nd|rd|th)?[\s.\-/]*(?:of )?(?P<name>[a-z]+)\.?")
_MONTH_DAY: Final = re.compile(r"(?P<name>[a-z]+)\.?\s+(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?")


class _Part(NamedTuple):
    """A label without its year: a number within the grain; for a day the month, and the day of it."""

    grain: Grain
    number: int
    day: int = 0


@lru_cache(maxsize=8192)
def parse_label(text: str, *, year: int | None = None) -> Period | None:
    """The one period that a label means; None when it means none, or more than one.

    `year` completes a label that leaves the year out; a year in the label itself goes before it.
    """
    label = _clean(text)
    if not label:
        return None
    for pattern in _NUMERIC:
        if found := pattern.fullmatch(label):
            return _numeric(found)
    part = _read(label, beside_year=False)
    if part is not None:
        return None if year is None else _period(part, year)
    for pattern in (_YEAR_FIRST, _YEAR_LAST):
        found = pattern.fullmatch(label)
        if found is None:
            continue
        rest = found["rest"].removesuffix(" of").removesuffix(" van").strip(" .,-")
        part = _read(rest, beside_year=found["year"] is not None)
        if part is not None:
            return _period(part, int(found["year"]) if found["year"] else 2000 + int(found["short"]))
    return None


def _clean(text: str) -> str:
    """Lower case, single spaces, straight quotes; without footnote marks and the punctuation around."""
    if len(text) > _LONGEST:
        return ""
    label = " ".join(text.casefold().replace("’", "'").replace("‘", "'").split())
    return _FOOTNOTE.sub("", label).strip(" .:;,")


def _numeric(found: re.Match[str]) -> Period | None:
    parts = found.groupdict()
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000
    if parts.get("day"):
        return _period(_Part(Grain.DAY, int(parts["month"]), int(parts["day"])), year)
    if parts.get("month"):
        return _period(_Part(Grain.MONTH, int(parts["month"])), year)
    return _period(_Part(Grain.YEAR, 1), year)


def _read(label: str, *, beside_year: bool) -> _Part | None:
    """What a label without year says; `beside_year` allows what is clear only when a full year stands beside."""
    if month := _MONTHS.get(label.rstrip(".")):
        return _Part(Grain.MONTH, month)
    if label in _YEAR_WORDS:
        return _Part(Grain.YEAR, 1) if beside_year else None
    kinds = {**_KINDS, **_KINDS_BESIDE_YEAR} if beside_year else _KINDS
    if (found := _KIND_NUMBER.fullmatch(label)) and (grain := kinds.get(found["kind"])):
        return _Part(grain, int(found["number"]) if found["number"] else _ORDINALS[found["roman"]])
    if found := _NUMBER_KIND.fullmatch(label):
        part = _ordinal(found, kinds)
        if part is not None:
            return part
    if (found := _DAY_MONTH.fullmatch(label)) and (month := _MONTHS.get(found["name"])):
        return _Part(Grain.DAY, month, int(found["day"]))
    if beside_year and (found := _MONTH_DAY.fullmatch(label)) and (month := _MONTHS.get(found["name"])):
        return _Part(Grain.DAY, month, int(found["day"]))
    return None


def _ordinal(found: re.Match[str], kinds: dict[str, Grain]) -> _Part | None:
    """`1e kwartaal`, `1q`, `tweede tertaal`; but `3 week` and `6 month` say how long, not which."""
    grain = kinds.get(found["kind"])
    if grain is None:
        return None
    if found["number"] is None:
        number = _ORDINALS.get(found["word"])
        return None if number is None else _Part(grain, number)
    if found["nth"] is None and grain in {Grain.WEEK, Grain.MONTH}:
        return None
    return _Part(grain, int(found["number"]))


def _period(part: _Part, year: int) -> Period | None:
    try:
        if part.grain is Grain.DAY:
            return Period.of(date(year, part.number, part.day), Grain.DAY)
        return Period(part.grain, year, part.number)
    except (ValueError, BadPeriodError):
        return None
