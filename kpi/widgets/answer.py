"""Answering a promise: that it was done, or that it needs another day.

The buttons stand in tables of our own markup; a small script in the browser tells which was
pressed.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from kpi import markup, promises, words
from kpi.access import Right
from kpi.errors import KpiError
from kpi.promise_ledger import Promise
from kpi.promise_list import Line, PromiseList
from kpi.promises import Outcome
from kpi.widgets.focus import go_on
from kpi.widgets.front_door import View, store_of, view
from kpi.widgets.session import held, kept

SCRIPT = Path(__file__).with_suffix(".js")
ANSWERED = ".answered"
DONE, MOVED = "It was done", "It needs another day"

_listen = st.components.v2.component("answer", js=SCRIPT.read_text(encoding="utf-8"))


@dataclass
class _Answers:
    asked: int | None = None  # the promise that is to be answered
    said: str = ""  # what was written down, until it is shown
    refused: str = ""  # why nothing was, until it is shown
    waiting: list[int] = field(default_factory=list)  # the promises shown that have no answer yet
    tokens: dict[int, str] = field(default_factory=dict)  # new for each answer to a promise

    def named(self, one: Promise, part: str) -> str:
        """Return the session's name for a box of an answer: none is the next answer's."""
        return f"answer {part} {self.token(one)}"

    def token(self, one: Promise) -> str:
        """Return what is new for each answer, and the same when it is tried again."""
        return self.tokens.setdefault(one.id, uuid.uuid4().hex)


def answering(shown: PromiseList) -> None:
    """Draw what came of the last answer, and the next where one of those shown is asked for."""
    now, answers = view(), kept("promise answers", _Answers)
    _listen(key="answers", on_asked_change=partial(_ask, answers))
    said, answers.said = answers.said, ""
    st.html(f'<p class="answered" role="status" tabindex="-1">{markup.escape(said)}</p>')
    answers.waiting = [one.promise.id for one in shown.lines if one.promise.waits]
    wanted, answers.asked = answers.asked, None
    line = next((one for one in shown.lines if one.promise.id == wanted), None)
    if line and line.promise.waits and now.actor.may(Right.WRITE_NARRATIVE):
        _answer(now, answers, line, shown.day)


def _ask(answers: _Answers) -> None:
    answers.asked = held()["answers"].asked


@st.dialog("Answer a promise")
def _answer(now: View, answers: _Answers, line: Line, day: date) -> None:
    one, named = line.promise, partial(answers.named, line.promise)
    answers.asked = None
    if answers.said:
        st.rerun()  # the page behind it says what was written down
    st.html(markup.asked(line))
    moving = False
    if one.due >= day:
        moving = st.radio("What came of it?", (DONE, MOVED), key=named("came")) == MOVED
    else:
        st.html(
            f'<p class="line">{words.day(one.due)} is over, so it counts as missed unless it was '
            "done by then, and it can no longer be moved. Another day is promised in the next "
            "narrative.</p>"
        )
    if moving:
        st.date_input(
            "New date",
            key=named("due"),
            value=None,
            min_value=day,
            format="DD/MM/YYYY",
        )
        st.text_area("Why it needs another day", key=named("reason"), height="content")
        st.button("Move it", type="primary", on_click=_move, args=(now, answers, one))
    else:
        st.date_input(
            "Done on",
            key=named("on"),
            value=None if one.due < day else day,  # a mere note must not make a late one kept
            max_value=day,
            format="DD/MM/YYYY",
        )
        st.text_area("What was done", key=named("note"), height="content")
        st.button("Write it down", type="primary", on_click=_done, args=(now, answers, one))
    problem, answers.refused = answers.refused, ""
    if problem:
        st.html(markup.alert(problem))


def _done(now: View, answers: _Answers, one: Promise) -> None:
    on, note = _typed(answers, one, "on"), _typed(answers, one, "note") or ""
    if on is None:
        _refuse(answers, one, "Say on which day it was done.")
        return
    try:
        came = promises.done(
            store_of(now), now.actor, one.id, on=on, note=note, token=answers.token(one)
        )
    except KpiError as error:
        _refuse(answers, one, str(error))
        return
    late = words.count((on - one.due).days, "day")
    how = "kept" if came is Outcome.KEPT else f"missed, {late} late"
    _go_on(answers, one, f"Written down as {how}: {one.what}.")


def _move(now: View, answers: _Answers, one: Promise) -> None:
    due, reason = _typed(answers, one, "due"), _typed(answers, one, "reason") or ""
    if due is None:
        _refuse(answers, one, "Say to which day it is moved.")
        return
    try:
        promises.move(
            store_of(now), now.actor, one.id, due=due, reason=reason, token=answers.token(one)
        )
    except KpiError as error:
        _refuse(answers, one, str(error))
        return
    _go_on(answers, one, f"Moved to {words.day(due)}: {one.what}.")


def _go_on(answers: _Answers, one: Promise, said: str) -> None:
    """Say what was written down, and go on at the next promise that waits for an answer."""
    answers.said = said
    del answers.tokens[one.id]
    waiting = answers.waiting
    after = waiting[waiting.index(one.id) + 1 :] if one.id in waiting else []
    then = after or [other for other in waiting if other != one.id]
    go_on(f'button[data-promise="{then[0]}"]' if then else ANSWERED)


def _refuse(answers: _Answers, one: Promise, why: str) -> None:
    """Say why nothing was written down, where what was typed still stands."""
    answers.refused, answers.asked = why, one.id


def _typed(answers: _Answers, one: Promise, part: str) -> Any:
    return held().get(answers.named(one, part))
