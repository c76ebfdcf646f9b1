"""The catalogue: the quantities that are measured and the indicators that are steered on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indsteer.domain.indicator import Indicator
from indsteer.domain.quantity import Direction, OverTime, OverUnits, Quantity
from indsteer.resources import resource_path


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is measured and what is steered on, in the order in which it is shown."""

    quantities: tuple[Quantity, ...]
    indicators: tuple[Indicator, ...]


def default_catalogue() -> Catalogue:
    """The catalogue that the program ships; the sample's and every new file's."""
    return load_catalogue(resource_path("templates", "catalogue.toml"))


def load_catalogue(path: Path) -> Catalogue:
    """A catalogue from a TOML file with tables `quantity` and `indicator`; names are those of the dataclasses."""
    with path.open("rb") as file:
        found = tomllib.load(file)
    return Catalogue(
        tuple(Quantity(**_typed(row)) for row in found.get("quantity", [])),
        tuple(Indicator(**_typed(row)) for row in found.get("indicator", [])),
    )


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    kinds = {"over_time": OverTime, "over_units": OverUnits, "direction": Direction}
    return {name: kinds[name](value) if name in kinds else value for name, value in row.items()}
