"""Assembling a release: everything that is loaded counted, and written into files."""

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from kpi import (
    benchmarks,
    calendar,
    catalogue,
    coverage,
    disk,
    expectations,
    lake,
    measures,
    organisation,
    rates,
    settings,
    targets,
)
from kpi.access import Actor
from kpi.catalogue import Indicator
from kpi.coverage import State
from kpi.lake import Standing
from kpi.organisation import Team
from kpi.plain import plain
from kpi.releases import CATALOGUE, MANIFEST, MEASURE, RECORDS, TEAMS


def assemble(
    staging: Path, *, actor: Actor, month: date, standing: Sequence[Standing]
) -> tuple[str, ...]:
    """Write a release's files into the folder `staging`, and return the teams not listed.

    Raises DefinitionError when an indicator cannot be counted, or a reference file cannot be used.
    """
    indicators = list(catalogue.read_all().values())
    months = calendar.months_between(settings.first_month(month), month)
    records_from = calendar.add_months(month, 1 - settings.record_months())
    with lake.connect() as con:
        gather(con, standing, months=months, teams=organisation.read())
        details = measures.fill(con, indicators, records_from=records_from)
        covered = cover(con, indicators, months=months, standing=standing)
        order = "indicator, month, authority, service_area, team, team_today"
        _keep(con, f"select * from measure order by {order}", staging / MEASURE)
        _keep(con, f"select * from records order by {order}, record_id", staging / RECORDS)
        shutil.copyfile(settings.reference() / TEAMS, staging / TEAMS)
        _write_json(staging / CATALOGUE, _described(indicators, details, months, covered))
        facts = {
            "extract_month": f"{month:%Y-%m}",
            "records_from": f"{records_from:%Y-%m}",
            "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "published_by": actor.name,
        }
        _write_json(staging / MANIFEST, facts | _contents(standing) | _files(staging))
        for path in staging.iterdir():
            disk.sync(path)
        return _unmapped(con)


def gather(
    con: duckdb.DuckDBPyConnection,
    standing: Sequence[Standing],
    *,
    months: Sequence[date],
    teams: Sequence[Team],
) -> None:
    """Create in `con` every table that an indicator may read."""
    for table in lake.tables():
        if table != "teams":
            lake.read(con, standing, table)
    _fill_teams(con, teams, day=calendar.month_end(months[-1]))
    calendar.build(con)
    calendar.build_months(con, first=months[0], last=months[-1])
    calendar.build_birthdays(con)


def _described(
    indicators: Sequence[Indicator],
    details: dict[str, list[str]],
    months: list[date],
    covered: list[coverage.Coverage],
) -> dict[str, Any]:
    """Return the catalogue: all that is said beside the figures, as it stands now."""
    by_id = {indicator.id: indicator for indicator in indicators}
    return {
        "indicators": [_entry(i, details[i.id]) for i in indicators],
        "targets": [plain(one) for one in targets.read(by_id)],
        "expectations": [plain(one) for one in expectations.read(by_id)],
        "benchmarks": [plain(one) for one in benchmarks.read(indicators)],
        "populations": [plain(one) for one in rates.read()],
        "names": organisation.names(),
        "months": [f"{one:%Y-%m}" for one in months],
        "coverage": [
            {
                "indicator": one.indicator,
                "authority": one.authority,
                "notes": one.notes,
                "months": {f"{m:%Y-%m}": state for m, state in one.states.items()},
            }
            for one in covered
        ],
    }


def _contents(standing: Sequence[Standing]) -> dict[str, Any]:
    """Return what the manifest says of the loads that the release was made from."""
    loads = {one.load.name: one.load for one in standing}
    return {
        "demonstration": all(load.demonstration for load in loads.values()),
        "authorities": sorted({load.authority for load in loads.values()}),
        "left_out": sum(one.load.left_out for one in standing),
        "loads": sorted(loads),
    }


def _files(staging: Path) -> dict[str, Any]:
    """Return what the manifest says of each file."""
    return {
        "files": {
            name: {
                "sha256": lake.sha256(staging / name),
                "bytes": (staging / name).stat().st_size,
                "rows": _rows(staging / name),
            }
            for name in (MEASURE, RECORDS, CATALOGUE, TEAMS)
        }
    }


def _unmapped(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    rows = con.execute(
        "select distinct team from measure where service_area = ? order by team",
        [organisation.UNMAPPED],
    ).fetchall()
    return tuple(team for (team,) in rows)


def cover(
    con: duckdb.DuckDBPyConnection,
    indicators: Sequence[Indicator],
    *,
    months: Sequence[date],
    standing: Sequence[Standing],
) -> list[coverage.Coverage]:
    """Return the coverage of every indicator and authority, and take uncovered counts out."""
    found = []
    for authority in sorted({one.load.authority for one in standing}):
        mine = [one for one in standing if one.load.authority == authority]
        empty = _empty(con, mine)
        found += [
            coverage.build(i, authority=authority, months=months, standing=mine, empty=empty)
            for i in indicators
        ]
    con.execute("create temp table covered (indicator varchar, authority varchar, month date)")
    rows = [
        [one.indicator, one.authority, month]
        for one in found
        for month, state in one.states.items()
        if state is State.COUNTED
    ]
    if rows:
        con.executemany("insert into covered values (?, ?, ?)", rows)
    con.execute(measures.query("uncover"))
    return found


def _empty(
    con: duckdb.DuckDBPyConnection, standing: Sequence[Standing]
) -> set[tuple[str, date | None]]:
    """Return what one authority's loads bring no row of: a table, or a state table's month."""
    found: set[tuple[str, date | None]] = set()
    for one in standing:
        table, state = one.load.table, lake.tables()[one.load.table].state
        if state is None:
            if not one.load.rows:
                found.add((table, None))
            continue
        there = {
            month
            for (month,) in con.execute(
                f"select distinct date_trunc('month', {state})::date from {table} "
                "where authority = ?",
                [one.load.authority],
            ).fetchall()
        }
        found |= {(table, month) for month in one.months if month not in there}
    return found


def _fill_teams(con: duckdb.DuckDBPyConnection, teams: Sequence[Team], *, day: date) -> None:
    """Create `teams`, and `teams_today`: which team has the work of each on `day`."""
    con.execute(lake.tables()["teams"].ddl)
    columns = [column.name for column in lake.tables()["teams"].columns]
    con.executemany(
        f"insert into teams by name select {', '.join(f'? as {name}' for name in columns)}",
        [[getattr(team, name) for name in columns] for team in teams],
    )
    con.execute("create table teams_today (team_id varchar, team varchar, service_area varchar)")
    con.executemany(
        "insert into teams_today values (?, ?, ?)",
        [
            [team_id, heir.team, heir.service_area]
            for team_id, heir in organisation.today(teams, day).items()
        ],
    )


def _keep(con: duckdb.DuckDBPyConnection, select: str, path: Path) -> None:
    """Write the rows of `select` to `path`, a checksum on every page of it."""
    plain = path.with_suffix(".plain")
    con.execute(f"copy ({select}) to {lake.quoted(str(plain))} (format parquet, compression zstd)")
    pq.write_table(
        pq.read_table(plain), path, compression="zstd", write_page_checksum=True, version="2.6"
    )
    plain.unlink()


def _entry(indicator: Indicator, details: list[str]) -> dict[str, Any]:
    header = {
        f.name: getattr(indicator, f.name)
        for f in fields(indicator)
        if f.name not in ("id", "area", "select") and getattr(indicator, f.name) is not None
    }
    return {
        "id": indicator.id,
        "area": indicator.area,
        "header": {k: str(v) if isinstance(v, date) else v for k, v in header.items()},
        "details": details,
        "sha256": hashlib.sha256(indicator.select.strip().encode()).hexdigest(),
    }


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")


def _rows(path: Path) -> int | None:
    return pq.read_metadata(path).num_rows if path.suffix == ".parquet" else None
