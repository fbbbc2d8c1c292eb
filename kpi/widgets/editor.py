"""The editor: what an author writes about a figure, kept while it is typed, saved and submitted."""

import streamlit as st

from kpi import markup, narrative, words
from kpi.cards import Card
from kpi.narrative import PROMPTS
from kpi.signoff import Standing
from kpi.widgets.autosave import autosaved
from kpi.widgets.promised import promised
from kpi.widgets.slot import Slot

FEW, MANY = 40, 120  # words that say enough and are still read


def editor(slot: Slot, standing: Standing, card: Card) -> None:
    """Draw the boxes for one narrative, and the buttons to save and submit it.

    Not a fragment: words typed just before the menu is clicked would leave the next page blank.
    """
    slot.begin(standing)
    with autosaved(again=slot.keep_again, failed=slot.recall("failed") or 0):
        # What comes and goes has a place of its own, so that no box moves in the order of the page.
        with st.container(gap="small"):
            _notices(slot, standing)
        for prompt in PROMPTS:
            st.text_area(
                prompt.heading,
                key=slot.named(prompt.id),
                placeholder=prompt.hint,
                height="content",
                on_change=slot.keep_draft,
                persist_state="session",
            )
            if prompt.id == "actions":
                promised(slot, card)
        st.html(f'<p class="sub count">{_counted(slot)}</p>')
        with st.container(horizontal=True):
            _buttons(slot)
        with st.container():
            _outcome(slot)


def _notices(slot: Slot, standing: Standing) -> None:
    """Draw what the author must know before writing on."""
    conflict = slot.recall("conflict")
    if conflict is not None:
        st.html(markup.conflict(conflict))
    if standing.returned:
        st.html(markup.returned(standing.returned))
    moved = narrative.moved(slot.written_for, slot.figure)
    if moved:
        st.html(markup.stale(moved, slot.sentence))
        st.button("Begin with the new sentence", on_click=slot.start_over)


def _buttons(slot: Slot) -> None:
    if slot.recall("conflict") is not None:
        st.button("Save mine over theirs", type="primary", on_click=slot.save_over)
        st.button("Take theirs", on_click=slot.take_theirs)
        return
    st.button("Submit for approval", type="primary", on_click=slot.submit, shortcut="Alt+S")
    st.button("Save", on_click=slot.save, shortcut="Ctrl+S")


def _outcome(slot: Slot) -> None:
    """Draw what became of the words: kept, saved or not.

    It names the minute, so that it changes, and is read out, no more than once in each.
    """
    problem, kept_at = slot.recall("problem"), slot.recall("kept at")
    if problem:
        st.html(markup.alert(problem))
    said = slot.recall("done") or (f"Draft kept {markup.clock(kept_at)}" if kept_at else "")
    st.html(f'<p class="sub" role="status">{said}</p>')


def _counted(slot: Slot) -> str:
    count = sum(len(text.split()) for text in slot.words.texts.values())
    return f"{words.count(count, 'word')}. Between {FEW} and {MANY} are read to the end."
