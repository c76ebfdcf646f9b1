"""A killed program loses nothing that was shown as saved."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from indsteer.store.file import create, open_file
from indsteer.store.verification import check_file
from tests.conftest import ACTOR, fill
from tests.store.kill_child import period_of

ROOT = Path(__file__).resolve().parents[2]
KILLS = 50


def test_killed_at_fifty_moments_every_acknowledged_step_is_there(tmp_path: Path) -> None:
    path = tmp_path / "gedood.indsteer"
    file = create(path, ACTOR, lambda: datetime.now(UTC))
    fill(file)
    file.close()
    moments = random.Random(20210712)
    number = acknowledged_in_all = 0
    for _ in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.store.kill_child", str(path), str(number)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(moments.random() * 0.05)
        child.kill()
        printed = first + child.stdout.read()
        child.wait()
        child.stdout.close()
        whole = printed[: printed.rfind("\n") + 1].splitlines()
        acknowledged = [tuple(map(int, line.split())) for line in whole]
        file = open_file(path, ACTOR, lambda: datetime.now(UTC))
        steps = {row[0] for row in file.connection.execute("SELECT n FROM step").fetchall()}
        assert {step for step, _ in acknowledged} <= steps
        assert file.writable
        for _, value in acknowledged:
            period = period_of(value)
            stored = file.connection.execute(
                "SELECT value FROM actual WHERE unit = 'D-A' AND quantity = 'UITSTROOM' AND period = ?", (period,)
            ).fetchone()
            assert stored[0] == value / 7
        acknowledged_in_all += len(acknowledged)
        number = acknowledged[-1][1] + 2
        file.close()
    assert acknowledged_in_all > KILLS
    file = open_file(path, ACTOR, lambda: datetime.now(UTC))
    assert check_file(file.connection).problems == ()
    file.close()
