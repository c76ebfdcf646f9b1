import pytest

from indsteer.exchange.reading_model import Kind
from indsteer.exchange.vocabulary import is_measure, is_total, kind_and_rest, kinds_in, years_in


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("Doel", Kind.TARGET, ""), ("Realisatie", Kind.ACTUAL, ""), ("Begroting 2024", Kind.PLAN, ""),
        ("Prognose instroom", Kind.FORECAST, "instroom"), ("Instroom (plan)", Kind.PLAN, "Instroom"),
        ("Gehoren", None, "Gehoren"),
    ],
)  # fmt: skip
def test_a_header_says_its_kind_at_its_start_or_end(text: str, kind: Kind | None, rest: str) -> None:
    assert kind_and_rest(text) == (kind, rest)


def test_titles_speak_of_kinds_and_years() -> None:
    assert kinds_in("Jaarplan Asiel & Bescherming 2024") == {Kind.PLAN}
    assert kinds_in("sample_realisatie_nl") == {Kind.ACTUAL}
    assert years_in("Versie 1.3, vastgesteld in DT van 12 december 2023") == ()
    assert years_in("Begroting 2023-2024") == (2023, 2024)


@pytest.mark.parametrize(
    "text", ["Totaal", "Subtotaal", "TOTALS", "Totaal 2024", "Gemiddelde", "Cumulatief", "   Total Cash"]
)
def test_totals_are_known_by_their_words(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize("text", ["Team Totaalvoetbal", "Instroom", "Somalië"])
def test_other_words_are_no_totals(text: str) -> None:
    assert not is_total(text)


def test_units_of_measure() -> None:
    assert is_measure("zaken")
    assert is_measure("x 1.000 euro")
    assert not is_measure("Team Noord")
