"""Clauses: what a word in a sentence is said of, and whether it is said as a fact at all."""

from dataclasses import dataclass
from enum import Enum

from kpi.proofing.counted import PEOPLE, RECORDS, Counted
from kpi.proofing.movements import MOVEMENTS
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import Mark, listed


class Subject(Enum):
    """What something is said of."""

    FIGURE = "the indicator's value"
    NUMBER = "the number of what it counts"
    LATE = "the number of those that should not be"
    OTHER = "something else"


@dataclass(frozen=True)
class Said:
    """What a word is said of, and of which part of the sentence that was read."""

    subject: Subject
    first: int  # where the clause begins
    performance: bool = False  # named by a word for how well it goes, not for its size


BOUNDS = listed(
    ", ; : ( ) [ ] – — but while whilst whereas although though because so as when where and "
    "then or which who that if unless until despite after before"
)
_RELATIVE = listed("which that who")
_FUNCTION = listed(
    "the a an our its their this these that those it we i they has have had having is was are "
    "were be been being am do does did done also now still again then there here of in at on "
    "for to from by with within without across over under during since up down just only even "
    "very much far more less most slightly significantly sharply markedly steadily slowly "
    "gradually further clearly noticeably considerably substantially broadly largely mainly "
    "overall generally recently currently continues continued continue remains remained "
    "remain stays stayed stay started began begun managed shown showed shows seen saw sees "
    "see not no never nor neither all both each every any some other well quite rather once "
    "already indeed however therefore meanwhile sadly unfortunately disappointingly "
    "encouragingly pleasingly too so than as and but or if month months year years week weeks "
    "day days quarter quarters time about around approximately nearly almost not-yet held "
    "kept hold keep gone went go goes going come came coming moved got getting become became "
    "made make makes little bit lot good positive welcome clear strong small slight sharp "
    "marked big large real further another first second third last previous past next latest "
    "new running row consecutive actually has-been against compared comparison per cent "
    "percent % points point percentage-points pp one two three four five six seven eight nine "
    "ten standing stands stood stand sits sat sitting back low lower high higher itself who "
    "which what between after before because while when where there's it's we've we're hasn't "
    "haven't hadn't isn't aren't wasn't weren't didn't doesn't don't particularly especially "
    "notably consistently constantly dramatically rapidly quickly modestly narrowly "
    "marginally somewhat fractionally barely hardly yet ever likewise similarly crept edged "
    "inched done far off out right left end start beginning doing performing"
)
_FIGURE = listed(
    "performance figure figures rate percentage proportion share timeliness compliance result "
    "results position indicator measure picture score value average trend trajectory outturn "
    "stability kpi percent % total mean trend trajectory direction picture"
)
_EVALUATIVE = listed("performance timeliness compliance stability picture position outturn we")
_PRONOUNS = listed("it this that we which")
_US = listed("service services directorate department council authority borough")
_NUMBERS = listed("number numbers volume volumes count counts total population cohort activity")
_DOING = listed(
    "completed held seen visited placed done finished living live settled recorded supported "
    "supervised reviewed authorised signed-off checked assessed counted open timescale "
    "timescales time date limit days day miles mile target targets standard deadline home "
    "on-time in-time plan-led received made meeting"
)
LATE = listed("late overdue missed outstanding delayed breached breaching inquorate unseen waiting")


def clause(sentence: Sentence, at: int) -> int:
    """Return where the clause begins in which a token stands."""
    first = at
    while first > 0 and (
        sentence.word(first - 1) not in BOUNDS
        or sentence.words(first - 2, first) == ["looked", "after"]
    ):
        first -= 1
    return first


def said_of(sentence: Sentence, at: int, own: Counted) -> Said:
    """Return what the word at a place is said of, by the words before it in its clause.

    A clause without a subject of its own has that of the clause before it. Where nothing is named
    at all, the figure is meant: 'Up two points on October.'
    """
    after = at
    for step in range(4):
        first = clause(sentence, after)
        found = _subject(sentence, first, after, own, borrowed=step > 0)
        if found is not None:
            return found
        if first == 0:
            break
        if sentence.word(first - 1) in _RELATIVE:
            return _antecedent(sentence, first - 1, own)
        after = first - 1
    return Said(Subject.FIGURE, 0)


def of_words(sentence: Sentence, first: int, after: int, own: Counted) -> Said:
    """Return what some words name: the figure, or something else where they name nothing of it."""
    return _subject(sentence, first, after, own) or Said(Subject.OTHER, first)


def _antecedent(sentence: Sentence, at: int, own: Counted) -> Said:
    """Return what 'which' goes back to: what stands directly before it."""
    after = at
    while after > 0 and sentence.tokens[after - 1].mark is Mark.SIGN:
        if sentence.word(after - 1) == "%":
            return Said(Subject.FIGURE, at)
        after -= 1
    first = max(0, after - 3)
    spans = sentence.timed | sentence.placed
    if any(first <= place < after for place in spans) or any(
        first <= one.first < after for one in sentence.numbers
    ):
        return Said(Subject.FIGURE, at)
    return said_of(sentence, after, own) if after else Said(Subject.FIGURE, at)


def _subject(
    sentence: Sentence, first: int, after: int, own: Counted, *, borrowed: bool = False
) -> Said | None:
    """Return what is named between two tokens; None where nothing is.

    A clause that lends its subject to the next may say of it what it likes: 'we compare well with
    England and are …'.
    """
    named, figures = sentence.timed | sentence.placed, sentence.figured
    words = [
        token
        for at, token in enumerate(sentence.tokens[first:after], start=first)
        if at not in named and at not in figures and token.mark is Mark.WORD
    ]
    said = [token.word for token in words]
    if any(
        place.areas
        and first <= place.first < after
        and not _after_preposition(sentence, place.first)
        for place in sentence.places
    ):
        return Said(Subject.OTHER, first)
    content = [word for word in said if word not in _FUNCTION and word not in MOVEMENTS]
    if said[:1] and said[0] in ("we", "it", "this") and borrowed:
        return Said(Subject.FIGURE, first, performance=said[0] == "we")
    if [word for word in content if word not in _US] == [] and content:
        return Said(Subject.FIGURE, first, performance=True)
    strange = [word for word in content if not _is_known(word, own)]
    mine = [word for word in content if word not in strange]
    ratio = next((at for at, word in enumerate(said) if word in _FIGURE | _NUMBERS), None)
    if ratio is not None:
        return _measured(said, ratio, [] if borrowed else strange, first, own)
    if strange:
        return Said(Subject.OTHER, first)
    if mine:
        return _counted(mine, first, own)
    if (
        set(said) & _PRONOUNS
        or named & set(range(first, after))
        or figures & set(range(first, after))
    ):
        if not _only_adverbial(sentence, first, after, said):
            return Said(Subject.FIGURE, first, performance="we" in said)
        return None
    if {"they", "i", "he", "she"} & set(said):
        return Said(Subject.OTHER, first)
    return None


def _only_adverbial(sentence: Sentence, first: int, after: int, said: list[str]) -> bool:
    """Return whether words only say when: 'in October'; then they are nobody's subject."""
    if set(said) & _PRONOUNS:
        return False
    return sentence.word(first) in (
        "in",
        "at",
        "during",
        "since",
        "on",
        "by",
        "over",
        "for",
        "from",
    )


def _measured(said: list[str], at: int, strange: list[str], first: int, own: Counted) -> Said:
    """Return what 'the share of …', 'the vacancy rate', 'the number of …' is of."""
    lead = [word for word in said[max(0, at - 3) : at] if word in strange]
    tail = said[at + 1 :]
    of = tail[1:6] if tail[:1] == ["of"] else []
    if lead:
        return Said(Subject.OTHER, first)
    if of and not any(_is_known(word, own) and word not in _FUNCTION for word in of):
        return Said(Subject.OTHER, first)
    follows = next((word for word in tail if word not in _FUNCTION), "")
    if not of and strange and not (follows and follows not in strange):
        return Said(Subject.OTHER, first)
    if set(said) & LATE:
        return Said(Subject.LATE, first)
    if said[at] in _NUMBERS:
        return Said(Subject.NUMBER, first)
    return Said(Subject.FIGURE, first, performance=bool(set(said) & _EVALUATIVE))


def _counted(mine: list[str], first: int, own: Counted) -> Said:
    if set(mine) & LATE:
        return Said(Subject.LATE, first)
    if set(mine) & (PEOPLE | RECORDS) or any(own.counts(word) for word in mine):
        return Said(Subject.NUMBER, first)
    return Said(Subject.FIGURE, first)


def _is_known(word: str, own: Counted) -> bool:
    if word in MOVEMENTS or word in ("looked", "population", "cohort", "reversed", "compare"):
        return True
    if word in _FIGURE or word in _NUMBERS or word in _DOING or word in LATE or own.counts(word):
        return True
    if "-" in word:
        return all(_is_known(part, own) or part in _FUNCTION for part in word.split("-"))
    return False


def _after_preposition(sentence: Sentence, at: int) -> bool:
    before = set(sentence.words(at - 3, at))
    return bool(before & {"than", "with", "to", "above", "below", "against", "of", "from", "as"})


# Whether it is said as a fact.

_HOPED = listed(
    "will would should could may might can cannot must shall won't hope hopes hoped expect "
    "expects expected expecting intend intends intended likely unlikely forecast forecasts "
    "anticipate anticipated anticipates ambition ambitious predicted predict wish whether if "
    "unless until risk risks fear ensure ensuring ought supposed potential potentially "
    "perhaps possibly soon"
)
_IS = listed("is are was were been us")
_HOPED_TO = listed(
    "aim aims aimed aiming plan plans planned want wants wanted need needs needed help trying "
    "try designed meant going working seeking looking"
)
_PLANNED = listed("planned expected forecast projected hoped anticipated")
_GENERAL = listed(
    "always usually typically historically normally often tends tend generally seasonal "
    "seasonally traditionally sometimes rarely seldom commonly whenever"
)
_REAL = listed("continue continues continued began begun started managed seems appears")


def is_fact(sentence: Sentence, at: int, first: int) -> bool:
    """Return whether a word says what is so, and not what is hoped, feared or usual."""
    if sentence.tokens[-1].text == "?":
        return False
    before = sentence.words(max(0, first - 1), at)
    verb = [word for word in before if not word.endswith("ly") and word not in ("also", "not")]
    if verb and verb[-1] == "to" and at:
        return len(verb) > 1 and verb[-2] in _REAL and not set(before) & {"will", "should"}
    if _hoped(sentence, first, at):
        return False
    for place in range(at + 1, min(len(sentence.tokens), at + 7)):
        if sentence.word(place) in _PLANNED and sentence.word(place - 1) not in ("than", "as"):
            return False
    return not sentence.vocabulary & _GENERAL


def _hoped(sentence: Sentence, first: int, at: int) -> bool:
    """Return whether a hope governs a word: in its clause, or in one that its clause joins."""
    end = at
    for _ in range(3):
        for place in range(first, end):
            word = "" if place in sentence.timed else sentence.word(place)
            ahead = sentence.words(place + 1, place + 3)
            if word in _HOPED or (
                word in _HOPED_TO
                and (ahead[:1] == ["to"] or (ahead[1:] == ["to"] and ahead[0] in _IS))
            ):
                return True
        joint = sentence.word(first - 1) if first else ""
        if joint in ("if", "unless", "until"):
            return True
        if joint not in ("that", "and", "or", "as", "so", "then"):
            return False
        end, first = first - 1, clause(sentence, first - 1)
    return False


def negation(sentence: Sentence, at: int, first: int) -> int | None:
    """Return where the word at a place is denied: 'not', 'no', 'never', 'failed to'."""
    for place in range(at - 1, max(first - 1, at - 6), -1):
        word = sentence.word(place)
        if word in ("not", "never", "neither", "nor", "without", "no", "cannot") or word.endswith(
            "n't"
        ):
            if sentence.word(place + 1) in ("only", "just"):
                return None
            return place
        if (
            word in ("failed", "fails", "failing", "yet", "unable")
            and sentence.word(place + 1) == "to"
        ):
            return place
        if sentence.tokens[place].mark is Mark.SIGN and word != "%":
            return None
    return None
