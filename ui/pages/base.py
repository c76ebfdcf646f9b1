"""What all pages share: they draw an answer, and a page out of sight only marks itself stale."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from indsteer.store.journal import Changes
from ui.desk import Desk
from ui.widgets.base import Surface


class Page(Surface):
    """One page. `reload` asks the core for the answer of the place and draws it; `retranslate` sets the words.

    `TABLES` names the tables whose change makes the page stale; `NEEDS_PERIOD` whether the period stepper is shown.
    """

    KEY: ClassVar[str] = ""
    TABLES: ClassVar[frozenset[str]] = frozenset()
    NEEDS_PERIOD: ClassVar[bool] = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self.desk = desk
        self._stale = True
        desk.place_changed.connect(self._on_place)
        desk.words_changed.connect(self._on_words)
        desk.session.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Ask for the answer and draw it."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set all words in the language of now; `reload` follows."""
        raise NotImplementedError

    def regions(self) -> tuple[QWidget, ...]:
        """The parts that F6 walks through, in order."""
        return (self,)

    def narrow(self, text: str) -> None:
        """Narrow what is shown to what contains this text; empty shows all. Pages with rows override it."""

    def refresh(self) -> None:
        """Draw now when visible, else when shown."""
        if self.isVisible():
            self._stale = False
            self.reload()
        else:
            self._stale = True

    def set_up(self) -> None:
        """Called once by the window after construction: words first."""
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """A stale page draws before it is seen."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    @Slot(object)
    def _on_place(self, _place: object) -> None:
        self.refresh()

    @Slot()
    def _on_words(self) -> None:
        self.retranslate()
        self.refresh()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(*self.TABLES):
            self.refresh()
