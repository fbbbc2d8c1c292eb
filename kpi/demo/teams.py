"""Teams: which one holds a family's case at each stage, before and after the restructure."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.days import Days, Flags, Rows, day

RESTRUCTURE = day("2024-09-01")


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
        stage = np.broadcast_to(np.asarray(stage, object), len(child))
        roll, draw = self.roll[self.family[child]], self.draw[self.family[child]]
        after = days >= RESTRUCTURE
        third, half = (roll * 3).astype(int), (roll * 2).astype(int)
        adolescent = after & (days - self.dob[child] > 14 * 365.25)
        assessment, plan, care = (stage == word for word in ("assessment", "plan", "care"))
        first_that_fits = [
            ((stage == "breaks") | (~care & self.with_disabilities(child)), "cwd"),
            (assessment & after & (draw < 0.33), "assessment_3"),
            (assessment, _numbered("assessment", half)),
            (plan & adolescent & (draw < 0.30), "adolescent"),
            (plan & after & (draw > 0.87), "intervention_4"),
            (plan & after, _numbered("intervention", third)),
            (plan, _numbered("safeguarding", third)),
            (after & (draw < 0.30), "corporate_parenting_3"),
            (after, _numbered("corporate_parenting", half)),
        ]
        conditions, names = zip(*first_that_fits, strict=True)
        return np.select(conditions, names, _numbered("children_in_care", half))


def _numbered(name: str, nth: Rows) -> NDArray:
    return np.array([f"{name}_{number}" for number in (1, 2, 3)], object)[nth]
