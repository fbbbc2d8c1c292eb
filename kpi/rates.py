"""Rates per 10,000 children: a count set against the population that it is drawn from.

The population is reference data, data/reference/population.csv, and not a record: no row of it is
ever counted. It is an authority's, so a service area or a team has no rate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from kpi import calendar, reference, settings
from kpi.catalogue import Indicator, Kind
from kpi.errors import DefinitionError

FILE = "population.csv"
COLUMNS = ("authority", "year", "group", "children")
PER = 10_000


@dataclass(frozen=True, kw_only=True)
class Population:
    """How many children of a group lived in an authority in the middle of a year."""

    authority: str
    year: int
    group: str  # 'children_0_17'
    children: int


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A count per 10,000 children, and the year of the population that it is set against."""

    value: Decimal  # a flow's is annual: what a year at this pace would come to
    year: int


def read(path: Path | None = None) -> list[Population]:
    """Return every population. Raises DefinitionError listing every row that will not read."""
    path = path or settings.reference() / FILE
    found, problems = reference.read(path, COLUMNS, _population)
    again = reference.said_again(found, lambda one: (one.authority, one.year, one.group))
    for line, earlier, one in again:
        problems.append(
            f"{path.name} line {line}: {one.authority} has {one.group} of {one.year} in line "
            f"{earlier} already."
        )
    if problems:
        raise DefinitionError("\n".join(problems))
    return list(found.values())


def rate(
    populations: Iterable[Population],
    indicator: Indicator,
    *,
    authority: str,
    count: Decimal,
    month: date,
    months: int,
) -> Rate | None:
    """Return `count` of `months` months up to `month` as a rate; None where it is read as none.

    The population is the newest one estimated by the end of `month`, or the first there is. A
    month's share of a year's population is a twelfth, so that months add up to a year.
    """
    mine = [
        one
        for one in populations
        if one.authority == authority and one.group == indicator.rate_population
    ]
    if not mine:
        return None
    estimated = [one for one in mine if date(one.year, 6, 30) <= calendar.month_end(month)]
    chosen = (
        max(estimated, key=lambda one: one.year)
        if estimated
        else min(mine, key=lambda one: one.year)
    )
    children = Decimal(chosen.children)
    if indicator.kind is not Kind.SNAPSHOT:
        children = children * months / 12
    return Rate(value=PER * count / children, year=chosen.year)


def _population(row: dict[str, str]) -> Population:
    for name in ("authority", "group"):
        if not row[name].strip():
            raise ValueError(f"{name} is empty.")
    if not row["year"].isdecimal() or len(row["year"]) != 4:
        raise ValueError("year must be a year such as 2024.")
    if not row["children"].isdecimal() or not int(row["children"]):
        raise ValueError("children must be a whole number such as 63777, without a comma.")
    return Population(
        authority=row["authority"].strip(),
        year=int(row["year"]),
        group=row["group"].strip(),
        children=int(row["children"]),
    )
