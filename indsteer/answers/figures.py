"""Every figure with its target, for the command `indsteer figures`: what other tools and scripts read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from indsteer.analysis.figures import figures, periods_of
from indsteer.answers.ground import load_ground
from indsteer.domain.period import Period

COLUMNS = ("unit", "indicator", "period", "value", "target", "version", "deviation", "state", "source")
FigureTuple = tuple[str, str, str, float | None, float | None, str, float | None, str, str]


def figure_rows(
    connection: sqlite3.Connection, *, unit: str | None, indicator: str | None, period: str | None
) -> Iterator[FigureTuple]:
    """Rows of `COLUMNS`; None asks for all units, all indicators and quantities, all months and longer periods.

    Percentages are fractions, in full precision; None where hidden or not defined.

    Raises:
        UnknownUnitError, UnknownIndicatorError, BadPeriodError.
    """
    ground = load_ground(connection)
    units = [unit] if unit is not None else [u.code for u in ground.organisation.units]
    every = [*ground.indicators, *(code for code in ground.quantities if code not in ground.indicators)]
    codes = [indicator] if indicator is not None else every
    periods = (Period.parse(period),) if period is not None else periods_of(ground.ledger)
    hidden = ground.suppression.hidden
    for row in figures(ground.ledger, units, codes, periods, shown=lambda u, c, p: not hidden(u, c, p)):
        what = (row.unit, row.indicator, row.period)
        yield (*what, row.value, row.target, row.version, row.deviation, row.state, row.source)
