"""Which stored values lie under a unit in a span, and their exact total.

Who takes part
--------------
- The lowest units that record a quantity are its recorders; a unit that records it itself counts only where no
  unit below does, or where the units below are incomplete (its own value is then used, for that base period).
- A unit that never recorded a quantity and has no target for it takes no part in it: it is not "missing".
- A formula over several quantities runs over the units that take part in all of them, so that numerator and
  denominator speak of the same work; a unit and month that is n.v.t. in one of them is left out of all.
- Units that did not exist in a base period do not count in it; n.v.t. counts as not there.
- Anything else that has no value is missing, and a total with something missing is not defined.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import fsum, isnan
from typing import Literal

from indsteer.analysis.figure import Figure, Reason, undefined
from indsteer.analysis.layer import Entry, Layer
from indsteer.analysis.span import Span, period_id
from indsteer.analysis.tree import Tree

Codes = frozenset[str]
Chunk = tuple[str, int, int]
"""A unit with the base periods (start, end) in which it counts."""
Mode = Literal["sum", "mean", "end"]
"""What is done with the values: it decides where one that was stored over several base periods stands."""


@dataclass(slots=True)
class Found:
    """The stored values under a unit in a span.

    `values` with their places (`unit`, index); `lost` are the places that have none, `finer` those that are only
    known over longer periods; `absent` one n.v.t. that was left out (unit, index, reason).
    """

    values: list[float] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)
    lost: list[tuple[str, int]] = field(default_factory=list)
    finer: list[tuple[str, int]] = field(default_factory=list)
    absent: tuple[str, int, str] | None = None
    provisional: bool = False
    versions: set[int] = field(default_factory=set)

    def add(self, other: Found) -> None:
        """Take over what another found."""
        self.values += other.values
        self.places += other.places
        self.lost += other.lost
        self.finer += other.finer
        self.absent = self.absent or other.absent
        self.provisional = self.provisional or other.provisional
        self.versions |= other.versions


@dataclass(frozen=True, slots=True)
class Total:
    """Sum of everything under a unit in a span; `value` None when something is missing (`found` says what).

    `cells` counts the values, `periods` the base periods that have one.
    """

    value: float | None
    cells: int = 0
    periods: int = 0
    provisional: bool = False
    versions: frozenset[int] = frozenset()
    found: Found | None = None


class Cells:
    """Looks in layers along the tree; `takers` says per code which units take part."""

    def __init__(self, tree: Tree, layers: Mapping[str, Layer], takers: Mapping[str, frozenset[str]]) -> None:
        self.tree = tree
        self.layers = layers
        self._takers = takers
        self._recorders: dict[tuple[str, int, str], tuple[str, ...]] = {}
        self._covers: dict[tuple[str, int, str], bool] = {}
        self._members: dict[tuple[str, int, Codes], tuple[str, ...]] = {}
        self._flat: dict[tuple[str, int, Codes, str], tuple[str, ...]] = {}

    def exists(self, unit: str, span: Span) -> bool:
        """Whether the unit exists in any base period of the span."""
        return any(unit in self.tree.epoch(n).exists for _, _, n in self.tree.segments(span.start, span.end))

    def members(self, unit: str, span: Span, codes: Codes) -> tuple[Chunk, ...]:
        """The lowest units that take part in all these codes, with their base periods."""
        return tuple(
            (member, start, end)
            for start, end, number in self.tree.segments(span.start, span.end)
            for member in self._members_in(unit, number, codes)
        )

    def chunks(self, code: str, unit: str, span: Span, codes: Codes) -> tuple[Chunk, ...]:
        """The recorders of one code under the members of all `codes`, with their base periods."""
        found: list[Chunk] = []
        for start, end, number in self.tree.segments(span.start, span.end):
            units = self._flat.get((unit, number, codes, code))
            if units is None:
                units = self._flat_in(unit, number, codes, code)
            found += [(recorder, start, end) for recorder in units]
        return tuple(found)

    def slices(self, code: str, chunks: Sequence[Chunk]) -> list[array[float]] | None:
        """The values of chunks as slices; None when a chunk has no array or lies partly off the grid."""
        layer = self.layers.get(code)
        if layer is None or not chunks:
            return None
        first, last, values = layer.grid.first, layer.grid.first + layer.grid.size, layer.values
        found = []
        for unit, start, end in chunks:
            row = values.get(unit)
            if row is None or start < first or end > last:
                return None
            found.append(row[start - first : end - first])
        return found

    def total(self, code: str, unit: str, span: Span, codes: Codes, mode: Mode = "sum") -> Total:
        """Exact (`math.fsum`) sum of a code over the units below and the base periods of a span."""
        chunks = self.chunks(code, unit, span, codes)
        slices = self.slices(code, chunks)
        if slices is not None and not self._any_absent(span, codes):  # the quick way, when all is there
            value = _sum(chain.from_iterable(slices))
            if value is not None and not isnan(value):
                return self._complete(code, chunks, value)
        found = self.find(code, unit, span, codes, mode)
        if found.lost or found.finer or not found.values:
            return Total(None, found=found)
        periods = len({index for _, index in found.places})
        value = _sum(found.values)
        return Total(value, len(found.values), periods, found.provisional, frozenset(found.versions), found)

    def find(self, code: str, unit: str, span: Span, codes: Codes, mode: Mode = "sum") -> Found:
        """Every stored value one by one, and what is missing: slower, knows all rules.

        A value stored over several base periods (a quarter) stands at the first of them when the span holds all
        of them; in a `mean` at each of them (it counts for as long as it held); at the `end` at the last one.
        """
        found = Found()
        layer = self.layers.get(code)
        if layer is None:
            return found
        for start, end, number in self.tree.segments(span.start, span.end):
            if len(codes) > 1:
                members = self._members_in(unit, number, codes)
            else:
                members = (unit,) if self._covers_in(unit, number, code) else ()
            for member in members:
                for index in range(start, end):
                    if not self._left_out(member, index, codes):
                        found.add(self._gather(layer, code, member, (index, number), (span, mode)))
        return found

    def missing(self, found: Found | None, code: str, unit: str, span: Span) -> Figure:
        """Why a total of a code is not defined, naming the first thing that is missing."""
        lacking = ((Reason.NOT_RECORDED, found and found.lost), (Reason.FINER, found and found.finer))
        for reason, places in lacking:
            if places:
                who, index = min(places, key=lambda place: place[1])
                when = period_id(span.grain, index)
                return undefined(reason, code=code, unit=who, period=when, count=len(places))
        if found is not None and found.values:
            return undefined(Reason.DIVISION_BY_ZERO, code=code)
        if found is not None and found.absent:
            who, index, text = found.absent
            when = period_id(span.grain, index)
            return undefined(Reason.ABSENT, code=code, unit=who, period=when, text=text)
        if not self.exists(unit, span):
            return undefined(Reason.NOT_THERE, unit=unit, period=str(span))
        count = span.end - span.start
        return undefined(Reason.NOT_RECORDED, code=code, unit=unit, period=str(span), count=count)

    def _complete(self, code: str, chunks: Sequence[Chunk], value: float) -> Total:
        layer = self.layers[code]
        versions: set[int] = set()
        if layer.versions:
            for unit, start, end in chunks:
                versions |= layer.used_versions(unit, start, end)
        unsure = bool(layer.provisional) and any(layer.unsure(*chunk) for chunk in chunks)
        if len(chunks) == 1 or chunks[0][1:] == chunks[-1][1:]:  # one tree in the whole span
            periods = chunks[0][2] - chunks[0][1]
            cells = periods * len(chunks)
        else:
            periods = sum(end - start for start, end in {chunk[1:] for chunk in chunks})
            cells = sum(end - start for _, start, end in chunks)
        return Total(value, cells, periods, unsure, frozenset(versions))

    def _gather(self, layer: Layer, code: str, unit: str, when: tuple[int, int], how: tuple[Span, Mode]) -> Found:
        """Values under one unit in one base period (its index and epoch), children first."""
        index, number = when
        below = [u for u in self.tree.epoch(number).below.get(unit, ()) if self._covers_in(u, number, code)]
        if not below:
            return _own(layer, unit, index, how)
        found = Found()
        for child in below:
            found.add(self._gather(layer, code, child, when, how))
        if found.lost or found.finer:
            own = _own(layer, unit, index, how)
            if own.values:
                return own
        return found

    def _left_out(self, member: str, index: int, codes: Codes) -> bool:
        """Whether a code of a formula over several is n.v.t. there."""
        if len(codes) < 2:
            return False
        layers = (self.layers.get(code) for code in codes)
        return any(layer is not None and index in layer.absent.get(member, {}) for layer in layers)

    def _any_absent(self, span: Span, codes: Codes) -> bool:
        """Whether an n.v.t. of one code may leave out values of another; of one code alone NaN tells it."""
        if len(codes) < 2:
            return False
        layers = (self.layers.get(code) for code in codes)
        gaps = (gaps for layer in layers if layer is not None for gaps in layer.absent.values())
        return any(span.start <= index < span.end for rows in gaps for index in rows)

    def _members_in(self, unit: str, number: int, codes: Codes) -> tuple[str, ...]:
        if len(codes) == 1:
            (code,) = codes
            return self._recorders_in(unit, number, code)
        key = (unit, number, codes)
        if key not in self._members:
            epoch = self.tree.epoch(number)
            found = tuple(m for child in epoch.below.get(unit, ()) for m in self._members_in(child, number, codes))
            if not found and unit in epoch.exists and all(self._covers_in(unit, number, c) for c in codes):
                found = (unit,)
            self._members[key] = found
        return self._members[key]

    def _recorders_in(self, unit: str, number: int, code: str) -> tuple[str, ...]:
        key = (unit, number, code)
        if key not in self._recorders:
            epoch = self.tree.epoch(number)
            found = tuple(r for child in epoch.below.get(unit, ()) for r in self._recorders_in(child, number, code))
            if not found and unit in epoch.exists and unit in self._takers.get(code, ()):
                found = (unit,)
            self._recorders[key] = found
        return self._recorders[key]

    def _covers_in(self, unit: str, number: int, code: str) -> bool:
        return bool(self._recorders_in(unit, number, code))

    def _flat_in(self, unit: str, number: int, codes: Codes, code: str) -> tuple[str, ...]:
        key = (unit, number, codes, code)
        if key not in self._flat:
            members = self._members_in(unit, number, codes)
            self._flat[key] = tuple(r for m in members for r in self._recorders_in(m, number, code))
        return self._flat[key]


def _own(layer: Layer, unit: str, index: int, how: tuple[Span, Mode]) -> Found:
    """The unit's own value in a base period."""
    value = layer.at(unit, index)
    if not isnan(value):
        unsure, versions = layer.unsure(unit, index, index + 1), layer.used_versions(unit, index, index + 1)
        return Found([value], [(unit, index)], provisional=unsure, versions=versions)
    why = layer.absent.get(unit, {}).get(index)
    if why is not None:
        return Found(absent=(unit, index, why))
    if unit not in layer.values:
        for entry in layer.coarse.get(unit, {}).values():
            if entry.start <= index < entry.end:
                return _own_coarse(entry, index, how)
    return Found(lost=[(unit, index)])


def _own_coarse(entry: Entry, index: int, how: tuple[Span, Mode]) -> Found:
    """A value stored over several base periods, seen from one of them."""
    span, mode = how
    if mode == "end":
        here = fits = index == entry.end - 1
    else:
        fits = span.start <= entry.start and entry.end <= span.end
        here = mode == "mean" or index == entry.start
    if not fits:
        return Found(finer=[(entry.unit, index)])
    if not here or entry.value is None:
        return Found()
    return Found([entry.value], [(entry.unit, index)], provisional=entry.provisional, versions={entry.version})


def _sum(values: Iterator[float] | Sequence[float]) -> float | None:
    """Correctly rounded sum; NaN when a value is missing, None when no number is that large."""
    try:
        return fsum(values)
    except OverflowError:
        return None
