"""The demonstration's year of narratives, written as anybody writes them, each at its moment.

What is said is invented in `demo.narratives`. Here it is drafted, submitted, returned, approved and
answered by the invented people, through the functions that pages use: so every figure in it is the
release's own, and no rule was left out. Read the modules in this order:

    author      what somebody writes about one figure, month after month
    steps       what becomes of one month's narrative, and of what it promises
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from kpi import calendar, cards, demo, needs, rounds
from kpi import store as kept
from kpi.cards import Card
from kpi.demonstration.author import Author
from kpi.demonstration.steps import Narrative, Step
from kpi.narrative import Key
from kpi.organisation import Place
from kpi.releases import Release
from kpi.store import LONDON, Store


def untouched(store: Store) -> bool:
    """Return whether nobody has ever saved a narrative."""
    with store.reading() as rows:
        return not rows.find(kept.revisions, {}, newest=1)


def write(store: Store, published: Sequence[Release], *, authority: str) -> None:
    """Write a year of narratives about the figures of `published`, oldest release first.

    Each is about a figure as it was published then, so that some figures have moved since. The
    round of the last release's month is half done, as it is on the day that visitors come.
    """
    last = published[-1].extract_month
    today = rounds.demonstration_clock(last)().astimezone(LONDON).date()
    authors: dict[Key, Author] = {}
    steps: list[Step] = []
    first = calendar.add_months(last, 1 - demo.narratives.MONTHS)
    for month in calendar.months_between(first, last):
        release = next(one for one in published if one.extract_month >= month)
        built: dict[Place, list[Card]] = {}
        for asked in needs.asked(
            release, authority=authority, month=month, cards_at=_cards_of(release, month, built)
        ):
            elsewhere = [card for place in built for card in built[place]]
            narrative = Narrative(
                asked=asked,
                author=authors.setdefault(replace(asked.key, month=last), Author()),
                release=release.name,
                others=tuple(one for one in elsewhere if one.indicator == asked.card.indicator),
            )
            steps += narrative.half_done() if month == last else narrative.done(before=last)
    for moment, step in sorted(steps, key=lambda one: one[0]):
        if moment.date() < today:
            step(replace(store, clock=lambda moment=moment: moment))


def _cards_of(
    release: Release, month: date, built: dict[Place, list[Card]]
) -> Callable[[Place], list[Card]]:
    """Return what gives the cards of a place, and keeps them in `built`."""

    def cards_at(place: Place) -> list[Card]:
        if place not in built:
            built[place] = cards.build(release, place, month)
        return built[place]

    return cards_at
