"""Our charts beside their floors, interleaved in one run; only the ratios mean something.

usage: python tests/looks/bench_chart.py PATH_OF_PERF_FOLDER [reps]   (the folder with chartkit.py: plain techniques)
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, sys.argv[1])

import chartkit  # type: ignore[import-not-found]
import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from indsteer.analysis.chart import ChartDatum, ChartMark, ChartSegment
from tests.looks.chart_samples import months, texts
from ui import theme
from ui.delegates.sparkline import DATUM_ROLE, SparklineDelegate
from ui.plots.painter import ChartPainter
from ui.plots.trend_chart import TrendChart

REPS = int(sys.argv[2]) if len(sys.argv) > 2 else 9
Raw = dict[str, list[float]]
_Index = QModelIndex | QPersistentModelIndex


def as_datum(raw: Raw) -> ChartDatum:
    """The same chart as chartkit's data, in our value."""
    n, size = len(raw["act"]), len(raw["target"])
    mean, low, high = (float(raw[k]) for k in ("mean", "lcl", "ucl"))  # type: ignore[arg-type]
    beyond = [i for i, v in enumerate(raw["act"]) if v > high or v < low]
    return ChartDatum(
        "U", "Unit", "I", "Indicator", "zaken", "higher", False, 0, months(size, 2015, 1),
        (*raw["act"], *([None] * (size - n))), (False,) * size, tuple(raw["target"]),
        (ChartSegment(0, n, mean, low, high, provisional=False),),
        tuple(ChartMark(i, "beyond", "concern") for i in beyond), (), n - 1,
    )  # fmt: skip


class Canvas(QWidget):
    """One or many charts painted by one widget."""

    def __init__(self, charts: list[ChartPainter], columns: int) -> None:
        super().__init__()
        self.charts, self.columns = charts, columns

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens().panel)
        rows = -(-len(self.charts) // self.columns)
        width, height = self.width() / self.columns, self.height() / rows
        for at, chart in enumerate(self.charts):
            box = QRectF(at % self.columns * width, at // self.columns * height, width, height)
            chart.paint_chart(painter, box)


class FloorCanvas(QWidget):
    """The same by chartkit's painter: the floor."""

    def __init__(self, charts: list[chartkit.Painter], columns: int) -> None:
        super().__init__()
        self.charts, self.columns = charts, columns

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rows = -(-len(self.charts) // self.columns)
        width, height = self.width() // self.columns, self.height() // rows
        for at, chart in enumerate(self.charts):
            painter.save()
            painter.translate(at % self.columns * width, at // self.columns * height)
            chart.paint(painter, width, height)
            painter.restore()


class Rows(QAbstractTableModel):
    """200 rows with a sparkline of 60 points."""

    def __init__(self, data: list[ChartDatum]) -> None:
        super().__init__()
        self.data_ = data

    def rowCount(self, _parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 200

    def columnCount(self, _parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 2

    def data(self, index: _Index, role: int = 0) -> object:
        if role == 0 and index.column() == 0:
            return f"row {index.row()}"
        return self.data_[index.row()] if role == DATUM_ROLE else None


class Floor(QStyledItemDelegate):
    """Cached polygons, width 1: the floor of PERFORMANCE.md."""

    cache: dict[tuple[int, int, int], QPolygonF] = {}  # noqa: RUF012

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect, key = option.rect, (index.row(), option.rect.width(), option.rect.height())
        poly = self.cache.get(key)
        if poly is None:
            values = [v or 0.0 for v in index.data(DATUM_ROLE).actual]
            low, high = min(values), max(values)
            step = key[1] / (len(values) - 1)
            poly = QPolygonF([QPointF(i * step, key[2] * (1 - (v - low) / (high - low))) for i, v in enumerate(values)])
            self.cache[key] = poly
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#154273"), 1))
        painter.translate(rect.topLeft())
        painter.drawPolyline(poly)
        painter.restore()


def shown(widget: QWidget, width: int, height: int) -> QWidget:
    """Shown and painted."""
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    return widget


def compare(title: str, cases: dict[str, Callable[[], object]], floor: str) -> None:
    """Medians of interleaved runs, as ratios to the floor."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for rep in range(REPS + 2):
        for name, run in cases.items():
            start = time.perf_counter()
            run()
            if rep > 1:
                times[name].append(time.perf_counter() - start)
    base = statistics.median(times[floor])
    print(title)
    for name, found in times.items():
        middle = statistics.median(found)
        print(f"  {name:34} {middle * 1e3:8.2f} ms  {middle / base:6.2f} x {floor}")


def main() -> None:  # noqa: PLR0915  one comparison after another
    """All comparisons."""
    app = QApplication(sys.argv[:1])
    theme.apply(app, "light")
    pg.setConfigOptions(antialias=True)
    raw = [chartkit.data(i) for i in range(60)]
    data = [as_datum(r) for r in raw]
    words = [texts(d) for d in data]
    floor = FloorCanvas([chartkit.Painter(raw[0])], 1)
    shown(floor, 1000, 500)
    trend = TrendChart()
    trend.wake()
    trend.set_datum(data[0], words[0])
    shown(trend, 1000, 500)
    plain = chartkit.pg_widget(raw[0])
    shown(plain, 1000, 500)
    base, state = np.array(raw[0]["act"]), {"i": 0}

    def run_floor() -> None:
        state["i"] += 1
        floor.charts[0].set(raw[state["i"] % 60])
        floor.repaint()

    def run_trend() -> None:
        state["i"] += 1
        at = state["i"] % 60
        trend.set_datum(data[at], words[at])
        app.processEvents()

    def run_plain() -> None:
        plain._c.setData(plain._x[: len(base)], base + np.random.default_rng(1).random(len(base)))
        app.processEvents()

    one = ChartPainter()
    canvas = Canvas([one], 1)
    one.set_datum(data[0], words[0])
    shown(canvas, 1000, 500)

    def run_ours() -> None:
        state["i"] += 1
        at = state["i"] % 60
        one.set_datum(data[at], words[at])
        canvas.repaint()

    compare(
        "new data -> drawn, 1000 x 500",
        {"qpainter": run_floor, "ChartPainter": run_ours, "TrendChart": run_trend, "pyqtgraph": run_plain},
        "qpainter",
    )

    def page(make: Callable[[], QWidget]) -> Callable[[], None]:
        def run() -> None:
            widget = shown(make(), 1800, 1500)
            widget.hide()
            widget.deleteLater()
            app.processEvents()

        return run

    compare(
        "page of 60 charts, first paint",
        {
            "qpainter": page(lambda: FloorCanvas([chartkit.Painter(r, legend=False) for r in raw], 6)),
            "ChartPainter": page(lambda: Canvas([ChartPainter(d, t) for d, t in zip(data, words, strict=True)], 6)),
        },
        "qpainter",
    )
    many = [as_datum(chartkit.data(i)) for i in range(200)]
    many = [
        ChartDatum(
            **{
                **{f: getattr(d, f) for f in d.__slots__},
                "periods": d.periods[:60],
                "actual": d.actual[:60],
                "target": (),
                "provisional": (False,) * 60,
            }
        )
        for d in many
    ]
    views = []
    for delegate in (Floor(), SparklineDelegate()):
        view = QTableView()
        view.setModel(Rows(many))
        view.verticalHeader().setDefaultSectionSize(20)
        view.setColumnWidth(1, 160)
        delegate.setParent(view)
        view.setItemDelegateForColumn(1, delegate)
        view.model().setParent(view)
        shown(view, 400, 4040)
        views.append(view)
    compare(
        "200 sparklines, repaint",
        {"cached polygons": views[0].viewport().repaint, "SparklineDelegate": views[1].viewport().repaint},
        "cached polygons",
    )


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
