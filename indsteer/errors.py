"""What a user can solve.

Every class carries facts and no sentence: `indsteer.words` holds the sentence in each language under
`errors.<key>`, and `tests/words/test_catalogue.py` fails for a class without words.
Anything that is not a `SteerError` is our bug: it is logged, told plainly, and the data is kept.

To add one: 1. subclass `SteerError` with a `key`; 2. add `[errors]` words in `resources/words/*/errors.toml`.
"""

from collections.abc import Mapping
from typing import ClassVar

Fact = str | int | float | bool | None


class SteerError(Exception):
    """Something the user can solve; `facts` fill the places in its sentence."""

    key: ClassVar[str] = "unknown"

    def __init__(self, **facts: Fact) -> None:
        self.facts: Mapping[str, Fact] = facts
        super().__init__(f"{self.key} {dict(facts)}")


# --- periods and names -------------------------------------------------------------------------------------
class BadPeriodError(SteerError):
    """A text that is not a period; facts: `found`."""

    key = "bad_period"


class UnknownUnitError(SteerError):
    """A unit code that the file does not have; facts: `unit`."""

    key = "unknown_unit"


class UnknownIndicatorError(SteerError):
    """An indicator or quantity code that the file does not have; facts: `indicator`."""

    key = "unknown_indicator"


class BadNumberError(SteerError):
    """A text that is not a number; facts: `found`."""

    key = "bad_number"


# --- catalogue ---------------------------------------------------------------------------------------------
class BadFormulaError(SteerError):
    """An indicator's formula that cannot be read; facts: `formula`, `position`, `found`."""

    key = "bad_formula"


class BadThresholdError(SteerError):
    """A threshold text that cannot be read; facts: `text`."""

    key = "bad_threshold"
