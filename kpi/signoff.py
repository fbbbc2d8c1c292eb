"""Sign-off: a narrative is submitted, and somebody else approves it or sends it back with a reason.

Approving freezes the words with the figure that they were written for. Every step is written into
the trail, which only grows; where a narrative stands is read from it and kept nowhere else.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kpi import promises
from kpi.access import Actor, Right
from kpi.drafts import KEPT
from kpi.errors import KpiError
from kpi.narrative import Figure, Key, NarrativeError, Words, accepted, clean, moved
from kpi.revisions import Revision, add, note, revision
from kpi.store import Row, Store, Transaction, events, revisions

REASON_LIMIT = 2_000  # characters


class State(StrEnum):
    """How far a narrative has come."""

    NOT_STARTED = "Not started"
    DRAFT = "Draft"
    SUBMITTED = "Submitted"
    RETURNED = "Returned"
    APPROVED = "Approved"


class Step(StrEnum):
    """Something that was done to a narrative."""

    SAVED = "saved"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of the trail."""

    at: datetime  # UTC
    who: str
    step: Step
    revision: int
    based_on: int  # the revision from which it was written; 0: none
    reason: str  # why it was returned
    remarks: tuple[str, ...]  # the kinds of what the checks still questioned when it was submitted
    figure: Figure | None  # as it was when the words were written


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a narrative stands."""

    state: State
    newest: Revision | None
    approved: Revision | None  # the last one that was approved; it stays until another is
    trail: tuple[Event, ...]  # oldest first

    @property
    def shown(self) -> Revision | None:
        """What a reader is shown: the approved words; the newest where none have been approved."""
        newest = self.newest if self.newest and not self.newest.blank else None
        return self.approved or newest

    @property
    def returned(self) -> Event | None:
        """The return that has not been answered by another submission, if any."""
        last = self.last(Step.RETURNED, Step.SUBMITTED, Step.APPROVED)
        return last if last and last.step is Step.RETURNED else None

    def last(self, *steps: Step) -> Event | None:
        """Return the last of such steps, if any."""
        return next((one for one in reversed(self.trail) if one.step in steps), None)


class SignOffError(KpiError):
    """A narrative cannot be submitted, returned or approved as it stands. The message says why."""


NOTHING = Standing(state=State.NOT_STARTED, newest=None, approved=None, trail=())


def standing(store: Store, key: Key) -> Standing:
    """Return where a narrative stands."""
    with store.reading() as rows:
        return _standing(rows, key)


def standings(store: Store, *, authority: str, month: date) -> dict[Key, Standing]:
    """Return where every narrative of a month stands that has ever been saved."""
    where = {"authority": authority, "month": month}
    saved: dict[Key, list[Row]] = {}
    trails: dict[Key, list[Row]] = {}
    with store.reading() as rows:
        for row in rows.find(revisions, where):
            saved.setdefault(Key.of(row), []).append(row)
        for row in rows.find(events, where):
            trails.setdefault(Key.of(row), []).append(row)
    return {key: _made(saved[key], trails.get(key, [])) for key in saved}


def submit(
    store: Store,
    actor: Actor,
    key: Key,
    words: Words,
    *,
    based_on: int,
    figure: Figure,
    release: str,
    remarks: Sequence[str] = (),
    token: str,
    draft: datetime | None = None,
) -> Standing:
    """Save the words, unless they stand already, and put them before an approver.

    `figure` is the figure as it is now, `remarks` are the kinds of what the checks still question.
    `token`, `draft` and the errors are as in `revisions.save`.
    """
    actor.must(Right.WRITE_NARRATIVE)
    kept = accepted(words)
    if kept.blank:
        raise NarrativeError("There is nothing to submit yet: write under at least one heading.")
    with store.writing(KEPT) as rows:
        now = store.now()
        added = add(
            rows,
            actor,
            key,
            kept,
            based_on=based_on,
            figure=figure,
            release=release,
            token=token,
            draft=draft,
            now=now,
        )
        stands = _standing(rows, key)
        waits = stands.newest == added and stands.state not in (State.SUBMITTED, State.APPROVED)
        if waits and not _done(rows, actor, key, Step.SUBMITTED, token, revision=added.number):
            said = json.dumps(list(remarks))
            note(rows, actor, key, Step.SUBMITTED, added, token=token, now=now, remarks=said)
        return _standing(rows, key)


def approve(
    store: Store, actor: Actor, key: Key, *, revision: int, seal: str, figure: Figure, token: str
) -> Standing:
    """Approve the revision that the actor has read, and enter what it promises in the ledger.

    `seal` is the seal of that revision as the actor was shown it, `figure` the figure as it is now.

    Raises AccessError for somebody who may not approve; SignOffError when the words or the figure
    are no longer those that were read, or when the actor has had a hand in them; StoreError when
    the store cannot be written.
    """
    with store.writing(undone="Nothing has been approved.") as rows:
        stands = _standing(rows, key)
        if _done(rows, actor, key, Step.APPROVED, token, revision=revision):
            return stands
        read = _reviewed(stands, actor, revision=revision, seal=seal)
        if changes := moved(read.figure, figure):
            raise SignOffError(
                f"{' '.join(changes)} Return it, so that the author can write to the new figure."
            )
        now = store.now()
        note(rows, actor, key, Step.APPROVED, read, token=token, now=now)
        promises.enter(rows, key, read, approved_by=actor.name, at=now)
        return _standing(rows, key)


def send_back(
    store: Store, actor: Actor, key: Key, *, revision: int, seal: str, reason: str, token: str
) -> Standing:
    """Return the revision that the actor has read to its author, with a reason.

    Raises as `approve` does, and SignOffError without a reason.
    """
    said = clean(reason).strip()
    with store.writing(undone="Nothing has been returned.") as rows:
        stands = _standing(rows, key)
        if _done(rows, actor, key, Step.RETURNED, token, revision=revision):
            return stands
        read = _reviewed(stands, actor, revision=revision, seal=seal)
        if not said:
            raise SignOffError("Say what the author should change: a return needs a reason.")
        if len(said) > REASON_LIMIT:
            raise SignOffError(
                f"The reason has {len(said):,} characters, and the most is {REASON_LIMIT:,}."
            )
        note(rows, actor, key, Step.RETURNED, read, token=token, now=store.now(), reason=said)
        return _standing(rows, key)


def writers(stands: Standing) -> set[str]:
    """Return who has had a hand in the words that wait: none of them may approve these.

    Whoever saved or submitted since the last approval: a small change by somebody else does not
    make one's own words another's.
    """
    found: set[str] = set()
    for event in stands.trail:
        if event.step is Step.APPROVED:
            found.clear()
        elif event.step in (Step.SAVED, Step.SUBMITTED):
            found.add(event.who)
    return found


def may_review(stands: Standing, actor: Actor) -> bool:
    """Return whether the actor could approve or return what waits."""
    waits = stands.state is State.SUBMITTED
    return waits and actor.may(Right.APPROVE_NARRATIVE) and actor.name not in writers(stands)


def _reviewed(stands: Standing, actor: Actor, *, revision: int, seal: str) -> Revision:
    """Return the revision that the actor may approve or return, having read it."""
    actor.must(Right.APPROVE_NARRATIVE)
    read = stands.newest
    if stands.state is not State.SUBMITTED or read is None:
        last = stands.last(*Step)
        what = f" {last.who} has {last.step} it." if last else ""
        raise SignOffError(f"This narrative does not wait for approval.{what}")
    if read.number != revision or read.seal != seal:
        raise SignOffError(
            f"{read.author} has changed this narrative since you read it. Nothing was done: read "
            "it again first."
        )
    if actor.name in writers(stands):
        raise SignOffError(
            f"{actor.name} has had a hand in these words, so somebody else must approve or return "
            "them."
        )
    return read


def _done(
    rows: Transaction, actor: Actor, key: Key, step: Step, token: str, *, revision: int
) -> bool:
    """Return whether this press of the button has been answered already."""
    press = {"who": actor.name, "step": step.value, "token": token, "revision": revision}
    return bool(rows.find(events, key.columns | press))


def _standing(rows: Transaction, key: Key) -> Standing:
    return _made(rows.find(revisions, key.columns), rows.find(events, key.columns))


def _made(saved: Iterable[Row], trail: Iterable[Row]) -> Standing:
    told = tuple(_event(row) for row in trail)
    kept = {row["number"]: revision(row) for row in saved}
    if not kept:
        return NOTHING
    last = kept[max(kept)]
    approved = [one.revision for one in told if one.step is Step.APPROVED]
    return Standing(
        state=_state(last, told),
        newest=last,
        approved=kept[approved[-1]] if approved else None,
        trail=told,
    )


def _state(last: Revision, trail: Sequence[Event]) -> State:
    steps = [one.step for one in trail if one.revision == last.number]
    if last.blank:
        return State.NOT_STARTED
    return {
        Step.SUBMITTED: State.SUBMITTED,
        Step.RETURNED: State.RETURNED,
        Step.APPROVED: State.APPROVED,
    }.get(steps[-1] if steps else Step.SAVED, State.DRAFT)


def _event(row: Row) -> Event:
    return Event(
        at=row["at"],
        who=row["who"],
        step=Step(row["step"]),
        revision=row["revision"],
        based_on=row["based_on"],
        reason=row["reason"],
        remarks=tuple(json.loads(row["remarks"])),
        figure=Figure.of_text(row["figure"]),
    )
