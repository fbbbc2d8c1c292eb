"""The indicators by service area, each figure a link to that indicator there."""

from collections.abc import Callable, Sequence

from kpi import words
from kpi.catalogue import AREAS
from kpi.judgement import Rating
from kpi.markup.ground import SHAPES, escape, pill
from kpi.matrix import Column, Line, Matrix
from kpi.organisation import Place
from kpi.points import Point

NO_WORK = "no work here"
RATED = (Rating.MET, Rating.CLOSE, Rating.MISSED)

Href = Callable[[str, Place], str]  # where an indicator's figure at a place leads
Opened = Callable[[Place], str]  # where a part of the service leads, or nothing


def legend() -> str:
    """Return what the shapes in the table say."""
    shapes = "".join(f"<li>{pill(rating)}</li>" for rating in RATED)
    return (
        f'<ul class="legend" aria-label="What the shapes say">{shapes}'
        f"<li>No shape: no target</li><li>{words.NO_VALUE} {NO_WORK.capitalize()}</li>"
        "<li>Each figure leads to its indicator there</li></ul>"
    )


def areas(matrix: Matrix, caption: str, *, href: Href, opened: Opened) -> str:
    """Return the matrix as a table, under the areas of a child's journey."""
    heads = "".join(_head(column, opened(column.place)) for column in matrix.columns)
    bodies = "".join(
        _body(title, matrix.columns, lines, href)
        for area, title in AREAS.items()
        if (lines := [line for line in matrix.lines if line.card.indicator.area == area])
    )
    return (
        f'<div class="scroll matrix" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table><caption class="unseen">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">Indicator</th>{heads}</tr></thead>{bodies}</table></div>'
    )


def named(place: Place) -> str:
    """Return what a reader calls a place: the smallest part of the service that it is."""
    return place.team or place.service_area or words.WHOLE_SERVICE


def _head(column: Column, link: str) -> str:
    name = escape(named(column.place))
    if link:
        name = f'<a href="{escape(link)}" target="_self">{name}</a>'
    until = f" <small>until {words.month(column.ended)}</small>" if column.ended else ""
    return f'<th scope="col">{name}{until}</th>'


def _body(title: str, columns: Sequence[Column], lines: Sequence[Line], href: Href) -> str:
    rows = "".join(_row(line, columns, href) for line in lines)
    head = f'<th scope="rowgroup" colspan="{len(columns) + 1}"><span>{escape(title)}</span></th>'
    return f"<tbody><tr>{head}</tr>{rows}</tbody>"


def _row(line: Line, columns: Sequence[Column], href: Href) -> str:
    card = line.card
    name = escape(card.indicator.name)
    cells = "".join(
        _cell(point, card.indicator.name, column.place, href(card.indicator.id, column.place))
        for column, point in zip(columns, line.points, strict=True)
    )
    aim = f"{card.target_said}, {card.when_short}" if card.latest.target else card.when_short
    return f'<tr><th scope="row">{name}<small>{escape(aim)}</small></th>{cells}</tr>'


def _cell(point: Point | None, indicator: str, place: Place, link: str) -> str:
    if point is None:
        return (
            f'<td><span aria-hidden="true">{words.NO_VALUE}</span>'
            f'<span class="unseen">{NO_WORK}</span></td>'
        )
    rated = str(point.rating).lower() if point.value is not None else ""
    said = ", ".join(part for part in (point.said, point.of, rated) if part)
    return (
        f'<td><a href="{escape(link)}" target="_self" '
        f'aria-label="{escape(f"{indicator}, {named(place)}: {said}")}">'
        f"{_figure(point)}</a></td>"
    )


def _figure(point: Point) -> str:
    if point.value is None:
        return f"<i>{escape(point.said)}</i>"
    shape = ""
    if point.rating in RATED:
        kind, drawn = point.rating.name.lower(), SHAPES[point.rating]
        shape = f'<span class="shape {kind}" title="{point.rating}">{drawn}</span>'
    of = f"<small>{escape(point.of)}</small>" if point.of else ""
    return f"<span>{shape}<b>{escape(point.said)}</b></span>{of}"
