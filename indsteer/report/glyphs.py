"""Which characters the shipped font can draw, and texts without the others.

PDF/A and PDF/UA refuse a character without a glyph, so one emoji in a note would stop the whole sheet.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Callable
from pathlib import Path

UNKNOWN = "□"
_FALLBACK = {"\u202f": "\u00a0", "\u2011": "-", "\u2010": "-", "\u2007": "\u00a0", "\u2009": "\u00a0"}


def font_characters(font: Path) -> frozenset[int]:
    """The code points of an OpenType font, from its `cmap` (formats 4 and 12 of the OpenType specification)."""
    data = font.read_bytes()
    table_count = struct.unpack_from(">H", data, 4)[0]
    for index in range(table_count):
        tag, _, start, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        if tag == b"cmap":
            return _cmap(data, start)
    raise ValueError(f"{font.name} has no cmap")


def cleaner(characters: frozenset[int]) -> Callable[[str], str]:
    """A function that gives a text only characters from the set; what is missing shows as one `UNKNOWN`."""
    unknown = UNKNOWN if ord(UNKNOWN) in characters else "?"

    def clean(text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        kept: list[str] = []
        for character in unicodedata.normalize("NFC", text):
            shown = _shown(character, characters, unknown)
            if shown and not (shown == unknown and kept[-1:] == [unknown]):
                kept.append(shown)
        return "".join(kept)

    return clean


def _shown(character: str, characters: frozenset[int], unknown: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\r\t\v\f\u2028\u2029":
        return " "
    if category in ("Cc", "Cf", "Cs", "Co", "Mn", "Me") and character != "\u00ad":
        return ""  # joiners, selectors, marks of direction and leftovers of composition: nothing to see
    if ord(character) in characters:
        return character
    if character in _FALLBACK:
        return _FALLBACK[character]
    return " " if category == "Zs" else unknown


def _cmap(data: bytes, start: int) -> frozenset[int]:
    count = struct.unpack_from(">H", data, start + 2)[0]
    found: set[int] = set()
    for index in range(count):
        offset = start + struct.unpack_from(">HHL", data, start + 4 + 8 * index)[2]
        form = struct.unpack_from(">H", data, offset)[0]
        if form == 4:
            found |= _format_4(data, offset)
        elif form == 12:
            groups = struct.unpack_from(">L", data, offset + 12)[0]
            for group in range(groups):
                first, last, _ = struct.unpack_from(">LLL", data, offset + 16 + 12 * group)
                found.update(range(first, last + 1))
    return frozenset(found)


def _format_4(data: bytes, offset: int) -> set[int]:
    double = struct.unpack_from(">H", data, offset + 6)[0]
    count = double // 2
    ends = struct.unpack_from(f">{count}H", data, offset + 14)
    starts = struct.unpack_from(f">{count}H", data, offset + 16 + double)
    pairs = zip(starts, ends, strict=True)
    return {code for first, last in pairs for code in range(first, last + 1) if code != 0xFFFF}
