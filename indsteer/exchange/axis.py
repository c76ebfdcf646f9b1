"""Where the periods stand: rows of periods across (bands) and columns of periods down."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from indsteer.exchange.labels import Label, coarseness, settle_dates
from indsteer.exchange.marks import SheetMarks
from indsteer.exchange.vocabulary import Role, head_role

_MAX_ACROSS_ROWS = 5_000  # rows of periods across looked at; more is a list
_FEWEST_WEAK_YEARS = 3


@dataclass(frozen=True, slots=True)
class Axis:
    """Periods along one line: `line` is the row (across) or the column (down), `labels` place -> period."""

    line: int
    labels: dict[int, Label]

    @property
    def first(self) -> int:
        """The first place with a period."""
        return min(self.labels)

    @property
    def last(self) -> int:
        """The last place with a period."""
        return max(self.labels)


@dataclass(frozen=True, slots=True)
class Band:
    """The header rows of one table with periods across: its axis and the rows from the first header to the last."""

    axis: Axis
    top: int
    bottom: int


def axes_across(marks: SheetMarks) -> list[Axis]:
    """Rows that name at least two different periods, or three years in a row as bare numbers."""
    found = []
    for row in sorted(marks.labels)[:_MAX_ACROSS_ROWS]:
        labels = marks.labels[row]
        strong = {column: label for column, label in labels.items() if not label.weak}
        weak = {column: label for column, label in labels.items() if label.weak}
        chosen = dict(strong)
        if _run_of_years(weak, marks, row):
            chosen |= weak
        if len({(label.grain, label.number, label.year) for label in chosen.values()}) >= 2:
            found.append(Axis(row, settle_dates(chosen)))
    return found


def _run_of_years(weak: dict[int, Label], marks: SheetMarks, row: int) -> bool:
    """Bare numbers are years when they count up or down by one (or stay) and the row has no other numbers."""
    years = [weak[column].index() for column in sorted(weak)]
    others = [column for column in marks.numbers.get(row, {}) if column not in weak]
    if others or len(years) < _FEWEST_WEAK_YEARS - 1 or marks.numbers.get(row - 1):
        return False  # right under numbers it is one more row of data
    steps = {after - before for before, after in pairwise(years)}
    return steps <= {0, 1} or steps <= {0, -1}


def bands(marks: SheetMarks) -> list[Band]:
    """The header bands of the tables with periods across, from top to bottom.

    Rows of periods with no numbers between them are one band (a year row above the months): the finest, longest row is
    its axis. A row of periods with no number below it before the next band is a list row and no band.
    """
    axes = axes_across(marks)
    found: list[Band] = []
    index = 0
    while index < len(axes):
        group = [axes[index]]
        while index + 1 < len(axes) and _joined(group[-1], axes[index + 1], marks):
            index += 1
            group.append(axes[index])
        index += 1
        axis = min(group, key=_preference)
        following = axes[index].line if index < len(axes) else marks.sheet.bottom + 1
        bottom = _last_header(axis, group[-1].line, following, marks)
        if bottom is not None:
            found.append(Band(axis, group[0].line, bottom))
    return found


def _preference(axis: Axis) -> tuple[int, int]:
    grains = Counter(label.grain for label in axis.labels.values())
    return coarseness(grains.most_common(1)[0][0]), -len(axis.labels)


def _joined(above: Axis, below: Axis, marks: SheetMarks) -> bool:
    if below.line - above.line > 3:
        return False
    weak = {row: marks.labels.get(row, {}) for row in range(above.line, below.line)}
    for row in range(above.line + 1, below.line):
        if any(c in below.labels and c not in weak[row] for c in marks.numbers.get(row, {})):
            return False
    return True


def _last_header(axis: Axis, start: int, following: int, marks: SheetMarks) -> int | None:
    """The last header row: the one before the first row with a number under the axis; None without such a row."""
    columns = range(axis.first, axis.last + 1)
    for row in range(start + 1, min(following, start + 60)):
        if any(column in columns for column in marks.numbers.get(row, {})):
            last = start
            for between in range(start + 1, row):
                texts = sum(bool(marks.text(between, column)) for column in columns)
                if texts:
                    last = between
                elif last < between - 1:
                    break
            return last if last < row else start
        if any(column in columns for column in marks.absences.get(row, {})):
            return start
    return None


def axis_down(marks: SheetMarks, top: int, bottom: int) -> Axis | None:
    """The column of periods in these rows that stands beside the most numbers; None when there is none.

    A column of bare years counts only under a header that says so ("Jaar"), or when years count on by one.
    """
    per_column: dict[int, dict[int, Label]] = {}
    for row, line in marks.labels.items():
        if top <= row <= bottom:
            for column, label in line.items():
                per_column.setdefault(column, {})[row] = label
    best: tuple[tuple[int, int, int], Axis] | None = None
    for column, labels in per_column.items():
        strong = {row: label for row, label in labels.items() if not label.weak}
        chosen = strong or (labels if _column_of_years(labels, column, marks) else {})
        if len(chosen) < 2 and not (chosen and _headed(column, chosen, marks)):
            continue
        beside = sum(len(marks.numbers.get(row, {})) - (column in marks.numbers.get(row, {})) for row in chosen)
        if beside == 0:
            continue
        grains = Counter(label.grain for label in chosen.values())
        score = (beside, -coarseness(grains.most_common(1)[0][0]), -column)
        if best is None or score > best[0]:
            best = score, Axis(column, settle_dates(chosen))
    return best[1] if best else None


def _headed(column: int, labels: dict[int, Label], marks: SheetMarks) -> bool:
    return head_role(marks.text(min(labels) - 1, column)) in (Role.PERIOD, Role.YEAR)


def _column_of_years(labels: dict[int, Label], column: int, marks: SheetMarks) -> bool:
    numbers = [row for row, line in marks.numbers.items() if column in line]
    if len(labels) < len(numbers):
        return False
    if _headed(column, labels, marks):
        return True
    years = [labels[row].index() for row in sorted(labels)]
    steps = {after - before for before, after in pairwise(years)}
    return len(years) >= _FEWEST_WEAK_YEARS and (steps <= {0, 1} or steps <= {0, -1}) and len(set(years)) > 1
