"""The sheet of Bezwaar, July 2024: real rows of the sample organisation, words as the program would write them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from indsteer.analysis.chart import ChartDatum, ChartEvent, ChartMark, ChartSegment
from indsteer.analysis.control_chart import control_chart
from indsteer.report.chart_layout import layout_chart, layout_spark
from indsteer.report.sheet import (
    Figure,
    Finding,
    Footer,
    Heads,
    IndicatorRow,
    Measure,
    ReviewSheet,
    Signature,
    Verdict,
)

DATA: dict[str, list[float]] = {
    name: values
    for name, values in json.loads((Path(__file__).parent / "bezwaar.json").read_text(encoding="utf-8")).items()
    if name != "source"
}
GOOD = tuple(good / drawn for good, drawn in zip(DATA["good"], DATA["drawn"], strict=True))
TIMELY = tuple(timely / all_ for timely, all_ in zip(DATA["timely"], DATA["output"], strict=True))
PERIODS = tuple(f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13))
MONTHS = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
LINES = {
    "nl": {
        "actual": "werkelijk",
        "target": "doel",
        "mean": "gemiddeld",
        "upper": "bovengrens",
        "lower": "ondergrens",
        "explain": "te verklaren",
    },
    "en": {
        "actual": "actual",
        "target": "target",
        "mean": "mean",
        "upper": "upper limit",
        "lower": "lower limit",
        "explain": "to explain",
    },
}


class PaperWords:
    """Numbers, months and line names in Dutch or English."""

    def __init__(self, language: str = "nl") -> None:
        self._language = language

    def number(self, value: float, *, percent: bool, decimals: int) -> str:
        text = f"{value * (100 if percent else 1):,.{decimals}f}".replace("-", "−")
        return text.translate(str.maketrans(",.", ".,")) if self._language == "nl" else text

    def tick(self, period: str) -> str:
        return MONTHS[self._language][int(period[5:7]) - 1]

    def label(self, key: str, number: str) -> str:
        return f"{LINES[self._language][key]} {number}"


def datum_of(
    name: str,
    actual: Sequence[float | None],
    target: Sequence[float | None] = (),
    *,
    measure: str = "zaken",
    direction: str = "higher",
    percent: bool = False,
    decimals: int = 0,
    stock: bool = False,
    events: tuple[ChartEvent, ...] = (),
) -> ChartDatum:
    """A datum as the analysis makes it: limits from the first two years, none for a stock."""
    aims = tuple(target) or (None,) * len(PERIODS)
    values = tuple(actual) + (None,) * (len(PERIODS) - len(actual))
    segments: tuple[ChartSegment, ...] = ()
    marks: tuple[ChartMark, ...] = ()
    known = [value for value in actual if value is not None]
    if known and not stock:
        chart = control_chart(list(actual), direction=direction, fix_after=24 if len(actual) > 24 else None)
        point = chart.points[0]
        if point.mean is not None and point.lower is not None and point.upper is not None:
            segments = (
                ChartSegment(0, len(actual), point.mean, point.lower, point.upper, provisional=len(known) < 13),
            )
        marks = tuple(
            ChartMark(index, point.flag, point.verdict)
            for index, point in enumerate(chart.points)
            if point.flag not in (None, "common") and point.verdict is not None and point.flag is not None
        )
    return ChartDatum(
        unit="JZ-BEZ",
        unit_name="Bezwaar",
        indicator=name,
        indicator_name=name,
        measure=measure,
        direction=direction,
        percent=percent,
        decimals=decimals,
        periods=PERIODS,
        actual=values,
        provisional=tuple(index == len(actual) - 1 for index in range(len(PERIODS))),
        target=aims,
        segments=segments,
        marks=marks,
        events=events,
        now=len(actual) - 1,
    )


NL_HEADS = Heads(
    indicator="Indicator",
    measure="eenheid",
    target="Doel",
    actual="Werkelijk",
    deviation="Afwijking",
    history="31 maanden",
    verdicts=("Verandering", "Tot nu toe", "Kans jaar", "Kan het?"),
    findings="Bevindingen",
    no_findings="Nog geen bevindingen.",
    decisions="Besluiten",
    no_decisions="Nog geen besluiten.",
    dissent="Tegenspraak.",
    countermeasures="Maatregelen",
    no_countermeasures="Nog geen maatregelen.",
    number="Nr",
    countermeasure="Maatregel",
    owner="Eigenaar (rol)",
    since="Sinds",
    due="Klaar",
    expected="Verwacht effect",
    measured="Gemeten effect",
)
EN_HEADS = Heads(
    indicator="Indicator",
    measure="measure",
    target="Target",
    actual="Actual",
    deviation="Deviation",
    history="31 months",
    verdicts=("Change", "Year to date", "Chance year", "Feasible?"),
    findings="Findings",
    no_findings="No findings yet.",
    decisions="Decisions",
    no_decisions="No decisions yet.",
    dissent="Dissent.",
    countermeasures="Countermeasures",
    no_countermeasures="No countermeasures yet.",
    number="No",
    countermeasure="Countermeasure",
    owner="Owner (role)",
    since="Since",
    due="Due",
    expected="Expected effect",
    measured="Measured effect",
)

WORSE = Verdict("diamond", "echt slechter", "bad")
BETTER = Verdict("circle", "echt beter", "good")
NOISE = Verdict("ring", "ruis", "none")
MISSED = Verdict("diamond", "niet", "bad")
REACHED = Verdict("circle", "gehaald", "good")
NO_TARGET = Verdict("ring", "geen doel", "none")
DASH = Verdict("dash", "–", "none")
SOMETIMES = Verdict("triangle", "soms", "warn")


def _row(datum: ChartDatum, texts: str, verdicts: tuple[Verdict, ...], *, strong: bool = False) -> IndicatorRow:
    target, actual, deviation = (text.strip() for text in texts.split("|"))
    now = datum.now
    value, aim = datum.actual[now], datum.target[now]
    gap = value - aim if value is not None and aim is not None else None
    return IndicatorRow(
        name=datum.indicator_name,
        measure=datum.measure,
        target=Figure(aim, target),
        actual=Figure(value, actual),
        deviation=Figure(gap, deviation),
        spark=layout_spark(datum, alt=f"{datum.indicator_name}: 31 maanden, nu {actual}"),
        verdicts=verdicts,
        strong=strong,
    )


def data_of_bezwaar() -> dict[str, ChartDatum]:
    """The ten indicators of the team."""

    def flat(value: float) -> tuple[float, ...]:
        return (value,) * 36

    new = (ChartEvent(26, "nieuwe medewerkers"),)
    return {
        "quality": datum_of(
            "Kwaliteit (steekproef)", GOOD, flat(0.95), measure="%", percent=True, decimals=1, events=new
        ),
        "output": datum_of("Productie (uitstroom)", DATA["output"], DATA["output_plan"]),
        "stock": datum_of("Werkvoorraad", DATA["stock"], DATA["stock_plan"], direction="lower", stock=True),
        "overdue": datum_of("Voorraad buiten termijn", DATA["overdue"], direction="lower", stock=True),
        "timely": datum_of("Tijdig beslist", TIMELY, flat(0.9), measure="%", percent=True, decimals=1),
        "defaults": datum_of("Ingebrekestellingen", DATA["defaults"], direction="lower", measure="stuks"),
        "inflow": datum_of("Instroom", DATA["inflow"], DATA["inflow_plan"], direction="neutral"),
        "direct": datum_of("Directe uren", DATA["direct"], flat(0.69), measure="%", percent=True, decimals=1),
        "per_case": datum_of("Uren per zaak", DATA["per_case"], flat(9), direction="lower", measure="uur", decimals=2),
        "absence": datum_of(
            "Verzuim", DATA["absence"], flat(0.055), direction="lower", measure="%", percent=True, decimals=1
        ),
    }


def rows_of_bezwaar(data: dict[str, ChartDatum]) -> tuple[IndicatorRow, ...]:
    """The table of the sheet, most urgent first."""
    sure = Verdict("circle", ">99 %", "good")
    hopeless = Verdict("diamond", "<1 %", "bad")
    return (
        _row(data["quality"], "≥ 95,0 | 73,9 | −21,1", (WORSE, MISSED, hopeless, SOMETIMES), strong=True),
        _row(
            data["output"], "≥ 1.593 | 1.452 | −141", (BETTER, REACHED, Verdict("triangle", "60 %", "warn"), SOMETIMES)
        ),
        _row(data["stock"], "≤ 4.429 | 3.961 | −468", (BETTER, REACHED, sure, Verdict("circle", "ja", "good"))),
        _row(data["overdue"], "– | 234 | –", (BETTER, NO_TARGET, DASH, DASH)),
        _row(data["timely"], "≥ 90,0 | 93,0 | +3,0", (NOISE, REACHED, sure, SOMETIMES)),
        _row(data["defaults"], "– | 6 | –", (NOISE, NO_TARGET, DASH, DASH)),
        _row(
            data["inflow"],
            "1.540 | 1.491 | −49",
            (Verdict("square", "echt hoger", "info"), Verdict("circle", "4 % onder", "good"), DASH, DASH),
        ),
        _row(data["direct"], "≥ 69,0 | 67,2 | −1,8", (BETTER, MISSED, hopeless, Verdict("diamond", "nee", "bad"))),
        _row(
            data["per_case"],
            "≤ 9,00 | 9,00 | 0,00",
            (NOISE, Verdict("triangle", "net niet", "warn"), hopeless, SOMETIMES),
        ),
        _row(data["absence"], "≤ 5,5 | 4,9 | −0,6", (NOISE, REACHED, Verdict("circle", "76 %", "good"), SOMETIMES)),
    )


def bezwaar() -> ReviewSheet:
    """The whole sheet."""
    data = data_of_bezwaar()
    words = PaperWords()
    charts = (
        layout_chart(
            data["quality"],
            words,
            title="Kwaliteit (steekproef)",
            subtitle="% goed, 23 tot 40 besluiten per maand",
            alt="Kwaliteit per maand van januari 2022 tot juli 2024: in juli 73,9 %, het doel is 95 %.",
            explain=True,
        ),
        layout_chart(
            data["output"],
            words,
            title="Productie",
            subtitle="zaken per maand",
            alt="Productie per maand van januari 2022 tot juli 2024: in juli 1.452, het plan is 1.593.",
        ),
    )
    return ReviewSheet(
        language="nl",
        title="Bezwaar, maandgesprek juli 2024",
        dated=date(2024, 8, 9),
        unit="Bezwaar",
        path="Juridische Zaken, Rijswijk, bezwaarschriften",
        period="Maandgesprek juli 2024",
        status="versie 3, vastgesteld 9 augustus 2024",
        classification_head="Rubricering:",
        classification="intern gebruik",
        lead="Bezwaar beslist op tijd en de voorraad ligt onder plan, maar de kwaliteit is echt gezakt: "
        "sinds april is ruim één op de vier gecontroleerde besluiten niet goed.",
        second="Het jaardoel van 95 % kwaliteit is niet meer te halen: ook als elk volgend besluit goed is, "
        "eindigt 2024 op 91 à 92 %. De productie haalt het jaarplan van 17.734 met 60 % kans.",
        heads=NL_HEADS,
        rows=rows_of_bezwaar(data),
        key=(
            Verdict("diamond", "bespreken", "bad"),
            Verdict("triangle", "let op", "warn"),
            Verdict("circle", "goed", "good"),
            Verdict("ring", "ruis of geen doel", "none"),
            Verdict("square", "ter informatie", "info"),
        ),
        key_text="Verandering: tegen de eigen natuurlijke grenzen (2022 en 2023), niet tegen het doel. Kans jaar: "
        "kans op het jaardoel. Kan het: ligt het doel binnen bereik van het proces zoals het nu loopt.",
        charts=charts,
        findings=(
            Finding(
                "Kwaliteit 73,9 %, doel 95.",
                "Echt slechter: drie van de laatste vier maanden onder de ondergrens (78,4). Valt samen met de instroom van nieuwe medewerkers in maart. Oorzaak ligt in de uitvoering, niet in het plan.",  # noqa: E501
            ),
            Finding(
                "Directe uren 67,2 %, doel 69.",
                "Beter dan in 2022 en 2023 (65,7), maar 69 ligt boven wat dit proces nu kan (67,5).",
            ),
            Finding(
                "Productie 1.452, plan 1.593.",
                "Ruis: juli is elk jaar laag door verlof. Over het jaar 47 zaken boven plan.",
            ),
        ),
        decisions=(
            "Tweede lezer blijft tot de kwaliteit drie maanden op rij minstens 90 % is.",
            "Doel directe uren gaat als vraag naar de directie: 67,5 % met dit proces, of 69 % met minder overleg (ronde september).",  # noqa: E501
            "Jaarplan productie blijft 17.734 zaken.",
        ),
        dissent="De planner: een tweede lezer kost naar schatting 0,4 uur per zaak, ongeveer 60 zaken per maand. Weging in september.",  # noqa: E501
        countermeasures=(
            Measure(
                "B-13",
                "Overlegvrije woensdag",
                "Planner",
                "1 jun",
                "31 jul, te laat",
                True,
                "directe uren +1,5 pp",
                Verdict("triangle", "niet aangetoond", "warn"),
            ),
            Measure(
                "B-14",
                "Tweede lezer bij nieuwe medewerkers",
                "Kwaliteitscoördinator",
                "15 jul",
                "31 okt",
                False,
                "kwaliteit +15 pp",
                Verdict("ring", "te vroeg (tot okt)", "none"),
            ),
            Measure(
                "B-12",
                "Inwerken: tien weken in plaats van zes",
                "Teamleider",
                "1 mei",
                "30 sep",
                False,
                "kwaliteit +8 pp",
                Verdict("triangle", "niet aangetoond", "warn"),
            ),
            Measure(
                "B-09",
                "Dagstart op zaken dicht bij de termijn",
                "Senior medewerker",
                "jan 23",
                "afgerond",
                False,
                "buiten termijn −50",
                Verdict("circle", "aangetoond: −64", "good"),
            ),
        ),
        signatures=(
            Signature("Teamleider Bezwaar", "naam, datum, handtekening"),
            Signature("Directeur Juridische Zaken", "naam, datum, handtekening"),
            Signature("Gesprek gevoerd met het team", "datum, aantal aanwezigen"),
        ),
        footer=Footer(
            "indsteer, stap 1.482, controlegetal 4f2a9c07d1e8", "intern gebruik", "pagina {page} van {pages}"
        ),
    )
