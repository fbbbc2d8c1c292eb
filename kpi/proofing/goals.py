"""Goals: figures that are said to be the target, and those that are hoped for and no fact yet."""

from kpi.proofing import scope
from kpi.proofing.figure import Number, Shape
from kpi.proofing.fits import fits
from kpi.proofing.known import Known
from kpi.proofing.scope import Scope
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import listed

TARGET = listed("target targets goal goals ambition standard benchmark threshold limit ceiling")
FLOOR = listed("floor tolerance amber minimum tolerances")
_BEFORE = listed(
    "of is was be been being at to from set agreed rose raised went moved changed the a our "
    "its now remains stands stood : ( , for this year by just local national ≥ ≤ > < reach "
    "reaching"
)
_BETWEEN = listed("local national example agreed internal new current stretch corporate our or")
_SIDES = listed(
    "on above below over under met missed exceeded off against short inside within hit "
    "meeting missing beat reached closest furthest nearest near close"
)
_PAST_IT = listed("exceeded missed beat beaten surpassed short")
_CHANGED = listed("from rose raised changed moved increased went lowered previous old then")
_OR_MORE = (["or", "more"], ["or", "less"], ["or", "fewer"], ["or", "above"], ["or", "below"])
_HOPED = listed(
    "will shall would should expect expects expected intend intends going due must could may "
    "might ambition if unless until forecast projected predict anticipate trajectory recovery "
    "hope hopes"
)
_HOPED_TO = listed(
    "mean means seek seeks propose proposes committed able ready aim aims aiming plan plans "
    "planned want wants need needs hoping working"
)
_HOPED_AFTER = listed("planned expected forecast projected hoped anticipated intended")
FAR = 14  # words


def is_target(sentence: Sentence, number: Number) -> bool:
    """Return whether a figure is said to be the target: 'the 90% target', 'a target of 90%'."""
    if number.change:
        return False
    return _is_named_after(sentence, number) or _is_named_before(sentence, number)


def _is_named_after(sentence: Sentence, number: Number) -> bool:
    at = number.after
    while sentence.word(at) in _BETWEEN and at < number.after + 4:
        at += 1
    if sentence.word(at) in TARGET | FLOOR and sentence.word(at + 1) not in ("group", "date"):
        return True
    follows = sentence.words(number.after, number.after + 2)
    if follows in _OR_MORE and may_be_target(sentence, number):
        return True
    lead = sentence.said(number.first - FAR, number.first)
    return follows == ["by", "march"] and bool(lead & TARGET)


def _is_named_before(sentence: Sentence, number: Number) -> bool:
    at = number.first - 1
    while (
        number.first - at < 7 and at >= 0 and (sentence.word(at) in _BEFORE or at in sentence.timed)
    ):
        at -= 1
    if sentence.word(at) in TARGET | FLOOR:
        said = sentence.words(at + 1, number.first)
        if "," in said:
            return False
        # 'above target at 96.7%' and 'on target (96.7%)' say the value.
        beside = said[:1] in (["("], ["at"], ["to"])
        return not (beside and sentence.said(at - 4, at) & _SIDES)
    before = [one for one in sentence.numbers if one.after <= number.first]
    if before and sentence.words(before[-1].after, number.first) == ["to"]:
        return is_target(sentence, before[-1])  # 'the target rose from 85% to 90%'
    return False


def may_be_target(sentence: Sentence, number: Number) -> bool:
    """Return whether a bracket may hold either: 'on target (90% or more)', 'on target (96.7%)'."""
    named = sentence.said(number.first - 3, number.first - 1) & (TARGET | FLOOR)
    return sentence.word(number.first - 1) == "(" and bool(named)


def fits_target(sentence: Sentence, number: Number, known: Known) -> bool:
    """Return whether a target is this month's, or that of the month that it is named with."""
    said = sentence.vocabulary
    if said & _CHANGED:
        goals = known.goals if said & FLOOR else known.targets
        return any(fits(number, goal) for goal in goals)
    now = known.card.latest.target
    time = scope.scope(sentence, number).time
    points = [point for point in known.card.series if time and point.month in time.months]
    goals = [point.target for point in points if point.target] + ([now] if now else [])
    allowed = [goal.target for goal in goals]
    allowed += [goal.by_march for goal in goals if goal.by_march is not None]
    allowed += [goal.floor for goal in goals if said & FLOOR]
    return any(fits(number, goal) for goal in allowed)


def is_from_target(sentence: Sentence, number: Number) -> bool:
    """Return whether a distance from the target is said: 'seven points below our target'."""
    by = sentence.word(number.first - 1) == "by" and sentence.vocabulary & TARGET
    if by and sentence.said(number.first - 4, number.first) & _PAST_IT:
        return True  # 'the target was exceeded by three points'
    ahead = sentence.words(number.after, number.after + 6)
    if ahead[:1] and ahead[0] in ("below", "above", "short", "over", "under", "off", "from"):
        end = next((at for at, word in enumerate(ahead) if word in (",", "and", "but", ".")), 6)
        return bool(set(ahead[:end]) & TARGET)
    return False


def is_hoped(sentence: Sentence, number: Number, where: Scope, known: Known) -> bool:
    """Return whether a figure is one that is hoped for or planned, and so no fact yet."""
    if where.time and where.time.months and where.time.months[0] > known.month:
        return True
    for at in range(number.first - 1, max(-1, number.first - FAR), -1):
        word = "" if at in sentence.timed else sentence.word(at)
        if word in _HOPED or (word in _HOPED_TO and sentence.word(at + 1) == "to"):
            return True
        if word in (";", "but"):
            break
    return bool(sentence.said(number.after, number.after + 3) & _HOPED_AFTER)


def is_held_to(number: Number, sentence: Sentence) -> bool:
    """Return whether a percentage is one that a figure stays within: 'within a point of 55%'."""
    around = sentence.said(number.first - 6, number.first)
    return number.shape is Shape.PERCENT and bool(around & {"within", "inside"})
