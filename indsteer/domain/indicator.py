"""Indicators: what is steered on, defined over quantities by a small formula language (`formula.py`).

A base indicator is a quantity with a direction: its formula is just that quantity's code.
Percentages are fractions inside (0.85); words, exchange and paper multiply by 100.
"""

from dataclasses import dataclass

from indsteer.domain.quantity import Direction, OverTime, OverUnits


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a unit is steered on.

    `formula` is the text of its formula over quantity codes; `norm`, `signal` and `intervention` are the texts of
    the catalogue, parsed by `threshold.py`; `method` is how change is judged: xmr | change | path | proportion;
    `sensitive` hides it for small groups; `decimals` counts in the shown scale (percent points for a percentage).
    """

    code: str
    name_nl: str
    name_en: str
    measure: str
    direction: Direction
    over_time: OverTime
    over_units: OverUnits
    formula: str
    norm: str = ""
    signal: str = ""
    intervention: str = ""
    cycle: str = "month"
    note_nl: str = ""
    note_en: str = ""
    decimals: int = 0
    percent: bool = False
    method: str = "xmr"
    sensitive: bool = False
