"""The review: open it, explain or leave each deviation, decide, sign, and what comes after."""

from __future__ import annotations

from collections.abc import Sequence

from indsteer.domain.review import DecisionKind, Fault, Kept, Outcome, Review, ReviewStatus
from indsteer.operations.errors import GoneError, ReviewNotOpenError, ReviewNotSignedError
from indsteer.operations.guards import (
    must_be_day,
    must_be_period,
    must_have_reason,
    must_have_text,
    must_know_indicators,
    must_know_units,
)
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes
from indsteer.store.queries import reviews


def open_review(file: SteerFile, unit: str, period: str) -> Changes:
    """Start the review of a unit and period; does nothing when one is there."""
    must_know_units(file, [unit])
    must_be_period(period)
    with file.step("open_review", unit=unit, period=period) as step:
        if reviews.latest_review(file.connection, unit, period) is None:
            step.put(
                "review", id=file.new_id(), unit=unit, period=period, version=1, status=ReviewStatus.OPEN.value,
                opened_at=file.now().isoformat(timespec="seconds"),
            )  # fmt: skip
    return step.changes


def judge_deviation(
    file: SteerFile, review: str, indicator: str, outcome: Outcome | None, fault: Fault = Fault.NONE, dissent: str = ""
) -> Changes:
    """Say of an indicator's deviation that it is explained or consciously left, and where it lay; None undoes it."""
    found = _open(file, review)
    must_know_indicators(file, [indicator])
    with file.step("judge_deviation", unit=found.unit, indicator=indicator, period=found.period) as step:
        if outcome is None:
            step.remove("review_item", review=review, indicator=indicator)
        else:
            step.put(
                "review_item", review=review, indicator=indicator, outcome=outcome.value, fault=fault.value,
                dissent=dissent.strip(),
            )  # fmt: skip
    return step.changes


def add_decision(
    file: SteerFile, review: str, kind: DecisionKind, text: str, owner: str = "", due: str = "", carried_from: str = ""
) -> Changes:
    """Write down a decision, a question to the directorate, or an opening item of the next review."""
    found = _open(file, review)
    words = must_have_text(text, "decision")
    with file.step("add_decision", unit=found.unit, period=found.period, kind=kind.value) as step:
        step.put(
            "decision", id=file.new_id(), review=review, kind=kind.value, text=words, owner=owner.strip(),
            due=must_be_day(due), carried_from=carried_from,
        )  # fmt: skip
    return step.changes


def remove_decision(file: SteerFile, decision: str) -> Changes:
    """Take a line away that is not signed yet."""
    row = file.connection.execute("SELECT review FROM decision WHERE id = ?", (decision,)).fetchone()
    if row is None:
        raise GoneError(what="decision")
    found = _open(file, row[0])
    with file.step("remove_decision", unit=found.unit, period=found.period) as step:
        step.remove("decision", id=decision)
    return step.changes


def judge_agreement(file: SteerFile, review: str, decision: str, kept: Kept) -> Changes:
    """Say in this review whether an agreement of the previous one was kept.

    The line itself is signed and stays as it is: the judgement is a line of this review that names it.
    """
    found = _open(file, review)
    row = file.connection.execute("SELECT kind, text, owner, due FROM decision WHERE id = ?", (decision,)).fetchone()
    if row is None:
        raise GoneError(what="decision")
    mine = file.connection.execute(
        "SELECT id FROM decision WHERE review = ? AND carried_from = ?", (review, decision)
    ).fetchone()
    with file.step("judge_agreement", unit=found.unit, period=found.period, kept=kept.value) as step:
        if mine and kept is Kept.UNKNOWN:
            step.remove("decision", id=mine[0])
        elif mine:
            step.change("decision", {"id": mine[0]}, kept=kept.value)
        elif kept is not Kept.UNKNOWN:
            step.put(
                "decision", id=file.new_id(), review=review, kind=row[0], text=row[1], owner=row[2], due=row[3],
                carried_from=decision, kept=kept.value,
            )  # fmt: skip
    return step.changes


def write_dissent(file: SteerFile, review: str, text: str) -> Changes:
    """Write down who sees it differently and why; it is printed with the review."""
    found = _open(file, review)
    with file.step("write_dissent", unit=found.unit, period=found.period) as step:
        step.change("review", {"id": review}, dissent=text.strip())
    return step.changes


def sign_review(
    file: SteerFile, review: str, signed_by: Sequence[str], sheet: str, present: int | None = None
) -> Changes:
    """Fix the review: it locks the unit's period. `signed_by` are roles, `sheet` the sheet as it will print.

    A barrier for undo. Who wants every deviation dealt with asks `answers.review` first; the review page does.

    Raises:
        ReviewNotOpenError, GoneError, TextMissingError (nobody signs).
    """
    found = _open(file, review)
    roles = [must_have_text(role, "role") for role in signed_by]
    if not roles:
        must_have_text("", "role")
    with file.step(
        "sign_review", barrier=True, review=review, unit=found.unit, period=found.period, version=found.version
    ) as step:
        step.change(
            "review", {"id": review}, status=ReviewStatus.SIGNED.value,
            signed_at=file.now().isoformat(timespec="seconds"), signed_by="\n".join(roles), present=present,
            sheet=sheet,
        )  # fmt: skip
    return step.changes


def reopen_review(file: SteerFile, unit: str, period: str, reason: str) -> Changes:
    """Start the next version of a signed review, with a reason. What was signed stays and prints as it was.

    Raises:
        ReviewNotSignedError, ReasonMissingError.
    """
    why = must_have_reason(reason, "reopen_review")
    last = reviews.latest_review(file.connection, unit, period)
    if last is None or last.status is not ReviewStatus.SIGNED:
        raise ReviewNotSignedError(unit=unit, period=period)
    with file.step("reopen_review", unit=unit, period=period, reason=why, version=last.version + 1) as step:
        fresh = file.new_id()
        step.put(
            "review", id=fresh, unit=unit, period=period, version=last.version + 1, status=ReviewStatus.OPEN.value,
            opened_at=file.now().isoformat(timespec="seconds"), reason=why, dissent=last.dissent,
        )  # fmt: skip
        for item in reviews.review_items(file.connection, last.id).values():
            step.put(
                "review_item", review=fresh, indicator=item.indicator, outcome=item.outcome.value,
                fault=item.fault.value, dissent=item.dissent,
            )  # fmt: skip
        for line in reviews.decisions(file.connection, last.id):
            step.put(
                "decision", id=file.new_id(), review=fresh, kind=line.kind.value, text=line.text, owner=line.owner,
                due=line.due, carried_from=line.carried_from, kept=line.kept.value,
            )  # fmt: skip
    return step.changes


def _open(file: SteerFile, review: str) -> Review:
    found = reviews.review(file.connection, review)
    if found is None:
        raise GoneError(what="review")
    if found.status is not ReviewStatus.OPEN:
        raise ReviewNotOpenError(unit=found.unit, period=found.period)
    return found
