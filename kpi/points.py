"""Points: one figure at one place, for a month or for all the months of a basis.

Sums are added up before anything is divided, so the year to date is never a mean of months.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kpi import judgement, measures, rates, words
from kpi.basis import Basis
from kpi.catalogue import Indicator
from kpi.coverage import State
from kpi.judgement import Rating
from kpi.measures import Sum
from kpi.organisation import Place
from kpi.rates import Rate
from kpi.releases import Release
from kpi.targets import Goal
from kpi.words import Unit

NO_CASES = "no cases"  # a denominator of zero
NO_SUCH_PLACE = "did not exist then"
NOT_ALL = "not every month is counted"


@dataclass(frozen=True, kw_only=True)
class Point:
    """One indicator at one place, for a month and those before it that its basis adds."""

    month: date
    sum: Sum | None  # None where nothing was counted; `said` then says why
    value: Decimal | None  # in the indicator's unit: 96.7… for 96.7%
    said: str  # '96.7%', or why there is no value
    of: str  # '265 of 274'; nothing for a plain count
    target: Goal | None
    rating: Rating
    rate: Rate | None = None  # of a count at a whole authority, where it has a population


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a breakdown: the whole service, a service area, or one of its teams."""

    place: Place
    point: Point


def point(
    release: Release,
    indicator: Indicator,
    place: Place,
    month: date,
    sums: Mapping[date, Sum],
    basis: Basis = Basis.MONTH,
) -> Point:
    """Return the figure of `month`, from the sums of single months at `place`."""
    goal = release.goal(indicator, month)
    months = basis.of(indicator.kind).months(month)
    missing = _missing(release, indicator, place, months)
    total, value, said, of = None, None, missing, ""
    if not missing and _never(release, place, months, sums):
        said = NO_SUCH_PLACE
    elif not missing:
        total = add([sums[one] for one in months if one in sums]) or Sum.nothing(indicator)
        value = total.value(indicator)
        said = words.say(value, indicator.unit, indicator.shown_decimals)
        if total.denominator is not None:
            over = "÷" if indicator.unit is Unit.MEAN else "of"
            of = f"{words.number(total.numerator)} {over} {words.number(total.denominator)}"
        if value is None:
            said, of = NO_CASES, ""
    return Point(
        month=month,
        sum=total,
        value=value,
        said=said,
        of=of,
        target=goal,
        rating=judgement.rate(value, goal, indicator.polarity),
        rate=_rate(release, indicator, place, value, month=month, months=len(months)),
    )


def breakdown(
    release: Release, indicator: Indicator, place: Place, month: date, basis: Basis = Basis.MONTH
) -> list[Row]:
    """Return the indicator in `month`: the whole service, then service areas with their teams.

    Where `place` is in one service area, only that one follows the whole.
    """
    whole = replace(place, service_area=None, team=None)
    months = basis.of(indicator.kind).months(month)
    if _missing(release, indicator, whole, months):
        return []
    teams = measures.breakdown(
        release.cursor(), indicator=indicator.id, whole=whole, first=months[0], last=month
    )
    found = {whole: [total for _, total in teams]}
    for team, total in teams:
        if place.service_area in (None, team.service_area):
            area = replace(team, team=None)
            found.setdefault(area, []).append(total)
            if team.team != team.service_area:  # Unallocated has no teams
                found[team] = [total]
    return [
        Row(place=one, point=point(release, indicator, one, month, {month: total}, basis))
        for one, sums in found.items()
        if (total := add(sums))
    ]


def beside(
    release: Release,
    indicator: Indicator,
    rows: Sequence[Row],
    months: Sequence[date],
    basis: Basis = Basis.MONTH,
) -> list[tuple[Row, list[Point]]]:
    """Return rows of a breakdown, each with its figures of `months`."""
    found = []
    for row in rows:
        sums = measures.series(release.cursor(), row.place, indicator.id).get(indicator.id, {})
        found.append(
            (row, [point(release, indicator, row.place, one, sums, basis) for one in months])
        )
    return found


def figures(release: Release, months: list[date]) -> Iterator[tuple[Indicator, Place, Point]]:
    """Yield every figure: by month, then indicator, for each authority, service area and team."""
    tree: dict[Place, None] = {}
    for authority in release.authorities:
        tree[Place(authority=authority)] = None
    for place in release.places:
        tree[replace(place, team=None)] = None
        tree[place] = None
    sums = {place: measures.series(release.cursor(), place) for place in tree}
    for month in months:
        for indicator in release.indicators.values():
            for place in tree:
                mine = sums[place].get(indicator.id, {})
                whole = place.service_area is None
                if whole or month in mine:
                    yield indicator, place, point(release, indicator, place, month, mine)


def add(sums: list[Sum]) -> Sum | None:
    """Return the sum of `sums`; None of none."""
    if not sums:
        return None
    denominators = [one.denominator for one in sums if one.denominator is not None]
    return Sum(
        numerator=_total([one.numerator for one in sums]),
        denominator=_total(denominators) if denominators else None,
    )


def _missing(release: Release, indicator: Indicator, place: Place, months: Sequence[date]) -> str:
    """Return why there is no figure for `months`; nothing where all of them are counted."""
    covered = release.coverage.get((indicator.id, place.authority), {})
    states = [covered.get(month, State.NOT_LOADED) for month in months]
    if all(state is State.COUNTED for state in states):
        return ""
    return str(states[-1]) if states[-1] is not State.COUNTED else NOT_ALL


def _never(
    release: Release, place: Place, months: Sequence[date], sums: Mapping[date, Sum]
) -> bool:
    """Return whether the place stood at none of the months' ends, and did no work in them."""
    return not any(month in sums or release.existed(place, month) for month in months)


def _rate(
    release: Release,
    indicator: Indicator,
    place: Place,
    count: Decimal | None,
    *,
    month: date,
    months: int,
) -> Rate | None:
    if count is None or not indicator.rate_population or place.service_area is not None:
        return None
    return rates.rate(
        release.populations,
        indicator,
        authority=place.authority,
        count=count,
        month=month,
        months=months,
    )


def _total(numbers: list[Decimal]) -> Decimal:
    return sum(numbers, start=Decimal(0))
