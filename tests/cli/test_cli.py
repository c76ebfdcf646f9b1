"""The command line as a user and a script meet it: what it prints, and exit code 2 with one line for a mistake."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indsteer.cli import main
from indsteer.resources import resource_path

FILES = Path(__file__).resolve().parents[1] / "files"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("voorbeeld") / "dienst.indsteer"
    made = CliRunner().invoke(main, ["sample", str(path)])
    assert made.exit_code == 0, made.output
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def mistake(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 2
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


def figures(sample: Path, *options: str) -> list[dict[str, str]]:
    result = run("figures", str(sample), *options)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def sample_rows() -> Iterator[dict[str, str]]:
    with resource_path("samples", "sample_realisatie.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def test_the_sample_brings_next_month_as_a_workbook(sample: Path) -> None:
    assert (sample.parent / "realisatie_2024-10.xlsx").exists()


def test_figures_have_exactly_these_columns(sample: Path) -> None:
    result = run("figures", str(sample), "--unit", "JZ-BEZ", "--period", "2024-08")
    assert result.stdout.splitlines()[0] == "unit,indicator,period,value,target,version,deviation,state,source"


def test_figures_are_the_exact_fractions_of_the_source(sample: Path) -> None:
    """Timeliness of every team and of the service per quarter of 2023, computed anew from the CSV."""
    on_time: dict[tuple[str, str], Fraction] = {}
    output: dict[tuple[str, str], Fraction] = {}
    for row in sample_rows():
        if not row["periode"].startswith("2023"):
            continue
        quarter = f"2023-Q{(int(row['periode'][5:]) + 2) // 3}"
        for unit in (row["eenheid"], "IND"):
            on_time[unit, quarter] = on_time.get((unit, quarter), Fraction(0)) + Fraction(row["UITSTROOM_TIJDIG"])
            output[unit, quarter] = output.get((unit, quarter), Fraction(0)) + Fraction(row["UITSTROOM"])
    found = {
        (row["unit"], row["period"]): float(row["value"])
        for row in figures(sample, "--indicator", "TIJDIG_PCT")
        if row["value"]
    }
    assert len(on_time) == 16 * 4
    for key, top in on_time.items():
        assert found[key] == float(top / output[key])


def test_a_stock_of_a_year_is_the_stock_at_its_end(sample: Path) -> None:
    december = {r["eenheid"]: float(r["VOORRAAD"]) for r in sample_rows() if r["periode"] == "2023-12"}
    found = {r["unit"]: float(r["value"]) for r in figures(sample, "--indicator", "VOORRAAD", "--period", "2023")}
    assert {unit: found[unit] for unit in december} == december
    assert found["IND"] == sum(december.values())


def test_hidden_figures_are_empty_in_csv_and_json(sample: Path) -> None:
    options = ("--unit", "JZ-ZWA", "--indicator", "UREN_VERZUIM")
    rows = figures(sample, *options)
    assert rows
    assert all(row["value"] == "" and row["deviation"] == "" for row in rows)
    told = json.loads(run("figures", str(sample), *options, "--json").stdout)
    assert all(row["value"] is None for row in told)


def test_last_month_is_provisional_and_the_one_before_final(sample: Path) -> None:
    options = ("--unit", "AB-NOO", "--indicator", "UITSTROOM", "--period")
    assert [figures(sample, *options, month)[0]["state"] for month in ("2024-08", "2024-09")] == [
        "final",
        "provisional",
    ]


def test_mistakes_are_one_line_and_exit_2(sample: Path, tmp_path: Path) -> None:
    assert "XX" in mistake("figures", str(sample), "--unit", "XX")
    assert "2024-13" in mistake("figures", str(sample), "--period", "2024-13")
    assert "weg.indsteer" in mistake("figures", str(tmp_path / "weg.indsteer"))
    assert "dienst.indsteer" in mistake("sample", str(sample))
    assert "XX" in mistake("review", "XX", "2024-08", "--file", str(sample), "--pdf", str(tmp_path / "a.pdf"))


def test_verify_tells_that_the_file_is_whole_and_knows_a_printed_head(sample: Path) -> None:
    result = run("verify", str(sample))
    assert result.exit_code == 0, result.output
    head = result.stdout.strip().rstrip(".").split()[-1]
    assert run("verify", str(sample), "--expect", head).exit_code == 0
    assert "000000000000" in mistake("verify", str(sample), "--expect", "000000000000")


def test_a_review_sheet_is_written_whole_and_twice_the_same(sample: Path, tmp_path: Path) -> None:
    for name in ("een.pdf", "twee.pdf"):
        made = run("review", "JZ-BEZ", "2024-07", "--file", str(sample), "--pdf", str(tmp_path / name))
        assert made.exit_code == 0, made.output
    first, second = ((tmp_path / name).read_bytes() for name in ("een.pdf", "twee.pdf"))
    assert first.startswith(b"%PDF")
    assert first == second, "a signed review prints byte-identical"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["een.pdf", "twee.pdf"], "no half file is left"


def test_all_sheets_of_a_month_are_one_document(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "alle.pdf"
    made = run("review", "2024-08", "--all", "--file", str(sample), "--pdf", str(target))
    assert made.exit_code == 0, made.output
    assert "20" in made.stdout, "one service, four directorates, fifteen teams"
    assert target.stat().st_size > 200_000


def test_read_prints_the_records_of_a_sheet() -> None:
    told = json.loads(run("read", str(FILES / "maandcijfers_lijst_2024.xlsx"), "--json").stdout)
    first = told["records"][0]
    assert (first["unit"], first["indicator"], first["period"], first["value"]) == (
        "Team Ter Apel",
        "Beslissingen",
        "2024-01",
        120,
    )


def test_an_unreadable_sheet_is_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "kapot.xlsx"
    broken.write_bytes(b"PK\x03\x04 niet meer dan dit")
    assert "kapot.xlsx" in mistake("read", str(broken), "--json")
