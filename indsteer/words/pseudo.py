"""The pseudo-language: Dutch with every letter accented and wrapped in brackets.

Still readable, and a test that walks all visible texts finds each one that did not come from the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

OPEN: Final = "⟦"
CLOSE: Final = "⟧"

_ACCENTS: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀçđéƒğĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ",
)


def accented(text: str) -> str:
    """The text with every plain letter accented; digits, signs and letters that have an accent stay."""
    return text.translate(_ACCENTS)


def wrapped(text: str) -> str:
    """The text in brackets; as it is when it has no letters: figures and signs are no language."""
    return f"{OPEN}{text}{CLOSE}" if _has_letters(text) else text


def is_pseudo(text: str) -> bool:
    """Whether the text comes from the catalogue: it has brackets and no letters outside them."""
    return OPEN in text and not _has_letters(strays(text))


def strays(text: str, allowed: Iterable[str] = ()) -> str:
    """What stands outside the brackets and is not one of the `allowed` names of data.

    Empty or only figures and signs for a text that comes from the catalogue.
    """
    outside: list[str] = []
    depth = 0
    for sign in text:
        if sign == OPEN:
            depth += 1
        elif sign == CLOSE and depth:
            depth -= 1
        elif not depth:
            outside.append(sign)
    rest = "".join(outside)
    for name in sorted(allowed, key=len, reverse=True):
        if name:
            rest = rest.replace(name, "")
    return rest.strip()


def _has_letters(text: str) -> bool:
    return any(sign.isalpha() for sign in text)
