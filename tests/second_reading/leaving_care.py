"""Leaving care: care leavers, as they stood at each month's end."""

from datetime import date

import pandas as pd

from tests.second_reading.ground import (
    Allocations,
    Reading,
    Row,
    Tables,
    counted,
    last_day,
    records,
)


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


READINGS: tuple[Reading, ...] = (pathway_plans_up_to_date,)
