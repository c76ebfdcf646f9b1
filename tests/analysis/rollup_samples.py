"""A small catalogue and organisations for the tests of the roll-up; the sample files when they are there."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random

from indsteer.analysis.ledger import Ledger
from indsteer.domain.facts import Actual, PlanVersion, Target, TargetKind
from indsteer.domain.indicator import Indicator
from indsteer.domain.organisation import Level, NormTime, Organisation, Parent, Term, Unit
from indsteer.domain.period import month_ids
from indsteer.domain.quantity import Direction, OverTime, OverUnits, Quantity

SUMS = (
    "INSTROOM", "UITSTROOM", "UITSTROOM_TIJDIG", "INGEBREKE", "UREN_BRUTO", "UREN_FEEST", "UREN_VERLOF",
    "UREN_VERZUIM", "UREN_NETTO", "UREN_DIRECT", "UREN_OPLEIDING", "UREN_INDIRECT", "STEEKPROEF_N",
    "STEEKPROEF_GOED", "KOSTEN",
)  # fmt: skip
STOCKS = ("VOORRAAD", "VOORRAAD_TUSSEN", "VOORRAAD_BUITEN")
MEANS = ("FTE_FORMATIE", "FTE_BEZET")


def quantity(code: str, over_time: OverTime, over_units: OverUnits = OverUnits.SUM, weight: str = "") -> Quantity:
    return Quantity(code, code, code, "", 1, over_time, over_units, weight=weight)


QUANTITIES = (
    *(quantity(code, OverTime.SUM) for code in SUMS),
    *(quantity(code, OverTime.END) for code in STOCKS),
    *(quantity(code, OverTime.MEAN) for code in MEANS),
    quantity("DOORLOOPTIJD", OverTime.WEIGHTED, OverUnits.WEIGHTED, "UITSTROOM"),
    quantity("KTV", OverTime.MEAN, OverUnits.WEIGHTED),
)


def indicator(code: str, formula: str, over_time: OverTime, over_units: OverUnits) -> Indicator:
    return Indicator(code, code, code, "", Direction.HIGHER, over_time, over_units, formula)


RATIOS = {
    "TIJDIG_PCT": ("UITSTROOM_TIJDIG", "UITSTROOM"),
    "BEZETTINGSGRAAD": ("FTE_BEZET", "FTE_FORMATIE"),
    "VERZUIM_PCT": ("UREN_VERZUIM", "UREN_BRUTO"),
    "DIRECT_PCT": ("UREN_DIRECT", "UREN_NETTO"),
    "KWALITEIT_PCT": ("STEEKPROEF_GOED", "STEEKPROEF_N"),
    "SLUITENDHEID": ("UITSTROOM", "INSTROOM"),
}
ONE_PRODUCT = {
    "UREN_PER_ZAAK": ("UREN_DIRECT", "UITSTROOM"),
    "PRODUCTIVITEIT": ("UITSTROOM", "FTE_BEZET"),
    "KOSTEN_PER_ZAAK": ("KOSTEN", "UITSTROOM"),
}
BASES = ("INSTROOM", "UITSTROOM", "VOORRAAD", "DOORLOOPTIJD", "FTE_BEZET", "KOSTEN", "KTV")
RATIO, SUM = (OverTime.RATIO, OverUnits.RATIO), (OverTime.SUM, OverUnits.SUM)
INDICATORS = (
    *(indicator(code, code, OverTime.SUM, OverUnits.SUM) for code in BASES),
    *(indicator(code, f"{above} / {below}", *RATIO) for code, (above, below) in RATIOS.items()),
    *(
        indicator(code, f"{above} / {below}", OverTime.RATIO, OverUnits.ONE_PRODUCT)
        for code, (above, below) in ONE_PRODUCT.items()
    ),
    indicator("GEWOGEN_PRODUCTIE", "UITSTROOM × norm_time", *SUM),
    indicator("EFFICIENTIE_PCT", "GEWOGEN_PRODUCTIE / UREN_DIRECT", *RATIO),
    indicator("VOORSPELBAARHEID", "1 - abs(INSTROOM - plan(INSTROOM)) / plan(INSTROOM)", *RATIO),
    indicator("DEKKING_WEKEN", "VOORRAAD / mean(per_week(UITSTROOM), 3)", *RATIO),
    indicator("VOORRAAD_VERSCHIL", "VOORRAAD - prev(VOORRAAD) - INSTROOM + UITSTROOM", *RATIO),
)


@dataclass(frozen=True)
class Team:
    code: str
    directorate: str
    product: str
    norm: float
    term: float
    opening: float


@dataclass(frozen=True)
class Sample:
    """Raw figures: teams, months, and values by (team, quantity, month) as text."""

    teams: tuple[Team, ...]
    directorates: tuple[str, ...]
    months: tuple[str, ...]
    values: dict[tuple[str, str, str], str]
    plans: tuple[tuple[int, str, str, str, str, str, str], ...]

    @property
    def organisation(self) -> Organisation:
        units = [
            Unit("IND", "IND", Level.SERVICE),
            *(Unit(code, code, Level.DIRECTORATE) for code in self.directorates),
            *(Unit(team.code, team.code, Level.TEAM, product=team.product) for team in self.teams),
        ]
        parents = [
            *(Parent(code, "IND") for code in self.directorates),
            *(Parent(team.code, team.directorate) for team in self.teams),
        ]
        return Organisation(tuple(units), tuple(parents))

    @property
    def actuals(self) -> list[Actual]:
        return [Actual(unit, code, "", month, float(text)) for (unit, code, month), text in self.values.items() if text]

    @property
    def ledger(self) -> Ledger:
        start = date(2000, 1, 1)
        return Ledger(
            self.organisation,
            QUANTITIES,
            INDICATORS,
            actuals=self.actuals,
            norm_times=[NormTime(team.code, "", start, team.norm) for team in self.teams],
            terms=[Term(team.code, "", start, team.term) for team in self.teams],
            versions=sorted(
                {PlanVersion(version, year, version, day) for year, version, day, *_ in self.plans},
                key=lambda found: found.agreed_on,
            ),
            targets=[
                Target(version, year, unit, code, "", period, TargetKind.PLAN, float(value))
                for year, version, _, unit, code, period, value in self.plans
            ],
        )

    def under(self, unit: str) -> list[Team]:
        return [t for t in self.teams if unit in {"IND", t.directorate, t.code}]


def sample() -> Sample:
    """The sample of the product, of the shared study, or one that is made up here."""
    for folder in (Path(__file__).parents[2] / "resources" / "samples", Path("/work/shared/samples")):
        if all((folder / f"sample_{name}.csv").exists() for name in ("org", "realisatie", "plan")):
            return read(folder)
    return made_up()


@lru_cache(maxsize=1)
def read(folder: Path) -> Sample:
    org = _rows(folder / "sample_org.csv")
    teams = tuple(
        Team(
            row["code"], row["ouder"], row["product"], float(row["normtijd_uur"]),
            float(row["termijn_weken"]), float(row["beginvoorraad"]),
        )
        for row in org
        if row["niveau"] == "team"
    )  # fmt: skip
    realised = _rows(folder / "sample_realisatie.csv")
    values = {
        (row["eenheid"], code, row["periode"]): text
        for row in realised
        for code, text in row.items()
        if code not in {"periode", "eenheid"}
    }
    plans = tuple(
        (int(r["jaar"]), r["versie"], r["vastgesteld_op"], r["eenheid"], r["indicator"], r["periode"], r["waarde"])
        for r in _rows(folder / "sample_plan.csv")
    )
    months = tuple(dict.fromkeys(row["periode"] for row in realised))
    return Sample(teams, tuple(row["code"] for row in org if row["niveau"] == "directie"), months, values, plans)


@lru_cache(maxsize=1)
def made_up() -> Sample:
    """Two directorates, five teams, three years; stocks follow their flows."""
    random = Random(7)
    teams = tuple(
        Team(f"{d}-{i}", d, product, norm, 26.0, 1000.0)
        for d, i, product, norm in (
            ("A", 1, "asiel", 24.0), ("A", 2, "asiel", 24.0), ("A", 3, "nareis", 6.0),
            ("B", 1, "studie", 1.8), ("B", 2, "gezin", 4.5),
        )
    )  # fmt: skip
    months = month_ids("2022-01", "2025-01")
    values: dict[tuple[str, str, str], str] = {}
    for team in teams:
        stock = team.opening
        for month in months:
            came, went = random.randint(50, 150), random.randint(50, 150)
            stock += came - went
            row = {code: f"{random.uniform(100, 5000):.1f}" for code in SUMS}
            row |= {code: f"{random.uniform(10, 200):.1f}" for code in MEANS}
            row |= {code: str(random.randint(0, 400)) for code in STOCKS}
            row |= {"INSTROOM": str(came), "UITSTROOM": str(went), "VOORRAAD": str(int(stock))}
            row["DOORLOOPTIJD"] = f"{random.uniform(5, 60):.1f}"
            quarter_end = int(month[5:]) % 3 == 0 and team.directorate == "B"
            row["KTV"] = f"{random.uniform(6, 9):.1f}" if quarter_end else ""
            values |= {(team.code, code, month): text for code, text in row.items()}
    plans = _made_up_plans(teams, months, random)
    return Sample(teams, ("A", "B"), months, values, plans)


def _made_up_plans(
    teams: Sequence[Team], months: Sequence[str], random: Random
) -> tuple[tuple[int, str, str, str, str, str, str], ...]:
    found = []
    for month in months:
        year = int(month[:4])
        for team in teams:
            for code in ("INSTROOM", "UITSTROOM", "VOORRAAD"):
                value = str(random.randint(50, 150))
                found.append((year, "JP", f"{year - 1}-12-15", team.code, code, month, value))
                if month[5:] > "06" and year == 2023:
                    revised = str(random.randint(50, 150))
                    found.append((year, "T1", f"{year}-06-15", team.code, code, month, revised))
            found.append((year, "JP", f"{year - 1}-12-15", team.code, "TIJDIG_PCT", month, "0.9"))
            found.append((year, "JP", f"{year - 1}-12-15", team.code, "UREN_PER_ZAAK", month, str(team.norm)))
    return tuple(found)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
