"""Reviews of children in care, and the visits of their social workers.

Siblings who came into care on one day are reviewed and visited together.
"""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.chance import together
from kpi.demo.courses import Courses
from kpi.demo.days import (
    END,
    OPEN,
    RECORDS_BEGIN,
    Days,
    Flags,
    WorkingDays,
    month_of,
    months_on,
    only,
)

# Days from one visit to the next: in time, and late. The limit is 42.
IN_TIME, LATE = (20, 41), (44, 75)


def reviews_of_care(
    care: pd.DataFrame,
    children: pd.DataFrame,
    courses: Courses,
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return reviews and visits of every period of care: held, cancelled, and overdue.

    child_id, cohort, event_kind, due_date, event_date, seen, cancelled
    """
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
        parts.append(_rows("REVIEW", child, held, due, held < end))
        due, months = months_on(np.minimum(held, END + 1), months), 6
    rows = pd.concat(parts)
    overdue = (rows["event_date"] > END) & (rows["due_date"] <= END)
    rows["event_date"] = rows["event_date"].where(~overdue, OPEN)
    rows = rows[(rows["event_date"] <= END) | overdue]
    return _with_cancelled(rows, 0.04, rng)


def _visits(
    care: pd.DataFrame,
    group: NDArray,
    on_time: NDArray[np.float64],
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return visits: within a week of coming into care, then within 6 weeks of each other."""
    child, end = care["child"].to_numpy(), care["end"].to_numpy()
    held = care["start"].to_numpy() + (together(group, rng) * 8).astype(int)
    parts = []
    while (held <= np.minimum(end, END)).any():
        parts.append(_rows("VISIT", child, held, held, (held < end) & (held <= END)))
        late = together(group, rng) < _share_late(on_time[month_of(held)])
        draw = together(group, rng)
        wait = np.where(late, _within(LATE, draw), _within(IN_TIME, draw))
        held = working.back(held + wait, 0)
    rows = pd.concat(parts).assign(due_date=OPEN)
    seen = only(rng.random(len(rows)) < 0.94, rng.random(len(rows)) < 0.98)
    return _with_cancelled(rows.assign(seen=seen), 0.03, rng)


def _share_late(on_time: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how often a visit must be late for as many children as `on_time` not to wait for one.

    A late visit leaves the child 17 days too long without one; from one to the next are 30 days,
    or 60 when it is late.
    """
    return 30 * (1 - on_time) / (17 - 30 * (1 - on_time))


def _within(limits: tuple[int, int], draw: NDArray[np.float64]) -> Days:
    low, high = limits
    return (low + draw * (high - low + 1)).astype(int)


def _rows(kind: str, child: NDArray, held: Days, due: Days, which: Flags) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "child_id": child[which],
            "event_kind": kind,
            "due_date": due[which],
            "event_date": held[which],
            "seen": None,
        }
    )


def _with_cancelled(rows: pd.DataFrame, share: float, rng: Generator) -> pd.DataFrame:
    """Return the rows and, for a few, the earlier day on which it was to be and was called off."""
    held = rows[rows["event_date"] <= END]
    called_off = held.sample(frac=share, random_state=rng).assign(cancelled=True, seen=None)
    called_off["event_date"] -= rng.integers(2, 12, len(called_off))
    return pd.concat([rows.assign(cancelled=False), called_off])
