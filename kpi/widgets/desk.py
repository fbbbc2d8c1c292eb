"""The desk of Write and Review: what both have beside their lists and their words."""

from dataclasses import replace

import streamlit as st

from kpi import calendar, markup, signoff
from kpi.cards import Card
from kpi.revisions import Revision
from kpi.rounds import Item, Round
from kpi.widgets.chart import chart
from kpi.widgets.front_door import View, opened_store
from kpi.widgets.glance import round_of

CHART_HEIGHT = 230


def round_here(now: View) -> Round:
    """Return the month's round in the service area in view; in all of them where none is chosen.

    Raises StoreError and DefinitionError as `rounds.build` does.
    """
    month, area = round_of(now), now.place.service_area
    kept = (item for item in month.items if area in (None, item.key.service_area))
    return replace(month, items=tuple(kept))


def last_month(item: Item) -> Revision | None:
    """Return what was said about the figure a month before."""
    key = replace(item.key, month=calendar.add_months(item.key.month, -1))
    return signoff.standing(opened_store(), key).shown


def figure(card: Card) -> None:
    """Draw the figure that the words are about, and its chart."""
    st.html(markup.brief(card))
    chart(card, compared=False, height=CHART_HEIGHT)
