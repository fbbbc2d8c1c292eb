"""Moves: how often children in care went from one placement to another."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from kpi.demo.courses import Courses
from kpi.demo.days import END, LAST, OPEN, Days, Flags, Rows, birthday, day, month_number

Window = tuple[int, int]  # the first day and the last

MARCH, NOVEMBER = month_number("2024-03"), month_number("2024-11")


def invent(care: pd.DataFrame, courses: Courses, rng: Generator) -> pd.DataFrame:
    """Return period (the row of `care`), child, start and end of every placement.

    care: child, start, end, born, adopted
    """
    homes = _moves(care, rng)
    # What November changes must leave March as it is.
    for month, window in (
        (MARCH, (LAST[MARCH - 24] + 1, LAST[MARCH] - 10)),
        (NOVEMBER, (day("2024-04-08"), day("2024-11-20"))),
    ):
        target = round(courses["same_placement_for_2_years"][month])
        homes = _steadied(homes, care, month, target, window, rng)
    # The two looks back overlap from December 2023 to March 2024, so nothing is moved there.
    for month, window in (
        (MARCH, (day("2023-04-08"), day("2023-11-30"))),
        (NOVEMBER, (day("2024-04-08"), day("2024-11-20"))),
    ):
        target = round(courses["three_or_more_placements"][month])
        homes = _settled(homes, care, month, target, window, rng)
    return homes


def _moves(care: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return period, child, start and end of placements: one child in seven moves often."""
    count, most = len(care), 14
    restless = rng.random(count) < 0.145
    usual = np.where(rng.random((count, most)) < 0.35, 250, 4500)
    usual = np.where(restless[:, None], 150, usual)
    stay = 9 + rng.exponential(usual)
    stay[:, 0] = np.where(rng.random(count) < 0.36, 9 + rng.exponential(55, count), stay[:, 0])
    start = care["start"].to_numpy()[:, None] + np.cumsum(stay, axis=1).astype(int)
    until = np.minimum(care["end"].to_numpy(), END + 1)
    period, nth = np.nonzero(start < until[:, None] - 9)
    later = pd.DataFrame({"period": period, "start": start[period, nth]})
    first = pd.DataFrame({"period": np.arange(count), "start": care["start"].to_numpy()})
    return _with_ends(pd.concat([first, later, _moving_on(care, until, rng)]), care)


def _moving_on(care: pd.DataFrame, until: Days, rng: Generator) -> pd.DataFrame:
    """Return period and start of the placements that a third of them moved on to from 16."""
    sixteenth = birthday(care["born"].to_numpy(), 16)
    when = sixteenth + rng.integers(5, 400, len(care))
    moves = (care["start"].to_numpy() < when - 20) & (when < until - 20)
    moves &= rng.random(len(care)) < 0.35
    return pd.DataFrame({"period": np.flatnonzero(moves), "start": when[moves]})


def _with_ends(homes: pd.DataFrame, care: pd.DataFrame) -> pd.DataFrame:
    """Return the placements in order, each ending as the next of its period begins."""
    homes = homes.sort_values(["period", "start"], ignore_index=True)[["period", "start"]]
    period, start = homes["period"].to_numpy(), homes["start"].to_numpy()
    last = np.append(period[1:] != period[:-1], True)
    end = np.where(last, care["end"].to_numpy()[period], np.append(start[1:], OPEN))
    return homes.assign(end=end, child=care["child"].to_numpy()[period])


def _long_in_care(care: pd.DataFrame, month: int) -> Flags:
    """Return which periods are of children under 16 who have been in care for 2½ years."""
    here = (care["start"] <= LAST[month - 30]) & (care["end"] > LAST[month])
    return here.to_numpy() & (birthday(care["born"].to_numpy(), 16) > LAST[month])


def _steadied(
    homes: pd.DataFrame,
    care: pd.DataFrame,
    month: int,
    target: int,
    window: Window,
    rng: Generator,
) -> pd.DataFrame:
    """Return the placements with moves taken away or added in the `window`, until `target` of the
    children long in care at the month's end have been in one placement for two years.
    """
    end, two_years_ago = LAST[month], LAST[month - 24]
    first, adopting = _first(homes), care["adopted"].to_numpy()[homes["period"]]
    now = (homes["start"] <= end) & (homes["end"] > end)
    now &= _long_in_care(care, month)[homes["period"]]
    to_adopters = adopting & ~first & homes["period"].ne(homes["period"].shift(-1))
    before = homes["start"].shift().where(to_adopters, homes["start"])
    steady = now & (before <= two_years_ago)
    excess = int(steady.sum()) - target
    if excess > 0:
        able = homes.loc[steady & ~adopting, "period"].to_numpy()
        return _with_ends(_moved_more(homes, able, excess, window, rng), care)
    moved = ~first & homes["start"].between(two_years_ago + 1, end)
    beyond = homes.loc[moved & ~homes["start"].between(*window), "period"]
    able = homes.loc[now & ~steady & ~adopting & ~homes["period"].isin(beyond), "period"]
    calmed = rng.permutation(able.to_numpy())[:-excess]
    return _with_ends(homes[~(moved & homes["period"].isin(calmed))], care)


def _first(homes: pd.DataFrame) -> Flags:
    return homes["period"].ne(homes["period"].shift()).to_numpy()


def _settled(
    homes: pd.DataFrame,
    care: pd.DataFrame,
    month: int,
    target: int,
    window: Window,
    rng: Generator,
) -> pd.DataFrame:
    """Return the placements with moves taken away or added in the `window`, until `target`
    children in care at the month's end have had three or more placements in its year.

    Children long in care are left as they are.
    """
    end, year_ago = LAST[month], LAST[month - 12]
    within = homes[
        (homes["start"] <= end) & (homes["end"] > year_ago) & (homes["end"] > homes["start"])
    ]
    here = care[(care["start"] <= end) & (care["end"] > end)]
    had = within.groupby("child").size().reindex(here["child"], fill_value=0)
    excess = int((had >= 3).sum()) - target
    long = care[_long_in_care(care, MARCH) | _long_in_care(care, NOVEMBER)]
    had = had[~had.index.isin(long["child"])]
    if excess > 0:
        return _with_ends(_moved_less(homes, had, excess, window, rng), care)
    steady = here[here["child"].isin(had.index[had == 2]) & (here["start"] < window[0])]
    return _with_ends(_moved_more(homes, steady.index.to_numpy(), -excess, window, rng), care)


def _moved_less(
    homes: pd.DataFrame, had: pd.Series, number: int, window: Window, rng: Generator
) -> pd.DataFrame:
    """Return the placements without any move in the `window` of as many restless children."""
    movable = homes[~_first(homes) & homes["start"].between(*window)]
    possible = movable[movable["child"].isin(had.index[had >= 3])]
    spare = possible.groupby("child").size()
    able = spare.index[spare >= had[spare.index] - 2].to_numpy()
    calmed = rng.permutation(able)[:number]
    return homes.drop(possible.index[possible["child"].isin(calmed)])


def _moved_more(
    homes: pd.DataFrame, steady: Rows, number: int, window: Window, rng: Generator
) -> pd.DataFrame:
    """Return the placements with one more move in the `window` for as many `steady` periods."""
    tries = pd.DataFrame({"period": np.repeat(steady, 12)})
    tries["start"] = rng.integers(*window, len(tries))
    near = tries.reset_index().merge(
        homes[["period", "start"]], on="period", suffixes=("", "_of_other")
    )
    clash = near.loc[(near["start"] - near["start_of_other"]).abs() < 14, "index"]
    tries = tries.drop(clash.unique()).drop_duplicates("period").sample(frac=1, random_state=rng)
    return pd.concat([homes, tries.iloc[:number]])
