"""Text files as sheets: encoding, separator and quoting found by evidence. Every cell is text; numbers come later."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable

from indsteer.exchange.errors import DamagedFileError
from indsteer.exchange.grid import Book, Cell, Sheet

_SEPARATORS = (";", "\t", ",", "|")
_SAMPLE_LINES = 60
_LONGEST_CELL = 1 << 20


def decode(data: bytes) -> str:
    """The text: by its mark, else UTF-16 by its zeros, else UTF-8 when it is, else Windows-1252."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    head = data[:4096]
    if len(head) >= 8 and head[1::2].count(0) > len(head) * 0.4:
        return data.decode("utf-16-le", errors="replace")
    if len(head) >= 8 and head[::2].count(0) > len(head) * 0.4:
        return data.decode("utf-16-be", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def separator(text: str) -> str:
    """The separator that splits the first lines into the most columns of the same number.

    An Excel line `sep=;` decides. A comma inside decimals ("24,4;47") never wins from a semicolon, because the
    semicolon comes first and splits every line alike.
    """
    first = text[:20].splitlines()[:1]
    if first and first[0].lower().startswith("sep=") and len(first[0]) == 5:
        return first[0][4]
    best, best_score = ";", 0.0
    head = text[: 200 * _SAMPLE_LINES]
    for candidate in _SEPARATORS:
        widths = [len(row) for row, _ in zip(_parse(head, candidate), range(_SAMPLE_LINES), strict=False) if row]
        if not widths:
            continue
        common = max(set(widths), key=lambda w: (widths.count(w), w))
        share = sum(width > 1 for width in widths) / len(widths)
        alike = widths.count(common) / len(widths)
        score = 0.0 if max(widths) < 2 else share * (1 + alike) + min(common, 50) / 1000
        if score > best_score * 1.001:
            best, best_score = candidate, score
    return best


def read_text(data: bytes, file: str) -> Book:
    """The book with one sheet in a csv or tab separated file; the sheet is named "(csv)".

    Raises:
        DamagedFileError: it cannot be split into cells.
    """
    text = decode(data)
    split = separator(text)
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
        skipped = 1
    else:
        skipped = 0
    rows: dict[int, dict[int, Cell]] = {}
    try:
        for number, row in enumerate(_parse(text, split), start=skipped):
            line = {column: Cell(value) for column, value in enumerate(row) if value and not value.isspace()}
            if line:
                rows[number] = line
    except csv.Error as wrong:
        raise DamagedFileError(file=file, part="") from wrong
    return Book(file, "csv", (Sheet("(csv)", rows),))


def _parse(text: str, split: str) -> Iterable[list[str]]:
    if csv.field_size_limit() < _LONGEST_CELL:
        csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=split, doublequote=True)
