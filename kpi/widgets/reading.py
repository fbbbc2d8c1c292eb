"""What was said about a figure, to be read: the words, how far they have come, every version."""

import streamlit as st

from kpi import figures, markup, narrative, revisions
from kpi.cards import Card
from kpi.narrative import Key
from kpi.revisions import Revision
from kpi.signoff import Standing, State, Step
from kpi.widgets.front_door import opened_store


def read(about: Card, standing: Standing, *, due: str = "") -> None:
    """Draw what was said: the approved words, else the newest, with how far they have come."""
    shown = standing.shown
    if shown is None:
        st.html(markup.stands(State.NOT_STARTED, due))
        st.write("No narrative yet.")
        return
    approved = shown == standing.approved
    state = State.APPROVED if approved else standing.state
    st.html(markup.stands(state, told(shown, standing)))
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


def versions(key: Key, standing: Standing, *, shown: bool) -> None:
    """Draw every version that was ever saved, to be opened; unless all there is is `shown`."""
    if standing.newest and not (shown and standing.newest.number == 1):
        with st.expander(f"Every version ({standing.newest.number})"):
            st.html(markup.versions(revisions.history(opened_store(), key), standing))
