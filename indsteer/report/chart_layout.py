"""From a chart datum to the drawn chart of a sheet: axes, lines, marks, and labels that do not touch.

Values become shares of the plot (0 to 1), so that the typesetter may choose its height; `HEIGHTS` are the
heights it may choose from. Words come from the caller.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from indsteer.analysis.chart import ChartDatum, ChartMark
from indsteer.report.axis import nice_step, nice_ticks, push_apart, tick_decimals
from indsteer.report.sheet import (
    Bracket,
    Chart,
    Flag,
    Label,
    Limits,
    Line,
    LineRole,
    Mark,
    Place,
    Shape,
    Spark,
    Tick,
    Tone,
)

HEIGHTS = (150.0, 118.0, 96.0)  # points of the whole chart, roomy to dense; the template draws one of these
FOOT = 19.0  # points under the plot for months and years
FLAG_ROW = 8.5  # points above the plot for each row of events
PLOT_WIDTH = 158.0  # points, as in the template
WIDE_PLOT = 423.6  # points, as in the template, of a chart that stands alone
LABEL_DISTANCE = 7.2  # points between the middles of two labels at the right
BRACKET_GAP = 8.0  # points between the last actual and its bracket
TEXT_ROOM = 0.11  # share of the values' span that the value of a mark needs under or above it
RECENT = 12  # periods in which a mark of a run is still news
_LOOK: dict[str, tuple[Shape, Tone]] = {
    "improvement": ("circle", "good"),
    "concern": ("diamond", "bad"),
    "neutral_high": ("square", "info"),
    "neutral_low": ("square", "info"),
}
_OUTSIDE = ("above_upl", "below_lpl")


class ChartWords(Protocol):
    """How the caller writes what a chart needs."""

    def number(self, value: float, *, percent: bool, decimals: int) -> str:
        """A number without its measure; a fraction with `percent` is written times hundred."""

    def tick(self, period: str) -> str:
        """A period on the axis, without its year."""

    def label(self, key: str, number: str) -> str:
        """The words of a line: `key` is actual, target, mean, upper, lower or explain."""


@dataclass(frozen=True, slots=True)
class _Axes:
    """Index and value to shares of the plot."""

    count: int
    low: float
    high: float
    width: float = PLOT_WIDTH  # points

    def x(self, index: float) -> float:
        return round((index + 0.5) / self.count, 4)

    def y(self, value: float) -> float:
        return round((value - self.low) / (self.high - self.low), 4)

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def layout_chart(
    datum: ChartDatum,
    words: ChartWords,
    *,
    title: str,
    subtitle: str,
    alt: str,
    message: str = "",
    explain: bool = False,
    wide: bool = False,
) -> Chart:
    """The chart of one datum, drawn.

    Args:
        datum: what the chart shows; a stock has no segments and so gets no limits.
        words: how numbers, periods and lines are written.
        title: the name above the chart.
        subtitle: its measure, or what a reader must know first.
        alt: the sentence that says what the picture shows.
        message: what stands in the plot when there are no actuals, or when they may not be shown.
        explain: draw the bracket from target to the last actual.
        wide: the only chart of its sheet.
    """
    known = [value for value in datum.actual if value is not None]
    aims = [value for value in datum.target if value is not None]
    if datum.hidden or not (known or aims):
        return Chart(title=title, subtitle=subtitle, alt=alt, message=message, wide=wide)
    axes = replace(_axes(datum, known + aims), width=WIDE_PLOT if wide else PLOT_WIDTH)
    flags = _flags(datum, axes)
    bracket = _bracket(datum, axes) if explain else None
    labels = _labels(datum, axes, words, bracket)
    breaks = {segment.start for segment in datum.segments[1:]}
    months, years = _time_axis(datum.periods, axes, words)
    return Chart(
        title=title,
        subtitle=subtitle,
        alt=alt,
        message="" if known else message,
        wide=wide,
        y_ticks=_value_axis(datum, axes, words),
        x_ticks=months,
        years=years,
        limits=_limits(datum, axes),
        lines=_pieces(datum.actual, axes, breaks),
        links=_links(datum.actual, axes, breaks),
        target=_pieces(datum.target, axes, set()),
        dots=_dots(datum, axes, provisional=False),
        provisional_dots=_dots(datum, axes, provisional=True),
        now=round((datum.now + 1) / axes.count, 4) if 0 <= datum.now < axes.count - 1 else None,
        marks=_marks(datum, axes, words),
        flags=flags,
        bracket=bracket,
        labels=labels,
        offsets=label_offsets(labels, max((flag.row + 1 for flag in flags), default=0)),
    )


def layout_spark(datum: ChartDatum, *, alt: str, periods: int = 31) -> Spark:
    """The small line of the last `periods` periods up to now, with what is wrong in the last year."""
    end = datum.now + 1
    start = max(0, end - periods)
    actual, target = datum.actual[start:end], datum.target[start:end]
    values = [value for value in (*actual, *target) if value is not None]
    if datum.hidden or not any(value is not None for value in actual):
        return Spark(alt=alt)
    pad = (max(values) - min(values)) * 0.08 or abs(values[0]) * 0.1 or 1.0
    axes = _Axes(periods, min(values) - pad, max(values) + pad)
    shift = periods - len(actual)  # a short history stands at the right: now is under now
    segment = datum.segments[-1] if datum.segments else None
    band = None
    if segment is not None and not datum.constant:
        bottom, top = (min(1.0, max(0.0, axes.y(value))) for value in (segment.lower, segment.upper))
        band = (bottom, top)
    marks = [
        mark
        for mark in datum.marks
        if mark.index > datum.now - RECENT and mark.flag in _OUTSIDE
        if mark.verdict == "concern" or (mark.index == datum.now and mark.verdict in _LOOK)
        if start <= mark.index < end
    ]
    drawn = tuple(
        Mark((axes.x(mark.index - start + shift), axes.y(value)), *_LOOK[mark.verdict])
        for mark in marks
        if (value := datum.actual[mark.index]) is not None
    )
    last = actual[-1]
    return Spark(
        alt=alt,
        lines=_pieces((None,) * shift + actual, axes, set()),
        target=_pieces((None,) * shift + target, axes, set()),
        band=band,
        marks=drawn,
        last=(axes.x(periods - 1), axes.y(last)) if last is not None else None,
    )


def label_offsets(labels: Sequence[Label], flag_rows: int) -> tuple[tuple[float, tuple[float, ...]], ...]:
    """For every height in `HEIGHTS` how far (points) the middle of each label stands under the top of the plot."""
    found = []
    for height in HEIGHTS:
        plot = plot_height(height, flag_rows)
        wishes = [(1 - label.at) * plot for label in labels]
        places = push_apart(wishes, LABEL_DISTANCE, 0.0, plot)
        found.append((height, tuple(round(place, 2) for place in places)))
    return tuple(found)


def plot_height(height: float, flag_rows: int) -> float:
    """The points that are left for the plot of a chart with this many rows of events."""
    return height - FOOT - FLAG_ROW * flag_rows


def _axes(datum: ChartDatum, values: list[float]) -> _Axes:
    """Room for all values and for every limit that is not absurdly far from them."""
    low, high = min(values), max(values)
    reach = (high - low) or abs(high) * 0.1 or 1.0
    for segment in datum.segments:
        for limit in (segment.lower, segment.mean, segment.upper):
            if low - reach <= limit <= high + reach:
                low, high = min(low, limit), max(high, limit)
    pad = (high - low) * 0.05 or abs(high) * 0.05 or 0.5
    bottom, top = low - pad, high + pad
    told = _told(datum)
    if told is not None:  # room for the value that stands under or above it
        value = datum.actual[told.index] or 0.0
        bottom = min(bottom, value - (high - low) * TEXT_ROOM) if told.flag == "below_lpl" else bottom
        top = max(top, value + (high - low) * TEXT_ROOM) if told.flag == "above_upl" else top
    if min(values) >= 0:
        bottom = max(bottom, 0.0)
    if datum.percent and min(values) >= 0 and max(values) <= 1:
        top = min(top, 1.0 + 0.02 * (1 - bottom))
    return _Axes(max(len(datum.periods), 1), bottom, top)


def _value_axis(datum: ChartDatum, axes: _Axes, words: ChartWords) -> tuple[Tick, ...]:
    scale = 100.0 if datum.percent else 1.0
    ticks = nice_ticks(axes.low * scale, axes.high * scale)
    decimals = tick_decimals(ticks)
    return tuple(
        Tick(axes.y(value / scale), words.number(value / scale, percent=datum.percent, decimals=decimals))
        for value in ticks
        if not (datum.percent and value > 100 and axes.high <= 1.03)
    )


def _time_axis(periods: tuple[str, ...], axes: _Axes, words: ChartWords) -> tuple[tuple[Tick, ...], tuple[Tick, ...]]:
    """Every so many periods a tick, counted from the start of a year; a year under its first period."""
    firsts = [index for index, period in enumerate(periods) if _starts_year(periods, index, period)]
    room = axes.width / axes.count
    longest = max((len(words.tick(period)) for period in periods), default=0) * 3.3 + 3.0
    steps = (1, 2, 3, 4, 6, 12, 26, 52)
    step = next((step for step in steps if step * room >= longest), 52)
    origin = next((index for index in firsts if index > 0), 0)
    texts = [words.tick(period) if len(period) > 4 else "" for period in periods]
    months = tuple(
        Tick(axes.x(index), text) for index, text in enumerate(texts) if (index - origin) % step == 0 and text
    )
    years: list[Tick] = []
    for index in reversed(firsts):
        if not years or (years[-1].at - axes.x(index)) * axes.width >= 20:
            years.append(Tick(axes.x(index), periods[index][:4]))
    return months, tuple(reversed(years))


def _starts_year(periods: tuple[str, ...], index: int, period: str) -> bool:
    return index == 0 or periods[index - 1][:4] != period[:4]


def _pieces(values: Sequence[float | None], axes: _Axes, breaks: set[int]) -> tuple[Line, ...]:
    """The line through the values, cut at gaps and at every index in `breaks`."""
    pieces: list[Line] = []
    piece: list[Place] = []
    for index, value in enumerate((*values, None)):
        if value is None or index in breaks:
            if piece:
                pieces.append(tuple(piece))
            piece = []
        if value is not None:
            piece.append((axes.x(index), axes.y(value)))
    return tuple(pieces)


def _links(values: Sequence[float | None], axes: _Axes, breaks: Iterable[int]) -> tuple[Line, ...]:
    """A thin link over every reset of the limits, so that the eye keeps the line."""
    found = []
    for index in sorted(breaks):
        before, after = values[index - 1], values[index]
        if before is not None and after is not None:
            found.append(
                ((axes.x(index - 1), axes.y(before)), (axes.x(index), axes.y(after))),
            )
    return tuple(found)


def _dots(datum: ChartDatum, axes: _Axes, *, provisional: bool) -> Line:
    marked = {mark.index for mark in _shown_marks(datum)}
    return tuple(
        (axes.x(index), axes.y(value))
        for index, value in enumerate(datum.actual)
        if value is not None and datum.provisional[index] is provisional and index not in marked
    )


def _limits(datum: ChartDatum, axes: _Axes) -> tuple[Limits, ...]:
    def side(value: float) -> float | None:
        return axes.y(value) if axes.holds(value) and not datum.constant else None

    def clipped(value: float) -> float:
        return min(1.0, max(0.0, axes.y(value)))

    found = []
    for segment in datum.segments:
        last = segment is datum.segments[-1]
        found.append(
            Limits(
                left=round(segment.start / axes.count, 4),
                right=1.0 if last else round(segment.end / axes.count, 4),
                bottom=clipped(segment.mean if datum.constant else segment.lower),
                top=clipped(segment.mean if datum.constant else segment.upper),
                mean=axes.y(segment.mean) if axes.holds(segment.mean) else None,
                lower=side(segment.lower),
                upper=side(segment.upper),
                provisional=segment.provisional,
            )
        )
    return tuple(found)


def _shown_marks(datum: ChartDatum) -> list[ChartMark]:
    """Points outside the limits always, runs only when they are news."""
    return [
        mark
        for mark in datum.marks
        if mark.verdict in _LOOK and (mark.flag in _OUTSIDE or mark.index > datum.now - RECENT)
    ]


def _told(datum: ChartDatum) -> ChartMark | None:
    """The recent mark outside the limits that is farthest from its mean, the last period left out."""
    means = {index: segment.mean for segment in datum.segments for index in range(segment.start, segment.end)}
    recent = [
        mark
        for mark in _shown_marks(datum)
        if mark.flag in _OUTSIDE and datum.now - RECENT < mark.index < datum.now
        if datum.actual[mark.index] is not None
    ]
    return max(
        recent,
        key=lambda mark: abs((datum.actual[mark.index] or 0.0) - means.get(mark.index, 0.0)),
        default=None,
    )


def _marks(datum: ChartDatum, axes: _Axes, words: ChartWords) -> tuple[Mark, ...]:
    """The marks; the farthest recent one outside the limits says its value, the last one is a label already."""
    told = _told(datum)
    found = []
    for mark in _shown_marks(datum):
        value = datum.actual[mark.index]
        if value is None:
            continue
        text = ""
        if mark is told:
            text = words.number(value, percent=datum.percent, decimals=datum.decimals)
        shape, tone = _LOOK[mark.verdict]
        below = mark.flag == "below_lpl"
        found.append(Mark((axes.x(mark.index), axes.y(value)), shape, tone, text, below=below))
    return tuple(found)


def _flags(datum: ChartDatum, axes: _Axes) -> tuple[Flag, ...]:
    """Events and resets of the limits, in as few rows as keep their words apart."""
    wanted = [(event.index, event.text) for event in datum.events]
    wanted += [(segment.start, segment.reason) for segment in datum.segments[1:] if segment.reason]
    taken: list[list[tuple[float, float]]] = []
    found = []
    for index, text in sorted(wanted):
        at = axes.x(index)
        width = (len(text) * 3.4 + 7.0) / axes.width
        left = at + width > 1.2 or at > 0.6
        span = (at - width, at + 0.03) if left else (at - 0.03, at + width)
        row = next((n for n, spans in enumerate(taken) if _free(spans, span)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(span)
        found.append(Flag(at, text, row, left=left))
    return tuple(found)


def _free(spans: list[tuple[float, float]], span: tuple[float, float]) -> bool:
    return all(span[1] <= low or span[0] >= high for low, high in spans)


def _bracket(datum: ChartDatum, axes: _Axes) -> Bracket | None:
    if datum.now < 0:
        return None
    actual, target = datum.actual[datum.now], datum.target[datum.now]
    if actual is None or target is None or math.isclose(actual, target):
        return None
    low, high = sorted((axes.y(actual), axes.y(target)))
    at = axes.x(datum.now) + BRACKET_GAP / axes.width
    return Bracket(round(min(at, 1.0), 4), low, high)


def _labels(datum: ChartDatum, axes: _Axes, words: ChartWords, bracket: Bracket | None) -> tuple[Label, ...]:
    """The words at the right, from high to low: each line of the chart and the last actual."""

    def text(key: str, value: float) -> str:
        number = words.number(value, percent=datum.percent, decimals=datum.decimals)
        return words.label(key, number)

    wanted: list[tuple[LineRole, str, float | None, float]] = []
    if datum.now >= 0:
        wanted.append(("actual", "actual", datum.actual[datum.now], axes.x(datum.now)))
    aims = [index for index, value in enumerate(datum.target) if value is not None]
    if aims:
        wanted.append(("target", "target", datum.target[aims[-1]], axes.x(aims[-1])))
    if datum.segments:
        segment = datum.segments[-1]
        wanted.append(("mean", "mean", segment.mean, 1.0))
        if not datum.constant:
            wanted.append(("limit", "upper", segment.upper, 1.0))
            wanted.append(("limit", "lower", segment.lower, 1.0))
    labels = [
        Label(axes.y(value), text(key, value), role, start)
        for role, key, value, start in wanted
        if value is not None and axes.holds(value)
    ]
    if bracket is not None:
        actual, target = datum.actual[datum.now], datum.target[datum.now]
        if actual is not None and target is not None:
            middle = round((bracket.low + bracket.high) / 2, 4)
            labels.append(Label(middle, text("explain", actual - target), "bracket", bracket.at))
    return tuple(sorted(labels, key=lambda label: -label.at))


__all__ = ["HEIGHTS", "ChartWords", "label_offsets", "layout_chart", "layout_spark", "nice_step", "plot_height"]
