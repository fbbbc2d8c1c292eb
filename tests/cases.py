"""The worked cases in tests/indicators: Markdown that a performance manager can read and correct.

A case is a lead paragraph, a line `Reporting months: 2024-09 to 2024-11`, a `## table` section for
each table it needs and a `## expected` section. A column named `why` is for the reader.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "indicators"
FILLED = {"authority": "311"}  # in every table, where a case does not write the column
FILLED_IN = {"cla_episodes": {"uasc": "false"}, "reviews_visits": {"cancelled": "false"}}
MONTHS = re.compile(r"^Reporting months: (\d{4})-(\d{2})(?: to (\d{4})-(\d{2}))?\.?$", re.MULTILINE)

Row = dict[str, str | None]


class Expected(NamedTuple):
    """What one team's figure must be; no team is work that nobody held."""

    month: date
    team_id: str | None
    numerator: Decimal
    denominator: Decimal | None


@dataclass(frozen=True)
class Case:
    """One indicator's records in, and its numbers out."""

    indicator: str
    months: list[date]
    tables: dict[str, list[Row]]
    expected: list[Expected]


def paths() -> list[Path]:
    """Return every case's file, by the indicator's id."""
    return sorted(FOLDER.glob("*.md"))


def read(path: Path) -> Case:
    """Return the case in `path`. Cells stay text, an empty one is None; months are first days."""
    text = path.read_text(encoding="utf-8")
    tables = _tables(text, name=path.name)
    expected = [_expected(row) for row in tables.pop("expected")]
    whole = {
        table: [FILLED | FILLED_IN.get(table, {}) | row for row in rows]
        for table, rows in tables.items()
    }
    return Case(path.stem, _months(text, name=path.name), whole, expected)


def _tables(text: str, *, name: str) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {}
    rows: list[Row] | None = None
    columns: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("## "):
            rows, columns = tables.setdefault(line.removeprefix("## ").strip(), []), None
        elif line.startswith("|") and rows is not None:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if columns is None:
                columns = cells
            elif set(line) <= set("|-: "):
                continue
            elif len(cells) != len(columns):
                raise ValueError(
                    f"{name} line {number}: {len(cells)} cells under {len(columns)} headings"
                )
            else:
                pairs = zip(columns, cells, strict=True)
                rows.append({column: cell or None for column, cell in pairs if column != "why"})
    return tables


def _expected(row: Row) -> Expected:
    denominator = row["denominator"]
    return Expected(
        date.fromisoformat(str(row["month"])),
        row["team_id"],
        Decimal(str(row["numerator"])),
        None if denominator is None else Decimal(denominator),
    )


def _months(text: str, *, name: str) -> list[date]:
    found = MONTHS.search(text)
    if found is None:
        raise ValueError(f"{name}: write a line like 'Reporting months: 2024-09 to 2024-11'")
    first_year, first_month, last_year, last_month = found.groups()
    first = 12 * int(first_year) + int(first_month) - 1
    last = 12 * int(last_year) + int(last_month) - 1 if last_year else first
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)]
