"""The workforce: social workers, as they stood at each month's end."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

import pandas as pd

from tests.second_reading.ground import (
    Allocations,
    Reading,
    Row,
    Tables,
    counted,
    is_open,
    last_day,
    records,
    working_days,
)


def latest_of_month(rows: list[Row], months: list[date], *, key: str) -> dict[date, list[Row]]:
    """Return, of each month, the latest extract's row of every worker or team."""
    latest: dict[tuple, Row] = {}
    for row in sorted(rows, key=lambda row: row.extract_date):
        latest[(row.extract_date.replace(day=1), getattr(row, key))] = row
    of_month = defaultdict(list)
    for (month, _), row in latest.items():
        if month in months:
            of_month[month].append(row)
    return of_month


def social_workers(tables: Tables, months: list[date]) -> dict[date, list[Row]]:
    """Return each month's social workers, also those who have left or not begun."""
    of_month = latest_of_month(records(tables, "workforce"), months, key="worker_id")
    return {
        month: [row for row in rows if row.role == "social worker"]
        for month, rows in of_month.items()
    }


def in_post(row: Row, month: date) -> bool:
    """Return whether somebody was in post at `month`'s end."""
    return is_open(row.start_date, row.leave_date, on=last_day(month))


def left(row: Row, *, after: date, until: date) -> bool:
    """Return whether somebody left after one day and by another."""
    return row.leave_date is not None and after < row.leave_date <= until


def average_caseload(tables: Tables, months: list[date]) -> pd.DataFrame:
    """W01: the cases of each case-holding worker in post who has one, over their FTE."""
    holders = Allocations(tables)
    children = {row.child_id for row in records(tables, "allocations")}
    rows = []
    for month, staff in social_workers(tables, months).items():
        held = [holders.holder(child_id, last_day(month)) for child_id in children]
        cases = Counter(row.worker_id for row in held if row is not None)
        for row in staff:
            if in_post(row, month) and row.case_holding and cases[row.worker_id] > 0:
                rows.append(
                    (month, row.team_id, None, row.worker_id, cases[row.worker_id], row.fte)
                )
    return counted(rows)


def vacancy_rate(tables: Tables, months: list[date]) -> pd.DataFrame:
    """W02: each team's posts that nobody but agency workers fill, over those and the filled."""
    posts = latest_of_month(records(tables, "establishment"), months, key="team_id")
    staff = social_workers(tables, months)
    rows = []
    for month, teams in posts.items():
        filled: dict[str, Decimal] = defaultdict(Decimal)
        for row in staff.get(month, []):
            if in_post(row, month) and not row.agency:
                filled[row.team_id] += row.fte
        for team in teams:
            vacant = max(team.posts_fte - filled[team.team_id], Decimal(0))
            whole = vacant + filled[team.team_id]
            rows.append((month, team.team_id, None, team.team_id, vacant, whole))
    return counted(rows)


def agency_rate(tables: Tables, months: list[date]) -> pd.DataFrame:
    """W03: the FTE of agency workers, over that of everybody in post."""
    rows = []
    for month, staff in social_workers(tables, months).items():
        for row in staff:
            if in_post(row, month):
                agency = row.fte if row.agency else Decimal(0)
                rows.append((month, row.team_id, None, row.worker_id, agency, row.fte))
    return counted(rows)


def turnover_rate(tables: Tables, months: list[date]) -> pd.DataFrame:
    """W04: the FTE of those who left in the 12 months, over that of those in post at their end."""
    rows = []
    for month, staff in social_workers(tables, months).items():
        year_start, end = last_day(month, months_back=12), last_day(month)
        for row in staff:
            if not row.agency and left(row, after=year_start, until=end):
                rows.append((month, row.team_id, None, row.worker_id, row.fte, Decimal(0)))
            elif not row.agency and in_post(row, month):
                rows.append((month, row.team_id, None, row.worker_id, Decimal(0), row.fte))
    return counted(rows)


def sickness_absence(tables: Tables, months: list[date]) -> pd.DataFrame:
    """W05: the working days lost to sickness, over FTE times the month's working days."""
    rows = []
    for month, staff in social_workers(tables, months).items():
        before, end = last_day(month, months_back=1), last_day(month)
        days = working_days(before, end)
        for row in staff:
            here = in_post(row, month) or left(row, after=before, until=end)
            if here and not row.agency:
                lost = row.absence_days or Decimal(0)
                rows.append((month, row.team_id, None, row.worker_id, lost, row.fte * days))
    return counted(rows)


def staff_supervised(tables: Tables, months: list[date]) -> pd.DataFrame:
    """W06: case-holding workers in post; those with a supervision of their own in the month."""
    supervised = {
        (row.supervision_date.replace(day=1), row.worker_id)
        for row in records(tables, "supervision")
        if row.kind == "personal" and row.worker_id is not None
    }
    rows = []
    for month, staff in social_workers(tables, months).items():
        for row in staff:
            if in_post(row, month) and row.case_holding:
                had_one = (month, row.worker_id) in supervised
                rows.append((month, row.team_id, None, row.worker_id, int(had_one), 1))
    return counted(rows)


READINGS: tuple[Reading, ...] = (
    average_caseload,
    vacancy_rate,
    agency_rate,
    turnover_rate,
    sickness_absence,
    staff_supervised,
)
