"""Children in need: their plans, reviews, supervision and social workers."""

from datetime import date

import pandas as pd

from tests.second_reading.ground import (
    Allocations,
    Events,
    Reading,
    Row,
    Supervision,
    Tables,
    by_child,
    counted,
    is_open,
    last_day,
    records,
)
from tests.second_reading.protection import own_plans, protected


def in_need(plans: list[Row], *, on: date) -> list[Row]:
    """Return the plan of every child who had one open on a day; of several, the latest."""
    of_child = by_child(row for row in plans if is_open(row.start_date, row.end_date, on=on))
    return [
        max(standing, key=lambda row: (row.start_date, row.cin_plan_id))
        for standing in of_child.values()
    ]


def children_in_need(tables: Tables, months: list[date]) -> pd.DataFrame:
    """N01: children with a child in need plan open at the month's end, each once."""
    social_workers = Allocations(tables)
    plans = records(tables, "cin_plans")
    rows = []
    for month in months:
        end = last_day(month)
        for plan in in_need(plans, on=end):
            team = social_workers.team(plan.child_id, end)
            rows.append((month, team, plan.child_id, plan.cin_plan_id, 1, None))
    return counted(rows)


def children_in_need_reviewed_on_time(tables: Tables, months: list[date]) -> pd.DataFrame:
    """N02: children in need at the month's end; those reviewed, or begun, in the last 3 months."""
    social_workers = Allocations(tables)
    reviews = Events(tables, cohort="CIN", kind="REVIEW")
    plans = records(tables, "cin_plans")
    rows = []
    for month in months:
        end = last_day(month)
        for plan in in_need(plans, on=end):
            held = reviews.held(plan.child_id, since=plan.start_date, until=end)
            since = held[-1] if held else plan.start_date
            on_time = since > last_day(month, months_back=3)
            team = social_workers.team(plan.child_id, end)
            rows.append((month, team, plan.child_id, plan.cin_plan_id, int(on_time), 1))
    return counted(rows)


def children_in_need_supervised_in_2_months(tables: Tables, months: list[date]) -> pd.DataFrame:
    """N03: children with a child in need plan at the month's end; those lately discussed."""
    social_workers, supervision = Allocations(tables), Supervision(tables)
    plans = records(tables, "cin_plans")
    rows = []
    for month in months:
        end = last_day(month)
        for plan in in_need(plans, on=end):
            discussed = supervision.in_two_months_to(month, plan.child_id)
            team = social_workers.team(plan.child_id, end)
            rows.append((month, team, plan.child_id, plan.cin_plan_id, int(discussed), 1))
    return counted(rows)


def children_in_need_three_or_more_social_workers(
    tables: Tables, months: list[date]
) -> pd.DataFrame:
    """L14: children with a child in need or protection plan; those with three workers in a year."""
    social_workers = Allocations(tables)
    cin_plans, cp_plans = records(tables, "cin_plans"), own_plans(tables)
    rows = []
    for month in months:
        end = last_day(month)
        plans = in_need(cin_plans, on=end) + protected(cp_plans, on=end)
        for child_id in {plan.child_id for plan in plans}:
            workers = social_workers.workers_in_year_to(month, child_id)
            team = social_workers.team(child_id, end)
            rows.append((month, team, child_id, child_id, int(len(workers) >= 3), 1))
    return counted(rows)


READINGS: tuple[Reading, ...] = (
    children_in_need,
    children_in_need_reviewed_on_time,
    children_in_need_supervised_in_2_months,
    children_in_need_three_or_more_social_workers,
)
