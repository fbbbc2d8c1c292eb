"""Counts: plain numbers, and which of those in words count children or their records.

The number of anything else is looked for among the figures, too: an author who writes of 12 audits
has counted them somewhere, and can say where. In words people also say how many managers, meetings
and beds there are, and that one thing led to another. Those say nothing of children, and pass; so
do a few members of staff, and the actions and meetings of a plan, in digits.
"""

from dataclasses import replace

from kpi.proofing.counted import PEOPLE, RECORDS, STAFF
from kpi.proofing.figure import MORE, STOPS, THESE, Number, Passage, Shape
from kpi.proofing.numerals import Numeral
from kpi.proofing.tokens import listed

A_FEW = 12  # members of staff
_ENDS = frozenset(["", ".", ",", ";"])
_OF_A_PLAN = listed(
    "action actions milestone milestones recommendation recommendations objective objectives "
    "workshop workshops slot slots bed beds meeting meetings course courses licence licences "
    "laptop laptops clinic clinics panel panels module modules apprenticeship apprenticeships "
    "question questions"
)
_IS = listed("was were is are")
_LATE = listed("late missed overdue outside not unseen delayed breached exceeded inquorate")
_IN_TIME = listed(
    "time within held completed reviewed seen visited supervised up-to-date date on settled "
    "returned suitable"
)


def count(passage: Passage, found: Numeral) -> Number | None:
    """Return a plain number; nothing for words such as 'one' that count nothing here."""
    if found.in_words and not _counts(passage, found):
        return None
    if passage.said(found.after, found.after + 2) & _OF_A_PLAN:
        return None
    few = found.value <= A_FEW and _is_staff(passage, found.after)
    if few and (found.in_words or not passage.own.staff):
        return None
    number = Number(
        found.first,
        found.after,
        Shape.COUNT,
        found.value,
        places=found.places,
        in_words=found.in_words,
        all_but=passage.words(found.first - 2, found.first) == ["all", "but"],
    )
    if _is_all(passage, number):
        return replace(number, shape=Shape.PAIR, of=number.value)
    return number


def _is_all(passage: Passage, number: Number) -> bool:
    """Return whether 'all 24' are said to be as the indicator counts: then it is 24 of 24."""
    before = passage.words(number.first - 2, number.first)
    said_all = before[-1:] == ["all"] or before in (["all", "the"], ["all", "of"])
    return said_all and bool(passage.said(number.after, number.after + 10) & _IN_TIME)


def _counts(passage: Passage, found: Numeral) -> bool:
    """Return whether a number in words is one of children or of their records."""
    behind = passage.words(found.after, found.after + 4)
    if behind[:1] == ["of"] and behind[1:2] and behind[1] in THESE | {"the"}:
        if found.value == 1:
            return False
        return behind[1] in THESE or bool(set(behind[2:]) & (PEOPLE | RECORDS))
    if found.value <= 1:
        return _one_counts(passage, found)
    for place, word in enumerate(behind, start=found.after):
        if word in PEOPLE | RECORDS or passage.own.counts(word):
            return not passage.tokens[place].possessive
        if place == found.after and (word in MORE or word == "in"):
            return True
        if word in STOPS:
            break
    return passage.word(found.first - 1) in _IS and passage.word(found.after) in _ENDS


def _one_counts(passage: Passage, found: Numeral) -> bool:
    """Return whether 'one' or 'none' counts something: 'one conference was late'."""
    before, behind = passage.word(found.first - 1), passage.word(found.after)
    if before == "but" and passage.word(found.first - 2) == "all":
        return True
    late = passage.said(found.after, found.after + 6) & _LATE
    if late and (behind in PEOPLE or (behind in RECORDS and passage.own.counts(behind))):
        return before not in ("than", "only", "every", "each")
    if before in ("was", "were", "only", "just") and behind in _ENDS:
        return True
    return bool(late) and found.first == 0 and behind in ("was", "were")


def _is_staff(passage: Passage, after: int) -> bool:
    """Return whether people who work here follow."""
    for token in passage.tokens[after : after + 4]:
        if token.word in STAFF:
            return True
        if token.word in STOPS or (token.word in PEOPLE | RECORDS and not token.possessive):
            return False
    return False
