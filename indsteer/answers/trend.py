"""The chart datum of one unit and indicator: actuals, targets, limits, signals, events and the months to come.

The window starts in January two years before the shown month, so that limits come from two whole calendar years
(24 points) and stay the same during a year; a rebase inside the window starts a segment of its own. Sources of the
rules: shared/STATISTICS.md sections 1 and 2 (docs/statistics.md).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from indsteer.analysis.chart import ChartDatum, ChartEvent, ChartMark, ChartSegment
from indsteer.analysis.control_chart import ControlChart, control_chart
from indsteer.answers.ground import Ground
from indsteer.domain.indicator import Indicator
from indsteer.domain.period import Period, month_ids
from indsteer.domain.review import Event, Rebase
from indsteer.store.queries import reviews

BASE = 24  # points that give the limits once there are that many
FEWEST_FIXED = 12  # the reference refuses fewer for a fixed base
METHODS_WITH_LIMITS = ("xmr", "proportion")


@dataclass(frozen=True, slots=True)
class Trend:
    """The datum that is drawn, and the control chart behind its limits (None where limits mean nothing)."""

    datum: ChartDatum
    control: ControlChart | None


@dataclass(frozen=True, slots=True)
class Notes:
    """What people put on the axis of a unit: events of it, of what it is part of and of everywhere; rebases."""

    events: tuple[Event, ...]
    rebases: tuple[Rebase, ...]


def notes(connection: sqlite3.Connection, ground: Ground, unit: str, period: Period) -> Notes:
    """Read once for all indicators of a unit."""
    path = ground.organisation.path(unit, period.last_day)
    rows = connection.execute("SELECT DISTINCT indicator FROM rebase WHERE unit = ?", (unit,)).fetchall()
    rebases = [rebase for (indicator,) in rows for rebase in reviews.rebases(connection, unit, indicator)]
    return Notes(tuple(reviews.events(connection, path)), tuple(rebases))


def trend(ground: Ground, written: Notes, language: str, unit: str, indicator: Indicator, period: Period) -> Trend:
    """The trend of an indicator up to and including a month, with the targets of the rest of its year."""
    start = Period.parse(f"{period.year - 2}-01")
    months = month_ids(start.id, f"{period.year + 1}-01")
    now = period - start
    asked = [Period.parse(month) for month in months]
    figures = [ground.figure(unit, indicator.code, month) for month in asked[: now + 1]]
    hidden = "small_group" if figures and figures[-1].reason == "hidden" else ""
    actual = [None if hidden else figure.value for figure in figures]
    first = next((i for i, value in enumerate(actual) if value is not None), 0)
    targets = [ground.target(unit, indicator.code, month).value for month in asked]
    rebases = [(Period.parse(r.period) - start, r) for r in written.rebases if r.indicator == indicator.code]
    inside = [(i - first, r) for i, r in rebases if first < i <= now]
    control = _control(indicator, actual[first:], targets[first : now + 1], [i for i, _ in inside])
    rest = len(months) - now - 1
    datum = ChartDatum(
        unit=unit,
        unit_name=ground.organisation.unit(unit).name,
        indicator=indicator.code,
        indicator_name=ground.name(indicator.code, language),
        measure=indicator.measure,
        direction=indicator.direction.value,
        percent=indicator.percent,
        decimals=indicator.decimals,
        periods=months[first:],
        actual=(*actual[first:], *(None,) * rest),
        provisional=(*(f.provisional for f in figures[first:]), *(False,) * rest),
        target=tuple(targets[first:]),
        segments=_segments(control, inside),
        marks=_marks(control),
        events=tuple(
            ChartEvent(Period.parse(e.period) - start - first, e.text)
            for e in written.events
            if 0 <= Period.parse(e.period) - start - first <= now - first
        ),
        now=max((i for i, value in enumerate(actual[first:]) if value is not None), default=-1),
        constant=control.constant if control else False,
        hidden=hidden,
    )
    return Trend(datum, control)


def _control(
    indicator: Indicator, values: Sequence[float | None], targets: Sequence[float | None], rebase: Sequence[int]
) -> ControlChart | None:
    known = sum(value is not None for value in values)
    if indicator.method not in METHODS_WITH_LIMITS or known < FEWEST_FIXED // 2:
        return None
    return control_chart(
        values,
        target=list(targets),
        direction=indicator.direction.value,
        rebase=rebase,
        fix_after=BASE if known > BASE else None,
    )


def _segments(control: ControlChart | None, rebases: Sequence[tuple[int, Rebase]]) -> tuple[ChartSegment, ...]:
    reasons = {i: rebase.reason for i, rebase in rebases}
    return tuple(
        ChartSegment(s.start, s.end, s.mean, s.lower, s.upper, s.provisional, reasons.get(s.start, ""))
        for s in (control.segments if control else ())
        if s.mean is not None and s.lower is not None and s.upper is not None
    )


def _marks(control: ControlChart | None) -> tuple[ChartMark, ...]:
    return tuple(
        ChartMark(i, point.flag, point.verdict)
        for i, point in enumerate(control.points if control else ())
        if point.flag not in (None, "common") and point.flag is not None and point.verdict is not None
    )
