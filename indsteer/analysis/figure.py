"""The answer of a roll-up: a value, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from indsteer.errors import Fact


class Reason(StrEnum):
    """Why a value is not defined; the words stand under `reasons.<key>`. Facts in brackets."""

    NOT_RECORDED = "not_recorded"  # a value is missing [code, unit, period: the first one; count]
    ABSENT = "absent"  # n.v.t. was stored [code, unit, period, text]
    NOT_THERE = "unit_not_there"  # the unit did not exist then [unit, period]
    FINER = "finer_than_recorded"  # recorded per quarter, asked per month [code, unit, period, count]
    DIVISION_BY_ZERO = "division_by_zero"  # or a result that is no finite number [code]
    NO_WEIGHT = "no_weight"  # a mean without a weight, or with weight 0 [code, weight]
    NO_NORM_TIME = "no_norm_time"  # [unit, period]
    NO_TERM = "no_term"  # [unit, period]
    NO_PARTS = "no_parts"  # a stated percentage has no numerator and denominator [code]
    UNLIKE_PRODUCTS = "unlike_products"  # means nothing over unlike products [code, count]
    NOT_OVER_UNITS = "not_over_units"  # means nothing over several units [code, count]
    NOT_OVER_TIME = "not_over_time"  # means nothing over several periods [code]
    BAD_FORMULA = "bad_formula"  # the formula cannot be read [code]
    CIRCULAR = "circular"  # a formula that needs itself [code]
    NO_TARGET = "no_target"  # no version in force has it [code, unit, period: the first one; count]
    TARGET_NOT_AVERAGED = "target_not_averaged"  # months or units carry unlike ratio targets [code, low, high]
    HIDDEN = "hidden"  # small group, see `disclosure.py`


class Origin(StrEnum):
    """How a value came about."""

    NONE = ""
    STORED = "stored"  # one value as it was entered
    FORMULA = "formula"  # calculated within one unit and base period
    ROLLUP = "rollup"  # several units, periods or streams together


@dataclass(frozen=True, slots=True)
class Figure:
    """Value of a quantity or indicator of a unit in a period, in the scale of the file (0.85 for 85 %).

    `value` is None when it is not defined, then `reason` and `facts` say why, and `offered` is the code of an
    indicator that does mean something there ("" when there is none). `provisional`: at least one value under it
    is not final. `cell` is (unit, quantity, period) of the one stored value it is, if it is that.
    """

    value: float | None
    reason: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    provisional: bool = False
    offered: str = ""
    origin: Origin = Origin.NONE
    cell: tuple[str, str, str] | None = None

    @property
    def defined(self) -> bool:
        """Whether there is a value."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class TargetFigure:
    """Target of an indicator of a unit in a period, from the versions in force on a day.

    `versions` are the codes of the plan versions its cells stand in, in order of agreement: a deviation names
    them. `stated` is the target that was entered for exactly this unit and period next to its months and units
    (these lead; the gap is `value - stated`). `derived`: calculated from the targets of other indicators.
    """

    value: float | None
    versions: tuple[str, ...] = ()
    reason: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    stated: float | None = None
    derived: bool = False

    @property
    def defined(self) -> bool:
        """Whether there is a target."""
        return self.value is not None

    @property
    def version(self) -> str:
        """The versions as one text: "JP", or "JP+T1" when the period holds cells of both."""
        return "+".join(self.versions)


def undefined(reason: Reason, **facts: Fact) -> Figure:
    """A figure without a value."""
    return Figure(None, reason, facts)
