"""Records out of a block: every number with what its headers, its labels and the titles say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indsteer.domain.period import Grain, Period
from indsteer.exchange.block import Block, Layer
from indsteer.exchange.grid import cell_name
from indsteer.exchange.labels import Label
from indsteer.exchange.marks import SheetMarks
from indsteer.exchange.numbers import Absence
from indsteer.exchange.periods import YearSource, covered, finest, roll, year_of
from indsteer.exchange.reading_model import Kind, Missing, Problem, Question, Reason, Record, Severity
from indsteer.exchange.totals import is_derived_formula
from indsteer.exchange.vocabulary import Role, is_derived, is_total, kind_and_rest, kinds_in


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user answered. `has_period` tells "no period at all" (period None given) from no answer."""

    year: int | None = None
    first_period: str | None = None
    period: str | None = None
    has_period: bool = False
    kind: str | None = None
    sheets: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    """What the blocks of a reading gave, gathered."""

    records: list[Record] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    roles: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Says:
    """What one header column or one label row says."""

    unit: str | None = None
    indicator: str | None = None
    kind: Kind | None = None
    measure: str | None = None
    label: Label | None = None
    year: int | None = None
    groups: tuple[str, ...] = ()
    skip: bool = False


def collect(marks: SheetMarks, block: Block, hints: Hints, file: str, found: Found) -> None:
    """Add the records, missing values, problems and questions of one block to `found`."""
    across = {column: _says(block.above, column) for column in block.columns}
    down = {row: _says(block.beside, row, label_of=_label_at(block, row)) for row in block.rows}
    source = year_of(block.titles, marks.sheet.name, file, year=hints.year, first_period=hints.first_period)
    periods, used_year = _periods(block, across, down, source, hints)
    kind, kind_reason = _context_kind(block, marks.sheet.name, file, hints)
    base = _base_reasons(source if used_year else None, block)
    with_kind = base if kind_reason is None else (*base, kind_reason)
    redundant = _redundant(across if block.period_row is not None else down)
    kindless = False
    for row in block.rows:
        beside = down[row]
        line = marks.numbers.get(row, {})
        absent = marks.absences.get(row, {})
        for column in block.columns:
            if column not in line and column not in absent and not _uncached(marks, row, column):
                continue
            over = across[column]
            if (
                row in block.totals
                or column in block.total_columns
                or over.skip
                or ((over.label or beside.label) in redundant)
            ):
                found.roles[row, column] = "t"
                continue
            if beside.skip:
                continue
            own = over.kind or beside.kind
            kindless = kindless or (own is None and kind is None)
            reasons = base if own is not None else with_kind
            common = _Common(over, beside, periods.get((row, column)), own or kind, reasons)
            _take(marks, row, column, common, found)
    _mark_headers(block, found)
    _ask(source, used_year, kindless, kind_reason, marks.sheet.name, found)
    _tell_ignored(marks, block, found)


@dataclass(frozen=True, slots=True)
class _Common:
    over: _Says
    beside: _Says
    period: str | None
    kind: str | None
    reasons: tuple[Reason, ...]


def _take(marks: SheetMarks, row: int, column: int, common: _Common, found: Found) -> None:
    sheet, name = marks.sheet.name, cell_name(row, column)
    over, beside = common.over, common.beside
    unit = beside.unit or over.unit
    indicator = " ".join(dict.fromkeys(t for t in (beside.indicator, over.indicator) if t)) or None
    kind = str(common.kind) if common.kind is not None else None
    cell = marks.sheet.cell(row, column)
    value = marks.numbers.get(row, {}).get(column)
    if value is None:
        why = marks.absences.get(row, {}).get(column)
        shown = str(getattr(cell.value, "text", cell.value)) if cell is not None and cell.value is not None else ""
        if why is None:
            found.problems.append(
                Problem("formula_without_value", sheet, name, cell.formula if cell else "", "number", Severity.ERROR)
            )
            return
        found.missing.append(Missing(unit, indicator, common.period, kind, sheet, name, shown, str(why)))
        if why is Absence.ERROR:
            found.problems.append(Problem("error_value", sheet, name, shown, "number", Severity.WARNING))
        return
    percent = (row, column) in marks.percents
    reasons = common.reasons
    if (row, column) in marks.parsed and cell is not None and sheet != "(csv)":
        reasons = (*reasons, Reason("number_from_text", {"found": str(cell.value)[:40]}))
    found.roles[row, column] = "d"
    found.records.append(
        Record(
            unit,
            indicator,
            common.period,
            kind,
            value,
            sheet,
            name,
            percent,
            beside.measure or over.measure,
            tuple(dict.fromkeys((*over.groups, *beside.groups))),
            reasons,
        )
    )


def _uncached(marks: SheetMarks, row: int, column: int) -> bool:
    cell = marks.sheet.cell(row, column)
    return cell is not None and cell.value is None and bool(cell.formula) and not is_derived_formula(cell.formula)


def _label_at(block: Block, row: int) -> Label | None:
    """The period of a row in its axis column, taken from above where blank."""
    axis = next((layer for layer in block.beside if layer.line == block.period_column), None)
    if axis is None:
        return None
    return axis.labels.get(row)


def _says(layers: tuple[Layer, ...], at: int, label_of: Label | None = None) -> _Says:
    said: dict[Role, str] = {}
    groups: list[str] = []
    kind: Kind | None = None
    labels = [label_of] if label_of is not None else []
    year: int | None = None
    skip = False
    for layer in layers:
        label, text = layer.labels.get(at), layer.texts.get(at, "")
        if label is not None and layer.role in (Role.PERIOD, Role.YEAR):
            labels.append(label)
            year = label.year if label.grain is Grain.YEAR or label.weak else year
            continue
        if layer.role is Role.YEAR and text and label is None:
            skip = True
        if not text:
            continue
        if layer.role is Role.PERIOD:
            skip = skip or is_total(text) or is_derived(text)
            continue
        own, rest = kind_and_rest(text) if layer.role in (Role.KIND, Role.INDICATOR, Role.GROUP) else (None, text)
        skip = skip or is_derived(text)
        kind = own or kind
        if layer.role is Role.GROUP:
            groups += [rest] if rest else []
        elif rest and layer.role not in (Role.KIND, None):
            said[layer.role] = rest
    return _Says(
        said.get(Role.UNIT),
        said.get(Role.INDICATOR),
        kind,
        said.get(Role.MEASURE),
        finest(labels) if labels else None,
        year,
        tuple(groups),
        skip,
    )


def _periods(
    block: Block,
    across: Mapping[int, _Says],
    down: Mapping[int, _Says],
    source: YearSource,
    hints: Hints,
) -> tuple[dict[tuple[int, int], str | None], bool]:
    """The period id of every cell, and whether the year had to come from elsewhere."""
    if block.period_row is None and block.period_column is None:
        return {(r, c): hints.period for r in block.rows for c in block.columns}, False
    lines = across if block.period_row is not None else down
    others = down if block.period_row is not None else across
    ordered = [(at, says) for at, says in lines.items() if says.label is not None]
    keyed = [(says.label, (says.unit, says.indicator, says.kind, says.groups)) for _, says in ordered if says.label]
    years = roll(keyed, source.year or 0)
    used = False
    resolved: dict[int, tuple[Label, int | None]] = {}
    for (at, says), year in zip(ordered, years, strict=True):
        label = says.label
        assert label is not None  # noqa: S101  filtered two lines up
        if label.year is None and says.year is None and not any(o.year for o in others.values()):
            used = True
        of = says.year if says.year is not None else (year if source.year is not None else None)
        resolved[at] = (label, of)
    result: dict[tuple[int, int], str | None] = {}
    for at, (label, of) in resolved.items():
        for other, says in others.items():
            chosen, year_here = label, of
            if says.label is not None:
                chosen = finest([label, says.label])
                coarse = says.label if chosen is label else label
                year_here = says.year or coarse.year or of
            period = _period(chosen, year_here)
            key = (other, at) if block.period_row is not None else (at, other)
            result[key] = period.id if period is not None else None
    return result, used


def _period(label: Label, year: int | None) -> Period | None:
    return label.period(year)


def _redundant(lines: Mapping[int, _Says]) -> set[Label | None]:
    found: set[Label | None] = set()
    found |= covered([says.label for says in lines.values() if says.label is not None])
    return found


def _context_kind(block: Block, sheet: str, file: str, hints: Hints) -> tuple[Kind | None, Reason | None]:
    if hints.kind:
        return Kind(hints.kind), Reason("kind_from_hint", {"kind": hints.kind})
    for key, text in (
        *(("kind_from_title", title) for title in block.titles),
        ("kind_from_sheet", sheet),
        ("kind_from_file", file),
    ):
        kinds = kinds_in(text)
        if len(kinds) == 1:
            kind = next(iter(kinds))
            return kind, Reason(key, {"text": text[:80], "kind": str(kind)})
    return None, None


def _base_reasons(source: YearSource | None, block: Block) -> tuple[Reason, ...]:
    reasons = []
    if source is not None and source.year is not None:
        reasons.append(Reason(source.reason, {"text": source.text[:80], "year": source.year}))
    for layer in (*block.above, *block.beside):
        if layer.role is Role.UNIT and layer.head:
            reasons.append(Reason("unit_from_column", {"text": layer.head[:40]}))
        elif layer.role is Role.INDICATOR and layer.head:
            reasons.append(Reason("indicator_from_column", {"text": layer.head[:40]}))
    return tuple(reasons)


def _mark_headers(block: Block, found: Found) -> None:
    for above in block.above:
        for column in block.columns:
            found.roles.setdefault((above.line, column), "h")
        for layer in block.beside:
            found.roles.setdefault((above.line, layer.line), "h")
    for layer in block.beside:
        for row in block.rows:
            found.roles.setdefault((row, layer.line), "t" if row in block.totals else "h")
    for column in block.total_columns:
        for row in block.rows:
            found.roles.setdefault((row, column), "t")


def _ask(
    source: YearSource,
    used_year: bool,
    kindless: bool,
    kind_reason: Reason | None,
    sheet: str,
    found: Found,
) -> None:
    if used_year and source.year is None:
        found.questions.append(
            Question("which_year", "year", {"sheet": sheet}, tuple(str(y) for y in source.candidates))
        )
    if kindless and kind_reason is None:
        found.questions.append(Question("which_kind", "kind", {"sheet": sheet}, tuple(str(kind) for kind in Kind)))


def _tell_ignored(marks: SheetMarks, block: Block, found: Found) -> None:
    sheet = marks.sheet.name
    totals = [
        place for place, role in found.roles.items() if role == "t" and place[1] in marks.numbers.get(place[0], {})
    ]
    if totals:
        found.problems.append(
            Problem("totals_left_out", sheet, cell_name(*min(totals)), "", "", Severity.INFO, len(totals))
        )
    for column in sorted(block.ignored_columns):
        rows = [row for row in block.rows if column in marks.numbers.get(row, {})]
        if rows:
            found.problems.append(
                Problem(
                    "column_without_period",
                    sheet,
                    cell_name(rows[0], column),
                    "",
                    "period",
                    Severity.WARNING,
                    len(rows),
                )
            )
    hidden = [row for row in block.rows if row in marks.sheet.hidden_rows]
    hidden_columns = [column for column in block.columns if column in marks.sheet.hidden_columns]
    if hidden or hidden_columns:
        found.problems.append(
            Problem("hidden_cells_read", sheet, "", "", "", Severity.WARNING, len(hidden) + len(hidden_columns))
        )
