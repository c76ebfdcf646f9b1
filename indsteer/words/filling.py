"""Puts facts in the places of a sentence.

A place is `{fact}` or `{fact:format}`; the formats are

    n1  a number with 1 decimal        +n1  with its sign
    p1  a fraction as a percentage     +p1  with its sign
    pp1 a difference of fractions in percentage points, +pp1 with its sign
    period  "augustus 2024"    name  "augustus"    month  "aug"    month_year  "aug 2024"    of a period's id
    date    "9 augustus 2024", of an ISO day

A place without a format shows a text as it is, a whole number as a year or a serial number (2024), None as an
en dash and a yes or no as that word. The place `{n}` is always a count and shown as `{n:n0}`. A number with a
fraction needs a format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from string import Formatter
from typing import Final

from indsteer.words import numbers, periods
from indsteer.words.catalogue import Entry, Language, entry
from indsteer.words.pseudo import accented

Fact = str | int | float | bool | None

FORMATS: Final[Mapping[str, Callable[[str, Language], str]]] = {
    "period": periods.label,
    "name": periods.name,
    "month": periods.short,
    "month_year": periods.short_year,
    "date": periods.day,
}
"""The formats of texts; those of numbers are read by `NUMBER`."""

NUMBER: Final = re.compile(r"(?P<plus>\+?)(?P<kind>n|p|pp)(?P<decimals>[0-9])")


def fill(found: Entry, facts: Mapping[str, Fact], language: Language) -> str:
    """The entry with its places filled; accented but not wrapped in pseudo-language.

    Raises:
        KeyError: a place has no fact, or a plural has no fact `n`.
    """
    shown: list[str] = []
    for literal, place, spec in places(chosen(found, facts)):
        shown.append(_spoken(literal, language))
        if place is not None:
            shown.append(_fact(place, spec, facts, language))
    return "".join(shown)


def chosen(found: Entry, facts: Mapping[str, Fact]) -> str:
    """The text itself, or the one of a plural that fits the fact `n`."""
    if isinstance(found, str):
        return found
    n = facts["n"]
    if n == 0 and "zero" in found:
        return found["zero"]
    return found["one"] if n == 1 and "one" in found else found["other"]


@lru_cache(maxsize=2048)
def places(text: str) -> tuple[tuple[str, str | None, str], ...]:
    """The text in pieces: the words before a place, the fact's name (None at the end) and its format."""
    return tuple((literal, place, spec or "") for literal, place, spec, _ in Formatter().parse(text))


def _fact(place: str, spec: str, facts: Mapping[str, Fact], language: Language) -> str:
    if place not in facts:
        raise KeyError(f"no fact {place!r} among {sorted(facts)}")
    value = facts[place]
    if value is None:
        return numbers.MISSING
    if isinstance(value, bool):
        return _spoken(str(entry("common.yes" if value else "common.no", language)), language)
    if not spec and place == "n" and isinstance(value, int):
        return numbers.number(value, 0, language)
    if not spec:
        return _plain(place, value)
    if spec in FORMATS:
        return _spoken(FORMATS[spec](str(value), language), language)
    return _spoken(_number(place, spec, value, language), language)


def _number(place: str, spec: str, value: str | float, language: Language) -> str:
    how = NUMBER.fullmatch(spec)
    if how is None:
        raise ValueError(f"{{{place}:{spec}}} has no known format")
    if isinstance(value, str):
        raise TypeError(f"{{{place}:{spec}}} needs a number, not {value!r}")
    plus, decimals = bool(how["plus"]), int(how["decimals"])
    if how["kind"] == "n":
        return numbers.signed(value, decimals, language) if plus else numbers.number(value, decimals, language)
    show = numbers.percent if how["kind"] == "p" else numbers.points
    return show(value, decimals, language, plus=plus)


def _plain(place: str, value: str | float) -> str:
    if isinstance(value, float):
        raise TypeError(f"{{{place}}} is the number {value}: say how it is shown, as in {{{place}:n1}}")
    return str(value)


def _spoken(text: str, language: Language) -> str:
    return accented(text) if language == "pseudo" else text
