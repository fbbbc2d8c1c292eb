"""At a glance: what needs attention, the headlines, and every indicator on a line."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from kpi import cards, figures, markup, rounds
from kpi.basis import Basis
from kpi.cards import HEADLINES, Card, by_need
from kpi.catalogue import AREAS
from kpi.errors import KpiError
from kpi.narrative import Figure, Key
from kpi.organisation import Place
from kpi.releases import Release
from kpi.rounds import Progress, Round
from kpi.widgets.address import address, link, links
from kpi.widgets.front_door import View, current_release, opened_store, view

INDICATOR = "pages/indicator/indicator.py"


def glance() -> None:
    """Draw what needs attention, the headlines as cards, then every theme as a panel of lines.

    Fifty-eight cards would be slower to draw and harder to read than what they are read for.
    """
    now = view()
    st.session_state.pop("opened list", None)
    built = cards_of(now)
    progress, narratives = narratives_of(now, built)
    of = {card.indicator.id: card for card in built}
    opened = links("indicator", "id")

    def href(card: Card) -> str:
        return opened(card.indicator.id)

    st.html(
        markup.attention(
            by_need(built),
            round=progress,
            href=href,
            all_of_them=link("scorecard"),
            to_write=to_write(),
        )
    )
    _grid("Headlines", [of[id] for id in HEADLINES if id in of], narratives)
    themes: dict[str, list[Card]] = {title: [] for title in AREAS.values()}
    for card in built:
        themes[AREAS[card.indicator.area]].append(card)
    st.html(markup.panels(themes, href=href))


def cards_of(now: View) -> list[Card]:
    """Return the card of every indicator in this view."""
    return _built(now.release.name, now.place, now.month, now.basis, _release=now.release)


def narrated(now: View, service_area: str | None) -> list[Card]:
    """Return the cards that narratives are about: of the month alone, and never of a team."""
    place = Place(authority=now.place.authority, service_area=service_area)
    return _built(now.release.name, place, now.month, Basis.MONTH, _release=now.release)


def figure_now(key: Key) -> Figure | None:
    """Return the figure of a narrative in the release that stands now, whatever is looked at."""
    release = current_release()
    if key.month not in release.months:
        return None
    place = Place(authority=key.authority, service_area=key.service_area)
    built = _built(release.name, place, key.month, Basis.MONTH, _release=release)
    return next((figures.of(one) for one in built if one.indicator.id == key.indicator), None)


def round_of(now: View) -> Round:
    """Return the round of the month, everywhere in the authority, as it stands now.

    Raises StoreError and DefinitionError as `rounds.build` does.
    """
    return rounds.build(
        opened_store(),
        now.release,
        authority=now.place.authority,
        month=now.month,
        cards_at=lambda place: narrated(now, place.service_area),
    )


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={Place: repr})
def _built(name: str, place: Place, month: date, basis: Basis, *, _release: Release) -> list[Card]:
    return cards.build(_release, place, month, basis)


def narratives_of(now: View, built: Sequence[Card]) -> tuple[Progress | None, dict[str, str]]:
    """Return how far the month's narratives have come, and the one about each indicator in view.

    Of the service area in view, or where none is chosen of all. Says what is wrong where it cannot
    be known, and returns nothing.
    """
    try:
        month = round_of(now)
    except KpiError as error:
        st.html(markup.alert(str(error)))
        return None, {}
    said = month.said(now.place)
    progress = month.progress(now.place if now.place.service_area else None)
    return progress, {
        card.indicator.id: said.get(card.indicator.id, rounds.NOT_REQUIRED) for card in built
    }


def to_write() -> str:
    """Return the address of the month's narratives, everybody's."""
    return link("write", whose="everybodys")


def _grid(title: str, built: Sequence[Card], narratives: Mapping[str, str]) -> None:
    st.subheader(title, anchor=False)
    here = address()
    with st.grid(min_column_width=300, gap="small"):
        for card in built:
            id = card.indicator.id
            with st.container(key=f"card-{id}"):
                st.page_link(INDICATOR, label=card.indicator.title, query_params=here | {"id": id})
                st.html(markup.glance(card, narrative=narratives.get(id, "")))
