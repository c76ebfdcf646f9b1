"""Workbooks that only calamine can read: xls, xlsb and ods. They tell values; not formulas, and no number formats.

calamine allocates the whole rectangle of a sheet: the worker's memory limit is what stops a rectangle too large.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from indsteer.exchange.errors import DamagedFileError, EncryptedFileError, TooBigFileError
from indsteer.exchange.grid import PLAIN, Area, Book, Cell, NumberClass, Sheet, Style

_DATE = Style(NumberClass.DAY)
_TIME = Style(NumberClass.TIME)
_MAX_RECTANGLE = 20_000_000


def read_legacy(data: bytes, file: str, kind: str) -> Book:
    """The book in these bytes of an xls, xlsb or ods.

    Raises:
        DamagedFileError: calamine cannot read it.
        EncryptedFileError: it asks for a password.
        TooBigFileError: a sheet spans more cells than fit in memory.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        for meta in book.sheets_metadata:
            if meta.typ not in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet):
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.total_height * max(1, sheet.total_width) > _MAX_RECTANGLE:
                raise TooBigFileError(file=file, limit_mb=1024)  # noqa: TRY301  told as it is below
            top, left = sheet.start or (0, 0)
            rows = _rows(sheet.to_python(skip_empty_area=True), top, left)
            merges = tuple(Area(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or [])
            sheets.append(Sheet(meta.name, rows, merges, hidden=meta.visible != SheetVisibleEnum.Visible))
    except TooBigFileError:
        raise
    except PasswordError as wrong:
        raise EncryptedFileError(file=file) from wrong
    except CalamineError as wrong:
        if "assword" in str(wrong):
            raise EncryptedFileError(file=file) from wrong
        raise DamagedFileError(file=file, part="") from wrong
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as wrong:  # a Rust panic arrives as a BaseException of its own
        raise DamagedFileError(file=file, part="") from wrong
    if not sheets:
        raise DamagedFileError(file=file, part="")
    return Book(file, kind, tuple(sheets), silent=("formulas", "formats", "hidden"))


def _rows(values: Iterable[Iterable[object]], top: int, left: int) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for number, row in enumerate(values, start=top):
        line = {}
        for column, value in enumerate(row, start=left):
            if value != "" and value is not None:
                cell = _cell(value)
                if cell is not None:
                    line[column] = cell
        if line:
            rows[number] = line
    return rows


def _cell(value: object) -> Cell | None:
    if isinstance(value, bool | float | str):
        return Cell(value, PLAIN)
    if isinstance(value, int):
        return Cell(float(value), PLAIN)
    if isinstance(value, datetime):
        return Cell(value.replace(tzinfo=None), _DATE)
    if isinstance(value, date):
        return Cell(datetime(value.year, value.month, value.day), _DATE)  # noqa: DTZ001  sheets have no zone
    if isinstance(value, time):
        return Cell((value.hour * 3600 + value.minute * 60 + value.second) / 86_400, _TIME)
    if isinstance(value, timedelta):
        return Cell(value.total_seconds() / 86_400, _TIME)
    return None
