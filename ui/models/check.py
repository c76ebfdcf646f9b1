"""The table of Check: one row per indicator, with its verdicts and its sparkline."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from indsteer.analysis.verdicts import Verdict
from indsteer.answers.check import CheckAnswer, CheckRow, deviation_text, gap_text, shown
from indsteer.words import Words
from ui import theme
from ui.delegates.sparkline import DATUM_ROLE
from ui.delegates.status import STATUS_ROLE, Status

_Index = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()
COLUMNS = ("indicator", "value", "target", "deviation", "change", "standing", "to_date", "capability", "trend")
NUMBERS = ("value", "target", "deviation")
VERDICTS = ("change", "standing", "to_date", "capability")


class CheckModel(QAbstractTableModel):
    """The rows of a `CheckAnswer`; `narrow` keeps those whose name contains a text."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._answer: CheckAnswer | None = None
        self._filter = ""
        self._rows: tuple[CheckRow, ...] = ()

    def set_answer(self, answer: CheckAnswer, words: Words) -> None:
        """Show another answer."""
        self.beginResetModel()
        self._words, self._answer = words, answer
        self._take()
        self.endResetModel()

    def narrow(self, text: str) -> None:
        """Keep the rows whose name contains this text."""
        self.beginResetModel()
        self._filter = text.lower().strip()
        self._take()
        self.endResetModel()

    def row(self, index: int) -> CheckRow | None:
        """The row shown at this place."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def place(self, indicator: str) -> int:
        """Where an indicator is shown, -1 when it is not."""
        return next((i for i, row in enumerate(self._rows) if row.indicator == indicator), -1)

    def rowCount(self, parent: _Index = _INVALID) -> int:
        """Indicators."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _INVALID) -> int:
        """Name, figures, verdicts, sparkline."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The column's words; the figure's column is named after the month."""
        if side != Qt.Orientation.Horizontal:
            return None
        name = COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if name in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(across | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if name == "value":
            return self._words.period_name(self._answer.period) if self._answer else ""
        return self._words(f"check.column_{name}")

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, and says aloud."""
        row, name = self.row(index.row()), COLUMNS[index.column()]
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            status = self._status(row, name)
            said = status.spoken() if status else self._text(row, name)
            return f"{self.headerData(index.column(), Qt.Orientation.Horizontal)}: {said or row.name}"
        if role == STATUS_ROLE:
            return self._status(row, name)
        if role == DATUM_ROLE and name == "trend" and not row.chart.hidden:
            return row.chart
        return self._look(row, name, role)

    def _look(self, row: CheckRow, name: str, role: int) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if name in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(across | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole:
            return theme.font("strong" if name == "value" or (name == "indicator" and row.attention) else "body")
        if role == Qt.ItemDataRole.ForegroundRole:
            quiet = name in ("target", "deviation") or (name == "value" and row.value is None)
            return theme.tokens().text2 if quiet else theme.tokens().text
        if role == Qt.ItemDataRole.ToolTipRole and name == "deviation" and row.version:
            return self._words("check.version", version=row.version)
        return None

    def _text(self, row: CheckRow, name: str) -> str:
        if name == "indicator":
            measure = "%" if row.percent else self._words.measure(row.measure)
            return f"{row.name}  {measure}" if measure else row.name
        if name == "value":
            return self._words("verdict.hidden.small_group") if row.chart.hidden else shown(self._words, row, row.value)
        if name == "target":
            return shown(self._words, row, row.target)
        if name == "deviation":
            return deviation_text(self._words, row)
        return ""

    def _status(self, row: CheckRow, name: str) -> Status | None:
        if name not in VERDICTS:
            return None
        verdict: Verdict = getattr(row, name)
        evidence = ""
        if name == "to_date" and verdict.facts.get("gap") is not None:
            share, gap = verdict.facts.get("share"), verdict.facts["gap"]
            if isinstance(share, float):
                evidence = self._words.percent(share, 1, plus=True)
            elif isinstance(gap, float):
                evidence = gap_text(self._words, row, gap)
        strong = verdict.tone in ("bad", "warn")
        return Status(verdict.tone, self._words(f"check.{verdict.key}"), evidence, strong=strong)

    def _take(self) -> None:
        rows = self._answer.rows if self._answer else ()
        self._rows = tuple(row for row in rows if self._filter in row.name.lower())
