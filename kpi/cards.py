"""A card: everything said about one indicator at one place and month, worked out once.

Pages draw cards and commands print them. None of those looks anything up for itself, so they
cannot disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpi import benchmarks, calendar, expectations, judgement, measures, points, words
from kpi.basis import Basis
from kpi.benchmarks import Area, Published
from kpi.catalogue import Indicator, Kind, Polarity
from kpi.expectations import Expectation
from kpi.judgement import Rating
from kpi.organisation import Place
from kpi.points import Point
from kpi.releases import Release
from kpi.targets import Target
from kpi.words import Unit

CHART_MONTHS = 24
SPARKLINE_MONTHS = 13
HEADLINES = ("assessments_within_45_days", "icpc_within_15_days", "placed_over_20_miles")


@dataclass(frozen=True, kw_only=True)
class Card:
    """One indicator as it stood in one month, with the months before it, oldest first."""

    indicator: Indicator
    place: Place
    basis: Basis  # over which months each point of the series is summed
    series: tuple[Point, ...] = field(repr=False)
    year_to_date: Point | None = field(repr=False)  # of what happens in a month; else None
    targets: tuple[Target, ...] = field(repr=False)  # that it has had by now, oldest first
    published: tuple[Published, ...] = field(repr=False)  # elsewhere, oldest first
    expected: Expectation | None  # that it is off target, by somebody's word
    notes: tuple[str, ...]  # about where the figures come from

    @property
    def latest(self) -> Point:
        """The month that the card is for."""
        return self.series[-1]

    @property
    def last_year(self) -> Point | None:
        """The same month a year before, where the series reaches back to it."""
        return self.series[-13] if len(self.series) > 12 else None

    @property
    def month(self) -> date:
        """The month that the card is for."""
        return self.latest.month

    @property
    def when(self) -> str:
        """When the value was so: 'in November 2024', 'at 30 November 2024', 'April to …'."""
        return self.basis.when(self.indicator.kind, self.month)

    @property
    def when_short(self) -> str:
        """When the value was so, for where the month is said already: 'at month end'."""
        if self.indicator.kind is Kind.SNAPSHOT:
            return "at month end"
        return {
            Basis.MONTH: "in the month",
            Basis.YEAR_TO_DATE: "year to date",
            Basis.TWELVE_MONTHS: "last 12 months",
        }[self.basis]

    @property
    def target_said(self) -> str:
        """What the value should reach: 'Target 90% or more'; why there is none, otherwise."""
        goal = self.latest.target
        if goal is None:
            neither = self.indicator.polarity is Polarity.NEITHER
            return "No target: shown for context" if neither else "No target agreed"
        way = "or more" if self.indicator.polarity is Polarity.HIGHER else "or less"
        said = f"Target {self.in_unit(goal.target)} {way}"
        if goal.by_march is None or goal.by_march == goal.target:
            return said
        return f"{said} now, {self.in_unit(goal.by_march)} by March"

    @property
    def target_whose(self) -> str:
        """Whose target it is: 'national', 'local', or 'example'."""
        return self.latest.target.source if self.latest.target else ""

    @property
    def expected_said(self) -> str:
        """That somebody expected it off target, until when and why; nothing where it is not so."""
        if self.expected is None or self.latest.rating not in judgement.SHORT:
            return ""
        until = words.month(self.expected.until_month)
        return f"Off target as expected until {until}, because {self.expected.reason}"

    @property
    def rate_said(self) -> str:
        """A count as a rate: '56.0 per 10,000 children (population of 2024)'; else nothing."""
        rate = self.latest.rate
        if rate is None:
            return ""
        a_year = "" if self.indicator.kind is Kind.SNAPSHOT else " a year"
        value = words.say(rate.value, Unit.RATE, 1)
        return f"{value} per 10,000 children{a_year} (population of {rate.year})"

    @property
    def lasting(self) -> int:
        """For how many months it has been rated as it is."""
        ratings = [point.rating for point in reversed(self.series)]
        return next((n for n, one in enumerate(ratings) if one is not ratings[0]), len(ratings))

    @property
    def persistence(self) -> str:
        """How long it has stood so against its target: 'off target 5 months running'."""
        return judgement.persistence([point.rating for point in self.series])

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
    def change(self) -> Decimal | None:
        """The change on last month; of a year to date, on the same months of last year."""
        return self.change_on(self._months_to_compare)

    @property
    def change_arrow(self) -> str:
        """The way the value moved: ▲, ▼ or nothing."""
        return "" if not self.change else "▲" if self.change > 0 else "▼"

    @property
    def change_said(self) -> str:
        """The change in words: '1.4 points up on October'."""
        then = calendar.add_months(self.month, -self._months_to_compare)
        before = f"{then:%B}"
        if self.basis is Basis.YEAR_TO_DATE:
            before = f"the same months of {words.financial_year(calendar.financial_year(then))}"
        change = self.change
        if self.latest.value is None:
            return f"No figure to compare with {before}"
        if change is None:
            return f"No figure for {before} to compare with"
        if not change:
            return f"No change on {before}"
        return f"{self.in_points(abs(change))} {'up' if change > 0 else 'down'} on {before}"

    @property
    def change_means(self) -> str:
        """What that change means: 'better', 'worse', or nothing where neither way is better."""
        return judgement.direction(self.change or Decimal(0), self.indicator.polarity)

    @property
    def finding(self) -> str:
        """What the chart shows, in one sentence."""
        if self.latest.value is None:
            return f"No figure for {words.month(self.month)}: {self.latest.said}"
        for months in (12,) if self.basis is Basis.YEAR_TO_DATE else (12, 1):
            change = self.change_on(months)
            if change is not None:
                then = self.series[-1 - months]
                ago = "a year ago" if months == 12 else "last month"
                if not change:
                    return f"The same as {ago}: {self.latest.said}"
                word = judgement.direction(change, self.indicator.polarity)
                word = word or ("higher" if change > 0 else "lower")
                at = self.basis.when(Kind.FLOW, then.month)
                at = at if at.startswith("in ") else f"for {at}"
                return (
                    f"{word.capitalize()} than {ago}: {self.latest.said} against {then.said} {at}"
                )
        return f"{self.latest.said} {self.when}, with nothing earlier to compare"

    @property
    def marks(self) -> dict[Area, list[tuple[date, Decimal]]]:
        """The published figures that can stand beside the values, by area: year's end and figure.

        Only shares and means are alike for one council and for a country; a count is not, nor is
        what was divided by something else.
        """
        alike = {Unit.PERCENT: ("percent",), Unit.MEAN: ("score", "cases per FTE")}
        units = alike.get(self.indicator.unit, ())
        found: dict[Area, list[tuple[date, Decimal]]] = {}
        for one in self.published:
            for area in (Area.ENGLAND, Area.NEIGHBOURS, Area.OWN):
                if one.unit in units and area in one.values:
                    found.setdefault(area, []).append((one.period_end, one.values[area]))
        return found

    def published_of(self, area: Area) -> str:
        """Return the newest published figure of `area` with its year: '84.5% (2023/24)'.

        A number of children elsewhere says nothing beside ours, and is left out.
        """
        for one in reversed(self.published):
            if area in one.values and (one.unit != "count" or area is Area.OWN):
                return f"{self.as_published(one, area)} ({published_year(one)})"
        return ""

    def as_published(self, one: Published, area: Area) -> str:
        """Return a published figure in the unit that it was published in: '84.5%', '40.6 …'."""
        if area not in one.values:
            return words.NO_VALUE
        places = max(-int(value.as_tuple().exponent) for value in self._as_published(area))
        number = f"{words.rounded(one.values[area], max(places, 0)):,}"
        if one.unit.startswith("percent"):
            return f"{number}%{one.unit.removeprefix('percent')}"
        if one.unit.startswith("per 10000"):
            return f"{number} per 10,000"
        return number

    def _as_published(self, area: Area) -> list[Decimal]:
        """Return an area's published figures without needless zeros, to be shown alike."""
        return [one.values[area].normalize() for one in self.published if area in one.values]

    def in_unit(self, value: Decimal) -> str:
        """Return a target's value in the indicator's unit: '90%', '16'."""
        return words.number(value) + ("%" if self.indicator.unit is Unit.PERCENT else "")

    def in_points(self, size: Decimal) -> str:
        """Return the size of a difference: '1.4 points' of a percentage, '30' of a count."""
        said = words.say(size, Unit.COUNT, self.indicator.shown_decimals)
        if self.indicator.unit is Unit.PERCENT:
            said += " point" if size == 1 else " points"
        return said

    @property
    def _months_to_compare(self) -> int:
        return 12 if self.basis is Basis.YEAR_TO_DATE else 1


def by_need(cards: Iterable[Card]) -> list[Card]:
    """Return the cards with those first that need attention most.

    What is off target comes first, then what is close: of either, what has been so longest, then
    what is furthest from its target as a share of it. After them, in the order in which they came,
    what is met, what has no target and what has no figure.
    """
    order = [Rating.MISSED, Rating.CLOSE, Rating.MET, Rating.UNJUDGED, Rating.UNKNOWN]

    def need(card: Card) -> tuple[int, int, Decimal]:
        rating = card.latest.rating
        short = rating in judgement.SHORT
        return order.index(rating), -card.lasting * short, -_shortfall(card) * short

    return sorted(cards, key=need)


def build(release: Release, place: Place, month: date, chosen: Basis = Basis.MONTH) -> list[Card]:
    """Return the card of every indicator at `place`, for `month` and the months before it."""
    sums = measures.series(release.cursor(), place)
    first = max(release.months[0], calendar.add_months(month, 1 - CHART_MONTHS))
    months = calendar.months_between(first, month)
    name = release.names.get(place.authority, "")
    built = []
    for indicator in release.indicators.values():
        mine, flow = sums.get(indicator.id, {}), indicator.kind is not Kind.SNAPSHOT
        built.append(
            Card(
                indicator=indicator,
                place=place,
                basis=chosen.of(indicator.kind),
                series=tuple(
                    points.point(release, indicator, place, one, mine, chosen) for one in months
                ),
                year_to_date=points.point(
                    release, indicator, place, month, mine, Basis.YEAR_TO_DATE
                )
                if flow
                else None,
                targets=tuple(release.targets_of(indicator, month)),
                published=tuple(
                    benchmarks.published(
                        release.published_of(indicator),
                        indicator,
                        authority=name,
                        until=calendar.month_end(month),
                    )
                ),
                expected=expectations.standing(release.expectations, indicator.id, month),
                notes=release.notes.get((indicator.id, place.authority), ()),
            )
        )
    return built


def published_year(one: Published) -> str:
    """Return the year of a published figure: '2023/24', or 'September 2024' of the workforce."""
    if one.period_end.month == 9:
        return words.month(one.period_end)
    return words.financial_year(calendar.financial_year(one.period_end))


def _shortfall(card: Card) -> Decimal:
    """Return how far a value is from its target, as a share of the target where that is not 0."""
    value, goal = card.latest.value, card.latest.target
    if value is None or goal is None:
        return Decimal(0)
    return abs(value - goal.target) / (abs(goal.target) or 1)
