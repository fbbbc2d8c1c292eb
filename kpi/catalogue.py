"""The indicators, read from sql/indicators/<area>/<id>.sql.

A file is a TOML header in a comment, then one SELECT. The header says what the indicator means,
the SELECT how it is counted; the file's name is its id, its folder its area. What an indicator
should reach changes by a board's vote, so it lives apart, in data/reference/targets.csv.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from kpi import settings
from kpi.errors import DefinitionError, did_you_mean
from kpi.words import Unit

INDICATORS = settings.ROOT / "sql" / "indicators"

# The areas in the order of a child's journey, and what a reader calls them.
AREAS = {
    "front_door": "Front door",
    "assessment": "Assessment",
    "protection": "Child protection",
    "children_in_need": "Children in need",
    "care": "Children in care",
    "health": "Health of children in care",
    "leaving_care": "Leaving care",
    "workforce": "Workforce",
}

_FILE = re.compile(r"\A/\*\r?\n(?P<header>.*?)\r?\n\*/\r?\n(?P<select>.+)\Z", re.DOTALL)
_ID = re.compile(r"[a-z][a-z0-9_]*")


class Kind(StrEnum):
    """How an indicator sits in time, and so how its months add up."""

    FLOW = "flow"  # happened during the month: months sum
    SNAPSHOT = "snapshot"  # true at the month's end: the last month stands
    COHORT = "cohort"  # a group followed up later: months sum, once matured


class Polarity(StrEnum):
    """Which way is better."""

    HIGHER = "higher is better"
    LOWER = "lower is better"
    NEITHER = "neither"


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One measure of the service. Every field but id, area and select is a header key."""

    id: str
    area: str
    code: str  # the council's pack's; two indicators that are read together may share one
    title: str
    short_title: str = ""  # for tables; the title where there is none
    question: str  # what a reader is really asking, in their words
    why_it_matters: str  # to a child
    kind: Kind
    polarity: Polarity
    unit: Unit
    numerator: str
    denominator: str = ""  # a plain count has none
    exclusions: str = ""
    caveats: str = ""
    decimals: int | None = None  # shown; the unit's own where there is none
    role: str = "social worker"  # whose allocation decides the team
    rate_population: str = ""  # whom a count is set against, per 10,000: a group of population.csv
    benchmark: str = ""  # the published measure's id in benchmarks.csv, where it is not this one's
    benchmark_differs: str = ""  # how the published definition is another than ours
    source: str  # statutory return and item numbers, or the local record
    owner: str  # the post that answers for the number
    reviewed: date
    theme_order: int = 99  # its place among the indicators of its area
    select: str = field(repr=False)

    @property
    def name(self) -> str:
        """The short title, or the title where there is none."""
        return self.short_title or self.title

    @property
    def shown_decimals(self) -> int:
        """How many decimal places its values are shown with."""
        return self.unit.decimals if self.decimals is None else self.decimals


def read_all(folder: Path = INDICATORS) -> dict[str, Indicator]:
    """Return every indicator under `folder` by id, in the order that pages show them.

    Raises DefinitionError listing what is wrong with every file that cannot be used.
    """
    found, problems = [], []
    for path in sorted(folder.glob("*/*.sql")):
        try:
            found.append(read(path))
        except DefinitionError as error:
            problems.append(str(error))
    if problems:
        raise DefinitionError("\n".join(problems))
    areas = list(AREAS)
    found.sort(key=lambda i: (areas.index(i.area), i.theme_order, i.code))
    return {indicator.id: indicator for indicator in found}


def read(path: Path) -> Indicator:
    """Return the indicator written in `path`.

    Raises DefinitionError if it has no header, or a key is missing, misspelt or cannot be read.
    """
    where = f"{path.parent.name}/{path.name}"
    if not _ID.fullmatch(path.stem):
        raise DefinitionError(f"{where}: name the file in lower_snake_case; the name is the id.")
    if path.parent.name not in AREAS:
        raise DefinitionError(
            f"{where}: no area is called so.{did_you_mean(path.parent.name, AREAS)}"
        )
    parts = _FILE.match(path.read_text(encoding="utf-8"))
    if not parts:
        raise DefinitionError(
            f"{where}: start with a /* header */ of key = value lines, then one SELECT."
        )
    try:
        header = tomllib.loads(parts["header"])
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{where}: the header does not read as TOML: {error}.") from None
    return from_header(
        header, id=path.stem, area=path.parent.name, select=parts["select"], where=where
    )


def from_header(
    header: Mapping[str, Any], *, id: str, area: str, select: str, where: str
) -> Indicator:
    """Return the indicator that `header` describes; `where` begins each message."""
    header = dict(header)
    _check_keys(header, where)
    for key, choices in (("kind", Kind), ("polarity", Polarity), ("unit", Unit)):
        header[key] = _choose(header[key], choices, f"{where}: {key}")
    indicator = Indicator(id=id, area=area, select=select, **header)
    if (indicator.unit is Unit.COUNT) == bool(indicator.denominator):
        raise DefinitionError(
            f"{where}: a count has no denominator, and every other unit has one; "
            f"unit is {indicator.unit.value!r}."
        )
    return indicator


def _check_keys(header: dict[str, Any], where: str) -> None:
    known = {f.name: f for f in fields(Indicator) if f.name not in ("id", "area", "select")}
    for key, value in header.items():
        if key not in known:
            raise DefinitionError(f"{where}: unknown key {key!r}.{did_you_mean(key, known)}")
        wanted = {"reviewed": date, "decimals": int, "theme_order": int}.get(key, str)
        if type(value) is not wanted:
            example = {date: "2026-11-01", int: "1", str: '"text"'}[wanted]
            raise DefinitionError(f"{where}: write {key} like this: {key} = {example}")
    missing = [name for name, f in known.items() if f.default is MISSING and name not in header]
    if missing:
        raise DefinitionError(f"{where}: add {', '.join(missing)} to the header.")


def _choose(value: str, choices: type[StrEnum], where: str) -> StrEnum:
    try:
        return choices(value)
    except ValueError:
        raise DefinitionError(f"{where} is {value!r}; use one of: {', '.join(choices)}.") from None
