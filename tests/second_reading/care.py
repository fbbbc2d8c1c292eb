"""Children in care: who they are, where they live and how they are looked after."""

from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from tests.second_reading.ground import (
    Allocations,
    Reading,
    Row,
    Supervision,
    Tables,
    birthday,
    by_child,
    counted,
    is_open,
    last_day,
    records,
)


def care_episodes(tables: Tables) -> list[Row]:
    """Return the episodes of care without agreed series of short breaks (V3, V4)."""
    return [row for row in records(tables, "cla_episodes") if row.ls not in ("V3", "V4")]


class Care:
    """Which children were in care, each by the episode they were in."""

    def __init__(self, tables: Tables) -> None:
        self._episodes = care_episodes(tables)
        self._dob = {row.child_id: row.dob for row in records(tables, "children")}

    def at(self, day: date) -> list[Row]:
        """Return the latest open episode of every child in care and under 18 on `day`."""
        latest: dict[str, Row] = {}
        for row in self._episodes:
            if is_open(row.decom, row.dec, on=day) and self._under_18(row.child_id, day):
                known = latest.get(row.child_id)
                if known is None or row.decom > known.decom:
                    latest[row.child_id] = row
        return list(latest.values())

    def _under_18(self, child_id: str, day: date) -> bool:
        dob = self._dob.get(child_id)
        return dob is None or birthday(dob, 18) > day


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


def placed_over_20_miles(tables: Tables, months: list[date]) -> pd.DataFrame:
    """L07: children in care; those placed more than 20 miles from home. 999.9 is not known."""
    social_workers, care = Allocations(tables), Care(tables)
    rows = []
    for month in months:
        end = last_day(month)
        for row in care.at(end):
            known = row.pl_distance is not None and row.pl_distance != Decimal("999.9")
            far = known and row.pl_distance > 20
            team = social_workers.team(row.child_id, end)
            rows.append((month, team, row.child_id, row.decom, int(far), 1))
    return counted(rows)


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
        temporary = row.place in ("T0", "T1", "T2", "T3", "T4")
        if row.rne == "S":
            standing, settled, away = None, None, False
        returned = (
            away
            and settled is not None
            and (row.place, row.pl_distance) == (settled.place, settled.pl_distance)
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


READINGS: tuple[Reading, ...] = (
    children_in_care,
    placed_over_20_miles,
    three_or_more_placements,
    children_in_care_supervised_in_2_months,
)
