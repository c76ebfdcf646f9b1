"""Layouts as team leads make them, in csv so that the sheet can be read in the test."""

import pytest

from indsteer.exchange.inside import read_bytes_here
from indsteer.exchange.reading_model import Reading


def read(text: str, name: str = "sheet.csv", **hints: object) -> Reading:
    return read_bytes_here(text.encode(), name, hints=hints)


def facts(reading: Reading) -> list[tuple[str | None, str | None, str | None, str | None, float]]:
    return [(r.unit, r.indicator, r.period, r.kind, r.value) for r in reading.records]


def test_months_across_with_plan_and_actual_under_each_month() -> None:
    reading = read(
        "Productie 2024;;;;\n;jan;;feb;\nTeam;Plan;Realisatie;Plan;Realisatie\nTeam A;10;11;12;13\nTeam B;20;21;22;23\n"
    )
    assert facts(reading)[:4] == [
        ("Team A", None, "2024-01", "plan", 10),
        ("Team A", None, "2024-01", "actual", 11),
        ("Team A", None, "2024-02", "plan", 12),
        ("Team A", None, "2024-02", "actual", 13),
    ]
    assert len(reading.records) == 8


def test_a_total_row_and_column_are_never_data() -> None:
    reading = read("Plan 2024;;;\nTeam;jan;feb;Totaal\nTeam A;1;2;3\nTeam B;3;4;7\nTotaal;4;6;10\n")
    assert [r.value for r in reading.records] == [1, 2, 3, 4]
    assert "totals_left_out" in {p.key for p in reading.problems}


def test_a_year_row_above_the_months() -> None:
    reading = read(";2023;;2024;\nTeam;nov;dec;jan;feb\nTeam A;1;2;3;4\n", kind="actual")
    assert [r.period for r in reading.records] == ["2023-11", "2023-12", "2024-01", "2024-02"]


def test_a_series_over_the_turn_of_the_year_starts_where_the_hint_says() -> None:
    reading = read("Team;okt;nov;dec;jan;feb\nTeam A;1;2;3;4;5\n", kind="plan", first_period="2023-10")
    assert [r.period for r in reading.records] == ["2023-10", "2023-11", "2023-12", "2024-01", "2024-02"]


def test_without_a_year_the_year_is_the_one_question() -> None:
    reading = read("Team;jan;feb\nTeam A;1;2\n")
    assert [q.key for q in reading.questions] == ["which_year"]
    assert {r.period for r in reading.records} == {None}
    answered = read("Team;jan;feb\nTeam A;1;2\n", year=2024)
    assert [r.period for r in answered.records] == ["2024-01", "2024-02"]
    assert [q.key for q in answered.questions] == ["which_kind"]


def test_the_kind_is_asked_and_never_guessed() -> None:
    text = "Team;2024-01;2024-02\nTeam A;1;2\n"
    assert {r.kind for r in read(text).records} == {None}
    assert read(text).questions[0].candidates == ("target", "plan", "actual", "forecast")
    assert {r.kind for r in read(text, kind="plan").records} == {"plan"}
    assert {r.kind for r in read(text, name="Realisatie.csv").records} == {"actual"}


def test_months_down_wide() -> None:
    reading = read("Maand;Instroom;Uitstroom\n2024-01;5;6\n2024-02;7;8\n", kind="actual")
    assert facts(reading) == [
        (None, "Instroom", "2024-01", "actual", 5),
        (None, "Uitstroom", "2024-01", "actual", 6),
        (None, "Instroom", "2024-02", "actual", 7),
        (None, "Uitstroom", "2024-02", "actual", 8),
    ]


def test_absences_are_told_and_one_bad_cell_hides_nothing() -> None:
    reading = read("Team;2024-01;2024-02;2024-03\nTeam A;n.v.t.;#DEEL/0!;3\n", kind="actual")
    assert [r.value for r in reading.records] == [3]
    assert [(m.period, m.why) for m in reading.missing] == [("2024-01", "not_applicable"), ("2024-02", "error")]
    assert "error_value" in {p.key for p in reading.problems}


def test_percentages_are_fractions() -> None:
    reading = read("Team;2024-01;2024-02\nTijdig;85%;90,5%\n", kind="actual")
    assert [(r.value, r.percent) for r in reading.records] == [(0.85, True), (0.905, True)]


def test_quarter_columns_between_months_are_derived() -> None:
    reading = read("Plan 2024\nTeam;jan;feb;mrt;Q1;apr\nTeam A;1;2;3;6;4\n")
    assert [r.period for r in reading.records] == ["2024-01", "2024-02", "2024-03", "2024-04"]


@pytest.mark.parametrize(("head", "unit"), [("Team", "Noord"), ("Eenheid", "Noord"), ("Indicator", None)])
def test_the_header_of_a_label_column_gives_its_role(head: str, unit: str | None) -> None:
    reading = read(f"{head};2024-01;2024-02\nNoord;1;2\nZuid;3;4\n", kind="plan")
    assert reading.records[0].unit == unit


def test_known_names_decide_what_a_column_holds() -> None:
    text = "Naam;2024-01;2024-02\nNoord;1;2\nZuid;3;4\n"
    reading = read_bytes_here(text.encode(), "x.csv", known={"units": {"AB-N": ["Noord"], "AB-Z": ["Zuid"]}})
    assert [r.unit for r in reading.records] == ["Noord", "Noord", "Zuid", "Zuid"]
