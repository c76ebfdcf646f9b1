"""Countermeasures: agree them, change them, bring them higher, close them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indsteer.domain.countermeasure import ESCALATIONS, Countermeasure, Escalation, Status
from indsteer.operations.errors import GoneError
from indsteer.operations.guards import (
    must_be_day,
    must_be_number,
    must_have_reason,
    must_have_text,
    must_know_indicators,
    must_know_units,
)
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes
from indsteer.store.queries import reviews


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """What a user fills in; `expected` is in the stored scale of the indicator (a fraction for a percentage)."""

    title: str
    indicator: str = ""
    owner: str = ""
    support: str = ""
    start: str = ""
    due: str = ""
    expected: float | None = None
    expected_note: str = ""


def add_countermeasure(file: SteerFile, unit: str, period: str, draft: MeasureDraft, *, review: str = "") -> Changes:
    """Agree a countermeasure. It gets the next number of the unit.

    Raises:
        UnknownUnitError, UnknownIndicatorError, TextMissingError, BadDateError, NotANumberError.
    """
    must_know_units(file, [unit])
    clean = _clean(file, unit, period, draft)
    number = _next_number(file, unit)
    with file.step("add_countermeasure", unit=unit, number=number) as step:
        step.put(
            "countermeasure", id=file.new_id(), unit=unit, number=number, title=clean.title,
            indicator=clean.indicator, period=period, owner=clean.owner, support=clean.support, start=clean.start,
            due=clean.due, status=Status.RUNNING.value if clean.start else Status.PLANNED.value,
            expected=clean.expected, expected_note=clean.expected_note, review=review,
        )  # fmt: skip
    return step.changes


def change_countermeasure(file: SteerFile, measure: str, draft: MeasureDraft) -> Changes:
    """Change what was agreed."""
    found = _found(file, measure)
    clean = _clean(file, found.unit, found.period, draft)
    with file.step("change_countermeasure", unit=found.unit, number=found.number) as step:
        step.change(
            "countermeasure", {"id": measure}, title=clean.title, indicator=clean.indicator, owner=clean.owner,
            support=clean.support, start=clean.start, due=clean.due, expected=clean.expected,
            expected_note=clean.expected_note,
        )  # fmt: skip
    return step.changes


def set_countermeasure_status(file: SteerFile, measure: str, status: Status, outcome: str = "") -> Changes:
    """Start, finish, stop, embed or reopen a countermeasure; stopping needs the reason as `outcome`."""
    found = _found(file, measure)
    text = must_have_reason(outcome, "stop_countermeasure") if status is Status.STOPPED else outcome.strip()
    closed = "" if status in (Status.PLANNED, Status.RUNNING) else file.now().date().isoformat()
    with file.step("set_countermeasure_status", unit=found.unit, number=found.number, status=status.value) as step:
        step.change("countermeasure", {"id": measure}, status=status.value, closed_on=closed, outcome=text)
    return step.changes


def escalate_countermeasure(file: SteerFile, measure: str, to: Escalation, reason: str) -> Changes:
    """Bring a countermeasure to a higher level, or back, with a reason."""
    found = _found(file, measure)
    why = must_have_reason(reason, "escalate_countermeasure")
    with file.step("escalate_countermeasure", unit=found.unit, number=found.number, to=to.value, reason=why) as step:
        step.change("countermeasure", {"id": measure}, escalation=ESCALATIONS.index(to))
    return step.changes


def remove_countermeasure(file: SteerFile, measure: str) -> Changes:
    """Take away a countermeasure that was made by mistake."""
    found = _found(file, measure)
    with file.step("remove_countermeasure", unit=found.unit, number=found.number) as step:
        step.remove("countermeasure", id=measure)
    return step.changes


def _clean(file: SteerFile, unit: str, period: str, draft: MeasureDraft) -> MeasureDraft:
    if draft.indicator:
        must_know_indicators(file, [draft.indicator])
    if draft.expected is not None:
        must_be_number(draft.expected, unit=unit, indicator=draft.indicator, period=period)
    return replace(
        draft,
        title=must_have_text(draft.title, "countermeasure"),
        owner=draft.owner.strip(),
        support=draft.support.strip(),
        start=must_be_day(draft.start),
        due=must_be_day(draft.due),
        expected_note=draft.expected_note.strip(),
    )


def _found(file: SteerFile, measure: str) -> Countermeasure:
    found = reviews.countermeasure(file.connection, measure)
    if found is None:
        raise GoneError(what="countermeasure")
    return found


def _next_number(file: SteerFile, unit: str) -> str:
    letter = unit.rsplit("-", 1)[-1][:1] or "M"
    rows = file.connection.execute(
        "SELECT number FROM countermeasure WHERE number LIKE ? || '-%'", (letter,)
    ).fetchall()
    used = [int(text.split("-")[1]) for (text,) in rows if text.split("-")[1].isdigit()]
    return f"{letter}-{max(used, default=0) + 1:02d}"
