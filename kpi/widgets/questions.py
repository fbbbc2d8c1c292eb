"""What the checks question in a text, beside it; and where its author says it comes from.

It is advice: nothing is refused for it, and a reviewer sees what was answered and how.
"""

from collections.abc import Sequence

import streamlit as st

from kpi import evidence, first_sentence, markup, proofing
from kpi.cards import Card
from kpi.narrative import Prompt, Words
from kpi.proofing import Kind, Remark
from kpi.revisions import Revision
from kpi.widgets.front_door import View, opened_store
from kpi.widgets.glance import narrated
from kpi.widgets.slot import Slot

COMES_FROM = (Kind.NUMBER, Kind.DIRECTION)  # what another source may bear out


def questioned(now: View, about: Card, words: Words, before: Revision | None) -> list[Remark]:
    """Return what the checks question in the words; they are read anew only when they change.

    `before` is what last month's narrative said.
    """
    read = (words, about, before)
    checked, found = st.session_state.get("checked", (None, []))
    if checked != read:
        held_against = evidence.gather(
            now.release,
            about,
            cards_at=lambda place: narrated(now, place.service_area),
            before=before,
            today=opened_store().today(),
        )
        found = [
            one for one in proofing.remarks(words, held_against) if not _ours(one, words, about)
        ]
        st.session_state["checked"] = (read, found)
    return found


def _ours(remark: Remark, words: Words, about: Card) -> bool:
    """Return whether it is about the factual sentence, which was made from the figures."""
    sentence = first_sentence.said(about)
    begins = words.texts["figures"].find(sentence)
    within = begins <= remark.start < remark.end <= begins + len(sentence)
    return remark.prompt == "figures" and begins >= 0 and within


def questions(slot: Slot, prompt: Prompt, remarks: Sequence[Remark]) -> None:
    """Draw what is questioned under one heading, each with the way to answer it."""
    mine = [(number, one) for number, one in enumerate(remarks) if one.prompt == prompt.id]
    with st.container(gap="xsmall"):
        for number, remark in mine:
            with st.container(key=f"remark-{number}", horizontal=True, gap="small"):
                st.html(markup.remark(remark))
                if remark.sourced:
                    st.button(
                        "Take this back",
                        key=f"take back {number}",
                        type="tertiary",
                        on_click=slot.take_back_source,
                        args=(remark.words,),
                    )
                else:
                    _answer(slot, remark, number)


def _answer(slot: Slot, remark: Remark, number: int) -> None:
    """Draw where the author may say where the words come from, or why they stand."""
    from_elsewhere = remark.kind in COMES_FROM
    label = "Say where it comes from" if from_elsewhere else "Say why it stands"
    typed = slot.named(f"source {number} of {remark.words}")
    with st.popover(label, type="tertiary", key=f"answer {number}"):
        st.text_input(
            "Where it comes from" if from_elsewhere else "Why it stands",
            key=typed,
            placeholder="Audit of conferences, October 2024" if from_elsewhere else None,
            on_change=slot.say_source,
            args=(remark.words, typed),
        )
        st.button("Keep it with the text", key=f"keep {number}")
