"""What each indicator means, said once for every page: what is counted, for whom, against what."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from kpi import calendar, words
from kpi.benchmarks import Area
from kpi.cards import Card
from kpi.catalogue import AREAS, Indicator, Kind, Polarity
from kpi.targets import Source, Target

Term = tuple[str, tuple[str, ...]]  # what is defined, and one sentence or several

BASES = {
    Kind.FLOW: "What happens in a month. It can also be read for the financial year to date or the "
    "last 12 months: the months are added up before anything is divided",
    Kind.SNAPSHOT: "What is true at the month's end. It is the same whichever basis is chosen",
    Kind.COHORT: "A group of children followed up later. Its months add up once they are known",
}
WAYS = {
    Polarity.HIGHER: "Higher is better",
    Polarity.LOWER: "Lower is better",
    Polarity.NEITHER: "Neither. It is shown for context, and not judged",
}
WHOSE = {
    Source.NATIONAL: "National",
    Source.LOCAL: "Local",
    Source.EXAMPLE: "An example, which nobody has agreed",
}
COMPARED = (Area.ENGLAND, Area.LONDON, Area.NEIGHBOURS, Area.OWN)


def terms(card: Card) -> list[Term]:
    """Return everything that there is to say about an indicator, as of the card's month."""
    indicator = card.indicator
    said: list[tuple[str, Iterable[str]]] = [
        ("The question", [indicator.question]),
        ("Why it matters to a child", [indicator.why_it_matters]),
        ("Counted", [indicator.numerator]),
        ("Out of", [indicator.denominator]),
        ("Left out", [indicator.exclusions]),
        ("Read with care", [indicator.caveats]),
        ("Over what time", [BASES[indicator.kind]]),
        ("Which way is better", [WAYS[indicator.polarity]]),
        (f"Target in {words.month(card.month)}", _target(card)),
        ("Earlier targets", _earlier(card)),
        ("Off target as expected", _expected(card)),
        ("Team", [f"The team of the {indicator.role}, or that of the record"]),
        ("Per 10,000", [_population(indicator)]),
        ("Published elsewhere", [_published(card)]),
        ("How the published figure differs", [indicator.benchmark_differs]),
        ("Where the figures come from", card.notes),
        ("Source", [indicator.source]),
        ("Owner", [indicator.owner]),
        ("Last reviewed", [words.day(indicator.reviewed)]),
        ("Code", [indicator.code]),
    ]
    return [(term, found) for term, texts in said if (found := tuple(filter(None, texts)))]


def matching(cards: Sequence[Card], wanted: str) -> list[Card]:
    """Return the cards whose definition has every one of the words `wanted`.

    An indicator's id finds that indicator and no other, so that it can be linked to.
    """
    named = [card for card in cards if card.indicator.id == wanted.strip()]
    sought = wanted.casefold().split()
    return named or [card for card in cards if all(word in _text(card) for word in sought)]


def _text(card: Card) -> str:
    indicator = card.indicator
    lines = [indicator.title, indicator.short_title, AREAS[indicator.area]]
    lines += [text for _, texts in terms(card) for text in texts]
    return " ".join(lines).casefold()


def _target(card: Card) -> list[str]:
    goal = card.latest.target
    if goal is None:
        return [card.target_said]
    agreed = f", agreed by {goal.agreed_by}" if goal.agreed_by else ""
    target = card.targets[-1]
    return [
        f"{_limit(card, goal.target)}. {_close(card, target)}",
        _path(card, target),
        f"{WHOSE[goal.source]}{agreed}",
    ]


def _earlier(card: Card) -> list[str]:
    """Return what earlier targets asked for and until when, the newest first."""
    said = []
    for one, following in pairwise(card.targets):
        last = calendar.add_months(following.from_month, -1)
        since = f"{words.month(one.from_month)} to {words.month(last)}"
        said.append(f"{since}: {_limit(card, one.target)}. {_close(card, one)}")
    return list(reversed(said))


def _limit(card: Card, value: Decimal) -> str:
    way = "or more" if card.indicator.polarity is Polarity.HIGHER else "or less"
    return f"{card.in_unit(value)} {way}"


def _close(card: Card, target: Target) -> str:
    if target.floor is not None:
        return f"Close to it: {_limit(card, target.floor)}"
    return f"Close to it: within {words.number(abs(target.distance))} points"


def _path(card: Card, target: Target) -> str:
    """Return the path that a target takes through the year, month by month."""
    if not target.profile:
        return ""
    values = " ".join(words.number(value) for value in target.profile)
    return f"A path from April to March: {values}"


def _expected(card: Card) -> list[str]:
    expected = card.expected
    if expected is None:
        return []
    until = words.month(expected.until_month)
    return [f"Until {until}, because {expected.reason}", f"Approved by: {expected.approved_by}"]


def _population(indicator: Indicator) -> str:
    if not indicator.rate_population:
        return ""
    group = re.sub(r"_(\d+)_(\d+)$", r" aged \1 to \2", indicator.rate_population)
    a_year = "" if indicator.kind is Kind.SNAPSHOT else ", as the rate of a whole year"
    return (
        f"Also said per 10,000 {group.replace('_', ' ')} who live in the authority{a_year}: for "
        "the whole service, since no service area or team has a population of its own"
    )


def _published(card: Card) -> str:
    if not card.published:
        return "No figure to compare with had been published by then"
    figures = [f"{area} {said}" for area in COMPARED if (said := card.published_of(area))]
    return f"The Department for Education's figure, once a year. {'; '.join(figures)}"
