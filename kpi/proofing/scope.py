"""Scope: which month and which place a figure is said of.

A figure belongs to the time and the place that are named nearest to it, with nothing between them
that turns to something else: another figure, 'but', 'than', 'compared with'. Where none is so near,
what the sentence began with holds: 'In October 265 were in time, of which …'. Where nothing is
named, a figure is the month's own, at the narrative's own place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kpi.proofing.figure import Number
from kpi.proofing.periods import Span, Time
from kpi.proofing.places import Named
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import listed

_TURNS = listed(
    "but while whereas whilst although though than compared comparing against versus vs "
    "unlike ; despite however and or contrast"
)
_COMPARES = listed("than compared comparing against versus vs")
_MOVES = listed(
    "up down rose risen fell fallen increase increased decrease decreased rise fall drop "
    "dropped improved improvement better worse higher lower highest lowest best worst above "
    "below since following after before which"
)
_APPOSED = listed("at when which with where")
_NOW = listed("now currently current today")
FARTHEST = 16  # words; a time farther off is not said of the figure


class Mention(Protocol):
    """Something named, from its first token to before its last."""

    @property
    def first(self) -> int: ...  # noqa: D102
    @property
    def after(self) -> int: ...  # noqa: D102


M = TypeVar("M", bound=Mention)


@dataclass(frozen=True)
class Scope:
    """When and where a figure is said to be so."""

    time: Time | None  # that is said of the figure itself
    times: tuple[Time, ...]  # otherwise, those that it might be of
    place: Named | None
    places: tuple[Named, ...]
    year: int = 0  # of published figures


def bound(sentence: Sentence, number: Number, mentions: Sequence[M]) -> M | None:
    """Return which of `mentions` a figure is said of; None where nothing ties it to one."""
    inside = _bracket(sentence, number)
    if inside is not None:
        opened, closed = inside
        within = [one for one in mentions if opened < one.first and one.after <= closed]
        within = [one for one in within if _cost(sentence, number, one) is not None]
        if within:
            return min(within, key=lambda one: abs(one.first - number.first))
        lead = _said_before(sentence, number, opened)
        if lead is not None:
            return bound(sentence, lead, mentions)
    costs = [(_cost(sentence, number, one), one.first < number.first, one) for one in mentions]
    near = [(cost, left, at) for at, (cost, left, _) in enumerate(costs) if cost is not None]
    if not near:
        return None
    return costs[min(near)[2]][2]


def _bracket(sentence: Sentence, number: Number) -> tuple[int, int] | None:
    """Return where the bracket opens and closes in which a figure stands."""
    opened = None
    for at in range(number.first - 1, max(-1, number.first - 14), -1):
        if sentence.word(at) in (")", "]"):
            return None
        if sentence.word(at) in ("(", "["):
            opened = at
            break
    if opened is None:
        return None
    for at in range(number.after, min(len(sentence.tokens), number.after + 14)):
        if sentence.word(at) in (")", "]"):
            return opened, at
    return None


def _said_before(sentence: Sentence, number: Number, opened: int) -> Number | None:
    """Return the figure that stands before a bracket, with no more than its noun between."""
    before = [one for one in sentence.numbers if one.after <= opened]
    if before and opened - before[-1].after <= 4 and not before[-1].change:
        between = sentence.words(before[-1].after, opened)
        if not set(between) & (_TURNS | {","}):
            return before[-1]
    return None


def _cost(sentence: Sentence, number: Number, mention: Mention) -> float | None:
    """Return how far a mention is from a figure; None where something stands between them."""
    left = mention.after <= number.first
    if left and _is_taken(sentence, mention):
        return None
    first = mention.after if left else _past_bracket(sentence, number)
    after = number.first if left else mention.first
    if after < first:
        return None if left else 0.0
    if after - first > 3 * FARTHEST:
        return None
    if any(first <= one.first < after for one in sentence.numbers if one is not number):
        return None
    if left and sentence.word(after - 1) == "to" and after > first:
        return None  # 'from 284 in March to 272'
    cost = _way(sentence, first, after, stops=_stops(number, left=left), left=left)
    if cost is not None and not left and sentence.word(after - 1) == "," and after > first:
        cost += 4
    return cost if cost is not None and cost <= FARTHEST else None


def _stops(number: Number, *, left: bool) -> frozenset[str]:
    """Return the words that turn from a figure to something else."""
    if number.change:  # '3.4 points higher than in October'
        return _TURNS if left else _TURNS - _COMPARES
    return _TURNS | _MOVES


def _way(
    sentence: Sentence, first: int, after: int, *, stops: frozenset[str], left: bool
) -> float | None:
    """Return how far it is from one token to another; None where a word turns away between."""
    passed = sentence.timed | sentence.placed
    cost = 0.0
    for at in range(first, after):
        word = sentence.word(at)
        if at in passed:
            cost += 0.4
            continue
        apposed = left and at <= first + 1 and word == "which"  # 'England, which stood at'
        if word in stops and not apposed and not (word == "since" and at == after - 1):
            return None
        cost += 3 if word in (",", ":", "–", "—") else 1
    return cost


def _is_taken(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a mention before a comma is said of a figure there, and not of one after it.

    'From a low of 86.7% last November, performance has reached 94.5%'; but 'in June, at 90.5%'.
    """
    if sentence.word(mention.after) != ",":
        return False
    if sentence.word(mention.after + 1) in _APPOSED:
        return False
    before = [one for one in sentence.numbers if one.after <= mention.first]
    return bool(before) and not sentence.said(before[-1].after, mention.first) & (_TURNS | {","})


def _past_bracket(sentence: Sentence, number: Number) -> int:
    """Return the token after a figure, and after a bracket with another form of it."""
    at = number.after
    if sentence.word(at) != "(":
        return at
    inside = [one for one in sentence.numbers if at < one.first <= at + 8]
    if not inside:
        return at
    for end in range(at, min(len(sentence.tokens), at + 14)):
        if sentence.word(end) == ")":
            return end + 1
    return at


def scope(sentence: Sentence, number: Number) -> Scope:
    """Return when and where a figure is said to be so."""
    spans = [one for one in sentence.times if one.span is not Span.YEAR]
    years = [one.year for one in sentence.times if one.span is Span.YEAR]
    time = None
    if sentence.word(number.after) not in _NOW:  # '26.3% in August, 16.7% now'
        time = bound(sentence, number, spans) or _led(sentence, number, spans)
    place = bound(sentence, number, sentence.places) or _led(sentence, number, sentence.places)
    earlier = sentence.before.times if sentence.before else ()
    return Scope(
        time=time,
        times=(*spans, *(one for one in earlier if one.span is not Span.YEAR)),
        place=place,
        places=sentence.places,
        year=years[0] if len(years) == 1 else 0,
    )


def _led(sentence: Sentence, number: Number, mentions: Sequence[M]) -> M | None:
    """Return what a sentence began with, if nothing has turned from it before the figure."""
    if not mentions or mentions[0].first > 2 or mentions[0].after > number.first:
        return None
    first = mentions[0]
    between = sentence.words(first.after, number.first)
    turned = set(between) & ((_TURNS - {"and"}) | _NOW | {"from", "to", "up", "down", "target"})
    others = [one for one in mentions[1:] if one.first < number.first]
    return None if turned or others else first
