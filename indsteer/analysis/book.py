"""Everything known on one grid (months, weeks or days): tree, packed layers, norm times and terms."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, nan
from typing import Final

from indsteer.analysis.layer import Entry, Grid, Layer, Merge, build_layer
from indsteer.analysis.span import index_of
from indsteer.analysis.tree import Tree
from indsteer.domain.organisation import NormTime, Term
from indsteer.domain.period import Grain
from indsteer.domain.quantity import OverTime, OverUnits, Quantity

WEIGH_BY: Final = "UITSTROOM"
"""The quantity that weighs norm times and terms of several units and months."""


class Agreed:
    """Norm times (hours per case) or terms (weeks) per unit and stream on the grid.

    A version counts from the first base period that begins on or after its first day; a stream without one of
    its own has that of its unit.
    """

    def __init__(self, grid: Grid, grain: Grain, versions: Iterable[NormTime | Term]) -> None:
        self._grid = grid
        self._rows: dict[tuple[str, str], array[float]] = {}
        for version in sorted(versions, key=lambda found: found.valid_from):
            row = self._rows.setdefault((version.unit, version.stream), grid.empty())
            value = version.hours if isinstance(version, NormTime) else version.weeks
            start = max(_first_whole(version, grain) - grid.first, 0)
            row[start:] = array("d", [value]) * max(0, grid.size - start)

    def row(self, unit: str, stream: str = "") -> array[float] | None:
        """Values on the whole grid; None when the unit has none."""
        return self._rows.get((unit, stream)) or self._rows.get((unit, ""))

    def at(self, unit: str, stream: str, index: int) -> float:
        """The value that holds in a base period; NaN when there is none."""
        row = self.row(unit, stream)
        return nan if row is None or not self._grid.holds(index, index + 1) else row[index - self._grid.first]

    def slice(self, unit: str, start: int, end: int) -> array[float] | None:
        """The unit's values in these base periods; None when it has none or they lie off the grid."""
        row = self.row(unit)
        if row is None or not self._grid.holds(start, end):
            return None
        return row[start - self._grid.first : end - self._grid.first]


def _first_whole(version: NormTime | Term, grain: Grain) -> int:
    from indsteer.domain.period import Period

    index = index_of(version.valid_from, grain)
    return index if Period.at(index, grain).start == version.valid_from else index + 1


@dataclass(frozen=True, slots=True)
class Book:
    """One grid with all that lies on it; `products` per unit."""

    grain: Grain
    grid: Grid
    tree: Tree
    layers: Mapping[str, Layer]
    norms: Agreed
    terms: Agreed
    products: Mapping[str, str]
    weigh_by: str = WEIGH_BY


def make_grid(entries: Iterable[Sequence[Entry]]) -> Grid:
    """The smallest grid that holds all entries."""
    first = last = None
    for rows in entries:
        for row in rows:
            first = row.start if first is None or row.start < first else first
            last = row.end if last is None or row.end > last else last
    return Grid(0, 0) if first is None or last is None else Grid(first, last - first)


def make_layers(
    grid: Grid, entries: Mapping[str, Sequence[Entry]], quantities: Mapping[str, Quantity]
) -> dict[str, Layer]:
    """The layers of measured quantities; weighted ones last, because their streams need their weights."""
    layers: dict[str, Layer] = {}
    for code in sorted(entries, key=lambda found: bool(quantities[found].weight) if found in quantities else False):
        quantity = quantities.get(code)
        if quantity is not None:
            layers[code] = build_layer(grid, entries[code], merge_of(quantity, layers.get(quantity.weight)))
    return layers


def merge_of(quantity: Quantity, weights: Layer | None) -> Merge:
    """How the streams of one unit and month become the value of the unit."""

    def add(_unit: str, _index: int, known: Mapping[str, float]) -> float:
        return fsum(known.values())

    def average(_unit: str, _index: int, known: Mapping[str, float]) -> float:
        return fsum(known.values()) / len(known)

    def weigh(unit: str, index: int, known: Mapping[str, float]) -> float:
        if len(known) == 1 or weights is None:
            return same(unit, index, known)
        rows = weights.streams.get(unit, {})
        if any(stream not in rows for stream in known):
            return nan
        base = {stream: rows[stream][index - weights.grid.first] for stream in known}
        whole = fsum(base.values())
        return fsum(known[s] * base[s] for s in known) / whole if whole else nan

    if quantity.over_units is OverUnits.SUM:
        return add
    if quantity.weight:
        return weigh
    return average if quantity.over_time is OverTime.MEAN else same


def same(_unit: str, _index: int, known: Mapping[str, float]) -> float:
    """The value that all streams carry; NaN when they differ."""
    values = set(known.values())
    return values.pop() if len(values) == 1 else nan
