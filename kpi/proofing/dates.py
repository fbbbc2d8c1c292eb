"""Dates: the months, days and years that are written by name or in numbers.

A month without a year is the latest one of its name that is not after the narrative's own, and
after 'by', 'until' or 'next' the first one after it.
"""

from datetime import date

from kpi import calendar
from kpi.proofing.periods import Span, Time
from kpi.proofing.tokens import Line, Mark, listed

MONTHS = {f"{date(2000, month, 1):%B}".lower(): month for month in range(1, 13)}
_SHORT = {name[:3]: month for name, month in MONTHS.items()} | {"sept": 9}
_LEADS = ("mid-", "end-", "early-", "late-")
_DASHES = frozenset("-–—‑")
_APOSTROPHES = frozenset("'’-–")
_ORDINALS = listed("st nd rd th")
_JOINTS = _DASHES | listed("and to , & or")
_TO_COME = listed("by until till next")
_OF_A_MONTH = _ORDINALS | listed("the end of mid early late start beginning middle last day")
_ON = listed("on by until till from before after since")
_AFTER_MAY = listed("be have not also need")


def day(line: Line, at: int, month: date) -> Time | None:
    """Read '22 November 2024', '12 and 19 July', '22/11/2024' or '2024-11-22'."""
    if line.tokens[at].mark is not Mark.NUMBER:
        return None
    written = _written(line, at)
    if written:
        found, after = written
        return Time(at, after, Span.MONTH, (found.replace(day=1),), day=found)
    if not _is_day(line.word(at)):
        return None
    last, after = line.word(at), at + 1
    while after - at < 12:
        if line.word(after) in _ORDINALS:
            after += 1
        elif line.word(after) in _JOINTS and _is_day(line.word(after + 1)):
            last, after = line.word(after + 1), after + 2
        elif line.word(after) == "of" and _month(line, after + 1):
            after += 1
        else:
            break
    named = named_month(line, after, month) if after < len(line.tokens) else None
    if named is None:
        return None
    first = named.months[0]
    end = calendar.month_end(first)
    found = first.replace(day=min(int(last), end.day))
    return Time(at, named.after, Span.MONTH, (first,), day=found)


def named_month(line: Line, at: int, month: date) -> Time | None:
    """Read 'November', 'Nov 2024', 'last March', 'September last year'."""
    last = line.word(at) in ("last", "previous") and _month(line, at + 1) is not None
    number = _month(line, at + last)
    if number is None:
        return None
    year, after = _year_after(line, at + last + 1, month)
    if year:
        found = date(year, number, 1)
    else:
        found = date(month.year, number, 1)
        if found > month or (last and found == month):
            found = date(month.year - 1, number, 1)
        if found <= month and _is_to_come(line, at):
            found = date(found.year + 1, number, 1)
    return Time(at, after, Span.MONTH, (found,), day=calendar.month_end(found))


def year(line: Line, at: int, month: date) -> Time | None:
    """Read '2023/24', '2023-24' and the year 2024."""
    first = four_digits(line, at)
    if not first:
        return None
    joint, rest = line.word(at + 1), line.word(at + 2)
    joined = (joint == "/" or joint in _DASHES) and rest.isascii() and rest.isdigit()
    if joined and int(rest[-2:]) == (first + 1) % 100:
        return Time(at, at + 3, Span.YEAR, (), year=first + 1)
    return Time(at, at + 1, Span.YEAR, (), year=first)


def four_digits(line: Line, at: int) -> int:
    """Return the year that a token is; 0 where it is none."""
    text = line.word(at)
    years = len(text) == 4 and text.isascii() and text.isdigit() and 1980 <= int(text) <= 2060
    return int(text) if years else 0


def _year_after(line: Line, at: int, month: date) -> tuple[int, int]:
    """Return the year that follows a month, 0 where none does, and what comes after it."""
    if four_digits(line, at):
        return four_digits(line, at), at + 1
    apostrophe = line.word(at) in _APOSTROPHES
    short = _small(line.word(at + apostrophe))
    percent = line.word(at + apostrophe + 1) in ("%", "per", "percent")
    if 20 <= short <= (39 if apostrophe else 29) and not percent:
        return 2000 + short, at + apostrophe + 1
    for words, ago in ((["last", "year"], 1), (["of", "last", "year"], 1), (["this", "year"], 0)):
        if line.words(at, at + len(words)) == words:
            return month.year - ago, at + len(words)
    if _is_day(line.word(at)):  # 'November 5th', 'on November 5', 'November 5, 2024'
        after = at + 1 + (line.word(at + 1) in _ORDINALS)
        of = after + (line.word(after) == ",")
        if four_digits(line, of):
            return four_digits(line, of), of + 1
        # 'in November 15 were late' says how many.
        if after > at + 1 or line.word(at - 2) in _ON:
            return 0, after
    return 0, at


def _is_to_come(line: Line, first: int) -> bool:
    """Return whether a month is to come: 'by March', 'until the end of March', 'by 31 March'."""
    for at in range(first - 1, max(-1, first - 6), -1):
        if line.word(at) in _TO_COME:
            return True
        if line.word(at) not in _OF_A_MONTH and not _is_day(line.word(at)):
            return False
    return False


def _written(line: Line, at: int) -> tuple[date, int] | None:
    """Return the day that '22/11/2024', '22.11.24' or '2024-11-22' is, and what comes after it."""
    text = line.word(at)
    if text.count(".") == 2 and "," not in text:
        return _date(text.split("."), at + 1)
    if line.word(at + 1) == line.word(at + 3) and line.word(at + 1) in ("/", "-", "–"):
        return _date([line.word(at), line.word(at + 2), line.word(at + 4)], at + 5)
    return None


def _date(parts: list[str], after: int) -> tuple[date, int] | None:
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    first, month, last = parts
    number, written = (last, first) if len(first) == 4 else (first, last)
    try:
        return date(int(written) + 2000 * (len(written) == 2), int(month), int(number)), after
    except ValueError:
        return None


def _month(line: Line, at: int) -> int | None:
    """Return which month a token names: 'may' and 'march' only with a capital."""
    if at >= len(line.tokens) or line.tokens[at].mark is not Mark.WORD:
        return None
    token = line.tokens[at]
    lead = next((lead for lead in _LEADS if token.word.startswith(lead)), "")
    word = token.word.removeprefix(lead)
    if word in ("may", "march", "mar") and not token.text[len(lead) :][:1].isupper():
        return None
    if word == "may" and line.word(at + 1) in _AFTER_MAY:
        return None
    return MONTHS.get(word) or (_SHORT.get(word) if token.capital else None)


def _is_day(text: str) -> bool:
    return 1 <= _small(text) <= 31


def _small(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0
