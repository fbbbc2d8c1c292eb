"""Hedges: how exactly a number is meant, and whether it is said as a difference."""

from dataclasses import replace

from kpi.proofing.figure import MORE, Hedge, Number, Passage, Shape
from kpi.proofing.tokens import listed

_ABOUT = listed("about around roughly approximately circa c ~ approx some near")
_OVER = listed(
    "over above exceeding exceeded exceeds beyond through past passed topped crossed surpassed"
)
_UNDER = listed("nearly almost under below approaching")
_PAIRS: dict[tuple[str, ...], Hedge] = {
    ("more", "than"): Hedge.OVER,
    ("greater", "than"): Hedge.OVER,
    ("higher", "than"): Hedge.OVER,
    ("little", "over"): Hedge.OVER,
    ("at", "least"): Hedge.OVER,
    ("no", "less"): Hedge.OVER,
    ("fewer", "than"): Hedge.UNDER,
    ("less", "than"): Hedge.UNDER,
    ("lower", "than"): Hedge.UNDER,
    ("up", "to"): Hedge.NONE,
    ("close", "to"): Hedge.ABOUT,
    ("just", "short"): Hedge.UNDER,
}
_LEADS = _ABOUT | _OVER | _UNDER | listed("than more least at a")
_CHANGE_OF = listed(
    "increase rise fall drop decrease reduction growth improvement decline gap difference "
    "jump dip change shortfall swing deterioration gain loss"
)
_LED = listed("by up down extra additional further another")
_SIDES = listed("above below over short")


def hedged(passage: Passage, number: Number) -> Number:
    """Return a number with how exactly it is meant: 'about', 'over', 'nearly'."""
    before = tuple(passage.words(number.first - 2, number.first))
    hedge = _PAIRS.get(before)
    if hedge is None:
        last = passage.word(number.first - 1)
        hedge = next(
            (
                one
                for one, words in (
                    (Hedge.ABOUT, _ABOUT),
                    (Hedge.OVER, _OVER),
                    (Hedge.UNDER, _UNDER),
                )
                if last in words
            ),
            Hedge.NONE,
        )
    return replace(number, hedge=hedge)


def as_change(passage: Passage, number: Number, before: Number | None) -> Number:
    """Return a number marked where it is a difference: 'up 95', '11 more than', 'a 25% rise'.

    `before` is the figure that the sentence has said last.
    """
    if number.change or number.shape in (Shape.PAIR, Shape.RATE):
        return number
    behind = passage.word(number.after)
    follows = behind in MORE and not _is_limit(passage, number)
    if number.shape is Shape.SHARE:
        return replace(number, change=follows or _is_led(passage, number))
    # 'up 4.6 points on the month and 44.5 on the year'
    goes_on = number.shape is Shape.COUNT and before is not None and before.change
    goes_on = goes_on and behind in ("on", "since") and number.after + 1 in passage.named
    return replace(number, change=follows or goes_on or _is_led(passage, number))


def _is_led(passage: Passage, number: Number) -> bool:
    """Return whether words before a number make it a difference: 'by', 'up', 'a rise of'."""
    first = number.first
    while first > 0 and passage.word(first - 1) in _LEADS:
        first -= 1
    before = passage.word(first - 1)
    if before in _LED:
        return True
    return before in ("of", "is", "was") and passage.word(first - 2) in _CHANGE_OF


def _is_limit(passage: Passage, number: Number) -> bool:
    """Return whether what follows is how the indicator counts: '58 over 20 miles'."""
    if number.shape is not Shape.COUNT or passage.word(number.after) not in _SIDES:
        return False
    limit = passage.word(number.after + 1)
    return limit.isdigit() and any(length == int(limit) for length, _ in passage.own.lengths)
