"""Missing episodes: children in care, most of them teenagers, who went missing, and came back."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from kpi.demo.chance import drawn
from kpi.demo.courses import Courses
from kpi.demo.days import END, NEVER, OPEN
from kpi.demo.in_care import month_ends

NIGHTS = [(0, 1, 0.6), (2, 5, 0.3), (6, 40, 0.1)]
TIMES = [(1, 1, 0.5), (2, 3, 0.3), (4, 7, 0.2)]  # how often in one month


def record(
    care: pd.DataFrame, children: pd.DataFrame, courses: Courses, rng: Generator
) -> pd.DataFrame:
    """Return every time that a child went missing from care, or shortly before it.

    At each month's end as many as the month's course says went missing in the year before.
    """
    went, prone = np.full(len(children), NEVER), rng.random(len(children))
    before = care.sample(frac=0.03, random_state=rng)
    child_id = [before["child"].to_numpy()]
    start = [before["start"].to_numpy() - rng.integers(3, 60, len(before))]
    for here in month_ends(care, children, "2018-01", rng):
        child, teenager = here.child, here.aged(12, 18)
        lately = went[child] > np.maximum(here.year_ago, here.since - 1)
        wanted = round(courses["missing_from_care"][here.month] * len(child)) - int(lately.sum())
        possible = np.flatnonzero(~lately & (here.since <= here.first))
        # Hardly anybody under 12 goes missing.
        possible = possible[np.argsort((prone[child] + 5 * ~teenager)[possible])]
        once_more = np.flatnonzero(lately & teenager & (rng.random(len(child)) < 0.06))
        now = child[np.append(possible[: max(wanted, 0)], once_more)]
        times = drawn(TIMES, len(now), rng)
        missed = np.repeat(now, times)
        days = rng.integers(here.first, here.last + 1, len(missed))
        np.maximum.at(went, missed, days)
        child_id.append(missed)
        start.append(days)
    rows = pd.DataFrame({"child_id": np.concatenate(child_id), "start_date": np.concatenate(start)})
    rows = rows.drop_duplicates()
    end = rows["start_date"].to_numpy() + drawn(NIGHTS, len(rows), rng)
    return rows.assign(end_date=np.where(end > END, OPEN, end)).query("start_date <= @END")
