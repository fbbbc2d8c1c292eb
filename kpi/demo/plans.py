"""Plans for children in need and child protection plans, our own and other authorities'."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from kpi.demo.days import END, RECORDS_BEGIN
from kpi.demo.histories import Histories


def record_cin(past: Histories) -> pd.DataFrame:
    """Return plans for children in need that were open when the records begin or since."""
    return _recorded(past.cin)


def record_cp(past: Histories, children: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return child protection plans: our own, and other authorities' that are held here a while."""
    own, others = _recorded(past.cp), _of_other_authorities(past, children, rng)
    rows = [own.assign(ola_plan=False), others.assign(ola_plan=True)]
    return pd.concat(rows, ignore_index=True)


def _recorded(spells: pd.DataFrame) -> pd.DataFrame:
    rows = spells.set_axis(["child_id", "start_date", "end_date"], axis="columns")
    return rows[rows["end_date"] > RECORDS_BEGIN]


def _of_other_authorities(past: Histories, children: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    began = children["began"].to_numpy()
    possible = past.untouched & (began > RECORDS_BEGIN) & (began < END - 35)
    possible &= children["eighteenth"].to_numpy() > began + 700
    anyone, lately = np.flatnonzero(possible), np.flatnonzero(possible & (began > END - 60))
    child = np.union1d(rng.permutation(anyone)[:40], rng.permutation(lately)[:5])
    start = began[child] + rng.integers(5, 35, len(child))
    end = start + rng.integers(30, 190, len(child))
    return pd.DataFrame({"child_id": child, "start_date": start, "end_date": end})
