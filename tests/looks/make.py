"""Pictures of every page: light and dark, 100 % and 200 %, full sample and empty, Dutch and English.

    python -m tests.looks.make FOLDER [page ...]

Each scale needs a process of its own, because Qt reads it once at the start.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

SIZE = (1440, 900)
PLACE = ("JZ-BEZ", "2024-09")
NOW = datetime(2024, 10, 14, 14, 32, tzinfo=UTC)


def main() -> int:
    """All pictures, two scales."""
    folder, pages = Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    if os.environ.get("INDSTEER_LOOKS"):
        draw(folder, pages, os.environ["INDSTEER_LOOKS"])
        return 0
    codes = []
    for scale in ("100", "200"):
        environment = dict(os.environ, INDSTEER_LOOKS=scale, QT_QPA_PLATFORM="offscreen")
        environment["QT_SCALE_FACTOR"] = str(int(scale) / 100)
        codes.append(
            subprocess.run(
                [sys.executable, "-m", "tests.looks.make", *sys.argv[1:]], env=environment, check=False
            ).returncode
        )
    return max(codes)


def draw(folder: Path, pages: list[str], scale: str) -> None:
    """The pictures of one scale."""
    from PySide6.QtCore import QSettings

    from indsteer.domain.catalogue import default_catalogue
    from indsteer.operations.sample import build_sample
    from indsteer.operations.setup import load_catalogue
    from indsteer.store.file import create
    from indsteer.store.journal import Actor
    from ui import theme
    from ui.app import make_application
    from ui.pages import PAGES
    from ui.program import Program

    app = make_application(["looks"])
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        full, empty = home / "ind_2024.indsteer", home / "leeg.indsteer"
        build_sample(full)
        made = create(empty, Actor("teamleider", "tl"), lambda: NOW)
        catalogue = default_catalogue()
        load_catalogue(made, catalogue.quantities, catalogue.indicators)
        made.close()
        for name, path in (("full", full), ("empty", empty)):
            settings = QSettings(str(home / f"{name}.ini"), QSettings.Format.IniFormat)
            settings.setValue("role", "teamleider")
            settings.setValue("initials", "tl")
            program = Program(app, settings, lambda: NOW)
            program.open(path)
            window = program.window
            assert window is not None
            window.resize(*(SIZE if scale == "100" else (1280, 800)))
            if name == "full":
                window.desk.move(unit=PLACE[0], period=PLACE[1])
            for entry in PAGES:
                if pages and entry.key not in pages:
                    continue
                for mode in ("light", "dark"):
                    theme.apply(app, mode)
                    window.show_page(entry.key)
                    window.message.clear()
                    for _ in range(5):
                        app.processEvents()
                    window.grab().save(str(folder / f"{entry.key}_{name}_{mode}_{scale}.png"))
            window.close()


if __name__ == "__main__":
    sys.exit(main())
