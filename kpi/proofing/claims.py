"""What a sentence claims of the figure's way or standing."""

from collections.abc import Iterator
from dataclasses import replace

from kpi.proofing import clauses
from kpi.proofing.claim import EXTREMES, Claim
from kpi.proofing.clauses import Subject
from kpi.proofing.counted import Counted
from kpi.proofing.movements import IDIOMS_AFTER, IDIOMS_BEFORE, MOVEMENTS, Form, Movement, Way
from kpi.proofing.phrases import phrase
from kpi.proofing.sentence import Sentence
from kpi.proofing.standings import extreme, outdone, standing
from kpi.proofing.tokens import Mark
from kpi.proofing.ways import move

_STANDINGS = {Way.ABOVE, Way.BELOW, Way.MET, Way.MISSED, Way.CLOSE}


def claims(sentence: Sentence, own: Counted) -> Iterator[Claim]:
    """Yield what a sentence claims of the figure, in order."""
    named = sentence.timed | sentence.placed
    before: Claim | None = None
    for at, token in enumerate(sentence.tokens):
        if token.mark is not Mark.WORD or at in named:
            continue
        claim = phrase(sentence, at, own) or outdone(sentence, at, own) or _first(sentence, at, own)
        if claim is not None and claim.said.subject is not Subject.OTHER:
            if before is not None and _goes_on(sentence, at):
                claim = _following(claim, before)
            before = claim
            yield claim


def _first(sentence: Sentence, at: int, own: Counted) -> Claim | None:
    """Return the claim of a word in the first of its readings that makes one."""
    word = sentence.word(at)
    if sentence.word(at + 1) in IDIOMS_AFTER.get(word, ()):
        return None
    if sentence.word(at - 1) in IDIOMS_BEFORE.get(word, ()):
        return None
    found = (
        _read(sentence, at, movement, own)
        for movement in MOVEMENTS.get(word, ())
        # 'Days were lost', where the indicator counts days that are lost, says no way.
        if not (movement.form is Form.PAST and own.counts(word))
    )
    return next((claim for claim in found if claim is not None), None)


def _read(sentence: Sentence, at: int, movement: Movement, own: Counted) -> Claim | None:
    if movement.way in _STANDINGS:
        return standing(sentence, at, movement, own)
    if movement.way in EXTREMES:
        return extreme(sentence, at, movement, own)
    return move(sentence, at, movement, own)


def _goes_on(sentence: Sentence, at: int) -> bool:
    """Return whether a word says more of what was said: ', which is better', ', a fall of 8%'."""
    first = clauses.clause(sentence, at)
    if first == 0:
        return False
    lead = sentence.words(first, at)
    apposed = sentence.word(first - 1) == "," and lead[:1] in (["a"], ["an"]) and len(lead) < 4
    return apposed or sentence.word(first - 1) == "which"


def _following(claim: Claim, before: Claim) -> Claim:
    """Return a claim of the same comparison as the one before it, unless it has its own."""
    if claim.base or claim.when:
        return claim
    return replace(
        claim,
        base=before.base,
        when=before.when,
        place=before.place,
        other=before.other,
        size=before.size,
    )
