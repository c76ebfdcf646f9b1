"""Facts: actuals of quantities and targets of indicators, keyed by unit, stream and period.

No fact = not known; 0 is a value; "not applicable" is a stored absence with its reason.
Periods are ids as text ("2024-01"), see `period.py`.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How sure an actual is; an import never lowers final to provisional."""

    PROVISIONAL = "provisional"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value came from: the workbook's name and hash (never its path), sheet and cell; typed when empty."""

    file: str = ""
    sha256: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Actual:
    """A measured value of a quantity; `value` None with a `reason` is a stored absence (n.v.t.)."""

    unit: str
    quantity: str
    stream: str
    period: str
    value: float | None
    state: State = State.FINAL
    reason: str = ""


class TargetKind(StrEnum):
    """`plan` is the agreed path, `target` the value that is wished."""

    PLAN = "plan"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version of the plan of a year; `agreed_on` (ISO day) is empty while it is a draft."""

    code: str
    year: int
    name: str
    agreed_on: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A target of an indicator in one plan version (`version` and `year` name it)."""

    version: str
    year: int
    unit: str
    indicator: str
    stream: str
    period: str
    kind: TargetKind
    value: float
