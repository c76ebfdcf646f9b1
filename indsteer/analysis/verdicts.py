"""Separate verdicts instead of one light: change, standing in the month, to date, capability.

A single red or green light against a target cries wolf: with a process exactly on target and 10 % monthly variation
it is "not green" in half of all months. So each question has its own answer, as a tone (which gives the shape and
colour), a key for the words, and facts.

Tones: good (reached, improved), warn (signal: discuss), bad (intervene: act), none (noise, nothing to say),
na (does not apply), info (a real change that is neither good nor bad).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indsteer.analysis.control_chart import ControlChart
from indsteer.domain.quantity import Direction
from indsteer.errors import Fact

GOOD, WARN, BAD, NONE, NOT_APPLICABLE, INFO = "good", "warn", "bad", "none", "na", "info"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer: `tone` for the shape, `key` for the word (under `verdict.`), `facts` for its places."""

    tone: str
    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def change(chart: ControlChart | None) -> Verdict:
    """Is the last point a real change or noise? From the verdict of the last point of the control chart."""
    if chart is None:
        return Verdict(NOT_APPLICABLE, "change.not_judged")
    if chart.constant:
        return Verdict(NONE, "change.constant")
    tones = {
        "improvement": GOOD,
        "concern": BAD,
        "neutral_high": INFO,
        "neutral_low": INFO,
        "common": NONE,
    }
    if chart.variation is None:
        return Verdict(NOT_APPLICABLE, "change.not_judged")
    return Verdict(tones[chart.variation], f"change.{chart.variation}")


def capability(chart: ControlChart | None) -> Verdict:
    """Can this process reach the target at all? From the limits of the last segment."""
    if chart is None or chart.assurance is None:
        return Verdict(NOT_APPLICABLE, "capability.none")
    tones = {"pass": GOOD, "fail": BAD, "hit_and_miss": NONE}
    return Verdict(tones[chart.assurance], f"capability.{chart.assurance}")


def standing(
    value: float | None,
    target: float | None,
    direction: Direction,
    *,
    signal: bool | None,
    intervention: bool | None,
    rounding: float = 0.0,
) -> Verdict:
    """Where a value stands against its target and its thresholds.

    Args:
        value: the actual; None = missing.
        target: the target of the same period; None = none.
        direction: which way is better.
        signal: whether the signal value is breached; None = not known.
        intervention: whether the intervention value is breached; None = not known.
        rounding: half a unit of the last shown decimal: closer than this is on the target.
    """
    if value is None:
        return Verdict(NOT_APPLICABLE, "standing.missing")
    if intervention:
        return Verdict(BAD, "standing.intervene")
    if signal:
        return Verdict(WARN, "standing.signal")
    if target is None:
        return Verdict(NONE, "standing.no_target")
    if direction is Direction.NEUTRAL:
        return Verdict(NONE, "standing.as_expected")
    gap = value - target
    if direction is Direction.TARGET:
        return Verdict(GOOD, "standing.reached")
    short = -gap if direction is Direction.HIGHER else gap
    return Verdict(NONE, "standing.just_short") if short > rounding else Verdict(GOOD, "standing.reached")


def to_date(
    value: float | None, target: float | None, direction: Direction, *, rounding: float, percent: bool
) -> Verdict:
    """Is the target met so far this year? `value` and `target` run from January up to and including the month.

    The facts hold `gap` (value - target) and `share` (the gap as a share of the target; None for percentages and
    for a target of 0).
    """
    if value is None or target is None:
        return Verdict(NOT_APPLICABLE, "to_date.none")
    gap = value - target
    facts: dict[str, Fact] = {"gap": gap, "share": None if percent or not target else gap / target}
    if direction is Direction.NEUTRAL:
        return Verdict(NONE, "to_date.as_expected", facts)
    if direction is Direction.TARGET:
        return Verdict(NONE, "to_date.reached" if abs(gap) <= rounding else "to_date.off", facts)
    short = -gap if direction is Direction.HIGHER else gap
    if short <= rounding:
        return Verdict(GOOD, "to_date.reached", facts)
    return Verdict(WARN, "to_date.behind" if direction is Direction.HIGHER else "to_date.too_high", facts)
