"""Placements: where children in care lived, and how far from home."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo import moves
from kpi.demo.chance import choose, in_turn
from kpi.demo.courses import Courses
from kpi.demo.days import LAST, Flags, birthday, day, month_number, month_of

SUPPORTED_FROM = day("2024-04-01")  # from here supported accommodation is K3; before, H5 or P2

# Shares of placement types by age, for a placement begun under 16 and one begun from 16 on; of
# the latter two in five are supported accommodation instead
YOUNGER = {"U6": 0.42, "U4": 0.20, "U3": 0.11, "K2": 0.11, "P1": 0.07, "U1": 0.05, "S1": 0.04}
OLDER = {"U6": 0.43, "K2": 0.23, "U4": 0.20, "P1": 0.06, "S1": 0.05, "R5": 0.03}


def invent(care: pd.DataFrame, courses: Courses, rng: Generator) -> pd.DataFrame:
    """Return period (the row of `care`), child, start, end, place and miles of every placement.

    As many are far away as published. care: child, start, end, born, alone, adopted
    """
    homes = moves.invent(care, courses, rng)
    start, period = homes["start"].to_numpy(), homes["period"].to_numpy()
    far = rng.random(len(homes)) < courses["placed_far"][month_of(start)]
    unknown = care["alone"].to_numpy()[period] & (rng.random(len(homes)) < 0.06)
    far = _as_far(far & ~unknown, unknown, homes, courses, rng)

    from_16 = start >= birthday(care["born"].to_numpy()[period], 16)
    place = np.where(from_16, choose(OLDER, len(homes), rng), choose(YOUNGER, len(homes), rng))
    supported = from_16 & (rng.random(len(homes)) < 0.4)
    supported = _as_supported(supported, from_16, homes, care, courses, rng)
    fostered = np.isin(place, ["U3", "U4", "P1"])
    place = np.where(far & fostered & (rng.random(len(homes)) < 0.6), "K2", place)
    place = np.where(supported, _supported_as(homes, supported, rng), place)
    last = homes["period"].ne(homes["period"].shift(-1)).to_numpy()
    first = homes["period"].ne(homes["period"].shift()).to_numpy()
    place = np.where(care["adopted"].to_numpy()[period] & last & ~first, "A6", place)

    nearby = np.minimum(0.2 + rng.gamma(1.6, 3.4, len(homes)), 20.0)
    away = np.minimum(20.1 + rng.exponential(28, len(homes)), 260)
    miles = np.select([unknown, far], [999.9, away.round(1)], nearby.round(1))
    return homes.assign(place=place, miles=miles)


def _supported_as(homes: pd.DataFrame, supported: Flags, rng: Generator) -> NDArray:
    """Return how supported accommodation is coded: K3 if it stood in April 2024, or since.

    What had ended by then keeps the older codes, and a few records were never brought up to date.
    """
    ended = homes["end"].to_numpy() <= SUPPORTED_FROM
    at_first = supported & ~ended & (homes["start"] < day("2024-08-01")).to_numpy()
    forgotten = in_turn(np.where(at_first, 0.2, 0), rng)
    old = choose({"H5": 0.75, "P2": 0.25}, len(homes), rng)
    return np.where(ended | forgotten, old, "K3")


def _as_supported(
    supported: Flags,
    from_16: Flags,
    homes: pd.DataFrame,
    care: pd.DataFrame,
    courses: Courses,
    rng: Generator,
) -> Flags:
    """Return `supported` changed for as few placements as give the numbers of two month ends.

    Those are numbers of children aged 16. Nobody lives in supported accommodation before that.
    """
    ends = month_number("2024-05"), month_number("2024-11")
    born = care["born"].to_numpy()[homes["period"]]
    then, now = (
        ((homes["start"] <= LAST[month]) & (homes["end"] > LAST[month])).to_numpy()
        & from_16
        & (birthday(born, 17) > LAST[month])
        for month in ends
    )
    may, november = (round(courses["aged_16_in_supported_accommodation"][month]) for month in ends)
    stay = min(int((then & now).sum()), november)
    for which, target in (
        (then & now, stay),
        (now & ~then, november - stay),
        (then & ~now, may - stay),
    ):
        supported = _as_many(supported, which, target, rng)
    return supported


def _as_many(flags: Flags, which: Flags, target: int, rng: Generator) -> Flags:
    """Return `flags` changed for as few as possible of `which`, until `target` of them are set."""
    excess = int((flags & which).sum()) - target
    rows = np.flatnonzero(which & (flags if excess > 0 else ~flags))
    changed = flags.copy()
    changed[rng.permutation(rows)[: abs(excess)]] = excess < 0
    return changed


def _as_far(
    far: Flags, unknown: Flags, homes: pd.DataFrame, courses: Courses, rng: Generator
) -> Flags:
    """Return `far` changed for as few placements as give the published numbers of two month ends.

    Placements that stood at both ends are set first, then those that stood at one.
    """
    ends = month_number("2024-09"), month_number("2024-11")
    september, november = (round(courses["placed_over_20_miles"][month]) for month in ends)
    stood_then, stood_now = (
        ((homes["start"] <= LAST[month]) & (homes["end"] > LAST[month])).to_numpy() & ~unknown
        for month in ends
    )
    both = stood_then & stood_now
    then, now = stood_then & ~both, stood_now & ~both
    # A few of those who are far away in November are newly so, the others since September.
    new = min(int((far & now).sum()), 4, int(now.sum()), int(then.sum()) - september + november)
    for which, target in ((both, november - new), (now, new), (then, september - november + new)):
        far = _as_many(far, which, target, rng)
    return far
