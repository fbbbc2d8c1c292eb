"""Supervision: when each child's case was discussed with the worker, and the worker's own."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from kpi.demo.chance import together
from kpi.demo.courses import Courses
from kpi.demo.days import FIRST, LAST, NOBODY, Rows, WorkingDays, months_from
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
    rows = {"child_id": np.concatenate(children), "supervision_date": np.concatenate(days)}
    return pd.DataFrame(rows).assign(kind="case")


def record_personal(
    staff: pd.DataFrame,
    held: pd.DataFrame,
    courses: Courses,
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return the supervision of those who hold cases, in which now and then one case comes up.

    In each month as many of those in post at its end have it as the course says.
    """
    staff = staff[staff["team"] != "mash"]
    workers, days = [], []
    for month in months_from("2016-01"):
        in_post = staff[(staff["start"] <= LAST[month]) & (staff["leave"] > LAST[month])]
        wanted = round(courses["staff_supervised"][month] * len(in_post))
        of_month = rng.permutation(in_post["worker"])[:wanted]
        of_month = np.append(of_month, of_month[rng.random(wanted) < 0.04])
        workers.append(of_month)
        days.append(working.between(FIRST[month], LAST[month], rng.random(len(of_month))))
    rows = pd.DataFrame(
        {"worker_id": np.concatenate(workers), "supervision_date": np.concatenate(days)}
    )
    rows["child_id"] = _that_came_up(rows, held, rng)
    return rows.assign(kind="personal")


def _that_came_up(rows: pd.DataFrame, held: pd.DataFrame, rng: Generator) -> Rows:
    """Return a child of the worker's for one session in five, and NOBODY for the others."""
    some = rows.sample(frac=0.2, random_state=rng).reset_index(names="row")
    cases = some.merge(held.sample(frac=0.2, random_state=rng), on="worker_id")
    open_then = cases["start_date"] <= cases["supervision_date"]
    open_then &= cases["end_date"] > cases["supervision_date"]
    came_up = cases[open_then].drop_duplicates("row").set_index("row")["child_id"]
    return came_up.reindex(rows.index, fill_value=NOBODY).to_numpy()
