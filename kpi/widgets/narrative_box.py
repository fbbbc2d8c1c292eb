"""The narrative box: what was said about a figure, beside its trend, and where it is written."""

from dataclasses import replace

import streamlit as st

from kpi import assignments, calendar, markup, needs, signoff, words
from kpi.access import Right
from kpi.assignments import Assignment
from kpi.cards import Card
from kpi.errors import DefinitionError, KpiError
from kpi.narrative import Key
from kpi.needs import Need
from kpi.widgets.address import address
from kpi.widgets.editor import author
from kpi.widgets.focus import focus
from kpi.widgets.front_door import opened_store, view
from kpi.widgets.glance import narrated
from kpi.widgets.reading import read
from kpi.widgets.worklist import ABOUT
from kpi.worklist import slug

WRITE = "pages/narrative/write.py"


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
        focus()
        try:
            asked = _asked(key, about)
            due = f"due {words.day(assignments.due(asked, key.month))}" if asked else ""
            standing = signoff.standing(opened_store(), key)
            if now.actor.may(Right.WRITE_NARRATIVE):
                month_before = replace(key, month=calendar.add_months(key.month, -1))
                before = signoff.standing(opened_store(), month_before).shown
                author(now, key, about, standing, before, due=due)
                if asked:
                    to = address() | {ABOUT: slug(key)}
                    st.page_link(WRITE, label="Open in Write, beside last month's", query_params=to)
            else:
                read(about, standing, due=due)
        except KpiError as error:
            st.html(markup.alert(str(error)))


def _asked(key: Key, about: Card) -> Assignment | None:
    """Return who is asked to write about the figure, where somebody must."""
    if needs.of(about)[0] is not Need.REQUIRED:
        return None
    try:
        known = needs.every_assignment(view().release)
    except DefinitionError:
        return None  # Write says what is wrong with them
    asked = assignments.standing(known, key.month)
    of = {(one.indicator, one.service_area): one for one in asked}
    return of.get((key.indicator, key.service_area))
