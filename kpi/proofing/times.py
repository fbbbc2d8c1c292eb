"""Times: every time that a sentence names, by name, by date or by how long ago it was."""

from datetime import date

from kpi import calendar
from kpi.proofing.dates import day, four_digits, named_month, year
from kpi.proofing.numerals import ORDINALS, numeral
from kpi.proofing.periods import PHRASES, Span, Time
from kpi.proofing.tokens import Line, listed

_SEASONS = {  # the first month, and how many
    "spring": (3, 3),
    "summer": (6, 3),
    "autumn": (9, 3),
    "winter": (12, 3),
    "christmas": (12, 1),
    "easter": (3, 2),
}
_QUARTERS = {"q1": 4, "q2": 7, "q3": 10, "q4": 1}
_UNITS = {"month": 1, "months": 1, "quarter": 3, "quarters": 3, "year": 12, "years": 12}
_LAST = listed("last past previous preceding")
IN_TURN = (["running"], ["in", "a", "row"], ["in", "succession"])
_THROUGH = (["to"], ["until"], ["-"], ["–"], ["—"], ["through"])
_LONGEST = max(map(len, PHRASES))
_FIRST_WORDS = {phrase[0] for phrase in PHRASES}
MOST_MONTHS = 60


def times(line: Line, month: date) -> list[Time]:
    """Return the times that a sentence names, in order, as an author means them in `month`."""
    found: list[Time] = []
    at = 0
    while at < len(line.tokens):
        time = _time(line, at, month)
        if time is None:
            at += 1
            continue
        found.append(time)
        at = time.after
    return _joined(line, found)


def _time(line: Line, at: int, month: date) -> Time | None:
    for reader in (day, named_month, _quarter, year, _ago, _lasting, _phrase, _season):
        time = reader(line, at, month)
        if time is not None:
            return time
    return None


def _window(first: date, last: date) -> tuple[date, ...]:
    return tuple(calendar.months_between(first, last))


def _one(at: int, after: int, month: date) -> Time:
    return Time(at, after, Span.MONTH, (month,), day=calendar.month_end(month))


def _quarter(line: Line, at: int, month: date) -> Time | None:
    """Read 'Q2', 'Q2 2024/25', 'Q2 of 2024/25'."""
    name, after = line.word(at), at + 1
    if name == "q" and after < len(line.tokens) and not line.tokens[after].spaced:
        name, after = name + line.word(after), after + 1
    if name not in _QUARTERS:
        return None
    first = date(month.year, _QUARTERS[name], 1)
    if first > month:
        first = first.replace(year=first.year - 1)
    of = after + (line.word(after) == "of")
    named = year(line, of, month) if of < len(line.tokens) else None
    if named:
        after = named.after
        first = first.replace(year=named.year - (_QUARTERS[name] > 1))
    return Time(at, after, Span.WINDOW, _window(first, calendar.add_months(first, 2)))


def _ago(line: Line, at: int, month: date) -> Time | None:
    """Read 'three months ago', 'two years earlier'."""
    number = numeral(line.tokens, at)
    if number is None or number.places or not 0 < number.value <= MOST_MONTHS:
        return None
    unit = line.word(number.after)
    if unit not in _UNITS or line.word(number.after + 1) not in ("ago", "earlier", "before"):
        return None
    then = calendar.add_months(month, -int(number.value) * _UNITS[unit])
    return _one(at, number.after + 2, then)


def _lasting(line: Line, at: int, month: date) -> Time | None:
    """Read 'the last six months', 'each of the past nine months', 'the second month running'."""
    first = at
    each = line.word(at) in ("each", "every")
    if line.word(at) in ("each", "all") and line.word(at + 1) == "of":
        at += 2
    at += line.word(at) in ("the", "these")
    last = line.word(at) in _LAST
    at += last
    if at >= len(line.tokens):
        return None
    number = numeral(line.tokens, at)
    if number and not number.places and 1 <= number.value <= MOST_MONTHS:
        length, after = int(number.value), number.after
    elif line.word(at) in ORDINALS and not last:
        length, after = ORDINALS[line.word(at)], at + 1
    else:
        return None
    in_turn = line.word(after) in ("consecutive", "successive", "straight")
    after += in_turn
    unit = _UNITS.get(line.word(after))
    if unit is None:
        return None
    after += 1
    for turn in IN_TURN:
        if line.words(after, after + len(turn)) == turn:
            in_turn, after = True, after + len(turn)
    if not (last or in_turn):
        return None
    begins = calendar.add_months(month, 1 - min(length * unit, MOST_MONTHS))
    return Time(first, after, Span.WINDOW, _window(begins, month), each=each or in_turn)


def _phrase(line: Line, at: int, month: date) -> Time | None:
    """Read 'last month', 'a year ago', 'the year to date'."""
    if line.word(at) not in _FIRST_WORDS:
        return None
    words = line.words(at, at + _LONGEST)
    for length in range(len(words), 0, -1):
        reach = PHRASES.get(tuple(words[:length]))
        if reach is None:
            continue
        bare = words[:length] in (["the", "year"], ["the", "month"])
        if bare and line.word(at - 1) != "on":
            return None  # 'up four points on the month'
        begins, ends = reach
        april = calendar.financial_year(month)
        first = april if begins == "april" else calendar.add_months(month, -int(begins))
        last = april if ends == -1 else calendar.add_months(month, -ends)
        if first == last:
            return _one(at, at + length, first)
        return Time(at, at + length, Span.WINDOW, _window(first, last))
    return None


def _season(line: Line, at: int, month: date) -> Time | None:
    """Read 'the summer', 'last spring', 'summer 2024', 'the summer of 2024'."""
    if line.word(at) not in _SEASONS or line.word(at + 1) in ("term", "holiday", "holidays"):
        return None
    number, length = _SEASONS[line.word(at)]
    first = date(month.year, number, 1)
    if first > month or (line.word(at - 1) == "last" and first == month):
        first = first.replace(year=first.year - 1)
    of = at + 1 + (line.word(at + 1) == "of")
    written = four_digits(line, of)
    if written:
        first = first.replace(year=written)
    after = of + 1 if written else at + 1
    months = _window(first, calendar.add_months(first, length - 1))
    return Time(at, after, Span.WINDOW, months, loose=True)


def _joined(line: Line, found: list[Time]) -> list[Time]:
    """Join 'April to November' and 'between April and November' into one time."""
    joined: list[Time] = []
    for time in found:
        before = joined[-1] if joined else None
        months = _through(line, before, time) if before else None
        if before and months:
            joined[-1] = Time(before.first, time.after, Span.WINDOW, months)
        else:
            joined.append(time)
    return joined


def _through(line: Line, before: Time, time: Time) -> tuple[date, ...] | None:
    """Return the months from one time to another, where a sentence joins them."""
    if not before.span is time.span is Span.MONTH:
        return None
    between = line.words(before.after, time.first)
    from_to = between in _THROUGH
    if not from_to and not (between == ["and"] and line.word(before.first - 1) == "between"):
        return None
    first, last = before.months[0], time.months[0]
    if first > last:  # 'from November to March': it began a year before
        first = first.replace(year=first.year - 1)
    months = (last.year - first.year) * 12 + last.month - first.month
    return _window(first, last) if 0 < months < MOST_MONTHS else None
