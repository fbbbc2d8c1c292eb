"""Texts that say what was said last month.

Figures are left out of the comparison: a sentence whose numbers are new says something new, and the
factual first sentence has the same words each month. Of the rest, four words in five must stand as
they stood, in much the same order, and there must be twelve of them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kpi.narrative import LINE_LIMIT
from kpi.proofing.known import Known
from kpi.proofing.remark import Kind, Remark
from kpi.proofing.sentence import Sentence, read
from kpi.proofing.tokens import Mark

FEWEST_WORDS = 12
ALIKE = 0.8
IN_ORDER = 0.6  # of pairs of neighbouring words, of which one new word breaks two


def check(
    prompt: str, text: str, sentences: Sequence[Sentence], before: str, known: Known
) -> list[Remark]:
    """Return a remark on a text that says what `before`, last month's, said."""
    if not before.strip():
        return []
    then = read(before, known)
    old, fresh = _numbers(then), _numbers(sentences)
    kept = [one for one in sentences if _stands(one, old)]
    new, last = _words(kept), _words(one for one in then if _stands(one, fresh))
    if len(new) < FEWEST_WORDS or _alike(new, last) < ALIKE:
        return []
    if _alike(_pairs(new), _pairs(last)) < IN_ORDER:
        return []
    counts = Counter(last)
    again = [one for one in kept if _in(one, counts)] or kept
    start, end = again[0].tokens[0].start, again[-1].tokens[-1].end
    said = text[start:end]
    if len(said) > LINE_LIMIT:
        end = start + len(said[:LINE_LIMIT].rsplit(maxsplit=1)[0])
    return [
        Remark(
            kind=Kind.REPEATED,
            prompt=prompt,
            words=text[start:end],
            start=start,
            end=end,
            says=(
                "This is nearly what was written last month. Say what has changed since, or that "
                "nothing has and why."
            ),
        )
    ]


def _numbers(sentences: Iterable[Sentence]) -> set[str]:
    return {
        token.text
        for sentence in sentences
        for token in sentence.tokens
        if token.mark is Mark.NUMBER
    }


def _stands(sentence: Sentence, others: set[str]) -> bool:
    """Return whether a sentence counts: all but those with figures that the other text has not."""
    if not sentence.numbers:
        return True
    return {token.text for token in sentence.tokens if token.mark is Mark.NUMBER} <= others


def _words(sentences: Iterable[Sentence]) -> list[str]:
    """Return the words of sentences without their numbers and months."""
    found = []
    for sentence in sentences:
        times = {at for one in sentence.times for at in range(one.first, one.after)}
        found += [
            token.word
            for at, token in enumerate(sentence.tokens)
            if token.mark is Mark.WORD and at not in times
        ]
    return found


def _pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    return list(pairwise(words))


def _alike(new: Sequence[object], last: Sequence[object]) -> float:
    """Return which share of the longer of two lists stands in the other, each as often as there."""
    if not new or not last:
        return 0.0
    return (Counter(new) & Counter(last)).total() / max(len(new), len(last))


def _in(sentence: Sentence, last: Counter[str]) -> bool:
    """Return whether most of a sentence's words stand in last month's."""
    mine = _words([sentence])
    return bool(mine) and sum(word in last for word in mine) >= ALIKE * len(mine)
