"""What every reading stands on: days and months, records, who held a case, and the figures."""

import calendar
from bisect import bisect_left, bisect_right
from collections import defaultdict, namedtuple
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import holidays
import numpy as np
import pandas as pd

Tables = dict[str, pd.DataFrame]
Row = Any  # one record, its fields by the contract's names
Reading = Callable[[Tables, list[date]], pd.DataFrame]

COLUMNS = ["month", "team_id", "child_id", "record_id", "numerator", "denominator"]
OTHER_DATES = {"dob", "decom", "dec", "valid_from", "valid_to"}
DECIMALS = {"pl_distance", "fte", "posts_fte", "absence_days"}

BANK_HOLIDAYS = sorted(holidays.country_holidays("GB", subdiv="ENG", years=range(1990, 2051)))
WORKING_WEEK = np.busdaycalendar(holidays=[np.datetime64(day) for day in BANK_HOLIDAYS])


# Days and months


def working_days(start: date, end: date) -> int:
    """Return the working days after `start`, up to and with a later `end`; the same day is 0."""
    day = timedelta(days=1)
    return int(np.busday_count(start + day, end + day, busdaycal=WORKING_WEEK))


def months_away(day: date, months: int) -> date:
    """Return the same day of the month `months` on (or back), or that month's last day."""
    number = 12 * day.year + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_day(month: date, *, months_back: int = 0) -> date:
    """Return the last day of the month that lies `months_back` before `month`."""
    first = months_away(month.replace(day=1), -months_back)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def birthday(dob: date, age: int) -> date:
    """Return the day a child turns `age`; a child of 29 February on the 28th in other years."""
    return months_away(dob, 12 * age)


def is_open(start: date, end: date | None, *, on: date) -> bool:
    """Return whether a spell is open on a day. The day it ends is no longer one of its own."""
    return start <= on and (end is None or end > on)


# Records


def records(tables: Tables, name: str) -> list[Row]:
    """Return a table's rows with dates as dates, decimals exact and anything missing as None."""
    frame = tables[name]
    columns = {}
    for column in frame.columns:
        known = frame[column]
        if known.dtype.kind == "M":
            known = known.dt.date
        values = [
            None if value is None or value is pd.NaT or value is pd.NA or value != value else value
            for value in known.tolist()
        ]
        if column.endswith("_date") or column in OTHER_DATES:
            values = [
                date.fromisoformat(value) if isinstance(value, str) else value for value in values
            ]
        elif column in DECIMALS:
            values = [value if value is None else Decimal(str(value)) for value in values]
        columns[column] = values
    row = namedtuple(name, columns)
    return [row(*values) for values in zip(*columns.values(), strict=True)]


def by_child(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows of each child."""
    children = defaultdict(list)
    for row in rows:
        children[row.child_id].append(row)
    return children


def counted(rows: list[tuple]) -> pd.DataFrame:
    """Return counted rows as a table whose numbers stay whole and whose gaps stay None."""
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


class Allocations:
    """Who held each child's case, in one role."""

    def __init__(self, tables: Tables, role: str = "social worker") -> None:
        held = (row for row in records(tables, "allocations") if row.role == role)
        self._of_child = by_child(held)

    def holder(self, child_id: str, day: date) -> Row | None:
        """Return the allocation that held the case on `day`; of several, the one that came last."""
        standing = [
            row
            for row in self._of_child.get(child_id, [])
            if is_open(row.start_date, row.end_date, on=day)
        ]
        return max(standing, key=lambda row: (row.start_date, str(row.allocation_id)), default=None)

    def team(self, child_id: str, day: date) -> str | None:
        """Return the team that held the case on `day`."""
        held = self.holder(child_id, day)
        return None if held is None else held.team_id

    def workers_in_year_to(self, month: date, child_id: str) -> set[str]:
        """Return who held the case in the 12 months to `month`'s end, for a night at least."""
        year_start, year_end = last_day(month, months_back=12), last_day(month)
        return {
            row.worker_id
            for row in self._of_child.get(child_id, [])
            if row.worker_id is not None
            and row.start_date <= year_end
            and (row.end_date is None or row.end_date > max(year_start, row.start_date))
        }


class Events:
    """The days on which each child's reviews, or visits, of one cohort were held."""

    def __init__(self, tables: Tables, *, cohort: str, kind: str) -> None:
        held = by_child(
            row
            for row in records(tables, "reviews_visits")
            if (row.cohort, row.event_kind) == (cohort, kind)
            and row.event_date is not None
            and not row.cancelled
        )
        self._days = {child: sorted(row.event_date for row in rows) for child, rows in held.items()}

    def held(self, child_id: str, *, since: date, until: date) -> list[date]:
        """Return those days from `since` to `until`, both included, in their order."""
        days = self._days.get(child_id, [])
        return days[bisect_left(days, since) : bisect_right(days, until)]


class Supervision:
    """The days on which each child's case was discussed in supervision."""

    def __init__(self, tables: Tables) -> None:
        self._of_child = by_child(
            row for row in records(tables, "supervision") if row.kind == "case"
        )

    def in_two_months_to(self, month: date, child_id: str) -> bool:
        """Return whether a discussion fell in `month` or the calendar month before it."""
        before, end = last_day(month, months_back=2), last_day(month)
        return any(before < row.supervision_date <= end for row in self._of_child.get(child_id, []))


# Figures


def figures(counted_rows: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """Return the sums by month, service_area and team, with the names the teams had then.

    `teams` is the organisation's list with the same team_ids as the rows. A team that it does not
    list goes by its own id (without the authority before the colon) under "Unmapped teams".
    """
    versions = defaultdict(list)
    for row in records({"teams": teams}, "teams"):
        versions[row.team_id].append(row)
    sums: dict[tuple, list] = {}
    for row in counted_rows.itertuples(index=False):
        key = (row.month, *_place(row.team_id, versions, last_day(row.month)))
        total = sums.setdefault(key, [0, None])
        total[0] += row.numerator
        if row.denominator is not None:
            total[1] = (total[1] or 0) + row.denominator
    return pd.DataFrame(
        [(*key, *total) for key, total in sorted(sums.items())],
        columns=["month", "service_area", "team", "numerator", "denominator"],
        dtype=object,
    )


def _place(team_id: str | None, versions: dict[str, list[Row]], day: date) -> tuple[str, str]:
    if team_id is None:
        return "Unallocated", "Unallocated"
    if team_id not in versions:
        return "Unmapped teams", team_id.partition(":")[2] or team_id
    listed = sorted(versions[team_id], key=lambda row: row.valid_from)
    begun = [row for row in listed if row.valid_from <= day]
    version = begun[-1] if begun else listed[0]
    return version.service_area, version.team
