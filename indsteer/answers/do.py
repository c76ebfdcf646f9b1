"""What Do shows: the figures of one unit and month, beside the three months before, with what does not fit.

Entry happens where figures arise: at a unit with nothing below it. Any other unit shows the roll-up, read-only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import fsum
from typing import Final

from indsteer.analysis.identities import Breach, BreachTerm, breaches
from indsteer.answers.do_notes import DoNote, extreme, jump, other_wrong
from indsteer.answers.ground import Ground
from indsteer.domain.facts import PlanVersion, Target, TargetKind
from indsteer.domain.indicator import Indicator
from indsteer.domain.organisation import Organisation
from indsteer.domain.period import Period, shift_month
from indsteer.domain.quantity import Quantity
from indsteer.store.queries import catalogue, facts, reviews
from indsteer.store.queries.facts import StoredActual

CLOSED: Final = 3  # months shown before the month of entry
DEADLINE_DAYS: Final = 10  # after the end of the month
RATIOS: Final = (
    ("TIJDIG_PCT", "UITSTROOM_TIJDIG", "UITSTROOM"),
    ("DIRECT_PCT", "UREN_DIRECT", "UREN_NETTO"),
    ("UREN_PER_ZAAK", "UREN_DIRECT", "UITSTROOM"),
    ("VERZUIM_PCT", "UREN_VERZUIM", "UREN_BRUTO"),
    ("KWALITEIT_PCT", "STEEKPROEF_GOED", "STEEKPROEF_N"),
)
PART_OF: Final = frozenset(
    {"UITSTROOM_TIJDIG", "VOORRAAD_TUSSEN", "VOORRAAD_BUITEN", "STEEKPROEF_GOED"}
    | {f"UREN_{part}" for part in ("FEEST", "VERLOF", "VERZUIM", "DIRECT", "OPLEIDING", "INDIRECT")}
)
QUARTER_ENDS: Final = ("03", "06", "09", "12")


class DoState(StrEnum):
    """How far the month is."""

    EMPTY = "empty"
    PROVISIONAL = "provisional"
    FINAL = "final"
    SIGNED = "signed"
    ROLLUP = "rollup"  # no level of entry


@dataclass(frozen=True, slots=True)
class DoCell:
    """A value, or why there is none: `absent` is a stored "no value" with its reason, `hidden` a group too small."""

    value: float | None = None
    final: bool = False
    absent: bool = False
    hidden: bool = False
    reason: str = ""
    streams: bool = False


@dataclass(frozen=True, slots=True)
class DoRow:
    """One quantity. `months` are the closed months, oldest first; `plan` is the target in force in `version`."""

    code: str
    name: str
    measure: str
    decimals: int
    part: bool
    months: tuple[DoCell, ...]
    entry: DoCell
    expected: bool
    plan: float | None
    version: str
    deviation: float | None
    notes: tuple[DoNote, ...]
    breach: Breach | None = None

    @property
    def missing(self) -> bool:
        """Whether a value is still expected."""
        return self.expected and self.entry.value is None and not (self.entry.absent or self.entry.hidden)


@dataclass(frozen=True, slots=True)
class DoGroup:
    """Rows that belong together; its word stands under `do.group.<key>`."""

    key: str
    rows: tuple[DoRow, ...]


@dataclass(frozen=True, slots=True)
class DoRatio:
    """What follows from the figures; None while a part is missing, `hidden` for a group too small."""

    code: str
    name: str
    value: float | None
    percent: bool
    decimals: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class DoAnswer:
    """The whole page. `deadline` is an ISO day; `open_points` are codes of rows that are missing or do not fit."""

    unit: str
    unit_name: str
    period: str
    months: tuple[str, ...]
    closed: tuple[str, ...]
    state: DoState
    groups: tuple[DoGroup, ...]
    breaches: tuple[Breach, ...]
    others: Mapping[str, BreachTerm]
    ratios: tuple[DoRatio, ...]
    deadline: str
    filled: int
    expected: int
    missing: int
    teams: int = 0

    @property
    def rows(self) -> tuple[DoRow, ...]:
        """All rows."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def open_points(self) -> tuple[str, ...]:
        """Codes of the rows that keep the month from being final, in the order of the table."""
        marked = {breach.marked for breach in self.breaches}
        return tuple(row.code for row in self.rows if row.missing or row.code in marked)

    def row(self, code: str) -> DoRow | None:
        """The row of a quantity."""
        return next((row for row in self.rows if row.code == code), None)


@dataclass(frozen=True, slots=True)
class _Facts:
    """All that was recorded of one unit: cells and, per quantity, the known values by month."""

    cells: Mapping[tuple[str, str], DoCell]
    history: Mapping[str, Mapping[str, float]]


def do_answer(
    connection: sqlite3.Connection,
    unit: str,
    period: str,
    today: date,
    language: str = "nl",
    ground: Callable[[], Ground] | None = None,
) -> DoAnswer:
    """The answer of Do for a unit and month; `today` decides which plan is in force.

    Above the level of entry the figures are rolled up from `ground`; without it they stay empty.
    """
    organisation = catalogue.organisation(connection)
    quantities = catalogue.quantities(connection)
    months = tuple(shift_month(period, n - CLOSED) for n in range(CLOSED))
    last_day = Period.parse(period).last_day
    if organisation.children(unit, last_day):
        return _rolled_up(organisation, quantities, unit, period, months, language, ground, today)
    known = _facts(facts.actuals(connection, [unit]))
    signed = reviews.signed_periods(connection)
    plans = in_force(facts.targets(connection, [unit]), facts.plan_versions(connection), today)
    found = _breaches(known, quantities, period)
    rows = {
        q.code: _row(q, known, plans, period, months, language, next((b for b in found if b.marked == q.code), None))
        for q in quantities
    }
    answer_rows = tuple(rows.values())
    expected = [row for row in answer_rows if row.expected]
    recent = {q.code: [known.history[q.code][m] for m in months if m in known.history[q.code]] for q in quantities
              if q.code in known.history}  # fmt: skip
    threshold = catalogue.setting(connection, "group_threshold", 10)
    small = not _is_large(known, period, threshold if isinstance(threshold, int | float) else 10)
    return DoAnswer(
        unit=unit,
        unit_name=organisation.unit(unit).name,
        period=period,
        months=months,
        closed=tuple("signed" if (unit, m) in signed else _month_state(known, m) for m in months),
        state=DoState.SIGNED if (unit, period) in signed else DoState(_month_state(known, period)),
        groups=_groups(quantities, rows),
        breaches=found,
        others={b.key: other for b in found if (other := other_wrong(b, recent)) is not None},
        ratios=_ratios(known, catalogue.indicators(connection), period, language, small=small),
        deadline=(last_day + timedelta(days=DEADLINE_DAYS)).isoformat(),
        filled=sum(1 for row in expected if not row.missing),
        expected=len(expected),
        missing=sum(1 for row in expected if row.missing),
    )


def in_force(
    targets: Sequence[Target], versions: Sequence[PlanVersion], on: date
) -> Mapping[tuple[str, str], tuple[float, str]]:
    """(value, version) per (indicator, period): of the latest version agreed on or before a day that has the cell."""
    agreed = {(v.year, v.code): v.agreed_on for v in versions if v.agreed_on and v.agreed_on <= on.isoformat()}
    found: dict[tuple[str, str], tuple[float, str]] = {}
    since: dict[tuple[str, str], str] = {}
    for target in targets:
        day = agreed.get((target.year, target.version))
        key = (target.indicator, target.period)
        if day is None or target.kind is not TargetKind.PLAN or target.stream or since.get(key, "") > day:
            continue
        found[key], since[key] = (target.value, target.version), day
    return found


def _facts(stored: Sequence[StoredActual]) -> _Facts:
    grouped: dict[tuple[str, str], list[StoredActual]] = {}
    for row in stored:
        grouped.setdefault((row.quantity, row.period), []).append(row)
    cells: dict[tuple[str, str], DoCell] = {}
    history: dict[str, dict[str, float]] = {}
    for (code, period), rows in grouped.items():
        values = [row.value for row in rows if row.value is not None]
        value = fsum(values) if values else None
        cells[code, period] = DoCell(
            value,
            final=all(row.final for row in rows),
            absent=value is None,
            reason=rows[0].reason,
            streams=any(row.stream for row in rows),
        )
        if value is not None and len(period) == 7:
            history.setdefault(code, {})[period] = value
    return _Facts(cells, history)


def _row(
    quantity: Quantity,
    known: _Facts,
    plans: Mapping[tuple[str, str], tuple[float, str]],
    period: str,
    months: Sequence[str],
    language: str,
    breach: Breach | None,
) -> DoRow:
    code = quantity.code
    entry = known.cells.get((code, period), DoCell())
    plan, version = plans.get((code, period), (None, ""))
    expected = _is_expected(known, code, period)
    return DoRow(
        code=code,
        name=(quantity.name_en if language == "en" else quantity.name_nl) or code,
        measure=quantity.measure,
        decimals=quantity.decimals,
        part=code in PART_OF,
        months=tuple(known.cells.get((code, m), DoCell()) for m in months),
        entry=entry,
        expected=expected,
        plan=plan,
        version=version,
        deviation=None if entry.value is None or plan is None else entry.value - plan,
        notes=_notes(known, code, period, entry, breach, expected=expected),
        breach=breach,
    )


def _notes(
    known: _Facts, code: str, period: str, entry: DoCell, breach: Breach | None, *, expected: bool
) -> tuple[DoNote, ...]:
    history = known.history.get(code, {})
    found: list[DoNote | None] = []
    if breach is not None:
        key = "too_large" if breach.at_most else "more" if breach.difference > 0 else "less"
        found.append(DoNote(f"breach_{key}", "bad", {"amount": abs(breach.difference)}))
    if entry.absent:
        found.append(DoNote("absent", "", {"reason": entry.reason}))
    elif entry.value is None:
        empty = _month_state(known, period) == "empty"
        if not expected:
            found.append(DoNote("not_expected"))
        elif not empty:
            found.append(DoNote("missing", "warn"))
    else:
        found.append(jump(period, entry.value, history))
        found.append(extreme(period, entry.value, history))
        if entry.reason:
            found.append(DoNote("explained", "info", {"reason": entry.reason}))
    return tuple(note for note in found if note is not None)


def _is_expected(known: _Facts, code: str, period: str) -> bool:
    """Whether the unit fills this quantity in this month: by what it did in the year before; all when it is new."""
    year = [shift_month(period, -n) for n in range(1, 13)]
    if not any(m in history for history in known.history.values() for m in year):
        return True
    recorded = [m for m in year if (code, m) in known.cells]
    if len(recorded) > 1 and all(m[5:] in QUARTER_ENDS for m in recorded):
        return period[5:] in QUARTER_ENDS
    return bool(recorded)


def _breaches(known: _Facts, quantities: Sequence[Quantity], period: str) -> tuple[Breach, ...]:
    """Sums that do not hold and are not explained at their whole."""
    found = breaches(
        lambda code, back: known.history.get(code, {}).get(shift_month(period, -back)),
        {q.code: q.decimals for q in quantities},
    )
    return tuple(b for b in found if not known.cells.get((b.marked, period), DoCell()).reason)


def _month_state(known: _Facts, month: str) -> str:
    cells = [cell for (_, period), cell in known.cells.items() if period == month]
    if not cells:
        return "empty"
    return "final" if all(cell.final for cell in cells) else "provisional"


def _groups(quantities: Sequence[Quantity], rows: Mapping[str, DoRow]) -> tuple[DoGroup, ...]:
    keys = dict.fromkeys(q.group for q in quantities)
    return tuple(DoGroup(key or "other", tuple(rows[q.code] for q in quantities if q.group == key)) for key in keys)


def _is_large(known: _Facts, period: str, threshold: float) -> bool:
    size = known.history.get("FTE_BEZET", {}).get(period)
    return size is not None and size >= threshold


def _ratios(
    known: _Facts, indicators: Sequence[Indicator], period: str, language: str, *, small: bool
) -> tuple[DoRatio, ...]:
    by_code = {i.code: i for i in indicators}
    found: list[DoRatio] = []
    for code, above, below in RATIOS:
        indicator = by_code.get(code)
        if indicator is None:
            continue
        upper, lower = (known.history.get(q, {}).get(period) for q in (above, below))
        hidden = small and indicator.sensitive
        value = upper / lower if upper is not None and lower and not hidden else None
        name = (indicator.name_en if language == "en" else indicator.name_nl) or code
        found.append(DoRatio(code, name, value, indicator.percent, indicator.decimals, hidden=hidden))
    return tuple(found)


def _rolled_up(
    organisation: Organisation,
    quantities: Sequence[Quantity],
    unit: str,
    period: str,
    months: tuple[str, ...],
    language: str,
    ground: Callable[[], Ground] | None,
    today: date,
) -> DoAnswer:
    """Sums of the units below, to be read only."""
    base = ground() if ground is not None else None

    def cell(code: str, month: str) -> DoCell:
        if base is None:
            return DoCell()
        figure = base.figure(unit, code, Period.parse(month))
        return DoCell(figure.value, final=not figure.provisional, hidden=figure.reason == "hidden")

    rows: dict[str, DoRow] = {}
    for q in quantities:
        entry = cell(q.code, period)
        target = base.target(unit, q.code, Period.parse(period), today) if base and q.code in base.indicators else None
        plan = target.value if target else None
        rows[q.code] = DoRow(
            q.code, (q.name_en if language == "en" else q.name_nl) or q.code, q.measure, q.decimals, q.code in PART_OF,
            tuple(cell(q.code, m) for m in months), entry, expected=False, plan=plan,
            version=target.version if target else "",
            deviation=None if entry.value is None or plan is None else entry.value - plan, notes=(),
        )  # fmt: skip
    return DoAnswer(
        unit=unit, unit_name=organisation.unit(unit).name, period=period, months=months, closed=("",) * CLOSED,
        state=DoState.ROLLUP, groups=_groups(quantities, rows), breaches=(), others={}, ratios=(), deadline="",
        filled=0, expected=0, missing=0, teams=len(organisation.leaves(unit, Period.parse(period).last_day)),
    )  # fmt: skip
