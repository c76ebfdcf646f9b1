"""A child that records values for ever and prints each step that was acknowledged; the kill test ends it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from indsteer.operations.actuals import ActualEdit, set_actuals
from indsteer.store.file import open_file
from tests.conftest import ACTOR


def period_of(number: int) -> str:
    """A month of its own for each number."""
    return f"{1950 + number // 12 % 200}-{number % 12 + 1:02d}"


def main() -> None:
    file = open_file(Path(sys.argv[1]), ACTOR, lambda: datetime.now(UTC))
    number = int(sys.argv[2])
    while True:
        number += 1
        edits = [ActualEdit("D-A", "UITSTROOM", period_of(number), number / 7)]
        if number % 5 == 0:
            edits += [ActualEdit("D-B", "INSTROOM", period_of(i), float(number)) for i in range(300)]
        changes = set_actuals(file, edits)
        print(changes.step, number, flush=True)


if __name__ == "__main__":
    main()
