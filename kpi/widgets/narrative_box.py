"""The narrative box: what was said about a figure, and where an author says it."""

import streamlit as st

from kpi import figures, first_sentence, markup, narrative, revisions, signoff, words
from kpi.access import Right
from kpi.cards import Card
from kpi.errors import KpiError
from kpi.narrative import Key
from kpi.revisions import Revision
from kpi.signoff import Standing, State, Step
from kpi.widgets.editor import editor
from kpi.widgets.front_door import View, opened_store, view
from kpi.widgets.glance import narrated
from kpi.widgets.slot import Slot


def narrative_box(card: Card) -> None:
    """Draw what was said about the figure, and for an author the box to say it in."""
    now = view()
    area = now.place.service_area
    key = Key(
        indicator=card.indicator.id,
        month=card.month,
        authority=now.place.authority,
        service_area=area,
    )
    (about,) = (one for one in narrated(now, area) if one.indicator.id == key.indicator)
    with st.container(border=True, key="narrative"):
        st.subheader("Narrative", anchor=False)
        where = f"{words.month(key.month)} · {area or words.WHOLE_SERVICE}"
        st.html(f'<p class="sub">{markup.escape(where)}</p>')
        try:
            standing = signoff.standing(opened_store(), key)
            if now.actor.may(Right.WRITE_NARRATIVE):
                written(now, key, about, standing)
            else:
                read(about, standing)
        except KpiError as error:
            st.html(markup.alert(str(error)))


def read(about: Card, standing: Standing) -> None:
    """Draw what was said: the approved words, else the newest, with how far they have come."""
    shown = standing.shown
    if shown is None:
        st.write("No narrative yet.")
        return
    approved = shown == standing.approved
    st.html(markup.stands(State.APPROVED if approved else standing.state, told(shown, standing)))
    moved = narrative.moved(shown.figure, figures.of(about))
    if moved:
        st.html(markup.stale(moved))
    st.html(markup.narrative(shown.words))


def told(shown: Revision, standing: Standing) -> str:
    """Return who brought a version to where it stands, and when."""
    steps = [one for one in standing.trail if one.revision == shown.number]
    approvals = [one for one in steps if one.step is Step.APPROVED]
    last = (approvals or steps)[-1:]
    saved = not last or last[0].step is Step.SAVED
    return markup.saved(shown) if saved else markup.by(last[0])


def written(now: View, key: Key, about: Card, standing: Standing) -> None:
    """Draw the narrative for an author: to read once it is submitted, else to write on."""
    slot = Slot(
        actor=now.actor,
        key=key,
        release=now.release.name,
        figure=figures.of(about),
        sentence=first_sentence.said(about),
    )
    slot.begin(standing)
    settled = standing.state in (State.SUBMITTED, State.APPROVED) and not slot.touched
    if settled and not slot.recall("open") and slot.recall("conflict") is None:
        read(about, standing)
        _open(slot, standing)
    else:
        drafted = slot.touched and standing.state is State.NOT_STARTED
        newest = standing.newest
        st.html(
            markup.stands(
                State.DRAFT if drafted else standing.state,
                told(newest, standing) if newest and not newest.blank else "",
            )
        )
        editor(slot, standing, about)
    _versions(key, standing)


def _open(slot: Slot, standing: Standing) -> None:
    """Offer to write on, and say what has just been done."""
    approved = standing.state is State.APPROVED
    st.button(
        "Write a new version" if approved else "Change it",
        on_click=slot.put,
        args=("open", True),
        help="What is approved stays until another version is." if approved else None,
    )
    st.html(f'<p class="sub" role="status">{slot.recall("done") or ""}</p>')


def _versions(key: Key, standing: Standing) -> None:
    """Draw every version that was ever saved, to be opened."""
    if standing.newest:
        with st.expander(f"Every version ({standing.newest.number})"):
            st.html(markup.versions(revisions.history(opened_store(), key), standing))
