"""Where things go on an axis: range of the values, round ticks, month labels and labels pushed apart."""

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
    steps = [power * factor for factor in (10, 5, 2, 1, 0.5, 0.2)]
    first = max(i for i, step in enumerate(steps) if step >= raw * 0.999)
    for step in steps[first:]:  # finer ones only when too few would be left
        found = _multiples(low, high, step)
        if len(found) >= 2:
            return found
    return ()


def _multiples(low: float, high: float, step: float) -> tuple[float, ...]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(round(i * step, 12) for i in range(first, last + 1))


def labelled(periods: tuple[str, ...], most: int) -> tuple[int, ...]:
    """The indices that get a label when at most about `most` fit: the same months in every year."""
    size = len(periods)
    if size == 0 or most < 1:
        return ()
    places = [_place(period) for period in periods]
    for step in (1, 2, 3, 4, 6, 13, 26):
        found = tuple(i for i in range(size) if places[i] % step == 0)
        if step <= max(places) and len(found) <= most:
            return found
    starts = tuple(i for i in range(size) if places[i] == 0)
    return starts[:: math.ceil(len(starts) / most)] if starts else (0,)


def _place(period: str) -> int:
    """The place of a period in its year, from 0: `2024-03` and `2024-Q3` give 2, a year gives 0."""
    _, _, rest = period.partition("-")
    digits = rest.lstrip("TQW")[:2]
    return int(digits) - 1 if digits.isdigit() else 0


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
