"""What is known: the figures of each place and month that a narrative may be held against."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from kpi import calendar, points, words
from kpi.benchmarks import Area
from kpi.cards import Card
from kpi.catalogue import Kind
from kpi.measures import Sum
from kpi.points import Point
from kpi.proofing.remark import Evidence
from kpi.targets import Goal
from kpi.words import Unit


@dataclass(frozen=True)
class Reading:
    """The figures of one place over one month, or over several that are summed."""

    value: Decimal | None
    shown: Decimal | None  # the value as a reader sees it
    numerator: Decimal | None
    denominator: Decimal | None
    goal: Goal | None
    rate: Decimal | None = None

    @cached_property
    def rest(self) -> Decimal | None:
        """How many are not in the numerator: the late ones, of those in time."""
        if self.numerator is None or self.denominator is None:
            return None
        return self.denominator - self.numerator

    @property
    def counts(self) -> list[Decimal]:
        """The plain numbers of it."""
        found = (self.numerator, self.denominator, self.rest)
        return [one for one in found if one is not None]


class Known:
    """The figures of a card and of those of the same indicator elsewhere."""

    def __init__(self, evidence: Evidence) -> None:
        self.card = evidence.card
        self.month = evidence.card.month
        self.others = evidence.others
        self.indicator = evidence.card.indicator
        self._points: dict[int, Mapping[date, Point]] = {}
        self._readings: dict[tuple[int, tuple[date, ...]], Reading | None] = {}

    @property
    def is_share(self) -> bool:
        """Whether its values are percentages."""
        return self.indicator.unit is Unit.PERCENT

    @property
    def is_count(self) -> bool:
        """Whether its values are plain counts."""
        return self.indicator.unit is Unit.COUNT

    def months(self, card: Card | None = None) -> list[date]:
        """Return the months of a card that have a value, oldest first."""
        found = self._by_month(card or self.card)
        return [month for month, point in found.items() if point.value is not None]

    def at(self, month: date, card: Card | None = None) -> Reading | None:
        """Return the figures of one month; None where there are none."""
        return self.over((month,), card)

    def over(self, months: Sequence[date], card: Card | None = None) -> Reading | None:
        """Return the figures of months summed; None where one of them has none.

        What is true at a month's end does not add up, and has none over several.
        """
        card = card or self.card
        key = (id(card), tuple(months))
        if key not in self._readings:
            self._readings[key] = self._read(card, months)
        return self._readings[key]

    def published(self, areas: Iterable[Area], year: int = 0) -> list[Decimal]:
        """Return what has been published of `areas`, newest first; of one year where given."""
        return [
            one.values[area]
            for one in reversed(self.card.published)
            for area in areas
            if area in one.values and year in (0, one.period_end.year)
        ]

    def published_alike(self, areas: Iterable[Area]) -> list[Decimal]:
        """Return what has been published of `areas` that stands beside a value, newest first.

        A share stands beside a share and a mean beside a mean; beside a count its rate does.
        """
        units = {
            Unit.PERCENT: ("percent",),
            Unit.MEAN: ("score", "cases per FTE"),
            Unit.COUNT: ("per 10000", "per 10000 a year"),
        }.get(self.indicator.unit, ())
        return [
            one.values[area]
            for one in reversed(self.card.published)
            for area in areas
            if area in one.values and one.unit in units
        ]

    @cached_property
    def goals(self) -> list[Decimal]:
        """Every target and floor that the indicator has had, and what it leads to by March."""
        now = self.card.latest.target
        found = [now.target, now.floor] if now else []
        if now and now.by_march is not None:
            found.append(now.by_march)
        for target in self.card.targets:
            for month in self.months():
                if target.from_month <= month:
                    goal = target.in_month(month)
                    found += [goal.target, goal.floor]
        return list(dict.fromkeys(found))

    @cached_property
    def targets(self) -> list[Decimal]:
        """Every target that the indicator has had, without the floors."""
        now = self.card.latest.target
        found = [now.target] if now else []
        if now and now.by_march is not None:
            found.append(now.by_march)
        found += [point.target.target for point in self.card.series if point.target]
        found += [target.target for target in self.card.targets]
        return list(dict.fromkeys(found))

    def _by_month(self, card: Card) -> Mapping[date, Point]:
        if id(card) not in self._points:
            self._points[id(card)] = {point.month: point for point in card.series}
        return self._points[id(card)]

    def _read(self, card: Card, months: Sequence[date]) -> Reading | None:
        known = self._by_month(card)
        found = [known[month] for month in months if month in known]
        if len(found) != len(months) or not found:
            return self._summed_elsewhere(card, months)
        if len(found) == 1:
            return self._of_point(found[0])
        sums = [point.sum for point in found]
        total = points.add([one for one in sums if one is not None])
        if self.indicator.kind is Kind.SNAPSHOT or None in sums or total is None:
            return None
        return self._of_sum(total, found[-1].target)

    def _summed_elsewhere(self, card: Card, months: Sequence[date]) -> Reading | None:
        """Return the year to date as the card has it, where its series does not reach back."""
        year = calendar.months_between(calendar.financial_year(card.month), card.month)
        if card.year_to_date and tuple(months) == tuple(year):
            return self._of_point(card.year_to_date)
        return None

    def _of_point(self, point: Point) -> Reading | None:
        if point.value is None or point.sum is None:
            return None
        reading = self._of_sum(point.sum, point.target)
        if reading and point.rate:
            return Reading(
                value=reading.value,
                shown=reading.shown,
                numerator=reading.numerator,
                denominator=reading.denominator,
                goal=reading.goal,
                rate=point.rate.value,
            )
        return reading

    def _of_sum(self, total: Sum, goal: Goal | None) -> Reading | None:
        value = total.value(self.indicator)
        if value is None:
            return None
        return Reading(
            value=value,
            shown=words.rounded(value, self.indicator.shown_decimals),
            numerator=total.numerator,
            denominator=total.denominator,
            goal=goal,
        )
