"""The formula language: what it reads, what it refuses, and what "not defined" means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indsteer.domain.formula import (
    MAX_DEPTH,
    Abs,
    Binary,
    Code,
    Formula,
    Mean,
    Negated,
    NormTime,
    Number,
    PerWeek,
    Plan,
    Prev,
    Term,
    evaluate,
    parse_formula,
)
from indsteer.errors import BadFormulaError


@dataclass(frozen=True)
class Series:
    """A scope over lists: the last element is now."""

    values: Mapping[str, Sequence[float | None]]
    plans: Mapping[str, float] = field(default_factory=dict)
    norm: float | None = 2.0
    back: int = 0

    def value(self, code: str) -> float | None:
        series = self.values.get(code, ())
        at = len(series) - 1 - self.back
        return series[at] if 0 <= at < len(series) else None

    def plan(self, code: str) -> float | None:
        return self.plans.get(code)

    def norm_time(self) -> float | None:
        return self.norm

    def term(self) -> float | None:
        return 26.0

    def norm_hours(self, operand: Code | Plan) -> float | None:
        cases = self.plan(operand.code) if isinstance(operand, Plan) else self.value(operand.code)
        return None if cases is None or self.norm is None else cases * self.norm

    def weeks(self) -> float:
        return 28 / 7

    def previous(self) -> Series:
        return Series(self.values, self.plans, self.norm, self.back + 1)

    def recent(self, n: int) -> Sequence[Series]:
        return [Series(self.values, self.plans, self.norm, self.back + step) for step in reversed(range(n))]


def calculated(text: str, scope: Series) -> float | None:
    return evaluate(parse_formula(text).root, scope)


SCOPE = Series({"A": [1.0, 2.0, 6.0], "B": [4.0, 4.0, 3.0], "NUL": [0.0], "LEEG": [None]}, {"A": 5.0})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A", 6.0),
        ("A+B", 9.0),
        ("A-B-1", 2.0),
        ("A - B * 2", 0.0),
        ("(A - B) * 2", 6.0),
        ("A / B / 2", 1.0),
        ("A ÷ B × 2", 4.0),
        ("A − B", 3.0),
        ("-A + 1.5", -4.5),
        ("2 * -A", -12.0),
        ("prev(A)", 2.0),
        ("prev(prev(A))", 1.0),
        ("mean(A, 3)", 3.0),
        ("mean(A + B, 2)", 7.5),
        ("mean(prev(A), 2)", 1.5),
        ("plan(A) - A", -1.0),
        ("abs(plan(A) - A)", 1.0),
        ("A * norm_time", 12.0),
        ("norm_time * A", 12.0),
        ("plan(A) * norm_time", 10.0),
        ("term", 26.0),
        ("per_week(A)", 1.5),
        ("per_week(mean(A, 3))", 0.75),
        ("mean(per_week(A), 3)", 0.75),
    ],
)
def test_it_calculates(text: str, expected: float) -> None:
    assert calculated(text, SCOPE) == expected


@pytest.mark.parametrize(
    "text",
    ["A / NUL", "A / (B - 3)", "LEEG + 1", "1 + ONBEKEND", "plan(B)", "prev(prev(prev(A)))", "mean(A, 4)"],
)
def test_what_is_missing_or_divided_by_zero_is_not_defined(text: str) -> None:
    assert calculated(text, SCOPE) is None


def test_a_result_beyond_all_numbers_is_not_defined() -> None:
    assert calculated("G * G", Series({"G": [1e200]})) is None


def test_it_parses_into_frozen_nodes() -> None:
    root = parse_formula("-A / mean(per_week(B), 3) + abs(prev(C1)) * plan(D_E) + norm_time - term").root
    left = Binary("/", Negated(Code("A")), Mean(PerWeek(Code("B")), 3))
    middle = Binary("*", Abs(Prev(Code("C1"))), Plan("D_E"))
    assert root == Binary("-", Binary("+", Binary("+", left, middle), NormTime()), Term())
    assert hash(root) == hash(parse_formula(" -A/mean(per_week(B),3)+abs(prev(C1))*plan(D_E)+norm_time-term").root)


def test_it_says_which_codes_it_uses() -> None:
    formula = parse_formula("1 - abs(A - plan(A)) / plan(X) + prev(B)")
    assert formula.quantities == ("A", "B")
    assert formula.indicators == ("A", "X")
    assert formula.uses(Prev)
    assert not formula.uses(NormTime)
    assert formula.base is None
    assert parse_formula(" (A) ").base == "A"
    assert parse_formula("1F_ZAKEN").base == "1F_ZAKEN"
    assert parse_formula("2.50").root == Number(2.5)


@pytest.mark.parametrize(
    ("text", "position", "found"),
    [
        ("", 0, ""),
        ("   ", 3, ""),
        ("A +", 3, ""),
        ("A B", 2, "B"),
        ("A ++ B", 3, "+"),
        ("(A", 2, ""),
        ("A)", 1, ")"),
        ("A # B", 2, "#"),
        ("mean(A)", 6, ")"),
        ("mean(A, 0)", 8, "0"),
        ("mean(A, 2.5)", 8, "2.5"),
        ("mean(A, 999)", 8, "999"),
        ("plan(A + B)", 7, "+"),
        ("plan(3)", 5, "3"),
        ("sqrt(A)", 0, "sqrt"),
        ("norm_time(A)", 9, "("),
        ("a", 0, "a"),
        ("A = B", 2, "="),
        ("1,5 * A", 1, ","),
        ("__import__", 0, "__import__"),
    ],
)
def test_it_refuses_with_the_place(text: str, position: int, found: str) -> None:
    with pytest.raises(BadFormulaError) as refused:
        parse_formula(text)
    assert refused.value.facts == {"formula": text, "position": position, "found": found}


@pytest.mark.parametrize(
    "text",
    ["(" * 5000, "-" * 1500, "(" * 500 + "A" + ")" * 500, "+".join(["A"] * 900), "A" * 3000, "9" * 1900],
)
def test_depth_and_length_are_limited(text: str) -> None:
    with pytest.raises(BadFormulaError):
        parse_formula(text)
    assert parse_formula("+".join(["A"] * MAX_DEPTH))


@given(st.text() | st.text(alphabet="AB_19. \n+-*/×÷−(),prevmeanlabstko#"))
def test_any_text_parses_or_is_refused(text: str) -> None:
    try:
        formula = parse_formula(text)
    except BadFormulaError as refused:
        position = refused.facts["position"]
    else:
        position = 0
        assert isinstance(formula, Formula)
        evaluate(formula.root, SCOPE)
    assert isinstance(position, int)
    assert 0 <= position <= len(text)


NODES = st.recursive(
    st.sampled_from(["A", "B", "NUL", "LEEG", "3", "0.5", "norm_time", "term", "plan(A)"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*/×÷"), inner).map(lambda x: f"({x[0]} {x[1]} {x[2]})")
        | inner.map(lambda x: f"-{x}")
        | inner.map(lambda x: f"prev({x})")
        | inner.map(lambda x: f"abs({x})")
        | inner.map(lambda x: f"per_week({x})")
        | st.tuples(inner, st.integers(1, 5)).map(lambda x: f"mean({x[0]}, {x[1]})")
    ),
    max_leaves=15,
)


@given(NODES)
def test_every_written_formula_is_read_and_never_crashes(text: str) -> None:
    value = calculated(text, SCOPE)
    assert value is None or isfinite(value)
