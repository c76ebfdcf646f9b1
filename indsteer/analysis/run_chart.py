"""Run chart of one series: is there more of a pattern around the median than chance gives?

Behaves as the R package qicharts2 0.8.1 (method "anhoej"): Anhoej & Olesen (2014), with the longest run of
Schilling (2012) and the fewest crossings of Chen (2010).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from indsteer.analysis.control_chart import NOISE, base_of, clean, segment_bounds


@dataclass(frozen=True, slots=True)
class RunSegment:
    """The points `start` up to but not including `end`; the counts are None when no point is useful."""

    start: int
    end: int
    median: float | None  # of the base, in the unit of the series; None without any point
    n_useful: int  # points that are not missing and not on the median
    longest_run: int | None  # useful points in a row on one side
    longest_run_max: int | None  # a longer run is a signal
    crossings: int | None  # times the series goes from one side to the other
    crossings_min: int | None  # fewer crossings are a signal
    signal: bool


@dataclass(frozen=True, slots=True)
class RunChart:
    """The segments of a run chart; it can be read as the sequence of them."""

    segments: tuple[RunSegment, ...]

    def __getitem__(self, index: int) -> RunSegment:
        return self.segments[index]

    def __iter__(self) -> Iterator[RunSegment]:
        return iter(self.segments)

    def __len__(self) -> int:
        return len(self.segments)

    @property
    def signal(self) -> bool:
        """Whether the last segment has a signal."""
        return bool(self.segments) and self.segments[-1].signal


def run_chart(values: Sequence[float | None], *, rebase: Iterable[int] = (), fix_after: int | None = None) -> RunChart:
    """Median and runs analysis per segment of a series in order of time.

    Args:
        values: one per period; None, NaN and infinity are missing, and are dropped without breaking a run.
        rebase: 0-based first points of new segments, counting missing points; beyond the end: not reached.
        fix_after: the median comes from the first so many known points of each segment.

    Raises:
        ValueError: `fix_after` below 1, or a rebase point below 0.
    """
    if fix_after is not None and fix_after < 1:
        raise ValueError(f"fix_after is at least 1, not {fix_after}")
    known = [clean(value) for value in values]
    return RunChart(
        tuple(_segment(known[start:end], start, fix_after) for start, end in segment_bounds(len(known), rebase))
    )


def crossings_limit(n_useful: int) -> int:
    """qbinom(0.05, n_useful - 1, 0.5), exactly: the smallest k with P(crossings <= k) >= 0.05."""
    n = max(n_useful - 1, 0)
    k, combinations = 0, 1
    while 20 * combinations < 1 << n:
        k += 1
        combinations += math.comb(n, k)
    return k


def longest_run_limit(n_useful: int) -> int:
    """round(log2 n) + 3; Python rounds half to even, as R does.

    Raises:
        ValueError: `n_useful` below 1.
    """
    return round(math.log2(n_useful)) + 3


def _segment(part: list[float | None], start: int, fix_after: int | None) -> RunSegment:
    end = start + len(part)
    base = [value for value in base_of(part, fix_after) if value is not None]
    if not base:
        return RunSegment(start, end, None, 0, None, None, None, None, signal=False)
    middle = median(base)
    tolerance = NOISE * max(map(abs, base))
    useful = [value > middle for value in part if value is not None and abs(value - middle) > tolerance]
    if not useful:
        return RunSegment(start, end, middle, 0, None, None, None, None, signal=False)
    runs = [sum(1 for _ in group) for _, group in groupby(useful)]
    longest, longest_max = max(runs), longest_run_limit(len(useful))
    crossings, crossings_min = len(runs) - 1, crossings_limit(len(useful))
    return RunSegment(
        start,
        end,
        middle,
        len(useful),
        longest,
        longest_max,
        crossings,
        crossings_min,
        signal=longest > longest_max or crossings < crossings_min,
    )
