"""Every figure of a ledger as rows: for the command `indsteer figures`, for exports and for checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from indsteer.analysis.figure import Figure, Origin, Reason
from indsteer.analysis.ledger import Ledger
from indsteer.domain.period import Grain, Period

Shown = Callable[[str, str, str], bool]
"""Whether (unit, code, period id) may be shown: the seam for `disclosure` (small groups)."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: `deviation` = value - target, measured against `version` ("JP", or "JP+T1" for both).

    `state` is provisional, final or "" (no value). `source` is "typed" or "file!sheet!cell" for one stored value,
    "formula" within one unit and month, "rollup" over several. `reason` is the key of why there is no value.
    """

    unit: str
    indicator: str
    period: str
    value: float | None
    target: float | None
    version: str
    deviation: float | None
    state: str
    source: str
    reason: str = ""


def all_shown(_unit: str, _code: str, _period: str) -> bool:
    """Nothing is hidden: only for the file's own grid and its tests."""
    return True


def figures(
    ledger: Ledger,
    units: Iterable[str],
    indicators: Iterable[str],
    periods: Iterable[Period],
    as_of: date | None = None,
    *,
    shown: Shown,
    empty: bool = False,
) -> Iterator[FigureRow]:
    """Rows by unit, indicator and period, in the order given; `indicators` may be codes of quantities too.

    Values for which `shown` says no are left out (reason "hidden"), with their deviation. Rows with neither a
    value nor a target come only with `empty`, except hidden ones.

    Raises:
        UnknownUnitError: no unit has a code of `units`.
        UnknownIndicatorError: no quantity or indicator has a code of `indicators`.
    """
    codes, when = tuple(indicators), tuple((period, period.id) for period in periods)
    for unit in units:
        for code in codes:
            for period, name in when:
                figure = ledger.value(unit, code, period, as_of)
                if figure.value is not None and not shown(unit, code, name):
                    figure = Figure(None, Reason.HIDDEN)
                row = _row(ledger, figure, (unit, code, period, name), as_of)
                if empty or row.value is not None or row.target is not None or row.reason == Reason.HIDDEN:
                    yield row


def periods_of(ledger: Ledger) -> tuple[Period, ...]:
    """All months of a ledger, then the quarters, tertials and years they lie in."""
    months = [Period.parse(month) for month in ledger.months()]
    found = list(months)
    for grain in (Grain.QUARTER, Grain.TERTIAL, Grain.YEAR):
        found += dict.fromkeys(Period.of(month.start, grain) for month in months)
    return tuple(found)


def source_of(ledger: Ledger, figure: Figure) -> str:
    """Where a figure comes from, in words of its own: see `FigureRow.source`."""
    if figure.cell is None:
        return "" if figure.origin is Origin.NONE else str(figure.origin)
    unit, quantity, period = figure.cell
    source = ledger.sources.get((unit, quantity, "", period))
    if source is None or not source.file:
        return "typed"
    return "!".join(part for part in (source.file, source.sheet, source.cell) if part)


def _row(ledger: Ledger, figure: Figure, where: tuple[str, str, Period, str], as_of: date | None) -> FigureRow:
    unit, code, period, name = where
    target = ledger.target(unit, code, period, as_of)
    deviation = None if figure.value is None or target.value is None else figure.value - target.value
    state = "" if figure.value is None else "provisional" if figure.provisional else "final"
    return FigureRow(
        unit=unit,
        indicator=code,
        period=name,
        value=figure.value,
        target=target.value,
        version=target.version if target.value is not None else "",
        deviation=deviation,
        state=state,
        source=source_of(ledger, figure),
        reason=figure.reason,
    )
