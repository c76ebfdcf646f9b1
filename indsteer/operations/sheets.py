"""Sign a review together with the sheet that will be printed of it for ever."""

from __future__ import annotations

from collections.abc import Sequence

from indsteer.answers.ground import Ground, load_ground
from indsteer.answers.review import ReviewAnswer, review_answer
from indsteer.answers.sheet import sheet_to_sign
from indsteer.domain.review import ReviewStatus
from indsteer.operations.errors import DeviationsOpenError, GoneError, ReviewNotOpenError
from indsteer.operations.guards import must_have_text
from indsteer.operations.reviews import sign_review
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes
from indsteer.store.queries import reviews
from indsteer.words import Words


def sign_with_sheet(
    file: SteerFile,
    review_id: str,
    signed_by: Sequence[str],
    words: Words,
    *,
    present: int | None = None,
    strict: bool = True,
    ground: Ground | None = None,
) -> Changes:
    """Fix a review: it locks the unit's month and keeps the sheet as it is now.

    Args:
        file: the open file.
        review_id: the open version.
        signed_by: the roles that sign, as typed.
        words: the language of the sheet.
        present: how many sat at the table, when counted.
        strict: refuse while deviations are neither explained nor consciously left.
        ground: the facts as of now, when the caller has them.

    Raises:
        DeviationsOpenError, ReviewNotOpenError, GoneError, TextMissingError (nobody signs).
    """
    found = reviews.review(file.connection, review_id)
    if found is None:
        raise GoneError(what="review")
    if found.status is not ReviewStatus.OPEN:
        raise ReviewNotOpenError(unit=found.unit, period=found.period)
    roles = tuple(must_have_text(role, "role") for role in signed_by)
    if not roles:
        must_have_text("", "role")
    facts = ground or load_ground(file.connection)
    answer = review_answer(file.connection, facts, words, found.unit, found.period, file.now().date())
    if strict:
        must_be_settled(answer)
    sheet = sheet_to_sign(file.connection, facts, words, answer, roles)
    return sign_review(file, review_id, roles, sheet, present)


def must_be_settled(answer: ReviewAnswer) -> None:
    """Every deviation is explained or consciously left.

    Raises:
        DeviationsOpenError: with how many are not, and the first.
    """
    still = answer.open_deviations
    if still:
        raise DeviationsOpenError(n=len(still), first=still[0].row.name)
