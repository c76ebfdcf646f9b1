"""Checks that several operations share."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from datetime import date

from indsteer.domain.period import Period
from indsteer.errors import UnknownIndicatorError, UnknownUnitError
from indsteer.operations.errors import (
    BadDateError,
    NotANumberError,
    ReasonMissingError,
    SignedPeriodError,
    TextMissingError,
)
from indsteer.store.file import SteerFile
from indsteer.store.queries import reviews

LARGEST = 1e15


def must_have_reason(reason: str, what: str) -> str:
    """The reason without surrounding space."""
    if not reason.strip():
        raise ReasonMissingError(what=what)
    return reason.strip()


def must_have_text(text: str, what: str) -> str:
    """The text without surrounding space."""
    if not text.strip():
        raise TextMissingError(what=what)
    return text.strip()


def must_be_open(file: SteerFile, cells: Iterable[tuple[str, str]]) -> None:
    """No (unit, period) may lie in a signed one.

    Raises:
        SignedPeriodError: with the first that does.
    """
    signed = reviews.signed_periods(file.connection)
    if not signed:
        return
    for unit, period in sorted(set(cells)):
        if any(u == unit and covers(p, period) for u, p in signed):
            raise SignedPeriodError(unit=unit, period=period)


def covers(outer: str, inner: str) -> bool:
    """Whether the period `inner` is or lies in the period `outer`."""
    return outer == inner or Period.parse(outer).contains(Period.parse(inner))


def must_know_units(file: SteerFile, codes: Collection[str]) -> None:
    """Every unit must be in the file."""
    known = {row[0] for row in file.connection.execute("SELECT code FROM unit").fetchall()}
    for code in sorted(set(codes) - known):
        raise UnknownUnitError(unit=code)


def must_know_quantities(file: SteerFile, codes: Collection[str]) -> None:
    """Every quantity must be in the file."""
    known = {row[0] for row in file.connection.execute("SELECT code FROM quantity").fetchall()}
    for code in sorted(set(codes) - known):
        raise UnknownIndicatorError(indicator=code)


def must_know_indicators(file: SteerFile, codes: Collection[str]) -> None:
    """Every indicator must be in the file."""
    known = {row[0] for row in file.connection.execute("SELECT code FROM indicator").fetchall()}
    for code in sorted(set(codes) - known):
        raise UnknownIndicatorError(indicator=code)


def must_be_number(value: float, *, unit: str, indicator: str, period: str) -> float:
    """The value as a finite double of at most 15 digits: beyond that whole numbers are no longer exact."""
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise NotANumberError(unit=unit, indicator=indicator, period=period)
    return float(value)


def must_be_day(text: str) -> str:
    """An ISO day, or empty."""
    if text:
        try:
            date.fromisoformat(text)
        except ValueError:
            raise BadDateError(found=text) from None
    return text


def must_be_period(text: str) -> str:
    """A period id."""
    return Period.parse(text).id
