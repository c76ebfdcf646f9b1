"""The trend chart of a page: kept, read by key, named, and a table when asked."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.looks.chart_samples import datum, texts
from ui import theme
from ui.plots.table import ChartTableModel
from ui.plots.trend_chart import TrendChart

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def chart(qtbot: QtBot) -> TrendChart:
    made = TrendChart()
    qtbot.addWidget(made)
    made.set_datum(datum(), texts(datum()))
    made.resize(700, 420)
    made.show()
    made.wake()
    QApplication.processEvents()
    return made


def test_it_draws_the_data(chart: TrendChart) -> None:
    of = chart.datum
    assert of is not None
    drawn = chart.drawn()
    assert [(p.index, p.value) for p in drawn] == [(i, v) for i, v in enumerate(of.actual) if v is not None]
    image = chart.grab().toImage()
    ink = theme.tokens().data.rgb()
    assert sum(image.pixel(x, y) == ink for x in range(image.width()) for y in range(image.height())) > 200


def test_it_looks_the_same_before_and_after_it_wakes(qtbot: QtBot) -> None:
    made = TrendChart()
    qtbot.addWidget(made)
    made.set_datum(datum(), texts(datum()))
    made.resize(700, 420)
    made.show()
    QApplication.processEvents()
    before = made.grab().toImage()
    made.wake()
    QApplication.processEvents()
    assert made.grab().toImage() == before


def test_new_data_replaces_the_old_without_a_new_chart(chart: TrendChart) -> None:
    other = datum(seed=5)
    view = chart._view
    chart.set_datum(other, texts(other))
    QApplication.processEvents()
    assert [p.value for p in chart.drawn()] == [v for v in other.actual if v is not None]
    assert chart._view is view
    shorter = datum(10, 2)
    chart.set_datum(shorter, texts(shorter))
    assert len(chart.drawn()) == 10


def test_arrows_read_the_values_out(qtbot: QtBot, chart: TrendChart) -> None:
    of = chart.datum
    assert of is not None
    seen: list[int] = []
    chart.point_changed.connect(seen.append)
    QTest.keyClick(chart, Qt.Key.Key_Left)  # the first key shows the latest figure
    assert chart.cursor_index == of.now
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert seen == [of.now, of.now - 1, of.now, 0, len(of.periods) - 1]
    assert chart.readout == texts(of).point(len(of.periods) - 1)
    assert chart.readout in chart.accessibleDescription()


def test_hovering_moves_the_cursor(qtbot: QtBot, chart: TrendChart) -> None:
    view = chart._view
    assert view is not None
    point = chart.drawn()[12]
    with qtbot.waitSignal(chart.point_changed) as caught:
        QTest.mouseMove(view.viewport(), QPointF(point.x, 100).toPoint())
    assert caught.args == [12]


def test_new_data_takes_the_cursor_away(chart: TrendChart) -> None:
    QTest.keyClick(chart, Qt.Key.Key_Home)
    chart.set_datum(datum(seed=3), texts(datum(seed=3)))
    assert (chart.cursor_index, chart.readout) == (-1, "")


def test_t_shows_the_table_and_t_the_chart(qtbot: QtBot, chart: TrendChart) -> None:
    chart.activateWindow()
    qtbot.waitUntil(chart.isActiveWindow)
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_T)
    assert chart.table.isVisible()
    of = chart.datum
    assert of is not None
    model = chart.table.model()
    shown = [model.index(row, 1).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]
    assert tuple(shown) == of.actual
    assert chart.table.accessibleName() == "Productie van AA/VA Noord"
    QTest.keyClick(chart.table, Qt.Key.Key_T)
    assert not chart.table.isVisible()
    chart.toggle_table()
    QTest.keyClick(chart.table, Qt.Key.Key_Escape)
    assert not chart.table.isVisible()


def test_the_table_follows_new_data(chart: TrendChart) -> None:
    chart.toggle_table()
    other = datum(10, 2, 7)
    chart.set_datum(other, texts(other))
    assert chart.table.model().rowCount() == 12


def test_it_has_a_name_and_a_summary(chart: TrendChart) -> None:
    spoken = QAccessible.queryAccessibleInterface(chart)
    assert spoken.text(QAccessible.Text.Name) == "Productie van AA/VA Noord"
    assert spoken.text(QAccessible.Text.Description).startswith("Productie ligt sinds")


def test_a_new_look_is_drawn(themed: QApplication, chart: TrendChart) -> None:
    theme.apply(themed, "dark")
    QApplication.processEvents()
    image = chart.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert theme.tokens().data.rgb() in colours
    assert theme.tokens().band.rgb() in colours


def test_hidden_and_empty_charts_can_be_asked_anything(chart: TrendChart) -> None:
    hidden = datum(hidden="small", actual=(None,) * 40, segments=(), marks=(), now=-1)
    for of, words in ((hidden, texts(hidden, state="te klein")), (None, None)):
        chart.set_datum(of, words)
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_T, Qt.Key.Key_T):
            QTest.keyClick(chart, key)
        assert chart.drawn() == ()
        assert not chart.grab().isNull()


def test_zooming_in_time_keeps_the_points_exact(qtbot: QtBot, chart: TrendChart) -> None:
    view = chart._view
    assert view is not None
    view._box.setXRange(9.5, 20.5, padding=0)
    made = view.layout_now()
    assert made is not None
    assert [p.index for p in chart.drawn()] == list(range(10, 21))
    assert all(made.plot.left() <= p.x <= made.plot.right() for p in chart.drawn())
    assert chart.datum is not None
    view.show_all(chart.datum)
    assert len(chart.drawn()) == 36


def test_without_pyqtgraph_until_it_wakes() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; a = QApplication([]);"
        "from ui.plots.trend_chart import TrendChart; from tests.looks.chart_samples import datum, texts;"
        "c = TrendChart(); c.set_datum(datum(), texts(datum())); c.show(); a.processEvents(); c.grab();"
        "assert not {'pyqtgraph', 'numpy'} & set(sys.modules);"
        "c.wake(); assert 'pyqtgraph' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60, capture_output=True)


def test_the_table_model_is_sound(themed: QApplication) -> None:
    model = ChartTableModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_datum(datum(), texts(datum()))
    assert model.index(7, 0).data() == "apr 2022"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Realisatie"
    model.set_datum(datum(hidden="small_group"), texts(datum()))
    assert {model.index(row, 1).data() for row in range(model.rowCount())} == {""}
    assert {model.index(row, 1).data(Qt.ItemDataRole.UserRole) for row in range(40)} == {None}
    model.set_datum(None, None)
    assert tester.model() is model


SOAK = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui import theme
from ui.plots.trend_chart import TrendChart
from tests.looks.chart_samples import datum, texts
app = QApplication([])
theme.apply(app, "light")
for i in range(int(sys.argv[1])):
    chart = TrendChart()
    chart.set_datum(datum(seed=i), texts(datum(seed=i)))
    chart.resize(600, 400)
    chart.show()
    chart.wake()
    app.processEvents()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    chart.set_datum(datum(seed=i + 1), texts(datum(seed=i + 1)))
    if i % 7 == 0:
        chart.toggle_table()
        theme.apply(app, ("dark", "light")[i % 2])
    app.processEvents()
    chart.close()
    chart.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
print("survived", len(app.allWidgets()))
"""


@pytest.mark.slow
def test_opening_and_closing_sixty_charts_does_not_crash_or_leak() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", SOAK, "60"],
        cwd=ROOT, check=False, timeout=300, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    word, left = done.stdout.split()
    assert word == "survived"
    assert int(left) < 10
