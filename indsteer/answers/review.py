"""What the review (gesprek) walks through: previous agreements, Plan, Do, Check, Act, decisions.

Everything is of one unit and one month. Which deviations need an answer, and whether they have one, is decided here
and asked by the page and by `operations.sheets.sign_with_sheet` alike.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indsteer.answers.act import ActRow, Group, act_answer
from indsteer.answers.check import CheckAnswer, CheckRow, check_answer
from indsteer.answers.ground import Ground
from indsteer.domain.review import Decision, DecisionKind, Fault, Kept, Outcome, Review, ReviewItem, ReviewStatus
from indsteer.errors import Fact
from indsteer.store.queries import reviews
from indsteer.store.verification import head
from indsteer.words import Words


class Step(StrEnum):
    """The steps, in order."""

    AGREEMENTS = "agreements"
    PLAN = "plan"
    DO = "do"
    CHECK = "check"
    ACT = "act"
    CLOSE = "close"


class Weight(StrEnum):
    """Why an indicator is a topic, in order."""

    ATTENTION = "attention"  # a real change for the worse, or the intervention value breached
    MISSED = "missed"  # the signal value breached, or the target just missed
    QUIET = "quiet"  # noise; listed so that nobody has to ask


@dataclass(frozen=True, slots=True)
class StepState:
    """Where a step stands: nothing left to do there (`done`), and its outcome as a key under `review.outcome`."""

    step: Step
    done: bool
    outcome: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Topic:
    """One indicator in the conversation. `needs`: the review cannot be signed before it is explained or left."""

    row: CheckRow
    weight: Weight
    needs: bool
    cause: str
    fault: Fault
    left: bool
    dissent: str

    @property
    def settled(self) -> bool:
        """Explained in words, or consciously left."""
        return self.left or bool(self.cause)

    @property
    def tone(self) -> str:
        """The tone of the heaviest verdict, for the shape."""
        if self.weight is Weight.ATTENTION:
            return "bad"
        return "warn" if self.needs else "none"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A line of the last signed review, and what this review says of it."""

    line: Decision
    kept: Kept


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
    """`review` is None before the conversation began; `previous` is the last signed review of an earlier month.

    `lines` are this review's own lines, judgements of agreements left out; `new_measures` came from this review;
    `open_measures` are all open ones of the unit and below. `signed_step` and `signed_head` are of the signature.
    """

    unit: str
    unit_name: str
    period: str
    today: date
    check: CheckAnswer
    review: Review | None
    previous: Review | None
    steps: tuple[StepState, ...]
    agreements: tuple[Agreement, ...]
    topics: tuple[Topic, ...]
    lines: tuple[Decision, ...]
    measures: tuple[ActRow, ...]
    new_measures: tuple[ActRow, ...]
    missing: tuple[CheckRow, ...]
    provisional: tuple[CheckRow, ...]
    versions: tuple[str, ...]
    signed_step: int = 0
    signed_head: str = ""

    @property
    def signed(self) -> bool:
        """Whether the latest version is signed."""
        return self.review is not None and self.review.status is ReviewStatus.SIGNED

    @property
    def version(self) -> int:
        """The version that is open or signed, or that will be the first."""
        return self.review.version if self.review else 1

    @property
    def open_deviations(self) -> tuple[Topic, ...]:
        """What must be explained or consciously left before signing."""
        return tuple(topic for topic in self.topics if topic.needs and not topic.settled)

    @property
    def open_measures(self) -> tuple[ActRow, ...]:
        """Countermeasures of the unit and below that are not closed."""
        return tuple(row for row in self.measures if row.measure.is_open)

    @property
    def carried(self) -> tuple[Decision, ...]:
        """Lines that the next review opens with, besides the decisions."""
        return tuple(line for line in self.lines if line.kind is not DecisionKind.DECISION)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided in this review."""
        return tuple(line for line in self.lines if line.kind is DecisionKind.DECISION)

    def topic(self, indicator: str) -> Topic | None:
        """The topic of an indicator."""
        return next((topic for topic in self.topics if topic.row.indicator == indicator), None)

    def step(self, step: Step) -> StepState:
        """The state of a step."""
        return next(state for state in self.steps if state.step is step)


def review_answer(
    connection: sqlite3.Connection, ground: Ground, words: Words, unit: str, period: str, today: date
) -> ReviewAnswer:
    """The review of a unit and month as it stands.

    Raises:
        UnknownUnitError, BadPeriodError.
    """
    check = check_answer(connection, ground, words, unit, period)
    review = reviews.latest_review(connection, unit, period)
    previous = reviews.previous_review(connection, unit, period)
    items = reviews.review_items(connection, review.id) if review else {}
    written = reviews.decisions(connection, review.id) if review else []
    agreements = _agreements(connection, previous, written)
    topics = tuple(sorted((_topic(row, items.get(row.indicator)) for row in check.rows), key=_urgency))
    measures = act_answer(connection, unit, today, language=words.language).rows
    mine = {r.id for r in reviews.reviews(connection) if r.unit == unit and r.period == period}
    new = tuple(row for row in measures if row.measure.review in mine)
    missing = tuple(row for row in check.rows if row.value is None and row.why_not == "not_recorded")
    provisional = tuple(row for row in check.rows if row.value is not None and row.provisional)
    versions = tuple(dict.fromkeys(row.version for row in check.rows if row.version))
    steps = (
        _agreements_state(agreements),
        _plan_state(check.rows, versions),
        _do_state(check, missing, provisional),
        _check_state(topics),
        _act_state(new, measures),
        _close_state(review, written),
    )
    step = reviews.signed_step(connection, review.id) if review and review.status is ReviewStatus.SIGNED else 0
    return ReviewAnswer(
        unit=unit,
        unit_name=check.unit_name,
        period=period,
        today=today,
        check=check,
        review=review,
        previous=previous,
        steps=steps,
        agreements=agreements,
        topics=topics,
        lines=tuple(line for line in written if not line.carried_from),
        measures=measures,
        new_measures=new,
        missing=missing,
        provisional=provisional,
        versions=versions,
        signed_step=step,
        signed_head=head(connection, step) if step else "",
    )


def _topic(row: CheckRow, item: ReviewItem | None) -> Topic:
    missed = row.standing.key in ("standing.signal", "standing.intervene", "standing.just_short")
    return Topic(
        row=row,
        weight=Weight.ATTENTION if row.attention else Weight.MISSED if missed else Weight.QUIET,
        needs=row.attention or row.standing.tone in ("warn", "bad"),
        cause=row.explained,
        fault=item.fault if item else Fault.NONE,
        left=bool(item and item.outcome is Outcome.LEFT),
        dissent=item.dissent if item else "",
    )


def _urgency(topic: Topic) -> tuple[int, bool, bool]:
    """Real changes before breached thresholds; rows keep the order of the catalogue within that."""
    return (list(Weight).index(topic.weight), not topic.needs, topic.row.change.tone != "bad")


def _agreements(
    connection: sqlite3.Connection, previous: Review | None, written: list[Decision]
) -> tuple[Agreement, ...]:
    """Lines of the last review that are still to be answered for; what was kept then is done."""
    if previous is None:
        return ()
    judged = {line.carried_from: line.kept for line in written if line.carried_from}
    return tuple(
        Agreement(line, judged.get(line.id, Kept.UNKNOWN))
        for line in reviews.decisions(connection, previous.id)
        if line.kept is not Kept.KEPT
    )


def _agreements_state(agreements: tuple[Agreement, ...]) -> StepState:
    total = len(agreements)
    if not total:
        return StepState(Step.AGREEMENTS, done=True, outcome="agreements_none", facts={})
    kept = sum(agreement.kept is Kept.KEPT for agreement in agreements)
    judged = sum(agreement.kept is not Kept.UNKNOWN for agreement in agreements)
    if judged < total:
        return StepState(Step.AGREEMENTS, done=False, outcome="agreements_open", facts={"n": total - judged})
    return StepState(Step.AGREEMENTS, done=True, outcome="agreements_kept", facts={"kept": kept, "n": total})


def _plan_state(rows: tuple[CheckRow, ...], versions: tuple[str, ...]) -> StepState:
    if not any(row.target is not None for row in rows):
        return StepState(Step.PLAN, done=False, outcome="plan_none", facts={})
    return StepState(Step.PLAN, done=True, outcome="plan_version", facts={"version": ", ".join(versions)})


def _do_state(check: CheckAnswer, missing: tuple[CheckRow, ...], provisional: tuple[CheckRow, ...]) -> StepState:
    if check.empty:
        return StepState(Step.DO, done=False, outcome="do_empty", facts={})
    if missing:
        return StepState(Step.DO, done=False, outcome="do_missing", facts={"n": len(missing)})
    if provisional:
        return StepState(Step.DO, done=True, outcome="do_provisional", facts={"n": len(provisional)})
    return StepState(Step.DO, done=True, outcome="do_complete", facts={})


def _check_state(topics: tuple[Topic, ...]) -> StepState:
    needed = [topic for topic in topics if topic.needs]
    if not needed:
        return StepState(Step.CHECK, done=True, outcome="check_quiet", facts={})
    settled = sum(topic.settled for topic in needed)
    facts = {"settled": settled, "n": len(needed)}
    return StepState(Step.CHECK, done=settled == len(needed), outcome="check_settled", facts=facts)


def _act_state(new: tuple[ActRow, ...], measures: tuple[ActRow, ...]) -> StepState:
    late = sum(row.group is Group.OVERDUE for row in measures)
    if late:
        return StepState(Step.ACT, done=False, outcome="act_late", facts={"n": late})
    return StepState(Step.ACT, done=True, outcome="act_new", facts={"n": len(new)})


def _close_state(review: Review | None, written: list[Decision]) -> StepState:
    if review is not None and review.status is ReviewStatus.SIGNED:
        return StepState(Step.CLOSE, done=True, outcome="close_signed", facts={"version": review.version})
    n = sum(line.kind is DecisionKind.DECISION and not line.carried_from for line in written)
    return StepState(Step.CLOSE, done=False, outcome="close_open", facts={"n": n})
