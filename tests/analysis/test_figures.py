"""The rows of all figures, as `indsteer figures` writes them."""

from __future__ import annotations

from time import process_time

from indsteer.analysis.figures import FigureRow, all_shown, figures, periods_of
from indsteer.analysis.ledger import Ledger
from indsteer.domain.facts import Actual, PlanVersion, Source, State, Target, TargetKind
from indsteer.domain.period import Period, month_ids
from tests.analysis import rollup_samples as data
from tests.analysis.test_rollup import actual, organisation

SOURCE = Source("cijfers.xlsx", "ab12", "jan", "C5")


def made() -> Ledger:
    return Ledger(
        organisation(),
        data.QUANTITIES,
        data.INDICATORS,
        actuals=[
            actual("A1", "UITSTROOM", "2024-01", 90.0),
            Actual("A1", "UITSTROOM", "", "2024-02", 10.0, State.PROVISIONAL),
            actual("A1", "INSTROOM", "2024-01", 100.0),
        ],
        versions=[PlanVersion("JP", 2024, "Jaarplan", "2023-12-15")],
        targets=[Target("JP", 2024, "A1", "UITSTROOM", "", "2024-01", TargetKind.PLAN, 80.0)],
        sources={("A1", "UITSTROOM", "", "2024-01"): SOURCE},
    )


def rows(*periods: str, empty: bool = False) -> dict[tuple[str, str, str], FigureRow]:
    asked = [Period.parse(period) for period in periods]
    found = figures(made(), ["A1", "A"], ["UITSTROOM", "INSTROOM", "SLUITENDHEID"], asked, shown=all_shown, empty=empty)
    return {(row.unit, row.indicator, row.period): row for row in found}


def test_a_row_says_what_where_against_which_version_and_from_which_cell() -> None:
    found = rows("2024-01", "2024-02")
    assert found["A1", "UITSTROOM", "2024-01"] == FigureRow(
        "A1", "UITSTROOM", "2024-01", 90.0, 80.0, "JP", 10.0, "final", "cijfers.xlsx!jan!C5"
    )
    assert found["A", "UITSTROOM", "2024-01"].source == "rollup"
    assert found["A", "UITSTROOM", "2024-01"].deviation == 10
    assert found["A1", "INSTROOM", "2024-01"].source == "typed"
    assert found["A1", "SLUITENDHEID", "2024-01"].source == "formula"
    february = found["A1", "UITSTROOM", "2024-02"]
    assert (february.state, february.target, february.version, february.deviation) == ("provisional", None, "", None)


def test_rows_without_anything_come_only_when_asked() -> None:
    assert ("A1", "INSTROOM", "2024-02") not in rows("2024-02")
    row = rows("2024-02", empty=True)["A1", "INSTROOM", "2024-02"]
    assert (row.value, row.state, row.source, row.reason) == (None, "", "", "not_recorded")


def test_what_may_not_be_shown_is_left_out_with_its_deviation() -> None:
    asked = [Period.parse("2024-01")]
    (row,) = figures(made(), ["A1"], ["UITSTROOM"], asked, shown=lambda _u, code, _p: code != "UITSTROOM")
    assert (row.value, row.deviation, row.state, row.source, row.reason) == (None, None, "", "", "hidden")


def test_the_periods_are_all_that_hold_something() -> None:
    found = [period.id for period in periods_of(data.made_up().ledger)]
    assert found[:36] == list(month_ids("2022-01", "2025-01"))
    assert found[36] == "2022-Q1"
    assert found[-4:] == ["2024-T3", "2022", "2023", "2024"]
    assert len(found) == 36 + 12 + 9 + 3


def test_everything_of_the_sample_takes_a_few_seconds() -> None:
    ledger = data.sample().ledger
    codes = {*ledger.definitions.quantities, *ledger.definitions.indicators}
    units = [unit.code for unit in ledger.organisation.units]
    start = process_time()
    count = sum(1 for _ in figures(ledger, units, sorted(codes), periods_of(ledger), shown=all_shown))
    seconds = process_time() - start
    assert count > 15_000
    assert seconds < 20  # about 4 on the machine it was made on; a machine under load takes longer
