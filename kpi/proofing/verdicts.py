"""Verdicts: whether the figures bear a claim out, in each way that it can be read.

Values are compared as readers see them. 'Steady' allows a move of one point of a percentage, and of
a twentieth of anything else: small enough that nobody would call it a rise. 'The same' allows half
a point, and a hundredth.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpi import calendar, words
from kpi.cards import Card
from kpi.catalogue import Polarity
from kpi.proofing import counted
from kpi.proofing.claim import Claim
from kpi.proofing.clauses import Subject
from kpi.proofing.figure import Shape
from kpi.proofing.known import Known, Reading
from kpi.proofing.movements import Way
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import listed

_ROOM = {  # how far it may have moved: in points of a percentage, as a part of anything else
    Way.SAME: (Decimal("0.5"), Decimal("0.01")),
    Way.STEADY: (Decimal(1), Decimal("0.05")),
}
_TIMES = {  # how many times as much it has become, at least and at most
    Way.DOUBLED: (Decimal("1.75"), Decimal("2.5")),
    Way.TREBLED: (Decimal("2.5"), Decimal("3.5")),
    Way.HALVED: (Decimal("0.4"), Decimal("0.6")),
}
_SIDES = {Way.ABOVE: Way.UP, Way.BELOW: Way.DOWN}
_MORE = listed("more fewer less greater smaller")


@dataclass(frozen=True)
class Verdict:
    """Whether the figures bear a claim out in one reading, and what they are."""

    holds: bool
    shown: str  # 'it was 87.5% in October 2024 and 95.8% in November 2024'


def said(reading: Reading, known: Known) -> str:
    """Return a value as a reader sees it."""
    return words.say(reading.value, known.indicator.unit, known.indicator.shown_decimals)


def goes(way: Way, now: Decimal, then: Decimal, known: Known, *, share: bool) -> bool | None:
    """Return whether a value went a way; None where the way means nothing for this indicator."""
    if way in _TIMES:
        least, most = _TIMES[way]
        return least * then <= now <= most * then
    if way in _ROOM:
        points, part = _ROOM[way]
        return abs(now - then) <= (points if share else part * abs(then))
    if way in (Way.BETTER, Way.WORSE):
        polarity = known.indicator.polarity
        if polarity is Polarity.NEITHER:
            return None
        up = (way is Way.BETTER) == (polarity is Polarity.HIGHER)
        return now > then if up else now < then
    return now > then if way is Way.UP else now < then


# Against the numbers in the sentence itself.


def of_pair(claim: Claim, known: Known) -> Iterator[Verdict]:
    """Judge 'dropped from 87.5% to 95.8%' by its own numbers."""
    if claim.pair is not None:
        then, now = (one.value for one in claim.pair)
        share = claim.pair[0].shape is Shape.PERCENT
        holds = goes(claim.way, now, then, known, share=share)
        if holds is not None:
            yield Verdict(holds, f"from {then} to {now} is the other way")


def _of_start(claim: Claim, now: Reading | None, known: Known) -> Iterator[Verdict]:
    """Judge 'has come down from 18.9' by the number that it came from."""
    if claim.start is None or now is None or now.shown is None:
        return
    holds = goes(literal(claim, known), now.shown, claim.start.value, known, share=known.is_share)
    if holds is not None:
        yield Verdict(holds, f"it is {said(now, known)} in {words.month(known.month)}")


# Against other months.


def of_months(claim: Claim, card: Card, known: Known, sentence: Sentence) -> Iterator[Verdict]:
    """Judge a claim by each month with which it may compare its own."""
    when = claim.when.months[0] if claim.when else known.month
    if when > known.month:
        return
    start = claim.start
    alike = start is not None and (start.shape is Shape.PERCENT) == known.is_share
    if alike and claim.base is None and claim.when is None:
        yield from _of_start(claim, known.at(when, card), known)
    elif claim.running:
        first = calendar.add_months(known.month, 1 - claim.running)
        months = calendar.months_between(first, known.month)
        yield from _in_turn(claim, months, card, known, sentence)
    elif claim.each and claim.base is not None:
        yield from _in_turn(claim, claim.base.months, card, known, sentence)
    else:
        for base in _bases(claim, when):
            yield from _between(claim, base, when, card, known, sentence)


def _bases(claim: Claim, when: date) -> list[date]:
    """Return the months with which a claim may compare its own."""
    if claim.base is None:
        back = (1, 3, 6, 12) if claim.trend else (1,)
        return [calendar.add_months(when, -months) for months in back]
    first, *rest = claim.base.months
    before = calendar.add_months(first, -1)
    if not rest:
        return [before if first == when else first]  # 'on the month'
    if claim.base.loose:
        return [month for month in claim.base.months if month < when]
    return [month for month in (before, first) if month < when]


def _between(
    claim: Claim, base: date, when: date, card: Card, known: Known, sentence: Sentence
) -> Iterator[Verdict]:
    now, then = known.at(when, card), known.at(base, card)
    if now is None or then is None:
        return
    told = (
        f"it was {said(then, known)} in {words.month(base)} and {said(now, known)} in "
        f"{words.month(when)}"
    )
    for one, other in _quantities(claim, now, then, known, sentence):
        share = known.is_share and one is now.shown
        holds = goes(literal(claim, known), one, other, known, share=share)
        if holds is not None:
            yield Verdict(holds, told)


def _in_turn(
    claim: Claim, months: Sequence[date], card: Card, known: Known, sentence: Sentence
) -> Iterator[Verdict]:
    """Judge 'every month since July' and 'for three months running': each step must hold."""
    if len(months) == 1 and not claim.running:
        first = calendar.add_months(months[0], 1)
        months = calendar.months_between(first, known.month) if first <= known.month else []
    steps = []
    for month in months:
        before = calendar.add_months(month, -1)
        found = list(_between(claim, before, month, card, known, sentence))
        if found:
            steps.append(next((one for one in found if one.holds), found[0]))
    wrong = [one for one in steps if not one.holds]
    yield from wrong[:1] or steps[:1]


def literal(claim: Claim, known: Known) -> Way:
    """Return the way of the value, also where it is performance that is said to rise or fall."""
    if claim.said.performance and known.indicator.polarity is Polarity.LOWER:
        return {Way.UP: Way.BETTER, Way.DOWN: Way.WORSE}.get(claim.way, claim.way)
    return _SIDES.get(claim.way, claim.way)


def _quantities(
    claim: Claim, now: Reading, then: Reading, known: Known, sentence: Sentence
) -> list[tuple[Decimal, Decimal]]:
    """Return the pairs of numbers that a claim may be about, the later one first."""
    value, count = (now.shown, then.shown), (now.numerator, then.numerator)
    whole, rest = (now.denominator, then.denominator), (now.rest, then.rest)
    pairs = [value]
    if claim.size is not None and claim.size.shape is Shape.COUNT:
        size = claim.size.value  # 'two more than in October' may be of any count that has two more
        return [(a, b) for a, b in _known((count, rest, whole, value)) if abs(a - b) == size]
    if claim.said.subject is Subject.LATE:
        pairs = [count, value] if counted.counted(known.indicator).adverse else [rest]
    elif (
        claim.said.subject is Subject.NUMBER
        and known.is_share
        and claim.way not in (Way.BETTER, Way.WORSE)
    ):
        more = sentence.word(claim.said.first) in _MORE
        pairs = [count] if more else [value, count]
        if _is_of_all(sentence, claim, known, more=more):
            pairs.append(whole)
    return _known(pairs)


def _known(
    pairs: Sequence[tuple[Decimal | None, Decimal | None]],
) -> list[tuple[Decimal, Decimal]]:
    return [(one, other) for one, other in pairs if one is not None and other is not None]


def _is_of_all(sentence: Sentence, claim: Claim, known: Known, *, more: bool) -> bool:
    """Return whether all that the indicator looks at may be meant: 'assessments fell'."""
    denominator = known.indicator.denominator.lower().split()
    things = set(denominator[:1]) | ({"children", "child"} & set(denominator))
    if not sentence.said(claim.said.first, claim.after + 4) & things:
        return False
    return not more or sentence.word(0) == "there"  # 'there were fewer assessments than in May'


# Against other places.


def of_place(claim: Claim, card: Card, known: Known) -> Iterator[Verdict]:
    """Judge 'above England', 'better than Safeguarding'."""
    when = claim.when.months[0] if claim.when else known.month
    now = known.at(when, card)
    if now is None or claim.other is None:
        return
    here, there = now.shown, None
    if claim.other.card is not None:
        elsewhere = known.at(when, claim.other.card)
        there = elsewhere.shown if elsewhere else None
    else:
        here = now.rate if known.is_count else here
        there = next(iter(known.published_alike(claim.other.areas)), None)
    if here is None or there is None:
        return
    way = _SIDES.get(claim.way, claim.way)
    holds = goes(way, here, there, known, share=known.is_share)
    if holds is not None:
        unit = "%" if known.is_share else ""
        yield Verdict(holds, f"it was {here:,}{unit} here and {there:,}{unit} there")
