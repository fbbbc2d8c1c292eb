"""One indicator set beside others: other authorities, and the places of one level."""

from base64 import b64encode
from collections.abc import Sequence
from decimal import Decimal

from kpi import words
from kpi.benchmarks import ATTRIBUTION, Area, Published
from kpi.cards import SPARKLINE_MONTHS, Card, published_year
from kpi.charts import LETTERS, extent, small
from kpi.markup.ground import NUMERIC, escape, table
from kpi.points import Point, Row

COMPARED = (Area.OWN, Area.ENGLAND, Area.LONDON, Area.OUTER_LONDON, Area.NEIGHBOURS)


def compared(card: Card) -> str:
    """Return what has been published elsewhere, year by year, and how far it can be compared."""
    if not card.published:
        return "<p>No figures of other authorities are published for this indicator.</p>"
    newest = list(reversed(card.published))
    areas = [area for area in COMPARED if any(area in one.values for one in newest)]
    columns = [("Year", "", [published_year(one) for one in newest])]
    for area in areas:
        name = "This authority, as published" if area is Area.OWN else str(area)
        columns.append((name, NUMERIC, [card.as_published(one, area) for one in newest]))
    if any(Area.RANK in one.values for one in newest):
        columns.append(("Rank in England", NUMERIC, [_rank(one) for one in newest]))
    if any(one.quarter for one in newest):
        columns.append(("Among authorities in England", "", [_quarter(one) for one in newest]))
    lines = [
        table(f"{card.indicator.title}, as published for whole years", columns),
        f'<p class="line"><b>How it differs from the figure here.</b> '
        f"{escape(card.indicator.benchmark_differs)}.</p>"
        if card.indicator.benchmark_differs
        else "",
        f'<p class="line">{escape(ATTRIBUTION)}</p>',
    ]
    return "".join(lines)


def key(card: Card) -> str:
    """Return what the letters in the chart's marks stand for."""
    said = []
    for area in card.marks:
        name = "published for this authority" if area is Area.OWN else _lower_first(str(area))
        said.append(f'<span class="mark">{LETTERS[area]}</span> {name}')
    if not said:
        return ""
    return (
        f'<p class="line key">{" · ".join(said)}. Whole years, by their last month, as published; '
        "not monthly figures.</p>"
    )


def beside(card: Card, children: Sequence[tuple[Row, Sequence[Point]]]) -> str:
    """Return the places of one level side by side, on one scale, with their counts."""
    axis = extent([series for _, series in children])
    ends = [words.say(end, card.indicator.unit, card.indicator.shown_decimals) for end in axis]
    tiles = "".join(_tile(card, row, series, axis) for row, series in children)
    target = "; the dashed line is the target" if card.latest.target else ""
    return (
        f'<p class="line">All on one scale, from {ends[0]} to {ends[1]}{target}.</p>'
        f'<div class="beside-grid">{tiles}</div>'
    )


def _tile(card: Card, row: Row, series: Sequence[Point], axis: tuple[Decimal, Decimal]) -> str:
    picture = b64encode(small(series, axis=axis).encode()).decode()
    name = row.place.team or row.place.service_area or words.WHOLE_SERVICE
    known = [point for point in series[-SPARKLINE_MONTHS:] if point.value is not None]
    path = f", from {known[0].said} in {words.month(known[0].month)}" if len(known) > 1 else ""
    of = f' <span class="of">{escape(row.point.of)}</span>' if row.point.of else ""
    return (
        f'<div class="tile"><h4>{escape(name)}</h4><p class="value">{escape(row.point.said)}{of}'
        f'</p><img class="spark" alt="{escape(f"{name}: {row.point.said}{path}.")}" '
        f'src="data:image/svg+xml;base64,{picture}"></div>'
    )


def _rank(one: Published) -> str:
    if Area.RANK not in one.values:
        return words.NO_VALUE
    return f"{words.number(one.values[Area.RANK])} of {one.ranked}"


def _quarter(one: Published) -> str:
    which, _, _ = one.quarter.partition(" of ")  # the column's head says of which
    return which.capitalize() or words.NO_VALUE


def _lower_first(text: str) -> str:
    return text if text.startswith("England") else text[:1].lower() + text[1:]
