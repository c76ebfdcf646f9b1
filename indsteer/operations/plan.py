"""Plan versions and the targets in them.

A version is a draft until it is agreed; agreeing is a barrier. An agreed version does not change any more: a
revision is a new version with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indsteer.domain.facts import TargetKind
from indsteer.operations.errors import AgreedPlanError, DoubleValueError, UnknownVersionError, VersionExistsError
from indsteer.operations.guards import (
    must_be_day,
    must_be_number,
    must_be_period,
    must_have_reason,
    must_have_text,
    must_know_indicators,
    must_know_units,
)
from indsteer.store.encoding import Row, Value
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes


@dataclass(frozen=True, slots=True)
class TargetEdit:
    """A target for one cell of a version; None clears it."""

    unit: str
    indicator: str
    period: str
    value: float | None
    kind: TargetKind = TargetKind.PLAN
    stream: str = ""


def add_version(file: SteerFile, year: int, code: str, name: str, reason: str = "") -> Changes:
    """Start a draft version of the plan of a year.

    Raises:
        VersionExistsError, TextMissingError.
    """
    short = must_have_text(code, "version")
    if _version(file, year, short) is not None:
        raise VersionExistsError(version=short, year=str(year))
    with file.step("add_version", year=year, version=short) as step:
        step.put("plan_version", year=year, code=short, name=name.strip() or short, reason=reason.strip())
    return step.changes


def revise_version(file: SteerFile, year: int, base: str, code: str, name: str, reason: str) -> Changes:
    """Start a draft that begins as a copy of an existing version, because of a reason.

    Raises:
        UnknownVersionError, VersionExistsError, ReasonMissingError, TextMissingError.
    """
    short, why = must_have_text(code, "version"), must_have_reason(reason, "revise_version")
    if _version(file, year, base) is None:
        raise UnknownVersionError(version=base, year=str(year))
    if _version(file, year, short) is not None:
        raise VersionExistsError(version=short, year=str(year))
    with file.step("revise_version", year=year, version=short, base=base, reason=why) as step:
        step.put("plan_version", year=year, code=short, name=name.strip() or short, reason=why)
        rows: list[Row] = [
            (*row[:5], short, *row[5:])
            for row in step.query(
                "SELECT unit, indicator, stream, period, year, kind, value, source, cell FROM target"
                " WHERE year = ? AND version = ?",
                year,
                base,
            )
        ]
        step.put_many("target", rows)
    return step.changes


def set_targets(file: SteerFile, year: int, version: str, edits: Sequence[TargetEdit]) -> Changes:
    """Set, change or clear targets of a draft as one step.

    Raises:
        UnknownVersionError, AgreedPlanError, UnknownUnitError, UnknownIndicatorError, BadPeriodError,
        NotANumberError, DoubleValueError: nothing was changed.
    """
    must_be_draft(file, year, version)
    must_know_units(file, {e.unit for e in edits})
    must_know_indicators(file, {e.indicator for e in edits})
    seen: set[tuple[str, ...]] = set()
    for e in edits:
        must_be_period(e.period)
        key = (e.unit, e.indicator, e.stream, e.period, e.kind)
        if key in seen:
            raise DoubleValueError(unit=e.unit, indicator=e.indicator, period=e.period)
        seen.add(key)
        if e.value is not None:
            must_be_number(e.value, unit=e.unit, indicator=e.indicator, period=e.period)
    unit = edits[0].unit if len({e.unit for e in edits}) == 1 else ""
    with file.step("set_targets", n=len(edits), year=year, version=version, unit=unit) as step:
        for e in edits:
            place: dict[str, Value] = {
                "unit": e.unit, "indicator": e.indicator, "stream": e.stream, "period": e.period, "year": year,
                "version": version, "kind": e.kind.value,
            }  # fmt: skip
            if e.value is None:
                step.remove("target", **place)
            else:
                step.put("target", **place, value=float(e.value), source=None, cell="")
    return step.changes


def agree_version(file: SteerFile, year: int, version: str, on: str) -> Changes:
    """Fix a version: from this day it is in force, and it does not change any more. A barrier for undo.

    Raises:
        UnknownVersionError, AgreedPlanError, BadDateError, TextMissingError.
    """
    must_be_draft(file, year, version)
    day = must_be_day(must_have_text(on, "agreed_on"))
    with file.step("agree_version", barrier=True, year=year, version=version, day=day) as step:
        step.change("plan_version", {"year": year, "code": version}, agreed_on=day)
    return step.changes


def must_be_draft(file: SteerFile, year: int, version: str) -> None:
    """The version must be there and not be agreed."""
    agreed = _version(file, year, version)
    if agreed is None:
        raise UnknownVersionError(version=version, year=str(year))
    if agreed:
        raise AgreedPlanError(version=version, year=str(year))


def _version(file: SteerFile, year: int, code: str) -> str | None:
    """Day on which the version was agreed, empty for a draft, None when it is not there."""
    row = file.connection.execute(
        "SELECT agreed_on FROM plan_version WHERE year = ? AND code = ?", (year, code)
    ).fetchone()
    return None if row is None else str(row[0])
