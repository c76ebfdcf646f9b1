"""Targets over months and units: what adds up, what is never averaged, and which version is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

import pytest

from indsteer.analysis.figure import TargetFigure
from indsteer.analysis.figures import periods_of
from indsteer.analysis.ledger import Ledger
from indsteer.domain.facts import PlanVersion, Target, TargetKind
from indsteer.domain.organisation import NormTime
from indsteer.domain.period import Period, month_ids
from tests.analysis import rollup_samples as data
from tests.analysis.test_rollup import NORMS, full, organisation

SAMPLE = data.sample()
VERSIONS = (
    PlanVersion("JP", 2024, "Jaarplan", "2023-12-15"),
    PlanVersion("T1", 2024, "Bijstelling", "2024-06-15"),
    PlanVersion("T2", 2024, "Concept"),
)


@lru_cache(maxsize=1)
def ledger() -> Ledger:
    return SAMPLE.ledger


def in_force(day: str) -> dict[tuple[str, str, str], tuple[str, str]]:
    """(unit, indicator, month) -> (value, version), by the rule of the sample: the last version valid wins."""
    found: dict[tuple[str, str, str], tuple[str, str]] = {}
    for _, version, agreed, unit, code, month, value in sorted(SAMPLE.plans, key=lambda row: row[2]):
        if agreed <= day:
            found[unit, code, month] = (value, version)
    return found


@pytest.mark.parametrize("day", ["9999-12-31", "2022-06-14", "2023-06-15", "2020-07-01"])
def test_planned_flows_and_stocks_of_the_sample_add_up_exactly(day: str) -> None:
    cells = in_force(day)
    as_of = date.fromisoformat(day)
    for unit in ("IND", *SAMPLE.directorates, SAMPLE.teams[0].code):
        teams = SAMPLE.under(unit)
        for period in periods_of(ledger()):
            months = [month.id for month in period.months()]
            for code in ("INSTROOM", "UITSTROOM", "VOORRAAD"):
                when = months[-1:] if code == "VOORRAAD" else months
                found = ledger().target(unit, code, period, as_of)
                wanted = [cells.get((team.code, code, month)) for team in teams for month in when]
                known = [cell for cell in wanted if cell is not None]
                if len(known) < len(wanted):
                    assert (found.value, found.reason) == (None, "no_target")
                else:
                    assert found.value == float(sum(Fraction(value) for value, _ in known))
                    assert set(found.versions) == {version for _, version in known}


def test_planned_weighted_output_is_planned_output_times_norm_time() -> None:
    cells = in_force("9999-12-31")
    for unit in ("IND", *SAMPLE.directorates):
        for period in periods_of(ledger()):
            hours = [
                Fraction(cells[team.code, "UITSTROOM", month.id][0]) * Fraction(team.norm)
                for team in SAMPLE.under(unit)
                for month in period.months()
            ]
            found = ledger().target(unit, "GEWOGEN_PRODUCTIE", period)
            assert found.derived
            assert found.value == pytest.approx(float(sum(hours)), rel=1e-12)


def test_a_planned_closing_ratio_is_planned_output_by_planned_inflow() -> None:
    for unit in ("IND", *SAMPLE.directorates):
        for period in periods_of(ledger()):
            closing = ledger().target(unit, "SLUITENDHEID", period)
            output, inflow = (ledger().target(unit, code, period).value for code in ("UITSTROOM", "INSTROOM"))
            assert output is not None
            assert closing.value == output / (inflow or 0.0)
            assert closing.derived


def test_predictability_compares_with_the_plan_of_the_day() -> None:
    year = Period.parse(SAMPLE.months[-1][:4])
    actual_value, target = ledger().value("IND", "INSTROOM", year).value, ledger().target("IND", "INSTROOM", year)
    assert actual_value is not None
    assert target.value is not None
    expected = 1 - abs(actual_value - target.value) / target.value
    assert ledger().value("IND", "VOORSPELBAARHEID", year).value == expected
    early = ledger().value("IND", "VOORSPELBAARHEID", year, date(2000, 1, 1))
    assert (early.value, early.reason) == (None, "no_target")
    assert ledger().target("IND", "VOORSPELBAARHEID", year).reason == "no_target"


# --- a small organisation -----------------------------------------------------------------------------------
def target(
    unit: str,
    code: str,
    period: str,
    value: float,
    version: str = "JP",
    kind: TargetKind = TargetKind.PLAN,
    stream: str = "",
) -> Target:
    return Target(version, 2024, unit, code, stream, period, kind, value)


def year_of(unit: str, code: str, value: float, version: str = "JP") -> list[Target]:
    return [target(unit, code, month, value, version) for month in month_ids("2024-01", "2025-01")]


def made(targets: list[Target], *, norms: tuple[NormTime, ...] = NORMS) -> Ledger:
    return Ledger(
        organisation(),
        data.QUANTITIES,
        data.INDICATORS,
        actuals=full(),
        norm_times=norms,
        versions=VERSIONS,
        targets=targets,
    )


def ask(made_up: Ledger, unit: str, code: str, period: str, as_of: date | None = None) -> TargetFigure:
    return made_up.target(unit, code, Period.parse(period), as_of)


def test_the_latest_version_agreed_by_then_that_has_the_cell_is_in_force() -> None:
    targets = [*year_of("A1", "UITSTROOM", 10), *year_of("A2", "UITSTROOM", 20)]
    targets += [target("A1", "UITSTROOM", month, 15, "T1") for month in month_ids("2024-07", "2025-01")]
    targets += [target("A1", "UITSTROOM", "2024-01", 99, "T2")]
    made_up = made(targets)
    before, on = date(2024, 6, 14), date(2024, 6, 15)
    assert ask(made_up, "A1", "UITSTROOM", "2024", before) == TargetFigure(120.0, ("JP",))
    assert ask(made_up, "A1", "UITSTROOM", "2024", on) == TargetFigure(150.0, ("JP", "T1"))
    assert ask(made_up, "A1", "UITSTROOM", "2024").version == "JP+T1"
    assert ask(made_up, "A1", "UITSTROOM", "2024-08").version == "T1"
    assert ask(made_up, "A", "UITSTROOM", "2024-01").value == 30  # a draft is never in force
    assert ask(made_up, "A", "UITSTROOM", "2024", date(2023, 12, 14)).reason == "no_target"
    to_date = made_up.target_to_date("A", "UITSTROOM", Period.parse("2024-08"))
    assert (to_date.value, to_date.version) == (8 * 30 + 2 * 5, "JP+T1")


def test_the_agreed_path_leads_and_a_wish_stands_in() -> None:
    wish = [replace(t, kind=TargetKind.TARGET) for t in year_of("A1", "UITSTROOM", 50, "T1")]
    made_up = made([*wish, target("A1", "UITSTROOM", "2024-01", 10)])
    assert ask(made_up, "A1", "UITSTROOM", "2024-01").value == 10
    assert ask(made_up, "A1", "UITSTROOM", "2024-02").value == 50


def test_a_unit_that_records_but_has_no_target_is_named() -> None:
    found = ask(made(year_of("A1", "UITSTROOM", 10)), "A", "UITSTROOM", "2024")
    assert found.value is None
    assert (found.reason, found.facts["unit"], found.facts["count"]) == ("no_target", "A2", 12)


def test_ratio_targets_are_never_averaged() -> None:
    same = [*year_of("A1", "TIJDIG_PCT", 0.9), *year_of("A2", "TIJDIG_PCT", 0.9)]
    assert ask(made(same), "A", "TIJDIG_PCT", "2024") == TargetFigure(0.9, ("JP",))
    unlike = [*year_of("A1", "TIJDIG_PCT", 0.9), *year_of("A2", "TIJDIG_PCT", 0.8)]
    found = ask(made(unlike), "A", "TIJDIG_PCT", "2024")
    assert (found.value, found.reason) == (None, "target_not_averaged")
    assert found.facts == {"code": "TIJDIG_PCT", "low": 0.8, "high": 0.9}
    rising = [*year_of("A1", "TIJDIG_PCT", 0.9), target("A1", "TIJDIG_PCT", "2024-12", 0.95, "T1")]
    assert ask(made(rising), "A1", "TIJDIG_PCT", "2024").reason == "target_not_averaged"
    assert ask(made(rising), "A1", "TIJDIG_PCT", "2024-Q3").value == 0.9


def test_a_target_stated_apart_is_kept_beside_its_months() -> None:
    stated = target("A1", "UITSTROOM", "2024", 130)
    found = ask(made([*year_of("A1", "UITSTROOM", 10), stated]), "A1", "UITSTROOM", "2024")
    assert (found.value, found.stated) == (120, 130)
    lacking = [t for t in year_of("A1", "UITSTROOM", 10) if t.period != "2024-05"]
    alone = ask(made([*lacking, stated]), "A1", "UITSTROOM", "2024")
    assert (alone.value, alone.stated, alone.version) == (130, 130, "JP")
    ratio = [*year_of("A1", "TIJDIG_PCT", 0.9), target("A1", "TIJDIG_PCT", "2024-12", 0.95, "T1")]
    whole = made([*ratio, target("A1", "TIJDIG_PCT", "2024", 0.91)])
    assert ask(whole, "A1", "TIJDIG_PCT", "2024").value == 0.91


def test_a_directorate_may_state_its_own_target() -> None:
    own = year_of("A", "TIJDIG_PCT", 0.85)
    assert ask(made(own), "A", "TIJDIG_PCT", "2024").value == 0.85
    teams = [*year_of("A1", "TIJDIG_PCT", 0.9), *year_of("A2", "TIJDIG_PCT", 0.8)]
    found = ask(made([*own, *teams]), "A", "TIJDIG_PCT", "2024-03")
    assert (found.value, found.stated, found.version) == (0.85, 0.85, "JP")
    added = [*year_of("A", "UITSTROOM", 35), *year_of("A1", "UITSTROOM", 10), *year_of("A2", "UITSTROOM", 20)]
    both = ask(made(added), "A", "UITSTROOM", "2024-03")
    assert (both.value, both.stated) == (30, 35)
    only = made([*year_of("A", "UITSTROOM", 35), *year_of("B1", "UITSTROOM", 1)])
    assert ask(only, "S", "UITSTROOM", "2024").value == 12 * 36


def test_stocks_count_at_the_end_and_fte_is_a_mean_of_sums() -> None:
    stock = [
        target(u, "VOORRAAD", m, 100.0 + i) for u in ("A1", "A2") for i, m in enumerate(month_ids("2024-01", "2025-01"))
    ]
    assert ask(made(stock), "A", "VOORRAAD", "2024").value == 222
    assert ask(made(stock), "A", "VOORRAAD", "2024-T1").value == 206
    fte = [
        target(u, "FTE_BEZET", m, i + 1.0) for u in ("A1", "A2") for i, m in enumerate(month_ids("2024-01", "2025-01"))
    ]
    assert ask(made(fte), "A", "FTE_BEZET", "2024").value == 13


def test_derived_targets_follow_norm_times_and_are_not_made_from_half_a_plan() -> None:
    targets = [*year_of("A1", "UITSTROOM", 10), *year_of("A2", "UITSTROOM", 20)]
    made_up = made(targets)
    found = ask(made_up, "A", "GEWOGEN_PRODUCTIE", "2024")
    assert (found.value, found.version, found.derived) == (120 * 24 + 120 * 24 + 120 * 20, "JP", True)
    assert ask(made_up, "S", "GEWOGEN_PRODUCTIE", "2024").facts["unit"] == "B1"
    assert ask(made_up, "A", "SLUITENDHEID", "2024").reason == "no_target"
    assert ask(made_up, "A1", "PRODUCTIVITEIT", "2024").reason == "no_target"
    own = made([*targets, *year_of("A1", "GEWOGEN_PRODUCTIE", 7)])
    assert ask(own, "A1", "GEWOGEN_PRODUCTIE", "2024-01") == TargetFigure(7.0, ("JP",), stated=7.0)


def test_targets_per_stream_add_up_with_their_own_norm_times() -> None:
    norms = (*NORMS, NormTime("A1", "spoor1", date(2020, 1, 1), 10.0))
    targets = [target("A1", "UITSTROOM", "2024-01", n, stream=s) for s, n in (("spoor1", 3), ("spoor4", 5))]
    made_up = made(targets, norms=norms)
    assert ask(made_up, "A1", "UITSTROOM", "2024-01").value == 8
    assert ask(made_up, "A1", "GEWOGEN_PRODUCTIE", "2024-01").value == 3 * 10 + 5 * 24


def test_a_unit_with_a_plan_and_no_actual_yet_is_missing_from_the_actuals_not_left_out() -> None:
    actuals = [a for a in full() if a.unit != "A2"]
    targets = [*year_of("A1", "UITSTROOM", 10), *year_of("A2", "UITSTROOM", 20)]
    made_up = Ledger(
        organisation(), data.QUANTITIES, data.INDICATORS, actuals=actuals, versions=VERSIONS, targets=targets
    )
    found = made_up.value("A", "UITSTROOM", Period.parse("2024"))
    assert (found.reason, found.facts["unit"]) == ("not_recorded", "A2")
    empty = Ledger(organisation(), data.QUANTITIES, data.INDICATORS, versions=VERSIONS, targets=targets)
    assert ask(empty, "A", "UITSTROOM", "2024").value == 360
    assert not empty.value("A", "UITSTROOM", Period.parse("2024")).defined


def test_an_empty_ledger_answers_too() -> None:
    empty = Ledger(organisation(), data.QUANTITIES, data.INDICATORS)
    assert empty.months() == ()
    assert empty.last_month() is None
    for code in empty.definitions.indicators:
        assert not empty.value("S", code, Period.parse("2024")).defined
        assert not empty.target("S", code, Period.parse("2024")).defined
    assert made(year_of("A1", "UITSTROOM", 1)).last_month() == "2024-12"
