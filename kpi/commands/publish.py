"""python -m kpi publish: build a release, and say what it changed."""

import argparse

from kpi import access, organisation, publishing, words
from kpi.commands.terminal import Commands, command, month, say
from kpi.errors import nearest


def add(commands: Commands) -> None:
    """Add the command."""
    added = command(commands, "publish", run, "build a release and print what it changed")
    added.add_argument("--month", type=month, required=True, help="such as 2024-11")


def run(chosen: argparse.Namespace) -> None:
    """Publish, and print what was published."""
    say(f"Publishing {words.month(chosen.month)} …")
    show(publishing.publish(access.local(), chosen.month))


def show(done: publishing.Publication) -> None:
    """Print what publishing did."""
    if not done.made:
        print(f"{done.name} stands already, with the same figures.")
        return
    print(f"Published {done.name}.")
    if not done.current:
        print("Pages still show a later month.")
    listed = [words.unprefixed(team.team_id) for team in organisation.read()]
    for team in done.unmapped:
        near = nearest(team, listed)
        print(f"Team {team} is not in teams.csv and counts under Unmapped teams.{near}")
    if done.compared_with is None:
        print("Nothing was published before it.")
    elif not done.changes:
        print(f"No figure of the whole authority differs from {done.compared_with}.")
    for change in done.changes:
        print(
            f"Restated: {change.indicator} {change.month:%Y-%m} {_counts(change.before)} "
            f"is now {_counts(change.after)}"
        )


def _counts(sum: publishing.Sum) -> str:
    of = "" if sum.denominator is None else f" of {words.number(sum.denominator)}"
    return f"{words.number(sum.numerator)}{of}"
