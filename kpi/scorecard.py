"""The scorecard: every indicator on a line of its own, in words, in the order that is asked for.

The page, the CSV and the workbook all take their cells from here, so they cannot disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kpi import cards, words
from kpi.basis import Basis
from kpi.benchmarks import Area
from kpi.cards import Card
from kpi.catalogue import AREAS
from kpi.judgement import SHAPES, Rating
from kpi.points import Point
from kpi.words import NO_VALUE

# What stands at the head of each column, in the order of the cells of a line.
HEADS = (
    "Indicator",
    "Value",
    "Counts",
    "Target",
    "Status",
    "Change",
    "Same month last year",
    "Financial year to date",
    "England",
    "Statistical neighbours",
    "How long",
    "Narrative",
)
VALUE, STATUS = HEADS.index("Value"), HEADS.index("Status")

Cell = tuple[str, ...]  # one line of words or several; a dash where there is nothing to say


class Order(StrEnum):
    """In which order the lines stand. The value is how an address says it."""

    NEED = "need"
    JOURNEY = "journey"
    NAME = "name"

    @property
    def said(self) -> str:
        """The order as a reader is offered it."""
        return {
            Order.NEED: "Needs attention first",
            Order.JOURNEY: "In the order of a child's journey",
            Order.NAME: "By name",
        }[self]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which lines are shown, and in which order."""

    order: Order = Order.NEED
    status: Rating | None = None  # None: every one
    words: str = ""  # each of them stands in the title, the short title, the code or the area

    @property
    def said(self) -> str:
        """The choice in words: 'Needs attention first · Off target only · With “care leavers”'."""
        parts = [self.order.said]
        parts += [f"{self.status} only"] if self.status else []
        parts += [f"With “{' '.join(self.words.split())}”"] if self.words.split() else []
        return " · ".join(parts)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One indicator, with a cell for each of HEADS."""

    card: Card = field(repr=False)
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """The lines that are shown, in their order, and from how many they were chosen."""

    lines: tuple[Line, ...]
    every: int
    choice: Choice

    @property
    def said(self) -> str:
        """How many of how many, and why those: '7 of 58 indicators · By name · Off target only'."""
        return f"{len(self.lines)} of {words.count(self.every, 'indicator')} · {self.choice.said}"

    @property
    def expected(self) -> list[str]:
        """What is off target as expected: until when, why, and who accepted it."""
        return [
            f"{card.indicator.name}: {card.expected_said}. {card.expected.approved_by}."
            for card in (line.card for line in self.lines)
            if card.expected and card.expected_said
        ]


def build(built: Sequence[Card], *, narratives: Mapping[str, str], choice: Choice) -> Scorecard:
    """Return the scorecard of `built`, which are in the order of a child's journey.

    `narratives` says how far the narrative about each indicator has come, by the indicator's id.
    """
    shown = [card for card in built if _chosen(card, choice)]
    if choice.order is Order.NEED:
        shown = cards.by_need(shown)
    elif choice.order is Order.NAME:
        shown = sorted(shown, key=lambda card: card.indicator.name.casefold())
    return Scorecard(
        lines=tuple(
            Line(card=card, cells=_cells(card, narratives.get(card.indicator.id, "")))
            for card in shown
        ),
        every=len(built),
        choice=choice,
    )


def _chosen(card: Card, choice: Choice) -> bool:
    indicator = card.indicator
    said = f"{indicator.title} {indicator.short_title} {indicator.code} {AREAS[indicator.area]}"
    return choice.status in (None, card.latest.rating) and all(
        word in said.casefold() for word in choice.words.casefold().split()
    )


def _cells(card: Card, narrative: str) -> tuple[Cell, ...]:
    indicator, latest, before = card.indicator, card.latest, card.last_year
    # Over one month, the column's head says of when it is; over several, only the months do.
    when = card.basis.when(indicator.kind, before.month) if before else ""
    past = (*_figure(before), "" if card.basis is Basis.MONTH else when) if before else ()
    cells = (
        (indicator.name, f"{indicator.code} · {AREAS[indicator.area]}"),
        (*_figure(latest)[:1], card.when, card.rate_said),
        (latest.of,),
        (_upper_first(card.target_said.removeprefix("Target ")), card.target_whose),
        (f"{SHAPES[latest.rating]} {latest.rating}", _as_expected(card)),
        (card.change_said, _upper_first(card.change_means)),
        past,
        _figure(card.year_to_date) if card.year_to_date else (),
        (card.published_of(Area.ENGLAND),),
        (card.published_of(Area.NEIGHBOURS),),
        (_upper_first(card.persistence),),
        (narrative,),
    )
    return tuple(tuple(line for line in cell if line) or (NO_VALUE,) for cell in cells)


def _as_expected(card: Card) -> str:
    if card.expected is None or not card.expected_said:
        return ""
    return f"As expected until {words.month(card.expected.until_month)}"


def _figure(point: Point) -> Cell:
    return (_upper_first(point.said), point.of)


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
