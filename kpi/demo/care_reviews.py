"""Reviews of children in care, and the visits of their social workers.

Siblings who came into care on one day are reviewed and visited together.
"""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.appointments import PLANNED_DAYS, called_off, listed, seen
from kpi.demo.chance import families_first, together
from kpi.demo.courses import Courses
from kpi.demo.days import (
    END,
    LAST,
    NEVER,
    OPEN,
    RECORDS_BEGIN,
    WorkingDays,
    month_of,
    months_from,
    months_on,
)

LIMIT = 42  # days from one visit to the next


def reviews_of_care(
    care: pd.DataFrame,
    children: pd.DataFrame,
    courses: Courses,
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return reviews and visits of every period of care since 2016: held, planned, cancelled."""
    care = care[care["end"] > RECORDS_BEGIN]
    group = children["family"].to_numpy()[care["child"]] * OPEN + care["start"].to_numpy()
    reviews = _reviews(care, group, courses["care_reviews_on_time"], working, rng)
    visits = _visits(care, group, courses["care_visits_on_time"], working, rng)
    return pd.concat([reviews, visits], ignore_index=True).assign(cohort="CLA")


def _reviews(
    care: pd.DataFrame,
    group: NDArray,
    on_time: NDArray[np.float64],
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return reviews: within 20 working days, then 3 months, then every 6 months."""
    child, end = care["child"].to_numpy(), care["end"].to_numpy()
    due, held = working.back(care["start"].to_numpy(), -20), care["start"].to_numpy()
    parts, months = [], 3
    while (held <= np.minimum(end, END)).any():
        # Two or three reviews a year have to be in time for a child's year to be so.
        late = together(group, rng) > on_time[month_of(due)] ** 0.42
        draw = together(group, rng)
        early = working.between(np.maximum(held + 5, due - 21), due, draw)
        held = np.where(late, working.between(due + 1, due + 35, draw), early)
        parts.append(listed(child, "REVIEW", held, due)[held < end])
        due, months = months_on(np.minimum(held, END + 1), months), 6
    rows = pd.concat(parts)
    planned = rows["due_date"] <= END + PLANNED_DAYS
    return called_off(rows[(rows["event_date"] <= END) | planned], 0.04, rng)


def _visits(
    care: pd.DataFrame,
    group: NDArray,
    on_time: NDArray[np.float64],
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return visits: within a week of coming into care, then every 3 to 6 weeks.

    In each month as many miss one as leave the course's share visited in the last 6 weeks.
    """
    child, start, end = (care[name].to_numpy() for name in ("child", "start", "end"))
    due = start + 7
    coming = due - (together(group, rng) * 8).astype(int)
    visited = np.full(len(care), NEVER)
    parts = []
    for month in months_from("2014-01"):
        last = int(LAST[month])
        counted = (start <= last) & (end > last)
        too_long = counted & (visited < last - LIMIT)
        not_yet = (too_long & (coming > last)).sum()
        missed = counted.sum() - round(on_time[month] * counted.sum()) - not_yet
        possible = np.flatnonzero(too_long & (coming <= last))
        missing = possible[families_first(group[possible], missed, rng)]
        late = last + 2 + (together(group, rng) * 24).astype(int)
        coming[missing] = working.back(late, 0)[missing]
        while (now := (coming <= last) & (coming < end)).any():
            parts.append(listed(child, "VISIT", coming, due)[now])
            wait = 20 + (together(group, rng) * (LIMIT - 19)).astype(int)
            visited, due = np.where(now, coming, visited), np.where(now, coming + LIMIT, due)
            coming = np.where(now, working.back(coming + wait, 0), coming)
    return called_off(seen(pd.concat(parts), 0.94, rng), 0.03, rng)
