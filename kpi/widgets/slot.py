"""A slot: one author's boxes for one narrative, from the first word to the submission.

The words are in the session while the author moves between pages, and in the store's draft when the
session is gone. They are never written back over what is being typed.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from kpi import drafts, revisions, signoff
from kpi.drafts import Draft, DraftConflictError
from kpi.errors import KpiError, StoreError
from kpi.narrative import PROMPTS, Action, Figure, Key, Words, accepted
from kpi.revisions import ConflictError, Revision
from kpi.signoff import Standing
from kpi.widgets.boxes import Boxes
from kpi.widgets.front_door import View, store_of
from kpi.widgets.session import held, kept

PATIENCE = 5  # seconds in which a store that was busy is not asked again for every key


@dataclass
class Progress:
    """How far an author has come, and what they have to be told. The session keeps it."""

    begun: tuple[int, Figure] | None = None  # with which revision and figure the boxes were filled
    begun_with: Words | None = None  # None: with a draft, which is not saved
    based_on: int = 0  # the revision that the author started from
    token: str = field(default_factory=lambda: uuid.uuid4().hex)  # new for each save
    draft: datetime | None = None  # when the one that the author knows of was kept
    kept_at: datetime | None = None  # the same, until it is saved
    opened: bool = False  # to write on, though it is submitted or approved
    conflict: Revision | None = None  # what somebody else saved meanwhile
    elsewhere: Draft | None = None  # what the author typed in another tab
    mine: tuple[Words, Figure | None] | None = None  # what was in the boxes before others' words
    done: str = ""  # what was done last: 'Saved.'
    problem: str = ""  # why something was not done
    failed: int = 0  # how often keeping has failed on end, where another try may help
    patience: float = 0  # until when the store is not asked again


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One author's boxes and progress. `figure` and `sentence` are of the figure as it is."""

    now: View
    key: Key
    figure: Figure
    sentence: str  # the factual one that an empty box begins with
    questioned: Callable[[Words], tuple[str, ...]]  # the kinds of what the checks question in words
    boxes: Boxes
    progress: Progress

    @property
    def touched(self) -> bool:
        """Whether the author has typed anything that is not saved."""
        return self.boxes.words != self.progress.begun_with

    def begin(self, stands: Standing) -> None:
        """Fill the boxes from the draft or what stands; again if nobody has typed since.

        Boxes with nothing in them begin with the factual sentence, which alone is no draft.
        """
        self._begin(stands)
        self.boxes.show()

    def keep_draft(self) -> None:
        """Keep what has been typed so far, so that a closed browser loses nothing."""
        if self.touched:  # a box may send once more what has just been saved
            self.progress.done = ""
        if monotonic() >= self.progress.patience:
            self.keep_again()

    def keep_again(self) -> None:
        """Keep what has been typed, though it has just failed."""
        again = self._try(self._keep)
        self.progress.failed = self.progress.failed + 1 if again else 0
        self.progress.patience = monotonic() + PATIENCE if again else 0

    def save(self) -> None:
        """Make what is in the boxes the narrative, unless somebody else saved meanwhile."""
        self._settle(self._save, "Saved.")

    def submit(self) -> None:
        """Put what is in the boxes before an approver, unless somebody else saved meanwhile."""
        self._settle(self._submit, "Submitted for approval.")

    def open_again(self) -> None:
        """Let the author write on, though it is submitted or approved."""
        self.progress.opened = True

    def save_over(self, theirs: Revision) -> None:
        """Save what is in the boxes as the revision after theirs, which the author was shown."""
        self.progress.based_on = theirs.number
        self.progress.conflict = None
        self.save()

    def take_theirs(self, theirs: Revision) -> None:
        """Put the other author's words into the boxes. One's own can be put back."""
        self.progress.mine = (self.boxes.words, self.boxes.figure)
        self.boxes.fill(theirs.words, for_figure=theirs.figure)
        self._saved(theirs)
        self.progress.conflict = None

    def keep_these(self, other: Draft) -> None:
        """Let what is in the boxes stand in the place of what was typed in another tab."""
        self.progress.draft = other.saved_at
        self.progress.elsewhere = None
        self.keep_again()

    def take_others(self, other: Draft) -> None:
        """Put what was typed in another tab into the boxes. What was there can be put back."""
        self.progress.mine = (self.boxes.words, self.boxes.figure)
        self._take_draft(other)
        self.progress.elsewhere = None

    def put_back(self, words: Words, figure: Figure | None) -> None:
        """Put one's own words back, in exchange for what has been typed since."""
        instead = (self.boxes.words, self.boxes.figure) if self.touched else None
        self.boxes.fill(words, for_figure=figure)
        self.progress.mine = instead
        self.keep_again()

    def copy(self, before: Words) -> None:
        """Put earlier words into the empty boxes, and earlier actions where there are none."""
        self.boxes.fill_empty(before)
        self.keep_draft()

    def start_over(self) -> None:
        """Put the factual sentence as it is now before the words, which are then about it."""
        self.boxes.begin_with(self.sentence, about=self.figure)
        self.keep_draft()

    def add_action(self) -> None:
        """Add an empty row for an action."""
        self.boxes.add(Action(what=""))

    def remove_action(self, row: int) -> None:
        """Take a row with its action away."""
        self.boxes.remove(row)
        self.keep_draft()

    def say_source(self, words: str, typed: str) -> None:
        """Keep where the author has words from that a check questions, as `typed` beside them."""
        source = (held().get(typed) or "").strip()
        if source:
            self.boxes.say_source(words, source)
            self.keep_draft()

    def take_back_source(self, words: str) -> None:
        """Let the checks question these words again."""
        self.boxes.take_back_source(words)
        self.keep_draft()

    def _begin(self, stands: Standing) -> None:
        progress, newest = self.progress, stands.newest
        number = newest.number if newest else 0
        stand, first = (number, self.figure), progress.begun is None
        if not first and (progress.begun == stand or self.touched):
            return
        draft = drafts.mine(store_of(self.now), self.now.actor, self.key) if first else None
        if draft:
            self._take_draft(draft)
        else:
            if newest and not newest.blank:
                self.boxes.fill(newest.words, for_figure=newest.figure)
            else:
                texts = {prompt.id: "" for prompt in PROMPTS} | {"figures": self.sentence}
                self.boxes.fill(Words(texts=texts), for_figure=self.figure)
            progress.based_on, progress.begun_with = number, self.boxes.words
            progress.kept_at = None
        progress.begun = stand
        progress.token = uuid.uuid4().hex

    def _take_draft(self, draft: Draft) -> None:
        self.boxes.fill(draft.words, for_figure=draft.figure)
        self.progress.based_on, self.progress.begun_with = draft.based_on, None
        self.progress.draft = self.progress.kept_at = draft.saved_at

    def _keep(self) -> None:
        progress, store = self.progress, store_of(self.now)
        if not self.touched:
            if progress.draft:
                drafts.drop(store, self.now.actor, self.key, seen=progress.draft)
            progress.draft = progress.kept_at = None
            return
        draft = drafts.keep(
            store,
            self.now.actor,
            self.key,
            self.boxes.words,
            based_on=progress.based_on,
            figure=self.boxes.figure,
            seen=progress.draft,
        )
        progress.draft = progress.kept_at = draft.saved_at
        progress.elsewhere = None

    def _save(self) -> None:
        self._saved(
            revisions.save(
                store_of(self.now),
                self.now.actor,
                self.key,
                self.boxes.words,
                based_on=self.progress.based_on,
                figure=self.boxes.figure,  # only a submission says that they are about the new one
                release=self.now.release.name,
                token=self.progress.token,
                draft=self.progress.draft,
            )
        )

    def _submit(self) -> None:
        words = self.boxes.words
        stands = signoff.submit(
            store_of(self.now),
            self.now.actor,
            self.key,
            words,
            based_on=self.progress.based_on,
            figure=self.figure,
            release=self.now.release.name,
            remarks=self.questioned(words),
            token=self.progress.token,
            draft=self.progress.draft,
        )
        if (newest := stands.newest) is None:
            return
        if newest.words != accepted(words):  # the answer was lost, and somebody wrote since
            raise ConflictError(current=newest, yours=words)
        self._saved(newest)
        self.progress.opened = False

    def _saved(self, revision: Revision) -> None:
        """Note that what is in the boxes stands as this revision."""
        progress = self.progress
        progress.based_on = revision.number
        progress.begun_with = self.boxes.words
        progress.begun = (revision.number, self.figure)
        progress.token = uuid.uuid4().hex
        progress.kept_at = None
        self.boxes.figure = revision.figure

    def _settle(self, work: Callable[[], None], done: str) -> None:
        progress = self.progress
        progress.done = ""
        try:
            self._try(work)
        except ConflictError as conflict:
            progress.conflict = conflict.current
            return
        if not progress.problem:
            progress.done = done
            progress.failed = 0
            progress.mine = progress.draft = None

    def _try(self, work: Callable[[], object]) -> bool:
        """Do `work`, and keep what went wrong. Return whether another try may help."""
        self.progress.problem = ""
        try:
            work()
        except ConflictError:
            raise
        except DraftConflictError as conflict:
            self.progress.elsewhere = conflict.kept
        except KpiError as error:
            self.progress.problem = str(error)
            return isinstance(error, StoreError)
        return False


def slot(
    now: View,
    key: Key,
    *,
    figure: Figure,
    sentence: str,
    questioned: Callable[[Words], tuple[str, ...]],
) -> Slot:
    """Return the slot of whoever is looking, with what the session keeps of it."""
    place = f"{key.authority}|{key.service_area or ''}"
    name = f"{now.actor.name}|{key.indicator}|{key.month:%Y-%m}|{place}"
    return Slot(
        now=now,
        key=key,
        figure=figure,
        sentence=sentence,
        questioned=questioned,
        boxes=kept(f"boxes|{name}", lambda: Boxes(name)),
        progress=kept(f"progress|{name}", Progress),
    )
