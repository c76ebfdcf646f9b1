"""Undo is proved by trying: random operations, reopening in between, everything undone and redone, bit for bit.

Every public function of `indsteer.operations` that takes a `SteerFile` is found by introspection; one without a
strategy here fails `test_every_operation_has_a_strategy`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

import indsteer.operations
from indsteer.domain.countermeasure import Escalation, Status
from indsteer.domain.facts import PlanVersion, TargetKind
from indsteer.domain.organisation import Level, NormTime, Parent, Stream, Term, Unit
from indsteer.domain.review import DecisionKind, Fault, Kept, Outcome
from indsteer.errors import SteerError
from indsteer.operations import (
    actuals,
    countermeasures,
    imports,
    measure_parts,
    notes,
    plan,
    reviews,
    setup,
    sheets,
    topics,
)
from indsteer.operations.actuals import ActualEdit
from indsteer.operations.countermeasures import MeasureDraft
from indsteer.operations.imports import ImportPlan, ImportRecord
from indsteer.operations.plan import TargetEdit
from indsteer.store.file import SteerFile, create, open_file
from indsteer.store.journal import Changes
from indsteer.words import Words
from tests.conftest import ACTOR, TickingClock, fill, indicator, quantity
from tests.dumps import Dump, dump

Draw = Callable[[st.SearchStrategy[Any]], Any]
Strategy = Callable[[Draw, SteerFile], Changes]

UNITS = st.sampled_from(["D", "D-A", "D-B"])
CODES = st.sampled_from(["INSTROOM", "UITSTROOM"])
PERIODS = st.sampled_from(["2024-01", "2024-02", "2024-03"])
DOUBLES = st.floats(-1e15, 1e15)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
WORDS = TEXTS.map(lambda text: "x" + text)
DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))


def operations() -> dict[str, Callable[..., Changes]]:
    """Every operation by `module.name`."""
    found: dict[str, Callable[..., Changes]] = {}
    for info in pkgutil.walk_packages(indsteer.operations.__path__, "indsteer.operations."):
        module = importlib.import_module(info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith(("_", "must_")):
                continue
            first = next(iter(inspect.signature(function, eval_str=True).parameters.values()), None)
            if first is not None and first.annotation is SteerFile:
                found[f"{info.name.removeprefix('indsteer.operations.')}.{name}"] = function
    return found


def _edits(draw: Draw) -> list[ActualEdit]:
    cells = draw(st.lists(st.tuples(UNITS, CODES, PERIODS), min_size=1, max_size=5, unique=True))
    return [
        ActualEdit(u, c, p, draw(st.none() | DOUBLES), draw(st.sampled_from(["", "n.v.t."])) or "") for u, c, p in cells
    ]


def _targets(draw: Draw) -> list[TargetEdit]:
    cells = draw(st.lists(st.tuples(UNITS, CODES, PERIODS), min_size=1, max_size=5, unique=True))
    kind = draw(st.sampled_from(list(TargetKind)))
    return [TargetEdit(u, c, p, draw(st.none() | DOUBLES), kind) for u, c, p in cells]


def _some(draw: Draw, file: SteerFile, table: str) -> str:
    ids = [row[0] for row in file.connection.execute(f"SELECT id FROM {table} ORDER BY id").fetchall()]
    return str(draw(st.sampled_from([*ids[-3:], *ids[-1:], "gone"])))


def _version(draw: Draw, file: SteerFile) -> tuple[int, str]:
    found = file.connection.execute("SELECT year, code FROM plan_version ORDER BY year, code").fetchall()
    year, code = draw(st.sampled_from([*found, (2030, "X")]))
    return int(year), str(code)


def _draft(draw: Draw) -> MeasureDraft:
    return MeasureDraft(
        title=draw(TEXTS), indicator=draw(CODES | st.just("")), owner=draw(TEXTS),
        start=draw(st.just("") | DAYS.map(str)), due=draw(st.just("") | DAYS.map(str)),
        expected=draw(st.none() | DOUBLES), expected_note=draw(TEXTS),
    )  # fmt: skip


def _fresh_unit(draw: Draw, file: SteerFile) -> Changes:
    number = draw(st.integers(0, 5))
    unit = Unit(f"N{number}", draw(TEXTS), draw(st.sampled_from(list(Level))), valid_from=draw(st.none() | DAYS))
    return setup.add_units(file, [unit], [Parent(unit.code, draw(UNITS))])


def _import(draw: Draw, file: SteerFile) -> Changes:
    kinds = st.sampled_from(["actual", "plan", "target", "forecast"])
    cells = draw(st.lists(st.tuples(UNITS, CODES, PERIODS, kinds), max_size=8, unique=True))
    records = tuple(ImportRecord(u, c, p, kind, draw(DOUBLES), "Blad!C5") for u, c, p, kind in cells)
    year, code = _version(draw, file)
    version = PlanVersion(code, year, "uit het blad")
    team = Unit(f"I{draw(st.integers(0, 3))}", draw(TEXTS), Level.TEAM)
    return imports.take_over(
        file,
        ImportPlan(
            name=draw(st.sampled_from(["a.xlsx", "b.xlsx"])), sha256="0", records=records, version=version,
            new_units=((team, "D"),), new_indicators=(indicator(draw(st.sampled_from("XYZ"))),),
            aliases=(("unit", "Team X", team.code),), final=draw(st.booleans()), reason=draw(TEXTS),
            profile=draw(st.none() | st.just(("f", "{}"))),
        ),
    )  # fmt: skip


STRATEGIES: dict[str, Strategy] = {
    "imports.take_over": _import,
    "actuals.set_actuals": lambda d, f: actuals.set_actuals(f, _edits(d)),
    "actuals.correct_actuals": lambda d, f: actuals.correct_actuals(f, _edits(d), d(TEXTS)),
    "actuals.make_final": lambda d, f: actuals.make_final(f, d(UNITS), d(PERIODS)),
    "actuals.make_provisional": lambda d, f: actuals.make_provisional(f, d(UNITS), d(PERIODS), d(WORDS)),
    "plan.add_version": lambda d, f: plan.add_version(f, d(st.integers(2024, 2026)), d(WORDS), d(TEXTS)),
    "plan.revise_version": lambda d, f: plan.revise_version(f, *_version(d, f), d(WORDS), d(TEXTS), d(TEXTS)),
    "plan.set_targets": lambda d, f: plan.set_targets(f, *_version(d, f), _targets(d)),
    "plan.agree_version": lambda d, f: plan.agree_version(f, *_version(d, f), str(d(DAYS))),
    "notes.write_cause": lambda d, f: notes.write_cause(f, d(UNITS), d(CODES), d(PERIODS), d(TEXTS), ["verlof"]),
    "notes.write_finding": lambda d, f: notes.write_finding(f, d(UNITS), d(CODES), d(PERIODS), d(TEXTS)),
    "notes.remove_finding": lambda d, f: notes.remove_finding(f, _some(d, f, "finding")),
    "notes.add_event": lambda d, f: notes.add_event(f, d(UNITS), d(PERIODS), "ruling", d(TEXTS)),
    "notes.remove_event": lambda d, f: notes.remove_event(f, _some(d, f, "event")),
    "notes.add_rebase": lambda d, f: notes.add_rebase(f, d(UNITS), d(CODES), d(PERIODS), d(TEXTS)),
    "notes.remove_rebase": lambda d, f: notes.remove_rebase(f, _some(d, f, "rebase")),
    "countermeasures.add_countermeasure": lambda d, f: countermeasures.add_countermeasure(
        f, d(UNITS), d(PERIODS), _draft(d)
    ),
    "countermeasures.change_countermeasure": lambda d, f: countermeasures.change_countermeasure(
        f, _some(d, f, "countermeasure"), _draft(d)
    ),
    "countermeasures.set_countermeasure_status": lambda d, f: countermeasures.set_countermeasure_status(
        f, _some(d, f, "countermeasure"), d(st.sampled_from(list(Status))), d(TEXTS)
    ),
    "countermeasures.escalate_countermeasure": lambda d, f: countermeasures.escalate_countermeasure(
        f, _some(d, f, "countermeasure"), d(st.sampled_from(list(Escalation))), d(WORDS)
    ),
    "countermeasures.remove_countermeasure": lambda d, f: countermeasures.remove_countermeasure(
        f, _some(d, f, "countermeasure")
    ),
    "reviews.open_review": lambda d, f: reviews.open_review(f, d(UNITS), d(PERIODS)),
    "reviews.judge_deviation": lambda d, f: reviews.judge_deviation(
        f,
        _some(d, f, "review"),
        d(CODES),
        d(st.none() | st.sampled_from(list(Outcome))),
        d(st.sampled_from(list(Fault))),
    ),
    "reviews.add_decision": lambda d, f: reviews.add_decision(
        f, _some(d, f, "review"), d(st.sampled_from(list(DecisionKind))), d(TEXTS)
    ),
    "reviews.remove_decision": lambda d, f: reviews.remove_decision(f, _some(d, f, "decision")),
    "reviews.judge_agreement": lambda d, f: reviews.judge_agreement(
        f, _some(d, f, "review"), _some(d, f, "decision"), d(st.sampled_from(list(Kept)))
    ),
    "reviews.write_dissent": lambda d, f: reviews.write_dissent(f, _some(d, f, "review"), d(TEXTS)),
    "reviews.sign_review": lambda d, f: reviews.sign_review(f, _some(d, f, "review"), ["teamleider"], "{}", 7),
    "reviews.reopen_review": lambda d, f: reviews.reopen_review(f, d(UNITS), d(PERIODS), d(WORDS)),
    "sheets.sign_with_sheet": lambda d, f: sheets.sign_with_sheet(
        f, _some(d, f, "review"), ["teamleider"], Words("nl"), strict=d(st.booleans())
    ),
    "topics.say_fault": lambda d, f: topics.say_fault(
        f, _some(d, f, "review"), d(CODES), d(st.sampled_from(list(Fault)))
    ),
    "topics.leave_deviation": lambda d, f: topics.leave_deviation(
        f, _some(d, f, "review"), d(CODES), left=d(st.booleans())
    ),
    "topics.say_dissent": lambda d, f: topics.say_dissent(f, _some(d, f, "review"), d(CODES), d(TEXTS)),
    "measure_parts.change_parts": lambda d, f: measure_parts.change_parts(
        f, _some(d, f, "countermeasure"), title=d(WORDS), owner=d(TEXTS)
    ),
    "setup.add_units": _fresh_unit,
    "setup.rename_unit": lambda d, f: setup.rename_unit(f, d(UNITS), d(WORDS)),
    "setup.load_catalogue": lambda d, f: setup.load_catalogue(
        f,
        [quantity(c) for c in d(st.lists(st.sampled_from("ABC"), unique=True))],
        [indicator(d(st.sampled_from("DEF")))],
    ),
    "setup.add_stream": lambda d, f: setup.add_stream(f, Stream(d(WORDS), d(TEXTS))),
    "setup.set_norm_times": lambda d, f: setup.set_norm_times(f, [NormTime(d(UNITS), "", d(DAYS), d(DOUBLES))]),
    "setup.set_terms": lambda d, f: setup.set_terms(f, [Term(d(UNITS), "", d(DAYS), d(DOUBLES), d(TEXTS))]),
    "setup.set_unit_size": lambda d, f: setup.set_unit_size(f, d(UNITS), d(PERIODS), d(DOUBLES)),
    "setup.set_alias": lambda d, f: setup.set_alias(f, "unit", d(st.sampled_from("pq")), d(UNITS | st.just(""))),
    "setup.set_setting": lambda d, f: setup.set_setting(f, "group_threshold", d(DOUBLES | st.integers(5, 20))),
}
OTHERWISE_PROVED = {"history.undo", "history.redo"}  # rules of the machine itself


def test_every_operation_has_a_strategy() -> None:
    assert set(operations()) == set(STRATEGIES) | OTHERWISE_PROVED


def _begin(file: SteerFile) -> None:
    """Something of everything, so that each operation finds what it changes."""
    actuals.set_actuals(
        file, [ActualEdit(u, c, "2024-02", 1.5) for u in ("D", "D-A") for c in ("INSTROOM", "UITSTROOM")]
    )
    reviews.open_review(file, "D-A", "2024-01")
    (review,) = file.connection.execute("SELECT id FROM review").fetchone()
    reviews.add_decision(file, review, DecisionKind.NEXT, "volgende maand kijken")
    reviews.open_review(file, "D-B", "2024-03")
    countermeasures.add_countermeasure(file, "D-A", "2024-01", MeasureDraft("tweede lezer", start="2024-01-15"))
    notes.write_finding(file, "D-A", "UITSTROOM", "2024-01", "te laag")
    notes.add_event(file, "", "2024-01", "ruling", "uitspraak")


class UndoMachine(RuleBasedStateMachine):
    """`past` holds the content before each step that can be undone, `future` what redo will bring back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "machine.indsteer"
        self.clock = TickingClock()
        self.file = create(self.path, ACTOR, self.clock)
        fill(self.file)
        _begin(self.file)
        self.past: list[Dump] = []
        self.future: list[Dump] = []
        self.base = len(self.file.connection.execute("SELECT n FROM step").fetchall())

    @rule(names=st.lists(st.sampled_from(sorted(STRATEGIES)), min_size=1, max_size=6), data=st.data())
    def do(self, names: list[str], data: st.DataObject) -> None:
        for name in names:
            self.do_one(name, data)

    def do_one(self, name: str, data: st.DataObject) -> None:
        before = dump(self.file.connection)
        try:
            changes = STRATEGIES[name](data.draw, self.file)
        except SteerError:
            assert dump(self.file.connection) == before, "a refused operation changed something"
            return
        if not changes.step:
            assert dump(self.file.connection) == before, "an operation without a step changed something"
            return
        barrier = self.file.connection.execute("SELECT barrier FROM step WHERE n = ?", (changes.step,)).fetchone()[0]
        self.past = [] if barrier else [*self.past, before]
        self.base = changes.step if barrier else self.base
        self.future.clear()

    @rule()
    def undo(self) -> None:
        if self.past:
            self.future.append(dump(self.file.connection))
            assert self.file.undo().step
            assert dump(self.file.connection) == self.past.pop()

    @rule()
    def redo(self) -> None:
        if self.future:
            self.past.append(dump(self.file.connection))
            assert self.file.redo().step
            assert dump(self.file.connection) == self.future.pop()

    @rule()
    def reopen(self) -> None:
        before = dump(self.file.connection)
        self.file.close()
        self.file = open_file(self.path, ACTOR, self.clock)
        assert dump(self.file.connection) == before

    def teardown(self) -> None:
        while self.future:
            self.redo()
        end = dump(self.file.connection)
        count = len(self.past)
        for _ in range(count):
            self.undo()
        for _ in range(count):
            self.redo()
        assert dump(self.file.connection) == end
        self.file.close()
        self.folder.cleanup()


UndoMachine.TestCase.settings = settings(
    max_examples=12, stateful_step_count=200, deadline=None, suppress_health_check=list(HealthCheck)
)
TestUndo = UndoMachine.TestCase
