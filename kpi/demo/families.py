"""Invented families: who is referred, when each assessment begins and ends, and whose children.

Work is laid out from the month in which it counts: an assessment is given the day it was
authorised first, then the working days it took, and so the day it started. That way a month's
figure is what its course says, by construction, and the days around it follow.
"""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.chance import drawn, in_turn
from kpi.demo.courses import Courses
from kpi.demo.days import FIRST, LAST, MONTHS, Rows, WorkingDays, birthday, month_of

# How busy the front door is from January to December: school holidays are quiet, and September
# brings what schools have seen.
SEASON = np.array([1.04, 0.98, 1.06, 0.95, 1.03, 1.07, 1.04, 0.80, 1.15, 1.09, 1.06, 0.80])
SIBLINGS = np.array([0.46, 0.28, 0.15, 0.08, 0.03])  # shares of families with 1, 2, … 5 children

# Working days that an assessment took. Within 45 the shares are England's in 2025.
IN_TIME = [
    (0, 0, 0.02),
    (1, 10, 0.14),
    (11, 20, 0.20),
    (21, 30, 0.18),
    (31, 40, 0.24),
    (41, 45, 0.22),
]
LATE = [(46, 50, 0.46), (51, 60, 0.33), (61, 105, 0.21)]


def invent(
    courses: Courses, working: WorkingDays, rng: Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the children, and one row for each child and referral with the assessment it led to.

    children: family, dob, eighteenth, alone (no siblings); began, authorised: their family's last
    involvements: child, referred, began, authorised, assessed (or else closed at once)
    """
    groups = pd.concat([_assessed(courses, working, rng), _closed_at_once(working, rng)])
    groups = groups.sort_values("referred", ignore_index=True)
    before = _earlier_referral(groups, courses, rng)
    groups["family"] = np.arange(len(groups))
    for step in _chains(before):
        groups.loc[step, "family"] = groups["family"].to_numpy()[before[step]]
    groups["last"] = True
    groups.loc[before[before >= 0], "last"] = False

    family = groups.groupby("family", sort=True).agg(
        size=("size", "first"), first=("referred", "min"), last=("referred", "max")
    )
    children = _children(family, rng)
    eldest = pd.Series(np.cumsum(family["size"]) - family["size"], family.index)
    involvements = groups.loc[groups.index.repeat(groups["size"])]
    nth = involvements.groupby(level=0).cumcount()
    involvements = involvements.assign(child=eldest[involvements["family"]].to_numpy() + nth)
    latest = involvements[involvements["last"]].sort_values("child")
    for column in ("began", "authorised"):
        children[column] = latest[column].to_numpy()
    columns = ["child", "referred", "began", "authorised", "assessed"]
    return children, involvements[columns].reset_index(drop=True)


def _assessed(courses: Courses, working: WorkingDays, rng: Generator) -> pd.DataFrame:
    """Return size, referred, began and authorised of families that were assessed together."""
    cells = []
    for month, course in enumerate(courses["assessments"]):
        count = round(course)
        in_time = round(courses["assessments_within_45_days"][month] * count)
        for children, late in ((in_time, False), (count - in_time, True)):
            sizes = _sibling_groups(children, rng)
            cells.append((sizes, np.full(len(sizes), month), np.full(len(sizes), late)))
    size, month, late = (np.concatenate(part) for part in zip(*cells, strict=True))
    authorised = working.between(FIRST[month], LAST[month], rng.random(len(size)))

    # Of a few durations that would do, take the one that starts in the busier season.
    tries = (len(size), 4)
    took = np.where(late[:, None], drawn(LATE, tries, rng), drawn(IN_TIME, tries, rng))
    began = working.back(authorised[:, None], took)
    busy = SEASON[began.astype("M8[D]").astype("M8[M]").astype(int) % 12]
    chosen = np.argmax(1.7 * np.log(busy) + rng.gumbel(size=tries), axis=1)[:, None]
    began, took = (np.take_along_axis(part, chosen, 1)[:, 0] for part in (began, took))
    referred = working.back(began, (rng.random(len(size)) < 0.3).astype(int))
    # Saturday, when Friday was the day before: the count of working days stays what it was.
    began += (began % 7 == 1) & (took > 0) & (rng.random(len(size)) < 0.05)
    return pd.DataFrame(
        {"size": size, "referred": referred, "began": began, "authorised": authorised}
    ).assign(assessed=True)


def _closed_at_once(working: WorkingDays, rng: Generator) -> pd.DataFrame:
    """Return families, as `_assessed` does, whose referral led to nothing more."""
    sizes = [_sibling_groups(round(22 * SEASON[nth % 12]), rng) for nth in range(len(MONTHS))]
    size, month = np.concatenate(sizes), np.repeat(np.arange(len(MONTHS)), [*map(len, sizes)])
    referred = working.between(FIRST[month], LAST[month], rng.random(len(month)))
    return pd.DataFrame(
        {"size": size, "referred": referred, "began": referred, "authorised": referred + 5}
    ).assign(assessed=False)


def _sibling_groups(children: int, rng: Generator) -> NDArray[np.int64]:
    """Return the sizes of families that have exactly so many `children` between them."""
    sizes = rng.choice(len(SIBLINGS), p=SIBLINGS, size=children) + 1
    total = np.cumsum(sizes)
    sizes = sizes[: np.searchsorted(total, children) + 1]
    sizes[-1:] -= total[len(sizes) - 1 : len(sizes)] - children
    return sizes


def _earlier_referral(groups: pd.DataFrame, courses: Courses, rng: Generator) -> Rows:
    """Return for each group the earlier group that is the same family, or -1 for a new one.

    A family comes back whole, and not before its last case was closed.
    """
    referred, closed = groups["referred"].to_numpy(), groups["authorised"].to_numpy()
    soon = courses["re_referrals"][month_of(referred)]
    before, followed = np.full(len(groups), -1), np.zeros(len(groups), bool)
    for size in range(1, len(SIBLINGS) + 1):
        of = np.flatnonzero(groups["size"] == size)
        for share, shortest, spread in ((soon[of], 4, 250), (np.full(len(of), 0.33), 400, 2400)):
            back = of[in_turn(share, rng)]
            back = back[before[back] < 0]
            wanted = referred[back] - shortest - spread * rng.beta(1, 1.3, size=len(back))
            back, wanted = back[np.argsort(wanted)], np.sort(wanted)
            free = of[~followed[of]]
            free = free[np.argsort(closed[free], kind="stable")]
            # Each takes the first free group closed after the day it wants, and no two the same.
            step = np.arange(len(back))
            place = np.maximum.accumulate(np.searchsorted(closed[free], wanted) - step) + step
            back, place = back[place < len(free)], place[place < len(free)]
            fits = closed[free[place]] < referred[back] - 2
            before[back[fits]] = free[place[fits]]
            followed[free[place[fits]]] = True
    return before


def _chains(before: Rows) -> list[Rows]:
    """Return the groups that follow another, those nearest to a family's first one first."""
    depth = np.zeros(len(before), int)
    waiting = np.flatnonzero(before >= 0)
    while True:
        deeper = depth[before[waiting]] + 1
        if (deeper == depth[waiting]).all():
            break
        depth[waiting] = deeper
    return [np.flatnonzero(depth == level) for level in range(1, depth.max() + 1)]


def _children(family: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return family, dob and 18th birthday of each child: no sibling 18 at the last referral."""
    size = family["size"].to_numpy()
    years = (family["last"] - family["first"]).to_numpy() / 365.25
    youngest_eldest = 1.3 * (size - 1)
    room = np.maximum(17.4 - years - youngest_eldest, 0.1)
    eldest = youngest_eldest + room * rng.random(len(size))
    apart = rng.uniform(1.15, np.clip(eldest / np.maximum(size - 1, 1), 1.2, 4.0))
    row = np.repeat(np.arange(len(size)), size)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
    age = (eldest[row] - nth * apart[row]) * 365.25
    unborn = (nth == size[row] - 1) & (rng.random(len(row)) < 0.03)
    age = np.where(unborn, -rng.integers(10, 170, len(row)), np.maximum(age, 3)).astype(int)
    dob = family["first"].to_numpy()[row] - age
    return pd.DataFrame(
        {
            "family": family.index.to_numpy()[row],
            "dob": dob,
            "eighteenth": birthday(dob, 18),
            "alone": size[row] == 1,
        }
    )
