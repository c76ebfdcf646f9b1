"""The words by which headers say what they are, Dutch and English. Data of the importer, not sentences of the program.

To teach it a word: add it to its table here and a line to `tests/exchange/test_vocabulary.py`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from indsteer.exchange.reading_model import Kind


class Role(StrEnum):
    """What a header row or a label column is about."""

    PERIOD = "period"
    YEAR = "year"
    UNIT = "unit"
    INDICATOR = "indicator"
    KIND = "kind"
    MEASURE = "measure"
    NOTE = "note"
    NUMBERING = "numbering"
    VALUE = "value"
    GROUP = "group"


_KINDS: dict[Kind, str] = {
    Kind.PLAN: "plan planning gepland geplande begroot begrote begroting jaarplan jaarplanning budget budgeted planned "
    "jp kaderbrief werkplan productieplan",
    Kind.TARGET: "doel doelen doelstelling doelstellingen norm streefwaarde streefwaarden taakstelling target "
    "targets goal",
    Kind.FORECAST: "raming ramingen prognose prognoses verwachting verwacht verwachte forecast forecasts forecasted "
    "outlook expected projection projected estimate",
    Kind.ACTUAL: "realisatie realisaties werkelijk werkelijke stand gerealiseerd gerealiseerde geboekt geboekte actual "
    "actuals realised realized spent realization realisation uitgegeven",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_COMPOUND = (
    ("jaarplan", Kind.PLAN),
    ("begroting", Kind.PLAN),
    ("realisatie", Kind.ACTUAL),
    ("prognose", Kind.FORECAST),
)
_HEADS: dict[Role, str] = {
    Role.PERIOD: "maand month periode period week kwartaal quarter datum date tertaal tertiaal tijdvak weeknummer dag",
    Role.YEAR: "jaar year boekjaar",
    Role.UNIT: "team teams unit units afdeling directie organisatie organisatieonderdeel onderdeel department "
    "directorate locatie location teamnaam eenheid cluster",
    Role.INDICATOR: "indicator indicatoren kpi grootheid omschrijving onderwerp maat maatstaf product activiteit "
    "quantity measure description item categorie category metric",
    Role.KIND: "soort type scenario versie version kind",
    Role.MEASURE: "meeteenheid uom per",
    Role.NOTE: "opmerking opmerkingen toelichting bron comment comments notes note remark remarks notitie source",
    Role.NUMBERING: "nr nummer # id volgnr volgnummer no",
    Role.VALUE: "waarde value aantal aantallen bedrag amount number getal",
}
_ROLE_OF = {word: role for role, words in _HEADS.items() for word in words.split()}
_MEASURES = frozenset(
    [
        "zaken",
        "zaak",
        "aantal",
        "aantallen",
        "#",
        "stuks",
        "st",
        "%",
        "procent",
        "percent",
        "percentage",
        "uren",
        "uur",
        "hours",
        "fte",
        "fte's",
        "euro",
        "eur",
        "€",
        "k€",
        "keur",
        "x1000",
        "thousands",
        "thousand",
        "duizend",
        "mln",
        "miljoen",
        "million",
        "dagen",
        "days",
        "weken",
        "weeks",
        "maanden",
        "personen",
        "punten",
        "cijfer",
        "score",
        "number",
        "ratio",
    ]
)
_TOTAL = re.compile(
    r"^(?:\W|(?:sub|grand|eind|jaar|generaal)[- ]?)*(?:totaal|totalen|total|totals|subtotaal|subtotal|sum|som|"
    r"gemiddelde?|gem\.?|average|avg|mean|cumulatief|cumulative|cum\.?|ytd|jtd|optelling)\b"
    r"|\b(?:totaal|total|totals|subtotaal|cumulatief|ytd)\s*\W*(?:(?:19|20)\d\d)?\W*$"
    r"|^(?:t/m|year to date|latest (?:\d+|three|twelve))\b",
    re.IGNORECASE,
)
_DERIVED = re.compile(
    r"^\W*(?:verschil|afwijking|delta|difference|variance|remaining|restant|resterend|% ?(?:change|verschil|afw)|"
    r"index|indirect|mutatie|groei)\b|^\W*[Δ∆]",
    re.IGNORECASE,
)
_UNIT_TEXT = re.compile(
    r"^(?:team|afdeling|afd\.?|directie|unit|cluster|regio|department|office|locatie|bureau|sector)\s+\S"
    r"|^[A-Z]{2,4}(?:-[A-Z0-9]{2,4})+$"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[%#€]")
_DAY_IN_TEXT = re.compile(
    r"\b\d{1,2}[-/. ]+(?:\d{1,2}|[a-z]{3,9}\.?)[-/. ]+(?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b", re.IGNORECASE
)
_YEAR_IN_TEXT = re.compile(r"(?<![0-9.,])(?:19[89]|20[0-9])[0-9](?![0-9]|[.,][0-9])")


def words_of(text: str) -> list[str]:
    """The lower-case words of a text."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=8192)
def kind_and_rest(text: str) -> tuple[Kind | None, str]:
    """The kind that a header names at its start or end, and what else it says ("" when nothing)."""
    words = words_of(text)
    if not words or len(words) > 12:
        return None, text.strip()
    rest = text.strip()
    for word in (words[0], words[-1]):
        kind = _KIND_OF.get(word)
        if kind is not None:
            kept = [w for w in _WORD.finditer(rest) if w[0].lower() != word]
            if not kept or all(re.fullmatch(r"(?:19|20)\d\d|[%#€]", w[0]) for w in kept):
                return kind, ""
            return kind, rest[kept[0].start() : kept[-1].end()].strip()
    return None, rest


@lru_cache(maxsize=8192)
def kinds_in(text: str) -> frozenset[Kind]:
    """All kinds that a title, sheet name or file name speaks of."""
    found = set()
    for word in words_of(text.replace("_", " ")):
        kind = _KIND_OF.get(word)
        if kind is None:
            kind = next((k for part, k in _COMPOUND if part in word), None)
        if kind is not None:
            found.add(kind)
    return frozenset(found)


@lru_cache(maxsize=8192)
def head_role(text: str) -> Role | None:
    """The role that the header of a label column states; None when it states none."""
    words = words_of(text)
    if not words or len(words) > 4:
        return None
    return _ROLE_OF.get(words[0]) or _ROLE_OF.get(words[-1])


@lru_cache(maxsize=8192)
def is_total(text: str) -> bool:
    """A label or header of totals, averages or running totals."""
    return len(text) < 60 and _TOTAL.search(text.strip()) is not None


@lru_cache(maxsize=8192)
def is_derived(text: str) -> bool:
    """A header of differences or shares that other columns give."""
    return len(text) < 60 and _DERIVED.search(text.strip()) is not None


def is_measure(text: str) -> bool:
    """A unit of measure and nothing else: "zaken", "%", "€ 1.000", "thousands"."""
    words = [w for w in words_of(re.sub(r"[x×]?\s*1[.,]?000\b", "x1000", text.lower())) if w not in ("in", "per", "x")]
    return bool(words) and all(word in _MEASURES for word in words)


def looks_like_unit(text: str) -> bool:
    """A text that by its form names a part of an organisation: "Team Ter Apel", "AB-NOO"."""
    return _UNIT_TEXT.search(text.strip()) is not None or bool(
        re.match(r"(?i)(?:team|afdeling|directie|regio)\s", text.strip())
    )


@lru_cache(maxsize=4096)
def years_in(text: str) -> tuple[int, ...]:
    """Years that a title speaks of, days ("12 december 2023") left out; in order, each once."""
    bare = _DAY_IN_TEXT.sub(" ", text)
    return tuple(dict.fromkeys(int(year) for year in _YEAR_IN_TEXT.findall(bare)))
