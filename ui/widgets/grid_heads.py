"""The two heads of the grid: names of rows frozen at the left, titles of columns in two lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from ui import theme
from ui.models.cells import GridColumn, GridRow
from ui.models.grid import COLUMN_ROLE, ROW_ROLE
from ui.shapes import stamp_shape


class NameHeader(QHeaderView):
    """The names of the rows, frozen at the left, with their measure in small print."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self._width = theme.em(14)

    def measure(self, rows: Sequence[GridRow], height: int, *, measures: bool) -> None:
        """As wide as the longest name, within reason."""
        sizes = theme.metrics()
        strong, small = QFontMetrics(theme.font("strong")), QFontMetrics(theme.font("small"))
        widest = max(
            (
                strong.horizontalAdvance(r.name)
                + (sizes.gap2 + small.horizontalAdvance(r.measure) if r.measure and measures else 0)
                + r.indent * sizes.gap4
                for r in rows
            ),
            default=0,
        )
        self._width = max(theme.em(10), min(theme.em(20), widest + sizes.gap5 + sizes.gap2))
        self.setFixedWidth(self._width)
        if self.defaultSectionSize() != height:
            self.setDefaultSectionSize(height)

    def sizeHint(self) -> QSize:
        """The measured width."""
        return QSize(self._width, 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Name, measure and the hairline."""
        model = self.model()
        row = model.headerData(section, Qt.Orientation.Vertical, ROW_ROLE) if model else None
        if not isinstance(row, GridRow):
            return
        colours, sizes = theme.tokens(), theme.metrics()
        painter.fillRect(rect, colours.tone_bg(row.tone) if row.tone else colours.panel)
        left = rect.left() + sizes.gap5
        line_from = rect.left() if row.tone else left
        painter.fillRect(line_from, rect.bottom(), rect.right() - line_from + 1, 1, colours.line)
        room = rect.adjusted(sizes.gap5 + row.indent * sizes.gap4, 0, -sizes.gap1, 0)
        font = theme.font("strong" if row.heading or row.strong else "body")
        painter.setFont(font)
        painter.setPen(colours.text2 if row.heading else colours.text)
        fm = QFontMetrics(font)
        shown = fm.elidedText(row.name, Qt.TextElideMode.ElideRight, room.width())
        align = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        painter.drawText(room, align, shown)
        used = fm.horizontalAdvance(shown) + sizes.gap2
        small = theme.font("small")
        if row.measure and used + QFontMetrics(small).horizontalAdvance(row.measure) <= room.width():
            painter.setFont(small)
            painter.setPen(colours.muted)
            painter.drawText(room.adjusted(used, 0, 0, 0), align, row.measure)


class TitleHeader(QHeaderView):
    """The titles of the columns, in two lines, with a shape where a column is locked or provisional."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A plain ground, also where there is no column."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.tokens().panel)
        painter.fillRect(0, self.height() - 1, self.viewport().width(), 1, theme.tokens().line)
        painter.end()
        super().paintEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Title over state."""
        model = self.model()
        column = model.headerData(section, Qt.Orientation.Horizontal, COLUMN_ROLE) if model else None
        if not isinstance(column, GridColumn):
            return
        colours, sizes = theme.tokens(), theme.metrics()
        painter.fillRect(rect, colours.locked if column.context else colours.panel)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.border if column.entry else colours.line)
        if column.bar:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), colours.line)
        left = sizes.gap3 if column.words else sizes.gap1
        room = rect.adjusted(left, 0, -sizes.gap2, 0)
        title, small = theme.font("strong" if column.strong else "body"), theme.font("small")
        upper, lower = QFontMetrics(title).height(), QFontMetrics(small).height()
        both = upper + (lower if column.second else 0)
        top = rect.top() + (rect.height() - both) // 2
        side = Qt.AlignmentFlag.AlignLeft if column.words else Qt.AlignmentFlag.AlignRight
        align = int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        painter.setFont(title)
        painter.setPen(colours.text if column.strong else colours.text2)
        painter.drawText(QRect(room.left(), top, room.width(), upper), align, column.title)
        if column.shape:
            width = QFontMetrics(title).horizontalAdvance(column.title)
            where = QRect(room.right() - width - sizes.shape - sizes.gap1, top, sizes.shape, upper)
            stamp_shape(painter, column.shape, where.toRectF(), colours.muted)
        if column.second:
            painter.setFont(small)
            painter.setPen(colours.muted)
            painter.drawText(QRect(room.left(), top + upper, room.width(), lower), align, column.second)
