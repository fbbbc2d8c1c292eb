"""The narrative box: what was said about a figure, and where an author says it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from kpi import drafts, figures, markup, revisions, words
from kpi.access import Actor, Right
from kpi.cards import Card
from kpi.errors import KpiError
from kpi.narrative import PROMPTS, Figure, Key, Words
from kpi.revisions import ConflictError, Revision
from kpi.widgets.front_door import View, opened_store, view


def narrative_box(card: Card) -> None:
    """Draw what was said about the figure, and for an author the box to say it in."""
    now = view()
    key = Key(
        indicator=card.indicator.id,
        month=card.month,
        authority=now.place.authority,
        service_area=now.place.service_area,
    )
    about = f"{words.month(card.month)} · {key.service_area or words.WHOLE_SERVICE}"
    with st.container(border=True, key="narrative"):
        st.subheader("Narrative", anchor=False)
        st.html(f'<p class="sub">{markup.escape(about)}</p>')
        try:
            if now.actor.may(Right.WRITE_NARRATIVE):
                _write(now, key, figures.of(card))
            else:
                _read(revisions.latest(opened_store(), key))
        except KpiError as error:
            st.html(markup.alert(str(error)))


def _read(revision: Revision | None) -> None:
    if revision is None or revision.blank:
        st.write("No narrative yet.")
        return
    st.html(markup.narrative(revision))


def _write(now: View, key: Key, figure: Figure) -> None:
    """Draw the box. What is typed is kept as a draft at once; only Save makes it the narrative.

    Not a fragment: words typed just before the menu is clicked would leave the next page blank.
    """
    slot = Slot(actor=now.actor, key=key, release=now.release.name, figure=figure)
    standing = revisions.latest(opened_store(), key)
    slot.begin(standing)
    conflict = slot.recall("conflict")
    if conflict is not None:
        st.html(markup.conflict(conflict))
    for prompt in PROMPTS:
        st.text_area(
            prompt.heading,
            key=slot.named(prompt.id),
            placeholder=prompt.hint,
            height="content",
            on_change=slot.keep_draft,
            persist_state="session",
        )
    if conflict is None:
        st.button("Save narrative", type="primary", on_click=slot.save)
    else:
        with st.container(horizontal=True):
            st.button("Save mine over theirs", type="primary", on_click=slot.save_over)
            st.button("Take theirs", on_click=slot.take_theirs)
    problem, done = slot.recall("problem"), slot.recall("done")
    if problem:
        st.html(markup.alert(problem))
    elif done:
        st.html(f'<p class="sub" role="status">{done}</p>')
    if standing is not None:
        st.html(f'<p class="sub">{markup.escape(markup.saved(standing))}</p>')


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One author's box for one narrative: what is in it, and what it was begun from.

    The words are in the session while the author moves between pages, and in the store's draft
    when the session is gone. They are never written back over what is being typed.
    """

    actor: Actor
    key: Key
    release: str
    figure: Figure

    def named(self, part: str) -> str:
        """Return the session's name for a part of this box."""
        place = f"{self.key.authority}|{self.key.service_area or ''}"
        return f"{part}|{self.actor.name}|{self.key.indicator}|{self.key.month:%Y-%m}|{place}"

    def recall(self, part: str) -> Any:
        """Return a part of this box, or None."""
        return st.session_state.get(self.named(part))

    def put(self, part: str, value: object) -> None:
        """Keep a part of this box."""
        st.session_state[self.named(part)] = value

    @property
    def texts(self) -> dict[str, str]:
        """What is in the box now."""
        return {prompt.id: self.recall(prompt.id) or "" for prompt in PROMPTS}

    def begin(self, standing: Revision | None) -> None:
        """Fill the box from the draft or the standing revision; again if nobody has typed since."""
        number = standing.number if standing else 0
        begun = self.recall("based on")
        untouched = begun is not None and self.texts == self.recall("begun with")
        if begun is not None and not (untouched and number > begun):
            return
        draft = drafts.mine(opened_store(), self.actor, self.key) if begun is None else None
        texts = draft.words.texts if draft else standing.texts if standing else {}
        for prompt in PROMPTS:
            self.put(prompt.id, texts.get(prompt.id, ""))
        self.put("based on", draft.based_on if draft else number)
        self.put("begun with", {} if draft else self.texts)
        self.put("token", uuid.uuid4().hex)

    def keep_draft(self) -> None:
        """Keep what has been typed so far, so that a closed browser loses nothing."""
        self.put("done", None)
        self._try(
            lambda: drafts.keep(
                opened_store(),
                self.actor,
                self.key,
                Words(texts=self.texts),
                based_on=self.recall("based on"),
                figure=self.figure,
            )
        )

    def save(self) -> None:
        """Make what is in the box the narrative, unless somebody else saved meanwhile."""
        try:
            self._try(self._save)
        except ConflictError as conflict:
            self.put("conflict", conflict.current)

    def save_over(self) -> None:
        """Save what is in the box as the revision after the one that the author was shown."""
        self.put("based on", self.recall("conflict").number)
        self.put("conflict", None)
        self.save()

    def take_theirs(self) -> None:
        """Put the other author's words into the box. One's own stay in the store's draft."""
        theirs: Revision = self.recall("conflict")
        for prompt in PROMPTS:
            self.put(prompt.id, theirs.texts[prompt.id])
        self.put("based on", theirs.number)
        self.put("begun with", self.texts)
        self.put("conflict", None)

    def _save(self) -> None:
        revision = revisions.save(
            opened_store(),
            self.actor,
            self.key,
            Words(texts=self.texts),
            based_on=self.recall("based on"),
            figure=self.figure,
            release=self.release,
            token=self.recall("token"),
        )
        self.put("based on", revision.number)
        self.put("begun with", self.texts)
        self.put("token", uuid.uuid4().hex)
        self.put("done", "Saved.")

    def _try(self, work: Callable[[], object]) -> None:
        """Do `work`, and keep what went wrong to be shown beside the box."""
        self.put("problem", None)
        try:
            work()
        except ConflictError:
            raise
        except KpiError as error:
            self.put("problem", str(error))
