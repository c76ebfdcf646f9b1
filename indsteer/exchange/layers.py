"""Header rows and label columns with their texts and roles.

Roles come, in this order, from periods, kinds, units of measure, the column's own header, the names that are known, and
the look of the texts ("Team ..."). What is left over is given by order at the end: the outer layer is the unit, the
inner one the indicator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from indsteer.exchange.block import Layer
from indsteer.exchange.labels import Label
from indsteer.exchange.marks import SheetMarks
from indsteer.exchange.vocabulary import (
    Role,
    head_role,
    is_measure,
    kind_and_rest,
    looks_like_unit,
)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Lower-case names, codes and aliases of units and indicators that the file already has."""

    units: frozenset[str] = field(default_factory=frozenset)
    indicators: frozenset[str] = field(default_factory=frozenset)


def header_layer(marks: SheetMarks, row: int, columns: Sequence[int], *, spread: bool) -> Layer:
    """A header row over these columns; with `spread` a text also holds for the blank columns to its right.

    A text spreads up to the next text and not beyond a column that is itself blank in every header.
    """
    texts: dict[int, str] = {}
    labels: dict[int, Label] = {}
    last_text, last_label = "", None
    for column in columns:
        at = marks.parents.get((row, column), (row, column))
        label = marks.labels.get(at[0], {}).get(at[1])
        text = marks.text(row, column)
        if text or label is not None:
            last_text, last_label = text, label
        elif not spread:
            continue
        if last_label is not None:
            labels[column] = last_label
        if last_text:
            texts[column] = last_text
    return Layer(row, None, texts, labels)


def label_layer(marks: SheetMarks, column: int, rows: Sequence[int], heads: Iterable[int]) -> Layer:
    """A label column beside these rows: blanks take the text above them when the column is filled sparsely."""
    texts: dict[int, str] = {}
    labels: dict[int, Label] = {}
    own = {row: _shown(marks, row, column) for row in rows}
    filled = sum(bool(text) for text in own.values())
    sparse = filled * 3 < len(rows) * 2
    first, last = rows[0], rows[-1]
    between: dict[int, str] = {}
    if sparse:
        between = {row: text for row in range(first - 1, last + 1) if (text := _shown(marks, row, column))}
    head = next((text for row in heads if (text := marks.text(row, column))), "")
    carried, carried_label, position = "", None, first - 1
    wanted = set(rows)
    for position in range(first - 1 if sparse else first, last + 1):
        text = own.get(position, "") or between.get(position, "")
        if text and not (position < first and text == head):
            carried = text
            carried_label = marks.labels.get(position, {}).get(column)
            if position in wanted:
                texts[position] = text
                if carried_label is not None:
                    labels[position] = carried_label
        elif position in wanted and sparse and carried:
            texts[position] = carried
            if carried_label is not None:
                labels[position] = carried_label
    return Layer(column, None, texts, labels, head)


def _shown(marks: SheetMarks, row: int, column: int) -> str:
    text = marks.text(row, column)
    if text:
        return text
    at = marks.parents.get((row, column), (row, column))
    cell = marks.sheet.cell(*at)
    if cell is None or cell.value is None:
        return ""
    value = cell.value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return str(value)


def role_of(layer: Layer, known: KnownNames) -> Role | None:
    """The role that a layer shows by itself; None when its texts could be names of anything."""
    texts = list(dict.fromkeys(layer.texts.values()))
    if layer.labels and len(layer.labels) * 5 >= len(layer.texts) * 3:
        years = all(label.weak or label.grain == "year" for label in layer.labels.values())
        return Role.YEAR if years else Role.PERIOD
    if not texts:
        return None
    stated = head_role(layer.head) if layer.head else None
    if _share(texts, lambda text: kind_and_rest(text)[0] is not None and not kind_and_rest(text)[1]) >= 0.6:
        return Role.KIND
    if _share(texts, is_measure) >= 0.6:
        return Role.MEASURE
    units = _share(texts, lambda text: text.lower() in known.units)
    indicators = _share(texts, lambda text: text.lower() in known.indicators)
    if max(units, indicators) >= 0.5:
        return Role.UNIT if units >= indicators else Role.INDICATOR
    if stated in (Role.UNIT, Role.INDICATOR, Role.MEASURE, Role.NOTE, Role.NUMBERING, Role.KIND):
        return stated
    if _share(texts, looks_like_unit) >= 0.5:
        return Role.UNIT
    return None


def _share(texts: list[str], fits: Callable[[str], object]) -> float:
    return sum(bool(fits(text)) for text in texts) / len(texts)


def settle_roles(above: list[Layer], beside: list[Layer], known: KnownNames) -> tuple[list[Layer], list[Layer]]:
    """Give every layer a role: first what it shows, then by order.

    Of the layers left over, one becomes the indicator: the innermost header row in a wide table (its labels are the
    units), otherwise the innermost label column. The outermost other becomes the unit; the rest are groups.
    """
    above = [replace(layer, role=layer.role or role_of(layer, known)) for layer in above]
    beside = [replace(layer, role=layer.role or role_of(layer, known)) for layer in beside]
    taken = {layer.role for layer in (*above, *beside)}
    free = [("a", i) for i, layer in enumerate(above) if layer.role is None]
    loose = [("b", i) for i, layer in enumerate(beside) if layer.role is None]
    order = loose + free if not (loose and free) else [*free[:-1], *loose, free[-1]]
    roles: dict[tuple[str, int], Role] = {}
    if Role.INDICATOR not in taken and order:
        roles[order.pop()] = Role.INDICATOR
    if Role.UNIT not in taken and order:
        roles[order.pop(0)] = Role.UNIT
    for key in order:
        roles[key] = Role.GROUP
    above = [replace(layer, role=layer.role or roles[("a", i)]) for i, layer in enumerate(above)]
    beside = [replace(layer, role=layer.role or roles[("b", i)]) for i, layer in enumerate(beside)]
    return above, beside
