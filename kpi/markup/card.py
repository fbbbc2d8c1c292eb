"""What a card says, in the order in which it should be read aloud."""

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from kpi import charts, words
from kpi.basis import Basis
from kpi.cards import SPARKLINE_MONTHS, Card
from kpi.judgement import Rating
from kpi.markup.ground import escape, pill, shape
from kpi.rounds import Progress
from kpi.words import Unit

MOST = 6  # as many as one reads before a meeting; the scorecard has them all

Href = Callable[[Card], str]  # where a card leads


def glance(card: Card, *, narrative: str) -> str:
    """Return the body of a card; `narrative` says how far the words about it have come."""
    picture = b64encode(charts.sparkline(card).encode()).decode()
    words_of_it = f"{SPARKLINE_MONTHS} months to {words.month(card.month)}. {card.finding}."
    said = f"Narrative {_lower_first(narrative)}" if narrative else ""
    return (
        '<div class="card">'
        f"{value(card)}{pill(card.latest.rating)}{expected(card)}{target(card)}{change(card)}"
        f'<img class="spark" alt="{escape(words_of_it)}" '
        f'src="data:image/svg+xml;base64,{picture}">'
        f'<p class="foot"><span>{said}</span>'
        '<span class="open" aria-hidden="true">Open ›</span></p>'
        "</div>"
    )


def headline(card: Card) -> str:
    """Return the head of an indicator's page: value, rating, target, change and year to date."""
    lines = f"{target(card)}{change(card)}{year_to_date(card)}{persistence(card)}{expected(card)}"
    return (
        f'<div class="headline"><div>{value(card)}{pill(card.latest.rating)}</div>'
        f'<div class="beside">{lines}</div></div>'
    )


def brief(card: Card) -> str:
    """Return the figure in a few lines, for beside words about it."""
    return (
        f'<div class="brief"><div class="now">{value(card)}{pill(card.latest.rating)}</div>'
        f"{target(card)}{change(card)}{expected(card)}</div>"
    )


def attention(
    cards: Sequence[Card], *, round: Progress | None, href: Href, all_of_them: str, to_write: str
) -> str:
    """Return what needs attention first, and how many stand where.

    `cards` are in the order in which they need it; `all_of_them` leads to the whole list, and
    `to_write` to the narratives of the month, whose `round` is unknown where it cannot be read.
    """
    short = [card for card in cards if card.latest.rating in (Rating.MISSED, Rating.CLOSE)]
    lines = [f"<li>{_wanting(card, href(card))}</li>" for card in short[:MOST]]
    if len(short) > MOST:
        lines.append(
            f'<li class="more"><a href="{escape(all_of_them)}" target="_self">'
            f"and {len(short) - MOST} more, in the scorecard</a></li>"
        )
    body = f"<ul>{''.join(lines)}</ul>" if lines else f"<p>{escape(_nothing_short(cards))}</p>"
    tally = "".join(
        f"<li>{pill(rating)} {words.count(number, 'indicator')}</li>"
        for rating in Rating
        if (number := sum(card.latest.rating is rating for card in cards))
    )
    return (
        '<div class="attention"><div><h2>Needs attention</h2>'
        f'{body}</div><div><h2>Where we stand</h2><ul class="tally">{tally}'
        f"{_narratives(round, to_write)}</ul></div></div>"
    )


def panels(themes: Mapping[str, Sequence[Card]], *, href: Href) -> str:
    """Return every theme as a panel with a line for each of its indicators."""
    each = (_panel(title, cards, href=href) for title, cards in themes.items() if cards)
    bases = {card.basis for cards in themes.values() for card in cards}
    year = "; of a year to date, on the same months a year before"
    return (
        '<p class="line">▲ and ▼ are up and down on the month before'
        f"{year if Basis.YEAR_TO_DATE in bases else ''}.</p>"
        f'<div class="panels">{"".join(each)}</div>'
    )


def _panel(title: str, cards: Sequence[Card], *, href: Href) -> str:
    missed = sum(card.latest.rating is Rating.MISSED for card in cards)
    tally = f"{missed} off target" if missed else ""
    lines = "".join(_line(card, href(card)) for card in cards)
    return (
        f'<section class="panel"><h3>{escape(title)} <span class="tally">{tally}</span></h3>'
        f"<ul>{lines}</ul></section>"
    )


def _line(card: Card, link: str) -> str:
    """Return one indicator on one line: what it is, the figure, what it means, where it goes."""
    latest = card.latest
    said = latest.said if latest.value is not None else latest.said.capitalize()
    return (
        f'<li>{shape(latest.rating)}<a href="{escape(link)}" target="_self">'
        f"{escape(card.indicator.name)}</a>"
        f'<span class="figure{"" if latest.value is not None else " none"}">{escape(said)}</span>'
        f'<span class="of">{escape(_counts(card))}</span>'
        f"{_moved(card)}</li>"
    )


def _narratives(round: Progress | None, link: str) -> str:
    """Return how many of the month's narratives are approved, and what is missing."""
    if round is None:
        return ""
    more = f' <a href="{escape(link)}" target="_self">{round.more}</a>' if round.more else ""
    return f'<li class="narratives"><b>{round.said}</b>{more}</li>'


def _moved(card: Card) -> str:
    """Return which way a figure moved, and aloud by how much."""
    if card.change is None:
        return ""
    seen = f"{card.change_arrow} {card.change_means}" if card.change else "no change"
    means = f": {card.change_means}" if card.change_means else ""
    return (
        f'<span class="moved"><span aria-hidden="true">{seen}</span>'
        f'<span class="unseen">{card.change_said}{means}</span></span>'
    )


def _nothing_short(cards: Sequence[Card]) -> str:
    """Return why nothing needs attention where no figure is short of its target."""
    if any(card.latest.rating is Rating.MET for card in cards):
        return "Every target is met."
    if any(card.latest.value is not None for card in cards):
        return "No figure here has a target to be judged by."
    # Of a place that has ended, whoever left it still counts in one indicator, out of nobody.
    ((commonest, _),) = Counter(card.finding for card in cards).most_common(1)
    return f"{commonest}."


def _wanting(card: Card, link: str) -> str:
    """Return in a sentence why a figure needs attention."""
    means = f": {card.change_means}" if card.change_means else ""
    lasting = card.persistence or card.latest.rating.lower()
    as_expected = ""
    if card.expected and card.expected_said:
        as_expected = f" As expected until {words.month(card.expected.until_month)}."
    return (
        f'<a href="{escape(link)}" target="_self"><b>{escape(card.indicator.name)}</b></a>: '
        f"{card.latest.said}, {lasting}, {_lower_first(card.target_said)}. "
        f"{card.change_said}{means}.{as_expected}"
    )


def value(card: Card) -> str:
    """Return the card's value, large, with its counts and when it was so, or why there is none."""
    latest = card.latest
    if latest.value is None:
        return f'<p class="value none">{escape(latest.said.capitalize())}</p>'
    beside = " · ".join(part for part in (latest.of, card.when, card.rate_said) if part)
    return f'<p class="value">{latest.said} <span class="of">{escape(beside)}</span></p>'


def change(card: Card) -> str:
    """Return the change on last month in words that know which way is better."""
    means = f": <b>{card.change_means}</b>" if card.change_means else ""
    arrow = f'<span aria-hidden="true">{card.change_arrow}</span> ' if card.change_arrow else ""
    return f'<p class="line change">{arrow}{card.change_said}{means}</p>'


def target(card: Card) -> str:
    """Return what the value should reach, and whose target it is."""
    whose = f" · {card.target_whose}" if card.target_whose else ""
    return f'<p class="line">{escape(card.target_said)}{whose}</p>'


def expected(card: Card) -> str:
    """Return that it is off target as expected, beside the rating and never in its place."""
    if not card.expected_said or card.expected is None:
        return ""
    return (
        f'<p class="line expected">{escape(card.expected_said)}. '
        f"<i>{escape(card.expected.approved_by)}</i></p>"
    )


def year_to_date(card: Card) -> str:
    """Return the financial year to date, where the figure shown is another."""
    total = card.year_to_date
    if total is None or card.basis is not Basis.MONTH or total.value is None:
        return ""
    of = f" ({total.of})" if total.of else ""
    return f'<p class="line">Financial year to date: <b>{total.said}</b>{of}</p>'


def persistence(card: Card) -> str:
    """Return how long it has stood so against its target."""
    lasting = card.persistence
    return f'<p class="line">{lasting[0].upper()}{lasting[1:]}</p>' if lasting else ""


def _counts(card: Card) -> str:
    """Return what a line can say beside a figure: the counts, and over which months."""
    if card.latest.value is None:
        return ""
    rate = card.latest.rate
    per = f"{words.say(rate.value, Unit.RATE, 1)} per 10,000" if rate else ""
    return " · ".join(part for part in (card.latest.of, per, card.when_short) if part)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
