"""python -m kpi teams: the rows that teams.csv lacks."""

import argparse
from pathlib import Path

from kpi import extracts
from kpi.commands.terminal import Commands, command, say


def add(commands: Commands) -> None:
    """Add the command."""
    added = command(commands, "teams", run, "propose the rows that teams.csv lacks")
    added.add_argument("--from", dest="source", metavar="PATH", help="an extract not yet loaded")


def run(chosen: argparse.Namespace) -> None:
    """Print the rows to add, as teams.csv has them."""
    found = extracts.unlisted_teams(chosen.source and Path(chosen.source))
    if not found:
        say("Every team is in teams.csv.")
        return
    print(extracts.proposed_rows(found), end="")
