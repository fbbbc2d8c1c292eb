"""Children in care: who they are, where they live and how they are looked after."""

from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from tests.second_reading.ground import (
    Allocations,
    Events,
    Reading,
    Row,
    Supervision,
    Tables,
    birthday,
    by_child,
    counted,
    is_open,
    last_day,
    months_away,
    records,
    working_days,
)

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
FOR_ADOPTION = ("A3", "A4", "A5", "A6")
FOSTER_CARE = ("U1", "U2", "U3", "U4", "U5", "U6")
SUPPORTED_ACCOMMODATION = ("K3", "H5", "P2")

# Who is in care


def care_episodes(tables: Tables) -> list[Row]:
    """Return the episodes of care without agreed series of short breaks (V3, V4)."""
    return [row for row in records(tables, "cla_episodes") if row.ls not in ("V3", "V4")]


class Ages:
    """How old each child was on a day."""

    def __init__(self, tables: Tables) -> None:
        self._dob = {row.child_id: row.dob for row in records(tables, "children")}

    def at(self, day: date, child_id: str) -> int | None:
        """Return the last birthday a child had had by `day`; None where nobody knows it."""
        dob = self._dob.get(child_id)
        if dob is None:
            return None
        age = day.year - dob.year
        return age if birthday(dob, age) <= day else age - 1

    def between(self, youngest: int, oldest: int, *, on: date, child_id: str) -> bool:
        """Return whether a child is known to be of these ages, both included, on a day."""
        age = self.at(on, child_id)
        return age is not None and youngest <= age <= oldest


class Care:
    """Which children were in care, each by the episode they were in."""

    def __init__(self, tables: Tables) -> None:
        self._episodes = care_episodes(tables)
        self._ages = Ages(tables)

    def at(self, day: date) -> list[Row]:
        """Return the latest open episode of every child in care and under 18 on `day`."""
        latest: dict[str, Row] = {}
        for row in self._episodes:
            if is_open(row.decom, row.dec, on=day) and not self._of_age(row.child_id, day):
                known = latest.get(row.child_id)
                if known is None or row.decom > known.decom:
                    latest[row.child_id] = row
        return list(latest.values())

    def a_year_at(self, month: date) -> list[Row]:
        """Return those in care at `month`'s end without a break since 12 months before."""
        year_start = last_day(month, months_back=12)
        return [row for row in self.at(last_day(month)) if row.period_start_date <= year_start]

    def _of_age(self, child_id: str, day: date) -> bool:
        age = self._ages.at(day, child_id)
        return age is not None and age >= 18


def children_in_care(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L01: children in care at the month's end."""
    social_workers, care = Allocations(tables), Care(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            team = social_workers.team(row.child_id, end)
            rows.append((month, team, row.child_id, row.decom, 1, None))
    return counted(rows)


def unaccompanied_children_in_care(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L04: children in care who came alone to seek asylum, as the last day's episode says."""
    social_workers, care = Allocations(tables), Care(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            if row.uasc:
                team = social_workers.team(row.child_id, end)
                rows.append((month, team, row.child_id, row.child_id, 1, None))
    return counted(rows)


# Coming and going


def started_care(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L02: periods of care that began in the month, by who held the case that day."""
    social_workers = Allocations(tables)
    rows = []
    for row in care_episodes(tables):
        month = row.decom.replace(day=1)
        if row.rne == "S" and month in months:
            team = social_workers.team(row.child_id, row.decom)
            rows.append((month, team, row.child_id, row.child_id, 1, None))
    return counted(rows)


def left_care(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L03: periods of care that ended in the month, by who held the case that day.

    X1 says that another episode follows at once, and a blank says nothing.
    """
    social_workers = Allocations(tables)
    rows = []
    for row in care_episodes(tables):
        if row.dec is not None and row.rec is not None and row.rec != "X1":
            month = row.dec.replace(day=1)
            if month in months:
                team = social_workers.team(row.child_id, row.dec)
                rows.append((month, team, row.child_id, row.child_id, 1, None))
    return counted(rows)


# Where they live


def miles_from_home(row: Row) -> Decimal | None:
    """Return how far from home an episode was spent; None where nobody knows (blank, or 999.9)."""
    return None if row.pl_distance == Decimal("999.9") else row.pl_distance


def placed_over_20_miles(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L07: children in care; those placed more than 20 miles from home. 999.9 is not known."""
    social_workers, care = Allocations(tables), Care(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            miles = miles_from_home(row)
            far = miles is not None and miles > 20
            team = social_workers.team(row.child_id, end)
            rows.append((month, team, row.child_id, row.decom, int(far), 1))
    return counted(rows)


def in_foster_care(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L09: children in care; those placed with a foster carer."""
    social_workers, care = Allocations(tables), Care(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            fostered = row.place in FOSTER_CARE
            team = social_workers.team(row.child_id, end)
            rows.append((month, team, row.child_id, row.child_id, int(fostered), 1))
    return counted(rows)


def aged_16_in_supported_accommodation(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L08: children in care, aged 16, in supported accommodation."""
    social_workers, care, ages = Allocations(tables), Care(tables), Ages(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            aged_16 = ages.between(16, 16, on=end, child_id=row.child_id)
            if aged_16 and row.place in SUPPORTED_ACCOMMODATION:
                team = social_workers.team(row.child_id, end)
                rows.append((month, team, row.child_id, row.child_id, 1, None))
    return counted(rows)


def in_supported_accommodation(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L10: children in care aged 16 or 17; those in supported accommodation."""
    social_workers, care, ages = Allocations(tables), Care(tables), Ages(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            if ages.between(16, 17, on=end, child_id=row.child_id):
                supported = row.place in SUPPORTED_ACCOMMODATION
                team = social_workers.team(row.child_id, end)
                rows.append((month, team, row.child_id, row.child_id, int(supported), 1))
    return counted(rows)


# How long they stay there


class Placement:
    """A stay in one place with one carer, over the episodes that it spans."""

    def __init__(self, first: Row) -> None:
        self.episodes = [first]

    @property
    def start(self) -> date:
        """Return its first day."""
        return self.episodes[0].decom

    @property
    def end(self) -> date | None:
        """Return the day it ended; None while any of its episodes is open."""
        ends = [row.dec for row in self.episodes]
        return None if None in ends else max(ends)

    def is_for_adoption(self, day: date) -> bool:
        """Return whether it began for adoption and still is on `day`, absences apart."""
        settled = [row for row in self.episodes if row.decom <= day and row.place not in TEMPORARY]
        return (
            self.episodes[0].place in FOR_ADOPTION
            and bool(settled)
            and settled[-1].place in FOR_ADOPTION
        )

    def counts_in_year_to(self, month: date) -> bool:
        """Return whether it stood in the 12 months to `month`'s end, and for a night at least."""
        year_start, year_end = last_day(month, months_back=12), last_day(month)
        if self.start > year_end:
            return False
        return self.end is None or (self.end > year_start and self.end > self.start)


def placements(episodes: list[Row]) -> list[Placement]:
    """Return one child's placements, from the child's episodes of care.

    A temporary absence (T codes) belongs to the placement it interrupts; whoever then comes back
    to the same place at the same distance has returned and not moved. A change of legal status
    only, or of placement with the same carer, goes on; so does adoption by the carer (A3, A5).
    Where the records begin midway, their first episode goes on with a placement begun earlier. A
    period of care that begins with a temporary code interrupts nothing: that is where the child is.
    """
    found: list[Placement] = []
    standing: Placement | None = None
    settled = None  # the last episode that was no temporary absence
    away = False
    for row in sorted(episodes, key=lambda row: row.decom):
        temporary = row.place in TEMPORARY
        if row.rne == "S":
            standing, settled, away = None, None, False
        returned = (
            away
            and settled is not None
            and row.place == settled.place
            and miles_from_home(row) == miles_from_home(settled)
        )
        moved = row.rne in ("S", "P", "B") and not temporary and row.place not in ("A3", "A5")
        if standing is not None and (returned or not moved):
            standing.episodes.append(row)
        else:
            standing = Placement(row)
            found.append(standing)
        away = temporary
        if not temporary:
            settled = row
    return found


def three_or_more_placements(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L05: children in care; those with three or more placements in the 12 months."""
    social_workers, care = Allocations(tables), Care(tables)
    of_child = {
        child_id: placements(episodes)
        for child_id, episodes in by_child(care_episodes(tables)).items()
    }
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            stays = sum(stay.counts_in_year_to(month) for stay in of_child[row.child_id])
            team = social_workers.team(row.child_id, end)
            rows.append((month, team, row.child_id, row.decom, int(stays >= 3), 1))
    return counted(rows)


def same_placement_for_2_years(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L06: children under 16, in care for 2½ years; those in one placement for two of them.

    For whoever moved to adopters, the placement before is reckoned in, if the move ended it.
    """
    social_workers, care, ages = Allocations(tables), Care(tables), Ages(tables)
    of_child = {
        child_id: placements(episodes)
        for child_id, episodes in by_child(care_episodes(tables)).items()
    }
    rows = []
    for month in months:
        end = last_day(month)
        long_ago = last_day(month, months_back=24)
        for row in care.at(end):
            age = ages.at(end, row.child_id)
            under_16 = age is not None and age < 16
            if under_16 and row.period_start_date <= last_day(month, months_back=30):
                stays = of_child[row.child_id]
                now = next(number for number, stay in enumerate(stays) if row in stay.episodes)
                began = stays[now].start
                if now > 0 and stays[now].is_for_adoption(end) and stays[now - 1].end == began:
                    began = stays[now - 1].start
                team = social_workers.team(row.child_id, end)
                rows.append((month, team, row.child_id, row.child_id, int(began <= long_ago), 1))
    return counted(rows)


# How they are looked after


def children_in_care_supervised_in_2_months(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L11: children in care for more than the month's last 7 days; those lately discussed."""
    social_workers, supervision, care = Allocations(tables), Supervision(tables), Care(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            if row.period_start_date <= end - timedelta(days=7):
                discussed = supervision.in_two_months_to(month, row.child_id)
                team = social_workers.team(row.child_id, end)
                rows.append((month, team, row.child_id, row.decom, int(discussed), 1))
    return counted(rows)


def reviews_were_on_time(start: date, reviews: list[date], *, month: date) -> bool:
    """Return whether no review was late in the 12 months to `month`'s end, nor is one overdue.

    The first is due 20 working days after care began, the second 3 months after the first, each
    other 6 months after the one before. `reviews` are the days on which they were held, in their
    order and each once: two entries of one day are one review.
    """
    year_start, end = last_day(month, months_back=12), last_day(month)
    if not reviews:
        return working_days(start, end) <= 20
    first, *others = reviews
    late = [first] if working_days(start, first) > 20 else []
    due = months_away(first, 3)
    for review in others:
        if review > due:
            late.append(review)
        due = months_away(review, 6)
    return end <= due and not any(review > year_start for review in late)


def care_reviews_on_time(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L12: children in care for 20 working days or more; those whose reviews were on time."""
    social_workers, care = Allocations(tables), Care(tables)
    reviews = Events(tables, cohort="CLA", kind="REVIEW")
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            start = row.period_start_date
            if working_days(start, end) >= 20:
                held = set(reviews.held(row.child_id, since=start, until=end))
                on_time = reviews_were_on_time(start, sorted(held), month=month)
                team = social_workers.team(row.child_id, end)
                rows.append((month, team, row.child_id, row.child_id, int(on_time), 1))
    return counted(rows)


def missing_from_care(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L13: children in care; those who went missing in the 12 months, and in this period of it."""
    social_workers, care = Allocations(tables), Care(tables)
    of_child = by_child(records(tables, "missing_episodes"))
    rows = []
    for month in months:
        year_start, end = last_day(month, months_back=12), last_day(month)
        for row in care.at(end):
            missing = any(
                episode.start_date >= row.period_start_date
                and year_start < episode.start_date <= end
                for episode in of_child.get(row.child_id, [])
            )
            team = social_workers.team(row.child_id, end)
            rows.append((month, team, row.child_id, row.child_id, int(missing), 1))
    return counted(rows)


def care_three_or_more_social_workers(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L16: children in care; those with three or more social workers in the 12 months."""
    social_workers, care = Allocations(tables), Care(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            changed = len(social_workers.workers_in_year_to(month, row.child_id)) >= 3
            team = social_workers.team(row.child_id, end)
            rows.append((month, team, row.child_id, row.child_id, int(changed), 1))
    return counted(rows)


def care_visits_on_time(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L17: children in care; those visited in the last 42 days, and in this period of care."""
    social_workers, care = Allocations(tables), Care(tables)
    visits = Events(tables, cohort="CLA", kind="VISIT")
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            since = max(row.period_start_date, end - timedelta(days=42))
            visited = bool(visits.held(row.child_id, since=since, until=end))
            team = social_workers.team(row.child_id, end)
            rows.append((month, team, row.child_id, row.child_id, int(visited), 1))
    return counted(rows)


READINGS: tuple[Reading, ...] = (
    children_in_care,
    unaccompanied_children_in_care,
    started_care,
    left_care,
    placed_over_20_miles,
    in_foster_care,
    aged_16_in_supported_accommodation,
    in_supported_accommodation,
    three_or_more_placements,
    same_placement_for_2_years,
    children_in_care_supervised_in_2_months,
    care_reviews_on_time,
    missing_from_care,
    care_three_or_more_social_workers,
    care_visits_on_time,
)
