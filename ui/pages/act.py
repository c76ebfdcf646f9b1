"""Act: the countermeasures of a unit and below it, late ones first, and the chosen one beside them to change.

Every field is one step when it is left. Stopping and escalating ask a reason, because it stays with the measure.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from indsteer.answers.act import ActAnswer, ActRow, Group, act_answer
from indsteer.answers.effects import effect_input, parse_effect
from indsteer.domain.countermeasure import ESCALATIONS, Escalation, Status
from indsteer.errors import SteerError
from indsteer.operations import countermeasures
from indsteer.operations.countermeasures import MeasureDraft
from indsteer.operations.errors import BadDateError
from indsteer.operations.measure_parts import change_parts
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes
from indsteer.words.days import day_input, parse_day
from ui import theme
from ui.delegates.plain import PlainDelegate
from ui.delegates.status import StatusDelegate
from ui.desk import Desk
from ui.models.act import COLUMNS, ActModel
from ui.pages.base import Page
from ui.widgets.base import Label, Surface
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.notice import EmptyState
from ui.widgets.picker import Picker
from ui.widgets.sentence import Sentence

WIDTHS = (17.0, 34.0, 17.0, 15.0, 17.0)
FIELDS = ("title", "indicator", "owner", "support", "start", "due", "expected", "note")


class MeasureDrawer(Surface):
    """The chosen countermeasure, field by field, and what can be done with it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("bg", parent)
        self.desk = desk
        self.head = Label("", "section")
        self.state = Label("", "small", "text2", wrap=True)
        self.fields = {name: QLineEdit() for name in FIELDS if name != "indicator"}
        self.indicator = Picker()
        self.labels = {name: Label("", "small", "text2") for name in (*FIELDS, "reason")}
        self.reason = QLineEdit()
        self.start_button, self.done_button, self.embed_button = QuietButton(), PrimaryButton(), QuietButton()
        self.stop_button, self.escalate_button, self.reopen_button = QuietButton(), QuietButton(), QuietButton()
        self._row: ActRow | None = None
        self._lay_out()
        for name, field in self.fields.items():
            field.editingFinished.connect(lambda n=name: self.keep(n))
        self.indicator.activated.connect(lambda _: self.keep("indicator"))
        for button, act in (
            (self.start_button, lambda: self.to(Status.RUNNING)),
            (self.done_button, lambda: self.to(Status.DONE)),
            (self.embed_button, lambda: self.to(Status.EMBEDDED)),
            (self.stop_button, lambda: self.to(Status.STOPPED)),
            (self.reopen_button, lambda: self.to(Status.RUNNING)),
            (self.escalate_button, self.escalate),
        ):
            button.clicked.connect(act)

    def retranslate(self) -> None:
        """All words."""
        words = self.desk.words
        self.setAccessibleName(words("act.drawer"))
        for name, label in self.labels.items():
            label.set_text(words(f"act.field.{name}"))
        for name, field in (*self.fields.items(), ("indicator", self.indicator), ("reason", self.reason)):
            field.setAccessibleName(words(f"act.field.{name}"))
        for name in ("start", "due"):
            self.fields[name].setPlaceholderText(words("act.field.day_hint"))
        for button, key in (
            (self.start_button, "start"),
            (self.done_button, "done"),
            (self.embed_button, "embed"),
            (self.stop_button, "stop"),
            (self.reopen_button, "reopen"),
            (self.escalate_button, "escalate"),
        ):
            button.set_text(words(f"act.action.{key}"))

    def show_row(self, row: ActRow | None, answer: ActAnswer | None) -> None:
        """Fill the fields."""
        self._row = row
        words, editable = self.desk.words, self.desk.editable and row is not None
        choices = answer.choices if answer else ()
        none = ("", words("act.field.no_indicator"), 0)
        self.indicator.set_options((none, *((c.code, c.name, 0) for c in choices)))
        texts = self._texts(row)
        for name, field in self.fields.items():
            field.setText(texts.get(name, ""))
            field.setReadOnly(not editable)
        self.indicator.set_chosen(row.measure.indicator if row else "")
        self.indicator.setEnabled(editable)
        self.reason.clear()
        self.reason.setReadOnly(not editable)
        self.head.set_text(f"{row.measure.number}  {row.unit_name}" if row else words("act.choose"))
        self.state.set_text(self._state(row) if row else "" if self.desk.editable else words("act.read_only"))
        status = row.measure.status if row else Status.DONE
        running, planned = status is Status.RUNNING, status is Status.PLANNED
        for button, shown in (
            (self.start_button, planned),
            (self.done_button, running or planned),
            (self.embed_button, status is Status.DONE or running),
            (self.stop_button, running or planned),
            (self.escalate_button, running or planned),
            (self.reopen_button, not (running or planned)),
        ):
            button.setVisible(shown and row is not None)
            button.setEnabled(editable)

    def keep(self, name: str) -> None:
        """Store one field when it was changed; what cannot be read keeps its old value and says so."""
        row = self._row
        if row is None or not self.desk.editable:
            return
        try:
            parts = self._parts(row, name)
        except SteerError as error:
            self.desk.tell(error)
            self.fields[name].setText(self._texts(row).get(name, ""))
            return
        if parts:
            measure = row.measure.id
            self._do(lambda file: change_parts(file, measure, **parts))

    def to(self, status: Status) -> None:
        """Another status; stopping takes the reason from the line above the buttons."""
        if self._row is not None:
            measure, outcome = self._row.measure.id, self.reason.text()
            self._do(lambda file: countermeasures.set_countermeasure_status(file, measure, status, outcome))

    def escalate(self) -> None:
        """One level higher, or the level that is proposed, with the reason from the line above."""
        row = self._row
        if row is None:
            return
        at = ESCALATIONS.index(row.measure.escalation)
        higher: Escalation = row.proposed or ESCALATIONS[min(at + 1, len(ESCALATIONS) - 1)]
        measure, why = row.measure.id, self.reason.text()
        self._do(lambda file: countermeasures.escalate_countermeasure(file, measure, higher, why))

    def _do(self, operation: Callable[[SteerFile], Changes]) -> None:
        self.desk.do(operation, None, self._refused)

    def _refused(self, error: Exception) -> None:
        self.desk.tell(error)
        self.reason.setFocus()

    def _texts(self, row: ActRow | None) -> dict[str, str]:
        if row is None:
            return {}
        words, m = self.desk.words, row.measure
        return {
            "title": m.title,
            "owner": m.owner,
            "support": m.support,
            "start": day_input(m.start, words.language),
            "due": day_input(m.due, words.language),
            "expected": effect_input(words, m.expected, row.indicator),
            "note": m.expected_note,
        }

    def _parts(self, row: ActRow, name: str) -> dict[str, object]:
        if name == "indicator":
            changed = self.indicator.chosen != row.measure.indicator
            return {"indicator": self.indicator.chosen} if changed else {}
        text = self.fields[name].text().strip()
        if text == self._texts(row)[name]:
            return {}
        if name in ("start", "due"):
            day = parse_day(text, self.desk.session.today().year) if text else ""
            if day is None:
                raise BadDateError(found=text)
            return {name: day}
        if name == "expected":
            return {name: parse_effect(self.desk.words, text, row.indicator)}
        return {"expected_note" if name == "note" else name: text}

    def _state(self, row: ActRow) -> str:
        words = self.desk.words
        parts = [
            words(f"act.status.{row.measure.status.value}"),
            words(f"act.escalation.{row.measure.escalation.value}"),
        ]
        if row.group is Group.OVERDUE:
            parts.append(
                words("act.proposed.why", n=row.days_late) if row.proposed else words("act.cell.late", n=row.days_late)
            )
        if row.measure.outcome:
            parts.append(words("act.field.outcome", text=row.measure.outcome))
        return " · ".join(parts)

    def _lay_out(self) -> None:
        sizes = theme.metrics()
        self.setFixedWidth(sizes.drawer)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.gap4, sizes.gap3, sizes.gap4, sizes.gap3)
        column.setSpacing(sizes.gap2)
        column.addWidget(self.head)
        column.addWidget(self.state)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(sizes.gap1)
        for name in FIELDS:
            form.addRow(self.labels[name], self.indicator if name == "indicator" else self.fields[name])
        column.addLayout(form)
        column.addStretch(1)
        column.addWidget(self.labels["reason"])
        column.addWidget(self.reason)
        for pair in (
            (self.start_button, self.done_button, self.reopen_button),
            (self.embed_button,),
            (self.stop_button, self.escalate_button),
        ):
            row = QHBoxLayout()
            row.setSpacing(sizes.gap2)
            for button in pair:
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)


class ActPage(Page):
    """The page."""

    KEY = "act"
    TABLES = frozenset({"countermeasure", "unit", "indicator"})
    NEEDS_PERIOD = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.sentence = Sentence()
        self.model = ActModel(desk.words, self)
        self.table = _ActTable()
        self.drawer = MeasureDrawer(desk)
        self.new_line = QLineEdit()
        self.new_button = PrimaryButton("", "")
        self.empty = EmptyState()
        self._answer: ActAnswer | None = None
        self._chosen = ""
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.new_line.returnPressed.connect(self.add)
        self.new_button.clicked.connect(self.add)
        self.empty.next_step.connect(lambda: desk.go("check"))
        QShortcut(QKeySequence("Alt+N"), self, self.new_line.setFocus)

    def reload(self) -> None:
        """Ask for the countermeasures of this unit and below."""
        desk = self.desk
        if not desk.place.unit:
            self._stack.setCurrentIndex(1)
            return
        unit, today, language = desk.place.unit, desk.session.today(), desk.words.language
        answer = desk.session.read(lambda c: act_answer(c, unit, today, language="en" if language == "en" else "nl"))
        self._answer = answer
        self._stack.setCurrentIndex(0)
        self._say(answer)
        chosen = self._chosen
        self.model.set_answer(answer, desk.words)
        place = max(0, self.model.place(chosen))
        self.table.setCurrentIndex(self.model.index(place, 0))
        self._show_row()

    def retranslate(self) -> None:
        """All words."""
        words = self.desk.words
        self.setAccessibleName(words("nav.act"))
        self.table.setAccessibleName(words("act.name"))
        self.new_line.setPlaceholderText(words("act.field.new_hint"))
        self.new_line.setAccessibleName(words("act.action.new"))
        self.new_line.setEnabled(self.desk.editable)
        self.new_button.set_text(words("act.action.new"))
        self.new_button.setEnabled(self.desk.editable)
        self.empty.set_texts(words("act.empty.title"), words("act.empty.why"), words("act.empty.step"))
        self.drawer.retranslate()

    def regions(self) -> tuple[QWidget, ...]:
        """Table, drawer."""
        return (self.table, self.drawer)

    def narrow(self, text: str) -> None:
        """Keep the measures with this text."""
        self.model.narrow(text)
        self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_row()

    @Slot()
    def add(self) -> None:
        """A new countermeasure with this title; the rest is filled in beside it."""
        place, title = self.desk.place, self.new_line.text()
        self.desk.do(
            lambda file: countermeasures.add_countermeasure(file, place.unit, place.period, MeasureDraft(title)),
            self._added,
        )

    def _added(self, changes: Changes) -> None:
        self.new_line.clear()
        number = str(dict(changes.facts).get("number", ""))
        answer = self._answer
        row = next((r for r in answer.rows if r.measure.number == number), None) if answer else None
        if row is not None:
            self.table.setCurrentIndex(self.model.index(self.model.place(row.measure.id), 0))
            self.drawer.fields["owner"].setFocus()

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_row()

    def _show_row(self) -> None:
        row = self.model.row(self.table.currentIndex().row())
        self._chosen = row.measure.id if row else ""
        self.drawer.show_row(row, self._answer)

    def _say(self, answer: ActAnswer) -> None:
        words, late = self.desk.words, answer.count(Group.OVERDUE)
        if late:
            tone, lead = "bad", words("act.lead.overdue", n=late)
        elif answer.open:
            tone, lead = "good", words("act.lead.on_time", n=answer.open)
        else:
            tone, lead = "none", words("act.lead.none_open")
        if answer.proposals:
            second = words("act.second.proposed", n=answer.proposals)
        else:
            second = words("act.second.closed", n=answer.count(Group.CLOSED))
        self.sentence.set_text(lead, tone, second)

    def _lay_out(self) -> None:
        sizes = theme.metrics()
        self.table.setModel(self.model)
        self.table.setItemDelegate(PlainDelegate(self.table))
        self.table.setItemDelegateForColumn(COLUMNS.index("state"), StatusDelegate(self.table))
        add = QHBoxLayout()
        add.setSpacing(sizes.gap2)
        add.addWidget(self.new_line, 1)
        add.addWidget(self.new_button)
        left = QVBoxLayout()
        left.setContentsMargins(sizes.gap5, sizes.gap3, sizes.gap4, sizes.gap3)
        left.setSpacing(sizes.gap3)
        left.addWidget(self.sentence)
        left.addWidget(self.table, 1)
        left.addLayout(add)
        full = QWidget()
        both = QHBoxLayout(full)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addLayout(left, 1)
        both.addWidget(self.drawer)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(full)
        self._stack.addWidget(self.empty)


class _ActTable(QTableView):
    """Whole rows, no grid; its columns keep their shares of the width."""

    def __init__(self) -> None:
        super().__init__()
        sizes = theme.metrics()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(sizes.row)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(sizes.head)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        for place, share in enumerate(WIDTHS):
            self.setColumnWidth(place, int(self.viewport().width() * share / sum(WIDTHS)))
