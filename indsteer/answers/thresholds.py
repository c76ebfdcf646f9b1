"""Whether a figure breaches the signal or intervention value of its indicator: the facts that thresholds ask for."""

from __future__ import annotations

from functools import lru_cache

from indsteer.analysis.figure import Figure, TargetFigure
from indsteer.answers.ground import Ground
from indsteer.domain.indicator import Indicator
from indsteer.domain.period import Period
from indsteer.domain.threshold import Threshold, breached, parse_thresholds


def breaches(
    ground: Ground, indicator: Indicator, unit: str, month: Period, figure: Figure, target: TargetFigure
) -> tuple[bool | None, bool | None]:
    """Whether the signal and the intervention value are breached; None where it is not known."""
    if figure.value is None:
        return None, None
    levels = (indicator.signal, indicator.intervention)
    found = [_scoped(text, indicator.percent, ground, unit, month) for text in levels]
    if not any(found):
        return None, None
    facts = {
        "plan": target.value,
        "forecast": target.value,
        "norm": _norm(ground, indicator, unit, month, target),
        "term": ground.ledger.term(unit, month).value,
        "norm_time": ground.ledger.norm_time(unit, month).value,
        "previous": ground.figure(unit, indicator.code, month.previous).value,
    }
    signal, intervention = (_any([breached(t, figure.value, **facts) for t in row]) for row in found)
    return signal, intervention


def _norm(ground: Ground, indicator: Indicator, unit: str, month: Period, target: TargetFigure) -> float | None:
    """The norm of the catalogue as a number, else the target: a norm per unit is agreed as its target."""
    if target.value is not None:
        return target.value
    for threshold in _scoped(indicator.norm, indicator.percent, ground, unit, month):
        if threshold.basis == "absolute":
            return threshold.lower if threshold.lower is not None else threshold.upper
    return None


def _scoped(text: str, percent: bool, ground: Ground, unit: str, month: Period) -> tuple[Threshold, ...]:
    """The thresholds that hold for this unit: those of the nearest unit above it, else the general ones."""
    found = _parsed(text, percent)
    for code in reversed(ground.organisation.path(unit, month.last_day)):
        mine = tuple(t for t in found if t.scope == code)
        if mine:
            return mine
    return tuple(t for t in found if not t.scope)


@lru_cache(maxsize=512)
def _parsed(text: str, percent: bool) -> tuple[Threshold, ...]:
    return parse_thresholds(text, percent=percent) if text else ()


def _any(found: list[bool | None]) -> bool | None:
    known = [each for each in found if each is not None]
    return any(known) if known else None
