"""Published releases to test with: the demonstration pack as it is made, and small made-up ones."""

import csv
import io
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from kpi import cards, demo, extracts, lake, publishing, releases, settings
from kpi.__main__ import main
from kpi.cards import Card
from kpi.organisation import Place
from kpi.releases import Release
from tests.stores import ANALYST

SEPTEMBER, OCTOBER, NOVEMBER = date(2024, 9, 1), date(2024, 10, 1), date(2024, 11, 1)
MONTHS = (SEPTEMBER, OCTOBER, NOVEMBER)
ASSESSMENTS = (
    "assessment_id,child_id,start_date,authorised_date,status,child_seen,outcome_csc_support,"
    "team_id"
)  # the headings of that table's file


@dataclass(frozen=True)
class Pack:
    """The demonstration pack, loaded and published month by month under one data folder."""

    data: Path

    @property
    def published(self) -> Path:
        return self.data / "published"

    def folder(self, month: date) -> Path:
        """Return the folder of the release of `month`."""
        (name,) = self.published.glob(f"{month:%Y-%m}.*")
        return name

    def incoming(self, month: date) -> Path:
        """Return the folder of the extract of `month`, as Parquet files."""
        return self.data / "incoming" / f"{month:%Y-%m}"


def make(data: Path, whole: demo.Tables, months: Sequence[date] = MONTHS) -> Pack:
    """Write, load and publish the pack in `data` month by month, as `python -m kpi demo` does."""
    pack = Pack(data)
    with environment(KPI_DATA=str(data)):
        for month in months:
            folder = pack.incoming(month)
            demo.write(demo.as_known(whole, extract_month=month), folder, form="parquet")
            extracts.accept(ANALYST, folder, month=month, demonstration=True)
            publishing.publish(ANALYST, month)
    return pack


@contextmanager
def environment(**settings_of: str) -> Iterator[None]:
    """Set the environment for as long as this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings_of.items():
            patch.setenv(name, value)
        yield


def load(folder: Path, files: dict[str, str], month: date = NOVEMBER) -> None:
    """Load small CSV files, written as text by their tables' names, as an extract of `month`."""
    folder.mkdir(parents=True)
    for table, text in files.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    extracts.accept(ANALYST, folder, month=month)


def publish(month: date = NOVEMBER) -> Release:
    """Publish `month` and return its release."""
    name = publishing.publish(ANALYST, month).name
    return releases.open_release(settings.published() / name)


def card(release: Release, indicator: str, place: Place, month: date = NOVEMBER) -> Card:
    """Return the card of one indicator at a place."""
    (found,) = (one for one in cards.build(release, place, month) if one.indicator.id == indicator)
    return found


def run(*arguments: str) -> tuple[int, str, str]:
    """Return the exit code, standard output and standard error of `python -m kpi …`, run here."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as stop:  # argparse leaves so when a command was called wrongly
            code = int(str(stop.code))
    return code, out.getvalue(), err.getvalue()


def figures(*arguments: str) -> list[dict[str, str]]:
    """Return what `python -m kpi figures …` prints, line by line."""
    code, out, err = run("figures", *arguments)
    assert code == 0, err
    return list(csv.DictReader(io.StringIO(out)))


def read_parquet(path: Path) -> pd.DataFrame:
    """Return the rows of a Parquet file."""
    with lake.connect() as con:
        return con.execute("select * from read_parquet(?)", [str(path)]).df()


def catalogue(release: Path) -> dict:
    """Return what a release's catalogue says."""
    return json.loads((release / "catalogue.json").read_text(encoding="utf-8"))


def copy(published: Path, data: Path, only: Sequence[Path] = ()) -> Path:
    """Copy a folder of releases into another data folder, and return it there."""
    there = data / "published"
    shutil.copytree(
        published,
        there,
        ignore=lambda folder, names: [
            name
            for name in names
            if only and Path(folder) == published and name not in {p.name for p in only}
        ],
    )
    return there
