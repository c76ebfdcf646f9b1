"""The review sheet: an open review as it stands now, a signed one exactly as it was signed.

What is signed is stored as the sheet's own data; only the footer with the number and the hash of the signing step is
added when it is printed, because those exist only after the signature. So later corrections of figures, names or
words change nothing on it.
"""

from __future__ import annotations

import json
import sqlite3
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, Literal, get_args, get_origin, get_type_hints

from indsteer.analysis.verdicts import Verdict as Judgement
from indsteer.answers.act import ActRow, Group
from indsteer.answers.check import CheckRow, deviation_text, shown
from indsteer.answers.effects import effect_text
from indsteer.answers.ground import Ground
from indsteer.answers.review import ReviewAnswer, Topic, review_answer
from indsteer.answers.review_texts import topic_sentence, verdict_word
from indsteer.domain.review import Decision, DecisionKind, Fault, Review
from indsteer.report.chart_layout import layout_chart, layout_spark
from indsteer.report.sheet import (
    Chart,
    Figure,
    Finding,
    Footer,
    Heads,
    IndicatorRow,
    Measure,
    ReviewSheet,
    Shape,
    Signature,
    Tone,
    Verdict,
    to_json,
)
from indsteer.store.queries import reviews
from indsteer.store.verification import head
from indsteer.words import Language, Words

ROWS = 10  # that fit a page with everything else
CHARTS = 2  # that fit a page
MEASURES = 6  # that fit a page; the others are counted
_SHAPES: dict[str, tuple[Shape, Tone]] = {
    "good": ("circle", "good"),
    "warn": ("triangle", "warn"),
    "bad": ("diamond", "bad"),
    "info": ("square", "info"),
    "none": ("ring", "none"),
    "na": ("dash", "none"),
}
_VERDICTS = ("change", "standing", "to_date", "capability")


@dataclass(frozen=True, slots=True)
class _ChartWords:
    """Numbers, months and lines of a chart on paper."""

    words: Words

    def number(self, value: float, *, percent: bool, decimals: int) -> str:
        return self.words.number(value * 100 if percent else value, decimals)

    def tick(self, period: str) -> str:
        return self.words.period_short(period)

    def label(self, key: str, number: str) -> str:
        return self.words(f"sheet.line.{key}", value=number)


def sheet_for(
    connection: sqlite3.Connection, ground: Ground, words: Words, unit: str, period: str, today: date
) -> ReviewSheet:
    """The sheet of a unit and month: the signed one when its latest version is signed, else a concept of today.

    Raises:
        UnknownUnitError, BadPeriodError.
    """
    review = reviews.latest_review(connection, unit, period)
    if review is not None and review.sheet and review.signed_at:
        return signed_sheet(connection, review)
    return build_sheet(connection, ground, words, unit, period, today)


def build_sheet(
    connection: sqlite3.Connection, ground: Ground, words: Words, unit: str, period: str, today: date
) -> ReviewSheet:
    """The sheet as it stands, as a concept."""
    answer = review_answer(connection, ground, words, unit, period, today)
    return _Writer(connection, ground, words, answer).sheet(signing=None)


def sheet_to_sign(
    connection: sqlite3.Connection, ground: Ground, words: Words, answer: ReviewAnswer, signed_by: tuple[str, ...]
) -> str:
    """The data of the sheet of an open review as it will be signed on the answer's `today`, for `sign_review`."""
    return to_json(_Writer(connection, ground, words, answer).sheet(signing=signed_by))


def signed_sheet(connection: sqlite3.Connection, review: Review) -> ReviewSheet:
    """The sheet of a signed review as it was signed, with the control number of its step."""
    sheet = sheet_from_json(review.sheet)
    step = reviews.signed_step(connection, review.id)
    words = Words(_language(sheet.language))
    control = words("sheet.control", step=step, head=head(connection, step))
    return replace(sheet, footer=replace(sheet.footer, control=control))


def sheet_from_json(text: str) -> ReviewSheet:
    """The sheet that `report.sheet.to_json` wrote."""
    found = _read(ReviewSheet, json.loads(text))
    if not isinstance(found, ReviewSheet):
        raise TypeError(type(found))
    return found


def units_with_sheet(connection: sqlite3.Connection, ground: Ground, period: str) -> tuple[str, ...]:
    """Units that have a review or a figure in a month, themselves or below them, in the order of the tree."""
    having = {row[0] for row in connection.execute("SELECT unit FROM review WHERE period = ?", (period,)).fetchall()}
    figures = "SELECT DISTINCT unit FROM actual WHERE period = ?"
    having |= {row[0] for row in connection.execute(figures, (period,)).fetchall()}
    with_above = set(having)
    for link in ground.organisation.parents:
        if link.unit in having:
            above: str | None = link.parent
            while above is not None and above not in with_above:
                with_above.add(above)
                above = next((p.parent for p in ground.organisation.parents if p.unit == above), None)
    return tuple(unit.code for unit in ground.organisation.units if unit.code in with_above)


def rows_on_paper(rows: Sequence[CheckRow]) -> tuple[CheckRow, ...]:
    """The rows that fit a page: what asks attention, then what has a target, then what was judged; in their order."""

    def weight(row: CheckRow) -> tuple[bool, bool, bool, bool]:
        return (not row.attention, row.target is None, row.standing.tone != "warn", row.change.tone == "na")

    chosen = {row.indicator for row in sorted(rows, key=weight)[:ROWS]}
    return tuple(row for row in rows if row.indicator in chosen)


class _Writer:
    """One sheet in the making."""

    def __init__(self, connection: sqlite3.Connection, ground: Ground, words: Words, answer: ReviewAnswer) -> None:
        self._connection, self._ground, self._words, self._answer = connection, ground, words, answer

    def sheet(self, signing: tuple[str, ...] | None) -> ReviewSheet:
        words, answer = self._words, self._answer
        check, version = answer.check, answer.version
        day = answer.today.isoformat()
        period = words.period(answer.period)
        status = "sheet.concept" if signing is None else "sheet.signed"
        control = words("sheet.control_concept") if signing is None else ""
        return ReviewSheet(
            language="en" if words.language == "en" else "nl",
            title=words("sheet.title", unit=answer.unit_name, period=answer.period),
            dated=answer.today,
            unit=answer.unit_name,
            path=self._path(),
            period=words("review.title", period=answer.period),
            status=words(status, version=version, day=day),
            classification_head=words("sheet.classification_head"),
            classification=words("sheet.classification"),
            lead=words(check.lead, **{**check.lead_facts, "period": answer.period}),
            second=words(check.second, **{**check.second_facts, "period": answer.period}),
            heads=self._heads(),
            rows=tuple(self._row(row) for row in rows_on_paper(check.rows)),
            key=self._key(),
            key_text=words("sheet.key", period=period),
            charts=tuple(self._chart(topic) for topic in self._drawn()),
            findings=tuple(self._findings()),
            decisions=tuple(self._decision(line) for line in answer.lines),
            dissent=self._dissent(),
            countermeasures=tuple(self._measure(row) for row in self._measures()),
            signatures=self._signatures(signing),
            footer=Footer(control, words("sheet.classification"), words("sheet.page", page="{page}", pages="{pages}")),
        )

    def _path(self) -> str:
        on = self._answer.today
        codes = self._ground.organisation.path(self._answer.unit, on)[:-1]
        unit = self._ground.organisation.unit(self._answer.unit)
        parts = [self._ground.organisation.unit(code).name for code in codes[1:] or codes] + [unit.location]
        return ", ".join(part for part in parts if part)

    def _heads(self) -> Heads:
        words = self._words

        def head_of(name: str) -> str:
            return words(f"sheet.head.{name}")

        return Heads(
            indicator=head_of("indicator"),
            measure=head_of("measure"),
            target=head_of("target"),
            actual=head_of("actual"),
            deviation=head_of("deviation"),
            history=head_of("history"),
            verdicts=tuple(head_of(name) for name in _VERDICTS),
            findings=head_of("findings"),
            no_findings=head_of("no_findings"),
            decisions=head_of("decisions"),
            no_decisions=head_of("no_decisions"),
            dissent=head_of("dissent"),
            countermeasures=head_of("countermeasures"),
            no_countermeasures=head_of("no_countermeasures"),
            number=head_of("number"),
            countermeasure=head_of("countermeasure"),
            owner=head_of("owner"),
            since=head_of("since"),
            due=head_of("due"),
            expected=head_of("expected"),
            measured=head_of("state"),
        )

    def _row(self, row: CheckRow) -> IndicatorRow:
        words = self._words
        topic = self._answer.topic(row.indicator)
        actual = shown(words, row, row.value)
        if row.chart.hidden:
            actual = words("sheet.too_small")
        elif row.provisional:
            actual = words("sheet.provisional", value=actual)
        judged = (row.change, row.standing, row.to_date, row.capability)
        return IndicatorRow(
            name=row.name,
            measure="%" if row.percent else words.measure(row.measure),
            target=Figure(row.target, self._plain(row, row.target)),
            actual=Figure(row.value, actual.replace("%", "").strip() if row.percent else actual),
            deviation=Figure(row.deviation, self._gap(row)),
            spark=layout_spark(row.chart, alt=self._alt(row)),
            verdicts=tuple(self._verdict(verdict) for verdict in judged),
            strong=bool(topic and topic.needs),
        )

    def _plain(self, row: CheckRow, value: float | None) -> str:
        """Percentages stand without their sign: the measure has a column of its own."""
        return shown(self._words, row, value).replace("%", "").strip()

    def _gap(self, row: CheckRow) -> str:
        value = row.deviation
        scaled = None if value is None else value * 100 if row.percent else value
        return self._words.signed(scaled, row.decimals)

    def _alt(self, row: CheckRow) -> str:
        words = self._words
        if row.value is None:
            return topic_sentence(words, row)
        first = row.chart.periods[0] if row.chart.periods else self._answer.period
        return words("sheet.alt", name=row.name, first=first, last=self._answer.period, what=topic_sentence(words, row))

    def _verdict(self, verdict: Judgement) -> Verdict:
        shape, tone = _SHAPES[verdict.tone]
        word = "–" if verdict.tone == "na" else verdict_word(self._words, verdict)  # paper has no room to say why not
        return Verdict(shape, word, tone)

    def _key(self) -> tuple[Verdict, ...]:
        tones = ("bad", "warn", "good", "none", "info")
        return tuple(Verdict(*_SHAPES[tone][:1], self._words(f"sheet.tone.{tone}"), _SHAPES[tone][1]) for tone in tones)

    def _drawn(self) -> list[Topic]:
        """What the meeting is about first; a sheet without deviations shows its first two series."""
        usable = [t for t in self._answer.topics if not t.row.chart.hidden and t.row.chart.now >= 0]
        return usable[:CHARTS]

    def _chart(self, topic: Topic) -> Chart:
        words, row = self._words, topic.row
        measure = "%" if row.percent else words.measure(row.measure)
        limits = "check.per_month" if row.chart.segments else "check.per_month_plain"
        return layout_chart(
            row.chart,
            _ChartWords(words),
            title=row.name,
            subtitle=f"{measure} {words(limits)}",
            alt=self._alt(row),
            message=words("check.chart_empty"),
            explain=topic.needs and row.target is not None,
        )

    def _findings(self) -> Iterator[Finding]:
        words, answer = self._words, self._answer
        told: set[str] = set()
        for topic in answer.topics:
            if topic.cause:
                fault = "" if topic.fault is Fault.NONE else words(f"sheet.fault.{topic.fault.value}")
                told.add(topic.cause)
                yield Finding(f"{topic.row.name}.", " ".join(part for part in (topic.cause, fault) if part))
            elif topic.left:
                yield Finding(f"{topic.row.name}.", words("sheet.left"))
        names = {row.indicator: row.name for row in answer.check.rows}
        for found in reversed(reviews.findings(self._connection, answer.unit, answer.period)):
            if found.text not in told:
                yield Finding(f"{names.get(found.indicator, words('sheet.seen'))}.", found.text)

    def _decision(self, line: Decision) -> str:
        words = self._words
        text = line.text if line.text.endswith((".", "?", "!")) else f"{line.text}."
        if line.kind is not DecisionKind.DECISION:
            text = words("sheet.goes_to", where=words(f"review.kind.{line.kind.value}"), text=text)
        by = ", ".join(part for part in (line.owner, words.day(line.due) if line.due else "") if part)
        return words("sheet.by", text=text, by=by) if by else text

    def _dissent(self) -> str:
        answer = self._answer
        parts = [answer.review.dissent] if answer.review and answer.review.dissent else []
        parts += [
            self._words("review.close.dissent_line", name=topic.row.name, text=topic.dissent)
            for topic in answer.topics
            if topic.dissent
        ]
        return " ".join(parts)

    def _measures(self) -> list[ActRow]:
        """Late ones first, then those of this review, then what else is open; as many as fit."""
        new = {row.measure.id for row in self._answer.new_measures}
        found = [row for row in self._answer.measures if row.measure.is_open or row.measure.id in new]
        found.sort(key=lambda row: (row.group is not Group.OVERDUE, row.measure.id not in new))
        return found[:MEASURES]

    def _measure(self, row: ActRow) -> Measure:
        words, measure = self._words, row.measure
        late = row.days_late > 0
        tone = "bad" if late else "none"
        word = words("act.cell.late", n=row.days_late) if late else words(f"act.status.{measure.status.value}")
        due = words.day(measure.due) if measure.due else words("sheet.no_date")
        shape, ink = _SHAPES[tone]
        return Measure(
            number=measure.number,
            text=measure.title,
            owner=measure.owner,
            since=words.day(measure.start) if measure.start else "",
            due=words("sheet.late", due=due) if late else due,
            late=late,
            expected=effect_text(words, measure.expected, row.indicator),
            measured=Verdict(shape, word, ink),
        )

    def _signatures(self, signing: tuple[str, ...] | None) -> tuple[Signature, ...]:
        words, day = self._words, self._answer.today.isoformat()
        if signing is None:
            roles = [words(f"sheet.signer.{who}") for who in ("lead", "team", "director")]
            return tuple(Signature(role, words("sheet.to_sign")) for role in roles)
        return tuple(Signature(role, words("sheet.has_signed", day=day)) for role in signing)


def _language(code: str) -> Language:
    return "en" if code == "en" else "nl"


def _read(wanted: Any, value: Any) -> Any:
    """A JSON value as the type `wanted`: the inverse of `to_json`, for the types that a sheet is made of."""
    origin = get_origin(wanted)
    if origin is tuple:
        kinds = get_args(wanted)
        if len(kinds) == 2 and kinds[1] is ...:
            return tuple(_read(kinds[0], item) for item in value)
        return tuple(_read(kind, item) for kind, item in zip(kinds, value, strict=True))
    if origin in (types.UnionType, Literal):
        kinds = tuple(kind for kind in get_args(wanted) if kind is not type(None))
        return value if value is None or origin is Literal else _read(kinds[0], value)
    if wanted is date:
        return date(*value)
    if wanted is float:
        return float(value)
    if isinstance(wanted, type) and is_dataclass(wanted):
        hints = get_type_hints(wanted)
        return wanted(**{field.name: _read(hints[field.name], value[field.name]) for field in fields(wanted)})
    return value


__all__ = ["build_sheet", "deviation_text", "sheet_for", "sheet_from_json", "sheet_to_sign", "signed_sheet"]
