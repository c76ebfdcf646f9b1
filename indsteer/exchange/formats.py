"""Number formats: what class of number a format code makes, and what a date serial means."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

from indsteer.exchange.grid import NumberClass

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_BUILT_IN = {
    **dict.fromkeys((1, 2, 3, 4, 11, 12, 13, 37, 38, 39, 40, 48), NumberClass.NUMBER),
    **dict.fromkeys((5, 6, 7, 8, 41, 42, 43, 44), NumberClass.CURRENCY),
    **dict.fromkeys((9, 10), NumberClass.PERCENT),
    **dict.fromkeys((14, 15, 16, 22, 27, 30, 36, 50, 57), NumberClass.DAY),
    17: NumberClass.MONTH,
    **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), NumberClass.TIME),
    49: NumberClass.TEXT,
}


@lru_cache(maxsize=4096)
def number_class(code: str) -> NumberClass:
    """The class of a number format code as Excel writes it (always with English letters)."""
    if code.strip().lower() in ("", "general", "standaard"):
        return NumberClass.GENERAL
    first = _QUOTED.sub("", code.split(";", maxsplit=1)[0]).lower()
    if "%" in first:
        return NumberClass.PERCENT
    if "@" in first:
        return NumberClass.TEXT
    bare = re.sub(r"am/pm|a/p|general", "", first)
    if "y" in bare or "d" in bare or ("m" in bare and not re.search(r"[hs0#]", bare)):
        if "d" in bare:
            return NumberClass.DAY
        return NumberClass.MONTH if "m" in bare else NumberClass.YEAR
    if re.search(r"[hs]", bare):
        return NumberClass.TIME
    if re.search(r"[€$£]|eur", code.lower()) and re.search(r"[0#]", bare):
        return NumberClass.CURRENCY
    return NumberClass.NUMBER if re.search(r"[0#?]", bare) else NumberClass.GENERAL


def built_in_class(number: int) -> NumberClass:
    """The class of a format that a workbook names by number only (ECMA-376, 18.8.30)."""
    return _BUILT_IN.get(number, NumberClass.GENERAL)


def date_of(serial: float, *, since_1904: bool) -> datetime | None:
    """The moment of a date serial; None when it is none.

    Excel counts a 29 February 1900 that never was: serials under 60 are one day later than a plain count gives, and
    60 itself is shown as 28 February.
    """
    if not 0 <= serial < 2_958_466:
        return None
    if since_1904:
        return datetime(1904, 1, 1) + timedelta(seconds=round(serial * 86_400))  # noqa: DTZ001  sheets have no zone
    start = datetime(1899, 12, 31) if serial < 60 else datetime(1899, 12, 30)  # noqa: DTZ001  see above
    return start + timedelta(seconds=round(serial * 86_400))
