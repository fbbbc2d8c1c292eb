"""Appointments: reviews and visits as a case system lists them, held, planned or called off."""

import pandas as pd
from numpy.random import Generator

from kpi.demo.days import END, Days, Rows, only

PLANNED_DAYS = 21  # how far ahead a case system lists what is due


def listed(child: Rows, kind: str, held: Days, due: Days) -> pd.DataFrame:
    """Return the rows of one kind: each child's, the day it was held and the day it was due."""
    return pd.DataFrame(
        {
            "child_id": child,
            "event_kind": kind,
            "due_date": due,
            "event_date": held,
            "seen": None,
            "cancelled": False,
        }
    )


def called_off(rows: pd.DataFrame, share: float, rng: Generator) -> pd.DataFrame:
    """Return the rows and, for a `share` of those held, an earlier one that was called off."""
    held = rows[rows["event_date"] <= END]
    before = held.sample(frac=share, random_state=rng).assign(cancelled=True, seen=None)
    before["event_date"] -= rng.integers(2, 12, len(before))
    return pd.concat([rows, before], ignore_index=True)


def seen(rows: pd.DataFrame, share: float, rng: Generator) -> pd.DataFrame:
    """Return the visits with whether the child was seen: known of those held, and true of most."""
    known = (rows["event_date"] <= END) & (rng.random(len(rows)) < 0.98)
    was_seen = rng.random(len(rows)) < share
    return rows.assign(seen=only(was_seen, known.to_numpy()))
