"""Cells that show a row's history: the painter of charts, drawn once into a picture per row and size."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from indsteer.analysis.chart import ChartDatum
from ui import theme
from ui.plots.painter import ChartPainter

_Index = QModelIndex | QPersistentModelIndex
DATUM_ROLE = int(Qt.ItemDataRole.UserRole) + 101  # a `ChartDatum`; what it says aloud is the model's accessible text
_MOST = 1024


class SparklineDelegate(QStyledItemDelegate):
    """Draws the `ChartDatum` under `DATUM_ROLE` as a sparkline; other values stay empty."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._painter = ChartPainter()
        # The datum is kept beside its picture, so that its id cannot be given to another one.
        self._pictures: dict[tuple[int, int, int], tuple[ChartDatum, QPixmap]] = {}
        self._dpr = 1.0
        theme.theme().changed.connect(self._pictures.clear)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """As wide as two years read well."""
        return QSize(theme.em(10.25), theme.metrics().row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground of the row, then the picture."""
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, option.palette.highlight())
        datum = index.data(DATUM_ROLE)
        if not isinstance(datum, ChartDatum):
            return
        dpr = painter.device().devicePixelRatioF()
        if dpr != self._dpr:
            self._pictures.clear()
            self._dpr = dpr
        width, height = rect.width(), rect.height()
        key = (id(datum), width, height)
        found = self._pictures.get(key)
        if found is None:
            found = (datum, self._draw(datum, width, height, dpr))
            if len(self._pictures) >= _MOST:
                self._pictures.clear()
            self._pictures[key] = found
        painter.drawPixmap(rect.topLeft(), found[1])

    def _draw(self, datum: ChartDatum, width: int, height: int, dpr: float) -> QPixmap:
        picture = QPixmap(round(width * dpr), round(height * dpr))
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        pad = theme.metrics().gap1
        self._painter.set_datum(datum, None)
        self._painter.paint_spark(painter, QRectF(pad, pad, width - 2 * pad, height - 2 * pad))
        painter.end()
        return picture
