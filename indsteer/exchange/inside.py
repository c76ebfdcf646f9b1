"""The reading itself, in this process. Only the worker and the tests call it: a bad file can take its process along."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePath

from indsteer.errors import Fact
from indsteer.exchange.grid import Book, ErrorValue, Sheet
from indsteer.exchange.layers import KnownNames
from indsteer.exchange.layout import blocks
from indsteer.exchange.legacy import read_legacy
from indsteer.exchange.marks import SheetMarks, mark
from indsteer.exchange.ooxml import read_ooxml
from indsteer.exchange.reading_model import Problem, Question, Reading, Severity, SheetPicture
from indsteer.exchange.records import Found, Hints, collect
from indsteer.exchange.sniffing import FileKind, sniff
from indsteer.exchange.textfile import read_text

_PICTURE_ROWS = 400
_PICTURE_COLUMNS = 80


def read_book(data: bytes, name: str) -> Book:
    """The cells of a file of any kind that can be read.

    Raises:
        UnreadableFileError: a subclass that says why not.
    """
    kind = sniff(data, name)
    if kind is FileKind.CSV:
        return read_text(data, name)
    if kind is FileKind.XLSX:
        return read_ooxml(data, name)
    return read_legacy(data, name, kind)


def read_bytes_here(
    data: bytes,
    name: str,
    *,
    hints: Mapping[str, object] | None = None,
    profile: Mapping[str, object] | None = None,
    known: Mapping[str, object] | None = None,
) -> Reading:
    """Read a file in this process.

    Args:
        data: its bytes.
        name: its name; titles and names of months in it count as context.
        hints: answers to questions, see `reading.read_workbook`.
        profile: a saved layout; kept for the next step of the importer, not used yet.
        known: names that exist, see `reading.read_workbook`.

    Raises:
        UnreadableFileError: a subclass that says why it cannot be read.
    """
    del profile
    book = read_book(data, name)
    asked = parse_hints(hints or {})
    names = _known(known or {})
    total = Found()
    pictures = []
    seen_texts: list[str] = []
    hidden = []
    for sheet in book.sheets:
        if sheet.hidden and sheet.name not in asked.sheets:
            hidden.append(sheet.name)
            continue
        if asked.sheets and sheet.name not in asked.sheets:
            continue
        marks = mark(sheet)
        found = Found()
        for block in blocks(marks, names, periodless=asked.has_period):
            collect(marks, block, asked, PurePath(name).stem, found)
            seen_texts += [layer.head for layer in block.beside] + [
                t for layer in block.above for t in layer.texts.values()
            ]
        pictures.append(_picture(marks, found))
        total.records += found.records
        total.missing += found.missing
        total.problems += found.problems
        total.questions += found.questions
    _finish(total, book, hidden, asked)
    return Reading(
        name,
        hashlib.sha256(data).hexdigest(),
        book.kind,
        tuple(total.records),
        tuple(total.problems),
        tuple(total.questions[:1]),
        tuple(total.missing),
        tuple(pictures),
        _fingerprint(seen_texts),
    )


def parse_hints(hints: Mapping[str, object]) -> Hints:
    """Hints as the caller gives them, unknown keys ignored."""
    year = hints.get("year")
    sheets = hints.get("sheets")
    return Hints(
        year=int(year) if isinstance(year, int | str) and str(year).isdigit() else None,
        first_period=str(hints["first_period"]) if hints.get("first_period") else None,
        period=str(hints["period"]) if hints.get("period") else None,
        has_period="period" in hints,
        kind=str(hints["kind"]) if hints.get("kind") in ("plan", "target", "actual", "forecast") else None,
        sheets=tuple(str(s) for s in sheets) if isinstance(sheets, list | tuple) else (),
    )


def _known(known: Mapping[str, object]) -> KnownNames:
    def lower(key: str) -> frozenset[str]:
        names = known.get(key)
        found: set[str] = set()
        if isinstance(names, Mapping):
            for code, aliases in names.items():
                found.add(str(code).lower())
                if isinstance(aliases, list | tuple):
                    found.update(str(alias).lower() for alias in aliases)
        elif isinstance(names, list | tuple):
            found.update(str(name).lower() for name in names)
        return frozenset(found)

    return KnownNames(lower("units"), lower("indicators"))


def _finish(total: Found, book: Book, hidden: list[str], hints: Hints) -> None:
    facts: dict[str, Fact] = {"sheets": ", ".join(hidden), "count": len(hidden)}
    if hidden:
        total.problems.append(
            Problem("hidden_sheets", hidden[0], "", ", ".join(hidden), "", Severity.INFO, len(hidden))
        )
        if not hints.sheets and not total.records:
            total.questions.append(Question("hidden_sheets", "sheets", facts, tuple(hidden)))
    if book.silent:
        total.problems.append(Problem("kind_tells_less", "", "", book.kind, "xlsx", Severity.INFO))
    if not total.records:
        total.problems.append(Problem("nothing_found", "", "", "", "period", Severity.ERROR))
    _order_questions(total)


def _order_questions(total: Found) -> None:
    order = {"which_year": 0, "which_kind": 1, "hidden_sheets": 2}
    total.questions.sort(key=lambda question: order.get(question.key, 9))


def _fingerprint(texts: list[str]) -> str:
    """A hash of the header texts without digits, so that the next year has the same."""
    bare = sorted({re.sub(r"[\d\W_]+", " ", text.lower()).strip() for text in texts} - {""})
    return hashlib.sha256("\n".join(bare).encode()).hexdigest()[:16]


def _picture(marks: SheetMarks, found: Found) -> SheetPicture:
    sheet = marks.sheet
    rows = sorted(sheet.rows)
    width = min(_PICTURE_COLUMNS, sheet.right + 1)
    shown = rows[:_PICTURE_ROWS]
    texts = tuple(tuple(_text(sheet, row, column) for column in range(width)) for row in shown)
    roles = tuple(
        "".join(
            found.roles.get((row, column), "." if sheet.cell(row, column) is not None else " ")
            for column in range(width)
        )
        for row in shown
    )
    return SheetPicture(sheet.name, tuple(shown), texts, roles, cut=len(rows) > len(shown))


def _text(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cell(row, column)
    if cell is None or cell.value is None:
        return ""
    value = cell.value
    if isinstance(value, ErrorValue):
        return value.text
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)[:200]
