"""What people write beside a figure: causes, findings, events, and where limits start anew."""

from __future__ import annotations

from collections.abc import Sequence

from indsteer.operations.errors import GoneError
from indsteer.operations.guards import (
    must_be_period,
    must_have_reason,
    must_have_text,
    must_know_indicators,
    must_know_units,
)
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes


def write_cause(
    file: SteerFile, unit: str, indicator: str, period: str, text: str, tags: Sequence[str] = ()
) -> Changes:
    """Write down why a figure is what it is. Writing again in the same period changes the text; empty clears it."""
    must_know_units(file, [unit])
    must_know_indicators(file, [indicator])
    must_be_period(period)
    found = file.connection.execute(
        "SELECT id FROM cause WHERE unit = ? AND indicator = ? AND period = ? ORDER BY id DESC LIMIT 1",
        (unit, indicator, period),
    ).fetchone()
    with file.step("write_cause", unit=unit, indicator=indicator, period=period) as step:
        words, chips = text.strip(), " ".join(sorted(set(tags)))
        if not words and not chips:
            if found:
                step.remove("cause", id=found[0])
        elif found:
            step.change("cause", {"id": found[0]}, text=words, tags=chips)
        else:
            step.put(
                "cause", id=file.new_id(), unit=unit, indicator=indicator, period=period, text=words, tags=chips,
                at=file.now().isoformat(timespec="seconds"), role=file.actor.role,
            )  # fmt: skip
    return step.changes


def write_finding(file: SteerFile, unit: str, indicator: str, period: str, text: str) -> Changes:
    """Write down what we see."""
    must_know_units(file, [unit])
    must_be_period(period)
    words = must_have_text(text, "finding")
    with file.step("write_finding", unit=unit, indicator=indicator, period=period) as step:
        step.put(
            "finding", id=file.new_id(), unit=unit, indicator=indicator, period=period, text=words,
            at=file.now().isoformat(timespec="seconds"), role=file.actor.role,
        )  # fmt: skip
    return step.changes


def remove_finding(file: SteerFile, finding: str) -> Changes:
    """Take a finding away."""
    with file.step("remove_finding") as step:
        if not step.remove("finding", id=finding):
            raise GoneError(what="finding")
    return step.changes


def add_event(file: SteerFile, unit: str, period: str, kind: str, text: str, until: str = "") -> Changes:
    """Put something that happened on the axis; unit "" means everywhere."""
    if unit:
        must_know_units(file, [unit])
    must_be_period(period)
    if until:
        must_be_period(until)
    words = must_have_text(text, "event")
    with file.step("add_event", unit=unit, period=period) as step:
        step.put("event", id=file.new_id(), unit=unit, period=period, until=until, kind=kind, text=words)
    return step.changes


def remove_event(file: SteerFile, event: str) -> Changes:
    """Take an event off the axis."""
    with file.step("remove_event") as step:
        if not step.remove("event", id=event):
            raise GoneError(what="event")
    return step.changes


def add_rebase(file: SteerFile, unit: str, indicator: str, period: str, reason: str) -> Changes:
    """From this period compute the limits anew, because of a reason."""
    must_know_units(file, [unit])
    must_know_indicators(file, [indicator])
    must_be_period(period)
    why = must_have_reason(reason, "add_rebase")
    with file.step("add_rebase", unit=unit, indicator=indicator, period=period) as step:
        step.put(
            "rebase", id=file.new_id(), unit=unit, indicator=indicator, period=period, reason=why,
            at=file.now().isoformat(timespec="seconds"), role=file.actor.role,
        )  # fmt: skip
    return step.changes


def remove_rebase(file: SteerFile, rebase: str) -> Changes:
    """Let the limits run on from before."""
    with file.step("remove_rebase") as step:
        if not step.remove("rebase", id=rebase):
            raise GoneError(what="rebase")
    return step.changes
