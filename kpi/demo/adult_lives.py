"""Adult lives: whether care leavers are in touch, have a suitable home, and learn or work.

Each young person has a place in a queue that shifts slowly over the years. At a month's end the
first of it are as well as the month's course says, so that a share moves by a few young people a
month and hardly anybody's life turns from one month to the next.
"""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.chance import choose
from kpi.demo.courses import Courses
from kpi.demo.days import END, OPEN, Days, Rows, birthday, month_of, only

OUT_OF_TOUCH = {"NO": 0.62, "REFU": 0.22, "NREQ": 0.10, "": 0.06}
HOMES = {"U": 0.32, "Y": 0.24, "B": 0.12, "Z": 0.10, "D": 0.08, "E": 0.08, "K": 0.06}
UNSUITABLE = {"X": 0.30, "G": 0.30, "S": 0.25, "W": 0.15}
BUSY = {"F1": 0.13, "F2": 0.34, "P2": 0.08, "F4": 0.03, "F5": 0.27, "P5": 0.15}
NOT_BUSY = {"G4": 0.18, "G5": 0.70, "G6": 0.12}


def describe(
    states: pd.DataFrame, children: pd.DataFrame, courses: Courses, rng: Generator
) -> pd.DataFrame:
    """Return each month's `states` of care leavers with in_touch, home, and what they do all day.

    The courses are for those aged 19 to 21; the younger and older fare much the same.
    """
    child = states["child_id"].to_numpy()
    at = states["extract_date"].to_numpy()
    month = month_of(at)
    dob = children["dob"].to_numpy()[child]
    of_the_age = (birthday(dob, 19) <= at) & (at < birthday(dob, 22))
    owed = states["eligibility"].isin(["Relevant", "Former relevant"]).to_numpy()
    home_again, died = _gone(len(children), rng)
    gone = owed & ((home_again[child] <= at) | (died[child] <= at))
    group = month * 8 + of_the_age * 4 + owed * 2 + gone

    settled = _place(group, _shifting(child, at, len(children), rng))
    in_touch = settled < courses["leavers_in_touch"][month]
    suitable = settled < courses["leavers_suitably_housed"][month]
    known = settled < courses["leavers_suitably_housed"][month] + 0.035
    busy = _place(group, ~in_touch, _shifting(child, at, len(children), rng))
    working = in_touch & (busy < courses["leavers_in_education_or_work"][month])
    of_child = {
        name: choose(shares, len(children), rng)[child]
        for name, shares in (
            ("why", OUT_OF_TOUCH),
            ("home", HOMES),
            ("worse", UNSUITABLE),
            ("does", BUSY),
            ("lacks", NOT_BUSY),
        )
    }
    touch = np.select(
        [gone & (died[child] <= at), gone, in_touch], ["DIED", "RHOM", "YES"], of_child["why"]
    )
    does = np.select([working, in_touch], [of_child["does"], of_child["lacks"]], "0")
    known &= ~gone
    return states.assign(
        in_touch=only(touch, touch != ""),
        accommodation=only(np.where(suitable, of_child["home"], of_child["worse"]), known),
        accommodation_suitable=only(np.where(suitable, "1", "2"), known),
        activity=only(does, ~gone & (settled < 0.97)),
    )


def _gone(children: int, rng: Generator) -> tuple[Days, Days]:
    """Return the days from which a few have gone home to their family for good, or have died."""
    draw, day_gone = rng.random(children), END - rng.integers(0, 900, children)
    return np.where(draw < 0.012, day_gone, OPEN), np.where(draw > 0.996, END, OPEN)


def _shifting(child: Rows, at: Days, children: int, rng: Generator) -> NDArray[np.float64]:
    """Return each row's luck: the child's own, which rises and falls a little over some years."""
    luck, phase = rng.random(children)[child], rng.random(children)[child]
    return luck + 0.12 * np.sin(2 * np.pi * (at / 900 + phase))


def _place(group: Rows, *by: NDArray) -> NDArray[np.float64]:
    """Return how far back in its group each row stands, sorted by `by`: 0 first, nearly 1 last."""
    order = np.lexsort((*reversed(by), group))
    _, first, size = np.unique(group[order], return_index=True, return_counts=True)
    place = np.empty(len(group))
    place[order] = (np.arange(len(group)) - np.repeat(first, size)) / np.repeat(size, size)
    return place
