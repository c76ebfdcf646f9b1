"""How a cell of the grid is drawn and edited: state by shape, frame or word, never by colour alone."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtCore import QModelIndex as Index
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from indsteer.words.entry import read_entry
from ui import theme
from ui.delegates.plain import paint_cell_focus
from ui.models.cells import CellState, GridCell, GridColumn
from ui.models.grid import CELL_ROLE, GridModel
from ui.shapes import stamp_shape
from ui.tokens import Tokens

AnyIndex = Index | QPersistentModelIndex
_SHAPES: Final = {
    CellState.BROKEN: ("diamond", "bad"),
    CellState.INVALID: ("diamond", "bad"),
    CellState.SAVING: ("ring", "none"),
    CellState.ABSENT: ("dash", "none"),
}
_DASH: Final = (4.0, 3.0)


class CellEditor(QLineEdit):
    """The line in which a value is typed. `read(text)` tells whether it is understood."""

    def mark(self, *, wrong: bool) -> None:
        """Show that the text is not understood."""
        if bool(self.property("invalid")) != wrong:
            self.setProperty("invalid", wrong)
            self.style().unpolish(self)
            self.style().polish(self)


class CellDelegate(QStyledItemDelegate):
    """Draws and edits the cells of a `GridModel`. `moved(step)`: down, up, right or left, after Enter, Tab and arrows.

    `doubted(text)`: what stands in the editor is not understood; empty when it is again.
    """

    moved = Signal(str)
    doubted = Signal(str)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """A line with figures at the right, named as its cell."""
        editor = CellEditor(parent)
        editor.setFont(theme.font("strong"))
        editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        editor.textEdited.connect(lambda _text: self._again(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """The value as one types it."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QObject, index: AnyIndex) -> None:
        """The model reads the text."""
        if isinstance(editor, QLineEdit) and isinstance(model, GridModel):
            model.enter(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex) -> None:
        """The whole cell; wider when the text needs it."""
        editor.setGeometry(option.rect.adjusted(0, 0, 0, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Tab and the arrows up and down leave the cell as in a spreadsheet; Esc restores it."""
        if not isinstance(watched, CellEditor):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _step_of(event)
            if step:
                self._leave(watched, step)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.doubted.emit("")
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self.doubted.emit("")
        return super().eventFilter(watched, event)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """Rows have one fixed height; nothing asks for more."""
        return QSize(theme.em(4), theme.metrics().row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Ground, frame, shape, value, second line, focus."""
        model = index.model()
        if not isinstance(model, GridModel):
            return
        row, column = model.rows[index.row()], model.columns[index.column()]
        colours, rect = theme.tokens(), option.rect
        if row.heading:
            _paint_heading(painter, rect, column, colours)
            return
        cell: GridCell = index.data(CELL_ROLE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, _ground(cell, column, row.tone, colours, selected=selected))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.line)
        if column.bar:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), colours.line)
        if column.words:
            _paint_words(painter, rect, cell, colours)
        else:
            _paint_value(painter, rect, cell, column, colours)
        if column.entry:
            _paint_sides(painter, rect, model, index, colours)
        if cell.state is CellState.PASTED:
            _paint_pasted(painter, rect, model, index, colours)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_cell_focus(painter, QRectF(rect))
        painter.restore()

    def _leave(self, editor: CellEditor, step: str) -> None:
        """Leave the cell when the text is understood, else stay and say so."""
        if self._is_wrong(editor):
            editor.mark(wrong=True)
            self.doubted.emit(editor.text())
            return
        self.doubted.emit("")
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.moved.emit(step)

    def _again(self, editor: CellEditor) -> None:
        if editor.property("invalid") and not self._is_wrong(editor):
            editor.mark(wrong=False)
            self.doubted.emit("")

    def _is_wrong(self, editor: CellEditor) -> bool:
        view = self.parent()
        if not isinstance(view, QAbstractItemView) or not isinstance(model := view.model(), GridModel):
            return False
        index = view.currentIndex()
        percent = model.cell(index.row(), index.column()).percent
        return read_entry(editor.text(), model.words, percent=percent).wrong


def _step_of(event: QKeyEvent) -> str:
    """Which way a key leaves the editor, empty when it does not."""
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return ""
    back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    match event.key():
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            return "up" if back else "down"
        case Qt.Key.Key_Tab:
            return "left" if back else "right"
        case Qt.Key.Key_Backtab:
            return "left"
        case Qt.Key.Key_Up:
            return "up"
        case Qt.Key.Key_Down:
            return "down"
    return ""


def _ground(cell: GridCell, column: GridColumn, tone: str, colours: Tokens, *, selected: bool) -> QColor:
    if selected:
        return colours.sel
    if cell.state is CellState.PASTED:
        return colours.infobg
    if tone:
        return colours.tone_bg(tone)
    return colours.locked if column.context else colours.panel


def _paint_heading(painter: QPainter, rect: QRect, column: GridColumn, colours: Tokens) -> None:
    painter.fillRect(rect, colours.locked if column.context else colours.panel)
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.border if column.entry else colours.line)
    if column.bar:
        painter.fillRect(rect.left(), rect.top(), 1, rect.height(), colours.line)


def _paint_words(painter: QPainter, rect: QRect, cell: GridCell, colours: Tokens) -> None:
    if not cell.text:
        return
    sizes = theme.metrics()
    room = rect.adjusted(sizes.gap3, 0, -sizes.gap2, 0)
    font = theme.font("small_strong" if cell.tone == "bad" else "small")
    painter.setFont(font)
    painter.setPen(colours.tone(cell.tone) if cell.tone in ("bad", "warn", "info") else colours.text2)
    shown = QFontMetrics(font).elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)


def _paint_value(painter: QPainter, rect: QRect, cell: GridCell, column: GridColumn, colours: Tokens) -> None:
    sizes = theme.metrics()
    if cell.state is CellState.MISSING:
        _paint_missing(painter, rect, cell.text, colours)
        return
    if cell.state in (CellState.BROKEN, CellState.INVALID):
        painter.setBrush(colours.panel)
        painter.setPen(QPen(colours.bad, 1.5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -3), sizes.gap1, sizes.gap1)
    if cell.state in _SHAPES:
        shape, tone = _SHAPES[cell.state]
        where = QRectF(rect.left() + sizes.gap2, rect.top(), sizes.shape, rect.height())
        stamp_shape(painter, shape, where, colours.tone(tone))
    elif cell.tone:
        where = QRectF(rect.left() + sizes.gap1, rect.top(), sizes.shape, rect.height())
        stamp_shape(painter, cell.tone, where, colours.tone(cell.tone))
    if cell.corrected:
        _paint_corner(painter, rect, colours)
    room = rect.adjusted(sizes.gap1, 0, -sizes.gap2, 0)
    font = theme.font("strong" if cell.strong or column.strong else "body")
    ink = _ink(cell, column, colours)
    if cell.second:
        top, below = _two_lines(room, font)
        _paint_figures(painter, top, cell.text, font, ink)
        _paint_figures(painter, below, cell.second, theme.font("small"), colours.muted)
    else:
        _paint_figures(painter, room, cell.text, font, ink)


def _two_lines(room: QRect, font: QFont) -> tuple[QRect, QRect]:
    upper, lower = QFontMetrics(font).height(), QFontMetrics(theme.font("small")).height()
    start = room.top() + max(0, (room.height() - upper - lower) // 2)
    return QRect(room.left(), start, room.width(), upper), QRect(room.left(), start + upper, room.width(), lower)


def _paint_figures(painter: QPainter, room: QRect, text: str, font: QFont, ink: QColor) -> None:
    if not text:
        return
    fm = QFontMetrics(font)
    if fm.horizontalAdvance(text) > room.width():
        text = fm.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(ink)
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine
    painter.drawText(room, int(align), text)


def _ink(cell: GridCell, column: GridColumn, colours: Tokens) -> QColor:
    if cell.state in (CellState.SAVING, CellState.HIDDEN, CellState.ABSENT):
        return colours.muted
    if cell.tone in ("bad", "warn", "good"):
        return colours.tone(cell.tone)
    if cell.locked and (column.context or not (column.entry or column.strong or cell.strong)):
        return colours.muted if column.context else colours.text2
    return colours.text


def _paint_missing(painter: QPainter, rect: QRect, text: str, colours: Tokens) -> None:
    sizes = theme.metrics()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colours.warn, 1)
    pen.setDashPattern(_DASH)
    painter.setPen(pen)
    painter.setBrush(colours.warnbg)
    painter.drawRoundedRect(QRectF(rect).adjusted(3.5, 3.5, -3.5, -4.5), sizes.gap1, sizes.gap1)
    painter.setFont(theme.font("small_strong"))
    painter.setPen(colours.warn)
    align = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(rect.adjusted(0, 0, 0, -1), int(align), text)


def _paint_corner(painter: QPainter, rect: QRect, colours: Tokens) -> None:
    """The small corner of a value that was corrected after the month was closed."""
    side = theme.metrics().gap2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.info)
    right, top = rect.right() + 1, rect.top()
    painter.drawPolygon(QPolygonF([QPointF(right - side, top), QPointF(right, top), QPointF(right, top + side)]))


def _paint_sides(painter: QPainter, rect: QRect, model: GridModel, index: AnyIndex, colours: Tokens) -> None:
    """One outline round the entry column of a group, not fifteen boxes."""
    painter.fillRect(rect.left(), rect.top(), 1, rect.height(), colours.border)
    painter.fillRect(rect.right(), rect.top(), 1, rect.height(), colours.border)
    below = index.row() + 1
    if below >= len(model.rows) or model.rows[below].heading:
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.border)


def _paint_pasted(painter: QPainter, rect: QRect, model: GridModel, index: AnyIndex, colours: Tokens) -> None:
    """A dashed outline round all that was pasted together."""
    pen = QPen(colours.info, 1.5)
    pen.setDashPattern(_DASH)
    painter.setPen(pen)
    box = rect.adjusted(1, 1, -1, -1)
    row, column = index.row(), index.column()
    if not _is_pasted(model, row, column - 1):
        painter.drawLine(box.topLeft(), box.bottomLeft())
    if not _is_pasted(model, row, column + 1):
        painter.drawLine(box.topRight(), box.bottomRight())
    if not _is_pasted(model, row - 1, column):
        painter.drawLine(box.topLeft(), box.topRight())
    if not _is_pasted(model, row + 1, column):
        painter.drawLine(box.bottomLeft(), box.bottomRight())


def _is_pasted(model: GridModel, row: int, column: int) -> bool:
    if not (0 <= row < len(model.rows) and 0 <= column < len(model.columns)) or model.rows[row].heading:
        return False
    return model.cell(row, column).state is CellState.PASTED
