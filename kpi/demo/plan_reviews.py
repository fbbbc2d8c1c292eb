"""Reviews of plans: of child protection plans in conference, of plans for children in need.

In each month as many are held in time as the course says; siblings are reviewed together.
"""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.appointments import PLANNED_DAYS, called_off, listed
from kpi.demo.chance import families_first, together
from kpi.demo.courses import Courses
from kpi.demo.days import END, FIRST, LAST, OPEN, Rows, WorkingDays, months_from, months_on
from kpi.demo.histories import Histories

BEGIN = "2014-04"  # from here on the plans of January 2014 are due
RECORDED_FROM = int(FIRST[months_from("2019-01")[0]])  # of plans that ended since


def reviews_of_plans(
    past: Histories, family: Rows, courses: Courses, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return reviews of every plan that was open in 2019 or since: held, planned and cancelled."""
    conferences = _of_protection(
        past.cp, family, courses["plans_reviewed_on_time"], working, rng
    ).assign(cohort="CP")
    meetings = _of_need(past.cin, family, courses["cin_reviewed_on_time"], working, rng)
    return pd.concat([conferences, meetings.assign(cohort="CIN")], ignore_index=True)


def _of_protection(
    plans: pd.DataFrame,
    family: Rows,
    on_time: NDArray[np.float64],
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return review conferences: due 3 months after the start, then 6 months after each other.

    A plan once reviewed late counts as late for as long as it is open.
    """
    child, start, end = (plans[name].to_numpy() for name in ("child", "start", "end"))
    due, late = months_on(start, 3), np.zeros(len(plans), bool)
    parts = []
    for month in months_from(BEGIN):
        first, last = FIRST[month], LAST[month]
        counted = (start <= LAST[month - 3]) & (end > last)
        missed = counted.sum() - round(on_time[month] * counted.sum()) - (late & counted).sum()
        now = np.flatnonzero((due >= first) & (due <= last) & (end > first))
        possible = now[(counted & ~late & (due < last))[now]]
        missing = families_first(family[child[possible]], missed, rng)
        late[possible[missing]] = True
        draw = together(family[child[now]], rng)
        early = working.between(due[now] - 24, working.back(due[now], 0), draw)
        delayed = working.between(due[now] + 2, due[now] + 40, draw)
        held = np.where(np.isin(now, possible[missing]), delayed, early)
        there = held < end[now]
        parts.append(
            listed(child[now], "REVIEW", held, due[now])[there & (end[now] >= RECORDED_FROM)]
        )
        due[now] = months_on(held, 6)
    still = (end > END) & (due > END) & (due <= END + PLANNED_DAYS)
    parts.append(listed(child[still], "REVIEW", np.full(still.sum(), OPEN), due[still]))
    return called_off(pd.concat(parts), 0.04, rng)


def _of_need(
    plans: pd.DataFrame,
    family: Rows,
    on_time: NDArray[np.float64],
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return review meetings: every 3 months, some early, and a few missed till a later month."""
    child, start, end = (plans[name].to_numpy() for name in ("child", "start", "end"))
    reviewed = start.copy()  # the last time, or the day it began
    parts = []
    for month in months_from(BEGIN):
        first, last = FIRST[month], LAST[month]
        counted = (start <= last) & (end > last)
        due = np.flatnonzero(counted & (reviewed <= LAST[month - 3]))
        missed = counted.sum() - round(on_time[month] * counted.sum())
        due = due[~families_first(family[child[due]], missed, rng)]
        soon = np.flatnonzero(
            counted & (reviewed <= LAST[month - 2]) & (reviewed > LAST[month - 3])
        )
        soon = soon[together(family[child[soon]], rng) < 0.3]
        now = np.concatenate([due, soon])
        held = working.between(first, last, together(family[child[now]], rng))
        kept = end[now] >= RECORDED_FROM
        parts.append(listed(child[now], "REVIEW", held, months_on(reviewed[now], 3))[kept])
        reviewed[now] = held
    due = months_on(reviewed, 3)
    still = (end > END) & (start <= END) & (due <= END + PLANNED_DAYS)
    parts.append(listed(child[still], "REVIEW", np.full(still.sum(), OPEN), due[still]))
    return called_off(pd.concat(parts), 0.04, rng)
