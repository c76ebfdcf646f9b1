"""What a review writes beside one deviation, each part without touching the others.

The fault, the dissent and "consciously left" stand in one row of the review; each of these reads the row as it is
now, so that two quick clicks never undo each other.
"""

from __future__ import annotations

from indsteer.domain.review import Fault, Outcome, ReviewItem
from indsteer.operations.reviews import judge_deviation
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes
from indsteer.store.queries import reviews


def say_fault(file: SteerFile, review: str, indicator: str, fault: Fault) -> Changes:
    """Was it the plan or the execution? NONE takes the answer back."""
    item = _item(file, review, indicator)
    return judge_deviation(file, review, indicator, _needed(item.outcome, fault, item.dissent), fault, item.dissent)


def leave_deviation(file: SteerFile, review: str, indicator: str, *, left: bool) -> Changes:
    """Leave a deviation consciously as it is, or take that back."""
    item = _item(file, review, indicator)
    outcome = Outcome.LEFT if left else _needed(Outcome.EXPLAINED, item.fault, item.dissent)
    return judge_deviation(file, review, indicator, outcome, item.fault, item.dissent)


def say_dissent(file: SteerFile, review: str, indicator: str, text: str) -> Changes:
    """Who sees this deviation differently, and why; it is printed with the review. Empty takes it back."""
    item = _item(file, review, indicator)
    words = text.strip()
    return judge_deviation(file, review, indicator, _needed(item.outcome, item.fault, words), item.fault, words)


def _item(file: SteerFile, review: str, indicator: str) -> ReviewItem:
    found = reviews.review_items(file.connection, review).get(indicator)
    return found or ReviewItem(review, indicator, Outcome.EXPLAINED)


def _needed(outcome: Outcome, fault: Fault, dissent: str) -> Outcome | None:
    """None when nothing is left to say, so that the row goes."""
    return None if outcome is Outcome.EXPLAINED and fault is Fault.NONE and not dissent else outcome
