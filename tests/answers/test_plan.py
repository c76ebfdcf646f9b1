"""The answer of Plan: versions over each other, the rule of the year, and comparison."""

from __future__ import annotations

from datetime import date

from indsteer.answers.plan import PlanAnswer, YearRule, plan_answer
from indsteer.domain.indicator import Indicator
from indsteer.domain.quantity import Direction, OverTime, OverUnits
from indsteer.operations import plan, setup
from indsteer.operations.plan import TargetEdit
from indsteer.store.file import SteerFile
from tests.conftest import quantity

TODAY = date(2024, 11, 4)
YEAR = 2024


def months(first: int, last: int, value: float, code: str = "UITSTROOM") -> list[TargetEdit]:
    return [TargetEdit("D-A", code, f"{YEAR}-{m:02d}", value) for m in range(first, last + 1)]


def answer(file: SteerFile, version: str = "", compared: str = "") -> PlanAnswer:
    return plan_answer(file.connection, "D-A", YEAR, TODAY, version=version, compared=compared)


def test_a_version_takes_over_what_it_does_not_name(file: SteerFile) -> None:
    plan.set_targets(file, YEAR, "JP", months(1, 12, 100.0))
    plan.agree_version(file, YEAR, "JP", "2023-12-15")
    plan.add_version(file, YEAR, "T1", "Bijstelling", "meer instroom")
    plan.set_targets(file, YEAR, "T1", months(7, 12, 120.0))
    row = answer(file, "T1", "JP").row("UITSTROOM")

    assert row is not None
    assert (row.cells[0].target, row.cells[0].version, row.cells[0].inherited) == (100, "JP", True)
    assert (row.cells[6].target, row.cells[6].difference) == (120, 20)
    assert (row.year, row.year_difference) == (1320, 120)  # 6 x 100 + 6 x 120; 6 x 20


def test_the_draft_is_shown_before_what_was_agreed(file: SteerFile) -> None:
    plan.agree_version(file, YEAR, "JP", "2023-12-15")
    assert answer(file).version.code == "JP"  # type: ignore[union-attr]
    plan.add_version(file, YEAR, "T1", "Bijstelling", "meer instroom")
    found = answer(file)

    assert found.version is not None
    assert (found.version.code, found.draft, found.suggested) == ("T1", True, "T2")


def test_a_sum_with_a_month_missing_is_no_year(file: SteerFile) -> None:
    plan.set_targets(file, YEAR, "JP", months(1, 11, 100.0))
    row = answer(file).row("UITSTROOM")

    assert row is not None
    assert (row.rule, row.year, row.known) == (YearRule.SUM, None, 11)


def test_a_stock_has_the_value_of_december_and_a_ratio_none_when_months_differ(file: SteerFile) -> None:
    ratio = Indicator(
        "SHARE", "Deel", "Share", "%", Direction.HIGHER, OverTime.RATIO, OverUnits.RATIO, "UITSTROOM / INSTROOM",
        percent=True,
    )  # fmt: skip
    stock = Indicator("STOCK", "Stand", "Stock", "zaken", Direction.LOWER, OverTime.END, OverUnits.SUM, "STOCK")
    setup.load_catalogue(file, [quantity("STOCK", OverTime.END)], [ratio, stock])
    plan.set_targets(file, YEAR, "JP", [*months(1, 11, 0.8, "SHARE"), *months(1, 12, 5.0, "STOCK")])
    plan.set_targets(file, YEAR, "JP", [*months(12, 12, 0.9, "SHARE"), *months(12, 12, 7.0, "STOCK")])
    found = answer(file)

    assert found.row("STOCK").year == 7  # type: ignore[union-attr]
    assert found.row("SHARE").year is None  # type: ignore[union-attr]
    plan.set_targets(file, YEAR, "JP", months(12, 12, 0.8, "SHARE"))
    assert answer(file).row("SHARE").year == 0.8  # type: ignore[union-attr]


def test_assumptions_stand_apart_from_targets(file: SteerFile) -> None:
    rows = answer(file).rows

    assert [(row.code, row.assumption) for row in rows] == [("UITSTROOM", False), ("INSTROOM", True)]
