"""The answer of Plan as rows, columns and cells of the grid, in the words of now."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from indsteer.answers.plan import PlanAnswer, PlanCell, PlanRow, YearRule
from indsteer.words import Words
from ui.models.cells import CellState, GridCell, GridColumn, GridRow
from ui.pages.do_content import Content

YEAR = "year"


def content_of(answer: PlanAnswer, words: Words, shown: Container[str], *, is_open: bool, narrow: str = "") -> Content:
    """The rows whose code is in `shown`."""
    rows: list[GridRow] = []
    cells: list[list[GridCell]] = []
    columns = _columns(answer, words)
    for key, assumption in (("goals", False), ("assumptions", True)):
        chosen = [
            row
            for row in answer.rows
            if row.code in shown and row.assumption is assumption and narrow.casefold() in row.name.casefold()
        ]
        if chosen:
            rows.append(GridRow(f"group:{key}", words(f"plan.{key}"), heading=True))
            cells.append([GridCell(state=CellState.BLANK)] * len(columns))
        for row in chosen:
            rows.append(GridRow(row.code, row.name, words.measure(row.measure)))
            line = [_cell(answer, row, cell, words, is_open=is_open) for cell in row.cells]
            cells.append([*line, _year(answer, row, words)])
    widest = [max((line[at].text for line in cells), key=len, default="") for at in range(len(columns))]
    return Content(rows, [replace(c, widest=w) for c, w in zip(columns, widest, strict=True)], cells)


def codes_shown(answer: PlanAnswer) -> frozenset[str]:
    """Codes of the rows with a target; all when nothing has one yet."""
    planned = frozenset(row.code for row in answer.rows if row.known)
    return planned or frozenset(row.code for row in answer.rows)


def _columns(answer: PlanAnswer, words: Words) -> list[GridColumn]:
    months = answer.rows[0].cells if answer.rows else ()
    made = [
        GridColumn(
            cell.period,
            words.period_short(cell.period),
            chars=5,
            context=cell.closed,
            shape="lock" if answer.draft and at < answer.fixed else "",
        )
        for at, cell in enumerate(months)
    ]
    return [*made, GridColumn(YEAR, words("plan.year_column"), str(answer.year), chars=6, bar=True, strong=True)]


def _plain(value: float | None, row: PlanRow, words: Words, *, plus: bool = False) -> str:
    """A value without its percent sign: the measure stands beside the name."""
    if value is None:
        return ""
    shown = words.measure_value(value, percent=row.percent, decimals=row.decimals, plus=plus)
    return shown.removesuffix("%").rstrip("\u00a0")


def _cell(answer: PlanAnswer, row: PlanRow, cell: PlanCell, words: Words, *, is_open: bool) -> GridCell:
    at = row.cells.index(cell)
    locked = not is_open or at < answer.fixed
    notes: list[str] = []
    if cell.inherited:
        notes.append(words("plan.inherited", version=cell.version))
    actual = words("grid.hidden") if cell.hidden else _plain(cell.actual, row, words)
    if actual:
        notes.append(words("plan.actual", value=actual))
    if at < answer.fixed:
        notes.append(words("plan.fixed"))
    second = actual
    if answer.compared:
        same = cell.difference is not None and abs(cell.difference) < 10 ** -(row.decimals + 2 * row.percent) / 2
        second = " " if same else _plain(cell.difference, row, words, plus=True)
    text = _plain(cell.target, row, words)
    state = CellState.BLANK if cell.target is None else CellState.GIVEN
    if cell.target is not None and (cell.inherited or answer.rolled):
        state = CellState.COMPUTED
    return GridCell(
        value=cell.target,
        text=text or ("–" if second else ""),
        state=state,
        locked=locked,
        percent=row.percent,
        decimals=row.decimals,
        second=second,
        note=", ".join(notes),
    )


def _year(answer: PlanAnswer, row: PlanRow, words: Words) -> GridCell:
    text, second = _plain(row.year, row, words), words(f"plan.rule.{row.rule}")
    if row.year is None and row.known:
        text = "–"
        whole = row.known == len(row.cells)
        second = words("plan.rule.differs") if whole else words("plan.rule.partly", n=row.known)
    elif row.year is None:
        second = ""
    if answer.compared and row.year_difference:
        second = _plain(row.year_difference, row, words, plus=True)
    rule = row.rule if isinstance(row.rule, YearRule) else YearRule.SAME
    note = words(f"plan.rule_why.{rule}")
    return GridCell(
        row.year, text, CellState.COMPUTED, percent=row.percent, decimals=row.decimals, second=second, note=note,
        strong=True,
    )  # fmt: skip
