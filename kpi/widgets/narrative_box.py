"""The narrative box: what was said about a figure, beside its trend, and where it is written."""

from dataclasses import replace

import streamlit as st

from kpi import calendar, markup, signoff, words
from kpi.access import Right
from kpi.cards import Card
from kpi.errors import KpiError
from kpi.narrative import Key
from kpi.widgets.editor import author
from kpi.widgets.focus import focus
from kpi.widgets.front_door import opened_store, view
from kpi.widgets.glance import narrated
from kpi.widgets.reading import read


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
            standing = signoff.standing(opened_store(), key)
            if now.actor.may(Right.WRITE_NARRATIVE):
                month_before = replace(key, month=calendar.add_months(key.month, -1))
                before = signoff.standing(opened_store(), month_before).shown
                author(now, key, about, standing, before)
            else:
                read(about, standing)
        except KpiError as error:
            st.html(markup.alert(str(error)))
