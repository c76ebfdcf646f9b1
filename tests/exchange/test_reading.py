"""The safe door: a real worker process, cancelled, killed and warm."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indsteer.exchange.errors import (
    CancelledReadingError,
    DamagedFileError,
    EmptyFileError,
    MissingFileError,
    NotAWorkbookError,
    SlowFileError,
)
from indsteer.exchange.reading import Door

FILES = Path(__file__).parents[1] / "files"


@pytest.fixture
def door() -> Iterator[Door]:
    door = Door()
    yield door
    door.close()


@pytest.mark.parametrize("name", ["jaarplan_asiel_bescherming_2024.xlsx", "maandcijfers_lijst_2024.xlsx"])
def test_a_sample_reads_exactly_as_expected(door: Door, name: str) -> None:
    expected = json.loads((FILES / f"{name}.expected.json").read_text(encoding="utf-8"))
    wanted = {
        (r["unit"], r["indicator"], r["period"], r["kind"], r["value"], r["cell"])
        for block in expected["blocks"]
        for r in block["records"]
    }
    reading = door.read(FILES / name)
    got = {(r.unit, r.indicator, r.period, r.kind, r.value, f"{r.sheet}!{r.cell}") for r in reading.records}
    assert got == wanted
    assert len(reading.records) == len(wanted)
    assert reading.questions == ()


def test_the_wide_dutch_csv_reads_every_value(door: Door) -> None:
    lines = (FILES / "realisatie_nl.csv").read_text(encoding="utf-8-sig").splitlines()
    head = lines[0].split(";")
    wanted = {}
    for line in lines[1:]:
        month, unit, *values = line.split(";")
        for quantity, value in zip(head[2:], values, strict=True):
            if value:
                wanted[unit, quantity, f"{month[3:]}-{month[:2]}"] = float(value.replace(",", "."))
    reading = door.read(FILES / "realisatie_nl.csv")
    assert {(r.unit, r.indicator, r.period): r.value for r in reading.records} == wanted
    assert {r.kind for r in reading.records} == {"actual"}


def test_files_that_cannot_be_read_say_why_and_the_worker_lives_on(door: Door, tmp_path: Path) -> None:
    empty, page, broken = tmp_path / "leeg.xlsx", tmp_path / "pagina.xls", tmp_path / "half.xlsx"
    empty.write_bytes(b"")
    page.write_bytes(b"<!DOCTYPE html><html>log in</html>")
    broken.write_bytes((FILES / "maandcijfers_lijst_2024.xlsx").read_bytes()[:3000])
    with pytest.raises(MissingFileError):
        door.read(tmp_path / "weg.xlsx")
    with pytest.raises(EmptyFileError):
        door.read(empty)
    with pytest.raises(NotAWorkbookError) as page_error:
        door.read(page)
    assert page_error.value.facts == {"file": "pagina.xls", "looks_like": "HTML"}
    with pytest.raises(DamagedFileError):
        door.read(broken)
    assert len(door.read(FILES / "maandcijfers_lijst_2024.xlsx").records) == 72


def test_cancel_ends_the_worker_within_200_ms_and_the_next_reading_works(door: Door, tmp_path: Path) -> None:
    big = tmp_path / "groot.csv"
    big.write_text("Periode;Eenheid;A;B;C\n" + "01-2024;AB-NOO;1,5;2;3\n" * 400_000, encoding="utf-8")
    door.warm_up()
    began = time.monotonic()
    with pytest.raises(CancelledReadingError):
        door.read(big, cancelled=lambda: time.monotonic() - began > 0.3)
    assert time.monotonic() - began < 0.5
    assert len(door.read(FILES / "maandcijfers_lijst_2024.xlsx").records) == 72


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    big = tmp_path / "groot.csv"
    big.write_text("Periode;Eenheid;A;B;C\n" + "01-2024;AB-NOO;1,5;2;3\n" * 400_000, encoding="utf-8")
    door = Door(seconds=0.4)
    try:
        with pytest.raises(SlowFileError):
            door.read(big)
    finally:
        door.close()
