"""Moods: whether a word says what is so, and not what is hoped, feared, usual or denied."""

from kpi.proofing.clauses import clause
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import Mark, listed

_HOPED = listed(
    "will would should could may might can cannot must shall won't hope hopes hoped expect "
    "expects expected expecting intend intends intended likely unlikely forecast forecasts "
    "anticipate anticipated anticipates ambition ambitious predicted predict wish whether if "
    "unless until risk risks fear ensure ensuring ought supposed potential potentially "
    "perhaps possibly soon"
)
_IS = listed("is are was were been us")
_HOPED_TO = listed(
    "mean means seek seeks propose proposes committed able ready aim aims aimed aiming plan "
    "plans planned want wants wanted need needs needed help trying try designed meant going "
    "working seeking looking"
)
_PLANNED = listed("planned expected forecast projected hoped anticipated")
_GENERAL = listed(
    "always usually typically historically normally often tends tend generally seasonal "
    "seasonally traditionally sometimes rarely seldom commonly whenever"
)
_REAL = listed("continue continues continued began begun started managed seems appears")


_DENIALS = listed("not never neither nor without no cannot")
_FAILED = listed("failed fails failing yet unable")


def is_fact(sentence: Sentence, at: int, first: int) -> bool:
    """Return whether a word says what is so, and not what is hoped, feared or usual."""
    if sentence.tokens[-1].text == "?":
        return False
    before = sentence.words(max(0, first - 1), at)
    verb = [word for word in before if not word.endswith("ly") and word not in ("also", "not")]
    if verb and verb[-1] == "to":
        return verb[-2:-1] != [] and verb[-2] in _REAL and not set(before) & {"will", "should"}
    if _is_hoped(sentence, first, at) or _is_earlier(sentence, at):
        return False
    for place in range(at + 1, min(len(sentence.tokens), at + 7)):
        if sentence.word(place) in _PLANNED and sentence.word(place - 1) not in ("than", "as"):
            return False
    return not sentence.vocabulary & _GENERAL


def _is_earlier(sentence: Sentence, at: int) -> bool:
    """Return whether it was so before something else was: 'each month had been lower'."""
    before = [word for word in sentence.words(at - 4, at) if not word.endswith("ly")]
    if before[-2:] == ["had", "been"]:
        return True
    return before[-1:] == ["had"] and sentence.word(at) not in ("more", "fewer", "less")


def negation(sentence: Sentence, at: int, first: int) -> int | None:
    """Return where the word at a place is denied: 'not', 'no', 'never', 'failed to'."""
    for place in range(at - 1, max(first - 1, at - 6), -1):
        word, behind = sentence.word(place), sentence.word(place + 1)
        if word in _DENIALS or word.endswith("n't"):
            return None if behind in ("only", "just") else place
        if word in _FAILED and behind == "to":
            return place
        if sentence.tokens[place].mark is Mark.SIGN and word != "%":
            return None
    return None


def _is_hoped(sentence: Sentence, first: int, at: int) -> bool:
    """Return whether a hope governs a word: in its clause, or in one that its clause joins."""
    end = at
    for _ in range(3):
        if any(_hopes(sentence, place) for place in range(first, end)):
            return True
        joint = sentence.word(first - 1) if first else ""
        if joint not in ("that", "and", "or", "as", "so", "then"):
            return joint in ("if", "unless", "until")
        end, first = first - 1, clause(sentence, first - 1)
    return False


def _hopes(sentence: Sentence, at: int) -> bool:
    """Return whether a word looks ahead: 'will', 'we aim to'. May is a month where it is named."""
    word = sentence.word(at)
    if at in sentence.timed:
        return False
    if word in _HOPED:
        return True
    ahead, then = sentence.word(at + 1), sentence.word(at + 2)
    return word in _HOPED_TO and (ahead == "to" or (ahead in _IS and then == "to"))
