"""The chart: a card's trend with its target, and its words for whoever cannot see it."""

from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import streamlit as st

from kpi import charts, first_sentence
from kpi.basis import Basis
from kpi.cards import Card
from kpi.organisation import Place
from kpi.widgets.front_door import view


def chart(card: Card, *, compared: bool = True, height: int | None = None) -> None:
    """Draw the card's months as a line; nothing where no month has a figure.

    What others have published is marked where it is `compared`: the marks need room and a key.
    """
    if not any(point.value is not None for point in card.series):
        return
    st.plotly_chart(
        _figure(
            view().release.name,
            card.place,
            card.month,
            card.basis,
            card.indicator.id,
            compared,
            _card=card if compared else replace(card, published=()),
        ),
        key="trend",
        config={"displayModeBar": False},
        alt=first_sentence.described(card),
        height=height or "content",
    )


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={Place: repr})
def _figure(
    release: str,
    place: Place,
    month: date,
    basis: Basis,
    indicator: str,
    compared: bool,
    *,
    _card: Card,
) -> go.Figure:
    return charts.trend(_card)
