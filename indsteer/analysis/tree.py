"""The tree of units as it was in each base period, indexed for roll-up.

Between two changes of the organisation the tree is the same: that stretch is an *epoch* and has one number.
A unit counts in every base period in which it existed for at least a day, under the parent it had last in that
period. A unit has one parent at a time (of overlapping ones the latest), so nothing is counted twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indsteer.analysis.span import FAR, validity
from indsteer.domain.organisation import Organisation
from indsteer.domain.period import Grain


@dataclass(frozen=True, slots=True)
class Epoch:
    """The tree between two changes: the units that exist and the units directly below each."""

    exists: frozenset[str]
    below: Mapping[str, tuple[str, ...]]


class Tree:
    """The tree of an organisation on the grid of months, weeks or days."""

    def __init__(self, organisation: Organisation, grain: Grain) -> None:
        self._order = tuple(unit.code for unit in organisation.units)
        self._units = {u.code: validity(u.valid_from, u.valid_until, grain) for u in organisation.units}
        self._links: dict[str, list[tuple[int, int, str]]] = {}
        for link in organisation.parents:
            start, end = validity(link.valid_from, link.valid_until, grain)
            self._links.setdefault(link.unit, []).append((start, end, link.parent))
        ranges = [*self._units.values(), *((a, b) for links in self._links.values() for a, b, _ in links)]
        self._changes = sorted({edge for pair in ranges for edge in pair if abs(edge) != FAR})
        self._epochs: dict[int, Epoch] = {}

    def segments(self, start: int, end: int) -> Sequence[tuple[int, int, int]]:
        """The base periods from `start` to `end` cut where the tree changes: (start, end, epoch number)."""
        number = bisect_right(self._changes, start)
        if number == bisect_right(self._changes, end - 1):
            return ((start, end, number),)
        found = []
        while start < end:
            stop = min(end, self._changes[number]) if number < len(self._changes) else end
            found.append((start, stop, number))
            start, number = stop, number + 1
        return found

    def epoch(self, number: int) -> Epoch:
        """The tree of an epoch, made when it is first asked."""
        if number not in self._epochs:
            self._epochs[number] = self._make(self._changes[number - 1] if number else -FAR)
        return self._epochs[number]

    def _make(self, at: int) -> Epoch:
        exists = frozenset(code for code, (start, end) in self._units.items() if start <= at < end)
        above: dict[str, str] = {}
        for code in self._order:
            holding = [link for link in self._links.get(code, ()) if link[0] <= at < link[1]]
            if code in exists and holding:
                parent = max(holding, key=lambda link: link[0])[2]
                if parent in exists and not _is_under(parent, code, above):
                    above[code] = parent
        below: dict[str, list[str]] = {}
        for code, parent in above.items():
            below.setdefault(parent, []).append(code)
        return Epoch(exists, {code: tuple(children) for code, children in below.items()})


def _is_under(unit: str, top: str, above: Mapping[str, str]) -> bool:
    """Whether `unit` is `top` or hangs under it: then `top` cannot hang under `unit`."""
    at: str | None = unit
    while at is not None:
        if at == top:
            return True
        at = above.get(at)
    return False
