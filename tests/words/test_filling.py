"""How facts are put in the places of a sentence."""

import pytest

from indsteer.words.filling import Fact, fill


@pytest.mark.parametrize(
    ("text", "fact", "dutch"),
    [
        ("{x}", "AB-NOO", "AB-NOO"),
        ("{x}", 2024, "2024"),
        ("{x}", None, "–"),
        ("{x}", True, "ja"),
        ("{x:n1}", 1234.56, "1.234,6"),
        ("{x:n0}", None, "–"),
        ("{x:+n1}", 1234.56, "+1.234,6"),
        ("{x:p0}", 0.85, "85\u00a0%"),
        ("{x:+p1}", 0.021, "+2,1\u00a0%"),
        ("{x:pp1}", 0.021, "2,1\u00a0procentpunt"),
        ("{x:+pp1}", 0.021, "+2,1\u00a0procentpunt"),
        ("{x:period}", "2024-08", "augustus 2024"),
        ("{x:name}", "2024-08", "augustus"),
        ("{x:month}", "2024-08", "aug"),
        ("{x:month_year}", "2024-08", "aug 2024"),
        ("{x:date}", "2024-08-09", "9 augustus 2024"),
        ("{{{x}}}", "y", "{y}"),
    ],
)
def test_a_place_shows_its_fact(text: str, fact: Fact, dutch: str) -> None:
    assert fill(text, {"x": fact}, "nl") == dutch


def test_a_count_is_grouped_without_asking() -> None:
    assert fill("{n} zaken", {"n": 12345}, "nl") == "12.345 zaken"


def test_a_fraction_without_a_format_is_our_bug() -> None:
    with pytest.raises(TypeError, match="say how it is shown"):
        fill("in {x}", {"x": 0.85}, "nl")
    with pytest.raises(TypeError, match="needs a number"):
        fill("{x:n1}", {"x": "12"}, "nl")
    with pytest.raises(ValueError, match="no known format"):
        fill("{x:.2f}", {"x": 12.0}, "nl")


def test_only_a_plural_with_a_form_for_none_uses_it() -> None:
    without = {"one": "één zaak", "other": "{n} zaken"}
    assert fill(without, {"n": 0}, "nl") == "0 zaken"
    assert fill(without, {"n": 1}, "nl") == "één zaak"
    assert fill({"zero": "geen zaken", **without}, {"n": 0}, "nl") == "geen zaken"
