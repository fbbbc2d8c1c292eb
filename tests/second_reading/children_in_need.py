"""Children in need: their plans, reviews, supervision and social workers."""

from datetime import date

import pandas as pd

from tests.second_reading.ground import (
    Allocations,
    Reading,
    Supervision,
    Tables,
    by_child,
    counted,
    is_open,
    last_day,
    records,
)


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


READINGS: tuple[Reading, ...] = (children_in_need_supervised_in_2_months,)
