"""Numbers that nobody can find: each figure of a text is looked for among the indicator's own.

A figure that a month or a place is named with is looked for there and nowhere else, since October's
96.7% is wrong if it was November's. Without a month it is looked for in the narrative's own; words
such as 'from' and 'compared with' open the months that comparisons are made with. So a number that
happens to be true of something else is not let pass.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from kpi import calendar
from kpi.benchmarks import Area
from kpi.cards import Card
from kpi.proofing import clauses, counted, goals
from kpi.proofing import scope as scopes
from kpi.proofing.changes import compared_months, fits_change
from kpi.proofing.clauses import Subject
from kpi.proofing.figure import Hedge, Number, Shape
from kpi.proofing.fits import HUNDRED, fits
from kpi.proofing.known import Known, Reading
from kpi.proofing.periods import Time
from kpi.proofing.remark import Kind, Remark
from kpi.proofing.scope import Scope
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import listed

Months = tuple[date, ...]

_EARLIER = listed("from against with than previously earlier peak low high")
_TURNED = listed("compared against versus vs than from previously")
_SIDES = listed("over above below up down better short")
_ELSEWHERE = listed("areas services teams elsewhere others ranged ranging range between")
_DENIED = listed("not never no without yet neither nor hardly")
_SUMMED = listed("year-to-date cumulative cumulatively altogether total")


def check(prompt: str, text: str, sentences: Iterable[Sentence], known: Known) -> list[Remark]:
    """Return a remark on every number of a text that is not among the figures."""
    found = []
    for sentence in sentences:
        for number in sentence.numbers:
            if not _is_found(sentence, number, known):
                start, end = sentence.span(number.first, number.after)
                found.append(_remark(prompt, text[start:end], start, end))
    return found


def _remark(prompt: str, said: str, start: int, end: int) -> Remark:
    return Remark(
        kind=Kind.NUMBER,
        prompt=prompt,
        words=said,
        start=start,
        end=end,
        says=(
            f"“{said}” is not among this indicator's figures for what it is said of: its value and "
            "counts, its target, earlier months, other areas and published comparators. Correct "
            "it, or say where it comes from."
        ),
    )


def _is_found(sentence: Sentence, number: Number, known: Known) -> bool:
    if goals.is_target(sentence, number):
        return goals.fits_target(sentence, number, known)
    if goals.may_be_target(sentence, number) and goals.fits_target(sentence, number, known):
        return True
    if number.part:
        return _is_of_whole(sentence, number, known)
    where = scopes.scope(sentence, number)
    if goals.is_hoped(sentence, number, where, known):
        return True
    percent = number.shape in (Shape.PERCENT, Shape.SHARE)
    # A percentage beside a plain count can only be of a change: '45 more than in October (14%)'.
    if number.change or (known.is_count and percent):
        if fits_change(sentence, number, where, known):
            return True
        if percent and _is_of_whole(sentence, number, known):
            return True
        if number.shape is Shape.SHARE and _is_elsewhere(sentence, number, known):
            return True
        if sentence.word(number.after) not in _SIDES:
            return False
    return _is_figure(sentence, replace(number, change=False), where, known)


def _is_elsewhere(sentence: Sentence, number: Number, known: Known) -> bool:
    """Return whether a change in words is of something else: 'the form cut typing by half'."""
    said = clauses.said_of(sentence, number.first, counted.counted(known.indicator))
    return said.subject is Subject.OTHER


def _is_figure(sentence: Sentence, number: Number, where: Scope, known: Known) -> bool:
    """Return whether a number is a value or a count of what it is said of."""
    if where.place and where.place.areas:
        published = known.published(where.place.areas, where.year)
        if any(fits(number, value) for value in published):
            return True
        if where.place.first + 5 > number.first - 1 and where.place.after <= number.first:
            return False
    if "published" in sentence.said(number.first - 6, number.after + 6) and any(
        fits(number, value) for value in known.published(tuple(Area), where.year)
    ):
        return True
    if any(_has(sentence, number, one, known) for one in _readings(sentence, number, where, known)):
        return True
    return _is_rest(number, where, known) or _is_of_whole(sentence, number, known)


def _is_rest(number: Number, where: Scope, known: Known) -> bool:
    """Return whether 'all but 17' leaves out what is not at a place: the whole's less its own."""
    there = known.at(known.month, where.place.card) if where.place else None
    own = known.at(known.month)
    if not (number.all_but and there and own):
        return False
    pairs = zip(own.counts, there.counts, strict=False)
    return number.value in [whole - part for whole, part in pairs]


def _is_of_whole(sentence: Sentence, number: Number, known: Known) -> bool:
    """Return whether a share is what a part of the service has of the whole: '301 of the 318'."""
    if number.shape not in (Shape.PERCENT, Shape.SHARE, Shape.PAIR):
        return False
    own = known.at(known.month)
    for place in sentence.places:
        there = known.at(known.month, place.card) if place.card else None
        if own is None or there is None:
            continue
        for part, whole in zip(there.counts, own.counts, strict=False):
            if number.shape is Shape.PAIR:
                if (number.value, number.of) == (part, whole):
                    return True
            elif whole and fits(number, HUNDRED * part / whole):
                return True
    return False


# Where it is looked for.


def _readings(sentence: Sentence, number: Number, where: Scope, known: Known) -> Iterator[Reading]:
    """Yield the figures among which a number may be found."""
    for card in _cards(sentence, where, known):
        for months in _months(sentence, number, where, known):
            reading = known.over(months, card)
            if reading:
                yield reading


def _cards(sentence: Sentence, where: Scope, known: Known) -> list[Card]:
    if where.place and where.place.card:
        return [where.place.card]
    found = [known.card, *(place.card for place in where.places if place.card)]
    if sentence.vocabulary & _ELSEWHERE:
        found += known.others
    return found


def _months(sentence: Sentence, number: Number, where: Scope, known: Known) -> list[Months]:
    if where.time:
        return _months_of(sentence, where.time, known)
    found: list[Months] = [(known.month,)]
    for time in where.times:
        found += _months_of(sentence, time, known)
    before = sentence.word(number.first - 1)
    if before in _EARLIER or sentence.said(number.first - 5, number.first) & _TURNED:
        found += [(month,) for month in compared_months(known)]
        # A whole percentage or a small count is true of some month by chance.
        if number.places or (number.shape is Shape.COUNT and number.value >= 100):
            found += [(month,) for month in known.months()]
    if sentence.vocabulary & _SUMMED:
        year = calendar.months_between(calendar.financial_year(known.month), known.month)
        found.append(tuple(year))
    return found


def _months_of(sentence: Sentence, time: Time, known: Known) -> list[Months]:
    """Return the months, and runs of them, that a figure of `time` may be of."""
    found: list[Months] = [(month,) for month in time.months]
    if len(time.months) > 1:
        # 'over the last 12 months, from 86.7% to 94.5%'
        found += [(calendar.add_months(time.months[0], -1),), time.months]
        if known.over(time.months) is None:  # what is true at a month's end is not summed
            found.append((known.month,))
    if sentence.word(time.first - 1) == "since" and time.months[0] <= known.month:
        run = calendar.months_between(time.months[0], known.month)
        found += [tuple(run), tuple(run[1:]), (known.month,)]
    return found


# Whether it is there.


def _has(sentence: Sentence, number: Number, reading: Reading, known: Known) -> bool:
    """Return whether a number is one of the figures of one place and time."""
    pairs = [(reading.numerator, reading.denominator), (reading.rest, reading.denominator)]
    if (number.value, number.of) in pairs:
        return True
    if number.shape is Shape.PAIR:
        return False
    if number.shape is Shape.RATE:
        return reading.rate is not None and fits(number, reading.rate)
    if reading.value is None:
        return False
    if number.shape in (Shape.PERCENT, Shape.SHARE):
        return _has_percent(sentence, number, reading, known)
    if any(fits(number, one) for one in reading.counts):
        return True
    if known.is_share and not number.places:
        return False
    values = [(reading.value, reading.shown)]
    if known.is_share:  # '96.7 were in time', without a sign
        values.append((HUNDRED - reading.value, None))
    return any(fits(number, value, shown) for value, shown in values)


def _has_percent(sentence: Sentence, number: Number, reading: Reading, known: Known) -> bool:
    """Return whether a percentage is the value, what is left of the whole, or a side of a goal."""
    if not known.is_share or reading.value is None or reading.shown is None:
        return False
    values = [(reading.value, reading.shown), (HUNDRED - reading.value, HUNDRED - reading.shown)]
    if any(fits(number, value, shown) for value, shown in values):
        return True
    goal = reading.goal
    if goal is None or number.value not in (goal.target, goal.floor):
        return False
    if sentence.said(0, number.first) & _DENIED:  # 'not once have we been under 25%'
        return True
    if number.hedge is Hedge.OVER:
        return reading.value > number.value
    if number.hedge is Hedge.UNDER:
        return reading.value < number.value
    return goals.is_held_to(number, sentence)
