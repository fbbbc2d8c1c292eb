"""A card: everything said about one indicator at one place and month, worked out once.

Pages draw cards and commands print them. None of those looks anything up for itself, so they
cannot disagree.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpi import calendar, judgement, measures, organisation, targets, words
from kpi.catalogue import Indicator, Kind, Polarity
from kpi.coverage import State
from kpi.judgement import Rating
from kpi.measures import Sum
from kpi.organisation import Place
from kpi.releases import Release
from kpi.targets import Target
from kpi.words import Unit

CHART_MONTHS = 24
SPARKLINE_MONTHS = 13

NO_CASES = "no cases"  # a denominator of zero
NO_SUCH_PLACE = "did not exist then"
HEADLINES = ("assessments_within_45_days", "icpc_within_15_days", "placed_over_20_miles")


@dataclass(frozen=True, kw_only=True)
class Point:
    """One indicator at one place in one month."""

    month: date
    sum: Sum | None  # None where nothing was counted; `said` then says why
    value: Decimal | None  # in the indicator's unit: 96.7… for 96.7%
    said: str  # '96.7%', or why there is no value
    of: str  # '265 of 274'; nothing for a plain count
    target: Target | None
    rating: Rating


@dataclass(frozen=True, kw_only=True)
class Card:
    """One indicator as it stood in one month, with the months before it, oldest first."""

    indicator: Indicator
    place: Place
    series: tuple[Point, ...] = field(repr=False)
    notes: tuple[str, ...]  # about where the figures come from

    @property
    def latest(self) -> Point:
        """The month that the card is for."""
        return self.series[-1]

    @property
    def month(self) -> date:
        """The month that the card is for."""
        return self.latest.month

    @property
    def basis(self) -> str:
        """When the value was so: 'in November 2024' or 'at 30 November 2024'."""
        if self.indicator.kind is Kind.SNAPSHOT:
            return f"at {words.day(calendar.month_end(self.month))}"
        return f"in {words.month(self.month)}"

    @property
    def target_said(self) -> str:
        """What the value should reach: 'Target 90% or more'; why there is none, otherwise."""
        target = self.latest.target
        if target is None:
            neither = self.indicator.polarity is Polarity.NEITHER
            return "No target: shown for context" if neither else "No target agreed"
        way = "or more" if self.indicator.polarity is Polarity.HIGHER else "or less"
        unit = "%" if self.indicator.unit is Unit.PERCENT else ""
        return f"Target {words.number(target.target)}{unit} {way}"

    @property
    def target_whose(self) -> str:
        """Whose target it is: 'national', 'local', or 'example'."""
        return self.latest.target.source if self.latest.target else ""

    def change_on(self, months: int) -> Decimal | None:
        """Return the change on `months` before, between the values as they are shown."""
        if len(self.series) <= months:
            return None
        now, then = self.latest.value, self.series[-1 - months].value
        if now is None or then is None:
            return None
        decimals = self.indicator.shown_decimals
        return words.rounded(now, decimals) - words.rounded(then, decimals)

    @property
    def change_arrow(self) -> str:
        """The way the value moved since last month: ▲, ▼ or nothing."""
        change = self.change_on(1)
        return "" if not change else "▲" if change > 0 else "▼"

    @property
    def change_said(self) -> str:
        """The change on last month: '1.4 points up on October'."""
        last = calendar.add_months(self.month, -1)
        change = self.change_on(1)
        if self.latest.value is None:
            return f"No figure to compare with {last:%B}"
        if change is None:
            return f"No figure for {last:%B} to compare with"
        if not change:
            return f"No change on {last:%B}"
        size = words.say(abs(change), Unit.COUNT, self.indicator.shown_decimals)
        if self.indicator.unit is Unit.PERCENT:
            size += " point" if abs(change) == 1 else " points"
        return f"{size} {'up' if change > 0 else 'down'} on {last:%B}"

    @property
    def change_means(self) -> str:
        """What that change means: 'better', 'worse', or nothing where neither way is better."""
        return judgement.direction(self.change_on(1) or Decimal(0), self.indicator.polarity)

    @property
    def finding(self) -> str:
        """What the chart shows, in one sentence."""
        if self.latest.value is None:
            return f"No figure for {words.month(self.month)}: {self.latest.said}"
        for months in (12, 1):
            change = self.change_on(months)
            if change is not None:
                then = self.series[-1 - months]
                ago = "a year ago" if months == 12 else "last month"
                if not change:
                    return f"The same as {ago}: {self.latest.said}"
                word = judgement.direction(change, self.indicator.polarity)
                word = word or ("higher" if change > 0 else "lower")
                return (
                    f"{word.capitalize()} than {ago}: {self.latest.said} "
                    f"against {then.said} in {words.month(then.month)}"
                )
        return f"{self.latest.said} {self.basis}, with nothing earlier to compare"

    @property
    def described(self) -> str:
        """The trend in words, for a reader who cannot see the chart."""
        first = self.series[0].month
        known = [point for point in self.series if point.value is not None]
        lines = [
            f"{self.indicator.title}, {words.month(first)} to {words.month(self.month)}.",
            f"{self.finding}.",
        ]
        if known:
            values = {point.month: point.value or Decimal(0) for point in known}
            for word, point in (
                ("Lowest", min(known, key=lambda p: values[p.month])),
                ("Highest", max(known, key=lambda p: values[p.month])),
            ):
                lines.append(f"{word} {point.said} in {words.month(point.month)}.")
        lines.append(f"{self.target_said}.")
        missing = len(self.series) - len(known)
        if missing:
            lines.append(f"{words.count(missing, 'month has', 'months have')} no value.")
        return " ".join(lines)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a breakdown: the whole service, a service area, or one of its teams."""

    place: Place
    point: Point


def build(release: Release, place: Place, month: date) -> list[Card]:
    """Return the card of every indicator at `place`, for `month` and the months before it."""
    sums = measures.series(release.cursor(), place)
    return [
        _card(release, i, place, month, sums.get(i.id, {})) for i in release.indicators.values()
    ]


def build_one(release: Release, indicator: Indicator, place: Place, month: date) -> Card:
    """Return the card of one indicator."""
    sums = measures.series(release.cursor(), place, indicator.id)
    return _card(release, indicator, place, month, sums.get(indicator.id, {}))


def breakdown(release: Release, indicator: Indicator, place: Place, month: date) -> list[Row]:
    """Return the indicator in `month`: the whole service, then service areas with their teams.

    Where `place` is in one service area, only that one follows the whole.
    """
    teams = measures.breakdown(
        release.cursor(), indicator=indicator.id, authority=place.authority, month=month
    )
    found = {Place(authority=place.authority): [total for _, total in teams]}
    for team, total in teams:
        if place.service_area in (None, team.service_area):
            area = Place(authority=place.authority, service_area=team.service_area)
            found.setdefault(area, []).append(total)
            if team.team != team.service_area:  # Unallocated has no teams
                found[team] = [total]
    return [
        Row(place=one, point=_point(release, indicator, one, month, {month: _add(sums)}))
        for one, sums in found.items()
        if sums
    ]


def figures(release: Release, months: list[date]) -> Iterator[tuple[Indicator, Place, Point]]:
    """Yield every figure: by month, then indicator, for each authority, service area and team."""
    tree: dict[Place, None] = {}
    for authority in release.authorities:
        tree[Place(authority=authority)] = None
    for place in release.places:
        tree[Place(authority=place.authority, service_area=place.service_area)] = None
        tree[place] = None
    sums = {place: measures.series(release.cursor(), place) for place in tree}
    for month in months:
        for indicator in release.indicators.values():
            for place in tree:
                mine = sums[place].get(indicator.id, {})
                whole = place.service_area is None
                if whole or month in mine:
                    yield indicator, place, _point(release, indicator, place, month, mine)


def _card(
    release: Release, indicator: Indicator, place: Place, month: date, sums: dict[date, Sum]
) -> Card:
    first = max(release.months[0], calendar.add_months(month, 1 - CHART_MONTHS))
    return Card(
        indicator=indicator,
        place=place,
        series=tuple(
            _point(release, indicator, place, one, sums)
            for one in calendar.months_between(first, month)
        ),
        notes=release.notes.get((indicator.id, place.authority), ()),
    )


def _point(
    release: Release, indicator: Indicator, place: Place, month: date, sums: dict[date, Sum]
) -> Point:
    target = targets.standing(release.targets, indicator.id, month)
    covered = release.coverage.get((indicator.id, place.authority), {})
    state = covered.get(month, State.NOT_LOADED)
    total, value, said, of = sums.get(month), None, str(state), ""
    if state is State.COUNTED and total is None and not _existed(release, place, month):
        said = NO_SUCH_PLACE
    elif state is State.COUNTED:
        total = total or Sum.nothing(indicator)
        value = total.value(indicator)
        said = words.say(value, indicator.unit, indicator.shown_decimals)
        if total.denominator is not None:
            of = f"{words.number(total.numerator)} of {words.number(total.denominator)}"
        if value is None:
            said, of = NO_CASES, ""
    return Point(
        month=month,
        sum=total,
        value=value,
        said=said,
        of=of,
        target=target,
        rating=judgement.rate(value, target, indicator.polarity),
    )


def _existed(release: Release, place: Place, month: date) -> bool:
    return organisation.existed(release.teams, place, calendar.month_end(month))


def _add(sums: list[Sum]) -> Sum:
    denominators = [sum.denominator for sum in sums if sum.denominator is not None]
    return Sum(
        numerator=_total([sum.numerator for sum in sums]),
        denominator=_total(denominators) if denominators else None,
    )


def _total(numbers: list[Decimal]) -> Decimal:
    return sum(numbers, start=Decimal(0))
