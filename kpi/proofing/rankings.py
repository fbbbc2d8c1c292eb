"""Rankings: whether a month or a place is the highest, lowest, best or worst; sides of a target."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from kpi import calendar, words
from kpi.cards import Card
from kpi.catalogue import Polarity
from kpi.judgement import Rating, rate
from kpi.proofing.claim import Claim
from kpi.proofing.known import Known, Reading
from kpi.proofing.movements import Way
from kpi.proofing.sentence import Sentence
from kpi.proofing.verdicts import Verdict, said
from kpi.targets import Goal


def of_target(claim: Claim, card: Card, known: Known) -> Iterator[Verdict]:
    """Judge 'we met the target', 'within tolerance', in each month that it is said of."""
    found = []
    for month in _months_judged(claim, known):
        point = next((one for one in card.series if one.month == month), None)
        if point is None or point.value is None or point.target is None:
            continue
        rating = rate(point.value, point.target, known.indicator.polarity)
        goal = words.number(point.target.target) + ("%" if known.is_share else "")
        told = f"it was {point.said} in {words.month(month)}, {rating.lower()} ({goal})"
        found.append(Verdict(_stands(claim, point.value, point.target, rating), told))
    if claim.each or claim.also:
        wrong = [one for one in found if not one.holds]
        found = wrong[:1] or found[:1]
    yield from found


def _months_judged(claim: Claim, known: Known) -> Sequence[date]:
    """Return the months that a standing is claimed for: one, or each of several."""
    if claim.when is not None:
        return [time.months[0] for time in (claim.when, *claim.also)]
    if claim.base is None:
        return [known.month]
    if len(claim.base.months) == 1 and not claim.each:  # 'above target since January', and still
        return [known.month]
    return claim.base.months


def _stands(claim: Claim, value: Decimal, goal: Goal, rating: Rating) -> bool:
    mark = goal.floor if claim.floor else goal.target
    match claim.way:
        case Way.ABOVE:
            return value > mark
        case Way.BELOW:
            return value < mark
        case Way.MET:
            return rating is Rating.MET or (claim.floor and rating is Rating.CLOSE)
        case Way.MISSED:
            return rating is Rating.MISSED if claim.floor else rating is not Rating.MET
        case Way.CLOSE:
            return rating is not Rating.MISSED
        case _:
            return True


def of_extreme(sentence: Sentence, claim: Claim, card: Card, known: Known) -> Iterator[Verdict]:
    """Judge 'the highest since April', 'our best month', 'the lowest of the service areas'."""
    highest = _is_highest(claim.way, known)
    when = claim.when.months[0] if claim.when else known.month
    now = known.at(when, card)
    if highest is None or now is None or now.shown is None:
        return
    if _is_among_places(sentence, claim):
        yield from _among_places(now, now.shown, card, known, highest=highest)
        return
    others: list[tuple[Decimal, date, Reading]] = []
    for month in _range(sentence, claim, when, known.months(card)):
        there = known.at(month, card)
        if month != when and there and there.shown is not None:
            others.append((there.shown, month, there))
    if others:
        value, month, there = (max if highest else min)(others, key=lambda one: one[0])
        told = (
            f"it was {said(there, known)} in {words.month(month)} and {said(now, known)} in "
            f"{words.month(when)}"
        )
        yield Verdict(now.shown >= value if highest else now.shown <= value, told)


def _is_highest(way: Way, known: Known) -> bool | None:
    """Return whether the highest is meant; None where neither end is best."""
    if way in (Way.HIGHEST, Way.LOWEST):
        return way is Way.HIGHEST
    if known.indicator.polarity is Polarity.NEITHER:
        return None
    return (way is Way.BEST) == (known.indicator.polarity is Polarity.HIGHER)


def _is_among_places(sentence: Sentence, claim: Claim) -> bool:
    """Return whether a place is ranked among others, and not a month."""
    of = sentence.said(claim.after, claim.after + 6) & {"areas", "services", "area", "service"}
    return bool(of) or (claim.place is not None and claim.base is None and claim.when is None)


def _among_places(
    now: Reading, here: Decimal, card: Card, known: Known, *, highest: bool
) -> Iterator[Verdict]:
    for other in known.others:
        there = known.at(known.month, other)
        if other is card or other.place.service_area is None or there is None:
            continue
        if there.shown is not None and (there.shown > here if highest else there.shown < here):
            told = f"it was {said(now, known)} here and {said(there, known)} in "
            yield Verdict(False, told + other.place.service_area)
            return
    yield Verdict(True, "")


def _range(sentence: Sentence, claim: Claim, when: date, months: Sequence[date]) -> Sequence[date]:
    """Return the months among which one is said to be the highest or lowest."""
    if claim.base is None:
        return months
    first, last = claim.base.months[0], claim.base.months[-1]
    before = sentence.said(claim.base.first - 4, claim.base.first)
    if "since" in before:
        first = first if "least" in before else calendar.add_months(last, 1)
        return [month for month in months if first <= month <= when]
    if first == last:
        return months
    return [month for month in months if first <= month <= last]
