"""Periods: a time as it is named, and the months that are named in fixed words: 'last month'."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Span(Enum):
    """What part of time is meant."""

    MONTH = "one month"
    WINDOW = "several months, one after the other"
    YEAR = "a year of published figures"


@dataclass(frozen=True, slots=True)
class Time:
    """A time that is named, from its first token to before its last."""

    first: int
    after: int
    span: Span
    months: tuple[date, ...]  # oldest first; none of a published year
    year: int = 0  # in which a published year ends
    day: date | None = None  # where a day is named, or a month by name: its last
    each: bool = False  # every one of the months is meant, and not their sum
    loose: bool = False  # a season, a holiday: somewhere in it


# So many months before the month it begins, and so many before it ends. 'april' is the financial
# year's first month, and -1 ends there.
_SAID: dict[str, tuple[int | str, int]] = {
    "last month|the previous month|previous month|the month before|a month ago|a month earlier|"
    "the preceding month|the prior month|prior month|the month prior": (1, 1),
    "this month|in the month|the current month|current month|in month|month end|month-end|"
    "the month's end|end of the month|the latest month|the reporting month|in-month|"
    "during the month|for the month|at present|the end of the month|this time|the month": (0, 0),
    "a year ago|one year ago|last year|this time last year|the same month last year|"
    "the same time last year|same month last year|same time last year|the same period last year|"
    "a year earlier|the previous year|the year before|a year before|twelve months ago|"
    "12 months ago|twelve months earlier|12 months earlier|the same month a year ago|"
    "the same month a year earlier|the same point last year|year-on-year|year on year|"
    "same period last year|the same month of last year|the same month in the previous year": (
        12,
        12,
    ),
    "two years ago|two years earlier": (24, 24),
    "the start of the year|the start of the financial year|the beginning of the year|"
    "the beginning of the financial year|the year began|the financial year began|"
    "start of the year|start of the financial year|beginning of the year|year start|"
    "the start of this year|the start of this financial year|the year's start": ("april", -1),
    "the year to date|year to date|the financial year|this financial year|so far this year|"
    "the year so far|this year|the current financial year|the current year|year-to-date|"
    "of the year|this year to date|the financial year to date|in the year": ("april", 0),
    "a year|the last year|the past year|over the year|twelve months|the last twelve months|"
    "the past twelve months|12 months|the last 12 months|the past 12 months|in the last year|"
    "the rolling year|the rolling 12 months|the rolling twelve months|rolling 12 months|"
    "the rolling 12-month period|the whole year|the previous twelve months": (11, 0),
    "half a year": (5, 0),
    "the year": (12, 12),
    "recent months|the last few months|the past few months": (3, 0),
    "the quarter|this quarter|the last quarter|the past quarter": (2, 0),
}
PHRASES: dict[tuple[str, ...], tuple[int | str, int]] = {
    tuple(phrase.replace("'s", "").split()): months
    for phrases, months in _SAID.items()
    for phrase in phrases.split("|")
}
