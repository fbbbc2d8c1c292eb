"""The worked cases in tests/indicators: Markdown that a performance manager can read and correct.

A case is a lead paragraph, a line `Reporting months: 2024-09 to 2024-11`, a `## table` section for
each table it needs and a `## expected` section. A column named `why` is for the reader.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from kpi import calendar, lake, settings
from kpi.errors import DefinitionError, did_you_mean

FOLDER = settings.ROOT / "tests" / "indicators"
FILLED = {"authority": "311"}  # in every table, where a case does not write the column
FILLED_IN = {"cla_episodes": {"uasc": "false"}, "reviews_visits": {"cancelled": "false"}}
MONTHS = re.compile(r"^Reporting months: (\d{4}-\d{2})(?: to (\d{4}-\d{2}))?\.?$", re.MULTILINE)
EXPECTED = ("month", "team_id", "numerator", "denominator")

Row = dict[str, str | None]


class Expected(NamedTuple):
    """What one team's figure must be; no team is work that nobody held."""

    month: date
    team_id: str | None
    numerator: Decimal
    denominator: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Case:
    """One indicator's records in, and its numbers out."""

    indicator: str
    months: list[date]
    tables: dict[str, list[Row]]
    expected: list[Expected]
    lines: dict[str, list[int]]  # of the file, on which the rows of each section stand


@dataclass
class _Section:
    """One `##` section as it was read, and the lines of its heading, its columns and its rows."""

    line: int
    columns: list[str] = field(default_factory=list)
    columns_line: int = 0
    rows: dict[int, Row] = field(default_factory=dict)


def paths() -> list[Path]:
    """Return every case's file, by the indicator's id."""
    return sorted(FOLDER.glob("*.md"))


def nothing(indicator: str) -> Case:
    """Return the case without records, in which nothing is counted."""
    return Case(indicator=indicator, months=[date(2024, 11, 1)], tables={}, expected=[], lines={})


def read(path: Path) -> Case:
    """Return the case in `path`. Cells stay text, an empty one is None; months are first days.

    Raises DefinitionError listing all that is wrong by its line.
    """
    text = path.read_text(encoding="utf-8")
    sections, problems = _sections(text)
    problems += _misnamed(sections)
    months = _months(text, problems)
    expected: list[Expected] = []
    for line, row in sections.get("expected", _Section(0)).rows.items():
        try:
            expected.append(_expected(row))
        except ValueError as error:
            problems.append((line, str(error)))
    if problems:
        raise DefinitionError("\n".join(at(path.name, *one) for one in sorted(problems)))
    return Case(
        indicator=path.stem,
        months=months,
        tables={
            name: [FILLED | FILLED_IN.get(name, {}) | row for row in section.rows.values()]
            for name, section in sections.items()
            if name != "expected"
        },
        expected=expected,
        lines={name: list(section.rows) for name, section in sections.items()},
    )


def _sections(text: str) -> tuple[dict[str, _Section], list[tuple[int, str]]]:
    sections: dict[str, _Section] = {}
    problems = []
    section: _Section | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("## "):
            name = line.removeprefix("## ").strip()
            if name in sections:
                problems.append((number, f"there are two sections {name!r}; make them one."))
            section = sections[name] = _Section(number)
        elif line.startswith("|") and section:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not section.columns:
                section.columns, section.columns_line = cells, number
            elif set(line) <= set("|-: "):
                continue
            elif len(cells) != len(section.columns):
                problems.append(
                    (number, f"{len(cells)} cells under {len(section.columns)} headings.")
                )
            else:
                pairs = zip(section.columns, cells, strict=True)
                section.rows[number] = {
                    column: cell or None for column, cell in pairs if column != "why"
                }
    return sections, problems


def _misnamed(sections: dict[str, _Section]) -> list[tuple[int, str]]:
    """Return which tables and columns there are none of, with the nearest right word."""
    problems = []
    for name, section in sections.items():
        if name == "expected":
            known = EXPECTED
        elif name in lake.tables():
            known = tuple(column.name for column in lake.tables()[name].columns)
        else:
            near = did_you_mean(name, [*lake.tables(), "expected"])
            problems.append((section.line, f"no table is called {name!r}.{near}"))
            continue
        for column in section.columns:
            if column not in (*known, "why"):
                near = did_you_mean(column, known)
                problems.append((section.columns_line, f"{name} has no column {column!r}.{near}"))
        if name == "expected" and not set(EXPECTED) <= set(section.columns):
            problems.append((section.line, f"expected needs the columns {', '.join(EXPECTED)}."))
    again = Counter(
        (row.get("month"), row.get("team_id"))
        for row in sections.get("expected", _Section(0)).rows.values()
    )
    if any(number > 1 for number in again.values()):
        problems.append((sections["expected"].line, "a team is expected twice in one month."))
    if "expected" not in sections:
        problems.append((0, "add a section ## expected with what must be counted."))
    return problems


def _expected(row: Row) -> Expected:
    """Return what a row expects. Raises ValueError, saying what to write."""
    month, denominator = str(row.get("month")), row.get("denominator")
    if not re.fullmatch(r"\d{4}-\d{2}-01", month):
        raise ValueError("month must be the first day of a month, such as 2024-11-01.")
    try:
        return Expected(
            date.fromisoformat(month),
            row.get("team_id"),
            Decimal(str(row.get("numerator"))),
            None if denominator is None else Decimal(denominator),
        )
    except InvalidOperation:
        raise ValueError("numerator and denominator must be numbers such as 2 or 0.5.") from None


def _months(text: str, problems: list[tuple[int, str]]) -> list[date]:
    """Return the reporting months, or add to `problems` that they are not said."""
    found = MONTHS.search(text)
    try:
        if found:
            first, last = (settings.month(month) for month in (found[1], found[2] or found[1]))
            if first <= last:
                return calendar.months_between(first, last)
    except settings.SettingError:
        pass
    problems.append((0, "write a line like 'Reporting months: 2024-09 to 2024-11'."))
    return []


def at(name: str, line: int, problem: str) -> str:
    """Return a problem after its file, and its line where it has one."""
    return f"{name} line {line}: {problem}" if line else f"{name}: {problem}"
