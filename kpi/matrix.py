"""The indicators side by side: the whole service and its parts, so that a reader sees where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kpi import measures, organisation, points
from kpi.basis import Basis
from kpi.cards import Card
from kpi.catalogue import Kind
from kpi.measures import Sum
from kpi.organisation import UNALLOCATED, UNMAPPED, Place
from kpi.points import Point
from kpi.releases import Release


@dataclass(frozen=True, kw_only=True)
class Column:
    """The whole service or a part of it, with its last day if it no longer stands."""

    place: Place
    ended: date | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One indicator in every column; None where that part of the service does no such work."""

    card: Card = field(repr=False)  # of the whole service
    points: tuple[Point | None, ...]


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Every indicator in one month, in the whole service first and then in its parts."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def build(release: Release, whole: Sequence[Card], place: Place, basis: Basis) -> Matrix:
    """Return the cards of the `whole` service beside the figures of its parts.

    The parts are its service areas; where `place` is in one of them, that one and its teams. They
    are those that stood at the month's end, then any others that did some of the work counted.
    """
    month, top = whole[0].month, replace(place, service_area=None, team=None)
    found = measures.everywhere(
        release.cursor(),
        whole=top,
        first=basis.months(month)[0],
        last=month,
        summed=[card.indicator.id for card in whole if card.indicator.kind is not Kind.SNAPSHOT],
    )
    area = replace(place, team=None)
    parts = [
        part
        for part in _parts(release, place, month)
        if part in found or part == area or _stood(release, part, month)
    ]
    return Matrix(
        columns=(Column(place=top), *(_column(release, part) for part in parts)),
        lines=tuple(
            Line(
                card=card,
                points=(
                    card.latest,
                    *(_cell(release, card, part, found.get(part, {}), basis) for part in parts),
                ),
            )
            for card in whole
        ),
    )


def _parts(release: Release, place: Place, month: date) -> list[Place]:
    """Return every service area there has been, or the one of `place` and then its teams.

    Those that stood at the month's end come first, and work that no listed team holds last.
    """

    def order(part: Place) -> tuple[bool, bool]:
        return _nobodys(part), not release.existed(part, month)

    every = release.places_today if place.today else release.places
    teams = [one for one in every if one.authority == place.authority]
    if place.service_area is not None:
        mine = [one for one in teams if one.service_area == place.service_area]
        own = [one for one in mine if one.team != one.service_area]  # Unallocated has no teams
        return [replace(place, team=None), *sorted(own, key=order)]
    areas = dict.fromkeys(replace(one, team=None) for one in teams)  # by name already
    return sorted(areas, key=order)


def _stood(release: Release, part: Place, month: date) -> bool:
    return not _nobodys(part) and release.existed(part, month)


def _nobodys(part: Place) -> bool:
    """Return whether a part is not of the service, but of the work that no listed team holds."""
    return part.service_area in (UNALLOCATED, UNMAPPED)


def _column(release: Release, part: Place) -> Column:
    return Column(place=part, ended=organisation.ended(release.teams, part))


def _cell(
    release: Release, card: Card, part: Place, sums: Mapping[str, Sum], basis: Basis
) -> Point | None:
    mine = sums.get(card.indicator.id)
    point = points.point(
        release, card.indicator, part, card.month, {card.month: mine} if mine else {}, basis
    )
    # Of a part that did other work, the head of the column says that it has ended.
    gone = bool(sums) and point.said == points.NO_SUCH_PLACE
    return None if mine is None and (point.sum is not None or gone) else point
