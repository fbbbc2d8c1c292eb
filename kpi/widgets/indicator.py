"""One indicator: its head, its trend, what is counted, the records behind it, and where."""

from dataclasses import replace
from datetime import date

import streamlit as st

from kpi import charts, markup, points, records, words
from kpi.access import Right
from kpi.basis import Basis
from kpi.cards import SPARKLINE_MONTHS, Card
from kpi.catalogue import AREAS
from kpi.errors import KpiError
from kpi.organisation import Place
from kpi.points import Point, Row
from kpi.records import Records
from kpi.releases import Release
from kpi.widgets.address import choose, link
from kpi.widgets.chart import chart
from kpi.widgets.front_door import EVERY_TEAM, heading, ids, opened_store, view
from kpi.widgets.glance import cards_of
from kpi.widgets.promises import promises_here


def choose_indicator() -> Card:
    """Draw the choice of indicator, and return the card of the one chosen."""
    now = view()
    indicators = now.release.indicators
    id = choose("Indicator", "id", ids(now.release), said=lambda id: indicators[id].title)
    return next(c for c in cards_of(now) if c.indicator.id == id)


def headline(card: Card) -> None:
    """Draw where it stands, the indicator's name, question, value, rating, target and change."""
    st.html(markup.crumbs(_crumbs(card)))
    heading(card.indicator.title)
    st.html(f'<p class="sub">{markup.escape(card.indicator.question)}</p>')
    st.html(markup.headline(card))


def trend(card: Card) -> None:
    """Draw the trend with its words, its table, what is counted, promised, and the records."""
    drawn, table, compared, definition, promised, listed = st.tabs(
        ["Chart", "Table", "Compared", "What is counted", "Promises", "Records"]
    )
    with drawn:
        st.html(f'<p class="finding">{markup.escape(card.finding)}</p>')
        if any(point.value is not None for point in card.series):
            _chart(card)
    table.html(markup.months(card))
    compared.html(markup.compared(card))
    definition.html(markup.definition(card))
    with promised:
        promises_here(card)
    with listed:
        _records(card)


def _chart(card: Card) -> None:
    chart(card)
    low, _ = charts.scale(card)
    begins = f"The scale begins at {low:.0f}, not at zero." if low else ""
    summed = "" if card.basis is Basis.MONTH else f"{card.basis.said}: each point sums its months."
    st.html(markup.key(card) + f'<p class="line">{summed} {begins}</p>')


def _records(card: Card) -> None:
    now = view()
    if not now.actor.may(Right.OPEN_RECORDS):
        st.write("Only a manager or an analyst may open the list behind a figure.")
        return
    st.write(
        "The records behind this figure. Opening their list is written into the access log first."
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
    """Draw the indicator by service area and team with counts, and those of one level beside."""
    rows, series = _rows(
        view().release.name,
        card.place,
        card.month,
        card.basis,
        card.indicator.id,
        _card=card,
        _release=view().release,
    )
    st.subheader("By service area and team", anchor=False)
    if not rows:
        st.write(f"Nothing to break down for {words.month(card.month)}: {card.latest.said}.")
        return
    if card.latest.value is None and card.place.service_area:
        here = card.place.team or card.place.service_area
        st.write(f"{here}: {card.latest.said} ({words.month(card.month)}).")
    st.html(markup.breakdown(card, rows, href=lambda row: _to(card, row.place)))
    if len(series) > 1:
        what = "Teams" if card.place.service_area else "Service areas"
        st.subheader(f"{what} side by side", anchor=False)
        st.html(markup.beside(card, series))


def _crumbs(card: Card) -> list[tuple[str, str]]:
    """Return the words and links that lead from the whole service to where the card stands."""
    here, found = card.place, [("At a glance", link(""))]
    found.append((AREAS[card.indicator.area], link("")))
    steps = [replace(here, service_area=None, team=None)]
    steps += [replace(here, team=None)] if here.service_area else []
    steps += [here] if here.team else []
    for place in steps:
        name = place.team or place.service_area or words.WHOLE_SERVICE
        found.append((name, _to(card, place)))
    return found


def _to(card: Card, place: Place) -> str:
    """Return the address of the same indicator at another place."""
    return link(
        "indicator",
        id=card.indicator.id,
        area=place.service_area or words.WHOLE_SERVICE,
        team=place.team or EVERY_TEAM,
    )


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={Place: repr})
def _rows(
    name: str,
    place: Place,
    month: date,
    basis: Basis,
    indicator: str,
    *,
    _card: Card,
    _release: Release,
) -> tuple[list[Row], list[tuple[Row, list[Point]]]]:
    rows = points.breakdown(_release, _card.indicator, place, month, basis)
    level = [row for row in rows if row.place.service_area and not row.place.team]
    if place.service_area:
        level = [row for row in rows if row.place.team]
    months = [point.month for point in _card.series[-SPARKLINE_MONTHS:]]
    return rows, points.beside(_release, _card.indicator, level, months, basis)
