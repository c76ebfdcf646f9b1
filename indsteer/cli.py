"""The same operations as commands; `python -m indsteer` works without PySide6.

A user's mistake ends with exit code 2 and one line on stderr. `docs/guide/opdrachtregel.md` describes every
command, and tests/house/test_papers.py holds it against this file.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from indsteer import __version__
from indsteer.errors import SteerError
from indsteer.store.journal import Actor
from indsteer.words import Words

ACTOR = Actor("opdrachtregel", "")


def clock() -> datetime:
    """Now, here: the core itself never looks at a clock."""
    return datetime.now(UTC).astimezone()


def language() -> Words:
    """Dutch, unless INDSTEER_LANGUAGE says en."""
    return Words("en" if os.environ.get("INDSTEER_LANGUAGE", "nl").lower().startswith("en") else "nl")


@contextmanager
def told() -> Iterator[Words]:
    """A user's mistake becomes one line on stderr and exit code 2."""
    words = language()
    try:
        yield words
    except SteerError as error:
        click.echo(words.error(error), err=True)
        sys.exit(2)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="indsteer")
def main() -> None:
    """Steer a public service's operation: targets, actuals and Plan-Do-Check-Act reviews in one file."""


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-of", default=None, metavar="MONTH", help="Last month with figures, e.g. 2024-09.")
def sample(file: Path, as_of: str | None) -> None:
    """Make the fictitious sample service in FILE, and next month's figures as a workbook beside it."""
    with told() as words:
        from indsteer.operations.sample import LAST, build_sample

        workbook = build_sample(file, as_of=as_of or LAST)
        click.echo(words("cli.sample_made", file=file.name, workbook=workbook.name))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--unit", default=None, help="Code of one unit; all units otherwise.")
@click.option("--indicator", default=None, help="Code of one indicator or quantity; all otherwise.")
@click.option("--period", default=None, help="One period, e.g. 2024-08, 2024-Q3, 2024-T2 or 2024; all otherwise.")
@click.option("--json", "as_json", is_flag=True, help="As JSON instead of CSV.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV (the default).")
def figures(
    file: Path, unit: str | None, indicator: str | None, period: str | None, *, as_json: bool, as_csv: bool
) -> None:
    """Print every figure with its target, version, deviation, state and source, in full precision."""
    del as_csv
    with told():
        from indsteer.answers.figures import COLUMNS, figure_rows
        from indsteer.store.connection import connect_reading

        connection = connect_reading(file)
        rows = figure_rows(connection, unit=unit, indicator=indicator, period=period)
        if as_json:
            click.echo(json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows], indent=1, ensure_ascii=False))
        else:
            out = csv.writer(sys.stdout, lineterminator="\n")
            out.writerow(COLUMNS)
            out.writerows(["" if v is None else repr(v) if isinstance(v, float) else v for v in row] for row in rows)
        connection.close()


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--expect", default="", metavar="HEAD", help="Control number printed on a signed sheet or export.")
def verify(file: Path, expect: str) -> None:
    """Check that FILE is whole, its journal unbroken and its figures consistent."""
    with told() as words:
        from indsteer.answers.verification import verification
        from indsteer.store.connection import connect_reading

        connection = connect_reading(file)
        found = verification(connection, expect)
        connection.close()
        for key, fact in found.problems:
            click.echo(words(f"cli.problem_{key}", fact=fact), err=True)
        if found.problems:
            sys.exit(2)
        click.echo(words("cli.verified", n=found.steps, head=found.head))
        for key, fact in found.remarks:
            click.echo(words(f"cli.remark_{key}", fact=fact))


@main.command()
@click.argument("unit", required=False)
@click.argument("period", required=False)
@click.option("--file", "file", required=True, type=click.Path(path_type=Path), help="The indsteer file.")
@click.option("--pdf", "pdf", required=True, type=click.Path(path_type=Path), help="Where the PDF comes.")
@click.option("--all", "every", is_flag=True, help="The sheets of all units of the month as one document set.")
def review(unit: str | None, period: str | None, file: Path, pdf: Path, *, every: bool) -> None:
    """Print the review sheet of UNIT and PERIOD as a PDF; with --all those of every unit (give only PERIOD)."""
    with told() as words:
        from indsteer.answers.ground import load_ground
        from indsteer.answers.sheet import sheet_for, units_with_sheet
        from indsteer.domain.period import Period
        from indsteer.report.typesetting import write_pdf
        from indsteer.store.connection import connect_reading

        month = Period.parse((unit if every and period is None else period) or "").id
        connection = connect_reading(file)
        ground = load_ground(connection)
        codes = units_with_sheet(connection, ground, month) if every else (ground.organisation.unit(unit or "").code,)
        sheets = []
        for number, code in enumerate(codes, 1):  # Ctrl+C between two sheets leaves nothing behind
            sheets.append(sheet_for(connection, ground, words, code, month, clock().date()))
            if every:
                click.echo(words("cli.sheet_progress", n=number, total=len(codes), unit=code), err=True)
        connection.close()
        if not sheets:
            click.echo(words("cli.no_sheets", period=month), err=True)
            sys.exit(2)
        write_pdf(sheets, pdf, title=words("cli.sheets_title", period=month))
        click.echo(words("cli.sheets_made", n=len(sheets), file=pdf.name))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON (the only form).")
def read(file: Path, *, as_json: bool) -> None:
    """Print what a planning sheet holds: records, problems and questions."""
    del as_json
    with told():
        from indsteer.exchange.reading import close_worker, read_workbook
        from indsteer.exchange.wire import readable_reading

        try:
            found = read_workbook(file)
        finally:
            close_worker()
        click.echo(json.dumps(readable_reading(found), ensure_ascii=False, indent=1))
