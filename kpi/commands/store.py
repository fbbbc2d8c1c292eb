"""python -m kpi store: a backup of the store, and back; and whether everything in it holds."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from kpi import access, settings, words
from kpi.commands.terminal import Commands, command, say, table
from kpi.store import backups, open_store, verification


def add(commands: Commands) -> None:
    """Add the command, with the three things it does."""
    does = "back the store up, restore it, or verify that everything in it holds"
    store = commands.add_parser("store", help=does, description=does)
    kinds = store.add_subparsers(required=True, metavar="WHAT")
    for name, run, does in (
        ("backup", back_up, "copy the store into a new file, while others go on writing"),
        ("restore", restore, "put a backup into the empty store that KPI_STORE_URL names"),
    ):
        command(kinds, name, run, does).add_argument("path", type=Path, metavar="PATH")
    command(kinds, "verify", verify, "check every chain and count of the store")


def back_up(chosen: argparse.Namespace) -> None:
    """Write the backup, and print how much is in it."""
    say(f"Backing the store up into {chosen.path} …")
    _print(backups.back_up(open_store(), access.local(), chosen.path))
    say(f"Written: {chosen.path.stat().st_size:,} bytes. It holds everything that people wrote.")


def restore(chosen: argparse.Namespace) -> int:
    """Put the backup back, print how much was in it, and verify the store."""
    say(f"Restoring {chosen.path} …")
    _print(backups.restore(settings.store_url(), access.local(), chosen.path))
    return _said(verification.verify(open_store(), access.local()))


def verify(chosen: argparse.Namespace) -> int:
    """Print how much the store holds, and say what is wrong with it; return 1 where anything is."""
    say("Verifying the store …")
    found = verification.verify(open_store(), access.local())
    _print(found.counts)
    return _said(found)


def _print(counts: Mapping[str, int]) -> None:
    table(("table", "rows"), sorted(counts.items()))


def _said(found: verification.Found) -> int:
    for problem in found.problems:
        say(problem)
    if not found.problems:
        say("Verified: every chain holds.")
        return 0
    say(f"Not verified: {words.count(len(found.problems), 'problem')}.")
    return 1
