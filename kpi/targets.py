"""Targets, as data/reference/targets.csv records them.

One row per change: a target stands from its month until a later row replaces it, so last year's
chart keeps last year's line and a past month keeps its rating. A target may have a path through the
year, for what rises to March; its floor may be a value or a distance from the target.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

from kpi import reference, settings
from kpi.catalogue import Indicator, Polarity
from kpi.errors import DefinitionError, did_you_mean

COLUMNS = ("indicator", "from_month", "target", "floor", "profile", "source", "agreed_by")
DISTANCE = re.compile(r"within (\d+(?:\.\d+)?) points?")


class Source(StrEnum):
    """Whose target it is."""

    NATIONAL = "national"
    LOCAL = "local"
    EXAMPLE = "example"  # ours, to show how a target looks; nobody has agreed it


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What a value should reach in one month, in the indicator's own unit."""

    target: Decimal
    floor: Decimal  # the worst value that is still close
    source: Source
    agreed_by: str
    by_march: Decimal | None  # where the target is a path through the year: what it leads to


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a value should reach from a month on, as one row of the file says it."""

    indicator: str
    from_month: date
    target: Decimal
    floor: Decimal | None  # the worst value that is still close; None where it lies
    distance: Decimal = Decimal(0)  # so far from the target, wherever that is: -10
    profile: tuple[Decimal, ...] = ()  # the path: twelve values from April to March
    source: Source
    agreed_by: str

    def in_month(self, month: date) -> Goal:
        """Return what a value should reach in `month`."""
        target = self.profile[(month.month - 4) % 12] if self.profile else self.target
        return Goal(
            target=target,
            floor=target + self.distance if self.floor is None else self.floor,
            source=self.source,
            agreed_by=self.agreed_by,
            by_march=self.target if self.profile else None,
        )


def read(indicators: Mapping[str, Indicator], path: Path | None = None) -> list[Target]:
    """Return every target, oldest first.

    Raises DefinitionError listing every row that will not read, whose indicator is not among
    `indicators`, or that asks for more than its own floor.
    """
    path = path or settings.reference() / "targets.csv"
    found, problems = reference.read(path, COLUMNS, lambda row: _target(row, indicators))
    again = reference.said_again(found, lambda target: (target.indicator, target.from_month))
    for line, earlier, target in again:
        problems.append(
            f"{path.name} line {line}: {target.indicator} has its target from "
            f"{target.from_month:%Y-%m} in line {earlier} already."
        )
    if problems:
        raise DefinitionError("\n".join(problems))
    return sorted(found.values(), key=lambda target: (target.indicator, target.from_month))


def standing(targets: Iterable[Target], indicator: str, month: date) -> Goal | None:
    """Return what `indicator` should reach in `month` by the target that stood then, if any."""
    mine = [t for t in targets if t.indicator == indicator and t.from_month <= month]
    stood = max(mine, key=lambda target: target.from_month, default=None)
    return stood.in_month(month) if stood else None


def _target(row: dict[str, str], indicators: Mapping[str, Indicator]) -> Target:
    if row["indicator"] not in indicators:
        near = did_you_mean(row["indicator"], indicators)
        raise ValueError(f"no indicator is called {row['indicator']!r}.{near}")
    within = DISTANCE.fullmatch(row["floor"].strip())
    polarity = indicators[row["indicator"]].polarity
    worse = -1 if polarity is Polarity.HIGHER else 1
    found = Target(
        indicator=row["indicator"],
        from_month=reference.month(row, "from_month"),
        target=_number(row["target"], "target"),
        floor=None if within else _number(row["floor"], "floor"),
        distance=worse * Decimal(within[1]) if within else Decimal(0),
        profile=_profile(row["profile"]),
        source=_source(row["source"]),
        agreed_by=row["agreed_by"],
    )
    _must_be_reachable(found, polarity)
    return found


def _must_be_reachable(target: Target, polarity: Polarity) -> None:
    """Raise ValueError where no value could be judged by the target as it is meant."""
    if polarity is Polarity.NEITHER:
        raise ValueError(
            f"{target.indicator} is better neither higher nor lower, so nothing can meet a target. "
            "Take the row out, or say in the indicator's header which way is better."
        )
    if target.profile and target.profile[-1] != target.target:
        raise ValueError("profile must end, in March, at the target.")
    for month in range(1, 13):
        goal = target.in_month(date(2000, month, 1))
        above = goal.floor - goal.target
        if above > 0 if polarity is Polarity.HIGHER else above < 0:
            raise ValueError(
                f"floor is better than the target, and {polarity}. The floor is the worst value "
                "that is still close: write one on the other side of the target."
            )


def _number(text: str, name: str) -> Decimal:
    more = ", or a distance such as within 10 points" if name == "floor" else ""
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite():
        raise ValueError(f"{name} must be a number such as 90 or 16.5{more}.")
    return value


def _profile(text: str) -> tuple[Decimal, ...]:
    values = tuple(_number(value, "each value of profile") for value in text.split())
    if len(values) not in (0, 12):
        raise ValueError(
            f"profile has {len(values)} values; write twelve, from April to March, with spaces "
            "between, or leave it empty."
        )
    return values


def _source(text: str) -> Source:
    try:
        return Source(text)
    except ValueError:
        raise ValueError(f"source must be one of: {', '.join(Source)}.") from None
