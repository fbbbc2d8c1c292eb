"""Days near the edges: what a window looks back to, how long a spell lasts, and a day beside it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import numpy as np
from hypothesis import strategies as st

from kpi import calendar
from tests.second_reading import months_away

Months = tuple[date, ...]
Days = st.SearchStrategy[date]
Look = Callable[[date], date]  # from a month's end to the limit of a window
Until = Callable[[date], date | None]  # from a spell's first day to its end

HOLIDAYS = calendar.bank_holidays()
WORKING_WEEK = np.busdaycalendar(holidays=[np.datetime64(day) for day in HOLIDAYS])


def end(month_end: date) -> date:
    return month_end


def back(months: int) -> Look:
    """Return a look at the last day of the month that lies `months` back."""
    return lambda month_end: calendar.month_end(
        calendar.add_months(month_end.replace(day=1), -months)
    )


def ago(*, months: int = 0, days: int = 0, working_days: int = 0) -> Look:
    """Return a look at the day that lies so far back."""
    return lambda day: months_away(on_working(day, -working_days), -months) - timedelta(days)


def on_working(day: date, number: int) -> date:
    """Return the day `number` working days on, or back."""
    if not number:
        return day
    return np.busday_offset(day, number, roll="backward", busdaycal=WORKING_WEEK).item()


@cache
def near(months: Months, *looks: Look, beside: tuple[int, ...] = (0, 1, -1)) -> Days:
    """Draw a day at which `looks` look from the months' ends, or a day beside it."""
    days = [
        look(calendar.month_end(month)) + timedelta(shift)
        for shift in beside
        for month in months
        for look in looks
    ]
    return st.sampled_from(list(dict.fromkeys(days)))


@cache
def busy(months: Months) -> Days:
    """Draw a day near a month's end, or near one of the months' bank holidays."""
    holidays = [day for day in HOLIDAYS if day.replace(day=1) in months]
    beside = [day + timedelta(shift) for day in holidays for shift in (0, 1, -1)]
    return near(months, end) | st.sampled_from(beside)


def after(*, months: int = 0, days: int = 0, working_days: int = 0) -> Until:
    """Return the end of a spell as long as that."""
    return lambda start: months_away(on_working(start, working_days), months) + timedelta(days)


def never(start: date) -> None:
    """Return no end: the spell is open."""


def until(*ends: Until, or_on: Days) -> st.SearchStrategy[Until]:
    """Draw the end of a spell: one of `ends`, or a day of `or_on` that is not before it."""
    fixed = or_on.map(lambda day: lambda start: max(start, day))
    return st.sampled_from(ends) | fixed
