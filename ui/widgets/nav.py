"""The navigation at the left: the cycle, then the rest, and whether the work is saved."""

from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.shapes import shape_pixmap, stamp_shape
from ui.widgets.base import Label, Surface
from ui.widgets.buttons import paint_focus

_Index = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()


@dataclass(frozen=True, slots=True)
class NavItem:
    """One page; an empty id is the line between two groups. `badge_text` is what the badge says aloud."""

    page: str
    text: str
    key: str = ""
    badge_tone: str = ""
    badge_count: int = 0
    badge_text: str = ""


class NavModel(QAbstractListModel):
    """The pages as a list; the lines between groups cannot be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[NavItem, ...] = ()

    @property
    def items(self) -> tuple[NavItem, ...]:
        """What is shown."""
        return self._items

    def set_items(self, items: tuple[NavItem, ...]) -> None:
        """Replace all."""
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def set_badge(self, page: str, tone: str, count: int, text: str) -> None:
        """Change one badge; a count of 0 removes it. An unknown page changes nothing."""
        row = self.row_of(page)
        if row >= 0:
            changed = replace(self._items[row], badge_tone=tone, badge_count=count, badge_text=text)
            self._items = (*self._items[:row], changed, *self._items[row + 1 :])
            self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, page: str) -> int:
        """The row of a page, -1 when it is not there."""
        return next((i for i, item in enumerate(self._items) if item.page and item.page == page), -1)

    def rowCount(self, parent: _Index = _INVALID) -> int:
        """How many rows, lines included."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, what is said aloud, and the item itself as user data."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.text}, {item.badge_text}" if item.badge_count and item.badge_text else item.text
        if role == Qt.ItemDataRole.UserRole:
            return item
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A line is no item."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._items[index.row()].page:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemNeverHasChildren


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        sizes = theme.metrics()
        item = index.data(Qt.ItemDataRole.UserRole)
        return QSize(sizes.target, sizes.row + 2 if item is not None and item.page else sizes.gap4 + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item = index.data(Qt.ItemDataRole.UserRole)
        colours, sizes = theme.tokens(), theme.metrics()
        area = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not item.page:
            y = int(area.center().y())
            line = QRectF(area.left() + sizes.gap3 + sizes.gap1, y, area.width() - 2 * (sizes.gap3 + sizes.gap1), 1)
            painter.fillRect(line, colours.line)
            painter.restore()
            return
        selected = bool(state & QStyle.StateFlag.State_Selected)
        box = area.adjusted(sizes.gap2 + 2, 1, -sizes.gap2 - 2, -1)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.sel if selected else colours.hover)
            painter.drawRoundedRect(box, sizes.radius, sizes.radius)
        if selected:
            bar = QRectF(box.left() - 1, box.top() + box.height() * 0.22, 3, box.height() * 0.56)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        text_font = theme.font("strong" if selected else "body")
        room = box.adjusted(sizes.gap3 + 2, 0, -sizes.gap3, 0)
        if item.badge_count:
            room.setRight(self._paint_badge(painter, room, item) - sizes.gap2)
        painter.setFont(text_font)
        painter.setPen(colours.text if selected else colours.text2)
        shown = QFontMetrics(text_font).elidedText(item.text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, box, sizes.radius, over=colours.sel)
        painter.restore()

    @staticmethod
    def _paint_badge(painter: QPainter, room: QRectF, item: NavItem) -> float:
        """Shape and count at the right; gives the left edge."""
        colours, sizes = theme.tokens(), theme.metrics()
        small = theme.font("small_strong")
        text = str(item.badge_count)
        width = QFontMetrics(small).horizontalAdvance(text)
        painter.setFont(small)
        painter.setPen(colours.tone(item.badge_tone))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        left = room.right() - width - sizes.gap1 - sizes.shape
        where = QRectF(left, room.top(), sizes.shape, room.height())
        stamp_shape(painter, item.badge_tone or "none", where, colours.tone(item.badge_tone))
        return left


class Nav(Surface):
    """The list of pages. Arrows, Home, End and typing move in it; `chosen` says which page is wanted."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self._model = NavModel(self)
        self._title = Label("", "title")
        self._view = QListView(self)
        self._view.setModel(self._model)
        self._view.setItemDelegate(_Delegate(self._view))
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setMouseTracking(True)
        self._view.setFrameShape(QListView.Shape.NoFrame)
        # Not a palette of its own: a change of style sheet puts back the one of before.
        self._view.viewport().setAutoFillBackground(False)
        self._saved_shape = QLabel(self)
        self._saved = Label("", "body", "text2")
        self._file = Label("", "small", "muted")
        self._footer_tone = ""
        self._lay_out()
        self._view.selectionModel().currentChanged.connect(self._on_current)
        theme.theme().changed.connect(self._restyle)
        self._restyle()

    @property
    def model(self) -> NavModel:
        """The pages."""
        return self._model

    @property
    def current(self) -> str:
        """The id of the selected page, empty before the first choice."""
        item = self._view.currentIndex().data(Qt.ItemDataRole.UserRole)
        return item.page if isinstance(item, NavItem) else ""

    def set_items(self, items: tuple[NavItem, ...], *, title: str, name: str) -> None:
        """The pages, the name of the program above them, and what the list is called aloud. No signal."""
        kept = self.current
        self._view.selectionModel().blockSignals(True)  # noqa: FBT003
        self._model.set_items(items)
        self._view.selectionModel().blockSignals(False)  # noqa: FBT003
        self._title.set_text(title)
        self.setAccessibleName(name)
        self._view.setAccessibleName(name)
        if kept:
            self.set_current(kept)

    def set_current(self, page: str) -> None:
        """Select a page without a signal; an unknown id changes nothing."""
        row = self._model.row_of(page)
        if row >= 0:
            self._view.selectionModel().blockSignals(True)  # noqa: FBT003
            self._view.setCurrentIndex(self._model.index(row))
            self._view.selectionModel().blockSignals(False)  # noqa: FBT003
            self._view.viewport().update()

    def set_badge(self, page: str, tone: str, count: int, text: str) -> None:
        """Show how much a page asks, as shape and count; `text` says it aloud. 0 removes it."""
        self._model.set_badge(page, tone, count, text)

    def set_footer(self, tone: str, text: str, second: str = "") -> None:
        """Whether the work is saved (good, warn, bad; empty: no shape) and which file this is."""
        self._footer_tone = tone
        self._saved.set_text(text)
        self._file.set_text(second)
        self._file.setVisible(bool(second))
        self._restyle()

    def take_focus(self) -> None:
        """Put the keyboard in the list."""
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._title)
        self._column.addWidget(self._view, 1)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._saved_shape)
        self._foot.addWidget(self._saved, 1)
        self._column.addLayout(self._foot)
        self._column.addWidget(self._file)

    def _restyle(self) -> None:
        sizes = theme.metrics()
        self.setFixedWidth(sizes.nav)
        margin = sizes.gap5 - sizes.gap1 // 2
        self._column.setContentsMargins(0, sizes.gap4 + 2, 0, sizes.gap4)
        self._title.setIndent(margin)
        self._file.setIndent(margin)
        self._file.setContentsMargins(0, 0, sizes.gap3, 0)
        self._foot.setContentsMargins(margin, 0, sizes.gap2, sizes.gap1)
        self._foot.setSpacing(sizes.gap2)
        self._view.setViewportMargins(0, sizes.gap4, 0, 0)
        shown = bool(self._footer_tone)
        self._saved_shape.setVisible(shown)
        if shown:
            colour = theme.tokens().tone(self._footer_tone)
            self._saved_shape.setPixmap(shape_pixmap(self._footer_tone, colour, sizes.shape, self.devicePixelRatioF()))
        self._view.doItemsLayout()

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        item = current.data(Qt.ItemDataRole.UserRole)
        if isinstance(item, NavItem) and item.page:
            self.chosen.emit(item.page)
