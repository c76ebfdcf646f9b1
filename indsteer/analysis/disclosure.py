"""Which absence and leave figures may be shown, so that no figure tells about a handful of persons.

The rule
--------
The size of a group is its persons if recorded, else its fte, per unit and month; a total has the sum of its
parts. A group smaller than the threshold (10 as shipped, never under 5; a size equal to it is shown), or of
unknown size, is **small**: its absence and leave are hidden, in hours and in every share, always together and
cell for cell.

What is hidden could still be solved from what is shown, so more is hidden, and no more than needed:

* **Units.** Below a shown total a hidden part needs company: the smallest remaining part is hidden too, until
  at least two are hidden that together are a group that may be shown (the total minus the shown parts is
  their sum). Company holds the same quantities. A hidden total needs one hidden part. A total for
  which no company can be found is hidden itself.
* **Time.** A unit hidden in a month is hidden in *every* sum that holds this month: quarter, tertial, year,
  year to date, moving mean. Company is chosen month by month: first a unit that already lost a month in this
  calendar year (its year is lost anyway), then the smallest, then the first in the order of units. So a
  choice depends on that month and the earlier ones of its year, and a later month never reopens what an
  earlier report closed. No choice depends on absence or leave, only on sizes.

Why it holds: take a hidden unit and month. Move one hour from a hidden lowest part of it to a hidden lowest
part of its company in the same month. Only hidden cells change: every sum over time that holds the month is
hidden, the units in between are hidden, and the total above both does not change. Both worlds fit all that is
shown, so the cell is not determined. `tests/analysis/test_disclosure.py` tries to solve it nevertheless.

What stays known, on purpose: UREN_BRUTO - UREN_FEEST - UREN_NETTO is absence and leave *together*, of a small
group too. It determines neither; hiding it would take away the net and direct hours on which the group
steers. Bounds remain: each of the two lies between 0 and that sum, and hidden parts between 0 and what is
left of a total.

How to use it: roll up first, over units and time; then `protect`; then all the rest (charts, limits,
verdicts, forecasts, rankings) from protected values only, because a mean or a colour of hidden values tells
them too. A shown sum must be the sum of its months, each with the tree of `analysis.tree` in that month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import fsum
from typing import Final

from indsteer.analysis.tree import Epoch, Tree
from indsteer.domain.facts import Actual
from indsteer.domain.formula import Abs, Binary, Code, Formula, Mean, Negated, Node, PerWeek, Prev, parse_formula
from indsteer.domain.indicator import Indicator
from indsteer.domain.organisation import Organisation
from indsteer.domain.period import Grain, Period, month_id, month_index
from indsteer.domain.quantity import Quantity
from indsteer.errors import BadFormulaError

SHIPPED_THRESHOLD: Final = 10.0
LOWEST_THRESHOLD: Final = 5.0
"""Whatever the file says, no smaller group is shown."""

LEAVE: Final = "UREN_VERLOF"
ABSENCE: Final = "UREN_VERZUIM"
SHARE: Final = "VERZUIM_PCT"
FTE: Final = "FTE_BEZET"
SENSITIVE: Final = frozenset({LEAVE, ABSENCE})
"""Always sensitive, and always together: their sum is known, so one shown is both shown."""

SMALL_GROUP: Final = "small_group"
COMPLEMENTARY: Final = "complementary"

_ROUNDING: Final = 1e-6  # sizes are declared in tenths; a sum of them that should be 10 is shown


# --- what is sensitive -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Reach:
    """What a sensitive value takes in besides the sensitive quantities of its own period.

    `periods` and `months` say how far back it looks: whole periods of the same length, then months. A moving mean in
    a shown month would tell the hidden month before it, so it is hidden with that month.
    `beside` are the other quantities in its formula. A total leaves out the units that miss one of them: set against
    the total of the hours it would tell about those units.
    """

    periods: int = 0
    months: int = 0
    beside: frozenset[str] = frozenset()


_SHIPPED_CODES: Final[Mapping[str, Reach]] = {
    LEAVE: Reach(),
    ABSENCE: Reach(),
    SHARE: Reach(beside=frozenset({"UREN_BRUTO"})),
}


def sensitive_codes(quantities: Iterable[Quantity], indicators: Iterable[Indicator]) -> Mapping[str, Reach]:
    """Codes that are hidden for small groups, each with the reach of its formula.

    Absence and leave, what the catalogue marks as sensitive, and every indicator whose formula uses one of these as
    an actual, directly or through another indicator. A formula that cannot be read gives no value to hide.
    """
    catalogue = tuple(indicators)
    codes = dict(_SHIPPED_CODES)
    codes.update({q.code: Reach() for q in quantities if q.sensitive})
    codes.update({i.code: Reach() for i in catalogue if i.sensitive})
    formulas = {}
    for indicator in catalogue:
        with suppress(BadFormulaError):
            formulas[indicator.code] = parse_formula(indicator.formula)
    for _ in catalogue:  # a chain of formulas is at most this long
        found = {code: _reach(formula.root, codes) for code, formula in formulas.items()}
        known = {code: reach for code, reach in found.items() if reach is not None}
        if all(codes.get(code) == reach for code, reach in known.items()):
            break
        codes.update(known)
    for code in codes.keys() & formulas.keys():
        codes[code] = replace(codes[code], beside=_operands(code, formulas).difference(codes))
    return codes


def quantities_needed(codes: Mapping[str, Reach]) -> frozenset[str]:
    """The quantities of which `suppression_for` wants the rows."""
    return frozenset({FTE, *codes}).union(*(reach.beside for reach in codes.values()))


def _operands(code: str, formulas: Mapping[str, Formula]) -> frozenset[str]:
    """The quantities that a code is made of, through all formulas."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(formulas[one].quantities if one in formulas else ())
    return frozenset(found - formulas.keys())


def _reach(node: Node, codes: Mapping[str, Reach]) -> Reach | None:
    """Reach of the sensitive codes under a node; None when there are none."""
    match node:
        case Code(code):
            return codes.get(code)
        case Binary(_, left, right):
            found = [r for r in (_reach(left, codes), _reach(right, codes)) if r is not None]
            return Reach(max(r.periods for r in found), max(r.months for r in found)) if found else None
        case Prev(of):
            inner = _reach(of, codes)
            return inner and Reach(inner.periods + 1, inner.months)
        case Mean(of, n):
            inner = _reach(of, codes)
            return inner and Reach(inner.periods, inner.months + n - 1)
        case Negated(of) | Abs(of) | PerWeek(of):
            return _reach(of, codes)
        case _:
            return None


# --- what is hidden ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Suppression:
    """Which cells are hidden, and why; made by `suppression_for` or `suppressed`.

    `codes` are the sensitive codes with their reach. `small`, `complementary` and `filled` hold per unit one bit
    a month: bit i is the month with index `first` + i (see `month_index`).
    """

    threshold: float
    codes: Mapping[str, Reach]
    first: int
    small: Mapping[str, int]
    complementary: Mapping[str, int]
    filled: Mapping[str, int]

    def hidden(self, unit: str, code: str, period: str, *, stream: str = "", to_date: bool = False) -> bool:
        """Whether the value of a quantity or indicator may not be shown; arguments as in `reason`."""
        return bool(self.reason(unit, code, period, stream=stream, to_date=to_date))

    def reason(self, unit: str, code: str, period: str, *, stream: str = "", to_date: bool = False) -> str:
        """Why a value is hidden: `small_group`, `complementary` or "" when it may be shown.

        `period` is any period id; `to_date` means the sum from January up to and including it. A week or a day
        is hidden with the months it lies in. A sensitive value of one stream is always hidden (the size of the
        group behind it is not known), and so is one of a unit that holds no value there.

        Raises:
            BadPeriodError: `period` is not the id of a period.
        """
        reach = self.codes.get(code)
        if reach is None:
            return ""
        if stream or not self._bits(self.filled, unit, *_months(period, to_date=to_date)):
            return SMALL_GROUP
        return self._reason(unit, *_months(period, to_date=to_date, reach=reach))

    def reason_over(self, unit: str, code: str, months: Iterable[str]) -> str:
        """As `reason`, for a sum or mean over months of one's own choice (the last twelve, say).

        Raises:
            BadPeriodError: one of `months` is not the id of a month.
        """
        if code not in self.codes:
            return ""
        held = [m for m in months if self._bits(self.filled, unit, month_index(m), month_index(m) + 1)]
        reasons = {self.reason(unit, code, month) for month in held}
        if not held or SMALL_GROUP in reasons:
            return SMALL_GROUP
        return COMPLEMENTARY if COMPLEMENTARY in reasons else ""

    def hidden_months(self, unit: str) -> tuple[str, ...]:
        """Ids of the months in which the unit holds a value that is hidden."""
        bits = self.small.get(unit, 0) | self.complementary.get(unit, 0)
        return tuple(month_id(self.first + i) for i in range(bits.bit_length()) if bits >> i & 1)

    def share(self) -> float:
        """Hidden part of all (unit, month) cells that hold a value, totals included; 0 without any."""
        filled = sum(bits.bit_count() for bits in self.filled.values())
        hidden = sum(bits.bit_count() for rows in (self.small, self.complementary) for bits in rows.values())
        return hidden / filled if filled else 0.0

    def _reason(self, unit: str, start: int, end: int) -> str:
        if self._bits(self.small, unit, start, end):
            return SMALL_GROUP
        return COMPLEMENTARY if self._bits(self.complementary, unit, start, end) else ""

    def _bits(self, rows: Mapping[str, int], unit: str, start: int, end: int) -> int:
        """The bits of the months from `start` up to but not including `end`."""
        start, end = max(0, start - self.first), max(0, end - self.first)
        return rows.get(unit, 0) >> start & ((1 << max(0, end - start)) - 1)


@lru_cache(maxsize=8192)
def _months(period_id: str, *, to_date: bool = False, reach: Reach = Reach()) -> tuple[int, int]:
    """Index of the first month a value looks at, and of the month after the last."""
    period = Period.parse(period_id)
    earliest = period.shift(-reach.periods)
    start = _index(date(earliest.start.year, 1, 1) if to_date else earliest.start)
    return min(start, _index(earliest.last_day) - reach.months), _index(period.last_day) + 1


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


# --- protecting --------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Cell:
    """A value on its way to an output.

    `code` is a quantity or an indicator; `to_date` tells the sum from January up to and including `period`.
    `hidden` is the key of the reason why `value` is None; "" when it is not hidden.
    """

    unit: str
    code: str
    period: str
    value: float | None
    stream: str = ""
    to_date: bool = False
    hidden: str = ""


def protect(rows: Iterable[Actual | Cell], suppression: Suppression) -> tuple[Cell, ...]:
    """The rows with hidden values blanked: what stands between queries and every output.

    Give rolled-up and derived values too, and a deviation under the code of its indicator; targets need none.
    A cell without a value is marked hidden as well, so that it cannot be told from one with a value.
    """
    return tuple(_protected(row, suppression) for row in rows)


def protect_series(
    unit: str,
    code: str,
    periods: Sequence[str],
    values: Sequence[float | None],
    suppression: Suppression,
    *,
    stream: str = "",
    to_date: bool = False,
) -> tuple[tuple[float | None, ...], tuple[str, ...]]:
    """As `protect`, for one row of a table or chart: the values, hidden ones None, and for each the reason."""
    reasons = tuple(suppression.reason(unit, code, p, stream=stream, to_date=to_date) for p in periods)
    shown = (None if reason else value for value, reason in zip(values, reasons, strict=True))
    return tuple(shown), reasons


def _protected(row: Actual | Cell, suppression: Suppression) -> Cell:
    code, to_date = (row.quantity, False) if isinstance(row, Actual) else (row.code, row.to_date)
    reason = suppression.reason(row.unit, code, row.period, stream=row.stream, to_date=to_date)
    value = None if reason else row.value
    return Cell(row.unit, code, row.period, value, row.stream, to_date, reason)


# --- deciding ----------------------------------------------------------------------------------------------
def suppression_for(
    organisation: Organisation,
    actuals: Iterable[Actual],
    *,
    persons: Mapping[tuple[str, str], float] | None = None,
    threshold: float = SHIPPED_THRESHOLD,
    codes: Mapping[str, Reach] | None = None,
) -> Suppression:
    """What to hide, from the stored rows; the ordinary way in.

    `actuals` holds the rows of `quantities_needed`, of all months of the file and not of a window: a sum over months
    that are not given would be shown. Other rows are passed over. `persons` is the recorded number of persons by
    (unit, month id). `codes` comes from `sensitive_codes`. A cell with nothing but zeros holds nothing; hours
    without fte are those of a group of unknown size; of several sizes in a month the smallest counts.
    """
    codes = codes or _SHIPPED_CODES
    needed = quantities_needed(codes)
    fte: dict[tuple[str, str], dict[str, float]] = {}
    held: dict[tuple[str, str], set[str]] = {}
    real: set[tuple[str, str]] = set()
    for row in actuals:
        if row.value is None or row.quantity not in needed:
            continue
        for index in range(*_months(row.period)):
            cell = (row.unit, month_id(index))
            held.setdefault(cell, set()).add(row.quantity)
            if row.quantity == FTE:
                streams = fte.setdefault(cell, {})
                streams[row.period] = streams.get(row.period, 0.0) + row.value
            elif row.quantity in codes and row.value != 0:
                real.add(cell)
    sizes: dict[tuple[str, str], float | None] = {}
    for cell in real:
        size = (persons or {}).get(cell, min(fte.get(cell, {}).values(), default=0.0))
        sizes[cell] = size if size > 0 else None
    beside = frozenset[str]().union(*(reach.beside for reach in codes.values()))
    passed = {FTE, SHARE} - beside  # a share that is stated apart is in no sum
    kinds = {cell: "+".join(sorted(held[cell] - passed)) for cell in real}
    return suppressed(organisation, sizes, threshold=threshold, codes=codes, kinds=kinds)


def suppressed(
    organisation: Organisation,
    sizes: Mapping[tuple[str, str], float | None],
    *,
    threshold: float = SHIPPED_THRESHOLD,
    codes: Mapping[str, Reach] | None = None,
    kinds: Mapping[tuple[str, str], str] | None = None,
) -> Suppression:
    """What to hide, from group sizes by (unit, month id).

    `sizes` has a cell for every (unit, month) of the file that holds absence or leave of its own, None when its
    size is not known; a size of 0 is nobody and counts as no cell. Totals need none: theirs is the sum. `kinds`
    tells which of the quantities a cell holds, as any text; all the same when it is not given. Only cells of one
    kind can keep each other company, because of the sum of absence and leave that is known.
    """
    threshold = max(threshold, LOWEST_THRESHOLD)
    by_month: dict[int, dict[str, float | None]] = {}
    for (unit, month), size in sizes.items():
        if size is None or size > 0:
            by_month.setdefault(month_index(month), {})[unit] = size
    kind_by_month: dict[int, dict[str, str]] = {}
    for (unit, month), kind in (kinds or {}).items():
        kind_by_month.setdefault(month_index(month), {})[unit] = kind
    tree = Tree(organisation, Grain.MONTH)
    upward = lru_cache(maxsize=None)(lambda number: _upward(tree.epoch(number)))
    first = min(by_month, default=0)
    small: dict[str, int] = {}
    complementary: dict[str, int] = {}
    filled: dict[str, int] = {}
    lost: set[str] = set()
    year = 0
    for index in sorted(by_month):
        if index // 12 != year:
            year, lost = index // 12, set()
        number = tree.segments(index, index + 1)[0][2]
        choice = _Month(tree.epoch(number).below, by_month[index], kind_by_month.get(index, {}), lost)
        choice.hide(upward(number), threshold)
        bit = 1 << (index - first)
        for unit in choice.size:
            filled[unit] = filled.get(unit, 0) | bit
        for unit, reason in choice.hidden.items():
            rows = small if reason == SMALL_GROUP else complementary
            rows[unit] = rows.get(unit, 0) | bit
        lost.update(choice.hidden)
    return Suppression(threshold, {**_SHIPPED_CODES, **(codes or {})}, first, small, complementary, filled)


def _upward(epoch: Epoch) -> tuple[str, ...]:
    """The units of a tree, each after the units below it."""
    under = {part for parts in epoch.below.values() for part in parts}
    order: list[str] = []
    waiting = [unit for unit in epoch.exists if unit not in under]
    while waiting:
        order.append(waiting.pop())
        waiting.extend(epoch.below.get(order[-1], ()))
    return tuple(reversed(order))


class _Month:
    """The choice of what to hide in one month.

    `size` has every unit that holds a value, totals included; `hidden` gets the reasons. A unit offers the kinds of
    the lowest units in it. A hidden total hides a lowest unit of each kind it offers; below a shown total each kind
    that a hidden part offers is offered by two of them. So hours can move between two lowest units of one kind.
    """

    def __init__(
        self,
        below: Mapping[str, tuple[str, ...]],
        sizes: Mapping[str, float | None],
        kinds: Mapping[str, str],
        lost: Collection[str],
    ) -> None:
        self.size: dict[str, float | None] = {}
        self.hidden: dict[str, str] = {}
        self._below = below
        self._own = sizes
        self._kinds = kinds
        self._lost = lost
        self._offers: dict[str, frozenset[str]] = {}
        self._parts: dict[str, list[str]] = {}

    def hide(self, upward: Sequence[str], threshold: float) -> None:
        """Fill `size` and `hidden`: going up what is small or left alone, then going down their company."""
        for unit in (*(self._own.keys() - set(upward)), *upward):
            self._measure(unit)
            if unit in self.size and not _reaches(self.size[unit], threshold):
                self.hidden[unit] = SMALL_GROUP
            elif self._is_alone(unit):
                self.hidden[unit] = COMPLEMENTARY
        if self.hidden:
            for unit in reversed(upward):
                self._accompany(unit, threshold)

    def _measure(self, unit: str) -> None:
        """Size of a unit: its own, or the sum of its parts, at least the known ones."""
        parts = [part for part in self._below.get(unit, ()) if part in self.size]
        own = self._own.get(unit)
        if parts:
            self._parts[unit] = parts
            known = [size for part in parts if (size := self.size[part]) is not None]
            self.size[unit] = own or (fsum(known) if known else None)
            self._offers[unit] = frozenset[str]().union(*(self._offers[part] for part in parts))
        elif unit in self._own:
            self.size[unit] = own
            self._offers[unit] = frozenset((self._kinds.get(unit, ""),))

    def _is_alone(self, unit: str) -> bool:
        """Whether a total has a hidden part that its other parts cannot keep company."""
        parts = self._parts.get(unit, ())
        if not any(part in self.hidden for part in parts):
            return False
        able = self._able(parts)
        return any(part in self.hidden and part not in able for part in parts)

    def _able(self, parts: Sequence[str]) -> Sequence[str]:
        """The parts of which each kind is offered by another of them."""
        while True:
            times = Counter(kind for part in parts for kind in self._offers[part])
            able = [part for part in parts if all(times[kind] > 1 for kind in self._offers[part])]
            if len(able) == len(parts):
                return able
            parts = able

    def _accompany(self, unit: str, threshold: float) -> None:
        """Hide parts of a total until the hidden ones protect each other."""
        parts = self._parts.get(unit, ())
        gone = [part for part in parts if part in self.hidden]
        inside = unit in self.hidden
        if not parts or not (gone or inside):
            return
        others = [part for part in (parts if inside else self._able(parts)) if part not in self.hidden]
        others.sort(key=lambda part: (part not in self._lost, self.size[part] or 0.0))
        while others:
            times = Counter(kind for part in gone for kind in self._offers[part])
            kinds = self._offers[unit] if inside else times.keys()
            unmet = {kind for kind in kinds if times[kind] < (1 if inside else 2)}
            if not unmet and (self.hidden.get(unit) == SMALL_GROUP or self._is_group(gone, threshold)):
                break
            part = next((part for part in others if unmet & self._offers[part]), others[0])
            others.remove(part)
            gone.append(part)
            self.hidden[part] = COMPLEMENTARY

    def _is_group(self, hidden: Sequence[str], threshold: float) -> bool:
        """Whether these together may be shown; one that was hidden for company is large enough itself."""
        if any(self.hidden[unit] == COMPLEMENTARY for unit in hidden):
            return True
        return _reaches(fsum(self.size[unit] or 0.0 for unit in hidden), threshold)


def _reaches(size: float | None, threshold: float) -> bool:
    return size is not None and size >= threshold - _ROUNDING
