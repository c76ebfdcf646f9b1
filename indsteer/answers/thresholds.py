"""Whether a figure breaches the signal or intervention value of its indicator: the facts that thresholds ask for."""

from __future__ import annotations

from indsteer.analysis.figure import Figure, TargetFigure
from indsteer.answers.ground import Ground
from indsteer.domain.indicator import Indicator
from indsteer.domain.period import Period
from indsteer.domain.threshold import applying, breached, level, thresholds_of
from indsteer.errors import UnknownIndicatorError

FORMATION = "FTE_FORMATIE"


def breaches(
    ground: Ground, indicator: Indicator, unit: str, month: Period, figure: Figure, target: TargetFigure
) -> tuple[bool | None, bool | None]:
    """Whether the signal and the intervention value are breached; None where it is not known."""
    if figure.value is None:
        return None, None
    found = thresholds_of(indicator)
    path = ground.organisation.path(unit, month.last_day)
    signal, intervention = applying(found.signal, path), applying(found.intervention, path)
    if signal is None and intervention is None:
        return None, None
    plan = target.value
    term = ground.ledger.term(unit, month).value
    norm_time = ground.ledger.norm_time(unit, month).value
    previous = ground.figure(unit, indicator.code, month.previous).value
    formation = _formation(ground, unit, month)
    own = applying(found.norm, path)
    norm = plan
    if norm is None and own is not None:
        norm = level(own, plan=plan, term=term, norm_time=norm_time, forecast=plan, formation=formation)
    first, second = (
        None
        if limit is None
        else breached(
            limit,
            figure.value,
            plan=plan,
            norm=norm,
            term=term,
            norm_time=norm_time,
            forecast=plan,
            previous=previous,
            formation=formation,
        )
        for limit in (signal, intervention)
    )
    return first, second


def _formation(ground: Ground, unit: str, month: Period) -> float | None:
    try:
        return ground.figure(unit, FORMATION, month).value
    except UnknownIndicatorError:
        return None
