"""Where things go on an axis: range of the values, round ticks, month labels and labels pushed apart."""

import itertools
import math

from indsteer.analysis.chart import ChartDatum


def value_range(datum: ChartDatum) -> tuple[float, float]:
    """The least and greatest value that must be visible, with a little air; (0, 1) when there are none."""
    values = [v for v in (*datum.actual, *datum.target) if v is not None and math.isfinite(v)]
    if not datum.hidden:
        values += [v for s in datum.segments for v in (s.lower, s.upper) if math.isfinite(v)]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    if high == low:
        room = abs(high) * 0.1 or 1.0
        return low - room, high + room
    air = (high - low) * 0.06
    floor = 0.0 if low >= 0 else -math.inf  # a count or a share does not go below nothing
    return max(floor, low - air), high + air


def ticks(low: float, high: float, wanted: int) -> tuple[float, ...]:
    """Round values between low and high, about `wanted` of them and at least two when low < high."""
    if not high > low or wanted < 1:
        return ()
    raw = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (5, 2, 1, 0.5, 0.2):
        found = _multiples(low, high, power * factor)
        if factor * power <= raw * 1.0001 and len(found) >= 2:
            return found
    return _multiples(low, high, power * 0.2)


def _multiples(low: float, high: float, step: float) -> tuple[float, ...]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(round(i * step, 12) for i in range(first, last + 1))


def labelled(groups: tuple[str, ...], most: int) -> tuple[int, ...]:
    """The indices that get a label when at most about `most` fit: the same months in every year."""
    size = len(groups)
    if size == 0 or most < 1:
        return ()
    starts = [i for i in range(size) if i == 0 or groups[i] != groups[i - 1]]
    length = max((b - a for a, b in itertools.pairwise(starts)), default=12)
    offset = length - starts[1] if len(starts) > 1 and starts[1] < length else 0
    steps = [step for step in (1, 2, 3, 4, 6, 12, 13, 26, 52) if step <= length]
    step = next((s for s in steps if size / s <= most), 0)
    if step:
        return tuple(i for i in range(size) if _place(i, starts, offset) % step == 0)
    stride = math.ceil(len(starts) / most)
    return tuple(starts[::stride])


def _place(index: int, starts: list[int], offset: int) -> int:
    """The place of an index in its group; the first group may have begun before the chart."""
    start = max(s for s in starts if s <= index)
    return index - start + (offset if start == 0 else 0)


def push_apart(wanted: list[float], distance: float, low: float, high: float) -> list[float]:
    """Places at least `distance` apart, as near to the wanted ones as can be (least squares), within low..high.

    The answer has the order of `wanted`. When they do not fit they stay `distance` apart and leave at `high`.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    blocks: list[tuple[float, int]] = []  # mean of (wanted - place in the row * distance), how many
    for rank, at in enumerate(order):
        mean, count = wanted[at] - rank * distance, 1
        while blocks and blocks[-1][0] >= mean:
            other, many = blocks.pop()
            mean, count = (mean * count + other * many) / (count + many), count + many
        blocks.append((mean, count))
    flat = [mean for mean, count in blocks for _ in range(count)]
    room = high - (len(order) - 1) * distance
    answer = [0.0] * len(wanted)
    for rank, at in enumerate(order):
        answer[at] = max(low, min(room, flat[rank])) + rank * distance
    return answer
