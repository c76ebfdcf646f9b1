"""What a file would change: its records against what is stored, by key. Pure; nothing is written here.

A key is (unit, indicator, period, kind). Values differ when they differ after rounding to the declared decimals of the
indicator, half up as they are shown; percentages round in percent points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from math import isclose

from indsteer.exchange.reading_model import Reason, Record

Key = tuple[str, str, str, str]
"""Codes of unit and indicator, id of the period, kind."""


_WRITTEN = 1e-15  # a workbook keeps 16 digits of a double


class Change(StrEnum):
    """What the file does to one key."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"  # stored, within what the file speaks of, and not in the file


@dataclass(frozen=True, slots=True)
class Line:
    """One key with its stored value (`old`) and the file's (`new`); `cell` as "Sheet!C5", "" when missing."""

    key: Key
    change: Change
    old: float | None
    new: float | None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more cells for one key with different values: none of them is imported."""

    key: Key
    values: tuple[float, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The whole difference. `incomplete` are records without a unit, indicator, period or kind."""

    lines: tuple[Line, ...]
    conflicts: tuple[Conflict, ...]
    incomplete: tuple[Record, ...] = ()

    def of(self, change: Change) -> tuple[Line, ...]:
        """The lines with this change."""
        return tuple(line for line in self.lines if line.change is change)


@dataclass(frozen=True, slots=True)
class KnownName:
    """A unit or indicator that the file has: its code, the names it goes by, and for indicators how it is kept."""

    code: str
    names: tuple[str, ...] = ()
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A name that is not known: how many records have it, and up to three codes that come close, best first.

    The default is to make it new.
    """

    name: str
    count: int
    proposals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Records with codes instead of names, and the names that found no code.

    `records` keep an unmatched name as it is; `units` and `indicators` map each matched name to its code.
    """

    records: tuple[Record, ...]
    units: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    unmatched_units: tuple[Unmatched, ...] = ()
    unmatched_indicators: tuple[Unmatched, ...] = ()


def resolve_names(
    records: Sequence[Record],
    units: Sequence[KnownName],
    indicators: Sequence[KnownName],
    *,
    default_unit: str | None = None,
) -> Names:
    """Bind names to codes: exactly by code, name or alias, whatever the case and spaces; never by likeness.

    Args:
        records: as read.
        units: the units of the file with their aliases.
        indicators: the indicators, or for actuals the quantities, with their aliases.
        default_unit: code for records that name no unit.

    A value over 1.5 that is no percentage, bound to a percent indicator, is divided by 100; its reasons say so.
    """
    unit_codes, indicator_codes = _lookup(units), _lookup(indicators)
    percent = {known.code for known in indicators if known.percent}
    matched_units: dict[str, str] = {}
    matched_indicators: dict[str, str] = {}
    loose_units: dict[str, int] = {}
    loose_indicators: dict[str, int] = {}
    bound = []
    for record in records:
        unit = _bind(record.unit, unit_codes, matched_units, loose_units) or default_unit
        indicator = _bind(record.indicator, indicator_codes, matched_indicators, loose_indicators)
        bound.append(_scaled(replace(record, unit=unit, indicator=indicator), percent))
    return Names(
        tuple(bound),
        matched_units,
        matched_indicators,
        tuple(Unmatched(name, count, proposals(name, units)) for name, count in loose_units.items()),
        tuple(Unmatched(name, count, proposals(name, indicators)) for name, count in loose_indicators.items()),
    )


def proposals(name: str, known: Sequence[KnownName]) -> tuple[str, ...]:
    """Up to three codes whose code or names look most like a name, best first; none below 0.5 likeness."""
    wanted = _plain(name)
    scored = []
    for one in known:
        likeness = max(_likeness(wanted, _plain(other)) for other in (one.code, *one.names))
        if likeness >= 0.5:
            scored.append((-likeness, one.code))
    return tuple(code for _, code in sorted(scored)[:3])


def difference(
    records: Sequence[Record],
    stored: Mapping[Key, float],
    *,
    decimals: Mapping[str, int] | None = None,
    percent: frozenset[str] = frozenset(),
) -> Difference:
    """What the records change.

    Args:
        records: with codes for unit and indicator (`resolve_names`).
        stored: the values that are there now.
        decimals: declared decimals per indicator, in the shown scale; 6 where not declared.
        percent: indicators that are fractions inside; their decimals count in percent points.
    """
    declared = decimals or {}
    cells: dict[Key, list[Record]] = {}
    incomplete = []
    for record in records:
        if record.unit and record.indicator and record.period and record.kind:
            cells.setdefault((record.unit, record.indicator, record.period, record.kind), []).append(record)
        else:
            incomplete.append(record)
    lines, conflicts = [], []
    for key, found in cells.items():
        places = declared.get(key[1], 6) + (2 if key[1] in percent else 0)
        rounded = {shown(record.value, places) for record in found}
        names = tuple(f"{record.sheet}!{record.cell}" for record in found)
        if len(rounded) > 1:
            conflicts.append(Conflict(key, tuple(record.value for record in found), names))
            continue
        old, new = stored.get(key), found[0].value
        if old is None:
            change = Change.NEW
        else:
            same = shown(old, places) in rounded or isclose(old, new, rel_tol=_WRITTEN)
            change = Change.SAME if same else Change.CHANGED
        lines.append(Line(key, change, old, new, names[0]))
    lines += _missing(cells, stored)
    return Difference(tuple(lines), tuple(conflicts), tuple(incomplete))


def shown(value: float, places: int) -> Decimal:
    """A value rounded half up to this many decimals, as it is shown."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _missing(cells: Mapping[Key, object], stored: Mapping[Key, float]) -> list[Line]:
    """Stored keys of the units, indicators, kinds and periods that the file speaks of, and that it lacks."""
    series = {(unit, indicator, kind) for unit, indicator, _, kind in cells}
    periods = {period for _, _, period, _ in cells}
    return [
        Line(key, Change.MISSING, value, None)
        for key, value in sorted(stored.items())
        if key not in cells and (key[0], key[1], key[3]) in series and key[2] in periods
    ]


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split())


def _lookup(known: Sequence[KnownName]) -> dict[str, str]:
    codes: dict[str, str] = {}
    for one in known:
        for name in (one.code, *one.names):
            codes.setdefault(_plain(name), one.code)
    codes.update({_plain(one.code): one.code for one in known})
    return codes


def _bind(name: str | None, codes: Mapping[str, str], matched: dict[str, str], loose: dict[str, int]) -> str | None:
    if name is None:
        return None
    code = codes.get(_plain(name))
    if code is not None:
        matched[name] = code
        return code
    loose[name] = loose.get(name, 0) + 1
    return name


def _scaled(record: Record, percent: frozenset[str] | set[str]) -> Record:
    if record.indicator not in percent or record.percent or abs(record.value) <= 1.5:
        return record
    reasons = (*record.reasons, Reason("percent_divided", {"found": record.value}))
    return replace(record, value=round(record.value / 100, 15), reasons=reasons)


def _likeness(one: str, other: str) -> float:
    if one and other and (one in other.split() or other in one.split()):
        return 0.9
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
