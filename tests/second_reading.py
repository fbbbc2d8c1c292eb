"""The indicators counted a second time, in plain Python, from their definitions alone.

Nothing here reads the product's SQL, its calendar or its populations: two people who read one
definition alike get the same number, and a slip by either shows as a difference. Each reading
takes the tables as they were loaded and the first days of the months to report on, and returns
one row per thing counted: month, team_id, child_id, record_id, numerator, denominator. A plain
count has no denominator (None).
"""

import calendar
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

COLUMNS = ["month", "team_id", "child_id", "record_id", "numerator", "denominator"]
OTHER_DATES = {"dob", "decom", "dec", "valid_from", "valid_to"}

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
        values = frame[column]
        if column.endswith("_date") or column in OTHER_DATES:
            values = pd.to_datetime(values).dt.date
        columns[column] = values.astype(object).where(values.notna(), None).tolist()
    if "pl_distance" in columns:
        columns["pl_distance"] = [
            None if miles is None else Decimal(str(miles)) for miles in columns["pl_distance"]
        ]
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

    def team(self, child_id: str, day: date) -> str | None:
        """Return the team that held the case on `day`; of several, the one that came last."""
        standing = [
            row
            for row in self._of_child.get(child_id, [])
            if is_open(row.start_date, row.end_date, on=day)
        ]
        if not standing:
            return None
        return max(standing, key=lambda row: (row.start_date, str(row.allocation_id))).team_id


# Front door and assessment


def re_referrals_within_12_months(tables: Tables, months: list[date]) -> pd.DataFrame:
    """F03: referrals of the month; those with an earlier one in the 12 months before."""
    referrals = [row for row in records(tables, "referrals") if row.event_type == "referral"]
    of_child = by_child(referrals)
    rows = []
    for referral in referrals:
        day = referral.event_date
        month = day.replace(day=1)
        if month in months:
            a_year_before = months_away(day, -12)
            again = any(
                a_year_before <= earlier.event_date < day for earlier in of_child[referral.child_id]
            )
            rows.append(
                (month, referral.team_id, referral.child_id, referral.referral_id, int(again), 1)
            )
    return counted(rows)


def assessments_within_45_days(tables: Tables, months: list[date]) -> pd.DataFrame:
    """A01: assessments authorised in the month; those that took 45 working days or fewer."""
    rows = []
    for row in records(tables, "assessments"):
        if row.status != "current" or row.authorised_date is None:
            continue
        month = row.authorised_date.replace(day=1)
        if month in months:
            in_time = working_days(row.start_date, row.authorised_date) <= 45
            rows.append((month, row.team_id, row.child_id, row.assessment_id, int(in_time), 1))
    return counted(rows)


def open_assessments_over_45_days(tables: Tables, months: list[date]) -> pd.DataFrame:
    """A02: assessments open at the month's end; those that have run for more than 45 days."""
    social_workers = Allocations(tables)
    current = [row for row in records(tables, "assessments") if row.status == "current"]
    rows = []
    for month in months:
        end = last_day(month)
        for row in current:
            if is_open(row.start_date, row.authorised_date, on=end):
                late = working_days(row.start_date, end) > 45
                team = social_workers.team(row.child_id, end)
                rows.append((month, team, row.child_id, row.assessment_id, int(late), 1))
    return counted(rows)


# Protection


def icpc_within_15_days(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P02: first quorate conferences of the month; those within 15 days of the discussion."""
    rows = []
    for row in records(tables, "s47_icpc"):
        if row.transfer_in or row.icpc_date is None:
            continue
        month = row.icpc_date.replace(day=1)
        if month in months:
            in_order = row.icpc_date >= row.strategy_date
            in_time = in_order and working_days(row.strategy_date, row.icpc_date) <= 15
            rows.append((month, row.team_id, row.child_id, row.s47_id, int(in_time), 1))
    return counted(rows)


def own_plans(tables: Tables) -> list[Row]:
    """Return the protection plans that are this authority's own."""
    return [row for row in records(tables, "cp_plans") if not row.ola_plan]


def child_protection_plans(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P04: children with a plan open at the month's end, each once. The unborn count."""
    social_workers = Allocations(tables)
    plans = own_plans(tables)
    rows = []
    for month in months:
        end = last_day(month)
        open_plans = (row for row in plans if is_open(row.start_date, row.end_date, on=end))
        for child_id, standing in by_child(open_plans).items():
            latest = max(standing, key=lambda row: (row.start_date, row.cp_plan_id))
            team = social_workers.team(child_id, end)
            rows.append((month, team, child_id, latest.cp_plan_id, 1, None))
    return counted(rows)


def repeat_plans_within_2_years(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P06: plans started in the month; those whose child's earlier plan ended within 2 years."""
    social_workers = Allocations(tables)
    plans = own_plans(tables)
    of_child = by_child(plans)
    rows = []
    for plan in plans:
        start = plan.start_date
        month = start.replace(day=1)
        if month in months:
            two_years_before = months_away(start, -24)
            again = any(
                earlier.start_date < start
                and earlier.end_date is not None
                and two_years_before <= earlier.end_date <= start
                for earlier in of_child[plan.child_id]
            )
            team = social_workers.team(plan.child_id, start)
            rows.append((month, team, plan.child_id, plan.cp_plan_id, int(again), 1))
    return counted(rows)


def plans_stepped_up_from_child_in_need(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P11: plans started in the month; those with a child in need plan open the day before."""
    social_workers = Allocations(tables)
    in_need = by_child(records(tables, "cin_plans"))
    rows = []
    for plan in own_plans(tables):
        month = plan.start_date.replace(day=1)
        if month in months:
            day_before = plan.start_date - timedelta(days=1)
            stepped_up = any(
                is_open(row.start_date, row.end_date, on=day_before)
                for row in in_need.get(plan.child_id, [])
            )
            team = social_workers.team(plan.child_id, plan.start_date)
            rows.append((month, team, plan.child_id, plan.cp_plan_id, int(stepped_up), 1))
    return counted(rows)


# Supervision


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


def children_in_need_supervised_in_2_months(tables: Tables, months: list[date]) -> pd.DataFrame:
    """N03: children with a child in need plan at the month's end; those lately discussed."""
    social_workers, supervision = Allocations(tables), Supervision(tables)
    plans = records(tables, "cin_plans")
    rows = []
    for month in months:
        end = last_day(month)
        open_plans = (row for row in plans if is_open(row.start_date, row.end_date, on=end))
        for child_id, standing in by_child(open_plans).items():
            latest = max(standing, key=lambda row: (row.start_date, row.cin_plan_id))
            discussed = supervision.in_two_months_to(month, child_id)
            team = social_workers.team(child_id, end)
            rows.append((month, team, child_id, latest.cin_plan_id, int(discussed), 1))
    return counted(rows)


# Care


def care_episodes(tables: Tables) -> list[Row]:
    """Return the episodes of care without agreed series of short breaks (V3, V4)."""
    return [row for row in records(tables, "cla_episodes") if row.ls not in ("V3", "V4")]


class Care:
    """Which children were in care, each by the episode they were in."""

    def __init__(self, tables: Tables) -> None:
        self._episodes = care_episodes(tables)
        self._dob = {row.child_id: row.dob for row in records(tables, "children")}

    def at(self, day: date) -> list[Row]:
        """Return the latest open episode of every child in care and under 18 on `day`."""
        latest: dict[str, Row] = {}
        for row in self._episodes:
            if is_open(row.decom, row.dec, on=day) and self._under_18(row.child_id, day):
                known = latest.get(row.child_id)
                if known is None or row.decom > known.decom:
                    latest[row.child_id] = row
        return list(latest.values())

    def _under_18(self, child_id: str, day: date) -> bool:
        dob = self._dob.get(child_id)
        return dob is None or birthday(dob, 18) > day


def children_in_care(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L01: children in care at the month's end."""
    social_workers, care = Allocations(tables), Care(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            team = social_workers.team(row.child_id, end)
            rows.append((month, team, row.child_id, row.decom, 1, None))
    return counted(rows)


def placed_over_20_miles(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L07: children in care; those placed more than 20 miles from home. 999.9 is not known."""
    social_workers, care = Allocations(tables), Care(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            known = row.pl_distance is not None and row.pl_distance != Decimal("999.9")
            far = known and row.pl_distance > 20
            team = social_workers.team(row.child_id, end)
            rows.append((month, team, row.child_id, row.decom, int(far), 1))
    return counted(rows)


class Placement:
    """A stay in one place with one carer, over the episodes that it spans."""

    def __init__(self, first: Row) -> None:
        self.episodes = [first]

    @property
    def start(self) -> date:
        """Return its first day."""
        return self.episodes[0].decom

    @property
    def end(self) -> date | None:
        """Return the day it ended; None while any of its episodes is open."""
        ends = [row.dec for row in self.episodes]
        return None if None in ends else max(ends)

    def counts_in_year_to(self, month: date) -> bool:
        """Return whether it stood in the 12 months to `month`'s end, and for a night at least."""
        year_start, year_end = last_day(month, months_back=12), last_day(month)
        if self.start > year_end:
            return False
        return self.end is None or (self.end > year_start and self.end > self.start)


def placements(episodes: list[Row]) -> list[Placement]:
    """Return one child's placements, from the child's episodes of care.

    A temporary absence (T codes) belongs to the placement it interrupts; whoever then comes back
    to the same place at the same distance has returned and not moved. A change of legal status
    only, or of placement with the same carer, goes on; so does adoption by the carer (A3, A5).
    Where the records begin midway, their first episode goes on with a placement begun earlier. A
    period of care that begins with a temporary code interrupts nothing: that is where the child is.
    """
    found: list[Placement] = []
    standing: Placement | None = None
    settled = None  # the last episode that was no temporary absence
    away = False
    for row in sorted(episodes, key=lambda row: row.decom):
        temporary = row.place in ("T0", "T1", "T2", "T3", "T4")
        if row.rne == "S":
            standing, settled, away = None, None, False
        returned = (
            away
            and settled is not None
            and (row.place, row.pl_distance) == (settled.place, settled.pl_distance)
        )
        moved = row.rne in ("S", "P", "B") and not temporary and row.place not in ("A3", "A5")
        if standing is not None and (returned or not moved):
            standing.episodes.append(row)
        else:
            standing = Placement(row)
            found.append(standing)
        away = temporary
        if not temporary:
            settled = row
    return found


def three_or_more_placements(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L05: children in care; those with three or more placements in the 12 months."""
    social_workers, care = Allocations(tables), Care(tables)
    of_child = {
        child_id: placements(episodes)
        for child_id, episodes in by_child(care_episodes(tables)).items()
    }
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            stays = sum(stay.counts_in_year_to(month) for stay in of_child[row.child_id])
            team = social_workers.team(row.child_id, end)
            rows.append((month, team, row.child_id, row.decom, int(stays >= 3), 1))
    return counted(rows)


def children_in_care_supervised_in_2_months(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L11: children in care for more than the month's last 7 days; those lately discussed."""
    social_workers, supervision, care = Allocations(tables), Supervision(tables), Care(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            if row.period_start_date <= end - timedelta(days=7):
                discussed = supervision.in_two_months_to(month, row.child_id)
                team = social_workers.team(row.child_id, end)
                rows.append((month, team, row.child_id, row.decom, int(discussed), 1))
    return counted(rows)


# Leaving care


def pathway_plans_up_to_date(tables: Tables, months: list[date]) -> pd.DataFrame:
    """C01: relevant and former relevant care leavers; those with a plan from 6 months.

    Someone who is in two extracts of a month counts once, as things stood in the later.
    """
    advisers = Allocations(tables, role="personal adviser")
    latest: dict[tuple, Row] = {}
    for row in sorted(records(tables, "care_leavers"), key=lambda row: row.extract_date):
        latest[(row.extract_date.replace(day=1), row.child_id)] = row
    rows = []
    for (month, _), row in latest.items():
        if month in months and row.eligibility in ("Relevant", "Former relevant"):
            before, end = last_day(month, months_back=6), last_day(month)
            recent = row.pathway_plan_date is not None and before < row.pathway_plan_date <= end
            team = advisers.team(row.child_id, end)
            rows.append((month, team, row.child_id, row.extract_date, int(recent), 1))
    return counted(rows)


READINGS: dict[str, Callable[[Tables, list[date]], pd.DataFrame]] = {
    reading.__name__: reading
    for reading in (
        assessments_within_45_days,
        open_assessments_over_45_days,
        icpc_within_15_days,
        placed_over_20_miles,
        children_in_care,
        three_or_more_placements,
        child_protection_plans,
        repeat_plans_within_2_years,
        plans_stepped_up_from_child_in_need,
        children_in_need_supervised_in_2_months,
        children_in_care_supervised_in_2_months,
        pathway_plans_up_to_date,
        re_referrals_within_12_months,
    )
}


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
