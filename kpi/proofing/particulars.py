"""Particulars: what is said of one child or of a few, from which others would know them."""

from collections.abc import Iterator

from kpi.proofing.capitals import NATIONS
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import Mark, listed

FEW = listed("one two three four five 1 2 3 4 5 only single sole a an the this that both pair")
_CHILD = listed(
    "child children boy boys girl girls baby babies toddler teenager teenagers pupil pupils "
    "infant adolescent leaver leavers sibling siblings brother brothers sister sisters twin "
    "twins triplets person people student students mother father family families parent"
)
_ONE = listed(
    "child boy girl baby toddler teenager pupil infant adolescent leaver person mother father"
)
_SEXES = listed("girl girls boy boys male female trans transgender non-binary gay lesbian")
_HEALTH = listed(
    "autism autistic down's wheelchair palsy epilepsy epileptic deaf blind diabetic diabetes "
    "cancer leukaemia pregnant pregnancy hiv adhd self-harm self-harmed self-harming anorexia "
    "psychosis schizophrenia disabled cystic fibrosis tumour tracheostomy gastrostomy oxygen "
    "selective mutism tourette amputee sickle"
)
_STATUS = listed(
    "unaccompanied asylum asylum-seeking refugee adopted orphaned trafficked twins triplets "
    "surrogate stateless homeless"
)
_EVENTS = listed(
    "prison arson murder murdered stabbed stabbing shot shooting rape raped abused trafficked "
    "arrested charged convicted died death dead suicide overdose overdosed hospital custody "
    "imprisoned jailed deported kidnapped abducted drowned sectioned exploited knife gun fire "
    "burnt burned assault assaulted fgm mutilation forced honour-based bereaved excluded "
    "expelled county-lines cuckooed secure detained remanded tagged decay killed crash "
    "accident homicide terrorism radicalised"
)
_SCHOOLS = listed("primary school academy college nursery infants juniors secondary grammar")
_IN = listed("from in at near to of")
_GENERAL = listed("should may might can could would must will every any each if when")
_NOT_PLACES = listed(
    "ofsted council service services team teams nhs court care need children's early local "
    "department government mash cafcass camhs send ehcp parliament act guidance working "
    "safeguarding corporate assessment intervention leaving q1 q2 q3 q4 easter christmas year "
    "key stage"
)


def few(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield where one child or a few are told apart by two particulars or more.

    'The only' one of a kind is told apart by one.
    """
    for at, token in enumerate(sentence.tokens):
        if token.mark not in (Mark.WORD, Mark.NUMBER) or token.word not in FEW:
            continue
        child = _child(sentence, at)
        if child is None:
            continue
        kinds, last = _particulars(sentence, at)
        only = token.word in ("only", "sole", "single")
        definite = token.word in ("the", "this", "that")
        if definite and ("event" not in kinds or sentence.word(child) not in _ONE):
            continue
        general = token.word in ("a", "an") and (
            sentence.vocabulary & _GENERAL or not kinds & {"place", "school"}
        )
        if len(kinds) >= (1 if only else 2) and not general:
            yield at, max(last, child) + 1
            return


def _child(sentence: Sentence, at: int) -> int | None:
    """Return where a child is named of whom there are so few; None where something else is."""
    for place in range(at + 1, min(len(sentence.tokens), at + 8)):
        token = sentence.tokens[place]
        if token.word in _CHILD and not token.possessive:
            return place
        if token.word.endswith("year-old") or token.word.endswith("year-olds"):
            return place
        if token.text in ".,;:()" or token.word in (
            "of",
            "and",
            "late",
            "plan",
            "team",
            "was",
            "were",
        ):
            if token.word == "of" and sentence.word(place + 1) in ("our", "the", "these"):
                continue
            return None
    return None


def _particulars(sentence: Sentence, first: int) -> tuple[set[str], int]:
    """Return the kinds of particulars in a sentence, and where the last of them stands."""
    kinds: set[str] = set()
    several = sentence.word(first) not in ("a", "an")
    last = first
    for at in range(len(sentence.tokens)):
        kind = _kind(sentence, at, several=several)
        if kind:
            kinds.add(kind)
            last = max(last, at) if at - first < 14 else last
    return kinds, last


def _kind(sentence: Sentence, at: int, *, several: bool) -> str:
    token = sentence.tokens[at]
    word = token.word
    if token.mark is Mark.NUMBER or word in ("one", "two", "three", "four", "five", "six", "seven"):
        return "age" if _is_age(sentence, at, several=several) else ""
    if token.mark is not Mark.WORD:
        return ""
    if word.endswith(("-year-old", "-month-old", "-week-old")):
        return "age"
    if word in NATIONS and token.capital:
        return "nation"
    for name, words in (
        ("sex", _SEXES),
        ("health", _HEALTH),
        ("status", _STATUS),
        ("event", _EVENTS),
    ):
        if word in words:
            return name
    if token.capital and at and not _is_place_of_service(sentence, at):
        ahead = sentence.words(at, at + 4)
        capitals = [one.word for one in sentence.tokens[at : at + 4] if one.capital]
        if set(capitals[1:]) & _SCHOOLS and ahead:
            return "school"
        if (
            sentence.word(at - 1) in _IN
            and word not in _NOT_PLACES
            and len(word) > 2
            and (not token.text.isupper())
        ):
            return "place"
    return ""


def _is_age(sentence: Sentence, at: int, *, several: bool) -> bool:
    """Return whether a number is one child's age: 'aged 7', '19-year-old', '16 years old'."""
    behind = sentence.words(at + 1, at + 4)
    if sentence.word(at - 1) in ("aged", "age"):
        return several or behind[:1] not in (["to"], ["and"], ["-"], ["or"])
    joined = "-".join(behind[:3]).replace("--", "-")
    return joined.startswith(("-year-old", "year-old", "years-old", "year-olds", "months-old"))


def _is_place_of_service(sentence: Sentence, at: int) -> bool:
    return any(one.first <= at < one.after for one in (*sentence.places, *sentence.times))
