"""The roll-up of actuals, compared with exact fractions that are added here in another way.

The rules are those of shared/STATISTICS.md section 3: a ratio is the ratio of sums, a stock is the value at period
end, a mean is weighted by its own base, unlike products are added only as weighted output.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indsteer.analysis.figure import Figure, Origin
from indsteer.analysis.figures import periods_of
from indsteer.analysis.ledger import Ledger
from indsteer.domain.facts import Actual, State
from indsteer.domain.organisation import Level, NormTime, Organisation, Parent, Term, Unit
from indsteer.domain.period import Period, month_ids
from indsteer.domain.quantity import OverTime, OverUnits
from indsteer.errors import UnknownIndicatorError, UnknownUnitError
from tests.analysis import rollup_samples as data

SAMPLE = data.sample()


@lru_cache(maxsize=1)
def ledger() -> Ledger:
    return SAMPLE.ledger


def months_in(period: Period) -> list[str]:
    return [month.id for month in period.months()]


UNITS = ("IND", *SAMPLE.directorates, *(team.code for team in SAMPLE.teams))


# --- exact arithmetic, independent of the program -----------------------------------------------------------
def exact(code: str, unit: str, months: list[str]) -> Fraction | None:
    teams = [team.code for team in SAMPLE.under(unit)]
    if code in data.STOCKS:
        return added(code, teams, months[-1:])
    if code in data.MEANS:
        return added(code, teams, months) / len(months)
    if code == "DOORLOOPTIJD":
        pairs = [(cell(code, t, m), cell("UITSTROOM", t, m)) for t in teams for m in months]
        below = sum((w for _, w in pairs), Fraction())
        return sum((v * w for v, w in pairs), Fraction()) / below if below else None
    if code == "KTV":
        marks = [cell(code, t, m) for t in teams for m in months if SAMPLE.values[t, code, m]]
        return sum(marks, Fraction()) / len(marks) if marks else None
    if code == "GEWOGEN_PRODUCTIE":
        return sum(
            (Fraction(t.norm) * cell("UITSTROOM", t.code, m) for t in SAMPLE.under(unit) for m in months),
            Fraction(),
        )
    if code == "EFFICIENTIE_PCT":
        return divided(exact("GEWOGEN_PRODUCTIE", unit, months), exact("UREN_DIRECT", unit, months))
    if code in data.RATIOS | data.ONE_PRODUCT:
        above, below_code = (data.RATIOS | data.ONE_PRODUCT)[code]
        return divided(exact(above, unit, months), exact(below_code, unit, months))
    return added(code, teams, months)


def cell(code: str, team: str, month: str) -> Fraction:
    return Fraction(float(SAMPLE.values[team, code, month]))


def added(code: str, teams: list[str], months: list[str]) -> Fraction:
    return sum((cell(code, team, month) for team in teams for month in months), Fraction())


def divided(above: Fraction | None, below: Fraction | None) -> Fraction | None:
    return above / below if above is not None and below else None


def agrees(figure: Figure, wanted: Fraction | None, *, exactly: bool) -> bool:
    if figure.value is None or wanted is None:
        return figure.value is None and wanted is None
    if exactly:
        return figure.value == float(wanted)
    return abs(Fraction(figure.value) - wanted) <= abs(wanted) / 10**12


@pytest.mark.parametrize("code", [*data.SUMS, *data.STOCKS])
def test_sums_and_stocks_of_the_sample_are_the_nearest_number_to_the_exact_sum(code: str) -> None:
    for unit in UNITS:
        for period in periods_of(ledger()):
            assert agrees(ledger().value(unit, code, period), exact(code, unit, months_in(period)), exactly=True)


@pytest.mark.parametrize(
    "code", [*data.MEANS, "DOORLOOPTIJD", "KTV", "GEWOGEN_PRODUCTIE", "EFFICIENTIE_PCT", *data.RATIOS]
)
def test_means_and_ratios_of_the_sample_fit_exact_fractions(code: str) -> None:
    for unit in UNITS:
        for period in periods_of(ledger()):
            found, wanted = ledger().value(unit, code, period), exact(code, unit, months_in(period))
            assert agrees(found, wanted, exactly=False), (unit, period, found, wanted)


@pytest.mark.parametrize("code", [*data.SUMS, *data.STOCKS, *data.MEANS, "TIJDIG_PCT", "GEWOGEN_PRODUCTIE"])
def test_the_year_to_date_of_the_sample_runs_from_january(code: str) -> None:
    for month in SAMPLE.months:
        so_far = [m for m in SAMPLE.months if m[:4] == month[:4] and m <= month]
        for unit in ("IND", *SAMPLE.directorates):
            found = ledger().to_date(unit, code, Period.parse(month))
            assert agrees(found, exact(code, unit, so_far), exactly=False)


def test_a_stock_follows_its_flows_at_every_level() -> None:
    for unit in UNITS:
        for period in periods_of(ledger())[1:]:
            if period.start > Period.parse(SAMPLE.months[0]).start:
                assert ledger().value(unit, "VOORRAAD_VERSCHIL", period).value == 0


def test_stock_in_weeks_looks_at_three_months_also_in_a_year() -> None:
    year = SAMPLE.months[-1][:4]
    weeks = [(f"{year}-10", 31), (f"{year}-11", 30), (f"{year}-12", 31)]
    per_week = [exact("UITSTROOM", "IND", [month]) or Fraction() for month, _ in weeks]
    mean = sum((v / Fraction(days, 7) for v, (_, days) in zip(per_week, weeks, strict=True)), Fraction()) / 3
    stock = exact("VOORRAAD", "IND", [f"{year}-12"]) or Fraction()
    for period in (year, f"{year}-Q4", f"{year}-12"):
        assert agrees(ledger().value("IND", "DEKKING_WEKEN", Period.parse(period)), stock / mean, exactly=False)


@pytest.mark.parametrize(
    ("code", "offered"),
    [
        ("UREN_PER_ZAAK", "EFFICIENTIE_PCT"),
        ("PRODUCTIVITEIT", "GEWOGEN_PRODUCTIE"),
        ("KOSTEN_PER_ZAAK", "GEWOGEN_PRODUCTIE"),
    ],
)
def test_what_means_nothing_over_unlike_products_is_refused_with_an_offer(code: str, offered: str) -> None:
    for unit in UNITS:
        for period in periods_of(ledger()):
            found = ledger().value(unit, code, period)
            products = {team.product for team in SAMPLE.under(unit)}
            if len(products) > 1:
                assert (found.value, found.reason, found.offered) == (None, "unlike_products", offered)
                assert found.facts["count"] == len(products)
            else:
                assert agrees(found, exact(code, unit, months_in(period)), exactly=False)


# --- a small organisation -----------------------------------------------------------------------------------
def organisation(*moves: Parent) -> Organisation:
    units = (
        Unit("S", "Dienst", Level.SERVICE),
        Unit("A", "A", Level.DIRECTORATE),
        Unit("B", "B", Level.DIRECTORATE),
        Unit("A1", "A1", Level.TEAM, product="asiel"),
        Unit("A2", "A2", Level.TEAM, product="asiel"),
        Unit("B1", "B1", Level.TEAM, product="studie"),
    )
    moved = {move.unit for move in moves}
    fixed = (("A", "S"), ("B", "S"), ("A1", "A"), ("A2", "A"), ("B1", "B"))
    return Organisation(units, (*(Parent(u, p) for u, p in fixed if u not in moved), *moves))


def actual(unit: str, code: str, period: str, value: float | None, stream: str = "") -> Actual:
    return Actual(unit, code, stream, period, value, reason="" if value is not None else "nvt")


def full(year: str = "2024", codes: tuple[str, ...] = ("UITSTROOM", "INSTROOM")) -> list[Actual]:
    return [
        actual(unit, code, month, float(10 * at + int(month[5:])))
        for at, unit in enumerate(("A1", "A2", "B1"))
        for code in codes
        for month in month_ids(f"{year}-01", f"{int(year) + 1}-01")
    ]


def without(actuals: list[Actual], unit: str, code: str, *periods: str) -> list[Actual]:
    return [a for a in actuals if (a.unit, a.quantity) != (unit, code) or (periods and a.period not in periods)]


def made(actuals: list[Actual], *moves: Parent, norms: tuple[NormTime, ...] = ()) -> Ledger:
    terms = [Term("A1", "", date(2020, 1, 1), 26), Term("A1", "", date(2024, 3, 1), 65)]
    return Ledger(
        organisation(*moves), data.QUANTITIES, data.INDICATORS, actuals=actuals, norm_times=norms, terms=terms
    )


def ask(made_up: Ledger, unit: str, code: str, period: str) -> Figure:
    return made_up.value(unit, code, Period.parse(period))


def test_a_unit_that_moves_in_mid_year_counts_under_the_right_parent_per_month() -> None:
    day = date(2024, 7, 1)
    moved = made(full(), Parent("A2", "A", None, day), Parent("A2", "B", day))
    assert ask(moved, "A", "UITSTROOM", "2024").value == sum(range(1, 13)) + sum(10 + m for m in range(1, 7))
    assert ask(moved, "B", "UITSTROOM", "2024").value == (
        sum(20 + m for m in range(1, 13)) + sum(10 + m for m in range(7, 13))
    )
    assert ask(moved, "S", "UITSTROOM", "2024") == ask(made(full()), "S", "UITSTROOM", "2024")
    assert ask(moved, "A", "UITSTROOM", "2024-Q2").value == 4 + 5 + 6 + 14 + 15 + 16
    assert ask(moved, "A", "UITSTROOM", "2024-07").value == 7


@given(month=st.integers(1, 12), day=st.integers(1, 28), back=st.booleans())
def test_whenever_a_unit_moves_nothing_is_lost_or_counted_twice(month: int, day: int, *, back: bool) -> None:
    at = date(2024, month, day)
    links = [Parent("A2", "A", None, at), Parent("A2", "B", at, date(2024, 12, 20) if back else None)]
    links += [Parent("A2", "A", date(2024, 12, 20))] if back else []
    moved = made(full(), *links)
    for period in ("2024", "2024-Q1", "2024-T3", "2024-12", f"2024-{month:02d}"):
        whole = ask(made(full()), "S", "UITSTROOM", period).value
        a, b = (ask(moved, unit, "UITSTROOM", period).value for unit in ("A", "B"))
        assert whole == ask(moved, "S", "UITSTROOM", period).value
        assert a is not None
        assert b is not None
        assert whole == a + b


def test_a_unit_counts_only_in_the_months_in_which_it_existed() -> None:
    base = organisation()
    ended = Unit("A2", "A2", Level.TEAM, product="asiel", valid_from=date(2024, 2, 15), valid_until=date(2024, 6, 1))
    units = tuple(ended if unit.code == "A2" else unit for unit in base.units)
    actuals = [a for a in full() if a.unit != "A2" or "2024-02" <= a.period <= "2024-05"]
    made_up = Ledger(Organisation(units, base.parents), data.QUANTITIES, data.INDICATORS, actuals=actuals)
    assert ask(made_up, "A", "UITSTROOM", "2024").value == sum(range(1, 13)) + 12 + 13 + 14 + 15
    assert ask(made_up, "A2", "UITSTROOM", "2024").value == 12 + 13 + 14 + 15
    gone = ask(made_up, "A2", "UITSTROOM", "2024-09")
    assert (gone.reason, gone.facts) == ("unit_not_there", {"unit": "A2", "period": "2024-09"})


def test_what_is_missing_is_named_and_makes_the_sum_not_defined() -> None:
    kept = [a for a in full() if not (a.unit == "A2" and a.quantity == "UITSTROOM" and a.period >= "2024-11")]
    made_up = made(kept)
    for unit in ("A2", "A", "S"):
        found = ask(made_up, unit, "UITSTROOM", "2024")
        assert (found.value, found.reason) == (None, "not_recorded")
        assert found.facts == {"code": "UITSTROOM", "unit": "A2", "period": "2024-11", "count": 2}
    assert ask(made_up, "A", "SLUITENDHEID", "2024").facts["unit"] == "A2"
    assert made_up.to_date("S", "UITSTROOM", Period.parse("2024-10")).defined
    assert made_up.to_date("S", "UITSTROOM", Period.parse("2024-Q3")).defined
    assert not made_up.to_date("S", "UITSTROOM", Period.parse("2024-11")).defined
    assert ask(made_up, "B", "UITSTROOM", "2024").defined


def test_a_unit_that_never_records_a_quantity_takes_no_part_in_it_nor_in_its_ratios() -> None:
    made_up = made(without(full(), "B1", "INSTROOM"))
    assert ask(made_up, "S", "INSTROOM", "2024-01").value == 1 + 11
    assert ask(made_up, "S", "UITSTROOM", "2024-01").value == 1 + 11 + 21
    assert ask(made_up, "S", "SLUITENDHEID", "2024-01").value == 1
    assert ask(made_up, "B", "INSTROOM", "2024-01").reason == "not_recorded"
    assert ask(made_up, "B1", "SLUITENDHEID", "2024-01").reason == "not_recorded"


def test_not_applicable_is_left_out_and_is_a_reason_of_its_own() -> None:
    nvt = [
        *without(full(), "A2", "INSTROOM", "2024-12"),
        actual("A2", "INSTROOM", "2024-12", None),
    ]
    made_up = made(nvt)
    assert ask(made_up, "A", "INSTROOM", "2024-12").value == 12
    assert ask(made_up, "A", "SLUITENDHEID", "2024-12").value == 1  # its output is left out with its inflow
    found = ask(made_up, "A2", "INSTROOM", "2024-12")
    assert (found.reason, found.facts["text"]) == ("absent", "nvt")


def test_an_own_value_counts_only_where_the_units_below_have_none() -> None:
    own = [actual("A", "KOSTEN", month, 500.0) for month in month_ids("2024-01", "2024-07")]
    below = [actual(unit, "KOSTEN", "2024-04", 100.0) for unit in ("A1", "A2")]
    assert ask(made(own), "S", "KOSTEN", "2024-Q1").value == 1500
    both = made([*own, *below])
    assert ask(both, "A", "KOSTEN", "2024-03").value == 500
    assert ask(both, "A", "KOSTEN", "2024-04").value == 200
    assert ask(both, "S", "KOSTEN", "2024-Q2").value == 1200
    part = made([*own, below[0], actual("A2", "KOSTEN", "2024-05", 1.0)])
    assert ask(part, "A", "KOSTEN", "2024-04").value == 500


def test_costs_of_a_directorate_are_divided_by_the_output_of_its_teams() -> None:
    actuals = [*full(), *(actual("A", "KOSTEN", m, 600.0) for m in month_ids("2024-01", "2025-01"))]
    norms = tuple(NormTime(unit, "", date(2020, 1, 1), 24.0) for unit in ("A1", "A2"))
    assert ask(made(actuals, norms=norms), "A", "KOSTEN_PER_ZAAK", "2024-01").value == 600 / 12


def test_values_recorded_per_quarter_are_added_and_never_split() -> None:
    actuals = [actual("A1", "KOSTEN", f"2024-Q{n}", 100.0 * n) for n in (1, 2, 3, 4)]
    made_up = made(actuals)
    assert ask(made_up, "A", "KOSTEN", "2024").value == 1000
    assert ask(made_up, "A1", "KOSTEN", "2024-Q2") == Figure(
        200.0, origin=Origin.STORED, cell=("A1", "KOSTEN", "2024-Q2")
    )
    assert ask(made_up, "A", "KOSTEN", "2024-05").reason == "finer_than_recorded"
    assert ask(made_up, "A", "KOSTEN", "2024-T1").reason == "finer_than_recorded"
    stock = made([actual("A1", "VOORRAAD", "2024-Q2", 70.0), actual("A2", "VOORRAAD", "2024-06", 30.0)])
    assert ask(stock, "A", "VOORRAAD", "2024-Q2").value == 100
    fte = made([actual("A1", "FTE_BEZET", f"2024-Q{n}", 10.0 * n) for n in (1, 2, 3, 4)])
    assert ask(fte, "A", "FTE_BEZET", "2024").value == 25


def test_a_year_stated_apart_stands_in_only_where_its_months_are_not_complete() -> None:
    months = [actual("A1", "KOSTEN", month, 1.0) for month in month_ids("2024-01", "2024-12")]
    made_up = made([*months, actual("A1", "KOSTEN", "2024", 99.0)])
    assert ask(made_up, "A1", "KOSTEN", "2024").value == 99
    assert ask(made_up, "A1", "KOSTEN", "2024-Q1").value == 3
    whole = made([*months, actual("A1", "KOSTEN", "2024-12", 1.0), actual("A1", "KOSTEN", "2024", 99.0)])
    assert ask(whole, "A1", "KOSTEN", "2024").value == 12


def test_weeks_stand_alone() -> None:
    made_up = made([actual("A1", "UITSTROOM", "2024-W07", 5.0), actual("A2", "UITSTROOM", "2024-W07", 6.0)])
    assert ask(made_up, "A", "UITSTROOM", "2024-W07").value == 11
    assert not ask(made_up, "A", "UITSTROOM", "2024-02").defined
    with pytest.raises(ValueError, match="no year to date"):
        made_up.to_date("A", "UITSTROOM", Period.parse("2024-W07"))


def test_a_day_holds_a_stock() -> None:
    made_up = made([actual("A1", "VOORRAAD", "2024-03-15", 5.0), actual("A2", "VOORRAAD", "2024-03-15", 6.0)])
    assert ask(made_up, "S", "VOORRAAD", "2024-03-15").value == 11


# --- weights ------------------------------------------------------------------------------------------------
def lead_times(a1: tuple[float | None, float | None], a2: tuple[float | None, float | None]) -> Ledger:
    cells = [("A1", *a1), ("A2", *a2)]
    found = [actual(u, "DOORLOOPTIJD", "2024-01", v) for u, v, _ in cells if v is not None]
    found += [actual(u, "UITSTROOM", "2024-01", w) for u, _, w in cells if w is not None]
    everywhere = [actual(u, code, "2023-01", 1.0) for u in ("A1", "A2") for code in ("DOORLOOPTIJD", "UITSTROOM")]
    return made([*found, *everywhere])


def test_a_weighted_mean_needs_its_weights() -> None:
    assert ask(lead_times((10.0, 30.0), (20.0, 10.0)), "A", "DOORLOOPTIJD", "2024-01").value == 12.5
    nothing = ask(lead_times((10.0, 0.0), (20.0, 0.0)), "A", "DOORLOOPTIJD", "2024-01")
    assert (nothing.reason, nothing.facts["weight"]) == ("no_weight", "UITSTROOM")
    lacking = ask(lead_times((10.0, 30.0), (20.0, None)), "A", "DOORLOOPTIJD", "2024-01")
    assert (lacking.reason, lacking.facts["code"], lacking.facts["unit"]) == ("not_recorded", "UITSTROOM", "A2")
    assert ask(lead_times((10.0, 30.0), (None, 0.0)), "A", "DOORLOOPTIJD", "2024-01").value == 10
    absent = ask(lead_times((10.0, 30.0), (None, 5.0)), "A", "DOORLOOPTIJD", "2024-01")
    assert (absent.reason, absent.facts["code"], absent.facts["unit"]) == ("not_recorded", "DOORLOOPTIJD", "A2")
    assert ask(lead_times((10.0, 0.0), (20.0, 5.0)), "A1", "DOORLOOPTIJD", "2024-01").value == 10  # as it was entered


def test_a_mark_of_customers_is_the_mean_of_those_that_have_one() -> None:
    made_up = made([*full(), actual("A1", "KTV", "2024-03", 7.0), actual("B1", "KTV", "2024-03", 8.0)])
    assert ask(made_up, "S", "KTV", "2024-03").value == 7.5
    assert ask(made_up, "S", "KTV", "2024").value == 7.5
    assert ask(made_up, "S", "KTV", "2024-02").reason == "not_recorded"
    assert ask(made_up, "A1", "KTV", "2024-Q1").cell == ("A1", "KTV", "2024-03")


def test_a_stated_percentage_rolls_up_only_with_a_weight() -> None:
    stated = data.quantity("STANDHOUDING", OverTime.RATIO, OverUnits.RATIO)
    weighed = data.quantity("STANDHOUDING", OverTime.RATIO, OverUnits.RATIO, "UITSTROOM")
    cells = [actual("A1", "STANDHOUDING", "2024-01", 0.8), actual("A2", "STANDHOUDING", "2024-01", 0.4)]
    for quantity, expected in ((stated, None), (weighed, (0.8 * 1 + 0.4 * 11) / 12)):
        made_up = Ledger(organisation(), [*data.QUANTITIES, quantity], data.INDICATORS, actuals=[*full(), *cells])
        found = ask(made_up, "A", "STANDHOUDING", "2024-01")
        assert found.value == expected
        assert ask(made_up, "A1", "STANDHOUDING", "2024-01").value == 0.8
        assert found.defined or found.reason == "no_parts"


# --- norm times and terms -----------------------------------------------------------------------------------
NORMS = (
    NormTime("A1", "", date(2020, 1, 1), 24.0),
    NormTime("A2", "", date(2020, 1, 1), 24.0),
    NormTime("A2", "", date(2024, 7, 1), 20.0),
    NormTime("B1", "", date(2020, 1, 1), 2.0),
)


def test_weighted_output_uses_the_norm_time_that_held_in_each_month() -> None:
    made_up = made(full(), norms=NORMS)
    first, second = sum(10 + m for m in range(1, 7)), sum(10 + m for m in range(7, 13))
    assert ask(made_up, "A2", "GEWOGEN_PRODUCTIE", "2024").value == 24 * first + 20 * second
    assert ask(made_up, "A", "GEWOGEN_PRODUCTIE", "2024").value == 24 * (78 + first) + 20 * second
    weighted = made_up.norm_time("A", Period.parse("2024")).value
    assert weighted == (24 * (78 + first) + 20 * second) / (78 + first + second)
    assert made_up.norm_time("A", Period.parse("2024-Q1")).value == 24
    assert made_up.norm_time("A2", Period.parse("2024-06")).value == 24
    assert made_up.norm_time("A2", Period.parse("2024-07")).value == 20


def test_a_new_norm_time_makes_products_unlike_until_both_have_it() -> None:
    hours = [actual(u, "UREN_DIRECT", m, 100.0) for u in ("A1", "A2") for m in month_ids("2024-01", "2025-01")]
    made_up = made([*full(), *hours], norms=NORMS)
    assert ask(made_up, "A", "UREN_PER_ZAAK", "2024-01").value == 200 / 12
    assert ask(made_up, "A", "UREN_PER_ZAAK", "2024-08").reason == "unlike_products"
    assert ask(made_up, "A2", "UREN_PER_ZAAK", "2024").defined  # one product, two versions of its norm


def test_a_norm_time_of_the_middle_of_a_month_counts_from_the_next() -> None:
    made_up = made(full(), norms=(*NORMS, NormTime("A1", "", date(2024, 3, 2), 30.0)))
    assert made_up.norm_time("A1", Period.parse("2024-03")).value == 24
    assert made_up.norm_time("A1", Period.parse("2024-04")).value == 30


def test_output_without_a_norm_time_is_named() -> None:
    found = ask(made(full(), norms=NORMS[:3]), "S", "GEWOGEN_PRODUCTIE", "2024")
    assert (found.reason, found.facts) == ("no_norm_time", {"unit": "B1", "period": "2024-01"})
    nothing_done = [a if a.unit != "B1" else actual("B1", a.quantity, a.period, 0.0) for a in full()]
    assert ask(made(nothing_done, norms=NORMS[:3]), "S", "GEWOGEN_PRODUCTIE", "2024-01").value == 24 * 12


def test_the_term_is_weighted_too() -> None:
    made_up = made(full())
    assert made_up.term("A1", Period.parse("2024-02")).value == 26
    assert made_up.term("A1", Period.parse("2024-Q1")).value == (26 * 3 + 65 * 3) / 6
    assert made_up.term("A", Period.parse("2024-01")).facts == {"unit": "A2", "period": "2024-01"}


def test_streams_add_up_and_have_norm_times_of_their_own() -> None:
    cells = [
        actual("A1", "UITSTROOM", "2024-01", 3.0, "spoor1"),
        actual("A1", "UITSTROOM", "2024-01", 5.0, "spoor4"),
        actual("A1", "DOORLOOPTIJD", "2024-01", 8.0, "spoor1"),
        actual("A1", "DOORLOOPTIJD", "2024-01", 16.0, "spoor4"),
        actual("A1", "UREN_DIRECT", "2024-01", 100.0),
    ]
    norms = (NormTime("A1", "", date(2020, 1, 1), 10.0), NormTime("A1", "spoor4", date(2020, 1, 1), 24.0))
    made_up = made(cells, norms=norms)
    assert ask(made_up, "A1", "UITSTROOM", "2024-01").value == 8
    assert ask(made_up, "A1", "GEWOGEN_PRODUCTIE", "2024-01").value == 3 * 10 + 5 * 24
    assert ask(made_up, "A", "DOORLOOPTIJD", "2024-01").value == (3 * 8 + 5 * 16) / 8
    assert made_up.norm_time("A1", Period.parse("2024-01")).value == (3 * 10 + 5 * 24) / 8
    assert ask(made_up, "A1", "UREN_PER_ZAAK", "2024-01").reason == "unlike_products"


# --- formulas -----------------------------------------------------------------------------------------------
def test_division_by_zero_is_not_defined() -> None:
    made_up = made([actual("A1", "UITSTROOM", "2024-01", 5.0), actual("A1", "INSTROOM", "2024-01", 0.0)])
    found = ask(made_up, "A1", "SLUITENDHEID", "2024-01")
    assert (found.value, found.reason, found.facts) == (None, "division_by_zero", {"code": "SLUITENDHEID"})


def test_formulas_that_cannot_be_calculated_say_so_and_the_others_go_on() -> None:
    ratio = (OverTime.RATIO, OverUnits.RATIO)
    odd = [
        data.indicator("X", "Y + 1", *ratio),
        data.indicator("Y", "X + 1", *ratio),
        data.indicator("STUK", "1 +", *ratio),
        data.indicator("VREEMD", "BESTAAT_NIET + 1", *ratio),
        data.indicator("GELIJK", "UITSTROOM", *ratio),
        data.indicator("SOM", "UITSTROOM * UITSTROOM", OverTime.SUM, OverUnits.SUM),
        data.indicator("MAAND", "UITSTROOM / 2", OverTime.NONE, OverUnits.NONE),
    ]
    made_up = Ledger(organisation(), data.QUANTITIES, odd, actuals=full())
    reasons = {code: ask(made_up, "A1", code, "2024-01").reason for code in ("X", "Y", "STUK", "VREEMD")}
    assert reasons == {"X": "circular", "Y": "circular", "STUK": "bad_formula", "VREEMD": "not_recorded"}
    assert ask(made_up, "A", "GELIJK", "2024").value == ask(made_up, "A", "UITSTROOM", "2024").value
    assert ask(made_up, "A", "SOM", "2024-Q1").value == 1 + 4 + 9 + 11**2 + 12**2 + 13**2
    assert ask(made_up, "A1", "MAAND", "2024-01").value == 0.5
    assert ask(made_up, "A", "MAAND", "2024-01").reason == "not_over_units"
    assert ask(made_up, "A1", "MAAND", "2024").reason == "not_over_time"


def test_unknown_codes_are_refused() -> None:
    with pytest.raises(UnknownUnitError):
        ask(made(full()), "Z", "UITSTROOM", "2024")
    with pytest.raises(UnknownIndicatorError):
        ask(made(full()), "A", "Z", "2024")


def test_a_figure_says_whether_it_is_provisional_and_where_it_stands() -> None:
    cells = [*without(full(), "A1", "UITSTROOM"), Actual("A1", "UITSTROOM", "", "2024-03", 1.0, State.PROVISIONAL)]
    cells.append(Actual("A1", "UITSTROOM", "", "2024-04", 1.0))
    made_up = made(cells)
    assert ask(made_up, "A", "UITSTROOM", "2024-03").provisional
    assert ask(made_up, "A", "SLUITENDHEID", "2024-03").provisional
    assert not ask(made_up, "A", "UITSTROOM", "2024-04").provisional
    assert not ask(made_up, "A2", "UITSTROOM", "2024").provisional
    assert ask(made_up, "A1", "UITSTROOM", "2024-03").cell == ("A1", "UITSTROOM", "2024-03")
    assert ask(made_up, "A1", "SLUITENDHEID", "2024-03").origin is Origin.FORMULA
    assert ask(made_up, "A", "UITSTROOM", "2024-03").origin is Origin.ROLLUP


AMOUNT = st.integers(0, 10**6).map(lambda n: n / 10)


@given(st.lists(st.tuples(AMOUNT, AMOUNT, AMOUNT), min_size=12, max_size=12), st.permutations(range(3)))
def test_the_roll_up_of_a_partition_is_the_roll_up_of_the_whole(
    rows: list[tuple[float, float, float]], order: list[int]
) -> None:
    months = month_ids("2024-01", "2025-01")
    units = ("A1", "A2", "B1")
    cells = [
        actual(units[at], code, month, row[at])
        for month, row in zip(months, rows, strict=True)
        for at in order
        for code in ("KOSTEN", "VOORRAAD", "FTE_BEZET")
    ]
    made_up = made(cells)
    exact_sum = sum((Fraction(v) for row in rows for v in row), Fraction())
    assert ask(made_up, "S", "KOSTEN", "2024").value == float(exact_sum)
    assert ask(made_up, "S", "VOORRAAD", "2024").value == float(sum(map(Fraction, rows[-1])))
    for cut in (("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"), ("2024-T1", "2024-T2", "2024-T3"), months):
        parts = [ask(made_up, unit, "KOSTEN", period).value or 0.0 for unit in ("A", "B") for period in cut]
        assert sum(parts) == pytest.approx(float(exact_sum), rel=1e-12)
    mean = ask(made_up, "S", "FTE_BEZET", "2024").value
    assert mean == pytest.approx(float(exact_sum) / 12, rel=1e-12)
