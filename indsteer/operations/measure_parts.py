"""Change one part of a countermeasure, whatever happened to the other parts meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from indsteer.operations.countermeasures import MeasureDraft, change_countermeasure
from indsteer.operations.errors import GoneError
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes
from indsteer.store.queries import reviews


def change_parts(file: SteerFile, measure: str, **parts: Any) -> Changes:
    """Change these fields of a `MeasureDraft` and keep the others as they are now; nothing new makes no step.

    Raises:
        GoneError, and what `change_countermeasure` refuses.
    """
    found = reviews.countermeasure(file.connection, measure)
    if found is None:
        raise GoneError(what="countermeasure")
    before = MeasureDraft(
        title=found.title,
        indicator=found.indicator,
        owner=found.owner,
        support=found.support,
        start=found.start,
        due=found.due,
        expected=found.expected,
        expected_note=found.expected_note,
    )
    after = replace(before, **parts)
    return Changes() if after == before else change_countermeasure(file, measure, after)
