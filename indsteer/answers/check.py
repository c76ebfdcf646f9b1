"""What Check shows: for one unit and month every indicator with its verdicts, and what deserves the conversation.

Values that may not be shown (small groups) are hidden before anything is computed from them. Texts in the facts
are finished in the language of the `Words` given, because how many decimals a figure has is the indicator's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from indsteer.analysis.chart import ChartDatum
from indsteer.analysis.figure import Figure, TargetFigure
from indsteer.analysis.verdicts import Verdict, capability, change, standing, to_date
from indsteer.answers.ground import Ground
from indsteer.answers.thresholds import breaches
from indsteer.answers.trend import Notes, notes, trend
from indsteer.domain.indicator import Indicator
from indsteer.domain.period import Period
from indsteer.errors import Fact
from indsteer.store.queries import reviews
from indsteer.words import Words


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One indicator of a unit in a month.

    Values are in the stored scale. `deviation` = value - target in `version`; `share` the same as a share of the
    target where that means something, else None. `why_not` is the key under `reasons.` why there is no value.
    `chart` holds the whole series (the sparkline is drawn from it). `attention` is True for what deserves the
    conversation: a real change for the worse, or the intervention value breached. `explained` is the cause written
    for this month, empty when there is none.
    """

    indicator: str
    name: str
    measure: str
    direction: str
    percent: bool
    decimals: int
    value: float | None
    provisional: bool
    target: float | None
    version: str
    deviation: float | None
    share: float | None
    why_not: str
    why_facts: Mapping[str, Fact]
    change: Verdict
    standing: Verdict
    to_date: Verdict
    capability: Verdict
    chart: ChartDatum
    attention: bool
    explained: str = ""
    method: str = "xmr"


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """`lead` and `second` are keys with facts of the one sentence and the line of grounds; tone as in verdicts."""

    unit: str
    unit_name: str
    period: str
    rows: tuple[CheckRow, ...]
    lead: str
    lead_facts: Mapping[str, Fact]
    second: str
    second_facts: Mapping[str, Fact]
    tone: str
    signed: bool = False
    empty: bool = False

    def row(self, indicator: str) -> CheckRow | None:
        """The row of an indicator."""
        return next((row for row in self.rows if row.indicator == indicator), None)


def check_answer(connection: sqlite3.Connection, ground: Ground, words: Words, unit: str, period: str) -> CheckAnswer:
    """The Check of a unit and month.

    Indicators that are never recorded or planned for this unit are left out; those that are recorded but missing
    this month stay, with the reason.

    Raises:
        UnknownUnitError, BadPeriodError.
    """
    month = Period.parse(period)
    written = notes(connection, ground, unit, month)
    causes = {c.indicator: c.text for c in reviews.causes(connection, unit) if c.period == period}
    found = [
        _row(ground, written, words, unit, indicator, month, causes.get(indicator.code, ""))
        for indicator in ground.indicators.values()
    ]
    rows = tuple(row for row in found if row is not None)
    asking = sorted(
        (row for row in rows if row.attention), key=lambda row: (row.change.tone != "bad", bool(row.explained))
    )
    lead, lead_facts, second, second_facts, tone = _lead(words, rows, asking)
    return CheckAnswer(
        unit=unit,
        unit_name=ground.organisation.unit(unit).name,
        period=period,
        rows=rows,
        lead=lead,
        lead_facts=lead_facts,
        second=second,
        second_facts=second_facts,
        tone=tone,
        signed=(unit, period) in ground.signed,
        empty=not any(row.value is not None for row in rows),
    )


def shown(words: Words, row: CheckRow, value: float | None, *, plus: bool = False) -> str:
    """A value of this row as people read it, without its measure."""
    return words.measure_value(value, percent=row.percent, decimals=row.decimals, plus=plus)


def deviation_text(words: Words, row: CheckRow) -> str:
    """The deviation as people read it: percentage points for a percentage, else a signed number."""
    return gap_text(words, row, row.deviation)


def gap_text(words: Words, row: CheckRow, gap: float | None) -> str:
    """A difference in the scale of this row, short enough for a cell: "+1,9 pp", "-31"."""
    if not row.percent or gap is None:
        return words.signed(gap, row.decimals)
    return words("check.points", value=words.signed(gap * 100, row.decimals))


def _row(
    ground: Ground, written: Notes, words: Words, unit: str, indicator: Indicator, month: Period, cause: str
) -> CheckRow | None:
    code = indicator.code
    figure = ground.figure(unit, code, month)
    target = ground.target(unit, code, month)
    drawn = trend(ground, written, words.language, unit, indicator, month)
    if not any(value is not None for value in (*drawn.datum.actual, *drawn.datum.target)) and not drawn.datum.hidden:
        return None
    changed = change(drawn.control)
    signal, intervention = breaches(ground, indicator, unit, month, figure, target)
    stands = standing(
        figure.value,
        target.value,
        indicator.direction,
        signal=signal,
        intervention=intervention,
        rounding=_rounding(indicator),
    )
    deviation = None if figure.value is None or target.value is None else figure.value - target.value
    hidden = bool(drawn.datum.hidden)
    return CheckRow(
        indicator=code,
        name=ground.name(code, words.language),
        measure=indicator.measure,
        direction=indicator.direction.value,
        percent=indicator.percent,
        decimals=indicator.decimals,
        value=figure.value,
        provisional=figure.provisional,
        target=target.value,
        version=target.version,
        deviation=deviation,
        share=_share(indicator, deviation, target),
        why_not=figure.reason,
        why_facts=figure.facts,
        change=changed,
        standing=stands,
        to_date=_to_date(ground, indicator, unit, month),
        capability=capability(drawn.control),
        chart=drawn.datum,
        attention=not hidden and figure.value is not None and "bad" in (changed.tone, stands.tone),
        explained=cause,
        method=indicator.method,
    )


def _to_date(ground: Ground, indicator: Indicator, unit: str, month: Period) -> Verdict:
    actual: Figure = ground.to_date(unit, indicator.code, month)
    target: TargetFigure = ground.ledger.target_to_date(unit, indicator.code, month)
    return to_date(
        actual.value, target.value, indicator.direction, rounding=_rounding(indicator), percent=indicator.percent
    )


def _rounding(indicator: Indicator) -> float:
    """Half a unit of the last shown decimal, in the stored scale."""
    return float(0.5 * 10.0 ** -(indicator.decimals + (2 if indicator.percent else 0)))


def _share(indicator: Indicator, deviation: float | None, target: TargetFigure) -> float | None:
    if indicator.percent or deviation is None or not target.value:
        return None
    return deviation / target.value


def _lead(
    words: Words, rows: tuple[CheckRow, ...], asking: list[CheckRow]
) -> tuple[str, Mapping[str, Fact], str, Mapping[str, Fact], str]:
    if not any(row.value is not None for row in rows):
        return "check.lead_empty", {}, "check.second_empty", {}, "none"
    if not asking:
        short = [row for row in rows if row.to_date.tone == "warn"]
        if not short:
            return "check.lead_quiet", {}, "check.second_quiet", {"n": len(rows)}, "good"
        names = _names([row.name for row in short[:3]], words)
        return "check.lead_short", {"names": names}, "check.second_short", {"n": len(short)}, "warn"
    first = asking[0]
    names = _names([row.name for row in asking[:3]], words)
    facts: dict[str, Fact] = {"n": len(asking), "names": names, "first": first.name}
    grounds: dict[str, Fact] = {
        "first": first.name,
        "value": _with_measure(words, first),
        "target": shown(words, first, first.target),
        "deviation": deviation_text(words, first),
    }
    key = "check.second_target" if first.target is not None else "check.second_value"
    return "check.lead_asking", facts, key, grounds, "bad" if first.change.tone == "bad" else "warn"


def _with_measure(words: Words, row: CheckRow) -> str:
    value, measure = shown(words, row, row.value), words.measure(row.measure)
    return value if row.percent or not measure else words("common.value_measure", value=value, measure=measure)


def _names(names: list[str], words: Words) -> str:
    if len(names) == 1:
        return names[0]
    return words("check.and", first=", ".join(names[:-1]), last=names[-1])
