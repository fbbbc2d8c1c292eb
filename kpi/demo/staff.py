"""Staff: the social workers of each team, who came and who left, month by month.

Teams are named as since the restructure; their workers were together before it too.
"""

from collections import Counter

import numpy as np
import pandas as pd
from numpy.random import Generator

from kpi.demo.chance import choose
from kpi.demo.courses import Courses
from kpi.demo.days import FIRST, LAST, OPEN, RECORDS_BEGIN, WorkingDays
from kpi.demo.teams import RESTRUCTURE

HOURS = {"1.0": 0.80, "0.8": 0.10, "0.7": 0.04, "0.6": 0.06}  # of full time
LEAVES_IN_A_YEAR = 0.20  # of the council's own; published for 2024: 22.2% of those in post
STAYS_MONTHS = 18  # an agency's worker, on average
MASH = 5  # full-time equivalents at the front door
NEWLY_QUALIFIED = 0.5  # of those whom the council takes on itself


def employ(
    cases: pd.DataFrame, courses: Courses, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return worker, team, moved_to, fte, agency, asye (newly qualified), start and leave.

    cases: children held by each team (a column) at the end of each month (a row by its number)

    So many are in post each month as share out all cases by the course of the average caseload,
    and a few at the front door, who hold none.
    Nobody moves but at the restructure, when `moved_to` is another team.
    """
    office = _Office([*cases.columns, "mash"], courses, working, rng)
    # A busy month alone brings few: posts follow what is usual around it.
    usual = 0.75 * cases + 0.25 * cases.rolling(3, center=True).mean().fillna(cases)
    usual = usual.where(cases > 0, 0)  # a team has nobody before it begins
    for month, of_month in usual.iterrows():
        office.turn_to(int(month), of_month.to_numpy())
    return pd.DataFrame(office.people)


class _Office:
    """Everybody who was ever in post, and how many children each team has to share out."""

    def __init__(
        self, teams: list[str], courses: Courses, working: WorkingDays, rng: Generator
    ) -> None:
        self.teams, self.courses, self.working, self.rng = teams, courses, working, rng
        self.people: list[dict] = []
        self.in_post: list[dict] = []
        self.begun = np.zeros(len(teams), bool)  # which teams have had cases
        self.owed = {True: 0.0, False: 0.0}  # how many more are due to leave, of agencies or not
        self.left_last: dict[str, int] = {}  # the month in which somebody last left each team

    def turn_to(self, month: int, cases: np.ndarray) -> None:
        """Let people leave in `month`, and others come, until there are as many as are needed."""
        self.month, self.cases = month, np.append(cases, 0)
        self.begun |= self.cases > 0
        self._resign()
        while self._fte()[-1] < MASH - 0.5:
            self._take_on("mash")
        needed = cases.sum() / self.courses["caseload"][month]
        while needed - self._fte()[:-1].sum() > 0.5 or (self._fte() == 0).any(where=self.begun):
            self._take_on(self.teams[int(np.argmax(self._pressure()))])
        while (spare := self._spare()) and self._fte()[:-1].sum() - needed > 0.6:
            pressure = dict(zip(self.teams, self._pressure(), strict=True))
            self._leave(min(spare, key=lambda one: pressure[one["moved_to"]]))
        if self._restructuring():
            self._even_out("assessment", most_apart=1.6)
            self._even_out("intervention adolescent", most_apart=2.2)

    def _fte(self) -> np.ndarray:
        fte = dict.fromkeys(self.teams, 0.0)
        for one in self.in_post:
            fte[one["moved_to"]] += one["fte"]
        return np.array(list(fte.values()))

    def _pressure(self) -> np.ndarray:
        """Return each team's children for each worker: most where there is nobody for them."""
        return np.where(self.begun, np.maximum(self.cases, 1) / np.maximum(self._fte(), 0.01), 0)

    def _spare(self) -> list[dict]:
        """Return the agencies' workers who could be let go: not new, and not alone in a team."""
        beside = Counter(one["moved_to"] for one in self.in_post)
        return [
            one
            for one in self.in_post
            if one["agency"]
            and one["start"] < FIRST[self.month]
            and one["moved_to"] != "mash"
            and beside[one["moved_to"]] > 1
        ]

    def _resign(self) -> None:
        """Let as many leave as usually do, and not one after another from one team."""
        for agency, in_a_year in ((False, LEAVES_IN_A_YEAR), (True, 12 / STAYS_MONTHS)):
            those = [one for one in self.in_post if one["agency"] == agency]
            self.owed[agency] += len(those) * in_a_year / 12
            for nth in self.rng.permutation(len(those)):
                spared = self._spared(those[nth]["moved_to"])
                if self.owed[agency] >= 1 and not spared:
                    self.owed[agency] -= 1
                    self._leave(those[nth])

    def _spared(self, team: str) -> bool:
        """Return whether somebody left the team too lately, or one as small beside it."""
        ago = {name: self.month - month for name, month in self.left_last.items()}
        beside = [ago[name] for name in ago if name[:-1] == team[:-1]]
        parenting = team.startswith("corporate_parenting")
        others = min(beside, default=99) if parenting else 99
        return self._restructuring() or ago.get(team, 99) < 3 or others < 2

    def _restructuring(self) -> bool:
        return FIRST[self.month] == RESTRUCTURE

    def _leave(self, one: dict) -> None:
        first, last = FIRST[self.month] + 5, LAST[self.month]
        one["leave"] = int(self.working.between(first, last, np.array(self.rng.random())))
        self.in_post.remove(one)
        self.left_last[one["moved_to"]] = self.month

    def _take_on(self, team: str) -> None:
        total = sum(one["fte"] for one in self.in_post)
        from_agency = sum(one["fte"] for one in self.in_post if one["agency"])
        agency = from_agency < self.courses["agency"][self.month] * (total + 0.5)
        one = {
            "worker": len(self.people),
            "team": team,
            "moved_to": team,
            "fte": 1.0 if agency else float(choose(HOURS, 1, self.rng)[0]),
            "agency": agency,
            "asye": not agency and self.rng.random() < NEWLY_QUALIFIED,
            "start": int(FIRST[self.month]) - self._already_here(),
            "leave": OPEN,
        }
        self.people.append(one)
        self.in_post.append(one)

    def _already_here(self) -> int:
        """Return how long ago somebody came who was in post when the records begin."""
        first_month = FIRST[self.month] == RECORDS_BEGIN
        return int(self.rng.exponential(1300)) if first_month else 0

    def _even_out(self, kinds: str, *, most_apart: float) -> None:
        """Move workers among teams of some kinds, from where each of them has the fewest cases."""
        alike = [nth for nth, team in enumerate(self.teams) if team.split("_")[0] in kinds]
        for _ in self.in_post:
            pressure = self._pressure()[alike]
            most, least = (self.teams[alike[int(of(pressure))]] for of in (np.argmax, np.argmin))
            settled = [one for one in self.in_post if one["moved_to"] == least]
            if pressure.max() < most_apart * pressure.min() or len(settled) < 2:
                break
            settled[int(self.rng.integers(len(settled)))]["moved_to"] = most
