"""Axes: round ticks, the same months every year, labels that never touch."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.looks.chart_samples import datum, months
from ui.plots.scale import labelled, push_apart, ticks, value_range

sane = st.floats(-1e6, 1e6, allow_nan=False)


@given(low=sane, size=st.floats(1e-3, 1e6), wanted=st.integers(2, 10))
def test_ticks_are_even_and_inside(low: float, size: float, wanted: int) -> None:
    found = ticks(low, low + size, wanted)
    assert 2 <= len(found) <= 2 * wanted + 2
    assert all(low - 1e-6 * size <= v <= low + size * (1 + 1e-6) for v in found)
    steps = [b - a for a, b in itertools.pairwise(found)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-3)


def test_ticks_are_round() -> None:
    assert ticks(330, 1010, 4) == (400, 600, 800, 1000)
    assert ticks(0, 1, 4) == (0, 0.5, 1)
    assert ticks(5, 5, 4) == ()


@given(places=st.lists(st.floats(0, 300), max_size=8))
def test_labels_never_touch_and_keep_their_order(places: list[float]) -> None:
    found = push_apart(places, 15, 0, 300)
    order = sorted(range(len(places)), key=places.__getitem__)
    assert all(found[b] - found[a] >= 15 - 1e-9 for a, b in itertools.pairwise(order))
    assert all(-1e-9 <= place <= 300 + 1e-9 for place in found)


@given(places=st.lists(st.integers(0, 20), min_size=1, max_size=8, unique=True))
def test_labels_with_room_stay_where_they_belong(places: list[int]) -> None:
    wanted = [place * 15.0 for place in places]
    assert push_apart(wanted, 15, 0, 300) == pytest.approx(wanted)


@given(count=st.integers(1, 140), start=st.integers(1, 12), most=st.integers(1, 60))
def test_the_same_months_are_named_in_every_year(count: int, start: int, most: int) -> None:
    ids = months(count, 2019, start)
    found = labelled(ids, most)
    assert found == tuple(sorted(set(found)))
    assert len(found) <= max(1, most)
    names = {ids[i][-2:] for i in found}
    if len(found) > 1:
        between = {b - a for a, b in itertools.pairwise(found)}
        assert len(between) == 1, names


def test_quarters_and_weeks_are_named_too() -> None:
    quarters = tuple(f"{year}-Q{n}" for year in (2023, 2024) for n in (1, 2, 3, 4))
    assert labelled(quarters, 20) == tuple(range(8))
    assert labelled(quarters, 4) == (0, 2, 4, 6)
    weeks = tuple(f"2024-W{n:02d}" for n in range(1, 53))
    assert len(labelled(weeks, 14)) == 13


def test_the_range_holds_everything_that_is_drawn() -> None:
    of = datum()
    low, high = value_range(of)
    values = [v for v in (*of.actual, *of.target) if v is not None]
    values += [v for s in of.segments for v in (s.lower, s.upper)]
    assert low < min(values) < max(values) < high


def test_a_chart_without_figures_has_a_range() -> None:
    empty = datum(actual=(None,) * 40, target=(None,) * 40, segments=(), marks=(), now=-1)
    assert value_range(empty) == (0, 1)


def test_counts_do_not_go_below_nothing() -> None:
    few = datum(actual=(0.0, 3.0), periods=months(2), provisional=(False, False), target=(None, None), segments=())
    assert value_range(few)[0] == 0


def test_hidden_limits_do_not_leak_through_the_range() -> None:
    hidden = datum(hidden="small", actual=(None,) * 40)
    goals = [v for v in hidden.target if v is not None]
    assert value_range(hidden)[1] == pytest.approx(max(goals) + (max(goals) - min(goals)) * 0.06)
