"""What Plan shows: one version of a year's plan for a unit, months beside what was realised, and another version.

A version holds only the cells it changes: a month it does not name takes its value from the version in force before
it. Months lead; the year follows from them and is never typed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import fsum
from typing import Final

from indsteer.answers.ground import Ground
from indsteer.domain.facts import PlanVersion, Target, TargetKind
from indsteer.domain.formula import Plan as PlanNode
from indsteer.domain.formula import parse_formula
from indsteer.domain.indicator import Indicator
from indsteer.domain.period import Period
from indsteer.domain.quantity import Direction, OverTime
from indsteer.errors import BadFormulaError
from indsteer.store.queries import catalogue, facts

CHAIN: Final = frozenset(
    {"INSTROOM", "FTE_FORMATIE", "FTE_BEZET", "BEZETTINGSGRAAD", "VERZUIM_PCT", "DIRECT_PCT", "UREN_PER_ZAAK"}
)
"""What feeds the sum of capacity and production: assumptions, not something to negotiate."""


class YearRule(StrEnum):
    """How the year follows from the months."""

    SUM = "sum"
    END = "end"
    SAME = "same"  # a ratio or mean: only when all months say the same


@dataclass(frozen=True, slots=True)
class PlanCell:
    """A month of an indicator: target (and the version it stands in), what was realised, and the other version."""

    period: str
    target: float | None
    version: str
    inherited: bool
    actual: float | None
    hidden: bool
    closed: bool
    compared: float | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An indicator. `year` is None while months are missing or differ; `known` counts the months with a target."""

    code: str
    name: str
    measure: str
    percent: bool
    decimals: int
    assumption: bool
    rule: YearRule
    cells: tuple[PlanCell, ...]
    year: float | None
    known: int
    year_difference: float | None


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """The whole page. `closed` counts the months with realised figures; `fixed` ones do not change any more.

    `rolled`: the targets are added up from the units below and cannot be typed here.
    """

    unit: str
    unit_name: str
    year: int
    years: tuple[int, ...]
    versions: tuple[PlanVersion, ...]
    version: PlanVersion | None
    compared: str
    others: tuple[str, ...]
    rows: tuple[PlanRow, ...]
    closed: int
    fixed: int
    rolled: bool
    suggested: str

    @property
    def draft(self) -> bool:
        """Whether targets can be changed."""
        return self.version is not None and not self.version.agreed_on and not self.rolled

    def row(self, code: str) -> PlanRow | None:
        """The row of an indicator."""
        return next((row for row in self.rows if row.code == code), None)

    @property
    def filled(self) -> int:
        """How many indicators have a target somewhere in the year."""
        return sum(1 for row in self.rows if row.known)


@dataclass(frozen=True, slots=True)
class _View:
    """One version with what it takes over: value and version per (indicator, period)."""

    cells: Mapping[tuple[str, str], tuple[float, str]]

    def value(self, code: str, period: str) -> float | None:
        return self.cells.get((code, period), (None, ""))[0]


def plan_answer(
    connection: sqlite3.Connection,
    unit: str,
    year: int,
    today: date,
    *,
    version: str = "",
    compared: str = "",
    language: str = "nl",
    ground: Callable[[], Ground] | None = None,
) -> PlanAnswer:
    """The plan of a unit and year. `version` "" = the draft that is there, else the last agreed on or before `today`.

    `compared` is the version to compare with, "" for none. Realised figures come from `ground`.
    """
    organisation = catalogue.organisation(connection)
    all_versions = facts.plan_versions(connection)
    versions = tuple(v for v in all_versions if v.year == year)
    shown = _choose(versions, version, today)
    targets = [t for t in facts.targets(connection, [unit]) if t.year == year and not t.stream]
    base = ground() if ground is not None else None
    months = [p.id for p in Period.parse(str(year)).months()]
    rolled = bool(organisation.children(unit, date(year, 12, 31)))
    view = _rolled_view(base, unit, months, today) if rolled and base is not None else _view(targets, versions, shown)
    other = next((v for v in versions if v.code == compared and v is not shown and not rolled), None)
    against = _view(targets, versions, other) if other is not None else None
    closed = _closed_months(base, unit, months)
    fixed = closed if shown is not None and (shown.reason or shown.agreed_on) else 0
    rows = tuple(
        _row(indicator, months, closed, view, against, base, unit, shown, language)
        for indicator in catalogue.indicators(connection)
        if _can_be_planned(indicator)
    )
    return PlanAnswer(
        unit=unit,
        unit_name=organisation.unit(unit).name,
        year=year,
        years=_years(connection, all_versions, year),
        versions=versions,
        version=shown,
        compared=other.code if other is not None else "",
        others=tuple(v.code for v in versions if shown is None or v.code != shown.code),
        rows=tuple(sorted(rows, key=lambda row: row.assumption)),
        closed=closed,
        fixed=fixed,
        rolled=rolled,
        suggested=_next_code(versions),
    )


def _choose(versions: Sequence[PlanVersion], wanted: str, today: date) -> PlanVersion | None:
    for version in versions:
        if version.code == wanted:
            return version
    drafts = [v for v in versions if not v.agreed_on]
    if drafts:
        return drafts[-1]
    agreed = [v for v in versions if v.agreed_on <= today.isoformat()] or list(versions)
    return agreed[-1] if agreed else None


def _view(targets: Sequence[Target], versions: Sequence[PlanVersion], shown: PlanVersion | None) -> _View:
    """The version's own cells over those of the versions agreed before it."""
    if shown is None:
        return _View({})
    until = shown.agreed_on or "9999"
    order = [v.code for v in versions if v.agreed_on and v.agreed_on <= until and v.code != shown.code]
    cells: dict[tuple[str, str], tuple[float, str]] = {}
    for code in (*order, shown.code):
        for t in targets:
            if t.version == code and t.kind is TargetKind.PLAN and len(t.period) == 7:
                cells[t.indicator, t.period] = (t.value, code)
    return _View(cells)


def _rolled_view(base: Ground, unit: str, months: Sequence[str], today: date) -> _View:
    """The targets in force of the units below, added up."""
    cells: dict[tuple[str, str], tuple[float, str]] = {}
    for code in base.indicators:
        for period in months:
            found = base.target(unit, code, Period.parse(period), today)
            if found.value is not None:
                cells[code, period] = (found.value, found.version)
    return _View(cells)


def _row(
    indicator: Indicator,
    months: Sequence[str],
    closed: int,
    view: _View,
    against: _View | None,
    base: Ground | None,
    unit: str,
    shown: PlanVersion | None,
    language: str,
) -> PlanRow:
    code = indicator.code
    cells = []
    for at, period in enumerate(months):
        target, version = view.cells.get((code, period), (None, ""))
        actual, hidden = _actual(base, unit, code, period) if at < closed else (None, False)
        compared = against.value(code, period) if against is not None else None
        cells.append(
            PlanCell(
                period=period,
                target=target,
                version=version,
                inherited=bool(version) and shown is not None and shown.code not in version.split("+"),
                actual=actual,
                hidden=hidden,
                closed=at < closed,
                compared=compared,
                difference=None if target is None or compared is None else target - compared,
            )
        )
    rule = _rule(indicator)
    year = _year(rule, [cell.target for cell in cells])
    before = _year(rule, [cell.compared for cell in cells])
    return PlanRow(
        code=code,
        name=(indicator.name_en if language == "en" else indicator.name_nl) or code,
        measure=indicator.measure,
        percent=indicator.percent,
        decimals=indicator.decimals,
        assumption=indicator.direction is Direction.NEUTRAL or code in CHAIN,
        rule=rule,
        cells=tuple(cells),
        year=year,
        known=sum(1 for cell in cells if cell.target is not None),
        year_difference=None if year is None or before is None else year - before,
    )


def _actual(base: Ground | None, unit: str, code: str, period: str) -> tuple[float | None, bool]:
    if base is None:
        return None, False
    figure = base.figure(unit, code, Period.parse(period))
    return figure.value, figure.reason == "hidden"


def _closed_months(base: Ground | None, unit: str, months: Sequence[str]) -> int:
    """How many months from January on have a realised figure."""
    if base is None:
        return 0
    found = [any(base.figure(unit, q, Period.parse(m)).defined for q in base.quantities) for m in months]
    return max((at + 1 for at, there in enumerate(found) if there), default=0)


def _rule(indicator: Indicator) -> YearRule:
    if indicator.over_time is OverTime.SUM:
        return YearRule.SUM
    return YearRule.END if indicator.over_time is OverTime.END else YearRule.SAME


def _year(rule: YearRule, values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    match rule:
        case YearRule.SUM:
            return fsum(known) if len(known) == len(values) else None
        case YearRule.END:
            return values[-1] if values else None
        case YearRule.SAME:
            return known[0] if len(known) == len(values) and len(set(known)) == 1 else None


def _can_be_planned(indicator: Indicator) -> bool:
    """Not what is itself measured against the plan."""
    try:
        return not parse_formula(indicator.formula).uses(PlanNode)
    except BadFormulaError:
        return True


def _years(connection: sqlite3.Connection, versions: Sequence[PlanVersion], year: int) -> tuple[int, ...]:
    """Every year with a plan or figures, and the one after."""
    last = facts.last_period_with_actuals(connection)
    first = connection.execute("SELECT min(period) FROM actual WHERE length(period) = 7").fetchone()[0]
    found = {v.year for v in versions} | {int(p[:4]) for p in (first, last) if p} | {year}
    return tuple(range(min(found), max(found) + 2))


def _next_code(versions: Sequence[PlanVersion]) -> str:
    """The code that a next version usually has: JP, then T1, T2."""
    codes = {v.code for v in versions}
    return next((code for code in ("JP", "T1", "T2", "T3") if code not in codes), f"V{len(codes) + 1}")
