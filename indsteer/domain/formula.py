"""The formula language in which an indicator is defined over quantities: parsed, never evaluated as Python.

    UITSTROOM_TIJDIG / UITSTROOM            codes are A-Z, 0-9 and _ with at least one letter
    1 - abs(UITSTROOM - plan(UITSTROOM)) / plan(UITSTROOM)
    VOORRAAD / mean(per_week(UITSTROOM), 3)
    UITSTROOM × norm_time                   × and ÷ are * and /

- `prev(x)`: x in the period before, of the same length;
- `mean(x, n)`: mean of x over the last n base periods (months; weeks when weeks are asked), the last of
  them being the last of the period: also in a quarter or a year it looks at the last n months;
- `plan(IND)`: the target in force of an indicator;
- `norm_time`, `term`: agreed hours per case and legal term in weeks;
- `abs(x)`; `per_week(x)`: x divided by the weeks (days / 7) of the period; of a mean the mean per week.

Nothing is guessed: a missing operand, a division by 0 or a result that is no finite number is "not defined",
which is None.
Where the operands come from is the business of a `Scope` (`analysis/rollup.py` has the real one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, isfinite
from typing import Final, Protocol

from indsteer.errors import BadFormulaError

MAX_LENGTH: Final = 2000
MAX_DEPTH: Final = 60
MAX_MEAN: Final = 120


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: float


@dataclass(frozen=True, slots=True)
class Code:
    """A quantity, or another indicator, by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The target in force of an indicator: `plan(IND)`."""

    code: str


@dataclass(frozen=True, slots=True)
class NormTime:
    """Agreed direct hours per case: `norm_time`."""


@dataclass(frozen=True, slots=True)
class Term:
    """Legal term in weeks: `term`."""


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and `+`, `-`, `*` or `/`."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negated:
    """Minus an operand."""

    of: Node


@dataclass(frozen=True, slots=True)
class Abs:
    """An operand without its sign."""

    of: Node


@dataclass(frozen=True, slots=True)
class Prev:
    """An operand in the period before."""

    of: Node


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of an operand over the last `n` base periods."""

    of: Node
    n: int


@dataclass(frozen=True, slots=True)
class PerWeek:
    """An operand divided by the weeks of its period."""

    of: Node


Node = Number | Code | Plan | NormTime | Term | Binary | Negated | Abs | Prev | Mean | PerWeek


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula.

    `quantities` are the codes it uses as actuals (of quantities, or of other indicators), `indicators` those
    of which it uses the target, each once and in order of appearance.
    """

    text: str
    root: Node
    quantities: tuple[str, ...]
    indicators: tuple[str, ...]

    @property
    def base(self) -> str | None:
        """The code when the formula is nothing but a code: a quantity with a direction."""
        return self.root.code if isinstance(self.root, Code) else None

    def uses(self, *kinds: type) -> bool:
        """Whether a node of one of these kinds stands anywhere in it."""
        return any(isinstance(node, kinds) for node in walk(self.root))


class Scope(Protocol):
    """Where operands come from: one unit (or sum of units) in one period. None = not known."""

    def value(self, code: str) -> float | None:
        """Actual of a quantity or indicator."""

    def plan(self, code: str) -> float | None:
        """Target in force of an indicator."""

    def norm_time(self) -> float | None:
        """Hours per case."""

    def term(self) -> float | None:
        """Legal term in weeks."""

    def norm_hours(self, operand: Code | Plan) -> float | None:
        """The operand times norm time, multiplied where each norm time holds and summed."""

    def weeks(self) -> float:
        """Length in weeks: days / 7."""

    def previous(self) -> Scope:
        """The period before, of the same length."""

    def recent(self, n: int) -> Sequence[Scope]:
        """The last `n` base periods, the last one being the end of this period."""


@lru_cache(maxsize=1024)
def parse_formula(text: str) -> Formula:
    """Read a formula.

    Raises:
        BadFormulaError: it is no formula; facts `formula`, `position` (from 0) and `found` ("" at the end).
    """
    if len(text) > MAX_LENGTH:
        raise BadFormulaError(formula=text[:40] + "…", position=MAX_LENGTH, found="…")
    root = _Parser(text).whole()
    nodes = tuple(walk(root))
    return Formula(
        text=text,
        root=root,
        quantities=tuple(dict.fromkeys(node.code for node in nodes if isinstance(node, Code))),
        indicators=tuple(dict.fromkeys(node.code for node in nodes if isinstance(node, Plan))),
    )


def walk(node: Node) -> Iterator[Node]:
    """The node and everything under it, in order of writing."""
    yield node
    if isinstance(node, Binary):
        yield from walk(node.left)
        yield from walk(node.right)
    elif isinstance(node, Negated | Abs | Prev | Mean | PerWeek):
        yield from walk(node.of)


def evaluate(node: Node, scope: Scope) -> float | None:
    """Value of a formula in a scope; None when an operand is missing or the result is not a finite number."""
    match node:
        case Number(constant):
            return constant
        case Code(code):
            return scope.value(code)
        case Binary():
            return _binary(node, scope)
        case Negated() | Abs() | PerWeek():
            return _unary(node, scope)
        case Prev(of):
            return evaluate(of, scope.previous())
        case Mean(of, n):
            return _mean([evaluate(of, one) for one in scope.recent(n)])
        case _:
            return _agreed(node, scope)


def _agreed(node: Plan | NormTime | Term, scope: Scope) -> float | None:
    """What was agreed, not measured."""
    if isinstance(node, Plan):
        return scope.plan(node.code)
    return scope.norm_time() if isinstance(node, NormTime) else scope.term()


def _unary(node: Negated | Abs | PerWeek, scope: Scope) -> float | None:
    if isinstance(node, PerWeek) and isinstance(node.of, Mean):
        return _mean([evaluate(PerWeek(node.of.of), one) for one in scope.recent(node.of.n)])
    value = evaluate(node.of, scope)
    if value is None:
        return None
    if isinstance(node, PerWeek):
        return value / scope.weeks()
    return -value if isinstance(node, Negated) else abs(value)


def _binary(node: Binary, scope: Scope) -> float | None:
    if node.sign == "*":
        match node.left, node.right:
            case (Code() | Plan()) as operand, NormTime():
                return scope.norm_hours(operand)
            case NormTime(), (Code() | Plan()) as operand:
                return scope.norm_hours(operand)
            case _:
                pass
    left, right = evaluate(node.left, scope), evaluate(node.right, scope)
    if left is None or right is None:
        return None
    match node.sign:
        case "+":
            value = left + right
        case "-":
            value = left - right
        case "*":
            value = left * right
        case _:
            if right == 0:
                return None
            value = left / right
    return value if isfinite(value) else None


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    try:
        value = fsum(known) / len(known)
    except OverflowError:
        return None
    return value if isfinite(value) else None


_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>[0-9]+\.[0-9]+|[0-9]+(?![A-Z0-9_]))|(?P<code>[A-Z0-9_]*[A-Z][A-Z0-9_]*)"
    r"|(?P<name>[a-z_]+)|(?P<sign>[-+*/(),×÷−]))"
)
_SIGNS: Final = {"×": "*", "÷": "/", "−": "-"}


class _Parser:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(self._split(text))
        self._next = 0
        self._depth = 0

    def whole(self) -> Node:
        """The node of the whole text."""
        node = self._sum()
        if self._peek()[0] != "end":
            self._fail()
        if _depth(node) > MAX_DEPTH:
            self._fail(len(self._text))
        return node

    def _split(self, text: str) -> Iterator[tuple[str, str, int]]:
        at, end = 0, len(text.rstrip())
        while at < end:
            found = _TOKEN.match(text, at)
            if found is None:
                at += len(text[at:]) - len(text[at:].lstrip())
                raise BadFormulaError(formula=text, position=at, found=text[at : at + 1])
            kind = found.lastgroup or ""
            word = found[kind]
            yield kind, _SIGNS.get(word, word), found.start(kind)
            at = found.end()
        yield "end", "", len(text)

    def _peek(self) -> tuple[str, str, int]:
        return self._tokens[self._next]

    def _take(self, *words: str) -> str:
        """The next sign if it is one of these, else ""."""
        kind, word, _ = self._peek()
        if kind == "sign" and word in words:
            self._next += 1
            return word
        return ""

    def _need(self, word: str) -> None:
        if not self._take(word):
            self._fail()

    def _fail(self, at: int | None = None) -> None:
        _, word, position = self._peek()
        raise BadFormulaError(formula=self._text, position=position if at is None else at, found=word)

    def _sum(self) -> Node:
        node = self._product()
        while sign := self._take("+", "-"):
            node = Binary(sign, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._factor()
        while sign := self._take("*", "/"):
            node = Binary(sign, node, self._factor())
        return node

    def _factor(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._fail()
        try:
            if self._take("-"):
                return Negated(self._factor())
            return self._atom()
        finally:
            self._depth -= 1

    def _atom(self) -> Node:
        if self._take("("):
            node = self._sum()
            self._need(")")
            return node
        kind, word, _ = self._peek()
        if kind == "number":
            if not isfinite(float(word)):
                self._fail()
            self._next += 1
            return Number(float(word))
        if kind == "code":
            self._next += 1
            return Code(word)
        return self._named(word) if kind == "name" else self._missing()

    def _missing(self) -> Node:
        self._fail()
        raise AssertionError("unreachable")

    def _named(self, name: str) -> Node:
        if name not in {"norm_time", "term", "plan", "prev", "mean", "abs", "per_week"}:
            self._fail()
        self._next += 1
        if name in {"norm_time", "term"}:
            return NormTime() if name == "norm_time" else Term()
        self._need("(")
        if name == "plan":
            node: Node = Plan(self._code())
        elif name == "mean":
            of = self._sum()
            self._need(",")
            node = Mean(of, self._count())
        else:
            of = self._sum()
            node = Prev(of) if name == "prev" else Abs(of) if name == "abs" else PerWeek(of)
        self._need(")")
        return node

    def _code(self) -> str:
        kind, word, _ = self._peek()
        if kind != "code":
            self._fail()
        self._next += 1
        return word

    def _count(self) -> int:
        kind, word, _ = self._peek()
        if kind != "number" or "." in word or len(word) > 3 or not 1 <= int(word) <= MAX_MEAN:
            self._fail()
        self._next += 1
        return int(word)


def _depth(node: Node) -> int:
    """Depth of the tree, counted without recursion: a long chain of plus signs is a deep tree too."""
    deepest, todo = 0, [(node, 1)]
    while todo:
        one, depth = todo.pop()
        deepest = max(deepest, depth)
        if isinstance(one, Binary):
            todo += [(one.left, depth + 1), (one.right, depth + 1)]
        elif isinstance(one, Negated | Abs | Prev | Mean | PerWeek):
            todo.append((one.of, depth + 1))
    return deepest
