"""What all tests share: a small file made through operations, and a clock that does not move by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from indsteer.domain.indicator import Indicator
from indsteer.domain.organisation import Level, Parent, Unit
from indsteer.domain.quantity import Direction, OverTime, OverUnits, Quantity
from indsteer.operations import plan, setup
from indsteer.store.file import SteerFile, create
from indsteer.store.journal import Actor

ACTOR = Actor("teamleider", "tl")


class TickingClock:
    """Every look is a second later, from a fixed day."""

    def __init__(self, start: datetime = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def quantity(code: str, over_time: OverTime = OverTime.SUM) -> Quantity:
    return Quantity(code, code.title(), code.title(), "zaken", 0, over_time, OverUnits.SUM)


def indicator(code: str, direction: Direction = Direction.HIGHER) -> Indicator:
    return Indicator(
        code, code.title(), code.title(), "zaken", direction, OverTime.SUM, OverUnits.SUM, formula=code
    )  # fmt: skip


def fill(file: SteerFile) -> None:
    """A directorate with two teams, two quantities that are indicators too, and a draft plan of 2024."""
    units = [
        Unit("D", "Directie", Level.DIRECTORATE),
        Unit("D-A", "Team A", Level.TEAM),
        Unit("D-B", "Team B", Level.TEAM),
    ]
    setup.add_units(file, units, [Parent("D-A", "D"), Parent("D-B", "D", date(2020, 1, 1))])
    setup.load_catalogue(
        file,
        [quantity("INSTROOM"), quantity("UITSTROOM")],
        [indicator("INSTROOM", Direction.NEUTRAL), indicator("UITSTROOM")],
    )
    plan.add_version(file, 2024, "JP", "Jaarplan")


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def file(tmp_path: Path, clock: TickingClock) -> Iterator[SteerFile]:
    made = create(tmp_path / "proef ënvelop.indsteer", ACTOR, clock)
    fill(made)
    yield made
    made.close()
