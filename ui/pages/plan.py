"""Plan: the targets of a unit for a year, in versions that are drafted, agreed and revised with a reason."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from indsteer.answers.plan import PlanAnswer, plan_answer
from indsteer.operations import plan
from indsteer.operations.plan import TargetEdit
from indsteer.store.journal import Changes
from ui import theme
from ui.desk import Desk, Place
from ui.models.cells import GridEdit
from ui.pages.base import Page
from ui.pages.plan_content import codes_shown, content_of
from ui.widgets.base import Hairline, Label, Surface
from ui.widgets.buttons import PrimaryButton, QuietButton, StepButton
from ui.widgets.grid import Grid
from ui.widgets.notice import EmptyState
from ui.widgets.picker import Picker
from ui.widgets.reason import ReasonPanel, ReasonTexts
from ui.widgets.sentence import Sentence
from ui.widgets.tick import Tick
from ui.widgets.versions import VersionTabs


class PlanPage(Page):
    """Year and versions, sentence, grid of indicators by months."""

    KEY: ClassVar[str] = "plan"
    NEEDS_PERIOD: ClassVar[bool] = False
    TABLES: ClassVar[frozenset[str]] = frozenset(
        {"actual", "target", "plan_version", "unit", "unit_parent", "quantity", "indicator", "setting"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._answer: PlanAnswer | None = None
        self._year, self._version, self._compared, self._narrow = 0, "", "", ""
        self._kept: tuple[tuple[str, int, str], frozenset[str]] = (("", 0, ""), frozenset())
        self.sentence, self.grid = Sentence(), Grid(desk.words, two_lines=True)
        self.tabs, self.compare, self.without = VersionTabs(), Picker(), Tick()
        self.new_button, self.agree_button = QuietButton(), PrimaryButton()
        self._before, self._after, self._year_label = StepButton("left"), StepButton("right"), Label("", "section")
        self.reason, self._empty = ReasonPanel(), EmptyState()
        self._lay_out()
        self._connect()

    @property
    def answer(self) -> PlanAnswer | None:
        """What is shown."""
        return self._answer

    @property
    def is_open(self) -> bool:
        """Whether targets can be typed now."""
        return self._answer is not None and self._answer.draft and self.desk.editable

    def reload(self) -> None:
        """Ask for the answer of the place and draw it."""
        place, session = self.desk.place, self.desk.session
        if not place.unit:
            self._answer = None
            self._stack.setCurrentWidget(self._empty)
            return
        if not self._year:
            self._year = int(place.period[:4]) if place.period else session.today().year
        language = "en" if self.desk.words.language == "en" else "nl"
        self._answer = session.read(
            lambda file: plan_answer(
                file, place.unit, self._year, session.today(), version=self._version, compared=self._compared,
                language=language, ground=session.ground,
            )
        )  # fmt: skip
        self._stack.setCurrentWidget(self._body)
        self._draw()

    def retranslate(self) -> None:
        """Words that do not depend on the answer."""
        words = self.desk.words
        self.grid.set_words(words, words("plan.table"))
        self.tabs.setAccessibleName(words("plan.versions"))
        self.compare.setAccessibleName(words("plan.compare_with"))
        self._before.set_text(words("plan.year_before"))
        self._after.set_text(words("plan.year_after"))
        self.agree_button.set_text(words("plan.agree"))
        step = words("actions.sample") if "sample" in self.desk.actions else ""
        self._empty.set_texts(words("plan.empty_title"), words("plan.empty_why"), step)

    def regions(self) -> tuple[QWidget, ...]:
        """Versions, reason, grid."""
        return (self._bar, self.reason, self.grid)

    def narrow(self, text: str) -> None:
        """Only the rows with this text in their name."""
        self._narrow = text
        self._draw_grid()

    def show_year(self, year: int) -> None:
        """Show the plan of another year."""
        self._year, self._version, self._compared = year, "", ""
        self.reason.dismiss()
        self.reload()

    def _lay_out(self) -> None:
        self._bar, self._top = Surface("panel"), Surface("bg")
        self._bar_row, self._top_row = QHBoxLayout(self._bar), QVBoxLayout(self._top)
        for button in (self.new_button, self.agree_button):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._year_label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for widget in (self._before, self._year_label, self._after, self.tabs, self.compare, self.without):
            self._bar_row.addWidget(widget)
        self._bar_row.addStretch(1)
        self._bar_row.addWidget(self.new_button)
        self._bar_row.addWidget(self.agree_button)
        self._top_row.addWidget(self.sentence)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._bar, Hairline(), self._top, self.reason, Hairline()):
            column.addWidget(part)
        column.addWidget(self.grid, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._body)
        self._stack.addWidget(self._empty)
        theme.theme().changed.connect(self._restyle)
        self._restyle()

    def _connect(self) -> None:
        self.grid.grid.edited.connect(self._on_edited)
        self.grid.told.connect(self.desk.say)
        self.tabs.chosen.connect(self._on_version)
        self.compare.activated.connect(self._on_compare)
        self._empty.next_step.connect(self._open_sample)
        self.without.toggled.connect(self._draw_grid)
        self.new_button.clicked.connect(self._ask_new)
        self.agree_button.clicked.connect(self._ask_agree)
        self._before.clicked.connect(lambda: self.show_year(self._year - 1))
        self._after.clicked.connect(lambda: self.show_year(self._year + 1))
        for key, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(key), self).activated.connect(lambda by=by: self.tabs.step(by))

    def _draw(self) -> None:
        answer, words = self._answer, self.desk.words
        if answer is None:
            return
        self._year_label.set_text(str(answer.year))
        self._before.setEnabled(answer.year > answer.years[0])
        self._after.setEnabled(answer.year < answer.years[-1])
        self.tabs.set_versions(
            tuple(
                (
                    v.code,
                    v.code,
                    words("plan.agreed", day=v.agreed_on) if v.agreed_on else words("plan.draft"),
                    bool(v.agreed_on),
                )
                for v in answer.versions
            ),
            answer.version.code if answer.version else "",
        )
        options = [("", words("plan.no_comparison"), 0)]
        options += [(code, words("plan.difference", version=code), 0) for code in answer.others]
        self.compare.set_options(tuple(options))
        self.compare.set_chosen(answer.compared)
        self.compare.setVisible(bool(answer.others) and not answer.rolled)
        place = (answer.unit, answer.year, answer.version.code if answer.version else "")
        kept = self._kept[1] if self._kept[0] == place else frozenset()
        self._kept = (place, kept | codes_shown(answer))  # a row does not vanish while one works on it
        lacking = len(answer.rows) - len(self._kept[1])
        self.without.set_text(words("plan.without_target", n=lacking))
        self.without.setVisible(bool(lacking))
        first = answer.version is None
        text = words("plan.new_year", year=str(answer.year)) if first else words("plan.new_version")
        self.new_button.set_text(text)
        self.new_button.setVisible(self.desk.editable)
        self.agree_button.setVisible(self.is_open)
        self.agree_button.setEnabled(bool(answer.filled))
        self._draw_sentence(answer)
        self._draw_grid()

    def _draw_sentence(self, answer: PlanAnswer) -> None:
        words, version = self.desk.words, answer.version
        if version is None:
            lead = words("plan.lead.none", year=str(answer.year))
            self.sentence.set_text(lead, "none", words("plan.second.none"), ())
            return
        if answer.rolled:
            lead, second, tone = words("plan.lead.rolled", unit=answer.unit_name), words("plan.second.rolled"), "none"
        elif version.agreed_on:
            lead = words("plan.lead.agreed", name=version.name, day=version.agreed_on)
            second, tone = words("plan.second.agreed"), "good"
        else:
            whole = sum(1 for row in answer.rows if row.known == len(row.cells))
            key = "draft_empty" if not answer.filled else "draft_full" if whole == answer.filled else "draft"
            facts = {"filled": str(whole), "all": str(answer.filled)} if key == "draft" else {}
            lead = words(f"plan.lead.{key}", name=version.name, **facts)
            tone = "good" if key == "draft_full" else "warn" if key == "draft" else "none"
            second = words("plan.second.draft_fixed", n=answer.fixed) if answer.fixed else words("plan.second.draft")
        emphasis = None if answer.draft else ()
        more = [second]
        if version.reason:
            more.append(words("plan.second.reason", reason=version.reason.rstrip(".")) + ".")
        if answer.compared:
            more.append(words("plan.second.compared", version=answer.compared))
        elif answer.closed:
            more.append(words("plan.second.actuals"))
        self.sentence.set_text(lead, tone, " ".join(more), emphasis)

    @Slot()
    def _draw_grid(self) -> None:
        if self._answer is None:
            return
        shown = {row.code for row in self._answer.rows} if self.without.isChecked() else self._kept[1]
        content = content_of(self._answer, self.desk.words, shown, is_open=self.is_open, narrow=self._narrow)
        self.grid.set_content(content.rows, content.columns, content.cells)
        if self.grid.current_key is None and content.rows:
            month = min(self._answer.fixed, 11)
            first = next((row.key for row in content.rows if not row.heading), "")
            self.grid.go_to(first, content.columns[month].key)

    @Slot(object, str)
    def _on_edited(self, edits: tuple[GridEdit, ...], _kind: str) -> None:
        answer = self._answer
        if answer is None or answer.version is None:
            return
        year, code = answer.year, answer.version.code
        wanted = [TargetEdit(answer.unit, e.row, e.column, e.value) for e in edits]

        def refused(error: Exception) -> None:
            self.grid.grid.clear_marks()
            self.grid.grid.saved(edits)
            self.desk.tell(error)

        self.desk.do(
            lambda file: plan.set_targets(file, year, code, wanted),
            lambda _changes: self.grid.grid.saved(edits),
            refused,
        )

    @Slot()
    def _open_sample(self) -> None:
        self.desk.actions["sample"].trigger()

    @Slot(str)
    def _on_version(self, code: str) -> None:
        self._version = code
        if self._compared == code:
            self._compared = ""
        self.reload()

    @Slot()
    def _on_compare(self) -> None:
        self._compared = self.compare.chosen
        self.reload()

    @Slot()
    def _ask_new(self) -> None:
        answer, words = self._answer, self.desk.words
        if answer is None:
            return
        year, base = answer.year, answer.version
        if base is None:
            texts = ReasonTexts(
                words("plan.ask.first_title", year=str(year)), words("plan.ask.first_text"), "",
                words("plan.ask.confirm_new"), words("common.cancel"), words("plan.ask.code"), answer.suggested,
            )  # fmt: skip
            self.reason.ask(texts, lambda _why, code: self._add(year, code), needed=False)
            return
        texts = ReasonTexts(
            words("plan.ask.new_title", year=str(year)), words("plan.ask.new_text", base=base.name),
            words("plan.ask.reason"), words("plan.ask.confirm_new"), words("common.cancel"), words("plan.ask.code"),
            answer.suggested,
        )  # fmt: skip
        self.reason.ask(texts, lambda why, code: self._revise(year, base.code, code, why))

    def _add(self, year: int, code: str) -> None:
        self._version = code
        self.desk.do(lambda file: plan.add_version(file, year, code, f"{code} {year}"))

    def _revise(self, year: int, base: str, code: str, why: str) -> None:
        self._version = code
        self.desk.do(lambda file: plan.revise_version(file, year, base, code, f"{code} {year}", why))

    @Slot()
    def _ask_agree(self) -> None:
        answer, words = self._answer, self.desk.words
        if answer is None or answer.version is None:
            return
        year, code = answer.year, answer.version.code
        texts = ReasonTexts(
            words("plan.ask.agree_title", name=answer.version.name), words("plan.ask.agree_text"), "",
            words("plan.ask.confirm_agree"), words("common.cancel"), words("plan.ask.day"),
            self.desk.session.today().isoformat(),
        )  # fmt: skip
        self.reason.ask(
            texts,
            lambda _why, day: self.desk.do(lambda file: plan.agree_version(file, year, code, day)),
            needed=False,
        )

    @Slot(object)
    def _on_place(self, place: object) -> None:
        if isinstance(place, Place) and self._answer is not None:
            if place.unit != self._answer.unit:
                self.grid.grid.clear_marks()
                self.reason.dismiss()
            if place.period and int(place.period[:4]) != self._year and not self.isVisible():
                self._year, self._version, self._compared = 0, "", ""
        super()._on_place(place)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.key in ("undo", "redo"):
            self.grid.grid.clear_marks()
        super()._on_changed(changes)

    def _restyle(self) -> None:
        sizes = theme.metrics()
        self._bar_row.setContentsMargins(sizes.gap5 - sizes.gap2, 0, sizes.gap5, 0)
        self._bar_row.setSpacing(sizes.gap2)
        self._bar.setFixedHeight(sizes.head + sizes.gap1)
        self._top_row.setContentsMargins(sizes.gap5, sizes.gap3, sizes.gap5, sizes.gap3)
        self.new_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
