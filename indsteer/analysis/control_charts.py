"""Control charts of many series at once: the vectorised twin of `control_chart`.

The same rules, constants and tolerances, on an array with months as first axis; a property test holds the two
equal. Words become codes: indices in FLAGS, VERDICTS and ASSURANCES of `control_chart`, -1 for its None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from indsteer.analysis.control_chart import (
    ASSURANCES,
    FLAGS,
    FLAT,
    LIMIT,
    NEAR,
    NOISE,
    PROVISIONAL_BELOW,
    SCREEN,
    VERDICT_OF,
    VERDICTS,
    check_options,
    segment_bounds,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Codes = NDArray[np.int8]
    _T = TypeVar("_T", bound=np.generic)

_BLOCK = 1024  # series at a time, so that temporary arrays stay in the processor's cache
_CODE = {flag: code for code, flag in enumerate(FLAGS)}


@dataclass(frozen=True, slots=True, eq=False)
class ControlCharts:
    """The answers for `n` series of `m` months; NaN where `control_chart` has None.

    The lines and `flags` and `verdicts` are (m, n); the others are (n,), about the segment of the last known
    point of each series.
    """

    mean: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    flags: Codes  # in FLAGS
    verdicts: Codes  # in VERDICTS
    variation: Codes  # in VERDICTS
    assurance: Codes  # in ASSURANCES
    provisional: Bools
    constant: Bools
    missing: NDArray[np.int64]

    def flag_names(self, series: int) -> tuple[str | None, ...]:
        """The flags of one series as `control_chart` names them, None for a missing value."""
        return tuple(FLAGS[code] if code >= 0 else None for code in self.flags[:, series])


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One segment of some series: its values, NaN for missing, and per series what the rules compare with."""

    values: Floats
    known: Bools
    mean: Floats
    spread: Floats  # mean moving range of the limits
    level: Floats
    tolerance: Floats
    flat: Bools
    constant: Bools
    n: NDArray[np.int64]


def control_charts(
    values: ArrayLike,
    *,
    target: ArrayLike | None = None,
    direction: str | Sequence[str] = "higher",
    rebase: Iterable[int] = (),
    fix_after: int | None = None,
    screen: bool = True,
    run_length: int = 7,
    dialect: str = "r",
) -> ControlCharts:
    """Charts of all columns of `values`, with the options of `control_chart`.

    `values` are (months, series), with NaN for missing; `target` is a number, (series,), (months, 1) or
    (months, series); `direction` is one for all or one per series; the rest is the same for all series.

    Raises:
        ValueError: an option outside these, or shapes that do not fit.
    """
    import numpy as np

    table, known = _table(values)
    months, series = table.shape
    directions = [direction] * series if isinstance(direction, str) else list(direction)
    if len(directions) != series:
        raise ValueError(f"{len(directions)} directions for {series} series")
    for one in {*directions, "neutral"}:  # the other options are checked without any series too
        check_options(direction=one, fix_after=fix_after, run_length=run_length, dialect=dialect)

    lines = np.full((5, months, series), np.nan)
    flags = np.zeros((months, series), dtype=np.int8)
    provisional, constant = np.ones(series, dtype=bool), np.zeros(series, dtype=bool)
    last_lines = np.full((5, series), np.nan)
    for start, end in segment_bounds(months, rebase):
        for first in range(0, series, _BLOCK):
            here = slice(first, first + _BLOCK)
            part = _part(table[start:end, here], known[start:end, here], fix_after, screen=screen)
            row = _lines(part)
            lines[:, start:end, here] = row[:, None, :]
            flags[start:end, here] = _flags(part, row, run_length, beyond_counts=dialect == "excel2023")
            seen = part.n > 0  # a later segment without any point leaves the answer as it was
            last_lines[:, here] = np.where(seen, row, last_lines[:, here])
            provisional[here] = np.where(seen, part.n < PROVISIONAL_BELOW, provisional[here])
            constant[here] = np.where(seen, part.constant, constant[here])
    flags[~known] = -1
    verdicts = _verdicts(flags, directions)
    return ControlCharts(
        mean=lines[0],
        lower=lines[1],
        upper=lines[2],
        near_lower=lines[3],
        near_upper=lines[4],
        flags=flags,
        verdicts=verdicts,
        variation=_last_known(verdicts, known, np.int8(-1)),
        assurance=_assurance(last_lines[1:3], constant, _last_target(target, months, series), directions),
        provisional=provisional,
        constant=constant,
        missing=np.sum(~known, axis=0),
    )


def _table(values: ArrayLike) -> tuple[Floats, Bools]:
    """The values with NaN for all that is missing, and where they are known."""
    import numpy as np

    table = np.array(values, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"values are (months, series), not {table.ndim}-dimensional")
    known = np.isfinite(table)
    table[~known] = np.nan
    return table, known


def _part(values: Floats, known: Bools, fix_after: int | None, *, screen: bool) -> _Part:
    """Centre and mean moving range of one segment of each series."""
    import numpy as np

    base = values
    if fix_after is not None:
        base = np.where(np.cumsum(known, axis=0) <= fix_after, values, np.nan)
    in_base = known & ~np.isnan(base)
    n_base = np.sum(in_base, axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.sum(base, axis=0, where=in_base) / n_base
        highest = np.max(base, axis=0, where=in_base, initial=-np.inf)
        lowest = np.min(base, axis=0, where=in_base, initial=np.inf)
        largest = np.where(n_base > 0, np.maximum(np.abs(highest), np.abs(lowest)), 0.0)
        constant = (n_base > 1) & (highest - lowest <= FLAT * largest)
        ranges = np.abs(np.diff(base, axis=0))
        neighbours = in_base[1:] & in_base[:-1]
        average = np.sum(ranges, axis=0, where=neighbours) / np.sum(neighbours, axis=0)
        kept = neighbours & (ranges < SCREEN * average - NOISE * largest)
        n_kept = np.sum(kept, axis=0)
        screened = np.sum(ranges, axis=0, where=kept) / np.maximum(n_kept, 1)
        screened = np.where(np.isnan(average), np.nan, screened)
        flat = constant | (screened <= FLAT * largest)
    level = mean.copy()
    if flat.any():
        level[flat] = np.nanmedian(base[:, flat], axis=0)
    return _Part(
        values=values,
        known=known,
        mean=mean,
        spread=np.where(constant, 0.0, np.where(flat, average, screened if screen else average)),
        level=level,
        tolerance=np.where(flat, FLAT, NOISE) * largest,
        flat=flat,
        constant=constant,
        n=np.sum(known, axis=0),
    )


def _lines(part: _Part) -> Floats:
    """Mean, lower, upper, near lower and near upper, (5, series)."""
    import numpy as np

    times = np.array([0.0, -LIMIT, LIMIT, -NEAR, NEAR])[:, None]
    lines = part.mean + times * part.spread
    lines[0] = part.mean  # also where there is no spread
    return np.asarray(lines, dtype=np.float64)


def _flags(part: _Part, lines: Floats, run_length: int, *, beyond_counts: bool) -> Codes:
    """One flag per point; later assignments win, so the strongest rule comes last."""
    import numpy as np

    values, tolerance = part.values, part.tolerance
    flags = np.zeros(values.shape, dtype=np.int8)
    above, below = values - part.level > tolerance, part.level - values > tolerance
    on_side = above | below
    outside_up = on_side & (values > lines[2] + tolerance)
    outside_down = on_side & (values < lines[1] - tolerance)
    near_up, near_down = on_side & (values > lines[4] + tolerance), on_side & (values < lines[3] - tolerance)
    if not beyond_counts:
        near_up &= ~(outside_up | outside_down)
        near_down &= ~(outside_up | outside_down)

    flags[_in_run(above, run_length)] = _CODE["shift_high"]
    flags[_in_run(below, run_length)] = _CODE["shift_low"]
    flags[_two_in_three(above, near_up)] = _CODE["two_in_three_high"]
    flags[_two_in_three(below, near_down)] = _CODE["two_in_three_low"]
    _flag_trends(flags, part, run_length)
    flags[outside_up] = _CODE["above_upl"]
    flags[outside_down] = _CODE["below_lpl"]
    return flags


def _in_run(hits: Bools, length: int) -> Bools:
    """Where `hits` is part of a run of at least `length` months."""
    import numpy as np

    marked = np.zeros_like(hits)
    ends = len(hits) - length + 1
    if ends > 0:
        whole = hits[:ends].copy()
        for shift in range(1, length):
            whole &= hits[shift : shift + ends]
        for shift in range(length):
            marked[shift : shift + ends] |= whole
    return marked


def _two_in_three(side: Bools, near: Bools) -> Bools:
    """The near points of windows of three on one side, at least two of them near."""
    import numpy as np

    marked = np.zeros_like(side)
    if len(side) < 3:
        return marked
    a, b, c = near[:-2], near[1:-1], near[2:]
    whole = side[:-2] & side[1:-1] & side[2:] & ((a & b) | (a & c) | (b & c))
    for shift in range(3):
        marked[shift : len(side) - 2 + shift] |= whole
    return marked & near


def _flag_trends(flags: Codes, part: _Part, run_length: int) -> None:
    """Label the points of trends; a turning point belongs to the later one."""
    import numpy as np

    if len(flags) < run_length:
        return
    values = part.values
    size = np.abs(values)
    tolerance = np.maximum(NOISE * np.maximum(size[1:], size[:-1]), np.where(part.flat, part.tolerance, 0.0))
    steps = np.diff(values, axis=0)
    up, down = _in_run(steps > tolerance, run_length - 1), _in_run(-steps > tolerance, run_length - 1)
    # What ends here comes first, so that what begins here overwrites it.
    flags[1:][up] = _CODE["trend_up"]
    flags[1:][down] = _CODE["trend_down"]
    flags[:-1][up] = _CODE["trend_up"]
    flags[:-1][down] = _CODE["trend_down"]


def _verdicts(flags: Codes, directions: Sequence[str]) -> Codes:
    import numpy as np

    names = list(VERDICT_OF)
    codes = [[VERDICTS.index(VERDICT_OF[name][flag]) for flag in FLAGS] + [-1] for name in names]
    table = np.array(codes, dtype=np.int8)  # a flag of -1 reads the last column
    rows = np.array([names.index(direction) for direction in directions], dtype=np.intp)
    return np.asarray(table[rows, flags], dtype=np.int8)


def _last_known(table: NDArray[_T], known: Bools, otherwise: _T) -> NDArray[_T]:
    """Per series the value in the last month that is known."""
    import numpy as np

    if not len(table):
        return np.full(table.shape[1], otherwise)
    last = len(known) - 1 - np.argmax(known[::-1], axis=0)
    found = np.take_along_axis(table, last[None], axis=0)[0]
    return np.where(known.any(axis=0), found, otherwise)


def _last_target(target: ArrayLike | None, months: int, series: int) -> Floats:
    """The last target of each series, NaN without one."""
    import numpy as np

    if target is None:
        return np.full(series, np.nan)
    aims = np.broadcast_to(np.asarray(target, dtype=np.float64), (months, series))
    return _last_known(aims, np.isfinite(aims), np.float64(np.nan))


def _assurance(limits: Floats, constant: Bools, aims: Floats, directions: Sequence[str]) -> Codes:
    """See `control_chart`: the target against the limits of the last segment."""
    import numpy as np

    lower, upper = limits
    noise = np.where(constant, FLAT, NOISE)
    above = aims - upper > noise * np.maximum(np.abs(aims), np.abs(upper))
    below = lower - aims > noise * np.maximum(np.abs(aims), np.abs(lower))
    higher = np.array([direction == "higher" for direction in directions], dtype=bool)
    judged = np.array([direction in ("higher", "lower") for direction in directions], dtype=bool)
    hard = np.where(higher, above, below)
    easy = np.where(higher, below, above)
    codes = np.full(len(directions), ASSURANCES.index("hit_and_miss"), dtype=np.int8)
    codes[easy | constant] = ASSURANCES.index("pass")
    codes[hard] = ASSURANCES.index("fail")
    codes[~judged | np.isnan(aims) | np.isnan(lower)] = -1
    return codes
