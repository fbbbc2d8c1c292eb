"""python -m kpi load: take an extract whole, or refuse it whole."""

import argparse
from pathlib import Path

from kpi import access, extracts, words
from kpi.commands.terminal import Commands, command, month, say


def add(commands: Commands) -> None:
    """Add the command."""
    does = "take an extract: a folder, a file, an Annex A workbook or ssd_* files"
    added = command(commands, "load", run, does)
    added.add_argument("path", metavar="PATH")
    added.add_argument("--month", type=month, required=True, help="the extract's month: 2024-11")
    added.add_argument(
        "--leave-out-refused",
        metavar="WHY",
        help="take the good rows and keep the refused ones apart; say why",
    )


def run(chosen: argparse.Namespace) -> None:
    """Load, and print the ledger."""
    say(f"Loading {chosen.path} for {words.month(chosen.month)} …")
    ledger = extracts.accept(
        access.local(),
        Path(chosen.path),
        month=chosen.month,
        leave_out_refused=chosen.leave_out_refused,
    )
    print(ledger.text())
