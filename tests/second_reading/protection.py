"""Protection: enquiries, conferences and child protection plans."""

from datetime import date, timedelta

import pandas as pd

from tests.second_reading.ground import (
    Allocations,
    Reading,
    Row,
    Tables,
    by_child,
    counted,
    is_open,
    last_day,
    months_away,
    records,
    working_days,
)


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


READINGS: tuple[Reading, ...] = (
    icpc_within_15_days,
    child_protection_plans,
    repeat_plans_within_2_years,
    plans_stepped_up_from_child_in_need,
)
