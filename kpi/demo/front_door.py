"""The front door: contacts, referrals, and the assessments that some of them led to."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.chance import together
from kpi.demo.courses import Courses
from kpi.demo.days import END, OPEN, RECORDS_BEGIN, Days, Rows, WorkingDays, month_of
from kpi.demo.teams import Teams


def record_referrals(
    involvements: pd.DataFrame, family: Rows, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return referrals, the contact each came from, and contacts that came to nothing."""
    referred = involvements[involvements["referred"] <= END]
    child, when = referred["child"].to_numpy(), referred["referred"].to_numpy()
    case = family[child] * OPEN + when
    contact = working.back(when, (together(case, rng) < 0.35).astype(int))
    others = []
    for share in (0.75, 0.7, 0.6):
        again = together(case, rng) < share
        later = when[again] + 1 + (together(case[again], rng) * 700).astype(int)
        others.append(_events(child[again], later, "contact", "mash"))
    team = np.where(together(case, rng) < 0.03, "cwd", "mash")
    # Of those that no assessment followed, a few were given advice or passed on: not "no action".
    nfa = ~referred["assessed"].to_numpy() & (together(case, rng) < 0.85)
    rows = pd.concat(
        [
            _events(child, when, "referral", team).assign(nfa=nfa),
            _events(child, contact, "contact", "mash"),
            *others,
        ]
    )
    return rows[rows["event_date"].between(RECORDS_BEGIN, END)]


def _events(child: Rows, when: Days, event_type: str, team: NDArray | str) -> pd.DataFrame:
    return pd.DataFrame(
        {"child_id": child, "event_date": when, "event_type": event_type, "team_id": team}
    ).assign(nfa=None)


def record_assessments(
    assessed: pd.DataFrame, helped: pd.DataFrame, teams: Teams, courses: Courses, rng: Generator
) -> pd.DataFrame:
    """Return assessments, with some that were begun in error and some not yet begun in earnest.

    helped: child and start of every plan and period of care, which an assessment may have led to
    """
    child, began = assessed["child"].to_numpy(), assessed["began"].to_numpy()
    rows = pd.DataFrame(
        {
            "child_id": child,
            "start_date": began,
            "authorised_date": assessed["authorised"],
            "status": "current",
            "child_seen": _seen(assessed, teams, courses, rng),
            "outcome_csc_support": _led_to_support(assessed, helped, teams, courses, rng),
            "team_id": teams.holding("assessment", child, began),
        }
    )
    unfinished = rows["authorised_date"] > END
    rows.loc[unfinished, ["child_seen", "outcome_csc_support"]] = None
    cancelled = rows.sample(frac=0.015, random_state=rng).assign(status="cancelled")
    # Some were stopped before they were finished, some struck out after.
    stopped = rng.random(len(cancelled)) < 0.6
    cancelled["authorised_date"] = cancelled["authorised_date"].where(~stopped, OPEN)
    cancelled["outcome_csc_support"] = None
    recent = rows[rows["start_date"] > END - 40]
    drafts = recent.sample(frac=0.03, random_state=rng).assign(
        status="draft", authorised_date=OPEN, child_seen=None, outcome_csc_support=None
    )
    rows = pd.concat([rows, cancelled, drafts])
    return rows[rows["start_date"] >= RECORDS_BEGIN]


def _seen(assessed: pd.DataFrame, teams: Teams, courses: Courses, rng: Generator) -> NDArray:
    """Return Y, N or U for each assessment; a child who is not born yet cannot be seen."""
    child, authorised = assessed["child"].to_numpy(), assessed["authorised"].to_numpy()
    seen = rng.random(len(child)) < courses["children_seen"][month_of(authorised)]
    unborn = teams.dob[child] > authorised
    not_said = rng.random(len(child)) < 0.4
    return np.select([seen & ~unborn, not_said & ~unborn], ["Y", "U"], "N").astype(object)


def _led_to_support(
    assessed: pd.DataFrame, helped: pd.DataFrame, teams: Teams, courses: Courses, rng: Generator
) -> NDArray:
    """Return whether each assessment found a need: always where a plan or care followed it.

    In each month as many as the course says found none; siblings are assessed together.
    """
    child, began = assessed["child"].to_numpy(), assessed["began"].to_numpy()
    authorised = assessed["authorised"].to_numpy()
    starts = np.sort((helped["child"] * OPEN + helped["start"]).to_numpy())
    before = np.searchsorted(starts, child * OPEN + began)
    followed = np.searchsorted(starts, child * OPEN + authorised + 60) > before
    month = month_of(authorised)
    draw = together(teams.family[child] * OPEN + began, rng) + followed
    rows = pd.DataFrame({"month": month, "draw": draw})
    place = rows.groupby("month")["draw"].rank(method="first")
    number = rows.groupby("month")["draw"].transform("size")
    return (place > (courses["without_support"][month] * number).round()).to_numpy().astype(object)
