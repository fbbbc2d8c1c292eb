"""python -m kpi check: everything that an analyst writes, looked at in one go."""

import argparse

from kpi import inspection, words
from kpi.commands.terminal import Commands, command, say


def add(commands: Commands) -> None:
    """Add the command."""
    command(commands, "check", run, "look at every definition, case and reference file at once")


def run(chosen: argparse.Namespace) -> int:
    """Print all that is wrong, one a line, and return 1 where anything is."""
    say("Looking at every definition, case and reference file …")
    found = inspection.inspect()
    for problem in found.problems:
        print(problem)
    for note in found.notes:
        say(f"Note: {note}")
    wrong = words.count(len(found.problems), "problem") if found.problems else "nothing is wrong"
    say(f"{found.looked_at}: {wrong}.")
    return 1 if found.problems else 0
