"""Section 47 enquiries: those that led to a conference, and those that did not."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from kpi.demo.chance import drawn, together
from kpi.demo.courses import Courses
from kpi.demo.days import END, OPEN, RECORDS_BEGIN, Rows, WorkingDays, month_number
from kpi.demo.teams import Teams

# Working days from the strategy discussion to the conference
IN_TIME = [(2, 10, 0.13), (11, 15, 0.87)]
LATE = [(16, 20, 0.50), (21, 40, 0.50)]


def add_strategy_discussions(
    conferences: pd.DataFrame, family: Rows, courses: Courses, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return `conferences` with late and strategy: late as often in a month as the course says.

    Those of children who moved here are no part of that, and are never late.
    """
    household = family[conferences["child"].to_numpy()]
    draw = together(household + len(family) * conferences["month"].to_numpy(), rng)
    held = conferences.assign(draw=draw)
    held = held.sort_values(["transfer", "month", "draw"], ignore_index=True)
    own = held[~held["transfer"]].groupby("month")["child"]
    share = courses["icpc_within_15_days"][held["month"].to_numpy()]
    in_time = np.rint(share * own.transform("size").reindex(held.index, fill_value=0).to_numpy())
    late = own.cumcount().reindex(held.index, fill_value=-1).to_numpy() >= in_time
    late &= ~held["transfer"].to_numpy()
    _, first_of, group = np.unique(held["draw"], return_index=True, return_inverse=True)
    took_late = drawn(LATE, len(first_of), rng)[group]
    took = np.where(late, took_late, drawn(IN_TIME, len(first_of), rng)[group])
    strategy = working.back(held["held"].to_numpy(), took)
    return held.drop(columns="draw").assign(late=late, strategy=strategy)


def record(
    conferences: pd.DataFrame,
    assessed: pd.DataFrame,
    teams: Teams,
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return section 47 enquiries with the conferences that some of them led to."""
    met = _that_met(conferences, teams, working, rng)
    rows = pd.concat([met, _without_conference(assessed, teams, working, rng)])
    return rows[rows["strategy_date"].between(RECORDS_BEGIN, END)]


def _that_met(
    conferences: pd.DataFrame, teams: Teams, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    held, late = conferences["held"].to_numpy(), conferences["late"].to_numpy()
    stage = np.where(conferences["known"], "plan", "assessment")
    inquorate = late & (together(held * 2 + late, rng) < 0.14)
    met = pd.DataFrame(
        {
            "child_id": conferences["child"],
            "strategy_date": conferences["strategy"],
            "inquorate_date": np.where(inquorate, working.back(held, 6), OPEN),
            "icpc_date": held,
            "icpc_outcome_cp": np.where(held > END, None, conferences["planned"]),
            "transfer_in": conferences["transfer"],
            "team_id": teams.holding(stage, conferences["child"].to_numpy(), held),
        }
    )
    # A conference dated before its strategy discussion: a slip of the pen, late already.
    for month in ("2023-05", "2024-02"):
        of_month = (conferences["month"] == month_number(month)).to_numpy()
        slipped = np.flatnonzero(late & of_month)[:1]
        met.loc[slipped, "strategy_date"] = held[slipped] + 6
        met.loc[slipped, "inquorate_date"] = OPEN
    return met


def _without_conference(
    assessed: pd.DataFrame, teams: Teams, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    case = teams.family[assessed["child"]] * OPEN + assessed["began"].to_numpy()
    # More of the latest: their conferences are still to come.
    share = np.where(assessed["began"] > END - 24, 0.45, 0.22)
    enquired = together(case, rng) < share
    child, began = (assessed[name].to_numpy()[enquired] for name in ("child", "began"))
    return pd.DataFrame(
        {
            "child_id": child,
            "strategy_date": working.between(began, began + 12, together(case[enquired], rng)),
            "inquorate_date": OPEN,
            "icpc_date": OPEN,
            "icpc_outcome_cp": None,
            "transfer_in": False,
            "team_id": teams.holding("assessment", child, began),
        }
    )
