"""python -m kpi figures: what the current release says, as CSV."""

import argparse
from collections.abc import Iterator
from datetime import date

from kpi import points, releases, words
from kpi.commands import choices
from kpi.commands.terminal import Commands, command, month, table
from kpi.releases import Release

COLUMNS = (
    "indicator",
    "month",
    "authority",
    "service_area",
    "team",
    "numerator",
    "denominator",
    "value",
    "shown",
    "target",
    "rating",
)


def add(commands: Commands) -> None:
    """Add the command."""
    added = command(commands, "figures", run, "print the figures as CSV")
    added.add_argument("--month", type=month, help="the newest, unless given")
    added.add_argument("--service-area")
    added.add_argument("--indicator", metavar="ID")


def run(chosen: argparse.Namespace) -> None:
    """Print the figures of one month: each authority, its service areas and their teams."""
    release = releases.open_release(releases.current())
    month = choices.month_of(release, chosen.month)
    wanted = chosen.indicator and choices.indicator_of(release, chosen.indicator)
    choices.must_be_there(release, service_area=chosen.service_area)
    table(COLUMNS, _rows(release, month, indicator=wanted, service_area=chosen.service_area))


def _rows(
    release: Release, month: date, *, indicator: str | None, service_area: str | None
) -> Iterator[list[object]]:
    for one, place, point in points.figures(release, [month]):
        if indicator not in (None, one.id) or service_area not in (None, place.service_area):
            continue
        total = point.sum
        bottom = total.denominator if total else None
        yield [
            one.id,
            f"{point.month:%Y-%m}",
            place.authority,
            place.service_area or "",
            place.team or "",
            "" if total is None else f"{total.numerator.normalize():f}",
            "" if bottom is None else f"{bottom.normalize():f}",
            "" if point.value is None else f"{words.rounded(point.value, 6).normalize():f}",
            point.said,
            "" if point.target is None else f"{point.target.target.normalize():f}",
            point.rating,
        ]
