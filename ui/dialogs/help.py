"""F1: what this page is for, its keys, and all keys of the program. About: the program and its licence."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from indsteer import __version__
from ui import theme
from ui.actions import ENTRIES
from ui.desk import Desk
from ui.dialogs.panel import Panel
from ui.main_window import MainWindow
from ui.pages import PAGES


class HelpPanel(Panel):
    """The help of the page that is shown, then the map of keys."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent, desk.words("help.title"), 46)
        page = parent.page if isinstance(parent, MainWindow) else None
        self.text = _reading(help_text(desk, page.KEY if page else ""), desk.words("help.title"))
        self.column.addWidget(self.text)


class AboutPanel(Panel):
    """Which program this is."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent, desk.words("actions.about"), 38)
        self.text = _reading(desk.words("help.about", version=__version__), desk.words("actions.about"))
        self.column.addWidget(self.text)


def help_text(desk: Desk, page: str) -> str:
    """The page's own help and every key, as plain text."""
    words = desk.words
    lines = [words(f"help.page_{page}"), ""] if page else []
    lines.append(words("help.keys"))
    lines += [f"  {e.shortcut:<16}{words(f'nav.{e.key}')}" for e in PAGES]
    lines += [f"  {e.shortcut:<16}{words(f'actions.{e.key}').replace('&', '')}" for e in ENTRIES if e.shortcut]
    for key, name in (
        ("Ctrl+U", "unit"),
        ("Alt+PgUp", "earlier"),
        ("Alt+PgDn", "later"),
        ("F6", "region"),
        ("Ctrl+F", "find"),
    ):
        lines.append(f"  {key:<16}{words(f'help.key_{name}')}")
    return "\n".join(lines)


def _reading(text: str, name: str) -> QPlainTextEdit:
    view = QPlainTextEdit(text)
    view.setReadOnly(True)
    view.setAccessibleName(name)
    view.setMinimumHeight(theme.em(30))
    view.setTabChangesFocus(True)
    return view
