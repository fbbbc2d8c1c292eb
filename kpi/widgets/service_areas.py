"""Service areas: every indicator in the whole service and in each part of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from kpi import markup, matrix, words
from kpi.basis import Basis
from kpi.cards import Card
from kpi.matrix import Matrix
from kpi.organisation import Place
from kpi.releases import Release
from kpi.widgets.address import address
from kpi.widgets.front_door import EVERY_TEAM, view
from kpi.widgets.glance import cards_of


def service_areas() -> None:
    """Draw every indicator in a table with a column for each part of the service."""
    now = view()
    here = address()  # looked up once, for some hundreds of links
    shown = _matrix(
        now.release.name,
        replace(now.place, team=None),
        now.month,
        now.basis,
        _whole=cards_of(replace(now, place=replace(now.place, service_area=None, team=None))),
        _release=now.release,
    )
    parts = "team" if now.place.service_area else "service area"

    def href(id: str, place: Place) -> str:
        return f"indicator?{urlencode(here | _at(place) | {'id': id})}"

    def opened(place: Place) -> str:
        return "" if place.team else f"service-areas?{urlencode(here | _at(place))}"

    caption = f"Indicators by {parts}, {words.month(now.month)}, {now.basis.said.lower()}"
    st.html(markup.legend() + markup.areas(shown, caption, href=href, opened=opened))


def _at(place: Place) -> dict[str, str]:
    """Return what an address says of a place."""
    return {"area": place.service_area or words.WHOLE_SERVICE, "team": place.team or EVERY_TEAM}


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={Place: repr})
def _matrix(
    name: str,
    place: Place,
    month: date,
    basis: Basis,
    *,
    _whole: Sequence[Card],
    _release: Release,
) -> Matrix:
    return matrix.build(_release, _whole, place, basis)
