"""python -m kpi demo, and ready: the invented demonstration pack, written, loaded and published."""

import argparse
import csv
import os
import shutil
from collections.abc import Sequence
from datetime import date

from kpi import access, demo, extracts, publishing, releases, settings, words
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
    """Make the pack where there is nothing to show."""
    if releases.current_name(settings.published()) is None:
        say("Nothing is published yet: making the demonstration pack.")
        run(chosen)


def run(chosen: argparse.Namespace) -> None:
    """Make the pack month by month."""
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
