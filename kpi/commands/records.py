"""python -m kpi records: the list behind a figure, once the access log has noted it."""

import argparse

from kpi import access, records, releases, store, words
from kpi.commands import choices
from kpi.commands.terminal import Commands, command, month, say, table
from kpi.organisation import Place


def add(commands: Commands) -> None:
    """Add the command."""
    does = "print the list behind a figure; the access log notes it"
    added = command(commands, "records", run, does)
    added.add_argument("indicator", metavar="INDICATOR")
    added.add_argument("--month", type=month, help="the newest, unless given")
    added.add_argument("--service-area")
    added.add_argument("--team")


def run(chosen: argparse.Namespace) -> None:
    """Print the list as CSV, and its sum on standard error."""
    release = releases.open_release(releases.current())
    month = choices.month_of(release, chosen.month)
    choices.must_be_there(release, service_area=chosen.service_area, team=chosen.team)
    found = records.behind(
        store.open_store(),
        access.local(),
        release,
        indicator=choices.indicator_of(release, chosen.indicator),
        month=month,
        place=Place(
            authority=release.authorities[0], service_area=chosen.service_area, team=chosen.team
        ),
        source="command records",
    )
    table(found.columns, found.rows)
    of = "" if found.denominator is None else f" of {words.number(found.denominator)}"
    say(f"{words.count(len(found.rows), 'row')}: {words.number(found.numerator)}{of}.")
