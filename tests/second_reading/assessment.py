"""Assessment: child and family assessments."""

from collections.abc import Iterator
from datetime import date

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


def authorised(tables: Tables, months: list[date]) -> Iterator[tuple[date, Row]]:
    """Return the current assessments authorised in one of the months, each with its month."""
    for row in records(tables, "assessments"):
        if row.status == "current" and row.authorised_date is not None:
            month = row.authorised_date.replace(day=1)
            if month in months:
                yield month, row


def assessments_within_45_days(tables: Tables, months: list[date]) -> pd.DataFrame:
    """A01: assessments authorised in the month; those that took 45 working days or fewer."""
    rows = []
    for month, row in authorised(tables, months):
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


def assessments_ending_without_support(tables: Tables, months: list[date]) -> pd.DataFrame:
    """A03: assessments authorised in the month; those that found no need of social care's support.

    Where nobody wrote down what the assessment found, it is not one of those.
    """
    rows = []
    for month, row in authorised(tables, months):
        without = row.outcome_csc_support is not None and not row.outcome_csc_support
        rows.append((month, row.team_id, row.child_id, row.assessment_id, int(without), 1))
    return counted(rows)


def children_seen_during_assessment(tables: Tables, months: list[date]) -> pd.DataFrame:
    """A04: assessments authorised in the month of children born by then; those who were seen."""
    dob = {row.child_id: row.dob for row in records(tables, "children")}
    rows = []
    for month, row in authorised(tables, months):
        born = dob.get(row.child_id)
        if born is not None and born <= row.authorised_date:
            seen = row.child_seen == "Y"
            rows.append((month, row.team_id, row.child_id, row.assessment_id, int(seen), 1))
    return counted(rows)


READINGS: tuple[Reading, ...] = (
    assessments_within_45_days,
    open_assessments_over_45_days,
    assessments_ending_without_support,
    children_seen_during_assessment,
)
