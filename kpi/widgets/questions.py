"""What the checks question in a text, beside it; and where its author says it comes from.

It is advice: nothing is refused for it, and a reviewer sees what was answered and how.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import streamlit as st

from kpi import evidence, markup, proofing
from kpi.cards import Card
from kpi.narrative import Prompt, Words
from kpi.proofing import Kind, Remark
from kpi.revisions import Revision
from kpi.widgets.focus import go_on
from kpi.widgets.front_door import View, store_of
from kpi.widgets.glance import narrated
from kpi.widgets.session import kept
from kpi.widgets.slot import Slot

FEW = 5  # as many as an author reads at one look
COMES_FROM = (Kind.NUMBER, Kind.DIRECTION)  # what another source may bear out


@dataclass
class _Checked:
    read: tuple[Words, Card, Revision | None] | None = None
    found: list[Remark] = field(default_factory=list)


def checks(now: View, about: Card, before: Revision | None) -> Callable[[Words], list[Remark]]:
    """Return what says what the checks question in words about a figure.

    Words are read anew only when they have changed. `before` is what last month's narrative said.
    """
    last = kept("checked", _Checked)

    def questioned(words: Words) -> list[Remark]:
        read = (words, about, before)
        if last.read != read:
            held_against = evidence.gather(
                now.release,
                about,
                cards_at=lambda place: narrated(now, place.service_area),
                before=before,
                today=store_of(now).today(),
            )
            last.found = evidence.once_each(proofing.remarks(words, held_against))
            last.read = read
        return last.found

    return questioned


def questions(slot: Slot, prompt: Prompt, remarks: Sequence[Remark]) -> None:
    """Draw what is questioned under one heading, each with the way to answer it."""
    mine = [one for one in remarks if one.prompt == prompt.id]
    with st.container(gap="xsmall"):
        for remark in mine[:FEW]:
            named = _name(remark)
            with st.container(key=f"remark-{named}", horizontal=True, gap="small"):
                st.html(markup.remark(remark))
                if remark.sourced:
                    st.button(
                        "Take this back",
                        key=f"take back {named}",
                        type="tertiary",
                        on_click=_taken_back,
                        args=(slot, remark, named),
                    )
                else:
                    _answer(slot, remark, named)
        if len(mine) > FEW:
            st.html(f'<p class="remark">And {len(mine) - FEW:,} more.</p>')


def _name(remark: Remark) -> str:
    """Return the same name for what is questioned for as long as it is."""
    whole = f"{remark.prompt} {remark.kind} {remark.words}"
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _answered(slot: Slot, remark: Remark, typed: str, named: str) -> None:
    slot.say_source(remark.words, typed)
    go_on(f".st-key-remark-{named} button")


def _taken_back(slot: Slot, remark: Remark, named: str) -> None:
    slot.take_back_source(remark.words)
    go_on(f".st-key-remark-{named} button")


def _answer(slot: Slot, remark: Remark, named: str) -> None:
    """Draw where the author may say where the words come from, or why they stand."""
    from_elsewhere = remark.kind in COMES_FROM
    label = "Say where it comes from" if from_elsewhere else "Say why it stands"
    typed = slot.boxes.named(f"source {named}")
    with st.popover(
        label,
        type="tertiary",
        key=f"answer {named}",
        on_change=go_on,
        args=('[data-testid="stPopoverBody"] input',),
    ):
        st.text_input(
            "Where it comes from" if from_elsewhere else "Why it stands",
            key=typed,
            placeholder="Audit of conferences, October 2024" if from_elsewhere else None,
            on_change=_answered,
            args=(slot, remark, typed, named),
        )
        st.button("Keep it with the text", key=f"keep {named}")
