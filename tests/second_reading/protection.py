"""Protection: enquiries, conferences and child protection plans."""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from tests.second_reading.ground import (
    Allocations,
    Events,
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

# Enquiries and conferences


def section_47_enquiries(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P01: enquiries begun in the month. A plan that moved here had its enquiry elsewhere."""
    return counted(
        [
            (month, row.team_id, row.child_id, row.s47_id, 1, None)
            for row in records(tables, "s47_icpc")
            if not row.transfer_in and (month := row.strategy_date.replace(day=1)) in months
        ]
    )


def conferences(tables: Tables, months: list[date]) -> Iterator[tuple[date, Row]]:
    """Return the first quorate conferences of the months, each with its month; none moved here."""
    for row in records(tables, "s47_icpc"):
        if row.icpc_date is not None and not row.transfer_in:
            month = row.icpc_date.replace(day=1)
            if month in months:
                yield month, row


def icpc_within_15_days(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P02: first quorate conferences of the month; those within 15 days of the discussion."""
    rows = []
    for month, row in conferences(tables, months):
        in_order = row.icpc_date >= row.strategy_date
        in_time = in_order and working_days(row.strategy_date, row.icpc_date) <= 15
        rows.append((month, row.team_id, row.child_id, row.s47_id, int(in_time), 1))
    return counted(rows)


def icpc_held(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P03: first quorate conferences of the month."""
    return counted(
        [
            (month, row.team_id, row.child_id, row.s47_id, 1, None)
            for month, row in conferences(tables, months)
        ]
    )


def icpc_leading_to_a_plan(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P03: first quorate conferences of the month; those that decided on a plan. Blank is no."""
    return counted(
        [
            (month, row.team_id, row.child_id, row.s47_id, int(bool(row.icpc_outcome_cp)), 1)
            for month, row in conferences(tables, months)
        ]
    )


# Plans that start and end


def own_plans(tables: Tables) -> list[Row]:
    """Return the protection plans that are this authority's own."""
    return [row for row in records(tables, "cp_plans") if not row.ola_plan]


def started(plans: list[Row], months: list[date]) -> Iterator[tuple[date, Row]]:
    """Return the plans that started in one of the months, each with its month."""
    for plan in plans:
        month = plan.start_date.replace(day=1)
        if month in months:
            yield month, plan


def ended(plans: list[Row], months: list[date]) -> Iterator[tuple[date, Row]]:
    """Return the plans that ended in one of the months, each with its month."""
    for plan in plans:
        if plan.end_date is not None:
            month = plan.end_date.replace(day=1)
            if month in months:
                yield month, plan


def child_protection_plans_started(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P05: plans started in the month, by who held the case that day."""
    social_workers = Allocations(tables)
    rows = []
    for month, plan in started(own_plans(tables), months):
        team = social_workers.team(plan.child_id, plan.start_date)
        rows.append((month, team, plan.child_id, plan.cp_plan_id, 1, None))
    return counted(rows)


def child_protection_plans_ended(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P05: plans ended in the month, by who held the case that day."""
    social_workers = Allocations(tables)
    rows = []
    for month, plan in ended(own_plans(tables), months):
        team = social_workers.team(plan.child_id, plan.end_date)
        rows.append((month, team, plan.child_id, plan.cp_plan_id, 1, None))
    return counted(rows)


def repeat_plans_within_2_years(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P06: plans started in the month; those whose child's earlier plan ended within 2 years."""
    social_workers = Allocations(tables)
    plans = own_plans(tables)
    of_child = by_child(plans)
    rows = []
    for month, plan in started(plans, months):
        start = plan.start_date
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


def repeat_plans_ever(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P07: plans started in the month; those whose child had a plan at any time before."""
    social_workers = Allocations(tables)
    plans = own_plans(tables)
    of_child = by_child(plans)
    rows = []
    for month, plan in started(plans, months):
        again = any(earlier.start_date < plan.start_date for earlier in of_child[plan.child_id])
        team = social_workers.team(plan.child_id, plan.start_date)
        rows.append((month, team, plan.child_id, plan.cp_plan_id, int(again), 1))
    return counted(rows)


def plans_ended_after_2_years(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P10: plans ended in the month; those of more than 729 days, the last day counted in."""
    social_workers = Allocations(tables)
    rows = []
    for month, plan in ended(own_plans(tables), months):
        days = (plan.end_date - plan.start_date).days + 1
        team = social_workers.team(plan.child_id, plan.end_date)
        rows.append((month, team, plan.child_id, plan.cp_plan_id, int(days > 729), 1))
    return counted(rows)


def plans_stepped_up_from_child_in_need(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P11: plans started in the month; those with a child in need plan open the day before."""
    social_workers = Allocations(tables)
    in_need = by_child(records(tables, "cin_plans"))
    rows = []
    for month, plan in started(own_plans(tables), months):
        day_before = plan.start_date - timedelta(days=1)
        stepped_up = any(
            is_open(row.start_date, row.end_date, on=day_before)
            for row in in_need.get(plan.child_id, [])
        )
        team = social_workers.team(plan.child_id, plan.start_date)
        rows.append((month, team, plan.child_id, plan.cp_plan_id, int(stepped_up), 1))
    return counted(rows)


# Plans open at the month's end


def protected(plans: list[Row], *, on: date) -> list[Row]:
    """Return the plan of every child who had one open on a day; of several, the latest."""
    of_child = by_child(row for row in plans if is_open(row.start_date, row.end_date, on=on))
    return [
        max(standing, key=lambda row: (row.start_date, row.cp_plan_id))
        for standing in of_child.values()
    ]


def child_protection_plans(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P04: children with a plan open at the month's end, each once. The unborn count."""
    social_workers = Allocations(tables)
    plans = own_plans(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for plan in protected(plans, on=end):
            team = social_workers.team(plan.child_id, end)
            rows.append((month, team, plan.child_id, plan.cp_plan_id, 1, None))
    return counted(rows)


def plans_reviewed_on_time(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P08: plans open for 3 months or more; those with no review late, nor one overdue.

    The first is due 3 months after the plan's start, each other 6 months after the one before.
    """
    social_workers = Allocations(tables)
    reviews = Events(tables, cohort="CP", kind="REVIEW")
    plans = own_plans(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for plan in protected(plans, on=end):
            if plan.start_date <= last_day(month, months_back=3):
                due, on_time = months_away(plan.start_date, 3), True
                for review in reviews.held(plan.child_id, since=plan.start_date, until=end):
                    on_time = on_time and review <= due
                    due = months_away(review, 6)
                on_time = on_time and end <= due
                team = social_workers.team(plan.child_id, end)
                rows.append((month, team, plan.child_id, plan.cp_plan_id, int(on_time), 1))
    return counted(rows)


def plans_open_2_years_or_more(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P09: plans open at the month's end; those that have been for two years."""
    social_workers = Allocations(tables)
    plans = own_plans(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for plan in protected(plans, on=end):
            long = plan.start_date <= last_day(month, months_back=24)
            team = social_workers.team(plan.child_id, end)
            rows.append((month, team, plan.child_id, plan.cp_plan_id, int(long), 1))
    return counted(rows)


def child_protection_visits_on_time(tables: Tables, months: list[date]) -> pd.DataFrame:
    """P12: plans open at the month's end; those visited under them in the last 10 working days."""
    social_workers = Allocations(tables)
    visits = Events(tables, cohort="CP", kind="VISIT")
    plans = own_plans(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for plan in protected(plans, on=end):
            days = visits.held(plan.child_id, since=plan.start_date, until=end)
            visited = any(working_days(day, end) <= 10 for day in days[-1:])
            team = social_workers.team(plan.child_id, end)
            rows.append((month, team, plan.child_id, plan.cp_plan_id, int(visited), 1))
    return counted(rows)


READINGS: tuple[Reading, ...] = (
    section_47_enquiries,
    icpc_within_15_days,
    icpc_held,
    icpc_leading_to_a_plan,
    child_protection_plans,
    child_protection_plans_started,
    child_protection_plans_ended,
    repeat_plans_within_2_years,
    repeat_plans_ever,
    plans_reviewed_on_time,
    plans_open_2_years_or_more,
    plans_ended_after_2_years,
    plans_stepped_up_from_child_in_need,
    child_protection_visits_on_time,
)
