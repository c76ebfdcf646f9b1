"""Numbers as shown and read; the notations are those of Dutch and English."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indsteer.errors import BadNumberError
from indsteer.words import Language
from indsteer.words.numbers import measure_value, number, parse_number, percent, points, signed

LANGUAGES = st.sampled_from(["nl", "en", "pseudo"])
VALUES = st.floats(allow_nan=False, allow_infinity=False)
EXACT = Context(prec=400)


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-1234567, 0, "−1.234.567", "−1,234,567"),
        (999.95, 1, "1.000,0", "1,000.0"),
        (2.675, 2, "2,68", "2.68"),  # its binary value lies below the half
        (0.5, 0, "1", "1"),
        (-0.5, 0, "−1", "−1"),
        (-0.04, 1, "0,0", "0.0"),  # no minus zero
        (0, 0, "0", "0"),
        (None, 1, "–", "–"),
    ],
)
def test_a_number_is_written_as_the_language_does(value: float | None, decimals: int, dutch: str, english: str) -> None:
    assert number(value, decimals, "nl") == number(value, decimals, "pseudo") == dutch
    assert number(value, decimals, "en") == english


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (0.85, 1, "85,0\u00a0%", "85.0%"),
        (0.285, 0, "29\u00a0%", "29%"),  # 0.285 * 100 is 28.499999999999996 in floats
        (12.5, 0, "1.250\u00a0%", "1,250%"),
        (None, 1, "–", "–"),
    ],
)
def test_a_fraction_is_written_as_a_percentage(value: float | None, decimals: int, dutch: str, english: str) -> None:
    assert percent(value, decimals, "nl") == dutch
    assert percent(value, decimals, "en") == english


def test_a_difference_shows_its_sign_unless_it_rounds_to_zero() -> None:
    assert signed(12, 0, "nl") == "+12"
    assert signed(-12, 0, "nl") == "−12"
    assert signed(0.04, 1, "nl") == "0,0"
    assert signed(None, 0, "nl") == "–"
    assert percent(0.021, 1, "nl", plus=True) == "+2,1\u00a0%"


def test_a_difference_of_percentages_is_in_percentage_points() -> None:
    assert points(-0.021, 1, "nl") == "−2,1\u00a0procentpunt"
    assert points(0.021, 1, "en", plus=True) == "+2.1\u00a0percentage points"
    assert points(None, 1, "en") == "–"


def test_a_value_of_an_indicator_is_shown_as_its_catalogue_says() -> None:
    assert measure_value(0.853, percent=True, decimals=1, language="nl") == "85,3\u00a0%"
    assert measure_value(853, percent=False, decimals=0, language="nl") == "853"
    assert measure_value(853, percent=False, decimals=0, language="nl", plus=True) == "+853"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_not_shown_as_one(value: float) -> None:
    with pytest.raises(ValueError, match="no number to show"):
        number(value, 1, "nl")


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("1.234,5", 1234.5, 1234.5),
        ("1,234.5", 1234.5, 1234.5),
        ("1234,5", 1234.5, 1234.5),
        ("1234.5", 1234.5, 1234.5),
        ("1.234", 1234, 1.234),  # ambiguous: the own notation wins
        ("1,234", 1.234, 1234),
        ("0.234", 0.234, 0.234),  # thousands never begin with a zero
        ("12.34", 12.34, 12.34),
        ("1.234.567", 1234567, 1234567),
        (",5", 0.5, 0.5),
        ("007", 7, 7),
        ("85%", 0.85, 0.85),
        ("7,1 %", 0.071, 0.071),
        ("−3", -3, -3),
        ("-3", -3, -3),
        ("– 3", -3, -3),
        ("+3", 3, 3),
        ("1 234,5", 1234.5, 1234.5),
        ("1\u00a0234\u202f567", 1234567, 1234567),
        ("1 234.567", 1234.567, 1234.567),
        ("  12\u00a0", 12, 12),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, dutch: float, english: float) -> None:
    assert parse_number(text, "nl") == parse_number(text, "pseudo") == dutch
    assert parse_number(text, "en") == english


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "–", "%", "12.3x", "1.2.3,4,5", "1,2,3", "1.234.5", "1.23.456", "12 34", "1 234 5"),
        *("12,", ",", "1e5", "nan", "inf", "--3", "3-", "1%%", "0x10", "1_000", "٣", "1.234,5.6", "n.v.t."),
        "9" * 400,
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_no_number_is_refused_and_said(text: str, language: Language) -> None:
    with pytest.raises(BadNumberError) as refusal:
        parse_number(text, language)
    assert refusal.value.facts == {"found": text}


@given(value=VALUES, decimals=st.integers(0, 6), language=LANGUAGES)
def test_what_is_shown_reads_back_as_the_rounded_value(value: float, decimals: int, language: Language) -> None:
    step = Decimal(1).scaleb(-decimals)
    rounded = float(Decimal(repr(value)).quantize(step, ROUND_HALF_UP, EXACT))
    assert parse_number(number(value, decimals, language), language) == rounded
    assert parse_number(signed(value, decimals, language), language) == rounded


@given(
    value=st.floats(-1e6, 1e6, allow_nan=False),
    decimals=st.integers(0, 4),
    language=LANGUAGES,
)
def test_a_shown_percentage_reads_back_as_its_fraction(value: float, decimals: int, language: Language) -> None:
    step = Decimal(1).scaleb(-decimals - 2)
    rounded = float(Decimal(repr(value)).quantize(step, ROUND_HALF_UP, EXACT))
    assert parse_number(percent(value, decimals, language), language) == rounded


@given(text=st.text(alphabet="0123456789.,-−+% \u00a0x", max_size=12), language=LANGUAGES)
def test_any_text_is_a_finite_number_or_refused(text: str, language: Language) -> None:
    try:
        value = parse_number(text, language)
    except BadNumberError:
        return
    assert math.isfinite(value)
    assert "x" not in text
