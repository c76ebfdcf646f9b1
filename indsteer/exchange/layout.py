"""Where is what on a sheet: its tables, as blocks.

Order of trying: bands of periods across; in what no band claims, a column of periods down; failing both, a table whose
columns are kinds (plan beside actual) or that has its period from a title or a hint.
"""

from __future__ import annotations

from dataclasses import dataclass

from indsteer.exchange.axis import Band, axis_down, bands
from indsteer.exchange.block import Block, Layer
from indsteer.exchange.layers import KnownNames, header_layer, label_layer, settle_roles
from indsteer.exchange.marks import SheetMarks
from indsteer.exchange.totals import total_lines
from indsteer.exchange.vocabulary import Role, head_role, is_derived, is_total, kind_and_rest

_MAX_HEADERS = 6
_LONG_TEXT = 80


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows and columns of a table before its layers are read."""

    headers: tuple[int, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    labels: tuple[int, ...]
    axis_row: int | None = None
    axis_column: int | None = None


def blocks(marks: SheetMarks, known: KnownNames, *, periodless: bool) -> list[Block]:
    """The tables of a sheet from top to bottom; `periodless` allows tables without any period."""
    found: list[Block] = []
    across = bands(marks)
    start = 0
    for index, band in enumerate(across):
        end = across[index + 1].top - 1 if index + 1 < len(across) else marks.sheet.bottom
        if start < band.top:
            found += _down(marks, start, band.top - 1, known)
        block = _across(marks, band, end, known)
        if block is not None:
            found.append(block)
        start = end + 1
    if start <= marks.sheet.bottom:
        found += _down(marks, start, marks.sheet.bottom, known)
    if not found:
        plain = _plain(marks, known, periodless=periodless)
        found += [plain] if plain is not None else []
    return found


def _across(marks: SheetMarks, band: Band, end: int, known: KnownNames) -> Block | None:
    axis = band.axis
    span = range(axis.first, axis.last + 1)
    top = band.top
    while top > 0 and band.top - top < 3 and _is_header(marks, top - 1, span):
        top -= 1
    headers = tuple(range(top, band.bottom + 1))
    rows = tuple(r for r in range(band.bottom + 1, end + 1) if any(c in span for c in _values(marks, r)))
    if not rows:
        return None
    columns = tuple(c for c in _axis_columns(marks, band, headers, rows))
    labels = _label_columns(marks, rows, set(range(axis.first, axis.last + 1)), headers)
    beyond = {
        c
        for r in rows
        for c in marks.numbers.get(r, {})
        if c not in columns and c not in labels and (c > axis.last or c < axis.first)
    }
    block = _assemble(marks, _Table(headers, rows, columns, labels, axis_row=axis.line), known)
    extra_totals = frozenset(
        c for c in beyond if any(is_total(marks.text(h, c)) or is_derived(marks.text(h, c)) for h in headers)
    )
    return _with_beyond(block, extra_totals, frozenset(beyond) - extra_totals)


def _with_beyond(block: Block, totals: frozenset[int], ignored: frozenset[int]) -> Block:
    from dataclasses import replace

    return replace(
        block,
        total_columns=block.total_columns | totals,
        ignored_columns=block.ignored_columns | ignored,
    )


def _axis_columns(marks: SheetMarks, band: Band, headers: tuple[int, ...], rows: tuple[int, ...]) -> list[int]:
    """Columns with a period, and those between with numbers whose own place in the axis row is blank."""
    axis = band.axis
    columns = []
    for column in range(axis.first, axis.last + 4):
        if column in axis.labels:
            columns.append(column)
            continue
        if marks.text(axis.line, column) and (axis.line, column) not in marks.parents:
            if column > axis.last:
                break
            continue
        merged = marks.parents.get((axis.line, column))
        named = any(marks.text(h, column) for h in headers if h > axis.line)
        if (merged is not None and merged[1] in axis.labels) or (
            named and any(column in marks.numbers.get(r, {}) for r in rows)
        ):
            columns.append(column)
        elif column > axis.last:
            break
    return columns


def _values(marks: SheetMarks, row: int) -> set[int]:
    return {*marks.numbers.get(row, {}), *marks.absences.get(row, {})}


def _is_header(marks: SheetMarks, row: int, span: range) -> bool:
    """A row above the axis belongs to its headers when it says something over the axis and is not one wide title."""
    line = marks.sheet.rows.get(row)
    if not line:
        return False
    over = {marks.parents.get((row, c), (row, c)) for c in span if marks.text(row, c)}
    if not over:
        return False
    wide = len(over) == 1 and next(iter(over))[1] < span.start
    numbers = [c for c in marks.numbers.get(row, {}) if c in span and c not in marks.labels.get(row, {})]
    return not wide and not numbers


def _label_columns(
    marks: SheetMarks, rows: tuple[int, ...], taken: set[int], headers: tuple[int, ...]
) -> tuple[int, ...]:
    """Columns beside the numbers that name things: mostly text, and not remarks."""
    first = min(taken) if taken else 0
    texts: dict[int, int] = {}
    numbers: dict[int, int] = {}
    lengths: dict[int, int] = {}
    for row in rows:
        line = marks.sheet.rows.get(row, {})
        for column, cell in line.items():
            if column in taken:
                continue
            if isinstance(cell.value, str) and column not in marks.numbers.get(row, {}):
                if column in marks.absences.get(row, {}):
                    continue
                texts[column] = texts.get(column, 0) + 1
                lengths[column] = lengths.get(column, 0) + len(cell.value)
            else:
                numbers[column] = numbers.get(column, 0) + 1
    chosen = []
    for column in sorted({*texts, *numbers}):
        head = next((text for row in reversed(headers) if (text := marks.text(row, column))), "")
        role = head_role(head)
        count = texts.get(column, 0)
        if role in (Role.NOTE, Role.NUMBERING) or is_derived(head) or is_total(head):
            continue
        if (
            (role in (Role.UNIT, Role.INDICATOR, Role.KIND, Role.YEAR, Role.MEASURE) and (count or role is Role.YEAR))
            or _all_years(marks, rows, column)
            or (
                count > numbers.get(column, 0)
                and lengths[column] / count < _LONG_TEXT
                and (column < first or count * 2 >= len(rows))
            )
        ):
            chosen.append(column)
    return tuple(chosen)


def _all_years(marks: SheetMarks, rows: tuple[int, ...], column: int) -> bool:
    """A column that holds nothing but years, at the side of the numbers."""
    found = [row for row in rows if marks.sheet.cell(row, column) is not None]
    years = [row for row in found if column in marks.labels.get(row, {})]
    return (
        bool(years) and column <= 2 and len(years) * 10 >= len(found) * 4 and column in marks.numbers.get(years[0], {})
    )


def _down(marks: SheetMarks, top: int, bottom: int, known: KnownNames) -> list[Block]:
    axis = axis_down(marks, top, bottom)
    if axis is None:
        return []
    first = axis.first
    headers = _headers_above(marks, first, top)
    last = bottom
    rows = tuple(
        row
        for row in range(first, last + 1)
        if marks.numbers.get(row) or marks.absences.get(row)
        if row in axis.labels or _continues(marks, row, axis.line)
    )
    labels = _label_columns(marks, rows, {axis.line}, headers)
    dated = {c for row in rows[:200] for c, label in marks.labels.get(row, {}).items() if not label.weak}
    columns = tuple(
        c
        for c in sorted({c for row in rows for c in _values(marks, row)})
        if c not in labels and c != axis.line and c not in dated and not _skipped(marks, headers, c)
    )
    if not columns:
        return []
    beside = tuple(sorted({*labels, axis.line}))
    return [_assemble(marks, _Table(headers, rows, columns, beside, axis_column=axis.line), known)]


def _continues(marks: SheetMarks, row: int, column: int) -> bool:
    """A row without its own period takes the one above it when merged with it, or when the rows are packed."""
    if (row, column) in marks.parents:
        return True
    return marks.sheet.cell(row, column) is None and (row - 1) in marks.sheet.rows


def _skipped(marks: SheetMarks, headers: tuple[int, ...], column: int) -> bool:
    head = next((text for row in reversed(headers) if (text := marks.text(row, column))), "")
    return head_role(head) in (Role.NOTE, Role.NUMBERING)


def _headers_above(marks: SheetMarks, first: int, top: int) -> tuple[int, ...]:
    """The header rows right above the first data row, up to a blank row, a title or a row of numbers."""
    headers: list[int] = []
    for row in range(first - 1, max(top, first - _MAX_HEADERS) - 1, -1):
        line = marks.sheet.rows.get(row, {})
        texts = {marks.parents.get((row, c), (row, c)) for c in line if marks.text(row, c)}
        if not texts:
            if headers or row == top:
                break
            continue
        numbers = [c for c in marks.numbers.get(row, {}) if c not in marks.labels.get(row, {})]
        if numbers or (len(texts) == 1 and headers):
            break
        headers.insert(0, row)
    return tuple(headers)


def _plain(marks: SheetMarks, known: KnownNames, *, periodless: bool) -> Block | None:
    """A table without periods: a header row of kinds, or any header row when the period is known otherwise."""
    for row in sorted(marks.sheet.rows)[:200]:
        texts = {c: text for c in marks.sheet.rows[row] if (text := marks.text(row, c))}
        below = [r for r in range(row + 1, marks.sheet.bottom + 1) if any(c in texts for c in marks.numbers.get(r, {}))]
        if len(below) < 2 or len(texts) < 2 or marks.numbers.get(row):
            continue
        kinds = [c for c, text in texts.items() if kind_and_rest(text)[0] is not None]
        if not kinds and not periodless:
            continue
        valued = {c for r in below for c in marks.numbers.get(r, {}) if c in texts}
        labels = _label_columns(marks, tuple(below), valued, (row,))
        columns = tuple(sorted(valued - set(labels)))
        if columns:
            return _assemble(marks, _Table((row,), tuple(below), columns, labels), known)
    return None


def _assemble(marks: SheetMarks, table: _Table, known: KnownNames) -> Block:
    above = [
        header_layer(marks, row, table.columns, spread=len(table.headers) > 1 and row != table.headers[-1])
        for row in table.headers
        if any(marks.text(row, c) or marks.labels.get(row, {}).get(c) for c in table.columns)
    ]
    beside = [label_layer(marks, column, table.rows, table.headers) for column in table.labels]
    beside = [layer for layer in beside if layer.texts]
    above = [_fixed(layer, Role.PERIOD, at=table.axis_row) for layer in above]
    beside = [_fixed(layer, Role.PERIOD, at=table.axis_column) for layer in beside]
    above, beside = settle_roles(above, beside, known)
    totals, total_columns = total_lines(marks, table.rows, table.columns, above, beside)
    first = table.headers[0] if table.headers else table.rows[0]
    return Block(
        rows=table.rows,
        columns=table.columns,
        above=tuple(above),
        beside=tuple(beside),
        totals=totals,
        total_columns=total_columns,
        titles=_titles(marks, first),
        period_row=table.axis_row,
        period_column=table.axis_column,
    )


def _fixed(layer: Layer, role: Role, *, at: int | None) -> Layer:
    return layer if layer.line != at else Layer(layer.line, role, layer.texts, layer.labels, layer.head)


def _titles(marks: SheetMarks, first: int) -> tuple[str, ...]:
    """Texts above the table, nearest row first, up to the numbers of a table before it."""
    titles = []
    for row in range(first - 1, max(-1, first - 12), -1):
        line = marks.sheet.rows.get(row, {})
        if marks.numbers.get(row) and not marks.labels.get(row):
            if len(marks.numbers[row]) > 1:
                break
            continue
        titles += [text for c in sorted(line) if (text := marks.text(row, c))][:4]
        titles += [str(label.year) for label in marks.labels.get(row, {}).values() if label.year and label.weak][:1]
    return tuple(titles)
