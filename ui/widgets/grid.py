"""A spreadsheet-like grid: frozen names at the left, keys and clipboard as people know them from Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from indsteer.exchange.clipboard import format_block, parse_block
from indsteer.words import Words
from ui import theme
from ui.delegates.cell import CellDelegate
from ui.models.cells import CellState, GridCell, GridColumn, GridRow, Pasted
from ui.models.grid import GridModel, Index, Key
from ui.widgets.grid_heads import NameHeader, TitleHeader

_MEASURED_ROWS = 400  # names beyond these do not decide the width


class Grid(QTableView):
    """The grid. Edits leave through `model().edited`; `told(text, tone)` is what the user should read now.

    `chosen(row key, column key)` when the current cell changes, `pasted(Pasted)` after a paste.
    """

    told = Signal(str, str)
    chosen = Signal(str, str)
    pasted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None, *, two_lines: bool = False) -> None:
        super().__init__(parent)
        self._two_lines = two_lines
        self._words = words
        self._grid = GridModel(words, self)
        self._cells = CellDelegate(self)
        self._tab_from = -1
        self._compact = False
        self._names = NameHeader(self)
        self._heads = TitleHeader(self)
        self.setVerticalHeader(self._names)
        self.setHorizontalHeader(self._heads)
        self.setModel(self._grid)
        self.setItemDelegate(self._cells)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._cells.moved.connect(self.step)
        self._cells.doubted.connect(self._on_doubted)
        self._grid.modelReset.connect(self._measure)
        theme.theme().changed.connect(self._measure)
        self._measure()

    @property
    def grid(self) -> GridModel:
        """The model."""
        return self._grid

    @property
    def current_key(self) -> Key | None:
        """Keys of the row and column of the current cell."""
        index = self.currentIndex()
        return self._grid.key_of(index) if index.isValid() else None

    @property
    def editing(self) -> bool:
        """Whether a value is being typed."""
        return self.state() == QAbstractItemView.State.EditingState

    def set_words(self, words: Words, name: str) -> None:
        """The language, and what the grid is called."""
        self._words = self._grid.words = words
        self.setAccessibleName(name)

    def set_content(
        self, rows: Sequence[GridRow], columns: Sequence[GridColumn], cells: Sequence[Sequence[GridCell]]
    ) -> None:
        """Show these; an open editor and the place of the keyboard stay when the rows and columns do."""
        key = self.current_key
        same = [c.key for c in columns] == [c.key for c in self._grid.columns]
        self._grid.set_content(rows, columns, cells)
        if same:
            self._measure_columns()
        if key is not None and not self.currentIndex().isValid():
            self.go_to(*key)

    def set_compact(self, *, compact: bool) -> None:
        """In a narrow window the names get just their own room; a measure is drawn where it still fits."""
        if compact != self._compact:
            self._compact = compact
            self._measure()

    def go_to(self, row: str, column: str) -> bool:
        """Make this the current cell and show it; False when it is not there."""
        place = self._grid.place(row, column)
        if not place.isValid():
            return False
        self._make_current(place)
        self.scrollTo(place)
        return True

    @Slot(str)
    def step(self, way: str) -> bool:
        """Go down, up, right or left to the next cell that can be edited; False when there is none."""
        index = self.currentIndex()
        if not index.isValid():
            return False
        row, column = index.row(), index.column()
        if way in ("down", "up"):
            if way == "down" and self._tab_from >= 0:
                column, self._tab_from = self._tab_from, -1
            found = self._next_in_column(row, column, 1 if way == "down" else -1)
        else:
            self._tab_from = column if self._tab_from < 0 else self._tab_from
            found = self._next_in_reading(row, column, 1 if way == "right" else -1)
        if found is None:
            return False
        self._make_current(self._grid.index(*found))
        return True

    def copy(self) -> None:
        """Put the selected block on the clipboard as Excel reads it."""
        picked = self._picked()
        if not picked:
            return
        rows = sorted({r for r, _ in picked})
        columns = range(min(c for _, c in picked), max(c for _, c in picked) + 1)
        block = [[self._grid.copy_text(r, c) if (r, c) in picked else "" for c in columns] for r in rows]
        QGuiApplication.clipboard().setText(format_block(block))

    def cut(self) -> None:
        """Copy, then clear."""
        self.copy()
        self.clear_cells()

    def paste(self) -> None:
        """Put the clipboard from the current cell on; one value fills the whole selection."""
        self.paste_text(QGuiApplication.clipboard().text())

    def paste_text(self, text: str) -> None:
        """As `paste`, with this text."""
        block = parse_block(text)
        picked = self._picked()
        if not block or not picked:
            self.told.emit(self._words("grid.nothing_to_paste"), "warn")
            return
        first = (min(r for r, _ in picked), min(c for _, c in picked))
        if len(block) == len(block[0]) == 1 and len(picked) > 1:
            rows, columns = len({r for r, _ in picked}), len({c for _, c in picked})
            block = ((block[0][0],) * columns,) * rows
        result = self._grid.paste(first, block)
        self._select_block(first, len(block), max(len(line) for line in block))
        self.told.emit(*self._paste_words(result))
        self.pasted.emit(result)

    def clear_cells(self) -> None:
        """Empty the selected open cells, as one edit."""
        self._grid.fill([(r, c, None) for r, c in sorted(self._picked())], "clear")

    def fill_down(self) -> None:
        """Every selected cell gets the value at the top of its column; a single cell that of the cell above."""
        self._fill(lambda cell: (cell[1], cell[0]))

    def fill_right(self) -> None:
        """Every selected cell gets the value at the left of its row; a single cell that of the cell before it."""
        self._fill(lambda cell: cell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wide windows give the columns some more room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure_columns()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the open cells, and on to the next widget after the last."""
        if self.step("right" if forward else "left"):
            return True
        self._tab_from = -1
        self.setTabKeyNavigation(False)
        moved = super().focusNextPrevChild(forward)
        self.setTabKeyNavigation(True)
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a spreadsheet."""
        for key, action in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Cut, self.cut),
            (QKeySequence.StandardKey.Paste, self.paste),
        ):
            if event.matches(key):
                action()
                return
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = plain == Qt.KeyboardModifier.ControlModifier
        shift = plain == Qt.KeyboardModifier.ShiftModifier
        if control and event.key() == Qt.Key.Key_D:
            self.fill_down()
        elif control and event.key() == Qt.Key.Key_R:
            self.fill_right()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.step("up" if shift else "down")
        elif event.key() == Qt.Key.Key_Delete:
            self.clear_cells()
        elif event.key() == Qt.Key.Key_Backspace:
            self._empty_and_edit()
        else:
            self._tell_locked(event)
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the page where we are."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(*self._grid.key_of(current))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click begins anew where Enter goes after Tab."""
        self._tab_from = -1
        super().mousePressEvent(event)

    def _make_current(self, place: QModelIndex) -> None:
        """Only this cell: `setCurrentIndex` would extend the selection while Shift is down."""
        self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _fill(self, order: Callable[[tuple[int, int]], tuple[int, int]]) -> None:
        """`order` gives (line, place in the line) of a (row, column)."""
        picked = sorted(self._picked(), key=order)
        if not picked:
            return
        lines: dict[int, list[tuple[int, int]]] = {}
        for cell in picked:
            lines.setdefault(order(cell)[0], []).append(cell)
        edits: list[tuple[int, int, float | None]] = []
        for cells in lines.values():
            source, rest = cells[0], cells[1:]
            if not rest:
                rest, before = cells, self._before(cells[0], down=order((0, 1)) == (1, 0))
                if before is None:
                    continue
                source = before
            value = self._grid.cell(*source).value
            edits += [(row, column, value) for row, column in rest]
        self._grid.fill(edits, "fill")

    def _before(self, cell: tuple[int, int], *, down: bool) -> tuple[int, int] | None:
        row, column = cell
        if not down:
            return (row, column - 1) if column > 0 else None
        above = [r for r in range(row) if not self._grid.rows[r].heading]
        return (above[-1], column) if above else None

    def _picked(self) -> set[tuple[int, int]]:
        """Selected cells that are no heading."""
        rows, chosen = self._grid.rows, self.selectionModel().selection()
        return {
            (row, column)
            for part in (chosen.at(i) for i in range(chosen.size()))
            for row in range(part.top(), part.bottom() + 1)
            if not rows[row].heading
            for column in range(part.left(), part.right() + 1)
        }

    def _select_block(self, first: tuple[int, int], height: int, width: int) -> None:
        rows = [r for r in range(first[0], len(self._grid.rows)) if not self._grid.rows[r].heading][:height]
        right = min(first[1] + width, len(self._grid.columns)) - 1
        chosen = QItemSelection(self._grid.index(*first), self._grid.index(rows[-1], right))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _next_in_column(self, row: int, column: int, by: int) -> tuple[int, int] | None:
        rows = self._grid.rows
        at = row + by
        while 0 <= at < len(rows):
            if self._grid.is_open(at, column) or (not rows[at].heading and not self._grid.is_open(row, column)):
                return at, column
            at += by
        return None

    def _next_in_reading(self, row: int, column: int, by: int) -> tuple[int, int] | None:
        width = len(self._grid.columns)
        at = row * width + column + by
        end = len(self._grid.rows) * width if by > 0 else -1
        for place in range(at, end, by):
            if self._grid.is_open(*divmod(place, width)):
                return divmod(place, width)
        return None

    def _empty_and_edit(self) -> None:
        index = self.currentIndex()
        if index.isValid() and self._grid.is_open(index.row(), index.column()):
            self.edit(index)
            editor = self.indexWidget(index)
            if hasattr(editor, "clear"):
                editor.clear()

    def _tell_locked(self, event: QKeyEvent) -> None:
        """Who types in a locked cell hears why nothing happens."""
        index = self.currentIndex()
        typed = event.text().strip()
        if not typed or not typed.isprintable() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return
        if index.isValid() and not self._grid.is_open(index.row(), index.column()):
            cell = self._grid.cell(index.row(), index.column())
            computed = cell.state is CellState.COMPUTED
            self.told.emit(self._words("grid.computed_why" if computed else "grid.locked_why"), "info")

    def _paste_words(self, result: Pasted) -> tuple[str, str]:
        words = self._words
        if not result.fitting:
            return words("grid.nothing_fits"), "warn"
        said = [words("grid.pasted", n=result.taken)]
        if result.replaced:
            said.append(words("grid.replaced", n=result.replaced))
        if result.emptied:
            said.append(words("grid.emptied", n=result.emptied))
        text = ", ".join(said) + "."
        if result.wrong:
            text += " " + words("grid.unread", n=len(result.wrong), first=result.wrong[0])
        if result.fitting < result.offered:
            text += " " + words("grid.part_fits", fits=result.fitting, all=result.offered)
        return text, "warn" if result.wrong or result.fitting < result.offered else "info"

    @Slot(str)
    def _on_doubted(self, text: str) -> None:
        self.told.emit(self._words("errors.bad_number", found=text) if text else "", "bad")

    @Slot()
    def _measure(self) -> None:
        """Lengths from the fonts: once per content, never by looking at all cells."""
        sizes, rows = theme.metrics(), self._grid.rows
        height = sizes.row + sizes.gap2 if self._two_lines else sizes.row
        self._names.measure(rows[:_MEASURED_ROWS], height, measures=not self._compact)
        for at, row in enumerate(rows):
            wanted = sizes.gap5 + sizes.gap1 if row.heading else height
            if self._names.sectionSize(at) != wanted:
                self._names.resizeSection(at, wanted)
        self._measure_columns()

    def _measure_columns(self) -> None:
        sizes, columns = theme.metrics(), self._grid.columns
        figure = QFontMetrics(theme.font("strong")).horizontalAdvance("0")
        small = QFontMetrics(theme.font("small"))
        found: list[int] = []
        for column in columns:
            mark = sizes.shape + sizes.gap1 if column.shape else 0
            title = max(
                QFontMetrics(theme.font("strong")).horizontalAdvance(column.title) + mark,
                small.horizontalAdvance(column.second),
            )
            strong = QFontMetrics(theme.font("strong" if column.strong else "body"))
            room = max(column.chars * figure, strong.horizontalAdvance(column.widest), title) + sizes.gap2 + sizes.gap2
            found.append(room)
        last = len(columns) - 1
        stretch = last >= 0 and columns[last].chars == 0
        self._heads.setStretchLastSection(stretch)
        spare = 0 if stretch or not found else self.viewport().width() - sum(found) - sizes.gap5
        more = max(0, min(spare // max(1, len(found)), theme.em(2)))
        for at, room in enumerate(found):
            self._heads.resizeSection(at, room + more)
        self._heads.setFixedHeight(sizes.head + sizes.gap1)
