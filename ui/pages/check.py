"""Check: one sentence, the verdicts of every indicator, the trend of the selected one, and why.

The order of reading is the order of the page: sentence, table, chart, cause. Writing a cause is one step per
leaving the field; Ctrl+Enter makes a countermeasure of it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QKeySequence, QPalette, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from indsteer.answers.check import CheckAnswer, CheckRow, check_answer
from indsteer.domain.review import Cause
from indsteer.operations import countermeasures, notes
from indsteer.operations.countermeasures import MeasureDraft
from indsteer.store.journal import Changes
from indsteer.store.queries import reviews
from ui import theme
from ui.delegates.plain import PlainDelegate
from ui.delegates.sparkline import SparklineDelegate
from ui.delegates.status import StatusDelegate
from ui.desk import Desk
from ui.models.check import COLUMNS, VERDICTS, CheckModel
from ui.pages.base import Page
from ui.plots.trend_chart import TrendChart
from ui.plots.words import chart_texts
from ui.widgets.base import Label, Surface, ink
from ui.widgets.buttons import Chip, PrimaryButton
from ui.widgets.notice import EmptyState
from ui.widgets.sentence import Sentence

TAGS = ("vacancies", "plan", "leave", "way_of_working", "training", "system", "supply")
# Shares of the table's width: names wide enough to read, figures narrow, verdicts by their longest word.
WIDTHS = {
    "indicator": 17.0, "value": 8.0, "target": 6.5, "deviation": 8.5, "change": 11.5, "standing": 9.5,
    "to_date": 13.0, "capability": 9.5, "trend": 10.5,
}  # fmt: skip


def _nothing() -> None:
    """Nobody listens yet."""


class CauseText(QPlainTextEdit):
    """A text that reports itself when it is left, once, and only when it changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.kept = ""
        self.leave: Callable[[], None] = _nothing

    def show_text(self, text: str) -> None:
        """Show what is stored."""
        self.kept = text
        if self.toPlainText() != text:
            self.setPlainText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field is one step."""
        super().focusOutEvent(event)
        self.leave()


class CausePanel(Surface):
    """Why a figure is what it is: chips, a text, the next step, and what was written before."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("bg", parent)
        self.desk = desk
        self.title, self.about = Label("", "section"), Label("", "small", "muted")
        self.text = CauseText()
        self.chips = {tag: Chip() for tag in TAGS}
        self.button = PrimaryButton("", "Ctrl+Return")
        self.earlier = QLabel()
        self.earlier.setTextFormat(Qt.TextFormat.PlainText)
        self.earlier.setWordWrap(True)
        self.earlier.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.earlier_title = Label("", "section")
        self._row: CheckRow | None = None
        self._place = desk.place
        self._tags: tuple[str, ...] = ()
        self._lay_out()
        self.text.leave = self.keep
        self.button.clicked.connect(self.make_measure)
        for chip in self.chips.values():
            chip.clicked.connect(self.keep)

    def retranslate(self) -> None:
        """All words."""
        words = self.desk.words
        self.title.set_text(words("check.cause_title"))
        self.text.setPlaceholderText(words("check.cause_hint"))
        self.text.setAccessibleName(words("check.cause_hint"))
        self.button.set_text(words("check.make_measure"))
        self.earlier_title.set_text(words("check.cause_earlier"))
        for tag, chip in self.chips.items():
            chip.set_text(words(f"check.tag.{tag}"))

    def show_row(self, row: CheckRow | None, causes: list[Cause], *, locked: bool) -> None:
        """The causes of an indicator, this month's in the field."""
        words, place = self.desk.words, self.desk.place
        self._row, self._place = row, place
        mine = next((c for c in causes if c.period == place.period), None)
        self._tags = mine.tags if mine else ()
        self.text.show_text(mine.text if mine else "")
        about = words("check.cause_of", indicator=row.name, period=place.period) if row else ""
        self.about.set_text(f"{about}, {words('check.cause_locked')}" if locked and row else about)
        for tag, chip in self.chips.items():
            chip.setChecked(tag in self._tags)
            chip.setEnabled(row is not None and self.desk.editable)
        self.text.setReadOnly(row is None or not self.desk.editable)
        self.button.setEnabled(row is not None and self.desk.editable)
        self.earlier.setText(self._earlier([c for c in causes if c is not mine]))
        self.earlier.setAccessibleName(self.earlier.text())

    @Slot()
    def keep(self) -> None:
        """Store the text and the chips when they changed."""
        row, place = self._row, self._place
        tags = tuple(tag for tag, chip in self.chips.items() if chip.isChecked())
        text = self.text.toPlainText().strip()
        if row is None or not self.desk.editable or (text == self.text.kept and set(tags) == set(self._tags)):
            return
        self.text.kept, self._tags = text, tags
        unit, period, indicator = place.unit, place.period, row.indicator
        self.desk.do(lambda file: notes.write_cause(file, unit, indicator, period, text, tags))

    @Slot()
    def make_measure(self) -> None:
        """A countermeasure from this row: its title and indicator are filled in, the rest in Act."""
        row, place = self._row, self._place
        if row is None or not self.desk.editable:
            return
        self.keep()
        words = self.desk.words
        title = self.text.toPlainText().strip().split("\n")[0][:80]
        title = title or words("check.measure_title", indicator=row.name, period=place.period)
        draft = MeasureDraft(title, row.indicator)
        unit, period = place.unit, place.period
        self.desk.do(lambda file: countermeasures.add_countermeasure(file, unit, period, draft), self._made)

    def _made(self, changes: Changes) -> None:
        number = str(dict(changes.facts).get("number", ""))
        words, desk = self.desk.words, self.desk
        text = words("check.measure_made", number=number)
        desk.say(text, "good", words("nav.act"), lambda: desk.go("act"))

    def _earlier(self, causes: list[Cause]) -> str:
        words = self.desk.words
        if not causes:
            return words("check.cause_none")
        parts = []
        for cause in causes[:6]:
            key = "check.cause_line" if cause.role else "check.cause_line_plain"
            parts.append(f"{words(key, period=cause.period, role=cause.role)}\n{cause.text}")
        return "\n\n".join(parts)

    def _lay_out(self) -> None:
        sizes = theme.metrics()
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.gap4, sizes.gap3, sizes.gap5, sizes.gap3)
        column.setSpacing(sizes.gap2)
        column.addWidget(self.title)
        column.addWidget(self.about)
        self.text.setFixedHeight(theme.em(7))
        column.addWidget(self.text)
        chips = list(self.chips.values())
        for start in range(0, len(chips), 2):
            row = QHBoxLayout()
            row.setSpacing(sizes.gap1)
            for chip in chips[start : start + 2]:
                row.addWidget(chip)
            row.addStretch(1)
            column.addLayout(row)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column.addWidget(self.button)
        column.addSpacing(sizes.gap2)
        column.addWidget(self.earlier_title)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ink(scroll.viewport(), theme.tokens().bg, QPalette.ColorRole.Window)
        theme.theme().changed.connect(lambda: ink(scroll.viewport(), theme.tokens().bg, QPalette.ColorRole.Window))
        scroll.setWidget(self.earlier)
        scroll.viewport().setAutoFillBackground(True)
        self.earlier.setAutoFillBackground(False)
        column.addWidget(scroll, 1)


class CheckTable(QTableView):
    """The verdict rows; its columns keep their shares of the width."""

    def minimumSizeHint(self) -> QSize:
        """The head and a few rows."""
        return QSize(super().minimumSizeHint().width(), theme.metrics().head + 4 * theme.metrics().dense_row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        total = sum(WIDTHS.values())
        for place, name in enumerate(COLUMNS):
            self.setColumnWidth(place, int(self.viewport().width() * WIDTHS[name] / total))


class CheckPage(Page):
    """The page."""

    KEY = "check"
    TABLES = frozenset(
        {"actual", "stated", "target", "plan_version", "cause", "event", "rebase", "review", "unit", "setting",
         "norm_time", "term", "indicator", "countermeasure"}
    )  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.sentence = Sentence()
        self.table = CheckTable()
        self.model = CheckModel(desk.words, self)
        self.chart = TrendChart()
        self.cause = CausePanel(desk)
        self.empty = EmptyState()
        self._answer: CheckAnswer | None = None
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.empty.next_step.connect(lambda: desk.go("data"))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.cause.make_measure)

    @property
    def answer(self) -> CheckAnswer | None:
        """What is shown."""
        return self._answer

    def reload(self) -> None:
        """Ask for the verdicts of this place."""
        desk, place = self.desk, self.desk.place
        if not place.unit or not place.period:
            self._stack.setCurrentIndex(1)
            return
        ground = desk.session.ground()
        self._answer = desk.session.read(lambda c: check_answer(c, ground, desk.words, place.unit, place.period))
        self._stack.setCurrentIndex(0 if self._answer.rows else 1)
        words, answer = desk.words, self._answer
        self.sentence.set_text(
            words(answer.lead, **answer.lead_facts, **({} if answer.lead_facts else {"period": place.period})),
            answer.tone,
            words(answer.second, **answer.second_facts),
        )
        self.table.selectionModel().blockSignals(True)  # noqa: FBT003  one drawing, of the row that is chosen
        self.model.set_answer(answer, words)
        self.table.setAccessibleName(words("check.table_name", unit=answer.unit_name, period=place.period))
        asked = self.model.place(place.indicator)
        behind = next((i for i, row in enumerate(answer.rows) if row.to_date.tone == "warn"), 0)
        first = next((i for i, row in enumerate(answer.rows) if row.attention), behind)
        self.table.selectionModel().blockSignals(False)  # noqa: FBT003
        self.table.setCurrentIndex(self.model.index(asked if asked >= 0 else first, 0))
        self._share_height()
        QTimer.singleShot(0, self._share_height)  # again when the splitter has its height
        self._show_row()

    def retranslate(self) -> None:
        """All words."""
        words = self.desk.words
        self.cause.retranslate()
        self.empty.set_texts(words("check.no_rows"), words("check.no_rows_why"), words("check.no_rows_step"))
        self.setAccessibleName(words("nav.check"))

    def regions(self) -> tuple[QWidget, ...]:
        """Table, chart, cause."""
        return (self.table, self.chart, self.cause)

    def narrow(self, text: str) -> None:
        """Keep the indicators with this text in their name."""
        self.model.narrow(text)
        self.table.setCurrentIndex(self.model.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The table keeps whole rows."""
        super().resizeEvent(event)
        self._share_height()

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.cause.keep()
        row = self.model.row(self.table.currentIndex().row())
        if row is not None:
            self.desk.place_quietly(row.indicator)
        self._show_row()

    def _show_row(self) -> None:
        row = self.model.row(self.table.currentIndex().row())
        answer = self._answer
        if row is None or answer is None:
            self.chart.set_datum(None, None)
            self.cause.show_row(None, [], locked=False)
            return
        self.chart.set_datum(row.chart, chart_texts(self.desk.words, row.chart))
        found = self.desk.session.read(lambda c: reviews.causes(c, answer.unit, row.indicator))
        self.cause.show_row(row, found, locked=answer.signed)

    def _lay_out(self) -> None:
        sizes = theme.metrics()
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(PlainDelegate(table))
        status, spark = StatusDelegate(table), SparklineDelegate(table)
        for name in VERDICTS:
            table.setItemDelegateForColumn(COLUMNS.index(name), status)
        table.setItemDelegateForColumn(COLUMNS.index("trend"), spark)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(sizes.dense_row)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setFixedHeight(sizes.head)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.addWidget(self.chart)
        below.addWidget(self.cause)
        below.setStretchFactor(0, 3)
        below.setStretchFactor(1, 1)
        below.setChildrenCollapsible(False)
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(table)
        both.addWidget(below)
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        self._both = both
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(sizes.gap5, sizes.gap3, 0, 0)
        column.setSpacing(sizes.gap2)
        column.addWidget(self.sentence)
        column.addWidget(both, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(full)
        self._stack.addWidget(self.empty)

    def _share_height(self) -> None:
        """All rows when they fit in half of the page, else as many whole rows as do."""
        sizes, height = theme.metrics(), self._both.height()
        room = max(4, (height * 11 // 20 - sizes.head) // sizes.dense_row)
        wanted = sizes.head + min(self.model.rowCount(), room) * sizes.dense_row + 1
        self._both.setSizes([wanted, height - wanted])
        given = self._both.sizes()[0]  # what is below may ask more room than that leaves
        if 0 < given < wanted:
            whole = sizes.head + (given - sizes.head) // sizes.dense_row * sizes.dense_row + 1
            self._both.setSizes([whole, height - whole])
