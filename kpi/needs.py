"""Which figures of a month must be written about: by whom, by when, and why.

A narrative is required where a figure is short of its target, or its rating has newly changed, and
optional otherwise.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpi import assignments, catalogue, judgement, points
from kpi.assignments import Assignment
from kpi.basis import Basis
from kpi.cards import Card
from kpi.judgement import Rating
from kpi.narrative import Key
from kpi.organisation import Place
from kpi.releases import Release

CardsAt = Callable[[Place], list[Card]]  # over the month, and by the teams that stood then

_RATED = (Rating.MET, Rating.CLOSE, Rating.MISSED)


class Need(StrEnum):
    """Whether a figure must be written about."""

    REQUIRED = "Required"
    OPTIONAL = "Optional"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A figure, and whether somebody is asked what it means."""

    key: Key
    card: Card
    assignment: Assignment | None  # None: nobody is asked
    need: Need
    why: str  # 'off target 5 months running', 'newly on target', 'no figure: not loaded'
    due: date | None


def asked(
    release: Release,
    *,
    authority: str,
    month: date,
    cards_at: CardsAt,
    besides: Iterable[Key] = (),
) -> list[Asked]:
    """Return every figure of `month` that somebody is asked about, and those of `besides`.

    The whole service first, then by service area, and in each as pages order the indicators. What
    the release does not count is left out, and a place that did not stand in the month. Raises
    DefinitionError when narratives.csv cannot be used.
    """
    known = catalogue.ids() | release.indicators.keys()
    assigned = {
        Key(
            indicator=one.indicator,
            month=month,
            authority=authority,
            service_area=one.service_area,
        ): one
        for one in assignments.standing(assignments.read(known), month)
    }
    found = []
    for key, card in _cards(release, {*assigned, *besides}, cards_at):
        assignment = assigned.get(key)
        need, why = of(card) if assignment else (Need.OPTIONAL, "nobody is asked to")
        due = assignments.due(assignment, month) if assignment else None
        found.append(Asked(key=key, card=card, assignment=assignment, need=need, why=why, due=due))
    return found


def of(card: Card) -> tuple[Need, str]:
    """Return whether a figure must be written about, and why or why not."""
    latest = card.latest
    before = [point.rating for point in card.series[:-1]]
    if latest.rating in judgement.SHORT:
        return Need.REQUIRED, card.persistence or latest.rating.lower()
    # A month without a figure in between does not make a change old news.
    rated = [rating for rating in before if rating in _RATED]
    if latest.rating is Rating.MET and rated and rated[-1] is not Rating.MET:
        return Need.REQUIRED, f"newly {latest.rating.lower()}"
    if latest.rating is Rating.UNKNOWN:
        lost = latest.said != points.NO_CASES and before and before[-1] in _RATED
        return Need.REQUIRED if lost else Need.OPTIONAL, f"no figure: {latest.said}"
    return Need.OPTIONAL, card.persistence or latest.rating.lower()


def _cards(release: Release, keys: set[Key], cards_at: CardsAt) -> Iterator[tuple[Key, Card]]:
    """Yield each of `keys` with its card, where the place stood."""
    listed: set[tuple[str, str | None]] = {
        (team.authority, team.service_area) for team in release.teams
    }
    listed |= {(place.authority, place.service_area) for place in release.places}
    places = {Place(authority=key.authority, service_area=key.service_area) for key in keys}
    for place in sorted(places, key=lambda one: one.service_area or ""):
        if place.service_area and (place.authority, place.service_area) not in listed:
            continue
        for card in cards_at(place):
            key = Key(
                indicator=card.indicator.id,
                month=card.month,
                authority=place.authority,
                service_area=place.service_area,
            )
            if key in keys and card.latest.said != points.NO_SUCH_PLACE:
                if card.basis is not Basis.MONTH:
                    raise ValueError("A narrative is about one month's figure, not a sum of them.")
                yield key, card
