"""Numbers written as text, read by the evidence of the column they stand in; and texts that mean "no value".

`1.234` alone is 1234 to a Dutch reader and 1.234 to an English one. A column decides by its clear cells: `1.234,5` and
`24,4` are Dutch, `1,234.5` and `24.4` are English; a column without a clear cell follows the sheet, and a sheet
without one is Dutch. Percentages become fractions (85% is 0.85).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Marks(StrEnum):
    """Which mark stands before the decimals."""

    COMMA = "comma"
    POINT = "point"
    UNKNOWN = "unknown"


class Absence(StrEnum):
    """Why a cell has no value."""

    NOT_APPLICABLE = "not_applicable"  # n.v.t.
    UNKNOWN = "unknown"  # onbekend, ?, #N/B
    DASH = "dash"
    ERROR = "error"  # #DEEL/0! and the other errors
    HIDDEN = "hidden"  # geheim, x, <5: the source does not show it


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A number read from a text; `percent` says that a % stood with it and the value is a fraction."""

    value: float
    percent: bool = False


_SENTINELS: dict[str, Absence] = {
    **dict.fromkeys(("n.v.t.", "nvt", "n.v.t", "nvt.", "n/a", "na", "n.a.", "not applicable"), Absence.NOT_APPLICABLE),
    **dict.fromkeys(("onbekend", "?", "unknown", "n.n.b.", "nnb", "n.b.", "nb", "tbd", "volgt"), Absence.UNKNOWN),
    **dict.fromkeys(("#n/b", "#n/a", "#nb", "#na"), Absence.UNKNOWN),
    **dict.fromkeys(("-", "–", "—", "--", ".", "..", "...", "_", "−"), Absence.DASH),
    **dict.fromkeys(("x", "geheim", "[c]", "[x]", "c", "*"), Absence.HIDDEN),
    **dict.fromkeys(("[z]", "[n/a]"), Absence.NOT_APPLICABLE),
}
_BODY = re.compile(r"(?:[0-9]{1,3}(?:[.,' ][0-9]{3})+|[0-9]+)?(?:[.,][0-9]+)?(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_CLEAR_COMMA = re.compile(
    r"^[0-9]{1,3}(?:[. '][0-9]{3})+,[0-9]+$|^[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})$|^0,[0-9]+$|^[0-9]{1,3}(?:\.[0-9]{3}){2,}$"
)
_CLEAR_POINT = re.compile(
    r"^[0-9]{1,3}(?:[, '][0-9]{3})+\.[0-9]+$|^[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})$|^0\.[0-9]+$"
    r"|^[0-9]{1,3}(?:,[0-9]{3}){2,}$|^[0-9]{4,}\.[0-9]{3}$"
)
_MONEY = re.compile(r"^(?:€|eur|euro|\$|£)\s*|\s*(?:€|eur|euro)$", re.IGNORECASE)
_MARKS_AFTER = re.compile(
    r"(?<=[0-9%])\s*(?:[\u00b9\u00b2\u00b3\u2070-\u2079*†‡]+|\((?:r|p|\*+|v)\)|\[[a-z0-9]{1,2}\])$"
)


@lru_cache(maxsize=32_768)
def absence(text: str) -> Absence | None:
    """Why a text stands for no value; None when it does not."""
    plain = text.strip().lower()
    found = _SENTINELS.get(plain)
    if found is not None:
        return found
    if plain.startswith("#") and (plain.endswith(("!", "?")) or plain in ("#####", "#######")):
        return Absence.ERROR
    if re.fullmatch(r"<\s*[0-9]{1,2}", plain):
        return Absence.HIDDEN
    return None


def evidence(texts: Iterable[str]) -> Marks:
    """Which mark the clear texts use; UNKNOWN when none is clear or they contradict each other evenly."""
    comma = point = 0
    for text in texts:
        body = _strip(text)[0]
        if _CLEAR_COMMA.match(body):
            comma += 1
        elif _CLEAR_POINT.match(body):
            point += 1
    if comma == point:
        return Marks.UNKNOWN
    return Marks.COMMA if comma > point else Marks.POINT


@lru_cache(maxsize=65_536)
def parse_number(text: str, marks: Marks = Marks.UNKNOWN) -> NumberFound | None:
    """The number in a text, decimals by `marks` (UNKNOWN reads as Dutch where both are possible); None if none."""
    body, negative, percent = _strip(text)
    if not body or not body[-1].isdigit() or not _BODY.fullmatch(body):
        return None
    body = body.replace(" ", "").replace("'", "")
    if "." in body and "," in body:
        decimal = "," if body.rfind(",") > body.rfind(".") else "."
    elif marks is not Marks.UNKNOWN:
        decimal = "," if marks is Marks.COMMA else "."
        other = "." if decimal == "," else ","
        if other in body and not re.fullmatch(rf"[0-9]{{1,3}}(?:\{other}[0-9]{{3}})+", body):
            decimal = other  # a clear cell against its column is read as what it can only be
    else:
        decimal = "." if _CLEAR_POINT.match(body) else ","
    thousand = "." if decimal == "," else ","
    try:
        value = float(body.replace(thousand, "").replace(decimal, "."))
    except ValueError:
        return None
    if value in (float("inf"), float("-inf")):
        return None
    value = -value if negative else value
    return NumberFound(round(value / 100, 15), percent=True) if percent else NumberFound(value)


def _strip(text: str) -> tuple[str, bool, bool]:
    """The digits and marks of a text, whether it is negative, and whether it is a percentage."""
    if len(text) > 60:
        return "", False, False
    body = text.strip().replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-").replace("–", "-")
    if not any(character.isdigit() for character in body[:40]):
        return "", False, False
    body = _MARKS_AFTER.sub("", body).strip()
    negative = False
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, body[1:-1].strip()
    body = _MONEY.sub("", body).strip()
    if body.startswith(("-", "+")):
        negative, body = negative != (body[0] == "-"), body[1:].strip()
    percent = body.endswith("%")
    if percent:
        body = body[:-1].strip()
    if body.endswith("-"):
        negative, body = True, body[:-1].strip()
        body = body.removesuffix(",").strip()
    if body.endswith((",-", ".-")):
        body = body[:-2]
    return _MONEY.sub("", body).strip(), negative, percent
