"""Pictures drawn from cards and counts. None of them reads data for itself.

The colours keep 3:1 against a white and against a dark page, so one picture serves both themes.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from kpi import words
from kpi.basis import Basis
from kpi.benchmarks import Area
from kpi.cards import SPARKLINE_MONTHS, Card
from kpi.catalogue import Polarity
from kpi.points import Point
from kpi.words import Unit

LINE, TARGET, GRID = "#2E7CC0", "#7D868C", "rgba(125, 134, 140, 0.25)"
MARK = "#B2601F"  # what others have published
# A small picture is stretched to its place, and its lines and dots are not.
AS_WIDE = 'vector-effect="non-scaling-stroke"'

# A figure without the default template is a fifth of the size and eight times as fast to send.
pio.templates.default = None


def trend(card: Card) -> go.Figure:
    """Return the card's months as a line, with the target as a stepped line where there is one.

    A month without a value is a gap. Every month's value, counts and target are in the hover text.
    """
    months = [point.month for point in card.series]
    drawn = _with_gaps(card)
    data: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "x": months,
            "y": [_float(point.target.target) if point.target else None for point in card.series],
            "mode": "lines",
            "line": {"color": TARGET, "dash": "dash", "width": 1.6, "shape": "hv"},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "x": [month for month, _ in drawn],
            "y": [_float(point.value) if point else None for _, point in drawn],
            "mode": "lines+markers",
            "line": {"color": LINE, "width": 2.6},
            "marker": {"color": LINE, "size": 6},
            "text": [_hover(card, point) if point else "" for _, point in drawn],
            "hoverinfo": "text",
        },
    ]
    data += _marks(card)
    low, high = scale(card)
    percent = "%" if card.indicator.unit is Unit.PERCENT else ""
    layout = {
        "height": 400,
        "margin": {"l": 46, "r": 92, "t": 12, "b": 30},
        "showlegend": False,
        "hovermode": "x",
        "dragmode": False,
        "xaxis": {
            "tickvals": [month for month in months if month.month in (4, 10)],
            "ticktext": [
                words.short_month(month) if month.month == 4 else f"{month:%b}"
                for month in months
                if month.month in (4, 10)
            ],
            "showgrid": False,
            "fixedrange": True,
        },
        "yaxis": {
            "range": [low, high],
            "ticksuffix": percent,
            "separatethousands": True,
            "gridcolor": GRID,
            "zeroline": False,
            "fixedrange": True,
            "nticks": 6,
        },
        "annotations": _labels(card, low, high),
    }
    return go.Figure(data=data, layout=layout)


def _with_gaps(card: Card) -> list[tuple[date, Point | None]]:
    """Return the months to draw, with a gap before each April of a year to date.

    A year to date begins anew in April: a line down from March would show a fall that is none.
    """
    drawn: list[tuple[date, Point | None]] = []
    for point in card.series:
        if drawn and card.basis is Basis.YEAR_TO_DATE and point.month.month == 4:
            drawn.append((point.month - timedelta(days=1), None))
        drawn.append((point.month, point))
    return drawn


def scale(card: Card) -> tuple[float, float]:
    """Return where the chart's scale begins and ends, with every value and target inside it.

    A count begins at zero. A percentage begins at the multiple of 20 below its lowest value.
    """
    seen = [_float(p.value) for p in card.series if p.value is not None]
    seen += [_float(p.target.target) for p in card.series if p.target]
    seen += [_float(value) for _, value in _drawn(card)]
    known = [value for value in seen if value is not None]
    if not known:
        return 0.0, 100.0 if card.indicator.unit is Unit.PERCENT else 1.0
    if card.indicator.unit is not Unit.PERCENT:
        return 0.0, max(known) * 1.15 or 1.0
    low = max(0.0, min(known) // 20 * 20 - (20 if min(known) % 20 < 2 else 0))
    if max(known) > 60 or card.indicator.polarity is Polarity.HIGHER:
        return low, 102.0
    return 0.0, max(10.0, max(known) * 1.2)


def sparkline(card: Card) -> str:
    """Return the last 13 months as an SVG picture, 300 wide and 44 high, the target as a hairline.

    It says nothing that the card does not say in words beside it.
    """
    return small(card.series, axis=extent([card.series]))


def extent(many: Sequence[Sequence[Point]]) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest of the values and targets that small pictures show."""
    shown = [point for series in many for point in series[-SPARKLINE_MONTHS:]]
    seen = [point.value for point in shown if point.value is not None]
    seen += [point.target.target for point in shown if point.target]
    return (min(seen), max(seen)) if seen else (Decimal(0), Decimal(1))


def small(series: Sequence[Point], *, axis: tuple[Decimal, Decimal]) -> str:
    """Return the last 13 months of `series` as a small SVG picture whose heights span `axis`."""
    points = series[-SPARKLINE_MONTHS:]
    low, high = axis
    spread = (high - low) or Decimal(1)

    def at(number: int, value: Decimal) -> tuple[str, str]:
        x = 5 + 290 * number / (SPARKLINE_MONTHS - 1)
        return f"{x:.1f}", f"{38 - 32 * float((value - low) / spread):.1f}"

    placed = list(enumerate(points, start=SPARKLINE_MONTHS - len(points)))
    shapes = []
    for (n, one), (m, two) in pairwise(placed):
        if one.target and two.target:
            (x1, y1), (x2, y2) = at(n, one.target.target), at(m, two.target.target)
            step = f"M{x1},{y1}H{x2}V{y2}"
            shapes.append(f'<path d="{step}" stroke="{TARGET}" stroke-dasharray="3 4"/>')
    shapes += _line([(number, point.value) for number, point in placed], at)
    return _picture(shapes)


def shares(values: Sequence[Decimal | None]) -> str:
    """Return shares from 0 to 1, month by month, as a small SVG picture from none to all."""

    def at(number: int, value: Decimal) -> tuple[str, str]:
        x = 5 + 290 * number / max(len(values) - 1, 1)
        return f"{x:.1f}", f"{38 - 32 * float(value):.1f}"

    ends = [f'<path d="M0,{y}H300" stroke="{GRID}" {AS_WIDE}/>' for y in (6, 38)]
    return _picture([*ends, *_line(list(enumerate(values)), at)])


def _line(
    values: Sequence[tuple[int, Decimal | None]], at: Callable[[int, Decimal], tuple[str, str]]
) -> list[str]:
    """Return the stretches of a line through its values, and a dot on the last."""
    shapes = []
    for run in _runs(values):
        corners = " ".join(",".join(at(number, value)) for number, value in run)
        # A month alone between two gaps is a line of no length: its round ends are a dot.
        alone = f" {corners}" if len(run) == 1 else ""
        shapes.append(
            f'<polyline points="{corners}{alone}" stroke="{LINE}" stroke-width="2.4" '
            f'stroke-linecap="round" {AS_WIDE}/>'
        )
    number, last = values[-1] if values else (0, None)
    if last is not None:
        x, y = at(number, last)
        shapes.append(
            f'<line x1="{x}" y1="{y}" x2="{x}" y2="{y}" stroke="{LINE}" stroke-width="8" '
            f'stroke-linecap="round" {AS_WIDE}/>'
        )
    return shapes


def _picture(shapes: Sequence[str]) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 44" width="300" height="44" '
        f'preserveAspectRatio="none" fill="none">{"".join(shapes)}</svg>'
    )


# The letter that stands in each mark, and in the key below the chart.
LETTERS = {Area.ENGLAND: "E", Area.NEIGHBOURS: "N", Area.OWN: "P"}


# Marks of one year stand so far apart that none hides another.
SIDE_BY_SIDE = (timedelta(days=-22), timedelta(0), timedelta(days=22))


def _marks(card: Card) -> list[dict[str, Any]]:
    """Return published figures as dated marks at the end of their year, never as a line."""
    first = card.series[0].month
    return [
        {
            "type": "scatter",
            "x": [day.replace(day=1) + apart for day, _ in dated if day >= first],
            "y": [_float(value) for day, value in dated if day >= first],
            "mode": "markers+text",
            "marker": {"color": "rgba(0,0,0,0)", "size": 19, "line": {"color": MARK, "width": 1.5}},
            "text": LETTERS[area],
            "textfont": {"size": 12},
            "hovertext": [
                f"{area}, year to {words.month(day)}<br><b>{card.in_unit(value)}</b> as published"
                for day, value in dated
                if day >= first
            ],
            "hoverinfo": "text",
        }
        for (area, dated), apart in zip(card.marks.items(), SIDE_BY_SIDE, strict=False)
    ]


def _drawn(card: Card) -> list[tuple[date, Decimal]]:
    first = card.series[0].month
    return [one for dated in card.marks.values() for one in dated if one[0] >= first]


def _labels(card: Card, low: float, high: float) -> list[dict[str, Any]]:
    """Return the words at the right end of each line, moved apart where they would overlap."""
    value, target = _float(card.latest.value), card.latest.target
    label = {"xref": "paper", "x": 1.0, "xanchor": "left", "showarrow": False, "align": "left"}
    found = []
    apart = (high - low) * 0.07
    shift = 0.0
    if target is not None and value is not None and abs(value - float(target.target)) < apart:
        shift = apart if value < float(target.target) else -apart
    if target is not None:
        text = f"Target {card.in_unit(target.target)}"
        found.append({**label, "y": float(target.target) + shift, "text": text})
    if value is not None:
        text = f"<b>{escape(card.latest.said)}</b>"
        found.append({**label, "y": value, "text": text, "font": {"color": LINE, "size": 15}})
    return found


def _hover(card: Card, point: Point) -> str:
    of = f" ({point.of})" if point.of else ""
    target = f"<br>Target {card.in_unit(point.target.target)}" if point.target else ""
    return f"{words.month(point.month)}<br><b>{escape(point.said)}</b>{of}{target}"


def _runs(values: Sequence[tuple[int, Decimal | None]]) -> list[list[tuple[int, Decimal]]]:
    """Return the stretches that have a value throughout."""
    runs: list[list[tuple[int, Decimal]]] = [[]]
    for number, value in values:
        if value is None:
            runs.append([])
        else:
            runs[-1].append((number, value))
    return [run for run in runs if run]


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
