"""From labels to periods: which year a label without one falls in.

Sources, first found wins: a year beside or above it; the hint `first_period` (the series starts there); the hint
`year`; the years of titles, sheet name and file name. A series that steps back (dec -> jan) goes to the next year; one
that starts again under another name (plan jan..dec, actual jan..dec) stays in its year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indsteer.domain.period import Grain, Period
from indsteer.errors import BadPeriodError
from indsteer.exchange.labels import Label, coarseness
from indsteer.exchange.vocabulary import years_in


@dataclass(frozen=True, slots=True)
class YearSource:
    """The year in which yearless labels start, and where it came from; `candidates` when it is a question."""

    year: int | None
    reason: str = ""
    text: str = ""
    candidates: tuple[int, ...] = ()


def year_of(titles: Sequence[str], sheet: str, file: str, *, year: int | None, first_period: str | None) -> YearSource:
    """The first year of a series without years."""
    if first_period:
        try:
            return YearSource(Period.parse(first_period).year, "year_from_hint", first_period)
        except BadPeriodError:
            pass
    if year is not None:
        return YearSource(year, "year_from_hint", str(year))
    weights: Counter[int] = Counter()
    texts: dict[int, tuple[str, str]] = {}
    for weight, reason, text in (
        *((4 if i < 3 else 3, "year_from_title", title) for i, title in enumerate(titles)),
        (4, "year_from_sheet", sheet),
        (2, "year_from_file", file.replace("_", " ")),
    ):
        for position, found in enumerate(years_in(text)):
            weights[found] += weight if position == 0 else weight - 1
            texts.setdefault(found, (reason, text))
    if not weights:
        return YearSource(None)
    ranked = weights.most_common()
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return YearSource(None, candidates=tuple(sorted(weights)))
    best = ranked[0][0]
    return YearSource(best, *texts[best])


def roll(labels: Sequence[tuple[Label, Hashable]], start: int) -> list[int]:
    """The year of each yearless label in order, starting in `start`.

    Each label comes with the names that stand with it (its key without the period): the same label under the same
    names cannot fall in the same year twice.
    """
    yearless = [label for label, _ in labels if label.year is None]
    steps = [b.number - a.number for a, b in pairwise(yearless) if a.grain == b.grain]
    down = sum(-3 <= step < 0 for step in steps) > sum(0 < step <= 3 for step in steps)
    years: list[int] = []
    seen: set[tuple[int, Label, Hashable]] = set()
    year = start
    first: Label | None = None
    previous: Label | None = None
    for label, names in reversed(labels) if down else labels:
        if label.year is not None:
            years.append(label.year)
            continue
        first = first or label
        if previous is not None and label.grain == previous.grain and label.number < previous.number:
            fiscal = first.number > 1 and label.number < first.number
            year = start + 1 if fiscal else start
        elif previous is not None and label.number >= first.number > previous.number and label != previous:
            year = start if (start, label, names) not in seen else year
        while (year, label, names) in seen:
            year += 1
        seen.add((year, label, names))
        years.append(year)
        previous = label
    return years[::-1] if down else years


def covered(labels: Sequence[Label]) -> set[Label]:
    """Labels that a finer part of the same axis adds up to: quarters and years whose months all stand there."""
    by_year: dict[int | None, set[int]] = {}
    for label in labels:
        if label.grain is Grain.MONTH:
            by_year.setdefault(label.year, set()).add(label.number)
    found = set()
    spans = {Grain.QUARTER: 3, Grain.TERTIAL: 4, Grain.YEAR: 12}
    quarters = {(label.year, label.number) for label in labels if label.grain is Grain.QUARTER}
    for label in labels:
        span = spans.get(label.grain)
        if span is None:
            continue
        months = by_year.get(label.year) or (by_year.get(None) if label.grain is Grain.YEAR else None) or set()
        needed = set(range((label.number - 1) * span + 1, label.number * span + 1))
        all_quarters = label.grain is Grain.YEAR and any(
            {(year, n) for n in range(1, 5)} <= quarters for year in (label.year, None)
        )
        if needed <= months or all_quarters:
            found.add(label)
    return found


def finest(labels: Sequence[Label]) -> Label:
    """The finest of the labels that hold for one cell."""
    return min(labels, key=lambda label: (coarseness(label.grain), label.year is None))
