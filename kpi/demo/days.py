"""Days and months as whole numbers: when the records begin and end, working days, birthdays.

Days are counted from 1 January 1970 and months from the first of MONTHS, so that what happens to
a hundred thousand children is a few sums; `tables` makes dates of the days at the very end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
Rows = NDArray[np.int64]  # children, families or other rows by their number, from 0
Flags = NDArray[np.bool_]

OPEN, NEVER = 10**6, -(10**6)  # the end of what has not ended; the day of what has not happened
NOBODY = -1  # the number that stands for no child or no worker

# Two years more than the records reach back, so that cases stand open on their first day, and
# half a year after the last reported month, so that work stands open on the last.
MONTHS = np.arange("2014-01", "2025-06", dtype="M8[M]")
FIRST: Days = MONTHS.astype("M8[D]").astype(int)
LAST: Days = (MONTHS + 1).astype("M8[D]").astype(int) - 1


def only(values: NDArray, where: Flags) -> NDArray:
    """Return the values, and a blank everywhere but `where`."""
    kept: NDArray = np.full(len(values), None, object)
    kept[where] = values[where]
    return kept


def day(text: str) -> int:
    """Return the number of the day `text`, such as 2024-11-30."""
    return int(np.datetime64(text, "D").astype(int))


def month_number(text: str) -> int:
    """Return where the month `text`, such as 2024-11, stands in MONTHS."""
    return int((np.datetime64(text, "M") - MONTHS[0]).astype(int))


RECORDS_BEGIN, END = day("2016-01-01"), day("2024-11-30")


def months_from(text: str) -> range:
    """Return the numbers of the months from `text`, such as 2022-04, to the one that END ends."""
    return range(month_number(text), int(np.searchsorted(LAST, END)) + 1)


def month_of(days: Days) -> Rows:
    """Return the number of the month that each day lies in; the first for days before it."""
    return np.clip(np.searchsorted(FIRST, days, "right") - 1, 0, None)


def months_on(days: Days, months: Days | int) -> Days:
    """Return the same day of the month so many `months` later; its last day where there is none."""
    date = days.astype("M8[D]")
    month = date.astype("M8[M]")
    day_then = (month + months).astype("M8[D]").astype(int) + (date - month).astype(int)
    return np.minimum(day_then, (month + months + 1).astype("M8[D]").astype(int) - 1)


def birthday(dob: Days, age: int) -> Days:
    """Return the day a child turns `age`; those born on 29 February, the 28th in other years."""
    return months_on(dob, 12 * age)


@dataclass(frozen=True)
class WorkingDays:
    """The working days of England and Wales in order, to count along."""

    days: Days

    @classmethod
    def without(cls, holidays: Sequence) -> "WorkingDays":
        """Return the weekdays that are not among `holidays`."""
        every = np.arange("2012-01-01", "2027-01-01", dtype="M8[D]")
        return cls(every[np.is_busday(every, holidays=np.array(holidays, "M8[D]"))].astype(int))

    def back(self, days: Days, count: Days | int) -> Days:
        """Return the working day `count` working days before each of `days`."""
        return self.days[np.searchsorted(self.days, days, "right") - 1 - count]

    def between(self, first: Days | int, last: Days | int, share: NDArray) -> Days:
        """Return the working day a `share` of the way from `first` to `last`; `first` if none."""
        low = np.searchsorted(self.days, first)
        high = np.searchsorted(self.days, last, "right")
        return np.where(high > low, self.days[low + ((high - low) * share).astype(int)], first)
