"""The roll-up of targets over units and time, from the plan versions in force on a day.

- In force on day d is, cell by cell, the latest version agreed on or before d that has the cell; drafts never.
  The agreed path (`plan`) leads, a wished value (`target`) stands in where there is no path.
- Months and the lowest units lead. Targets that may be added are added (stocks: at period end; fte: the mean of
  the sums). All units that take part must have one: those that have a target, and those that record what is
  planned; otherwise the sum is compared with actuals of more units than it was made for.
- Other targets (ratios, means) are never averaged: one counts for a longer period or a higher unit only when all
  months and units below carry the same value.
- A target stated for exactly the unit and period that is asked is used where the rule above gives none, and is
  always kept in `stated`, so that the gap can be shown.
- An indicator without any target of its own has a derived one when its formula has: weighted output is planned
  output × norm time per unit and month, a closing ratio is planned output / planned inflow. Not derived: formulas
  that use `plan` themselves, indicators of one product, and products of quantities over several units.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import fsum, isnan

from indsteer.analysis.book import Book, same
from indsteer.analysis.cells import Cells, Codes, Found, Mode
from indsteer.analysis.definitions import Definitions, is_linear, norm_hours_operand
from indsteer.analysis.figure import Figure, Reason, TargetFigure, undefined
from indsteer.analysis.layer import Entry, Layer, build_layer
from indsteer.analysis.norms import agreed, norm_hours
from indsteer.analysis.span import Span, span_of
from indsteer.domain.facts import PlanVersion, Target, TargetKind
from indsteer.domain.formula import Code, Plan, evaluate
from indsteer.domain.period import Grain, Period
from indsteer.domain.quantity import OverTime, OverUnits
from indsteer.errors import Fact


class Plans:
    """All targets of a file, sorted so that the cell in force is the last one written."""

    def __init__(self, versions: Iterable[PlanVersion], targets: Iterable[Target]) -> None:
        agreed_ones = sorted((v for v in versions if v.agreed_on), key=lambda v: v.agreed_on)
        self._versions = tuple(agreed_ones)
        self._numbers = {(v.code, v.year): number for number, v in enumerate(agreed_ones, start=1)}
        known = [t for t in targets if (t.version, t.year) in self._numbers]
        known.sort(key=lambda t: (t.kind is TargetKind.PLAN, self._numbers[t.version, t.year]))
        self._targets = [(target, span_of(Period.parse(target.period))) for target in known]

    def takers(self, grain: Grain) -> dict[str, set[str]]:
        """Per indicator the units that have an agreed target for it on one grid."""
        found: dict[str, set[str]] = {}
        for target, span in self._targets:
            if span.grain is grain:
                found.setdefault(target.indicator, set()).add(target.unit)
        return found

    def spans(self, grain: Grain) -> list[Entry]:
        """Every target on one grid, whatever its version: what the grid must hold."""
        return [Entry(t.unit, t.stream, s.start, s.end, t.value) for t, s in self._targets if s.grain is grain]

    def entries(self, book: Book, as_of: date | None) -> dict[str, list[Entry]]:
        """The targets of one grid in force on a day (None: the latest of all), per indicator."""
        limit = self.in_force(as_of)
        found: dict[str, list[Entry]] = {}
        for target, span in self._targets:
            number = self._numbers[target.version, target.year]
            if number <= limit and span.grain is book.grain:
                entry = Entry(target.unit, target.stream, span.start, span.end, target.value, version=number)
                found.setdefault(target.indicator, []).append(entry)
        return found

    def in_force(self, as_of: date | None) -> int:
        """Number of versions agreed on or before a day: days with the same number have the same targets."""
        return sum(1 for v in self._versions if as_of is None or v.agreed_on <= as_of.isoformat())

    def codes(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """Codes of versions by number, in order of agreement, each once."""
        return tuple(dict.fromkeys(self._versions[n - 1].code for n in sorted(numbers) if n))

    def ordered(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Version codes in the order in which a version of that code was first agreed."""
        known = list(dict.fromkeys(version.code for version in self._versions))
        return tuple(sorted(codes, key=known.index))


@dataclass(slots=True)
class _InForce:
    """The targets of one as-of day: cells, and the answers already given."""

    cells: Cells
    figures: dict[tuple[str, str, Span, Codes], TargetFigure] = field(default_factory=dict)


class TargetRollUp:
    """Answers about targets for one book."""

    def __init__(
        self, book: Book, definitions: Definitions, plans: Plans, takers: Mapping[str, frozenset[str]]
    ) -> None:
        self._book = book
        self._definitions = definitions
        self._plans = plans
        self._takers = takers
        self._in_force: dict[int, _InForce] = {}
        self._by_day: dict[date | None, _InForce] = {}
        self._derivable: dict[str, bool] = {}

    def figure(self, unit: str, code: str, span: Span, as_of: date | None) -> TargetFigure:
        """Target in force of an indicator of a unit in a span."""
        return self.part(unit, code, span, (frozenset({code}), as_of))

    def part(self, unit: str, code: str, span: Span, asked: tuple[Codes, date | None]) -> TargetFigure:
        """As `figure`, over those units only that take part in all codes."""
        force = self._at(asked[1])
        key = (unit, code, span, asked[0])
        if key not in force.figures:
            force.figures[key] = self._make(unit, code, span, asked)
        return force.figures[key]

    def norm_hours(self, unit: str, code: str, span: Span, as_of: date | None) -> Figure:
        """Target in force of an indicator times norm time, per unit and base period, added."""
        cells = self._at(as_of).cells
        if code not in cells.layers:
            return undefined(Reason.NO_TARGET, code=code, unit=unit, period=str(span), count=1)
        return _as_target(norm_hours(self._book, cells, code, (unit, span, frozenset({code}))))

    def derived_hours(
        self, unit: str, code: str, span: Span, asked: tuple[Codes, date | None]
    ) -> tuple[Figure, tuple[str, ...]]:
        """As `norm_hours`, over the units that take part in all codes; with the versions."""
        cells = self._at(asked[1]).cells
        if code not in cells.layers:
            return undefined(Reason.NO_TARGET, code=code, unit=unit, period=str(span), count=1), ()
        figure = _as_target(norm_hours(self._book, cells, code, (unit, span, asked[0])))
        return figure, self._plans.codes(cells.total(code, unit, span, asked[0]).versions)

    def norm(self, kind: str, unit: str, span: Span, asked: tuple[Codes, date | None]) -> Figure:
        """Norm time or term, weighted by planned output."""
        cells = self._at(asked[1]).cells
        return agreed(replace(self._book, layers=cells.layers), cells, kind, unit, span, asked[0])

    def _at(self, as_of: date | None) -> _InForce:
        found = self._by_day.get(as_of)
        if found is None:
            found = self._by_day[as_of] = self._make_force(as_of)
        return found

    def _make_force(self, as_of: date | None) -> _InForce:
        number = self._plans.in_force(as_of)
        if number not in self._in_force:
            layers = {
                code: build_layer(self._book.grid, rows, _add if self._additive(code) else same)
                for code, rows in self._plans.entries(self._book, as_of).items()
            }
            self._in_force[number] = _InForce(Cells(self._book.tree, layers, self._takers))
        return self._in_force[number]

    def _additive(self, code: str) -> bool:
        known = code in self._definitions.quantities or code in self._definitions.indicators
        return known and self._definitions.additive(code)

    def _make(self, unit: str, code: str, span: Span, asked: tuple[Codes, date | None]) -> TargetFigure:
        cells = self._at(asked[1]).cells
        layer = cells.layers.get(code)
        if layer is None:
            return self._derived(unit, code, span, asked)
        stated = None if span.to_date else layer.coarse.get(unit, {}).get((span.start, span.end))
        own = layer.at(unit, span.start) if span.single else float("nan")
        if stated is None and not isnan(own):
            versions = layer.versions.get(unit, array("l"))
            number = versions[span.start - layer.grid.first]
            stated = Entry(unit, "", span.start, span.end, own, version=number)
        additive = self._definitions.additive(code)
        found = self._summed(unit, code, span, asked) if additive else self._shared(unit, code, span, asked)
        value = None if stated is None else stated.value
        if found.value is None and stated is not None:
            return TargetFigure(value, self._plans.codes({stated.version}), stated=value)
        return replace(found, stated=value)

    def _summed(self, unit: str, code: str, span: Span, asked: tuple[Codes, date | None]) -> TargetFigure:
        cells = self._at(asked[1]).cells
        over_time, _ = self._definitions.rule(code)
        mode: Mode = "end" if over_time is OverTime.END else "mean" if over_time is OverTime.MEAN else "sum"
        span = span.last if mode == "end" else span
        total = cells.total(code, unit, span, asked[0], mode)
        if total.value is None:
            return self._lacking(cells, total.found, code, (unit, span))
        value = total.value / total.periods if mode == "mean" else total.value
        return TargetFigure(value, self._plans.codes(total.versions))

    def _shared(self, unit: str, code: str, span: Span, asked: tuple[Codes, date | None]) -> TargetFigure:
        """The value that all months and units below carry."""
        cells = self._at(asked[1]).cells
        if self._definitions.rule(code)[0] is OverTime.END:
            span = span.last
        chunks = cells.chunks(code, unit, span, asked[0])
        slices = cells.slices(code, chunks)
        if slices is not None:
            values = {value for row in slices for value in row}
            if len(values) == 1 and not isnan(value := next(iter(values))):
                layer = cells.layers[code]
                numbers = {n for chunk in chunks for n in layer.used_versions(*chunk)}
                return TargetFigure(value, self._plans.codes(numbers))
        found = cells.find(code, unit, span, asked[0], "mean")
        if found.lost or found.finer or not found.values:
            return self._lacking(cells, found, code, (unit, span))
        low, high = min(found.values), max(found.values)
        versions = self._plans.codes(found.versions)
        if low == high:
            return TargetFigure(low, versions)
        facts: dict[str, Fact] = {"code": code, "low": low, "high": high}
        return TargetFigure(None, versions, Reason.TARGET_NOT_AVERAGED, facts)

    def _lacking(self, cells: Cells, found: Found | None, code: str, where: tuple[str, Span]) -> TargetFigure:
        figure = _as_target(cells.missing(found, code, *where))
        return TargetFigure(None, (), figure.reason, figure.facts)

    def _derived(self, unit: str, code: str, span: Span, asked: tuple[Codes, date | None]) -> TargetFigure:
        needs = self._definitions.needs(code)
        if code not in self._derivable:
            self._derivable[code] = self._may_derive(code)
        if not self._derivable[code] or not self._planned(needs, asked[1]):
            facts: dict[str, Fact] = {"code": code, "unit": unit, "period": str(span), "count": 1}
            return TargetFigure(None, (), Reason.NO_TARGET, facts)
        formula = self._definitions.formulas[code]
        if formula.base is not None:
            found = self.part(unit, formula.base, span, (frozenset({formula.base}), asked[1]))
            return replace(found, derived=True)
        over_time, _ = self._definitions.rule(code)
        span = span.last if over_time is OverTime.END else span
        codes = needs if len(asked[0]) <= 1 else asked[0] | needs
        scope = _PlanScope(self, unit, span, (codes, asked[1]), _Notes())
        value = evaluate(formula.root, scope)
        if value is None:
            missing = scope.notes.missing or TargetFigure(None, (), Reason.DIVISION_BY_ZERO, {"code": code})
            return replace(missing, derived=True, stated=None)
        return TargetFigure(value, self._plans.ordered(scope.notes.versions), derived=True)

    def _may_derive(self, code: str) -> bool:
        """Whether a target of this indicator may be calculated from targets of its quantities."""
        formula = self._definitions.formulas.get(code)
        if formula is None or self._definitions.fault(code) is not None or self._definitions.uses_plan(code):
            return False
        over_time, over_units = self._definitions.rule(code)
        if over_units in {OverUnits.ONE_PRODUCT, OverUnits.NONE} or over_time is OverTime.NONE:
            return False
        return over_units is not OverUnits.SUM or norm_hours_operand(formula) is not None or is_linear(formula)

    def _planned(self, codes: Codes, as_of: date | None) -> bool:
        layers: Mapping[str, Layer] = self._at(as_of).cells.layers
        return bool(codes) and all(code in layers for code in codes)


def _add(_unit: str, _index: int, known: Mapping[str, float]) -> float:
    return fsum(known.values())


def _as_target(figure: Figure) -> Figure:
    """A missing value is here a missing target."""
    if figure.reason in {Reason.NOT_RECORDED, Reason.FINER, Reason.ABSENT}:
        return replace(figure, reason=Reason.NO_TARGET)
    return figure


@dataclass(slots=True)
class _Notes:
    """What the operands told: the first that is missing, and the versions used."""

    missing: TargetFigure | None = None
    versions: dict[str, None] = field(default_factory=dict)

    def take(self, figure: TargetFigure) -> float | None:
        if figure.value is None:
            self.missing = self.missing or figure
        self.versions.update(dict.fromkeys(figure.versions))
        return figure.value


@dataclass(frozen=True, slots=True)
class _PlanScope:
    """Operands of a formula from the targets of one unit in one span; see `formula.Scope`."""

    roll: TargetRollUp
    unit: str
    span: Span
    asked: tuple[Codes, date | None]
    notes: _Notes

    def value(self, code: str) -> float | None:
        return self.notes.take(self.roll.part(self.unit, code, self.span, self.asked))

    def plan(self, code: str) -> float | None:
        return self.value(code)

    def norm_time(self) -> float | None:
        return self._agreed("norm_time")

    def term(self) -> float | None:
        return self._agreed("term")

    def norm_hours(self, operand: Code | Plan) -> float | None:
        figure, versions = self.roll.derived_hours(self.unit, operand.code, self.span, self.asked)
        return self.notes.take(TargetFigure(figure.value, versions, figure.reason, figure.facts))

    def weeks(self) -> float:
        return self.span.weeks

    def previous(self) -> _PlanScope:
        return replace(self, span=self.span.previous)

    def recent(self, n: int) -> Sequence[_PlanScope]:
        return [replace(self, span=span) for span in self.span.recent(n)]

    def _agreed(self, kind: str) -> float | None:
        figure = self.roll.norm(kind, self.unit, self.span, self.asked)
        return self.notes.take(TargetFigure(figure.value, (), figure.reason, figure.facts))
