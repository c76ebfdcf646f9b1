"""The main job on the sample without a screen: what `python3 dev.py run` does on a machine without one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from PySide6.QtCore import QSettings

from indsteer.errors import SteerError
from indsteer.operations.sample import build_sample
from indsteer.report.typesetting import write_pdf
from indsteer.store.paths import SUFFIX
from ui import theme
from ui.app import make_application, system_clock
from ui.main_window import MainWindow
from ui.pages import PAGES
from ui.printing.sheet import sheet_of
from ui.program import Program

PLACE = ("JZ-BEZ", "2024-07")  # a team and a month whose review is signed in the sample


def run_tour(folder: Path) -> int:
    """Open the sample, walk through every page in light and dark, print the review sheet; answers the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application(["indsteer"])
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        sample = home / f"voorbeeld{SUFFIX}"
        settings = QSettings(str(home / "indsteer.ini"), QSettings.Format.IniFormat)
        program = Program(app, settings, system_clock)
        try:
            build_sample(sample)
        except SteerError as error:
            click.echo(program.words.error(error), err=True)
            return 1
        if not program.open(sample) or program.window is None:
            return 1
        window = program.window
        window.desk.move(unit=PLACE[0], period=PLACE[1])
        _draw_pages(program, window, folder)
        write_pdf([sheet_of(window.desk)], folder / "review.pdf")
        click.echo(program.words("tour.sheet", name="review.pdf"))
        window.close()
    return 0


def _draw_pages(program: Program, window: MainWindow, folder: Path) -> None:
    for mode in ("light", "dark"):
        theme.apply(program.app, mode)
        for entry in PAGES:
            window.show_page(entry.key)
            for _ in range(5):
                program.app.processEvents()
            name = f"{entry.key}_{mode}.png"
            window.grab().save(str(folder / name))
            click.echo(program.words("tour.page", page=program.words(f"nav.{entry.key}"), name=name))
