"""Cells that give a verdict: shape and word at the left, the evidence at the right."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.delegates.plain import paint_cell_focus
from ui.shapes import stamp_shape

_Index = QModelIndex | QPersistentModelIndex
STATUS_ROLE = int(Qt.ItemDataRole.UserRole) + 102  # a `Status`


@dataclass(frozen=True, slots=True)
class Status:
    """A verdict as it is shown.

    `tone` gives the ink (good, warn, bad, info, none, na), `shape` overrules the tone's own shape (`up`, `down`,
    `open_diamond`); `strong` is for what needs action; `tinted` fills the cell.
    """

    tone: str
    word: str
    evidence: str = ""
    shape: str = ""
    strong: bool = False
    tinted: bool = False

    def spoken(self) -> str:
        """What a screen reader says; models give it as accessible text."""
        return f"{self.word} {self.evidence}".strip()


class StatusDelegate(QStyledItemDelegate):
    """Draws the `Status` under `STATUS_ROLE`; a cell without one is drawn as any other."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Shape, word and evidence beside each other."""
        status = index.data(STATUS_ROLE)
        if not isinstance(status, Status):
            return super().sizeHint(option, index)
        sizes, fm = theme.metrics(), QFontMetrics(theme.font("strong"))
        words = fm.horizontalAdvance(status.word) + fm.horizontalAdvance(status.evidence)
        return QSize(words + sizes.shape + 2 * sizes.gap2 + 2 * sizes.gap2, sizes.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground, shape, word, evidence, focus."""
        status = index.data(STATUS_ROLE)
        if not isinstance(status, Status):
            super().paint(painter, option, index)
            return
        colours, sizes = theme.tokens(), theme.metrics()
        area = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(area, option.palette.highlight())
        elif status.tinted:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.tone_bg(status.tone))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), sizes.gap1, sizes.gap1)
        ink = colours.tone(status.tone)
        room = area.adjusted(sizes.gap2, 0, -sizes.gap2, 0)
        mark = QRectF(room.left(), room.top(), sizes.shape, room.height())
        stamp_shape(painter, status.shape or status.tone, mark, ink)
        room.setLeft(mark.right() + sizes.gap2)
        self._paint_words(painter, room, status)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_cell_focus(painter, area)
        painter.restore()

    @staticmethod
    def _paint_words(painter: QPainter, room: QRectF, status: Status) -> None:
        colours, sizes = theme.tokens(), theme.metrics()
        base = theme.font("strong" if status.strong else "body")
        fm = QFontMetrics(base)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(base)
        taken = 0
        if status.evidence:
            taken = fm.horizontalAdvance(status.evidence) + sizes.gap2
            painter.setPen(colours.text if status.tone in ("good", "warn", "bad") else colours.muted)
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, status.evidence)
        word_room = room.adjusted(0, 0, -taken, 0)
        painter.setPen(colours.tone(status.tone) if status.tone in ("warn", "bad") else colours.text2)
        shown = fm.elidedText(status.word, Qt.TextElideMode.ElideRight, int(word_room.width()) + 1)
        painter.drawText(word_room, middle | Qt.TextFlag.TextSingleLine, shown)
