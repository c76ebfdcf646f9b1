"""The actions of the menu: each is one QAction with its words, key and place in the menu.

To add one: 1. add it to `ENTRIES`; 2. give it words under `actions.<key>`; 3. handle it in `ui/commands.py`.
The shortcut map of the help and the palette list them by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from indsteer.words import Words


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """`menu` is a key of `actions.menu_<menu>`; `edits` = off while read-only; `line` = a line above it."""

    key: str
    menu: str
    shortcut: str = ""
    edits: bool = False
    line: bool = False


ENTRIES: tuple[ActionEntry, ...] = (
    ActionEntry("new", "file", "Ctrl+N"),
    ActionEntry("open", "file", "Ctrl+O"),
    ActionEntry("sample", "file"),
    ActionEntry("print", "file", "Ctrl+P", line=True),
    ActionEntry("pdf", "file", "Ctrl+Shift+P"),
    ActionEntry("save_as", "file", "Ctrl+Shift+S", line=True),
    ActionEntry("backup", "file"),
    ActionEntry("quit", "file", "Ctrl+Q", line=True),
    ActionEntry("undo", "edit", "Ctrl+Z", edits=True),
    ActionEntry("redo", "edit", "Ctrl+Y", edits=True),
    ActionEntry("theme_system", "view"),
    ActionEntry("theme_light", "view"),
    ActionEntry("theme_dark", "view"),
    ActionEntry("theme_contrast", "view"),
    ActionEntry("larger", "view", "Ctrl++", line=True),
    ActionEntry("smaller", "view", "Ctrl+-"),
    ActionEntry("language_nl", "view", line=True),
    ActionEntry("language_en", "view"),
    ActionEntry("palette", "help", "Ctrl+K"),
    ActionEntry("keys", "help", "F1"),
    ActionEntry("diagnostics", "help"),
    ActionEntry("about", "help", line=True),
)
MENUS = ("file", "edit", "view", "help")


def make_actions(window: QMainWindow) -> dict[str, QAction]:
    """All actions, in the menu bar of the window."""
    menus = {name: QMenu(window) for name in MENUS}
    for menu in menus.values():
        window.menuBar().addMenu(menu)
    made: dict[str, QAction] = {}
    for entry in ENTRIES:
        if entry.line:
            menus[entry.menu].addSeparator()
        action = QAction(window)
        action.setObjectName(entry.key)
        if entry.shortcut:
            action.setShortcut(QKeySequence(entry.shortcut))
        menus[entry.menu].addAction(action)
        made[entry.key] = action
    for name, menu in menus.items():
        made[f"menu_{name}"] = menu.menuAction()
    return made


def name_actions(actions: dict[str, QAction], words: Words) -> None:
    """Give every action its words in this language."""
    for key, action in actions.items():
        action.setText(words(f"actions.{key}"))


def enable_actions(actions: dict[str, QAction], *, writable: bool) -> None:
    """Switch off what edits while the file is read-only."""
    for entry in ENTRIES:
        if entry.edits:
            actions[entry.key].setEnabled(writable)
