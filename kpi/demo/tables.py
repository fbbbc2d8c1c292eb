"""Tables in the words of the contract: text for keys, dates for days, only the children needed."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.days import END, NOBODY, OPEN, Days, Rows

Tables = dict[str, pd.DataFrame]

# For tables whose rows have a number of their own: its column, and the day it rises with.
KEYS = {
    "referrals": ("referral_id", "event_date"),
    "assessments": ("assessment_id", "start_date"),
    "s47_icpc": ("s47_id", "strategy_date"),
    "cin_plans": ("cin_plan_id", "start_date"),
    "cp_plans": ("cp_plan_id", "start_date"),
    "supervision": ("supervision_id", "supervision_date"),
    "allocations": ("allocation_id", "start_date"),
    "cla_health": ("health_event_id", "event_date"),
    "missing_episodes": ("missing_id", "start_date"),
    "reviews_visits": ("event_id", "event_date"),
}
COLUMNS = {
    "children": "child_id dob",
    "allocations": "child_id allocation_id role worker_id team_id start_date end_date "
    "change_reason",
    "referrals": "child_id referral_id event_type event_date nfa team_id",
    "assessments": "child_id assessment_id start_date authorised_date status child_seen "
    "outcome_csc_support team_id",
    "s47_icpc": "child_id s47_id strategy_date inquorate_date icpc_date icpc_outcome_cp "
    "transfer_in team_id",
    "cin_plans": "child_id cin_plan_id start_date end_date",
    "cp_plans": "child_id cp_plan_id start_date end_date ola_plan",
    "cla_episodes": "child_id decom rne ls place dec rec pl_distance uasc period_start_date",
    "supervision": "child_id supervision_id worker_id supervision_date kind",
    "care_leavers": "child_id extract_date eligibility pathway_plan_date in_touch accommodation "
    "accommodation_suitable activity",
    "cla_health": "child_id health_event_id event_type event_date status value "
    "intervention_received intervention_offered",
    "missing_episodes": "child_id missing_id start_date end_date",
    "reviews_visits": "child_id event_id cohort event_kind due_date event_date seen cancelled",
    "workforce": "worker_id extract_date role team_id fte agency case_holding asye start_date "
    "leave_date absence_days",
    "establishment": "team_id extract_date posts_fte",
}


def translate(tables: Tables, children: pd.DataFrame, *, authority: str, rng: Generator) -> Tables:
    """Return the tables with text for keys, dates for days, and the children that they mention."""
    mentioned = _mentioned(tables, "child_id")
    child_ids = np.full(len(children) + 1, None, object)  # the last is NOBODY's
    child_ids[mentioned] = _numbers(len(mentioned), 10_000_000, rng)
    dob = children["dob"].to_numpy()[mentioned]
    tables = _with_worker_ids(tables, rng)
    tables["children"] = pd.DataFrame({"child_id": mentioned, "dob": dob})
    first_numbers = {name: 300_000 * nth for nth, name in enumerate(KEYS, start=1)}
    ready = {}
    for name, words in COLUMNS.items():
        rows, columns = tables[name], words.split()
        if name in KEYS:
            key, by = KEYS[name]
            rows = rows.sort_values(by, kind="stable")
            rows[key] = _numbers(len(rows), first_numbers[name], rng)
        dates = {column: _as_dates(rows[column].to_numpy(), column) for column in _dates(columns)}
        rows = rows.assign(authority=authority, **dates)
        if "child_id" in columns:
            rows["child_id"] = child_ids[rows["child_id"].to_numpy()]
        ready[name] = rows[["authority", *columns]].reset_index(drop=True)
    return ready


def _with_worker_ids(tables: Tables, rng: Generator) -> Tables:
    """Return the tables with text for workers; a worker of NOBODY is a blank."""
    workers = _mentioned(tables, "worker_id")
    texts = np.full(workers.max() + 2, None, object)  # the last is NOBODY's
    texts[workers] = _numbers(len(workers), 40_000, rng)
    return {
        name: rows.assign(worker_id=texts[rows["worker_id"]]) if "worker_id" in rows else rows
        for name, rows in tables.items()
    }


def _mentioned(tables: Tables, column: str) -> Rows:
    """Return the numbers of all the children or workers that any table mentions."""
    numbers = [rows[column] for rows in tables.values() if column in rows]
    return np.setdiff1d(np.concatenate(numbers), [NOBODY])


def _numbers(count: int, first: int, rng: Generator) -> NDArray:
    """Return rising numbers as text, with gaps, as a system deals them out among many lists."""
    return (first + np.cumsum(rng.integers(1, 90, count))).astype(str).astype(object)


def _dates(columns: list[str]) -> list[str]:
    """Return which columns hold dates."""
    return [name for name in columns if name.endswith("_date") or name in ("dob", "decom", "dec")]


def _as_dates(days: Days, column: str) -> NDArray:
    """Return days as dates; what had not happened by END is blank, but not the day it is due."""
    blank = days == OPEN if column == "due_date" else days > END
    return np.where(blank, np.datetime64("NaT"), days.astype("M8[D]")).astype("M8[s]")
