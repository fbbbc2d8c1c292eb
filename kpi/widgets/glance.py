"""At a glance: what needs attention, and every indicator as a card."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kpi import cards, markup, narrative
from kpi.basis import Basis
from kpi.cards import HEADLINES, Card
from kpi.catalogue import AREAS
from kpi.errors import StoreError
from kpi.organisation import Place
from kpi.releases import Release
from kpi.widgets.address import address
from kpi.widgets.front_door import View, opened_store, view

INDICATOR = "pages/indicator/indicator.py"


def glance() -> None:
    """Draw every indicator as a card: what needs attention, the headlines, then by theme."""
    now = view()
    st.session_state.pop("opened list", None)
    built = cards_of(now)
    written = _written(now, built)
    st.html(markup.attention(built, written=len(written)))
    of = {card.indicator.id: card for card in built}
    _grid("Headlines", [of[id] for id in HEADLINES if id in of], written, least=300)
    with st.container(key="themes"):
        for area, title in AREAS.items():
            mine = [
                c for c in built if c.indicator.area == area and c.indicator.id not in HEADLINES
            ]
            if mine:
                with st.container(key=f"theme-{min(len(mine), 4)}-{area}"):
                    _grid(title, mine, written, least=200)


def cards_of(now: View) -> list[Card]:
    """Return the card of every indicator in this view."""
    return _built(now.release.name, now.place, now.month, now.basis, _release=now.release)


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={Place: repr})
def _built(name: str, place: Place, month: date, basis: Basis, *, _release: Release) -> list[Card]:
    return cards.build(_release, place, month, basis)


def _written(now: View, built: Sequence[Card]) -> set[str]:
    try:
        return narrative.written(
            opened_store(),
            month=now.month,
            authority=now.place.authority,
            service_area=now.place.service_area,
            indicators=[card.indicator.id for card in built],
        )
    except StoreError as error:
        st.html(markup.alert(str(error)))
        return set()


def _grid(title: str, built: Sequence[Card], written: set[str], *, least: int) -> None:
    st.subheader(title, anchor=False)
    here = address()
    with st.grid(min_column_width=least, gap="small"):
        for card in built:
            id = card.indicator.id
            with st.container(key=f"card-{id}"):
                st.page_link(INDICATOR, label=card.indicator.title, query_params=here | {"id": id})
                st.html(markup.glance(card, written=id in written))
