"""Hidden figures stay hidden: the rule, its company, and an attacker who solves for them.

The attacker knows the rule, the tree and every identity, and takes every value that is shown as an equation. A hidden
cell is found when its row lies in the row space of those equations (its change is nil on their null space).
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from time import process_time
from typing import Final, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indsteer.analysis.disclosure import (
    COMPLEMENTARY,
    SMALL_GROUP,
    Cell,
    Reach,
    Suppression,
    protect,
    protect_series,
    quantities_needed,
    sensitive_codes,
    suppressed,
    suppression_for,
)
from indsteer.domain.facts import Actual
from indsteer.domain.indicator import Indicator
from indsteer.domain.organisation import Level, Organisation, Parent, Unit
from indsteer.domain.period import Grain, Period, month_ids
from indsteer.domain.quantity import Direction, OverTime, OverUnits, Quantity

Matrix: TypeAlias = NDArray[np.float64]
Sizes: TypeAlias = dict[tuple[str, str], float | None]
Shows: TypeAlias = Callable[[str, str, str, bool], bool]

V: Final = "UREN_VERZUIM"
L: Final = "UREN_VERLOF"
HOURS: Final = (
    "FTE_BEZET",
    "UREN_BRUTO",
    "UREN_FEEST",
    "UREN_VERLOF",
    "UREN_VERZUIM",
    "UREN_NETTO",
    "UREN_DIRECT",
    "UREN_OPLEIDING",
    "UREN_INDIRECT",
)
YEAR: Final = month_ids("2023-01", "2024-01")
SAMPLES: Final = [
    folder
    for folder in (Path("/work/shared/samples"), Path(__file__).parents[2] / "resources" / "samples")
    if (folder / "sample_realisatie.csv").exists()
]


# --- small worlds ------------------------------------------------------------------------------------------
def tree(parts: Mapping[str, str], moves: Iterable[Parent] = ()) -> Organisation:
    """An organisation from "above: below below ..."; `moves` replace the fixed place of their units."""
    moves = tuple(moves)
    moved = {link.unit for link in moves}
    links = [(part, top) for top, below in parts.items() for part in below.split()]
    codes = dict.fromkeys([*parts, *(part for part, _ in links)])
    fixed = tuple(Parent(part, top) for part, top in links if part not in moved)
    return Organisation(tuple(Unit(code, code, Level.TEAM) for code in codes), fixed + moves)


def constant(sizes: Mapping[str, float | None], months: Iterable[str] = YEAR) -> Sizes:
    return {(unit, month): size for month in months for unit, size in sizes.items()}


def hidden_units(found: Suppression, organisation: Organisation, period: str, code: str = V) -> dict[str, str]:
    reasons = {unit.code: found.reason(unit.code, code, period) for unit in organisation.units}
    return {unit: reason for unit, reason in reasons.items() if reason}


JZ = tree({"IND": "AB JZ", "AB": "NOO ZUI", "JZ": "PVA PVR BEZ ZWA"})
JZ_SIZES: Final = {"NOO": 280.0, "ZUI": 260.0, "PVA": 211.0, "PVR": 110.0, "BEZ": 160.0, "ZWA": 4.1}


# --- the attacker ------------------------------------------------------------------------------------------
def periods(months: Sequence[str]) -> list[tuple[str, bool, tuple[str, ...]]]:
    """Every period an output can show: id, whether to date, its months among `months`."""
    found: dict[tuple[str, bool], tuple[str, ...]] = {}
    for month in months:
        start = Period.parse(month).start
        for grain in (Grain.MONTH, Grain.QUARTER, Grain.TERTIAL, Grain.YEAR):
            period = Period.of(start, grain)
            found[period.id, False] = tuple(m.id for m in period.months() if m.id in months)
            to_date = tuple(m.id for m in period.year_to_date() if m.id in months)
            found[period.id, True] = to_date
    return [(name, to_date, inside) for (name, to_date), inside in found.items()]


def lowest(organisation: Organisation, unit: str, month: str, held: set[tuple[str, str]]) -> list[str]:
    """The units whose own figures make up the figure of a unit."""
    below = organisation.children(unit, Period.parse(month).start)
    found = [leaf for part in below for leaf in lowest(organisation, part, month, held)]
    return found or ([unit] if (unit, month) in held else [])


class World:
    """All cells that can be shown, as rows over the figures of the lowest units per month."""

    def __init__(self, organisation: Organisation, held: Iterable[tuple[str, str]]) -> None:
        self.held = sorted(held)
        self.months = sorted({month for _, month in self.held})
        place = {cell: i for i, cell in enumerate(self.held)}
        known = set(self.held)
        one: dict[tuple[str, str], list[int]] = {}
        for unit, month in product((u.code for u in organisation.units), self.months):
            leaves = lowest(organisation, unit, month, known)
            one[unit, month] = [place[leaf, month] for leaf in leaves]
        self.cells: list[tuple[str, str, bool]] = []
        rows: list[Matrix] = []
        for unit, (name, to_date, inside) in product((u.code for u in organisation.units), periods(self.months)):
            row = np.zeros(len(self.held))
            for month in inside:
                row[one[unit, month]] = 1.0
            if row.any():
                self.cells.append((unit, name, to_date))
                rows.append(row)
        self.rows: Matrix = np.array(rows) if rows else np.zeros((0, len(self.held)))

    def found(self, shows: Shows, code: str = V) -> list[tuple[str, str, bool]]:
        """Hidden cells that follow from the shown ones, of one sensitive quantity.

        The other follows the same pattern and their sum is known, so it adds nothing (see the full system below).
        """
        shown = np.array([shows(unit, code, name, to_date) for unit, name, to_date in self.cells])
        solved = determined(self.rows[shown], self.rows[~shown])
        return [cell for cell, yes in zip(np.array(self.cells, dtype=object)[~shown], solved, strict=True) if yes]


def determined(equations: Matrix, asked: Matrix) -> NDArray[np.bool_]:
    """Which of the asked rows follow from the equations: those that are nil on their null space."""
    if not len(equations) or not len(asked):
        return np.zeros(len(asked), dtype=bool)
    equations = equations / np.linalg.norm(equations, axis=1, keepdims=True)
    if len(equations) > equations.shape[1]:
        equations = np.asarray(np.linalg.qr(equations)[1])
    _, values, rows = np.linalg.svd(equations)
    free = rows[int((values > 1e-10 * values[0]).sum()) :].T
    if not free.shape[1]:
        return np.ones(len(asked), dtype=bool)
    return np.asarray(np.abs(asked @ free).max(axis=1) < 1e-8)


def shown_by(found: Suppression) -> Shows:
    return lambda unit, code, period, to_date: not found.hidden(unit, code, period, to_date=to_date)


def without_company(found: Suppression) -> Suppression:
    return replace(found, complementary={})


# --- the rule ----------------------------------------------------------------------------------------------
def test_a_tiny_team_is_hidden_with_the_smallest_of_its_directorate_and_the_totals_are_shown() -> None:
    found = suppressed(JZ, constant(JZ_SIZES))
    for period in ("2023-03", "2023-Q1", "2023-T2", "2023"):
        assert hidden_units(found, JZ, period) == {"ZWA": SMALL_GROUP, "PVR": COMPLEMENTARY}
    assert found.hidden("ZWA", V, "2023-07", to_date=True)
    assert found.share() == pytest.approx(2 / 9)
    assert found.hidden_months("PVR") == YEAR


def test_hours_leave_and_share_are_hidden_together_and_nothing_else_is() -> None:
    found = suppressed(JZ, constant(JZ_SIZES))
    assert all(found.hidden("ZWA", code, "2023-03") for code in (V, L, "VERZUIM_PCT"))
    assert not any(found.hidden("ZWA", code, "2023-03") for code in ("UREN_BRUTO", "UREN_NETTO", "UITSTROOM"))


@pytest.mark.parametrize(
    ("size", "hidden"), [(9.9, True), (10.0, False), (0.1 * 3 + 9.7, False), (None, True), (10.1, False)]
)
def test_a_size_equal_to_the_threshold_is_shown_and_an_unknown_one_is_not(size: float | None, hidden: bool) -> None:
    organisation = tree({"TOP": "A B C"})
    found = suppressed(organisation, constant({"A": size, "B": 40.0, "C": 50.0}))
    assert found.hidden("A", V, "2023-01") is hidden


def test_the_threshold_is_never_under_five() -> None:
    organisation = tree({"TOP": "A B C"})
    found = suppressed(organisation, constant({"A": 4.9, "B": 5.0, "C": 50.0}), threshold=1)
    assert hidden_units(found, organisation, "2023-01") == {"A": SMALL_GROUP, "B": COMPLEMENTARY}
    assert not hidden_units(
        suppressed(organisation, constant({"A": 5.0, "B": 5.0, "C": 50.0}), threshold=1), organisation, "2023"
    )


def test_with_two_parts_both_are_hidden() -> None:
    organisation = tree({"TOP": "A B"})
    found = suppressed(organisation, constant({"A": 4.0, "B": 40.0}))
    assert hidden_units(found, organisation, "2023") == {"A": SMALL_GROUP, "B": COMPLEMENTARY}


def test_two_tiny_parts_that_are_a_tiny_group_together_get_company_too() -> None:
    organisation = tree({"TOP": "A B C D"})
    tiny = suppressed(organisation, constant({"A": 4.0, "B": 4.0, "C": 30.0, "D": 40.0}))
    assert set(hidden_units(tiny, organisation, "2023")) == {"A", "B", "C"}
    enough = suppressed(organisation, constant({"A": 4.0, "B": 6.0, "C": 30.0, "D": 40.0}))
    assert set(hidden_units(enough, organisation, "2023")) == {"A", "B"}


def test_a_directorate_that_keeps_company_hides_one_team_of_its_own() -> None:
    organisation = tree({"TOP": "D E", "D": "D1 D2", "E": "E1 E2 E3"})
    sizes = {"D1": 3.0, "D2": 4.0, "E1": 30.0, "E2": 20.0, "E3": 40.0}
    found = suppressed(organisation, constant(sizes))
    assert hidden_units(found, organisation, "2023-05") == {
        "D": SMALL_GROUP,
        "D1": SMALL_GROUP,
        "D2": SMALL_GROUP,
        "E": COMPLEMENTARY,
        "E2": COMPLEMENTARY,
    }


def test_a_total_of_one_part_is_that_part() -> None:
    organisation = tree({"TOP": "D E F", "D": "D1", "E": "E1 E2", "F": "F1 F2"})
    sizes = {"D1": 4.0, "E1": 30.0, "E2": 40.0, "F1": 50.0, "F2": 60.0}
    hidden = hidden_units(suppressed(organisation, constant(sizes)), organisation, "2023-05")
    assert set(hidden) == {"D", "D1", "E", "E1"}


def test_a_part_without_figures_keeps_no_company() -> None:
    organisation = tree({"TOP": "A B C"})
    sizes = constant({"A": 4.0, "C": 90.0}) | {("B", "2024-01"): 20.0}
    assert set(hidden_units(suppressed(organisation, sizes), organisation, "2023-05")) == {"A", "B", "C"}
    assert suppressed(organisation, sizes).reason("C", V, "2023-05") == COMPLEMENTARY


def test_small_in_one_month_hides_every_sum_that_holds_it_and_no_other() -> None:
    sizes = constant({"NOO": 30.0, "ZUI": 20.0}) | {("ZUI", "2023-05"): 9.0}
    organisation = tree({"AB": "NOO ZUI"})
    found = suppressed(organisation, sizes)
    hidden = {
        name + "+" * to_date for name, to_date, _ in periods(YEAR) if found.hidden("ZUI", V, name, to_date=to_date)
    }
    to_date = {f"2023-{number:02d}+" for number in range(5, 13)}
    longer = {"2023-Q2+", "2023-Q3+", "2023-Q4+", "2023-T2+", "2023-T3+", "2023+"}
    assert hidden == {"2023-05", "2023-Q2", "2023-T2", "2023"} | to_date | longer
    assert not hidden_units(found, organisation, "2023-Q1")


def test_company_stays_the_same_within_a_year_and_starts_anew_in_the_next() -> None:
    organisation = tree({"TOP": "A B C D"})
    months = month_ids("2023-01", "2024-03")
    sizes = constant({"A": 4.0, "B": 20.0, "C": 30.0, "D": 40.0}, months)
    sizes |= {("B", month): 35.0 for month in months if month >= "2023-03"}
    found = suppressed(organisation, sizes)
    assert set(hidden_units(found, organisation, "2023")) == {"A", "B"}
    assert set(hidden_units(found, organisation, "2024")) == {"A", "C"}


def test_later_months_never_reopen_what_was_hidden() -> None:
    random = Random(7)
    organisation = tree({"TOP": "D E", "D": "D1 D2 D3", "E": "E1 E2 E3"})
    leaves = ("D1", "D2", "D3", "E1", "E2", "E3")
    sizes: Sizes = {(unit, month): random.choice([4, 8, 12, 30]) for month in YEAR for unit in leaves}
    whole = suppressed(organisation, sizes)
    for month in YEAR[:-1]:
        part = suppressed(organisation, {cell: size for cell, size in sizes.items() if cell[1] <= month})
        assert hidden_units(part, organisation, month) == hidden_units(whole, organisation, month)


def test_the_tree_of_each_month_counts() -> None:
    moves = (Parent("X", "D", None, date(2023, 7, 1)), Parent("X", "E", date(2023, 7, 1)))
    organisation = tree({"TOP": "D E", "D": "D1 D2 X", "E": "E1 E2"}, moves)
    sizes = constant({"D1": 20.0, "D2": 30.0, "E1": 40.0, "E2": 50.0, "X": 4.0})
    found = suppressed(organisation, sizes)
    assert set(hidden_units(found, organisation, "2023-06")) == {"D1", "X"}
    assert set(hidden_units(found, organisation, "2023-07")) == {"E1", "X"}
    assert set(hidden_units(found, organisation, "2023")) == {"D1", "E1", "X"}


def test_a_move_halfway_a_month_counts_as_in_the_roll_up() -> None:
    moves = (Parent("X", "D", None, date(2023, 7, 15)), Parent("X", "E", date(2023, 7, 15)))
    organisation = tree({"TOP": "D E", "D": "D1 D2 X", "E": "E1 E2"}, moves)
    found = suppressed(organisation, constant({"D1": 20.0, "D2": 30.0, "E1": 40.0, "E2": 50.0, "X": 4.0}))
    assert set(hidden_units(found, organisation, "2023-07")) == {"E1", "X"}


def test_weeks_follow_their_months_and_streams_are_groups_of_unknown_size() -> None:
    found = suppressed(JZ, constant({**JZ_SIZES, "ZWA": 40.0}) | {("ZWA", "2023-05"): 4.0})
    assert found.hidden("ZWA", V, "2023-W18")  # 1 to 7 May
    assert found.hidden("ZWA", V, "2023-05-31")
    assert not found.hidden("ZWA", V, "2023-W17")
    assert found.reason("PVA", V, "2023-02", stream="1F") == SMALL_GROUP


def test_a_year_in_progress_of_a_large_unit_is_shown_and_an_unknown_cell_is_not() -> None:
    found = suppressed(JZ, constant(JZ_SIZES, YEAR[:5]))
    assert not found.hidden("PVA", V, "2023")
    assert found.hidden("PVA", V, "2023-06")
    assert found.hidden("NOBODY", V, "2023-01")
    assert suppressed(JZ, {}).hidden("PVA", V, "2023-01")


def test_any_sum_over_months_can_be_asked() -> None:
    found = suppressed(JZ, constant(JZ_SIZES) | {("PVA", "2023-05"): 4.0})
    assert found.reason_over("PVA", V, YEAR[2:8]) == SMALL_GROUP
    assert found.reason_over("PVR", V, YEAR[2:8]) == COMPLEMENTARY
    assert found.reason_over("PVA", V, YEAR[5:]) == ""
    assert found.reason_over("PVA", "UITSTROOM", YEAR) == ""


# --- what is sensitive -------------------------------------------------------------------------------------
def indicator(code: str, formula: str, *, sensitive: bool = False) -> Indicator:
    means = (Direction.LOWER, OverTime.RATIO, OverUnits.RATIO)
    return Indicator(code, code, code, "%", *means, formula=formula, sensitive=sensitive)


def test_an_indicator_is_sensitive_when_its_formula_uses_a_sensitive_actual() -> None:
    codes = sensitive_codes(
        [Quantity("MELDINGEN", "", "", "", 0, OverTime.SUM, OverUnits.SUM, sensitive=True)],
        [
            indicator("VERZUIM_TREND", "VERZUIM_PCT - prev(VERZUIM_PCT)"),
            indicator("VERZUIM_3M", "mean(VERZUIM_PCT, 3)"),
            indicator("DIEPER", "prev(VERZUIM_3M) / mean(UREN_BRUTO, 12)"),
            indicator("VERZUIM_PCT", "UREN_VERZUIM / UREN_BRUTO"),
            indicator("FREQUENTIE", "MELDINGEN / FTE_BEZET"),
            indicator("PLANNED", "plan(VERZUIM_PCT)"),
            indicator("DIRECT_PCT", "UREN_DIRECT / UREN_NETTO"),
            indicator("BROKEN", "UREN_VERZUIM /"),
            indicator("FLAGGED", "", sensitive=True),
        ],
    )
    assert codes == {
        V: Reach(),
        L: Reach(),
        "VERZUIM_PCT": Reach(beside=frozenset({"UREN_BRUTO"})),
        "MELDINGEN": Reach(),
        "FREQUENTIE": Reach(beside=frozenset({"FTE_BEZET"})),
        "FLAGGED": Reach(),
        "VERZUIM_TREND": Reach(periods=1, beside=frozenset({"UREN_BRUTO"})),
        "VERZUIM_3M": Reach(months=2, beside=frozenset({"UREN_BRUTO"})),
        "DIEPER": Reach(periods=1, months=2, beside=frozenset({"UREN_BRUTO"})),
    }
    assert quantities_needed(codes) >= {V, L, "MELDINGEN", "UREN_BRUTO", "FTE_BEZET"}


def test_a_moving_mean_is_hidden_as_long_as_it_looks_at_a_hidden_month() -> None:
    codes = {"TREND": Reach(periods=1), "MEAN3": Reach(months=2)}
    found = suppressed(JZ, constant(JZ_SIZES) | {("PVA", "2023-05"): 4.0}, codes=codes)

    def hidden(code: str) -> list[str]:
        every = [*YEAR, "2023-Q2", "2023-Q3", "2023-Q4"]
        return [period for period in every if found.hidden("PVA", code, period)]

    assert hidden(V) == ["2023-05", "2023-Q2"]
    assert hidden("MEAN3") == ["2023-05", "2023-06", "2023-07", "2023-Q2"]
    assert hidden("TREND") == ["2023-05", "2023-06", "2023-Q2", "2023-Q3"]


# --- protecting --------------------------------------------------------------------------------------------
def test_protect_blanks_hidden_values_and_says_why() -> None:
    found = suppressed(JZ, constant(JZ_SIZES))
    rows: list[Actual | Cell] = [
        Actual("ZWA", V, "", "2023-01", 21.5),
        Actual("ZWA", "UITSTROOM", "", "2023-01", 3.0),
        Actual("ZWA", L, "", "2023-02", None, reason="n.v.t."),
        Cell("PVR", "VERZUIM_PCT", "2023", 0.06, to_date=True),
        Cell("JZ", "VERZUIM_PCT", "2023-Q1", 0.055),
    ]
    assert protect(rows, found) == (
        Cell("ZWA", V, "2023-01", None, hidden=SMALL_GROUP),
        Cell("ZWA", "UITSTROOM", "2023-01", 3.0),
        Cell("ZWA", L, "2023-02", None, hidden=SMALL_GROUP),
        Cell("PVR", "VERZUIM_PCT", "2023", None, to_date=True, hidden=COMPLEMENTARY),
        Cell("JZ", "VERZUIM_PCT", "2023-Q1", 0.055),
    )


def test_protect_series_keeps_the_length() -> None:
    found = suppressed(JZ, constant({**JZ_SIZES, "ZWA": 40.0}) | {("ZWA", "2023-02"): 4.0})
    values, reasons = protect_series("ZWA", V, YEAR[:3], (1.0, 2.0, None), found)
    assert values == (1.0, None, None)
    assert reasons == ("", SMALL_GROUP, "")


# --- from stored rows --------------------------------------------------------------------------------------
def stored(unit: str, month: str, fte: float | None, leave: float | None, absence: float | None) -> list[Actual]:
    given = (("FTE_BEZET", fte), (L, leave), (V, absence))
    return [Actual(unit, code, "", month, value) for code, value in given if value is not None]


def test_persons_count_before_fte_and_hours_without_either_are_hidden() -> None:
    organisation = tree({"TOP": "A B C D"})
    rows = [row for unit in "ABC" for row in stored(unit, "2023-01", 9.0, 80.0, 50.0)]
    rows += stored("D", "2023-01", None, 80.0, 50.0)
    persons = {("A", "2023-01"): 11.0, ("B", "2023-01"): 10.0, ("C", "2023-01"): 9.0}
    found = suppression_for(organisation, rows, persons=persons)
    assert hidden_units(found, organisation, "2023-01") == {
        "B": COMPLEMENTARY,
        "C": SMALL_GROUP,
        "D": SMALL_GROUP,
    }


def test_streams_of_fte_add_up_and_weeks_of_fte_do_not() -> None:
    organisation = tree({"TOP": "A B C"})
    rows = [Actual("A", "FTE_BEZET", stream, "2023-01", 6.0) for stream in ("x", "y")]
    rows += [Actual("B", "FTE_BEZET", "", f"2023-W{week:02d}", 6.0) for week in (1, 2, 3, 4)]
    rows += stored("C", "2023-01", 50.0, None, None)
    rows += [Actual(unit, V, "", "2023-01", 10.0) for unit in "ABC"]
    assert suppression_for(organisation, rows).reason("A", V, "2023-01") == COMPLEMENTARY
    assert suppression_for(organisation, rows).reason("B", V, "2023-01") == SMALL_GROUP


def test_a_cell_of_zeros_or_without_leave_keeps_no_company() -> None:
    organisation = tree({"TOP": "A B C D E"})
    rows = stored("A", "2023-01", 4.0, 30.0, 20.0)
    rows += stored("B", "2023-01", 20.0, 0.0, 0.0)
    rows += stored("C", "2023-01", 30.0, None, 90.0)
    rows += stored("D", "2023-01", 40.0, 300.0, 90.0)
    rows += stored("E", "2023-01", 50.0, 300.0, 90.0)
    found = suppression_for(organisation, rows)
    hidden = hidden_units(found, organisation, "2023-01")
    assert hidden.pop("B") == SMALL_GROUP  # it holds nothing that could be shown
    assert hidden == {"A": SMALL_GROUP, "D": COMPLEMENTARY}


def test_a_tiny_team_that_alone_misses_leave_takes_the_total_with_it() -> None:
    organisation = tree({"TOP": "A B C D"})
    rows = stored("A", "2023-01", 4.0, None, 20.0)
    for unit in "BCD":
        rows += stored(unit, "2023-01", 30.0, 300.0, 90.0)
    hidden = hidden_units(suppression_for(organisation, rows), organisation, "2023-01")
    assert hidden == {"A": SMALL_GROUP, "TOP": COMPLEMENTARY, "B": COMPLEMENTARY}


def test_a_team_outside_the_share_of_its_total_gets_company_outside_it() -> None:
    """Total hours minus share x gross hours is what the teams without gross hours have."""
    organisation = tree({"TOP": "A B C D"})
    rows = [
        row for unit, fte in zip("ABCD", (4, 20, 30, 40), strict=True) for row in stored(unit, "2023-01", fte, 9, 5)
    ]
    rows += [Actual(unit, "UREN_BRUTO", "", "2023-01", 500.0) for unit in "BD"]
    hidden = hidden_units(suppression_for(organisation, rows), organisation, "2023-01")
    assert hidden == {"A": SMALL_GROUP, "C": COMPLEMENTARY}


def test_a_quantity_that_nobody_records_is_not_missed() -> None:
    organisation = tree({"TOP": "A B C"})
    rows = [
        row
        for unit, fte in zip("ABC", (4.0, 20.0, 30.0), strict=True)
        for row in stored(unit, "2023-01", fte, None, 5.0)
    ]
    assert set(hidden_units(suppression_for(organisation, rows), organisation, "2023-01")) == {"A", "B"}


# --- the attack --------------------------------------------------------------------------------------------
TIMES: Final = constant({"D1": 40.0, "D2": 20.0, "D3": 30.0, "E1": 50.0, "E2": 60.0, "E3": 45.0}) | {
    ("D2", "2023-02"): 8.0,
    ("D3", "2023-02"): 7.0,
    ("E3", "2023-11"): 4.0,
}
DE = tree({"TOP": "D E", "D": "D1 D2 D3", "E": "E1 E2 E3"})


@pytest.mark.parametrize(("organisation", "sizes"), [(JZ, constant(JZ_SIZES)), (DE, TIMES)])
def test_nothing_hidden_can_be_solved(organisation: Organisation, sizes: Sizes) -> None:
    assert World(organisation, sizes).found(shown_by(suppressed(organisation, sizes))) == []


@pytest.mark.parametrize(("organisation", "sizes"), [(JZ, constant(JZ_SIZES)), (DE, TIMES)])
def test_the_attack_has_teeth_without_company(organisation: Organisation, sizes: Sizes) -> None:
    found = World(organisation, sizes).found(shown_by(without_company(suppressed(organisation, sizes))))
    assert ("ZWA" if organisation is JZ else "E3", "2023", False) in [tuple(cell) for cell in found]


def test_the_attack_has_teeth_when_sums_over_time_are_shown() -> None:
    found = suppressed(DE, TIMES)

    def shows(unit: str, code: str, period: str, to_date: bool) -> bool:
        return len(period) != 7 or period[5] in "QT" or to_date or not found.hidden(unit, code, period)

    solved = [tuple(cell) for cell in World(DE, TIMES).found(shows)]
    assert ("E3", "2023-11", False) in solved
    assert ("D2", "2023-02", False) in solved


def test_the_attack_has_teeth_when_leave_is_shown() -> None:
    shown, asked = hours_system(JZ, constant(JZ_SIZES, YEAR[:3]), hide={V, "VERZUIM_PCT"})
    assert determined(shown, asked).all()


@pytest.mark.parametrize(
    ("organisation", "sizes"),
    [(JZ, constant(JZ_SIZES, YEAR[:4])), (DE, {c: s for c, s in TIMES.items() if c[1] < "2023-05"})],
)
def test_nothing_hidden_can_be_solved_from_all_hours_and_shares(organisation: Organisation, sizes: Sizes) -> None:
    shown, asked = hours_system(organisation, sizes, hide={V, L, "VERZUIM_PCT"})
    assert len(asked)
    assert not determined(shown, asked).any()


def hours_system(organisation: Organisation, sizes: Sizes, hide: set[str]) -> tuple[Matrix, Matrix]:
    """Shown equations and hidden rows over every kind of hours of every lowest unit and month.

    Identities (README of the samples): bruto = feest + verlof + verzuim + netto = fte x weekdays x 7.2,
    netto = direct + opleiding + indirect, verzuim = share x bruto.
    """
    found, world, random = suppressed(organisation, sizes), World(organisation, sizes), Random(1)
    count, eye = len(world.held), np.eye(len(world.held))
    absence = np.array([random.uniform(1, 9) * (sizes[cell] or 1) for cell in world.held])
    gross = np.array([random.uniform(100, 150) * (sizes[cell] or 1) for cell in world.held])

    def rows(**parts: Matrix) -> Matrix:
        some = next(iter(parts.values()))
        blocks = {code: np.zeros_like(some) for code in HOURS}
        blocks.update({("" if code == "FTE_BEZET" else "UREN_") + code: part for code, part in parts.items()})
        return np.hstack([blocks[code] for code in HOURS])

    equations = [
        rows(BRUTO=eye, FEEST=-eye, VERLOF=-eye, VERZUIM=-eye, NETTO=-eye),
        rows(NETTO=eye, DIRECT=-eye, OPLEIDING=-eye, INDIRECT=-eye),
        rows(BRUTO=eye, FTE_BEZET=-7.2 * 21 * eye),
    ]
    asked: list[Matrix] = []
    for (unit, name, to_date), row in zip(world.cells, world.rows, strict=True):
        one = row.reshape(1, count)
        share = float(row @ absence / (row @ gross))
        for code in (*HOURS, "VERZUIM_PCT"):
            hidden = code in hide and found.hidden(unit, code, name, to_date=to_date)
            if code == "VERZUIM_PCT":
                equations += [] if hidden else [rows(VERZUIM=one, BRUTO=-share * one)]
            else:
                (asked if hidden else equations).append(rows(**{code.removeprefix("UREN_"): one}))
    return np.vstack(equations), np.vstack(asked)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Organisation, Sizes]:
    """A service of directorates, departments and teams, some of which move, begin late or have no known size."""
    directorates = [f"D{i}" for i in range(draw(st.integers(1, 3)))]
    places = [*directorates, "TOP"]
    departments = [f"P{i}" for i in range(draw(st.integers(0, 2)))]
    parts: dict[str, list[str]] = {"TOP": list(directorates)}
    for department in departments:
        parts.setdefault(draw(st.sampled_from(places)), []).append(department)
    teams = [f"t{i}" for i in range(draw(st.integers(1, 8)))]
    for team in teams:
        parts.setdefault(draw(st.sampled_from([*places, *departments])), []).append(team)
    start = draw(st.integers(0, 11))
    months = month_ids("2022-01", "2024-01")[start : start + draw(st.integers(1, 7))]
    moves: list[Parent] = []
    for team in draw(st.lists(st.sampled_from(teams), max_size=2, unique=True)):
        day = Period.parse(draw(st.sampled_from(months))).start
        old, new = draw(st.sampled_from(places)), draw(st.sampled_from(places))
        moves += [Parent(team, old, None, day), Parent(team, new, day)]
    some = st.sampled_from([None, 2.0, 4.0, 6.0, 9.9, 10.0, 12.0, 12.0, 30.0, 80.0])
    sizes: Sizes = {}
    for team in teams:
        usual = draw(some)
        changed = draw(st.dictionaries(st.sampled_from(months), st.one_of(some, st.just(0.0)), max_size=2))
        sizes.update({(team, month): changed.get(month, usual) for month in months})
    return tree({top: " ".join(below) for top, below in parts.items()}, moves), sizes


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_nothing_hidden_can_be_solved_in_any_organisation(world: tuple[Organisation, Sizes]) -> None:
    organisation, sizes = world
    held = {cell: size for cell, size in sizes.items() if size != 0}
    if held:
        found = suppressed(organisation, sizes)
        assert World(organisation, held).found(shown_by(found)) == []


@settings(max_examples=150, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_nothing_hidden_can_be_solved_where_some_record_only_one_of_two(
    world: tuple[Organisation, Sizes], random: Random
) -> None:
    organisation, sizes = world
    holds = {cell: random.choice(["V", "VL", "VL", "L"]) for cell, size in sizes.items() if size != 0}
    rows = [
        row
        for (unit, month), kind in holds.items()
        for row in stored(unit, month, sizes[unit, month], 9.0 * ("L" in kind) or None, 5.0 * ("V" in kind) or None)
    ]
    found = suppression_for(organisation, rows)
    place = {cell: i for i, cell in enumerate(holds)}
    eye = np.eye(2 * len(holds))
    # bruto - feest - netto tells the sum of the two
    shown: list[Matrix] = [eye[i] + eye[i + len(holds)] for cell, i in place.items() if holds[cell] == "VL"]
    asked: list[Matrix] = []
    for code, letter, offset in ((V, "V", 0), (L, "L", len(holds))):
        held = [cell for cell, kind in holds.items() if letter in kind]
        part = World(organisation, held)
        columns = [place[cell] + offset for cell in part.held]
        for (unit, name, to_date), row in zip(part.cells, part.rows, strict=True):
            wide = np.zeros(2 * len(holds))
            wide[columns] = row
            if not found.hidden(unit, code, name, to_date=to_date):
                shown.append(wide)
            elif any(
                found.hidden(unit, code, month) and any(row[i] for i, at in enumerate(part.held) if at[1] == month)
                for _, month in held
            ):  # a sum whose hidden months hold nothing of this quantity is hidden without need, and is no secret
                asked.append(wide)
    if shown and asked:
        assert not determined(np.array(shown), np.array(asked)).any()


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_what_is_left_of_a_shown_total_is_never_a_small_group(world: tuple[Organisation, Sizes]) -> None:
    organisation, sizes = world
    held = {cell: size for cell, size in sizes.items() if size is not None and size > 0}
    found = suppressed(organisation, held)

    def left(unit: str, month: str) -> float:
        below = organisation.children(unit, Period.parse(month).start)
        filled = [part for part in below if lowest(organisation, part, month, set(held))]
        if not filled:
            return held.get((unit, month)) or 0.0
        return sum(left(part, month) for part in filled if found.hidden(part, V, month))

    for unit, month in product((u.code for u in organisation.units), {month for _, month in held}):
        if not found.hidden(unit, V, month) and organisation.children(unit, Period.parse(month).start):
            rest = left(unit, month)
            assert rest == 0 or rest >= 10 - 1e-6


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_only_small_groups_and_their_company_are_hidden(world: tuple[Organisation, Sizes]) -> None:
    organisation, sizes = world
    found = suppressed(organisation, sizes)
    months = {month for _, month in sizes}
    for month in months:
        hidden = {u: found.reason(u, V, month) for u, m in sizes if m == month and sizes[u, m] != 0}
        small = {u for u, m in sizes if m == month and ((size := sizes[u, m]) is None or 0 < size < 10)}
        assert {unit for unit, reason in hidden.items() if reason == SMALL_GROUP} == small
        assert small or not any(hidden.values())
        assert all(found.hidden(u, L, month) is bool(reason) for u, reason in hidden.items())


# --- the sample, speed, imports ----------------------------------------------------------------------------
@pytest.mark.parametrize("folder", SAMPLES[:1], ids=lambda folder: folder.name)
def test_the_sample_is_safe_and_little_of_it_is_hidden(folder: Path) -> None:
    with (folder / "sample_org.csv").open(encoding="utf-8") as file:
        parts: dict[str, list[str]] = {}
        for row in csv.DictReader(file):
            parts.setdefault(row["ouder"], []).append(row["code"])
    organisation = tree({top: " ".join(below) for top, below in parts.items() if top})
    with (folder / "sample_realisatie.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    codes = ("FTE_BEZET", L, V)
    rows = [Actual(r["eenheid"], c, "", r["periode"], float(r[c])) for r in lines for c in codes]
    found = suppression_for(organisation, rows)
    hidden = hidden_units(found, organisation, "2024")
    assert hidden == {"JZ-ZWA": SMALL_GROUP, "JZ-PVR": COMPLEMENTARY}
    assert found.share() < 0.12
    for year in ("2019", "2024"):
        held = [(row["eenheid"], row["periode"]) for row in lines if row["periode"].startswith(year)]
        world = World(organisation, held)
        assert world.found(shown_by(found)) == []
        assert world.found(shown_by(without_company(found)))


def test_five_hundred_units_over_ten_years_take_well_under_a_second() -> None:
    random = Random(3)
    parts = {"TOP": " ".join(f"D{i}" for i in range(20))}
    parts |= {f"D{i}": " ".join(f"D{i}-{j}" for j in range(24)) for i in range(20)}
    organisation = tree(parts)
    teams = [f"D{i}-{j}" for i in range(20) for j in range(24)]
    months = month_ids("2015-01", "2025-01")
    sizes: Sizes = {(team, month): random.choice([4, 15, 20, 30, 40]) for team in teams for month in months}
    begin = process_time()
    found = suppressed(organisation, sizes)
    took = process_time() - begin
    assert found.hidden_months("D0-0")
    assert took < 1.0


def test_importing_it_imports_no_numpy() -> None:
    code = "import sys, indsteer.analysis.disclosure; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_the_reach_of_the_shipped_catalogue_can_be_a_key() -> None:
    """Answers keep what they asked by its reach: a plain set in it once broke every absence figure."""
    from indsteer.domain.catalogue import default_catalogue

    catalogue = default_catalogue()
    codes = sensitive_codes(catalogue.quantities, catalogue.indicators)
    assert len({hash(reach) for reach in codes.values()}) >= 1
    assert codes["VERZUIM_PCT"].beside == frozenset({"UREN_BRUTO"})
