"""The commands: python -m kpi …

Each says on standard error what it is doing and prints its data on standard output. It exits with
0, with 1 when something was refused (and why), or with 2 when it was called wrongly.
"""

import argparse
import csv
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from kpi import (
    access,
    demo,
    extracts,
    points,
    publishing,
    records,
    releases,
    settings,
    store,
    words,
)
from kpi.errors import KpiError, did_you_mean
from kpi.organisation import Place
from kpi.releases import Release

FIGURES = (
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
DEMONSTRATION_MONTHS = (date(2024, 9, 1), date(2024, 10, 1), date(2024, 11, 1))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parsed = _parser().parse_args(arguments)
    try:
        parsed.run(parsed)
    except KpiError as error:
        _say(str(error))
        return 1
    except BrokenPipeError:  # the reader, such as `head`, had enough
        sys.stderr.close()
    return 0


def _load(chosen: argparse.Namespace) -> None:
    _say(f"Loading {chosen.path} for {words.month(chosen.month)} …")
    ledger = extracts.accept(
        access.local(),
        Path(chosen.path),
        month=chosen.month,
        leave_out_refused=chosen.leave_out_refused,
    )
    print(ledger.text())


def _publish(chosen: argparse.Namespace) -> None:
    _say(f"Publishing {words.month(chosen.month)} …")
    _print_publication(publishing.publish(access.local(), chosen.month))


def _print_publication(done: publishing.Publication) -> None:
    if not done.made:
        print(f"{done.name} stands already, with the same figures.")
        return
    print(f"Published {done.name}.")
    if not done.current:
        print("Pages still show a later month.")
    for team in done.unmapped:
        print(f"Team {team} is not in teams.csv and counts under Unmapped teams.")
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


def _figures(chosen: argparse.Namespace) -> None:
    release = releases.open_release(releases.current())
    months = [_month_of(release, chosen.month)]
    wanted = chosen.indicator and _indicator(release, chosen.indicator)
    _must_be_there(release, service_area=chosen.service_area)
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(FIGURES)
    for indicator, place, point in points.figures(release, months):
        if wanted and indicator.id != wanted:
            continue
        if chosen.service_area and place.service_area != chosen.service_area:
            continue
        total = point.sum
        rows.writerow(
            [
                indicator.id,
                f"{point.month:%Y-%m}",
                place.authority,
                words.safe(place.service_area or ""),
                words.safe(place.team or ""),
                "" if total is None else f"{total.numerator.normalize():f}",
                ""
                if total is None or total.denominator is None
                else f"{total.denominator.normalize():f}",
                "" if point.value is None else f"{words.rounded(point.value, 6).normalize():f}",
                point.said,
                "" if point.target is None else f"{point.target.target.normalize():f}",
                point.rating,
            ]
        )


def _records(chosen: argparse.Namespace) -> None:
    release = releases.open_release(releases.current())
    month = _month_of(release, chosen.month)
    _must_be_there(release, service_area=chosen.service_area, team=chosen.team)
    found = records.behind(
        store.open_store(),
        access.local(),
        release,
        indicator=_indicator(release, chosen.indicator),
        month=month,
        place=Place(
            authority=release.authorities[0], service_area=chosen.service_area, team=chosen.team
        ),
        source="command records",
    )
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(found.columns)
    for row in found.rows:
        rows.writerow(tuple(map(words.safe, row)))
    of = "" if found.denominator is None else f" of {words.number(found.denominator)}"
    _say(f"{words.count(len(found.rows), 'row')}: {words.number(found.numerator)}{of}.")


def _teams(chosen: argparse.Namespace) -> None:
    found = extracts.unlisted_teams(chosen.source and Path(chosen.source))
    if not found:
        _say("Every team is in teams.csv.")
        return
    print(extracts.proposed_rows(found), end="")


def _demo(chosen: argparse.Namespace) -> None:
    actor = access.local()
    codes = demo.authorities(chosen.authorities)
    if len(codes) > 1:
        _list_teams_of(codes)
    for number, authority in enumerate(codes, start=1):
        if len(codes) > 1:
            _say(f"Authority {number} of {len(codes)} …")
        whole = demo.build(authority=authority)
        for month in DEMONSTRATION_MONTHS:
            folder = settings.incoming() / "demonstration" / authority / f"{month:%Y-%m}"
            _say(f"Writing and loading the invented extract of {words.month(month)} …")
            demo.write(demo.as_known(whole, extract_month=month), folder, form="parquet")
            extracts.accept(actor, folder, month=month, demonstration=True)
    for month in DEMONSTRATION_MONTHS:
        _say(f"Publishing {words.month(month)} …")
        _print_publication(publishing.publish(actor, month))


def _list_teams_of(codes: Sequence[str]) -> None:
    """Let the invented authorities have the same teams, in a reference folder of their own."""
    folder = settings.incoming() / "demonstration" / "reference"
    shutil.copytree(settings.reference(), folder, dirs_exist_ok=True)
    rows = list(csv.DictReader((folder / "teams.csv").open(encoding="utf-8", newline="")))
    with (folder / "teams.csv").open("w", encoding="utf-8", newline="") as file:
        written = csv.DictWriter(file, rows[0], lineterminator="\n")
        written.writeheader()
        written.writerows(row | {"authority": code} for code in codes for row in rows)
    os.environ["KPI_REFERENCE"] = str(folder)
    _say(f"Their teams are listed in {folder}: set KPI_REFERENCE to it to publish them again.")


def _ready(chosen: argparse.Namespace) -> None:
    if releases.current_name(settings.published()) is None:
        _say("Nothing is published yet: making the demonstration pack.")
        _demo(chosen)


def _month_of(release: Release, month: date | None) -> date:
    month = month or release.extract_month
    if month not in release.months:
        raise KpiError(
            f"{month:%Y-%m} is not a reporting month of {release.name}: those run from "
            f"{release.months[0]:%Y-%m} to {release.months[-1]:%Y-%m}."
        )
    return month


def _indicator(release: Release, name: str) -> str:
    if name not in release.indicators:
        near = did_you_mean(name, release.indicators)
        raise KpiError(f"No indicator is called {name!r}.{near}")
    return name


def _must_be_there(release: Release, *, service_area: str | None, team: str | None = None) -> None:
    """Raise KpiError for a service area, or a team of it, that has never held work."""
    areas = {place.service_area or "" for place in release.places}
    if service_area and service_area not in areas:
        near = did_you_mean(service_area, areas)
        raise KpiError(f"No service area is called {service_area!r}.{near}")
    teams = {
        place.team or "" for place in release.places if service_area in (None, place.service_area)
    }
    if team and team not in teams:
        where = f" in {service_area}" if service_area else ""
        raise KpiError(f"No team is called {team!r}{where}.{did_you_mean(team, teams)}")


def _month(text: str) -> date:
    try:
        return settings.month(text)
    except KpiError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kpi", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None], does: str):
        added = commands.add_parser(name, help=does, description=does)
        added.set_defaults(run=run)
        return added

    load = command("load", _load, "take an extract: a folder, a file or an Annex A workbook")
    load.add_argument("path", metavar="PATH")
    load.add_argument("--month", type=_month, required=True, help="the extract's month: 2024-11")
    load.add_argument(
        "--leave-out-refused",
        metavar="WHY",
        help="take the good rows and keep the refused ones apart; say why",
    )
    publish = command("publish", _publish, "build a release and print what it changed")
    publish.add_argument("--month", type=_month, required=True, help="such as 2024-11")
    figures = command("figures", _figures, "print the figures as CSV")
    figures.add_argument("--month", type=_month, help="the newest, unless given")
    figures.add_argument("--service-area")
    figures.add_argument("--indicator", metavar="ID")
    listed = command("records", _records, "print the list behind a figure; the access log notes it")
    listed.add_argument("indicator", metavar="INDICATOR")
    listed.add_argument("--month", type=_month, help="the newest, unless given")
    listed.add_argument("--service-area")
    listed.add_argument("--team")
    teams = command("teams", _teams, "propose the rows that teams.csv lacks")
    teams.add_argument("--from", dest="source", metavar="PATH", help="an extract not yet loaded")
    does = "make the demonstration pack if nothing is published"
    command("ready", _ready, does).set_defaults(authorities=1)
    made = command("demo", _demo, "write, load and publish the invented demonstration pack")
    made.add_argument("--authorities", type=int, default=1, metavar="N", help="for benchmarks")
    return parser


if __name__ == "__main__":
    sys.exit(main())
