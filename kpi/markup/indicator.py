"""One indicator's months, breakdown and list, as tables."""

from collections.abc import Callable, Sequence

from kpi import words
from kpi.cards import Card
from kpi.markup.ground import NUMERIC, TRUSTED, Column, escape, pill, table
from kpi.points import Point, Row
from kpi.records import Records
from kpi.words import Unit


def months(card: Card) -> str:
    """Return the card's months as a table, newest first."""
    points = list(reversed(card.series))
    columns = [
        ("Month", "", [words.month(point.month) for point in points]),
        ("Value", NUMERIC, [point.said for point in points]),
        ("Counts", NUMERIC, [point.of for point in points]),
        ("Per 10,000 children", NUMERIC, [_rate(point) for point in points]),
        ("Target", NUMERIC, [_target(card, point) for point in points]),
        ("Status", TRUSTED, [pill(point.rating) for point in points]),
    ]
    return table(f"{card.indicator.title}, by month", _worth_showing(card, columns))


def breakdown(card: Card, rows: Sequence[Row], *, href: Callable[[Row], str]) -> str:
    """Return the whole service, its service areas and their teams as a table of links."""
    columns = [
        ("Service area and team", TRUSTED, [_place(row, href(row)) for row in rows]),
        ("Value", NUMERIC, [row.point.said for row in rows]),
        ("Counts", NUMERIC, [row.point.of for row in rows]),
        ("Status", TRUSTED, [pill(row.point.rating) for row in rows]),
    ]
    return table(f"{card.indicator.title}, {card.when}", _worth_showing(card, columns))


def listed(records: Records) -> str:
    """Return the list behind a figure as a table."""
    heads = [name.replace("_", " ").capitalize() for name in records.columns]
    columns = zip(*records.rows, strict=True) if records.rows else [()] * len(heads)
    return table(
        "The records counted",
        [(head, "", list(cells)) for head, cells in zip(heads, columns, strict=True)],
    )


def _rate(point: Point) -> str:
    return words.say(point.rate.value, Unit.RATE, 1) if point.rate else words.NO_VALUE


def _target(card: Card, point: Point) -> str:
    return card.in_unit(point.target.target) if point.target else words.NO_VALUE


def _place(row: Row, link: str) -> str:
    name = escape(row.place.team or row.place.service_area or words.WHOLE_SERVICE)
    place = f'<a href="{escape(link)}" target="_self">{name}</a>'
    return f'<span class="team">{place}</span>' if row.place.team else f"<b>{place}</b>"


def _worth_showing(card: Card, columns: list[Column]) -> list[Column]:
    """Return the columns without counts for a plain count, and status where there is no target."""
    idle = set()
    if not card.indicator.denominator:
        idle.add("Counts")
    if not any(point.rate for point in card.series):
        idle.add("Per 10,000 children")
    if not any(point.target for point in card.series):
        idle |= {"Target", "Status"}
    return [column for column in columns if column[0] not in idle]
