"""Clauses: what a word in a sentence is said of: the figure, a number of children, or neither."""

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
    "inched done far off out right left end start beginning doing performing perform performs "
    "performed achieve achieved represents represent fare fares fared scored rank ranks "
    "ranked"
)
_FIGURE = listed(
    "performance figure figures rate percentage proportion share timeliness compliance result "
    "results position indicator measure picture score value average trend trajectory outturn "
    "stability kpi percent % total mean direction use usage level levels uptake take-up "
    "coverage reliance"
)
_EVALUATIVE = listed("performance timeliness compliance stability picture position outturn we")
_PRONOUNS = listed("it this that we which")
_VERBS = listed(
    "is are was were has have had remains remain remained stays stayed stands stood stand "
    "continues continued continue"
)
_LEADING = listed("in at on of the a by for with from and also now still again however there")
_MEASURES = listed("time length duration wait age cost distance")
_US = listed("service services directorate department council authority borough")
_KNOWN = listed("looked reversed compare")
_WHEN = listed("in at during since on by over for from")
_BESIDE = listed("than with to above below against of from as")
_NUMBERS = listed("number numbers volume volumes count counts total population cohort activity")
_DOING = listed(
    "completed held seen visited placed done finished living live settled recorded supported "
    "supervised reviewed authorised signed-off checked assessed counted open timescale "
    "timescales time date limit days day miles mile target targets standard deadline home "
    "on-time in-time plan-led received made meeting timely prompt punctual successful valid "
    "current"
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
    said = sentence.timed | sentence.placed | sentence.figured
    if said & set(range(first, after)):
        return Said(Subject.FIGURE, at)
    return said_of(sentence, after, own) if after else Said(Subject.FIGURE, at)


def _subject(
    sentence: Sentence, first: int, after: int, own: Counted, *, borrowed: bool = False
) -> Said | None:
    """Return what is named between two tokens; None where nothing is.

    A clause that lends its subject to the next may say of it what it likes: 'we compare well with
    England and are …'. Words that nobody knows name something else, so that the check is silent
    where it does not understand.
    """
    span = set(range(first, after))
    if any(
        place.areas and place.first in span and not _is_beside(sentence, place.first)
        for place in sentence.places
    ):
        return Said(Subject.OTHER, first)  # 'England fell'
    passed = sentence.timed | sentence.placed | sentence.figured
    said = [
        token.word
        for at, token in enumerate(sentence.tokens[first:after], start=first)
        if at not in passed and token.mark is Mark.WORD
    ]
    late = borrowed and bool(set(said) & LATE)  # 'eleven plans had a late review, up from five'
    said = [*_before_verb(said), *(["late"] if late else [])]
    content = [word for word in said if word not in _FUNCTION and word not in MOVEMENTS]
    if set(said) & {"team", "teams"}:  # whose figures are another page's
        return Said(Subject.OTHER, first)
    if borrowed and said[:1] and said[0] in ("we", "it", "this"):
        return Said(Subject.FIGURE, first, performance=said[0] == "we")
    if content and set(content) <= _US:
        return Said(Subject.FIGURE, first, performance=True)
    strange = [word for word in content if not _is_known(word, own)]
    ratio = next((at for at, word in enumerate(said) if word in _FIGURE | _NUMBERS), None)
    if ratio is not None:
        return _measured(said, ratio, [] if borrowed else strange, first, own)
    if strange:
        return Said(Subject.OTHER, first)
    if content:
        return _counted(content, first, own)
    return _pronoun(sentence, first, said, named=bool(passed & span))


def _before_verb(said: list[str]) -> list[str]:
    """Return the words before the verb, where something stands before it: 'the rate is rated …'."""
    for at, word in enumerate(said):
        if at and word in _VERBS and any(one not in _LEADING for one in said[:at]):
            return said[:at]
    return said


def _pronoun(sentence: Sentence, first: int, said: list[str], *, named: bool) -> Said | None:
    """Return what 'we', 'it' or a time stands for; None where words only say when."""
    if set(said) & _PRONOUNS:
        return Said(Subject.FIGURE, first, performance="we" in said)
    if named:
        when = sentence.word(first) in _WHEN  # 'in October' is nobody's subject
        return None if when else Said(Subject.FIGURE, first)
    if set(said) & {"they", "i", "he", "she"}:
        return Said(Subject.OTHER, first)
    return None


def _measured(said: list[str], at: int, strange: list[str], first: int, own: Counted) -> Said:
    """Return what 'the share of …', 'the vacancy rate', 'the number of …' is of."""
    tail = said[at + 1 :]
    of = [word for word in tail[1:6] if word not in _FUNCTION] if tail[:1] == ["of"] else []
    follows = next((word for word in tail if word not in _FUNCTION), "")
    other = (
        (said[at] == "average" and tail[:1] != [] and tail[0] in _MEASURES)
        or set(said[max(0, at - 3) : at]) & set(strange)
        or (of and not any(_is_known(word, own) for word in of))
        or (not of and strange and (not follows or follows in strange))
    )
    if other:
        return Said(Subject.OTHER, first)
    if set(said) & LATE:
        return Said(Subject.LATE, first)
    if said[at] in _NUMBERS:
        return Said(Subject.NUMBER, first)
    return Said(Subject.FIGURE, first, performance=bool(set(said) & _EVALUATIVE))


def _counted(content: list[str], first: int, own: Counted) -> Said:
    """Return what a noun without a measure is: 'late assessments', 'conferences'."""
    if set(content) & LATE:
        return Said(Subject.LATE, first)
    if any(word in PEOPLE | RECORDS or own.counts(word) for word in content):
        return Said(Subject.NUMBER, first)
    return Said(Subject.FIGURE, first)


def _is_known(word: str, own: Counted) -> bool:
    if word in _FIGURE | _NUMBERS | _DOING | LATE | _KNOWN or word in MOVEMENTS:
        return True
    if own.counts(word):
        return True
    parts = word.split("-")
    return len(parts) > 1 and all(_is_known(part, own) or part in _FUNCTION for part in parts)


def _is_beside(sentence: Sentence, at: int) -> bool:
    """Return whether a place is one that is compared with: 'than England', 'above London'."""
    return bool(sentence.said(at - 3, at) & _BESIDE)
