"""What a card says, in the order in which it should be read aloud."""

from base64 import b64encode
from collections.abc import Sequence

from kpi import charts, words
from kpi.cards import SPARKLINE_MONTHS, Card
from kpi.judgement import Rating
from kpi.markup.ground import escape, pill


def glance(card: Card, *, written: bool) -> str:
    """Return the body of a card, in the order in which it should be read aloud."""
    picture = b64encode(charts.sparkline(card).encode()).decode()
    words_of_it = f"{SPARKLINE_MONTHS} months to {words.month(card.month)}. {card.finding}."
    said = "Narrative written" if written else "No narrative yet"
    return (
        '<div class="card">'
        f"{value(card)}{pill(card.latest.rating)}{target(card)}{change(card)}"
        f'<img class="spark" alt="{escape(words_of_it)}" '
        f'src="data:image/svg+xml;base64,{picture}">'
        f'<p class="foot"><span>{said}</span>'
        '<span class="open" aria-hidden="true">Open ›</span></p>'
        "</div>"
    )


def headline(card: Card) -> str:
    """Return the head of an indicator's page: value, rating, target and change."""
    return (
        f'<div class="headline">{value(card)}{pill(card.latest.rating)}'
        f"{target(card)}{change(card)}</div>"
    )


def attention(cards: Sequence[Card], *, written: int) -> str:
    """Return what needs attention first, and how many stand where."""
    lines = [
        f"<li><b>{escape(card.indicator.name)}</b> is {rating.lower()}: {card.latest.said}, "
        f"{card.target_said.lower()}. {card.change_said}"
        f"{f': {card.change_means}' if card.change_means else ''}.</li>"
        for rating in (Rating.MISSED, Rating.CLOSE)
        for card in cards
        if card.latest.rating is rating
    ]
    met = any(card.latest.rating is Rating.MET for card in cards)
    nothing = "Every target is met." if met else "No figure here has a target to be judged by."
    body = f"<ul>{''.join(lines)}</ul>" if lines else f"<p>{nothing}</p>"
    tally = "".join(
        f"<li>{pill(rating)} {words.count(number, 'indicator')}</li>"
        for rating in Rating
        if (number := sum(card.latest.rating is rating for card in cards))
    )
    return (
        '<div class="attention"><div><h2>Needs attention</h2>'
        f'{body}</div><div><h2>Where we stand</h2><ul class="tally">{tally}'
        f"<li><b>Narratives</b> {written} of {len(cards)} written</li></ul></div></div>"
    )


def value(card: Card) -> str:
    """Return the card's value, large, with its counts, or why there is none."""
    latest = card.latest
    if latest.value is None:
        return f'<p class="value none">{escape(latest.said.capitalize())}</p>'
    return f'<p class="value">{latest.said} <span class="of">{escape(_of(card))}</span></p>'


def change(card: Card) -> str:
    """Return the change on last month in words that know which way is better."""
    means = f": <b>{card.change_means}</b>" if card.change_means else ""
    arrow = f'<span aria-hidden="true">{card.change_arrow}</span> ' if card.change_arrow else ""
    return f'<p class="line change">{arrow}{card.change_said}{means}</p>'


def target(card: Card) -> str:
    """Return what the value should reach, and whose target it is."""
    whose = f" · {card.target_whose}" if card.target_whose else ""
    return f'<p class="line">{escape(card.target_said)}{whose}</p>'


def _of(card: Card) -> str:
    return card.latest.of or card.when
