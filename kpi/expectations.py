"""What is off target as expected: until when, why, and who accepted it.

Kept in data/reference/expected_off_target.csv. It stands beside a rating and never in its place:
what is off target stays off target, and a reader also learns that somebody knew, and until when.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from kpi import reference, settings
from kpi.errors import DefinitionError, did_you_mean

FILE = "expected_off_target.csv"
COLUMNS = ("indicator", "from_month", "until_month", "reason", "approved_by")


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """That an indicator is off target as expected, from one month until another."""

    indicator: str
    from_month: date
    until_month: date  # the last month for which it is expected
    reason: str
    approved_by: str


def read(indicators: Collection[str], path: Path | None = None) -> list[Expectation]:
    """Return every expectation, oldest first.

    Raises DefinitionError listing every row that will not read, lacks a reason, an approver or an
    end, or overlaps another of the same indicator.
    """
    path = path or settings.reference() / FILE
    found, problems = reference.read(path, COLUMNS, lambda row: _expectation(row, indicators))
    in_order = sorted(found.items(), key=lambda row: (row[1].indicator, row[1].from_month))
    for (earlier, one), (line, following) in pairwise(in_order):
        if one.indicator == following.indicator and following.from_month <= one.until_month:
            problems.append(
                f"{path.name} line {line}: {one.indicator} is expected off target in "
                f"{following.from_month:%Y-%m} by line {earlier} already."
            )
    if problems:
        raise DefinitionError("\n".join(problems))
    return [one for _, one in in_order]


def standing(
    expectations: Iterable[Expectation], indicator: str, month: date
) -> Expectation | None:
    """Return what was expected of `indicator` in `month`, if anything."""
    for one in expectations:
        if one.indicator == indicator and one.from_month <= month <= one.until_month:
            return one
    return None


def _expectation(row: dict[str, str], indicators: Collection[str]) -> Expectation:
    if row["indicator"] not in indicators:
        near = did_you_mean(row["indicator"], indicators)
        raise ValueError(f"no indicator is called {row['indicator']!r}.{near}")
    for name in ("reason", "approved_by"):
        if not row[name].strip():
            raise ValueError(f"{name} is empty. Without it nobody can rely on the expectation.")
    found = Expectation(
        indicator=row["indicator"],
        from_month=reference.month(row, "from_month"),
        until_month=reference.month(row, "until_month"),
        reason=row["reason"].strip(),
        approved_by=row["approved_by"].strip(),
    )
    if found.until_month < found.from_month:
        raise ValueError("until_month must not be before from_month.")
    return found
