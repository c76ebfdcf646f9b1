"""All facts of a file, indexed once and asked often: `value`, `to_date`, `target`, `target_to_date`.

    ledger = Ledger(organisation, quantities, indicators, actuals=actuals, norm_times=..., terms=...,
                    versions=..., targets=...)
    ledger.value("AB", "TIJDIG_PCT", Period.parse("2024-Q1")).value

A ledger never changes; make a new one when the file did. How things roll up is said in `rollup.py` (actuals),
`target_rollup.py` (targets), `cells.py` (who takes part) and `norms.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from math import isnan

from indsteer.analysis.book import WEIGH_BY, Agreed, Book, make_grid, make_layers
from indsteer.analysis.cells import Cells
from indsteer.analysis.definitions import Definitions
from indsteer.analysis.figure import Figure, TargetFigure
from indsteer.analysis.layer import Entry
from indsteer.analysis.rollup import RollUp
from indsteer.analysis.span import base_grain, period_id, span_of
from indsteer.analysis.target_rollup import Plans, TargetRollUp
from indsteer.analysis.tree import Tree
from indsteer.domain.facts import Actual, PlanVersion, Source, State, Target
from indsteer.domain.indicator import Indicator
from indsteer.domain.organisation import NormTime, Organisation, Term
from indsteer.domain.period import Grain, Period
from indsteer.domain.quantity import Quantity
from indsteer.errors import UnknownUnitError

SourceKey = tuple[str, str, str, str]
"""Unit, quantity, stream and period of a stored value."""


class Ledger:
    """The facts of one file.

    `sources` says where stored values came from (typed when it does not say); `weigh_by` is the quantity that
    weighs norm times and terms. Of two facts for one place the last counts. Read-only; keeps answers given.
    """

    def __init__(
        self,
        organisation: Organisation,
        quantities: Iterable[Quantity],
        indicators: Iterable[Indicator],
        *,
        actuals: Iterable[Actual] = (),
        norm_times: Iterable[NormTime] = (),
        terms: Iterable[Term] = (),
        versions: Iterable[PlanVersion] = (),
        targets: Iterable[Target] = (),
        sources: Mapping[SourceKey, Source] | None = None,
        weigh_by: str = WEIGH_BY,
    ) -> None:
        self.organisation = organisation
        self.definitions = Definitions(quantities, indicators)
        self.sources: Mapping[SourceKey, Source] = sources or {}
        self._norm_times, self._terms = tuple(norm_times), tuple(terms)
        self._units = frozenset(unit.code for unit in organisation.units)
        self._plans = Plans(versions, targets)
        self._weigh_by = weigh_by
        self._entries: dict[Grain, dict[str, list[Entry]]] = {}
        for actual in actuals:
            grain, entry = _entry(actual)
            self._entries.setdefault(grain, {}).setdefault(actual.quantity, []).append(entry)
        self._books: dict[Grain, tuple[RollUp, TargetRollUp]] = {}

    def value(self, unit: str, code: str, period: Period, as_of: date | None = None) -> Figure:
        """Value of a quantity or indicator of a unit, or of all units under it, in a period.

        `as_of` chooses the targets where a formula uses `plan`: those in force on that day, None the latest.

        Raises:
            UnknownUnitError: no unit has this code.
            UnknownIndicatorError: no quantity or indicator has this code.
        """
        self._check(unit, code)
        return self._at(period.grain)[0].figure(unit, code, span_of(period), as_of)

    def to_date(self, unit: str, code: str, period: Period, as_of: date | None = None) -> Figure:
        """As `value`, from January up to and including the period's last month.

        Raises:
            UnknownUnitError: no unit has this code.
            UnknownIndicatorError: no quantity or indicator has this code.
            ValueError: a week or a day, which is not made of months.
        """
        self._check(unit, code)
        return self._at(period.grain)[0].figure(unit, code, span_of(period, to_date=True), as_of)

    def target(self, unit: str, code: str, period: Period, as_of: date | None = None) -> TargetFigure:
        """Target of an indicator of a unit in a period, from the versions in force on a day (None: the latest).

        Raises:
            UnknownUnitError: no unit has this code.
            UnknownIndicatorError: no quantity or indicator has this code.
        """
        self._check(unit, code)
        return self._at(period.grain)[1].figure(unit, code, span_of(period), as_of)

    def target_to_date(self, unit: str, code: str, period: Period, as_of: date | None = None) -> TargetFigure:
        """As `target`, from January up to and including the period's last month.

        Raises:
            UnknownUnitError: no unit has this code.
            UnknownIndicatorError: no quantity or indicator has this code.
            ValueError: a week or a day, which is not made of months.
        """
        self._check(unit, code)
        return self._at(period.grain)[1].figure(unit, code, span_of(period, to_date=True), as_of)

    def norm_time(self, unit: str, period: Period) -> Figure:
        """Agreed direct hours per case; over units and months weighted by output.

        Raises:
            UnknownUnitError: no unit has this code.
        """
        self._check(unit)
        return self._at(period.grain)[0].agreed("norm_time", unit, span_of(period))

    def term(self, unit: str, period: Period) -> Figure:
        """Legal term in weeks; over units and months weighted by output.

        Raises:
            UnknownUnitError: no unit has this code.
        """
        self._check(unit)
        return self._at(period.grain)[0].agreed("term", unit, span_of(period))

    def months(self) -> tuple[str, ...]:
        """Ids of all months from the first to the last that has an actual or a target."""
        grid = self._at(Grain.MONTH)[0].book.grid
        return tuple(period_id(Grain.MONTH, grid.first + i) for i in range(grid.size))

    def last_month(self) -> str | None:
        """Id of the last month that has an actual; None when there is none."""
        layers = self._at(Grain.MONTH)[0].book.layers.values()
        last = [
            layer.grid.first + at
            for layer in layers
            for row in layer.values.values()
            for at in range(layer.grid.size - 1, -1, -1)
            if not isnan(row[at])
        ]
        return period_id(Grain.MONTH, max(last)) if last else None

    def _check(self, unit: str, code: str | None = None) -> None:
        if unit not in self._units:
            raise UnknownUnitError(unit=unit)
        if code is not None:
            self.definitions.check(code)

    def _at(self, grain: Grain) -> tuple[RollUp, TargetRollUp]:
        found = self._books.get(grain)
        if found is None:
            base = base_grain(grain)
            found = self._open(base) if base is grain else self._at(base)
            self._books[grain] = found
        return found

    def _open(self, grain: Grain) -> tuple[RollUp, TargetRollUp]:
        """Pack what lies on one grid."""
        entries = self._entries.get(grain, {})
        planned = self._plans.spans(grain)
        grid = make_grid([*entries.values(), planned])
        book = Book(
            grain=grain,
            grid=grid,
            tree=Tree(self.organisation, grain),
            layers=make_layers(grid, entries, self.definitions.quantities),
            norms=Agreed(grid, grain, self._norm_times),
            terms=Agreed(grid, grain, self._terms),
            products={unit.code: unit.product for unit in self.organisation.units},
            weigh_by=self._weigh_by,
        )
        recorded = self._recorded(book)
        targets = TargetRollUp(book, self.definitions, self._plans, self._planning(book, recorded))
        return RollUp(book, self.definitions, Cells(book.tree, book.layers, recorded), targets), targets

    def _recorded(self, book: Book) -> dict[str, frozenset[str]]:
        """Per quantity the units that take part: those that recorded it, and those that plan it."""
        found = {code: set(layer.takers) for code, layer in book.layers.items()}
        for code, units in self._plans.takers(book.grain).items():
            quantity = self.definitions.quantity_of(code)
            if quantity is not None:
                found.setdefault(quantity.code, set()).update(units)
        return {code: frozenset(units) for code, units in found.items()}

    def _planning(self, book: Book, recorded: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        """Per indicator the units of which a target is expected: with a target, or recording what it needs."""
        found = dict(recorded)
        for code, units in self._plans.takers(book.grain).items():
            needs = [recorded.get(need, frozenset()) for need in self.definitions.needs(code)]
            found[code] = frozenset(units) | frozenset.intersection(*needs)
        return found


def _entry(actual: Actual) -> tuple[Grain, Entry]:
    span = span_of(Period.parse(actual.period))
    provisional = actual.state is State.PROVISIONAL
    return span.grain, Entry(actual.unit, actual.stream, span.start, span.end, actual.value, provisional, actual.reason)
