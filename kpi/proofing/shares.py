"""Shares and pairs: 'two thirds', 'nine in ten', '23 of the 24', '49.9 per 10,000'."""

from dataclasses import replace
from decimal import Decimal

from kpi.proofing.counted import PEOPLE, RECORDS, STAFF
from kpi.proofing.figure import LENGTHS, PER_CENT, THESE, Number, Passage, Shape
from kpi.proofing.no_figure import after_no_figure
from kpi.proofing.numerals import PARTS, Numeral, numeral
from kpi.proofing.tokens import Mark, listed

_TWO_TO_NINE = {
    word: value
    for value, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine"], start=2
    )
}
_WHOLES = frozenset(
    map(Decimal, (3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 10_000, 100_000))
)
_ROUND = frozenset(map(Decimal, (5, 10, 20, 100)))  # said of shares: eight out of ten
_RATES = frozenset(map(Decimal, (1000, 10_000, 100_000)))
_JOINS = listed("the its our their those these all every each a total")
_MORE = listed("more fewer less additional extra higher lower up down above below")
_COMPARING = listed("more less fewer greater rather higher lower better")
_ENDS = frozenset(["", ".", ",", ";", ")"]) | listed("were was are is had have did")
_OTHER_HALVES = listed("first second last other latter next - and")


def fraction(passage: Passage, at: int) -> Number | None:
    """Return a share such as 'two thirds', 'half of', 'a quarter more'."""
    parts = _parts(passage, at)
    if parts is None:
        return None
    many, of, after = parts
    if passage.names(at, after) or not 0 < many < of:
        return None
    behind = passage.word(after)
    if of == 4 and many > 1 and behind not in ("of", "were", "are", "had", "have"):
        return None  # 'three quarters running'
    if behind in THESE | _MORE or behind in ("of", "the", "our", "all"):
        if passage.said(after, after + 4) & LENGTHS:
            return None
        return _share(passage, at, after, many=many, of=of)
    if of == 2:
        return _half(passage, at, after)
    return _share(passage, at, after, many=many, of=of) if behind in _ENDS else None


def _parts(passage: Passage, at: int) -> tuple[int, int, int] | None:
    """Return how many parts of how many are said, and what comes after them."""
    word = passage.word(at)
    if word in ("a", "an", "one") and passage.word(at + 1) in PARTS:
        return 1, PARTS[passage.word(at + 1)], at + 2
    if word == "half":
        return 1, 2, at + 1
    many, hyphen, part = word.partition("-")
    if hyphen and part in PARTS and many in _TWO_TO_NINE:
        return _TWO_TO_NINE[many], PARTS[part], at + 1
    found = None if word in PARTS else numeral(passage.tokens, at)
    if found and found.in_words and passage.word(found.after) in PARTS:
        return int(found.value), PARTS[passage.word(found.after)], found.after + 1
    return None


def _half(passage: Passage, first: int, after: int) -> Number | None:
    """Return 'half' where it is a share: never of an hour, a term or a year."""
    behind, then = passage.word(after), passage.word(after + 1)
    if behind in ("a", "an"):  # 'half a child fewer'
        if then not in PEOPLE | RECORDS:
            return None
        half = Decimal("0.5")
        return Number(first, after, Shape.COUNT, half, places=1, in_words=True, change=True)
    if passage.word(first - 1) in _OTHER_HALVES:
        return None
    if behind in PEOPLE | RECORDS or behind in ("were", "are", ".", ","):
        return _share(passage, first, after, many=1, of=2)
    return None


def _share(passage: Passage, first: int, after: int, *, many: int, of: int) -> Number:
    part = passage.word(after) == "of" and passage.word(after + 1) in THESE
    whole = Decimal(of)
    return Number(first, after, Shape.SHARE, Decimal(many), of=whole, in_words=True, part=part)


def pair(passage: Passage, found: Numeral) -> Number | None:
    """Return 'so many of so many': '23 of 24', 'six of the seven', 'nine in ten'."""
    at = _past_nouns(passage, found)
    out_of = passage.words(at, at + 2) == ["out", "of"]
    at += out_of
    joint = passage.word(at)
    if joint not in ("of", "in", "/"):
        return None
    whole = _whole(passage, at + 1)
    if whole is None or whole.value < 2:
        return None
    if found.in_words and passage.said(whole.after, whole.after + 3) & STAFF:
        return None  # 'two of the three vacancies'
    if joint == "/":
        return _number(found, whole, Shape.PAIR)
    if whole.value < found.value:
        return None
    every = "every" in passage.words(at + 1, whole.first)
    if joint == "of" and not (every or (out_of and whole.value in _ROUND)):
        return _number(found, whole, Shape.PAIR)
    if whole.places or not (every or whole.in_words or whole.value in _WHOLES):
        return None
    if whole.value in _RATES:
        return _number(found, whole, Shape.RATE)
    before, earlier = passage.word(found.first - 1), passage.word(found.first - 2)
    if before == "than" and earlier not in _COMPARING:
        return None  # 'a decision in three weeks is easier than one in five'
    return _number(found, whole, Shape.SHARE)


def _past_nouns(passage: Passage, found: Numeral) -> int:
    """Return the token after what is counted: 'one social worker in ten', '23 visits out of 24'."""
    at = found.after
    while at - found.after < 3 and passage.word(at) in PEOPLE | RECORDS | STAFF | {
        "social",
        "care",
    }:
        at += 1
    return at


def _whole(passage: Passage, at: int) -> Numeral | None:
    """Return the number that something is said to be a part of."""
    while passage.word(at) in _JOINS:
        at += 1
    if at >= len(passage.tokens) or at in passage.named:
        return None
    if passage.word(at) in ("hundred", "thousand"):  # 'in every hundred'
        value = Decimal(100 if passage.word(at) == "hundred" else 1000)
        return Numeral(value=value, places=0, first=at, after=at + 1, in_words=True)
    whole = numeral(passage.tokens, at)
    if whole is None or after_no_figure(passage, whole):
        return None
    return None if passage.word(whole.after) in PER_CENT else whole


def rate(passage: Passage, found: Numeral) -> Number | None:
    """Return '49.9 per 10,000', '39 children in care for every 10,000', 'for every 10,000, 176'."""
    for at in range(found.after, min(len(passage.tokens), found.after + 8)):
        if at > found.after and passage.tokens[at].mark is Mark.NUMBER:
            break
        whole = _every(passage, at)
        if whole:
            return _number(found, whole, Shape.RATE)
    for at in range(found.first - 1, max(-1, found.first - 12), -1):
        whole = _every(passage, at)
        if whole:
            number = _number(found, whole, Shape.RATE)
            return replace(number, after=found.after)
    return None


def _every(passage: Passage, at: int) -> Numeral | None:
    """Return the whole of a rate, where 'per 10,000' or 'for every 10,000' begins at a token."""
    if passage.word(at) == "per":
        whole = at + 1
    elif passage.words(at, at + 2) in (["for", "every"], ["for", "each"], ["in", "every"]):
        whole = at + 2
    else:
        return None
    found = numeral(passage.tokens, whole) if 0 <= whole < len(passage.tokens) else None
    return found if found and found.value in _RATES else None


def is_base(passage: Passage, at: int) -> bool:
    """Return whether a number is the 10,000 of a rate, and no figure itself."""
    return _every(passage, at - 1) is not None or _every(passage, at - 2) is not None


def _number(found: Numeral, whole: Numeral, shape: Shape) -> Number:
    return Number(
        found.first,
        whole.after,
        shape,
        found.value,
        of=whole.value,
        places=found.places,
        in_words=found.in_words,
    )
