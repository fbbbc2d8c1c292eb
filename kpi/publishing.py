"""Publishing: counting everything that is loaded, and putting a release in its place.

A release is written aside, made durable, and renamed into place; only then does CURRENT name it.
A publisher that is killed leaves the old release serving, and the next one tidies up.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import filelock
import pyarrow.parquet as pq

from kpi import (
    calendar,
    catalogue,
    coverage,
    lake,
    measures,
    organisation,
    releases,
    settings,
    targets,
)
from kpi.access import Actor, Right
from kpi.catalogue import Indicator
from kpi.coverage import State
from kpi.errors import ReleaseError
from kpi.lake import Standing
from kpi.measures import Sum
from kpi.organisation import Place
from kpi.releases import CATALOGUE, CURRENT, MANIFEST, MEASURE, RECORDS, TEAMS, Release

WAIT_SECONDS = 60  # how long a publisher waits for another


@dataclass(frozen=True, kw_only=True)
class Change:
    """A figure of a whole authority that a new release gives differently from the one before."""

    indicator: str
    authority: str
    month: date
    before: Sum
    after: Sum


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What publishing did: the release that now stands, and what it changed."""

    name: str
    made: bool  # False where an identical release stood already
    current: bool  # False where a later month is what pages show
    compared_with: str | None  # the release that pages showed before
    changes: tuple[Change, ...]
    unmapped: tuple[str, ...]  # teams that teams.csv does not list


def publish(actor: Actor, month: date) -> Publication:
    """Make a release of everything loaded at or before `month`, and let CURRENT name it.

    CURRENT never goes back to an earlier month than it shows. Raises AccessError, ReleaseError when
    no extract of the month is loaded, and DefinitionError when an indicator cannot be counted.
    """
    actor.must(Right.LOAD_AND_PUBLISH)
    standing = lake.standing(lake.loads(settings.lake()), month=month)
    newest = max((one.load.extract_month for one in standing), default=None)
    if newest != month:
        have = f"the newest is {newest:%Y-%m}" if newest else "none is"
        raise ReleaseError(
            f"No extract of {month:%Y-%m} is loaded; {have}. "
            f"Load it first: python -m kpi load PATH --month {month:%Y-%m}"
        )
    published = settings.published()
    with _publishing(published):
        staging = published / f".staging-{os.getpid()}"
        staging.mkdir()
        unmapped = _write(staging, actor=actor, month=month, standing=standing)
        before = _newest_before(published)
        name, made = _put_in_place(staging, published, month)
        shown = releases.month_of(releases.current_name(published) or "")
        current = shown is None or shown <= month
        if current:
            _point(published, name)
        after = releases.open_release(published / name)
        return Publication(
            name=name,
            made=made,
            current=current,
            compared_with=before.name if before else None,
            changes=tuple(changes(before, after)) if before else (),
            unmapped=unmapped,
        )


def changes(before: Release, after: Release) -> Iterator[Change]:
    """Yield each figure of a whole authority that both releases hold and do not agree on."""
    for authority in after.authorities:
        place = Place(authority=authority)
        old = measures.series(before.cursor(), place)
        new = measures.series(after.cursor(), place)
        for indicator in (name for name in new if name in old):
            for month in sorted(new[indicator].keys() & old[indicator].keys()):
                if new[indicator][month] != old[indicator][month]:
                    yield Change(
                        indicator=indicator,
                        authority=authority,
                        month=month,
                        before=old[indicator][month],
                        after=new[indicator][month],
                    )


def _write(
    staging: Path, *, actor: Actor, month: date, standing: Sequence[Standing]
) -> tuple[str, ...]:
    """Write every file of a release into `staging`, and return the teams that are not listed."""
    indicators = catalogue.read_all()
    wanted = targets.read(indicators)
    months = calendar.months_between(settings.first_month(month), month)
    records_from = calendar.add_months(month, 1 - settings.record_months())
    con = lake.connect()
    for table in lake.tables():
        if table != "teams":
            lake.read(con, standing, table)
    _fill_teams(con)
    calendar.build(con)
    calendar.build_months(con, first=months[0], last=month)
    calendar.build_birthdays(con)
    details = measures.fill(con, indicators.values(), records_from=records_from)
    covered = _cover(con, list(indicators.values()), months=months, standing=standing)

    order = "indicator, month, authority, service_area, team"
    _keep(con, f"select * from measure order by {order}", staging / MEASURE)
    _keep(con, f"select * from records order by {order}, record_id", staging / RECORDS)
    shutil.copyfile(settings.reference() / TEAMS, staging / TEAMS)
    described = {
        "indicators": [_entry(i, details[i.id]) for i in indicators.values()],
        "targets": [_plain(asdict(target)) for target in wanted],
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
    _write_json(staging / CATALOGUE, described)
    loads = {one.load.name: one.load for one in standing}
    manifest = {
        "extract_month": f"{month:%Y-%m}",
        "records_from": f"{records_from:%Y-%m}",
        "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "published_by": actor.name,
        "demonstration": all(load.demonstration for load in loads.values()),
        "authorities": sorted({load.authority for load in loads.values()}),
        "left_out": sum(one.load.left_out for one in standing),
        "loads": sorted(loads),
        "files": {
            name: {
                "sha256": lake.sha256(staging / name),
                "bytes": (staging / name).stat().st_size,
                "rows": _rows(staging / name),
            }
            for name in (MEASURE, RECORDS, CATALOGUE, TEAMS)
        },
    }
    _write_json(staging / MANIFEST, manifest)
    for path in staging.iterdir():
        lake.sync(path)
    return tuple(
        team
        for (team,) in con.execute(
            "select distinct team from measure where service_area = ? order by team",
            [organisation.UNMAPPED],
        ).fetchall()
    )


def _cover(
    con: duckdb.DuckDBPyConnection,
    indicators: Sequence[Indicator],
    *,
    months: list[date],
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


def _fill_teams(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(lake.tables()["teams"].ddl)
    columns = [column.name for column in lake.tables()["teams"].columns]
    con.executemany(
        f"insert into teams by name select {', '.join(f'? as {name}' for name in columns)}",
        [[getattr(team, name) for name in columns] for team in organisation.read()],
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
        "header": _plain(header),
        "details": details,
        "sha256": hashlib.sha256(indicator.select.encode()).hexdigest(),
    }


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Return `facts` with dates and decimals as text, for JSON."""
    return {
        name: str(value) if isinstance(value, date | Decimal) else value
        for name, value in facts.items()
    }


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")


def _rows(path: Path) -> int | None:
    return pq.read_metadata(path).num_rows if path.suffix == ".parquet" else None


@contextmanager
def _publishing(published: Path) -> Generator[None]:
    """Hold the folder for one publisher at a time, with what a killed one left swept away."""
    published.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(published / ".lock", timeout=WAIT_SECONDS):
            for left in published.glob(".staging-*"):
                shutil.rmtree(left)
            try:
                yield
            finally:
                for left in published.glob(".staging-*"):
                    shutil.rmtree(left)
    except filelock.Timeout as busy:
        raise ReleaseError(
            "Somebody else is publishing at this moment. Nothing was changed; try again shortly."
        ) from busy


def _put_in_place(staging: Path, published: Path, month: date) -> tuple[str, bool]:
    """Rename `staging` into place and return its name, or that of the same release if it stands."""
    same_month = [name for name in releases.names(published) if releases.month_of(name) == month]
    if same_month and _same(staging, published / same_month[-1]):
        return same_month[-1], False
    number = max((releases.number_of(name) for name in same_month), default=0) + 1
    digest = lake.sha256(staging / MANIFEST)[: releases.HASH_DIGITS]
    name = f"{month:%Y-%m}.{number}-{digest}"
    staging.rename(published / name)
    lake.sync(published / name / MANIFEST)
    return name, True


def _same(staging: Path, folder: Path) -> bool:
    """Return whether two releases differ in nothing but who published them and when."""
    try:
        there = releases.verified(folder)
    except ReleaseError:
        return False
    here = json.loads((staging / MANIFEST).read_text(encoding="utf-8"))
    apart = {"published_at", "published_by"}
    return {k: v for k, v in here.items() if k not in apart} == {
        k: v for k, v in there.items() if k not in apart
    }


def _point(published: Path, name: str) -> None:
    arriving = published / f".{CURRENT}"
    arriving.write_text(name + "\n", encoding="utf-8")
    lake.sync(arriving)
    arriving.replace(published / CURRENT)
    lake.sync(published / CURRENT)


def _newest_before(published: Path) -> Release | None:
    """Return the release that pages show now, where it can be opened."""
    try:
        return releases.open_release(releases.current(published))
    except ReleaseError:
        return None
