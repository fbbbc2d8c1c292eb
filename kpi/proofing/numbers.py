"""Numbers: every figure that a sentence says, with its shape. What is no figure is passed over."""

from kpi.proofing.counts import count
from kpi.proofing.figure import PER_CENT, POINT, Number, Passage, Shape
from kpi.proofing.hedges import as_change, hedged
from kpi.proofing.no_figure import after_no_figure, glued
from kpi.proofing.numerals import Numeral, numeral
from kpi.proofing.shares import fraction, is_base, pair, rate
from kpi.proofing.tokens import Mark


def numbers(passage: Passage) -> list[Number]:
    """Return the figures that a sentence says, in order. What names a time or a place is none."""
    found: list[Number] = []
    at = 0
    while at < len(passage.tokens):
        if at in passage.named:
            at = passage.named[at]
            continue
        number, after = _number(passage, at)
        if number is not None:
            last = found[-1] if found else None
            found.append(as_change(passage, hedged(passage, number), last))
        at = max(after, at + 1)
    return found


def _number(passage: Passage, at: int) -> tuple[Number | None, int]:
    """Return the figure that begins at a token, if one does, and where to read on."""
    share = fraction(passage, at)
    if share is not None:
        return share, share.after
    found = numeral(passage.tokens, at)
    if found is None:
        is_number = passage.tokens[at].mark is Mark.NUMBER
        return None, glued(passage, at + 1) if is_number else at + 1
    if passage.names(found.first, found.after):
        return None, at + 1
    after = after_no_figure(passage, found) or (found.after if is_base(passage, at) else 0)
    if after:
        return None, after
    number = (
        _percent(passage, found)
        or rate(passage, found)
        or pair(passage, found)
        or count(passage, found)
    )
    return number, number.after if number else found.after


def _percent(passage: Passage, found: Numeral) -> Number | None:
    """Return a percentage or a number of points; nothing where neither follows."""
    after = found.after
    if passage.word(after) == "-" and passage.word(after + 1) in POINT | {"percentage"}:
        after += 1  # 'a 10-point rise'
    if passage.words(after, after + 2) == ["per", "cent"]:
        shape, end = Shape.PERCENT, after + 2
    elif passage.word(after) in PER_CENT:
        shape, end = Shape.PERCENT, after + 1
    elif passage.word(after) in POINT:
        shape, end = Shape.POINTS, after + 1
    else:
        return None
    if shape is Shape.PERCENT and passage.word(end) in POINT:
        shape, end = Shape.POINTS, end + 1
    return Number(
        found.first,
        end,
        shape,
        found.value,
        places=found.places,
        in_words=found.in_words,
        change=shape is Shape.POINTS,
    )
