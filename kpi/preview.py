"""A preview: how far each published month would move under a definition as its file stands now.

The definition is counted over the very loads, months and teams that the current release was made
from, so that nothing but the definition can move a figure. Nothing is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kpi import assembly, catalogue, lake, measures, points, settings, words
from kpi.access import Actor, Right
from kpi.catalogue import Indicator
from kpi.errors import ReleaseError
from kpi.lake import Standing
from kpi.organisation import Place
from kpi.points import Point
from kpi.releases import Release
from kpi.words import Unit


@dataclass(frozen=True, kw_only=True)
class Line:
    """One month of the whole authority or of a service area: as published, and as it would be."""

    place: Place
    published: Point | None  # None of an indicator that is not in the release
    now: Point

    @property
    def moves(self) -> bool:
        """Whether the numerator, the denominator or the lack of a figure is another."""
        then = self.published
        return then is not None and (then.sum, then.said) != (self.now.sum, self.now.said)

    @property
    def moved(self) -> Decimal | None:
        """By how much the value moves, in the indicator's unit; None where there are not two."""
        if self.published is None or self.published.value is None or self.now.value is None:
            return None
        return self.now.value - self.published.value


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A definition as it stands now beside what the current release says."""

    indicator: Indicator
    release: str
    lines: tuple[Line, ...]  # by authority and month, each followed by its areas that move

    @property
    def said(self) -> str:
        """What would happen, in one sentence: '3 of 32 months would move, by up to …'."""
        wholes = [line for line in self.lines if line.place.service_area is None]
        months = words.count(len(wholes), "month")
        if not any(line.published for line in wholes):
            first, last = (words.month(wholes[at].now.month) for at in (0, -1))
            figures = f"These are its figures of {first} to {last}."
            return f"{self.indicator.id} is not published yet. {figures}"
        moving = [line for line in wholes if line.moves]
        if not moving:
            areas = len({(x.place.authority, x.now.month) for x in self.lines if x.moves})
            but = f", but service areas would in {areas} of them" if areas else ""
            return f"None of {months} would move{but}."
        return f"{len(moving)} of {months} would move{self._by(moving)}."

    def _by(self, moving: list[Line]) -> str:
        """Return by how much the one that moves most does."""
        sizes = {line.now.month: abs(line.moved) for line in moving if line.moved is not None}
        if not sizes:
            return ", to or from having no figure"
        most = max(sizes, key=lambda month: sizes[month])
        size = words.rounded(sizes[most], self.indicator.shown_decimals)
        points = " points" if self.indicator.unit is Unit.PERCENT else ""
        return f", by up to {size:,}{points} ({words.month(most)})"


def preview(actor: Actor, release: Release, name: str) -> Preview:
    """Return the indicator called `name`, counted as its file stands, beside `release`.

    Raises AccessError without the right to publish, DefinitionError for an unknown name or a file
    that cannot be counted, and ReleaseError when the release's loads are no longer in the lake.
    """
    actor.must(Right.LOAD_AND_PUBLISH)
    indicator = catalogue.read_one(name)
    standing = _standing(release)
    with lake.connect() as con:
        assembly.gather(con, standing, months=release.months, teams=release.teams)
        measures.fill(con, [indicator], records_from=date.max)
        covered = assembly.cover(con, [indicator], months=release.months, standing=standing)
        now = replace(
            release,
            indicators={name: indicator},
            coverage={(one.indicator, one.authority): one.states for one in covered},
            connection=con,
        )
        return Preview(
            indicator=indicator, release=release.name, lines=tuple(_lines(release, now, indicator))
        )


def _standing(release: Release) -> list[Standing]:
    """Return what the release was made from, which later loads do not change."""
    names = set(release.manifest["loads"])
    loads = [load for load in lake.loads(settings.lake()) if load.name in names]
    gone = sorted(names - {load.name for load in loads})
    if gone:
        raise ReleaseError(
            f"Release {release.name} was made from loads that the lake no longer has: "
            f"{', '.join(gone)}. Publish the month again, and then preview."
        )
    return lake.standing(loads, month=release.extract_month)


def _lines(release: Release, now: Release, indicator: Indicator) -> Iterator[Line]:
    for authority in release.authorities:
        whole = Place(authority=authority)
        areas = sorted(
            {
                replace(place, team=None)
                for one in (release, now)
                for place in one.places
                if place.authority == authority
            },
            key=lambda place: place.service_area or "",
        )
        by_place = [_months_of(release, now, indicator, place) for place in (whole, *areas)]
        for of_whole, *of_areas in zip(*by_place, strict=True):
            yield of_whole
            yield from (line for line in of_areas if line.moves)


def _months_of(release: Release, now: Release, indicator: Indicator, place: Place) -> list[Line]:
    """Return one place in every month."""
    then = release.indicators.get(indicator.id)
    was = measures.series(release.cursor(), place, indicator.id).get(indicator.id, {})
    would_be = measures.series(now.cursor(), place, indicator.id).get(indicator.id, {})
    return [
        Line(
            place=place,
            published=points.point(release, then, place, month, was) if then else None,
            now=points.point(now, indicator, place, month, would_be),
        )
        for month in release.months
    ]
