"""Numbers as people read and write them: `1.234,5` in Dutch, `1,234.5` in English.

Shown numbers are rounded half away from zero on the shortest decimal text of the value (`repr`), so 0.285 is
29 % although its binary value lies just below. The minus is a true minus (−), not known is an en dash (–). The
space before a percent sign is one that does not break. Pseudo-language writes numbers as Dutch does.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from indsteer.errors import BadNumberError
from indsteer.words.catalogue import Language, entry

MINUS: Final = "−"
MISSING: Final = "–"
NO_BREAK: Final = "\u00a0"

_EXACT: Final = Context(prec=400, rounding=ROUND_HALF_UP)  # room for every float there is
_SIGNS: Final = "+-−–"  # an en dash is what Excel and Word often make of a minus
_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\t", " "))
_SPACED: Final = re.compile(r"[0-9]{1,3}( [0-9]{3})+(?=[.,]|$)")


def number(value: float | None, decimals: int, language: Language) -> str:
    """The value with so many decimals: `1.234,5`; an en dash for None."""
    return MISSING if value is None else _written(_decimal(value), decimals, language)


def signed(value: float | None, decimals: int, language: Language) -> str:
    """As `number`, with a plus before what is above zero once rounded: `+1.234,5`."""
    return _plus(number(value, decimals, language))


def percent(value: float | None, decimals: int, language: Language, *, plus: bool = False) -> str:
    """A fraction as a percentage: 0.85 is `85,0 %` in Dutch and `85.0%` in English; `plus` as in `signed`."""
    if value is None:
        return MISSING
    shown = _written(_decimal(value).scaleb(2, _EXACT), decimals, language)
    return f"{_plus(shown) if plus else shown}{'' if language == 'en' else NO_BREAK}%"


def points(value: float | None, decimals: int, language: Language, *, plus: bool = False) -> str:
    """A difference of two fractions in percentage points: -0.021 is `−2,1 procentpunt`."""
    if value is None:
        return MISSING
    shown = _written(_decimal(value).scaleb(2, _EXACT), decimals, language)
    text = entry("common.points", language)
    return f"{_plus(shown) if plus else shown}{NO_BREAK}{text}"


def measure_value(value: float | None, *, percent: bool, decimals: int, language: Language, plus: bool = False) -> str:
    """A value of an indicator as its catalogue says: a percentage when `percent`, else a plain number.

    `decimals` counts in the shown scale. The measure ("zaken") is not part of it.
    """
    if percent:
        return _percent(value, decimals, language, plus=plus)
    return signed(value, decimals, language) if plus else number(value, decimals, language)


_percent = percent  # `measure_value` has a fact of the same name


def parse_number(text: str, language: Language) -> float:
    """The number that a person wrote; `85%` is 0.85.

    Reads the language's own notation first, so `1.234` is 1234 in Dutch and 1.234 in English; the other
    notation only where it can mean nothing else (`1234.5` in Dutch). Spaces may group thousands.

    Raises:
        BadNumberError: it is not a number, or is too large to be one.
    """
    rest = text.translate(_SPACES).strip()
    sign = ""
    if rest[:1] and rest[0] in _SIGNS:
        sign = "" if rest[0] == "+" else "-"
        rest = rest[1:].lstrip()
    is_percent = rest.endswith("%")
    rest = rest.removesuffix("%").rstrip()
    grouped = _SPACED.match(rest)
    plain = _plain(rest, language) if grouped is None else _plain_spaced(rest, grouped.end())
    if plain is None:
        raise BadNumberError(found=text)
    exact = Decimal(sign + plain)
    value = float(exact.scaleb(-2, _EXACT) if is_percent else exact)
    if not math.isfinite(value):
        raise BadNumberError(found=text)
    return value


def _plain(text: str, language: Language) -> str | None:
    """The digits with a decimal point, for `Decimal`; None when it is not a number."""
    own, other = (".", ",") if language == "en" else (",", ".")
    for decimal, group in ((own, other), (other, own)):
        if re.fullmatch(rf"[1-9][0-9]{{0,2}}(\{group}[0-9]{{3}})+(\{decimal}[0-9]+)?", text):
            break
        if re.fullmatch(rf"[0-9]*\{decimal}[0-9]+|[0-9]+", text):
            break
    else:
        return None
    return text.replace(group, "").replace(decimal, ".")


def _plain_spaced(text: str, end: int) -> str | None:
    """As `_plain`; the first `end` signs are groups with spaces, so a comma and a point both mark decimals."""
    rest = text[end:]
    if rest and not re.fullmatch(r"[.,][0-9]+", rest):
        return None
    return text[:end].replace(" ", "") + rest.replace(",", ".")


def _decimal(value: float) -> Decimal:
    # float() first: numpy's numbers have a repr of their own
    exact = Decimal(value) if isinstance(value, int) else Decimal(repr(float(value)))
    if not exact.is_finite():
        raise ValueError(f"{value} is no number to show; not known is None")
    return exact


def _written(exact: Decimal, decimals: int, language: Language) -> str:
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
    text = f"{abs(rounded):,f}"  # abs: the true minus comes below
    if language != "en":
        text = text.translate({ord(","): ".", ord("."): ","})
    return f"{MINUS}{text}" if rounded < 0 else text


def _plus(shown: str) -> str:
    is_zero_or_less = shown[0] in (MINUS, MISSING) or not any(sign in "123456789" for sign in shown)
    return shown if is_zero_or_less else f"+{shown}"
