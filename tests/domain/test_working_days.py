"""Working days, against published dates and against the hours of the shipped sample.

Easter and King's Day 2010-2050: github.com/PanderMusubi/dutch-holidays; all holidays of 2024-2026: date.nager.at.
In the sample UREN_BRUTO = FTE_BEZET x weekdays x 7.2 and UREN_FEEST = FTE_BEZET x holidays x 7.2, each rounded to
one decimal (its README), so dividing gives back the counts of days.
"""

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indsteer.domain.period import Grain, Period
from indsteer.domain.working_days import (
    FreeDays,
    LiberationDay,
    easter,
    public_holidays,
    weekdays,
    working_days,
)
from indsteer.resources import resource_path

EASTERS = """
    2010-04-04 2011-04-24 2012-04-08 2013-03-31 2014-04-20 2015-04-05 2016-03-27 2017-04-16 2018-04-01
    2019-04-21 2020-04-12 2021-04-04 2022-04-17 2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28
    2028-04-16 2029-04-01 2030-04-21 2031-04-13 2032-03-28 2033-04-17 2034-04-09 2035-03-25 2036-04-13
    2037-04-05 2038-04-25 2039-04-10 2040-04-01 2041-04-21 2042-04-06 2043-03-29 2044-04-17 2045-04-09
    2046-03-25 2047-04-14 2048-04-05 2049-04-18 2050-04-10
"""

PUBLISHED = {
    2024: "01-01 03-29 04-01 04-27 05-05 05-09 05-20 12-25 12-26",
    2025: "01-01 04-18 04-21 04-26 05-05 05-29 06-09 12-25 12-26",
    2026: "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26",
}


@pytest.mark.parametrize("text", EASTERS.split())
def test_easter_is_computed(text: str) -> None:
    day = date.fromisoformat(text)
    assert easter(day.year) == day


@pytest.mark.parametrize(("year", "days"), PUBLISHED.items())
def test_all_holidays_are_those_published(year: int, days: str) -> None:
    expected = {date.fromisoformat(f"{year}-{day}") for day in days.split()}
    assert public_holidays(year, FreeDays(good_friday=True)) == expected
    good_friday = easter(year) - timedelta(days=2)
    assert public_holidays(year) == expected - {good_friday}


@pytest.mark.parametrize("year", range(2014, 2051))
def test_kings_day_moves_to_saturday_only_when_it_is_a_sunday(year: int) -> None:
    moved = year in {2014, 2025, 2031, 2036, 2042}
    easter_monday = easter(year) + timedelta(days=1)  # was 26 April itself in 2038
    assert (date(year, 4, 26) in public_holidays(year) - {easter_monday}) == moved
    assert (date(year, 4, 27) in public_holidays(year)) != moved


def test_until_2013_there_was_queens_day() -> None:
    assert date(2013, 4, 30) in public_holidays(2013)
    assert date(2006, 4, 29) in public_holidays(2006)  # 30 April 2006 was a Sunday
    assert date(2013, 4, 27) not in public_holidays(2013)


def test_liberation_day_is_a_setting() -> None:
    monday = Period.parse("2025-05-05")
    assert working_days(monday) == 0
    assert working_days(monday, FreeDays(LiberationDay.LUSTRUM)) == 0
    assert working_days(monday, FreeDays(LiberationDay.NEVER)) == 1
    tuesday = Period.parse("2026-05-05")
    assert working_days(tuesday) == 0
    assert working_days(tuesday, FreeDays(LiberationDay.LUSTRUM)) == 1


def test_good_friday_and_own_days_are_settings() -> None:
    march = Period.parse("2024-03")
    assert working_days(march) == 21
    assert working_days(march, FreeDays(good_friday=True)) == 20
    bridge = FreeDays(extra=frozenset({date(2024, 5, 10), date(2024, 5, 11)}))  # Friday after Ascension; a Saturday
    assert working_days(Period.parse("2024-05"), bridge) == working_days(Period.parse("2024-05")) - 1


def test_a_week_over_new_year_counts_both_years() -> None:
    assert weekdays(Period.parse("2025-W01")) == 5
    assert working_days(Period.parse("2025-W01")) == 4  # Wednesday 1 January
    assert working_days(Period.parse("2024-W52")) == 3  # Christmas on Wednesday and Thursday


def test_the_sample_has_these_weekdays_and_holidays() -> None:
    with resource_path("samples", "sample_realisatie.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 72 * 15
    for row in rows:
        month, hours_a_day = Period.parse(row["periode"]), float(row["FTE_BEZET"]) * 7.2
        gross, holidays = float(row["UREN_BRUTO"]), float(row["UREN_FEEST"])
        assert gross == pytest.approx(weekdays(month) * hours_a_day, abs=0.051)
        assert holidays == pytest.approx((weekdays(month) - working_days(month)) * hours_a_day, abs=0.051)


@given(
    st.dates(date(1950, 1, 10), date(2150, 12, 1)),
    st.sampled_from(Grain),
    st.builds(FreeDays, st.sampled_from(LiberationDay), st.booleans()),
)
def test_counting_is_looking_at_every_day(day: date, grain: Grain, free_days: FreeDays) -> None:
    period = Period.of(day, grain)
    days = [period.start + timedelta(days=n) for n in range((period.end - period.start).days)]
    mondays_to_fridays = [each for each in days if each.isoweekday() <= 5]
    assert weekdays(period) == len(mondays_to_fridays)
    assert working_days(period, free_days) == sum(
        each not in public_holidays(each.year, free_days) for each in mondays_to_fridays
    )
