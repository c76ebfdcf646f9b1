"""The answer of Do as rows, columns and cells of the grid, in the words of now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indsteer.answers.do import CLOSED, DoAnswer, DoCell, DoRow, DoState
from indsteer.answers.do_notes import DoNote
from indsteer.errors import Fact
from indsteer.words import Words
from ui.models.cells import CellState, GridCell, GridColumn, GridRow

ENTRY = "entry"
NOTES = "notes"
TONES = ("bad", "warn", "info", "")


@dataclass(frozen=True, slots=True)
class Content:
    """What the grid shows."""

    rows: Sequence[GridRow]
    columns: Sequence[GridColumn]
    cells: Sequence[Sequence[GridCell]]


def content_of(
    answer: DoAnswer,
    words: Words,
    *,
    is_open: bool,
    narrow: str = "",
    pasted: Mapping[str, tuple[str, str]] | None = None,
    closed: int = CLOSED,
) -> Content:
    """Everything; `is_open` tells whether the month can be filled in.

    `pasted` is what to say beside pasted rows, with its tone.

    `closed` is how many of the closed months there is room for.
    """
    rows: list[GridRow] = []
    cells: list[list[GridCell]] = []
    columns = _columns(answer, words, closed, is_open=is_open)
    for group in answer.groups:
        chosen = [row for row in group.rows if narrow.casefold() in row.name.casefold()]
        if chosen:
            rows.append(GridRow(f"group:{group.key}", words(f"do.group.{group.key}"), heading=True))
            cells.append([GridCell(state=CellState.BLANK)] * len(columns))
        for row in chosen:
            tone = "bad" if row.breach is not None else ""
            name = row.name
            rows.append(
                GridRow(row.code, name, words.measure(row.measure), int(row.part), strong=bool(tone), tone=tone)
            )
            line = _cells(answer, row, words, (pasted or {}).get(row.code, ("", "")), is_open=is_open)
            cells.append(line[len(row.months) - closed :])
    return Content(rows, _wide_enough(columns, cells), cells)


def note_text(note: DoNote, row: DoRow, words: Words) -> str:
    """One remark in words; values in the decimals of the row."""
    facts: dict[str, Fact] = {}
    for name, fact in note.facts.items():
        decimals = 1 if name == "times" else row.decimals
        facts[name] = words.number(fact, decimals) if isinstance(fact, float) else fact
    return words(f"do.note.{note.key}", **facts)


def _columns(answer: DoAnswer, words: Words, closed: int, *, is_open: bool) -> list[GridColumn]:
    made = [
        GridColumn(
            month,
            words.period_short(month),
            words(f"do.state.{state}") if state else "",
            chars=5,
            context=True,
            shape="lock" if state in ("final", "signed") else "",
        )
        for month, state in list(zip(answer.months, answer.closed, strict=True))[-closed:]
    ]
    shape = "" if answer.state is DoState.ROLLUP else "ring" if is_open else "lock"
    made.append(
        GridColumn(
            ENTRY,
            words.period_short(answer.period),
            words(f"do.state.{answer.state}"),
            chars=9,
            entry=True,
            strong=True,
            shape=shape,
        )
    )
    short = words.period_short(answer.period)
    made.append(GridColumn("plan", words("do.plan"), short, chars=5))
    made.append(GridColumn("deviation", words("do.to_plan"), words("do.to_plan_second"), chars=4))
    made.append(GridColumn(NOTES, words("do.notes"), chars=0, words=True))
    return made


def _wide_enough(columns: list[GridColumn], cells: list[list[GridCell]]) -> list[GridColumn]:
    found = []
    for at, column in enumerate(columns):
        widest = max((line[at].text for line in cells), key=len, default="")
        found.append(column if column.words else replace(column, widest=widest))
    return found


def _cells(answer: DoAnswer, row: DoRow, words: Words, pasted: tuple[str, str], *, is_open: bool) -> list[GridCell]:
    line = [_closed(cell, row, words) for cell in row.months]
    line.append(_entry(answer, row, words, is_open=is_open))
    plan = "" if row.plan is None else words.number(row.plan, row.decimals)
    deviation = "" if row.deviation is None else words.signed(row.deviation, row.decimals)
    line.append(GridCell(row.plan, plan, CellState.COMPUTED if plan else CellState.BLANK, decimals=row.decimals))
    line.append(
        GridCell(row.deviation, deviation, CellState.COMPUTED if plan else CellState.BLANK, decimals=row.decimals)
    )
    line.append(_notes(row, words, pasted))
    return line


def _closed(cell: DoCell, row: DoRow, words: Words) -> GridCell:
    if cell.hidden:
        return GridCell(text=words("grid.hidden"), state=CellState.HIDDEN)
    if cell.absent:
        return GridCell(text=words("common.not_applicable"), state=CellState.ABSENT, note=cell.reason)
    if cell.value is None:
        return GridCell(text="–", state=CellState.BLANK)
    state = CellState.FINAL if cell.final else CellState.PROVISIONAL
    return GridCell(cell.value, words.number(cell.value, row.decimals), state, decimals=row.decimals, note=cell.reason)


def _entry(answer: DoAnswer, row: DoRow, words: Words, *, is_open: bool) -> GridCell:
    cell, locked = row.entry, not is_open or row.entry.streams
    if cell.hidden:
        return GridCell(text=words("grid.hidden"), state=CellState.HIDDEN)
    if cell.absent:
        return GridCell(text=cell.reason, state=CellState.ABSENT, locked=locked, decimals=row.decimals)
    if cell.value is None:
        lacks = row.missing and answer.state is not DoState.ROLLUP
        text = words("grid.missing") if lacks else ""
        state = CellState.MISSING if lacks else CellState.BLANK
        return GridCell(text=text, state=state, locked=locked, decimals=row.decimals)
    state = CellState.BROKEN if row.breach else CellState.FINAL if cell.final else CellState.PROVISIONAL
    if answer.state is DoState.ROLLUP:
        state = CellState.COMPUTED
    text = words.number(cell.value, row.decimals)
    return GridCell(cell.value, text, state, locked=locked, decimals=row.decimals, note=cell.reason)


def _notes(row: DoRow, words: Words, pasted: tuple[str, str]) -> GridCell:
    said = [note_text(note, row, words) for note in row.notes]
    tones = [note.tone for note in row.notes]
    mine, tone = pasted
    if mine and (tone == "bad" or "bad" not in tones):
        said, tones = [mine, *said], [tone]
    text = "; ".join(said)
    tone = next((t for t in TONES if t in tones), "")
    return GridCell(text=text, state=CellState.BLANK, tone=tone, note=text)
