"""Run chart rules of qicharts2 0.8.1, worked out by hand, and identities."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indsteer.analysis.run_chart import crossings_limit, longest_run_limit, run_chart

UP_DOWN = [1.0, 3.0] * 6  # median 2, all 12 useful, 11 crossings


def test_counts_runs_around_the_median() -> None:
    # Signs - - + + + - + around 5 (the point on it is not useful): runs 2 3 1 1, three crossings.
    (segment,) = run_chart([1, 2, 8, 9, 7, 5, 4, 6, 3])
    assert segment.median == 5
    assert segment.n_useful == 8
    # Without the 5: 1 2 | 8 9 7 | 4 | 6 | 3.
    assert segment.longest_run == 3
    assert segment.crossings == 4
    # round(log2 8) + 3 = 6; of 7 fair coins P(0) = 1/128 and P(0 or 1) = 8/128 = 0.0625, so at least 1.
    assert segment.longest_run_max == 6
    assert segment.crossings_min == 1
    assert not segment.signal


def test_drops_missing_points_without_breaking_a_run() -> None:
    (segment,) = run_chart([1, None, 1, 3, math.nan, 3])
    assert (segment.n_useful, segment.longest_run, segment.crossings) == (4, 2, 1)


def test_signals_a_long_run() -> None:
    # 16 useful points: at most round(4) + 3 = 7 in a row.
    assert not run_chart([*[1.0, 3.0] * 4, 1, *[3.0] * 7], fix_after=8)[0].signal
    (segment,) = run_chart([*[1.0, 3.0] * 4, *[3.0] * 8], fix_after=8)
    assert (segment.longest_run, segment.longest_run_max) == (9, 7)
    assert segment.crossings == 7
    assert segment.crossings_min == 4  # 15 coins: P(<=3) = 576/32768 = 0.018, P(<=4) = 1941/32768 = 0.059
    assert segment.signal


def test_signals_few_crossings() -> None:
    # 16 points in runs of 5 5 5 1: none longer than 7, three crossings where at least 4 are wanted.
    (segment,) = run_chart([*[1.0] * 5, *[3.0] * 5, *[1.0] * 5, 3], fix_after=10)
    assert (segment.longest_run, segment.crossings, segment.crossings_min) == (5, 3, 4)
    assert segment.signal


def test_is_quiet_when_it_swings() -> None:
    (segment,) = run_chart(UP_DOWN)
    assert (segment.longest_run, segment.crossings, segment.signal) == (1, 11, False)


@pytest.mark.parametrize(
    ("n", "limit"),
    # n - 1 coins. 4: P(0) = 1/16 > 0.05. 5: P(0) = 1/32, P(<= 1) = 6/32. 8: 1/256, 9/256, 37/256.
    [(0, 0), (1, 0), (5, 0), (6, 1), (9, 2)],
)
def test_the_fewest_crossings_are_the_five_percent_quantile(n: int, limit: int) -> None:
    assert crossings_limit(n) == limit


@pytest.mark.parametrize(("n", "limit"), [(20, 6), (24, 8), (100, 41)])
def test_the_fewest_crossings_are_those_anhoej_tabulates(n: int, limit: int) -> None:
    # Anhoej & Olesen, "Run charts revisited", PLoS ONE 9(11), 2014, table 1 (number of useful observations).
    assert crossings_limit(n) == limit


@pytest.mark.parametrize(("n", "limit"), [(1, 3), (10, 6), (16, 7), (22, 7), (23, 8), (45, 8), (46, 9)])
def test_the_longest_run_is_rounded_log2_plus_three(n: int, limit: int) -> None:
    # 2 ** 4.5 = 22.6 and 2 ** 5.5 = 45.3 are where the rounding turns.
    assert longest_run_limit(n) == limit


def test_starts_again_at_a_rebase() -> None:
    chart = run_chart([1, 3, 1, 3, 11, 13, 11, 13], rebase=[4, 99])
    assert [(s.start, s.end, s.median) for s in chart] == [(0, 4, 2), (4, 8, 12)]
    assert len(chart) == 2
    assert chart.segments[1] == chart[1]


def test_the_last_segment_speaks_for_the_chart() -> None:
    long = [*[1.0, 3.0] * 4, *[3.0] * 8]
    assert run_chart([*UP_DOWN, *long], rebase=[12], fix_after=8).signal
    assert not run_chart([*long, *UP_DOWN], rebase=[16], fix_after=8).signal
    assert not run_chart([]).signal


def test_fixes_the_median_on_the_first_known_points() -> None:
    (segment,) = run_chart([1, None, 3, 9, 9], fix_after=2)
    assert segment.median == 2
    assert segment.n_useful == 4


def test_without_useful_points_counts_nothing_and_signals_nothing() -> None:
    for values, middle in (([4.0, 4.0], 4.0), ([None], None), ([0.3, 0.1 + 0.2, 0.3], 0.3)):
        (segment,) = run_chart(values)
        assert segment.median == middle
        assert segment.n_useful == 0
        assert (segment.longest_run, segment.longest_run_max) == (None, None)
        assert (segment.crossings, segment.crossings_min) == (None, None)
        assert not segment.signal
    assert run_chart([]).segments == ()


def test_refuses_what_no_chart_has() -> None:
    with pytest.raises(ValueError, match="fix_after"):
        run_chart([1], fix_after=0)
    with pytest.raises(ValueError, match="rebase"):
        run_chart([1], rebase=[-1])


@given(st.integers(1, 400))
def test_the_quantile_is_the_smallest_with_at_least_five_percent(n: int) -> None:
    k = crossings_limit(n)
    below = sum(math.comb(n - 1, i) for i in range(k))
    assert 20 * below < 2 ** (n - 1) <= 20 * (below + math.comb(n - 1, k))


@given(st.lists(st.none() | st.integers(-9, 9), min_size=1, max_size=40), st.integers(-99, 99))
def test_shift_scale_mirror_and_time_reversal_change_nothing(values: list[int | None], shift: int) -> None:
    def facts(series: list[float | None]) -> tuple[object, ...]:
        (s,) = run_chart(series)
        return s.n_useful, s.longest_run, s.longest_run_max, s.crossings, s.crossings_min, s.signal

    plain = facts([*values])
    assert facts([None if v is None else v * 0.1 + shift for v in values]) == plain
    assert facts([None if v is None else -v for v in values]) == plain
    assert facts([*reversed(values)]) == plain


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=40))
def test_runs_and_crossings_fit_the_useful_points(values: list[int]) -> None:
    (s,) = run_chart(values)
    if s.longest_run is not None and s.crossings is not None:
        assert s.n_useful <= s.longest_run * (s.crossings + 1)
        assert s.longest_run + s.crossings <= s.n_useful
