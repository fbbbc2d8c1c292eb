"""Promises: what approved narratives have promised, and what came of it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from kpi import markup, measures, promise_ledger, promise_list, words, workbook
from kpi.access import Right
from kpi.cards import Card
from kpi.errors import KpiError
from kpi.organisation import Place
from kpi.promise_ledger import Ledger, Promise, Series
from kpi.promise_list import ENDED_SHOWN, HEADS, Choice, PromiseList, Which
from kpi.releases import Release
from kpi.widgets.address import address, choose_here, link, type_here
from kpi.widgets.answer import answering
from kpi.widgets.focus import focus
from kpi.widgets.front_door import EVERY_TEAM, View, heading, opened_store, view


def promises() -> None:
    """Draw the promises of the service area in view, or of all, as they stand today."""
    now = view()
    area = now.place.service_area
    focus()
    try:
        book = _ledger(now)
    except KpiError as error:
        heading("Promises", said=area or words.WHOLE_SERVICE)
        st.html(markup.alert(str(error)))
        return
    where = f"{area or words.WHOLE_SERVICE} · as they stand on {words.day(book.day)}"
    heading("Promises", said=where)
    mine = [one for one in book.promises if area in (None, one.key.service_area)]
    counts = st.container()
    with st.container(horizontal=True, key="promise-controls", vertical_alignment="bottom"):
        which = choose_here("Show", "show", list(Which), said=lambda one: Which(one).said)
        typed = type_here("Owner or words", "words", hint="Owner, promise or indicator")
        shown = promise_list.build(
            book, now.release.indicators, of=mine, choice=Choice(which=Which(which), words=typed)
        )
        _file(now, shown, where)
    counts.html(markup.promise_counts(shown))
    st.html(
        markup.promises(
            shown,
            ENDED_SHOWN,
            figure=_leads(),
            narrative=_leads(of_its_month=True),
            may=now.actor.may(Right.WRITE_NARRATIVE),
        )
    )
    answering(shown)


def promises_here(card: Card) -> None:
    """Draw what has been promised of the card's figure, as it stands today."""
    try:
        shown = _here(card)
    except KpiError as error:
        st.html(markup.alert(str(error)))
        return
    may = view().actor.may(Right.WRITE_NARRATIVE)
    st.html(markup.promises_here(shown, narrative=_leads(of_its_month=True), may=may))
    answering(shown)


def promises_due(card: Card) -> None:
    """Draw a line for each promise of the card's figure that is overdue or falls due soon."""
    try:
        shown = _here(card)
    except KpiError:
        return  # the narrative below says what is wrong
    if said := markup.promises_due(shown, link("promises", words=card.indicator.name)):
        st.html(said)


def _here(card: Card) -> PromiseList:
    """Return what has been promised of the card's figure, of a team's in its service area."""
    now = view()
    book = _ledger(now, card.indicator.id)
    mine = book.of(card.indicator.id, now.place.service_area)
    return promise_list.build(book, now.release.indicators, of=mine, choice=Choice())


def _ledger(now: View, indicator: str | None = None) -> Ledger:
    """Return the ledger of the authority in view, as it stands today."""
    return promise_ledger.ledger(
        opened_store(),
        now.release,
        authority=now.place.authority,
        indicator=indicator,
        series_at=lambda place: _series(now.release.name, place, _release=now.release),
    )


@st.cache_resource(max_entries=50, show_spinner=False, hash_funcs={Place: repr})
def _series(name: str, place: Place, *, _release: Release) -> Series:
    return measures.series(_release.cursor(), place)


def _leads(*, of_its_month: bool = False) -> Callable[[Promise], str]:
    """Return what leads to a promise's figure: in the month in view, or in its narrative's."""
    here = address()  # looked up once, for some hundreds of links

    def leads(one: Promise) -> str:
        to = {
            "id": one.key.indicator,
            "area": one.key.service_area or words.WHOLE_SERVICE,
            "team": EVERY_TEAM,
        }
        if of_its_month:
            to["month"] = f"{one.key.month:%Y-%m}"
        return f"indicator?{urlencode(here | to)}"

    return leads


def _file(now: View, shown: PromiseList, where: str) -> None:
    """Offer what is shown, all of it, as a file."""
    parts = ["promises", now.place.service_area or "", f"{shown.day:%Y-%m-%d}"]
    name = "-".join(re.findall("[a-z0-9]+", " ".join(parts).lower()))
    st.download_button(
        "Download CSV",
        data=lambda: workbook.lines_as_csv(
            HEADS, [line.cells for line in shown.lines], about=_about(now, shown, where)
        ),
        file_name=f"{name}.csv",
        mime="text/csv",
        on_click="ignore",
        disabled=not shown.lines,
    )


def _about(now: View, shown: PromiseList, where: str) -> dict[str, str]:
    """Return what a reader of the file must know who cannot see the page."""
    made = datetime.now(UTC)
    extract = words.month(now.release.extract_month)
    return {
        "View": where,
        "Shown": shown.said,
        "Figures": f"From the extract of {extract}, release {now.release.name}",
        "Made": f"{words.day(made)}, {made:%H:%M} UTC",
        "Note": " ".join(text for _, text in now.notices),
    }
