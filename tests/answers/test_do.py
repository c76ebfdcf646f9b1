"""The answer of Do, on a small file made through operations. Expected numbers are worked out in the comments."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indsteer.answers.do import DoAnswer, DoState, do_answer
from indsteer.answers.do_notes import extreme, jump
from indsteer.domain.catalogue import default_catalogue
from indsteer.domain.organisation import Level, Parent, Unit
from indsteer.operations import actuals, plan, setup
from indsteer.operations.actuals import ActualEdit
from indsteer.operations.plan import TargetEdit
from indsteer.store.file import SteerFile, create
from indsteer.store.journal import Actor

TODAY = date(2024, 11, 4)
MONTHS = [f"2024-{m:02d}" for m in range(1, 10)]


@pytest.fixture
def file(tmp_path: Path, clock: object) -> SteerFile:
    made = create(tmp_path / "do.indsteer", Actor("teamleider", "tl"), clock)  # type: ignore[arg-type]
    setup.add_units(made, [Unit("D", "D", Level.DIRECTORATE), Unit("T", "Team", Level.TEAM)], [Parent("T", "D")])
    catalogue = default_catalogue()
    setup.load_catalogue(made, catalogue.quantities, catalogue.indicators)
    put(made, *[("INSTROOM", m, 100.0 + i) for i, m in enumerate(MONTHS)], ("VOORRAAD", "2024-09", 500.0))
    put(made, *[("UITSTROOM", m, 90.0) for m in MONTHS], *[("KTV", m, 7.0) for m in ("2024-03", "2024-06", "2024-09")])
    return made


def put(file: SteerFile, *cells: tuple[str, str, float]) -> None:
    actuals.set_actuals(file, [ActualEdit("T", code, month, value) for code, month, value in cells])


def answer(file: SteerFile, period: str = "2024-10", unit: str = "T") -> DoAnswer:
    return do_answer(file.connection, unit, period, TODAY)


def notes(found: DoAnswer, code: str) -> list[str]:
    row = found.row(code)
    assert row is not None
    return [note.key for note in row.notes]


def test_a_month_without_figures_is_empty_and_expects_what_the_year_before_had(file: SteerFile) -> None:
    found = answer(file)

    assert found.state is DoState.EMPTY
    assert {row.code for row in found.rows if row.expected} == {"INSTROOM", "UITSTROOM", "VOORRAAD"}
    assert found.deadline == "2024-11-10"
    assert answer(file, "2024-12").row("KTV").expected  # type: ignore[union-attr]  # a quarter's end


def test_the_stock_follows_from_the_month_before(file: SteerFile) -> None:
    put(file, ("INSTROOM", "2024-10", 120.0), ("UITSTROOM", "2024-10", 100.0), ("VOORRAAD", "2024-10", 620.0))
    found = answer(file)

    (breach,) = found.breaches  # 500 + 120 - 100 = 520
    assert (breach.computed, breach.difference) == (520, 100)
    assert found.open_points == ("VOORRAAD",)
    assert found.others["stock"].code == "UITSTROOM"  # 0 is nearer to 90 than 220 to 108, in shares of the usual
    assert notes(found, "VOORRAAD")[0] == "breach_more"


def test_a_reason_at_the_value_solves_the_breach(file: SteerFile) -> None:
    put(file, ("INSTROOM", "2024-10", 120.0), ("UITSTROOM", "2024-10", 100.0))
    actuals.set_actuals(file, [ActualEdit("T", "VOORRAAD", "2024-10", 620.0, "heropend")])
    found = answer(file)

    assert found.breaches == ()
    assert "explained" in notes(found, "VOORRAAD")


def test_no_value_with_a_reason_is_not_missing_and_nothing_is_zero(file: SteerFile) -> None:
    actuals.set_actuals(file, [ActualEdit("T", "INSTROOM", "2024-10", None, "systeem plat")])
    put(file, ("UITSTROOM", "2024-10", 0.0))
    found = answer(file)

    assert found.missing == 1  # the stock
    assert found.row("INSTROOM").entry.absent  # type: ignore[union-attr]
    assert found.row("UITSTROOM").entry.value == 0  # type: ignore[union-attr]


def test_the_plan_in_force_is_the_last_one_agreed(file: SteerFile) -> None:
    for code, value, day in (("JP", 100.0, "2023-12-15"), ("T1", 110.0, "2024-06-15")):
        plan.add_version(file, 2024, code, code)
        plan.set_targets(file, 2024, code, [TargetEdit("T", "INSTROOM", "2024-10", value)])
        plan.agree_version(file, 2024, code, day)
    put(file, ("INSTROOM", "2024-10", 120.0))
    row = answer(file).row("INSTROOM")

    assert row is not None
    assert (row.plan, row.version, row.deviation) == (110, "T1", 10)


def test_final_is_final_only_when_every_value_is(file: SteerFile) -> None:
    put(file, ("INSTROOM", "2024-10", 120.0))
    actuals.make_final(file, "T", "2024-10")
    assert answer(file).state is DoState.FINAL
    put(file, ("UITSTROOM", "2024-10", 1.0))
    assert answer(file).state is DoState.PROVISIONAL


def test_a_ratio_over_nothing_is_not_known(file: SteerFile) -> None:
    put(file, ("UITSTROOM", "2024-10", 0.0), ("UITSTROOM_TIJDIG", "2024-10", 0.0))
    ratios = {r.code: r for r in answer(file).ratios}

    assert ratios["TIJDIG_PCT"].value is None
    assert ratios["VERZUIM_PCT"].hidden  # the size of the group is not known


def test_extremes_need_half_a_year_and_name_the_month_they_go_back_to() -> None:
    history = {f"2024-{m:02d}": float(v) for m, v in enumerate([5, 9, 8, 7, 8, 9, 8], 1)}

    low = extreme("2024-08", 6.0, history)
    assert low is not None
    assert (low.key, dict(low.facts)) == ("lowest_since", {"since": "2024-01"})
    assert extreme("2024-08", 8.5, history) is None
    high = extreme("2024-08", 10.0, history)
    assert high is not None
    assert (high.key, dict(high.facts)) == ("highest_of", {"n": 7})


def test_more_than_three_times_last_month_is_remarked() -> None:
    assert jump("2024-02", 30.0, {"2024-01": 10.0}) is None
    found = jump("2024-02", 31.0, {"2024-01": 10.0})
    assert found is not None
    assert found.facts["times"] == 3.1
