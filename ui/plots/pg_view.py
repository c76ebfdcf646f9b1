"""The interactive side of a trend chart, on pyqtgraph: one plot, one item that draws all, one for the cursor.

Import this only where a chart is used: pyqtgraph takes half a second. Plain pyqtgraph items (a curve, scatter,
infinite lines, axes) cost about eight times as much per new datum; the view box with its range, panning and
zooming is what we take from it.
"""

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QStyleOptionGraphicsItem, QWidget

from indsteer.analysis.chart import ChartDatum
from ui import theme
from ui.plots.layout import ChartLayout, Span
from ui.plots.painter import ChartPainter
from ui.plots.texts import ChartTexts

_LEAST_SHOWN = 6  # periods: zooming in further shows nothing more


class _TrendItem(pg.GraphicsObject):  # type: ignore[misc]
    """Draws the whole chart in the coordinates of the view."""

    def __init__(self, view: "PgView") -> None:
        super().__init__()
        self._view = view

    def boundingRect(self) -> QRectF:
        return QRectF(self._view.viewport().rect())

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        self._view.chart.paint_chart(painter, self.boundingRect(), self._view.span)


class _CursorItem(pg.GraphicsObject):  # type: ignore[misc]
    """The line and the ring at the period under the mouse or the keyboard's cursor."""

    def __init__(self, view: "PgView") -> None:
        super().__init__()
        self._view = view

    def boundingRect(self) -> QRectF:
        made = self._view.layout_now()
        if made is None or self._view.cursor_index < 0:
            return QRectF()
        room = theme.em(1)
        return QRectF(made.x(self._view.cursor_index) - room, made.plot.top(), 2 * room, made.plot.height())

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        made, at = self._view.layout_now(), self._view.cursor_index
        if made is None or made.datum.hidden or not 0 <= at < len(made.datum.periods):
            return
        colours = theme.tokens()
        x = round(made.x(at))
        painter.setPen(QPen(colours.border, 1))
        painter.drawLine(QPointF(x, made.plot.top()), QPointF(x, made.plot.bottom()))
        value = made.datum.actual[at]
        if value is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.text, 1.5))
            painter.drawEllipse(QPointF(made.x(at), made.y(value)), theme.em(0.45), theme.em(0.45))


class PgView(pg.GraphicsView):  # type: ignore[misc]
    """The plot. Ctrl + wheel zooms in time, dragging moves it, a double click shows all."""

    hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.chart = ChartPainter()
        self.cursor_index = -1
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the chart around it has the keyboard
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setMouseTracking(True)
        # The bare view box: a PlotItem brings four menus, axes and buttons that would all be hidden.
        self._box = pg.ViewBox(enableMenu=False)
        self.setCentralItem(self._box)
        self._box.setMouseEnabled(x=True, y=False)
        self._box.setDefaultPadding(0)
        self._box.disableAutoRange()
        self._item, self._mark = _TrendItem(self), _CursorItem(self)
        self._item.setZValue(1)
        self._mark.setZValue(2)
        self.scene().addItem(self._item)
        self.scene().addItem(self._mark)
        self._box.sigXRangeChanged.connect(self._on_range)

    @property
    def span(self) -> Span | None:
        """What the x axis shows; None is everything."""
        datum = self.chart.datum
        if datum is None:
            return None
        first, last = self._box.viewRange()[0]
        whole = (-0.5, len(datum.periods) - 0.5)
        return None if (first, last) == whole else Span(first, last)

    def set_datum(self, datum: ChartDatum | None, texts: ChartTexts | None) -> None:
        """Show this from now on, all of it."""
        self.chart.set_datum(datum, texts)
        if datum is not None:
            self.show_all(datum)
        self.redraw()

    def show_all(self, datum: ChartDatum) -> None:
        """Undo zooming."""
        size = max(1, len(datum.periods))
        low, high = self._box.viewRange()[0]
        if (low, high) != (-0.5, size - 0.5):
            least = min(size, _LEAST_SHOWN)
            self._box.setLimits(xMin=-0.5, xMax=size - 0.5, minXRange=least, maxXRange=size)
            self._box.setXRange(-0.5, size - 0.5, padding=0)

    def set_cursor(self, index: int) -> None:
        """Put the cursor at a period, -1 takes it away. No signal."""
        if index != self.cursor_index:
            self._mark.prepareGeometryChange()
            self.cursor_index = index
            self._mark.update()

    def layout_now(self) -> ChartLayout | None:
        """Where everything stands."""
        return self.chart.layout(QRectF(self.viewport().rect()), self.span)

    def redraw(self) -> None:
        """Draw again: new data or another theme."""
        self._mark.prepareGeometryChange()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The items are as large as the view."""
        if hasattr(self, "_item"):  # pyqtgraph resizes in its constructor
            self._item.prepareGeometryChange()
            self._mark.prepareGeometryChange()
        super().resizeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cursor follows the mouse."""
        super().mouseMoveEvent(event)
        made = self.layout_now()
        if made is not None and event.buttons() == Qt.MouseButton.NoButton:
            self.hovered.emit(made.index_at(event.position().x()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all again."""
        if self.chart.datum is not None:
            self.show_all(self.chart.datum)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with Ctrl: without it the page scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()

    def _on_range(self) -> None:
        self.redraw()
