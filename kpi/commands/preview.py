"""python -m kpi preview: how far published months would move under a definition as it stands."""

import argparse
from collections.abc import Iterator

from kpi import access, preview, releases, words
from kpi.commands.terminal import Commands, command, say, table
from kpi.points import Point
from kpi.preview import Preview

COLUMNS = (
    "month",
    "authority",
    "service_area",
    "published_numerator",
    "published_denominator",
    "published_shown",
    "numerator",
    "denominator",
    "shown",
    "moved",
)


def add(commands: Commands) -> None:
    """Add the command."""
    does = "print how far each published month would move under an indicator's file as it stands"
    command(commands, "preview", run, does).add_argument("indicator", metavar="ID")


def run(chosen: argparse.Namespace) -> None:
    """Print every month as CSV, with the service areas that move, and say what that comes to."""
    release = releases.open_release(releases.current())
    say(f"Counting {chosen.indicator} over what {release.name} was made from …")
    found = preview.preview(access.local(), release, chosen.indicator)
    table(COLUMNS, _rows(found))
    say(found.said)


def _rows(found: Preview) -> Iterator[list[object]]:
    decimals = found.indicator.shown_decimals
    for line in found.lines:
        moved = words.rounded(line.moved, decimals) if line.moves and line.moved is not None else ""
        yield [
            f"{line.now.month:%Y-%m}",
            line.place.authority,
            line.place.service_area or "",
            *_figure(line.published),
            *_figure(line.now),
            moved,
        ]


def _figure(point: Point | None) -> tuple[str, str, str]:
    if point is None:
        return "", "", ""
    top, bottom = (point.sum.numerator, point.sum.denominator) if point.sum else (None, None)
    return (
        "" if top is None else f"{top.normalize():f}",
        "" if bottom is None else f"{bottom.normalize():f}",
        point.said,
    )
