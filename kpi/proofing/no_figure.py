"""What is no figure at all, though it is written with a number.

Times of day, ages, durations and distances, money, sections of Acts, the numbers of teams, rooms,
houses, years at school and plans, codes and lists: none of them claims anything of the indicator.
"""

from decimal import Decimal

from kpi.proofing.counted import PEOPLE, RECORDS, STAFF
from kpi.proofing.figure import LENGTHS, PER_CENT, POINT, STREETS, Passage
from kpi.proofing.numerals import Numeral, numeral
from kpi.proofing.tokens import Mark, listed

# A number after one of these is a name.
_LABELS = listed(
    "team teams section sections s ss reg regulation regulations schedule article act day "
    "days year years week phase stage step level tier band grade part paragraph para item "
    "action actions priority objective strand recommendation standard standards appendix "
    "annex page room unit version flat form chapter no key ks group cohort class wave series "
    "window block floor suite ward clause rule table row point criterion domain outcome "
    "together encompass covid covid-19 rag m a b route bus radio channel age aged ages area "
    "zone ref reference id ticket nhs upn lcs iso sprint module question theme q tranche "
    "option gateway milestone workstream project"
)
_SHORT_LABELS = listed("s ss no reg para art sch")
_RETURNS = listed("return guide returns form act census collection")
_CLOCK = listed("am pm a.m p.m noon midnight o'clock")
_AT = listed("at from until by to before after the")
_MONEY = frozenset("£€$#")
_AMOUNTS = listed("million m k bn pounds")
_OF_LENGTHS = listed(
    "working calendar school full more further consecutive successive additional extra "
    "statutory clear whole long straight of the - – ‑"
)
_JOINTS = listed(", and to or - –")
_AGED = listed("aged age ages turned turning turn")
_STANDING = listed("is are was were stood stands stand remains remained level figure total")
_EXPLAINING = listed("over under above below of to possible or between and range – -")
_WENT = listed("rose fell up down increased fallen risen dropped improved decreased")
_OLDER = listed("under over above below")
_OF_AGE = listed("those children people child are anyone")
OLDEST = 25


def after_no_figure(passage: Passage, found: Numeral) -> int:
    """Return where to read on after a number that is no figure; 0 where it may be one."""
    if not found.in_words:
        after = _written(passage, found)
        if after:
            return after
    unit = passage.word(found.after)
    if _is_label(passage, found.first) and unit not in PER_CENT | POINT:
        return _listed(passage, found.after)
    return _length(passage, found) or _age(passage, found) or _mark(passage, found)


def glued(passage: Passage, after: int) -> int:
    """Return what comes after letters that stand to digits without a space: 2nd, 8am, 16s."""
    if after < len(passage.tokens):
        token = passage.tokens[after]
        joined = not token.spaced and token.mark is Mark.WORD
        if joined and token.word not in POINT | PER_CENT:
            return after + 1
    return after


def _written(passage: Passage, found: Numeral) -> int:
    """Return what comes after digits that are part of a code, a time, money, or a list's number."""
    first, after = found.first, found.after
    token, behind = passage.tokens[first], passage.word(after)
    if glued(passage, after) > after:
        return glued(passage, after)
    if first and not token.spaced and passage.tokens[first - 1].mark is Mark.WORD:
        return after  # s47, M25
    if token.text[0] == "0" and len(token.text) > 1 and token.text[1] not in ".,":
        return after  # a code, a telephone number
    if passage.word(first - 1) in _MONEY:
        return after
    if behind in _AMOUNTS and passage.word(after + 1) != "%":
        return after + 1
    if behind == "/" and not passage.tokens[after].spaced:
        counted = passage.word(after + 2) in PEOPLE | RECORDS
        pair = counted or (passage.word(first - 1) == "(" and passage.word(after + 2) == ")")
        return 0 if pair else after + 2  # '(257/272)', but 24/7 and 9/10
    if behind == ":" and passage.word(after + 1).isdigit():
        return after + 2
    if first == 0 and behind in (".", ")") and len(token.text) <= 2:
        return after + 1  # the number of a list
    if _is_clock(passage, found) or _is_code(passage, found) or _is_house(passage, found):
        return after
    return 0


def _is_clock(passage: Passage, found: Numeral) -> bool:
    """Return whether a number is a time of day: '8am', '9.15 each morning', '9 to 5'."""
    before, behind = passage.word(found.first - 1), passage.word(found.after)
    if behind in _CLOCK:
        return True
    # A range goes up, and the hours of a day come round.
    if behind in ("to", "-", "–") and found.after + 1 < len(passage.tokens):
        until = numeral(passage.tokens, found.after + 1)
        if until and until.value < found.value <= 12 and not until.places:
            return not _is_measured(passage, until.after)
    if before in ("to", "-", "–") and found.first >= 2:
        since = passage.tokens[found.first - 2]
        if since.mark is Mark.NUMBER and since.text.isdigit() and len(since.text) <= 2:
            return int(since.text) > found.value and not _is_measured(passage, found.after)
    minutes = found.value % 1
    hour = found.places == 2 and found.value < 24 and minutes < Decimal("0.6")
    return before in _AT and hour and not _is_measured(passage, found.after)


def _is_measured(passage: Passage, after: int) -> bool:
    """Return whether a unit, or a thing that is counted, follows."""
    return passage.word(after) in PER_CENT | POINT | PEOPLE | RECORDS


def _is_code(passage: Passage, found: Numeral) -> bool:
    """Return whether a number is that of a return or of a case: 'the 903 guide'."""
    if found.value == 903 or (found.value >= 100 and passage.word(found.after) in _RETURNS):
        return True
    text = passage.tokens[found.first].text
    return passage.word(found.first - 1) in ("case", "number") and text.isdigit() and len(text) > 3


def _is_house(passage: Passage, found: Numeral) -> bool:
    """Return whether it is the number of a house: '14 Acacia Avenue'."""
    street = passage.tokens[found.after : found.after + 4]
    return any(
        token.word in STREETS and all(one.capital for one in street[: place + 1])
        for place, token in enumerate(street)
        if place
    )


def _is_label(passage: Passage, first: int) -> bool:
    word = passage.word(first - 1)
    return word in _LABELS or (word == "." and passage.word(first - 2) in _SHORT_LABELS)


def _listed(passage: Passage, after: int) -> int:
    """Return what comes after a list of names: 'sections 17, 20 and 47', 'days 41 to 45'."""
    while passage.word(after) in _JOINTS and after + 1 < len(passage.tokens):
        number = numeral(passage.tokens, after + 1)
        if number is None or _is_measured(passage, number.after):
            break
        after = number.after
    return after


def _length(passage: Passage, found: Numeral) -> int:
    """Return what comes after a duration, a distance or a limit: '45 working days', 'two weeks'."""
    after = found.after
    while passage.word(after) in _JOINTS - {","} and after + 1 < len(passage.tokens):
        number = numeral(passage.tokens, after + 1)
        if number is None:
            break
        after = number.after
    for place in range(after, after + 4):
        word = passage.word(place)
        if word in ("day", "days") and passage.own.days:
            return 0
        if word in LENGTHS or word.split("-")[0] in LENGTHS:
            return place + 1
        if word not in _OF_LENGTHS:
            break
    if _is_pace(passage, found):
        return found.after
    unit = passage.word(found.after)
    if passage.own.is_length(int(found.value), unit) and unit not in PEOPLE | RECORDS:
        return found.after + 1
    if unit == "times" or (found.in_words and passage.own.is_unit(unit)):
        return found.after + 1
    or_more = passage.words(found.after, found.after + 2)
    return found.after + 2 if or_more in (["or", "more"], ["or", "fewer"], ["or", "less"]) else 0


def _is_pace(passage: Passage, found: Numeral) -> bool:
    """Return whether it is said how often something is done: 'two plans a week', 'ten a day'."""
    at = found.after
    while at < found.after + 3 and passage.word(at) in PEOPLE | RECORDS | STAFF:
        at += 1
    every = passage.word(at) in ("a", "per", "each", "every", "an")
    ago = passage.word(at + 2) in ("ago", "earlier", "before")
    return every and passage.word(at + 1) in LENGTHS and not ago


def _mark(passage: Passage, found: Numeral) -> int:
    """Return what comes after a number that explains the measure: 'out of 40', '14 to 16'.

    Only where the definition has it, and where nothing is said to go from there to here.
    """
    if int(found.value) not in passage.own.marks or found.places or found.in_words:
        return 0
    if _is_measured(passage, found.after) or passage.said(0, len(passage.tokens)) & _WENT:
        return 0
    before, behind = passage.word(found.first - 1), passage.word(found.after)
    if "from" in passage.words(found.first - 3, found.first):
        return 0
    explains = before in _EXPLAINING or behind in ("to", "–", "-")
    return found.after if explains else 0


def _age(passage: Passage, found: Numeral) -> int:
    """Return what comes after an age: 'aged 16 and 17', 'under 5', '19 to 21 year olds'."""
    behind = passage.word(found.after)
    if found.value > OLDEST or found.places or behind in PER_CENT | POINT:
        return 0
    before, earlier = passage.word(found.first - 1), passage.word(found.first - 2)
    if before in _AGED:
        return _listed(passage, found.after)
    bare = not _is_measured(passage, found.after) and behind not in ("of", "in", "out")
    if (
        before in _OLDER
        and bare
        and (earlier in _OF_AGE or passage.said(0, found.first) & {"aged", "age", "ages"})
    ):
        return found.after
    if behind in _JOINTS - {","} and found.after + 1 < len(passage.tokens):
        number = numeral(passage.tokens, found.after + 1)
        if number and passage.word(number.after).startswith("year"):
            return number.after
    return _bare_age(passage, found)


def _bare_age(passage: Passage, found: Numeral) -> int:
    """Return what comes after 'a child of 8', 'at 25, a young person', 'at 13 or 14'.

    Only beside shares, whose values have a sign: a mean may well stand at 14.
    """
    before, earlier = passage.word(found.first - 1), passage.word(found.first - 2)
    if not passage.own.share or _is_measured(passage, found.after):
        return 0
    if before == "of" and earlier in PEOPLE:
        return _listed(passage, found.after)
    if before == "at" and earlier not in _STANDING:
        return _listed(passage, found.after)
    return 0
