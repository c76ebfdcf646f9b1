"""A tick box that paints itself: Fusion's own frame vanishes on a dark surface."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui import theme
from ui.shapes import stamp_shape
from ui.widgets.buttons import paint_focus


class Tick(QCheckBox):
    """A box with a check mark and plain text; `set_text` takes an ampersand as it is."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)
        theme.theme().changed.connect(self.updateGeometry)

    def set_text(self, text: str) -> None:
        """Show this text."""
        self._label = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Box, text and room for the focus."""
        sizes = theme.metrics()
        text = QFontMetrics(theme.font("body")).horizontalAdvance(self._label)
        return QSize(2 * sizes.gap1 + sizes.gap4 + sizes.gap2 + text, max(sizes.target, sizes.gap5))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Box and text both count."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, mark, text, focus."""
        colours, sizes = theme.tokens(), theme.metrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, able = self.isChecked(), self.isEnabled()
        side = sizes.gap4 - 1
        box = QRectF(sizes.gap1 + 0.5, round((self.height() - side) / 2) + 0.5, side, side)
        frame = colours.muted if not able else colours.accent if on else colours.border
        painter.setPen(QPen(frame, 1))
        painter.setBrush(frame if on else colours.hover if self.underMouse() else colours.panel)
        painter.drawRoundedRect(box, sizes.gap1 - 1, sizes.gap1 - 1)
        if on:
            inset = side * 0.16
            stamp_shape(painter, "check", box.adjusted(inset, inset, -inset, -inset), colours.accenttext)
        painter.setFont(theme.font("body"))
        painter.setPen(colours.text if able else colours.muted)
        room = QRectF(self.rect()).adjusted(sizes.gap1 + sizes.gap4 + sizes.gap2, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self._label)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), sizes.gap1, over=colours.panel)
