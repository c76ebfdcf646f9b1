"""The running program: which file is open in which window, and what the menu does.

One `Program` per process; it holds no figures. Opening closes what was open. Anything that is our own fault is
logged and told plainly, and the program goes on.
"""

from __future__ import annotations

import logging
import platform
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QObject, QSettings, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from indsteer import __version__
from indsteer.errors import SteerError
from indsteer.store.journal import Actor
from indsteer.store.paths import SUFFIX
from indsteer.words import Words
from indsteer.words.catalogue import Language
from ui import theme
from ui.commands import Commands
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.session import Session
from ui.start import StartWindow

log = logging.getLogger(__name__)
RECENT = 8


class Asking:
    """Questions that need the system's own dialogs; tests put another in its place."""

    def open_path(self, parent: QWidget | None, title: str, kinds: str) -> Path | None:
        """A file that exists."""
        name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
        return Path(name) if name else None

    def save_path(self, parent: QWidget | None, title: str, suggestion: str, kinds: str) -> Path | None:
        """A file to be made."""
        name, _ = QFileDialog.getSaveFileName(parent, title, suggestion, kinds)
        return Path(name) if name else None


class Program(QObject):
    """The program of this process."""

    def __init__(
        self, app: QApplication, settings: QSettings, clock: Callable[[], datetime], asking: Asking | None = None
    ) -> None:
        super().__init__()
        self.app = app
        self.settings = settings
        self.clock = clock
        self.asking = asking or Asking()
        self.window: MainWindow | None = None
        self.start_window: StartWindow | None = None
        self.commands: Commands | None = None
        self._translator: QTranslator | None = None
        self.set_language("en" if settings.value("language", "nl") == "en" else "nl")

    @property
    def actor(self) -> Actor:
        """Who writes, as chosen at first start."""
        return Actor(str(self.settings.value("role", "")), str(self.settings.value("initials", "")))

    def start(self, file: Path | None) -> None:
        """Open the file given, or the one of last time, or show the start panel."""
        last = str(self.settings.value("last", "") or "")
        chosen = file or (Path(last) if last and Path(last).exists() else None)
        if chosen is None or not self.open(chosen):
            self.show_start()

    def show_start(self, problem: str = "") -> None:
        """The panel for who has nothing open."""
        if self.start_window is None:
            window = StartWindow(self.words, self.actor.role, self.actor.initials, self.recent())
            window.sample.connect(self.open_sample)
            window.opened.connect(self.ask_open)
            window.fresh.connect(self.ask_new)
            window.recent.connect(lambda path: self.open(Path(path)))
            window.dropped.connect(self.take_dropped)
            self.start_window = window
        self.start_window.show()
        if problem:
            self.start_window.message.say(problem, "warn")

    def open(self, path: Path, *, new: bool = False) -> bool:
        """Open (or make) a file in the window; answers whether it worked, else the reason is told."""
        self._remember_actor()
        try:
            session = Session.open(path, self.actor, self.clock, new=new)
        except SteerError as error:
            self._tell(self.words.error(error))
            return False
        old = self.window
        desk = Desk(session, self.words, self.settings)
        window = MainWindow(desk)
        self.commands = Commands(self, window, desk)
        desk.setParent(window)
        self.window = window
        window.show_page(str(self.settings.value("page", "") or "check"))
        window.show()
        if old is not None:
            old.close()
            old.deleteLater()
        if self.start_window is not None:
            self.start_window.close()
            self.start_window.deleteLater()
            self.start_window = None
        self._remember(path)
        self.commands.greet()
        return True

    def open_sample(self) -> None:
        """Make the sample beside the user's other files, or open it when it is there."""
        from indsteer.operations.sample import build_sample

        folder = Path(self.settings.fileName()).parent
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"voorbeeld{SUFFIX}"
        if not path.exists():
            try:
                build_sample(path)
            except SteerError as error:
                self._tell(self.words.error(error))
                return
        self.open(path)

    def ask_open(self) -> None:
        """Let the user choose a file."""
        kinds = f"indsteer (*{SUFFIX})"
        path = self.asking.open_path(self._parent(), self.words("actions.open").rstrip("…"), kinds)
        if path is not None:
            self.open(path)

    def ask_new(self) -> None:
        """Let the user choose where an empty file comes."""
        kinds = f"indsteer (*{SUFFIX})"
        title = self.words("actions.new").rstrip("…")
        path = self.asking.save_path(self._parent(), title, f"sturing{SUFFIX}", kinds)
        if path is not None:
            self.make_new(path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX))

    def make_new(self, path: Path) -> bool:
        """An empty file with the shipped catalogue."""
        from indsteer.domain.catalogue import default_catalogue
        from indsteer.operations.setup import load_catalogue

        if not self.open(path, new=True) or self.window is None:
            return False
        catalogue = default_catalogue()
        self.window.desk.do(lambda file: load_catalogue(file, catalogue.quantities, catalogue.indicators))
        self.window.show_page("data")
        return True

    def take_dropped(self, paths: list[str]) -> None:
        """A file dropped on the start panel: ours is opened, a sheet needs a new file first."""
        path = Path(paths[0])
        if path.suffix == SUFFIX:
            self.open(path)
            return
        fresh = path.with_suffix(SUFFIX)
        number = 1
        while fresh.exists():
            number += 1
            fresh = path.with_name(f"{path.stem} {number}{SUFFIX}")
        if self.make_new(fresh) and self.commands is not None:
            self.commands.import_paths([str(path)])

    def recent(self) -> tuple[Path, ...]:
        """Files of before, newest first."""
        names = str(self.settings.value("recent", "") or "").split("\n")
        return tuple(Path(name) for name in names if name)[:RECENT]

    def set_language(self, language: Language) -> None:
        """Speak another language, without a restart."""
        self.words = Words(language)
        self.settings.setValue("language", language)
        if self._translator is not None:
            self.app.removeTranslator(self._translator)
            self._translator = None
        if language == "nl":
            translator = QTranslator(self)
            if translator.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
                self.app.installTranslator(translator)
                self._translator = translator
        if self.window is not None:
            self.window.desk.words = self.words

    def diagnostics(self) -> str:
        """What a helper needs to know about this machine, without any data."""
        from PySide6.QtCore import qVersion

        lines = [
            f"indsteer {__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}",
            platform.platform(),
            f"screen {self.app.primaryScreen().devicePixelRatio()}",
            f"theme {theme.theme().mode}, scale {theme.theme().scale}",
        ]
        return "\n".join(lines)

    def on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Our own fault: log it, say so, go on."""
        log.error("unexpected", exc_info=(kind, error, trace))
        if self.window is not None:
            self.window.desk.say(self.words("common.bug"), "bad")

    def warm_up(self) -> None:
        """In idle time: import what will be needed soon."""
        import numpy as np
        import pyqtgraph as pg

        log.info("numpy %s, pyqtgraph %s", np.__version__, pg.__version__)

    def _tell(self, text: str) -> None:
        if self.window is not None:
            self.window.desk.say(text, "warn")
        else:
            self.show_start(text)

    def _parent(self) -> QWidget | None:
        return self.window or self.start_window

    def _remember_actor(self) -> None:
        if self.start_window is not None:
            role, initials = self.start_window.who
            self.settings.setValue("role", role)
            self.settings.setValue("initials", initials)

    def _remember(self, path: Path) -> None:
        names = [str(path), *(str(p) for p in self.recent() if p != path)][:RECENT]
        self.settings.setValue("recent", "\n".join(names))
        self.settings.setValue("last", str(path))
