"""The calendar keeps the working-day rules, checked by hand and against a library's rules."""

from datetime import date, timedelta

import duckdb
import holidays
import pytest

from kpi import calendar
from tests import second_reading

# The days on which bank holidays were moved or added, and the Mondays they were moved from.
SPECIAL = [
    ("1995-05-08", True),  # 50 years since the war's end, in place of 1 May
    ("1995-05-01", False),
    ("1999-12-31", True),  # the millennium
    ("2002-06-03", True),  # golden jubilee
    ("2002-06-04", True),  # spring bank holiday, in place of 27 May
    ("2002-05-27", False),
    ("2011-04-29", True),  # royal wedding
    ("2012-06-04", True),  # spring bank holiday, in place of 28 May
    ("2012-06-05", True),  # diamond jubilee
    ("2012-05-28", False),
    ("2020-05-08", True),  # 75 years since the war's end, in place of 4 May
    ("2020-05-04", False),
    ("2022-06-02", True),  # spring bank holiday, in place of 30 May
    ("2022-06-03", True),  # platinum jubilee
    ("2022-05-30", False),
    ("2022-09-19", True),  # the Queen's funeral
    ("2023-05-08", True),  # the coronation
]

# Each year's bank holidays on working weekdays, as published.
YEARS = {
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}

WORKING_DAYS = [
    ("2024-12-02", "2024-12-02", 0),  # the same day
    ("2024-11-29", "2024-12-02", 1),  # Friday to Monday
    ("2024-12-24", "2024-12-27", 1),  # Christmas Day and Boxing Day between
    ("2024-12-27", "2024-12-30", 1),  # a council that closes then still counts the days
    ("2024-03-28", "2024-04-02", 1),  # Easter
    ("2024-09-30", "2024-12-02", 45),
    ("2024-09-30", "2024-12-03", 46),
    ("2024-11-04", "2024-11-25", 15),
    ("2024-11-04", "2024-11-26", 16),
    ("2024-12-13", "2025-01-08", 15),  # 25 and 26 December and 1 January between
    ("2024-11-09", "2024-11-11", 1),  # from a Saturday, Monday is day 1
    ("2024-11-10", "2024-11-11", 1),  # and from a Sunday
    ("2024-11-09", "2024-11-10", 0),  # Saturday to Sunday
    ("2024-12-25", "2024-12-27", 1),  # from a bank holiday
    ("2021-12-31", "2022-01-04", 1),  # 1 January a Saturday: Monday the 3rd, once
    ("2022-12-23", "2022-12-28", 1),  # 25 December a Sunday: Monday and Tuesday
    ("2026-12-24", "2026-12-29", 1),  # 26 December a Saturday: Monday the 28th, once
    ("2027-12-24", "2027-12-29", 1),  # both at the weekend: Monday and Tuesday
    ("2024-11-25", "2024-11-22", -1),  # a conference before its strategy discussion
]

LOOKS = [
    ("2024-11-12", "back_12_months", "2023-11-12"),
    ("2024-02-29", "back_12_months", "2023-02-28"),
    ("2024-02-29", "back_24_months", "2022-02-28"),
    ("2025-02-28", "back_12_months", "2024-02-28"),
    ("2024-04-30", "back_2_months", "2024-02-29"),
    ("2024-05-31", "back_3_months", "2024-02-29"),
    ("2024-08-31", "back_6_months", "2024-02-29"),
    ("2024-08-30", "back_30_months", "2022-02-28"),
    ("2024-01-15", "back_2_months", "2023-11-15"),
    ("2024-11-30", "on_3_months", "2025-02-28"),
    ("2024-08-31", "on_6_months", "2025-02-28"),
    ("2023-11-30", "on_3_months", "2024-02-29"),
]


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as connection:
        calendar.build(connection)
        yield connection


@pytest.fixture(scope="module")
def library():
    """The bank holidays by the library's rules, those that fall on a Monday to Friday."""
    days = holidays.country_holidays("GB", subdiv="ENG", years=range(1990, 2051))
    return {day for day in days if day.weekday() < 5}


@pytest.mark.parametrize(("day", "is_holiday"), SPECIAL)
def test_moved_and_added_bank_holidays_are_kept(day, is_holiday):
    assert (date.fromisoformat(day) in calendar.bank_holidays()) == is_holiday


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_its_published_bank_holidays(year):
    kept = [day for day in calendar.bank_holidays() if day.year == year and day.weekday() < 5]

    assert kept == [date.fromisoformat(f"{year}-{day}") for day in YEARS[year].split()]


def test_every_bank_holiday_from_1990_to_2050_is_the_librarys(library):
    kept = calendar.bank_holidays()

    assert len(set(kept)) == len(kept)
    assert {day for day in kept if day.weekday() < 5} == library


def test_wales_keeps_the_same_bank_holidays(library):
    wales = holidays.country_holidays("GB", subdiv="WLS", years=range(1990, 2051))

    assert {day for day in wales if day.weekday() < 5} == library


@pytest.mark.parametrize(("start", "end", "days"), WORKING_DAYS)
def test_working_days_start_after_the_first_day(con, start, end, days):
    counted = con.execute(
        """
        select ended.working_day_no - started.working_day_no
        from calendar as started
        cross join calendar as ended
        where started.day = ? and ended.day = ?
        """,
        [start, end],
    ).fetchall()

    assert counted == [(days,)]


@pytest.mark.parametrize(("day", "column", "other"), LOOKS)
def test_looking_back_and_on_keeps_the_day_or_takes_the_months_last(con, day, column, other):
    found = con.execute(f"select {column} from calendar where day = ?", [day]).fetchall()

    assert found == [(date.fromisoformat(other),)]


def test_the_calendar_has_every_day_once_from_1990_to_2050(con):
    days = [day for (day,) in con.execute("select day from calendar order by day").fetchall()]
    first, last = date(1990, 1, 1), date(2050, 12, 31)

    assert days == [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_every_day_of_the_calendar_agrees_with_a_second_reckoning(con):
    months = {
        "back_2_months": -2,
        "back_3_months": -3,
        "back_6_months": -6,
        "back_12_months": -12,
        "back_24_months": -24,
        "back_30_months": -30,
        "on_3_months": 3,
        "on_6_months": 6,
    }
    rows = con.execute(
        f"select day, month, is_working_day, day_no, working_day_no, {', '.join(months)} "
        "from calendar order by day"
    ).fetchall()
    first, _, _, first_day_no, first_working_day_no, *_ = rows[0]

    wrong = [
        day
        for day, month, is_working, day_no, working_day_no, *looks in rows
        if month != day.replace(day=1)
        or is_working != (second_reading.working_days(day - timedelta(days=1), day) == 1)
        or day_no - first_day_no != (day - first).days
        or working_day_no - first_working_day_no != second_reading.working_days(first, day)
        or looks != [second_reading.months_away(day, number) for number in months.values()]
    ]

    assert wrong == []
