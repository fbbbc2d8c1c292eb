"""The workforce: everybody in post at each month's end, who left lately, and the teams' posts."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.chance import drawn
from kpi.demo.courses import Courses
from kpi.demo.days import END, FIRST, LAST, OPEN, Rows, WorkingDays, months_from
from kpi.demo.teams import RESTRUCTURE, called

FIRST_EXTRACT = "2022-04"
NOT_FILLED = 0.413  # of the posts at the end; published for 2024: 41.9% vacant
OFF_SICK = [(1, 2, 0.55), (3, 5, 0.25), (6, 12, 0.12), (13, 20, 0.08)]  # working days in a month


def record(
    staff: pd.DataFrame,
    advisers: Rows,
    courses: Courses,
    working: WorkingDays,
    rng: Generator,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return each month's state of every worker, and of every team's posts.

    staff: the social workers, as they are taken on · advisers: the numbers of personal advisers
    """
    people = pd.concat([_social_workers(staff), _advisers(advisers, rng), _managers(staff, rng)])
    states = [_state(people, month, courses, working, rng) for month in months_from(FIRST_EXTRACT)]
    return pd.concat(states, ignore_index=True), _posts(states)


def _social_workers(staff: pd.DataFrame) -> pd.DataFrame:
    holding = staff["team"] != "mash"
    return staff.assign(role="social worker", case_holding=holding)


def _advisers(advisers: Rows, rng: Generator) -> pd.DataFrame:
    """Return the personal advisers, as `staff` has the social workers; none has left."""
    return pd.DataFrame(
        {
            "worker": advisers,
            "team": "leaving_care",
            "moved_to": "leaving_care",
            "fte": np.where(rng.random(len(advisers)) < 0.2, 0.8, 1.0),
            "agency": False,
            "asye": False,
            "start": FIRST[0] + rng.integers(0, 2900, len(advisers)),
            "leave": OPEN,
            "role": "personal adviser",
            "case_holding": True,
        }
    )


def _managers(staff: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return a manager for each team, who came with the restructure where the team did."""
    teams = np.append(np.unique(staff["moved_to"]), "leaving_care")
    new = np.isin(teams, ["assessment_3", "intervention_4", "corporate_parenting_3", "adolescent"])
    return pd.DataFrame(
        {
            "worker": 95_000 + np.arange(len(teams)),
            "team": teams,
            "moved_to": teams,
            "fte": 1.0,
            "agency": False,
            "asye": False,
            "start": np.where(new, RESTRUCTURE, FIRST[0] + rng.integers(0, 2900, len(teams))),
            "leave": OPEN,
            "role": "team manager",
            "case_holding": False,
        }
    )


def _state(
    people: pd.DataFrame, month: int, courses: Courses, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return how things stood at the month's end: those in post, and those who left in a year."""
    first, last = FIRST[month], LAST[month]
    of_year = people[(people["start"] <= last) & (people["leave"] > LAST[month - 12])]
    gone = of_year["leave"] <= last
    team = of_year["moved_to"].where(of_year["leave"] >= RESTRUCTURE, of_year["team"])
    team = team if last >= RESTRUCTURE else of_year["team"]
    days = np.minimum(of_year["leave"] - 1, last).to_numpy()
    own = (~of_year["agency"] & (of_year["leave"] >= first)).to_numpy()
    case_work = (of_year["role"] == "social worker").to_numpy()
    working_days = len(working.days[(working.days >= first) & (working.days <= last)])
    sick = np.full(len(of_year), np.nan)
    for those in (own & case_work, own & ~case_work):
        owed = of_year["fte"].to_numpy()[those] * working_days
        sick[those] = _days_off(owed, courses["sickness"][month], rng)
    return pd.DataFrame(
        {
            "worker_id": of_year["worker"],
            "extract_date": last,
            "role": of_year["role"],
            "team_id": called(team.to_numpy(), days),
            "fte": of_year["fte"],
            "agency": of_year["agency"],
            "case_holding": of_year["case_holding"],
            "asye": of_year["asye"].astype(bool) & (days - of_year["start"] < 365),
            "start_date": of_year["start"],
            "leave_date": of_year["leave"].where(gone, OPEN),
            "absence_days": sick,
        }
    )


def _days_off(owed: NDArray, share: float, rng: Generator) -> NDArray[np.float64]:
    """Return the days lost by each worker: a few have some, until a `share` of all are lost."""
    lost = np.minimum(drawn(OFF_SICK, len(owed), rng), np.floor(owed))
    order = rng.permutation(len(owed))
    before = np.cumsum(lost[order]) - lost[order]
    left = np.maximum(share * owed.sum() - before, 0)
    lost[order] = np.minimum(lost[order], (2 * left).round() / 2)
    return lost


def _posts(states: list[pd.DataFrame]) -> pd.DataFrame:
    """Return each team's posts at each month's end: so many as leave the published share open.

    They change with the restructure only, and are spread as the workers were then.
    """
    rows = pd.concat(states)
    rows = rows[(rows["role"] == "social worker") & (rows["leave_date"] == OPEN)]
    at_end = rows[(rows["extract_date"] == END) & ~rows["agency"]]
    total = at_end["fte"].sum() / (1 - NOT_FILLED)
    posts = []
    for after in (False, True):
        era = rows[(rows["extract_date"] >= RESTRUCTURE) == after]
        era = era[era["extract_date"] > RESTRUCTURE - 400]
        share = era.groupby("team_id")["fte"].sum() / era["fte"].sum()
        half_posts = (2 * total * share).round() / 2
        dates = np.unique([state["extract_date"].iloc[0] for state in states])
        for date in dates[(dates >= RESTRUCTURE) == after]:
            posts.append(half_posts.rename("posts_fte").reset_index().assign(extract_date=date))
    return pd.concat(posts, ignore_index=True)
