"""One indicator: its head, its trend, what is counted, the records behind it, and where."""

from datetime import date

import plotly.graph_objects as go
import streamlit as st

from kpi import charts, markup, points, records, words
from kpi.access import Right
from kpi.basis import Basis
from kpi.cards import Card
from kpi.errors import KpiError
from kpi.organisation import Place
from kpi.points import Row
from kpi.records import Records
from kpi.releases import Release
from kpi.widgets.address import choose
from kpi.widgets.front_door import heading, ids, opened_store, view
from kpi.widgets.glance import cards_of


def choose_indicator() -> Card:
    """Draw the choice of indicator, and return the card of the one chosen."""
    now = view()
    indicators = now.release.indicators
    id = choose("Indicator", "id", ids(now.release), said=lambda id: indicators[id].title)
    return next(c for c in cards_of(now) if c.indicator.id == id)


def headline(card: Card) -> None:
    """Draw the indicator's name, question, value, rating, target and change."""
    heading(card.indicator.title)
    st.html(f'<p class="sub">{markup.escape(card.indicator.question)}</p>')
    st.html(markup.headline(card))


def trend(card: Card) -> None:
    """Draw the trend with its words, its table, what is counted, and the records behind it."""
    chart, table, definition, listed = st.tabs(["Chart", "Table", "What is counted", "Records"])
    with chart:
        st.html(f'<p class="finding">{markup.escape(card.finding)}</p>')
        if any(point.value is not None for point in card.series):
            _chart(card)
    table.html(markup.months(card))
    definition.html(markup.definition(card))
    with listed:
        _records(card)


def _chart(card: Card) -> None:
    st.plotly_chart(
        _figure(
            view().release.name,
            card.place,
            card.month,
            card.basis,
            card.indicator.id,
            _card=card,
        ),
        key="trend",
        config={"displayModeBar": False},
        alt=card.described,
    )
    low, _ = charts.scale(card)
    if low:
        st.caption(f"The scale begins at {low:.0f}, not at zero.")


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={Place: repr})
def _figure(
    release: str, place: Place, month: date, basis: Basis, indicator: str, *, _card: Card
) -> go.Figure:
    return charts.trend(_card)


def _records(card: Card) -> None:
    now = view()
    if not now.actor.may(Right.OPEN_RECORDS):
        st.write("Only a manager or an analyst may open the list behind a figure.")
        return
    st.write(
        "The list of children behind this figure. Opening it is written into the access log first."
    )
    if st.button("Open the list", key="open_records"):
        st.session_state.pop("opened list", None)
        try:
            found = records.behind(
                opened_store(),
                now.actor,
                now.release,
                indicator=card.indicator.id,
                month=card.month,
                place=card.place,
                source="page indicator",
                basis=card.basis,
            )
        except KpiError as error:
            st.html(markup.alert(str(error)))
            return
        st.session_state["opened list"] = (_figure_of(card), found)
    of_figure, found = st.session_state.get("opened list", (None, None))
    if of_figure == _figure_of(card):
        _list(found)
    else:
        st.session_state.pop("opened list", None)


def _figure_of(card: Card) -> tuple[object, ...]:
    """Return who looks at which figure: a list stays open as long as that is the same."""
    now = view()
    return (now.actor, now.release.name, card.indicator.id, card.month, card.basis, card.place)


def _list(found: Records) -> None:
    of = "" if found.denominator is None else f" of {words.number(found.denominator)}"
    st.write(
        f"{words.count(len(found.rows), 'record')}, adding up to "
        f"{words.number(found.numerator)}{of}."
    )
    st.html(markup.listed(found))


def breakdown(card: Card) -> None:
    """Draw the indicator by service area and team, with counts."""
    now = view()
    rows = _rows(
        now.release.name,
        now.place,
        card.month,
        card.basis,
        card.indicator.id,
        _release=now.release,
    )
    st.subheader("By service area and team", anchor=False)
    if rows:
        st.html(markup.breakdown(card, rows))
    else:
        st.write(f"Nothing to break down for {words.month(card.month)}: {card.latest.said}.")


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={Place: repr})
def _rows(
    name: str, place: Place, month: date, basis: Basis, indicator: str, *, _release: Release
) -> list[Row]:
    return points.breakdown(_release, _release.indicators[indicator], place, month, basis)
