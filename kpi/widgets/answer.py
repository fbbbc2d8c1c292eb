"""Answering a promise: that it was done, or that it needs another day.

The buttons stand in tables of our own markup; a small script in the browser tells which was
pressed.
"""

import uuid
from datetime import date
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
from kpi.widgets.front_door import opened_store, view

SCRIPT = Path(__file__).with_suffix(".js")
ANSWERED = ".answered"
DONE, MOVED = "It was done", "It needs another day"

_listen = st.components.v2.component("answer", js=SCRIPT.read_text(encoding="utf-8"))


def answering(shown: PromiseList) -> None:
    """Draw what came of the last answer, and the next where one of those shown is asked for."""
    _listen(key="answers", on_asked_change=_ask)
    said = st.session_state.pop("answered", "")
    st.html(f'<p class="answered" role="status" tabindex="-1">{markup.escape(said)}</p>')
    st.session_state["answers wait"] = [one.promise.id for one in shown.lines if one.promise.waits]
    wanted = st.session_state.pop("answering", None)
    line = next((one for one in shown.lines if one.promise.id == wanted), None)
    if line and line.promise.waits and view().actor.may(Right.WRITE_NARRATIVE):
        _answer(line, shown.day)


def _ask() -> None:
    st.session_state["answering"] = st.session_state["answers"].asked


@st.dialog("Answer a promise")
def _answer(line: Line, day: date) -> None:
    one = line.promise
    st.session_state.pop("answering", None)
    if "answered" in st.session_state:
        st.rerun()  # the page behind it says what was written down
    st.html(markup.asked(line))
    moving = False
    if one.due >= day:
        moving = st.radio("What came of it?", (DONE, MOVED), key=_named(one, "came")) == MOVED
    else:
        st.html(
            f'<p class="line">{words.day(one.due)} is over, so it counts as missed unless it was '
            "done by then, and it can no longer be moved. Another day is promised in the next "
            "narrative.</p>"
        )
    if moving:
        st.date_input(
            "New date",
            key=_named(one, "due"),
            value=None,
            min_value=day,
            format="DD/MM/YYYY",
        )
        st.text_area("Why it needs another day", key=_named(one, "reason"), height="content")
        st.button("Move it", type="primary", on_click=_move, args=(one,))
    else:
        st.date_input(
            "Done on",
            key=_named(one, "on"),
            value=None if one.due < day else day,  # a mere note must not make a late one kept
            max_value=day,
            format="DD/MM/YYYY",
        )
        st.text_area("What was done", key=_named(one, "note"), height="content")
        st.button("Write it down", type="primary", on_click=_done, args=(one,))
    if problem := st.session_state.pop("answer refused", ""):
        st.html(markup.alert(problem))


def _done(one: Promise) -> None:
    on, note = _typed(one, "on"), _typed(one, "note") or ""
    if on is None:
        _refuse(one, "Say on which day it was done.")
        return
    try:
        came = promises.done(
            opened_store(), view().actor, one.id, on=on, note=note, token=_token(one)
        )
    except KpiError as error:
        _refuse(one, str(error))
        return
    late = words.count((on - one.due).days, "day")
    how = "kept" if came is Outcome.KEPT else f"missed, {late} late"
    _go_on(one, f"Written down as {how}: {one.what}.")


def _move(one: Promise) -> None:
    due, reason = _typed(one, "due"), _typed(one, "reason") or ""
    if due is None:
        _refuse(one, "Say to which day it is moved.")
        return
    try:
        promises.move(
            opened_store(), view().actor, one.id, due=due, reason=reason, token=_token(one)
        )
    except KpiError as error:
        _refuse(one, str(error))
        return
    _go_on(one, f"Moved to {words.day(due)}: {one.what}.")


def _go_on(one: Promise, said: str) -> None:
    """Say what was written down, and go on at the next promise that waits for an answer."""
    st.session_state["answered"] = said
    for part in ("on", "note", "due", "reason", "came", "token"):
        st.session_state.pop(_named(one, part), None)
    waiting = st.session_state["answers wait"]
    after = waiting[waiting.index(one.id) + 1 :] if one.id in waiting else []
    then = after or [other for other in waiting if other != one.id]
    go_on(f'button[data-promise="{then[0]}"]' if then else ANSWERED)


def _refuse(one: Promise, why: str) -> None:
    """Say why nothing was written down, where what was typed still stands."""
    st.session_state["answer refused"] = why
    st.session_state["answering"] = one.id


def _named(one: Promise, part: str) -> str:
    return f"answer {part} {one.id}"


def _typed(one: Promise, part: str) -> Any:
    return st.session_state.get(_named(one, part))


def _token(one: Promise) -> str:
    """Return what is new for each answer, and the same when it is tried again."""
    return st.session_state.setdefault(_named(one, "token"), uuid.uuid4().hex)
