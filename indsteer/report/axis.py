"""Round ticks of an axis, and labels that keep their distance."""

from __future__ import annotations

import math
from collections.abc import Sequence

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_SMALLEST = 1e-300  # below this a step is no longer an ordinary double


def nice_step(span: float, count: int) -> float:
    """The smallest round step (1, 2, 2.5 or 5 times a power of ten) that cuts `span` in at most `count` parts."""
    rough = span / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))


def nice_ticks(low: float, high: float, count: int = 5) -> tuple[float, ...]:
    """The round values from `low` up to and including `high`, at most `count` + 1 of them.

    Of a range that is empty or too wide for a double only its low end.
    """
    if not _SMALLEST < high - low < math.inf:  # no scale can be drawn: say where it lies
        return (low,)
    step = nice_step(high - low, count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(round(index * step, 12) for index in range(first, last + 1))


def tick_decimals(ticks: Sequence[float]) -> int:
    """The fewest decimals that write all these values without loss (at most 6)."""
    for decimals in range(6):
        if all(abs(round(value, decimals) - value) < 1e-9 * max(1.0, abs(value)) for value in ticks):
            return decimals
    return 6


def push_apart(places: Sequence[float], distance: float, low: float, high: float) -> tuple[float, ...]:
    """The places nearest to `places` (least squares, same order) that are `distance` apart between low and high.

    Labels that would touch form a block that stands on the mean of their wishes (pool adjacent violators). When
    they cannot fit at all the distance shrinks to what fits.
    """
    count = len(places)
    if count == 0:
        return ()
    if count > 1:
        distance = min(distance, (high - low) / (count - 1))
    order = sorted(range(count), key=lambda index: (places[index], index))
    blocks: list[tuple[float, int]] = []  # (sum of wishes with the distances taken out, size)
    for rank, index in enumerate(order):
        total, size = places[index] - rank * distance, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / size:
            before, before_size = blocks.pop()
            total, size = total + before, size + before_size
        blocks.append((total, size))
    top = high - (count - 1) * distance
    found = [0.0] * count
    rank = 0
    for total, size in blocks:
        start = min(max(total / size, low), top)
        for _ in range(size):
            found[order[rank]] = start + rank * distance
            rank += 1
    return tuple(found)
