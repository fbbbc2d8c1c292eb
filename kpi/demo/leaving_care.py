"""Care leavers: who has a personal adviser, and when their pathway plans were reviewed."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from kpi.demo.courses import Courses
from kpi.demo.days import (
    FIRST,
    LAST,
    NEVER,
    OPEN,
    Days,
    Rows,
    WorkingDays,
    birthday,
    day,
    months_from,
)
from kpi.demo.spells import Spells

FIRST_EXTRACT = day("2022-04-01")


def record(
    care: pd.DataFrame,
    children: pd.DataFrame,
    courses: Courses,
    working: WorkingDays,
    rng: Generator,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return each month's state of each care leaver, and child, start and end of advisers' work."""
    leavers = _Leavers(care, children, working, rng)
    states = []
    for month in months_from("2022-04"):
        counted = leavers.advise(month, round(courses["care_leavers"][month]))
        share = courses["pathway_plans_up_to_date"][month]
        leavers.review(month, counted, round(share * len(counted)))
        states.append(leavers.states(month, counted))
    return pd.concat(states, ignore_index=True), leavers.advised.table()


class _Leavers:
    """Who has left care, who of them has a personal adviser, and when their plans were reviewed."""

    def __init__(
        self, care: pd.DataFrame, children: pd.DataFrame, working: WorkingDays, rng: Generator
    ) -> None:
        count = len(children)
        self.working, self.rng = working, rng
        self.eighteenth = children["eighteenth"].to_numpy()
        self.age_25 = birthday(children["dob"].to_numpy(), 25)
        self.left, self.entered, self.gone = (np.full(count, OPEN) for _ in range(3))
        final = care.drop_duplicates("child", keep="last")
        self.entered[final["child"]], self.gone[final["child"]] = final["start"], final["end"]
        grown = final[self.eighteenth[final["child"]] - final["end"] < 2 * 365]
        self.left[grown["child"]] = grown["end"]
        self.habit, self.cycle = rng.random(count), rng.integers(0, 210, count)
        self.reviewed, self.advised = np.full(count, NEVER), Spells(count)

    def advise(self, month: int, target: int) -> Rows:
        """Return the `target` who have an adviser at the month's end, after some came and went."""
        first, last, advised = FIRST[month], LAST[month], self.advised
        aged_out = np.flatnonzero(advised.running & (self.age_25 <= last))
        advised.end(aged_out, np.maximum(self.age_25[aged_out], advised.since[aged_out]))
        joining = (self.left <= last) & (self.left >= first) & ~advised.running
        if not advised.running.any():
            known = np.flatnonzero((self.left <= last) & (self.age_25 > last + 90))
            longest_gone = last - self.left[known] + 500 * self.habit[known]
            joining[known[np.argsort(longest_gone)][:target]] = True
        advised.start(np.flatnonzero(joining), np.maximum(self.left[joining], FIRST_EXTRACT))

        excess = int(advised.running.sum()) - target
        if excess > 0:
            older = np.flatnonzero(advised.running & (advised.since < first))
            age = self.eighteenth[older] - 300 * self.habit[older]
            older = older[np.argsort(age)][:excess]
            advised.end(older, self._days(older, month))
        elif excess < 0:
            away = (self.left <= first) & ~advised.running & (self.age_25 > last + 200)
            youngest = np.flatnonzero(away)
            youngest = youngest[np.argsort(-self.eighteenth[youngest])][:-excess]
            advised.start(youngest, self._days(youngest, month))
        return np.flatnonzero(advised.running)

    def review(self, month: int, counted: Rows, target: int) -> None:
        """Review as many plans as make `target` of those `counted` up to date, and a few early."""
        last, half_year_ago = LAST[month], LAST[month - 6]
        reviewed = self.reviewed
        current = reviewed[counted] > half_year_ago
        due = self.rng.permutation(counted[~current])
        if (reviewed == NEVER).all():
            in_time = np.arange(len(due)) < target
            low, high = np.where(in_time, 1, 190), np.where(in_time, 178, 420)
            reviewed[due] = last - self.rng.integers(low, high)
            reviewed[due[-9:]] = NEVER
            return
        soon = counted[current & (reviewed[counted] < half_year_ago + 40)]
        early = soon[self.rng.random(len(soon)) < 0.25]
        due = np.append(due[: max(target - int(current.sum()), 0)], early)
        reviewed[due] = self._days(due, month)

    def states(self, month: int, counted: Rows) -> pd.DataFrame:
        """Return how things stand for those `counted`, and for others who are not owed as much."""
        last = LAST[month]
        waiting = (self.entered < last - 91) & (self.gone > last)
        waiting &= (self.eighteenth <= last + 2 * 365) & (self.eighteenth > last)
        eligible = np.flatnonzero(waiting & (self.habit < 0.6))
        away = (self.left <= last) & ~self.advised.running & (self.age_25 > last)
        qualifying = np.flatnonzero(away & (self.habit > 0.8))
        others = np.append(eligible, qualifying)
        planned = last - (last + self.cycle[others]) % 210
        reviewed = self.reviewed[counted]
        owed = np.where(self.eighteenth[counted] > last, "Relevant", "Former relevant")
        other = np.repeat(["Eligible", "Qualifying"], [len(eligible), len(qualifying)])
        return pd.DataFrame(
            {
                "child_id": np.append(counted, others),
                "extract_date": last,
                "eligibility": np.append(owed, other),
                "pathway_plan_date": np.append(
                    np.where(reviewed == NEVER, OPEN, reviewed), planned
                ),
            }
        )

    def _days(self, rows: Rows, month: int) -> Days:
        return self.working.between(FIRST[month], LAST[month], self.rng.random(len(rows)))
