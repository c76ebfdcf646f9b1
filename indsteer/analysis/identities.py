"""Sums that figures of one unit and month must fit: a stock follows from what came in and went, hours from their parts.

A sum holds within half a unit of the last declared decimal of each of its terms, because each was rounded by itself.
A breach names its cells and its amount; which of them is wrong only people know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

Values = Callable[[str, int], float | None]
"""Value of a quantity so many months before the month that is looked at (0 or 1); None = not known."""

_FLOAT_ROOM: Final = 1e-9  # doubles of 0.1 do not add up exactly


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a sum: `sign` * the value of `code`, `back` months earlier."""

    code: str
    sign: int = 1
    back: int = 0


@dataclass(frozen=True, slots=True)
class Identity:
    """`whole` equals the sum of the terms; with `at_most` the sum may also be less than the whole."""

    key: str
    whole: str
    terms: tuple[Term, ...]
    at_most: bool = False


IDENTITIES: Final = (
    Identity("stock", "VOORRAAD", (Term("VOORRAAD", 1, 1), Term("INSTROOM"), Term("UITSTROOM", -1))),
    Identity(
        "gross_hours",
        "UREN_BRUTO",
        (Term("UREN_FEEST"), Term("UREN_VERLOF"), Term("UREN_VERZUIM"), Term("UREN_NETTO")),
    ),
    Identity("net_hours", "UREN_NETTO", (Term("UREN_DIRECT"), Term("UREN_OPLEIDING"), Term("UREN_INDIRECT"))),
    Identity("in_time", "UITSTROOM", (Term("UITSTROOM_TIJDIG"),), at_most=True),
    Identity("stock_parts", "VOORRAAD", (Term("VOORRAAD_TUSSEN"), Term("VOORRAAD_BUITEN")), at_most=True),
    Identity("sample", "STEEKPROEF_N", (Term("STEEKPROEF_GOED"),), at_most=True),
)
"""As in `samples/README.md`."""


@dataclass(frozen=True, slots=True)
class BreachTerm:
    """A term with the value it had, and the value (`fitting`) with which the sum would hold."""

    code: str
    sign: int
    back: int
    value: float
    fitting: float


@dataclass(frozen=True, slots=True)
class Breach:
    """A sum that does not hold: `difference` = `entered` - `computed`, of which `entered` stands under `whole`.

    `fitting` is `computed` in the decimals of the whole.
    """

    key: str
    whole: str
    at_most: bool
    entered: float
    computed: float
    difference: float
    fitting: float
    terms: tuple[BreachTerm, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Quantities of this month that take part, the whole first."""
        return (self.whole, *(term.code for term in self.terms if term.back == 0))

    @property
    def marked(self) -> str:
        """The quantity beside which the breach is shown: the whole, or the part that is too large."""
        return self.terms[-1].code if self.at_most else self.whole


def breaches(
    values: Values, decimals: Mapping[str, int], identities: Sequence[Identity] = IDENTITIES
) -> tuple[Breach, ...]:
    """The sums of one unit and month that do not hold.

    A sum with a value that is not known is not judged. `decimals` are the declared decimals per quantity; a code
    without them counts as whole.
    """
    found = (_breach(identity, values, decimals) for identity in identities)
    return tuple(breach for breach in found if breach is not None)


def _breach(identity: Identity, values: Values, decimals: Mapping[str, int]) -> Breach | None:
    entered = values(identity.whole, 0)
    known = [(term, value) for term in identity.terms if (value := values(term.code, term.back)) is not None]
    if entered is None or not known or (len(known) < len(identity.terms) and not identity.at_most):
        return None
    computed = fsum(term.sign * value for term, value in known)
    last = max(decimals.get(code, 0) for code in (identity.whole, *(t.code for t in identity.terms)))
    difference = round(entered - computed, last + 6)
    room = fsum(0.5 * 10 ** -decimals.get(code, 0) for code in (identity.whole, *(t.code for t, _ in known)))
    rounded = any(decimals.get(t.code, 0) for t, _ in known)
    if not rounded:
        room = 0.5  # whole numbers are counted, not rounded: one too many is a mistake
    room += _FLOAT_ROOM * max(1.0, abs(entered))
    holds = difference >= -room if identity.at_most else abs(difference) <= room
    if holds:
        return None
    terms = tuple(
        BreachTerm(t.code, t.sign, t.back, value, round(value + t.sign * difference, decimals.get(t.code, 0)))
        for t, value in known
    )
    fitting = round(computed, decimals.get(identity.whole, 0))
    return Breach(identity.key, identity.whole, identity.at_most, entered, computed, difference, fitting, terms)
