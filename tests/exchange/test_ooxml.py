"""The own pass over the sheet XML, against calamine on the samples and on what only it tells."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from indsteer.exchange.errors import DamagedFileError, NotAWorkbookError, UnreadableFileError, UnsafeFileError
from indsteer.exchange.grid import NumberClass
from indsteer.exchange.inside import read_book, read_bytes_here
from indsteer.exchange.ooxml import read_ooxml

FILES = Path(__file__).parents[1] / "files"


@pytest.mark.parametrize("name", ["jaarplan_asiel_bescherming_2024.xlsx", "maandcijfers_lijst_2024.xlsx"])
def test_values_are_those_of_calamine(name: str) -> None:
    book = read_ooxml((FILES / name).read_bytes(), name)
    for sheet in book.sheets:
        rows = CalamineWorkbook.from_path(FILES / name).get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                cell = sheet.cell(row, column)
                got = None if cell is None else cell.value
                if isinstance(got, datetime):
                    assert got.date().isoformat() == str(value)[:10]
                else:
                    assert (got if got is not None else "") == value


def made() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Plan"
    sheet.append(["Team", "2024-01"])
    sheet.append(["A", 0.5])
    sheet["B2"].number_format = "0%"
    sheet["B3"] = "=SUM(B2:B2)"
    sheet.merge_cells("A5:C5")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("Weg").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_styles_formulas_merges_and_hidden_state() -> None:
    plan, gone = read_ooxml(made(), "x.xlsx").sheets
    percent, formula = plan.cell(1, 1), plan.cell(2, 1)
    assert percent is not None
    assert percent.style.number is NumberClass.PERCENT
    assert formula is not None
    assert (formula.formula, formula.value) == ("SUM(B2:B2)", None)
    assert plan.merges[0].size == 3
    assert 1 in plan.hidden_rows
    assert 2 in plan.hidden_columns
    assert (plan.hidden, gone.hidden) == (False, True)


def changed(part: str, old: bytes, new: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made())) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(old, new) if name == part else data)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_document_type_is_refused() -> None:
    bomb = changed(SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
    with pytest.raises(UnsafeFileError):
        read_ooxml(bomb, "x.xlsx")


def test_xml_that_breaks_off_is_damaged() -> None:
    with pytest.raises(DamagedFileError):
        read_ooxml(changed(SHEET, b"</worksheet>", b""), "x.xlsx")


def test_a_cell_in_the_last_corner_costs_nothing() -> None:
    far = changed(SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    sheet = read_ooxml(far, "x.xlsx").sheets[0]
    assert (sheet.bottom, sheet.right) == (1_048_575, 16_383)
    assert read_bytes_here(far, "x.xlsx").file == "x.xlsx"


def test_a_part_that_unpacks_beyond_belief_is_refused() -> None:
    bomb = changed(SHEET, b"</worksheet>", b"</worksheet>" + b" " * 30_000_000)
    with pytest.raises(UnsafeFileError):
        read_book(bomb, "x.xlsx")


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"\x89PNG....", b"PK\x05\x06" + b"\0" * 18, bytes(range(256)) * 4])
def test_what_is_no_workbook_is_told(data: bytes) -> None:
    with pytest.raises(NotAWorkbookError):
        read_book(data, "x.xlsx")


def test_random_damage_is_always_a_clear_error_or_a_reading() -> None:
    import random

    whole = (FILES / "maandcijfers_lijst_2024.xlsx").read_bytes()
    chance = random.Random(1)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read_bytes_here(bytes(data), "x.xlsx")
        except UnreadableFileError:
            continue
