"""The trend chart of a page: title, value read out, the chart itself and, one key away, its data as a table."""

from __future__ import annotations

import sys
import threading
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from indsteer.analysis.chart import ChartDatum
from ui import theme
from ui.delegates.plain import PlainDelegate
from ui.plots.layout import DrawnPoint
from ui.plots.painter import ChartPainter
from ui.plots.table import ChartTableModel
from ui.plots.texts import ChartTexts
from ui.widgets.base import Label
from ui.widgets.buttons import LinkButton, paint_focus

if TYPE_CHECKING:
    from ui.plots.pg_view import PgView

_POLL = 30  # ms between looks whether pyqtgraph is there
_IDLE = 300  # ms after the first showing; pyqtgraph is not needed before someone points at the chart


_importer = threading.Thread(target=import_module, args=("ui.plots.pg_view",), name="import-pyqtgraph")


class _Canvas(QWidget):
    """The chart without interaction, so that the first page needs no pyqtgraph."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = ChartPainter()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The same picture as the interactive view draws."""
        self.chart.paint_chart(QPainter(self), QRectF(self.rect()))


class TrendChart(QWidget):
    """One chart that is kept and given new data.

    Left and right move the cursor through the periods, Home and End to the ends, T shows the table. Hovering
    moves the cursor too; `point_changed` says which period it is at, -1 when it is at none.
    """

    point_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._datum: ChartDatum | None = None
        self._texts: ChartTexts | None = None
        self._cursor = -1
        self._view: PgView | None = None
        self._title = Label("", "section")
        self._subtitle = Label("", "small", "muted")
        self._readout = Label("", "small", "text2")
        self._toggle = LinkButton("", hint="T")
        self._toggle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._canvas = _Canvas()
        self._model = ChartTableModel(self)
        self._table = _make_table(self._model)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._toggle.clicked.connect(self.toggle_table)
        # A shortcut, since a table takes letters for searching.
        key = QShortcut(QKeySequence("T"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.toggle_table)
        theme.theme().changed.connect(self._restyle)
        self._restyle()

    @property
    def datum(self) -> ChartDatum | None:
        """What is shown."""
        return self._datum

    @property
    def cursor_index(self) -> int:
        """The period of the cursor, -1 when there is none."""
        return self._cursor

    @property
    def table(self) -> QTableView:
        """The table view of the same data."""
        return self._table

    @property
    def readout(self) -> str:
        """What the cursor says."""
        return self._readout.text()

    def set_datum(self, datum: ChartDatum | None, texts: ChartTexts | None) -> None:
        """Show other data, drawn at the next paint; None shows nothing."""
        self._datum, self._texts = datum, texts
        self._set_cursor(-1)
        if texts is not None:
            self._title.set_text(texts.title)
            self._subtitle.set_text(texts.subtitle)
            self.setAccessibleName(texts.name)
            self.setAccessibleDescription(texts.description)
            self._table.setAccessibleName(texts.name)
            self._table.setAccessibleDescription(texts.description)
            self._name_toggle()
        self._toggle.setVisible(texts is not None)
        if not self._table.isHidden() or self._stack.currentWidget() is self._table:
            self._model.set_datum(datum, texts)
        self._canvas.chart.set_datum(datum, texts)
        self._canvas.update()
        if self._view is not None:
            self._view.set_datum(datum, texts)

    def drawn(self) -> tuple[DrawnPoint, ...]:
        """The actuals exactly as they are drawn now."""
        if self._view is not None:
            made = self._view.layout_now()
            return () if made is None else tuple(made.points)
        return self._canvas.chart.points(QRectF(self._canvas.rect()))

    def toggle_table(self) -> None:
        """Change between chart and table, keeping the focus here."""
        if self._datum is None:
            return
        if self._stack.currentWidget() is self._table:
            self._stack.setCurrentWidget(self._view or self._canvas)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._model.set_datum(self._datum, self._texts)
            self._stack.setCurrentWidget(self._table)
            self._table.selectRow(max(0, self._cursor))
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._name_toggle()

    def wake(self) -> None:
        """Make the chart interactive now; it happens by itself soon after it is shown."""
        if self._view is not None:
            return
        from ui.plots.pg_view import PgView

        view = PgView(self)
        view.set_datum(self._datum, self._texts)
        view.hovered.connect(self._set_cursor)
        view.set_cursor(self._cursor)
        self._view = view
        self._stack.addWidget(view)
        if self._stack.currentWidget() is self._canvas:
            self._stack.setCurrentWidget(view)

    def sizeHint(self) -> QSize:
        """Large enough to read three years."""
        return QSize(theme.em(48), theme.em(28))

    def minimumSizeHint(self) -> QSize:
        """Small enough for half a page at 1280 x 800."""
        return QSize(theme.em(20), theme.em(14))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, show the table."""
        key, datum = event.key(), self._datum
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self._stack.currentWidget() is self._table:
            self.toggle_table()
        elif datum is not None and datum.periods and (at := self._moved(Qt.Key(key), datum)) is not None:
            self._set_cursor(at)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Become interactive when the screen has been painted and nothing else asks."""
        super().showEvent(event)
        if self._view is None:
            QTimer.singleShot(_IDLE, self, self._fetch)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse takes its cursor along; the keyboard's stays."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._set_cursor(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Only the ring of the focus; the chart paints itself."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_focus(painter, QRectF(self.rect()), theme.metrics().radius, over=theme.tokens().panel)

    def _moved(self, key: Qt.Key, datum: ChartDatum) -> int | None:
        last = len(datum.periods) - 1
        start = self._cursor if self._cursor >= 0 else (datum.now if datum.now >= 0 else last)
        first_step = self._cursor < 0  # the first arrow shows the latest figure itself
        return {
            Qt.Key.Key_Left: start if first_step else max(0, start - 1),
            Qt.Key.Key_Right: start if first_step else min(last, start + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(key)

    def _set_cursor(self, index: int) -> None:
        if index == self._cursor:
            return
        self._cursor = index
        shown = self._texts is not None and index >= 0
        self._readout.set_text(self._texts.point(index) if shown and self._texts is not None else "")
        if self._view is None and index >= 0:
            self.wake()
        if self._view is not None:
            self._view.set_cursor(index)
        if self._texts is not None:
            said = f"{self._texts.description} {self._readout.text()}".strip()
            self.setAccessibleDescription(said)
        self.point_changed.emit(index)

    def _fetch(self) -> None:
        """Import pyqtgraph beside the event loop (it takes half a second), then wake."""
        if not self.isVisible() or self._view is not None:
            return
        if "ui.plots.pg_view" in sys.modules and not _importer.is_alive():
            self.wake()
            return
        if _importer.ident is None:
            _importer.start()
        elif not _importer.is_alive():
            return  # it failed: the chart stays readable, and a key press says why
        QTimer.singleShot(_POLL, self, self._fetch)

    def _name_toggle(self) -> None:
        if self._texts is not None:
            table = self._stack.currentWidget() is self._table
            self._toggle.set_text(self._texts.as_chart if table else self._texts.as_table)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._subtitle)
        head.addStretch(1)
        head.addWidget(self._readout)
        head.addWidget(self._toggle)
        self._head = head
        self._stack = QStackedLayout()
        self._stack.addWidget(self._canvas)
        self._stack.addWidget(self._table)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addLayout(self._stack, 1)

    def _restyle(self) -> None:
        sizes = theme.metrics()
        self._head.setSpacing(sizes.gap2)
        self._column.setSpacing(sizes.gap1)
        self._column.setContentsMargins(sizes.gap1, sizes.gap1, sizes.gap1, sizes.gap1)
        self._table.verticalHeader().setDefaultSectionSize(sizes.target)
        if self._view is not None:
            self._view.redraw()
        self._canvas.update()


def _make_table(model: ChartTableModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setItemDelegate(PlainDelegate(table))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setWordWrap(False)
    head = table.horizontalHeader()
    head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    head.setHighlightSections(False)
    return table
