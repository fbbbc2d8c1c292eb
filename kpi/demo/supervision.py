"""Supervision: when each child's case was discussed with the worker."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from kpi.demo.chance import together
from kpi.demo.courses import Courses
from kpi.demo.days import END, FIRST, LAST, Days, Rows, WorkingDays, months_from
from kpi.demo.histories import Histories


def record(
    past: Histories, family: Rows, courses: Courses, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return supervision of children in care, in need and on a child protection plan.

    At each month's end, as many of those with a plan or in care as the course says have been
    discussed in this month or the last.
    """
    # Children who come into care in a month's last week are not yet owed any.
    groups = (
        (past.care, courses["care_supervised"], 7),
        (past.cin, courses["cin_supervised"], 0),
        (past.cp, courses["cp_supervised"], 0),
    )
    discussed = np.zeros(len(family), bool)
    children, days = [], []
    for month in months_from("2016-01"):
        first, last = FIRST[month], LAST[month]
        now = np.zeros(len(family), bool)
        since = np.full(len(family), first)
        for spells, course, spared_days in groups:
            there = spells[(spells["start"] <= last - spared_days) & (spells["end"] > last)]
            child = there["child"].to_numpy()
            since[child] = np.maximum(there["start"].to_numpy(), first)
            fresh, again = child[~discussed[child]], child[discussed[child]]
            wanted = max(round(course[month] * len(child)) - len(again), 0)
            order = np.argsort(together(family[fresh], rng), kind="stable")
            now[fresh[order][:wanted]] = True
            now[again[together(family[again], rng) < 0.5]] = True
        chosen = np.flatnonzero(now)
        children.append(chosen)
        days.append(working.between(since[chosen], last, together(family[chosen], rng)))
        discussed = now
    return _with_personal(np.concatenate(children), np.concatenate(days), working, rng)


def _with_personal(child: Rows, days: Days, working: WorkingDays, rng: Generator) -> pd.DataFrame:
    """Return the cases' supervision, and workers' own, in which a case may come up."""
    which = rng.choice(len(child), len(child) // 12, replace=False)
    later = working.between(days[which] + 5, days[which] + 150, rng.random(len(which)))
    rows = pd.DataFrame(
        {
            "child_id": np.concatenate([child, child[which]]),
            "supervision_date": np.concatenate([days, later]),
            "kind": np.repeat(["case", "personal"], [len(child), len(which)]),
        }
    )
    return rows[rows["supervision_date"] <= END]
