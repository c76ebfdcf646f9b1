"""Periods and days as people read them."""

import pytest

from indsteer.errors import BadPeriodError
from indsteer.words.periods import day, label, name, short, short_year, span


@pytest.mark.parametrize(
    ("period", "dutch", "english"),
    [
        ("2024", "2024", "2024"),
        ("2024-T1", "tertaal 1 2024", "tertial 1 2024"),
        ("2024-Q2", "2e kwartaal 2024", "quarter 2 2024"),
        ("2024-08", "augustus 2024", "August 2024"),
        ("2024-W23", "week 23, 2024", "week 23, 2024"),
        ("2024-03-15", "15 maart 2024", "15 March 2024"),
    ],
)
def test_a_period_in_full(period: str, dutch: str, english: str) -> None:
    assert label(period, "nl") == dutch
    assert label(period, "en") == english


@pytest.mark.parametrize(
    ("period", "shortest", "with_year", "full"),
    [
        ("2024", "2024", "2024", "2024"),
        ("2024-T1", "T1", "T1 2024", "tertaal 1"),
        ("2024-Q2", "Q2", "Q2 2024", "2e kwartaal"),
        ("2024-03", "mrt", "mrt 2024", "maart"),
        ("2024-W07", "wk 7", "wk 7, 2024", "week 7"),
        ("2024-03-15", "15 mrt", "15 mrt 2024", "15 maart"),
    ],
)
def test_a_period_in_little_room(period: str, shortest: str, with_year: str, full: str) -> None:
    assert short(period, "nl") == shortest
    assert short_year(period, "nl") == with_year
    assert name(period, "nl") == full


def test_every_month_has_its_own_name() -> None:
    months = [f"2024-{number:02d}" for number in range(1, 13)]
    assert " ".join(short(month, "nl") for month in months) == ("jan feb mrt apr mei jun jul aug sep okt nov dec")
    assert " ".join(short(month, "en") for month in months) == ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
    assert len({label(month, "nl") for month in months} | {label(month, "en") for month in months}) == 24


@pytest.mark.parametrize(
    ("first", "last", "dutch", "english"),
    [
        ("2024-01", "2024-08", "januari t/m augustus 2024", "January to August 2024"),
        ("2023-11", "2024-02", "november 2023 t/m februari 2024", "November 2023 to February 2024"),
        ("2020", "2022", "2020 t/m 2022", "2020 to 2022"),
        ("2024-08", "2024-08", "augustus 2024", "August 2024"),
        ("2024-W01", "2024-W23", "week 1 t/m week 23, 2024", "week 1 to week 23, 2024"),
    ],
)
def test_a_span_names_the_last_period_that_belongs_to_it(first: str, last: str, dutch: str, english: str) -> None:
    assert span(first, last, "nl") == dutch
    assert span(first, last, "en") == english


def test_a_day_is_read_from_its_iso_text() -> None:
    assert day("2024-08-09", "nl") == "9 augustus 2024"
    assert day("2024-08-09T14:32:00+02:00", "en") == "9 August 2024"
    with pytest.raises(ValueError, match="Invalid isoformat"):
        day("9-8-2024", "nl")


def test_what_is_no_period_is_refused() -> None:
    with pytest.raises(BadPeriodError):
        label("2024-13", "nl")
