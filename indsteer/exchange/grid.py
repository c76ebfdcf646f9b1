"""The cell model: what stands on a sheet, whatever kind of file it came from.

Rows and columns count from 0 inside; `cell_name` gives the name a user knows ("C5"). Sheets are sparse: a cell that
is not there is blank. Dates are `datetime`; percentages keep their stored value (0.85) and say so in their style.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class NumberClass(StrEnum):
    """What a number format makes of a number, as far as reading needs to know."""

    GENERAL = "general"
    NUMBER = "number"
    PERCENT = "percent"
    CURRENCY = "currency"
    DAY = "day"  # a date with its day
    MONTH = "month"  # a date shown without its day (mmm-jj)
    YEAR = "year"  # a date shown as its year
    TIME = "time"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks, shared by many cells; `fill` says whether it has a background."""

    number: NumberClass = NumberClass.GENERAL
    bold: bool = False
    fill: bool = False
    indent: int = 0


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error such as #N/A standing in a cell."""

    text: str


CellValue = float | str | bool | datetime | ErrorValue | None


class Cell(NamedTuple):
    """One cell. A named tuple and not a dataclass: a sheet has up to a million and these are made 4x faster.

    `value` None with a `formula` is a formula without a cached value.
    """

    value: CellValue
    style: Style = PLAIN
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle, bounds included."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, place: tuple[int, int]) -> bool:
        row, column = place
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def size(self) -> int:
        """Number of cells."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


Rows = Mapping[int, Mapping[int, Cell]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its cells by row and column, and what is merged or hidden on it."""

    name: str
    rows: Rows
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell at this place; None when blank."""
        return self.rows.get(row, {}).get(column)

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Every cell with its row and column, in reading order."""
        for row in sorted(self.rows):
            line = self.rows[row]
            for column in sorted(line):
                yield row, column, line[column]

    @property
    def bottom(self) -> int:
        """The last row with a cell; -1 on an empty sheet."""
        return max(self.rows, default=-1)

    @property
    def right(self) -> int:
        """The last column with a cell; -1 on an empty sheet."""
        return max((max(line, default=-1) for line in self.rows.values()), default=-1)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook or text file as read: its sheets and what its kind of file could not tell.

    `kind` is what its bytes are: xlsx, xlsb, xls, ods or csv. `silent` names what was not available
    ("formulas", "hidden", "formats"), which the reading repeats in its problems.
    """

    file: str
    kind: str
    sheets: tuple[Sheet, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    silent: tuple[str, ...] = ()


def column_letters(column: int) -> str:
    """0 is "A", 26 is "AA"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """(4, 2) is "C5"."""
    return f"{column_letters(column)}{row + 1}"


def place(name: str) -> tuple[int, int] | None:
    """Row and column of a name: C5 and $C$5 are (4, 2); None for any other text."""
    text = name.replace("$", "").upper()
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not letters or not digits or len(letters) > 3 or len(digits) > 7 or not letters.isascii():
        return None
    column = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            return None
        column = column * 26 + ord(letter) - 64
    row = int(digits) - 1
    return (row, column - 1) if row >= 0 else None


def area(text: str) -> Area | None:
    """The area of a text such as A1:C5; None for any other text."""
    first, _, last = text.partition(":")
    start, end = place(first), place(last or first)
    if start is None or end is None:
        return None
    return Area(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
