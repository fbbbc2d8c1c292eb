"""A slot: one author's box for one narrative, from its first word to its submission.

Its words are in the session while the author moves between pages, and in the store's draft when the
session is gone. They are never written back over what is being typed.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

import streamlit as st

from kpi import drafts, revisions, signoff
from kpi.access import Actor
from kpi.drafts import Draft, DraftConflictError
from kpi.errors import KpiError, StoreError
from kpi.narrative import PROMPTS, Action, Figure, Key, Sourced, Words, accepted
from kpi.proofing import covers
from kpi.revisions import ConflictError, Revision
from kpi.signoff import Standing
from kpi.widgets.front_door import opened_store

PATIENCE = 5  # seconds in which a store that was busy is not asked again for every key


@dataclass(frozen=True, kw_only=True)
class Slot:
    """What an author has in front of them. `figure` and `sentence` are of the figure as it is."""

    actor: Actor
    key: Key
    release: str
    figure: Figure
    sentence: str  # the factual one that an empty box begins with
    questioned: Callable[[Words], tuple[str, ...]]  # the kinds of what the checks question in words

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
    def rows(self) -> tuple[int, ...]:
        """The numbers of the rows in which actions are written; none is given twice."""
        return self.recall("rows") or ()

    @property
    def words(self) -> Words:
        """What is in the box now."""
        actions = [
            Action(
                what=self.recall(f"what {row}") or "",
                owner=self.recall(f"owner {row}") or "",
                due=self.recall(f"due {row}"),
            )
            for row in self.rows
        ]
        return Words(
            texts={prompt.id: self.recall(prompt.id) or "" for prompt in PROMPTS},
            back_on_target_by=self.recall("back"),
            actions=tuple(one for one in actions if one.what or one.owner or one.due),
            sourced=self.recall("sourced") or (),
        )

    @property
    def written_for(self) -> Figure | None:
        """The figure that the words in the box were written for."""
        return self.recall("figure")

    @property
    def touched(self) -> bool:
        """Whether the author has typed anything that is not saved."""
        return self.words != self.recall("begun with")

    def begin(self, stands: Standing) -> None:
        """Fill the box from the draft or what stands; again if nobody has typed since.

        A box with nothing in it begins with the factual sentence, which alone is no draft.
        """
        newest = stands.newest
        number = newest.number if newest else 0
        seen, first = (number, self.figure), self.recall("seen") is None
        if not first and (self.recall("seen") == seen or self.touched):
            return
        draft = drafts.mine(opened_store(), self.actor, self.key) if first else None
        if draft:
            self._fill(draft.words, for_figure=draft.figure)
        elif newest and not newest.blank:
            self._fill(newest.words, for_figure=newest.figure)
        else:
            texts = {prompt.id: "" for prompt in PROMPTS} | {"figures": self.sentence}
            self._fill(Words(texts=texts), for_figure=self.figure)
        if first:
            self.put("draft", draft.saved_at if draft else None)
        self.put("based on", draft.based_on if draft else number)
        self.put("begun with", None if draft else self.words)
        self.put("kept at", draft.saved_at if draft else None)
        self.put("seen", seen)
        self.put("token", uuid.uuid4().hex)

    def keep_draft(self) -> None:
        """Keep what has been typed so far, so that a closed browser loses nothing."""
        if self.touched:  # a box may send once more what has just been saved
            self.put("done", None)
        if monotonic() < (self.recall("patience") or 0):
            return
        self.keep_again()

    def keep_again(self) -> None:
        """Keep what has been typed, though it has just failed."""
        self._try(self._keep)
        failed = self.recall("problem") is not None and self.recall("worth another try")
        self.put("failed", (self.recall("failed") or 0) + 1 if failed else 0)
        self.put("patience", monotonic() + PATIENCE if failed else 0)

    def save(self) -> None:
        """Make what is in the box the narrative, unless somebody else saved meanwhile."""
        self._settle(self._save, "Saved.")

    def submit(self) -> None:
        """Put what is in the box before an approver, unless somebody else saved meanwhile."""
        self._settle(self._submit, "Submitted for approval.")

    def save_over(self) -> None:
        """Save what is in the box as the revision after the one that the author was shown."""
        self.put("based on", self.recall("conflict").number)
        self.put("conflict", None)
        self.save()

    def take_theirs(self) -> None:
        """Put the other author's words into the box. One's own can be put back."""
        theirs: Revision = self.recall("conflict")
        self.put("mine", (self.words, self.written_for))
        self._fill(theirs.words, for_figure=theirs.figure)
        self._saved(theirs)
        self.put("conflict", None)

    def keep_these(self) -> None:
        """Let what is in the box stand in the place of what was typed in another tab."""
        self.put("draft", self.recall("elsewhere").saved_at)
        self.put("elsewhere", None)
        self.keep_again()

    def take_others(self) -> None:
        """Put what was typed in another tab into the box. What was there can be put back."""
        other: Draft = self.recall("elsewhere")
        self.put("mine", (self.words, self.written_for))
        self._fill(other.words, for_figure=other.figure)
        self.put("based on", other.based_on)
        self.put("begun with", None)
        self.put("draft", other.saved_at)
        self.put("kept at", other.saved_at)
        self.put("elsewhere", None)

    def put_back(self) -> None:
        """Put one's own words back, in exchange for what has been typed since."""
        mine, figure = self.recall("mine")
        self.put("mine", (self.words, self.written_for) if self.touched else None)
        self._fill(mine, for_figure=figure)
        self.keep_again()

    def copy(self, before: Words) -> None:
        """Put earlier words into the empty boxes, and earlier actions where there are none."""
        for prompt in PROMPTS:
            if not self.recall(prompt.id):
                self.put(prompt.id, before.texts[prompt.id])
        if not self.rows:
            for action in before.actions:
                self._add(action)
        self.keep_draft()

    def start_over(self) -> None:
        """Put the factual sentence as it is now before the words, which are then about it."""
        old = self.recall("figures") or ""
        self.put("figures", f"{self.sentence}\n\n{old}" if old else self.sentence)
        self.put("figure", self.figure)
        self.keep_draft()

    def add_action(self) -> None:
        """Add an empty row for an action."""
        self._add(Action(what=""))

    def remove_action(self, row: int) -> None:
        """Take a row with its action away."""
        self.put("rows", tuple(one for one in self.rows if one != row))
        self.keep_draft()

    def say_source(self, words: str, typed: str) -> None:
        """Keep where the author has words from that a check questions, as `typed` beside them."""
        source = (st.session_state.get(typed) or "").strip()
        if source:
            others = [one for one in self.words.sourced if one.words != words]
            self.put("sourced", (*others, Sourced(words=words, source=source)))
            self.keep_draft()

    def take_back_source(self, words: str) -> None:
        """Let the checks question these words again."""
        others = (one for one in self.words.sourced if not covers(one.words, words))
        self.put("sourced", tuple(others))
        self.keep_draft()

    def _fill(self, words: Words, *, for_figure: Figure | None) -> None:
        """Put words into the box."""
        for prompt in PROMPTS:
            self.put(prompt.id, words.texts[prompt.id])
        self.put("rows", ())
        for action in words.actions:
            self._add(action)
        self.put("back", words.back_on_target_by)
        self.put("sourced", words.sourced)
        self.put("figure", for_figure)

    def _add(self, action: Action) -> None:
        row = (self.recall("last row") or 0) + 1
        self.put("last row", row)
        self.put(f"what {row}", action.what)
        self.put(f"owner {row}", action.owner)
        self.put(f"due {row}", action.due)
        self.put("rows", (*self.rows, row))

    def _keep(self) -> None:
        store, seen = opened_store(), self.recall("draft")
        if not self.touched:
            if seen:
                drafts.drop(store, self.actor, self.key, seen=seen)
            self.put("draft", None)
            self.put("kept at", None)
            return
        draft = drafts.keep(
            store,
            self.actor,
            self.key,
            self.words,
            based_on=self.recall("based on"),
            figure=self.written_for,
            seen=seen,
        )
        self.put("draft", draft.saved_at)
        self.put("kept at", draft.saved_at)
        self.put("elsewhere", None)

    def _save(self) -> None:
        self._saved(
            revisions.save(
                opened_store(),
                self.actor,
                self.key,
                self.words,
                based_on=self.recall("based on"),
                figure=self.written_for,  # only a submission says that they are about the new one
                release=self.release,
                token=self.recall("token"),
                draft=self.recall("draft"),
            )
        )

    def _submit(self) -> None:
        stands = signoff.submit(
            opened_store(),
            self.actor,
            self.key,
            self.words,
            based_on=self.recall("based on"),
            figure=self.figure,
            release=self.release,
            remarks=self.questioned(self.words),
            token=self.recall("token"),
            draft=self.recall("draft"),
        )
        if (newest := stands.newest) is None:
            return
        if newest.words != accepted(self.words):  # the answer was lost, and somebody wrote since
            raise ConflictError(current=newest, yours=self.words)
        self._saved(newest)
        self.put("open", False)

    def _saved(self, revision: Revision) -> None:
        """Note that what is in the box stands as this revision."""
        self.put("based on", revision.number)
        self.put("begun with", self.words)
        self.put("figure", revision.figure)
        self.put("seen", (revision.number, self.figure))
        self.put("token", uuid.uuid4().hex)
        self.put("kept at", None)

    def _settle(self, work: Callable[[], None], done: str) -> None:
        self.put("done", None)
        try:
            self._try(work)
        except ConflictError as conflict:
            self.put("conflict", conflict.current)
            return
        if self.recall("problem") is None:
            self.put("done", done)
            self.put("failed", 0)
            self.put("mine", None)
            self.put("draft", None)

    def _try(self, work: Callable[[], object]) -> None:
        """Do `work`, and keep what went wrong to be shown beside the box."""
        self.put("problem", None)
        try:
            work()
        except ConflictError:
            raise
        except DraftConflictError as conflict:
            self.put("elsewhere", conflict.kept)
        except KpiError as error:
            self.put("problem", str(error))
            self.put("worth another try", isinstance(error, StoreError))
