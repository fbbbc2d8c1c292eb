"""Changes: numbers that are said as a difference, between two months, places or from the target."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kpi import calendar
from kpi.proofing.figure import Number, Shape
from kpi.proofing.fits import HUNDRED, fits
from kpi.proofing.goals import FLOOR, TARGET, is_from_target
from kpi.proofing.known import Known, Reading
from kpi.proofing.scope import Scope
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import listed

_COMPARING = listed("on than since from against compared with to over as versus vs")


def fits_change(sentence: Sentence, number: Number, where: Scope, known: Known) -> bool:
    """Return whether a number is the size of a change that the sentence may mean."""
    size = replace(number, change=False)
    return any(
        fits(size, one)
        for now, then in _compared(sentence, number, where, known)
        for one in _sizes(number, now, then, known)
    )


def _compared(
    sentence: Sentence, number: Number, where: Scope, known: Known
) -> Iterator[tuple[Reading, Reading]]:
    """Yield the pairs of figures whose difference a number may be."""
    card = where.place.card if where.place and where.place.card else known.card
    here = known.at(known.month, card)
    if is_from_target(sentence, number):
        yield from _from_goal(here)
        return
    own = known.at(known.month)
    if where.place and own:
        for value in known.published(where.place.areas, where.year):
            yield own, _plain(value)
        if here and card is not known.card:
            yield own, here
    for when, base in spans(sentence, where, known):
        now, then = known.at(when, card), known.at(base, card)
        if now and then:
            yield now, then
        if now and not where.time:
            yield from _from_goal(now)
    if sentence.vocabulary & (TARGET | FLOOR):
        yield from _from_goal(own)


def _from_goal(here: Reading | None) -> Iterator[tuple[Reading, Reading]]:
    if here and here.goal:
        yield here, _plain(here.goal.target)
        yield here, _plain(here.goal.floor)


def _plain(value: Decimal) -> Reading:
    return Reading(value=value, shown=value, numerator=None, denominator=None, goal=None)


def spans(sentence: Sentence, where: Scope, known: Known) -> Iterator[tuple[date, date]]:
    """Yield the months that may be compared: the later one and the earlier one."""
    month = known.month
    if where.time is None:
        named = [one for time in where.times for one in time.months]
        for base in (*compared_months(known), *named):
            yield month, base
        return
    months = where.time.months
    if len(months) > 1:
        before = calendar.add_months(months[0], -1)
        yield months[-1], months[0]
        yield months[-1], before
        yield month, before
        for base in months:
            yield month, base
        return
    (base,) = months
    last = calendar.add_months(base, -1)
    if not sentence.said(where.time.first - 5, where.time.first) & _COMPARING:
        yield base, last
        yield month, base
        return
    yield month, base if base != month else last
    for other in sentence.times:  # 'in October we were five points up on September'
        compared = sentence.said(other.first - 5, other.first) & _COMPARING
        if other is not where.time and not compared:
            for one in other.months:
                yield one, base


def compared_months(known: Known) -> list[date]:
    """Return the months that comparisons are made with: last month, April, a year ago."""
    year = calendar.financial_year(known.month)
    return [calendar.add_months(known.month, -1), year, calendar.add_months(known.month, -12)]


def _sizes(number: Number, now: Reading, then: Reading, known: Known) -> list[Decimal]:
    """Return the sizes of the change between two figures in the shape that a number has."""
    values = _both([(now.value, then.value), (now.shown, then.shown)])
    counts = _both(
        [
            (now.numerator, then.numerator),
            (now.denominator, then.denominator),
            (now.rest, then.rest),
        ]
    )
    points = [abs(one - other) for one, other in values]
    shares = [HUNDRED * abs(one - other) / other for one, other in (*counts, *values) if other]
    match number.shape:
        case Shape.POINTS:
            return points
        case Shape.PERCENT:  # 'up 4%' may be of points or of a part
            return [*shares, *points] if known.is_share else shares
        case Shape.SHARE:
            return shares
        case _:
            return [*(abs(one - other) for one, other in counts), *points]


def _both(
    pairs: list[tuple[Decimal | None, Decimal | None]],
) -> list[tuple[Decimal, Decimal]]:
    return [(one, other) for one, other in pairs if one is not None and other is not None]
