"""Tables in the words of the contract: text for keys, dates for days, only the children needed."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.days import END, Days

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
}
COLUMNS = {
    "children": "dob",
    "allocations": "allocation_id role worker_id team_id start_date end_date change_reason",
    "referrals": "referral_id event_type event_date team_id",
    "assessments": "assessment_id start_date authorised_date status team_id",
    "s47_icpc": "s47_id strategy_date inquorate_date icpc_date transfer_in team_id",
    "cin_plans": "cin_plan_id start_date end_date",
    "cp_plans": "cp_plan_id start_date end_date ola_plan",
    "cla_episodes": "decom rne ls place dec rec pl_distance period_start_date",
    "supervision": "supervision_id supervision_date kind",
    "care_leavers": "extract_date eligibility pathway_plan_date",
}


def translate(tables: Tables, children: pd.DataFrame, *, authority: str, rng: Generator) -> Tables:
    """Return the tables with text for keys, dates for days, and the children that they mention."""
    mentioned = np.unique(np.concatenate([rows["child_id"] for rows in tables.values()]))
    child_ids = np.full(len(children), "", object)
    child_ids[mentioned] = _numbers(len(mentioned), 10_000_000, rng)
    dob = children["dob"].to_numpy()[mentioned]
    tables = tables | {
        "children": pd.DataFrame({"child_id": mentioned, "dob": dob}),
        "allocations": _with_worker_ids(tables["allocations"], rng),
    }
    first_numbers = {name: 300_000 * nth for nth, name in enumerate(KEYS, start=1)}
    ready = {}
    for name, words in COLUMNS.items():
        rows, columns = tables[name], words.split()
        if name in KEYS:
            key, by = KEYS[name]
            rows = rows.sort_values(by, kind="stable")
            rows[key] = _numbers(len(rows), first_numbers[name], rng)
        dates = {column: _as_dates(rows[column].to_numpy()) for column in _dates(columns)}
        rows = rows.assign(
            authority=authority, child_id=child_ids[rows["child_id"].to_numpy()], **dates
        )
        ready[name] = rows[["authority", "child_id", *columns]].reset_index(drop=True)
    return ready


def _with_worker_ids(allocations: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    workers, nth = np.unique(allocations["worker_id"], return_inverse=True)
    return allocations.assign(worker_id=_numbers(len(workers), 40_000, rng)[nth])


def _numbers(count: int, first: int, rng: Generator) -> NDArray:
    """Return rising numbers as text, with gaps, as a system deals them out among many lists."""
    return (first + np.cumsum(rng.integers(1, 90, count))).astype(str).astype(object)


def _dates(columns: list[str]) -> list[str]:
    """Return which columns hold dates."""
    return [name for name in columns if name.endswith("_date") or name in ("dob", "decom", "dec")]


def _as_dates(days: Days) -> NDArray:
    """Return days as dates; what had not happened by END is blank."""
    return np.where(days > END, np.datetime64("NaT"), days.astype("M8[D]")).astype("M8[s]")
