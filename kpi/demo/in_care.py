"""In care: which children are in care at each month's end, and whose turn it is."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from kpi.demo.chance import together
from kpi.demo.days import FIRST, LAST, Days, Flags, Rows, WorkingDays, birthday, months_from


@dataclass(frozen=True)
class InCare:
    """The children in care at one month's end, in an order drawn by lot that keeps siblings so.

    Every array has one entry for each child, but for `family` and `dob`, which have all children's.
    """

    month: int
    child: Rows
    since: Days  # the day the period of care began
    family: Rows
    dob: Days

    @property
    def first(self) -> int:
        """Return the month's first day."""
        return int(FIRST[self.month])

    @property
    def last(self) -> int:
        """Return the month's last day."""
        return int(LAST[self.month])

    @property
    def year_ago(self) -> int:
        """Return the last day of the month a year before; the 12 months looked at come after it."""
        return int(LAST[self.month - 12])

    @property
    def a_year(self) -> Flags:
        """Return who has been in care for those 12 months."""
        return self.since <= self.year_ago

    def aged(self, low: int, below: int) -> Flags:
        """Return who is `low` years old or more, and not yet `below`."""
        dob = self.dob[self.child]
        return (birthday(dob, low) <= self.last) & (birthday(dob, below) > self.last)

    def next(self, which: Flags, number: int) -> Flags:
        """Return the first `number` of `which`, siblings one after another."""
        chosen = np.zeros(len(self.child), bool)
        chosen[np.flatnonzero(which)[: max(number, 0)]] = True
        return chosen

    def some(self, share: float, rng: Generator) -> Flags:
        """Return about a `share` of them, siblings together."""
        return together(self.family[self.child], rng) < share

    def days(self, which: Flags, working: WorkingDays, rng: Generator) -> Days:
        """Return a working day of the month in care for each of `which`, the same for siblings."""
        share = together(self.family[self.child[which]], rng)
        return working.between(np.maximum(self.since[which], self.first), self.last, share)


def month_ends(
    care: pd.DataFrame, children: pd.DataFrame, since: str, rng: Generator
) -> list[InCare]:
    """Return who is in care at the end of each month from `since`, such as 2020-01.

    care: child, start and end of every period of care
    """
    family, dob = children["family"].to_numpy(), children["dob"].to_numpy()
    ends = []
    for month in months_from(since):
        here = care[(care["start"] <= LAST[month]) & (care["end"] > LAST[month])]
        child, start = here["child"].to_numpy(), here["start"].to_numpy()
        order = np.lexsort((child, together(family[child], rng)))
        ends.append(InCare(month, child[order], start[order], family, dob))
    return ends
