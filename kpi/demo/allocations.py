"""Allocations: who held each child's case, in which team, from when to when."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.chance import together
from kpi.demo.courses import Courses
from kpi.demo.days import (
    END,
    LAST,
    NOBODY,
    OPEN,
    RECORDS_BEGIN,
    Days,
    Rows,
    WorkingDays,
    months_from,
)
from kpi.demo.handovers import hand_over
from kpi.demo.histories import Histories
from kpi.demo.staff import employ
from kpi.demo.teams import RESTRUCTURE, Teams, called

ADVISERS = range(90_000, 90_014)  # the numbers of the personal advisers


def gather_cases(
    assessed: pd.DataFrame, past: Histories, breaks: pd.DataFrame, family: Rows, rng: Generator
) -> pd.DataFrame:
    """Return child, start, end and stage of every spell in which somebody should hold the case.

    Each is held until the next stage begins, also over the weeks between an assessment and a plan,
    and a case is closed some days after all has ended; a few at once.
    """
    assessment = assessed.rename(columns={"began": "start", "authorised": "end"})
    stages = [(assessment, "assessment"), (past.cin, "plan"), (past.cp, "plan")]
    stages += [(past.care, "care"), (breaks, "breaks")]
    spells = pd.concat(
        [table[["child", "start", "end"]].assign(stage=stage) for table, stage in stages]
    ).sort_values(["child", "start", "stage"], ignore_index=True)
    spells = _without_overlap(spells)
    child, start = spells["child"].to_numpy(), spells["start"].to_numpy()
    end = spells["end"].where(spells["end"] <= END, OPEN).to_numpy()
    follows, following = np.append(child[1:] == child[:-1], False), np.append(start[1:], OPEN)
    goes_on = follows & ((end > following) | (following - end < 60))
    draw = together(family[child] * OPEN + end, rng)
    closed = np.where((end == OPEN) | (draw < 0.02), end, end + 3 + (18 * draw).astype(int))
    spells = spells.assign(end=np.where(goes_on, following, closed))
    return spells[(spells["end"] > RECORDS_BEGIN) & (spells["end"] > start)].reset_index(drop=True)


def _without_overlap(spells: pd.DataFrame) -> pd.DataFrame:
    """Return the spells without assessments of children whose plan or care goes on meanwhile."""
    lasting = spells["end"].where(spells["stage"] != "assessment", 0)
    until = lasting.groupby(spells["child"]).cummax().groupby(spells["child"]).shift(fill_value=0)
    return spells[(spells["stage"] != "assessment") | (until <= spells["start"])]


def record(
    cases: pd.DataFrame,
    advised: pd.DataFrame,
    past: Histories,
    teams: Teams,
    courses: Courses,
    working: WorkingDays,
    rng: Generator,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return allocations of social workers and of personal advisers, and the social workers.

    cases: child, start, end and stage · advised: child, start and end
    """
    spells = _in_teams(cases, teams, rng)
    staff = employ(_held(spells), courses, working, rng)
    planned = pd.concat([past.cin, past.cp])
    followed = [(planned, "planned_three_workers"), (past.care, "care_three_workers")]
    given = hand_over(spells, staff, followed, courses, working, rng)
    given = given[given["start"] <= END]
    workers = pd.DataFrame(
        {
            "child_id": given["child"],
            "role": "social worker",
            "worker_id": given["worker"],
            "team_id": called(given["team"].to_numpy(), given["start"].to_numpy()),
            "start_date": given["start"],
            "end_date": given["end"],
            "change_reason": given["reason"],
        }
    )
    advisers = _personal_advisers(advised, rng)
    return pd.concat([workers, advisers], ignore_index=True), staff


def _in_teams(cases: pd.DataFrame, teams: Teams, rng: Generator) -> pd.DataFrame:
    """Return child, family, team (of today), start, end and reason, cut at the restructure."""
    stage, child = cases["stage"].to_numpy(), cases["child"].to_numpy()
    start, end = cases["start"].to_numpy(), cases["end"].to_numpy()
    team = teams.of_today(stage, child, start)
    ended = np.isin(stage, ["plan", "care"]) & (start < RESTRUCTURE) & (end > RESTRUCTURE)
    ended &= team != "cwd"
    now = cases[ended].assign(start=RESTRUCTURE)
    now["team"] = teams.of_today(stage[ended], child[ended], now["start"].to_numpy())
    goes_on = np.append(False, (child[1:] == child[:-1]) & (end[:-1] == start[1:]))
    # A few are taken on late, so that nobody holds the case meanwhile.
    draw = together(teams.family[child] * OPEN + start, rng)
    late = (5 + 60 * draw / 0.03).astype(int)
    late = np.where((draw < 0.03) & (end - start > late + 7), late, 0)
    reason = np.where(goes_on, "TSPROC", "FCONTA")
    then = cases.assign(
        team=team, start=start + late, end=np.where(ended, RESTRUCTURE, end), reason=reason
    )
    spells = pd.concat([then, now.assign(reason="ORGRST")])
    spells["family"] = teams.family[spells["child"]]
    spells["start"] = spells["start"].clip(lower=RECORDS_BEGIN)
    spells = spells[spells["end"] > spells["start"]]
    return spells.sort_values(["start", "child"], ignore_index=True)


def _held(spells: pd.DataFrame) -> pd.DataFrame:
    """Return the children that each team holds at the end of each month."""
    months, held = list(months_from("2016-01")), {}
    for team, of_team in spells.groupby("team"):
        start, end = np.sort(of_team["start"]), np.sort(of_team["end"])
        begun, over = (np.searchsorted(days, LAST[months], "right") for days in (start, end))
        held[team] = begun - over
    return pd.DataFrame(held, months)


def holder(held: pd.DataFrame, child: Rows, days: Days) -> NDArray[np.int64]:
    """Return the social worker in `held` of each child on each of `days`, or NOBODY."""
    workers = held[held["role"] == "social worker"].sort_values(["child_id", "start_date"])
    started = (workers["child_id"] * OPEN + workers["start_date"]).to_numpy()
    last = np.searchsorted(started, child * OPEN + days, "right") - 1
    that = workers.iloc[np.maximum(last, 0)]
    here = (last >= 0) & (that["child_id"].to_numpy() == child) & (that["end_date"] > days)
    return np.where(here, that["worker_id"], NOBODY)


def _personal_advisers(advised: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return each allocation of a personal adviser to a care leaver; a few begin late."""
    worker = rng.choice(ADVISERS, len(advised))
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
