"""The scorecard: every indicator in one table, chosen, ordered, and taken away as a file."""

import re
from datetime import UTC, datetime

import streamlit as st

from kpi import markup, words, workbook
from kpi.benchmarks import ATTRIBUTION
from kpi.judgement import Rating
from kpi.rounds import Progress
from kpi.scorecard import Choice, Order, Scorecard, build
from kpi.widgets.address import choose_here, links, type_here
from kpi.widgets.front_door import View, view
from kpi.widgets.glance import cards_of, narratives_of, to_write

EVERY_STATUS = "every"


def scorecard() -> None:
    """Draw the scorecard, what it is chosen by, and the files of it."""
    now = view()
    st.session_state.pop("opened list", None)
    built = cards_of(now)
    with st.container(horizontal=True, key="scorecard-controls", vertical_alignment="bottom"):
        choice = _choice()
        progress, narratives = narratives_of(now, built)
        board = build(built, narratives=narratives, choice=choice)
        _files(now, board, progress)
    opened = links("indicator", "id")
    st.html(
        markup.scorecard(
            board,
            view=now.said,
            round=progress,
            href=lambda card: opened(card.indicator.id),
            to_write=to_write(),
        )
    )


def _choice() -> Choice:
    order = choose_here("Order", "sort", list(Order), said=lambda one: Order(one).said)
    ratings = {rating.lower().replace(" ", "-"): rating for rating in Rating}
    status = choose_here(
        "Status",
        "status",
        [EVERY_STATUS, *ratings],
        said=lambda one: ratings.get(one, "Every status"),
    )
    typed = type_here("Words", "words", hint="Title, code or area")
    return Choice(order=Order(order), status=ratings.get(status), words=typed)


def _files(now: View, board: Scorecard, progress: Progress | None) -> None:
    """Offer what is shown as files, which are made when they are asked for."""
    parts = [f"scorecard {now.month:%Y-%m}", now.place.service_area, now.place.team]
    name = "-".join(re.findall("[a-z0-9]+", " ".join(part for part in parts if part).lower()))
    st.download_button(
        "Download Excel",
        data=lambda: workbook.as_xlsx(board, about=_about(now, board, progress)),
        file_name=f"{name}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
        disabled=not board.lines,
    )
    st.download_button(
        "Download CSV",
        data=lambda: workbook.as_csv(board, about=_about(now, board, progress)),
        file_name=f"{name}.csv",
        mime="text/csv",
        on_click="ignore",
        disabled=not board.lines,
    )


def _about(now: View, board: Scorecard, progress: Progress | None) -> dict[str, str]:
    """Return what a reader of a file must know who cannot see the page that it was taken from."""
    made = datetime.now(UTC)
    extract = words.month(now.release.extract_month)
    return {
        "View": now.said,
        "Shown": board.said,
        "Figures": f"From the extract of {extract}, release {now.release.name}",
        "Made": f"{words.day(made)}, {made:%H:%M} UTC",
        "Narratives": " · ".join(filter(None, (progress.said, progress.more))) if progress else "",
        "Note": " ".join(text for _, text in now.notices),
        "Comparisons": ATTRIBUTION,
    }
