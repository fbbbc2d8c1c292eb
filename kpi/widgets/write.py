"""Write: what there is to write, and one of it open beside its chart and last month's."""

import streamlit as st

from kpi import calendar, markup, words, worklist
from kpi.access import Right
from kpi.errors import KpiError
from kpi.markup import short
from kpi.revisions import Revision
from kpi.rounds import Item, Round
from kpi.signoff import State
from kpi.widgets.address import choose_here
from kpi.widgets.desk import figure, last_month, round_here
from kpi.widgets.editor import author
from kpi.widgets.focus import focus
from kpi.widgets.front_door import View, view
from kpi.widgets.reading import read
from kpi.widgets.slot import Slot
from kpi.widgets.worklist import following, listed, opened

PAGE = "pages/narrative/write.py"
MINE, EVERYBODYS = "mine", "everybodys"
WHOSE = {MINE: "Mine", EVERYBODYS: "Everybody's"}


def write() -> None:
    """Draw the author's list, and the narrative that is open."""
    now = view()
    focus()
    try:
        _desk(now, round_here(now))
    except KpiError as error:
        st.html(markup.alert(str(error)))


def _desk(now: View, month: Round) -> None:
    writes = now.actor.may(Right.WRITE_NARRATIVE)
    with st.container(key="desk"):
        with st.container(key="desk-list"):
            st.html(markup.progress(month.progress()))
            whose = EVERYBODYS
            if writes:
                whose = choose_here("Whose", "whose", list(WHOSE), said=WHOSE.__getitem__)
            groups = worklist.to_write(month, now.actor if whose == MINE else None)
            item = opened(PAGE, groups, month.items)
            if item:
                listed(PAGE, groups, item, beside=lambda one: _beside(one, whose))
        with st.container(key="desk-head"):
            if item is None:
                whom = "of you for" if whose == MINE else "for"
                where = f" in {now.place.service_area}" if now.place.service_area else ""
                others = f" What is asked of others is under {WHOSE[EVERYBODYS]}."
                more = others if month.items and whose == MINE else ""
                st.write(f"Nothing is asked {whom} {words.month(now.month)}{where}.{more}")
                return
            st.html(markup.head(item, month.today, reader=now.actor.name))
            following(groups, item)
        beside = st.container(key="desk-figure")
        with st.container(key="desk-words", border=True):
            before, slot = last_month(item), None
            if writes:
                slot = author(now, item.key, item.card, item.standing, before)
            else:
                read(item.card, item.standing)
        with beside:
            figure(item.card)
            _last_month(item, before, slot)


def _beside(item: Item, whose: str) -> list[str]:
    """Return what the list says of a narrative: where, why, and whose turn by when."""
    said = [item.key.service_area or ""]
    if item.unwritten:
        said += [item.why, f"due {short(item.due)}" if item.due else ""]
    elif item.state is State.SUBMITTED:
        said.append(f"waits for {item.waits_for}")
    else:
        approved = item.standing.trail[-1]
        said.append(f"by {approved.who}, {short(approved.at)}")
    return said if whose == MINE else [*said, item.author]


def _last_month(item: Item, before: Revision | None, slot: Slot | None) -> None:
    """Draw what was said of the month before, which is copied only by whoever asks for it."""
    month = f"{calendar.add_months(item.key.month, -1):%B}"
    st.html(markup.before(month, before))
    if before and slot:
        st.button("Copy into the empty boxes", on_click=slot.copy, args=(before.words,))
