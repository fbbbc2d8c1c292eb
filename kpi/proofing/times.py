"""Times: the months that a sentence names, by name, by date or by how long ago they were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kpi import calendar
from kpi.proofing.numerals import numeral
from kpi.proofing.periods import PHRASES
from kpi.proofing.tokens import Mark, Token, listed


class Span(Enum):
    """What part of time is meant."""

    MONTH = "one month"
    WINDOW = "several months, one after the other"
    YEAR = "a year of published figures"


@dataclass(frozen=True, slots=True)
class Time:
    """A time that is named, from its first token to before its last."""

    first: int
    after: int
    span: Span
    months: tuple[date, ...]  # oldest first; none of a published year
    year: int = 0  # in which a published year ends
    day: date | None = None  # where a day is named, or a month by name: its last
    each: bool = False  # every one of the months is meant, and not their sum
    loose: bool = False  # a season, a holiday: somewhere in it


MONTHS = {f"{date(2000, month, 1):%B}".lower(): month for month in range(1, 13)}
_SHORT = {name[:3]: month for name, month in MONTHS.items()} | {"sept": 9}
_SEASONS = {
    "spring": (3, 3),
    "summer": (6, 3),
    "autumn": (9, 3),
    "winter": (12, 3),
    "christmas": (12, 1),
    "easter": (3, 2),
}
_QUARTERS = {"q1": 4, "q2": 7, "q3": 10, "q4": 1}
_DASHES = frozenset("-–—‑")
_UNITS = {"month": 1, "months": 1, "quarter": 3, "quarters": 3, "year": 12, "years": 12}
_TO_COME = listed("by until till next")
_OF_A_MONTH = listed("the end of mid early late start beginning middle last day st nd rd th")
_LAST = listed("last past previous preceding")
_LONGEST = max(map(len, PHRASES))
_FIRST_WORDS = {phrase[0] for phrase in PHRASES}


def times(tokens: Sequence[Token], month: date) -> list[Time]:
    """Return the times that a sentence names, in order, as an author means them in `month`.

    A month without a year is the latest one of its name that is not after `month`, and after 'by',
    'until' or 'next' the first one after it.
    """
    found: list[Time] = []
    at = 0
    while at < len(tokens):
        time = _time(tokens, at, month)
        if time is None:
            at += 1
            continue
        found.append(time)
        at = time.after
    return _joined(tokens, found)


def _time(tokens: Sequence[Token], at: int, month: date) -> Time | None:
    for reader in (_day, _named, _quarter, _year, _ago, _lasting, _phrase, _season):
        time = reader(tokens, at, month)
        if time is not None:
            return time
    return None


def _day(tokens: Sequence[Token], at: int, month: date) -> Time | None:
    """Read '22 November 2024', '12 and 19 July', '22/11/2024' or '2024-11-22'."""
    token = tokens[at]
    if token.mark is not Mark.NUMBER:
        return None
    written = _written_date(tokens, at)
    if written:
        day, after = written
        return Time(at, after, Span.MONTH, (day.replace(day=1),), day=day)
    if not _day_number(token.text):
        return None
    after = at + 1
    while after < len(tokens) and after - at < 12:
        word = tokens[after].word
        if word in ("st", "nd", "rd", "th") and not tokens[after].spaced:
            after += 1
        elif (word in ("and", "to", ",", "&", "or") or word in _DASHES) and _day_number(
            _text(tokens, after + 1)
        ):
            after += 2
        elif word == "of" and _month_number(tokens, after + 1):
            after += 1
        else:
            break
    named = _named(tokens, after, month) if after < len(tokens) else None
    if named is None or named.span is not Span.MONTH:
        return None
    last = named.months[0]
    number = int(next(t.text for t in reversed(tokens[at:after]) if t.mark is Mark.NUMBER))
    end = calendar.month_end(last)
    return Time(
        at,
        named.after,
        Span.MONTH,
        (last,),
        day=min(end, last.replace(day=1).replace(day=min(number, end.day))),
    )


def _named(tokens: Sequence[Token], at: int, month: date) -> Time | None:
    """Read 'November', 'Nov 2024', 'last March', 'September last year', 'end of October'."""
    number = _month_number(tokens, at)
    first = at
    last = False
    if number is None and tokens[at].word in ("last", "previous") and at + 1 < len(tokens):
        number = _month_number(tokens, at + 1)
        last = number is not None
        at += 1
    if number is None:
        return None
    after = at + 1
    # 'November 24' and 'November 24th' may be days
    year = _year_number(tokens, after)
    if year:
        after += 2 if _text(tokens, after) in ("'", "’", "-", "–") else 1
    elif _words(tokens, after, 2) == ["last", "year"]:
        after += 2
        year = month.year - 1
    elif _words(tokens, after, 3) == ["of", "last", "year"]:
        after += 3
        year = month.year - 1
    elif _words(tokens, after, 2) == ["this", "year"]:
        after += 2
        year = month.year
    elif (
        after < len(tokens) and _day_number(tokens[after].text) and _text(tokens, after + 1) != "%"
    ):
        after += 1
        if _text(tokens, after) in ("st", "nd", "rd", "th"):
            after += 1
        if _year_number(tokens, after):
            year = _year_number(tokens, after)
            after += 1
    if year:
        named = date(year, number, 1)
    else:
        named = date(month.year, number, 1)
        if named > month or (last and named == month):
            named = date(month.year - 1, number, 1)
        if _comes(tokens, first):
            named = named if named > month else date(named.year + 1, number, 1)
    return Time(first, after, Span.MONTH, (named,), day=calendar.month_end(named))


def _comes(tokens: Sequence[Token], first: int) -> bool:
    """Return whether a month is to come: 'by March', 'until the end of March', 'by 31 March'."""
    at = first - 1
    while at >= 0 and first - at < 6:
        if tokens[at].word in _TO_COME:
            return True
        if tokens[at].word not in _OF_A_MONTH and not _day_number(tokens[at].text):
            return False
        at -= 1
    return False


def _quarter(tokens: Sequence[Token], at: int, month: date) -> Time | None:
    """Read 'Q2', 'Q2 2024/25'."""
    name = tokens[at].word
    after = at + 1
    if name == "q" and after < len(tokens) and not tokens[after].spaced:
        name += tokens[after].text
        after += 1
    if name not in _QUARTERS:
        return None
    first = date(month.year, _QUARTERS[name], 1)
    if first > month:
        first = first.replace(year=first.year - 1)
    ahead = 1 if _text(tokens, after) == "of" else 0
    year = _year(tokens, after + ahead, month) if after + ahead < len(tokens) else None
    if year:
        after = year.after
        first = date(year.year - (_QUARTERS[name] > 1), _QUARTERS[name], 1)
    months = calendar.months_between(first, calendar.add_months(first, 2))
    return Time(at, after, Span.WINDOW, tuple(months))


def _year(tokens: Sequence[Token], at: int, month: date) -> Time | None:
    """Read '2023/24', '2023-24' and the year 2024."""
    year = _four_digits(tokens, at)
    if not year:
        return None
    joint, rest = _text(tokens, at + 1), _text(tokens, at + 2)
    joined = joint == "/" or joint in _DASHES
    if joined and rest.isascii() and rest.isdigit() and int(rest[-2:]) == (year + 1) % 100:
        return Time(at, at + 3, Span.YEAR, (), year=year + 1)
    return Time(at, at + 1, Span.YEAR, (), year=year)


def _ago(tokens: Sequence[Token], at: int, month: date) -> Time | None:
    """Read 'three months ago', 'two years earlier'."""
    number = numeral(tokens, at)
    if number is None or number.places or not 0 < number.value <= 60:
        return None
    unit = _text(tokens, number.after)
    if unit not in _UNITS or _text(tokens, number.after + 1) not in ("ago", "earlier", "before"):
        return None
    then = calendar.add_months(month, -int(number.value) * _UNITS[unit])
    return Time(at, number.after + 2, Span.MONTH, (then,), day=calendar.month_end(then))


def _lasting(tokens: Sequence[Token], at: int, month: date) -> Time | None:
    """Read 'the last six months', 'each of the past nine months', 'two months running'."""
    first = at
    each = tokens[at].word in ("each", "every")
    if tokens[at].word in ("each", "all") and _text(tokens, at + 1) == "of":
        at += 2
    if _text(tokens, at) in ("the", "these"):
        at += 1
    last = _text(tokens, at) in _LAST
    at += last
    number = numeral(tokens, at) if at < len(tokens) else None
    if number is None or number.places or not 1 <= number.value <= 36:
        return None
    after = number.after
    in_turn = _text(tokens, after) in ("consecutive", "successive", "straight")
    after += in_turn
    unit = _text(tokens, after)
    if unit not in _UNITS:
        return None
    after += 1
    for turn in (["running"], ["in", "a", "row"], ["in", "succession"]):
        if _words(tokens, after, len(turn)) == turn:
            after += len(turn)
            in_turn = True
    if not (last or in_turn):
        return None
    length = min(int(number.value) * _UNITS[unit], 60)
    months = calendar.months_between(calendar.add_months(month, 1 - length), month)
    return Time(first, after, Span.WINDOW, tuple(months), each=each or in_turn)


def _phrase(tokens: Sequence[Token], at: int, month: date) -> Time | None:
    if tokens[at].word not in _FIRST_WORDS:
        return None
    words = _words(tokens, at, _LONGEST)
    for length in range(len(words), 0, -1):
        reach = PHRASES.get(tuple(words[:length]))
        if reach is None:
            continue
        if words[:length] in (["the", "year"], ["the", "month"]) and not (
            at and tokens[at - 1].word == "on"
        ):
            return None  # 'up four points on the month'
        begins, ends = reach
        april = calendar.financial_year(month)
        first = april if begins == "april" else calendar.add_months(month, -int(begins))
        last = april if ends == -1 else calendar.add_months(month, -ends)
        after = at + length
        if first == last:
            return Time(at, after, Span.MONTH, (first,), day=calendar.month_end(first))
        return Time(at, after, Span.WINDOW, tuple(calendar.months_between(first, last)))
    return None


def _season(tokens: Sequence[Token], at: int, month: date) -> Time | None:
    """Read 'the summer', 'last spring', 'summer 2024', 'the summer of 2024'."""
    if tokens[at].word not in _SEASONS or _text(tokens, at + 1) in ("term", "holiday", "holidays"):
        return None
    number, length = _SEASONS[tokens[at].word]
    first = date(month.year, number, 1)
    if first > month or (at and tokens[at - 1].word == "last" and first >= month):
        first = first.replace(year=first.year - 1)
    ahead = 1 if _text(tokens, at + 1) == "of" else 0
    year = _four_digits(tokens, at + 1 + ahead)
    after = at + 1
    if year:
        after += ahead + 1
        first = first.replace(year=year)
    months = calendar.months_between(first, calendar.add_months(first, length - 1))
    return Time(at, after, Span.WINDOW, tuple(months), loose=True)


def _joined(tokens: Sequence[Token], found: list[Time]) -> list[Time]:
    """Join 'April to November' and 'between April and November' into one time."""
    joined: list[Time] = []
    for time in found:
        before = joined[-1] if joined else None
        if before and before.span is time.span is Span.MONTH and time.first - before.after <= 2:
            between = [token.word for token in tokens[before.after : time.first]]
            lead = tokens[before.first - 1].word if before.first else ""
            ends = (before.months[0], time.months[0])
            through = between in (["to"], ["until"], ["-"], ["–"], ["—"], ["through"]) or (
                lead == "between" and between == ["and"]
            )
            if through and ends[0] > ends[1]:  # 'from November to March': it began a year before
                ends = (ends[0].replace(year=ends[0].year - 1), ends[1])
            if through and 0 < (ends[1] - ends[0]).days < 1500:
                months = tuple(calendar.months_between(*ends))
                joined[-1] = Time(before.first, time.after, Span.WINDOW, months)
                continue
        joined.append(time)
    return joined


def _written_date(tokens: Sequence[Token], at: int) -> tuple[date, int] | None:
    """Return the day that '22/11/2024', '22.11.24' or '2024-11-22' is, and what comes after it."""
    text = tokens[at].text
    if text.count(".") == 2 and "," not in text:
        day, month, year = text.split(".")
        return _date(year, month, day, at + 1)
    if at + 4 < len(tokens) and tokens[at + 1].text == tokens[at + 3].text in ("/", "-", "–"):
        parts = [tokens[at + step].text for step in (0, 2, 4)]
        if len(parts[0]) == 4:
            return _date(parts[0], parts[1], parts[2], at + 5)
        return _date(parts[2], parts[1], parts[0], at + 5)
    return None


def _date(year: str, month: str, day: str, after: int) -> tuple[date, int] | None:
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (year, month, day)):
        return None
    try:
        return date(int(year) + 2000 * (len(year) == 2), int(month), int(day)), after
    except ValueError:
        return None


def _month_number(tokens: Sequence[Token], at: int) -> int | None:
    """Return which month a token names: 'may' and 'march' only with a capital."""
    if at >= len(tokens) or tokens[at].mark is not Mark.WORD:
        return None
    word = tokens[at].word
    for lead in ("mid-", "end-", "early-", "late-"):
        word = word.removeprefix(lead)
    if word in ("may", "march", "mar") and not tokens[at].text.lstrip("midenlaryt-")[:1].isupper():
        return None
    if word == "may" and _text(tokens, at + 1) in ("be", "have", "not", "also", "need"):
        return None
    if word in MONTHS:
        return MONTHS[word]
    return _SHORT.get(word) if tokens[at].capital else None


def _year_number(tokens: Sequence[Token], at: int) -> int:
    """Return the year that follows a month: 2024, ’24 or -24; 0 where none does."""
    year = _four_digits(tokens, at)
    if year:
        return year
    if _text(tokens, at) in ("'", "’", "-", "–"):
        at += 1
    elif not (_text(tokens, at).isdigit() and 20 <= _small(_text(tokens, at)) <= 29):
        return 0
    short = _small(_text(tokens, at))
    follows = _text(tokens, at + 1)
    return 2000 + short if 20 <= short <= 39 and follows not in ("%", "per", "percent") else 0


def _four_digits(tokens: Sequence[Token], at: int) -> int:
    text = _text(tokens, at)
    if len(text) == 4 and text.isascii() and text.isdigit() and 1980 <= int(text) <= 2060:
        return int(text)
    return 0


def _day_number(text: str) -> bool:
    return 1 <= _small(text) <= 31


def _small(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _words(tokens: Sequence[Token], at: int, number: int) -> list[str]:
    return [token.word for token in tokens[at : at + number]]
