"""Numerals: digits and number words read as numbers, from zero into the thousands."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.proofing.tokens import Mark, Token

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: n for n, word in enumerate(_SMALL)}
_VALUES |= {word: 10 * n for n, word in enumerate(_TENS, start=2)}
_VALUES |= {"nil": 0, "none": 0, "dozen": 12}
_MULTIPLES = {"hundred": 100, "thousand": 1000}

# What a number is a part of, said in words: 'two thirds', 'a quarter'.
PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
PARTS |= {f"{word}s": of for word, of in PARTS.items() if word != "half"} | {"halves": 2}

ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            *("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
            *("tenth", "eleventh", "twelfth"),
        ],
        start=2,
    )
}

MOST_DIGITS = 9  # a longer run of digits is no figure, but somebody's number


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it is written, from its first token to before its last."""

    value: Decimal
    places: int  # decimals written
    first: int
    after: int
    in_words: bool


def numeral(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Return the number that begins at a token; None where none does."""
    token = tokens[at]
    if token.mark is Mark.NUMBER:
        value = _digits(token.text)
        if value is None:
            return None
        places = max(0, -int(value.as_tuple().exponent))
        return Numeral(value=value, places=places, first=at, after=at + 1, in_words=False)
    if token.mark is Mark.WORD:
        return _spoken(tokens, at)
    return None


def _digits(text: str) -> Decimal | None:
    """Return the number that digits, stops and commas make; None where they make a date or so."""
    whole, stop, decimals = text.partition(".")
    if "." in decimals or "," in decimals or sum(map(str.isdigit, text)) > MOST_DIGITS:
        return None
    if "," in whole:
        first, *groups = whole.split(",")
        if len(first) > 3 or any(len(group) != 3 for group in groups):
            return None
    return Decimal(whole.replace(",", "") + stop + decimals)


def _spoken(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Return a number in words: 'twenty-three', 'one hundred and twenty', 'a dozen'."""
    total = part = 0
    after = at
    seen = False
    if tokens[at].word == "a" and at + 1 < len(tokens) and tokens[at + 1].word in _MULTIPLES:
        part, after, seen = 1, at + 1, True
    while after < len(tokens) and tokens[after].mark is Mark.WORD:
        word = tokens[after].word
        value = _value(word)
        if value is not None:
            if seen and not _goes_on(part, value):
                break
            part += value
        elif word in _MULTIPLES and seen:
            part = (part or 1) * _MULTIPLES[word]
            if word == "thousand":
                total, part = total + part, 0
        elif not (
            word == "and"
            and seen
            and (part % 100 == 0)
            and (part or total)
            and after + 1 < len(tokens)
            and _value(tokens[after + 1].word) is not None
            and _hundreds(tokens, at, after)
        ):
            break
        seen = True
        after += 1
        if after - at > 12:
            return None
    if not seen or after == at:
        return None
    return Numeral(value=Decimal(total + part), places=0, first=at, after=after, in_words=True)


def _hundreds(tokens: Sequence[Token], first: int, after: int) -> bool:
    return any(token.word in _MULTIPLES for token in tokens[first:after])


def _goes_on(part: int, value: int) -> bool:
    """Return whether `value` may follow: 'hundred' before all below it, 'twenty' before 1 to 9."""
    if part and part % 100 == 0:
        return value < 100
    return 20 <= part % 100 <= 90 and part % 10 == 0 and 0 < value < 10


def _value(word: str) -> int | None:
    if word in _VALUES:
        return _VALUES[word]
    tens, hyphen, ones = word.partition("-")
    if hyphen and tens in _TENS and _VALUES.get(ones, 10) < 10:
        return _VALUES[tens] + _VALUES[ones]
    return None
