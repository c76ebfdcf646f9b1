"""The one painter of charts: draws a chart's data into any rectangle of any QPainter.

Measured traps (docs/decisions): a wide antialiased polyline costs nineteen times its separate segments with
square caps; markers as pre-rendered pictures are four times cheaper than round points.
"""

import itertools
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap

from indsteer.analysis.chart import ChartDatum
from ui import theme
from ui.plots.layout import ChartLayout, DrawnPoint, Span
from ui.plots.texts import ChartTexts
from ui.shapes import draw_shape, shape_pixmap

_AA = QPainter.RenderHint.Antialiasing


@dataclass(frozen=True, slots=True)
class _Style:
    """The pens of one theme; made once."""

    grid: QPen
    axis: QPen
    data: QPen
    link: QPen
    step: QPen
    mean: QPen
    limit: QPen
    loose: QPen  # limits that may still move
    now: QPen


class ChartPainter:
    """Draws a trend chart or a sparkline; the layout is made again only when data, size or theme change."""

    def __init__(self, datum: ChartDatum | None = None, texts: ChartTexts | None = None) -> None:
        self._datum, self._texts = datum, texts
        self._layout: ChartLayout | None = None
        self._layout_key: tuple[object, ...] = ()
        self._style: _Style | None = None
        self._style_key: tuple[object, ...] = ()

    @property
    def datum(self) -> ChartDatum | None:
        """What is drawn."""
        return self._datum

    def set_datum(self, datum: ChartDatum | None, texts: ChartTexts | None) -> None:
        """Draw this from now on."""
        self._datum, self._texts = datum, texts
        self._layout = None

    def layout(self, rect: QRectF, span: Span | None = None) -> ChartLayout | None:
        """Where everything stands in `rect`; None without data."""
        if self._datum is None or self._texts is None or rect.width() < 40 or rect.height() < 40:
            return None
        look = theme.theme()
        key = (rect.x(), rect.y(), rect.width(), rect.height(), span, look.name, look.scale)
        if self._layout is None or key != self._layout_key:
            self._layout = ChartLayout(self._datum, self._texts, rect, span)
            self._layout_key = key
        return self._layout

    def points(self, rect: QRectF, span: Span | None = None) -> tuple[DrawnPoint, ...]:
        """The actuals exactly as they are drawn in `rect`."""
        made = self.layout(rect, span)
        return () if made is None else tuple(made.points)

    def paint_chart(self, painter: QPainter, rect: QRectF, span: Span | None = None, *, pictures: bool = True) -> None:
        """Draw the whole chart. `pictures=False` draws markers as shapes, for printers and SVG."""
        made = self.layout(rect, span)
        if made is None:
            return
        painter.save()
        self._paint_ground(painter, made)
        self._paint_data(painter, made, pictures=pictures)
        self._paint_words(painter, made)
        painter.restore()

    def paint_spark(self, painter: QPainter, rect: QRectF) -> None:
        """Draw line, last point and the target as ghost, without any word; nothing when the data is hidden."""
        datum = self._datum
        if datum is None or datum.hidden or not datum.periods:
            return
        values = [v for v in (*datum.actual, *datum.target) if v is not None]
        if not values:
            return
        low, high = min(values), max(values)
        radius = max(2.0, rect.height() / 9)
        room = rect.adjusted(radius + 1, radius + 1, -radius - 1, -radius - 1)
        across = room.width() / max(1, len(datum.periods) - 1)
        up = room.height() / (high - low) if high > low else 0.0
        base = room.bottom() if up else room.center().y()

        def at(i: int, value: float) -> QPointF:
            return QPointF(room.left() + i * across, base - (value - low) * up)

        colours = theme.tokens()
        painter.save()
        painter.setRenderHint(_AA)
        painter.setPen(QPen(colours.plan, 1))
        painter.drawLines(_segments([None if v is None else at(i, v) for i, v in enumerate(datum.target)]))
        line = [None if v is None else at(i, v) for i, v in enumerate(datum.actual)]
        painter.setPen(QPen(colours.data, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        painter.drawLines(_segments(line))
        last = next((p for p in reversed(line) if p is not None), None)
        if last is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.data)
            painter.drawEllipse(last, radius, radius)
        painter.restore()

    def _pens(self) -> _Style:
        look = theme.theme()
        key = (look.name, look.scale)
        if self._style is None or key != self._style_key:
            self._style, self._style_key = _make_style(), key
        return self._style

    def _paint_ground(self, painter: QPainter, made: ChartLayout) -> None:
        """Bands, grid, limits, mean and axis: all straight, so without antialiasing."""
        pens, plot = self._pens(), made.plot
        painter.setRenderHint(_AA, False)  # noqa: FBT003
        for band in made.bands:
            painter.fillRect(band, theme.tokens().band)
        painter.setPen(pens.grid)
        painter.drawLines(made.grid)
        painter.setPen(pens.mean)
        painter.drawLines(made.means)
        for lines, loose in made.limits:
            painter.setPen(pens.loose if loose else pens.limit)
            painter.drawLines(lines)
        painter.setPen(pens.axis)
        painter.drawLine(QLineF(plot.left(), plot.bottom(), plot.right(), plot.bottom()))
        painter.drawLines(made.x_ticks)
        if made.now_x is not None:
            painter.setPen(pens.now)
            painter.drawLine(QLineF(made.now_x, made.rect.top(), made.now_x, plot.bottom()))
        painter.setPen(pens.step)
        painter.drawLines(made.steps)

    def _paint_data(self, painter: QPainter, made: ChartLayout, *, pictures: bool) -> None:
        pens, colours = self._pens(), theme.tokens()
        painter.setRenderHint(_AA)
        painter.setPen(pens.data)
        painter.drawLines(made.lines)
        painter.setPen(pens.link)
        painter.drawLines(made.links)
        dot, big = float(theme.em(0.52)), float(theme.em(0.95))
        if not made.points:
            return
        crowded = made.plot.width() / len(made.points) < dot * 1.4
        dpr = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
        plain = _dot(dot, dpr, colours.data, None)
        hollow = _dot(dot + 2, dpr, colours.panel, colours.data)
        for point in made.points:
            if point.tone:
                size, shape, colour = big, point.kind, colours.tone(point.tone)
            elif point.kind == "provisional":
                size, shape, colour = dot + 2, "ring", colours.data
            elif crowded:
                continue
            else:
                size, shape, colour = dot, "circle", colours.data
            left, top = point.x - size / 2, point.y - size / 2
            if not pictures:
                draw_shape(painter, shape, QRectF(left, top, size, size), colour)
            elif point.tone:
                painter.drawPixmap(QPointF(left, top), shape_pixmap(shape, colour, int(size), dpr))
            else:
                painter.drawPixmap(QPointF(left, top), hollow if point.kind == "provisional" else plain)

    @staticmethod
    def _paint_remark(painter: QPainter, made: ChartLayout, fm: QFontMetricsF) -> None:
        """What is to be known about figures that are there (no variation), above them at the left."""
        right = made.plot.right()
        if made.now_x is not None:
            right = made.now_x - fm.horizontalAdvance(made.texts.measured) - 2 * theme.metrics().gap2
        box = QRectF(made.plot.left(), made.rect.top(), max(0.0, right - made.plot.left()), fm.height())
        text = fm.elidedText(made.texts.state, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_words(self, painter: QPainter, made: ChartLayout) -> None:
        colours, texts, small = theme.tokens(), made.texts, theme.font("small")
        middle, fm = Qt.AlignmentFlag.AlignVCenter, QFontMetricsF(small)
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(small)
        painter.setPen(colours.muted)
        for box, text in made.y_names:
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, text)
        for box, text in made.x_names:
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignHCenter, text)
        painter.setPen(colours.text2)
        for box, text in made.reasons:
            painter.drawText(box, middle, fm.elidedText(text, elide, box.width()))
        for x, box, text in made.flags:
            flag = QRectF(x - 1, box.top(), box.height() * 0.8, box.height())
            draw_shape(painter, "flag", flag.adjusted(0, 1, 0, 1), colours.text2)
            if box.width() > 3 * box.height():
                painter.drawText(box, middle, fm.elidedText(text, elide, box.width()))
        if made.now_x is not None:
            top = QRectF(made.rect.left(), made.rect.top(), made.now_x - made.rect.left() - 4, fm.height())
            painter.drawText(top, middle | Qt.AlignmentFlag.AlignRight, texts.measured)
            room = QRectF(made.now_x + 4, made.rect.top(), made.rect.right() - made.now_x, fm.height())
            painter.drawText(room, middle, texts.expected)
        if texts.state and made.points:
            self._paint_remark(painter, made, fm)
        for box, text, token, role in made.labels:
            painter.setFont(theme.font(role))
            painter.setPen(getattr(colours, token))
            painter.drawText(box, middle, text)
        painter.setFont(theme.font("small_strong"))
        painter.setPen(colours.text2)
        for box, text in made.x_groups:
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignHCenter, text)
        if texts.state and (made.datum.hidden or not made.points):
            _paint_state(painter, made)


def _paint_state(painter: QPainter, made: ChartLayout) -> None:
    """Why there is nothing to see, on the work's own ground so that no line runs through it."""
    painter.setFont(theme.font("body"))
    flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
    gap = theme.metrics().gap2
    words = painter.boundingRect(made.plot, flags, made.texts.state)
    painter.fillRect(words.adjusted(-gap, -gap, gap, gap), theme.tokens().panel)
    painter.setPen(theme.tokens().text2)
    painter.drawText(made.plot, flags, made.texts.state)


def _segments(points: list[QPointF | None]) -> list[QLineF]:
    pairs = itertools.pairwise(points)
    return [QLineF(a, b) for a, b in pairs if a is not None and b is not None]


def _make_style() -> _Style:
    colours, unit = theme.tokens(), theme.em(1) / theme.BODY_PIXELS

    def pen(colour: QColor, width: float, *dashes: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.FlatCap) -> QPen:
        made = QPen(colour, width * unit if width > 1 else max(1.0, round(width * unit)))
        made.setCapStyle(cap)
        if dashes:
            made.setDashPattern(dashes)
        return made

    return _Style(
        grid=pen(colours.grid, 1),
        axis=pen(colours.border, 1),
        data=pen(colours.data, 1.5, cap=Qt.PenCapStyle.SquareCap),
        link=pen(colours.data, 1.5, 2, 2),
        step=pen(colours.text2, 1),
        mean=pen(colours.limit, 1),
        limit=pen(colours.limit, 1, 4, 3),
        loose=pen(colours.limit, 1, 1, 3),
        now=pen(colours.border, 1),
    )


_dots: dict[tuple[object, ...], QPixmap] = {}


def _dot(size: float, dpr: float, fill: QColor, edge: QColor | None) -> QPixmap:
    """A pre-rendered point, kept for ever: there are two per theme and scale."""
    key = (size, dpr, fill.rgba(), edge.rgba() if edge is not None else 0)
    found = _dots.get(key)
    if found is None:
        found = QPixmap(round(size * dpr), round(size * dpr))
        found.setDevicePixelRatio(dpr)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        painter.setRenderHint(_AA)
        painter.setBrush(fill)
        painter.setPen(Qt.PenStyle.NoPen if edge is None else QPen(edge, 1.5))
        inset = 0.0 if edge is None else 1.0
        painter.drawEllipse(QRectF(inset, inset, size - 2 * inset, size - 2 * inset))
        painter.end()
        _dots[key] = found
    return found
