"""Words that could say who a child is: names, dates of birth, addresses, numbers, and the only one.

A narrative is read by many. What is questioned here is a possible name that is not a colleague's,
initials, a date of birth or an age to the month, where somebody lives, how to reach them, the
number that a child has in a case system, and one child or a few with so much said of them that
others would know who is meant.
"""

import re
from collections.abc import Iterable, Iterator

from kpi.narrative import Words
from kpi.proofing import particulars, people
from kpi.proofing.figure import STREETS
from kpi.proofing.known import Known
from kpi.proofing.periods import Span
from kpi.proofing.remark import Kind, Remark
from kpi.proofing.sentence import Sentence, read
from kpi.proofing.tokens import Mark, listed

_NAME = "may be the name of a child or a parent"
_BIRTH = "may give away a date of birth"
_HOME = "may say where a child lives"
_REACH = "may be how to reach a family"
_CASE = "may be a child's number"
_FEW = "may tell others who a child is: so few have all of this in common"

_PATTERNS = (
    (re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]?[ ]?[0-9][A-Z]{2}\b"), _HOME),
    (re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}"), _REACH),
    (
        re.compile(r"(?<![0-9])(?:\+44[ ]?|0)[0-9]{2,5}[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}(?![0-9])"),
        _REACH,
    ),
    (re.compile(r"(?<![0-9])[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}(?![0-9])"), _CASE),  # an NHS number
    (re.compile(r"\b[A-Z][0-9]{11,12}[A-Z0-9]?\b"), _CASE),  # a unique pupil number
    (re.compile(r"(?<![0-9,.£])[0-9]{6,}(?![0-9,.]?[0-9])"), _CASE),
)
_OFFICIAL = (".gov.uk", ".nhs.uk", ".nhs.net", ".police.uk")
_BORN = listed("born dob birth birthday d.o.b b.")
_TURNED = listed("turned turns turning")
_MONTHS = listed("months month weeks week")
_MONTHS_OLD = listed("month-old week-old day-old")


def check(
    prompt: str, text: str, sentences: Iterable[Sentence], known: Known, allowed: Iterable[str]
) -> list[Remark]:
    """Return a remark on all words of a text that could say who a child is."""
    allowed = (*allowed, known.indicator.owner)
    spans = [(match.start(), match.end(), why) for match, why in _matches(text)]
    for sentence in sentences:
        for first, after, why in _told(sentence, allowed):
            spans.append((*sentence.span(first, after), why))
    return [_remark(prompt, text[start:end], start, end, why) for start, end, why in _apart(spans)]


def check_entered(written: Words, known: Known, allowed: Iterable[str]) -> list[Remark]:
    """Return the same for what was entered as actions."""
    found = []
    for action in written.actions:
        for one in check("actions", action.what, read(action.what, known), known, allowed):
            found.append(_remark("actions", one.words, 0, 0, ""))
    return found


def _remark(prompt: str, said: str, start: int, end: int, why: str) -> Remark:
    return Remark(
        kind=Kind.IDENTIFYING,
        prompt=prompt,
        words=said,
        start=start,
        end=end,
        says=f"“{said}” {why or _NAME}. Take it out, or say it so that nobody can be recognised.",
    )


def _matches(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for pattern, why in _PATTERNS:
        for match in pattern.finditer(text):
            if not match.group().endswith(_OFFICIAL):
                yield match, why


def _apart(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the spans in order, without those that lie in another."""
    found: list[tuple[int, int, str]] = []
    for start, end, why in sorted(spans, key=lambda one: (one[0], -one[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end, why))
    return found


def _told(sentence: Sentence, allowed: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    for first, after in people.named(sentence, allowed):
        yield first, after, _NAME
    for first, after in _births(sentence):
        yield first, after, _BIRTH
    for first, after in _addresses(sentence):
        yield first, after, _HOME
    for first, after in particulars.few(sentence):
        yield first, after, _FEW


def _births(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield dates of birth, birthdays and ages to the month."""
    for time in sentence.times:
        if time.span is not Span.MONTH or time.day is None:
            continue
        before = sentence.words(time.first - 6, time.first)
        joined = "".join(before[-6:])
        born = (
            set(before) & _BORN or joined.endswith(("dob", "d.o.b.", "d.o.b")) or "d.o.b" in joined
        )
        days = any(token.mark is Mark.NUMBER for token in sentence.tokens[time.first : time.after])
        turned = set(before) & _TURNED and any(word.isdigit() for word in before)
        if days and (born or turned):
            first = next(
                (
                    at
                    for at in range(max(0, time.first - 6), time.first)
                    if sentence.word(at) in _BORN | _TURNED
                ),
                time.first,
            )
            yield first, time.after
    for at, token in enumerate(sentence.tokens):
        if token.mark is Mark.NUMBER and (length := _months_old(sentence.words(at + 1, at + 5))):
            yield at, at + 1 + length


def _months_old(ahead: list[str]) -> int:
    """Return how many words make a number an age to the month: '4 years and 7 months'."""
    if ahead[:1] == ["years"] and ahead[1:2] in (["and"], [","]) and ahead[3:] == ["months"]:
        return 4
    if ahead[1:2] == ["old"] and ahead[0] in _MONTHS:
        return 2
    if set(ahead[:1]) & _MONTHS_OLD:
        return 1
    return 2 if ahead[:1] == ["-"] and set(ahead[1:2]) & _MONTHS_OLD else 0


def _addresses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield addresses such as '14 Acacia Avenue', '88b Hilldene Close'."""
    for at, token in enumerate(sentence.tokens):
        if token.mark is not Mark.NUMBER or len(token.text) > 4:
            continue
        letter = sentence.tokens[at + 1 : at + 2]
        lettered = bool(letter) and len(letter[0].text) == 1 and not letter[0].spaced
        first = at + 1 + (lettered and letter[0].mark is Mark.WORD)
        for length in (2, 3, 4):
            street = sentence.tokens[first : first + length]
            if (
                len(street) == length
                and street[-1].word in STREETS
                and all(one.capital for one in street)
            ):
                yield at, first + length
                break
