"""Cells with plain text, padded as the heads of tables are; quicker than the style's own drawing."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme

_Index = QModelIndex | QPersistentModelIndex


class PlainDelegate(QStyledItemDelegate):
    """Draws text (never markup) with the model's alignment, ground, ink and font."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The text and the room at its sides."""
        sizes = theme.metrics()
        font = index.data(Qt.ItemDataRole.FontRole) or theme.font("body")
        text = str(index.data() or "")
        return QSize(QFontMetrics(font).horizontalAdvance(text) + 2 * sizes.gap2, sizes.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground, text, focus."""
        colours, rect = theme.tokens(), option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.sel)
        elif (ground := index.data(Qt.ItemDataRole.BackgroundRole)) is not None:
            painter.fillRect(rect, ground)
        text = index.data()
        if text:
            paint_cell_text(painter, option, index, str(text))
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_cell_focus(painter, QRectF(rect))


def paint_cell_text(painter: QPainter, option: QStyleOptionViewItem, index: _Index, text: str) -> None:
    """The text of a cell, elided, with the model's alignment, ink and font."""
    pad = theme.metrics().gap2
    room = option.rect.adjusted(pad, 0, -pad, 0)
    font = index.data(Qt.ItemDataRole.FontRole)
    fm = option.fontMetrics if font is None else QFontMetrics(font)
    painter.setFont(option.font if font is None else font)
    ink = index.data(Qt.ItemDataRole.ForegroundRole)
    painter.setPen(QPen(theme.tokens().text) if ink is None else QPen(ink, 1))
    if fm.horizontalAdvance(text) > room.width():
        text = fm.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    align = index.data(Qt.ItemDataRole.TextAlignmentRole)
    flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) if align is None else int(align)
    painter.drawText(room, flags | int(Qt.TextFlag.TextSingleLine), text)


def paint_cell_focus(painter: QPainter, area: QRectF) -> None:
    """The two-pixel frame of the cell that has the keyboard."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # noqa: FBT003
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.tokens().focus, 2))
    painter.drawRect(area.adjusted(1, 1, -1, -1))
