"""Readings and errors as JSON between the worker and the program. Plain data only; never pickle."""

from __future__ import annotations

import dataclasses
from typing import Any

from indsteer.exchange.errors import UNREADABLE, UnreadableFileError
from indsteer.exchange.reading_model import Missing, Problem, Question, Reading, Reason, Record, SheetPicture


def pack_reading(reading: Reading) -> dict[str, Any]:
    """A reading as JSON values; records as rows that point into a table of their reasons."""
    by_id: dict[int, int] = {}
    reasons: list[list[list[Any]]] = []
    rows = []
    for r in reading.records:
        index = by_id.get(id(r.reasons))
        if index is None:
            index = by_id[id(r.reasons)] = len(reasons)
            reasons.append([[reason.key, dict(reason.facts)] for reason in r.reasons])
        rows.append(
            [
                r.unit,
                r.indicator,
                r.period,
                r.kind,
                r.value,
                r.sheet,
                r.cell,
                r.percent,
                r.measure,
                list(r.groups),
                index,
            ]
        )
    packed = {
        field.name: getattr(reading, field.name)
        for field in dataclasses.fields(reading)
        if field.name in ("file", "sha256", "kind", "fingerprint")
    }
    packed["records"] = rows
    packed["reasons"] = reasons
    packed["problems"] = [dataclasses.astuple(problem) for problem in reading.problems]
    packed["missing"] = [dataclasses.astuple(missing) for missing in reading.missing]
    packed["questions"] = [[q.key, q.hint, dict(q.facts), list(q.candidates)] for q in reading.questions]
    packed["pictures"] = [[p.name, p.rows, p.texts, p.roles, p.cut] for p in reading.pictures]
    return packed


def readable_reading(reading: Reading) -> dict[str, Any]:
    """A reading for other tools: what `indsteer read --json` prints, with names for everything and no pictures."""
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "records": [dataclasses.asdict(record) for record in reading.records],
        "problems": [dataclasses.asdict(problem) for problem in reading.problems],
        "questions": [dataclasses.asdict(question) for question in reading.questions],
        "missing": [dataclasses.asdict(missing) for missing in reading.missing],
    }


def unpack_reading(packed: dict[str, Any]) -> Reading:
    """The inverse of `pack_reading`."""
    reasons = [tuple(Reason(key, facts) for key, facts in row) for row in packed["reasons"]]
    return Reading(
        file=packed["file"],
        sha256=packed["sha256"],
        kind=packed["kind"],
        records=tuple(_record(row, reasons) for row in packed["records"]),
        problems=tuple(Problem(*row) for row in packed["problems"]),
        questions=tuple(Question(key, hint, facts, tuple(c)) for key, hint, facts, c in packed["questions"]),
        missing=tuple(Missing(*row) for row in packed["missing"]),
        pictures=tuple(
            SheetPicture(name, tuple(rows), tuple(tuple(line) for line in texts), tuple(roles), cut)
            for name, rows, texts, roles, cut in packed["pictures"]
        ),
        fingerprint=packed["fingerprint"],
    )


def pack_error(error: UnreadableFileError) -> dict[str, Any]:
    """An error as its key and facts."""
    return {"key": error.key, "facts": dict(error.facts)}


def unpack_error(packed: dict[str, Any]) -> UnreadableFileError:
    """The error with this key; the general one when the key is unknown."""
    return UNREADABLE.get(packed["key"], UnreadableFileError)(**packed["facts"])


def _record(row: list[Any], reasons: list[tuple[Reason, ...]]) -> Record:
    unit, indicator, period, kind, value, sheet, cell, percent, measure, groups, index = row
    return Record(unit, indicator, period, kind, value, sheet, cell, percent, measure, tuple(groups), reasons[index])
