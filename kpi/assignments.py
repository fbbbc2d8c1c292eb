"""Assignments: who writes about which figure, who approves it, and by when.

Kept in data/reference/narratives.csv, and read as it is now, not as it was when a release was made:
people change in the middle of a month, and whose turn it is to write is no fact about a figure. A
row stands from its month on, so that a past month keeps the people and the day that it had.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from kpi import calendar, reference, settings
from kpi.errors import DefinitionError, did_you_mean

FILE = "narratives.csv"
COLUMNS = (
    *("indicator", "service_area", "from_month", "until_month"),
    *("owner", "author", "approver", "due_working_day"),
)
LATEST_DUE = 60  # working days: in the third month after, nobody would still read it


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Who says what a figure means, for every month from one until another."""

    indicator: str
    service_area: str | None  # None: the whole service
    from_month: date
    until_month: date | None  # the last month; None: until another row follows
    owner: str  # the post that answers for the figure
    author: str
    approver: str
    due_working_day: int  # so many working days after the month's end


def read(indicators: Collection[str], path: Path | None = None) -> list[Assignment]:
    """Return every assignment: the whole service first, then by service area, oldest first.

    Raises DefinitionError listing every row that will not read, names nobody, lets somebody approve
    their own words, or is for months that another row is for.
    """
    path = path or settings.reference() / FILE
    found, problems = reference.read(path, COLUMNS, lambda row: _assignment(row, indicators))
    in_order = sorted(found.items(), key=lambda row: (*_of(row[1]), row[1].from_month))
    for (earlier, one), (line, following) in pairwise(in_order):
        if _of(one) != _of(following):
            continue
        ended = one.until_month and one.until_month < following.from_month
        if one.from_month == following.from_month or (one.until_month and not ended):
            where = f" in {one.service_area}" if one.service_area else ""
            problems.append(
                f"{path.name} line {line}: {one.indicator}{where} is assigned in "
                f"{following.from_month:%Y-%m} by line {earlier} already."
            )
    if problems:
        raise DefinitionError("\n".join(problems))
    return [one for _, one in in_order]


def standing(assignments: Iterable[Assignment], month: date) -> list[Assignment]:
    """Return the assignments of `month`, one for each figure: the last that had begun by then."""
    begun = {_of(one): one for one in assignments if one.from_month <= month}
    return [one for one in begun.values() if one.until_month is None or month <= one.until_month]


def due(assignment: Assignment, month: date) -> date:
    """Return the last day on which the narrative of `month` is in time."""
    return calendar.working_day_after(calendar.month_end(month), assignment.due_working_day)


def _of(one: Assignment) -> tuple[str, str]:
    return one.service_area or "", one.indicator


def _assignment(row: dict[str, str], indicators: Collection[str]) -> Assignment:
    said = {name: " ".join(text.split()) for name, text in row.items()}
    if said["indicator"] not in indicators:
        near = did_you_mean(said["indicator"], indicators)
        raise ValueError(f"no indicator is called {said['indicator']!r}.{near}")
    for name, whom in (
        ("owner", "the post that answers for the figure"),
        ("author", "who writes"),
        ("approver", "who approves what the author writes"),
    ):
        if not said[name]:
            raise ValueError(f"{name} is empty: name {whom}.")
    if said["author"] == said["approver"]:
        raise ValueError(
            f"{said['author']} is author and approver. Name another approver: nobody approves "
            "their own words."
        )
    found = Assignment(
        indicator=said["indicator"],
        service_area=said["service_area"] or None,
        from_month=reference.month(said, "from_month"),
        until_month=reference.month(said, "until_month") if said["until_month"] else None,
        owner=said["owner"],
        author=said["author"],
        approver=said["approver"],
        due_working_day=_working_day(said["due_working_day"]),
    )
    if found.until_month and found.until_month < found.from_month:
        raise ValueError("until_month must not be before from_month.")
    return found


def _working_day(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= LATEST_DUE:
        raise ValueError(
            f"due_working_day must be a whole number from 1 to {LATEST_DUE}: so many working days "
            "after the month's end."
        )
    return int(text)
