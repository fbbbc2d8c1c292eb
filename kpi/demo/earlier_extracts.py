"""Earlier extracts: what was known of the pack some months before, and not yet recorded."""

from datetime import date

import numpy as np
import pandas as pd

from kpi.demo.appointments import PLANNED_DAYS
from kpi.demo.tables import Tables

# For each table: the day a row came to be, then the later days that were blank until they came.
CAME_TO_BE: dict[str, tuple[str, tuple[str, ...]]] = {
    "allocations": ("start_date", ("end_date",)),
    "referrals": ("event_date", ()),
    "assessments": ("start_date", ("authorised_date",)),
    "s47_icpc": ("strategy_date", ("inquorate_date", "icpc_date")),
    "cin_plans": ("start_date", ("end_date",)),
    "cp_plans": ("start_date", ("end_date",)),
    "cla_episodes": ("decom", ("dec",)),
    "supervision": ("supervision_date", ()),
    "care_leavers": ("extract_date", ()),
    "cla_health": ("event_date", ()),
    "missing_episodes": ("start_date", ("end_date",)),
    "workforce": ("extract_date", ()),
    "establishment": ("extract_date", ()),
}
# What is known only with a day, and blank while that is blank: its table, its column, the day's.
KNOWN_WITH = (
    ("cla_episodes", "rec", "dec"),
    ("assessments", "child_seen", "authorised_date"),
    ("assessments", "outcome_csc_support", "authorised_date"),
    ("s47_icpc", "icpc_outcome_cp", "icpc_date"),
)


def as_known(tables: Tables, *, extract_month: date) -> Tables:
    """Return what the extract of `extract_month` would have held of `tables`.

    Later rows are gone and later ends blank. A few events of the month's last fortnight were
    recorded only after it (referrals, assessments authorised, supervision of children who are not
    in care), so that the next extract restates that month a little. The last month of the tables
    is returned as it is.
    """
    end = np.datetime64(extract_month, "M") + 1 - np.timedelta64(1, "D")
    latest = tables["care_leavers"]["extract_date"].max()
    if end >= latest:
        return tables
    known: Tables = {}
    for name, (came, ends) in CAME_TO_BE.items():
        rows = tables[name]
        rows = rows[rows[came] <= end].copy()
        for column in ends:
            rows[column] = rows[column].where(rows[column] <= end)
        known[name] = rows

    known["reviews_visits"] = _appointments(tables["reviews_visits"], end)
    in_care = set(known["cla_episodes"]["child_id"])
    known["referrals"] = _without_late(known["referrals"], "referral_id", "event_date", end)
    seen = known["supervision"]
    of_care = seen["child_id"].isin(in_care)
    known["supervision"] = pd.concat(
        [seen[of_care], _without_late(seen[~of_care], "supervision_id", "supervision_date", end)]
    ).sort_index()
    assessments = known["assessments"]
    late = _recorded_late(assessments, "assessment_id", "authorised_date", end)
    assessments["authorised_date"] = assessments["authorised_date"].mask(late)
    for name, column, when in KNOWN_WITH:
        rows = known[name]
        rows[column] = rows[column].where(rows[when].notna(), None)

    naming = [rows["child_id"] for rows in known.values() if "child_id" in rows]
    mentioned = pd.concat(naming).unique()
    children = tables["children"]
    children = children[children["child_id"].isin(mentioned)].copy()
    children["dob"] = children["dob"].where(children["dob"] <= end)
    known["children"] = children
    return {name: known[name].reset_index(drop=True) for name in tables}


def _appointments(rows: pd.DataFrame, end: np.datetime64) -> pd.DataFrame:
    """Return what had been held by `end`, and what was then due and planned."""
    held = rows["event_date"] <= end
    days_on = (rows["due_date"] - end).dt.days
    planned = ~held & ~rows["cancelled"] & days_on.between(-60, PLANNED_DAYS)
    rows = rows[held | planned].copy()
    rows["event_date"] = rows["event_date"].where(held)
    rows["seen"] = rows["seen"].where(held, None)
    return rows


def _recorded_late(rows: pd.DataFrame, key: str, when: str, end: np.datetime64) -> pd.Series:
    """Return which rows of the last fortnight reached the record only after `end`: one in 16."""
    fortnight = rows[when] > end - np.timedelta64(14, "D")
    return fortnight & (pd.to_numeric(rows[key]) % 16 == 0)


def _without_late(rows: pd.DataFrame, key: str, when: str, end: np.datetime64) -> pd.DataFrame:
    return rows[~_recorded_late(rows, key, when, end)]
