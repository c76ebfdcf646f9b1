"""The exact roll-up of actuals over units and time.

- A sum runs flat over all units and months (`math.fsum`: correctly rounded, free of order), each month with the
  tree as it was then; a stock is the sum over units at the end of the period; fte is the mean over the base
  periods of the sum over units; a ratio is the formula over rolled-up quantities; a weighted mean weighs every
  unit and month; output × norm time is multiplied per unit, stream and month with the norm that held, and added.
- A measurement (a mean that is not added over units, such as a mark of customers per quarter) is the mean of
  those units and months that have one: it is the one rule that does not ask for completeness.
- Anything else with a value missing is not defined, and the figure names the first that is missing. For a year
  that still runs ask the year to date. Who takes part at all is said in `cells.py`.
- What means nothing is refused: an indicator of one product over unlike products (another product or norm time),
  a stated percentage without numerator and denominator, a mean of which the weight is 0.

Source: shared/STATISTICS.md section 3 (docs/statistics.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from math import fsum, isfinite, isnan
from operator import mul
from typing import Protocol

from indsteer.analysis.book import Book
from indsteer.analysis.cells import Cells, Codes, Found, Mode, Total
from indsteer.analysis.definitions import ADDITIVE_OVER_TIME, Definitions, norm_hours_operand
from indsteer.analysis.figure import Figure, Origin, Reason, TargetFigure, undefined
from indsteer.analysis.norms import agreed, norm_hours, unlike_products
from indsteer.analysis.span import Span, period_id
from indsteer.domain.formula import Code, Plan, evaluate
from indsteer.domain.indicator import Indicator
from indsteer.domain.period import Grain, Period
from indsteer.domain.quantity import OverTime, OverUnits, Quantity

_CACHE_LIMIT = 500_000


class Targets(Protocol):
    """What the roll-up of actuals asks of the targets (`target_rollup.py`)."""

    def figure(self, unit: str, code: str, span: Span, as_of: date | None) -> TargetFigure:
        """Target in force of an indicator."""

    def norm_hours(self, unit: str, code: str, span: Span, as_of: date | None) -> Figure:
        """Target in force of an indicator times norm time, per unit and month, added."""


class RollUp:
    """Answers for one book; figures are kept, so the same question is cheap the second time."""

    def __init__(self, book: Book, definitions: Definitions, cells: Cells, targets: Targets) -> None:
        self.book = book
        self.cells = cells
        self._definitions = definitions
        self._targets = targets
        self._figures: dict[tuple[str, str, Span, Codes, date | None], Figure] = {}

    def figure(self, unit: str, code: str, span: Span, as_of: date | None = None) -> Figure:
        """Value of a quantity or indicator of a unit in a span."""
        return self.part(unit, code, span, self._definitions.needs(code), as_of)

    def part(self, unit: str, code: str, span: Span, codes: Codes, as_of: date | None) -> Figure:
        """As `figure`, over those units only that take part in all `codes`."""
        key = (unit, code, span, codes, as_of)
        found = self._figures.get(key)
        if found is None:
            if len(self._figures) >= _CACHE_LIMIT:
                self._figures.clear()
            found = self._figures[key] = self._make(unit, code, span, codes, as_of)
        return found

    def target(self, unit: str, code: str, span: Span, as_of: date | None) -> TargetFigure:
        """Target in force of an indicator."""
        return self._targets.figure(unit, code, span, as_of)

    def planned_norm_hours(self, unit: str, code: str, span: Span, as_of: date | None) -> Figure:
        """Target in force of an indicator times norm time."""
        return self._targets.norm_hours(unit, code, span, as_of)

    def agreed(self, kind: str, unit: str, span: Span, codes: Codes = frozenset()) -> Figure:
        """Norm time (`kind` "norm_time") or term ("term"): the one all share, else weighted by output."""
        return agreed(self.book, self.cells, kind, unit, span, codes)

    def _make(self, unit: str, code: str, span: Span, codes: Codes, as_of: date | None) -> Figure:
        fault = self._definitions.fault(code)
        if fault is not None:
            return undefined(fault, code=code)
        quantity = self._definitions.quantity_of(code)
        if quantity is None:
            if code not in self._definitions.indicators:  # a code in a formula that the catalogue lacks
                return undefined(Reason.NOT_RECORDED, code=code, unit=unit, period=str(span), count=1)
            return self._indicator(unit, self._definitions.indicators[code], span, (codes, as_of))
        found = self._quantity(unit, quantity, span, codes)
        if found.value is None and not span.to_date:
            return self._stated(unit, quantity.code, span) or found
        return found

    def _stated(self, unit: str, code: str, span: Span) -> Figure | None:
        """What was stored for exactly this longer period, where its months are not complete."""
        layer = self.book.layers.get(code)
        entry = layer.coarse.get(unit, {}).get((span.start, span.end)) if layer is not None else None
        if entry is None or entry.value is None:
            return None
        cell = (unit, code, _stored_id(span))
        return Figure(entry.value, provisional=entry.provisional, origin=Origin.STORED, cell=cell)

    # --- quantities ---------------------------------------------------------------------------------------
    def _quantity(self, unit: str, quantity: Quantity, span: Span, codes: Codes) -> Figure:
        over_time, over_units, code = quantity.over_time, quantity.over_units, quantity.code
        mode: Mode = "end" if over_time is OverTime.END else "mean" if over_time is OverTime.MEAN else "sum"
        span = span.last if mode == "end" else span
        if over_units is OverUnits.SUM and over_time in ADDITIVE_OVER_TIME:
            total = self.cells.total(code, unit, span, codes, mode)
            return self._from_total(unit, code, span, total, per_period=mode == "mean")
        if over_time is OverTime.MEAN and over_units is not OverUnits.NONE:
            return self._measured(unit, quantity, span, codes)
        chunks = self.cells.chunks(code, unit, span, codes)
        if len(chunks) == 1 and (span.single or chunks[0][0] not in self._rows(code)):
            total = self.cells.total(code, unit, span, codes, mode)
            if total.cells <= 1:
                return self._from_total(unit, code, span, total)
        units = len({chunk[0] for chunk in chunks})
        if over_units in {OverUnits.NONE, OverUnits.ONE_PRODUCT} and units > 1:
            return undefined(Reason.NOT_OVER_UNITS, code=code, count=units)
        if quantity.weight:
            return self._weighted(unit, quantity, span, codes)
        if units == 1 and over_time in ADDITIVE_OVER_TIME:
            total = self.cells.total(code, unit, span, codes, mode)
            return self._from_total(unit, code, span, total, per_period=mode == "mean")
        return self._refused(unit, quantity, span, units)

    def _refused(self, unit: str, quantity: Quantity, span: Span, units: int) -> Figure:
        """Why several values of a quantity do not make one."""
        if not units:
            return self.cells.missing(None, quantity.code, unit, span)
        refusals = {OverTime.NONE: Reason.NOT_OVER_TIME, OverTime.WEIGHTED: Reason.NO_WEIGHT}
        return undefined(refusals.get(quantity.over_time, Reason.NO_PARTS), code=quantity.code)

    def _rows(self, code: str) -> Sequence[str]:
        layer = self.book.layers.get(code)
        return () if layer is None else tuple(layer.values)

    def _from_total(self, unit: str, code: str, span: Span, total: Total, *, per_period: bool = False) -> Figure:
        if total.value is None:
            return self.cells.missing(total.found, code, unit, span)
        if total.cells == 1:
            return self._one(unit, code, span, total)
        value = total.value / total.periods if per_period else total.value
        return Figure(value, provisional=total.provisional, origin=Origin.ROLLUP)

    def _one(self, unit: str, code: str, span: Span, total: Total) -> Figure:
        """The figure of a single stored value, with its place when it is the unit's own."""
        layer, value = self.book.layers[code], total.value
        if layer.streams.get(unit) or unit not in layer.takers:
            return Figure(value, provisional=total.provisional, origin=Origin.ROLLUP)
        index = total.found.places[0][1] if total.found is not None else span.start
        when = period_id(self.book.grain, index)
        if isnan(layer.at(unit, index)):
            inside = [e for e in layer.coarse.get(unit, {}).values() if e.start <= index < e.end]
            if not inside:
                return Figure(value, provisional=total.provisional, origin=Origin.ROLLUP)
            when = _stored_id(Span(self.book.grain, inside[0].start, inside[0].end, 1))
        cell = (unit, code, when)
        return Figure(value, provisional=total.provisional, origin=Origin.STORED, cell=cell)

    def _measured(self, unit: str, quantity: Quantity, span: Span, codes: Codes) -> Figure:
        """Mean of the units and months that have a value."""
        code = quantity.code
        found = self.cells.find(code, unit, span, codes)
        if not found.values:
            return self.cells.missing(found, code, unit, span)
        if len(found.values) == 1:
            value = found.values[0]
            return self._one(unit, code, span, Total(value, 1, 1, found.provisional, found=found))
        if not quantity.weight:
            value = fsum(found.values) / len(found.values)
            return Figure(value, provisional=found.provisional, origin=Origin.ROLLUP)
        return self._weigh_found(unit, quantity, span, replace(found, lost=[], finer=[]))

    def _weighted(self, unit: str, quantity: Quantity, span: Span, codes: Codes) -> Figure:
        """Mean weighted by another quantity, over every unit and base period."""
        code, weight = quantity.code, quantity.weight
        chunks = self.cells.chunks(code, unit, span, codes)
        values, weights = self.cells.slices(code, chunks), self.cells.slices(weight, chunks)
        if values is not None and weights is not None:
            above = fsum(chain.from_iterable(map(mul, v, w) for v, w in zip(values, weights, strict=True)))
            below = fsum(chain.from_iterable(weights))
            if below and isfinite(above) and isfinite(below):
                layers = (self.book.layers[code], self.book.layers[weight])
                unsure = any(layer.unsure(*chunk) for layer in layers if layer.provisional for chunk in chunks)
                return Figure(above / below, provisional=unsure, origin=Origin.ROLLUP)
        return self._weigh_found(unit, quantity, span, self.cells.find(code, unit, span, codes))

    def _weigh_found(self, unit: str, quantity: Quantity, span: Span, found: Found) -> Figure:
        code, weight = quantity.code, quantity.weight
        weights = [self._weight_of(quantity, place) for place in found.places]
        for place, total in zip(found.places, weights, strict=True):
            if total.value is None:
                return self.cells.missing(total.found or Found(lost=[place]), weight, *self._where(place))
        lost = [place for place in found.lost if self._weight_of(quantity, place).value != 0]
        if lost or found.finer or not found.values:
            return self.cells.missing(replace(found, lost=lost), code, unit, span)
        known = [total.value or 0.0 for total in weights]
        below = fsum(known)
        if not below:
            return undefined(Reason.NO_WEIGHT, code=code, weight=weight)
        unsure = found.provisional or any(total.provisional for total in weights)
        return Figure(fsum(map(mul, found.values, known)) / below, provisional=unsure, origin=Origin.ROLLUP)

    def _where(self, place: tuple[str, int]) -> tuple[str, Span]:
        return place[0], Span(self.book.grain, place[1], place[1] + 1, 1)

    def _weight_of(self, quantity: Quantity, place: tuple[str, int]) -> Total:
        """The weight of one stored value, over as long as that value was stored for."""
        unit, span = self._where(place)
        layer = self.book.layers[quantity.code]
        if isnan(layer.at(*place)):
            for entry in layer.coarse.get(unit, {}).values():
                if entry.start <= span.start < entry.end:
                    span = Span(span.grain, entry.start, entry.end, 1)
        return self.cells.total(quantity.weight, unit, span, frozenset({quantity.weight}))

    # --- indicators ---------------------------------------------------------------------------------------
    def _indicator(self, unit: str, indicator: Indicator, span: Span, asked: tuple[Codes, date | None]) -> Figure:
        codes, as_of = asked
        over_time, over_units = indicator.over_time, indicator.over_units
        span = span.last if over_time is OverTime.END else span
        members = self.cells.members(unit, span, codes)
        count = len({member for member, _, _ in members})
        if over_units is OverUnits.ONE_PRODUCT:
            kinds = unlike_products(self.book, self.cells, unit, span, codes)
            if kinds > 1:
                offered = self._definitions.offered(indicator.code)
                return replace(undefined(Reason.UNLIKE_PRODUCTS, code=indicator.code, count=kinds), offered=offered)
        if over_units is OverUnits.NONE and count > 1:
            return undefined(Reason.NOT_OVER_UNITS, code=indicator.code, count=count)
        if over_time is OverTime.NONE and not span.single:
            return undefined(Reason.NOT_OVER_TIME, code=indicator.code)
        formula = self._definitions.formulas[indicator.code]
        if over_units is OverUnits.SUM and norm_hours_operand(formula) is None and count > 1:
            parts = [
                self.part(member, indicator.code, Span(span.grain, i, i + 1, 1), codes, as_of)
                for member, start, end in members
                for i in range(start, end)
            ]
            return _added(parts, span.end - span.start if over_time is OverTime.MEAN else 1)
        if over_time in {OverTime.SUM, OverTime.MEAN} and not span.single and norm_hours_operand(formula) is None:
            parts = [self.part(unit, indicator.code, one, codes, as_of) for one in span.each()]
            return _added(parts, len(parts) if over_time is OverTime.MEAN else 1)
        figure = self._evaluated(unit, indicator.code, span, asked)
        if over_time is OverTime.MEAN and figure.value is not None and not span.single:
            return replace(figure, value=figure.value / (span.end - span.start))
        return figure

    def _evaluated(self, unit: str, code: str, span: Span, asked: tuple[Codes, date | None]) -> Figure:
        scope = _Scope(self, unit, span, asked, _Notes())
        value = evaluate(self._definitions.formulas[code].root, scope)
        if value is None:
            return scope.notes.missing or undefined(Reason.DIVISION_BY_ZERO, code=code)
        alone = span.single and self.cells.members(unit, span, asked[0]) == ((unit, span.start, span.end),)
        origin = Origin.FORMULA if alone else Origin.ROLLUP
        return Figure(value, provisional=scope.notes.provisional, origin=origin)


def _added(parts: Sequence[Figure], periods: int) -> Figure:
    for part in parts:
        if part.value is None:
            return part
    value = fsum(part.value for part in parts if part.value is not None) / periods
    return Figure(value, provisional=any(part.provisional for part in parts), origin=Origin.ROLLUP)


def _stored_id(span: Span) -> str:
    """Id of the period that is exactly this span."""
    months = span.end - span.start
    grain = {3: Grain.QUARTER, 4: Grain.TERTIAL, 12: Grain.YEAR}.get(months, span.grain)
    return Period.at(span.start // months if months > 1 else span.start, grain).id


# --- the scope of a formula -------------------------------------------------------------------------------
@dataclass(slots=True)
class _Notes:
    """What the operands told: the first that is missing, and whether one is provisional."""

    missing: Figure | None = None
    provisional: bool = False

    def take(self, figure: Figure) -> float | None:
        if figure.value is None:
            self.missing = self.missing or figure
        self.provisional = self.provisional or figure.provisional
        return figure.value


@dataclass(frozen=True, slots=True)
class _Scope:
    """Operands of a formula from the actuals of one unit in one span; see `formula.Scope`."""

    roll: RollUp
    unit: str
    span: Span
    asked: tuple[Codes, date | None]
    notes: _Notes

    def value(self, code: str) -> float | None:
        return self.notes.take(self.roll.part(self.unit, code, self.span, *self.asked))

    def plan(self, code: str) -> float | None:
        found = self.roll.target(self.unit, code, self.span, self.asked[1])
        return self.notes.take(Figure(found.value, found.reason, found.facts))

    def norm_time(self) -> float | None:
        return self.notes.take(self.roll.agreed("norm_time", self.unit, self.span, self.asked[0]))

    def term(self) -> float | None:
        return self.notes.take(self.roll.agreed("term", self.unit, self.span, self.asked[0]))

    def norm_hours(self, operand: Code | Plan) -> float | None:
        if isinstance(operand, Plan):
            return self.notes.take(self.roll.planned_norm_hours(self.unit, operand.code, self.span, self.asked[1]))
        if operand.code not in self.roll.book.layers:
            value, hours = self.value(operand.code), self.norm_time()
            return None if value is None or hours is None else value * hours
        where = (self.unit, self.span, self.asked[0])
        return self.notes.take(norm_hours(self.roll.book, self.roll.cells, operand.code, where))

    def weeks(self) -> float:
        return self.span.weeks

    def previous(self) -> _Scope:
        return replace(self, span=self.span.previous)

    def recent(self, n: int) -> Sequence[_Scope]:
        return [replace(self, span=span) for span in self.span.recent(n)]
