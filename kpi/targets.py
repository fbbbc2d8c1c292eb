"""Targets, as data/reference/targets.csv records them.

One row per change: a target stands from its month until a later row replaces it, so last year's
chart keeps last year's line and a past month keeps its rating.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

from kpi import reference, settings
from kpi.errors import DefinitionError, did_you_mean

COLUMNS = ("indicator", "from_month", "target", "floor", "source", "agreed_by")


class Source(StrEnum):
    """Whose target it is."""

    NATIONAL = "national"
    LOCAL = "local"
    EXAMPLE = "example"  # ours, to show how a target looks; nobody has agreed it


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a value should reach from a month on, in the indicator's own unit."""

    indicator: str
    from_month: date
    target: Decimal
    floor: Decimal  # the worst value that is still close
    source: Source
    agreed_by: str


def read(indicators: Iterable[str], path: Path | None = None) -> list[Target]:
    """Return every target, oldest first.

    Raises DefinitionError listing every row that will not read, or whose indicator is not among
    `indicators`.
    """
    path = path or settings.reference() / "targets.csv"
    known = set(indicators)
    found, problems = reference.read(path, COLUMNS, lambda row: _target(row, known))
    keys = [(target.indicator, target.from_month) for target in found]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        problems.append(f"{path.name}: {key[0]} has two targets from {key[1]:%Y-%m}.")
    if problems:
        raise DefinitionError("\n".join(problems))
    return sorted(found, key=lambda target: (target.indicator, target.from_month))


def standing(targets: Iterable[Target], indicator: str, month: date) -> Target | None:
    """Return the target that stood for `indicator` in `month`, if any."""
    mine = [t for t in targets if t.indicator == indicator and t.from_month <= month]
    return max(mine, key=lambda target: target.from_month, default=None)


def _target(row: dict[str, str], known: set[str]) -> Target:
    if row["indicator"] not in known:
        near = did_you_mean(row["indicator"] or "", known)
        raise ValueError(f"no indicator is called {row['indicator']!r}.{near}")
    return Target(
        indicator=row["indicator"],
        from_month=_month(row["from_month"]),
        target=_number(row["target"], "target"),
        floor=_number(row["floor"], "floor"),
        source=_source(row["source"]),
        agreed_by=row["agreed_by"] or "",
    )


def _month(text: str) -> date:
    try:
        return settings.month((text or "")[:7], "from_month")
    except settings.SettingError as error:
        raise ValueError(str(error)) from None


def _number(text: str, name: str) -> Decimal:
    try:
        value = Decimal(text or "")
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite():
        raise ValueError(f"{name} must be a number such as 90 or 16.5.")
    return value


def _source(text: str) -> Source:
    try:
        return Source(text)
    except ValueError:
        raise ValueError(f"source must be one of: {', '.join(Source)}.") from None
