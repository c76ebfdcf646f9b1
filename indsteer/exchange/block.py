"""One table on a sheet: which rows are headers, which columns are labels, and what each of them says.

Both ways round are the same shape. Periods across: the axis is a header row. Periods down: it is a label column. Wide
lists, long lists and crosstabs differ only in the roles of their header rows (`above`) and label columns (`beside`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indsteer.exchange.labels import Label
from indsteer.exchange.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Layer:
    """A header row or label column: `texts` and `labels` by column (header row) or row (label column)."""

    line: int
    role: Role | None
    texts: Mapping[int, str]
    labels: Mapping[int, Label]
    head: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A table. `above` are its header rows from the top, `beside` its label columns from the left.

    `rows` and `columns` are where its numbers stand; `totals` the rows and `total_columns` the columns that hold totals
    or derived values; `titles` the texts above it, nearest first. `period_row` or `period_column` is its axis; a table
    without periods has neither.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    above: tuple[Layer, ...]
    beside: tuple[Layer, ...]
    totals: frozenset[int] = frozenset()
    total_columns: frozenset[int] = frozenset()
    ignored_columns: frozenset[int] = frozenset()
    titles: tuple[str, ...] = ()
    period_row: int | None = None
    period_column: int | None = None
