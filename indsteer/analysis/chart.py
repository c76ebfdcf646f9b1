"""One chart datum for screen, paper, table and export.

The x axis is the index in `periods` (integers, no dates): past months first, then the future months that have
a target. Everything that is drawn, printed, read aloud or shown as a table comes from this one frozen value.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartSegment:
    """Mean and natural process limits of the points `start` up to but not including `end` (indices)."""

    start: int
    end: int
    mean: float
    lower: float
    upper: float
    provisional: bool  # fewer than 13 points: limits may still move
    reason: str = ""  # why the limits were reset at `start`, as a person wrote it


@dataclass(frozen=True, slots=True)
class ChartMark:
    """A point that is a signal: its flag and verdict as `control_chart` names them."""

    index: int
    flag: str
    verdict: str  # improvement | concern | neutral_high | neutral_low


@dataclass(frozen=True, slots=True)
class ChartEvent:
    """Something that happened, drawn as a flag on the axis."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class ChartDatum:
    """Everything a trend chart of one unit and indicator shows.

    `actual` and `target` hold one value per period, None where there is none. Values are in the scale in which
    they are stored (fractions for percentages); `percent` and `decimals` say how words show them.
    `now` is the index of the last period with an actual, -1 when there is none. `hidden` is the key of the reason
    when the values may not be shown (small group); then `actual` is all None.
    """

    unit: str
    unit_name: str
    indicator: str
    indicator_name: str
    measure: str
    direction: str  # higher | lower | neutral | target
    percent: bool
    decimals: int
    periods: tuple[str, ...]
    actual: tuple[float | None, ...]
    provisional: tuple[bool, ...]
    target: tuple[float | None, ...]
    segments: tuple[ChartSegment, ...] = ()
    marks: tuple[ChartMark, ...] = ()
    events: tuple[ChartEvent, ...] = ()
    now: int = -1
    constant: bool = False  # "no variation": limits coincide with the mean
    hidden: str = ""
