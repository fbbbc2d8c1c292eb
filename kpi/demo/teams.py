"""Teams: which one holds a family's case at each stage, before and after the restructure."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.days import Days, Flags, Rows, day

RESTRUCTURE = day("2024-09-01")

# What each team that the restructure made had been part of; teams not named had their name before.
BEFORE = {
    "intervention_1": "safeguarding_1",
    "intervention_2": "safeguarding_2",
    "intervention_3": "safeguarding_3",
    "intervention_4": "safeguarding_3",
    "corporate_parenting_1": "children_in_care_1",
    "corporate_parenting_2": "children_in_care_2",
    "corporate_parenting_3": "children_in_care_2",
}
# Shares of families up to which each of the numbered teams goes
ASSESSING, PLANNING, PARENTING = [0.5], [0.29, 0.58, 0.80], [0.42, 0.72]


@dataclass(frozen=True)
class Teams:
    """What decides a family's teams: the same at every stage, until the restructure."""

    family: Rows  # of each child
    dob: Days  # of each child
    roll: NDArray[np.float64]  # for each family, which of the numbered teams
    draw: NDArray[np.float64]  # for each family, whether a team that came later took it over

    @classmethod
    def of(cls, children: pd.DataFrame, rng: Generator) -> "Teams":
        """Return the teams of every family of `children`."""
        family = children["family"].to_numpy()
        count = int(family.max()) + 1
        return cls(family, children["dob"].to_numpy(), rng.random(count), rng.random(count))

    def with_disabilities(self, child: Rows) -> Flags:
        """Return which of the children would be known to the children with disabilities team."""
        return self.draw[self.family[child]] > 0.955

    def holding(self, stage: NDArray | str, child: Rows, days: Days) -> NDArray:
        """Return the team of each child's case at its stage: assessment, plan, care or breaks."""
        return called(self.of_today(stage, child, days), days)

    def of_today(self, stage: NDArray | str, child: Rows, days: Days) -> NDArray:
        """Return the team of each case by the name that it has since the restructure.

        Those of one name were one team's before it too: their workers stay with them.
        """
        stage = np.broadcast_to(np.asarray(stage, object), len(child))
        roll, draw = self.roll[self.family[child]], self.draw[self.family[child]]
        after = days >= RESTRUCTURE
        adolescent = after & (draw < 0.24) & (days - self.dob[child] > 14 * 365.25)
        assessment, plan, care = (stage == word for word in ("assessment", "plan", "care"))
        first_that_fits = [
            ((stage == "breaks") | (~care & self.with_disabilities(child)), "cwd"),
            (assessment & after & (draw < 0.33), "assessment_3"),
            (assessment, _numbered("assessment", ASSESSING, roll)),
            (plan & adolescent, "adolescent"),
            (plan, _numbered("intervention", PLANNING, roll)),
        ]
        conditions, names = zip(*first_that_fits, strict=True)
        return np.select(conditions, names, _numbered("corporate_parenting", PARENTING, roll))


def called(team: NDArray, days: Days) -> NDArray:
    """Return what a team of today was called on each of `days`."""
    names, nth = np.unique(team.astype(str), return_inverse=True)
    before = np.array([BEFORE.get(name, name) for name in names], object)[nth]
    return np.where(days < RESTRUCTURE, before, team)


def _numbered(name: str, up_to: list[float], roll: NDArray[np.float64]) -> NDArray:
    names = [f"{name}_{number}" for number in range(1, len(up_to) + 2)]
    return np.array(names, object)[np.searchsorted(up_to, roll)]
