"""The vectorised twin gives what `control_chart` gives, series by series."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from indsteer.analysis.control_chart import ASSURANCES, VERDICTS, ControlChart, control_chart
from indsteer.analysis.control_charts import ControlCharts, control_charts

LINES = ("mean", "lower", "upper", "near_lower", "near_upper")
DIRECTION_NAMES = ("higher", "lower", "neutral", "target")


def array(table: list[list[float | None]]) -> NDArray[np.float64]:
    """Months first, from one list per series."""
    return np.array(table, dtype=np.float64).T


def name(words: tuple[str, ...], code: int) -> str | None:
    return words[code] if code >= 0 else None


def assert_equal(charts: ControlCharts, series: int, chart: ControlChart) -> None:
    assert charts.flag_names(series) == tuple(point.flag for point in chart.points)
    verdicts = [name(VERDICTS, code) for code in charts.verdicts[:, series]]
    assert verdicts == [point.verdict for point in chart.points]
    assert name(VERDICTS, charts.variation[series]) == chart.variation
    assert name(ASSURANCES, charts.assurance[series]) == chart.assurance
    assert charts.provisional[series] == chart.provisional
    assert charts.constant[series] == chart.constant
    assert charts.missing[series] == chart.missing
    for line in LINES:
        single = [getattr(point, line) for point in chart.points]
        expected = [math.nan if value is None else value for value in single]
        np.testing.assert_allclose(getattr(charts, line)[:, series], expected, rtol=1e-9, atol=1e-9)


WHOLE = st.integers(-6, 6)
WILD = st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.1 + 0.2, 0.5, 40.0, -1e6, 1e-7])
LEVEL = st.sampled_from([5.0, 5.0, 5.0, 5.0, 5.0, 9.0])
STEPS = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])


@st.composite
def tables(draw: st.DrawFn) -> list[list[float | None]]:
    months = draw(st.integers(1, 45))
    table: list[list[float | None]] = []
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from([WHOLE, WHOLE, WILD, LEVEL, STEPS]))
        cell = st.none() | kind if draw(st.booleans()) else kind
        values = draw(st.lists(cell, min_size=months, max_size=months))
        if draw(st.booleans()):  # long runs and trends are rare by chance
            first = draw(st.integers(0, months))
            values[first : first + 9] = sorted(values[first : first + 9], key=lambda v: (v is None, v or 0))
        table.append(values)
    return table


@given(
    tables(),
    st.sampled_from([None, 12, 14]),
    st.booleans(),
    st.sampled_from([6, 7]),
    st.sampled_from(["r", "excel2023"]),
    st.lists(st.integers(0, 50), max_size=2),
    st.data(),
)
def test_equals_the_single_chart(
    table: list[list[float | None]],
    fix_after: int | None,
    screen: bool,
    run_length: int,
    dialect: str,
    rebase: list[int],
    data: st.DataObject,
) -> None:
    aims = st.none() | st.integers(-9, 9) | st.just(5.0)
    directions = [data.draw(st.sampled_from(DIRECTION_NAMES)) for _ in table]
    targets = [data.draw(st.lists(aims, min_size=len(s), max_size=len(s))) for s in table]
    charts = control_charts(
        array(table),
        target=array(targets),
        direction=directions,
        rebase=rebase,
        fix_after=fix_after,
        screen=screen,
        run_length=run_length,
        dialect=dialect,
    )
    for series, values in enumerate(table):
        chart = control_chart(
            values,
            target=targets[series],
            direction=directions[series],
            rebase=rebase,
            fix_after=fix_after,
            screen=screen,
            run_length=run_length,
            dialect=dialect,
        )
        assert_equal(charts, series, chart)


def test_equals_the_single_chart_on_many_ordinary_series() -> None:
    # More series than one block, autocorrelated so that every flag occurs.
    rng = np.random.default_rng(7)
    noise = rng.normal(size=(72, 1100))
    for month in range(1, 72):
        noise[month] += 0.7 * noise[month - 1]
    values = 100 + 10 * noise
    values[rng.random(values.shape) < 0.01] = np.nan
    charts = control_charts(values, target=90.0, fix_after=24, rebase=[40])
    assert set(np.unique(charts.flags)) == set(range(-1, 9))
    for series in (*range(40), *range(1020, 1060)):
        single = control_chart(values[:, series].tolist(), target=90.0, fix_after=24, rebase=[40])
        assert_equal(charts, series, single)


def test_takes_a_target_per_series_or_per_month() -> None:
    values = array([[1.0, 3.0] * 7, [1.0, 3.0] * 7])  # limits 2 -/+ 2.66 x 2
    per_series = control_charts(values, target=[8.0, -4.0])
    assert [ASSURANCES[code] for code in per_series.assurance] == ["fail", "pass"]
    per_month = control_charts(values, target=[[0.0]] * 13 + [[8.0]])
    assert [ASSURANCES[code] for code in per_month.assurance] == ["fail", "fail"]


def test_leaves_the_values_as_they_are() -> None:
    values = np.array([[1.0, np.inf], [2.0, 3.0]])
    control_charts(values)
    np.testing.assert_array_equal(values, [[1.0, np.inf], [2.0, 3.0]])


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (5, 0)])
def test_of_nothing_is_empty(shape: tuple[int, int]) -> None:
    charts = control_charts(np.empty(shape), target=1.0)
    assert charts.flags.shape == charts.mean.shape == shape
    assert charts.variation.tolist() == charts.assurance.tolist() == [-1] * shape[1]
    assert charts.provisional.all()


def test_refuses_what_the_single_chart_refuses() -> None:
    values = np.zeros((14, 2))
    with pytest.raises(ValueError, match="direction"):
        control_charts(values, direction="up")
    with pytest.raises(ValueError, match="1 directions for 2 series"):
        control_charts(values, direction=["higher"])
    with pytest.raises(ValueError, match="fix_after"):
        control_charts(np.empty((14, 0)), fix_after=3)
    with pytest.raises(ValueError, match="1-dimensional"):
        control_charts(np.zeros(14))


def test_twenty_thousand_series_take_less_than_two_seconds() -> None:
    values = np.random.default_rng(1).normal(100, 10, size=(120, 20_000))
    started = time.process_time()
    control_charts(values, target=95.0)
    assert time.process_time() - started < 2


def test_a_page_of_single_charts_takes_less_than_half_a_second() -> None:
    values = np.random.default_rng(1).normal(100, 10, size=(500, 120)).tolist()
    started = time.process_time()
    for series in values:
        control_chart(series, target=95.0)
    assert time.process_time() - started < 0.5
