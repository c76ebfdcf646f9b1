"""Recording what was realised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indsteer.operations.errors import DoubleValueError
from indsteer.operations.guards import (
    must_be_number,
    must_be_open,
    must_be_period,
    must_have_reason,
    must_know_quantities,
    must_know_units,
)
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes, OpenStep


@dataclass(frozen=True, slots=True)
class ActualEdit:
    """A value for one cell: a number; None with an empty `reason` clears it; None with a reason stores "n.v.t."."""

    unit: str
    quantity: str
    period: str
    value: float | None
    reason: str = ""
    stream: str = ""


def set_actuals(file: SteerFile, edits: Sequence[ActualEdit]) -> Changes:
    """Record, change or clear values of open periods as one step (typing, a paste, a fill, Delete).

    A new value is provisional; a value that was final stays final.

    Raises:
        SignedPeriodError, UnknownUnitError, UnknownIndicatorError, BadPeriodError, NotANumberError,
        DoubleValueError: nothing was changed.
    """
    _check(file, edits)
    must_be_open(file, ((e.unit, e.period) for e in edits))
    with file.step("set_actuals", _facts(edits)) as step:
        _write(step, edits)
    return step.changes


def correct_actuals(file: SteerFile, edits: Sequence[ActualEdit], reason: str) -> Changes:
    """Change values of a signed period without reopening it; the reason stays in the journal.

    Raises:
        ReasonMissingError, and as `set_actuals`.
    """
    why = must_have_reason(reason, "correct_actuals")
    _check(file, edits)
    with file.step("correct_actuals", _facts(edits), reason=why) as step:
        _write(step, edits)
    return step.changes


def make_final(file: SteerFile, unit: str, period: str) -> Changes:
    """Declare all values of a unit and period final."""
    must_know_units(file, [unit])
    must_be_open(file, [(unit, must_be_period(period))])
    with file.step("make_final", unit=unit, period=period) as step:
        step.change("actual", {"unit": unit, "period": period}, final=1)
    return step.changes


def make_provisional(file: SteerFile, unit: str, period: str, reason: str) -> Changes:
    """Open the final values of a period again, with a reason."""
    why = must_have_reason(reason, "make_provisional")
    must_know_units(file, [unit])
    must_be_open(file, [(unit, must_be_period(period))])
    with file.step("make_provisional", unit=unit, period=period, reason=why) as step:
        step.change("actual", {"unit": unit, "period": period}, final=0)
    return step.changes


def _check(file: SteerFile, edits: Sequence[ActualEdit]) -> None:
    must_know_units(file, {e.unit for e in edits})
    must_know_quantities(file, {e.quantity for e in edits})
    seen: set[tuple[str, str, str, str]] = set()
    for e in edits:
        must_be_period(e.period)
        key = (e.unit, e.quantity, e.stream, e.period)
        if key in seen:
            raise DoubleValueError(unit=e.unit, indicator=e.quantity, period=e.period)
        seen.add(key)
        if e.value is not None:
            must_be_number(e.value, unit=e.unit, indicator=e.quantity, period=e.period)


def _write(step: OpenStep, edits: Sequence[ActualEdit]) -> None:
    for e in edits:
        if e.value is None and not e.reason:
            step.remove("actual", unit=e.unit, quantity=e.quantity, stream=e.stream, period=e.period)
            continue
        stored = step.query(
            "SELECT final FROM actual WHERE unit = ? AND quantity = ? AND stream = ? AND period = ?",
            e.unit, e.quantity, e.stream, e.period,
        )  # fmt: skip
        step.put(
            "actual", unit=e.unit, quantity=e.quantity, stream=e.stream, period=e.period,
            value=None if e.value is None else float(e.value), final=stored[0][0] if stored else 0, reason=e.reason,
            source=None, cell="",
        )  # fmt: skip


def _facts(edits: Sequence[ActualEdit]) -> dict[str, str | int]:
    units, periods, codes = ({getattr(e, name) for e in edits} for name in ("unit", "period", "quantity"))
    return {
        "n": len(edits),
        "unit": units.pop() if len(units) == 1 else "",
        "period": periods.pop() if len(periods) == 1 else "",
        "indicator": codes.pop() if len(codes) == 1 else "",
    }
