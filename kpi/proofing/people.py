"""People: words in capitals that may be somebody's name, and those that are not a child's.

Staff are named by right: those whom the evidence names, the owners of actions, and whoever stands
beside a post. Charities, houses, models of practice and reports have people's names too.
"""

from collections.abc import Iterable, Iterator

from kpi.proofing.capitals import (
    ABBREVIATIONS,
    CALLED,
    COMMON,
    FAMILY,
    KIN,
    NAMED_AFTER,
    NATIONS,
    OF_A_CHILD,
    PLACES_BEFORE,
    PLANS,
    POSTS,
    TITLES,
)
from kpi.proofing.first_names import WORDS, first_names
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import Mark, listed

_BEFORE_FAMILY = listed("the both all two three four")
_OPENING = frozenset(".:–—•-\"“'‘(")
_DOING = listed("would was is has had did will could whose who went moved told said does")


def named(sentence: Sentence, allowed: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where words may name a child or a parent: from a token to before another."""
    staff = {word for name in allowed for word in name.lower().replace(",", " ").split()}
    at = 0
    while at < len(sentence.tokens):
        after = _name(sentence, at, staff)
        if after:
            yield at, after
            at = after
        else:
            at += 1


def _name(sentence: Sentence, at: int, staff: set[str]) -> int:
    """Return what comes after a name that begins at a token; 0 where none does."""
    token = sentence.tokens[at]
    if token.mark is not Mark.WORD:
        return 0
    for reader in (_titled, _family, _called, _initials, _first):
        after = reader(sentence, at)
        if after and not _is_staff(sentence, at, after, staff):
            return after
    return 0


def _titled(sentence: Sentence, at: int) -> int:
    """Read 'Mrs Okonkwo'."""
    if sentence.word(at) not in TITLES or not sentence.tokens[at].capital:
        return 0
    after = at + 1
    if sentence.word(after) == ".":
        after += 1
    return after + 1 if _capital(sentence, after) else 0


def _family(sentence: Sentence, at: int) -> int:
    """Read 'the Smith siblings', 'the Smith family'."""
    if not _capital(sentence, at) or sentence.word(at + 1) not in FAMILY:
        return 0
    token = sentence.tokens[at]
    if token.possessive or sentence.word(at - 1) not in _BEFORE_FAMILY:
        return 0
    if token.word in NATIONS | COMMON or _is_named(sentence, at):
        return 0
    return 0 if token.text.isupper() and len(token.text) > 1 else at + 2


def _called(sentence: Sentence, at: int) -> int:
    """Read 'Baby K', 'her sister Zofia', 'a boy called Kwame', 'Zofia's mother'."""
    token = sentence.tokens[at]
    if not token.capital or _is_named(sentence, at):
        return 0
    before = sentence.word(at - 1)
    if token.possessive and sentence.word(at + 1) in KIN and at and token.word not in COMMON:
        return at + 1
    if before not in CALLED or sentence.word(at + 1) in NAMED_AFTER:
        return 0
    if len(token.text) == 1:
        return at + 1 if before not in ("called", "named") and token.text not in ("I",) else 0
    if token.text.isupper() or token.word in COMMON | NATIONS or token.word in NAMED_AFTER:
        return 0
    lead = sentence.tokens[at - 1]
    if lead.capital and at > 1:  # 'the Child Protection Chair'
        return 0
    return 0 if _capital(sentence, at + 1) and not _is_first(sentence.word(at)) else at + 1


def _initials(sentence: Sentence, at: int) -> int:
    """Read 'JS', 'RJW' and 'child LM' where a child is spoken of, and 'J.S.' anywhere."""
    token = sentence.tokens[at]
    text = token.text.removesuffix("'s").removesuffix("’s")
    if not (text.isascii() and text.isupper() and len(text) < 4):
        return 0
    if len(text) == 1:
        return _dotted(sentence, at)
    if sentence.word(at - 1) in CALLED:
        return 0 if text in PLANS or _capital(sentence, at + 1) else at + 1
    if text in ABBREVIATIONS or not sentence.vocabulary & OF_A_CHILD:
        return 0
    if len(text) == 3:
        return at + 1 if sentence.word(at + 1) in _DOING else 0
    return 0 if sentence.word(at + 1).isdigit() else at + 1


def _dotted(sentence: Sentence, at: int) -> int:
    """Read 'J.S.', and not 'D.O.B.'."""
    letters = [sentence.tokens[place].text for place in range(at, len(sentence.tokens), 2)][:3]
    stops = sentence.words(at + 1, at + 2) == ["."] and sentence.word(at - 1) != "."
    if not stops or len(letters) < 2 or letters[:3] == ["D", "O", "B"]:
        return 0
    if len(letters[1]) != 1 or not letters[1].isupper():
        return 0
    return at + 3 + (sentence.word(at + 3) == ".")


def _first(sentence: Sentence, at: int) -> int:
    """Read 'Jayden', 'Amelia Hart', 'Tyrone B.'."""
    token = sentence.tokens[at]
    word = token.word
    if not token.capital or not _is_first(word) or token.text.isupper() or _is_named(sentence, at):
        return 0
    if token.possessive and _capital(sentence, at + 1):  # a title: 'Chelsea's Choice'
        return 0
    after = at + 1
    if not token.possessive and _capital(sentence, after) and not _is_named(sentence, after):
        follows = sentence.tokens[after]
        if len(follows.text) == 1:
            after += 2 if sentence.word(after + 1) == "." else 1
        elif follows.word not in NAMED_AFTER and follows.word not in POSTS:
            after += 1
    end = after
    while _capital(sentence, end):
        end += 1
    if sentence.said(at + 1, end + 1) & NAMED_AFTER:  # 'Grace House', 'the Jack Petchey awards'
        return 0
    return 0 if word in WORDS and _is_word(sentence, at) else after


def _is_word(sentence: Sentence, at: int) -> bool:
    """Return whether a name that is a word too is meant as one: 'Grace periods', 'in Heath'."""
    token = sentence.tokens[at]
    opens = at == 0 or sentence.tokens[at - 1].text in _OPENING or not _letters(sentence, at)
    if opens:
        return not token.possessive
    return sentence.word(at - 1) in PLACES_BEFORE or sentence.tokens[at - 1].capital


def _is_first(word: str) -> bool:
    names = first_names()
    return word in names or ("-" in word and word.split("-")[0] in names)


def _is_staff(sentence: Sentence, first: int, after: int, staff: set[str]) -> bool:
    """Return whether a name is that of somebody who works here: listed, or beside a post."""
    said = {token.word for token in sentence.tokens[first:after] if token.mark is Mark.WORD}
    said -= TITLES
    if said & staff:
        return True
    if said & KIN or said & FAMILY or sentence.word(first - 1) in CALLED:
        return False
    before = [word for word in sentence.words(first - 3, first) if word not in ("the", "our", ",")]
    if before and (before[-1] in POSTS or (before[-1] == ":" and set(before) & POSTS)):
        return True
    behind = sentence.words(after, after + 8)
    if behind[:1] == ["("]:  # 'Jo Cole (HR)', but not 'Chloe P (14)'
        end = behind.index(")") if ")" in behind else len(behind)
        inside = behind[1:end]
        if set(inside) & POSTS:
            return True
        return (
            bool(inside)
            and not any(word.isdigit() for word in inside)
            and not (set(inside) & (KIN | FAMILY | CALLED | {"born", "dob", "aged", "age"}))
        )
    if behind[:1] in ([","], ["–"], ["—"], ["-"]):
        inside = behind[1:6]
        return bool(set(inside) & POSTS) and not set(inside) & {"his", "her", "whose", "and"}
    return _in_brackets_after_work(sentence, first, after)


def _in_brackets_after_work(sentence: Sentence, first: int, after: int) -> bool:
    """Return whether a name stands alone in brackets after what its bearer does: 'rota (Sam …)'."""
    if sentence.word(first - 1) != "(" or sentence.word(after) not in (")", ","):
        return False
    before = set(sentence.words(first - 5, first))
    return not before & (CALLED | KIN | OF_A_CHILD)


def _capital(sentence: Sentence, at: int) -> bool:
    return 0 <= at < len(sentence.tokens) and sentence.tokens[at].capital


def _is_named(sentence: Sentence, at: int) -> bool:
    """Return whether a token is part of a time or a place."""
    return any(one.first <= at < one.after for one in (*sentence.times, *sentence.places))


def _letters(sentence: Sentence, at: int) -> bool:
    return any(token.mark is Mark.WORD for token in sentence.tokens[:at])
