"""Health of the children who have been in care for a year."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from tests.second_reading.care import Ages, Care
from tests.second_reading.ground import (
    Allocations,
    Reading,
    Row,
    Tables,
    by_child,
    counted,
    last_day,
    records,
)


class HealthEvents:
    """The health events of one type, by child."""

    def __init__(self, tables: Tables, event_type: str) -> None:
        self._of_child = by_child(
            row for row in records(tables, "cla_health") if row.event_type == event_type
        )

    def done_in_year_to(self, month: date, child_id: str) -> list[Row]:
        """Return those completed in the 12 months to `month`'s end, the latest last."""
        year_start = last_day(month, months_back=12)
        return [
            row
            for row in self.up_to(month, child_id)
            if row.status == "Completed" and row.event_date > year_start
        ]

    def up_to(self, month: date, child_id: str) -> list[Row]:
        """Return those of any time up to `month`'s end, the latest last."""
        known = [
            row for row in self._of_child.get(child_id, []) if row.event_date <= last_day(month)
        ]
        return sorted(known, key=lambda row: (row.event_date, str(row.health_event_id)))


def in_care_a_year(tables: Tables, months: list[date]) -> Iterator[tuple[date, str | None, str]]:
    """Return each month's children in care for the whole 12 months, with who held the case."""
    social_workers, care = Allocations(tables), Care(tables)
    for month in months:
        for row in care.a_year_at(month):
            yield month, social_workers.team(row.child_id, last_day(month)), row.child_id


def dental_checks(tables: Tables, months: list[date]) -> pd.DataFrame:
    """H01: children in care for a year; those with a dental check done in it."""
    checks = HealthEvents(tables, "DENTAL")
    rows = []
    for month, team, child_id in in_care_a_year(tables, months):
        checked = bool(checks.done_in_year_to(month, child_id))
        rows.append((month, team, child_id, child_id, int(checked), 1))
    return counted(rows)


def immunisations_up_to_date(tables: Tables, months: list[date]) -> pd.DataFrame:
    """H02: children in care for a year; those whose latest known state is up to date."""
    states = HealthEvents(tables, "IMMUNISATION_STATUS")
    rows = []
    for month, team, child_id in in_care_a_year(tables, months):
        known = states.up_to(month, child_id)
        up_to_date = bool(known) and known[-1].value == "Y"
        rows.append((month, team, child_id, child_id, int(up_to_date), 1))
    return counted(rows)


def health_assessments(tables: Tables, months: list[date]) -> pd.DataFrame:
    """H03: children in care for a year; those assessed in it, twice where under 5."""
    assessments, ages = HealthEvents(tables, "HEALTH_ASSESSMENT"), Ages(tables)
    rows = []
    for month, team, child_id in in_care_a_year(tables, months):
        age = ages.at(last_day(month), child_id)
        needed = 1 if age is not None and age >= 5 else 2
        enough = len(assessments.done_in_year_to(month, child_id)) >= needed
        rows.append((month, team, child_id, child_id, int(enough), 1))
    return counted(rows)


def substance_misuse_identified(tables: Tables, months: list[date]) -> pd.DataFrame:
    """H04: children in care for a year; those found in it to misuse substances."""
    checks = HealthEvents(tables, "SUBSTANCE_MISUSE")
    rows = []
    for month, team, child_id in in_care_a_year(tables, months):
        found = any(row.value == "Y" for row in checks.done_in_year_to(month, child_id))
        rows.append((month, team, child_id, child_id, int(found), 1))
    return counted(rows)


def substance_misuse_support(tables: Tables, months: list[date]) -> pd.DataFrame:
    """H05: children found in the year to misuse substances; those who were helped by it."""
    checks = HealthEvents(tables, "SUBSTANCE_MISUSE")
    rows = []
    for month, team, child_id in in_care_a_year(tables, months):
        found = [row for row in checks.done_in_year_to(month, child_id) if row.value == "Y"]
        if found:
            helped = any(row.intervention_received for row in found)
            rows.append((month, team, child_id, child_id, int(helped), 1))
    return counted(rows)


def strengths_and_difficulties_returned(tables: Tables, months: list[date]) -> pd.DataFrame:
    """H06: children of 5 to 16 in care for a year; those with a questionnaire done in it."""
    questionnaires, ages = HealthEvents(tables, "SDQ"), Ages(tables)
    rows = []
    for month, team, child_id in in_care_a_year(tables, months):
        if ages.between(5, 16, on=last_day(month), child_id=child_id):
            returned = bool(questionnaires.done_in_year_to(month, child_id))
            rows.append((month, team, child_id, child_id, int(returned), 1))
    return counted(rows)


def strengths_and_difficulties_score(tables: Tables, months: list[date]) -> pd.DataFrame:
    """H06: the latest score of the children of 5 to 16 who have one from the year."""
    questionnaires, ages = HealthEvents(tables, "SDQ"), Ages(tables)
    rows = []
    for month, team, child_id in in_care_a_year(tables, months):
        if ages.between(5, 16, on=last_day(month), child_id=child_id):
            done = questionnaires.done_in_year_to(month, child_id)
            scores = [int(row.value) for row in done if row.value is not None]
            if scores:
                rows.append((month, team, child_id, child_id, scores[-1], 1))
    return counted(rows)


READINGS: tuple[Reading, ...] = (
    dental_checks,
    immunisations_up_to_date,
    health_assessments,
    substance_misuse_identified,
    substance_misuse_support,
    strengths_and_difficulties_returned,
    strengths_and_difficulties_score,
)
