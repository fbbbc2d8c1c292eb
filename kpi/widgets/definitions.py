"""Definitions: what every indicator means, found by words."""

import streamlit as st

from kpi import markup
from kpi.cards import Card
from kpi.definitions import matching
from kpi.widgets.address import link, links, type_here
from kpi.widgets.front_door import view
from kpi.widgets.glance import cards_of

FIND = "find"  # what the address calls the words


def definitions() -> None:
    """Draw what every indicator means, or those that the reader looks for."""
    cards = cards_of(view())
    wanted = type_here("Find by words", FIND, hint="dental, A01, Working Together …")
    shown = matching(cards, wanted)
    opened, alone = links("indicator", "id"), links("definitions", "id")

    def linked(card: Card) -> str:
        """Return the address of a definition alone.

        A browser that opens the page cannot yet scroll to a fragment: nothing is drawn by then.
        """
        id = card.indicator.id
        return f"{alone(id)}&{FIND}={id}#{id}"

    if shown:
        st.html(
            markup.definitions(
                shown,
                every=len(cards),
                opened=lambda card: opened(card.indicator.id),
                linked=linked,
                all_of=link("definitions"),
            )
        )
    else:
        st.html(markup.nothing_found(link("definitions")))
