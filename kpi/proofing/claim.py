"""Claims: one word for a way or a standing, with what it is said of and compared with."""

from dataclasses import dataclass, replace

from kpi.proofing import clauses, moods
from kpi.proofing.clauses import Said, Subject
from kpi.proofing.figure import Number, Shape
from kpi.proofing.movements import MOVEMENTS, Way
from kpi.proofing.periods import Span, Time
from kpi.proofing.places import Named
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import listed


@dataclass(frozen=True)
class Claim:
    """One word for a way or a standing, and all that the sentence adds to it."""

    way: Way
    first: int  # the tokens to show
    after: int
    denied: bool
    said: Said
    when: Time | None = None  # the month that it is said of; the narrative's own where none
    base: Time | None = None  # what it is compared with; the month before where none
    each: bool = False  # in every month of the base
    place: Named | None = None  # where it is said to be so
    other: Named | None = None  # the place that it is compared with
    target: bool = False
    floor: bool = False
    pair: tuple[Number, Number] | None = None  # 'from 87.5% to 95.8%'
    start: Number | None = None  # 'from 87.5%'
    size: Number | None = None  # '11 more than'
    running: int = 0  # for so many months, one after the other
    also: tuple[Time, ...] = ()  # other months that the same is said of
    trend: bool = False  # of some months, without saying of how many


EXTREMES = {Way.HIGHEST, Way.LOWEST, Way.BEST, Way.WORST}
STOPS = listed(
    ": reflects follows means shows suggests due driven caused after before following but "
    "though although while whilst whereas ; when where because which who ."
)
_BASE = listed("on than since from against compared with as over versus vs comparison unlike")
_LEADING = _BASE - {"as", "on", "with"}
_LEADS = listed(
    "in at since on during over for compared with to the as of end by and against start "
    "beginning from"
)
_PARTLY = listed("most much part some parts")
_EXCEPT = listed("exception except apart bar excepting save")
_BEGINNING = listed("is was were has had have saw are did does will")
_OWN = listed("we our it performance overall total")
# Of the words for ways, those that also join other words, and so turn a sentence to nothing new.
_JOINING = listed("over on in same level under within inside short most less more")
FAR = 16  # words


def compared(sentence: Sentence, at: int, way: Way, said: Said) -> Claim:
    """Return the claim of a word, with the times and places that it is said of and compared with.

    What is said of most of a time, or until a time, is nobody's claim about the figure.
    """
    first = clauses.clause(sentence, at)
    denied = moods.negation(sentence, at, first)
    claim = Claim(
        way=way,
        first=at if denied is None else denied,
        after=at + 1,
        denied=denied is not None,
        said=said,
    )
    if _is_partly(sentence) or sentence.word(at + 1) in ("until", "till", "before"):
        return replace(claim, said=replace(said, subject=Subject.OTHER))
    return _led(sentence, at, min(first, said.first), _ahead(sentence, at, claim))


def _is_partly(sentence: Sentence) -> bool:
    return any(
        sentence.word(time.first - 1) in ("of", "the")
        and sentence.said(time.first - 3, time.first) & _PARTLY
        for time in sentence.times
        if len(time.months) > 1
    )


# What stands after the word.


def _ahead(sentence: Sentence, at: int, claim: Claim) -> Claim:
    """Add what stands after a word: 'on October', 'since April', 'from 87.5% to 95.8%'."""
    numbers = {one.first: one for one in sentence.numbers}
    times = {one.first: one for one in sentence.times if one.span is not Span.YEAR}
    places = {one.first: one for one in sentence.places}
    place = at + 1
    while place < min(len(sentence.tokens), at + FAR):
        word = sentence.word(place)
        if word in STOPS or (place > at + 1 and word in MOVEMENTS and word not in _JOINING):
            break
        if word == "and" and not _goes_on(sentence, place):
            break
        if word == "(" and sentence.word(place + 1) not in _BASE:
            place = _past_bracket(sentence, place)
        elif place in numbers:
            claim = _with_number(sentence, numbers[place], claim)
            place = numbers[place].after
        elif place in times:
            claim = _with_time(sentence, at, times[place], claim)
            place = times[place].after
        elif place in places:
            claim = _with_place(sentence, at, places[place], claim)
            place = places[place].after
        else:
            place += 1
    return claim


def _goes_on(sentence: Sentence, place: int) -> bool:
    """Return whether 'and' joins what is compared with, and begins nothing new."""
    return any(
        place < one.first <= place + 3 and sentence.word(one.after) not in _BEGINNING
        for one in sentence.times
    )


def _past_bracket(sentence: Sentence, place: int) -> int:
    while place < len(sentence.tokens) and sentence.word(place) != ")":
        place += 1
    return place + 1


def _with_number(sentence: Sentence, number: Number, claim: Claim) -> Claim:
    """Add the numbers of 'from 87.5% to 95.8%'."""
    before = sentence.word(number.first - 1)
    if number.shape not in (Shape.PERCENT, Shape.COUNT):
        return claim
    if before == "from" and claim.start is None:
        return replace(claim, start=number)
    start = claim.start
    if before in ("to", "at") and start and claim.pair is None and number.shape is start.shape:
        return replace(claim, pair=(start, number))
    return claim


def _with_time(sentence: Sentence, at: int, time: Time, claim: Claim) -> Claim:
    """Add a time that is compared with, or that the claim is made of."""
    if sentence.said(time.first - 4, time.first) >= {"first", "time"}:
        return claim  # 'for the first time since March'
    close = sentence.said(max(at + 1, time.first - 3), time.first) & _BASE
    based = sentence.said(at + 1, time.first) & _BASE and claim.way not in EXTREMES
    if time.each or close or (based and claim.base is None) or len(time.months) > 1:
        if claim.base is None:
            return replace(claim, base=time, each=claim.each or _is_each(sentence, time))
        return claim
    if claim.when is None:
        return replace(claim, when=time)
    return replace(claim, also=(*claim.also, time))  # 'in November and again in December'


def _is_each(sentence: Sentence, time: Time) -> bool:
    """Return whether every month of a time is meant: 'every month since July', 'three running'."""
    if time.each:
        return True
    before = sentence.said(time.first - 4, time.first)
    every = bool(before & {"every", "each"}) and "month" in before
    return every and not sentence.vocabulary & _EXCEPT


def _with_place(sentence: Sentence, at: int, named: Named, claim: Claim) -> Claim:
    if sentence.said(max(at + 1, named.first - 3), named.first) & _BASE and claim.other is None:
        return replace(claim, other=named)
    if claim.place is None and sentence.word(named.first - 1) in ("in", "for", "at", "across"):
        return replace(claim, place=named)
    return claim


# What stands before it.


def _led(sentence: Sentence, at: int, first: int, claim: Claim) -> Claim:
    """Add what stands before a word in its clause, or right before the clause."""
    opens = _opening(sentence, first)
    if sentence.word(first - 1) == "when":  # 'October, when it was on target'
        then = [one for one in sentence.times if one.after <= first and len(one.months) == 1]
        return replace(claim, when=claim.when or then[-1]) if then else claim
    for time in sentence.times:
        if time.span is Span.YEAR or not opens <= time.first < at:
            continue
        if _belongs_to_another(sentence, opens, time.first):
            continue
        before = sentence.words(max(opens, time.first - 3), time.first)
        based = set(before) & _LEADING or before[-2:] in (["compared", "with"], ["compared", "to"])
        many = len(time.months) > 1
        if (based or many) and claim.base is None and claim.when is None:
            claim = replace(claim, base=time, each=claim.each or _is_each(sentence, time))
        elif not based and not many and claim.when is None:
            claim = replace(claim, when=time)
    here = next((one for one in sentence.places if opens <= one.first < at and one.card), None)
    if claim.place is None and here is None:
        here = _opened(sentence, at, opens)
    return claim if claim.place or here is None else replace(claim, place=here)


def _opening(sentence: Sentence, first: int) -> int:
    """Return where a clause begins, with 'In October,' before it if that is all that is there."""
    if not first or sentence.word(first - 1) != ",":
        return first
    lead = clauses.clause(sentence, first - 1)
    named = sentence.timed | sentence.placed
    words = {sentence.word(at) for at in range(lead, first - 1) if at not in named}
    return lead if words <= _LEADS else first


def _belongs_to_another(sentence: Sentence, first: int, after: int) -> bool:
    """Return whether a figure or another way stands before a time, and so has it."""
    if any(first <= one.first < after for one in sentence.numbers):
        return True
    return any(word in MOVEMENTS and word not in _JOINING for word in sentence.words(first, after))


def _opened(sentence: Sentence, at: int, first: int) -> Named | None:
    """Return the place that a sentence begins with: 'Safeguarding, at 17.3, is above …'."""
    places = [one for one in sentence.places if one.first < at]
    if len(places) != 1 or places[0].first > 1 or places[0].card is None:
        return None
    return None if _OWN & sentence.said(first, at) else places[0]
