"""What is recorded around invented cases: placements, supervision, leavers' plans, allocations.

Days are whole numbers, as in `kpi.demo_cases`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo_cases import (
    END,
    FIRST,
    HAPPENED,
    LAST,
    NEVER,
    OPEN,
    RECORDS_BEGIN,
    Courses,
    Days,
    Flags,
    Rows,
    Spells,
    WorkingDays,
    birthday,
    day,
    index,
    together,
)

RESTRUCTURE = day("2024-09-01")
FIRST_EXTRACT = day("2022-04-01")
SUPPORTED_FROM = day("2024-04-01")  # from here supported accommodation is K3; before, H5

# Shares of placement types by age, for a placement begun under 16 and one begun from 16 on
YOUNGER = {"U6": 0.44, "U4": 0.21, "U3": 0.12, "K2": 0.09, "P1": 0.06, "U1": 0.05, "S1": 0.03}
OLDER = {"U6": 0.26, "K3": 0.40, "K2": 0.14, "U4": 0.12, "P1": 0.04, "S1": 0.03, "R5": 0.02}
LEFT_AT_18 = {"E5": 0.35, "E17": 0.30, "E6": 0.15, "E15": 0.05, "E7": 0.05, "E8": 0.10}
LEFT_YOUNGER = {
    "E4A": 0.42,
    "E46": 0.17,
    "E41": 0.13,
    "E8": 0.13,
    "E4B": 0.07,
    "E13": 0.05,
    "E3": 0.03,
}
NEW_WORKER = {
    "LEFTRL": 0.52,
    "MANAGE": 0.14,
    "ABSENC": 0.10,
    "OTHERS": 0.12,
    "CHCHAN": 0.05,
    "PCCHAN": 0.07,
}


def choose(shares: dict[str, float], size: int, rng: Generator) -> NDArray:
    """Return `size` of the words of `shares`, each as often as its share."""
    weight = np.array(list(shares.values()))
    return rng.choice(np.array(list(shares), object), p=weight / weight.sum(), size=size)


# Placements and episodes


def care_episodes(
    care: pd.DataFrame, children: pd.DataFrame, courses: Courses, rng: Generator
) -> pd.DataFrame:
    """Return the episodes of every period of care, as the return codes them, with period_start."""
    eighteenth = children["eighteenth"].to_numpy()[care["child"]]
    age_at_end = (care["end"].to_numpy() - children["dob"].to_numpy()[care["child"]]) / 365.25
    long = (care["end"] - care["start"]).to_numpy() > 330
    care = care.assign(
        born=children["dob"].to_numpy()[care["child"]],
        alone=children["alone"].to_numpy()[care["child"]]
        & (eighteenth - care["start"].to_numpy() < 1150),
        adopted=long & (age_at_end < 7) & (rng.random(len(care)) < 0.45),
        of_age=care["end"].to_numpy() == eighteenth,
    )
    homes = _described(_moves(care, courses, rng), care, courses, rng)
    events = _events(homes, care, rng)
    return _as_episodes(events, homes, care, rng)


def _moves(care: pd.DataFrame, courses: Courses, rng: Generator) -> pd.DataFrame:
    """Return period, child, start and end of every placement, moved as often as published."""
    count, most = len(care), 14
    restless = rng.random(count) < 0.145
    usual = np.where(restless, 150, 1100)[:, None]
    stay = 9 + rng.exponential(np.repeat(usual, most, axis=1))
    stay[:, 0] = np.where(rng.random(count) < 0.36, 9 + rng.exponential(55, count), stay[:, 0])
    start = care["start"].to_numpy()[:, None] + np.cumsum(stay, axis=1).astype(int)
    until = np.minimum(care["end"].to_numpy(), END + 1)
    period, nth = np.nonzero(start < until[:, None] - 9)
    later = pd.DataFrame({"period": period, "start": start[period, nth]})
    first = pd.DataFrame({"period": np.arange(count), "start": care["start"].to_numpy()})
    homes = _with_ends(pd.concat([first, later]), care)
    # The two looks back overlap from December 2023 to March 2024, so nothing is moved there.
    for month, since, to in (
        ("2024-03", day("2023-04-08"), day("2023-11-30")),
        ("2024-11", day("2024-04-08"), day("2024-11-20")),
    ):
        target = int(np.rint(courses["three_or_more_placements"][index(month)]))
        homes = _settled(homes, care, target, index(month), since, to, rng)
    return homes


def _with_ends(homes: pd.DataFrame, care: pd.DataFrame) -> pd.DataFrame:
    """Return the placements in order, each ending as the next of its period begins."""
    homes = homes.sort_values(["period", "start"], ignore_index=True)[["period", "start"]]
    period, start = homes["period"].to_numpy(), homes["start"].to_numpy()
    last = np.append(period[1:] != period[:-1], True)
    end = np.where(last, care["end"].to_numpy()[period], np.append(start[1:], OPEN))
    return homes.assign(end=end, child=care["child"].to_numpy()[period])


def _settled(
    homes: pd.DataFrame,
    care: pd.DataFrame,
    target: int,
    month: int,
    since: int,
    to: int,
    rng: Generator,
) -> pd.DataFrame:
    """Return the placements with moves from `since` to `to` taken away or added, until `target`
    children in care at the month's end have had three or more placements in its year.
    """
    end, year_ago = LAST[month], LAST[month - 12]
    within = homes[
        (homes["start"] <= end) & (homes["end"] > year_ago) & (homes["end"] > homes["start"])
    ]
    here = care[(care["start"] <= end) & (care["end"] > end)]
    had = within.groupby("child").size().reindex(here["child"], fill_value=0)
    excess = int((had >= 3).sum()) - target
    first = homes["period"].ne(homes["period"].shift())
    movable = homes[~first & homes["start"].between(since, to)]
    if excess > 0:
        possible = movable[movable["child"].isin(had.index[had >= 3])]
        spare = possible.groupby("child").size()
        able = spare.index[spare >= had[spare.index] - 2].to_numpy()
        calmed = rng.permutation(able)[:excess]
        return _with_ends(homes.drop(possible.index[possible["child"].isin(calmed)]), care)
    steady = here[here["child"].isin(had.index[had == 2]) & (here["start"] < since)]
    tries = pd.DataFrame({"period": np.repeat(steady.index.to_numpy(), 12)})
    tries["start"] = rng.integers(since, to, len(tries))
    near = tries.reset_index().merge(
        homes[["period", "start"]], on="period", suffixes=("", "_of_other")
    )
    clash = near.loc[(near["start"] - near["start_of_other"]).abs() < 14, "index"]
    tries = tries.drop(clash.unique()).drop_duplicates("period").sample(frac=1, random_state=rng)
    return _with_ends(pd.concat([homes, tries.iloc[: max(-excess, 0)]]), care)


def _described(
    homes: pd.DataFrame, care: pd.DataFrame, courses: Courses, rng: Generator
) -> pd.DataFrame:
    """Return the placements with their place and distance: as many far away as published."""
    start, period = homes["start"].to_numpy(), homes["period"].to_numpy()
    month = np.clip(np.searchsorted(FIRST, start, "right") - 1, 0, HAPPENED - 1)
    far = rng.random(len(homes)) < courses["placed_far"][month]
    unknown = care["alone"].to_numpy()[period] & (rng.random(len(homes)) < 0.06)
    far = _as_far(far & ~unknown, unknown, homes, courses, rng)

    from_16 = start >= birthday(care["born"].to_numpy()[period], 16)
    place = np.where(from_16, choose(OLDER, len(homes), rng), choose(YOUNGER, len(homes), rng))
    place = np.where(
        far & np.isin(place, ["U3", "U4", "P1"]) & (rng.random(len(homes)) < 0.6), "K2", place
    )
    place = np.where((place == "K3") & (start < SUPPORTED_FROM), "H5", place)
    last = homes["period"].ne(homes["period"].shift(-1)).to_numpy()
    first = homes["period"].ne(homes["period"].shift()).to_numpy()
    place = np.where(care["adopted"].to_numpy()[period] & last & ~first, "A6", place)

    nearby = np.minimum(0.2 + rng.gamma(1.6, 3.4, len(homes)), 20.0)
    away = np.minimum(20.1 + rng.exponential(28, len(homes)), 260)
    miles = np.select([unknown, far], [999.9, away.round(1)], nearby.round(1))
    return homes.assign(place=place, miles=miles)


def _as_far(
    far: Flags, unknown: Flags, homes: pd.DataFrame, courses: Courses, rng: Generator
) -> Flags:
    """Return `far` changed for as few placements as give the published numbers of two month ends.

    Placements that stood at both ends are set first, then those that stood at one.
    """
    september, november = index("2024-09"), index("2024-11")
    stood = [
        ((homes["start"] <= LAST[m]) & (homes["end"] > LAST[m])).to_numpy() & ~unknown
        for m in (september, november)
    ]
    both = stood[0] & stood[1]
    then, now = stood[0] & ~both, stood[1] & ~both
    published = [int(np.rint(courses["placed_over_20_miles"][m])) for m in (september, november)]
    new = min(
        int((far & now).sum()), 4, int(now.sum()), int(then.sum()) - published[0] + published[1]
    )
    far = far.copy()
    for which, target in (
        (both, published[1] - new),
        (now, new),
        (then, published[0] - published[1] + new),
    ):
        excess = int((far & which).sum()) - target
        rows = np.flatnonzero(which & (far if excess > 0 else ~far))
        far[rng.permutation(rows)[: abs(excess)]] = excess < 0
    return far


def _events(homes: pd.DataFrame, care: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return one row for each period and day on which placement, carer's terms or law changed."""
    start, end = care["start"].to_numpy(), np.minimum(care["end"].to_numpy(), END + 1)
    count = len(care)

    # Law: an agreement or an order to begin with, then interim and full care orders
    law = choose({"V2": 0.38, "C1": 0.48, "L2": 0.06, "L1": 0.08}, count, rng)
    law = np.where(care["alone"], "V2", law)
    soon = np.select(
        [law == "V2", law == "C1"], [40 + 160 * rng.random(count), 150 + 140 * rng.random(count)], 5
    )
    turns = (
        np.where(law == "V2", rng.random(count) < 0.28, rng.random(count) < 0.85) & ~care["alone"]
    )
    second = np.where(law == "C1", "C2", "C1")
    then = (start + soon).astype(int)
    finally_ = then + 170 + (80 * rng.random(count)).astype(int)
    settles = turns & (second == "C1") & (rng.random(count) < 0.75)
    laws = pd.concat(
        [
            pd.DataFrame({"period": np.arange(count), "day": start, "ls": law}),
            pd.DataFrame({"period": np.arange(count), "day": then, "ls": second})[
                turns & (then < end - 3)
            ],
            pd.DataFrame({"period": np.arange(count), "day": finally_, "ls": "C2"})[
                settles & (finally_ < end - 3)
            ],
        ]
    )
    placed = homes.reset_index(names="home").rename(columns={"start": "day"})[
        ["period", "day", "home", "place"]
    ]
    # Now and then the court's order is what moves the child: both happen on one day.
    laws["day"] = _drawn_to(laws, placed, rng)

    # The same carers on new terms: matched for the long term, or adopting
    rows = homes[(np.minimum(homes["end"], END) - homes["start"]) > 420]
    adopting = care["adopted"].to_numpy()[rows["period"]] & (rows["place"] != "A6").to_numpy()
    matched = (rows["place"] == "U6").to_numpy() & (rng.random(len(rows)) < 0.18)
    terms = rows[matched | adopting].rename(columns={"start": "day"})[["period", "day"]]
    terms = terms.assign(terms=np.where(adopting, "A5", "U4")[matched | adopting])
    terms["day"] += rng.integers(200, 400, len(terms))
    events = pd.concat([placed, laws, terms]).groupby(["period", "day"], as_index=False).first()

    # Away for some days and back to the same place: a holiday, hospital, respite with other carers
    stays = homes[np.minimum(homes["end"], END) - homes["start"] > 60].sample(
        frac=0.16, random_state=rng
    )
    room = np.minimum(stays["end"], END).to_numpy() - stays["start"].to_numpy() - 45
    out = stays["start"].to_numpy() + 12 + (room * rng.random(len(stays))).astype(int)
    back = out + rng.integers(2, 19, len(stays))
    key = (events["period"] * OPEN + events["day"]).to_numpy()
    at = stays["period"].to_numpy() * OPEN
    clear = np.searchsorted(key, at + out - 1) == np.searchsorted(key, at + back + 2)
    away = choose({"T3": 0.45, "T1": 0.15, "T2": 0.15, "T4": 0.2, "T0": 0.05}, len(stays), rng)
    absences = [
        pd.DataFrame({"period": stays["period"], "day": out, "away": away})[clear],
        pd.DataFrame({"period": stays["period"], "day": back, "away": ""})[clear],
    ]
    return pd.concat([events, *absences]).sort_values(["period", "day"], ignore_index=True)


def _drawn_to(laws: pd.DataFrame, placed: pd.DataFrame, rng: Generator) -> Days:
    """Return the days of `laws`, one in six moved to the next new placement, if within 60 days."""
    key = np.sort((placed["period"] * OPEN + placed["day"]).to_numpy())
    own = (laws["period"] * OPEN + laws["day"]).to_numpy()
    following = np.append(key, 10 * key[-1])[np.searchsorted(key, own)]
    moved = (following - own < 60) & (rng.random(len(laws)) < 0.17)
    return np.where(moved, following, own) % OPEN


def _as_episodes(
    events: pd.DataFrame, homes: pd.DataFrame, care: pd.DataFrame, rng: Generator
) -> pd.DataFrame:
    """Return the episodes that lie between the events, coded as the return codes them."""
    period, decom = events["period"].to_numpy(), events["day"].to_numpy()
    begins = np.append(True, period[1:] != period[:-1])
    ends = np.append(begins[1:], True)
    moved = (events["home"].notna() | events["away"].notna()).to_numpy()
    law, terms = events["ls"].notna().to_numpy(), events["terms"].notna().to_numpy()
    rne = np.select(
        [begins, moved & law, moved, terms & law, terms], ["S", "B", "P", "U", "T"], "L"
    )
    home = events["home"].ffill().astype(int).to_numpy()
    settled = events["terms"].fillna(events["place"]).ffill()
    absent = events["away"].fillna("").ne("").to_numpy()
    place = np.where(absent, events["away"], settled)
    miles = homes["miles"].to_numpy()[home]
    # Somewhere else while away, but on the same side of 20 miles.
    elsewhere = np.where(miles > 20, miles + 2.5, miles * 0.7).round(1)
    miles = np.where(absent & (miles < 900), elsewhere, miles)
    until = care["end"].to_numpy()[period]
    reason = np.select(
        [care["of_age"].to_numpy()[period], care["adopted"].to_numpy()[period]],
        [choose(LEFT_AT_18, len(care), rng)[period], "E12"],
        choose(LEFT_YOUNGER, len(care), rng)[period],
    )
    dec = np.where(ends, until, np.append(decom[1:], OPEN))
    return pd.DataFrame(
        {
            "child": care["child"].to_numpy()[period],
            "decom": decom,
            "rne": rne,
            "ls": events["ls"].ffill(),
            "place": place,
            "dec": dec,
            "rec": pd.Series(np.where(ends, reason, "X1")).where(dec != OPEN, None),
            "pl_distance": miles,
            "period_start": care["start"].to_numpy()[period],
        }
    )


# Supervision


def supervision(
    care: pd.DataFrame,
    cin: pd.DataFrame,
    cp: pd.DataFrame,
    family: Rows,
    courses: Courses,
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return child, day and kind of each supervision.

    At each month's end, as many of those with a plan or in care as the course says have been
    discussed in this month or the last.
    """
    discussed = np.zeros(len(family), bool)
    rows_of, days_of = [], []
    for month in range(index("2016-01"), HAPPENED):
        first, last = FIRST[month], LAST[month]
        now = np.zeros(len(family), bool)
        since = np.full(len(family), first)
        for spells, course, spare in ((care, "care", 7), (cin, "cin", 0), (cp, "cp", 0)):
            there = spells[(spells["start"] <= last - spare) & (spells["end"] > last)]
            rows = there["child"].to_numpy()
            since[rows] = np.maximum(there["start"].to_numpy(), first)
            target = int(np.rint(courses[f"{course}_supervised"][month] * len(rows)))
            fresh = rows[~discussed[rows]]
            order = np.argsort(together(family[fresh], rng), kind="stable")
            now[fresh[order][: max(target - int(discussed[rows].sum()), 0)]] = True
            again = rows[discussed[rows]]
            now[again[together(family[again], rng) < 0.5]] = True
        chosen = np.flatnonzero(now)
        rows_of.append(chosen)
        days_of.append(working.between(since[chosen], last, together(family[chosen], rng)))
        discussed = now
    child, days = np.concatenate(rows_of), np.concatenate(days_of)
    # Personal supervision, in which a case may come up, is not the case's own supervision.
    personal = rng.choice(len(child), len(child) // 12, replace=False)
    later = working.between(days[personal] + 5, days[personal] + 150, rng.random(len(personal)))
    return pd.DataFrame(
        {
            "child": np.concatenate([child, child[personal]]),
            "day": np.concatenate([days, later]),
            "kind": np.repeat(["case", "personal"], [len(child), len(personal)]),
        }
    ).query("day <= @END")


# Care leavers


def care_leavers(
    care: pd.DataFrame,
    children: pd.DataFrame,
    courses: Courses,
    working: WorkingDays,
    rng: Generator,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return each month's state of each care leaver, and who had an adviser from when to when.

    states: child, extract, eligibility, reviewed · advised: child, start, end
    """
    leavers = _Leavers(care, children, working, rng)
    states = []
    for month in range(index("2022-04"), HAPPENED):
        counted = leavers.advise(month, int(np.rint(courses["care_leavers"][month])))
        share = courses["pathway_plans_up_to_date"][month]
        leavers.review(month, counted, int(np.rint(share * len(counted))))
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
        owed = np.where(self.eighteenth[counted] > last, "Relevant", "Former relevant")
        other = np.repeat(["Eligible", "Qualifying"], [len(eligible), len(qualifying)])
        return pd.DataFrame(
            {
                "child": np.append(counted, others),
                "extract": last,
                "eligibility": np.append(owed, other),
                "reviewed": np.append(self.reviewed[counted], planned),
            }
        )

    def _days(self, rows: Rows, month: int) -> Days:
        return self.working.between(FIRST[month], LAST[month], self.rng.random(len(rows)))


# Who held the case


@dataclass(frozen=True)
class Teams:
    """Which team holds a family's case: the same at every stage, until the restructure."""

    family: Rows
    dob: Days
    roll: NDArray[np.float64]  # for each family, which of the numbered teams
    draw: NDArray[np.float64]  # for each family, whether a team that came later took it over

    def holding(self, stage: NDArray, child: Rows, days: Days) -> NDArray:
        """Return the team of each child's case at its stage: assessment, plan, care or breaks."""
        roll, draw = self.roll[self.family[child]], self.draw[self.family[child]]
        after = days >= RESTRUCTURE
        third, half = (roll * 3).astype(int), (roll * 2).astype(int)
        adolescent = after & (days - self.dob[child] > 14 * 365.25)
        return np.select(
            [
                (stage == "breaks") | ((stage != "care") & (draw > 0.955)),
                (stage == "assessment") & after & (draw < 0.33),
                stage == "assessment",
                (stage == "plan") & adolescent & (draw < 0.30),
                (stage == "plan") & after & (draw > 0.87),
                (stage == "plan") & after,
                stage == "plan",
                after & (draw < 0.30),
                after,
            ],
            [
                "cwd",
                "assessment_3",
                _numbered("assessment", half),
                "adolescent",
                "intervention_4",
                _numbered("intervention", third),
                _numbered("safeguarding", third),
                "corporate_parenting_3",
                _numbered("corporate_parenting", half),
            ],
            _numbered("children_in_care", half),
        )


def _numbered(name: str, nth: Rows) -> NDArray:
    return np.array([f"{name}_{number}" for number in (1, 2, 3)], object)[nth]


def allocations(spells: pd.DataFrame, teams: Teams, rng: Generator) -> pd.DataFrame:
    """Return each allocation of a social worker: child, worker, team, start, end and reason.

    `spells` has child, start, end and stage of every case. Siblings change workers together.
    """
    spells = spells.sort_values(["child", "start", "stage"], ignore_index=True)
    child, start = spells["child"].to_numpy(), spells["start"].to_numpy()
    follows = np.append(child[1:] == child[:-1], False)
    end, following = spells["end"].to_numpy(), np.append(start[1:], OPEN)
    # Held until the next stage begins, also over the weeks between an assessment and a plan.
    end = np.where(follows & ((end > following) | (following - end < 60)), following, end)
    spells = spells.assign(end=end)[(end > RECORDS_BEGIN) & (end > start)].reset_index(drop=True)

    pieces = _split(spells, teams, rng)
    started = np.where(pieces["stage"] == "assessment", pieces["spell_start"], pieces["start"])
    team = teams.holding(pieces["stage"].to_numpy(), pieces["child"].to_numpy(), started)
    first = pieces["child"].ne(pieces["child"].shift()).to_numpy()
    continues = (pieces["start"] > pieces["spell_start"]).to_numpy()
    reason = np.select(
        [first, pieces["start"] == RESTRUCTURE, continues],
        ["FCONTA", "ORGRST", choose(NEW_WORKER, len(pieces), rng)],
        "TSPROC",
    )
    start, end = pieces["start"].to_numpy(), pieces["end"].to_numpy()
    # A few begin late, so that nobody holds the case meanwhile; a few run on beside the next.
    gap = rng.integers(5, 75, len(pieces))
    gap = np.where((rng.random(len(pieces)) < 0.045) & (end - start > gap + 7), gap, 0)
    on = rng.integers(3, 20, len(pieces))
    past_restructure = (end <= RESTRUCTURE) & (end + on > RESTRUCTURE)
    on = np.where((rng.random(len(pieces)) < 0.015) & (end + on < END) & ~past_restructure, on, 0)
    rows = pd.DataFrame(
        {
            "child": pieces["child"],
            "role": "social worker",
            "worker": _workers(
                team, teams.family[pieces["child"]], pieces["turn"].to_numpy(), start
            ),
            "team": team,
            "start": start + gap,
            "end": end + on,
            "reason": reason,
        }
    )
    return rows[rows["start"] <= END]


def _split(spells: pd.DataFrame, teams: Teams, rng: Generator) -> pd.DataFrame:
    """Return the spells cut where the worker changed, and where the team came to its end."""
    family = teams.family[spells["child"]]
    held = spells[spells["stage"] != "assessment"]
    span = held.groupby(teams.family[held["child"]]).agg(start=("start", "min"), end=("end", "max"))
    length = np.minimum(span["end"], END).to_numpy() - span["start"].to_numpy()
    changes = rng.poisson(np.maximum(length, 0) / 330)
    of = np.repeat(np.arange(len(span)), changes)
    when = span["start"].to_numpy()[of] + (length[of] * rng.random(len(of))).astype(int)
    point = np.unique(span.index.to_numpy()[of] * OPEN + when)

    start, end = spells["start"].to_numpy(), np.minimum(spells["end"].to_numpy(), END)
    low = np.searchsorted(point, family * OPEN + start + 20)
    high = np.maximum(np.searchsorted(point, family * OPEN + end - 10), low)
    row = np.repeat(np.arange(len(spells)), high - low)
    nth = (
        low[row] + np.arange(len(row)) - np.repeat(np.cumsum(high - low) - (high - low), high - low)
    )
    stage = spells["stage"].to_numpy()
    ended = np.flatnonzero(
        np.isin(stage, ["plan", "care"]) & (start < RESTRUCTURE) & (end > RESTRUCTURE)
        & (teams.holding(stage, spells["child"].to_numpy(), start) != "cwd")
    )  # fmt: skip
    cuts = pd.DataFrame(
        {
            "row": np.concatenate([np.arange(len(spells)), row, ended]),
            "start": np.concatenate([start, point[nth] % OPEN, np.full(len(ended), RESTRUCTURE)]),
        }
    ).drop_duplicates()
    cuts = cuts.sort_values(["row", "start"], ignore_index=True)
    row, start = cuts["row"].to_numpy(), cuts["start"].to_numpy()
    last = np.append(row[1:] != row[:-1], True)
    pieces = (
        spells.loc[row, ["child", "stage"]]
        .reset_index(drop=True)
        .assign(
            spell_start=spells["start"].to_numpy()[row],
            start=start,
            end=np.where(last, spells["end"].to_numpy()[row], np.append(start[1:], OPEN)),
            turn=np.searchsorted(point, family[row] * OPEN + start, "right"),
        )
    )
    pieces = pieces[pieces["end"] > RECORDS_BEGIN].reset_index(drop=True)
    return pieces.assign(start=np.maximum(pieces["start"], RECORDS_BEGIN))


def _workers(team: NDArray, family: Rows, turn: Rows, start: Days) -> NDArray[np.int64]:
    """Return the number of a worker of each team: one of nine, who are others every two years."""
    number = np.unique(team, return_inverse=True)[1]
    years = (start - RECORDS_BEGIN) // 730
    return 1000 * number + 20 * years + (family + 2 * turn) % 9
