"""What every page gets by constructor: the session, the words, the place (unit and period), and ways to talk.

There is no global application object: a page that needs something asks its `Desk`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction

from indsteer.errors import SteerError
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes, StepRecord
from indsteer.words import Words
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user is: the unit, the month, and the indicator that is selected ("" = the page's own choice)."""

    unit: str = ""
    period: str = ""
    indicator: str = ""


class Desk(QObject):
    """Services of one window.

    place_changed(Place), words_changed(), went(page key), said(text, tone, action words, action).
    """

    place_changed = Signal(object)
    words_changed = Signal()
    went = Signal(str)
    said = Signal(str, str, str, object)

    def __init__(self, session: Session, words: Words, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.settings = settings
        self.actions: dict[str, QAction] = {}
        self._words = words
        self._place = Place()

    @property
    def words(self) -> Words:
        """The language of now."""
        return self._words

    @words.setter
    def words(self, words: Words) -> None:
        self._words = words
        self.words_changed.emit()

    @property
    def place(self) -> Place:
        """Where the user is."""
        return self._place

    @property
    def editable(self) -> bool:
        """Whether anything can be changed: the one place where read-only is decided."""
        return self.session.writable

    def move(self, *, unit: str | None = None, period: str | None = None, indicator: str | None = None) -> None:
        """Go to another unit, period or indicator; what is None stays."""
        wanted = self._place
        if unit is not None and unit != wanted.unit:
            wanted = replace(wanted, unit=unit, indicator="")
        if period is not None:
            wanted = replace(wanted, period=period)
        if indicator is not None:
            wanted = replace(wanted, indicator=indicator)
        if wanted != self._place:
            self._place = wanted
            self.place_changed.emit(wanted)

    def place_quietly(self, indicator: str) -> None:
        """Remember which indicator is selected without moving anyone."""
        self._place = replace(self._place, indicator=indicator)

    def go(
        self, page: str, *, unit: str | None = None, period: str | None = None, indicator: str | None = None
    ) -> None:
        """Show a page, at another place when given."""
        self.move(unit=unit, period=period, indicator=indicator)
        self.went.emit(page)

    def say(self, text: str, tone: str = "info", action: str = "", then: Callable[[], None] | None = None) -> None:
        """One line under the header, with a button when `action` has its words; an empty text takes it away."""
        self.said.emit(text, tone, action, then)

    def tell(self, error: Exception) -> None:
        """Say what went wrong: the user's mistakes in their own words, ours plainly."""
        if isinstance(error, SteerError):
            self.say(self.words.error(error), "warn")
        else:
            self.say(self.words("common.bug"), "bad")

    def do(
        self,
        operation: Callable[[SteerFile], Changes],
        then: Callable[[Changes], None] | None = None,
        refused: Callable[[Exception], None] | None = None,
    ) -> None:
        """Queue an operation, e.g. `desk.do(lambda file: plan.set_targets(file, ...))`; refusals are told."""
        self.session.do_then(operation, then, refused or self.tell)

    def step_text(self, record: StepRecord) -> str:
        """What a step did, in words: "3 realisaties ingevuld"."""
        facts = {name: str(fact) if name == "year" else fact for name, fact in record.facts.items()}
        return self.words(f"steps.{record.key}", **facts)
