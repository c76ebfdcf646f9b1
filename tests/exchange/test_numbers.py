import pytest

from indsteer.exchange.numbers import Absence, Marks, absence, evidence, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", 1234.5), ("24,4", 24.4), ("24.4", 24.4), ("1.234", 1234), ("1,234.5", 1234.5),
        ("-12", -12), ("12-", -12),
        ("(12)", -12), ("€ 1.234,50", 1234.5), ("1 234", 1234), ("85%", 0.85),
        ("0,5 %", 0.005), ("−3", -3), ("12¹", 12),
        ("0.125", 0.125), ("1.234.567", 1234567),
    ],
)  # fmt: skip
def test_a_text_number_is_read_as_dutch_unless_it_clearly_is_not(text: str, value: float) -> None:
    found = parse_number(text)
    assert found is not None
    assert found.value == value


def test_the_column_decides_what_a_point_is() -> None:
    assert evidence(["1.234", "24,4"]) is Marks.COMMA
    assert evidence(["1.234", "24.4"]) is Marks.POINT
    assert evidence(["1.234"]) is Marks.UNKNOWN
    dutch, english = parse_number("1.234", Marks.COMMA), parse_number("1.234", Marks.POINT)
    assert dutch is not None
    assert dutch.value == 1234
    assert english is not None
    assert english.value == 1.234


@pytest.mark.parametrize("text", ["", "abc", "12a", "jan", "1.2.3", "12 stuks", "AB-1"])
def test_other_texts_are_no_numbers(text: str) -> None:
    assert parse_number(text) is None


def test_texts_that_mean_no_value_say_why() -> None:
    assert absence("n.v.t.") is Absence.NOT_APPLICABLE
    assert absence(" - ") is Absence.DASH
    assert absence("#N/B") is Absence.UNKNOWN
    assert absence("#DEEL/0!") is Absence.ERROR
    assert absence("0") is None
