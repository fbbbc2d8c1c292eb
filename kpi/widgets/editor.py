"""The editor: what an author writes about a figure, kept while it is typed, saved and submitted."""

from collections.abc import Sequence

import streamlit as st

from kpi import figures, first_sentence, markup, narrative, proofing, words
from kpi.cards import Card
from kpi.narrative import PROMPTS, Key
from kpi.proofing import Remark
from kpi.revisions import Revision
from kpi.signoff import Standing, State
from kpi.widgets.autosave import autosaved
from kpi.widgets.focus import go_on
from kpi.widgets.front_door import View
from kpi.widgets.promised import promised
from kpi.widgets.questions import checks, questions
from kpi.widgets.reading import read, told, versions
from kpi.widgets.slot import Slot, slot

FEW, MANY = 40, 120  # words that say enough and are still read
BOTH_TEXTS = ".st-key-autosaved .alert"
NEXT = ".st-key-following button, .st-key-reopen button"  # where the focus is after submitting


def author(
    now: View, key: Key, about: Card, standing: Standing, before: Revision | None, *, due: str = ""
) -> Slot:
    """Draw the narrative for an author: to read once it is submitted, else to write on.

    `before` is what last month's narrative said; `due` until when it is wanted, where the page does
    not say so already.
    """
    questioned = checks(now, about, before)
    mine = slot(
        now,
        key,
        figure=figures.of(about),
        sentence=first_sentence.said(about),
        questioned=lambda said: proofing.kinds(questioned(said)),
    )
    mine.begin(standing)
    settled = standing.state in (State.SUBMITTED, State.APPROVED) and not mine.touched
    reopened = mine.progress.opened or mine.progress.conflict is not None
    if settled and not reopened:
        read(about, standing)
        _reopen(mine, standing)
    else:
        remarks = questioned(mine.boxes.words)
        st.html(markup.stands(*_state(mine, standing), due))
        _editor(mine, standing, about, remarks)
    versions(key, standing, shown=settled and not reopened)
    return mine


def _editor(slot: Slot, standing: Standing, about: Card, remarks: Sequence[Remark]) -> None:
    """Draw the boxes, and the buttons to save and submit what is in them.

    Not a fragment: words typed just before the menu is clicked would leave the next page blank.
    """
    with autosaved(again=slot.keep_again, failed=slot.progress.failed):
        # What comes and goes has a place of its own, so that no box moves in the order of the page.
        with st.container(gap="small"):
            _notices(slot, standing)
        for prompt in PROMPTS:
            st.text_area(
                prompt.heading,
                key=slot.boxes.named(prompt.id),
                placeholder=prompt.hint,
                height="content",
                on_change=slot.keep_draft,
                persist_state="session",
            )
            questions(slot, prompt, remarks)
            if prompt.id == "actions":
                promised(slot, about)
        st.html(f'<p class="sub count">{_counted(slot)}</p>')
        with st.container(horizontal=True):
            _buttons(slot)
        with st.container():
            _outcome(slot)


def _state(slot: Slot, standing: Standing) -> tuple[State, str]:
    """Return how far the narrative has come, and who brought it there."""
    newest = standing.newest
    if newest is None or newest.blank:
        return (State.DRAFT if slot.touched else State.NOT_STARTED), ""
    # Who returned it, and why, stands above the boxes.
    return standing.state, "" if standing.state is State.RETURNED else told(newest, standing)


def _notices(slot: Slot, standing: Standing) -> None:
    """Draw what the author must know before writing on."""
    progress = slot.progress
    if progress.conflict:
        st.html(markup.conflict(progress.conflict))
    elif progress.elsewhere:
        st.html(markup.elsewhere(progress.elsewhere))
    if standing.returned:
        st.html(markup.returned(standing.returned))
    moved = narrative.moved(slot.boxes.figure, slot.figure)
    if moved:
        st.html(markup.stale(moved, slot.sentence))
        st.button("Begin with the new sentence", on_click=slot.start_over)


def _buttons(slot: Slot) -> None:
    progress = slot.progress
    if theirs := progress.conflict:
        st.button("Save mine over theirs", type="primary", on_click=slot.save_over, args=(theirs,))
        st.button("Take theirs", on_click=slot.take_theirs, args=(theirs,))
        return
    if other := progress.elsewhere:
        st.button("Keep what is here", type="primary", on_click=slot.keep_these, args=(other,))
        st.button("Take the other", on_click=slot.take_others, args=(other,))
        return
    st.button(
        "Submit for approval", type="primary", on_click=_submit, args=(slot,), shortcut="Alt+S"
    )
    st.button("Save", on_click=_save, args=(slot,), shortcut="Ctrl+S")
    if progress.mine:
        st.button("Put mine back", on_click=slot.put_back, args=progress.mine)


def _submit(slot: Slot) -> None:
    slot.submit()
    if slot.progress.conflict:
        go_on(BOTH_TEXTS)
    elif slot.progress.done:
        go_on(NEXT)


def _save(slot: Slot) -> None:
    slot.save()
    if slot.progress.conflict:
        go_on(BOTH_TEXTS)


def _outcome(slot: Slot) -> None:
    """Draw what became of the words: kept, saved or not.

    It names the minute, so that it changes, and is read out, no more than once in each.
    """
    progress = slot.progress
    if progress.problem:
        st.html(markup.alert(progress.problem))
    draft = f"Draft kept {markup.clock(progress.kept_at)}" if progress.kept_at else ""
    said = progress.done or draft
    st.html(f'<p class="sub" role="status">{said}</p>')


def _counted(slot: Slot) -> str:
    count = sum(len(text.split()) for text in slot.boxes.words.texts.values())
    return f"{words.count(count, 'word')}. Between {FEW} and {MANY} are read to the end."


def _reopen(slot: Slot, standing: Standing) -> None:
    """Offer to write on, and say what has just been done."""
    approved = standing.state is State.APPROVED
    label = "Write a new version" if approved else "Change it"
    if standing.newest and narrative.moved(standing.newest.figure, slot.figure):
        label = "Write to the new figure"
    st.html(f'<p class="sub" role="status">{slot.progress.done}</p>')
    st.button(
        label,
        key="reopen",
        on_click=slot.open_again,
        help="What is approved stays until another version is." if approved else None,
    )
