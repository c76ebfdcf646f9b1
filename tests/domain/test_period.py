"""Periods. Week numbers come from ISO 8601 and the Dutch calendar (2020 had 53 weeks, 2024 had 52)."""

import operator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indsteer.domain.period import (
    Grain,
    Period,
    month_id,
    month_ids,
    month_index,
    period_range,
    shift_month,
)
from indsteer.errors import BadPeriodError

DAYS = st.dates(date(1950, 1, 10), date(2150, 12, 1))
GRAINS = st.sampled_from(Grain)


@pytest.mark.parametrize(
    ("text", "grain", "start", "last"),
    [
        ("2024", Grain.YEAR, date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-T1", Grain.TERTIAL, date(2024, 1, 1), date(2024, 4, 30)),
        ("2024-T3", Grain.TERTIAL, date(2024, 9, 1), date(2024, 12, 31)),
        ("2024-Q1", Grain.QUARTER, date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q4", Grain.QUARTER, date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-02", Grain.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", Grain.MONTH, date(2023, 12, 1), date(2023, 12, 31)),
        ("2024-W07", Grain.WEEK, date(2024, 2, 12), date(2024, 2, 18)),
        ("2020-W53", Grain.WEEK, date(2020, 12, 28), date(2021, 1, 3)),
        ("2025-W01", Grain.WEEK, date(2024, 12, 30), date(2025, 1, 5)),
        ("2024-03-15", Grain.DAY, date(2024, 3, 15), date(2024, 3, 15)),
        ("2024-12-31", Grain.DAY, date(2024, 12, 31), date(2024, 12, 31)),
    ],
)
def test_an_id_says_which_days_it_covers(text: str, grain: Grain, start: date, last: date) -> None:
    period = Period.parse(text)
    assert (period.grain, period.start, period.last_day) == (grain, start, last)
    assert period.end == last + timedelta(days=1)
    assert str(period) == period.id == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-1",
        "2024-00",
        "2024-13",
        "2024-T0",
        "2024-T4",
        "2024-Q5",
        "2024-q1",
        "2024-W00",
        "2024-W53",
        "2024-W7",
        "2024-02-30",
        "2023-02-29",
        "2024-03-15 ",
        "2024-01\n",
        "5310",
        "0204-01",
        "２０２４",
        "jan 2024",
        "2199-12-32",
    ],
)
def test_what_is_not_an_id_is_refused_with_what_was_found(text: str) -> None:
    with pytest.raises(BadPeriodError) as caught:
        Period.parse(text)
    assert caught.value.facts == {"found": text}


def test_a_period_that_does_not_exist_cannot_be_made() -> None:
    for grain, year, number in ((Grain.MONTH, 2024, 13), (Grain.WEEK, 2024, 53), (Grain.DAY, 2023, 366)):
        with pytest.raises(BadPeriodError):
            Period(grain, year, number)
    with pytest.raises(BadPeriodError):
        Period.at(10**9, Grain.DAY)
    with pytest.raises(BadPeriodError):
        Period.parse("2199-12").shift(1)


def test_the_last_period_has_an_end() -> None:
    assert Period.parse("2199").end == date(2200, 1, 1)
    assert Period.parse("2199-12-31").end == date(2200, 1, 1)


def test_months_count_on_over_the_year() -> None:
    december, january = Period.parse("2023-12"), Period.parse("2024-01")
    assert december.next == january
    assert january.previous == december
    assert january - december == 1
    assert january.shift(-13).id == "2022-12"
    assert Period.parse("2023-Q4").next.id == "2024-Q1"
    assert Period.parse("2023-T3").next.id == "2024-T1"
    assert Period.parse("2020-W53").next.id == "2021-W01"
    assert Period.parse("2024-W52").next.id == "2025-W01"
    assert Period.parse("2024-02-29").next.id == "2024-03-01"


def test_a_day_near_new_year_belongs_to_the_iso_year_of_its_week() -> None:
    assert Period.of(date(2021, 1, 3), Grain.WEEK).id == "2020-W53"
    assert Period.of(date(2024, 12, 30), Grain.WEEK).id == "2025-W01"
    assert Period.of(date(2024, 12, 30), Grain.MONTH).id == "2024-12"
    assert Period.of(date(2024, 8, 31), Grain.TERTIAL).id == "2024-T2"


def test_longer_periods_are_made_of_months() -> None:
    def ids(text: str) -> list[str]:
        return [month.id for month in Period.parse(text).months()]

    assert ids("2024-Q2") == ["2024-04", "2024-05", "2024-06"]
    assert ids("2024-T3") == ["2024-09", "2024-10", "2024-11", "2024-12"]
    assert ids("2024-05") == ["2024-05"]
    assert ids("2024")[::11] == ["2024-01", "2024-12"]


@pytest.mark.parametrize("text", ["2024-W07", "2024-03-15"])
def test_weeks_and_days_are_never_summed_into_months(text: str) -> None:
    period = Period.parse(text)
    with pytest.raises(ValueError, match="never summed"):
        period.months()
    with pytest.raises(ValueError, match="never summed"):
        period.year_to_date()
    with pytest.raises(ValueError, match="never summed"):
        period.year_start_month()


def test_to_date_runs_from_january_up_to_and_including_the_last_month() -> None:
    assert [m.id for m in Period.parse("2024-03").year_to_date()] == ["2024-01", "2024-02", "2024-03"]
    assert [m.id for m in Period.parse("2024-Q2").year_to_date()][-1] == "2024-06"
    assert len(Period.parse("2024").year_to_date()) == 12
    assert Period.parse("2024-T2").year_start_month().id == "2024-01"


def test_a_period_contains_what_lies_wholly_in_it() -> None:
    year = Period.parse("2024")
    assert year.contains(Period.parse("2024-T3"))
    assert year.contains(year)
    assert year.contains(Period.parse("2024-W52"))
    assert not year.contains(Period.parse("2025-W01"))
    assert not Period.parse("2025").contains(Period.parse("2025-W01"))
    assert not Period.parse("2024-01").contains(Period.parse("2024-Q1"))


def test_a_range_stops_before_its_end() -> None:
    months = period_range(Period.parse("2023-11"), Period.parse("2024-02"))
    assert [m.id for m in months] == ["2023-11", "2023-12", "2024-01"]
    assert period_range(Period.parse("2024-02"), Period.parse("2024-02")) == ()
    assert period_range(Period.parse("2024-02"), Period.parse("2023-02")) == ()
    assert month_ids("2023-11", "2024-02") == ("2023-11", "2023-12", "2024-01")
    with pytest.raises(ValueError, match="common grain"):
        period_range(Period.parse("2024-01"), Period.parse("2024-Q2"))


def test_only_like_grains_are_compared() -> None:
    months = [Period.parse(text) for text in ("2024-02", "2023-12", "2024-01")]
    assert [m.id for m in sorted(months)] == ["2023-12", "2024-01", "2024-02"]
    assert Period.parse("2024-01") <= Period.parse("2024-01") < Period.parse("2024-02")
    assert Period.parse("2024-02") >= Period.parse("2024-02") > Period.parse("2024-01")
    month, year = Period.parse("2024-01"), Period.parse("2024")
    for compare in (operator.lt, operator.le, operator.gt, operator.ge):
        with pytest.raises(TypeError):
            compare(month, year)
    assert month != year


def test_month_ids_have_a_fast_way() -> None:
    assert month_index("2024-01") == Period.parse("2024-01").index
    assert month_id(month_index("2024-01") + 12) == "2025-01"
    assert shift_month("2024-01", -1) == "2023-12"
    with pytest.raises(BadPeriodError):
        month_index("2024-Q1")


@given(DAYS, GRAINS)
def test_a_day_lies_in_its_period_and_no_other(day: date, grain: Grain) -> None:
    period = Period.of(day, grain)
    assert period.start <= day < period.end
    assert period.next.start == period.end
    assert period.previous.end == period.start


@given(DAYS, GRAINS, st.integers(-49, 48))
def test_shifting_index_and_id_are_inverses(day: date, grain: Grain, n: int) -> None:
    period = Period.of(day, grain)
    shifted = period.shift(n)
    assert shifted - period == n
    assert shifted.shift(-n) == period
    assert Period.at(period.index, grain) == period
    assert Period.parse(period.id) == period
    assert (shifted > period) == (n > 0)


@given(DAYS, st.sampled_from([Grain.YEAR, Grain.TERTIAL, Grain.QUARTER, Grain.MONTH]))
def test_the_months_of_a_period_fill_it_exactly(day: date, grain: Grain) -> None:
    period = Period.of(day, grain)
    months = period.months()
    assert months[0].start == period.start
    assert months[-1].end == period.end
    assert all(period.contains(month) for month in months)
    assert period.year_to_date()[-len(months) :] == months
