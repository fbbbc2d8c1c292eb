"""The caseload: how every child stands while the months go by, and who may be chosen next."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.chance import together
from kpi.demo.days import FIRST, LAST, NEVER, OPEN, Days, Flags, Rows, WorkingDays, birthday
from kpi.demo.spells import Spells


class Caseload:
    """Every child's plans and care up to the month that is being lived through."""

    def __init__(
        self,
        children: pd.DataFrame,
        assessments: pd.DataFrame,
        working: WorkingDays,
        rng: Generator,
    ) -> None:
        self.family, self.dob, self.eighteenth, self.alone = (
            children[name].to_numpy() for name in ("family", "dob", "eighteenth", "alone")
        )
        self.sixteenth = birthday(self.dob, 16)
        self.working, self.rng = working, rng
        count = len(children)
        self._assessments = _with_next(assessments)
        # Of each child's last assessment so far, and the referral that will follow it
        self.began, self.authorised = np.full(count, NEVER), np.full(count, NEVER)
        self.comes_back = np.full(count, OPEN)
        self.care, self.cp, self.cin = Spells(count), Spells(count), Spells(count)
        self.untouched = np.ones(count, bool)  # who never had a plan and was never in care
        self.conferred = np.full(count, NEVER)  # the day of the last conference
        self.first = self.last = self.long_ago = 0

    def turn_to(self, month: int) -> None:
        """Let `month` begin: whoever comes of age in it has no plan or care after the birthday."""
        self.first, self.last = int(FIRST[month]), int(LAST[month])
        self.long_ago = int(LAST[max(month - 30, 0)])
        rows = self._assessments
        low, high = np.searchsorted(rows["began"], [self.first, self.last + 1])
        began, child, authorised, following = (part[low:high] for part in rows.values())
        self.began[child], self.authorised[child] = began, authorised
        self.comes_back[child] = following
        turning = (self.eighteenth >= self.first) & (self.eighteenth <= self.last)
        for spells in (self.care, self.cp, self.cin):
            grown = np.flatnonzero(spells.running & turning)
            spells.end(grown, self.eighteenth[grown])

    def under_18_until(self, days_after: int) -> Flags:
        """Return who is still under 18 so many days after the month's end."""
        return self.eighteenth > self.last + days_after

    def long_in_care(self) -> Flags:
        """Return who is under 16 and two and a half years in care at the month's end."""
        return self.care.running & (self.care.since <= self.long_ago) & (self.sixteenth > self.last)

    def may_have_a_plan(self) -> Flags:
        """Return who is born, and not about to come of age."""
        return self.under_18_until(60) & (self.dob <= self.first)

    def nothing_since(self) -> Flags:
        """Return who has had no plan and no care since their assessment began."""
        kinds = (self.care, self.cp, self.cin)
        free = ~np.logical_or.reduce([spells.running for spells in kinds])
        return free & (np.maximum.reduce([spells.ended for spells in kinds]) < self.began)

    def lately_assessed(self, *, within: int = 90) -> Flags:
        """Return who has an assessment that began one to three months ago, and nothing more yet."""
        lately = (self.began >= self.first - within) & (self.began <= self.first - 35)
        # Those who are referred again soon had less happen to them than a plan.
        lately &= self.comes_back > self.last + 200
        return self.nothing_since() & self.may_have_a_plan() & lately

    def may_step_up(self) -> Flags:
        """Return which children in need could come to need protection."""
        settled = self.cin.running & (self.cin.since < self.first - 25)
        return settled & self.may_have_a_plan()

    def pick(self, which: Flags, number: int, weight: NDArray | None = None) -> Rows:
        """Return `number` of the children, families together; fewer if there are no more."""
        child = np.flatnonzero(which)
        unique, inverse = np.unique(self.family[child], return_inverse=True)
        key = self.rng.exponential(size=len(unique))[inverse]
        key = key if weight is None else key / weight[child]
        return child[np.lexsort((self.family[child], key))][: max(number, 0)]

    def some(self, child: Rows, share: float) -> Flags:
        """Return flags of about a `share` of the children, families together."""
        return together(self.family[child], self.rng) < share

    def days(self, child: Rows) -> Days:
        """Return a working day of the month for each child, the same for a family."""
        return self.working.between(self.first, self.last, together(self.family[child], self.rng))


def _with_next(assessments: pd.DataFrame) -> dict[str, NDArray]:
    """Return child, began and authorised by the day they began, and when the child came again."""
    rows = assessments.sort_values(["child", "began"])
    following = rows.groupby("child")["referred"].shift(-1, fill_value=OPEN)
    rows = rows.assign(following=following).sort_values("began")
    return {name: rows[name].to_numpy() for name in ("began", "child", "authorised", "following")}
