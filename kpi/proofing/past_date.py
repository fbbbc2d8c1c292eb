"""Dates for recovery that have passed: entered, or promised in the text.

A promise is read as one where its sentence looks ahead ('will', 'we expect', 'is planned') and
speaks of the target or of getting back to it, or names its day with 'by'. A sentence that owns up
to a promise that was not kept is none.
"""

from collections.abc import Iterable
from datetime import date

from kpi import calendar, words
from kpi.narrative import Words
from kpi.proofing.dates import MONTHS
from kpi.proofing.known import Known
from kpi.proofing.periods import Span, Time
from kpi.proofing.remark import Kind, Remark
from kpi.proofing.sentence import Sentence
from kpi.proofing.tokens import Mark, listed

_AHEAD = listed(
    "will shall should expect expects expecting expected planned planning aim aims aiming "
    "intend intends hope hopes forecast projected anticipate anticipates anticipated due "
    "confident committed going 'll we'll it'll"
)
_RECOVERY = listed(
    "back recover recovers recovered recovery target targets restored return returned meet "
    "met reach reached achieve achieved hit improve improved cleared clear resolved compliant "
    "under below above over green caught catch percent % complete completed"
)
_PAST = listed("had was were")
_PAST_HOPE = listed("expected planned hoped due aimed intended forecast anticipated meant supposed")
_UNKEPT = listed("not didn't wasn't weren't missed slipped failed nor unmet")
_POINTS_TO = listed("by for on at in until before end than")
_NOT_TO = listed("since from after last previous during")


def check(
    prompt: str, text: str, sentences: Iterable[Sentence], known: Known, today: date
) -> list[Remark]:
    """Return a remark on every day of a text by which the figure was to be back, and is past."""
    found = []
    for sentence in sentences:
        for time in sentence.times:
            day = _promised(sentence, time, known)
            if day and _is_past(day, known, today):
                start, end = sentence.span(time.first, time.after)
                found.append(_remark(prompt, text[start:end], start, end, day))
    return found


def check_entered(written: Words, known: Known, today: date) -> list[Remark]:
    """Return a remark on a date for recovery, or for an action, that was entered and has passed."""
    found = []
    back = written.back_on_target_by
    if back and _is_past(back, known, today):
        found.append(_remark("actions", words.day(back), 0, 0, back))
    for action in written.actions:
        if action.due and action.due < today:
            found.append(_remark("actions", words.day(action.due), 0, 0, action.due))
    return found


def _remark(prompt: str, said: str, start: int, end: int, day: date) -> Remark:
    return Remark(
        kind=Kind.PAST_DATE,
        prompt=prompt,
        words=said,
        start=start,
        end=end,
        says=(
            f"{words.day(day)} has passed. Say whether it was kept, and give the date that is "
            "expected now."
        ),
    )


def _is_past(day: date, known: Known, today: date) -> bool:
    return day < today or day < calendar.month_end(known.month)


def _promised(sentence: Sentence, time: Time, known: Known) -> date | None:
    """Return the day by which a sentence promises something; None where it promises nothing."""
    day = _last_day(time)
    written = sentence.tokens[time.first : time.after]
    if day is None or not any(
        token.word in MONTHS or token.mark is Mark.NUMBER for token in written
    ):
        return None
    said = sentence.vocabulary
    if not said & _AHEAD or _is_owned_up(sentence, time):
        return None
    near = sentence.said(time.first - 4, time.first)
    if not near & _POINTS_TO or sentence.word(time.first - 1) in _NOT_TO:
        return None
    if not ("by" in near or said & _RECOVERY):
        return None
    return _nearest(sentence, time, known) if _is_bare(sentence, time) else day


def _last_day(time: Time) -> date | None:
    """Return the last day of a time that is named: of a month, a season or a year."""
    if time.day is not None:
        return time.day
    if time.span is Span.YEAR:
        financial = time.after - time.first > 1  # 2024/25
        return date(time.year, 3, 31) if financial else date(time.year, 12, 31)
    return calendar.month_end(time.months[-1]) if time.months else None


def _is_owned_up(sentence: Sentence, time: Time) -> bool:
    """Return whether a sentence says that what was promised did not come: 'we had expected …'."""
    for at in range(len(sentence.tokens)):
        ahead = set(sentence.words(at + 1, at + 4))
        if sentence.word(at) in _PAST and ahead & _PAST_HOPE:
            return True
    after = set(sentence.words(time.after, len(sentence.tokens)))
    return bool(after & _UNKEPT) or bool(after & {"was", "were"})


def _is_bare(sentence: Sentence, time: Time) -> bool:
    """Return whether a month stands without its year."""
    written = sentence.tokens[time.first : time.after]
    years = any(token.mark is Mark.NUMBER and len(token.text) == 4 for token in written)
    return not years and any(token.word in MONTHS for token in written)


def _nearest(sentence: Sentence, time: Time, known: Known) -> date | None:
    """Return the month just gone that a month without a year means: 'by October' in November."""
    for back in range(3):
        month = calendar.add_months(known.month, -back)
        if month.month == time.months[0].month:
            return calendar.month_end(month)
    return None
