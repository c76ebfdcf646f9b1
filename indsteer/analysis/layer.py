"""All values of one quantity (or all targets of one indicator) on the grid of base periods, packed per unit.

Every array of a ledger has the same first index and length, so slices of different layers lie side by side;
NaN is "not known". A total over many units and months is then one `fsum` over slices, and a NaN in the answer
says that something is missing without looking at each cell.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite, isnan, nan

Merge = Callable[[str, int, Mapping[str, float]], float]
"""How the streams of a unit in a base period become one value: (unit, index, stream -> value) -> value or NaN."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The base periods that hold values: `size` of them from index `first`."""

    first: int
    size: int

    def empty(self) -> array[float]:
        """An array of "not known"."""
        return array("d", [nan]) * self.size

    def holds(self, start: int, end: int) -> bool:
        """Whether all these base periods lie on the grid."""
        return self.first <= start and end <= self.first + self.size


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored value: of base periods `start` up to but not including `end`.

    `value` None is a stored absence (n.v.t.) with its reason; `version` numbers the plan version of a target.
    """

    unit: str
    stream: str
    start: int
    end: int
    value: float | None
    provisional: bool = False
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Layer:
    """Values per unit; see `build_layer`.

    `values`, `streams` and `versions` are arrays on the grid. `coarse` holds what was stored over several base
    periods (a quarter): per unit (start, end) -> entry. `absent` holds n.v.t. with its reason, per unit and index.
    `takers` are the units that have any value here: they take part, the others are left out of every sum.
    """

    grid: Grid
    values: Mapping[str, array[float]]
    streams: Mapping[str, Mapping[str, array[float]]]
    coarse: Mapping[str, Mapping[tuple[int, int], Entry]]
    absent: Mapping[str, Mapping[int, str]]
    provisional: Mapping[str, frozenset[int]]
    versions: Mapping[str, array[int]]
    takers: frozenset[str]

    def at(self, unit: str, index: int) -> float:
        """The unit's own value in a base period; NaN when there is none."""
        values = self.values.get(unit)
        return nan if values is None or not self.grid.holds(index, index + 1) else values[index - self.grid.first]

    def stream_at(self, unit: str, stream: str, index: int) -> float:
        """The value of one stream of a unit in a base period; NaN when there is none."""
        row = self.streams.get(unit, {}).get(stream)
        return nan if row is None or not self.grid.holds(index, index + 1) else row[index - self.grid.first]

    def unsure(self, unit: str, start: int, end: int) -> bool:
        """Whether a value of the unit in these base periods is provisional."""
        found = self.provisional.get(unit)
        return found is not None and any(start <= index < end for index in found)

    def used_versions(self, unit: str, start: int, end: int) -> set[int]:
        """Numbers of the plan versions in these base periods."""
        versions = self.versions.get(unit)
        first = self.grid.first
        return set() if versions is None else set(versions[max(0, start - first) : max(0, end - first)])


@dataclass(slots=True)
class _Building:
    """What is gathered while the entries go by."""

    values: dict[str, array[float]] = field(default_factory=dict)
    streams: dict[str, dict[str, array[float]]] = field(default_factory=dict)
    coarse: dict[str, dict[tuple[int, int], Entry]] = field(default_factory=dict)
    absent: dict[str, dict[int, str]] = field(default_factory=dict)
    provisional: dict[str, set[int]] = field(default_factory=dict)
    versions: dict[str, array[int]] = field(default_factory=dict)


def build_layer(grid: Grid, entries: Iterable[Entry], merge: Merge) -> Layer:
    """Pack entries; of two for the same place the last counts. A value that is no finite number is not known."""
    made = _Building()
    for entry in entries:
        _place(grid, entry, made)
    for unit, streams in made.streams.items():
        _merge_streams(grid, unit, streams, made, merge)
    for unit, gaps in made.absent.items():
        values = made.values.get(unit)
        if values is not None:  # a value beats an absence: n.v.t. of one stream leaves the others
            made.absent[unit] = {i: why for i, why in gaps.items() if isnan(values[i - grid.first])}
    known = {unit for unit, cells in made.coarse.items() if any(c.value is not None for c in cells.values())}
    known |= {unit for unit, values in made.values.items() if not all(map(isnan, values))}
    provisional = {unit: frozenset(found) for unit, found in made.provisional.items()}
    return Layer(
        grid, made.values, made.streams, made.coarse, made.absent, provisional, made.versions, frozenset(known)
    )


def _place(grid: Grid, entry: Entry, made: _Building) -> None:
    value = entry.value
    if value is None:
        gaps = made.absent.setdefault(entry.unit, {})
        gaps.update(dict.fromkeys(range(entry.start, entry.end), entry.reason))
        return
    if not isfinite(value):
        return
    if entry.end - entry.start > 1:
        if not entry.stream:
            made.coarse.setdefault(entry.unit, {})[entry.start, entry.end] = entry
        return
    rows = made.streams.setdefault(entry.unit, {}) if entry.stream else made.values
    key = entry.stream or entry.unit
    if key not in rows:
        rows[key] = grid.empty()
    rows[key][entry.start - grid.first] = value
    if entry.provisional:
        made.provisional.setdefault(entry.unit, set()).add(entry.start)
    if entry.version:
        if entry.unit not in made.versions:
            made.versions[entry.unit] = array("l", [0]) * grid.size
        made.versions[entry.unit][entry.start - grid.first] = entry.version


def _merge_streams(grid: Grid, unit: str, streams: Mapping[str, array[float]], made: _Building, merge: Merge) -> None:
    """Write the total of a unit's streams where the unit has no value of its own."""
    whole = made.values.setdefault(unit, grid.empty())
    for at in range(grid.size):
        if isnan(whole[at]):
            known = {stream: row[at] for stream, row in streams.items() if not isnan(row[at])}
            if known:
                whole[at] = merge(unit, grid.first + at, known)
