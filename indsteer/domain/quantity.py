"""Quantities: what is measured and stored. Indicators are defined over them (`indicator.py`)."""

from dataclasses import dataclass
from enum import StrEnum


class OverTime(StrEnum):
    """How the months of a longer period become one value."""

    SUM = "sum"
    END = "end"  # the value at period end (a stock)
    MEAN = "mean"  # the mean of the months that have one
    WEIGHTED = "weighted"  # mean weighted by another quantity
    RATIO = "ratio"  # ratio of sums: the formula over rolled-up quantities
    NONE = "none"  # means nothing


class OverUnits(StrEnum):
    """How the units below become one value."""

    SUM = "sum"
    WEIGHTED = "weighted"
    RATIO = "ratio"
    ONE_PRODUCT = "one_product"  # only within one product; refused over unlike products
    NONE = "none"


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"
    TARGET = "target"  # on the target is best, both sides are worse


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something that is measured per unit and period.

    `measure` is its unit of measure as data ("zaken", "uur", "fte"); `decimals` how precisely it is declared;
    `weight` the quantity that weighs its mean; `sensitive` hides it for small groups (absence, leave).
    """

    code: str
    name_nl: str
    name_en: str
    measure: str
    decimals: int
    over_time: OverTime
    over_units: OverUnits
    direction: Direction = Direction.NEUTRAL
    weight: str = ""
    sensitive: bool = False
    group: str = ""
