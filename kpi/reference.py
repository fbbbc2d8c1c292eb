"""The tracked tables that people keep in a spreadsheet: targets, teams, bank holidays."""

import csv
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from kpi import settings
from kpi.errors import DefinitionError, SettingError

T = TypeVar("T")


def read(
    path: Path, columns: Sequence[str], parse: Callable[[dict[str, str]], T]
) -> tuple[dict[int, T], list[str]]:
    """Return what `parse` makes of each row of the CSV at `path` by its line, and what is wrong.

    `parse` raises ValueError, saying what to write, for a row that will not do. Raises
    DefinitionError when the file is not there, is not UTF-8, or lacks one of `columns`.
    """
    found: dict[int, T] = {}
    problems = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:  # Excel writes a BOM
            rows = csv.DictReader(file)
            missing = [name for name in columns if name not in (rows.fieldnames or [])]
            if missing:
                raise DefinitionError(f"{path.name}: add the column {', '.join(missing)}.")
            for row in rows:
                try:
                    found[rows.line_num] = parse({name: row[name] or "" for name in columns})
                except ValueError as error:
                    problems.append(f"{path.name} line {rows.line_num}: {error}")
    except UnicodeDecodeError:
        raise DefinitionError(
            f"{path.name} is not UTF-8. Save it again from Excel as 'CSV UTF-8'."
        ) from None
    except OSError as error:
        raise DefinitionError(f"{path} cannot be read: {error.strerror}.") from None
    return found, problems


def month(row: Mapping[str, str], name: str) -> date:
    """Return the month in a row's column, written as 2024-11 or as the date that Excel makes of it.

    Raises ValueError, saying what to write, for anything else.
    """
    try:
        return settings.month(row[name][:7], name)
    except SettingError as error:
        raise ValueError(str(error)) from None


def said_again(found: Mapping[int, T], key: Callable[[T], Hashable]) -> list[tuple[int, int, T]]:
    """Return every row whose `key` an earlier row has: its line, that one's line, and the row."""
    first: dict[Hashable, int] = {}
    again = []
    for line, row in found.items():
        if (earlier := first.setdefault(key(row), line)) != line:
            again.append((line, earlier, row))
    return again
