"""Allocations: who held each child's case, in which team, from when to when."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.chance import choose
from kpi.demo.days import END, NOBODY, OPEN, RECORDS_BEGIN, Days, Rows
from kpi.demo.histories import Histories
from kpi.demo.teams import RESTRUCTURE, Teams

NEW_WORKER = {
    "LEFTRL": 0.52,
    "MANAGE": 0.14,
    "ABSENC": 0.10,
    "OTHERS": 0.12,
    "CHCHAN": 0.05,
    "PCCHAN": 0.07,
}


def record(
    cases: pd.DataFrame, advised: pd.DataFrame, teams: Teams, rng: Generator
) -> pd.DataFrame:
    """Return allocations of social workers, and of personal advisers to care leavers.

    cases: child, start, end and stage · advised: child, start and end
    """
    workers = _social_workers(cases, teams, rng)
    return pd.concat([workers, _personal_advisers(advised, rng)], ignore_index=True)


def gather_cases(assessed: pd.DataFrame, past: Histories, breaks: pd.DataFrame) -> pd.DataFrame:
    """Return child, start, end and stage of every spell in which somebody should hold the case.

    Each is held until the next stage begins, also over the weeks between an assessment and a plan.
    """
    assessment = assessed.rename(columns={"began": "start", "authorised": "end"})
    stages = [(assessment, "assessment"), (past.cin, "plan"), (past.cp, "plan")]
    stages += [(past.care, "care"), (breaks, "breaks")]
    spells = pd.concat(
        [table[["child", "start", "end"]].assign(stage=stage) for table, stage in stages]
    ).sort_values(["child", "start", "stage"], ignore_index=True)
    child, start = spells["child"].to_numpy(), spells["start"].to_numpy()
    end = spells["end"].where(spells["end"] <= END, OPEN).to_numpy()
    follows, following = np.append(child[1:] == child[:-1], False), np.append(start[1:], OPEN)
    end = np.where(follows & ((end > following) | (following - end < 60)), following, end)
    spells = spells.assign(end=end)
    return spells[(end > RECORDS_BEGIN) & (end > start)].reset_index(drop=True)


def holder(held: pd.DataFrame, child: Rows, days: Days) -> NDArray[np.int64]:
    """Return the social worker in `held` of each child on each of `days`, or NOBODY."""
    workers = held[held["role"] == "social worker"].sort_values(["child_id", "start_date"])
    started = (workers["child_id"] * OPEN + workers["start_date"]).to_numpy()
    last = np.searchsorted(started, child * OPEN + days, "right") - 1
    that = workers.iloc[np.maximum(last, 0)]
    here = (last >= 0) & (that["child_id"].to_numpy() == child) & (that["end_date"] > days)
    return np.where(here, that["worker_id"], NOBODY)


def _social_workers(cases: pd.DataFrame, teams: Teams, rng: Generator) -> pd.DataFrame:
    """Return each allocation of a social worker; siblings change workers together."""
    pieces = _split(cases, teams, rng)
    child, start, end = (pieces[name].to_numpy() for name in ("child", "start", "end"))
    started = np.where(pieces["stage"] == "assessment", pieces["case_start"], start)
    team = teams.holding(pieces["stage"].to_numpy(), child, started)
    first = pieces["child"].ne(pieces["child"].shift()).to_numpy()
    continues = (pieces["start"] > pieces["case_start"]).to_numpy()
    reason = np.select(
        [first, start == RESTRUCTURE, continues],
        ["FCONTA", "ORGRST", choose(NEW_WORKER, len(pieces), rng)],
        "TSPROC",
    )
    # A few begin late, so that nobody holds the case meanwhile; a few run on beside the next.
    gap = rng.integers(5, 75, len(pieces))
    gap = np.where((rng.random(len(pieces)) < 0.045) & (end - start > gap + 7), gap, 0)
    on = rng.integers(3, 20, len(pieces))
    past_restructure = (end <= RESTRUCTURE) & (end + on > RESTRUCTURE)
    on = np.where((rng.random(len(pieces)) < 0.015) & (end + on < END) & ~past_restructure, on, 0)
    rows = pd.DataFrame(
        {
            "child_id": child,
            "role": "social worker",
            "worker_id": _workers(team, teams.family[child], pieces["turn"].to_numpy(), start),
            "team_id": team,
            "start_date": start + gap,
            "end_date": end + on,
            "change_reason": reason,
        }
    )
    return rows[rows["start_date"] <= END]


def _workers(team: NDArray, family: Rows, turn: Rows, start: Days) -> NDArray[np.int64]:
    """Return the number of a worker of each team: one of nine, who are others every two years."""
    number = np.unique(team, return_inverse=True)[1]
    years = (start - RECORDS_BEGIN) // 730
    return 1000 * number + 20 * years + (family + 2 * turn) % 9


def _split(cases: pd.DataFrame, teams: Teams, rng: Generator) -> pd.DataFrame:
    """Return the cases cut where the worker changed, and where the team came to its end.

    child, stage, start, end; case_start; turn, which grows with each new worker of the family
    """
    family, stage = teams.family[cases["child"]], cases["stage"].to_numpy()
    start, end = cases["start"].to_numpy(), np.minimum(cases["end"].to_numpy(), END)
    changes = _changes_of_worker(cases, family, rng)
    low = np.searchsorted(changes, family * OPEN + start + 20)
    count = np.maximum(np.searchsorted(changes, family * OPEN + end - 10) - low, 0)
    changed = np.repeat(np.arange(len(cases)), count)
    nth = np.arange(len(changed)) - np.repeat(np.cumsum(count) - count, count)
    team_ended = np.flatnonzero(
        np.isin(stage, ["plan", "care"])
        & (start < RESTRUCTURE)
        & (end > RESTRUCTURE)
        & (teams.holding(stage, cases["child"].to_numpy(), start) != "cwd")
    )
    cuts = pd.DataFrame(
        {
            "case": np.concatenate([np.arange(len(cases)), changed, team_ended]),
            "start": np.concatenate(
                [start, changes[low[changed] + nth] % OPEN, np.full(len(team_ended), RESTRUCTURE)]
            ),
        }
    ).drop_duplicates()
    cuts = cuts.sort_values(["case", "start"], ignore_index=True)
    case, start = cuts["case"].to_numpy(), cuts["start"].to_numpy()
    last = np.append(case[1:] != case[:-1], True)
    pieces = (
        cases.loc[case, ["child", "stage"]]
        .reset_index(drop=True)
        .assign(
            case_start=cases["start"].to_numpy()[case],
            start=np.maximum(start, RECORDS_BEGIN),
            end=np.where(last, cases["end"].to_numpy()[case], np.append(start[1:], OPEN)),
            turn=np.searchsorted(changes, family[case] * OPEN + start, "right"),
        )
    )
    return pieces[pieces["end"] > RECORDS_BEGIN].reset_index(drop=True)


def _changes_of_worker(cases: pd.DataFrame, family: Rows, rng: Generator) -> NDArray[np.int64]:
    """Return family * OPEN + day of every change of a family's worker, in order."""
    held = cases["stage"] != "assessment"
    span = cases[held].groupby(family[held]).agg(start=("start", "min"), end=("end", "max"))
    start = span["start"].to_numpy()
    length = np.minimum(span["end"], END).to_numpy() - start
    of = np.repeat(np.arange(len(span)), rng.poisson(np.maximum(length, 0) / 330))
    when = start[of] + (length[of] * rng.random(len(of))).astype(int)
    return np.unique(span.index.to_numpy()[of] * OPEN + when)


def _personal_advisers(advised: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return each allocation of a personal adviser to a care leaver; a few begin late."""
    worker = 90_000 + rng.integers(0, 14, len(advised))
    late = rng.random(len(advised)) < 0.03
    rows = pd.DataFrame(
        {
            "child_id": advised["child"],
            "role": "personal adviser",
            "worker_id": worker,
            "team_id": "leaving_care",
            "start_date": advised["start"] + np.where(late, 40, 0),
            "end_date": advised["end"],
            "change_reason": "FCONTA",
        }
    )
    return rows[rows["start_date"] < np.minimum(rows["end_date"], END)]
