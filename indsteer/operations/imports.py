"""Taking over what a planning sheet says: one import = one transaction = one undo.

The caller (screen or command line) has read the sheet, settled the names and shown the difference; here it is
written. Records equal to what is stored change nothing, whatever the file's bytes; final is never lowered; a change
to a signed period needs a reason and is a visible correction.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose

from indsteer.domain.facts import PlanVersion, TargetKind
from indsteer.domain.formula import parse_formula
from indsteer.domain.indicator import Indicator
from indsteer.domain.organisation import Unit
from indsteer.operations.errors import DoubleValueError, SignedPeriodError
from indsteer.operations.guards import covers, must_be_number, must_be_period
from indsteer.operations.plan import must_be_draft
from indsteer.store.encoding import Row, Value
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes, OpenStep
from indsteer.store.queries import catalogue, reviews


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One value of the sheet, its names settled: `kind` is actual, plan, target or forecast."""

    unit: str
    indicator: str
    period: str
    kind: str
    value: float
    cell: str = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What is to be written.

    `name` and `sha256` of the workbook; `version` takes the plan and target records, and is made as a draft when
    it is not there; `new_units` are made under their parents and `new_indicators` as measured quantities with a
    direction; `aliases` are (kind, text, code). Actuals become final when `final`.
    """

    name: str
    sha256: str
    records: tuple[ImportRecord, ...]
    version: PlanVersion | None = None
    new_units: tuple[tuple[Unit, str], ...] = ()
    new_indicators: tuple[Indicator, ...] = ()
    aliases: tuple[tuple[str, str, str], ...] = ()
    final: bool = False
    reason: str = ""
    profile: tuple[str, str] | None = None


def take_over(file: SteerFile, plan: ImportPlan) -> Changes:
    """Write what a sheet says as one step.

    Raises:
        DoubleValueError: two records for one cell; SignedPeriodError: a signed period would change without a
        reason; AgreedPlanError: the plan version is agreed; NotANumberError, BadPeriodError. Nothing was changed.
    """
    _check(plan)
    with file.step("take_over", name=plan.name, n=len(plan.records), reason=plan.reason) as step:
        _names(step, plan)
        _version(file, step, plan)
        writer = _Writer(file, step, plan)
        writer.actuals()
        writer.targets()
        writer.forecasts()
        if plan.profile is not None:
            step.put("profile", fingerprint=plan.profile[0], name=plan.name, content=plan.profile[1])
    return step.changes


def _check(plan: ImportPlan) -> None:
    seen: set[tuple[str, str, str, str]] = set()
    for r in plan.records:
        key = (r.unit, r.indicator, must_be_period(r.period), r.kind)
        if key in seen:
            raise DoubleValueError(unit=r.unit, indicator=r.indicator, period=r.period)
        seen.add(key)
        must_be_number(r.value, unit=r.unit, indicator=r.indicator, period=r.period)


def _names(step: OpenStep, plan: ImportPlan) -> None:
    ((place,),) = step.query("SELECT coalesce(max(position), 0) FROM unit")
    for number, (unit, parent) in enumerate(plan.new_units, int(place or 0) + 1):
        step.put(
            "unit", code=unit.code, name=unit.name, level=unit.level.value, short=unit.short, location=unit.location,
            product=unit.product, position=number,
        )  # fmt: skip
        if parent:
            step.put("unit_parent", unit=unit.code, valid_from="", parent=parent)
    ((place,),) = step.query("SELECT coalesce(max(position), 0) FROM indicator")
    for number, i in enumerate(plan.new_indicators, int(place or 0) + 1):
        step.put(
            "quantity", code=i.code, name_nl=i.name_nl, name_en=i.name_en, measure=i.measure, decimals=i.decimals,
            over_time=i.over_time.value, over_units=i.over_units.value, direction=i.direction.value, weight="",
            sensitive=int(i.sensitive), grp="", position=number,
        )  # fmt: skip
        step.put(
            "indicator", code=i.code, name_nl=i.name_nl, name_en=i.name_en, measure=i.measure,
            direction=i.direction.value, over_time=i.over_time.value, over_units=i.over_units.value,
            formula=i.code, norm=i.norm, signal=i.signal, intervention=i.intervention, cycle=i.cycle,
            note_nl=i.note_nl, note_en=i.note_en, decimals=i.decimals, percent=int(i.percent), method=i.method,
            sensitive=int(i.sensitive), position=number,
        )  # fmt: skip
    for kind, text, code in plan.aliases:
        step.put("alias", kind=kind, text=text, code=code)


def _version(file: SteerFile, step: OpenStep, plan: ImportPlan) -> None:
    wanted = plan.version
    if wanted is None or not any(r.kind in ("plan", "target") for r in plan.records):
        return
    if step.query("SELECT 1 FROM plan_version WHERE year = ? AND code = ?", wanted.year, wanted.code):
        must_be_draft(file, wanted.year, wanted.code)
    else:
        step.put("plan_version", year=wanted.year, code=wanted.code, name=wanted.name, reason=wanted.reason)


class _Writer:
    """Writes the records of one import, each with its source; the source is made with the first that differs."""

    def __init__(self, file: SteerFile, step: OpenStep, plan: ImportPlan) -> None:
        self._file = file
        self._step = step
        self._plan = plan
        self._source: int | None = None
        indicators = {i.code: i for i in catalogue.indicators(file.connection)}
        quantities = {q.code for q in catalogue.quantities(file.connection)}
        bases = {code: parse_formula(i.formula).base for code, i in indicators.items()}
        self._quantity = {**{code: base for code, base in bases.items() if base}, **{code: code for code in quantities}}

    def actuals(self) -> None:
        """Measured values, and stated ones: of an indicator that came without its parts."""
        measured: list[Row] = []
        told: list[Row] = []
        records = [r for r in self._plan.records if r.kind == "actual"]
        stored = self._stored("actual", "quantity", records)
        stated = self._stored("stated", "indicator", records)
        for r in records:
            quantity = self._quantity.get(r.indicator)
            row = (
                stored.get((r.unit, quantity or "", r.period))
                if quantity
                else stated.get((r.unit, r.indicator, r.period))
            )
            final = int(self._plan.final or bool(row and row[1]))
            if row is not None and _same(row[0], r.value) and row[1] == final:
                continue
            if quantity:
                measured.append((r.unit, quantity, "", r.period, r.value, final, "", self._from(), r.cell))
            else:
                told.append((r.unit, r.indicator, "", r.period, r.value, final, self._from(), r.cell))
        self._guard([(str(row[0]), str(row[3])) for row in (*measured, *told)])
        self._step.put_many("actual", measured)
        self._step.put_many("stated", told)

    def targets(self) -> None:
        """Plan paths and wished values, into the version."""
        version = self._plan.version
        records = [r for r in self._plan.records if r.kind in ("plan", "target")]
        if version is None or not records:
            return
        units = {r.unit for r in records}
        marks = ", ".join("?" * len(units))
        stored = {
            row[:4]: row[4]
            for row in self._step.query(
                "SELECT unit, indicator, period, kind, value FROM target"
                f" WHERE year = ? AND version = ? AND unit IN ({marks})",
                version.year, version.code, *sorted(units),
            )
        }  # fmt: skip
        rows: list[Row] = []
        for r in records:
            kind = (TargetKind.PLAN if r.kind == "plan" else TargetKind.TARGET).value
            if not _same(stored.get((r.unit, r.indicator, r.period, kind)), r.value):
                rows.append(
                    (r.unit, r.indicator, "", r.period, version.year, version.code, kind, r.value, self._from(), r.cell)
                )
        self._step.put_many("target", rows)

    def forecasts(self) -> None:
        """Forecasts are a frozen run of their own; the same run again changes nothing."""
        records = [r for r in self._plan.records if r.kind == "forecast"]
        wanted = {(r.unit, r.indicator, r.period, r.value) for r in records}
        if not records or wanted <= set(
            self._step.query(
                "SELECT v.unit, v.indicator, v.period, v.value FROM forecast_value v"
                " JOIN forecast_run f ON f.id = v.run WHERE f.name = ?",
                self._plan.name,
            )
        ):
            return
        run = self._file.new_id()
        now = self._file.now().isoformat(timespec="seconds")
        source = self._from()
        self._step.put("forecast_run", id=run, name=self._plan.name, at=now, role=self._file.actor.role, source=source)
        self._step.put_many(
            "forecast_value", [(run, r.unit, r.indicator, "", r.period, r.value, r.cell) for r in records]
        )

    def _stored(self, table: str, code: str, records: Sequence[ImportRecord]) -> dict[tuple[Value, ...], Row]:
        units = sorted({r.unit for r in records})
        marks = ", ".join("?" * len(units))
        rows = self._step.query(
            f"SELECT unit, {code}, period, value, final FROM {table} WHERE stream = '' AND unit IN ({marks})", *units
        )
        return {row[:3]: row[3:] for row in rows}

    def _guard(self, cells: Sequence[tuple[str, str]]) -> None:
        signed = reviews.signed_periods(self._file.connection)
        if self._plan.reason.strip() or not signed:
            return
        for unit, period in sorted(set(cells)):
            if any(u == unit and covers(p, period) for u, p in signed):
                raise SignedPeriodError(unit=unit, period=period)

    def _from(self) -> int:
        if self._source is None:
            ((last,),) = self._step.query("SELECT coalesce(max(id), 0) FROM source")
            self._source = int(last or 0) + 1
            self._step.put(
                "source", id=self._source, name=self._plan.name, sha256=self._plan.sha256,
                at=self._file.now().isoformat(timespec="seconds"), role=self._file.actor.role,
                facts=json.dumps({"records": len(self._plan.records)}),
            )  # fmt: skip
        return self._source


def _same(stored: Value, value: float) -> bool:
    """Whether a value is the stored one: a workbook keeps 16 digits of a double."""
    return isinstance(stored, float) and isclose(stored, value, rel_tol=1e-15)
