"""Assessment: child and family assessments."""

from datetime import date

import pandas as pd

from tests.second_reading.ground import (
    Allocations,
    Reading,
    Tables,
    counted,
    is_open,
    last_day,
    records,
    working_days,
)


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


READINGS: tuple[Reading, ...] = (
    assessments_within_45_days,
    open_assessments_over_45_days,
)
