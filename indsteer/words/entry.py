"""What a person typed or pasted into a cell: a number, nothing, "no value" with its reason, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from indsteer.errors import BadNumberError
from indsteer.words.speaker import Words

_ABSENT: Final = re.compile(
    r"(?:n\.?\s?v\.?\s?t\.?|n/a|not applicable|niet van toepassing|[-–—])(?:[\s:,]+(?P<why>\S.*))?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """`value` None with a `reason` is a stored absence, without one an empty cell; `wrong` means: not understood."""

    value: float | None = None
    reason: str = ""
    wrong: bool = False


def read_entry(text: str, words: Words, *, percent: bool = False) -> Entry:
    """Read a text as a cell's value.

    In a `percent` cell both `85` and `85%` are 0.85; in any other cell a percentage is wrong. A dash or `n.v.t.`,
    with or without a reason behind it, is "no value"; an empty text empties the cell.
    """
    plain = " ".join(text.split())
    if not plain:
        return Entry()
    try:
        if percent:
            return Entry(words.parse_number(plain if plain.endswith("%") else f"{plain}%"))
        value = words.parse_number(plain)
    except BadNumberError:
        absent = _ABSENT.fullmatch(plain)
        if absent is None:
            return Entry(wrong=True)
        return Entry(reason=absent["why"] or words("common.not_applicable"))
    return Entry(wrong=True) if plain.endswith("%") else Entry(value)


def write_entry(value: float | None, words: Words, *, percent: bool = False, decimals: int = 0) -> str:
    """The value as one would type it: without a percent sign, with all the decimals it has; empty for None.

    `read_entry` of it gives the value back, exactly.
    """
    if value is None:
        return ""
    shown = range(decimals, decimals + 16)
    for places in shown:
        text = words.measure_value(value, percent=percent, decimals=places)
        text = text.removesuffix("%").rstrip("\u00a0 ")
        if read_entry(text, words, percent=percent).value == value:
            return text
    return text
