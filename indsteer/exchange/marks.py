"""What every cell of a sheet could be, before any layout: a number, a period, an absence, a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from indsteer.exchange.grid import Cell, ErrorValue, NumberClass, Sheet
from indsteer.exchange.labels import Label, read_label
from indsteer.exchange.numbers import Absence, Marks, absence, evidence, parse_number

_LARGEST_MERGE = 4_000
_SAMPLE = 2_000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """A sheet with the possible meanings of its cells, each as row -> column -> meaning.

    `numbers` are fractions where the cell says %, and `percents` has those places; `parsed` has the places whose
    number was read from a text. `parents` leads from the covered cells of a merge to its first cell.
    """

    sheet: Sheet
    numbers: Mapping[int, Mapping[int, float]]
    labels: Mapping[int, Mapping[int, Label]]
    absences: Mapping[int, Mapping[int, Absence]]
    percents: frozenset[tuple[int, int]]
    parsed: frozenset[tuple[int, int]]
    parents: Mapping[tuple[int, int], tuple[int, int]]

    def text(self, row: int, column: int) -> str:
        """The text that shows at a place, of the merge that covers it if any; "" for numbers and blanks."""
        at = self.parents.get((row, column), (row, column))
        cell = self.sheet.cell(*at)
        if cell is None or not isinstance(cell.value, str):
            return ""
        return " ".join(cell.value.split())

    def strong_label(self, row: int, column: int) -> Label | None:
        """The period named at a place, bare numbers left out."""
        at = self.parents.get((row, column), (row, column))
        label = self.labels.get(at[0], {}).get(at[1])
        return label if label is not None and not label.weak else None


def mark(sheet: Sheet) -> SheetMarks:
    """Look at every cell once."""
    columns = _column_marks(sheet)
    numbers: dict[int, dict[int, float]] = {}
    labels: dict[int, dict[int, Label]] = {}
    absences: dict[int, dict[int, Absence]] = {}
    percents: set[tuple[int, int]] = set()
    parsed: set[tuple[int, int]] = set()
    for row, line in sheet.rows.items():
        for column, cell in line.items():
            value = cell.value
            if value is None or value is True or value is False:
                continue
            if isinstance(value, float):
                if value == int(value) and 1990 <= value <= 2099:
                    _put(labels, row, column, read_label(cell))
                numbers.setdefault(row, {})[column] = value
                if cell.style.number is NumberClass.PERCENT:
                    percents.add((row, column))
            elif isinstance(value, str):
                _mark_text(row, column, cell, columns, numbers, labels, absences, percents, parsed)
            elif isinstance(value, ErrorValue):
                _put(absences, row, column, absence(value.text) or Absence.ERROR)
            else:
                _put(labels, row, column, read_label(cell))
    return SheetMarks(sheet, numbers, labels, absences, frozenset(percents), frozenset(parsed), _merge_parents(sheet))


def _put(table: dict[int, dict[int, _T]], row: int, column: int, value: _T | None) -> None:
    if value is not None:
        table.setdefault(row, {})[column] = value


def _mark_text(
    row: int,
    column: int,
    cell: Cell,
    columns: dict[int, Marks],
    numbers: dict[int, dict[int, float]],
    labels: dict[int, dict[int, Label]],
    absences: dict[int, dict[int, Absence]],
    percents: set[tuple[int, int]],
    parsed: set[tuple[int, int]],
) -> None:
    text = str(cell.value)
    why = absence(text)
    if why is not None:
        absences.setdefault(row, {})[column] = why
        return
    label = read_label(cell)
    if label is not None:
        labels.setdefault(row, {})[column] = label
        if not label.weak:
            return
    found = parse_number(text, columns.get(column, Marks.UNKNOWN))
    if found is not None:
        numbers.setdefault(row, {})[column] = found.value
        parsed.add((row, column))
        if found.percent or cell.style.number is NumberClass.PERCENT:
            percents.add((row, column))


def _column_marks(sheet: Sheet) -> dict[int, Marks]:
    """The decimal mark of each column by its texts; those without evidence follow the sheet."""
    texts: dict[int, list[str]] = {}
    for line in sheet.rows.values():
        for column, cell in line.items():
            if isinstance(cell.value, str) and len(cell.value) < 40 and any(c in cell.value for c in ".,"):
                found = texts.setdefault(column, [])
                if len(found) < _SAMPLE:
                    found.append(cell.value)
    marks = {column: evidence(found) for column, found in texts.items()}
    votes = [mark for mark in marks.values() if mark is not Marks.UNKNOWN]
    whole = Marks.UNKNOWN
    if votes:
        whole = Marks.COMMA if votes.count(Marks.COMMA) * 2 >= len(votes) else Marks.POINT
    return {column: whole if mark is Marks.UNKNOWN else mark for column, mark in marks.items()}


def _merge_parents(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    parents = {}
    bottom, right = sheet.bottom, sheet.right
    for area in sheet.merges:
        last_row, last_column = min(area.bottom, bottom), min(area.right, right)
        if (last_row - area.top + 1) * (last_column - area.left + 1) > _LARGEST_MERGE:
            continue
        for row in range(area.top, last_row + 1):
            for column in range(area.left, last_column + 1):
                if (row, column) != (area.top, area.left):
                    parents[row, column] = (area.top, area.left)
    return parents
