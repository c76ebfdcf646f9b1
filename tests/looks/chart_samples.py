"""Chart data for pictures and tests: invented, with every state a chart can have."""

import math
import random

from indsteer.analysis.chart import ChartDatum, ChartEvent, ChartMark, ChartSegment
from ui.plots.texts import ChartTexts

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def months(count: int, year: int = 2021, month: int = 9) -> tuple[str, ...]:
    """Period ids of so many months."""
    start = year * 12 + month - 1
    return tuple(f"{(start + i) // 12}-{(start + i) % 12 + 1:02d}" for i in range(count))


def datum(past: int = 36, future: int = 4, seed: int = 1, **changes: object) -> ChartDatum:
    """A series with a change of limits at month 23, two signals, two events and a provisional last month."""
    random_source = random.Random(seed)
    size = past + future
    actual: list[float | None] = [
        560 + (i > 22) * 190 + 60 * math.sin(i / 2) + random_source.gauss(0, 45) for i in range(past)
    ]
    target = tuple(float(500 + 12 * (i // 3) + 40 * (i % 3 == 0)) for i in range(size))
    turn = min(23, past)
    segments = [ChartSegment(0, turn, 552.0, 345.0, 757.0, provisional=False)]
    if past > turn:
        segments.append(ChartSegment(turn, past, 751.0, 551.0, 952.0, past - turn < 13, "48 → 60 fte in een jaar"))
    values: dict[str, object] = {
        "unit": "AB-NOO",
        "unit_name": "AA/VA Noord",
        "indicator": "PRODUCTIE",
        "indicator_name": "Productie",
        "measure": "zaken",
        "direction": "higher",
        "percent": False,
        "decimals": 0,
        "periods": months(size),
        "actual": (*actual, *([None] * future)),
        "provisional": tuple(i == past - 1 for i in range(size)),
        "target": target,
        "segments": tuple(segments),
        "marks": (ChartMark(7, "beyond", "concern"), ChartMark(min(30, past - 2), "run", "improvement")),
        "events": (ChartEvent(13, "beslistermijn 6 → 15 mnd"), ChartEvent(min(28, past - 2), "plan +26 %")),
        "now": past - 1,
    }
    values.update(changes)
    return ChartDatum(**values)  # type: ignore[arg-type]


def texts(of: ChartDatum, **changes: object) -> ChartTexts:
    """Dutch words for it."""

    def number(value: float) -> str:
        scaled = value * 100 if of.percent else value
        return f"{scaled:,.{of.decimals}f}".replace(",", "_").replace(".", ",").replace("_", ".")

    def point(index: int) -> str:
        value, goal = of.actual[index], of.target[index]
        shown = "nog niet gemeten" if value is None else number(value)
        return f"{of.periods[index]}: {shown}" + ("" if goal is None else f", plan {number(goal)}")

    values: dict[str, object] = {
        "title": of.indicator_name,
        "subtitle": f"{of.measure} per maand, met natuurlijke grenzen",
        "name": f"{of.indicator_name} van {of.unit_name}",
        "description": "Productie ligt sinds augustus 2023 hoger; geen signaal in 13 maanden.",
        "short": tuple(MONTHS[int(p[-2:]) - 1] for p in of.periods),
        "groups": tuple(p[:4] for p in of.periods),
        "long": tuple(f"{MONTHS[int(p[-2:]) - 1]} {p[:4]}" for p in of.periods),
        "number": number,
        "axis": number,
        "point": point,
        "upper": "bovengrens",
        "lower": "ondergrens",
        "mean": "gemiddelde",
        "target": "plan",
        "measured": "gemeten",
        "expected": "verwacht",
        "columns": ("Maand", "Realisatie", "Plan", "Opmerking"),
        "as_table": "als tabel",
        "as_chart": "als grafiek",
        "remark": lambda i: "voorlopig" if of.provisional[i] else "",
    }
    values.update(changes)
    return ChartTexts(**values)  # type: ignore[arg-type]
