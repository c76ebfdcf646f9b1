"""The catalogue that the program ships: what is measured, and what is steered on.

It stands in `resources/templates/catalogue.toml`, whose head says how to add a quantity or an indicator. A new file
starts with it; from then on the catalogue in the file is what counts, and people change it there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from indsteer.domain.indicator import Indicator
from indsteer.domain.quantity import Direction, OverTime, OverUnits, Quantity
from indsteer.errors import UnknownIndicatorError
from indsteer.resources import resource_path

GROUPS: Final = ("cases", "capacity", "quality", "money")
METHODS: Final = ("xmr", "change", "path", "proportion")
CYCLES: Final = ("week", "month", "quarter", "tertial", "year")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Quantities and indicators, both in the order in which they are shown."""

    quantities: tuple[Quantity, ...]
    indicators: tuple[Indicator, ...]

    def quantity(self, code: str) -> Quantity:
        """The quantity with this code.

        Raises:
            UnknownIndicatorError: no quantity has it.
        """
        for quantity in self.quantities:
            if quantity.code == code:
                return quantity
        raise UnknownIndicatorError(indicator=code)

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code.

        Raises:
            UnknownIndicatorError: no indicator has it.
        """
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise UnknownIndicatorError(indicator=code)


def load_catalogue(path: Path) -> Catalogue:
    """Read a catalogue from a file.

    Raises:
        ValueError: the file is no catalogue: not TOML, a missing or unknown entry, a code twice, a weight that is
            no quantity.
    """
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        catalogue = Catalogue(
            tuple(_quantity(entry) for entry in found["quantity"]),
            tuple(_indicator(entry) for entry in found["indicator"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    _check(catalogue)
    return catalogue


@lru_cache(maxsize=1)
def default_catalogue() -> Catalogue:
    """The catalogue with which a new file starts."""
    return load_catalogue(resource_path("templates", "catalogue.toml"))


def _quantity(entry: Mapping[str, Any]) -> Quantity:
    rolled = {"over_time": OverTime(entry["over_time"]), "over_units": OverUnits(entry["over_units"])}
    return Quantity(**{**entry, **rolled, "direction": Direction(entry.get("direction", "neutral"))})


def _indicator(entry: Mapping[str, Any]) -> Indicator:
    rolled = {"over_time": OverTime(entry["over_time"]), "over_units": OverUnits(entry["over_units"])}
    return Indicator(
        **{"formula": entry["code"], **entry, **rolled, "direction": Direction(entry["direction"])},
    )


def _check(catalogue: Catalogue) -> None:
    quantities = [quantity.code for quantity in catalogue.quantities]
    _once(quantities)
    _once([indicator.code for indicator in catalogue.indicators])
    for quantity in catalogue.quantities:
        _one_of(quantity.group, GROUPS, quantity.code)
        weighted = OverTime.WEIGHTED is quantity.over_time or OverUnits.WEIGHTED is quantity.over_units
        if weighted or quantity.weight:
            _one_of(quantity.weight, quantities, quantity.code)
    for indicator in catalogue.indicators:
        _one_of(indicator.method, METHODS, indicator.code)
        _one_of(indicator.cycle, CYCLES, indicator.code)


def _once(codes: Sequence[str]) -> None:
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        raise ValueError(f"more than once: {', '.join(sorted(twice))}")


def _one_of(value: str, allowed: Sequence[str], code: str) -> None:
    if value not in allowed:
        raise ValueError(f"{code}: {value!r} is none of {', '.join(allowed)}")
