"""Numbers that nobody can find: each figure of a text is looked for among the indicator's own.

A figure that a month or a place is named with is looked for there and nowhere else, since October's
96.7% is wrong if it was November's. Without a month it is looked for in the narrative's own; words
such as 'from' and 'compared with' open the months that comparisons are made with. So a number that
happens to be true of something else is not let pass.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kpi import calendar
from kpi.cards import Card
from kpi.proofing import scope as scopes
from kpi.proofing.fits import HUNDRED, fits
from kpi.proofing.known import Known, Reading
from kpi.proofing.numbers import Hedge, Number, Shape
from kpi.proofing.remark import Kind, Remark
from kpi.proofing.scope import Scope
from kpi.proofing.sentence import Sentence
from kpi.proofing.times import Time
from kpi.proofing.tokens import listed

Months = tuple[date, ...]

_TARGET = listed("target targets goal goals ambition standard benchmark threshold")
_FLOOR = listed("floor tolerance amber minimum tolerances")
_OF_TARGET = listed(
    "of is was be been being at to from set agreed rose raised went moved changed the a our "
    "its now remains stands stood : ( , for this year by just local national ≥ ≤ > < reach "
    "reaching"
)
_ITS_TARGET = listed("local national example agreed internal new current stretch corporate our or")
_CHANGED = listed("from rose raised changed moved increased went lowered previous old then")
_OR_MORE = (["or", "more"], ["or", "less"], ["or", "fewer"], ["or", "above"], ["or", "below"])
_EARLIER = listed("from against with than previously earlier peak low high")
_PROMISED = listed(
    "will shall would should expect expects expected intend intends going due must could may "
    "might ambition if unless until forecast projected predict anticipate trajectory recovery "
    "hope hopes"
)
_PROMISED_TO = listed("aim aims aiming plan plans planned want wants need needs hoping working")
_PROMISED_AFTER = listed("planned expected forecast projected hoped anticipated intended")
_COMPARING = listed("on than since from against compared with to over as versus vs")
_ELSEWHERE = listed("areas services teams elsewhere others ranged ranging range between")


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
    if _is_target(sentence, number):
        return _fits_target(sentence, number, known)
    if _may_be_target(sentence, number) and _fits_target(sentence, number, known):
        return True
    where = scopes.scope(sentence, number)
    if number.part and number.shape is Shape.SHARE:
        return _is_share_of_place(sentence, number, known)
    if _is_promised(sentence, number, where, known):
        return True
    percent = number.shape in (Shape.PERCENT, Shape.SHARE)
    # A percentage beside a plain count can only be of a change: '45 more than in October (14%)'.
    if number.change or (known.is_count and percent):
        return _fits_change(sentence, number, where, known) or (
            percent and _is_share_of_place(sentence, number, known)
        )
    return _fits_figure(sentence, number, where, known)


# What should be reached.


def _is_target(sentence: Sentence, number: Number) -> bool:
    """Return whether a figure is said to be the target: 'the 90% target', 'a target of 90%'."""
    if number.change:
        return False
    at = number.after
    while sentence.word(at) in _ITS_TARGET and at < number.after + 4:
        at += 1
    if sentence.word(at) in _TARGET | _FLOOR and sentence.word(at + 1) not in ("group", "date"):
        return True
    if sentence.words(number.after, number.after + 2) in _OR_MORE and _may_be_target(
        sentence, number
    ):
        return True
    targets = set(sentence.words(number.first - 16, number.first)) & _TARGET
    if targets and sentence.words(number.after, number.after + 2) == ["by", "march"]:
        return True
    at = number.first - 1
    while at >= 0 and sentence.word(at) in _OF_TARGET and number.first - at < 7:
        at -= 1
    if sentence.word(at) in _TARGET | _FLOOR:
        # 'above target at 96.7%' and 'on target (96.7%)' say the value.
        said = sentence.words(at + 1, number.first)
        side = sentence.words(at - 4, at)
        if "," in said:
            return False
        beside = said and said[0] in ("(", "at", "to")
        return not (beside and set(side) & _SIDES)
    before = [one for one in sentence.numbers if one.after <= number.first]
    if before and sentence.words(before[-1].after, number.first) == ["to"]:
        return _is_target(sentence, before[-1])
    return False


_SIDES = listed(
    "on above below over under met missed exceeded off against short inside within hit "
    "meeting missing beat reached closest furthest nearest near close"
)


def _may_be_target(sentence: Sentence, number: Number) -> bool:
    """Return whether a bracket may hold either: 'on target (90% or more)', 'on target (96.7%)'."""
    return bool(
        sentence.word(number.first - 1) == "("
        and set(sentence.words(number.first - 3, number.first - 1)) & (_TARGET | _FLOOR)
    )


def _fits_target(sentence: Sentence, number: Number, known: Known) -> bool:
    """Return whether a target is this month's, or that of the month that it is named with."""
    now = known.card.latest.target
    words = {token.word for token in sentence.tokens}
    said = words & _FLOOR
    if words & _CHANGED:
        return any(fits(number, goal) for goal in (known.goals if said else known.targets))
    time = scopes.scope(sentence, number).time
    points = [point for point in known.card.series if time and point.month in time.months]
    goals = [point.target for point in points if point.target] + ([now] if now else [])
    allowed = [goal.target for goal in goals]
    allowed += [goal.by_march for goal in goals if goal.by_march is not None]
    allowed += [goal.floor for goal in goals if said]
    return any(fits(number, goal) for goal in allowed)


def _is_promised(sentence: Sentence, number: Number, where: Scope, known: Known) -> bool:
    """Return whether a figure is one that is hoped for or planned, and so no fact yet."""
    if where.time and where.time.months and where.time.months[0] > known.month:
        return True
    for at in range(number.first - 1, max(-1, number.first - 14), -1):
        word = "" if at in sentence.timed else sentence.word(at)
        if word in _PROMISED or (word in _PROMISED_TO and sentence.word(at + 1) == "to"):
            return True
        if word in (";", "but"):
            break
    return bool(set(sentence.words(number.after, number.after + 3)) & _PROMISED_AFTER)


# What is.


def _fits_figure(sentence: Sentence, number: Number, where: Scope, known: Known) -> bool:
    if where.place and where.place.areas:
        if any(fits(number, value) for value in known.published(where.place.areas, where.year)):
            return True
        if where.place.first + 4 > number.first - 2 and where.place.after <= number.first:
            return False
    if _rest_elsewhere(number, where, known):
        return True
    if number.shape in (Shape.PERCENT, Shape.SHARE) and _is_share_of_place(sentence, number, known):
        return True
    return any(
        _fits_reading(sentence, number, one, known)
        for one in _readings(sentence, number, where, known)
    )


def _is_share_of_place(sentence: Sentence, number: Number, known: Known) -> bool:
    """Return whether a share is what a part of the service has of the whole."""
    own = known.at(known.month)
    for place in sentence.places:
        there = known.at(known.month, place.card) if place.card else None
        if own is None or there is None:
            continue
        for part, whole in zip(there.counts, own.counts, strict=False):
            if whole and fits(number, HUNDRED * part / whole):
                return True
    return False


def _rest_elsewhere(number: Number, where: Scope, known: Known) -> bool:
    """Return whether 'all but 17' leaves out what is not at a place: the whole's less its own."""
    there = known.at(known.month, where.place.card) if where.place else None
    own = known.at(known.month)
    if not (number.all_but and there and own):
        return False
    pairs = zip(own.counts, there.counts, strict=False)
    return number.value in [whole - part for whole, part in pairs]


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
    if {token.word for token in sentence.tokens} & _ELSEWHERE:
        found += known.others
    return found


def _months(sentence: Sentence, number: Number, where: Scope, known: Known) -> list[Months]:
    if where.time:
        return _months_of(sentence, where.time, known)
    found: list[Months] = [(known.month,)]
    for time in where.times:
        found += _months_of(sentence, time, known)
    if sentence.word(number.first - 1) in _EARLIER or _after_turn(sentence, number):
        found += [(month,) for month in _compared(known)]
        if number.places or (number.shape is Shape.COUNT and number.value >= 100):
            found += [(month,) for month in known.months()]
    words = {token.word for token in sentence.tokens}
    if words & {"year-to-date", "cumulative", "cumulatively", "altogether", "total"}:
        year = calendar.months_between(calendar.financial_year(known.month), known.month)
        found.append(tuple(year))
    return found


def _months_of(sentence: Sentence, time: Time, known: Known) -> list[Months]:
    """Return the months, and runs of them, that a figure of `time` may be of."""
    before = sentence.word(time.first - 1)
    found: list[Months] = [(month,) for month in time.months]
    if len(time.months) > 1:  # 'over the last 12 months, from 86.7% to 94.5%'
        found.append((calendar.add_months(time.months[0], -1),))
    if len(time.months) > 1:
        found.append(time.months)
        if known.over(time.months) is None:  # what is true at a month's end is not summed
            found.append((known.month,))
    if before == "since" and time.months and time.months[0] <= known.month:
        run = calendar.months_between(time.months[0], known.month)
        found += [tuple(run), tuple(run[1:]), (known.month,)]
    return found


def _after_turn(sentence: Sentence, number: Number) -> bool:
    before = set(sentence.words(number.first - 5, number.first))
    return bool(before & {"compared", "against", "versus", "vs", "than", "from", "previously"})


def _compared(known: Known) -> list[date]:
    """Return the months that comparisons are made with: last month, April, a year ago."""
    year = calendar.financial_year(known.month)
    return [calendar.add_months(known.month, -1), year, calendar.add_months(known.month, -12)]


def _fits_reading(sentence: Sentence, number: Number, reading: Reading, known: Known) -> bool:
    if number.shape is Shape.PAIR:
        pairs = [(reading.numerator, reading.denominator), (reading.rest, reading.denominator)]
        return (number.value, number.of) in pairs
    if number.shape is Shape.RATE:
        return reading.rate is not None and fits(number, reading.rate)
    if number.shape in (Shape.PERCENT, Shape.SHARE):
        return _fits_percent(sentence, number, reading, known)
    counts = reading.counts
    if number.places and reading.value is not None:
        counts = [*counts, reading.value]
    if number.places and known.is_share and reading.value is not None:
        counts.append(HUNDRED - reading.value)
    if not known.is_share and not known.is_count and reading.value is not None:
        counts = [*counts, reading.value]
    return any(fits(number, one, reading.shown if one is reading.value else None) for one in counts)


def _fits_percent(sentence: Sentence, number: Number, reading: Reading, known: Known) -> bool:
    if not known.is_share or reading.value is None or reading.shown is None:
        return False
    values = [(reading.value, reading.shown), (HUNDRED - reading.value, HUNDRED - reading.shown)]
    if any(fits(number, value, shown) for value, shown in values):
        return True
    goal = reading.goal
    if (
        goal is None
        or number.shape is not Shape.PERCENT
        or number.value
        not in (
            goal.target,
            goal.floor,
        )
    ):
        return False
    if number.hedge is Hedge.OVER:
        return reading.value > number.value
    if number.hedge is Hedge.UNDER:
        return reading.value < number.value
    around = set(sentence.words(number.first - 6, number.first))
    return bool(around & {"within", "of", "inside", "to", "at"} & {"within", "inside"})


# What has changed.


def _fits_change(sentence: Sentence, number: Number, where: Scope, known: Known) -> bool:
    for now, then in _compared_with(sentence, number, where, known):
        if any(fits(replace(number, change=False), size) for size in _sizes(number, now, then)):
            return True
    behind = sentence.word(number.after)
    if behind in ("over", "above", "below", "up", "down", "better", "short"):
        return _fits_figure(sentence, replace(number, change=False), where, known)
    return False


def _compared_with(
    sentence: Sentence, number: Number, where: Scope, known: Known
) -> Iterator[tuple[Reading, Reading]]:
    """Yield the pairs of figures whose difference a number may be."""
    card = where.place.card if where.place and where.place.card else known.card
    own = known.at(known.month)
    if where.place and own:
        if where.place.areas:
            for value in known.published(where.place.areas, where.year):
                yield own, _plain(value)
        elif where.place.card is not known.card:
            there = known.at(known.month, card)
            if there:
                yield own, there
    for when, base in _spans(sentence, where, known):
        now, then = known.at(when, card), known.at(base, card)
        if now and then:
            yield now, then
        if now and now.goal and not where.time:
            yield now, _plain(now.goal.target)
            yield now, _plain(now.goal.floor)
    if own and own.goal and set(sentence.words(0, len(sentence.tokens))) & (_TARGET | _FLOOR):
        yield own, _plain(own.goal.target)
        yield own, _plain(own.goal.floor)


def _spans(sentence: Sentence, where: Scope, known: Known) -> Iterator[tuple[date, date]]:
    """Yield the months that are compared: the later one and the earlier one."""
    month = known.month
    if where.time is None:
        named = [one for time in where.times for one in time.months]
        for base in (*_compared(known), *named):
            yield month, base
        return
    months = where.time.months
    if len(months) > 1:
        yield months[-1], months[0]
        yield months[-1], calendar.add_months(months[0], -1)
        yield month, calendar.add_months(months[0], -1)
        for base in months:
            yield month, base
        return
    base = months[0]
    if set(sentence.words(where.time.first - 5, where.time.first)) & _COMPARING:
        yield month, base if base != month else calendar.add_months(base, -1)
        for other in sentence.times:  # 'in October we were five points up on September'
            before = set(sentence.words(other.first - 5, other.first))
            if other is not where.time and not before & _COMPARING:
                for one in other.months:
                    yield one, base
    else:
        yield base, calendar.add_months(base, -1)
        if base != month:
            yield month, base


def _plain(value: Decimal) -> Reading:
    return Reading(value=value, shown=value, numerator=None, denominator=None, goal=None)


def _sizes(number: Number, now: Reading, then: Reading) -> list[Decimal]:
    """Return the sizes of the change between two figures in the shape that a number has."""
    pairs = [
        (now.numerator, then.numerator),
        (now.denominator, then.denominator),
        (now.rest, then.rest),
        (now.value, then.value),
    ]
    known = [(one, other) for one, other in pairs if one is not None and other is not None]
    if number.shape in (Shape.PERCENT, Shape.SHARE):
        found = [HUNDRED * abs(one - other) / other for one, other in known if other]
    elif number.shape is Shape.POINTS:
        found = []
    else:
        found = [abs(one - other) for one, other in known]
    if number.shape is not Shape.SHARE:
        if now.value is not None and then.value is not None:
            found.append(abs(now.value - then.value))
        if now.shown is not None and then.shown is not None:
            found.append(abs(now.shown - then.shown))
    return found
