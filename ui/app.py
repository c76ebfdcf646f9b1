"""How the program starts, in order.

1. The application with its name, its log and its ini file. 2. The look: fonts, colours, scale. 3. The words.
4. The file: the one given, else the last one, else the start panel. 5. The window with the session, on the page
of last time; the first paint needs no numpy, pyqtgraph, openpyxl, sqlite_utils or typst. 6. In idle time after the
first paint what will be needed soon.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from ui import theme

log = logging.getLogger("indsteer")
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, in the zone of this machine; the only place where the screen looks at a clock."""
    return datetime.now(UTC).astimezone()


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The one QApplication of this process."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    app = QApplication(arguments if arguments is not None else sys.argv)
    app.setApplicationName("indsteer")
    app.setOrganizationName("indsteer")
    return app


def user_settings() -> QSettings:
    """The user's ini file: what changes the view, never what changes a figure."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation))
    return QSettings(str(folder / "indsteer.ini"), QSettings.Format.IniFormat)


def start_log() -> Path:
    """Write what goes wrong to a file of the user; no data in it."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "indsteer.log", maxBytes=500_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    return folder / "indsteer.log"


def run(file: Path | None) -> int:
    """Start the program and stay until the last window closes; answers the exit code."""
    app = make_application()
    start_log()
    settings = user_settings()
    theme.apply(app, str(settings.value("theme", "system")), float(str(settings.value("scale", 1.0))))
    from ui.program import Program

    program = Program(app, settings, system_clock)
    sys.excepthook = program.on_exception
    program.start(file)
    QTimer.singleShot(300, program.warm_up)
    return app.exec()
