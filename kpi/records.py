"""The list behind a figure: opened only with the right to, and never unlogged."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kpi import access_log, words
from kpi.access import Actor, Right
from kpi.access_log import Opened
from kpi.basis import Basis
from kpi.coverage import State
from kpi.errors import ReleaseError
from kpi.organisation import Place
from kpi.releases import RECORDS, Release, columns, read_parquet
from kpi.store import Store

COLUMNS = ("month", "service_area", "team", "child_id", "record_id", "numerator", "denominator")


@dataclass(frozen=True, kw_only=True)
class Records:
    """The counted rows behind one figure. Keys are as people know them, without the authority."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numerator: Decimal
    denominator: Decimal | None


def behind(
    store: Store,
    actor: Actor,
    release: Release,
    *,
    indicator: str,
    month: date,
    place: Place,
    source: str,
    basis: Basis = Basis.MONTH,
) -> Records:
    """Return the list behind one figure, once the access log says who is about to see it.

    The numerators and denominators listed add up to the figure. `source` says where the list is
    shown: the page or the command. Raises AccessError without the right, ReleaseError for a month
    not counted or whose lists are no longer kept, and StoreError when the log cannot be written.
    """
    months = basis.of(release.indicators[indicator].kind).months(month)
    opened = Opened(
        source=_source(source, months, place),
        indicator=indicator,
        month=month,
        authority=place.authority,
        service_area=place.service_area,
        team=place.team,
        release=release.name,
    )
    if not actor.may(Right.OPEN_RECORDS):
        access_log.note(store, actor, opened, rows=0)  # notes the refusal, and raises it
    for one in months:
        _must_be_kept(release, indicator, place, one)
    found = _rows(release, indicator=indicator, months=months, place=place)
    details = release.details[indicator]
    records = Records(
        columns=(*COLUMNS, *details),
        rows=tuple(_row(row, details) for row in found),
        numerator=sum((row["numerator"] for row in found), start=Decimal(0)),
        denominator=_denominator(found),
    )
    access_log.note(store, actor, opened, rows=len(found))
    return records


def _source(source: str, months: Sequence[date], place: Place) -> str:
    """Return where a list is shown, and what else it is of than its month and place say."""
    since = [f"since {months[0]:%Y-%m}"] if len(months) > 1 else []
    today = ["by the teams of today"] if place.today else []
    return ", ".join([source, *since, *today])


def _must_be_kept(release: Release, indicator: str, place: Place, month: date) -> None:
    """Raise ReleaseError where there is no list of `month`."""
    state = release.coverage[indicator, place.authority].get(month, State.NOT_LOADED)
    if state is not State.COUNTED:
        raise ReleaseError(f"There is no list for {words.month(month)}: {state}.")
    if month < release.records_from:
        raise ReleaseError(
            f"Lists are kept from {words.month(release.records_from)} on; "
            f"the one of {words.month(month)} is no longer here."
        )


def _rows(
    release: Release, *, indicator: str, months: Sequence[date], place: Place
) -> list[dict[str, Any]]:
    path = release.folder / RECORDS
    # A release from before the teams of today were kept knows only those of then.
    of = "_today" if place.today and "team_today" in columns(path) else ""
    filters: list[tuple[str, str, object]] = [
        ("indicator", "==", indicator),
        ("month", ">=", months[0]),
        ("month", "<=", months[-1]),
        ("authority", "==", place.authority),
    ]
    if place.service_area is not None:
        filters.append((f"service_area{of}", "==", place.service_area))
    if place.team is not None:
        filters.append((f"team{of}", "==", place.team))
    return read_parquet(path, filters=filters).to_pylist()


def _row(row: dict[str, Any], details: list[str]) -> tuple[str, ...]:
    more = json.loads(row["details"])
    denominator = row["denominator"]
    return (
        f"{row['month']:%Y-%m}",
        row["service_area"],
        row["team"],
        words.unprefixed(row["child_id"]),
        words.unprefixed(row["record_id"]),
        words.number(row["numerator"]),
        "" if denominator is None else words.number(denominator),
        *(_said(name, more[name]) for name in details),
    )


def _said(name: str, detail: object) -> str:
    if detail is None:
        return ""
    text = detail if isinstance(detail, str) else str(detail).lower()  # a true is said as true
    return words.unprefixed(text) if name.endswith("_id") else text


def _denominator(rows: list[dict[str, Any]]) -> Decimal | None:
    known = [row["denominator"] for row in rows if row["denominator"] is not None]
    return sum(known, start=Decimal(0)) if known else None
