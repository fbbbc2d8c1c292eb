"""What is promised: actions with an owner and a date, and by when the figure is back on target."""

from datetime import date

import streamlit as st

from kpi import calendar, words
from kpi.cards import Card
from kpi.judgement import SHORT
from kpi.narrative import MOST_ACTIONS
from kpi.widgets.focus import go_on
from kpi.widgets.slot import Slot

MONTHS_AHEAD = 18  # as far as a recovery is promised


def promised(slot: Slot, card: Card) -> None:
    """Draw a row for each action, and for a figure short of its target the month of recovery."""
    with st.container(key="promised", gap="small"):
        for number, row in enumerate(slot.boxes.rows, start=1):
            _action(slot, row, number)
        st.button(
            "Add an action",
            key="add-action",
            on_click=_add,
            args=(slot,),
            disabled=len(slot.boxes.rows) >= MOST_ACTIONS,
            help="What will be done, by whom and by when: each becomes a promise to be kept.",
        )
        chosen = slot.boxes.words.back_on_target_by
        if card.latest.rating in SHORT or chosen:
            _recovery(slot, card, chosen)


def _action(slot: Slot, row: int, number: int) -> None:
    with st.container(key=f"action-{number}", horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            f"Action {number}",
            key=slot.boxes.named(f"what {row}"),
            placeholder="What will be done",
            on_change=slot.keep_draft,
            persist_state="session",
        )
        st.text_input(
            f"Owner of action {number}",
            key=slot.boxes.named(f"owner {row}"),
            placeholder="Who does it",
            on_change=slot.keep_draft,
            persist_state="session",
        )
        st.date_input(
            f"Action {number} by",
            key=slot.boxes.named(f"due {row}"),
            value=None,
            format="DD/MM/YYYY",
            on_change=slot.keep_draft,
            persist_state="session",
        )
        st.button(
            f"Remove action {number}",
            on_click=_remove,
            args=(slot, row),
            type="tertiary",
        )


def _add(slot: Slot) -> None:
    slot.add_action()
    go_on(f".st-key-action-{len(slot.boxes.rows)} .stTextInput input")


def _remove(slot: Slot, row: int) -> None:
    slot.remove_action(row)
    go_on(".st-key-add-action button")


def _recovery(slot: Slot, card: Card, chosen: date | None) -> None:
    ahead = (calendar.add_months(card.month, number) for number in range(1, MONTHS_AHEAD + 1))
    known = {calendar.month_end(month) for month in ahead}
    st.selectbox(
        "Back on target by",
        sorted(known | ({chosen} if chosen else set())),
        index=None,
        key=slot.boxes.named("back"),
        placeholder="No month promised",
        format_func=words.month,
        on_change=slot.keep_draft,
        persist_state="session",
    )
