"""The sample: a fictitious service of four directorates and fifteen teams, built through operations.

Not an operation itself but the story of a year told with them: a catalogue, six years of figures, plans that were
agreed and revised, reviews that were held and signed, countermeasures in every state, and one disagreement that is
still open. All data are invented except where resources/samples/README.md says so.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from indsteer.answers.ground import load_ground
from indsteer.answers.review import review_answer
from indsteer.domain.catalogue import default_catalogue
from indsteer.domain.countermeasure import Escalation, Status
from indsteer.domain.facts import PlanVersion
from indsteer.domain.organisation import Level, NormTime, Parent, Term, Unit
from indsteer.domain.period import Period
from indsteer.domain.review import DecisionKind, Fault, Kept, Outcome
from indsteer.operations import countermeasures, imports, notes, plan, reviews, setup
from indsteer.operations.countermeasures import MeasureDraft
from indsteer.operations.imports import ImportPlan, ImportRecord
from indsteer.operations.sheets import sign_with_sheet
from indsteer.operations.topics import leave_deviation
from indsteer.resources import resource_path
from indsteer.store.file import SteerFile, create
from indsteer.store.journal import Actor
from indsteer.store.queries import reviews as review_queries
from indsteer.words import Words

LAST = "2024-09"  # the last month with figures unless asked otherwise
FIRST = "2019-01"
_ASYLUM = ("AB-NOO", "AB-ZUI", "AB-DVL")
_LEVELS = {"dienst": Level.SERVICE, "directie": Level.DIRECTORATE, "team": Level.TEAM}
_PERCENT = ("TIJDIG_PCT", "VERZUIM_PCT", "DIRECT_PCT", "KWALITEIT_PCT")


class SampleClock:
    """The story's own time: it can be set, and every look is a second later."""

    def __init__(self, day: date) -> None:
        self._now = datetime.combine(day, time(9, 0), UTC)

    def __call__(self) -> datetime:
        """A second after the last look."""
        self._now += timedelta(seconds=1)
        return self._now

    def move(self, day: date) -> None:
        """Go on to the morning of a later day."""
        self._now = max(self._now, datetime.combine(day, time(9, 0), UTC))


@dataclass(frozen=True, slots=True)
class Telling:
    """What the story needs at every turn."""

    file: SteerFile
    clock: SampleClock
    last: Period
    words: Words

    def month(self, before: int) -> str:
        """The month so many before the last one."""
        return self.last.shift(-before).id

    def day(self, before: int, day: int) -> str:
        """An ISO day in that month."""
        start = self.last.shift(-before).start
        return start.replace(day=day).isoformat()


def build_sample(path: Path, *, as_of: str = LAST, language: Words | None = None) -> Path:
    """Make the sample at `path`, with figures up to and including the month `as_of`.

    The month before it is the last final one; the month after it is written as a workbook beside the file, to
    be imported.

    Returns:
        the path of that workbook.

    Raises:
        FileExistsAlreadyError, FolderNotWritableError, BadPeriodError.
    """
    last = Period.parse(as_of)
    clock = SampleClock(date(2018, 12, 1))
    file = create(path, Actor("teamleider", "tl"), clock)
    try:
        story = Telling(file, clock, last, language or Words("nl"))
        _organisation(story)
        _plans(story)
        _figures(story)
        _events(story)
        _countermeasures(story)
        _reviews(story)
        _next_year(story)
        _disagreement(story)
    finally:
        file.close()
    return write_next_month(path, last.next.id)


def write_next_month(path: Path, month: str) -> Path:
    """The figures of a month of all teams as a workbook beside the file: a row per team, a column per quantity."""
    from indsteer.exchange.writing import Column, Show, TableSheet, write_table

    rows = [row for row in _rows("sample_realisatie.csv") if row["periode"] == month]
    codes = [name for name in (rows[0] if rows else {}) if name not in ("periode", "eenheid")]
    columns = (
        Column("Periode", Show.TEXT, 10),
        Column("Eenheid", Show.TEXT, 12),
        *(
            Column(code, Show.ONE_DECIMAL if code.startswith(("UREN", "FTE", "DOOR", "KTV")) else Show.WHOLE, 12)
            for code in codes
        ),
    )
    cells = [[row["periode"], row["eenheid"], *(_number(row[code]) for code in codes)] for row in rows]
    target = path.with_name(f"realisatie_{month}.xlsx")
    write_table(target, [TableSheet(f"Realisatie {month}", columns, cells, frozen_columns=2)])
    return target


def _organisation(story: Telling) -> None:
    file = story.file
    units: list[Unit] = []
    parents: list[Parent] = []
    norms: list[NormTime] = []
    terms: list[Term] = []
    for row in _rows("sample_org.csv"):
        units.append(
            Unit(row["code"], row["naam"], _LEVELS[row["niveau"]], location=row["locatie"], product=row["product"])
        )
        if row["ouder"]:
            parents.append(Parent(row["code"], row["ouder"]))
        if row["normtijd_uur"]:
            norms.append(NormTime(row["code"], "", date(2019, 1, 1), float(row["normtijd_uur"])))
            terms.append(Term(row["code"], "", date(2019, 1, 1), float(row["termijn_weken"])))
            if row["code"] in _ASYLUM:
                why = "besluit verlenging beslistermijn asiel"
                terms.append(Term(row["code"], "", date(2022, 10, 1), 65.0, why))
    setup.add_units(file, units, parents)
    catalogue = default_catalogue()
    setup.load_catalogue(file, catalogue.quantities, catalogue.indicators)
    setup.set_norm_times(file, norms)
    setup.set_terms(file, terms)


def _plans(story: Telling) -> None:
    """Every plan version up to the year of the last month, agreed on its day."""
    found: dict[tuple[int, str, str], list[ImportRecord]] = {}
    for row in _rows("sample_plan.csv"):
        key = (int(row["jaar"]), row["versie"], row["vastgesteld_op"])
        found.setdefault(key, []).append(_target(row))
    for (year, code, agreed), records in sorted(found.items(), key=lambda item: item[0][2]):
        if year > story.last.year or agreed > story.last.last_day.isoformat():
            continue
        story.clock.move(date.fromisoformat(agreed))
        name = f"Jaarplan {year}" if code == "JP" else f"Bijstelling {code} {year}"
        sheet = ImportPlan(
            name=f"{name}.xlsx", sha256="", records=tuple(records), version=PlanVersion(code, year, name)
        )
        imports.take_over(story.file, sheet)
        plan.agree_version(story.file, year, code, agreed)


def _figures(story: Telling) -> None:
    """One import with everything that is final, one with the last month, which is provisional."""
    closed: list[ImportRecord] = []
    latest: list[ImportRecord] = []
    for row in _rows("sample_realisatie.csv"):
        if row["periode"] > story.last.id:
            continue
        into = latest if row["periode"] == story.last.id else closed
        for name, text in row.items():
            value = None if name in ("periode", "eenheid") else _number(text)
            if value is not None:
                into.append(ImportRecord(row["eenheid"], name, row["periode"], "actual", value))
    story.clock.move(story.last.start + timedelta(days=9))
    imports.take_over(story.file, ImportPlan("realisatie_historie.xlsx", "", tuple(closed), final=True))
    story.clock.move(story.last.end + timedelta(days=7))
    imports.take_over(story.file, ImportPlan(f"realisatie_{story.last.id}.xlsx", "", tuple(latest)))


def _events(story: Telling) -> None:
    told = json.loads(resource_path("samples", "events.json").read_text(encoding="utf-8"))["events"]
    for event in told:
        if event["from"] <= story.last.id:
            text = event["toelichting"].replace(" (fictief)", "")
            notes.add_event(story.file, event["unit"], event["from"], "other", text, min(event["to"], story.last.id))
    notes.add_event(story.file, "", "2020-03", "other", "eerste lockdown", "2020-05")
    for unit in _ASYLUM:
        notes.add_event(story.file, unit, "2022-10", "rule_change", "beslistermijn van 6 naar 15 maanden")
    if story.last.id >= "2023-04":
        reason = "werkwijze vereenvoudigd per april 2023"
        notes.add_rebase(story.file, "RVN-NAT", "UITSTROOM", "2023-04", reason)


def _countermeasures(story: Telling) -> None:
    """Nine countermeasures, in all states and at several levels of escalation."""
    file, month, day = story.file, story.month, story.day
    planned = (
        ("JZ-BEZ", 2, "KWALITEIT_PCT", "Tweede lezer bij nieuwe medewerkers", "kwaliteitscoördinator", 2, 15, -1, 0.15),
        ("JZ-BEZ", 4, "DIRECT_PCT", "Overlegvrije woensdag", "planner", 4, 1, 2, 0.015),
        ("JZ-BEZ", 5, "KWALITEIT_PCT", "Inwerken: tien weken in plaats van zes", "teamleider", 5, 1, 1, 0.08),
        ("AB-DVL", 3, "UITSTROOM", "Vacatures met voorrang open", "teamleider", 3, 1, -3, 40.0),
        ("AB-NOO", 6, "UREN_PER_ZAAK", "Eén mentor op drie nieuwe collega's", "senior medewerker", 5, 1, -2, -0.2),
        ("AB-NAR", 7, "VOORRAAD_BUITEN", "Oudste zaken eerst, twee dagen per week", "planner", 6, 1, 1, -500.0),
        ("DV-KLC", 9, "TIJDIG_PCT", "Terugbelafspraak bij de eerste vraag", "teamleider", 8, 1, 3, 0.05),
        ("RVN-STU", 5, "VOORRAAD", "Zomerpiek: hulp van Zakelijk", "planner", 4, 1, 1, -800.0),
        ("JZ-PVR", 1, "UITSTROOM", "Extra zittingsdagen met de rechtbank", "teamleider", 0, 20, -4, 150.0),
    )
    made: list[str] = []
    for unit, ago, indicator, title, owner, start, start_day, due, expected in sorted(planned, key=lambda p: -p[1]):
        story.clock.move(story.last.shift(-ago).end + timedelta(days=8))
        due_day = story.last.shift(-due).last_day.isoformat()
        draft = MeasureDraft(title, indicator, owner, "", day(start, start_day), due_day, expected)
        changes = countermeasures.add_countermeasure(file, unit, month(ago), draft)
        made.append(str(dict(changes.facts)["number"]))
    ids = {m.title: m.id for m in review_queries.countermeasures(file.connection)}

    def status(title: str, to: Status, outcome: str = "") -> None:
        countermeasures.set_countermeasure_status(file, ids[title], to, outcome)

    status("Extra zittingsdagen met de rechtbank", Status.PLANNED)
    status("Inwerken: tien weken in plaats van zes", Status.STOPPED, "te weinig mentoren vrij")
    status("Zomerpiek: hulp van Zakelijk", Status.DONE, "de piek is in augustus weggewerkt")
    status("Terugbelafspraak bij de eerste vraag", Status.EMBEDDED, "staat in de werkinstructie")
    up = countermeasures.escalate_countermeasure
    up(file, ids["Overlegvrije woensdag"], Escalation.DEPARTMENT, "twee maanden over tijd")
    up(file, ids["Oudste zaken eerst, twee dagen per week"], Escalation.DIRECTORATE, "vraagt fte van een ander team")


def _reviews(story: Telling) -> None:
    """Three reviews that were held and signed, with causes, findings, decisions and a dissent."""
    told = (
        (
            "RVN-NAT", 2, "UITSTROOM", "De vereenvoudigde werkwijze houdt stand.", Fault.NONE,
            "Werkwijze delen met Familie en gezin.", "teamleider", "",
        ),
        (
            "JZ-BEZ", 2, "KWALITEIT_PCT",
            "Zes nieuwe collega's sinds maart, direct eigen zaken. Geen tweede lezer afgesproken.", Fault.EXECUTION,
            "Tweede lezer blijft tot de kwaliteit drie maanden op rij minstens 90 % is.", "kwaliteitscoördinator",
            "De planner: een tweede lezer kost naar schatting 0,4 uur per zaak. Eerst meer uren.",
        ),
        (
            "AB-DVL", 1, "UITSTROOM",
            "Formatie is nooit gevuld; werving loopt. Het plan rekent op een volle bezetting.",
            Fault.PLAN, "Jaarplan bespreken met de directie: minder zaken of meer mensen.", "teamleider", "",
        ),
    )  # fmt: skip
    for unit, ago, indicator, cause, fault, decision, owner, dissent in told:
        file, month = story.file, story.month(ago)
        story.clock.move(story.last.shift(-ago).end + timedelta(days=8))
        reviews.open_review(file, unit, month)
        found = review_queries.latest_review(file.connection, unit, month)
        if found is None:
            continue
        notes.write_cause(file, unit, indicator, month, cause, ["werkwijze"] if fault is not Fault.PLAN else ["plan"])
        notes.write_finding(file, unit, indicator, month, cause)
        reviews.judge_deviation(file, found.id, indicator, Outcome.EXPLAINED, fault, dissent)
        reviews.add_decision(file, found.id, DecisionKind.DECISION, decision, owner)
        follow_up = "Nagaan of het werkt."
        reviews.add_decision(file, found.id, DecisionKind.NEXT, follow_up, owner, story.day(ago - 1, 28))
        _leave_the_rest(story, found.id, unit, month)
        sign_with_sheet(file, found.id, ("teamleider", "directeur"), story.words, present=8)


def _leave_the_rest(story: Telling, review: str, unit: str, month: str) -> None:
    """What the meeting did not explain it left consciously: a review is signed only when all is dealt with."""
    file = story.file
    today = file.now().date()
    answer = review_answer(file.connection, load_ground(file.connection), story.words, unit, month, today)
    for topic in answer.open_deviations:
        leave_deviation(file, review, topic.row.indicator, left=True)


def _next_year(story: Telling) -> None:
    """The plan of next year: a draft that continues this year's path with 2 % more."""
    file, year = story.file, story.last.year
    story.clock.move(story.last.end + timedelta(days=10))
    rows = file.connection.execute(
        "SELECT unit, indicator, period, value FROM target WHERE year = ? AND version = 'JP' ORDER BY 1, 2, 3", (year,)
    ).fetchall()
    grows = ("INSTROOM", "UITSTROOM")
    records = tuple(
        ImportRecord(u, i, f"{year + 1}{p[4:]}", "plan", float(round(v * 1.02)) if i in grows else v)
        for u, i, p, v in rows
        if i != "VOORRAAD"
    )
    name = f"Jaarplan {year + 1}"
    if records:
        imports.take_over(file, ImportPlan(f"{name}.xlsx", "", records, version=PlanVersion("JP", year + 1, name)))


def _disagreement(story: Telling) -> None:
    """The review of the last month of Dublin is under way, with a disagreement that is still open."""
    file, month, unit = story.file, story.last.id, "AB-DVL"
    story.clock.move(story.last.end + timedelta(days=11))
    reviews.open_review(file, unit, month)
    found = review_queries.latest_review(file.connection, unit, month)
    if found is None:
        return
    before = review_queries.previous_review(file.connection, unit, month)
    if before is not None:
        lines = review_queries.decisions(file.connection, before.id)
        for line in lines[:1]:
            reviews.judge_agreement(file, found.id, line.id, Kept.NOT_KEPT)
    text = "De directie houdt vast aan het jaarplan; het team acht 969 zaken per maand niet haalbaar."
    reviews.write_dissent(file, found.id, text)


def _target(row: dict[str, str]) -> ImportRecord:
    value = float(row["waarde"])
    if row["indicator"] in _PERCENT:
        value /= 100
    return ImportRecord(row["eenheid"], row["indicator"], row["periode"], "plan", value)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _rows(name: str) -> Iterator[dict[str, str]]:
    with resource_path("samples", name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
