"""Do: a team fills in its month, sees at once what does not fit, and makes it final."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from indsteer.analysis.identities import Breach
from indsteer.answers.do import CLOSED, DoAnswer, DoRow, DoState, do_answer
from indsteer.operations import actuals
from indsteer.operations.actuals import ActualEdit
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes
from indsteer.store.queries.history import actual_history
from ui import theme
from ui.desk import Desk, Place
from ui.models.cells import GridEdit, Pasted
from ui.pages.base import Page
from ui.pages.do_content import ENTRY, content_of
from ui.pages.do_drawer import Drawer
from ui.pages.do_words import answers_of, breach_text, emphasis_of, history_of, lead_of, paste_notes, sum_of
from ui.widgets.base import Hairline, Label, Surface
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.grid import Grid
from ui.widgets.notice import EmptyState
from ui.widgets.ratios import RatioLine
from ui.widgets.reason import ReasonPanel, ReasonTexts
from ui.widgets.sentence import Sentence

Operation = Callable[[SteerFile], Changes]


class DoPage(Page):
    """Sentence, grid, drawer, and what follows from the figures."""

    KEY: ClassVar[str] = "do"
    TABLES: ClassVar[frozenset[str]] = frozenset(
        {"actual", "target", "plan_version", "review", "unit", "unit_parent", "quantity", "indicator", "setting"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._answer: DoAnswer | None = None
        self._narrow = ""
        self._closed = CLOSED
        self._history = False  # Alt+H: show the history although something does not fit
        self._correcting = ""  # the reason, while a signed month is being corrected
        self._pasted: dict[str, str] = {}
        self.sentence, self.grid, self.drawer = Sentence(), Grid(desk.words), Drawer()
        self.paste_button, self.final_button = QuietButton("", hint="Ctrl+V"), PrimaryButton("", "Ctrl+Return")
        self.other_button, self._why = QuietButton(), Label("", "small", "text2")
        self.reason, self._ratios, self._empty = ReasonPanel(), RatioLine(), EmptyState()
        self._lay_out()
        self._connect()

    @property
    def answer(self) -> DoAnswer | None:
        """What is shown."""
        return self._answer

    @property
    def is_open(self) -> bool:
        """Whether values can be typed now."""
        if self._answer is None or not self.desk.editable:
            return False
        state = self._answer.state
        return state in (DoState.EMPTY, DoState.PROVISIONAL) or (state is DoState.SIGNED and bool(self._correcting))

    def reload(self) -> None:
        """Ask for the answer of the place and draw it."""
        place, session = self.desk.place, self.desk.session
        if not place.unit or not place.period:
            self._answer = None
            self._stack.setCurrentWidget(self._empty)
            return
        language = "en" if self.desk.words.language == "en" else "nl"
        self._answer = session.read(
            lambda file: do_answer(file, place.unit, place.period, session.today(), language, session.ground)
        )
        self._stack.setCurrentWidget(self._body)
        self._draw()

    def retranslate(self) -> None:
        """Words that do not depend on the answer."""
        words = self.desk.words
        self.grid.set_words(words, words("do.table"))
        self.drawer.set_keys(words("do.keys"), words("do.drawer"))
        self.paste_button.set_text(words("do.paste"))
        step = words("actions.sample") if "sample" in self.desk.actions else ""
        self._empty.set_texts(words("do.empty_title"), words("do.empty_why"), step)

    def regions(self) -> tuple[QWidget, ...]:
        """Grid, reason, drawer, buttons."""
        return (self.grid, self.reason, self.drawer, self._top)

    def narrow(self, text: str) -> None:
        """Only the rows with this text in their name."""
        self._narrow = text
        if self._answer is not None:
            self._draw()

    @Slot()
    def next_open_point(self, by: int = 1) -> None:
        """F8: the next cell that is missing or does not fit."""
        if self._answer is None:
            return
        codes = [row.code for row in self._answer.rows]
        points = [codes.index(code) for code in self._answer.open_points]
        if not points:
            self.desk.say(self.desk.words("do.no_open_points"), "good")
            return
        key = self.grid.current_key
        at = codes.index(key[0]) if key and key[0] in codes else (-1 if by > 0 else len(codes))
        ahead = [p for p in points if p > at] if by > 0 else [p for p in reversed(points) if p < at]
        self.grid.go_to(codes[ahead[0] if ahead else points[0 if by > 0 else -1]], ENTRY)
        self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has a narrow drawer, a very narrow one has none."""
        super().resizeEvent(event)
        wide = self.width() >= theme.em(94)
        self.drawer.setFixedWidth(theme.metrics().drawer if wide else theme.em(23))
        self.grid.set_compact(compact=not wide)
        closed = CLOSED if wide else CLOSED - 1
        if closed != self._closed:
            self._closed = closed
            self._draw()
        roomy = self.width() >= theme.em(66)
        self.drawer.setVisible(roomy)
        self._edge.setVisible(roomy)

    def _lay_out(self) -> None:
        self._top, left = Surface("bg"), QVBoxLayout()
        buttons, row = QHBoxLayout(), QHBoxLayout(self._top)
        for button in (self.paste_button, self.other_button, self.final_button):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button)
        self._why.setAlignment(Qt.AlignmentFlag.AlignRight)
        side = QVBoxLayout()
        side.addLayout(buttons)
        side.addWidget(self._why)
        row.addWidget(self.sentence, 1)
        row.addLayout(side)
        self._head, self._side, self._buttons = row, side, buttons
        for widget in (self.reason, self.grid, Hairline(), self._ratios):
            left.addWidget(widget, 1 if widget is self.grid else 0)
        left.setSpacing(0)
        self._edge = Hairline(vertical=True)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left, 1)
        middle.addWidget(self._edge)
        middle.addWidget(self.drawer)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(Hairline())
        column.addLayout(middle, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._body)
        self._stack.addWidget(self._empty)
        theme.theme().changed.connect(self._restyle)
        self._restyle()

    def _connect(self) -> None:
        self.grid.grid.edited.connect(self._on_edited)
        self.grid.told.connect(self.desk.say)
        self.grid.pasted.connect(self._on_pasted)
        self.grid.chosen.connect(self._on_chosen)
        self._empty.next_step.connect(self._open_sample)
        self.drawer.answered.connect(self._on_answered)
        self.paste_button.clicked.connect(self._paste)
        self.final_button.clicked.connect(self._make_final)
        self.other_button.clicked.connect(self._on_other)
        for key, by in (("F8", 1), ("Shift+F8", -1)):
            short = QShortcut(QKeySequence(key), self)
            short.activated.connect(lambda by=by: self.next_open_point(by))
        QShortcut(QKeySequence("Alt+H"), self).activated.connect(self._toggle_history)

    def _draw(self) -> None:
        answer, words = self._answer, self.desk.words
        if answer is None:
            return
        text, tone, second = lead_of(answer, words)
        if self._correcting:
            second = words("do.correcting", reason=self._correcting)
        self.sentence.set_text(text, tone, second, emphasis_of(answer, words))
        content = content_of(
            answer, words, is_open=self.is_open, narrow=self._narrow, pasted=self._beside(), closed=self._closed
        )
        self.grid.set_content(content.rows, content.columns, content.cells)
        if self.grid.current_key is None:
            first = answer.open_points[0] if answer.open_points else next((r.code for r in answer.rows), "")
            self.grid.go_to(first, ENTRY)
        self._ratios.set_ratios(answer, words)
        self._draw_buttons(answer)
        self._draw_drawer()

    def _draw_buttons(self, answer: DoAnswer) -> None:
        words, state, editable = self.desk.words, answer.state, self.desk.editable
        points = len(answer.open_points)
        entering = state in (DoState.EMPTY, DoState.PROVISIONAL)
        self.paste_button.setVisible(state is not DoState.ROLLUP)
        self.paste_button.setEnabled(self.is_open)
        self.final_button.set_text(words("do.make_final", period=answer.period))
        self.final_button.setVisible(entering)
        self.final_button.setEnabled(editable and state is DoState.PROVISIONAL and not points)
        why = ""
        if not editable:
            why = words("do.why_read_only")
        elif state is DoState.EMPTY:
            why = words("do.why_empty")
        elif state is DoState.PROVISIONAL and points:
            why = words("do.why_open", n=points)
        self._why.set_text(why)
        self._why.setVisible(bool(why))
        self.other_button.setVisible(state in (DoState.FINAL, DoState.SIGNED))
        self.other_button.setEnabled(editable)
        if state is DoState.FINAL:
            self.other_button.set_text(words("do.reopen", period=answer.period))
        else:
            self.other_button.set_text(words("do.correct_done" if self._correcting else "do.correct"))

    def _draw_drawer(self) -> None:
        answer, words, key = self._answer, self.desk.words, self.grid.current_key
        row = answer.row(key[0]) if answer and key else None
        if answer is None or row is None or key is None:
            return
        month = key[1] if key[1] in answer.months else answer.period
        breach = None if self._history or month != answer.period else self._breach_of(row)
        if breach is not None:
            marked = answer.row(breach.marked) or row
            self.drawer.show_problem(
                words("do.breach.title", name=marked.name), "bad", breach_text(answer, breach, words),
                sum_of(answer, breach, words), words("do.breach.question") if self.is_open else "",
                answers_of(answer, breach, words) if self.is_open else (),
            )  # fmt: skip
        elif row.missing and month == answer.period and not self._history:
            text = words("do.missing.text") if self.is_open else words("do.history.locked")
            self.drawer.show_problem(words("do.missing.title", name=row.name), "warn", text, (), "", ())
        elif answer.state is DoState.ROLLUP:
            title = words("do.history.title", name=row.name, period=month)
            self.drawer.show_history(title, words("do.history.rollup"), ())
        else:
            changes = self.desk.session.read(lambda file: actual_history(file, answer.unit, row.code, month))
            title = words("do.history.title", name=row.name, period=month)
            nothing = "" if changes else words("do.history.none")
            self.drawer.show_history(title, nothing, history_of(answer, row.code, changes, words))

    def _breach_of(self, row: DoRow) -> Breach | None:
        """The breach in which this row takes part; one that is marked here goes first."""
        if self._answer is None:
            return None
        taking = [b for b in self._answer.breaches if row.code in b.codes]
        return next((b for b in taking if b.marked == row.code), taking[0] if taking else None)

    def _send(self, edits: tuple[GridEdit, ...]) -> None:
        """Queue the values; a refusal restores them with its sentence."""
        answer = self._answer
        if answer is None:
            return
        wanted = [ActualEdit(answer.unit, e.row, answer.period, e.value, e.reason) for e in edits]
        why = self._correcting

        def run(file: SteerFile) -> Changes:
            return actuals.correct_actuals(file, wanted, why) if why else actuals.set_actuals(file, wanted)

        def refused(error: Exception) -> None:
            self._pasted = {}
            self.grid.grid.clear_marks()
            self.grid.grid.saved(edits)
            self.desk.tell(error)

        self.desk.do(run, lambda _changes: self.grid.grid.saved(edits), refused)

    @Slot(object, str)
    def _on_edited(self, edits: tuple[GridEdit, ...], kind: str) -> None:
        self._pasted = {}
        if kind == "paste" and self._answer is not None:
            now = f"{self.desk.session.now():%H:%M}"
            self._pasted = paste_notes(self._answer, [e.row for e in edits], now, self.desk.words)
        if kind != "paste":
            self.desk.say("")
        self._send(edits)

    def _beside(self) -> dict[str, tuple[str, str]]:
        """What the last paste says beside its rows."""
        found = {row: (text, "info") for row, text in self._pasted.items()}
        for (row, _), text in self.grid.grid.wrong.items():
            found[row] = (self.desk.words("do.note.unread", found=text), "bad")
        return found

    @Slot(object)
    def _on_pasted(self, result: Pasted) -> None:
        if result.wrong:
            self._draw()

    @Slot(str, str)
    def _on_chosen(self, _row: str, _column: str) -> None:
        self._history = False
        self._draw_drawer()

    @Slot(str)
    def _on_answered(self, choice: str) -> None:
        answer, key = self._answer, self.grid.current_key
        row = answer.row(key[0]) if answer and key else None
        breach = self._breach_of(row) if row else None
        if answer is None or breach is None or not self.is_open:
            return
        if choice.startswith("go:"):
            self.grid.go_to(choice.removeprefix("go:"), ENTRY)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        elif choice == "typo":
            self._send((GridEdit(breach.whole, ENTRY, breach.fitting),))
        elif choice == "other":
            other = answer.others[breach.key]
            self._send((GridEdit(other.code, ENTRY, other.fitting),))
        else:
            self._ask("both", lambda reason, _extra: self._accept(breach, reason))

    def _accept(self, breach: Breach, reason: str) -> None:
        """Both numbers are right: the reason stands with the value."""
        row = self._answer.row(breach.marked) if self._answer else None
        if row is not None:
            self._send((GridEdit(breach.marked, ENTRY, row.entry.value, reason),))

    def _ask(self, what: str, then: Callable[[str, str], None]) -> None:
        words, period = self.desk.words, self.desk.place.period
        self.reason.ask(
            ReasonTexts(
                words(f"do.ask.{what}_title", period=period), words(f"do.ask.{what}_text"), words("do.ask.label"),
                words(f"do.ask.confirm_{what}"), words("common.cancel"),
            ),
            then,
        )  # fmt: skip

    @Slot()
    def _open_sample(self) -> None:
        self.desk.actions["sample"].trigger()

    @Slot()
    def _paste(self) -> None:
        key = self.grid.current_key
        if key is not None and key[1] != ENTRY:
            self.grid.go_to(key[0], ENTRY)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.paste()

    @Slot()
    def _make_final(self) -> None:
        if self.grid.editing:  # first the value that is being typed, so that it is judged too
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        place = self.desk.place
        self.desk.do(lambda file: actuals.make_final(file, place.unit, place.period))

    @Slot()
    def _on_other(self) -> None:
        if self._answer is None:
            return
        if self._answer.state is DoState.FINAL:
            place = self.desk.place
            self._ask(
                "reopen",
                lambda why, _extra: self.desk.do(
                    lambda file: actuals.make_provisional(file, place.unit, place.period, why)
                ),
            )
        elif self._correcting:
            self._correct("")
        else:
            self._ask("correct", lambda why, _extra: self._correct(why))

    def _correct(self, reason: str) -> None:
        self._correcting = reason
        self._draw()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _toggle_history(self) -> None:
        self._history = not self._history
        self._draw_drawer()

    @Slot(object)
    def _on_place(self, place: object) -> None:
        shown = self._answer
        if shown is not None and isinstance(place, Place) and (place.unit, place.period) != (shown.unit, shown.period):
            self._correcting, self._history, self._pasted = "", False, {}
            self.grid.grid.clear_marks()
            self.reason.dismiss()
        super()._on_place(place)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.key in ("undo", "redo"):
            self._pasted = {}
            self.grid.grid.clear_marks()
        super()._on_changed(changes)

    def _restyle(self) -> None:
        sizes = theme.metrics()
        self._head.setContentsMargins(sizes.gap5, sizes.gap4, sizes.gap5, sizes.gap3)
        self._head.setSpacing(sizes.gap5)
        self._side.setSpacing(sizes.gap1)
        self._buttons.setSpacing(sizes.gap2)
