"""Norms, signal values and intervention values as people write them, read once into bounds.

    prognose                     the forecast itself              ±10% van prognose   outside 0.9-1.1 of it
    90 (AB 80)                   90 %, within unit AB 80 %        norm-3 pp           below norm minus 3 points
    < 97% plan                   below 0.97 of the plan           > 0,9 termijn       above 0.9 of the legal term
    < 97 of > 103                below 97 % or above 103 %        +5% t.o.v. vorige maand
                                                                  more than 5 % above the month before

A `Threshold` has a `basis` (what its bounds are a share of, or points from) and a lower and an upper bound. A **norm**
is a level: both bounds are the same value, and `level` gives it. A **signal or intervention value** is a limit: it is
`breached` when the actual lies beyond a bound. Going exactly to a bound is no breach, unless the text says ≤ or ≥.
Whether a limit looks at both sides is what its text says; the direction of the indicator plays no part.

A bare percentage (`> 102%`, `+10%`) leaves out of what: that is what the texts beside it are about, so read the three
texts of an indicator together with `thresholds_of`. Percentages of an indicator that is one itself become fractions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from math import isfinite
from typing import Final

from indsteer.domain.indicator import Indicator
from indsteer.errors import BadThresholdError


class Basis(StrEnum):
    """What the bounds of a threshold are counted in."""

    ABSOLUTE = "absolute"  # the value itself, in the stored scale
    SHARE_OF_PLAN = "share_of_plan"  # plan in force of the unit (also: budget, "per directie")
    SHARE_OF_NORM = "share_of_norm"
    POINTS_FROM_NORM = "points_from_norm"  # added to the norm, in the stored scale
    SHARE_OF_TERM = "share_of_term"
    SHARE_OF_NORM_TIME = "share_of_norm_time"
    SHARE_OF_FORECAST = "share_of_forecast"
    SHARE_OF_FORMATION = "share_of_formation"  # budgeted fte
    CHANGE_FROM_PREVIOUS = "change_from_previous"  # share more or less than the period before


@dataclass(frozen=True, slots=True)
class Threshold:
    """Bounds on a basis; None is no bound on that side, both the same is a level (a norm).

    `scope` is the code of the unit for which, and for the units below which, it holds; "" is all. With `strict` the
    bound itself is still good; without (≤, ≥) it is a breach.
    """

    basis: Basis
    lower: float | None
    upper: float | None
    scope: str = ""
    strict: bool = True

    @property
    def is_level(self) -> bool:
        """Whether this is a value to be at (a norm) rather than a limit to stay within."""
        return self.lower is not None and self.lower == self.upper


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The three texts of an indicator, read; empty where it has none."""

    norm: tuple[Threshold, ...] = ()
    signal: tuple[Threshold, ...] = ()
    intervention: tuple[Threshold, ...] = ()


@lru_cache(maxsize=1024)
def thresholds_of(indicator: Indicator) -> Thresholds:
    """Norm, signal and intervention value of an indicator, each read in the light of the ones before.

    Raises:
        BadThresholdError: one of the texts cannot be read.
    """
    norm = parse_thresholds(indicator.norm, percent=indicator.percent)
    signal = parse_thresholds(indicator.signal, percent=indicator.percent, beside=norm)
    about = tuple(row for row in signal if row.basis not in _POINTS) or norm
    intervention = parse_thresholds(indicator.intervention, percent=indicator.percent, beside=about)
    return Thresholds(norm, signal, intervention)


def parse_thresholds(text: str, *, percent: bool, beside: tuple[Threshold, ...] = ()) -> tuple[Threshold, ...]:
    """Read one text: a row for all units first, then one per unit it names; none for an empty text.

    Args:
        text: as in the catalogue, Dutch or English.
        percent: the indicator is a percentage, so 97 and 97% both mean 0.97.
        beside: what the norm (or the signal value) says, which tells of what a bare percentage is; without it,
            of the norm.

    Raises:
        BadThresholdError: it cannot be read, or can be read in two ways.
    """
    plain = " ".join(text.replace("−", "-").split())
    if plain.casefold() in _NOTHING:
        return ()
    reader = _Reader(text, percent, _bare_basis(beside))
    found = _SCOPED.fullmatch(plain)
    if found is None:
        return (reader.row(plain),)
    whole = reader.row(found["whole"])
    parts = (_SCOPE.fullmatch(part.strip()) for part in re.split(r"[;,] (?=[^0-9])", found["scopes"]))
    return (whole, *(reader.scoped(whole, part) for part in parts))


def applying(thresholds: Sequence[Threshold], path: Sequence[str]) -> Threshold | None:
    """The one that holds for a unit: of the lowest unit on its path (codes from the top down) that has one."""
    for code in (*reversed(path), ""):
        for threshold in thresholds:
            if threshold.scope == code:
                return threshold
    return None


def bounds(
    threshold: Threshold,
    *,
    plan: float | None = None,
    norm: float | None = None,
    term: float | None = None,
    norm_time: float | None = None,
    forecast: float | None = None,
    previous: float | None = None,
    formation: float | None = None,
) -> tuple[float | None, float | None] | None:
    """Lower and upper bound in the scale of the indicator, to judge by or to draw.

    Returns:
        None when the basis is not known, or is 0 or less where a share of it is asked: that is not defined.
    """
    if threshold.basis is Basis.ABSOLUTE:
        return threshold.lower, threshold.upper
    known = {
        Basis.SHARE_OF_PLAN: plan,
        Basis.SHARE_OF_NORM: norm,
        Basis.POINTS_FROM_NORM: norm,
        Basis.SHARE_OF_TERM: term,
        Basis.SHARE_OF_NORM_TIME: norm_time,
        Basis.SHARE_OF_FORECAST: forecast,
        Basis.SHARE_OF_FORMATION: formation,
        Basis.CHANGE_FROM_PREVIOUS: previous,
    }[threshold.basis]
    if known is None or not isfinite(known):
        return None
    if threshold.basis is Basis.POINTS_FROM_NORM:
        return _moved(threshold, 1.0, known)
    if known <= 0:
        return None
    return _moved(threshold, known, known if threshold.basis is Basis.CHANGE_FROM_PREVIOUS else 0.0)


def level(
    threshold: Threshold,
    *,
    plan: float | None = None,
    term: float | None = None,
    norm_time: float | None = None,
    forecast: float | None = None,
    formation: float | None = None,
) -> float | None:
    """The value a norm asks for, in the scale of the indicator; None when not known, or when it is no level."""
    if not threshold.is_level:
        return None
    found = bounds(threshold, plan=plan, term=term, norm_time=norm_time, forecast=forecast, formation=formation)
    return None if found is None else found[0]


def breached(
    threshold: Threshold,
    value: float | None,
    *,
    plan: float | None = None,
    norm: float | None = None,
    term: float | None = None,
    norm_time: float | None = None,
    forecast: float | None = None,
    previous: float | None = None,
    formation: float | None = None,
) -> bool | None:
    """Whether an actual lies beyond a limit.

    Args:
        threshold: a limit, not a level.
        value: the actual, in the stored scale (fractions for a percentage).
        plan: target in force of this indicator, unit and period.
        norm: what `level` says of the norm of this indicator and unit.
        term: legal term in weeks.
        norm_time: agreed hours per case.
        forecast: the forecast it is judged by.
        previous: the actual of the period before.
        formation: budgeted fte.

    Returns:
        None when the value or the basis is not known (or not defined), and for a level.
    """
    limits = bounds(
        threshold, plan=plan, norm=norm, term=term, norm_time=norm_time, forecast=forecast, previous=previous,
        formation=formation,
    )  # fmt: skip
    if limits is None or value is None or not isfinite(value) or threshold.is_level:
        return None
    lower, upper = limits
    return (lower is not None and _beyond(lower - value, lower, strict=threshold.strict)) or (
        upper is not None and _beyond(value - upper, upper, strict=threshold.strict)
    )


_POINTS: Final = frozenset({Basis.ABSOLUTE, Basis.POINTS_FROM_NORM})
_ROOM: Final = 1e-9  # 0.9 - 0.03 and 0.87 are not the same double; what is shown never differs by so little
_NOTHING: Final = frozenset({"", "-", "–", "n.v.t.", "nvt", "geen", "n/a", "none"})
_BASES: Final = {
    **dict.fromkeys(("plan", "planning", "jaarplan", "budget", "begroting", "doel", "target"), Basis.SHARE_OF_PLAN),
    **dict.fromkeys(("prognose", "raming", "forecast"), Basis.SHARE_OF_FORECAST),
    **dict.fromkeys(("norm", "standard"), Basis.SHARE_OF_NORM),
    **dict.fromkeys(("termijn", "wettelijke termijn", "term", "legal term"), Basis.SHARE_OF_TERM),
    **dict.fromkeys(("normtijd", "norm time", "norm_time"), Basis.SHARE_OF_NORM_TIME),
    **dict.fromkeys(("formatie", "formation", "budgeted fte"), Basis.SHARE_OF_FORMATION),
    **dict.fromkeys(
        ("vorige maand", "vorig tijdvak", "vorige periode", "previous month", "previous period", "last month"),
        Basis.CHANGE_FROM_PREVIOUS,
    ),
}
_PER_UNIT: Final = re.compile(r"(?:per|by) (?:directie|afdeling|team|eenheid|directorate|department|unit)")
"""The norm differs per unit and stands among their targets."""

_NAMES: Final = "|".join(sorted(map(re.escape, _BASES), key=len, reverse=True))
_NUMBER: Final = r"[0-9][0-9.,]*"
_POINT_WORDS: Final = r"pp|procentpunt(?:en)?|%-punt(?:en)?|(?:percentage )?points?"
_LINKS: Final = r"t\.o\.v\.|tov|ten opzichte van|van|of|vs\.?|against|from|than"
_AMOUNT: Final = rf"(?P<number>{_NUMBER})\s?(?P<unit>%|{_POINT_WORDS})?(?![%\w])"
_COMPARED: Final = r"(?:(?P<compare><=|>=|=<|=>|<|>|≤|≥)\s?)?"
_FROM_BASE: Final = re.compile(rf"{_COMPARED}(?P<base>{_NAMES})\s?(?P<sign>[+-])\s?{_AMOUNT}")
_OF_BASE: Final = re.compile(
    rf"{_COMPARED}(?:(?P<sign>±|\+/-|\+|-)\s?)?{_AMOUNT}"
    rf"(?:\s?(?:{_LINKS})?\s(?:de |het |the )?(?P<base>{_NAMES}))?"
)
_BASE_ALONE: Final = re.compile(rf"{_COMPARED}(?:de |het |the )?(?P<base>{_NAMES})")
_BOTH_SIDES: Final = re.compile(r"(?P<one>.+?) (?:of|or) (?P<other>[<>≤≥=].+)")
_SCOPED: Final = re.compile(r"(?P<whole>[^()]+?) ?\((?P<scopes>[^()]+)\)")
_SCOPE: Final = re.compile(r"(?P<code>[A-Za-z][\w-]*):? (?P<rest>.+)")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the parts of one text; `bare` is what a percentage is of when the part does not say."""

    text: str
    percent: bool
    bare: Basis

    def row(self, part: str) -> Threshold:
        """One part without scopes."""
        low = part.casefold().strip()
        if found := _BOTH_SIDES.fullmatch(low):
            return self._both(self.row(found["one"]), self.row(found["other"]))
        if _PER_UNIT.fullmatch(low):
            return Threshold(Basis.SHARE_OF_PLAN, 1.0, 1.0)
        if found := _BASE_ALONE.fullmatch(low):
            if _BASES[found["base"]] is Basis.CHANGE_FROM_PREVIOUS:
                change = 0.0 if found["compare"] else None
                return self._limit(Basis.CHANGE_FROM_PREVIOUS, change, found["compare"])
            return self._limit(_BASES[found["base"]], 1.0, found["compare"])
        if found := _FROM_BASE.fullmatch(low):
            return self._from_base(found)
        if found := _OF_BASE.fullmatch(low):
            return self._of_base(found)
        raise self._bad()

    def scoped(self, whole: Threshold, part: re.Match[str] | None) -> Threshold:
        """The part for one unit; a mere number takes the form of the whole: `< 90 (AB 80)` is `< 80` for AB."""
        if part is None:
            raise self._bad()
        row = self.row(part["rest"])
        if row.basis is whole.basis and row.is_level and not whole.is_level:
            if whole.lower is not None and whole.upper is not None:
                raise self._bad()
            lower = None if whole.lower is None else row.lower
            row = replace(whole, lower=lower, upper=None if whole.upper is None else row.upper)
        return replace(row, scope=part["code"])

    def _of_base(self, found: re.Match[str]) -> Threshold:
        """`< 97% plan`, `> 0,9 termijn`, `±10% van prognose`, `+5% t.o.v. vorige maand`, `< 97`, `+10%`, `±2 pp`."""
        number, unit, sign, compare = self._number(found["number"]), found["unit"], found["sign"], found["compare"]
        base = _BASES[found["base"]] if found["base"] else None
        if unit not in {None, "%"}:
            return self._points(number, sign, compare, base)
        if base is None and sign is None and (self.percent or unit is None):
            return self._limit(Basis.ABSOLUTE, number / 100 if self.percent else number, compare)
        if base is None and (unit is None or self.percent):
            raise self._bad()  # +10: more than what? and of a percentage: 10 % of it, or 10 points?
        share = number / 100 if unit == "%" else number
        basis = base or self.bare
        if sign is not None:
            if compare or unit is None:
                raise self._bad()
            return self._spread(basis, share, sign)
        if basis is Basis.CHANGE_FROM_PREVIOUS:
            share -= 1.0  # > 105% vorige maand
        return self._limit(basis, share, compare)

    def _from_base(self, found: re.Match[str]) -> Threshold:
        """`norm-3 pp`, `norm+0,5`, `plan-10%`: a limit on the side of its sign, unless it says < or >."""
        number, unit, base = self._number(found["number"]), found["unit"], _BASES[found["base"]]
        compare = found["compare"] or ("<" if found["sign"] == "-" else ">")
        signed = -number if found["sign"] == "-" else number
        if base is Basis.SHARE_OF_NORM and unit != "%":
            if unit is not None and not self.percent:
                raise self._bad()  # points of what is no percentage
            return self._limit(Basis.POINTS_FROM_NORM, signed / 100 if self.percent else signed, compare)
        if unit != "%" or (self.percent and base is Basis.SHARE_OF_NORM):
            raise self._bad()
        change = base is Basis.CHANGE_FROM_PREVIOUS
        return self._limit(base, signed / 100 if change else 1 + signed / 100, compare)

    def _points(self, number: float, sign: str | None, compare: str | None, base: Basis | None) -> Threshold:
        if not self.percent or sign is None or compare or base not in {None, Basis.SHARE_OF_NORM}:
            raise self._bad()
        points = number / 100
        if sign == "-":
            return Threshold(Basis.POINTS_FROM_NORM, -points, None)
        return Threshold(Basis.POINTS_FROM_NORM, None if sign == "+" else -points, points)

    def _spread(self, basis: Basis, share: float, sign: str) -> Threshold:
        """Bounds this share below, above or around the basis."""
        whole = 0.0 if basis is Basis.CHANGE_FROM_PREVIOUS else 1.0
        lower = None if sign == "+" else whole - share
        return Threshold(basis, lower, None if sign == "-" else whole + share)

    def _limit(self, basis: Basis, bound: float | None, compare: str | None) -> Threshold:
        """A limit when compared (< or >), a level when not."""
        if bound is None or (compare is None and basis is Basis.CHANGE_FROM_PREVIOUS):
            raise self._bad()
        strict = compare in {None, "<", ">"}
        below = compare is None or compare in {"<", "<=", "=<", "≤"}
        above = compare is None or not below
        return Threshold(basis, bound if below else None, bound if above else None, strict=strict)

    def _both(self, one: Threshold, other: Threshold) -> Threshold:
        """`< 97 of > 103`: one limit on each side."""
        if one.upper is not None:
            one, other = other, one
        fits = one.basis is other.basis and one.strict is other.strict
        if not fits or one.upper is not None or other.lower is not None or other.upper is None or one.lower is None:
            raise self._bad()
        if one.lower > other.upper:
            raise self._bad()
        return replace(one, upper=other.upper)

    def _number(self, text: str) -> float:
        """A Dutch number (1.234,5) or one with a decimal point (0.9); never guessed."""
        if re.fullmatch(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?", text):
            return float(text.replace(".", "").replace(",", "."))
        if re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", text) or not re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", text):
            raise self._bad()  # 1,234 is 1.234 in Dutch and 1234 in English
        return float(text.replace(",", "."))

    def _bad(self) -> BadThresholdError:
        return BadThresholdError(text=self.text)


def _bare_basis(beside: tuple[Threshold, ...]) -> Basis:
    """Of what a bare percentage is: what the text beside it is about, if that is a share of something."""
    bases = {row.basis for row in beside if row.basis not in _POINTS}
    return bases.pop() if len(bases) == 1 else Basis.SHARE_OF_NORM


def _moved(threshold: Threshold, factor: float, base: float) -> tuple[float | None, float | None]:
    lower = None if threshold.lower is None else base + factor * threshold.lower
    return lower, None if threshold.upper is None else base + factor * threshold.upper


def _beyond(distance: float, bound: float, *, strict: bool) -> bool:
    room = _ROOM * max(1.0, abs(bound))
    return distance > room if strict else distance >= -room
