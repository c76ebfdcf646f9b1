"""The catalogue, resolved for roll-up: which quantities an indicator needs, and what to offer where it refuses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from indsteer.analysis.figure import Reason
from indsteer.domain.formula import Binary, Code, Formula, NormTime, Plan, parse_formula, walk
from indsteer.domain.indicator import Indicator
from indsteer.domain.quantity import OverTime, OverUnits, Quantity
from indsteer.errors import BadFormulaError, UnknownIndicatorError

ADDITIVE_OVER_TIME: Final = frozenset({OverTime.SUM, OverTime.END, OverTime.MEAN})


class Definitions:
    """Quantities and indicators by code, with what follows from their formulas.

    A code that is both (a base indicator) is the quantity: what was measured leads.
    """

    def __init__(self, quantities: Iterable[Quantity], indicators: Iterable[Indicator]) -> None:
        self.quantities = {quantity.code: quantity for quantity in quantities}
        self.indicators = {indicator.code: indicator for indicator in indicators}
        self.formulas: dict[str, Formula] = {}
        for indicator in self.indicators.values():
            if indicator.code not in self.quantities:
                try:
                    self.formulas[indicator.code] = parse_formula(indicator.formula)
                except BadFormulaError:
                    continue  # this indicator says so when it is asked; the others go on
        self._quantity_of: dict[str, Quantity | None] = {}
        self._needs = {code: self._needed(code, ()) for code in self.formulas}

    def check(self, code: str) -> None:
        """Refuse an unknown code.

        Raises:
            UnknownIndicatorError: no quantity or indicator has it.
        """
        if code not in self.quantities and code not in self.indicators:
            raise UnknownIndicatorError(indicator=code)

    def fault(self, code: str) -> Reason | None:
        """Why an indicator cannot be calculated at all."""
        if code in self.quantities or code not in self.indicators:
            return None
        if code not in self.formulas:
            return Reason.BAD_FORMULA
        return Reason.CIRCULAR if self._needs[code] is None else None

    def quantity_of(self, code: str) -> Quantity | None:
        """The quantity a code stands for: itself, or that of a base indicator."""
        if code not in self._quantity_of:
            self._quantity_of[code] = self._find_quantity(code)
        return self._quantity_of[code]

    def needs(self, code: str) -> frozenset[str]:
        """The quantities a code is made of, through all formulas; itself for a quantity."""
        return self._needs.get(code) or frozenset({code})

    def rule(self, code: str) -> tuple[OverTime, OverUnits]:
        """How the code rolls up; a base indicator as its quantity does."""
        quantity = self.quantity_of(code)
        found = quantity if quantity is not None else self.indicators[code]
        return found.over_time, found.over_units

    def additive(self, code: str) -> bool:
        """Whether values of months and units may be added (or, of a stock or a mean, added over units)."""
        over_time, over_units = self.rule(code)
        return over_units is OverUnits.SUM and over_time in ADDITIVE_OVER_TIME

    def uses_plan(self, code: str) -> bool:
        """Whether a target stands anywhere in its formulas."""
        return any(
            formula.indicators for found in self._chain(code) if (formula := self.formulas.get(found)) is not None
        )

    def offered(self, code: str) -> str:
        """The indicator that does mean something over unlike products; "" when the catalogue has none.

        That is one weighted by norm time: the one that shares most quantities with `code`, then the one with
        the fewest others (hours per case -> norm time attainment; output per fte -> weighted output).
        """
        asked = self.needs(code)
        best, rank = "", (0, 0)
        for other, formula in self.formulas.items():
            weighted = any(self._uses_norm(found) for found in self._chain(other))
            means_something = self.indicators[other].over_units in {OverUnits.SUM, OverUnits.RATIO}
            if other == code or not weighted or not means_something or formula.indicators:
                continue
            needed = self.needs(other)
            found = (len(asked & needed), -len(needed - asked))
            if found[0] and (not best or found > rank):
                best, rank = other, found
        return best

    def _find_quantity(self, code: str) -> Quantity | None:
        for _ in range(len(self.formulas) + 1):  # a chain of base indicators is at most this long
            if code in self.quantities:
                return self.quantities[code]
            formula = self.formulas.get(code)
            if formula is None or formula.base is None:
                return None
            code = formula.base
        return None

    def _uses_norm(self, code: str) -> bool:
        return code in self.formulas and self.formulas[code].uses(NormTime)

    def _chain(self, code: str) -> set[str]:
        """The code and every code in its formulas, and in theirs."""
        found, todo = set(), [code]
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                formula = self.formulas.get(one)
                todo += formula.quantities if formula is not None else ()
        return found

    def _needed(self, code: str, above: tuple[str, ...]) -> frozenset[str] | None:
        """Quantities under a code; None when the formula needs itself."""
        formula = self.formulas.get(code)
        if code in self.quantities or formula is None:
            return frozenset({code})
        if code in above:
            return None
        found: set[str] = set()
        for used in formula.quantities:
            under = self._needed(used, (*above, code))
            if under is None:
                return None
            found |= under
        return frozenset(found)


def norm_hours_operand(formula: Formula) -> Code | Plan | None:
    """X when the whole formula is X × norm_time."""
    match formula.root:
        case Binary("*", (Code() | Plan()) as operand, NormTime()):
            return operand
        case Binary("*", NormTime(), (Code() | Plan()) as operand):
            return operand
        case _:
            return None


def is_linear(formula: Formula) -> bool:
    """Whether the formula only adds and subtracts, so that it may be taken over sums."""
    return all(not isinstance(node, Binary) or node.sign in {"+", "-"} for node in walk(formula.root))
