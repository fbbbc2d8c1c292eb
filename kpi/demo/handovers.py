"""Handovers: which worker held each family's case, and when it passed to another.

A family stays with one worker of a team until the worker leaves or somebody decides otherwise. As
often is it decided as makes as many children as the courses say have had three workers in a year.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.random import Generator

from kpi.demo.chance import choose
from kpi.demo.courses import Courses
from kpi.demo.days import FIRST, LAST, NEVER, NOBODY, OPEN, WorkingDays, months_from
from kpi.demo.teams import RESTRUCTURE

DECIDED = {"MANAGE": 0.30, "ABSENC": 0.20, "OTHERS": 0.24, "CHCHAN": 0.11, "PCCHAN": 0.15}
DECIDED_IN_A_MONTH = 0.005  # of a team's families, besides what the courses ask for
Group = tuple[int, str]  # a family, and the team that holds its case
Followed = tuple[pd.DataFrame, str]  # plans or care, and the course of three or more workers


def hand_over(
    spells: pd.DataFrame,
    staff: pd.DataFrame,
    followed: Sequence[Followed],
    courses: Courses,
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return child, team, worker, start, end and reason of every allocation.

    spells: child, family, team, start, end and reason, by start, each in one team
    """
    caseloads = _Caseloads(spells, staff, working, rng)
    for month in months_from("2016-01"):
        caseloads.turn_to(month)
        for plans, course in followed:
            open_then = (plans["start"] <= LAST[month]) & (plans["end"] > LAST[month])
            children = plans.loc[open_then, "child"].tolist()
            caseloads.unsettle(children, round(courses[course][month] * len(children)))
        caseloads.close()
    return caseloads.allocations()


class _Caseloads:
    """Who holds each family's case, from one month to the next."""

    def __init__(
        self, spells: pd.DataFrame, staff: pd.DataFrame, working: WorkingDays, rng: Generator
    ) -> None:
        self.working, self.rng, self.staff = working, rng, staff
        self.child, self.end, self.reason = (
            spells[name].tolist() for name in ("child", "end", "reason")
        )
        self.group = list(zip(spells["family"].tolist(), spells["team"].tolist(), strict=True))
        self.start = spells["start"].to_numpy()
        self.fte = staff["fte"].tolist()
        self.load = np.zeros(len(staff)).tolist()  # children held by each worker
        self.open: dict[Group, list[int]] = defaultdict(list)  # the spells of each group
        self.worker: dict[Group, int] = {}  # also the last one of a group that is closed
        self.closed: dict[Group, int] = {}
        self.now: dict[int, tuple[int, int, str]] = {}  # who holds a spell, since when, and why
        self.spell: dict[int, int] = {}  # each child's newest
        self.last_held: dict[int, dict[int, int]] = defaultdict(dict)  # by child and worker
        self.written: list[tuple] = []

    def turn_to(self, month: int) -> None:
        """Let the month's cases be dealt out, workers leave, and a few families change worker."""
        self.first, self.last = int(FIRST[month]), int(LAST[month])
        self.year_ago = int(LAST[max(month - 12, 0)])
        self.moved: set[Group] = set()
        after = self.first >= RESTRUCTURE
        staff = self.staff[(self.staff["start"] <= self.first) & (self.staff["leave"] > self.first)]
        staying = staff[staff["leave"] > self.last]
        self.available = staying.groupby("moved_to" if after else "team").groups
        low, high = np.searchsorted(self.start, [self.first, self.last + 1])
        for spell in range(low, high):
            self._deal(spell)
        leaving = dict(zip(staff.index, staff["leave"], strict=True))
        staying_in = {team: set(workers) for team, workers in self.available.items()}
        chance = iter(self.rng.random(len(self.open)).tolist())
        for group in list(self.open):
            worker = self.worker[group]
            if worker in leaving and worker not in staying_in[group[1]]:
                day = leaving[worker] if leaving[worker] <= self.last else self.first
                self._pass_on(group, day, "LEFTRL")
            elif next(chance) < DECIDED_IN_A_MONTH:
                self._decide(group)

    def unsettle(self, children: Iterable[int], wanted: int) -> None:
        """Change workers until `wanted` of the children have had three or more in a year."""
        had = {child: self._had(child) for child in children}
        missing = wanted - sum(number >= 3 for number in had.values())
        gained: dict[Group, int] = defaultdict(int)  # how many come to three with one change
        for child in [child for child, number in had.items() if number == 2]:
            spell = self.spell[child]
            if spell in self.now and self.now[spell][1] <= self.last - 25:
                gained[self.group[spell]] += 1
        groups = [group for group in gained if group not in self.moved]
        for nth in self.rng.permutation(len(groups)).tolist():
            if gained[groups[nth]] <= missing:
                missing -= gained[groups[nth]]
                self._decide(groups[nth])

    def close(self) -> None:
        """Close the cases that ended in the month."""
        for group, spells in list(self.open.items()):
            for spell in [spell for spell in spells if self.end[spell] <= self.last]:
                spells.remove(spell)
                self.closed[group] = self.end[spell]
                self._write(spell, self.end[spell])
                self.load[self.now.pop(spell)[0]] -= 1
            if not spells:
                del self.open[group]

    def allocations(self) -> pd.DataFrame:
        """Return every allocation, those still open with the rest."""
        for spell in self.now:
            self._write(spell, OPEN)
        columns = ["child", "team", "worker", "start", "end", "reason"]
        return pd.DataFrame(self.written, columns=columns)

    def _had(self, child: int) -> int:
        """Return how many workers a child has had in the year."""
        return sum(last > self.year_ago for last in self.last_held[child].values())

    def _deal(self, spell: int) -> None:
        """Give a new case to the family's worker in the team, or to whoever has the fewest."""
        group, start = self.group[spell], int(self.start[spell])
        worker = self.worker.get(group, NOBODY)
        lately = self.closed.get(group, NEVER) > start - 30
        if group not in self.open and not (lately and worker in self.available[group[1]]):
            worker = self._least_burdened(group)
        self.worker[group] = worker
        self.open[group].append(spell)
        self.spell[self.child[spell]] = spell
        self._hold(spell, worker, start, self.reason[spell])

    def _least_burdened(self, group: Group) -> int:
        """Return the worker of the team with the fewest cases, if possible a new face."""
        others = [one for one in self.available[group[1]] if one != self.worker.get(group)]
        known = {
            worker
            for spell in self.open.get(group, [])
            for worker, last in self.last_held[self.child[spell]].items()
            if last > self.year_ago
        }
        new = [one for one in others if one not in known]
        choice = new or others or list(self.available[group[1]])
        return min(choice, key=lambda one: self.load[one] / self.fte[one])

    def _decide(self, group: Group) -> None:
        since = max(self.now[spell][1] for spell in self.open[group])
        low = min(max(self.first, since + 14), self.last)
        day = int(self.working.between(low, self.last, np.array(self.rng.random())))
        self._pass_on(group, day, str(choose(DECIDED, 1, self.rng)[0]))

    def _pass_on(self, group: Group, day: int, reason: str) -> None:
        """Let another worker hold the family's case from `day`; now and then, from a while later.

        Now and then the record of one who stays is closed some days too late.
        """
        worker, chance = self._least_burdened(group), self.rng.random(2)
        left = reason == "LEFTRL"
        late = int(5 + 50 * chance[1]) if left and chance[0] < 0.06 else 0
        on = int(3 + 16 * chance[1]) if not left and chance[0] < 0.03 else 0
        for spell in self.open[group]:
            before, since, why = self.now[spell]
            if self.end[spell] <= day:
                continue
            self.load[before] -= 1
            if since < day:
                self._write(spell, min(day + on, self.end[spell]))
                since, why = day + late if day + late < self.end[spell] - 7 else day, reason
            else:
                self.last_held[self.child[spell]].pop(before, None)
            self._hold(spell, worker, since, why)
        self.worker[group] = worker
        self.moved.add(group)

    def _hold(self, spell: int, worker: int, since: int, reason: str) -> None:
        self.now[spell] = worker, since, reason
        self.load[worker] += 1
        self.last_held[self.child[spell]][worker] = OPEN

    def _write(self, spell: int, until: int) -> None:
        worker, since, reason = self.now[spell]
        child = self.child[spell]
        self.written.append((child, self.group[spell][1], worker, since, until, reason))
        self.last_held[child][worker] = until
