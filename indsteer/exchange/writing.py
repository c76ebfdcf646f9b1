"""Workbooks written lean: a frozen header, column widths, number formats, and texts that can never be a formula."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from indsteer.exchange.errors import UnwritableFileError
from indsteer.exchange.ooxml_sheet import unescape

Value = str | float | int | bool | date | datetime | None
_FORBIDDEN_IN_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_WIDEST = 48


class Show(StrEnum):
    """How a column's numbers are shown."""

    GENERAL = "General"
    WHOLE = "#,##0"
    ONE_DECIMAL = "#,##0.0"
    TWO_DECIMALS = "#,##0.00"
    PERCENT = "0.0%"
    MONTH = "mmm yyyy"
    DAY = "dd-mm-yyyy"
    TEXT = "@"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, how it shows, and its width in characters (0 = by its content)."""

    head: str
    show: Show = Show.GENERAL
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet with one table. `titles` stand above it, one per row; `shows` overrules the format per (row, column).

    Rows are counted from 0 at the first data row. Percentages are fractions and need `Show.PERCENT`.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    titles: tuple[str, ...] = ()
    frozen_columns: int = 0
    shows: tuple[tuple[int, int, Show], ...] = ()


def write_table(path: Path, sheets: Sequence[TableSheet]) -> None:
    """Write a workbook; an existing file is only replaced once the new one is whole.

    Raises:
        UnwritableFileError: the folder cannot be written, or the file is open elsewhere.
    """
    from openpyxl import Workbook

    try:
        handle, temporary = tempfile.mkstemp(prefix=".indsteer-", suffix=".xlsx", dir=path.parent)
        os.close(handle)
    except OSError as wrong:
        raise UnwritableFileError(file=path.name) from wrong
    book = Workbook(write_only=True)
    used: set[str] = set()
    try:
        for sheet in sheets:
            _write_sheet(book, sheet, _sheet_name(sheet.name, used))
        book.save(temporary)
        Path(temporary).replace(path)
    except OSError as wrong:
        raise UnwritableFileError(file=path.name) from wrong
    finally:
        with suppress(OSError):
            Path(temporary).unlink(missing_ok=True)


def _write_sheet(book: Any, table: TableSheet, name: str) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    top = len(table.titles) + (1 if table.titles else 0)
    sheet.freeze_panes = f"{get_column_letter(table.frozen_columns + 1)}{top + 2}"
    for number, column in enumerate(table.columns):
        sheet.column_dimensions[get_column_letter(number + 1)].width = column.width or _width(table, number)
    for title in table.titles:
        sheet.append([_cell(sheet, title, Show.GENERAL, font=Font(bold=True))])
    if table.titles:
        sheet.append([])
    wrap = Alignment(wrap_text=True, vertical="top")
    bold = Font(bold=True)
    sheet.append([_cell(sheet, column.head, Show.GENERAL, font=bold, alignment=wrap) for column in table.columns])
    overruled = {(row, column): show for row, column, show in table.shows}
    for row, values in enumerate(table.rows):
        sheet.append(
            [
                _cell(sheet, value, overruled.get((row, column), table.columns[column].show))
                for column, value in enumerate(values)
            ]
        )


def _cell(sheet: Any, value: Value, show: Show, **looks: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None:
        return None
    text = isinstance(value, str)
    if isinstance(value, str):
        bare: str = ILLEGAL_CHARACTERS_RE.sub("", value)
        value = bare.replace("_x", "_x005F_x") if unescape(bare) != bare else bare  # _x0041_ comes back as it was
    cell = WriteOnlyCell(sheet, value=value)
    if text:
        cell.data_type = "s"  # openpyxl makes a formula of a text that starts with =
        if str(value)[:1] in ("=", "+", "-", "@"):
            cell.quotePrefix = True
            cell.number_format = str(Show.TEXT)
    elif not isinstance(value, bool) and show is not Show.GENERAL:
        cell.number_format = str(show)
    for look, how in looks.items():
        setattr(cell, look, how)
    return cell


def _width(table: TableSheet, column: int) -> float:
    lengths = [len(str(row[column])) for row in table.rows[:200] if column < len(row) and row[column] is not None]
    return float(min(_WIDEST, max([len(table.columns[column].head), *lengths, 6]) + 2))


def _sheet_name(name: str, used: set[str]) -> str:
    base = name.translate(_FORBIDDEN_IN_NAME).strip().strip("'")[:31] or "1"
    chosen, count = base, 1
    while chosen.lower() in used:
        count += 1
        tail = f" {count}"
        chosen = base[: 31 - len(tail)] + tail
    used.add(chosen.lower())
    return chosen
