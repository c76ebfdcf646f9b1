"""Control chart of one series (XmR), as in NHS "Making Data Count".

The reference is the R package NHSRplotthedots 0.2.2 (MIT): for ordinary series limits, flags, variation and
assurance are those of `ptd_spc`. Rules and constants: Nelson (1982) for the screening of moving ranges, 2.66
and 3.267 from Provost & Murray, "The Health Care Data Guide" (2011).

Where the reference is weak this module does better:

- A missing value is a gap: both its moving ranges are lost and it breaks runs and trends.
- A constant series has "no variation" (`constant`): limits on the mean, nothing flagged, no NaN.
- Differences the size of floating-point noise are no differences.
- When screening would drop every range that is not zero (a flat series with a blip), the unscreened ranges
  give the limits, and a point on the flat level (the median of the base) is on no side and not outside.
- A trend ends with a point of that trend: where another trend begins right after it, the reference labels the
  last point by the step that leads out of it.

Pure Python on purpose: a page of charts must not wait for numpy. `control_charts` is the twin for whole
files.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

FLAGS = (
    "common",
    "above_upl",
    "below_lpl",
    "trend_up",
    "trend_down",
    "two_in_three_high",
    "two_in_three_low",
    "shift_high",
    "shift_low",
)
VERDICTS = ("common", "improvement", "concern", "neutral_high", "neutral_low")
ASSURANCES = ("pass", "fail", "hit_and_miss")
DIRECTIONS = ("higher", "lower", "neutral", "target")
DIALECTS = ("r", "excel2023")

LIMIT = 2.66  # 3 / 1.128 as the reference rounds it
NEAR = 2 * (LIMIT / 3)
SCREEN = 3.267
MIN_FIX = 12
PROVISIONAL_BELOW = 13
NOISE = 1e-12  # relative to the largest value of the base: two values that differ by less are equal
FLAT = 1e-9  # relative as well: a series whose ranges stay below this has no variation

_HIGH = frozenset({"above_upl", "trend_up", "two_in_three_high", "shift_high"})


def _verdicts(high: str, low: str) -> dict[str, str]:
    return {flag: "common" if flag == "common" else high if flag in _HIGH else low for flag in FLAGS}


VERDICT_OF = {
    "higher": _verdicts("improvement", "concern"),
    "lower": _verdicts("concern", "improvement"),
    "neutral": _verdicts("neutral_high", "neutral_low"),
    "target": _verdicts("neutral_high", "neutral_low"),
}


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One period of a control chart, in the unit of the series.

    The lines are those of its segment, also at a missing value; None when nothing gives them: no known value,
    or for the limits no two known neighbours.
    `flag` (one of FLAGS) and `verdict` (one of VERDICTS) are None for a missing value.
    """

    value: float | None
    mean: float | None
    lower: float | None  # natural process limits, not clipped
    upper: float | None
    near_lower: float | None  # two-sigma lines
    near_upper: float | None
    target: float | None
    flag: str | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class ControlSegment:
    """The lines of the points `start` up to but not including `end` (indices that count missing points)."""

    start: int
    end: int
    n: int  # points that are not missing
    mean: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    provisional: bool  # fewer than 13 points: limits may still move
    constant: bool  # "no variation": the limits coincide with the mean
    flat: bool  # constant, or but for a few jumps: limits from the unscreened ranges


@dataclass(frozen=True, slots=True)
class ControlChart:
    """The answer for one series.

    `variation`, `assurance`, `provisional` and `constant` are about the segment of the last known point.
    `variation` is None without any point; `assurance` is one of ASSURANCES, None without a target or limits,
    and when no direction is better.
    """

    points: tuple[ControlPoint, ...]
    segments: tuple[ControlSegment, ...]
    variation: str | None
    assurance: str | None
    provisional: bool
    constant: bool
    missing: int
    missing_at: tuple[int, ...]  # indices of the missing values, so that a page can name the periods


@dataclass(frozen=True, slots=True)
class _Lines:
    """A segment with what its rules compare against: side of `level`, equal within `tolerance`."""

    segment: ControlSegment
    level: float
    tolerance: float


def control_chart(
    values: Sequence[float | None],
    *,
    target: float | Sequence[float | None] | None = None,
    direction: str = "higher",
    rebase: Iterable[int] = (),
    fix_after: int | None = None,
    screen: bool = True,
    run_length: int = 7,
    dialect: str = "r",
) -> ControlChart:
    """Mean, natural process limits, signals and their verdicts of one series in order of time.

    Args:
        values: one per period; None, NaN and infinity are missing.
        target: a number, or one per period (None where there is none); `assurance` takes the last one.
        direction: which way is better: "higher", "lower", "neutral", or "target" (as neutral).
        rebase: 0-based first points of new segments, counting missing points; beyond the end: not reached.
        fix_after: limits from the first so many known points (at least 12) of each segment.
        screen: leave out moving ranges that are not smaller than 3.267 times their mean, once.
        run_length: points that make a trend or a shift, 6 or 7.
        dialect: "r" (two-in-three ignores points beyond the limit) or "excel2023" (counts them too).

    Raises:
        ValueError: an option outside these, or a target of another length than `values`.
    """
    check_options(direction=direction, fix_after=fix_after, run_length=run_length, dialect=dialect)
    known = [clean(value) for value in values]
    targets = _targets(target, len(known))
    segments: list[ControlSegment] = []
    points: list[ControlPoint] = []
    for start, end in segment_bounds(len(known), rebase):
        part = known[start:end]
        lines = _lines(part, start, fix_after=fix_after, screen=screen)
        flags = _flags(part, lines, run_length, beyond_counts=dialect == "excel2023")
        segments.append(lines.segment)
        points += _points(part, lines.segment, targets[start:end], flags, VERDICT_OF[direction])
    missing_at = tuple(i for i, value in enumerate(known) if value is None)
    last = next((segment for segment in reversed(segments) if segment.n), None)
    aim = next((t for t in reversed(targets) if t is not None), None)
    return ControlChart(
        points=tuple(points),
        segments=tuple(segments),
        variation=next((p.verdict for p in reversed(points) if p.verdict is not None), None),
        assurance=_assurance(last, aim, direction),
        provisional=last is None or last.provisional,
        constant=last is not None and last.constant,
        missing=len(missing_at),
        missing_at=missing_at,
    )


def check_options(*, direction: str, fix_after: int | None, run_length: int, dialect: str) -> None:
    """Refuse an option that no chart has.

    Raises:
        ValueError: naming the option.
    """
    if direction not in DIRECTIONS:
        raise ValueError(f"direction is one of {DIRECTIONS}, not {direction!r}")
    if fix_after is not None and fix_after < MIN_FIX:
        raise ValueError(f"fix_after is at least {MIN_FIX}, not {fix_after}")
    if run_length not in (6, 7):
        raise ValueError(f"run_length is 6 or 7, not {run_length}")
    if dialect not in DIALECTS:
        raise ValueError(f"dialect is one of {DIALECTS}, not {dialect!r}")


def clean(value: float | None) -> float | None:
    """The value as a float, or None when it is missing (None, NaN, infinity)."""
    return float(value) if value is not None and math.isfinite(value) else None


def segment_bounds(n: int, rebase: Iterable[int]) -> list[tuple[int, int]]:
    """Start and end of the segments of `n` points; none for no points.

    Raises:
        ValueError: a rebase point before the first point.
    """
    firsts = set(rebase)
    if firsts and min(firsts) < 0:
        raise ValueError("a rebase point is an index from 0")
    starts = sorted({0, *(first for first in firsts if first < n)}) if n else []
    return list(pairwise([*starts, n])) if starts else []


def base_of(values: list[float | None], fix_after: int | None) -> list[float | None]:
    """The values up to and including the `fix_after`-th known one; all of them when there are fewer."""
    if fix_after is None:
        return values
    seen = 0
    for i, value in enumerate(values):
        seen += value is not None
        if seen == fix_after:
            return values[: i + 1]
    return values


def _targets(target: float | Sequence[float | None] | None, n: int) -> list[float | None]:
    if target is None or not isinstance(target, Iterable):
        return [clean(target)] * n
    if len(target) != n:
        raise ValueError(f"{len(target)} targets for {n} values")
    return [clean(t) for t in target]


def _points(
    part: list[float | None],
    s: ControlSegment,
    targets: list[float | None],
    flags: list[str],
    verdict_of: dict[str, str],
) -> Iterator[ControlPoint]:
    lines = (s.mean, s.lower, s.upper, s.near_lower, s.near_upper)
    for value, target, flag in zip(part, targets, flags, strict=True):
        if value is None:
            yield ControlPoint(None, *lines, target, None, None)
        else:
            yield ControlPoint(value, *lines, target, flag, verdict_of[flag])


def _lines(part: list[float | None], start: int, *, fix_after: int | None, screen: bool) -> _Lines:
    """Mean and limits of a segment from its base."""
    base = base_of(part, fix_after)
    known = [value for value in base if value is not None]
    mean = math.fsum(known) / len(known) if known else None
    largest = max(map(abs, known), default=0.0)
    constant = len(known) > 1 and max(known) - min(known) <= FLAT * largest
    average, screened = _mean_ranges(base, NOISE * largest)
    flat = constant or (screened is not None and screened <= FLAT * largest)
    spread = 0.0 if constant else screened if screen and not flat else average
    n = sum(value is not None for value in part)
    segment = ControlSegment(
        start=start,
        end=start + len(part),
        n=n,
        mean=mean,
        lower=_line(mean, -LIMIT, spread),
        upper=_line(mean, LIMIT, spread),
        near_lower=_line(mean, -NEAR, spread),
        near_upper=_line(mean, NEAR, spread),
        provisional=n < PROVISIONAL_BELOW,
        constant=constant,
        flat=flat,
    )
    if mean is None:
        return _Lines(segment, 0.0, 0.0)
    return _Lines(segment, median(known), FLAT * largest) if flat else _Lines(segment, mean, NOISE * largest)


def _line(mean: float | None, times: float, spread: float | None) -> float | None:
    return None if mean is None or spread is None else mean + times * spread


def _mean_ranges(base: list[float | None], tolerance: float) -> tuple[float | None, float | None]:
    """Mean moving range before and after screening; None when no two neighbours are known."""
    ranges = [abs(b - a) for a, b in pairwise(base) if a is not None and b is not None]
    if not ranges:
        return None, None
    average = math.fsum(ranges) / len(ranges)
    highest = SCREEN * average - tolerance
    kept = [r for r in ranges if r < highest]
    return average, math.fsum(kept) / len(kept) if kept else 0.0


def _flags(part: list[float | None], lines: _Lines, run_length: int, *, beyond_counts: bool) -> list[str]:
    """One flag per point of a segment; later assignments win, so the strongest rule comes last."""
    s, level, tolerance = lines.segment, lines.level, lines.tolerance
    flags = ["common"] * len(part)
    sides = [0 if v is None else (v - level > tolerance) - (level - v > tolerance) for v in part]
    for first, end, sign in _runs(sides, run_length):
        flags[first:end] = ["shift_high" if sign > 0 else "shift_low"] * (end - first)

    outside: list[int] = [0] * len(part)
    if s.lower is not None and s.upper is not None and s.near_lower is not None and s.near_upper is not None:
        outside = _beyond(part, sides, s.lower, s.upper, tolerance)
        near = _beyond(part, sides, s.near_lower, s.near_upper, tolerance)
        if not beyond_counts:
            near = [0 if out else close for close, out in zip(near, outside, strict=True)]
        _flag_two_in_three(flags, sides, near)

    steps = [_step(a, b, tolerance if s.flat else 0.0) for a, b in pairwise(part)]
    for first, end, sign in _runs(steps, run_length - 1):
        flags[first : end + 1] = ["trend_up" if sign > 0 else "trend_down"] * (end + 1 - first)

    for i, out in enumerate(outside):
        if out:
            flags[i] = "above_upl" if out > 0 else "below_lpl"
    return flags


def _beyond(part: list[float | None], sides: list[int], low: float, high: float, tolerance: float) -> list[int]:
    """1 above `high`, -1 below `low`, 0 between them, on the level, or missing."""
    low, high = low - tolerance, high + tolerance
    return [
        0 if not side or value is None else (value > high) - (value < low)
        for value, side in zip(part, sides, strict=True)
    ]


def _flag_two_in_three(flags: list[str], sides: list[int], near: list[int]) -> None:
    """Flag the near points of every window of three on one side of which at least two are near."""
    for i in range(len(flags) - 2):
        side = sides[i]
        if side and side == sides[i + 1] == sides[i + 2]:
            close = [j for j in (i, i + 1, i + 2) if near[j] == side]
            if len(close) > 1:
                for j in close:
                    flags[j] = "two_in_three_high" if side > 0 else "two_in_three_low"


def _step(a: float | None, b: float | None, tolerance: float) -> int:
    """1 for a strict rise, -1 for a strict fall, 0 for a tie or a gap."""
    if a is None or b is None:
        return 0
    tolerance = max(tolerance, NOISE * max(abs(a), abs(b)))
    return (b - a > tolerance) - (a - b > tolerance)


def _runs(signs: Sequence[int], length: int) -> Iterator[tuple[int, int, int]]:
    """First index, end and sign of each run of equal, non-zero signs of at least `length`."""
    first = 0
    for sign, group in groupby(signs):
        end = first + sum(1 for _ in group)
        if sign and end - first >= length:
            yield first, end, sign
        first = end


def _assurance(last: ControlSegment | None, target: float | None, direction: str) -> str | None:
    """Whether a process like the last segment can be counted on to meet the target.

    A constant process that stands exactly on its target meets it every time, so that passes.
    """
    if last is None or target is None or direction not in ("higher", "lower"):
        return None
    if last.lower is None or last.upper is None:
        return None
    hard, easy = (1, -1) if direction == "higher" else (-1, 1)
    noise = FLAT if last.constant else NOISE
    beyond = 0
    if target - last.upper > noise * max(abs(target), abs(last.upper)):
        beyond = 1
    elif last.lower - target > noise * max(abs(target), abs(last.lower)):
        beyond = -1
    if beyond == easy or (last.constant and beyond != hard):
        return "pass"
    return "fail" if beyond == hard else "hit_and_miss"
