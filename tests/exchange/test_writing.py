"""What is written is read back with this program's own reader and with openpyxl."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from indsteer.exchange.difference import Change, difference
from indsteer.exchange.errors import UnwritableFileError
from indsteer.exchange.inside import read_book, read_bytes_here
from indsteer.exchange.writing import Column, Show, TableSheet, Value, write_table

DANGEROUS = ["=1+1", "+31 70", "-5 teams", "@SUM(A1)", '=HYPERLINK("http://x")', "_x0041_", "gewoon"]


def test_no_text_becomes_a_formula_and_all_come_back(tmp_path: Path) -> None:
    path = tmp_path / "uit.xlsx"
    write_table(path, [TableSheet("Blad", (Column("Tekst"),), [[text] for text in DANGEROUS])])
    sheet = load_workbook(path)["Blad"]
    assert {cell.data_type for (cell,) in sheet["A2:A8"]} == {"s"}
    book = read_book(path.read_bytes(), path.name)
    assert [book.sheets[0].rows[row][0].value for row in range(1, 8)] == DANGEROUS
    assert not any(cell.formula for _, _, cell in book.sheets[0].cells())


def test_the_header_is_frozen_and_numbers_keep_their_format(tmp_path: Path) -> None:
    path = tmp_path / "uit.xlsx"
    columns = (Column("Team", width=20), Column("2024-01", Show.PERCENT))
    write_table(path, [TableSheet("A/B", columns, [["Noord", 0.85]], titles=("Realisatie",), frozen_columns=1)])
    sheet = load_workbook(path)["A B"]
    assert sheet.freeze_panes == "B4"
    assert sheet["B4"].number_format == "0.0%"
    assert sheet.column_dimensions["A"].width == 20


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=4, max_size=4))
def test_an_exported_grid_reads_back_without_a_difference(values: list[float]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Realisatie.xlsx"
        columns = (Column("Team"), Column("Indicator"), Column("2024-01"), Column("2024-02"))
        rows: list[list[Value]] = [["Team A", "Uitstroom", *values[:2]], ["Team B", "Uitstroom", *values[2:]]]
        write_table(path, [TableSheet("Realisatie", columns, rows, titles=("Realisatie",))])
        reading = read_bytes_here(path.read_bytes(), path.name)
    stored = {
        (f"Team {team}", "Uitstroom", period, "actual"): values[index * 2 + month]
        for index, team in enumerate("AB")
        for month, period in enumerate(("2024-01", "2024-02"))
    }
    changes = difference(reading.records, stored)
    assert {line.change for line in changes.lines} == {Change.SAME}
    assert len(changes.lines) == 4


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFileError):
        write_table(tmp_path / "weg" / "uit.xlsx", [TableSheet("A", (Column("x"),), [])])
