"""What a grid is told: rows, columns and cells with their state, and what it tells back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CellState(StrEnum):
    """What a cell is; shown by shape, frame or word, and said aloud."""

    GIVEN = "given"
    COMPUTED = "computed"
    MISSING = "missing"
    ABSENT = "absent"  # "no value", with a reason
    BROKEN = "broken"  # a sum does not hold
    INVALID = "invalid"  # a text that could not be read
    PASTED = "pasted"
    PROVISIONAL = "provisional"
    FINAL = "final"
    HIDDEN = "hidden"  # a group too small to show
    SAVING = "saving"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell. `text` is shown, `second` in a smaller line under it; `note` is said aloud and hovers over it."""

    value: float | None = None
    text: str = ""
    state: CellState = CellState.GIVEN
    locked: bool = True
    percent: bool = False
    decimals: int = 0
    second: str = ""
    tone: str = ""
    note: str = ""
    strong: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: `heading` rows divide groups and have no cells; `tone` colours the row to the table's edge."""

    key: str
    name: str
    measure: str = ""
    indent: int = 0
    heading: bool = False
    strong: bool = False
    tone: str = ""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: as wide as `chars` figures or as `widest` (0 chars = the rest of the width).

    `words` is for text, `context` for what is given (grey).

    `entry` outlines the column; `bar` draws a line before it; `shape` stands before the title.
    """

    key: str
    title: str
    second: str = ""
    chars: int = 7
    words: bool = False
    context: bool = False
    entry: bool = False
    bar: bool = False
    shape: str = ""
    strong: bool = False
    widest: str = ""


@dataclass(frozen=True, slots=True)
class GridEdit:
    """A cell gets a value; None clears it, or stores "no value" when there is a reason."""

    row: str
    column: str
    value: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """How a paste went: counts of `fitting` cells of `offered`, of values taken, replaced, emptied, not understood."""

    offered: int = 0
    fitting: int = 0
    taken: int = 0
    replaced: int = 0
    emptied: int = 0
    wrong: tuple[str, ...] = ()
