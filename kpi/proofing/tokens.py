"""Tokens: the words, numbers and signs of a text, each with its place in it; and its sentences.

Every pattern here can match a character in one way only, so a text of any kind is read in a time
that grows with its length.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """What kind of thing a token is."""

    WORD = "word"
    NUMBER = "number"
    SIGN = "sign"
    LINK = "link"
    BREAK = "break"  # the end of a line


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign."""

    text: str
    word: str  # in small letters, without the 's of a possessive
    start: int
    end: int
    mark: Mark
    spaced: bool  # whether it stands apart from what is before it

    @property
    def capital(self) -> bool:
        """Whether it is a word with a capital letter."""
        return self.mark is Mark.WORD and self.text[0].isupper()

    @property
    def possessive(self) -> bool:
        """Whether it is what something belongs to: October's, families'."""
        return self.mark is Mark.WORD and len(self.word) < len(self.text)


@dataclass(frozen=True)
class Line:
    """Tokens that belong together, read by their places."""

    tokens: tuple[Token, ...]

    def word(self, at: int) -> str:
        """Return the word at a place, in small letters; nothing beyond the ends."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def words(self, first: int, after: int) -> list[str]:
        """Return the words from `first` to before `after`."""
        return [token.word for token in self.tokens[max(first, 0) : max(after, 0)]]

    def said(self, first: int, after: int) -> set[str]:
        """Return which words stand from `first` to before `after`."""
        return set(self.words(first, after))

    def span(self, first: int, after: int) -> tuple[int, int]:
        """Return where in the text the tokens from `first` to before `after` stand."""
        return self.tokens[first].start, self.tokens[after - 1].end


def listed(words: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(words.split())


_TOKEN = re.compile(
    r"(?P<link>https?://[^\s)\]]+|www\.[^\s)\]]+)"
    r"|(?P<number>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<word>[^\W\d_]+(?:['’\-‑][^\W\d_]+)*['’]?)"
    r"|(?P<break>\n)"
    r"|(?P<sign>[^\s*_`])"
)
_MARKS = {mark.value: mark for mark in Mark}
LONGEST = 120  # tokens; what goes on for longer is no sentence, and is read in pieces
_ENDS = frozenset(".!?")
# A stop after one of these, or after a single letter, ends no sentence.
_SHORTENED = listed("e.g i.e s no nos approx vs mr mrs ms dr st reg cf etc para d.o.b")


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text` in order. Marks of emphasis are passed over."""
    found = []
    last = 0
    for match in _TOKEN.finditer(text):
        mark = _MARKS[match.lastgroup or "sign"]
        whole = match.group()
        found.append(
            Token(
                text=whole,
                word=_word(whole) if mark is Mark.WORD else whole,
                start=match.start(),
                end=match.end(),
                mark=mark,
                spaced=match.start() > last or not found,
            )
        )
        last = match.end()
    return found


def sentences(text: str) -> list[tuple[Token, ...]]:
    """Return the tokens of each sentence of `text`; a line's end ends a sentence only at a list."""
    found: list[tuple[Token, ...]] = []
    sentence: list[Token] = []
    for token, following in _with_next(tokens(text)):
        if token.mark is Mark.BREAK:
            if following is None or _begins_anew(following):
                found.append(tuple(sentence))
                sentence = []
            continue
        sentence.append(token)
        if len(sentence) == LONGEST or (token.text in _ENDS and _is_end(sentence, following)):
            found.append(tuple(sentence))
            sentence = []
    found.append(tuple(sentence))
    return [one for one in found if one]


def _with_next(found: Sequence[Token]) -> Iterator[tuple[Token, Token | None]]:
    for position, token in enumerate(found):
        yield token, found[position + 1] if position + 1 < len(found) else None


def _begins_anew(token: Token) -> bool:
    """Return whether a new line that begins so is a new sentence, and not a wrapped one."""
    return token.mark is not Mark.WORD or token.text[0].isupper()


def _is_end(sentence: Sequence[Token], following: Token | None) -> bool:
    if sentence[-1].text != ".":
        return True
    before = sentence[-2] if len(sentence) > 1 else None
    if following is None or following.mark is Mark.BREAK:
        return True
    if not following.spaced and following.mark is not Mark.SIGN:
        return False
    short = before is not None and before.mark is Mark.WORD
    if short and before and (before.word in _SHORTENED or len(before.text) == 1):
        return False
    return following.text in "\"'”’)([“‘" or following.mark is not Mark.WORD or following.capital


def _word(text: str) -> str:
    small = text.lower().replace("’", "'").replace("‑", "-")
    if small.endswith("'s"):
        return small[:-2]
    return small.removesuffix("'")
