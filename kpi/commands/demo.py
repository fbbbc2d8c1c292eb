"""python -m kpi demo, and ready: the invented pack, loaded, published and written about."""

import argparse
import csv
import os
import shutil
from collections.abc import Sequence
from datetime import date

from kpi import (
    access,
    demo,
    demonstration,
    extracts,
    publishing,
    releases,
    settings,
    store,
    words,
)
from kpi.commands import publish
from kpi.commands.terminal import Commands, command, say

MONTHS = (date(2024, 9, 1), date(2024, 10, 1), date(2024, 11, 1))


def add(commands: Commands) -> None:
    """Add both commands."""
    does = "make the demonstration pack if nothing is published"
    command(commands, "ready", ready, does).set_defaults(authorities=1)
    does = "write, load and publish the invented demonstration pack"
    added = command(commands, "demo", run, does)
    added.add_argument("--authorities", type=int, default=1, metavar="N", help="for benchmarks")


def ready(chosen: argparse.Namespace) -> None:
    """Make the pack where there is nothing to show, and its narratives where nobody has written."""
    if releases.current_name(settings.published()) is None:
        say("Nothing is published yet: making the demonstration pack.")
        _make(chosen)
    _write()


def run(chosen: argparse.Namespace) -> None:
    """Make the pack, and its narratives where nobody has written."""
    _make(chosen)
    _write()


def _write() -> None:
    """Write a year of narratives about invented records, unless somebody has written one."""
    opened = store.open_store()
    if not demonstration.untouched(opened):
        return
    names = releases.names(settings.published())
    published = [releases.open_release(settings.published() / name) for name in names]
    if published and all(release.demonstration for release in published):
        say("Writing a year of invented narratives …")
        demonstration.write(opened, published, authority=published[-1].authorities[0])


def _make(chosen: argparse.Namespace) -> None:
    """Write, load and publish the pack month by month."""
    actor = access.local()
    codes = demo.authorities(chosen.authorities)
    if len(codes) > 1:
        _list_teams_of(codes)
    for number, authority in enumerate(codes, start=1):
        if len(codes) > 1:
            say(f"Authority {number} of {len(codes)} …")
        whole = demo.build(authority=authority)
        for month in MONTHS:
            folder = settings.incoming() / "demonstration" / authority / f"{month:%Y-%m}"
            say(f"Writing and loading the invented extract of {words.month(month)} …")
            demo.write(demo.as_known(whole, extract_month=month), folder, form="parquet")
            extracts.accept(actor, folder, month=month, demonstration=True)
    for month in MONTHS:
        say(f"Publishing {words.month(month)} …")
        publish.show(publishing.publish(actor, month))


def _list_teams_of(codes: Sequence[str]) -> None:
    """Let the invented authorities have the same teams, in a reference folder of their own."""
    folder = settings.incoming() / "demonstration" / "reference"
    shutil.copytree(settings.reference(), folder, dirs_exist_ok=True)
    rows = list(csv.DictReader((folder / "teams.csv").open(encoding="utf-8", newline="")))
    with (folder / "teams.csv").open("w", encoding="utf-8", newline="") as file:
        written = csv.DictWriter(file, rows[0], lineterminator="\n")
        written.writeheader()
        written.writerows(row | {"authority": code} for code in codes for row in rows)
    os.environ["KPI_REFERENCE"] = str(folder)
    say(f"Their teams are listed in {folder}: set KPI_REFERENCE to it to publish them again.")
