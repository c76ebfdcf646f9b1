"""Published values of NHSRplotthedots, rules worked out by hand, and identities."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indsteer.analysis.control_chart import ControlChart, control_chart

# Mean 100 and mean range 10: ten times (95, 105). Limits 100 -/+ 26.6, two-sigma lines 100 -/+ 17.7333.
BASE = [95.0, 105.0] * 10
FIX = 20

PUBLISHED = [1.0, 2, 1, 2, 10, *[1.0, 2] * 6, 1]


def flags(chart: ControlChart) -> list[str | None]:
    return [point.flag for point in chart.points]


def after(*tail: float | None, run_length: int = 7, dialect: str = "r") -> list[str | None]:
    """The flags of `tail`, judged by the limits of BASE."""
    chart = control_chart([*BASE, *tail], fix_after=FIX, run_length=run_length, dialect=dialect)
    assert flags(chart)[:19] == ["common"] * 19
    return flags(chart)[20:]


class TestLimits:
    def test_are_those_of_the_vignette_of_the_reference(self) -> None:
        # NHSRplotthedots, vignette "Deviations from excel defaults".
        chart = control_chart(PUBLISHED)
        assert len(PUBLISHED) == 18
        point = chart.points[0]
        assert point.mean == pytest.approx(1.94, abs=0.005)
        assert point.lower == pytest.approx(-0.72, abs=0.005)
        assert point.upper == pytest.approx(4.6, abs=0.005)
        assert flags(chart) == ["common"] * 4 + ["above_upl"] + ["common"] * 13

    def test_without_screening_are_those_of_the_vignette(self) -> None:
        point = control_chart(PUBLISHED, screen=False).points[0]
        assert point.lower == pytest.approx(-3.06, abs=0.005)
        assert point.upper == pytest.approx(6.95, abs=0.005)

    def test_by_hand(self) -> None:
        # 10 14 12: mean 12, ranges 4 and 2, mean range 3: 12 -/+ 7.98, and two thirds of that: 5.32.
        point = control_chart([10, 14, 12]).points[1]
        assert point.mean == pytest.approx(12)
        assert point.lower == pytest.approx(4.02)
        assert point.upper == pytest.approx(19.98)
        assert point.near_lower == pytest.approx(6.68)
        assert point.near_upper == pytest.approx(17.32)

    def test_a_range_of_exactly_3267_times_the_mean_range_is_dropped(self) -> None:
        chart = control_chart([0, 3267, 3000, 2767, 3000])
        # Ranges 3267 267 233 233: mean 1000; 3267 is not smaller than 3267. Left: 733/3.
        assert chart.points[0].mean == pytest.approx(12034 / 5)
        assert chart.points[0].upper == pytest.approx(12034 / 5 + 2.66 * 733 / 3)

    def test_are_not_clipped_at_zero(self) -> None:
        assert (control_chart([0, 4, 0, 4]).points[0].lower or 0) == pytest.approx(2 - 2.66 * 4)

    def test_come_from_the_first_points_when_fixed(self) -> None:
        chart = control_chart([*[10.0, 12.0] * 6, 40, 60], fix_after=12)
        assert chart.points[-1].mean == pytest.approx(11)
        assert chart.points[-1].upper == pytest.approx(11 + 2.66 * 2)

    def test_fix_after_counts_known_points(self) -> None:
        chart = control_chart([None, *[10.0, 12.0] * 3, None, *[10.0, 12.0] * 3, 99], fix_after=12)
        assert chart.points[-1].mean == pytest.approx(11)
        assert flags(chart)[-1] == "above_upl"

    def test_start_again_at_a_rebase(self) -> None:
        chart = control_chart([1, 3, 1, 3, 11, 13, 11, 13], rebase=[4])
        assert [point.mean for point in chart.points] == [2.0] * 4 + [12.0] * 4
        assert [(s.start, s.end) for s in chart.segments] == [(0, 4), (4, 8)]
        assert (chart.points[4].upper or 0) == pytest.approx(12 + 2.66 * 2)  # the jump of 8 is in no segment

    def test_a_rebase_index_counts_missing_points_and_may_lie_ahead(self) -> None:
        chart = control_chart([1, None, 3, 11, 13], rebase=[3, 3, 60])
        assert [point.mean for point in chart.points] == [2.0] * 3 + [12.0] * 2


class TestOutside:
    def test_is_strictly_beyond_a_limit(self) -> None:
        assert after(126.6) == ["common"]
        assert after(126.61) == ["above_upl"]
        assert after(73.4) == ["common"]
        assert after(73.39) == ["below_lpl"]


class TestTrend:
    def test_is_seven_points_that_rise_strictly(self) -> None:
        # From 105, the last of the base, down to 92; six rises to 104 make seven points.
        assert after(92, 94, 96, 98, 101, 102, 104, 99) == ["trend_up"] * 7 + ["common"]
        assert after(92, 94, 96, 98, 101, 102, 101) == ["common"] * 7

    def test_labels_falling_points_above_the_mean_by_their_direction(self) -> None:
        assert after(108, 106, 104, 102, 99, 97, 95, 101) == ["trend_down"] * 7 + ["common"]

    def test_is_broken_by_a_tie(self) -> None:
        assert after(92, 94, 96, 96, 101, 102, 104) == ["common"] * 7

    def test_a_turning_point_belongs_to_the_later_trend(self) -> None:
        up, down = [92.0, 94, 96, 98, 101, 102], [104.0, 103, 102, 99, 98, 97, 96, 101]
        assert after(*up, *down) == ["trend_up"] * 6 + ["trend_down"] * 7 + ["common"]

    def test_that_is_followed_by_another_one_keeps_its_last_point(self) -> None:
        rise = [92.0, 94, 96, 98, 101, 102, 104]
        assert after(*rise, *rise, 99) == ["trend_up"] * 14 + ["common"]

    def test_of_six_points_is_a_setting(self) -> None:
        assert after(92, 94, 96, 98, 101, 102, 99, run_length=6) == ["trend_up"] * 6 + ["common"]


class TestTwoInThree:
    def test_flags_only_the_near_points(self) -> None:
        assert after(99, 118, 101, 119, 99) == ["common", *["two_in_three_high", "common"] * 2]
        assert after(101, 82, 99, 81, 101) == ["common", *["two_in_three_low", "common"] * 2]

    def test_needs_all_three_on_one_side(self) -> None:
        assert after(99, 118, 99, 119, 99) == ["common"] * 5
        assert after(99, 118, 100, 119, 99) == ["common"] * 5  # on the mean is on neither side

    def test_needs_two_points_strictly_beyond_two_sigma(self) -> None:
        assert after(99, 118, 101, 117.7, 99) == ["common"] * 5

    def test_does_not_count_a_point_beyond_the_limit(self) -> None:
        assert after(99, 118, 101, 127, 99) == ["common"] * 3 + ["above_upl", "common"]

    def test_counts_a_point_beyond_the_limit_in_the_excel_dialect(self) -> None:
        expected = ["common", "two_in_three_high", "common", "above_upl", "common"]
        assert after(99, 118, 101, 127, 99, dialect="excel2023") == expected


class TestShift:
    def test_is_seven_points_strictly_on_one_side(self) -> None:
        assert after(99, *[101, 102, 103, 101, 102, 103, 101], 99) == [
            "common",
            *["shift_high"] * 7,
            "common",
        ]
        assert after(*[99, 98, 97, 99, 98, 97, 99]) == ["shift_low"] * 7
        assert after(*[99, 98, 97, 99, 98, 97]) == ["common"] * 6

    def test_is_broken_by_a_point_on_the_mean(self) -> None:
        assert after(99, 98, 97, 100, 98, 97, 99, 98) == ["common"] * 8

    def test_of_six_points_is_a_setting(self) -> None:
        assert after(99, 98, 97, 99, 98, 97, run_length=6) == ["shift_low"] * 6

    def test_does_not_look_across_a_rebase(self) -> None:
        level = [*[1.0, 3.0] * 4, *[11.0, 13.0] * 4]  # eight below and eight above their mean of 7
        assert "common" not in flags(control_chart(level))
        assert set(flags(control_chart(level, rebase=[8]))) == {"common"}


class TestOrderOfLabels:
    def test_is_outside_trend_two_in_three_shift(self) -> None:
        # All eight are above the mean; the last three are beyond two sigma, the last beyond the limit.
        tail = [102.0, 101, 103, 104, 105, 118, 119, 130]
        assert after(99, *tail) == ["common", "shift_high", *["trend_up"] * 6, "above_upl"]
        # 101 ends the trend of the previous line, so two in three comes before shift.
        tail = [102.0, 101, 103, 101, 105, 118, 119, 101]
        assert after(99, *tail) == ["common", *["shift_high"] * 5, *["two_in_three_high"] * 2, "shift_high"]


class TestVerdict:
    @pytest.mark.parametrize(
        ("direction", "high", "low"),
        [
            ("higher", "improvement", "concern"),
            ("lower", "concern", "improvement"),
            ("neutral", "neutral_high", "neutral_low"),
            ("target", "neutral_high", "neutral_low"),
        ],
    )
    def test_follows_the_direction(self, direction: str, high: str, low: str) -> None:
        chart = control_chart([*BASE, 130, 70], fix_after=FIX, direction=direction)
        assert [point.verdict for point in chart.points[19:]] == ["common", high, low]
        assert chart.variation == low

    def test_of_a_trend_is_by_its_direction_not_its_side(self) -> None:
        tail = [108.0, 106, 104, 103, 102, 101, 100.5]  # falls, all above the mean
        chart = control_chart([*BASE, 99, *tail], fix_after=FIX, direction="higher")
        assert chart.points[-1].flag == "trend_down"
        assert chart.variation == "concern"

    def test_of_the_chart_is_that_of_the_last_known_point(self) -> None:
        assert control_chart([*BASE, 130, None, None], fix_after=FIX).variation == "improvement"


class TestAssurance:
    @pytest.mark.parametrize(
        ("target", "higher", "lower"),
        [(126.7, "fail", "pass"), (126.6, "hit_and_miss", "hit_and_miss"), (73.3, "pass", "fail")],
    )
    def test_puts_the_target_beside_the_limits(self, target: float, higher: str, lower: str) -> None:
        assert control_chart(BASE, target=target, direction="higher").assurance == higher
        assert control_chart(BASE, target=target, direction="lower").assurance == lower

    def test_is_none_without_a_target_a_direction_or_limits(self) -> None:
        assert control_chart(BASE).assurance is None
        assert control_chart(BASE, target=200, direction="neutral").assurance is None
        assert control_chart(BASE, target=200, direction="target").assurance is None
        assert control_chart([5], target=200).assurance is None

    def test_takes_the_limits_of_the_last_segment(self) -> None:
        assert control_chart([*BASE, *[11.0, 12.0] * 7], target=100, rebase=[20]).assurance == "fail"
        chart = control_chart([*BASE, None], target=100, rebase=[20])
        assert chart.assurance == "hit_and_miss"

    def test_takes_the_last_of_several_targets(self) -> None:
        targets = [*[100.0] * 18, 130.0, None]
        chart = control_chart(BASE, target=targets)
        assert chart.assurance == "fail"
        assert [point.target for point in chart.points] == targets

    def test_passes_a_constant_process_on_its_target(self) -> None:
        assert control_chart([1.0] * 14, target=1).assurance == "pass"
        assert control_chart([1.0] * 14, target=1.01).assurance == "fail"
        assert control_chart([1.0] * 14, target=1.01, direction="lower").assurance == "pass"


class TestProvisional:
    def test_below_thirteen_known_points_of_the_segment(self) -> None:
        assert control_chart(BASE[:12]).provisional
        assert control_chart([*BASE[:12], None]).provisional
        assert not control_chart(BASE[:13]).provisional
        chart = control_chart([*BASE, 1, 2], rebase=[20])
        assert [segment.provisional for segment in chart.segments] == [False, True]
        assert chart.provisional


class TestMissing:
    def test_is_counted_named_and_without_flag(self) -> None:
        chart = control_chart([1, None, 3, math.nan, math.inf])
        assert (chart.missing, chart.missing_at) == (3, (1, 3, 4))
        assert [point.flag for point in chart.points] == ["common", None, "common", None, None]
        assert chart.points[1].verdict is None
        assert chart.points[1].value is None
        assert chart.points[1].mean == 2

    def test_is_not_bridged_by_a_range(self) -> None:
        # Ranges 2 and 4; the step from 3 to 50 over the gap is none.
        chart = control_chart([1, 3, None, 50, 54])
        assert chart.points[0].mean == pytest.approx(27)
        assert chart.points[0].upper == pytest.approx(27 + 2.66 * 3)

    def test_breaks_a_shift_a_trend_and_a_window(self) -> None:
        assert after(99, 98, 97, None, 99, 98, 97, 99)[-1] == "common"
        assert after(92, 94, 96, None, 98, 101, 102, 104)[-1] == "common"
        assert after(99, 118, None, 119, 101, 99) == ["common", "common", None, *["common"] * 3]

    def test_leaves_an_empty_chart_when_there_is_nothing_else(self) -> None:
        for values in ([], [None, None]):
            chart = control_chart(values, target=3)
            assert (chart.variation, chart.assurance, chart.constant) == (None, None, False)
            assert chart.provisional
            assert len(chart.points) == len(values) == chart.missing
        assert control_chart([]).segments == ()
        assert control_chart([None]).points[0].mean is None

    def test_one_point_has_a_mean_and_no_limits(self) -> None:
        chart = control_chart([7])
        assert (chart.points[0].mean, chart.points[0].lower, chart.points[0].upper) == (7, None, None)
        assert flags(chart) == ["common"]
        assert not chart.constant

    def test_between_all_points_leaves_no_limits(self) -> None:
        chart = control_chart([1, None, 3])
        assert (chart.points[0].mean, chart.points[0].lower) == (2, None)
        assert flags(chart) == ["common", None, "common"]


class TestNoVariation:
    @pytest.mark.parametrize("value", [0.0, 5.0, -0.3, 1e9])
    def test_of_a_constant_series_is_said_and_flags_nothing(self, value: float) -> None:
        chart = control_chart([value] * 24)
        assert chart.constant
        assert (chart.points[0].lower, chart.points[0].mean, chart.points[0].upper) == (value, value, value)
        assert set(flags(chart)) == {"common"}
        assert chart.variation == "common"

    @pytest.mark.parametrize("screen", [True, False])
    def test_includes_floating_point_noise(self, screen: bool) -> None:
        chart = control_chart([0.1 + 0.2, 0.3, *[0.3] * 8, *[0.1 + 0.2] * 14], screen=screen)
        assert chart.constant
        assert set(flags(chart)) == {"common"}

    def test_is_not_seen_in_small_but_real_differences(self) -> None:
        chart = control_chart([1e-9, 2e-9] * 7)
        assert not chart.constant
        assert chart.points[0].upper == pytest.approx(1.5e-9 + 2.66e-9)

    def test_of_a_fixed_base_makes_a_later_change_a_signal(self) -> None:
        assert flags(control_chart([*[0.0] * 12, 0, 1], fix_after=12))[-2:] == ["common", "above_upl"]

    @pytest.mark.parametrize("screen", [True, False])
    def test_but_for_one_blip_flags_the_blip_alone(self, screen: bool) -> None:
        # Two ranges of 4 in 24, mean 1/3; both are screened out, which leaves nothing to make limits of.
        chart = control_chart([*[5.0] * 12, 9, *[5.0] * 12], screen=screen)
        assert flags(chart) == ["common"] * 12 + ["above_upl"] + ["common"] * 12
        assert chart.points[0].mean == pytest.approx(5.16)
        assert chart.points[0].upper == pytest.approx(5.16 + 2.66 / 3)
        assert not chart.constant
        assert chart.segments[0].flat

    def test_but_for_a_plateau_flags_the_plateau_alone(self) -> None:
        chart = control_chart([*[5.0] * 20, *[9.0] * 6, *[5.0] * 4])
        assert flags(chart) == ["common"] * 20 + ["above_upl"] * 6 + ["common"] * 4

    def test_of_a_noisy_flat_series_with_one_blip(self) -> None:
        flat = [0.3, 0.1 + 0.2] * 6
        assert flags(control_chart([*flat, 0.9, *flat])) == ["common"] * 12 + ["above_upl"] + ["common"] * 12

    def test_a_value_on_the_mean_but_for_rounding_is_on_the_mean(self) -> None:
        # Four times 0.1, 0.2 and 0.3 has mean 0.2, in floating point a little less; 0.2 breaks the run.
        values = [*[0.1, 0.2, 0.3] * 4, 0.25, 0.21, 0.22, 0.2, 0.25, 0.21, 0.22]
        assert math.fsum(values[:12]) / 12 < 0.2
        assert set(flags(control_chart(values, fix_after=12))) == {"common"}


class TestOptions:
    @pytest.mark.parametrize(
        "options",
        [
            {"direction": "up"},
            {"fix_after": 11},
            {"run_length": 8},
            {"dialect": "excel"},
            {"rebase": [-1]},
            {"target": [1.0]},
        ],
    )
    def test_outside_the_known_ones_are_refused(self, options: dict[str, object]) -> None:
        with pytest.raises(ValueError, match=r"."):
            control_chart(BASE, **options)  # type: ignore[arg-type]


SERIES = st.lists(st.none() | st.integers(-30, 30), min_size=1, max_size=40)
MIRROR = {
    "common": "common",
    "above_upl": "below_lpl",
    "trend_up": "trend_down",
    "two_in_three_high": "two_in_three_low",
    "shift_high": "shift_low",
}
MIRROR |= {low: high for high, low in MIRROR.items()}
SWAP = {"common": "common", "improvement": "concern", "concern": "improvement", None: None}


class TestIdentities:
    @given(SERIES, st.integers(-1000, 1000), st.sampled_from([0.1, 0.5, 3.0, 700.0]))
    def test_shift_and_scale_move_the_lines_and_not_the_flags(
        self, values: list[int | None], shift: int, scale: float
    ) -> None:
        chart = control_chart(values)
        moved = control_chart([None if v is None else v * scale + shift for v in values])
        assert flags(moved) == flags(chart)
        for before, now in zip(chart.points, moved.points, strict=True):
            for name in ("mean", "lower", "upper", "near_lower", "near_upper"):
                line = getattr(before, name)
                expected = None if line is None else pytest.approx(line * scale + shift, rel=1e-9, abs=1e-8)
                assert getattr(now, name) == expected

    @given(SERIES)
    def test_a_series_upside_down_has_the_flags_upside_down(self, values: list[int | None]) -> None:
        mirrored = control_chart([None if v is None else -v for v in values])
        assert [flag and MIRROR[flag] for flag in flags(mirrored)] == flags(control_chart(values))

    @given(SERIES, st.integers(-40, 40))
    def test_the_other_direction_swaps_improvement_and_concern(self, values: list[int | None], target: int) -> None:
        higher = control_chart(values, direction="higher", target=target)
        lower = control_chart(values, direction="lower", target=target)
        assert [SWAP[p.verdict] for p in higher.points] == [p.verdict for p in lower.points]
        assert SWAP[higher.variation] == lower.variation
        if not higher.constant:  # a constant process on its target passes both ways
            swap = {"pass": "fail", "fail": "pass"}
            assert lower.assurance == swap.get(higher.assurance or "", higher.assurance)

    @given(SERIES, st.integers(0, 40))
    def test_segments_do_not_see_each_other(self, values: list[int | None], cut: int) -> None:
        cut = min(cut, len(values))
        whole = control_chart(values, rebase=[cut])
        parts = control_chart(values[:cut]).points + control_chart(values[cut:]).points
        assert whole.points == parts

    @given(st.lists(st.integers(1, 9), min_size=3, max_size=6), st.integers(2, 5))
    def test_gaps_break_runs(self, stretch: list[int], times: int) -> None:
        # No stretch between gaps is long enough for a trend or a shift.
        chart = control_chart([*([*stretch, None] * times)])
        assert not {"trend_up", "trend_down", "shift_high", "shift_low"} & set(flags(chart))

    @given(SERIES)
    def test_the_future_does_not_change_fixed_limits(self, values: list[int | None]) -> None:
        assert flags(control_chart([*BASE, *values], fix_after=FIX))[:14] == ["common"] * 14
        assert control_chart([*BASE, *values], fix_after=FIX).points[0].upper == pytest.approx(126.6)
