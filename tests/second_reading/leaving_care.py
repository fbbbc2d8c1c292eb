"""Leaving care: care leavers, as they stood at each month's end."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from tests.second_reading.care import Ages
from tests.second_reading.ground import (
    Allocations,
    Reading,
    Row,
    Tables,
    counted,
    last_day,
    records,
)


def care_leavers(tables: Tables, months: list[date]) -> Iterator[tuple[date, str | None, Row]]:
    """Return the relevant and former relevant of each month, with the personal adviser's team.

    Someone who is in two extracts of a month counts once, as things stood in the later.
    """
    advisers = Allocations(tables, role="personal adviser")
    latest: dict[tuple, Row] = {}
    for row in sorted(records(tables, "care_leavers"), key=lambda row: row.extract_date):
        latest[(row.extract_date.replace(day=1), row.child_id)] = row
    for (month, child_id), row in latest.items():
        if month in months and row.eligibility in ("Relevant", "Former relevant"):
            yield month, advisers.team(child_id, last_day(month)), row


def living_away(
    tables: Tables, months: list[date], *, youngest: int
) -> Iterator[tuple[date, str | None, Row]]:
    """Return those from `youngest` to 21 who have neither died nor gone back home."""
    ages = Ages(tables)
    for month, team, row in care_leavers(tables, months):
        of_age = ages.between(youngest, 21, on=last_day(month), child_id=row.child_id)
        if of_age and row.in_touch not in ("DIED", "RHOM"):
            yield month, team, row


def pathway_plans_up_to_date(tables: Tables, months: list[date]) -> pd.DataFrame:
    """C01: relevant and former relevant care leavers; those with a plan from 6 months."""
    rows = []
    for month, team, row in care_leavers(tables, months):
        before, end = last_day(month, months_back=6), last_day(month)
        recent = row.pathway_plan_date is not None and before < row.pathway_plan_date <= end
        rows.append((month, team, row.child_id, row.extract_date, int(recent), 1))
    return counted(rows)


def care_leavers_not_in_touch(tables: Tables, months: list[date]) -> pd.DataFrame:
    """C02: care leavers of 17 to 21; those not known to be in touch with the council."""
    rows = []
    for month, team, row in living_away(tables, months, youngest=17):
        not_in_touch = row.in_touch != "YES"
        rows.append((month, team, row.child_id, row.child_id, int(not_in_touch), 1))
    return counted(rows)


def care_leavers_suitable_accommodation(tables: Tables, months: list[date]) -> pd.DataFrame:
    """C03: care leavers of 19 to 21; those known to live in suitable accommodation."""
    rows = []
    for month, team, row in living_away(tables, months, youngest=19):
        suitable = row.accommodation_suitable == "1"
        rows.append((month, team, row.child_id, row.child_id, int(suitable), 1))
    return counted(rows)


def care_leavers_in_education_or_work(tables: Tables, months: list[date]) -> pd.DataFrame:
    """C04: care leavers of 19 to 21; those in education, training or work, full or part time."""
    rows = []
    for month, team, row in living_away(tables, months, youngest=19):
        busy = row.activity in ("F1", "F2", "F4", "F5", "P1", "P2", "P4", "P5")
        rows.append((month, team, row.child_id, row.child_id, int(busy), 1))
    return counted(rows)


READINGS: tuple[Reading, ...] = (
    pathway_plans_up_to_date,
    care_leavers_not_in_touch,
    care_leavers_suitable_accommodation,
    care_leavers_in_education_or_work,
)
