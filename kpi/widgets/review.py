"""Review: what waits for approval, one of it beside its chart, and the decision on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from kpi import markup, redline, revisions, signoff, worklist
from kpi.access import Right
from kpi.errors import KpiError
from kpi.markup import short
from kpi.revisions import Revision
from kpi.rounds import Item, Round
from kpi.signoff import Step
from kpi.widgets.autosave import autosaved
from kpi.widgets.desk import figure, last_month, round_here
from kpi.widgets.focus import focus, go_on
from kpi.widgets.front_door import View, opened_store, view
from kpi.widgets.questions import checks
from kpi.widgets.reading import told, versions
from kpi.widgets.session import kept
from kpi.widgets.verdict import verdict
from kpi.widgets.worklist import ABOUT, following, listed, open_at, opened
from kpi.worklist import Group

PAGE = "pages/narrative/review.py"
END = "reviewed"  # the id of what stands where nothing waits any more
REASON = ".st-key-autosaved textarea"  # what a return that was refused may lack
STALE = "It cannot be approved as it stands: return it, and its author can write to the new figure."


@dataclass
class _Last:
    said: str = ""  # 'Approved: Contacts received.'


def review() -> None:
    """Draw what waits for approval, and the one of it that is open."""
    now = view()
    focus()
    try:
        _desk(now, round_here(now))
    except KpiError as error:
        st.html(markup.alert(str(error)))


def _desk(now: View, month: Round) -> None:
    groups = worklist.to_review(month, now.actor)
    waiting = [item for group in groups for item in group.items]
    item = opened(PAGE, groups, waiting)
    with st.container(key="desk"):
        with st.container(key="desk-list"):
            st.html(markup.waiting(groups, decided=kept("decided", _Last).said))
            if item:
                listed(PAGE, groups, item, beside=_beside)
        with st.container(key="desk-head"):
            if item is None:
                st.html(f'<p id="{END}" tabindex="-1">Nothing waits for approval here.</p>')
                return
            st.html(markup.head(item, month.today, reader=now.actor.name))
            following(groups, item)
        before, newest = last_month(item), item.standing.newest
        if newest is None:
            return
        with st.container(key="desk-figure"):
            figure(item.card)
            st.subheader("Checks", anchor=False)
            found = checks(now, item.card, before)(newest.words)
            st.html(markup.remarks(found, newest.words.sourced))
        with st.container(key="desk-words", border=True):
            st.html(markup.stands(item.state, told(newest, item.standing)))
            st.html(markup.narrative(newest.words))
            _changes(item, newest)
            _decision(now, groups, item, newest)
            versions(item.key, item.standing, shown=True)


def _beside(item: Item) -> list[str]:
    """Return what the list says of a narrative: where, whose words, since when, and if stale."""
    submitted = item.standing.last(Step.SUBMITTED)
    since = f"{submitted.who}, {short(submitted.at)}" if submitted else item.author
    return [item.key.service_area or "", since, "the figure has changed" if item.stale else ""]


def _changes(item: Item, newest: Revision) -> None:
    """Draw what is new since the last version that was approved or returned."""
    ended = [
        one
        for one in item.standing.trail
        if one.step in (Step.APPROVED, Step.RETURNED) and one.revision < newest.number
    ]
    if not ended:
        return
    event = ended[-1]
    history = revisions.history(opened_store(), item.key)
    (old,) = (one for one in history if one.number == event.revision)
    st.html(markup.redlines(event, redline.redlines(old.words, newest.words)))


def _decision(now: View, groups: Sequence[Group], item: Item, newest: Revision) -> None:
    """Draw the buttons to approve or return what was read, or why the reader cannot."""
    if item.stale:
        st.html(markup.stale(item.stale, STALE))
    if not now.actor.may(Right.APPROVE_NARRATIVE):
        st.html('<p class="line">Only an approver may approve or return a narrative.</p>')
        return
    if not signoff.may_review(item.standing, now.actor):
        st.html(
            '<p class="line">You have had a hand in these words, so somebody else must approve '
            "or return them.</p>"
        )
        return
    steps, then, last = len(item.standing.trail), _then(groups, item), kept("decided", _Last)
    mine = verdict(now, item.key, newest, steps=steps, reason=" ".join(item.stale))
    with autosaved(again=lambda: None, failed=0):
        st.text_area(
            "Reason for a return",
            key=mine.named("reason"),
            placeholder="What should the author change?",
            height="content",
            persist_state="session",
        )
        with st.container(horizontal=True):
            # Each version has buttons of its own: a second press cannot fall on the next one.
            st.button(
                "Approve",
                key=mine.named("approve"),
                type="primary",
                on_click=_decide,
                args=(mine.approve, last, f"Approved: {item.card.indicator.name}.", then),
                disabled=bool(item.stale),
                shortcut="Alt+A",
            )
            st.button(
                "Return to the author",
                key=mine.named("return"),
                on_click=_decide,
                args=(mine.send_back, last, f"Returned: {item.card.indicator.name}.", then),
                shortcut="Alt+B",
            )
    if mine.attempt.problem:
        st.html(markup.alert(mine.attempt.problem))


def _then(groups: Sequence[Group], item: Item) -> Item | None:
    """Return what the reviewer reads next: what they can decide on."""
    mine = [one for one in groups if one.title != worklist.NOT_FOR_ME]
    return worklist.following(mine, item.key)


def _decide(work: Callable[[], bool], last: _Last, said: str, then: Item | None) -> None:
    """Do what was decided, and go on to the next narrative."""
    last.said = ""
    if not work():
        go_on(REASON)
        return
    last.said = said
    if then:
        open_at(then)
    else:
        go_on(f"#{END}, #{markup.HEAD}")
        st.query_params.pop(ABOUT, None)
