"""The front door: contacts, referrals, and the assessments that some of them led to."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.chance import together
from kpi.demo.days import END, OPEN, RECORDS_BEGIN, Days, Rows, WorkingDays
from kpi.demo.teams import Teams


def record_referrals(
    involvements: pd.DataFrame, family: Rows, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return referrals, the contact each came from, and contacts that came to nothing."""
    referred = involvements[involvements["referred"] <= END]
    child, when = referred["child"].to_numpy(), referred["referred"].to_numpy()
    case = family[child] * OPEN + when
    contact = working.back(when, (together(case, rng) < 0.35).astype(int))
    again = together(case, rng) < 0.75
    later = when[again] + 1 + (together(case[again], rng) * 700).astype(int)
    team = np.where(together(case, rng) < 0.03, "cwd", "mash")
    rows = pd.concat(
        [
            _events(child, when, "referral", team),
            _events(child, contact, "contact", "mash"),
            _events(child[again], later, "contact", "mash"),
        ]
    )
    return rows[rows["event_date"].between(RECORDS_BEGIN, END)]


def _events(child: Rows, when: Days, event_type: str, team: NDArray | str) -> pd.DataFrame:
    return pd.DataFrame(
        {"child_id": child, "event_date": when, "event_type": event_type, "team_id": team}
    )


def record_assessments(assessed: pd.DataFrame, teams: Teams, rng: Generator) -> pd.DataFrame:
    """Return assessments, with some that were begun in error and some not yet begun in earnest."""
    child, began = assessed["child"].to_numpy(), assessed["began"].to_numpy()
    rows = pd.DataFrame(
        {
            "child_id": child,
            "start_date": began,
            "authorised_date": assessed["authorised"],
            "status": "current",
            "team_id": teams.holding("assessment", child, began),
        }
    )
    cancelled = rows.sample(frac=0.015, random_state=rng).assign(status="cancelled")
    # Some were stopped before they were finished, some struck out after.
    stopped = rng.random(len(cancelled)) < 0.6
    cancelled["authorised_date"] = cancelled["authorised_date"].where(~stopped, OPEN)
    recent = rows[rows["start_date"] > END - 40]
    drafts = recent.sample(frac=0.03, random_state=rng).assign(status="draft", authorised_date=OPEN)
    rows = pd.concat([rows, cancelled, drafts])
    return rows[rows["start_date"] >= RECORDS_BEGIN]
