"""Totals and derived cells: by word, by formula and by arithmetic. They check the data and are never data."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from indsteer.exchange.block import Layer
from indsteer.exchange.marks import SheetMarks
from indsteer.exchange.vocabulary import Role, is_derived, is_total

_AGGREGATE = re.compile(
    r"\b(?:SUM|SOM|SUBTOTAL|SUBTOTAAL|AVERAGE|GEMIDDELDE|SUMIFS?|SOM\.ALS|AGGREGATE)\s*\(", re.IGNORECASE
)
_SHEET_REFERENCE = re.compile(r"(?:'[^']+'|[A-Za-z0-9_.\[\]]+)!\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?")
_REFERENCE = re.compile(r"\$?\b[A-Z]{1,3}\$?[0-9]{1,7}\b(?!\s*\()")
_NAME = re.compile(r"(?<![\w.\"'!])[A-Za-z_][\w.]*(?!\w*\s*\()\b")
_FEWEST = 3


def is_derived_formula(formula: str) -> bool:
    """Whether a formula works on other cells of its own sheet, or on names; a link to another sheet is data."""
    if not formula:
        return False
    bare = re.sub(r'"[^"]*"', "", formula)
    elsewhere = _SHEET_REFERENCE.sub("", bare)
    if _AGGREGATE.search(elsewhere) and _REFERENCE.search(elsewhere):
        return True
    if _REFERENCE.search(elsewhere) or formula == "?":
        return True
    names = [name for name in _NAME.findall(elsewhere) if name.upper() not in ("TRUE", "FALSE", "WAAR", "ONWAAR")]
    return any(not re.match(rf"{re.escape(name)}\s*\(", elsewhere[elsewhere.find(name) :]) for name in names)


def total_lines(
    marks: SheetMarks, rows: Sequence[int], columns: Sequence[int], above: Sequence[Layer], beside: Sequence[Layer]
) -> tuple[frozenset[int], frozenset[int]]:
    """The rows and the columns of a table that hold totals or derived values."""
    total_rows = {
        row for layer in beside if layer.role is not Role.PERIOD for row in rows if _names_total(marks, layer, row)
    }
    total_columns = {
        column
        for layer in above
        for column, text in layer.texts.items()
        if column not in layer.labels and (is_total(text) or is_derived(text))
    }
    derived = {
        (row, column)
        for row in rows
        for column in columns
        if (cell := marks.sheet.cell(row, column)) is not None and is_derived_formula(cell.formula)
    }
    total_rows |= {
        r
        for r in rows
        if _most([c for c in columns if c in marks.numbers.get(r, {})], lambda c, r=r: (r, c) in derived)
    }
    left = [row for row in rows if row not in total_rows]
    total_columns |= {
        c
        for c in columns
        if _most([r for r in left if c in marks.numbers.get(r, {})], lambda r, c=c: (r, c) in derived)
    }
    across = [column for column in columns if column not in total_columns]
    total_rows |= _sums_of_above(marks, left, across, beside)
    return frozenset(total_rows), frozenset(total_columns)


def _names_total(marks: SheetMarks, layer: Layer, row: int) -> bool:
    text = marks.text(row, layer.line)
    return bool(text) and is_total(text)


def _most(places: Sequence[int], fits: object) -> bool:
    return callable(fits) and bool(places) and sum(bool(fits(place)) for place in places) * 2 > len(places)


def _sums_of_above(marks: SheetMarks, rows: Sequence[int], columns: Sequence[int], beside: Sequence[Layer]) -> set[int]:
    """Rows without any name that equal the sum of the rows above them, in three columns or more."""
    names = [layer for layer in beside if layer.role in (Role.UNIT, Role.INDICATOR, Role.GROUP)]
    found: set[int] = set()
    if len(columns) < _FEWEST:
        return found
    start = 0
    for index, row in enumerate(rows):
        if index - start < 2 or any(marks.text(row, layer.line) for layer in names):
            continue
        if (row, columns[0]) in marks.parents or not names:
            continue
        pairs = [
            (marks.numbers[row][c], math.fsum(marks.numbers.get(r, {}).get(c, 0.0) for r in rows[start:index]))
            for c in columns
            if c in marks.numbers.get(row, {})
        ]
        if (
            len(pairs) >= _FEWEST
            and any(v for v, _ in pairs)
            and all(abs(value - total) <= 0.5 * (index - start) ** 0.5 + 1e-9 * abs(total) for value, total in pairs)
        ):
            found.add(row)
            start = index + 1
    return found
