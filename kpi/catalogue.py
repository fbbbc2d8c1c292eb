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
from kpi.errors import DefinitionError, did_you_mean, nearest
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
    def file(self) -> str:
        """Where it is written, under sql/indicators: 'assessment/contacts.sql'."""
        return f"{self.area}/{self.id}.sql"

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
    found, problems = read_each(folder)
    if problems:
        raise DefinitionError("\n".join(problems.values()))
    return found


def read_each(folder: Path = INDICATORS) -> tuple[dict[str, Indicator], dict[str, str]]:
    """Return every indicator under `folder` that can be used, and what is wrong with the others.

    Both by id, the indicators in the order that pages show them.
    """
    found: list[Indicator] = []
    problems: dict[str, str] = {}
    areas: dict[str, str] = {}
    for path in sorted(folder.glob("*/*.sql")):
        try:
            first = areas.setdefault(path.stem, path.parent.name)
            if first != path.parent.name:
                raise DefinitionError(f"{_where(path)}: {first} has an indicator of that id too.")
            found.append(read(path))
        except DefinitionError as error:
            problems[path.stem] = str(error)
    order = list(AREAS)
    found.sort(key=lambda i: (order.index(i.area), i.theme_order, i.code))
    return {i.id: i for i in found if i.id not in problems}, problems


def ids(folder: Path = INDICATORS) -> set[str]:
    """Return the ids of the indicators under `folder`, whatever is wrong with their files."""
    return {path.stem for path in folder.glob("*/*.sql")}


def read_one(name: str, folder: Path = INDICATORS) -> Indicator:
    """Return the indicator whose id is `name`, as `read` does, whatever is wrong with others.

    Raises DefinitionError with the nearest id where there is none of that name.
    """
    paths = {path.stem: path for path in folder.glob("*/*.sql")}
    if name not in paths:
        raise DefinitionError(f"No indicator is called {name!r}.{did_you_mean(name, paths)}")
    return read(paths[name])


def read(path: Path) -> Indicator:
    """Return the indicator written in `path`.

    Raises DefinitionError, listing all that is wrong by its line, if the file has no header, or a
    key is missing, misspelt or cannot be read.
    """
    where = _where(path)
    if not _ID.fullmatch(path.stem):
        raise DefinitionError(f"{where}: name the file in lower_snake_case; the name is the id.")
    if path.parent.name not in AREAS:
        raise DefinitionError(
            f"{where}: no area is called so.{did_you_mean(path.parent.name, AREAS)}"
        )
    text = path.read_text(encoding="utf-8")
    parts = _FILE.match(text)
    if not parts:
        raise DefinitionError(
            f"{where}: start with a /* header */ of key = value lines, then one SELECT."
        )
    try:
        header = tomllib.loads(parts["header"])
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(_not_toml(error, where)) from None
    return from_header(
        header,
        id=path.stem,
        area=path.parent.name,
        # Blank lines stand for the header, so that an error in the SELECT has the file's own line.
        select="\n" * text[: parts.start("select")].count("\n") + parts["select"],
        where=where,
        lines=_lines(parts["header"]),
    )


def from_header(
    header: Mapping[str, Any],
    *,
    id: str,
    area: str,
    select: str,
    where: str,
    lines: Mapping[str, int] | None = None,
) -> Indicator:
    """Return the indicator that `header` describes.

    `where` begins each message, and the line of a key follows it where `lines` has one.
    """

    def say(key: str, problem: str) -> str:
        return (
            f"{where} line {lines[key]}: {problem}"
            if lines and key in lines
            else f"{where}: {problem}"
        )

    wrong = _wrong_keys(header)
    problems = [say(key, problem) for key, problem in wrong.items()]
    missing = [name for name, f in _KEYS.items() if f.default is MISSING and name not in header]
    if missing:
        problems.append(f"{where}: add {', '.join(missing)} to the header.")
    if not {"unit", "denominator"} & {*wrong, *missing} and (
        (header["unit"] == Unit.COUNT) == bool(header.get("denominator"))
    ):
        problems.append(
            say(
                "unit",
                "a count has no denominator, and every other unit has one; "
                f"unit is {header['unit']!r}.",
            )
        )
    if problems:
        raise DefinitionError("\n".join(problems))
    values = dict(header)
    for key, choices in _WORDS.items():
        values[key] = choices(header[key])
    return Indicator(id=id, area=area, select=select, **values)


_KEYS = {f.name: f for f in fields(Indicator) if f.name not in ("id", "area", "select")}
_WORDS: dict[str, type[StrEnum]] = {"kind": Kind, "polarity": Polarity, "unit": Unit}
_TYPES: dict[str, type] = {"reviewed": date, "decimals": int, "theme_order": int}  # others are text
_EXAMPLES: dict[type, str] = {date: "2026-11-01", int: "1", str: '"text"'}


def _wrong_keys(header: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with each key that is unknown or whose value cannot be read."""
    problems = {}
    for key, value in header.items():
        wanted, choices = _TYPES.get(key, str), _WORDS.get(key)
        if key not in _KEYS:
            problems[key] = f"unknown key {key!r}.{did_you_mean(key, _KEYS)}"
        elif type(value) is not wanted:
            problems[key] = f"write {key} like this: {key} = {_EXAMPLES[wanted]}"
        elif choices and value not in list(choices):
            use = f"use one of: {', '.join(choices)}.{nearest(value, choices)}"
            problems[key] = f"{key} is {value!r}; {use}"
    return problems


def line_of(indicator: Indicator, key: str) -> int | None:
    """Return the line of its file on which an indicator's header has `key`."""
    parts = _FILE.match((INDICATORS / indicator.file).read_text(encoding="utf-8"))
    return _lines(parts["header"]).get(key) if parts else None


def _where(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _lines(header: str) -> dict[str, int]:
    """Return the line of the file on which each key of the header stands. The header is its 2nd."""
    keys = [line.partition("=")[0].strip() for line in header.splitlines()]
    return {key: number for number, key in enumerate(keys, start=2) if key}


def _not_toml(error: tomllib.TOMLDecodeError, where: str) -> str:
    """Return what is wrong with a header that is no TOML, by its line in the file."""
    reason, at, position = str(error).partition(" (at line ")
    line = f" line {int(position.partition(',')[0]) + 1}" if at else ""
    return f"{where}{line}: the header does not read as TOML: {reason}."
