"""Standings: the highest since April, above the target, below England, green."""

from dataclasses import dataclass, replace

from kpi.proofing import clauses, moods
from kpi.proofing.claim import STOPS, Claim, compared
from kpi.proofing.clauses import Subject
from kpi.proofing.counted import PEOPLE, RECORDS, Counted
from kpi.proofing.movements import Form, Movement, Way
from kpi.proofing.periods import Span, Time
from kpi.proofing.places import Named
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import listed
from kpi.proofing.ways import object_of

_ORDINALS = listed("second third fourth fifth next 2nd 3rd 4th 5th")
_BEFORE_EXTREME = listed("the our its their was is at were month's single")
_OF_EXTREME = listed(
    "figure figures month months number rate share level value performance result percentage "
    "total quarter proportion since for in this of on so ever it we yet point score average "
    "position timeliness . , ) monthly recorded single performing and"
)
_MOST = listed("most least greatest largest biggest smallest")
_RATIOS = listed("number rate level share proportion percentage")
_TARGET = listed("target targets goal ambition standard limit ceiling on-target off-target")
_FLOOR = listed("floor tolerance tolerances threshold")
_ENDS = STOPS | listed(", and or day days miles working to in")
_SIDES = listed("over short shy adrift under above below off")
_OUTDOING = {
    **dict.fromkeys(("outperform", "outperforms", "outperformed", "outperforming"), Way.BETTER),
    **dict.fromkeys(("lag", "lags", "lagged", "lagging", "trail", "trails", "trailing"), Way.WORSE),
}
_IS = listed(
    "is are was were be remains remained still now rated rag-rated turned as stays stayed "
    "currently again"
)
_AFTER_COLOUR = listed(". , ; against for in on with and but again now this because since ) at")


def extreme(sentence: Sentence, at: int, movement: Movement, own: Counted) -> Claim | None:
    """Read 'the highest since April', 'our best month', 'the most in any month'."""
    if at and sentence.word(at - 1) not in _BEFORE_EXTREME:
        return None
    if not _is_of_figure(sentence, at, own):
        return None
    first = clauses.clause(sentence, at)
    said = clauses.said_of(sentence, at, own)
    if said.subject is Subject.OTHER or not moods.is_fact(sentence, at, first):
        return None
    return compared(sentence, at, movement.way, said)


def _is_of_figure(sentence: Sentence, at: int, own: Counted) -> bool:
    """Return whether it is the figure that is highest, and not demand, or the standard of care."""
    word, behind = sentence.word(at), sentence.word(at + 1)
    if word in _MOST:
        return behind in ("in", "since", "for", "this", "we")
    counted = behind in PEOPLE | RECORDS or own.counts(behind)
    if behind and behind not in _OF_EXTREME and not counted and at + 1 not in sentence.timed:
        return False
    if behind in _RATIOS and sentence.word(at + 2) in ("of", "for"):
        return at + 4 in sentence.timed or object_of(sentence, at + 1, own) is not None
    return True


@dataclass(frozen=True)
class _Mark:
    """What a figure is said to stand above, below or at."""

    target: bool = False
    floor: bool = False
    place: Named | None = None
    time: Time | None = None


def standing(sentence: Sentence, at: int, movement: Movement, own: Counted) -> Claim | None:
    """Read 'above the target', 'we met it', 'below England', 'within tolerance'."""
    if sentence.word(at) in ("green", "amber", "red"):
        return _colour(sentence, at, movement.way, own)
    mark = _mark(sentence, at, movement)
    if mark is None or not _is_said(sentence, at, movement):
        return None
    way = movement.way
    if mark.floor and sentence.word(at) in ("within", "inside"):
        way = Way.CLOSE
    if way in (Way.MET, Way.MISSED, Way.CLOSE) and not (mark.target or mark.floor):
        return None
    said = clauses.said_of(sentence, at, own)
    if said.subject is Subject.OTHER and not _is_passive(sentence, at):
        return None
    denied = moods.negation(sentence, at, clauses.clause(sentence, at)) is not None
    if denied and "by" in sentence.words(at, at + 5):
        return None  # 'no longer off target by more than a point'
    found = compared(sentence, at, way, replace(said, subject=Subject.FIGURE))
    if mark.time:
        return replace(found, base=mark.time, when=None)
    return replace(found, target=mark.target, floor=mark.floor, other=mark.place)


def _is_said(sentence: Sentence, at: int, movement: Movement) -> bool:
    """Return whether a standing is said as a fact: 'have yet to meet', but not 'to meet'."""
    before = sentence.words(at - 2, at)
    denied = before[-1:] == ["to"] and before[:1] in (["yet"], ["failed"], ["fails"])
    if movement.form is Form.PRESENT and not denied:
        if before[-1:] == ["to"]:
            return False
        if not set(before) & {"not", "didn't", "did", "never", "we", "and"}:
            return False
    return denied or moods.is_fact(sentence, at, clauses.clause(sentence, at))


def _is_passive(sentence: Sentence, at: int) -> bool:
    """Return whether 'the target was missed' is how it is said."""
    return bool(sentence.said(at - 6, at) & _TARGET)


def _mark(sentence: Sentence, at: int, movement: Movement) -> _Mark | None:
    """Return what a figure is said to stand above, below or at: a target, a place, a month."""
    word = sentence.word(at)
    passive = movement.form is Form.PAST and _is_passive(sentence, at)
    if word in _TARGET or passive:
        return _Mark(target=True)
    ends = sentence.word(at + 1) in ("", ".", ",", ";", "and", "but")
    if word in _SIDES and ends and sentence.word(at - 1) in ("points", "point"):
        return _Mark(target=True)  # 'we are 5.8 points over'
    reach = 8 if word != "on" else 4
    if word == "on" and sentence.word(at + 1) not in ("target", "the", "our"):
        return None
    for place in range(at + 1, min(len(sentence.tokens), at + reach)):
        said = sentence.word(place)
        named = next((one for one in sentence.places if one.first == place), None)
        time = next((one for one in sentence.times if one.first == place), None)
        if said in _TARGET:
            return _Mark(target=True)
        if said in _FLOOR:
            return _Mark(floor=True)
        if named:
            return _Mark(place=named)
        if time and word in ("above", "below") and time.span is not Span.YEAR:
            return _Mark(time=time)
        if said == "where":  # 'below where it was in March'
            time = next((one for one in sentence.times if place < one.first <= place + 5), None)
            return _Mark(time=time) if time else None
        if said in _ENDS:
            return None
    return None


def outdone(sentence: Sentence, at: int, own: Counted) -> Claim | None:
    """Read 'we outperform England', 'we lag behind our neighbours'."""
    way = _OUTDOING.get(sentence.word(at))
    other = next((one for one in sentence.places if at < one.first <= at + 4), None)
    if way is None or other is None or sentence.word(at - 1) == "to":
        return None
    said = clauses.said_of(sentence, at, own)
    if said.subject is Subject.OTHER or not moods.is_fact(
        sentence, at, clauses.clause(sentence, at)
    ):
        return None
    return replace(compared(sentence, at, way, said), other=other)


def _colour(sentence: Sentence, at: int, way: Way, own: Counted) -> Claim | None:
    """Read 'the rate is green': packs print their ratings in colours."""
    behind = sentence.word(at + 1)
    if sentence.word(at - 1) not in _IS or (behind and behind not in _AFTER_COLOUR):
        return None
    if not moods.is_fact(sentence, at, clauses.clause(sentence, at)):
        return None
    return replace(compared(sentence, at, way, clauses.said_of(sentence, at, own)), target=True)
