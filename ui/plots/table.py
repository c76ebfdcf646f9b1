"""A chart as a table: the same data, one row per period, for who reads rather than looks."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from indsteer.analysis.chart import ChartDatum
from ui.plots.texts import ChartTexts

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class ChartTableModel(QAbstractTableModel):
    """Period, actual, target, remark; texts as the chart writes them, the value itself under `UserRole`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._datum: ChartDatum | None = None
        self._texts: ChartTexts | None = None

    def set_datum(self, datum: ChartDatum | None, texts: ChartTexts | None) -> None:
        """Show this from now on."""
        self.beginResetModel()
        self._datum, self._texts = datum, texts
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """One row per period."""
        return 0 if parent.isValid() or self._datum is None else len(self._datum.periods)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Period, actual, target, remark."""
        return 0 if parent.isValid() else 4

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, its side, and its value."""
        datum, texts = self._datum, self._texts
        if not index.isValid() or datum is None or texts is None:
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in (1, 2) else _LEFT
        actual = None if datum.hidden else datum.actual[row]  # the screen never relies on the core alone
        value = (None, actual, datum.target[row], None)[column]
        if role == Qt.ItemDataRole.UserRole:
            return value
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if column == 0:
            return texts.long[row]
        if column == 3:
            return texts.remark(row)
        return "" if value is None else texts.number(value)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The heads of the columns."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return _RIGHT if section in (1, 2) else _LEFT
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._texts.columns[section] if self._texts is not None and 0 <= section < 4 else None
