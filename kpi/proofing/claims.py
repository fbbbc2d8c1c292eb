"""Claims: what a sentence says of the figure's way or standing, and what it compares it with."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kpi.proofing import clauses
from kpi.proofing.clauses import Said, Subject
from kpi.proofing.counted import PEOPLE, RECORDS, Counted
from kpi.proofing.figure import Number, Shape
from kpi.proofing.movements import (
    IDIOMS_AFTER,
    IDIOMS_BEFORE,
    MOVEMENTS,
    Form,
    Movement,
    Way,
)
from kpi.proofing.places import Named
from kpi.proofing.sentence import Sentence
from kpi.proofing.times import Span, Time
from kpi.proofing.tokens import Mark, listed


@dataclass(frozen=True)
class Claim:
    """One word for a way or a standing, with what it is said of and compared with."""

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
    trend: bool = False  # of some months, without saying of how many


_LEVELS = {Way.ABOVE, Way.BELOW, Way.MET, Way.MISSED, Way.CLOSE}
_EXTREMES = {Way.HIGHEST, Way.LOWEST, Way.BEST, Way.WORST}
_MOVES = {Way.UP, Way.DOWN, Way.BETTER, Way.WORSE, Way.SAME, Way.DOUBLED, Way.TREBLED, Way.HALVED}

_TARGET = listed("target targets goal ambition standard on-target off-target")
_FLOOR = listed("floor tolerance tolerances threshold")
_STOPS = listed(
    ": after before following but though although while whilst whereas ; when where because "
    "which who ."
)
_BASE = listed("on than since from against compared with as over versus vs comparison unlike")
_WHEN = listed("in during at for this of")

_BE = listed(
    "is are was were be been being am remains remained remain stays stayed stay gone went go "
    "going moved crept edged came come coming has have had we're it's stands stood still now "
    "again also back further slightly sharply significantly steadily markedly well both but "
    "and just far much only even considerably substantially do does did doing perform "
    "performed performing got held hold kept looks look seems broadly largely relatively "
    "fairly very reasonably more not never no marginally narrowly somewhat a lot bit little "
    "either neither pretty therefore overall roughly currently showing shows shown or "
    "virtually almost nearly that's there points point % percent pp seen saw see , : – — ("
)
_AFTER_PREDICATE = listed(
    "than on from by since to again in this last compared against and but or as because when "
    "while though although which with at for now over year-on-year month-on-month sharply "
    "slightly significantly steadily markedly still yet too also overall , . ; : ) ( – — ! ? "
    "across throughout during between after before until every each off further considerably "
    "substantially there here so here, within year a an twice more"
)
_AFTER_VERB = _AFTER_PREDICATE | listed(
    "back up down well dramatically noticeably rapidly quickly slowly gradually modestly "
    "marginally narrowly somewhat fractionably greatly clearly strongly much far just only "
    "about around nearly almost roughly approximately most least consistently continually"
)
_ARTICLES = listed(
    "a an the this that further slight small significant sharp marked steady strong big large "
    "clear welcome another continued no any good real recent overall general year-on-year "
    "notable noticeable modest considerable substantial disappointing great of point points % "
    "percent first seen shown month-on-month sustained gradual continuing second third fourth "
    "fifth sixth huge encouraging slow rapid in-month little marginal some"
)
_EXTREME_OF = listed(
    "figure figures month months number rate share level value performance result percentage "
    "total quarter proportion since for in this of on so ever it we yet point score average "
    "position timeliness ."
)
_ORDINALS = listed("second third fourth fifth next 2nd 3rd 4th 5th")


def claims(sentence: Sentence, own: Counted) -> Iterator[Claim]:
    """Yield what a sentence claims of the figure, in order."""
    taken = sentence.timed | sentence.placed
    before: Claim | None = None
    for at, token in enumerate(sentence.tokens):
        if token.mark is not Mark.WORD or at in taken:
            continue
        claim = _pattern(sentence, at, own)
        if claim is None:
            for movement in MOVEMENTS.get(token.word, ()):
                claim = _claim(sentence, at, movement, own)
                if claim is not None:
                    break
        if claim is not None and claim.said.subject is not Subject.OTHER:
            if before is not None and _is_relative(sentence, at) and not (claim.base or claim.when):
                claim = replace(
                    claim,
                    base=before.base,
                    when=before.when,
                    place=before.place,
                    other=before.other,
                )
            before = claim
            yield claim


def _is_relative(sentence: Sentence, at: int) -> bool:
    """Return whether a word stands in 'which is better', and so judges what was said before it."""
    first = clauses.clause(sentence, at)
    return first > 0 and sentence.word(first - 1) == "which"


def _claim(sentence: Sentence, at: int, movement: Movement, own: Counted) -> Claim | None:
    word = sentence.word(at)
    if sentence.word(at + 1) in IDIOMS_AFTER.get(word, ()):
        return None
    if sentence.word(at - 1) in IDIOMS_BEFORE.get(word, ()):
        return None
    if movement.way in _LEVELS:
        return _level(sentence, at, movement, own)
    if movement.way in _EXTREMES:
        return _extreme(sentence, at, movement, own)
    return _move(sentence, at, movement, own)


# Ways: it rose, it is up, a fall.


def _move(sentence: Sentence, at: int, movement: Movement, own: Counted) -> Claim | None:
    said = _said(sentence, at, movement, own)
    if said is None:
        return None
    first = min(said.first, at)
    if not clauses.is_fact(sentence, at, clauses.clause(sentence, at)):
        return None
    found = _compared(sentence, at, movement.way, replace(said, first=first))
    size = next((one for one in sentence.numbers if one.after == at and one.change), None)
    trend = sentence.word(at + 1) in _TRENDS or sentence.word(at) in ("upward", "downward")
    return replace(found, size=size, trend=trend and found.base is None)


def _said(sentence: Sentence, at: int, movement: Movement, own: Counted) -> Said | None:
    """Return what a word for a way is said of; None where it says no way here."""
    match movement.form:
        case Form.PAST | Form.PRESENT | Form.GOING_ON:
            return _verb(sentence, at, movement, own)
        case Form.NOUN:
            return _noun(sentence, at, own)
        case Form.ADJECTIVE:
            return _adjective(sentence, at, movement, own)


def _verb(sentence: Sentence, at: int, movement: Movement, own: Counted) -> Said | None:
    before, behind = sentence.word(at - 1), sentence.word(at + 1)
    if movement.form is Form.PRESENT and not (
        behind in ("to", "by", "from") and _is_number(sentence, at + 2)
    ):
        negated = before in ("not", "didn't", "never") or before in ("to",)
        if not (
            (
                negated
                and sentence.word(at - 2)
                in ("did", "does", "has", "failed", "continues", "continued", "began", "not")
            )
            or before == "didn't"
        ):
            return None
    if movement.form is Form.GOING_ON and behind in _TRENDS:
        return _trend(sentence, at, own)
    if movement.form is Form.GOING_ON and before not in _BE | {"to", "been", "an", "a"}:
        return None
    if _has_object(sentence, at):
        thing = clauses.of_words(sentence, at + 1, _object_end(sentence, at + 1), own)
        return thing if thing.subject is not Subject.OTHER else None
    return clauses.said_of(sentence, at, own)


def _has_object(sentence: Sentence, at: int) -> bool:
    """Return whether a verb moves something: 'improved our recording', 'increased demand'."""
    if at + 1 >= len(sentence.tokens):
        return False
    if _is_number(sentence, at + 1) or any(one.first == at + 1 for one in sentence.times):
        return False
    word = sentence.word(at + 1)
    return word not in _AFTER_VERB and not word.endswith("ly")


def _object_end(sentence: Sentence, first: int) -> int:
    after = first
    while after < len(sentence.tokens) and after - first < 6:
        if sentence.word(after) in _STOPS or sentence.word(after) in (
            ",",
            "and",
            "by",
            "from",
            "to",
            "on",
            "since",
            "for",
            "in",
            "at",
            "through",
            "with",
        ):
            break
        after += 1
    return after


def _noun(sentence: Sentence, at: int, own: Counted) -> Said | None:
    """Read 'a rise', 'the fall in …', 'an improvement of 3.7 points on December'."""
    before, behind = sentence.word(at - 1), sentence.word(at + 1)
    named = at and any(one.after == at for one in sentence.times)
    opens = at == 0
    if before not in _ARTICLES and not named and not opens and not _is_number(sentence, at - 1):
        return None
    if (
        behind in ("in", "of", "to")
        and not _is_time(sentence, at + 2)
        and not _is_number(sentence, at + 2)
    ):
        thing = clauses.of_words(sentence, at + 2, _object_end(sentence, at + 2), own)
        return thing if thing.subject is not Subject.OTHER else None
    if behind and behind not in _AFTER_PREDICATE | {
        "of",
        "is",
        "was",
        "has",
        "reflects",
        "follows",
    }:
        return None
    lead = clauses.clause(sentence, at)
    if before == "of":  # 'a month of improvement'
        return Said(Subject.FIGURE, lead)
    found = clauses.said_of(sentence, at, own)
    if found.subject is Subject.OTHER and "there" not in sentence.words(lead, at):
        return None
    return Said(Subject.FIGURE, lead, performance=found.performance)


_TRENDS = listed("trend trajectory direction path picture curve pattern movement line")
_ENDED = listed("reversed ended halted stopped slowed stalled paused interrupted")


def _trend(sentence: Sentence, at: int, own: Counted) -> Said | None:
    """Read 'the downward trend of the last six months has continued'."""
    if set(sentence.words(at + 2, at + 14)) & _ENDED:
        return None
    of = sentence.words(at + 2, at + 4)
    if (
        of[:1] in (["in"], ["of"])
        and not _is_time(sentence, at + 3)
        and at + 4 not in sentence.timed
    ):
        thing = clauses.of_words(sentence, at + 3, _object_end(sentence, at + 3), own)
        return None if thing.subject is Subject.OTHER else thing
    return Said(Subject.FIGURE, clauses.clause(sentence, at))


def _adjective(sentence: Sentence, at: int, movement: Movement, own: Counted) -> Said | None:
    word, before, behind = sentence.word(at), sentence.word(at - 1), sentence.word(at + 1)
    if word in ("more", "fewer", "less", "greater", "larger", "smaller", "bigger"):
        return _more(sentence, at, own)
    if word in ("up", "down"):
        return _up(sentence, at, own)
    if word == "same":
        return _same(sentence, at, own)
    if behind in _TRENDS:
        return _trend(sentence, at, own)
    if behind in ("proportion", "share", "percentage", "number", "rate"):
        return _more(sentence, at, own)
    if word == "level" and behind != "with":
        return None
    if word in ("similar", "consistent") and behind not in ("to", "with"):
        return None
    if behind == "is" or sentence.words(at - 2, at) == ["higher", "is"]:
        return None
    if before == "is" and sentence.word(at - 2) in ("lower", "higher", "less", "fewer", "more"):
        return None
    opens = at == 0 or sentence.tokens[at - 1].mark is Mark.SIGN
    if (
        before not in _BE
        and not opens
        and not before.endswith("ly")
        and not _is_time_end(sentence, at)
        and not _is_number(sentence, at - 1)
    ):
        return None
    if behind and behind not in _AFTER_PREDICATE and not _is_time(sentence, at + 1):
        return None
    if word in ("better", "worse") and behind == "for":
        return None
    return clauses.said_of(sentence, at, own)


def _up(sentence: Sentence, at: int, own: Counted) -> Said | None:
    before, behind = sentence.word(at - 1), sentence.word(at + 1)
    opens = at == 0 or sentence.tokens[at - 1].mark is Mark.SIGN
    if (
        before not in _BE
        and not opens
        and not before.endswith("ly")
        and not _is_number(sentence, at - 1)
        and not _is_time_end(sentence, at)
    ):
        return None
    if behind == "to" and not _is_number(sentence, at + 2):
        return None
    if behind and not (
        behind
        in listed(
            "on from by since to again in sharply slightly a compared against year-on-year over "
            "month-on-month . , ; ) and but for this last every each still"
        )
        or _is_number(sentence, at + 1)
        or _is_time(sentence, at + 1)
    ):
        return None
    return clauses.said_of(sentence, at, own)


def _more(sentence: Sentence, at: int, own: Counted) -> Said | None:
    """Read 'fewer children than a year ago', '11 more than in January'."""
    if sentence.word(at - 1) == "no" and sentence.word(at + 1) == "than":
        return None
    for place in range(at + 1, min(len(sentence.tokens), at + 9)):
        if sentence.word(place) in _STOPS or sentence.word(place) == ",":
            return None
        if sentence.word(place) == "than":
            break
    else:
        return None
    if _is_number(sentence, place + 1) and not _is_time(sentence, place + 1):
        return None
    if not any(place < one.first <= place + 6 for one in (*sentence.times, *sentence.places)):
        return None
    things = sentence.words(at + 1, place)
    if (
        things[:1]
        and things[0] in ("proportion", "share", "percentage", "rate")
        and (things[1:2] != ["of"])
    ):
        return Said(Subject.FIGURE, at)
    if things:
        thing = clauses.of_words(sentence, at + 1, place, own)
        if thing.subject is Subject.OTHER:
            return None
        return replace(thing, first=at)
    if _is_number(sentence, at - 1) or sentence.word(at - 1) in (
        "were",
        "was",
        "are",
        "had",
        "have",
    ):
        return replace(clauses.said_of(sentence, at, own), first=at)
    return None


def _same(sentence: Sentence, at: int, own: Counted) -> Said | None:
    behind = sentence.word(at + 1)
    if behind == "as":
        ahead = [*sentence.times, *sentence.places]
        if not any(at + 1 < one.first <= at + 5 for one in ahead):
            return None
    elif (
        behind
        and behind not in (".", ",", ";", ")")
        and behind not in ("figure", "rate", "level", "number", "share", "value")
    ):
        return None
    return clauses.said_of(sentence, at, own)


# Extremes: the highest since April.


def _extreme(sentence: Sentence, at: int, movement: Movement, own: Counted) -> Claim | None:
    word, before, behind = sentence.word(at), sentence.word(at - 1), sentence.word(at + 1)
    if before in _ORDINALS or (
        before
        not in (
            "the",
            "our",
            "its",
            "their",
            "was",
            "is",
            "at",
            "were",
            "at-its",
            "month's",
            "single",
        )
        and at
    ):
        return None
    if word in ("most", "least", "greatest", "largest", "biggest", "smallest") and behind not in (
        "in",
        "since",
        "for",
        "this",
        "we",
    ):
        return None
    head = [place for place in range(at + 1, at + 4) if sentence.word(place)]
    good = behind in _EXTREME_OF or not behind or own.counts(behind) or behind in PEOPLE | RECORDS
    good = (
        good
        or _is_time(sentence, at + 1)
        or behind in (",", ")", "monthly", "ever", "recorded", "single", "performing", "yet", "and")
    )
    if not good:
        return None
    if (
        behind in ("number", "rate", "level", "share", "proportion", "percentage")
        and sentence.word(at + 2) in ("of", "for")
        and head
    ):
        thing = clauses.of_words(sentence, at + 1, _object_end(sentence, at + 1), own)
        if thing.subject is Subject.OTHER and not _is_time(sentence, at + 4):
            return None
    first = clauses.clause(sentence, at)
    if not clauses.is_fact(sentence, at, first):
        return None
    said = clauses.said_of(sentence, at, own)
    if said.subject is Subject.OTHER:
        return None
    return _compared(sentence, at, movement.way, said)


# Standings: above the target, below England.


def _level(sentence: Sentence, at: int, movement: Movement, own: Counted) -> Claim | None:
    word = sentence.word(at)
    first = clauses.clause(sentence, at)
    if word in ("green", "amber", "red"):
        return _colour(sentence, at, movement.way, own)
    reached = _reached(sentence, at, movement)
    if reached is None:
        return None
    target, floor, place, base = reached
    if word in ("within", "inside") and floor:
        movement = replace(movement, way=Way.CLOSE)
    if movement.way in (Way.MET, Way.MISSED, Way.CLOSE) and not (target or floor):
        return None
    if movement.form is Form.PRESENT:
        before = sentence.words(at - 2, at)
        past = set(before) & {"not", "didn't", "did", "failed", "yet", "never", "we", "and"}
        if not past or ("to" in before[-1:] and not set(before) & {"failed", "yet"}):
            return None
    if not clauses.is_fact(sentence, at, first) and not (
        sentence.word(at - 1) == "to" and sentence.word(at - 2) in ("yet", "failed", "fails")
    ):
        return None
    said = clauses.said_of(sentence, at, own)
    passive = _passive(sentence, at)
    if said.subject is Subject.OTHER and not passive:
        return None
    found = _compared(sentence, at, movement.way, replace(said, subject=Subject.FIGURE))
    return replace(found, target=target, floor=floor, other=place, base=base or found.base)


def _passive(sentence: Sentence, at: int) -> bool:
    """Return whether 'the target was missed' is how it is said."""
    return bool(set(sentence.words(at - 6, at)) & _TARGET)


def _reached(
    sentence: Sentence, at: int, movement: Movement
) -> tuple[bool, bool, Named | None, Time | None] | None:
    """Return what a figure is said to stand above, below or at: a target, a place, a month."""
    word = sentence.word(at)
    if word in _TARGET:
        return True, False, None, None
    if (
        movement.way in (Way.MET, Way.MISSED)
        and _passive(sentence, at)
        and movement.form is Form.PAST
    ):
        return True, False, None, None
    before = sentence.words(at - 2, at)
    if (
        word in ("over", "short", "under", "above", "below", "off")
        and before[-1:] in (["points"], ["point"])
        and sentence.word(at + 1) in ("", ".", ",", ";", "and", "but")
    ):
        return True, False, None, None
    if word == "on" and sentence.word(at + 1) not in ("target", "the", "our"):
        return None
    for place in range(at + 1, min(len(sentence.tokens), at + 8)):
        said = sentence.word(place)
        if said in _TARGET:
            if word == "on" and place > at + 3:
                return None
            return True, False, None, None
        if said in _FLOOR:
            return False, True, None, None
        named = next((one for one in sentence.places if one.first == place), None)
        if named:
            return False, False, named, None
        time = next((one for one in sentence.times if one.first == place), None)
        if time and word in ("above", "below") and time.span is not Span.YEAR:
            return False, False, None, time
        if said == "where":  # 'below where it was in March'
            time = next((one for one in sentence.times if place < one.first <= place + 5), None)
            return (False, False, None, time) if time else None
        if said in _STOPS or said in (",", "and", "or", "days", "miles", "working", "to", "in"):
            return None
    return None


def _colour(sentence: Sentence, at: int, way: Way, own: Counted) -> Claim | None:
    before = sentence.word(at - 1)
    if before not in listed(
        "is are was were be remains remained still now rated rag-rated at turned as stays stayed "
        "currently again from into"
    ):
        return None
    if before in ("from", "into", "at") or (
        sentence.word(at + 1)
        not in listed(". , ; against for in on with and but again now this because since ) at")
        and sentence.word(at + 1)
    ):
        return None
    if not clauses.is_fact(sentence, at, clauses.clause(sentence, at)):
        return None
    return replace(_compared(sentence, at, way, clauses.said_of(sentence, at, own)), target=True)


# What it is compared with.


def _compared(sentence: Sentence, at: int, way: Way, said: Said) -> Claim:
    """Return the claim of a word, with the time and the place that it is said and compared with."""
    first = clauses.clause(sentence, at)
    denied = clauses.negation(sentence, at, first)
    claim = Claim(
        way=way,
        first=at if denied is None else denied,
        after=at + 1,
        denied=denied is not None,
        said=said,
    )
    claim = _ahead(sentence, at, claim)
    if _partly(sentence, claim) or sentence.word(at + 1) in ("until", "till", "before"):
        return replace(claim, said=replace(said, subject=Subject.OTHER))
    return _led(sentence, at, min(first, said.first), claim)


def _ahead(sentence: Sentence, at: int, claim: Claim) -> Claim:
    """Add what stands after a word: 'on October', 'since April', 'from 87.5% to 95.8%'."""
    numbers = {one.first: one for one in sentence.numbers}
    starts = {one.first: one for one in sentence.times if one.span is not Span.YEAR}
    places = {one.first: one for one in sentence.places}
    place = at + 1
    based = False
    while place < len(sentence.tokens) and place - at < 16:
        word = sentence.word(place)
        if word in _STOPS or (
            place > at + 1
            and word in MOVEMENTS
            and word
            not in (
                "over",
                "on",
                "same",
                "level",
                "under",
                "within",
                "short",
                "most",
                "less",
                "more",
            )
        ):
            break
        if word == "and" and not _goes_on(sentence, place):
            break
        if word == "(" and sentence.word(place + 1) not in _BASE:
            place = _closed(sentence, place)
            continue
        if word in _BASE:
            based = True
        if place in numbers:
            claim = _numbered(sentence, numbers[place], claim)
            place = numbers[place].after
            continue
        if place in starts:
            time = starts[place]
            if set(sentence.words(place - 4, place)) >= {"first", "time"}:
                place = time.after  # 'for the first time since March'
                continue
            close = set(sentence.words(max(at + 1, place - 3), place)) & _BASE
            if time.each or close or (based and claim.base is None and claim.way not in _EXTREMES):
                if claim.base is None:
                    claim = replace(claim, base=time, each=claim.each or _each(sentence, time))
            elif len(time.months) > 1 and claim.base is None:
                claim = replace(claim, base=time, each=claim.each or _each(sentence, time))
            elif claim.when is None:
                claim = replace(claim, when=time)
            place = time.after
            continue
        if place in places:
            named = places[place]
            before = set(sentence.words(max(at + 1, place - 3), place))
            if before & _BASE and claim.other is None:
                claim = replace(claim, other=named)
            elif claim.place is None and sentence.word(place - 1) in ("in", "for", "at", "across"):
                claim = replace(claim, place=named)
            place = named.after
            continue
        place += 1
    return claim


def _closed(sentence: Sentence, place: int) -> int:
    """Return what comes after a bracket."""
    while place < len(sentence.tokens) and sentence.word(place) != ")":
        place += 1
    return place + 1


def _partly(sentence: Sentence, claim: Claim) -> bool:
    """Return whether a claim is made of most of a time only, which nobody can hold it to."""
    partly = {"most", "much", "part", "some", "parts"}
    return any(
        bool(partly & set(sentence.words(time.first - 3, time.first)))
        and sentence.word(time.first - 1) in ("of", "the")
        for time in sentence.times
        if len(time.months) > 1
    )


def _goes_on(sentence: Sentence, place: int) -> bool:
    """Return whether 'and' joins what is compared with, and begins nothing new."""
    return any(one.first <= place + 2 for one in sentence.times if one.first > place)


def _numbered(sentence: Sentence, number: Number, claim: Claim) -> Claim:
    before = sentence.word(number.first - 1)
    if number.shape not in (Shape.PERCENT, Shape.COUNT):
        return claim
    if before == "from" and claim.start is None:
        return replace(claim, start=number)
    reached = before in ("to", "at") and claim.start is not None and claim.pair is None
    if reached and claim.start is not None and number.shape is claim.start.shape:
        return replace(claim, pair=(claim.start, number))
    return claim


_EXCEPT = listed("exception except apart bar excepting save")


def _each(sentence: Sentence, time: Time) -> bool:
    """Return whether every month of a time is meant: 'every month since July', 'three running'."""
    if time.each:
        return True
    before = sentence.words(time.first - 4, time.first)
    if sentence.vocabulary & _EXCEPT:
        return False
    return ("every" in before or "each" in before) and "month" in before


def _led(sentence: Sentence, at: int, first: int, claim: Claim) -> Claim:
    """Add what stands before a word in its clause, or right before the clause."""
    opens = first
    if first and sentence.word(first - 1) == ",":
        lead = clauses.clause(sentence, first - 1)
        words = [
            token.word
            for place, token in enumerate(sentence.tokens[lead : first - 1], start=lead)
            if not any(
                one.first <= place < one.after for one in (*sentence.times, *sentence.places)
            )
        ]
        if set(words) <= listed(
            "in at since on during over for compared with to the as of end by and against start "
            "beginning from"
        ):
            opens = lead
    for time in sentence.times:
        if time.span is Span.YEAR or not opens <= time.first < at:
            continue
        if _said_of_another(sentence, opens, time.first):
            continue
        before = sentence.words(max(opens, time.first - 3), time.first)
        based = set(before) & (_BASE - {"as", "on", "with"}) or before[-2:] in (
            ["compared", "with"],
            ["compared", "to"],
        )
        if (based or len(time.months) > 1) and claim.base is None and claim.when is None:
            claim = replace(claim, base=time, each=claim.each or _each(sentence, time))
        elif not based and claim.when is None and len(time.months) == 1:
            claim = replace(claim, when=time)
    for place in sentence.places:
        if opens <= place.first < at and claim.place is None and place.card is not None:
            claim = replace(claim, place=place)
    return claim if claim.place else _opened(sentence, at, opens, claim)


def _opened(sentence: Sentence, at: int, first: int, claim: Claim) -> Claim:
    """Add the place with which a sentence begins: 'Safeguarding, at 17.3, is above the target.'"""
    places = [one for one in sentence.places if one.first < at]
    if len(places) != 1 or places[0].first > 1 or places[0].card is None:
        return claim
    own = {"we", "our", "it", "performance", "overall", "total"}
    return claim if own & set(sentence.words(first, at)) else replace(claim, place=places[0])


def _said_of_another(sentence: Sentence, first: int, after: int) -> bool:
    """Return whether a figure or another way stands before a time, and so has it."""
    if any(first <= one.first < after for one in sentence.numbers):
        return True
    ways = MOVEMENTS.keys() - {
        "on",
        "over",
        "in",
        "within",
        "inside",
        "less",
        "more",
        "same",
        "most",
    }
    return bool(ways & set(sentence.words(first, after)))


# Ways said in several words.


def _pattern(sentence: Sentence, at: int, own: Counted) -> Claim | None:
    """Read 'no change', 'hardly moved', 'little changed', 'in line with October'."""
    words = sentence.words(at, at + 3)
    way: Way | None = None
    after = at + 2
    if words[:2] in (
        ["no", "change"],
        ["little", "change"],
        ["hardly", "moved"],
        ["hardly", "changed"],
        ["barely", "moved"],
        ["barely", "changed"],
        ["little", "changed"],
        ["not", "changed"],
        ["not", "moved"],
        ["stood", "still"],
        ["not", "shifted"],
        ["scarcely", "changed"],
    ):
        way = Way.SAME
        if sentence.word(after) in ("of", "to", "our", "the", "in") and not _is_time(
            sentence, after + 1
        ):
            return None
    elif words == ["in", "line", "with"]:
        way, after = Way.SAME, at + 3
        if not (
            _is_time(sentence, after)
            or any(one.first <= after + 2 and one.first >= after for one in sentence.times)
        ):
            return None
    if way is None:
        return None
    first = clauses.clause(sentence, at)
    if not clauses.is_fact(sentence, at, first):
        return None
    said = clauses.said_of(sentence, at, own)
    found = _compared(sentence, after - 1, way, said)
    return replace(found, first=at, after=after, denied=False)


def _is_number(sentence: Sentence, at: int) -> bool:
    return at in sentence.figured


def _is_time(sentence: Sentence, at: int) -> bool:
    return at in sentence.timed


def _is_time_end(sentence: Sentence, at: int) -> bool:
    return at - 1 in sentence.timed and at not in sentence.timed
