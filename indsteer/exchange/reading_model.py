"""What a reading gives: records, problems and questions, with keys and facts and never a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from indsteer.errors import Fact


class Kind(StrEnum):
    """What a value is; the codes of records."""

    TARGET = "target"
    PLAN = "plan"
    ACTUAL = "actual"
    FORECAST = "forecast"


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"  # the cell is not imported
    WARNING = "warning"  # imported, look at it
    INFO = "info"  # left out on purpose


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was read so: a key under `exchange.reason` and its facts."""

    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One value of a sheet.

    `unit` and `indicator` are names as they stand there (None where the sheet names none); `period` an id or None;
    `kind` a `Kind` or None when the sheet does not say; `value` a fraction where `percent`; `cell` as "C5";
    `measure` the unit of measure if stated; `groups` texts of other headers above or beside it.
    """

    unit: str | None
    indicator: str | None
    period: str | None
    kind: str | None
    value: float
    sheet: str
    cell: str
    percent: bool = False
    measure: str | None = None
    groups: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell that says that there is no value (n.v.t., a dash, an error), where a record would have been."""

    unit: str | None
    indicator: str | None
    period: str | None
    kind: str | None
    sheet: str
    cell: str
    found: str
    why: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a cell or a sheet that a user may want to know: a key under `exchange.problem`.

    `cell` is "" for a whole sheet; `expected` is a key word ("number", "period", "sum ...") or a value as text.
    """

    key: str
    sheet: str
    cell: str
    found: str
    expected: str
    severity: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """What only the user can say: a key under `exchange.question`, candidates as codes, the hint that answers it."""

    key: str
    hint: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """A sheet as the preview draws it: texts and roles of its first rows.

    `rows` has the row numbers (from 0), `texts` the text of each cell per row, `roles` one letter per cell: `d` data,
    `h` header, `t` total or derived, `.` ignored, blank for a blank cell. `cut` says that there are more rows.
    """

    name: str
    rows: tuple[int, ...]
    texts: tuple[tuple[str, ...], ...]
    roles: tuple[str, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file says. `file` is its name and `sha256` the hash of its bytes, `kind` what its bytes are."""

    file: str
    sha256: str
    kind: str
    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    missing: tuple[Missing, ...] = ()
    pictures: tuple[SheetPicture, ...] = ()
    fingerprint: str = ""
