"""Ways: what says that the figure rose, fell, improved or stood still: a verb, a noun or 'up'."""

from dataclasses import replace

from kpi.proofing import clauses, moods
from kpi.proofing.claim import STOPS, Claim, compared
from kpi.proofing.clauses import Said, Subject
from kpi.proofing.counted import Counted
from kpi.proofing.movements import Form, Movement
from kpi.proofing.numerals import ORDINALS
from kpi.proofing.sentence import Sentence
from kpi.proofing.times import IN_TURN
from kpi.proofing.tokens import Mark, listed

_BE = listed(
    "is are was were be been being am remains remained remain stays stayed stay gone went go "
    "going stand stands moved crept edged came come coming has have had we're it's stands "
    "stood still now again also back further slightly sharply significantly steadily markedly "
    "well both but and just far much only even considerably substantially do does did doing "
    "perform performed performing got held hold kept looks look seems broadly largely "
    "relatively fairly very reasonably more not never no marginally narrowly somewhat a lot "
    "bit little either neither pretty therefore overall roughly currently showing shows shown "
    "or virtually almost nearly that's there points point % percent pp seen saw see , : – — ("
)
_AFTER = listed(
    "than on from by since to again in this last compared against and but or as because when "
    "while though although which with at for now over year-on-year month-on-month sharply "
    "slightly significantly steadily markedly still yet too also overall , . ; : ) ( – — ! ? "
    "across throughout during between after before until every each off further considerably "
    "substantially there here so here within year a an twice more"
)
_AFTER_VERB = _AFTER | listed(
    "back up down well dramatically noticeably rapidly quickly slowly gradually modestly "
    "marginally narrowly somewhat greatly clearly strongly much far just only about around "
    "nearly almost roughly approximately most least consistently continually away off short"
)
_AFTER_NOUN = _AFTER | listed(
    "of is was has reflects follows seen shown noted reported experienced observed means"
)
_AFTER_UP = listed(
    "on from by since to again in sharply slightly a compared against year-on-year over "
    "month-on-month . , ; ) and but for this last every each still"
)
_BEFORE_NOUN = listed(
    "a an the this that further slight small significant sharp marked steady strong big large "
    "clear welcome another continued no any good real recent overall general year-on-year "
    "notable noticeable modest considerable substantial disappointing great of point points % "
    "percent first seen shown month-on-month sustained gradual continuing second third fourth "
    "fifth sixth huge encouraging slow rapid in-month little marginal some"
)
_OBJECT_ENDS = STOPS | listed(", and by from to on since for in at through with")
_AFTER_SAME = listed("since for throughout all now again in at")
_MORE = listed("more fewer less greater larger smaller bigger")
_RATIOS = listed("proportion share percentage rate")
_TRENDS = listed("trend trajectory direction path picture curve pattern movement line")
_ENDED = listed("reversed ended halted stopped slowed stalled paused interrupted")
_STILL_SAID = listed("did does has failed continues continued began not")


def move(sentence: Sentence, at: int, movement: Movement, own: Counted) -> Claim | None:
    """Return the claim of a word for a way; None where it makes none of the figure."""
    said = _said(sentence, at, movement, own)
    if said is None or not moods.is_fact(sentence, at, clauses.clause(sentence, at)):
        return None
    found = compared(sentence, at, movement.way, replace(said, first=min(said.first, at)))
    if movement.form is Form.NOUN:
        found = _counted_off(sentence, at, found)
    size = next((one for one in sentence.numbers if one.after == at and one.change), None)
    trend = sentence.word(at + 1) in _TRENDS or sentence.word(at) in ("upward", "downward")
    return replace(found, size=size, trend=trend and found.base is None)


def _counted_off(sentence: Sentence, at: int, claim: Claim) -> Claim:
    """Return the claim of 'the first rise for a year' and 'a third rise in a row'.

    The first of its kind compares with last month; the third in a row says so of three months.
    """
    before = sentence.word(at - 1)
    if before == "first":
        return replace(claim, base=None, each=False)
    in_turn = any(sentence.words(at + 1, at + 1 + len(turn)) == turn for turn in IN_TURN)
    if in_turn and before in ORDINALS:
        return replace(claim, running=ORDINALS[before])
    return claim


def object_of(sentence: Sentence, first: int, own: Counted) -> Said | None:
    """Return what is moved, in the words from `first` on; None where it is not the figure."""
    after = first
    while after < min(len(sentence.tokens), first + 6) and sentence.word(after) not in _OBJECT_ENDS:
        after += 1
    thing = clauses.of_words(sentence, first, after, own)
    return None if thing.subject is Subject.OTHER else thing


def _said(sentence: Sentence, at: int, movement: Movement, own: Counted) -> Said | None:
    """Return what a word for a way is said of; None where it says no way here."""
    match movement.form:
        case Form.NOUN:
            return _noun(sentence, at, own)
        case Form.ADJECTIVE:
            return _adjective(sentence, at, own)
        case _:
            return _verb(sentence, at, movement.form, own)


def _verb(sentence: Sentence, at: int, form: Form, own: Counted) -> Said | None:
    if form is Form.PRESENT and not _is_said_now(sentence, at):
        return None
    if form is Form.GOING_ON:
        if sentence.word(at + 1) in _TRENDS:
            return _trend(sentence, at, own)
        if not _is_going_on(sentence, at):
            return None
    if _has_object(sentence, at):
        return object_of(sentence, at + 1, own)
    return clauses.said_of(sentence, at, own)


def _is_going_on(sentence: Sentence, at: int) -> bool:
    """Return whether it is going on: 'is falling', 'of rising numbers', 'falling by 3 points'.

    'Improving timeliness is our priority' says only what somebody wants.
    """
    before, behind = sentence.word(at - 1), sentence.word(at + 1)
    if before in _BE | {"to", "an"} or (before in ("of", "with") and _has_object(sentence, at)):
        return True
    if behind in ("by", "to", "from") and at + 2 in sentence.figured:
        return True
    return behind in ("since", "on") and at + 2 in sentence.timed


def _is_said_now(sentence: Sentence, at: int) -> bool:
    """Return whether a present form says what happened: 'did not fall', 'falls to 78.1%'.

    Otherwise it says what tends to happen: 'it rises every autumn'.
    """
    if sentence.word(at + 1) in ("to", "by", "from") and at + 2 in sentence.figured:
        return True
    if sentence.said(at - 3, at) & {"seen", "saw", "see"}:  # 'we have seen performance slip'
        return True
    before = sentence.word(at - 1)
    return before == "didn't" or (
        before in ("not", "never", "to") and sentence.word(at - 2) in _STILL_SAID
    )


def _has_object(sentence: Sentence, at: int) -> bool:
    """Return whether a verb moves something: 'improved our recording', 'increased demand'."""
    if at + 1 >= len(sentence.tokens) or at + 1 in sentence.figured:
        return False
    if any(one.first == at + 1 for one in sentence.times):
        return False
    word = sentence.word(at + 1)
    return word not in _AFTER_VERB and not word.endswith("ly")


def _noun(sentence: Sentence, at: int, own: Counted) -> Said | None:
    """Read 'a rise', 'the fall in …', 'an improvement of 3.7 points on December'."""
    before, behind = sentence.word(at - 1), sentence.word(at + 1)
    led = before in _BEFORE_NOUN or at == 0 or {at - 1} & (sentence.timed | sentence.figured)
    if not led:
        return None
    in_turn = any(sentence.words(at + 1, at + 1 + len(turn)) == turn for turn in IN_TURN)
    if (
        not in_turn
        and behind in ("in", "of", "to")
        and at + 2 not in sentence.timed | sentence.figured
    ):
        return object_of(sentence, at + 2, own)
    if behind and behind not in _AFTER_NOUN:
        return None
    lead = clauses.clause(sentence, at)
    if before == "of":  # 'a month of improvement'
        return Said(Subject.FIGURE, lead)
    found = clauses.said_of(sentence, at, own)
    pointed = sentence.word(lead) in ("there", "this", "that", "it")
    if found.subject is Subject.OTHER and not pointed:
        return None
    return Said(Subject.FIGURE, lead, performance=found.performance)


def _trend(sentence: Sentence, at: int, own: Counted) -> Said | None:
    """Read 'the downward trend of the last six months has continued'."""
    if sentence.said(at + 2, at + 14) & _ENDED:
        return None
    of = sentence.word(at + 2) in ("in", "of")
    if of and not sentence.timed & {at + 3, at + 4}:
        return object_of(sentence, at + 3, own)
    return Said(Subject.FIGURE, clauses.clause(sentence, at))


def _adjective(sentence: Sentence, at: int, own: Counted) -> Said | None:
    """Read 'up', 'the same', 'fewer … than', 'higher than', 'better'."""
    word, before, behind = sentence.word(at), sentence.word(at - 1), sentence.word(at + 1)
    if word in _MORE:
        return _more(sentence, at, own)
    if word == "same":
        return clauses.said_of(sentence, at, own) if _is_same(sentence, at) else None
    if behind in _TRENDS:
        return _trend(sentence, at, own)
    if behind in _RATIOS or behind == "number":
        return _more(sentence, at, own)
    if word == "level" and behind != "with":
        return None
    if word in ("similar", "consistent") and behind not in ("to", "with"):
        return None
    if behind == "is":  # 'lower is better'
        return None
    if before == "is" and sentence.word(at - 2) in _MORE | {"lower", "higher"}:
        return None
    compared_with = behind == "than" and _than(sentence, at) is not None
    if not compared_with and not _is_predicate(sentence, at):
        return None
    if word in ("up", "down"):
        return clauses.said_of(sentence, at, own) if _is_up(sentence, at) else None
    if behind and behind not in _AFTER and at + 1 not in sentence.timed:
        return None
    if word in ("better", "worse") and behind == "for":
        return None
    return clauses.said_of(sentence, at, own)


def _is_predicate(sentence: Sentence, at: int) -> bool:
    """Return whether a word says something of a subject, and does not only describe a noun."""
    if at == 0 or sentence.tokens[at - 1].mark is Mark.SIGN:
        return True
    before = sentence.word(at - 1)
    return (
        before in _BE
        or before.endswith("ly")
        or at - 1 in sentence.timed
        or at - 1 in sentence.figured
    )


def _is_up(sentence: Sentence, at: int) -> bool:
    """Return whether 'up' and 'down' say a way: not in 'up to date', 'down to staffing'."""
    behind = sentence.word(at + 1)
    if behind == "to":
        return at + 2 in sentence.figured
    return not behind or behind in _AFTER_UP or at + 1 in sentence.figured | sentence.timed


def _is_same(sentence: Sentence, at: int) -> bool:
    """Return whether 'the same' is as before: not the same worker, nor the same as elsewhere."""
    behind = sentence.word(at + 1)
    if behind == "as":
        named = (*sentence.times, *sentence.places)
        return any(at + 1 < one.first <= at + 5 for one in named)
    return (
        behind in ("", ".", ",", ";", ")")
        or behind in _AFTER_SAME
        or behind
        in (
            "figure",
            "rate",
            "level",
            "number",
            "share",
            "value",
        )
    )


def _more(sentence: Sentence, at: int, own: Counted) -> Said | None:
    """Read 'fewer children than a year ago', '11 more than in January'."""
    than = _than(sentence, at)
    if than is None:
        return None
    things = sentence.words(at + 1, than)
    if things[:1] and things[0] in _RATIOS and things[1:2] != ["of"]:
        return Said(Subject.FIGURE, at)
    if things:
        thing = clauses.of_words(sentence, at + 1, than, own)
        return None if thing.subject is Subject.OTHER else replace(thing, first=at)
    before = sentence.word(at - 1)
    if at - 1 in sentence.figured or before in ("were", "was", "are", "had", "have"):
        return replace(clauses.said_of(sentence, at, own), first=at)
    return None


def _than(sentence: Sentence, at: int) -> int | None:
    """Return where 'than' stands, if a time or a place follows it; None otherwise."""
    if sentence.words(at - 1, at + 2) == ["no", sentence.word(at), "than"]:
        return None
    for place in range(at + 1, min(len(sentence.tokens), at + 9)):
        word = sentence.word(place)
        if word in STOPS or word == ",":
            return None
        if word == "than":
            if place + 1 in sentence.figured - sentence.timed:
                return None
            named = (*sentence.times, *sentence.places)
            return place if any(place < one.first <= place + 6 for one in named) else None
    return None
