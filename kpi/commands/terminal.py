"""The terminal: how a command is called, and how it prints and says things."""

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from kpi import settings, words
from kpi.errors import SettingError

Run = Callable[[argparse.Namespace], int | None]  # an exit code; 0 where it returns nothing
Commands = Any  # what argparse keeps commands in, which it does not name publicly


def command(commands: Commands, name: str, run: Run, does: str) -> argparse.ArgumentParser:
    """Add a command called `name` that does `run`, and return its parser."""
    added = commands.add_parser(name, help=does, description=does)
    added.set_defaults(run=run)
    return added


def month(text: str) -> date:
    """Return a month that was written as 2024-11, as argparse wants it read."""
    try:
        return settings.month(text)
    except SettingError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def say(text: str) -> None:
    """Print what a command is doing, or why it does not, on standard error."""
    print(text, file=sys.stderr)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as CSV on standard output, no cell of it a spreadsheet's formula."""
    written = csv.writer(sys.stdout, lineterminator="\n")
    written.writerow(columns)
    for row in rows:
        written.writerow([words.safe(str(cell)) for cell in row])
