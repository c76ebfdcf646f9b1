"""`python -m tests.bench [subject ...]`: measure ours and its floor in turns and print the ratio and the goal."""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from indsteer.operations.actuals import ActualEdit, set_actuals
from indsteer.operations.imports import ImportPlan, ImportRecord, take_over
from indsteer.store.file import SteerFile, create
from tests.conftest import ACTOR, fill

MONTHS = [f"{1950 + n // 12}-{n % 12 + 1:02d}" for n in range(2400)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Median seconds of ours and of the floor; `goal` is the ratio to stay under."""

    subject: str
    ours: float
    floor: float
    goal: float

    def line(self) -> str:
        ratio = self.ours / self.floor
        met = "met" if ratio <= self.goal else "falls short"
        return (
            f"{self.subject:<34}{self.ours * 1e3:>9.2f} ms{self.floor * 1e3:>9.2f} ms{ratio:>8.2f}x"
            f"  goal {self.goal:.1f}x  {met}"
        )


def main() -> int:
    """All subjects, or those named."""
    subjects: dict[str, Callable[[Path], Outcome]] = {"edit": durable_edit, "bulk": bulk_import}
    chosen = sys.argv[1:] or list(subjects)
    print(f"{'':<34}{'ours':>12}{'floor':>12}{'ratio':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            print(subjects[name](Path(folder)).line(), flush=True)
    return 0


def durable_edit(folder: Path) -> Outcome:
    """One value with journal, hash and checks, against a bare insert in the same kind of file."""
    file, plain = _file(folder / "edit.indsteer"), _plain(folder / "edit.sqlite")
    ours, floor = [], []
    for month in MONTHS[:200]:
        ours.append(_seconds(partial(set_actuals, file, [ActualEdit("D-A", "UITSTROOM", month, 1.5)])))
        floor.append(_seconds(partial(_insert, plain, [("D-A", "UITSTROOM", month, 1.5)])))
    file.close()
    plain.close()
    return Outcome("one durable edit", statistics.median(ours), statistics.median(floor), 3.0)


def bulk_import(folder: Path) -> Outcome:
    """9,600 values of an import as one step that can be undone, against the same rows in one transaction."""
    ours, floor = [], []
    cells = [(u, q, m) for u in ("D-A", "D-B") for q in ("INSTROOM", "UITSTROOM") for m in MONTHS]
    for turn in range(5):
        file, plain = _file(folder / f"bulk{turn}.indsteer"), _plain(folder / f"bulk{turn}.sqlite")
        records = tuple(ImportRecord(u, q, m, "actual", turn + n / 7) for n, (u, q, m) in enumerate(cells))
        rows = [(u, q, m, turn + n / 7) for n, (u, q, m) in enumerate(cells)]
        ours.append(_seconds(partial(take_over, file, ImportPlan("b.xlsx", "", records))))
        floor.append(_seconds(partial(_insert, plain, rows)))
        file.close()
        plain.close()
    return Outcome("take over 9,600 values", statistics.median(ours), statistics.median(floor), 4.0)


def _file(path: Path) -> SteerFile:
    made = create(path, ACTOR, lambda: datetime.now(UTC))
    fill(made)
    return made


def _plain(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(
        "CREATE TABLE actual (unit TEXT, quantity TEXT, period TEXT, value REAL, PRIMARY KEY (unit, quantity, period))"
        " WITHOUT ROWID"
    )
    return connection


def _insert(connection: sqlite3.Connection, rows: list[tuple[str, str, str, float]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT OR IGNORE INTO actual VALUES (?, ?, ?, ?)", rows)
    connection.execute("COMMIT")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
