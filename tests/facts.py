"""Cards to test with, made by hand: a value for each month, and a target that steps."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from kpi import calendar, catalogue, judgement, words
from kpi.basis import Basis
from kpi.benchmarks import Published
from kpi.cards import Card
from kpi.catalogue import Indicator
from kpi.expectations import Expectation
from kpi.measures import Sum
from kpi.organisation import Place
from kpi.points import Point
from kpi.targets import Source, Target, standing

INDICATORS = catalogue.read_all()
HIGHER = INDICATORS["assessments_within_45_days"]
LOWER = INDICATORS["placed_over_20_miles"]
NEITHER = INDICATORS["child_protection_plans"]
NOVEMBER = date(2024, 11, 1)
PLACE = Place(authority="311")


def target(value: str, floor: str, *, indicator: Indicator = HIGHER, since: str = "2023-04"):
    """Return an example target that stands from the month `since`."""
    return Target(
        indicator=indicator.id,
        from_month=date.fromisoformat(f"{since}-01"),
        target=Decimal(value),
        floor=Decimal(floor),
        source=Source.EXAMPLE,
        agreed_by="",
    )


def card(
    *values: str | None,
    indicator: Indicator = HIGHER,
    targets: tuple[Target, ...] = (),
    month: date = NOVEMBER,
    decimals: int | None = None,
    basis: Basis = Basis.MONTH,
    published: tuple[Published, ...] = (),
    expected: Expectation | None = None,
) -> Card:
    """Return the card of `month`, whose last months had these values; None is a month not loaded.

    A share has 1,000 cases, so that 96.7 is 967 of 1,000.
    """
    if decimals is not None:
        indicator = replace(indicator, decimals=decimals)
    months = calendar.months_between(calendar.add_months(month, 1 - len(values)), month)
    return Card(
        indicator=indicator,
        place=PLACE,
        basis=basis,
        series=tuple(
            _point(indicator, one, value, targets)
            for one, value in zip(months, values, strict=True)
        ),
        year_to_date=None,
        targets=targets,
        published=published,
        expected=expected,
        notes=(),
    )


def _point(indicator: Indicator, month: date, text: str | None, targets) -> Point:
    value = None if text is None else Decimal(text)
    stood = standing(targets, indicator.id, month)
    said, of, sum = "not loaded", "", None
    if value is not None:
        said = words.say(value, indicator.unit, indicator.shown_decimals)
        sum = Sum(numerator=value, denominator=None)
        if indicator.denominator:
            sum = Sum(numerator=value * 10, denominator=Decimal(1000))
            of = f"{words.number(sum.numerator)} of 1,000"
    return Point(
        month=month,
        sum=sum,
        value=value,
        said=said,
        of=of,
        target=stood,
        rating=judgement.rate(value, stood, indicator.polarity),
    )
