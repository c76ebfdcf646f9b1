"""A choice from a list that paints itself: the frame and the arrow of style sheets lack contrast."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QWidget

from ui import theme
from ui.widgets.base import plain_tooltip
from ui.widgets.buttons import paint_chevron, paint_focus


class Picker(QComboBox):
    """A combo box of (id, text, depth); depth indents the text as in a tree."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMaxVisibleItems(24)
        self.setView(QListView(self))
        self.view().setTextElideMode(Qt.TextElideMode.ElideNone)
        theme.theme().changed.connect(self.updateGeometry)

    @property
    def chosen(self) -> str:
        """The id of the present choice, empty when there is none."""
        found = self.currentData()
        return found if isinstance(found, str) else ""

    def set_options(self, options: tuple[tuple[str, str, int], ...]) -> None:
        """Replace the list as (id, text, depth); a choice that is still there stays. No signal."""
        kept = self.chosen
        self.blockSignals(True)  # noqa: FBT003
        self.clear()
        for option, text, depth in options:
            self.addItem("   " * depth + text, option)
            self.setItemData(self.count() - 1, text, Qt.ItemDataRole.AccessibleTextRole)
            self.setItemData(self.count() - 1, QSize(0, theme.metrics().target), Qt.ItemDataRole.SizeHintRole)
        self.setCurrentIndex(max(0, self.findData(kept)) if options else -1)
        self.blockSignals(False)  # noqa: FBT003
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + theme.metrics().gap5 if options else 0)
        self.updateGeometry()
        self.update()

    def set_chosen(self, option: str) -> bool:
        """Choose without a signal; False when the id is not in the list, then nothing changes."""
        at = self.findData(option)
        if at < 0:
            return False
        self.blockSignals(True)  # noqa: FBT003
        self.setCurrentIndex(at)
        self.blockSignals(False)  # noqa: FBT003
        self.update()
        return True

    def sizeHint(self) -> QSize:
        """As wide as the longest text, within reason."""
        fm = QFontMetrics(theme.font("body"))
        widest = max((fm.horizontalAdvance(self.itemText(i).strip()) for i in range(self.count())), default=0)
        sizes = theme.metrics()
        return QSize(min(widest, theme.em(26)) + sizes.gap3 + sizes.gap5 + sizes.gap1, sizes.control)

    def minimumSizeHint(self) -> QSize:
        """Narrow windows elide the name."""
        return QSize(min(theme.em(8), self.sizeHint().width()), theme.metrics().control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, text, arrow, focus."""
        colours, sizes = theme.tokens(), theme.metrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isEnabled()
        painter.setPen(QPen(colours.border if on else colours.line, 1))
        ground = colours.hover if self.underMouse() and on else colours.panel
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), sizes.radius, sizes.radius)
        arrow = QRectF(self.width() - sizes.gap5 - sizes.gap1 / 2, 0, sizes.gap5, self.height())
        paint_chevron(painter, arrow, "down", colours.text2 if on else colours.muted)
        room = QRectF(self.rect()).adjusted(sizes.gap3, 0, 0, 0)
        room.setRight(arrow.left())
        text = self.currentText().strip()
        fm = QFontMetrics(self.font())
        shown = fm.elidedText(text, Qt.TextElideMode.ElideMiddle, int(room.width()) + 1)
        self.setToolTip("" if shown == text else plain_tooltip(text))
        painter.setPen(colours.text if on else colours.muted)
        painter.setFont(self.font())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), sizes.radius, over=ground)
