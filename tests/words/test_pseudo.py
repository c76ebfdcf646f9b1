"""The pseudo-language, which finds texts that did not come from the catalogue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indsteer.words import Words, is_pseudo, strays
from indsteer.words.catalogue import keys
from indsteer.words.pseudo import accented

PSEUDO = Words("pseudo")
DUTCH = Words("nl")


def test_a_sentence_is_accented_and_wrapped_and_its_data_stay_readable() -> None:
    said = PSEUDO("errors.unknown_unit", unit="AB-NOO")
    assert said.startswith("⟦")
    assert said.endswith("⟧")
    assert "'AB-NOO'" in said
    assert "Eenheid" not in said
    assert is_pseudo(said)


@pytest.mark.parametrize("text", ["Opslaan", "Opslaan ⟦ñù⟧", "⟦ñù⟧ Opslaan", "12", "", "⟧⟦ñù⟧a"])
def test_a_text_that_the_catalogue_did_not_say_is_found(text: str) -> None:
    assert not is_pseudo(text)


def test_texts_of_the_catalogue_may_stand_beside_figures_and_within_each_other() -> None:
    within = PSEUDO("common.undo_what", what=PSEUDO("common.delete"))
    assert is_pseudo(f"{within} · 12 %")


def test_names_of_data_are_allowed_outside_the_brackets() -> None:
    said = f"Asiel Noord-Oost: {PSEUDO('common.plan')} 12"
    assert strays(said, ["Asiel", "Asiel Noord-Oost"]) == ":  12"
    assert "Asiel" in strays(said)


def test_figures_and_unknown_measures_are_data() -> None:
    assert PSEUDO.number(1234.5, 1) == "1.234,5"
    assert PSEUDO.percent(0.85) == "85\u00a0%"
    assert PSEUDO.measure("%") == "%"
    assert PSEUDO.measure("appels") == "appels"


def test_names_of_periods_and_measures_come_from_the_catalogue() -> None:
    for said in (
        PSEUDO.period("2024-08"),
        PSEUDO.period_name("2024-08"),
        PSEUDO.period_short("2024-08"),
        PSEUDO.period_short_year("2024-08"),
        PSEUDO.span("2024-01", "2024-08"),
        PSEUDO.day("2024-08-09"),
        PSEUDO.points(0.02, 1),
        PSEUDO.measure("zaken"),
    ):
        assert is_pseudo(said)


@pytest.mark.parametrize("key", [key for key in keys("nl") if key.startswith(("nav.", "verdict."))])
def test_every_plain_text_changes(key: str) -> None:
    assert PSEUDO(key) != DUTCH(key)
    assert is_pseudo(PSEUDO(key))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1))
def test_every_letter_is_accented_one_for_one(text: str) -> None:
    said = accented(text)
    assert len(said) == len(text)
    assert all(new != old and new.isalpha() for new, old in zip(said, text, strict=True))
