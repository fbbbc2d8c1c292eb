"""Phrases: ways that are said in several words: 'no change', 'picked up', 'gone backwards'."""

from dataclasses import replace

from kpi.proofing import clauses, moods
from kpi.proofing.claim import Claim, compared
from kpi.proofing.clauses import Subject
from kpi.proofing.counted import Counted
from kpi.proofing.movements import Way
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import listed

_SAID: dict[Way, str] = {
    Way.STEADY: (
        "no change|little change|little changed|little movement|no movement|no different|"
        "hardly moved|hardly changed|hardly shifted|hardly budged|barely moved|barely changed|"
        "barely shifted|barely budged|scarcely moved|scarcely changed|not moved|not changed|"
        "not shifted|not budged|not altered|stood still|at a standstill|nothing has changed|"
        "nothing changed|nothing has moved|levelled off|levelled out|levelling off|flattened out|"
        "flattened off|held firm|in line with|on a par with|in step with|back at the level of|"
        "back to the level of|back at the level|back to where it was|back where it was|"
        "back to where we were|back where we were|the same level as"
    ),
    Way.UP: "picked up|ticked up|shot up|crept upwards|on the rise|on the increase|gone through",
    Way.DOWN: "eased off|tailed off|dropped off|dropped away|fallen away|fell away|fell off|"
    "on the decline|on the wane|come off",
    Way.BETTER: "bounced back|gained ground|made up ground|turned a corner|on the mend|on the up|"
    "moved forward|moved forwards|in the right direction|the right way|a step forward",
    Way.WORSE: "gone backwards|went backwards|going backwards|slid backwards|moved backwards|"
    "slipped backwards|gone backward|went backward|lost ground|gone downhill|went downhill|"
    "in the wrong direction|the wrong way|a step back|a step backwards|gone into reverse|"
    "went into reverse",
}
_WAYS = {
    tuple(phrase.split()): way for way, phrases in _SAID.items() for phrase in phrases.split("|")
}
_LONGEST = max(map(len, _WAYS))
_FIRST_WORDS = {phrase[0] for phrase in _WAYS}
# What is compared with something, and says nothing without it.
_COMPARING = ("with", "of", "was", "were", "as", "level")
_TARGET = listed("target targets")
_OF_SOMETHING = listed("of to our the in")
_AS = {
    **dict.fromkeys(("good", "well", "strong"), Way.WORSE),
    **dict.fromkeys(("bad", "poor"), Way.BETTER),
    **dict.fromkeys(("high", "many", "large"), Way.DOWN),
    **dict.fromkeys(("low", "few"), Way.UP),
}


def phrase(sentence: Sentence, at: int, own: Counted) -> Claim | None:
    """Return the claim of a phrase that begins at a token; None where none does."""
    found = _way(sentence, at) or _not_as(sentence, at)
    if found is None:
        return None
    way, after = found
    if not moods.is_fact(sentence, at, clauses.clause(sentence, at)):
        return None
    claim = compared(sentence, after - 1, way, clauses.said_of(sentence, at, own))
    if claim.said.subject is Subject.OTHER:
        return None
    return _with_base(sentence, at, after, claim)


def _way(sentence: Sentence, at: int) -> tuple[Way, int] | None:
    """Return the way that a phrase says, and what comes after it."""
    words = ["not" if word.endswith("n't") else word for word in sentence.words(at, at + _LONGEST)]
    if not words or words[0] not in _FIRST_WORDS:
        return None
    for length in range(len(words), 1, -1):
        way = _WAYS.get(tuple(words[:length]))
        if way is not None:
            after = at + length
            of = sentence.word(after) in _OF_SOMETHING and after + 1 not in sentence.timed
            plain = words[length - 1] in ("change", "movement")
            return None if of and plain else (way, after)
    return None


def _not_as(sentence: Sentence, at: int) -> tuple[Way, int] | None:
    """Read 'not as good as a month ago', 'not as high as in October'."""
    if sentence.words(at, at + 2) != ["not", "as"] or sentence.word(at + 3) != "as":
        return None
    way = _AS.get(sentence.word(at + 2))
    return (way, at + 4) if way else None


def _with_base(sentence: Sentence, at: int, after: int, claim: Claim) -> Claim | None:
    """Return a claim with what its phrase compares it with; None where that is not named."""
    denied = claim.denied and claim.first < at
    first = claim.first if denied else at
    claim = replace(claim, first=first, after=after, denied=denied)
    if sentence.word(after - 1) not in _COMPARING:
        return claim
    if sentence.said(after, after + 4) & _TARGET:
        return replace(claim, way=Way.CLOSE, target=True)
    near = range(after, after + 3)
    other = claim.other or next((one for one in sentence.places if one.first in near), None)
    if claim.base is None:
        claim = replace(claim, base=claim.when, when=None)
    return replace(claim, other=other) if claim.base or other else None
