"""The cells of a spreadsheet-like grid: rows and columns with descriptions, values with a state, and what is under way.

The page gives finished cells (`set_content`). What the user types, fills, clears or pastes leaves as one
`edited(tuple of GridEdit)`; until the answer comes back those cells show that they are being saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from indsteer.words import Words
from indsteer.words.entry import Entry, read_entry, write_entry
from ui.models.cells import CellState, GridCell, GridColumn, GridEdit, GridRow, Pasted
from ui.widgets.base import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_ROLE = Qt.ItemDataRole.UserRole + 2
COLUMN_ROLE = Qt.ItemDataRole.UserRole + 3
_NOWHERE = QModelIndex()

Key = tuple[str, str]


class GridModel(QAbstractTableModel):
    """The model. `edited(edits, kind)`: kind is type, paste, fill or clear; `refused(row, column, text)`: not read."""

    edited = Signal(object, str)
    refused = Signal(str, str, str)

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._rows: Sequence[GridRow] = ()
        self._columns: Sequence[GridColumn] = ()
        self._cells: Sequence[Sequence[GridCell]] = ()
        self._saving: dict[Key, GridCell] = {}
        self._wrong: dict[Key, str] = {}
        self._pasted: dict[Key, None] = {}
        self._row_at: dict[str, int] = {}
        self._column_at: dict[str, int] = {}

    @property
    def rows(self) -> Sequence[GridRow]:
        """The rows."""
        return self._rows

    @property
    def columns(self) -> Sequence[GridColumn]:
        """The columns."""
        return self._columns

    @property
    def wrong(self) -> Mapping[Key, str]:
        """Cells that were given a text that is not understood, with that text."""
        return self._wrong

    @property
    def pasted(self) -> Iterable[Key]:
        """Cells of the last paste."""
        return self._pasted.keys()

    def set_content(
        self, rows: Sequence[GridRow], columns: Sequence[GridColumn], cells: Sequence[Sequence[GridCell]]
    ) -> None:
        """Show these; with the same rows and columns as before, selection and scroll position stay."""
        same = [r.key for r in rows] == [r.key for r in self._rows] and [c.key for c in columns] == [
            c.key for c in self._columns
        ]
        if not same:
            self.beginResetModel()
            self._wrong.clear()
            self._pasted.clear()
            self._saving.clear()
        self._rows, self._columns, self._cells = rows, columns, cells
        self._row_at = {row.key: at for at, row in enumerate(rows)}
        self._column_at = {column.key: at for at, column in enumerate(columns)}
        if not same:
            self.endResetModel()
        elif rows and columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(rows) - 1)

    def cell(self, row: int, column: int) -> GridCell:
        """The cell as it is shown now: with what is being saved, was pasted or could not be read."""
        found = self._cells[row][column]
        key = (self._rows[row].key, self._columns[column].key)
        if key in self._saving:
            return self._saving[key]
        if key in self._wrong:
            said = self.words("grid.not_read", found=self._wrong[key])
            return replace(found, state=CellState.INVALID, note=said)
        if key in self._pasted and found.state not in (CellState.BROKEN, CellState.MISSING):
            return replace(found, state=CellState.PASTED)
        return found

    def place(self, row: str, column: str) -> QModelIndex:
        """Where a cell is; an invalid index when it is not there."""
        if row not in self._row_at or column not in self._column_at:
            return QModelIndex()
        return self.index(self._row_at[row], self._column_at[column])

    def key_of(self, index: Index) -> Key:
        """The keys of the row and column of an index."""
        return self._rows[index.row()].key, self._columns[index.column()].key

    def is_open(self, row: int, column: int) -> bool:
        """Whether the cell can be edited."""
        return not self._rows[row].heading and not self._cells[row][column].locked

    def entry_text(self, row: int, column: int) -> str:
        """The value of a cell as one types it."""
        cell = self.cell(row, column)
        if cell.state is CellState.ABSENT:
            return cell.text
        return write_entry(cell.value, self.words, percent=cell.percent, decimals=cell.decimals)

    def copy_text(self, row: int, column: int) -> str:
        """The value of a cell as Excel reads it."""
        cell = self.cell(row, column)
        if cell.value is None:
            return cell.text if self._columns[column].words else ""
        text = self.entry_text(row, column).replace("−", "-")  # Excel knows no true minus
        return f"{text}%" if cell.percent else text

    def enter(self, index: Index, text: str) -> bool:
        """Take what was typed; False when it is not understood, then the cell keeps its value and is marked."""
        if not self.is_open(index.row(), index.column()):
            return False
        cell = self._cells[index.row()][index.column()]
        key = self.key_of(index)
        entry = read_entry(text, self.words, percent=cell.percent)
        if entry.wrong:
            self._wrong[key] = text
            self._tell([key])
            self.refused.emit(*key, text)
            return False
        self._forget_marks(key)
        if not self._is_same(cell, entry):
            self._send([GridEdit(*key, entry.value, entry.reason)], "type")
        return True

    def fill(self, edits: Iterable[tuple[int, int, float | None]], kind: str) -> int:
        """Give open cells values at once, as one edit of this kind; answers how many change."""
        found = []
        for row, column, value in edits:
            if self.is_open(row, column):
                cell = self._cells[row][column]
                self._wrong.pop((self._rows[row].key, self._columns[column].key), None)
                if not self._is_same(cell, Entry(value)):
                    found.append(GridEdit(self._rows[row].key, self._columns[column].key, value))
        self._forget_marks()
        if found:
            self._send(found, kind)
        return len(found)

    def paste(self, at: tuple[int, int], block: Sequence[Sequence[str]]) -> Pasted:
        """Put a block of texts from this cell on, as one edit.

        Heading rows are stepped over. What is locked or lies outside is not written; what is not understood keeps
        its value and is marked.
        """
        rows = [r for r in range(at[0], len(self._rows)) if not self._rows[r].heading]
        width = max((len(line) for line in block), default=0)
        self._forget_marks()
        self._wrong.clear()
        edits: list[GridEdit] = []
        wrong: list[str] = []
        covered: list[Key] = []
        replaced = emptied = fitting = 0
        for row, line in zip(rows, block, strict=False):
            for column, text in enumerate(line, at[1]):
                if column >= len(self._columns) or not self.is_open(row, column):
                    continue
                fitting += 1
                key = (self._rows[row].key, self._columns[column].key)
                cell = self._cells[row][column]
                entry = read_entry(text, self.words, percent=cell.percent)
                if entry.wrong:
                    self._wrong[key] = " ".join(text.split())
                    wrong.append(self._wrong[key])
                    continue
                covered.append(key)
                if self._is_same(cell, entry):
                    continue
                replaced += cell.value is not None and entry.value is not None
                emptied += cell.value is not None and entry.value is None
                edits.append(GridEdit(*key, entry.value, entry.reason))
        self._pasted = dict.fromkeys(covered)
        self._tell([*covered, *self._wrong])
        if edits:
            self._send(edits, "paste")
        return Pasted(len(block) * width, fitting, len(covered), replaced, emptied, tuple(wrong))

    def saved(self, edits: Iterable[GridEdit]) -> None:
        """These edits are in the file (or were refused): show what the content says."""
        keys = [(e.row, e.column) for e in edits]
        for key in keys:
            self._saving.pop(key, None)
        self._tell(keys)

    def clear_marks(self) -> None:
        """Forget what was pasted and what could not be read."""
        keys = [*self._pasted, *self._wrong]
        self._pasted.clear()
        self._wrong.clear()
        self._tell(keys)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, edit text, what is said aloud, and the cell itself under `CELL_ROLE`."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == CELL_ROLE:
            return self.cell(row, column)
        if self._rows[row].heading:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found: Any = self.cell(row, column).text
            case Qt.ItemDataRole.EditRole:
                found = self.entry_text(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                note = self.cell(row, column).note
                found = plain_tooltip(note) if note else None
            case Qt.ItemDataRole.AccessibleTextRole:
                found = self._spoken(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                words = self._columns[column].words
                side = Qt.AlignmentFlag.AlignLeft if words else Qt.AlignmentFlag.AlignRight
                found = side | Qt.AlignmentFlag.AlignVCenter
            case _:
                found = None
        return found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """What an editor gives."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        return self.enter(index, str(value))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen, locked cells cannot be edited."""
        if not index.isValid() or self._rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_open(index.row(), index.column()) else flags

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of rows and columns, and their descriptions under `ROW_ROLE` and `COLUMN_ROLE`."""
        if side == Qt.Orientation.Horizontal:
            if not 0 <= section < len(self._columns):
                return None
            column = self._columns[section]
            if role == COLUMN_ROLE:
                return column
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return " ".join(part for part in (column.title, column.second) if part)
            return None
        if not 0 <= section < len(self._rows):
            return None
        row = self._rows[section]
        if role == ROW_ROLE:
            return row
        return row.name if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def _spoken(self, row: int, column: int) -> str:
        """Row, column, value and state in one line."""
        cell, line, words = self.cell(row, column), self._rows[row], self.words
        said = [line.name, self.headerData(column, Qt.Orientation.Horizontal)]
        said.append(f"{cell.text} {line.measure}".strip() if cell.value is not None else cell.text)
        said.append(cell.second.strip())
        if not self._columns[column].words:
            said.append(words(f"grid.state.{cell.state}"))
            if cell.locked:
                said.append(words("grid.locked"))
        said.append(cell.note)
        return ", ".join(part for part in said if part)

    def _send(self, edits: list[GridEdit], kind: str) -> None:
        for edit in edits:
            place = self.place(edit.row, edit.column)
            cell = self._cells[place.row()][place.column()]
            shown = self.words.measure_value(edit.value, percent=cell.percent, decimals=cell.decimals)
            text = edit.reason if edit.value is None else shown.removesuffix("%").rstrip("\u00a0")
            self._saving[edit.row, edit.column] = replace(
                cell, value=edit.value, text=text, second="", state=CellState.SAVING, note=""
            )
        self._tell([(e.row, e.column) for e in edits])
        self.edited.emit(tuple(edits), kind)

    def _is_same(self, cell: GridCell, entry: Entry) -> bool:
        if entry.value is not None or cell.value is not None:
            return cell.value == entry.value
        return (cell.text if cell.state is CellState.ABSENT else "") == entry.reason

    def _forget_marks(self, key: Key | None = None) -> None:
        """The outline of the last paste fades at the next edit; of the marks only that of this cell."""
        keys = list(self._pasted)
        self._pasted = {}
        if key is not None and self._wrong.pop(key, None) is not None:
            keys.append(key)
        self._tell(keys)

    def _tell(self, keys: Iterable[Key]) -> None:
        """These cells look different now."""
        for key in keys:
            place = self.place(*key)
            if place.isValid():
                self.dataChanged.emit(place, place)
