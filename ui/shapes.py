"""The shapes of a status, drawn crisp at any scale: a status is shape + word + colour, never colour alone."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPixmapCache, QPolygonF

SHAPE_OF_TONE: Final = {
    "good": "circle",
    "warn": "triangle",
    "bad": "diamond",
    "info": "square",
    "none": "ring",
    "na": "dash",
}
HOLLOW: Final = frozenset({"ring", "open_triangle", "open_diamond", "open_circle"})
_UNIT = 100.0  # the shapes are described in a square of 100


def shape_of(tone: str) -> str:
    """The shape of a tone (good, warn, bad, info, none, na); the name of a shape is given back as it is.

    Raises KeyError for anything else.
    """
    return tone if tone in _PATHS else SHAPE_OF_TONE[tone]


def draw_shape(painter: QPainter, shape: str, rect: QRectF, colour: QColor) -> None:
    """Draw a shape (or the shape of a tone) as vectors, as large as fits in the middle of `rect`."""
    name = shape_of(shape)
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2)
    painter.scale(side / _UNIT, side / _UNIT)
    if name in HOLLOW:
        style = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
        painter.setPen(QPen(colour, 14.0, *style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
    painter.drawPath(_PATHS[name]())
    painter.restore()


def shape_pixmap(shape: str, colour: QColor, size: int, dpr: float) -> QPixmap:
    """A cached picture of `size` device-independent pixels square, for a screen with this pixel ratio."""
    key = f"shape:{shape}:{colour.rgba():x}:{size}:{dpr:g}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    made = QPixmap(QSize(size, size) * dpr)
    made.setDevicePixelRatio(dpr)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    draw_shape(painter, shape, QRectF(0, 0, size, size), colour)
    painter.end()
    QPixmapCache.insert(key, made)
    return made


def stamp_shape(painter: QPainter, shape: str, rect: QRectF, colour: QColor) -> None:
    """Draw a shape from the cache in the middle of `rect`, on whole pixels: for delegates."""
    dpr = painter.device().devicePixelRatioF()
    size = int(min(rect.width(), rect.height()))
    picture = shape_pixmap(shape, colour, size, dpr)
    left, top = rect.center().x() - size / 2, rect.center().y() - size / 2
    painter.drawPixmap(QPointF(round(left * dpr) / dpr, round(top * dpr) / dpr), picture)


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _circle() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(50, 50), 40, 40)
    return path


def _ring() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(50, 50), 37, 37)
    return path


def _square() -> QPainterPath:
    path = QPainterPath()
    path.addRect(12, 12, 76, 76)
    return path


def _dash() -> QPainterPath:
    path = QPainterPath()
    path.addRect(8, 43, 84, 14)
    return path


def _check() -> QPainterPath:
    return _polygon((8, 52), (19, 41), (38, 60), (81, 15), (93, 26), (38, 83))


def _flag() -> QPainterPath:
    path = QPainterPath()
    path.addRect(14, 4, 10, 96)
    path.addPath(_polygon((24, 6), (92, 30), (24, 54)))
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _lock() -> QPainterPath:
    shackle = QPainterPath()
    shackle.moveTo(24, 48)
    shackle.lineTo(24, 32)
    shackle.arcTo(QRectF(24, 6, 52, 52), 180, -180)
    shackle.lineTo(76, 48)
    shackle.lineTo(63, 48)
    shackle.lineTo(63, 32)
    shackle.arcTo(QRectF(37, 19, 26, 26), 0, 180)
    shackle.lineTo(37, 48)
    shackle.closeSubpath()
    body = QPainterPath()
    body.addRoundedRect(QRectF(12, 46, 76, 48), 8, 8)
    return shackle.united(body)


_PATHS: Final[dict[str, Callable[[], QPainterPath]]] = {
    "circle": _circle,
    "open_circle": _ring,
    "ring": _ring,
    "triangle": lambda: _polygon((50, 10), (96, 90), (4, 90)),
    "open_triangle": lambda: _polygon((50, 22), (88, 84), (12, 84)),
    "diamond": lambda: _polygon((50, 0), (100, 50), (50, 100), (0, 50)),
    "open_diamond": lambda: _polygon((50, 10), (90, 50), (50, 90), (10, 50)),
    "square": _square,
    "dash": _dash,
    "up": lambda: _polygon((50, 16), (90, 82), (10, 82)),
    "down": lambda: _polygon((50, 84), (10, 18), (90, 18)),
    "lock": _lock,
    "check": _check,
    "flag": _flag,
}
SHAPES: Final = tuple(_PATHS)
