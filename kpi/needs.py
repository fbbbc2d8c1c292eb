"""Which figures of a month must be written about: by whom, by when, and why.

A narrative is required where a figure is short of its target, or its rating has newly changed, and
optional otherwise.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from kpi.points import Point
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


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A figure of a month that had to be written about."""

    key: Key
    rating: Rating
    due: date


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
    assigned = _assigned(every_assignment(release), authority, month)
    last_days = _last_days(assigned.values(), month)
    found = []
    for key, card in _cards(release, {*assigned, *besides}, cards_at):
        if card.month != month or card.latest.said == points.NO_SUCH_PLACE:
            continue
        assignment = assigned.get(key)
        need, why = of(card) if assignment else (Need.OPTIONAL, "nobody is asked to")
        due = last_days[assignment.due_working_day] if assignment else None
        found.append(Asked(key=key, card=card, assignment=assignment, need=need, why=why, due=due))
    return found


def required(
    release: Release, *, authority: str, months: Sequence[date], cards_at: CardsAt
) -> list[Duty]:
    """Return every figure that had to be written about in one of `months`, month by month.

    `cards_at` gives the cards of a place for any one month from the last of these on: their series
    have the months before. The order and the error are those of `asked`.
    """
    listed = every_assignment(release)
    assigned = {month: _assigned(listed, authority, month) for month in months}
    built = _cards(release, {key for one in assigned.values() for key in one}, cards_at)
    series = {(key.indicator, key.service_area): card.series for key, card in built}
    found = []
    for month, those in assigned.items():
        last_days = _last_days(those.values(), month)
        for key, assignment in those.items():
            whole = series.get((key.indicator, key.service_area), ())
            known = [point for point in whole if point.month <= month]
            if not known or known[-1].month != month or known[-1].said == points.NO_SUCH_PLACE:
                continue
            if judged(known)[0] is Need.REQUIRED:
                due = last_days[assignment.due_working_day]
                found.append(Duty(key=key, rating=known[-1].rating, due=due))
    return found


def of(card: Card) -> tuple[Need, str]:
    """Return whether a card's figure must be written about, and why or why not."""
    return judged(card.series)


def judged(series: Sequence[Point]) -> tuple[Need, str]:
    """Return whether the last figure of a series must be written about, and why or why not."""
    latest, ratings = series[-1], [point.rating for point in series]
    before, lasting = ratings[:-1], judgement.persistence(ratings)
    if latest.rating in judgement.SHORT:
        return Need.REQUIRED, lasting or latest.rating.lower()
    # A month without a figure in between does not make a change old news.
    rated = [rating for rating in before if rating in _RATED]
    if latest.rating is Rating.MET and rated and rated[-1] is not Rating.MET:
        return Need.REQUIRED, f"newly {latest.rating.lower()}"
    if latest.rating is Rating.UNKNOWN:
        lost = latest.said != points.NO_CASES and before and before[-1] in _RATED
        return Need.REQUIRED if lost else Need.OPTIONAL, f"no figure: {latest.said}"
    return Need.OPTIONAL, lasting or latest.rating.lower()


def every_assignment(release: Release) -> list[Assignment]:
    """Return every assignment, of today's indicators and of those that the release still has.

    Raises DefinitionError when narratives.csv cannot be used.
    """
    return assignments.read(catalogue.ids() | release.indicators.keys())


def _assigned(listed: Iterable[Assignment], authority: str, month: date) -> dict[Key, Assignment]:
    return {
        Key(
            indicator=one.indicator,
            month=month,
            authority=authority,
            service_area=one.service_area,
        ): one
        for one in assignments.standing(listed, month)
    }


def _last_days(assigned: Iterable[Assignment], month: date) -> dict[int, date]:
    """Return the last day in time by the working days that are given: few, for many figures."""
    given = {one.due_working_day: one for one in assigned}
    return {days: assignments.due(one, month) for days, one in given.items()}


def _cards(release: Release, keys: Iterable[Key], cards_at: CardsAt) -> Iterator[tuple[Key, Card]]:
    """Yield what `keys` are about, whatever their months, each with its card and in its month.

    A place that the release does not list is left out.
    """
    listed: set[tuple[str, str | None]] = {
        (team.authority, team.service_area) for team in release.teams
    }
    listed |= {(place.authority, place.service_area) for place in release.places}
    wanted: dict[Place, set[str]] = {}
    for key in keys:
        place = Place(authority=key.authority, service_area=key.service_area)
        wanted.setdefault(place, set()).add(key.indicator)
    for place in sorted(wanted, key=lambda one: one.service_area or ""):
        if place.service_area and (place.authority, place.service_area) not in listed:
            continue
        for card in cards_at(place):
            if card.indicator.id not in wanted[place]:
                continue
            if card.basis is not Basis.MONTH:
                raise ValueError("A narrative is about one month's figure, not a sum of them.")
            key = Key(
                indicator=card.indicator.id,
                month=card.month,
                authority=place.authority,
                service_area=place.service_area,
            )
            yield key, card
