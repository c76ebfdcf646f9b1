"""What the menu does, on one window and its session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QSettings, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut

from indsteer.errors import SteerError
from indsteer.operations import history
from indsteer.store.errors import NotOurFileError
from indsteer.store.journal import Changes
from indsteer.store.paths import SUFFIX, synchronised_by
from indsteer.words.catalogue import Language
from ui import theme
from ui.actions import enable_actions, make_actions, name_actions
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages import PAGES

if TYPE_CHECKING:
    from ui.program import Program

SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class Commands(QObject):
    """Binds the actions of a window."""

    def __init__(self, program: Program, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self.program = program
        self.window = window
        self.desk = desk
        desk.actions = make_actions(window)
        for key, action in desk.actions.items():
            if not key.startswith("menu_"):
                action.triggered.connect(partial(self.run, key))
        for entry in PAGES:
            QShortcut(QKeySequence(entry.shortcut), window, partial(window.show_page, entry.key))
        desk.words_changed.connect(self._retranslate)
        desk.session.changed.connect(self._on_changed)
        desk.session.busy.connect(self._show_undo)
        window.dropped.connect(self.import_paths)
        self._retranslate()

    def greet(self) -> None:
        """What the user must know of this file: that it is read-only, or that a program synchronises its folder."""
        session, words = self.desk.session, self.desk.words
        place = synchronised_by(session.path)
        if not session.writable:
            who = session.holder.who if session.holder else ""
            text = words("window.read_only_by", who=who) if who else words("window.read_only_file")
            self.desk.say(text, "info")
        elif place:
            self.desk.say(words("window.synchronised", program=place), "warn")

    @Slot()
    def run(self, key: str, _checked: bool = False) -> None:
        """Do what an action says."""
        handler = getattr(self, f"_{key}", None)
        if handler is not None:
            handler()
        elif key.startswith("theme_"):
            self._set_theme(key.removeprefix("theme_"), theme.theme().scale)
        elif key.startswith("language_"):
            self.program.set_language(cast("Language", key.removeprefix("language_")))

    def import_paths(self, paths: list[str]) -> None:
        """Read a planning sheet; ours is opened instead."""
        path = Path(paths[0])
        if path.suffix == SUFFIX:
            self.program.open(path)
            return
        if not self.desk.editable:
            self.desk.say(self.desk.words("common.reading_only"), "warn")
            return
        self.desk.say(self.desk.words.error(NotOurFileError(file=path.name)), "warn")

    # Each is the handler of the action with its name.

    def _new(self) -> None:
        self.program.ask_new()

    def _open(self) -> None:
        self.program.ask_open()

    def _sample(self) -> None:
        self.program.open_sample()

    def _print(self) -> None:
        from ui.printing.sheet import print_sheet

        print_sheet(self.program, self.window, self.desk)

    def _pdf(self) -> None:
        from ui.printing.sheet import save_sheet

        save_sheet(self.program, self.window, self.desk)

    def _save_as(self) -> None:
        words, session = self.desk.words, self.desk.session
        title = words("actions.save_as").rstrip("…")
        path = self.program.asking.save_path(self.window, title, session.path.name, f"indsteer (*{SUFFIX})")
        if path is not None:
            self._keep(lambda: session.copy_to(path), "window.copied", path.name)

    def _backup(self) -> None:
        self._keep(self.desk.session.back_up, "window.backed_up", "")

    def _quit(self) -> None:
        self.window.close()

    def _undo(self) -> None:
        record = self.desk.session.undoable
        text = self.desk.step_text(record) if record else ""
        self.desk.do(history.undo, lambda _: self._undone("common.undone_what", text))

    def _redo(self) -> None:
        record = self.desk.session.redoable
        text = self.desk.step_text(record) if record else ""
        self.desk.do(history.redo, lambda _: self._undone("common.redone_what", text))

    def _larger(self) -> None:
        self._set_theme(theme.theme().mode, next((s for s in SCALES if s > theme.theme().scale + 0.01), SCALES[-1]))

    def _smaller(self) -> None:
        below = [s for s in SCALES if s < theme.theme().scale - 0.01]
        self._set_theme(theme.theme().mode, below[-1] if below else SCALES[0])

    def _palette(self) -> None:
        from ui.dialogs.palette import Palette

        Palette(self.desk, self.window).open()

    def _keys(self) -> None:
        from ui.dialogs.help import HelpPanel

        HelpPanel(self.desk, self.window).open()

    def _about(self) -> None:
        from ui.dialogs.help import AboutPanel

        AboutPanel(self.desk, self.window).open()

    def _diagnostics(self) -> None:
        QGuiApplication.clipboard().setText(self.program.diagnostics())
        self.desk.say(self.desk.words("window.diagnostics_copied"), "info")

    def _keep(self, work: Callable[[], Path | None], key: str, name: str) -> None:
        try:
            made = work()
        except SteerError as error:
            self.desk.tell(error)
            return
        self.desk.say(self.desk.words(key, name=name or (made.name if made else "")), "info")

    def _undone(self, key: str, text: str) -> None:
        self.desk.say(self.desk.words(key, what=text), "info")

    def _set_theme(self, mode: str, scale: float) -> None:
        theme.apply(self.program.app, mode, scale)
        settings: QSettings = self.desk.settings
        settings.setValue("theme", mode)
        settings.setValue("scale", scale)

    @Slot()
    def _retranslate(self) -> None:
        name_actions(self.desk.actions, self.desk.words)
        self._show_undo()

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        self._show_undo()

    def _show_undo(self, _waiting: int = 0) -> None:
        words, session, actions = self.desk.words, self.desk.session, self.desk.actions
        enable_actions(actions, writable=session.writable)
        for key, record in (("undo", session.undoable), ("redo", session.redoable)):
            actions[key].setEnabled(record is not None)
            text = words(f"common.{key}_what", what=self.desk.step_text(record)) if record else words(f"actions.{key}")
            actions[key].setText(text)
