"""Sums that figures must fit. The stock example is the one of the Do study (look/do_light.png)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indsteer.analysis.identities import IDENTITIES, breaches

SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "sample_realisatie.csv"
HOURS = {"UREN_BRUTO": 1, "UREN_FEEST": 1, "UREN_VERLOF": 1, "UREN_VERZUIM": 1, "UREN_NETTO": 1}


def of(now: Mapping[str, float], before: Mapping[str, float] | None = None) -> Callable[[str, int], float | None]:
    return lambda code, back: ((before or {}) if back else now).get(code)


def test_a_stock_that_does_not_follow_names_its_cells_and_the_amount() -> None:
    (found,) = breaches(of({"VOORRAAD": 24140, "INSTROOM": 900, "UITSTROOM": 1045}, {"VOORRAAD": 24185}), {})

    assert (found.key, found.whole, found.entered, found.computed, found.difference) == (
        "stock", "VOORRAAD", 24140, 24040, 100,
    )  # fmt: skip
    assert found.codes == ("VOORRAAD", "INSTROOM", "UITSTROOM")
    assert {t.code: t.fitting for t in found.terms if not t.back} == {"INSTROOM": 1000, "UITSTROOM": 945}


def test_a_stock_of_whole_cases_may_not_differ_by_one() -> None:
    values = {"VOORRAAD": 101.0, "INSTROOM": 10.0, "UITSTROOM": 10.0}

    assert [b.difference for b in breaches(of(values, {"VOORRAAD": 100}), {})] == [1]


def test_hours_may_differ_by_half_a_unit_of_the_last_decimal_per_term() -> None:
    parts = {"UREN_FEEST": 0.1, "UREN_VERLOF": 0.2, "UREN_VERZUIM": 0.3, "UREN_NETTO": 10.0}

    assert not breaches(of({**parts, "UREN_BRUTO": 10.8}), HOURS)  # 0.2 of 5 x 0.05
    assert [b.key for b in breaches(of({**parts, "UREN_BRUTO": 10.9}), HOURS)] == ["gross_hours"]


def test_a_part_may_be_less_than_the_whole_and_never_more() -> None:
    assert not breaches(of({"UITSTROOM": 10, "UITSTROOM_TIJDIG": 10}), {})
    (found,) = breaches(of({"UITSTROOM": 10, "UITSTROOM_TIJDIG": 12}), {})

    assert (found.key, found.at_most, found.difference, found.marked) == ("in_time", True, -2, "UITSTROOM_TIJDIG")


def test_a_sum_with_a_missing_term_is_not_judged() -> None:
    assert not breaches(of({"VOORRAAD": 5, "INSTROOM": 3}, {"VOORRAAD": 9}), {})


@given(st.integers(0, 10**6), st.integers(0, 10**5), st.integers(0, 10**5), st.integers(-999, 999))
def test_the_amount_is_what_must_be_added(before: int, came: int, went: int, off: int) -> None:
    now = {"VOORRAAD": float(before + came - went + off), "INSTROOM": float(came), "UITSTROOM": float(went)}
    found = breaches(of(now, {"VOORRAAD": before}), {})

    assert [b.difference for b in found] == ([off] if off else [])
    for term in (t for b in found for t in b.terms if not t.back):
        mended = {**now, term.code: term.fitting}
        assert not breaches(of(mended, {"VOORRAAD": before}), {})


def test_the_whole_sample_fits() -> None:
    decimals = dict.fromkeys({i.whole for i in IDENTITIES} | {t.code for i in IDENTITIES for t in i.terms}, 0)
    decimals.update({code: 1 for code in decimals if code.startswith("UREN")})
    before: dict[str, dict[str, float]] = {}
    with SAMPLE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            now = {code: float(text) for code, text in row.items() if code not in ("periode", "eenheid") and text}
            assert not breaches(of(now, before.get(row["eenheid"])), decimals), row
            before[row["eenheid"]] = now
