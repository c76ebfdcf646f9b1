"""The review (gesprek): what a unit and its directorate looked at, explained, decided and signed for one period.

A review has versions: reopening a signed one makes the next version with a reason; what was signed stays and
prints byte-identical. Signed by roles typed, without authentication.
"""

from dataclasses import dataclass
from enum import StrEnum


class ReviewStatus(StrEnum):
    """Where a review stands; the period of a unit is locked while its latest version is signed."""

    OPEN = "open"
    SIGNED = "signed"


class Outcome(StrEnum):
    """What the review did with a deviation."""

    EXPLAINED = "explained"
    LEFT = "left"  # consciously left as it is


class Fault(StrEnum):
    """Was it the plan or the execution?"""

    PLAN = "plan"
    EXECUTION = "execution"
    UNCLEAR = "unclear"
    NONE = ""


class DecisionKind(StrEnum):
    """Where a line of the review goes."""

    DECISION = "decision"
    DIRECTORATE = "directorate"  # a question to the directorate
    NEXT = "next"  # opening item of the next review


class Kept(StrEnum):
    """Whether an agreement of the previous review was kept, as the next review finds."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"
    CHANGED = "changed"  # changed by agreement
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Review:
    """One version of the review of a unit and period. `sheet` is the signed sheet as data, empty while open."""

    id: str
    unit: str
    period: str
    version: int
    status: ReviewStatus
    opened_at: str
    signed_at: str = ""
    signed_by: tuple[str, ...] = ()
    present: int | None = None
    reason: str = ""
    dissent: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """What the review says of one indicator."""

    review: str
    indicator: str
    outcome: Outcome
    fault: Fault = Fault.NONE
    dissent: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of the review that goes somewhere; `carried_from` names the decision it continues."""

    id: str
    review: str
    kind: DecisionKind
    text: str
    owner: str = ""
    due: str = ""
    carried_from: str = ""
    kept: Kept = Kept.UNKNOWN


@dataclass(frozen=True, slots=True)
class Finding:
    """What we see, with its figure, of a unit, indicator and period."""

    id: str
    unit: str
    indicator: str
    period: str
    text: str
    at: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a figure is what it is; it stays with the figure for ever."""

    id: str
    unit: str
    indicator: str
    period: str
    text: str
    tags: tuple[str, ...]
    at: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: a ruling, a rule change, an outage, the start of a measure. Unit "" = everywhere."""

    id: str
    unit: str
    period: str
    until: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Rebase:
    """From this period the limits are computed anew, because of the reason a person gave."""

    id: str
    unit: str
    indicator: str
    period: str
    reason: str
    at: str
    role: str = ""
