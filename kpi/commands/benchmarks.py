"""python -m kpi benchmarks: a newer file of what has been published elsewhere."""

import argparse
from pathlib import Path

from kpi import access, benchmarks, catalogue, words
from kpi.commands.terminal import Commands, command, say


def add(commands: Commands) -> None:
    """Add the command."""
    does = "take a newer file of published figures in place of benchmarks.csv"
    command(commands, "benchmarks", run, does).add_argument("path", metavar="PATH")


def run(chosen: argparse.Namespace) -> None:
    """Take the file whole, or refuse it whole, and print what it changed."""
    say(f"Reading {chosen.path} …")
    indicators = list(catalogue.read_all().values())
    taken = benchmarks.take(access.local(), Path(chosen.path), indicators)
    print(
        f"{words.count(len(taken.now), 'figure')} to {taken.newest_year}: {taken.new} new, "
        f"{taken.changed} changed, {taken.gone} gone."
    )
    for note in benchmarks.unused(indicators, taken.now):
        print(note)
    say("Pages show them once the month is published again.")
