"""Releases to test with that were never published: made-up sums, with targets and teams."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from kpi import calendar, catalogue, measures
from kpi.coverage import State
from kpi.organisation import Team
from kpi.releases import Release
from kpi.targets import Target

AUTHORITY = "311"
ASSESSMENTS, CONFERENCES, DISTANCE = (
    "assessments_within_45_days",
    "icpc_within_15_days",
    "placed_over_20_miles",
)

Sums = Mapping[tuple[str, date, str], tuple[int, int]]  # by indicator, month and service area


def team(service_area: str, since: str = "2016-01-01", until: str = "") -> Team:
    """Return the one team of a service area."""
    return Team(
        authority=AUTHORITY,
        team_id=f"{AUTHORITY}:{service_area.lower()}",
        team=f"{service_area} team",
        service_area=service_area,
        valid_from=date.fromisoformat(since),
        valid_to=date.fromisoformat(until) if until else None,
        successor=None,
    )


def release(
    sums: Sums,
    *,
    first: date,
    last: date,
    targets: Iterable[Target],
    teams: Iterable[Team],
    not_loaded: Iterable[tuple[str, date]] = (),
    name: str = "made up",
) -> Release:
    """Return a release of the months from `first` to `last`, and of the indicators in `sums`."""
    indicators = {id: one for id, one in catalogue.read_all().items() if id in {k[0] for k in sums}}
    months = calendar.months_between(first, last)
    connection = duckdb.connect()
    connection.execute(measures.query("measure_tables"))
    for (indicator, month, area), (numerator, denominator) in sums.items():
        row = [indicator, month, AUTHORITY, area, f"{area} team", area, f"{area} team"]
        connection.execute(
            "insert into measure values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*row, Decimal(numerator), Decimal(denominator)],
        )
    missing = set(not_loaded)
    return Release(
        name=name,
        folder=Path(name),
        manifest={"extract_month": f"{last:%Y-%m}", "authorities": [AUTHORITY]},
        indicators=indicators,
        details={},
        targets=sorted(targets, key=lambda one: (one.indicator, one.from_month)),
        expectations=[],
        benchmarks=[],
        populations=[],
        names={AUTHORITY: "Havering"},
        teams=list(teams),
        months=months,
        coverage={
            (id, AUTHORITY): {
                month: State.NOT_LOADED if (id, month) in missing else State.COUNTED
                for month in months
            }
            for id in indicators
        },
        notes={},
        connection=connection,
    )
