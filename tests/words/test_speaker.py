"""`Words`, with sentences of the catalogue."""

from dataclasses import FrozenInstanceError

import pytest

from indsteer.errors import BadFormulaError, BadPeriodError
from indsteer.words import Words

NL = Words("nl")
EN = Words("en")


def test_a_sentence_is_said_in_each_language() -> None:
    assert NL("common.undo_what", what="Import") == "Import ongedaan maken"
    assert EN.text("common.undo_what", what="Import") == "Undo Import"


@pytest.mark.parametrize(
    ("n", "dutch", "english"),
    [(0, "geen zaken", "no cases"), (1, "1 zaak", "1 case"), (1234, "1.234 zaken", "1,234 cases")],
)
def test_a_count_chooses_its_form(n: int, dutch: str, english: str) -> None:
    assert NL("common.count.cases", n=n) == dutch
    assert EN("common.count.cases", n=n) == english


def test_a_key_or_a_fact_that_is_missing_is_our_bug() -> None:
    with pytest.raises(KeyError, match=r"common\.no_such_key"):
        NL("common.no_such_key")
    with pytest.raises(KeyError, match=r"no_such_area\.key"):
        NL("no_such_area.key")
    with pytest.raises(KeyError, match=r"common\.undo_what.*'what'"):
        NL("common.undo_what", who="?")
    with pytest.raises(KeyError, match=r"common\.count\.cases: n"):
        NL("common.count.cases")


def test_an_error_says_what_where_and_what_to_do() -> None:
    assert NL.error(BadPeriodError(found="2024-13")).startswith("'2024-13' is geen periode. Schrijf")
    said = EN.error(BadFormulaError(formula="A +* B", position=4, found="*"))
    assert said.startswith("The formula 'A +* B' cannot be read: at character 4 it says '*'.")


def test_measures_are_translated_and_unknown_ones_shown_as_they_are() -> None:
    assert NL.measure("zaken") == "zaken"
    assert EN.measure("zaken") == "cases"
    assert EN.measure("uur/zaak") == "hours/case"
    assert EN.measure("cijfer 1-10") == "score 1-10"
    assert EN.measure("appels") == "appels"


def test_figures_and_dates_need_no_sentence() -> None:
    assert NL.number(1234.5, 1) == "1.234,5"
    assert NL.signed(12) == "+12"
    assert EN.percent(0.021, 1, plus=True) == "+2.1%"
    assert NL.points(-0.021, 1) == "−2,1\u00a0procentpunt"
    assert NL.measure_value(0.85, percent=True, decimals=0) == "85\u00a0%"
    assert NL.parse_number("85 %") == 0.85
    assert NL.period("2024-08") == "augustus 2024"
    assert NL.period_short("2024-08") == "aug"
    assert EN.day("2024-08-09") == "9 August 2024"


def test_words_are_values() -> None:
    assert Words("nl") == NL
    assert len({Words("nl"), NL, EN}) == 2
    with pytest.raises(FrozenInstanceError):
        NL.language = "en"  # type: ignore[misc]


def test_it_knows_which_sentences_there_are() -> None:
    assert NL.has("nav.review")
    assert not NL.has("nav.no_such_page")
