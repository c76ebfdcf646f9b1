"""Ctrl+K: one line that finds pages, units, months, indicators and everything the menu can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from indsteer.answers.places import Places, places
from ui import theme
from ui.actions import ENTRIES
from ui.desk import Desk
from ui.dialogs.panel import Panel
from ui.pages import PAGES

_Index = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen: its words, what kind it is, and what happens."""

    text: str
    kind: str
    act: Callable[[], None]


class ChoiceModel(QAbstractListModel):
    """The choices that contain every word that was typed."""

    def __init__(self, choices: tuple[Choice, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._all = choices
        self._shown = choices

    def narrow(self, text: str) -> None:
        """Keep what contains all the words, those that begin with the text first."""
        words = text.lower().split()
        kept = [c for c in self._all if all(word in f"{c.text} {c.kind}".lower() for word in words)]
        kept.sort(key=lambda c: not c.text.lower().startswith(text.lower().strip()))
        self.beginResetModel()
        self._shown = tuple(kept)
        self.endResetModel()

    def choice(self, row: int) -> Choice | None:
        """The choice in this row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: _Index = _INVALID) -> int:
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, with the kind after them."""
        choice = self.choice(index.row())
        if choice is not None and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{choice.text}   ·   {choice.kind}"
        return None


class Palette(Panel):
    """Type, choose with the arrows, Enter."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent, desk.words("palette.title"), 44)
        self.line = QLineEdit()
        self.line.setPlaceholderText(desk.words("palette.hint"))
        self.line.setAccessibleName(desk.words("palette.hint"))
        self.list = QListView()
        self.list.setAccessibleName(desk.words("palette.title"))
        self.list.setMinimumHeight(theme.em(28))
        self.list.setUniformItemSizes(True)
        self._model = ChoiceModel(self._choices(desk.session.read(places)), self)
        self.list.setModel(self._model)
        self.column.addWidget(self.line)
        self.column.addWidget(self.list)
        self.line.textEdited.connect(self._on_text)
        self.line.returnPressed.connect(self._run)
        self.list.activated.connect(self._run)
        self.line.installEventFilter(self)
        self._on_text("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.line:
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key())
            )
            if by is not None:
                row = max(0, min(self._model.rowCount() - 1, self.list.currentIndex().row() + by))
                self.list.setCurrentIndex(self._model.index(row))
                return True
        return super().eventFilter(watched, event)

    def _choices(self, found: Places) -> tuple[Choice, ...]:
        words, desk = self.desk.words, self.desk
        made = [Choice(words(f"nav.{e.key}"), words("palette.page"), partial(desk.go, e.key)) for e in PAGES]
        made += [Choice(u.name, words("palette.unit"), partial(desk.move, unit=u.code)) for u in found.units]
        made += [
            Choice(words.period(p), words("palette.period"), partial(desk.move, period=p)) for p in found.periods[::-1]
        ]
        made += [
            Choice(desk.actions[e.key].text().replace("&", ""), words("palette.action"), desk.actions[e.key].trigger)
            for e in ENTRIES
            if e.key != "palette" and desk.actions[e.key].isEnabled()
        ]
        return tuple(made)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._model.narrow(text)
        self.list.setCurrentIndex(self._model.index(0))

    @Slot()
    def _run(self) -> None:
        choice = self._model.choice(self.list.currentIndex().row())
        if choice is not None:
            self.close()
            choice.act()
