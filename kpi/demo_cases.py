"""Invented families: when they are referred and assessed, planned for, and taken into care.

Work is laid out from the month in which it counts: an assessment is given the day it was
authorised first, then the working days it took, and so the day it started. That way a month's
figure is what its course says, by construction, and the days around it follow.

Days are whole numbers counted from 1 January 1970 and children are numbered from 0, so that a
hundred thousand rows are a few sums; `kpi.demo` makes dates and ids of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

Days = NDArray[np.int64]
Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]
Courses = Mapping[str, NDArray[np.float64]]  # a value for each of MONTHS, by figure

OPEN, NEVER = 10**6, -(10**6)  # the end of what has not ended; the day of what has not happened

# Two years more than the records reach back, so that cases stand open on their first day, and
# half a year after the last reported month, so that work stands open on the last.
MONTHS = np.arange("2014-01", "2025-06", dtype="M8[M]")
FIRST: Days = MONTHS.astype("M8[D]").astype(int)
LAST: Days = (MONTHS + 1).astype("M8[D]").astype(int) - 1


def index(month: str) -> int:
    """Return where `month`, such as 2024-11, stands in MONTHS."""
    return int((np.datetime64(month, "M") - MONTHS[0]).astype(int))


def day(text: str) -> int:
    """Return the number of the day `text`, such as 2024-11-30."""
    return int(np.datetime64(text, "D").astype(int))


RECORDS_BEGIN, END = day("2016-01-01"), day("2024-11-30")
HAPPENED = index("2024-11") + 1  # so many of MONTHS lie before END

# How busy the front door is from January to December: school holidays are quiet, and September
# brings what schools have seen.
SEASON = np.array([1.04, 0.98, 1.06, 0.95, 1.03, 1.07, 1.04, 0.80, 1.15, 1.09, 1.06, 0.80])
SIBLINGS = np.array([0.46, 0.28, 0.15, 0.08, 0.03])  # shares of families with 1, 2, … 5 children

# (fewest working days, most, share). Within 45 days the shares are England's in 2025.
IN_TIME = [
    (0, 0, 0.02),
    (1, 10, 0.14),
    (11, 20, 0.20),
    (21, 30, 0.18),
    (31, 40, 0.24),
    (41, 45, 0.22),
]
LATE = [(46, 50, 0.46), (51, 60, 0.33), (61, 105, 0.21)]
CONFERENCE_IN_TIME = [(2, 10, 0.13), (11, 15, 0.87)]
CONFERENCE_LATE = [(16, 20, 0.50), (21, 40, 0.50)]


@dataclass(frozen=True)
class WorkingDays:
    """The working days of England and Wales in order, to count along."""

    days: Days

    @classmethod
    def without(cls, holidays: Sequence) -> "WorkingDays":
        """Return the weekdays that are not among `holidays`."""
        every = np.arange("2012-01-01", "2027-01-01", dtype="M8[D]")
        return cls(every[np.is_busday(every, holidays=np.array(holidays, "M8[D]"))].astype(int))

    def back(self, days: Days, count: Days) -> Days:
        """Return the working day `count` working days before each of `days`."""
        return self.days[np.searchsorted(self.days, days, "right") - 1 - count]

    def between(self, first: Days | int, last: Days | int, share: NDArray) -> Days:
        """Return the working day a `share` of the way from `first` to `last`; `first` if none."""
        low = np.searchsorted(self.days, first)
        high = np.searchsorted(self.days, last, "right")
        return np.where(high > low, self.days[low + ((high - low) * share).astype(int)], first)


class Spells:
    """One kind of plan or care: since when each child has had it, and every spell that ended."""

    def __init__(self, children: int) -> None:
        self.since = np.full(children, OPEN)
        self.ended = np.full(children, NEVER)
        self._over: list[tuple[Rows, Days, Days]] = []

    @property
    def running(self) -> Flags:
        """Which children have one now."""
        return self.since != OPEN

    def start(self, rows: Rows, days: Days) -> None:
        """Begin a spell for each child of `rows`."""
        self.since[rows] = days

    def end(self, rows: Rows, days: Days) -> None:
        """End the running spell of each child of `rows`."""
        self._over.append((rows, self.since[rows], days))
        self.since[rows], self.ended[rows] = OPEN, days

    def table(self) -> pd.DataFrame:
        """Return child, start and end of every spell, by child and start."""
        now = np.flatnonzero(self.running)
        parts = [*self._over, (now, self.since[now], np.full(len(now), OPEN))]
        columns = (np.concatenate(part) for part in zip(*parts, strict=True))
        table = pd.DataFrame(dict(zip(("child", "start", "end"), columns, strict=True)))
        return table.sort_values(["child", "start"], ignore_index=True)


def birthday(dob: Days, age: int) -> Days:
    """Return the day a child turns `age`; those born on 29 February, the 28th in other years."""
    born = dob.astype("M8[D]")
    month = born.astype("M8[M]")
    turned = (month + 12 * age).astype("M8[D]").astype(int) + (born - month).astype(int)
    return np.minimum(turned, (month + 12 * age + 1).astype("M8[D]").astype(int) - 1)


def drawn(bands: Sequence[tuple[int, int, float]], size, rng: Generator) -> NDArray[np.int64]:
    """Return whole numbers from `bands` of (fewest, most, share)."""
    low, high, share = (np.array(part) for part in zip(*bands, strict=True))
    band = rng.choice(len(bands), p=share, size=size)
    return rng.integers(low[band], high[band] + 1)


def in_turn(shares: NDArray, rng: Generator) -> Flags:
    """Return flags of which each stretch holds its share: chance without luck's long runs."""
    total = np.floor(np.cumsum(shares) + rng.random())
    return np.diff(total, prepend=0) > 0


def together(keys: NDArray, rng: Generator) -> NDArray[np.float64]:
    """Return one random number for each row, the same for rows of one key."""
    unique, inverse = np.unique(keys, return_inverse=True)
    return rng.random(len(unique))[inverse]


# The front door


def families(
    courses: Courses, working: WorkingDays, rng: Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the children, and one row for each child and referral with the assessment it led to.

    children: family, dob, eighteenth; referred, began, authorised: their family's last referral
    involvements: child, referred, began, authorised, assessed, last (no later one follows)
    """
    groups = _referred_groups(courses, working, rng)
    before = _earlier_referral(groups, courses, rng)
    groups["family"] = np.arange(len(groups))
    for step in _chains(before):
        groups.loc[step, "family"] = groups["family"].to_numpy()[before[step]]
    groups["last"] = True
    groups.loc[before[before >= 0], "last"] = False

    family = groups.groupby("family", sort=True).agg(
        size=("rows", "first"), first=("referred", "min"), last=("referred", "max")
    )
    children = _children(family, rng)
    offset = pd.Series(np.cumsum(family["size"]) - family["size"], family.index)
    involvements = groups.loc[groups.index.repeat(groups["rows"])]
    nth = involvements.groupby(level=0).cumcount()
    involvements = involvements.assign(child=offset[involvements["family"]].to_numpy() + nth)
    latest = involvements[involvements["last"]].sort_values("child")
    for column in ("referred", "began", "authorised"):
        children[column] = latest[column].to_numpy()
    columns = ["child", "referred", "began", "authorised", "assessed", "last"]
    return children, involvements[columns].reset_index(drop=True)


def _referred_groups(courses: Courses, working: WorkingDays, rng: Generator) -> pd.DataFrame:
    """Return one row for each family referred together, in order of referral."""
    cells = []
    for month, count in enumerate(np.rint(courses["assessments"]).astype(int)):
        in_time = int(np.rint(courses["assessments_within_45_days"][month] * count))
        for rows, late in ((in_time, False), (count - in_time, True)):
            sizes = _sibling_groups(rows, rng)
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

    per_month = rng.poisson(11 * SEASON[np.arange(len(MONTHS)) % 12])
    month = np.repeat(np.arange(len(MONTHS)), per_month)
    others = working.between(FIRST[month], LAST[month], rng.random(len(month)))
    assessed = pd.DataFrame(
        {"rows": size, "referred": referred, "began": began, "authorised": authorised}
    ).assign(assessed=True)
    closed_at_once = pd.DataFrame(
        {"rows": rng.choice(5, p=SIBLINGS, size=len(others)) + 1, "referred": others}
    ).assign(began=others, authorised=others + 5, assessed=False)
    return pd.concat([assessed, closed_at_once]).sort_values("referred", ignore_index=True)


def _sibling_groups(rows: int, rng: Generator) -> Rows:
    """Return the sizes of families that have exactly `rows` children between them."""
    sizes = rng.choice(len(SIBLINGS), p=SIBLINGS, size=rows) + 1
    total = np.cumsum(sizes)
    sizes = sizes[: np.searchsorted(total, rows) + 1]
    sizes[-1:] -= total[len(sizes) - 1 : len(sizes)] - rows
    return sizes


def _earlier_referral(groups: pd.DataFrame, courses: Courses, rng: Generator) -> Rows:
    """Return for each group the earlier group that is the same family, or -1 for a new one.

    A family comes back whole, and not before its last case was closed.
    """
    referred, closed = groups["referred"].to_numpy(), groups["authorised"].to_numpy()
    month = np.clip(np.searchsorted(FIRST, referred, "right") - 1, 0, None)
    soon = courses["re_referrals"][month]
    before, followed = np.full(len(groups), -1), np.zeros(len(groups), bool)
    for size in range(1, len(SIBLINGS) + 1):
        of = np.flatnonzero(groups["rows"] == size)
        for share, shortest, spread in ((soon[of], 4, 250), (np.full(len(of), 0.12), 400, 900)):
            back = of[in_turn(share, rng)]
            back = back[before[back] < 0]
            wanted = referred[back] - shortest - spread * rng.beta(1, 1.3, size=len(back))
            back, wanted = back[np.argsort(wanted)], np.sort(wanted)
            free = of[~followed[of]]
            free = free[np.argsort(closed[free], kind="stable")]
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


# Plans, conferences and care, month by month


@dataclass(frozen=True)
class Histories:
    """What became of the children, and who is left of whom nothing more is known."""

    cp: pd.DataFrame
    cin: pd.DataFrame
    care: pd.DataFrame
    conferences: pd.DataFrame  # child, month, held, strategy, late, transfer, known
    untouched: Flags  # children who never had a plan and were never in care


def histories(
    children: pd.DataFrame, courses: Courses, working: WorkingDays, rng: Generator
) -> Histories:
    """Return every plan, conference and period of care up to END."""
    caseload = _Caseload(children, courses, working, rng)
    for month in range(HAPPENED):
        caseload.live_through(month)
    conferences = pd.concat(caseload.conferences, ignore_index=True)
    return Histories(
        caseload.cp.table(),
        caseload.cin.table(),
        caseload.care.table(),
        _timed(conferences, caseload.family, courses, working, rng),
        caseload.untouched,
    )


class _Caseload:
    """How every child stands while the months go by.

    In each month as many plans and periods of care start as the course says, and as many end as
    bring what is open to the course's number. Siblings are chosen together.
    """

    def __init__(
        self, children: pd.DataFrame, courses: Courses, working: WorkingDays, rng: Generator
    ) -> None:
        self.family, self.dob, self.eighteenth, self.began, self.authorised, self.alone = (
            children[name].to_numpy()
            for name in ("family", "dob", "eighteenth", "began", "authorised", "alone")
        )
        self.planned = {name: np.rint(course).astype(int) for name, course in courses.items()}
        self.working, self.rng = working, rng
        count = len(children)
        self.care, self.cp, self.cin = Spells(count), Spells(count), Spells(count)
        self.untouched, self.conferred = np.ones(count, bool), np.full(count, NEVER)
        self.conferences: list[pd.DataFrame] = []
        self.first = self.last = 0

    def live_through(self, month: int) -> None:
        """Let a month pass: birthdays, then care, child protection and children in need."""
        self.first, self.last = int(FIRST[month]), int(LAST[month])
        planned = {name: int(course[month]) for name, course in self.planned.items()}
        turning = (self.eighteenth >= self.first) & (self.eighteenth <= self.last)
        for spells in (self.care, self.cp, self.cin):
            rows = np.flatnonzero(spells.running & turning)
            spells.end(rows, self.eighteenth[rows])
        home = self._out_of_care_and_in(planned)
        stepped_down = self._on_plans_and_off(month, planned)
        self._in_need_and_closed(planned, [home, stepped_down])

    def _out_of_care_and_in(self, planned: Mapping[str, int]) -> tuple[Rows, Days]:
        """Return who went home to a plan, and when."""
        care, first, last = self.care, self.first, self.last
        target = planned["in_care"]
        starts = max(planned["started_care"], target - care.running.sum() + 2)
        leaving = self._pick(
            care.running, care.running.sum() + starts - target, _leaves_care(first - care.since)
        )
        care.end(leaving, np.maximum(self._days(leaving), care.since[leaving] + 1))
        home = together(self.family[leaving], self.rng) < 0.35
        home &= self.eighteenth[leaving] > last + 200

        young = self.eighteenth > last + 200
        recent = self._lately_assessed() & young
        back = (care.ended > first - 900) & (care.ended < first - 40) & ~care.running
        back &= ~self.cp.running & ~self.cin.running & (self.eighteenth > first + 1100)
        sources = [
            (self.cp.running & young & (self.cp.since < first - 20), 0.33),
            (self.cin.running & young & (self.cin.since < first - 20), 0.17),
            # Teenagers on their own, such as those who come to seek asylum
            (self._lately_assessed() & self.alone & (self.eighteenth < first + 1150), 0.24),
            (back, 0.05),
            (recent, 1.0),
        ]
        entering: Rows = np.empty(0, int)
        for which, share in sources:
            which[entering] = False
            number = min(int(self.rng.binomial(starts, share)), starts - len(entering))
            entering = np.concatenate([entering, self._pick(which, number)])
        days = self._entry_days(self._days(entering), planned["started_care_in_last_week"])
        for spells in (self.cp, self.cin):
            had = spells.running[entering]
            spells.end(entering[had], days[had])
        care.start(entering, days)
        self.untouched[entering] = False
        return leaving[home], care.ended[leaving[home]]

    def _entry_days(self, days: Days, late: int) -> Days:
        """Return the days with `late` of them in the month's last week; as they are if below 0."""
        if late < 0:
            return days
        quiet = self.last - 9
        days = np.where(days > quiet, quiet - (self.last - days), days)
        days[len(days) - late :] = self.last - 2
        return days

    def _on_plans_and_off(self, month: int, planned: Mapping[str, int]) -> tuple[Rows, Days]:
        """Return whose plan stepped down to child in need, and when."""
        cp, cin, first, last = self.cp, self.cin, self.first, self.last
        starts = max(planned["plans_started"], planned["plans"] - cp.running.sum())
        transfers = min(int(self.rng.poisson(0.6)), 2)
        recent = self._lately_assessed()
        can_step_up = cin.running & self._of_age_for_plans() & (cin.since < first - 25)
        lately = cp.ended > first - 745
        twice = can_step_up & lately & (cp.ended < first - 45) & (cp.ended > last - 700)
        repeats = self._pick(twice, planned["plans_repeated"])
        up = self._pick(can_step_up & ~lately, planned["plans_stepped_up"] - len(repeats))
        unborn = self.untouched & (self.dob > first) & (self.dob < last + 150)
        unborn &= (self.began < first) & (self.began > first - 120)
        new = self._pick(recent | unborn, starts - len(repeats) - len(up))
        opened = np.concatenate([repeats, up, new])
        moved_in = np.zeros(len(opened), bool)
        moved_in[len(opened) - transfers :] = len(new) >= transfers

        planless = (recent | can_step_up) & (self.conferred < first - 200)
        planless[opened] = False
        conferred = planned["conferences"] - len(opened) + int(moved_in.sum())
        rows = np.concatenate([opened, self._pick(planless, conferred)])
        held = self._days(rows)
        transfer = np.append(moved_in, np.zeros(len(rows) - len(opened), bool))
        columns = {"child": rows, "month": month, "held": held, "transfer": transfer}
        self.conferences.append(pd.DataFrame(columns | {"known": cin.running[rows]}))
        self.conferred[rows] = held

        before = cp.running & (cp.since < first)
        number = cp.running.sum() + len(opened) - planned["plans"]
        ending = self._pick(before, number, _ends_plan(first - cp.since))
        days = self._days(ending)
        cp.end(ending, days)
        down = together(self.family[ending], self.rng) < 0.68
        down &= self.eighteenth[ending] > last + 60

        stepping, held = cin.running[opened], held[: len(opened)]
        cin.end(opened[stepping], held[stepping])
        cp.start(opened, held)
        self.untouched[opened] = False
        return ending[down], days[down]

    def _in_need_and_closed(
        self, planned: Mapping[str, int], from_elsewhere: Sequence[tuple[Rows, Days]]
    ) -> None:
        """Begin plans for those who come from care, protection and assessment; close others."""
        cin, first, last = self.cin, self.first, self.last
        before = cin.running & (cin.since < first)
        for rows, days in from_elsewhere:
            free = ~self.cp.running[rows]
            cin.start(rows[free], days[free])
        wanted = max(planned["cin_started"], planned["children_in_need"] - cin.running.sum())
        done = self.untouched & self._of_age_for_plans()
        done &= (self.authorised >= first) & (self.authorised <= last)
        assessed = self._pick(done, wanted)
        cin.start(assessed, self.authorised[assessed])
        self.untouched[assessed] = False
        number = cin.running.sum() - planned["children_in_need"]
        closing = self._pick(before, number, _ends_cin(first - cin.since))
        cin.end(closing, self._days(closing))

    def _of_age_for_plans(self) -> Flags:
        return (self.eighteenth > self.last + 60) & (self.dob <= self.first)

    def _lately_assessed(self) -> Flags:
        lately = (self.began >= self.first - 90) & (self.began <= self.first - 35)
        return self.untouched & self._of_age_for_plans() & lately

    def _pick(self, which: Flags, number: int, weight: NDArray | None = None) -> Rows:
        """Return `number` of the children, families together; fewer if there are no more."""
        rows = np.flatnonzero(which)
        unique, inverse = np.unique(self.family[rows], return_inverse=True)
        key = self.rng.exponential(size=len(unique))[inverse]
        key = key if weight is None else key / weight[rows]
        return rows[np.lexsort((self.family[rows], key))][: max(number, 0)]

    def _days(self, rows: Rows) -> Days:
        """Return a working day of the month for each child, the same for a family."""
        return self.working.between(self.first, self.last, together(self.family[rows], self.rng))


def _leaves_care(so_far: Days) -> NDArray[np.float64]:
    return np.select([so_far < 60, so_far < 400], [1.6, 1.0], 0.6)


def _ends_plan(so_far: Days) -> NDArray[np.float64]:
    return np.select([so_far < 75, so_far < 200, so_far < 400], [0.03, 0.7, 1.1], 0.8)


def _ends_cin(so_far: Days) -> NDArray[np.float64]:
    return np.select([so_far < 40, so_far < 300], [0.1, 1.0], 2.0)


def _timed(
    held: pd.DataFrame, family: Rows, courses: Courses, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return the conferences with their strategy discussions, late as often as the course says."""
    household = family[held["child"].to_numpy()]
    held["draw"] = together(household + len(family) * held["month"].to_numpy(), rng)
    held = held.sort_values(["transfer", "month", "draw"], ignore_index=True)
    own = held[~held["transfer"]].groupby("month")["child"]
    share = courses["icpc_within_15_days"][held["month"].to_numpy()]
    in_time = np.rint(share * own.transform("size").reindex(held.index, fill_value=0).to_numpy())
    held["late"] = own.cumcount().reindex(held.index, fill_value=-1).to_numpy() >= in_time
    held.loc[held["transfer"], "late"] = False
    _, first_of, group = np.unique(held["draw"], return_index=True, return_inverse=True)
    took = np.where(
        held["late"],
        drawn(CONFERENCE_LATE, len(first_of), rng)[group],
        drawn(CONFERENCE_IN_TIME, len(first_of), rng)[group],
    )
    held["strategy"] = working.back(held["held"].to_numpy(), took)
    return held.drop(columns="draw")
