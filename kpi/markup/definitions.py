"""What indicators mean: one of them as a list of terms, and all of them under their areas."""

from collections.abc import Callable, Sequence

from kpi import words
from kpi.benchmarks import ATTRIBUTION
from kpi.cards import Card
from kpi.catalogue import AREAS
from kpi.definitions import terms
from kpi.markup.ground import escape

Href = Callable[[Card], str]


def definition(card: Card) -> str:
    """Return everything that there is to say about one indicator, as a list of terms."""
    lines = "".join(
        f"<dt>{escape(term)}</dt>{''.join(f'<dd>{escape(text)}</dd>' for text in texts)}"
        for term, texts in terms(card)
    )
    return f'<dl class="definition">{lines}</dl>'


def definitions(
    shown: Sequence[Card], *, every: int, opened: Href, linked: Href, all_of: str
) -> str:
    """Return the definitions of `shown` under their areas, with a list of contents before them.

    `every` is how many indicators there are, and `all_of` leads to all of their definitions.
    `opened` leads to an indicator's own page, and `linked` is the address of its definition.
    """
    parts = [
        (title, mine)
        for area, title in AREAS.items()
        if (mine := [card for card in shown if card.indicator.area == area])
    ]
    count = words.count(every, "indicator")
    if len(shown) < every:
        count = f'{len(shown)} of {count}. <a href="{escape(all_of)}" target="_self">Show all</a>'
    listed = "".join(
        f"<section><h2>{escape(title)}</h2>"
        f"{''.join(_one(card, opened(card), linked(card)) for card in mine)}</section>"
        for title, mine in parts
    )
    contents = _contents(parts) if len(shown) > 1 else ""
    return (
        f'<div class="definitions"><p class="line">{count}</p>{contents}{listed}'
        f'<p class="line">{escape(ATTRIBUTION)}</p></div>'
    )


def nothing_found(all_of: str) -> str:
    """Return that no definition has the words asked for, and the way back to all of them."""
    return (
        '<p class="line">No definition has all of these words. Try fewer of them, or a code such '
        f'as A01. <a href="{escape(all_of)}" target="_self">Show all</a></p>'
    )


def _contents(parts: Sequence[tuple[str, Sequence[Card]]]) -> str:
    listed = "".join(
        f"<li><b>{escape(title)}</b><ul>{''.join(_entry(card) for card in mine)}</ul></li>"
        for title, mine in parts
    )
    return f'<nav aria-label="Contents"><ul>{listed}</ul></nav>'


def _entry(card: Card) -> str:
    return f'<li><a href="#{card.indicator.id}">{escape(card.indicator.name)}</a></li>'


def _one(card: Card, opened: str, linked: str) -> str:
    indicator = card.indicator
    of = f'<span class="unseen">: {escape(indicator.title)}</span>'
    return (
        f'<article id="{indicator.id}"><h3>{escape(indicator.title)}</h3>{definition(card)}'
        f'<p class="line"><a href="{escape(opened)}" target="_self">Open its figures{of}</a> '
        f'<a href="{escape(linked)}" target="_self">Link to this definition{of}</a></p></article>'
    )
