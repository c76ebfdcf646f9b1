"""The list of Act: one row per countermeasure, late ones first."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from indsteer.answers.act import ActAnswer, ActRow, Group
from indsteer.answers.effects import effect_text
from indsteer.words import Words
from ui import theme
from ui.delegates.status import STATUS_ROLE, Status

_Index = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()
COLUMNS = ("state", "measure", "owner", "due", "expected")


class ActModel(QAbstractTableModel):
    """The rows of an `ActAnswer`; `narrow` keeps those whose words contain a text."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._answer: ActAnswer | None = None
        self._filter = ""
        self._rows: tuple[ActRow, ...] = ()

    def set_answer(self, answer: ActAnswer, words: Words) -> None:
        """Show another answer."""
        self.beginResetModel()
        self._words, self._answer = words, answer
        self._take()
        self.endResetModel()

    def narrow(self, text: str) -> None:
        """Keep the rows that contain this text."""
        self.beginResetModel()
        self._filter = text.lower().strip()
        self._take()
        self.endResetModel()

    def row(self, index: int) -> ActRow | None:
        """The row shown at this place."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def place(self, measure: str) -> int:
        """Where a countermeasure is shown, -1 when it is not."""
        return next((i for i, row in enumerate(self._rows) if row.measure.id == measure), -1)

    def rowCount(self, parent: _Index = _INVALID) -> int:
        """Countermeasures."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _INVALID) -> int:
        """State, what, who, when, expected."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The column's words."""
        if side != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole or COLUMNS[section] == "state":
            return None
        return self._words(f"act.column.{COLUMNS[section]}")

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, and says aloud."""
        row, name = self.row(index.row()), COLUMNS[index.column()]
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._status(row).spoken() if name == "state" else self._text(row, name)
        if role == STATUS_ROLE and name == "state":
            return self._status(row)
        if role == Qt.ItemDataRole.FontRole and name == "measure":
            return theme.font("strong")
        if role == Qt.ItemDataRole.ForegroundRole and not row.measure.is_open:
            return theme.tokens().text2
        return None

    def _text(self, row: ActRow, name: str) -> str:
        words, measure = self._words, row.measure
        if name == "measure":
            return f"{measure.number}  {measure.title}"
        if name == "owner":
            return measure.owner or words("act.cell.no_owner")
        if name == "due":
            return words.day(measure.due) if measure.due else words("act.cell.no_due")
        if name == "expected":
            return effect_text(words, measure.expected, row.indicator) or words("act.cell.no_expected")
        return ""

    def _status(self, row: ActRow) -> Status:
        if row.group is Group.OVERDUE:
            return Status("bad", self._words("act.cell.late", n=row.days_late), strong=True)
        tones = {"running": "info", "planned": "none", "stopped": "na"}
        return Status(
            tones.get(row.measure.status.value, "good"), self._words(f"act.status.{row.measure.status.value}")
        )

    def _take(self) -> None:
        rows = self._answer.rows if self._answer else ()
        self._rows = tuple(r for r in rows if self._filter in f"{r.measure.title} {r.measure.owner}".lower())
