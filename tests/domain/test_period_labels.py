"""Labels as they stand above columns in the sheets of /samples and of Dutch and British statistics offices."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indsteer.domain.period import Grain, Period
from indsteer.domain.period_labels import parse_label

COMPLETE = {
    # months
    "jan 2024": "2024-01",
    "Januari 2024": "2024-01",
    "January 2024": "2024-01",
    "jan-24": "2024-01",
    "jan '24": "2024-01",
    "jan ’24": "2024-01",
    "jan'24": "2024-01",
    "jan24": "2024-01",
    "jan. 2024": "2024-01",
    "JAN\n2024": "2024-01",
    "mrt\u00a02024": "2024-03",
    "mei (2024)": "2024-05",
    "2024 mei": "2024-05",
    "2024-okt": "2024-10",
    "01-2024": "2024-01",
    "1-2024": "2024-01",
    "01/2024": "2024-01",
    "2024-01": "2024-01",
    "2024/1": "2024-01",
    "2024-1": "2024-01",
    "2024 - 01": "2024-01",
    "202401": "2024-01",
    "2024M01": "2024-01",
    "maand 3 2024": "2024-03",
    "maart 2024:": "2024-03",
    # weeks
    "week 7 2024": "2024-W07",
    "Week 7, 2024": "2024-W07",
    "wk 7-2024": "2024-W07",
    "wk. 7 2024": "2024-W07",
    "2024-W07": "2024-W07",
    "2024W07": "2024-W07",
    "2024 wk 7": "2024-W07",
    "W7 '24": "2024-W07",
    "week 12 24": "2024-W12",
    "week 53 2020": "2020-W53",
    # quarters and tertials
    "Q1 2024": "2024-Q1",
    "2024 Q1": "2024-Q1",
    "2024-Q1": "2024-Q1",
    "2024Q1": "2024-Q1",
    "Q1-24": "2024-Q1",
    "1Q 2024": "2024-Q1",
    "1Q24": "2024-Q1",
    "K1 2024": "2024-Q1",
    "1e kwartaal 2024": "2024-Q1",
    "2024 1e kwartaal*": "2024-Q1",
    "eerste kwartaal 2024": "2024-Q1",
    "2nd quarter 2024": "2024-Q2",
    "third quarter of 2024": "2024-Q3",
    "1e kwartaal van 2024": "2024-Q1",
    "kwartaal IV 2024": "2024-Q4",
    "T1 2024": "2024-T1",
    "2024-T1": "2024-T1",
    "tertaal 2 2024": "2024-T2",
    "3e tertiaal 2024": "2024-T3",
    # years
    "2024": "2024",
    "2024*": "2024",
    "2024¹": "2024",
    "jaar 2024": "2024",
    "2024 jaar": "2024",
    # codes of CBS StatLine
    "2024MM01": "2024-01",
    "2024KW04": "2024-Q4",
    "2024JJ00": "2024",
    # days
    "2024-03-15": "2024-03-15",
    "15-03-2024": "2024-03-15",
    "15-3-2024": "2024-03-15",
    "15/03/24": "2024-03-15",
    "15 maart 2024": "2024-03-15",
    "31-dec-2024": "2024-12-31",
    "March 15, 2024": "2024-03-15",
    "1st of March 2024": "2024-03-01",
}

WITHOUT_YEAR = {
    "jan": "2023-01",
    "Januari": "2023-01",
    "febr.": "2023-02",
    "mrt": "2023-03",
    "maart": "2023-03",
    "mar": "2023-03",
    "mrt*": "2023-03",
    "mrt *": "2023-03",
    "apr 1)": "2023-04",
    "april1)": "2023-04",
    "Apr¹": "2023-04",
    "mei": "2023-05",
    "may": "2023-05",
    "mei²": "2023-05",
    "mei [1]": "2023-05",
    "May (p)": "2023-05",
    "June¹": "2023-06",
    "Jan†": "2023-01",
    "Sept": "2023-09",
    "okt": "2023-10",
    "oct": "2023-10",
    "maand 12": "2023-12",
    "wk 7": "2023-W07",
    "wk7": "2023-W07",
    "W7": "2023-W07",
    "w07": "2023-W07",
    "week 12": "2023-W12",
    "7e week": "2023-W07",
    "Q1": "2023-Q1",
    "Q3 2)": "2023-Q3",
    "kwartaal 1": "2023-Q1",
    "kw1": "2023-Q1",
    "kw 4": "2023-Q4",
    "1e kwartaal": "2023-Q1",
    "2e kw.": "2023-Q2",
    "T1": "2023-T1",
    "tertaal 2": "2023-T2",
    "1e tertaal": "2023-T1",
    "15 mrt": "2023-03-15",
}

NO_PERIOD = [
    "",
    " ",
    "*",
    "Totaal",
    "Team Ter Apel",
    "1",
    "12",
    "5310",
    "202413",
    "2024-13",
    "13-2024",
    "01-24",
    "2023-2024",
    "2023/24",
    "jan-mrt",
    "jan t/m mrt 2024",
    "t/m mrt",
    "Q1 2010-Q3 2023",
    "Aug 12 - Jul 13",
    "12 - 24 months",
    "6 month",
    "3 week",
    "Q5 2024",
    "Q12024",
    "T124",
    "K1",
    "M1",
    "tertaal 4",
    "week 53 2023",
    "week 54",
    "30 feb 2024",
    "12/31/2024",
    "mar 2024 2025",
    "januari is een maand met eenendertig dagen 2024",
    "Year 1",
    "jaar",
    "Total4",
    "CP_02",
    "FY2024",
]


@pytest.mark.parametrize(("text", "expected"), COMPLETE.items())
def test_a_complete_label_needs_no_help(text: str, expected: str) -> None:
    found = parse_label(text)
    assert found is not None
    assert found.id == expected
    assert parse_label(text, year=2019) == found  # what the label says goes before what the caller thinks


@pytest.mark.parametrize(("text", "expected"), WITHOUT_YEAR.items())
def test_a_label_without_year_waits_for_the_year(text: str, expected: str) -> None:
    assert parse_label(text) is None
    found = parse_label(text, year=2023)
    assert found is not None
    assert found.id == expected


@pytest.mark.parametrize("text", NO_PERIOD)
def test_what_means_no_period_or_several_is_not_guessed(text: str) -> None:
    assert parse_label(text) is None
    assert parse_label(text, year=2023) is None


def _spellings() -> Iterator[tuple[str, int]]:
    dutch = "januari februari maart april mei juni juli augustus september oktober november december"
    english = "january february march april may june july august september october november december"
    short = "jan feb mrt apr mei jun jul aug sep okt nov dec"
    for names in (dutch, english, short):
        yield from ((name, number) for number, name in enumerate(names.split(), 1))


@pytest.mark.parametrize(("spelling", "number"), list(_spellings()))
def test_every_month_in_both_languages(spelling: str, number: int) -> None:
    forms = ("{} 2024", "{}-24", "{} '24", "2024 {}", "{}. 2024")
    cases = (str.lower, str.title, str.upper)
    for form, case in product(forms, cases):
        assert parse_label(form.format(case(spelling))) == Period(Grain.MONTH, 2024, number)


@given(st.dates(date(1950, 1, 4), date(2099, 12, 27)), st.sampled_from(Grain))
def test_every_id_is_a_label(day: date, grain: Grain) -> None:
    period = Period.of(day, grain)
    assert parse_label(period.id) == period


@given(st.text(max_size=45), st.none() | st.integers(-5, 99999))
def test_no_text_breaks_it(text: str, year: int | None) -> None:
    found = parse_label(text, year=year)
    assert found is None or Period.parse(found.id) == found
