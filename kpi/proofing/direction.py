"""Words that the figures contradict: 'rose' where it fell, 'met' where the target was missed.

A word is questioned only where every way to read it is contradicted: whichever month of the summer
is meant, and whether it is the share that rose or the number.
"""

from collections.abc import Iterable, Iterator

from kpi.proofing import claims, counted, rankings, verdicts
from kpi.proofing.claim import EXTREMES, Claim
from kpi.proofing.known import Known
from kpi.proofing.movements import Way
from kpi.proofing.remark import Kind, Remark
from kpi.proofing.sentence import Sentence
from kpi.proofing.verdicts import Verdict


def check(prompt: str, text: str, sentences: Iterable[Sentence], known: Known) -> list[Remark]:
    """Return a remark on every word for a way or a standing that the figures contradict."""
    own = counted.counted(known.indicator)
    found = []
    for sentence in sentences:
        for claim in claims.claims(sentence, own):
            against = _against(sentence, claim, known)
            if against:
                start, end = sentence.span(claim.first, claim.after)
                found.append(_remark(prompt, text[start:end], start, end, against))
    return found


def _remark(prompt: str, said: str, start: int, end: int, against: str) -> Remark:
    return Remark(
        kind=Kind.DIRECTION,
        prompt=prompt,
        words=said,
        start=start,
        end=end,
        says=f"“{said}” does not fit the figures: {against}. Change it, or say what it is of.",
    )


def _against(sentence: Sentence, claim: Claim, known: Known) -> str:
    """Return what the figures say against a claim; nothing where some reading of it holds."""
    found = list(_verdicts(sentence, claim, known))
    if not found or any(one.holds is not claim.denied for one in found):
        return ""
    return found[0].shown


def _verdicts(sentence: Sentence, claim: Claim, known: Known) -> Iterator[Verdict]:
    card = claim.place.card if claim.place and claim.place.card else known.card
    if claim.pair is not None:
        return verdicts.of_pair(claim, known)
    if claim.target or claim.floor or claim.way in (Way.MET, Way.MISSED, Way.CLOSE):
        return rankings.of_target(claim, card, known)
    if claim.way in EXTREMES:
        return rankings.of_extreme(sentence, claim, card, known)
    if claim.other is not None:
        return verdicts.of_place(claim, card, known)
    return verdicts.of_months(claim, card, known, sentence)
