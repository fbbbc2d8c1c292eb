"""Releases: what has been published, each in a folder that never changes.

    published/2024-11.1-3fa9c2d1e0b4/   extract month, number, first digits of the manifest's hash
        measure.parquet      the sums that every page reads
        records.parquet      the lists behind the figures (restricted)
        catalogue.json       every header, target and comparison as it stood, and what each
                             month holds
        teams.csv            the organisation as it was described
        manifest.json        SHA-256, bytes and rows of every file; when, by whom, from which loads
    published/CURRENT        one line: the name of the release that pages show

Nothing is read from a release until every file of it is, bit for bit, what was published.
"""

import hashlib
import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from kpi import calendar, catalogue, lake, measures, organisation, settings, targets
from kpi.benchmarks import Benchmark
from kpi.catalogue import Indicator
from kpi.coverage import State
from kpi.errors import ReleaseError, SettingError
from kpi.expectations import Expectation
from kpi.organisation import Place, Team
from kpi.plain import restored
from kpi.rates import Population
from kpi.targets import Goal, Target

MEASURE, RECORDS = "measure.parquet", "records.parquet"
CATALOGUE, TEAMS, MANIFEST = "catalogue.json", "teams.csv", "manifest.json"
CURRENT = "CURRENT"
HASH_DIGITS = 12  # of the manifest's SHA-256, in the release's name


@dataclass(kw_only=True)
class Release:
    """A verified release, opened for reading. One connection, and a cursor for each call.

    Two readers who shared a cursor could each be handed the other's rows.
    """

    name: str
    folder: Path
    manifest: dict[str, Any]
    indicators: dict[str, Indicator]
    details: dict[str, list[str]]  # the columns of each indicator's lists, in order
    targets: list[Target]
    expectations: list[Expectation]
    benchmarks: list[Benchmark]
    populations: list[Population]
    names: dict[str, str]  # of authorities, by code
    teams: list[Team]
    months: list[date]
    coverage: dict[tuple[str, str], dict[date, State]]  # by indicator and authority
    notes: dict[tuple[str, str], tuple[str, ...]]
    connection: duckdb.DuckDBPyConnection = field(repr=False)

    @property
    def extract_month(self) -> date:
        """The month whose extract this release was made from; its newest."""
        return settings.month(self.manifest["extract_month"])

    @property
    def published_at(self) -> datetime:
        """When it was published, in UTC."""
        return datetime.fromisoformat(self.manifest["published_at"])

    @property
    def demonstration(self) -> bool:
        """Whether every record in it is invented."""
        return self.manifest["demonstration"]

    @property
    def left_out(self) -> int:
        """How many records of the extracts were refused, and left out by the analyst's word."""
        return self.manifest["left_out"]

    @property
    def authorities(self) -> list[str]:
        """The councils in it, by code."""
        return self.manifest["authorities"]

    @property
    def records_from(self) -> date:
        """The first month whose lists are kept."""
        return settings.month(self.manifest["records_from"])

    @cached_property
    def places(self) -> list[Place]:
        """Every team that has held work, with its service area and authority."""
        return measures.places(self.cursor(), today=False)

    @cached_property
    def places_today(self) -> list[Place]:
        """Every team that has work today which was once counted."""
        return measures.places(self.cursor(), today=True)

    def existed(self, place: Place, month: date) -> bool:
        """Return whether a place stood at the end of `month`, or stands today if it is of today."""
        if (place, month) not in self._existed:
            self._existed[place, month] = place.today or organisation.existed(
                self.teams, place, calendar.month_end(month)
            )
        return self._existed[place, month]

    @cached_property
    def _existed(self) -> dict[tuple[Place, date], bool]:
        return {}

    @cached_property
    def _targets(self) -> dict[str, list[Target]]:
        found: dict[str, list[Target]] = {}
        for target in self.targets:
            found.setdefault(target.indicator, []).append(target)
        return found

    def goal(self, indicator: Indicator, month: date) -> Goal | None:
        """Return what an indicator should reach in `month` by the target that stood then."""
        return targets.standing(self._targets.get(indicator.id, []), indicator.id, month)

    def targets_of(self, indicator: Indicator, month: date) -> list[Target]:
        """Return the targets that an indicator has had by `month`, oldest first."""
        return [one for one in self._targets.get(indicator.id, []) if one.from_month <= month]

    @cached_property
    def _published(self) -> dict[str, list[Benchmark]]:
        found: dict[str, list[Benchmark]] = {}
        for one in self.benchmarks:
            found.setdefault(one.measure, []).append(one)
        return found

    def published_of(self, indicator: Indicator) -> list[Benchmark]:
        """Return what has been published elsewhere of an indicator's measure."""
        return self._published.get(indicator.benchmark or indicator.id, [])

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own for one call."""
        return self.connection.cursor()


def current(published: Path | None = None) -> Path:
    """Return the folder of the release that CURRENT names. Raises ReleaseError if there is none."""
    published = published or settings.published()
    name = current_name(published)
    if name is None:
        raise ReleaseError(
            "Nothing is published yet. Load a month and publish it: "
            "python -m kpi load PATH --month 2024-11, then python -m kpi publish --month 2024-11"
        )
    if month_of(name) is None or not (published / name).is_dir():
        raise ReleaseError(
            f"{CURRENT} names a release that is not there. Publish the month again: "
            "python -m kpi publish --month …"
        )
    return published / name


def open_release(folder: Path) -> Release:
    """Return the release in `folder`, every file of it checked against its manifest.

    Raises ReleaseError when a file is missing or is not, bit for bit, what was published.
    """
    try:
        manifest = verified(folder)
        described = json.loads((folder / CATALOGUE).read_text(encoding="utf-8"))
        teams = organisation.read(folder / TEAMS)
        connection = lake.connect(folder)
        connection.register("published", read_parquet(folder / MEASURE))
        connection.execute("create table measure as select * from published")
        connection.unregister("published")
        _add_today(connection)
    except ReleaseError:
        raise
    except (OSError, ValueError, KeyError, duckdb.Error) as error:
        raise ReleaseError(f"Release {folder.name} cannot be read: {error}") from error
    indicators = {}
    for entry in described["indicators"]:
        header = entry["header"] | {"reviewed": date.fromisoformat(entry["header"]["reviewed"])}
        indicators[entry["id"]] = catalogue.from_header(
            header, id=entry["id"], area=entry["area"], select="", where=entry["id"]
        )
    return Release(
        name=folder.name,
        folder=folder,
        manifest=manifest,
        indicators=indicators,
        details={entry["id"]: entry["details"] for entry in described["indicators"]},
        targets=[restored(Target, entry) for entry in described["targets"]],
        expectations=[restored(Expectation, one) for one in described.get("expectations", [])],
        benchmarks=[restored(Benchmark, entry) for entry in described.get("benchmarks", [])],
        populations=[restored(Population, entry) for entry in described.get("populations", [])],
        names=described.get("names", {}),
        teams=teams,
        months=[settings.month(text) for text in described["months"]],
        coverage={
            (entry["indicator"], entry["authority"]): {
                settings.month(text): State(state) for text, state in entry["months"].items()
            }
            for entry in described["coverage"]
        },
        notes={
            (entry["indicator"], entry["authority"]): tuple(entry["notes"])
            for entry in described["coverage"]
        },
        connection=connection,
    )


def last_good(published: Path | None = None) -> Release | None:
    """Return the newest release that is whole, other than the one that CURRENT names."""
    published = published or settings.published()
    for name in reversed(names(published)):
        if name != current_name(published):
            try:
                return open_release(published / name)
            except ReleaseError:
                continue
    return None


def verified(folder: Path) -> dict[str, Any]:
    """Return the manifest of the release in `folder` once every file is what it says."""

    manifest = _manifest(folder)
    for name, said in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise _damaged(folder, f"{name} is missing")
        if path.stat().st_size != said["bytes"] or lake.sha256(path) != said["sha256"]:
            raise _damaged(folder, f"{name} is not what was published")
    return manifest


def of_demonstration(published: Path | None = None) -> bool:
    """Return whether every record in the release that stands now is invented.

    Its manifest says so, whatever has become of its other files. What nobody can know is real.
    """
    try:
        return _manifest(current(published))["demonstration"]
    except ReleaseError:
        return False


def current_name(published: Path) -> str | None:
    """Return the name that CURRENT holds, whatever it is; None where there is no such file."""
    try:
        return (published / CURRENT).read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None


def names(published: Path) -> list[str]:
    """Return the names of all releases, oldest extract month and number first."""
    names = [path.name for path in published.glob("*") if month_of(path.name) and path.is_dir()]
    return sorted(names, key=lambda name: (name[:7], number_of(name)))


def month_of(name: str) -> date | None:
    """Return the extract month in a release's name; None where it is not such a name."""
    try:
        month = settings.month(name[:7])
        return month if number_of(name) else None
    except (SettingError, ValueError):
        return None


def number_of(name: str) -> int:
    """Return a release's number among those of its month."""
    return int(name[8:].partition("-")[0])


def read_parquet(path: Path, **options: Any) -> pa.Table:
    """Return the Arrow table at `path`, the checksum of every page of it verified.

    Raises ReleaseError when a page is not what was written.
    """
    with _whole(path):
        return pq.read_table(path, page_checksum_verification=True, **options)


def columns(path: Path) -> list[str]:
    """Return the names of the columns at `path`. Raises ReleaseError where it is damaged."""
    with _whole(path):
        return pq.read_schema(path).names


@contextmanager
def _whole(path: Path) -> Generator[None]:
    """Raise ReleaseError where what is read inside is not a file of Parquet as it was written."""
    try:
        yield
    except (OSError, pa.ArrowInvalid) as error:
        raise ReleaseError(
            f"{path.name} of release {path.parent.name} is damaged. It is not shown. "
            "Put the folder back from a copy, or publish the month again."
        ) from error


def _manifest(folder: Path) -> dict[str, Any]:
    """Return what a release's manifest says, once it is the one that was published."""
    try:
        text = (folder / MANIFEST).read_bytes()
    except OSError:
        raise _damaged(folder, f"{MANIFEST} is missing") from None
    if hashlib.sha256(text).hexdigest()[:HASH_DIGITS] != folder.name.rpartition("-")[2]:
        raise _damaged(folder, f"{MANIFEST} is not what was published")
    return json.loads(text)


def _damaged(folder: Path, why: str) -> ReleaseError:
    return ReleaseError(
        f"Release {folder.name} is damaged: {why}. It is not shown. "
        f"Put the folder back from a copy, or publish the month again."
    )


def _add_today(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the measure of a release from before the teams of today were kept those of then."""
    columns = [row[0] for row in connection.execute("describe measure").fetchall()]
    if "team_today" not in columns:
        connection.execute("alter table measure add column service_area_today varchar")
        connection.execute("alter table measure add column team_today varchar")
        connection.execute(
            "update measure set service_area_today = service_area, team_today = team"
        )
