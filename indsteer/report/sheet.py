"""What stands on a review sheet, as plain data.

Every number comes twice: as a value, for drawing and for tests, and as finished text. All text is finished: the
template has no sentence of its own, formats no number and decides nothing. `to_json` is what the template reads.

Charts and sparklines come laid out by `indsteer.report.chart_layout`: positions are shares of the plot, x from
left to right and y from the bottom up, both 0 to 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Literal

Shape = Literal["circle", "triangle", "diamond", "ring", "square", "dash"]
Tone = Literal["good", "warn", "bad", "info", "none"]
LineRole = Literal["actual", "target", "mean", "limit", "bracket"]
Place = tuple[float, float]
Line = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and how it is written; `value` None = not known or not shown."""

    value: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement that survives grey paper: a shape, a word and only then a tone.

    circle = reached, triangle = signal, diamond = intervene, ring = neutral, square = information,
    dash = not applicable (drawn as its word alone).
    """

    shape: Shape
    word: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Mark:
    """A point that means something; `text` stands beside it when there is room for it."""

    at: Place
    shape: Shape
    tone: Tone
    text: str = ""
    below: bool = False


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line of one indicator; `band` holds the bottom and the top of its natural range."""

    alt: str
    lines: tuple[Line, ...] = ()
    target: tuple[Line, ...] = ()
    band: tuple[float, float] | None = None
    marks: tuple[Mark, ...] = ()
    last: Place | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, as a share of it, with its text."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Natural range and mean of a stretch of points; a limit outside the axis has `lower` or `upper` None."""

    left: float
    right: float
    bottom: float
    top: float
    mean: float | None
    lower: float | None
    upper: float | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """An event above the plot; `row` counts from the plot upwards, `left` = its words stand left of it."""

    at: float
    text: str
    row: int = 0
    left: bool = False


@dataclass(frozen=True, slots=True)
class Bracket:
    """The distance from target to actual that the meeting has to explain; its words are a `Label`."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Label:
    """Words right of the plot at height `at`; `start` = where on the x axis its line ends."""

    at: float
    text: str
    role: LineRole
    start: float = 1.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A trend chart, laid out.

    `offsets` holds for every height of the plot that a sheet may take (points) how far from the top each label
    stands. `message` is written in the plot when there is nothing to judge. `wide` = over both columns.
    """

    title: str
    subtitle: str
    alt: str
    message: str = ""
    wide: bool = False
    y_ticks: tuple[Tick, ...] = ()
    x_ticks: tuple[Tick, ...] = ()
    years: tuple[Tick, ...] = ()
    limits: tuple[Limits, ...] = ()
    lines: tuple[Line, ...] = ()
    links: tuple[Line, ...] = ()
    target: tuple[Line, ...] = ()
    dots: Line = ()
    provisional_dots: Line = ()
    now: float | None = None
    marks: tuple[Mark, ...] = ()
    flags: tuple[Flag, ...] = ()
    bracket: Bracket | None = None
    labels: tuple[Label, ...] = ()
    offsets: tuple[tuple[float, tuple[float, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator; `strong` = the row that the meeting is about; `verdicts` as many as there are heads."""

    name: str
    measure: str
    target: Figure
    actual: Figure
    deviation: Figure
    spark: Spark
    verdicts: tuple[Verdict, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding: what it says, in bold, and the text that follows."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A countermeasure; `late` prints the due date in bold, its text must say so in words as well."""

    number: str
    text: str
    owner: str
    since: str
    due: str
    late: bool
    expected: str
    measured: Verdict


@dataclass(frozen=True, slots=True)
class Signature:
    """A line for ink: who, and what to write there."""

    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Heads:
    """The finished names of columns and sections; `no_...` stands where a section is empty."""

    indicator: str
    measure: str
    target: str
    actual: str
    deviation: str
    history: str
    verdicts: tuple[str, ...]
    findings: str
    no_findings: str
    decisions: str
    no_decisions: str
    dissent: str
    countermeasures: str
    no_countermeasures: str
    number: str
    countermeasure: str
    owner: str
    since: str
    due: str
    expected: str
    measured: str


@dataclass(frozen=True, slots=True)
class Footer:
    """The bottom line; `page` holds `{page}` and `{pages}`, which only the typesetter knows."""

    control: str
    classification: str
    page: str


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """The review of one unit in one period.

    `title` is the name of the document, `dated` its date: of the signature, or else of the last change.
    `language` is a BCP 47 code. A reader hears it all in the order of the fields.
    """

    language: str
    title: str
    dated: date
    unit: str
    path: str
    period: str
    status: str
    classification_head: str
    classification: str
    lead: str
    second: str
    heads: Heads
    rows: tuple[IndicatorRow, ...]
    key: tuple[Verdict, ...]
    key_text: str
    charts: tuple[Chart, ...]
    findings: tuple[Finding, ...]
    decisions: tuple[str, ...]
    dissent: str
    countermeasures: tuple[Measure, ...]
    signatures: tuple[Signature, ...]
    footer: Footer

    def __post_init__(self) -> None:
        heads = len(self.heads.verdicts)
        if len(self.charts) > 2:
            raise ValueError("a sheet has room for two charts")
        if any(len(row.verdicts) != heads for row in self.rows):
            raise ValueError("every row has one verdict for every head")


def to_json(sheet: ReviewSheet, clean: Callable[[str], str] = str) -> str:
    """The sheet as JSON text, the same text for the same sheet; every text passes through `clean`."""
    return json.dumps(_plain(sheet, clean), ensure_ascii=False, separators=(",", ":"))


def _plain(value: object, clean: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, date):
        return [value.year, value.month, value.day]
    if isinstance(value, tuple):
        return [_plain(item, clean) for item in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name), clean) for field in fields(value)}
    return value
