"""Words that the figures contradict: 'rose' where it fell, 'met' where the target was missed.

A word is questioned only where every way to read it is contradicted: whichever month of the summer
is meant, and whether it is the share that rose or the number. Values are compared as readers see
them. 'Steady' allows a move of one point of a percentage, and of a twentieth of anything else:
small enough that nobody would call it a rise.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kpi import calendar, words
from kpi.cards import Card
from kpi.catalogue import Polarity
from kpi.judgement import Rating, rate
from kpi.proofing import claims, counted
from kpi.proofing.claims import Claim
from kpi.proofing.clauses import Subject
from kpi.proofing.counted import PEOPLE, RECORDS
from kpi.proofing.figure import Shape
from kpi.proofing.known import Known, Reading
from kpi.proofing.movements import Way
from kpi.proofing.remark import Kind, Remark
from kpi.proofing.sentence import Sentence

_STEADY_POINTS = Decimal(1)
_STEADY_SHARE = Decimal("0.05")


def check(prompt: str, text: str, sentences: Iterable[Sentence], known: Known) -> list[Remark]:
    """Return a remark on every word for a way or a standing that the figures contradict."""
    own = counted.counted(known.indicator)
    found = []
    for sentence in sentences:
        for claim in claims.claims(sentence, own):
            against = contradicted(sentence, claim, known)
            if against:
                start, end = sentence.span(claim.first, claim.after)
                found.append(_remark(prompt, text[start:end], start, end, against))
    return found


def _remark(prompt: str, said: str, start: int, end: int, against: str) -> Remark:
    return Remark(
        kind=Kind.DIRECTION,
        prompt=prompt,
        words=said,
        start=start,
        end=end,
        says=f"“{said}” does not fit the figures: {against}. Change it, or say what it is of.",
    )


@dataclass(frozen=True)
class Verdict:
    """Whether the figures bear a claim out in one reading, and what they are."""

    holds: bool
    shown: str  # 'it was 87.5% in October 2024 and 95.8% in November 2024'


def contradicted(sentence: Sentence, claim: Claim, known: Known) -> str:
    """Return what the figures say against a claim; nothing where some reading of it holds."""
    verdicts = list(_verdicts(sentence, claim, known))
    if not verdicts or any(one.holds is not claim.denied for one in verdicts):
        return ""
    return verdicts[0].shown


def _verdicts(sentence: Sentence, claim: Claim, known: Known) -> Iterator[Verdict]:
    if claim.pair is not None:
        yield from _of_pair(claim, known)
        return
    card = claim.place.card if claim.place and claim.place.card else known.card
    if claim.way in (Way.MET, Way.MISSED, Way.CLOSE) or claim.target or claim.floor:
        yield from _of_target(claim, card, known)
    elif claim.way in (Way.HIGHEST, Way.LOWEST, Way.BEST, Way.WORST):
        yield from _of_extreme(sentence, claim, card, known)
    elif claim.other is not None:
        yield from _of_place(claim, card, known)
    elif claim.way in (Way.ABOVE, Way.BELOW):
        yield from _of_months(_as_move(claim), card, known, sentence)
    else:
        yield from _of_months(claim, card, known, sentence)


def _as_move(claim: Claim) -> Claim:
    return replace(claim, way=Way.UP if claim.way is Way.ABOVE else Way.DOWN)


# Against the numbers in the sentence itself.


def _of_pair(claim: Claim, known: Known) -> Iterator[Verdict]:
    if claim.pair is None:
        return
    then, now = (one.value for one in claim.pair)
    holds = _goes(claim.way, now, then, known, share=claim.pair[0].shape is Shape.PERCENT)
    if holds is not None:
        yield Verdict(holds, f"from {then} to {now} is the other way")


# Against other months.


def _of_months(claim: Claim, card: Card, known: Known, sentence: Sentence) -> Iterator[Verdict]:
    when = claim.when.months[0] if claim.when else known.month
    if when > known.month:
        return
    if claim.start is not None and claim.base is None and claim.when is None:
        now = known.at(when, card)
        share = claim.start.shape is Shape.PERCENT
        if now and now.shown is not None and share == known.is_share:
            holds = _goes(_literal(claim, known), now.shown, claim.start.value, known, share=share)
            if holds is not None:
                yield Verdict(holds, f"it is {_said(now, known)} in {words.month(when)}")
            return
    if claim.each and claim.base is not None:
        yield from _in_turn(claim, card, known, sentence)
        return
    for base in _bases(claim, when, known):
        yield from _between(claim, base, when, card, known, sentence)


def _bases(claim: Claim, when: date, known: Known) -> list[date]:
    """Return the months with which a claim may compare its own."""
    if claim.base is None:
        back = (1, 3, 6, 12) if claim.trend else (1,)
        return [calendar.add_months(when, -months) for months in back]
    months = claim.base.months
    if len(months) == 1:
        if months[0] == when:  # 'on this month's'
            return [calendar.add_months(when, -1)]
        return [months[0]]
    if claim.base.loose:
        return [month for month in months if month < when]
    return [month for month in (calendar.add_months(months[0], -1), months[0]) if month < when]


def _between(
    claim: Claim, base: date, when: date, card: Card, known: Known, sentence: Sentence
) -> Iterator[Verdict]:
    now, then = known.at(when, card), known.at(base, card)
    if now is None or then is None:
        return
    way = _literal(claim, known)
    for one, other in _quantities(claim, now, then, known, sentence):
        holds = _goes(way, one, other, known, share=known.is_share and one is now.shown)
        if holds is not None:
            told = (
                f"it was {_said(then, known)} in {words.month(base)} and "
                f"{_said(now, known)} in {words.month(when)}"
            )
            yield Verdict(holds, told)


def _in_turn(claim: Claim, card: Card, known: Known, sentence: Sentence) -> Iterator[Verdict]:
    """Judge 'every month since July' and 'for three months running': each step must hold."""
    if claim.base is None:
        return
    months = claim.base.months
    if len(months) == 1:
        months = tuple(calendar.months_between(calendar.add_months(months[0], 1), known.month))
    steps = []
    for month in months:
        found = list(_between(claim, calendar.add_months(month, -1), month, card, known, sentence))
        if found:
            steps.append(next((one for one in found if one.holds), found[0]))
    wrong = [one for one in steps if not one.holds]
    if steps:
        yield wrong[0] if wrong else steps[0]


def _literal(claim: Claim, known: Known) -> Way:
    """Return the way of the value, where it is performance that is said to rise or fall."""
    lower = known.indicator.polarity is Polarity.LOWER
    if not (claim.said.performance and lower):
        return claim.way
    return {Way.UP: Way.BETTER, Way.DOWN: Way.WORSE}.get(claim.way, claim.way)


def _quantities(
    claim: Claim, now: Reading, then: Reading, known: Known, sentence: Sentence
) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the pairs of numbers that a claim may be about, the later one first."""
    pairs: list[tuple[Decimal | None, Decimal | None]] = [(now.shown, then.shown)]
    number = claim.said.subject is Subject.NUMBER and known.is_share
    if claim.size is not None and claim.size.shape is Shape.COUNT:
        yield from _of_size(claim.size.value, now, then)
        return
    if number and claim.way not in (Way.BETTER, Way.WORSE):
        more = sentence.word(claim.said.first) in ("more", "fewer", "less", "greater", "smaller")
        pairs = (
            [(now.numerator, then.numerator)] if more else [*pairs, (now.numerator, then.numerator)]
        )
        if _counts_all(sentence, claim, known, more):
            pairs.append((now.denominator, then.denominator))
    if claim.said.subject is Subject.LATE:
        adverse = counted.counted(known.indicator).adverse
        pairs = [(now.numerator, then.numerator)] if adverse else [(now.rest, then.rest)]
        if adverse:
            pairs.append((now.shown, then.shown))
        elif now.shown is not None and then.shown is not None:
            pairs.append((100 - now.shown, 100 - then.shown))
    for one, other in pairs:
        if one is not None and other is not None:
            yield one, other


def _of_size(size: Decimal, now: Reading, then: Reading) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the counts that differ by a size: those that 'two more than in October' may be of."""
    pairs = [
        (now.numerator, then.numerator),
        (now.rest, then.rest),
        (now.denominator, then.denominator),
        (now.shown, then.shown),
    ]
    for one, other in pairs:
        if one is not None and other is not None and abs(one - other) == size:
            yield one, other


def _counts_all(sentence: Sentence, claim: Claim, known: Known, more: bool) -> bool:
    """Return whether the subject may be all that the indicator looks at: 'assessments fell'."""
    whole = {token.lower() for token in known.indicator.denominator.split()[:1]}
    first = claim.said.first
    said = set(sentence.words(first, claim.after + 4))
    if not said & (
        whole | {"children", "child"} & set(known.indicator.denominator.lower().split())
    ):
        return False
    return not more or (
        len(set(sentence.words(0, len(sentence.tokens))) & (PEOPLE | RECORDS)) > 0
        and (sentence.word(0) == "there")
    )


def _goes(way: Way, now: Decimal, then: Decimal, known: Known, *, share: bool) -> bool | None:
    """Return whether a value went a way; None where the way means nothing for this indicator."""
    polarity = known.indicator.polarity
    match way:
        case Way.UP | Way.HIGHEST | Way.ABOVE:
            return now > then
        case Way.DOWN | Way.LOWEST | Way.BELOW:
            return now < then
        case Way.BETTER | Way.WORSE:
            if polarity is Polarity.NEITHER:
                return None
            up = (way is Way.BETTER) == (polarity is Polarity.HIGHER)
            return now > then if up else now < then
        case Way.SAME:
            room = (
                _STEADY_POINTS
                if share
                else max(Decimal(1) if known.is_count else Decimal(0), _STEADY_SHARE * abs(then))
            )
            return abs(now - then) <= room
        case Way.DOUBLED:
            return Decimal("1.75") * then <= now <= Decimal("2.5") * then
        case Way.TREBLED:
            return Decimal("2.5") * then <= now <= Decimal("3.5") * then
        case Way.HALVED:
            return Decimal("0.4") * then <= now <= Decimal("0.6") * then
    return None


# Against the target.


def _of_target(claim: Claim, card: Card, known: Known) -> Iterator[Verdict]:
    months = _months_judged(claim, known)
    found = []
    for month in months:
        point = next((one for one in card.series if one.month == month), None)
        if point is None or point.value is None or point.target is None:
            continue
        rating = rate(point.value, point.target, known.indicator.polarity)
        holds = _stands(claim, point.value, point.target.target, point.target.floor, rating)
        goal = words.number(point.target.target)
        told = (
            f"it was {point.said} in {words.month(month)}, {rating.lower()}, which is "
            f"{goal}{'%' if known.is_share else ''}"
        )
        found.append(Verdict(holds, told))
    if claim.each:
        wrong = [one for one in found if not one.holds]
        yield from wrong[:1] or found[:1]
    else:
        yield from found


def _months_judged(claim: Claim, known: Known) -> Sequence[date]:
    """Return the months that a standing is claimed for: one, or each of several."""
    if claim.when is not None:
        return claim.when.months[:1]
    if claim.base is None:
        return [known.month]
    if len(claim.base.months) == 1 and not claim.each:  # 'above target since January', and still
        return [known.month]
    return claim.base.months


def _stands(claim: Claim, value: Decimal, target: Decimal, floor: Decimal, rating: Rating) -> bool:
    goal = floor if claim.floor else target
    match claim.way:
        case Way.ABOVE:
            return value > goal
        case Way.BELOW:
            return value < goal
        case Way.MET:
            return rating in (Rating.MET, Rating.CLOSE) if claim.floor else rating is Rating.MET
        case Way.MISSED:
            return rating is Rating.MISSED if claim.floor else rating is not Rating.MET
        case Way.CLOSE:
            return rating is not Rating.MISSED
        case _:
            return True


# Against other months of a range, or other places.


def _of_extreme(sentence: Sentence, claim: Claim, card: Card, known: Known) -> Iterator[Verdict]:
    way = _extreme_way(claim.way, known)
    if way is None:
        return
    when = claim.when.months[0] if claim.when else known.month
    now = known.at(when, card)
    if now is None or now.shown is None:
        return
    if _of_areas(sentence, claim):
        yield from _among_places(claim, way, now, card, known)
        return
    others = []
    for month in _range(sentence, claim, when, known, card):
        there = known.at(month, card)
        if month != when and there and there.shown is not None:
            others.append((there.shown, month, there))
    if not others:
        return
    pick = max if way is Way.HIGHEST else min
    value, month, there = pick(others, key=lambda one: one[0])
    holds = now.shown >= value if way is Way.HIGHEST else now.shown <= value
    yield Verdict(
        holds,
        f"it was {_said(there, known)} in {words.month(month)} and {_said(now, known)} in "
        f"{words.month(when)}",
    )


def _extreme_way(way: Way, known: Known) -> Way | None:
    if way in (Way.HIGHEST, Way.LOWEST):
        return way
    if known.indicator.polarity is Polarity.NEITHER:
        return None
    best_is_high = known.indicator.polarity is Polarity.HIGHER
    return Way.HIGHEST if (way is Way.BEST) == best_is_high else Way.LOWEST


def _of_areas(sentence: Sentence, claim: Claim) -> bool:
    said = set(sentence.words(claim.after, claim.after + 6))
    of = said & {"areas", "services", "area", "service"}
    return bool(of) or (claim.place is not None and claim.base is None and claim.when is None)


def _among_places(
    claim: Claim, way: Way, now: Reading, card: Card, known: Known
) -> Iterator[Verdict]:
    for other in known.others:
        there = known.at(known.month, other)
        if other is card or other.place.service_area is None or there is None:
            continue
        if there.shown is None or now.shown is None:
            continue
        holds = now.shown >= there.shown if way is Way.HIGHEST else now.shown <= there.shown
        if not holds:
            yield Verdict(False, f"{other.place.service_area} had {_said(there, known)}")
            return
    yield Verdict(True, "")


def _range(
    sentence: Sentence, claim: Claim, when: date, known: Known, card: Card
) -> Sequence[date]:
    """Return the months among which one is said to be the highest or lowest."""
    known_months = known.months(card)
    if claim.base is None:
        return known_months
    months = claim.base.months
    before = sentence.words(claim.base.first - 4, claim.base.first)
    if "since" in before and months:
        include = "least" in before
        first = months[0] if include else calendar.add_months(months[-1], 1)
        return [month for month in known_months if first <= month <= when]
    if len(months) > 1:
        return [month for month in known_months if months[0] <= month <= months[-1]]
    return known_months


def _of_place(claim: Claim, card: Card, known: Known) -> Iterator[Verdict]:
    """Judge 'above England', 'better than Safeguarding'."""
    when = claim.when.months[0] if claim.when else known.month
    now = known.at(when, card)
    if now is None or now.shown is None or claim.other is None:
        return
    way = {Way.ABOVE: Way.UP, Way.BELOW: Way.DOWN}.get(claim.way, claim.way)
    if claim.other.card is not None:
        there = known.at(when, claim.other.card)
        values = [there.shown] if there and there.shown is not None else []
    else:
        values = known.published_alike(claim.other.areas)[:1]
    here = now.shown
    if claim.other.card is None and known.is_count:
        if now.rate is None:
            return
        here = now.rate
    for value in values:
        holds = _goes(way, here, value, known, share=known.is_share)
        if holds is not None:
            unit = "%" if known.is_share else ""
            yield Verdict(holds, f"it was {here:,}{unit} here and {value:,}{unit} there")


def _said(reading: Reading, known: Known) -> str:
    return words.say(reading.value, known.indicator.unit, known.indicator.shown_decimals)
