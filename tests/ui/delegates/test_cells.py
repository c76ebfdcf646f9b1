"""Cells: a verdict is shape, word and evidence; a history is its own picture; text is plain and fits."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from tests.looks.chart_samples import datum
from ui import theme
from ui.delegates.plain import PlainDelegate
from ui.delegates.sparkline import DATUM_ROLE, SparklineDelegate
from ui.delegates.status import STATUS_ROLE, Status, StatusDelegate


def table(qtbot: QtBot) -> QTableView:
    view = QTableView()
    qtbot.addWidget(view)
    model = QStandardItemModel(2, 3, view)
    for row, status in enumerate((Status("bad", "Onwaarschijnlijk", "< 5 %", strong=True), Status("none", "Ruis"))):
        cell = QStandardItem()
        cell.setData(status, STATUS_ROLE)
        model.setItem(row, 0, cell)
        spark = QStandardItem()
        spark.setData(datum(25, 4, row), DATUM_ROLE)
        model.setItem(row, 1, spark)
        model.setItem(row, 2, QStandardItem("<b>plat</b>"))
    view.setModel(model)
    view.setItemDelegateForColumn(0, StatusDelegate(view))
    view.setItemDelegateForColumn(1, SparklineDelegate(view))
    view.setItemDelegateForColumn(2, PlainDelegate(view))
    for column in range(3):
        view.setColumnWidth(column, 200)
    view.resize(640, 160)
    view.show()
    QApplication.processEvents()
    return view


def ink(view: QTableView, token: str, row: int, column: int) -> int:
    image: QImage = view.viewport().grab().toImage()
    box = QRectF(view.visualRect(view.model().index(row, column)))
    wanted = getattr(theme.tokens(), token).rgb()
    return sum(
        image.pixel(x, y) == wanted
        for x in range(int(box.left()), int(box.right()))
        for y in range(int(box.top()), int(box.bottom()))
    )


def test_a_verdict_is_drawn_in_its_ink(qtbot: QtBot) -> None:
    view = table(qtbot)
    assert ink(view, "bad", 0, 0) > 60
    assert ink(view, "bad", 1, 0) == 0
    assert Status("bad", "Onwaarschijnlijk", "< 5 %").spoken() == "Onwaarschijnlijk < 5 %"


def test_a_history_is_drawn_and_kept(qtbot: QtBot) -> None:
    view = table(qtbot)
    delegate = view.itemDelegateForColumn(1)
    assert isinstance(delegate, SparklineDelegate)
    assert ink(view, "data", 0, 1) > 20
    kept = dict(delegate._pictures)
    view.viewport().repaint()
    assert delegate._pictures == kept
    assert len(kept) == 2


def test_a_history_follows_the_look(qtbot: QtBot, themed: QApplication) -> None:
    view = table(qtbot)
    theme.apply(themed, "dark")
    QApplication.processEvents()
    assert ink(view, "data", 0, 1) > 10


def test_other_values_leave_a_history_blank(qtbot: QtBot) -> None:
    view = table(qtbot)
    model = view.model()
    model.setData(model.index(0, 1), None, DATUM_ROLE)
    assert ink(view, "data", 0, 1) == 0


def test_sizes_hold_what_is_drawn(qtbot: QtBot) -> None:
    view = table(qtbot)
    sizes = theme.metrics()
    assert view.sizeHintForIndex(view.model().index(0, 0)).height() == sizes.row
    assert view.sizeHintForIndex(view.model().index(0, 2)).width() > 2 * sizes.gap2


def test_selection_and_focus_are_seen(qtbot: QtBot) -> None:
    view = table(qtbot)
    view.setCurrentIndex(view.model().index(0, 2))
    view.setFocus(Qt.FocusReason.OtherFocusReason)
    QApplication.processEvents()
    assert ink(view, "sel", 0, 2) > 500
