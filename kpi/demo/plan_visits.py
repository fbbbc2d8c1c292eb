"""Visits to children with a plan, and the meetings of those who work with the family."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.appointments import called_off, listed, seen
from kpi.demo.chance import together
from kpi.demo.courses import Courses
from kpi.demo.days import FIRST, LAST, OPEN, Days, Rows, WorkingDays, months_from
from kpi.demo.histories import Histories

BEGIN = "2019-01"


def visits_to_plans(
    past: Histories, family: Rows, courses: Courses, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return visits of each month since 2019 to children with a plan, and core group meetings."""
    protected = _of_protection(past.cp, family, courses["cp_visits_on_time"], working, rng)
    groups = _now_and_then(past.cp, family, 0.7, "CORE_GROUP", working, rng)
    in_need = _now_and_then(past.cin, family, 0.85, "VISIT", working, rng)
    parts = [
        seen(called_off(protected, 0.03, rng), 0.95, rng).assign(cohort="CP"),
        groups.assign(cohort="CP"),
        seen(called_off(in_need, 0.03, rng), 0.9, rng).assign(cohort="CIN"),
    ]
    return pd.concat(parts, ignore_index=True)


def _of_protection(
    plans: pd.DataFrame,
    family: Rows,
    on_time: NDArray[np.float64],
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return visits about every 10 working days.

    At each month's end the last 10 working days hold one for as many as the course says.
    """
    parts = []
    for month in months_from(BEGIN):
        first, last = int(FIRST[month]), int(LAST[month])
        there = plans[(plans["start"] <= last) & (plans["end"] > first)]
        child, start, end = (there[name].to_numpy() for name in ("child", "start", "end"))
        until, since = np.minimum(last, end - 1), np.maximum(first, start)
        draw = together(family[child], rng)
        counted = np.flatnonzero(end > last)
        order = counted[np.argsort(draw[counted], kind="stable")]
        visited = np.ones(len(child), bool)
        visited[order[round(on_time[month] * len(order)) :]] = False
        ago = (together(family[child], rng) * 10).astype(int)
        held = working.back(until, np.where(visited, ago, 11 + ago))
        # Where a plan began in those days, the first visit is as soon as can be.
        held = np.where(visited, np.maximum(held, since), held)
        for _ in range(3):
            parts.append(_within(child, "VISIT", held, since, until))
            held = working.back(held, 8 + (together(family[child], rng) * 5).astype(int))
    return pd.concat(parts)


def _now_and_then(
    plans: pd.DataFrame, family: Rows, share: float, kind: str, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return one for each family in a `share` of the months in which it has a plan."""
    parts = []
    for month in months_from(BEGIN):
        there = plans[(plans["start"] <= FIRST[month]) & (plans["end"] > FIRST[month])]
        child = there["child"].to_numpy()
        which = together(family[child], rng) < share
        held = working.between(FIRST[month], LAST[month], together(family[child], rng))
        until = np.minimum(LAST[month], there["end"].to_numpy() - 1)
        parts.append(_within(child[which], kind, held[which], FIRST[month], until[which]))
    return pd.concat(parts)


def _within(child: Rows, kind: str, held: Days, first: Days | int, last: Days) -> pd.DataFrame:
    """Return the rows of those days that lie between `first` and `last`; none has a due day."""
    rows = listed(child, kind, held, np.full(len(child), OPEN))
    return rows[(held >= first) & (held <= last)]
