"""Revisions: every narrative that was saved, in every version. Saving adds one and changes none."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from kpi.access import Actor, Right
from kpi.drafts import KEPT
from kpi.errors import KpiError
from kpi.narrative import Figure, Key, NarrativeError, Texts, Words, accepted
from kpi.store import Row, Store, Transaction, drafts, events, revisions


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A narrative as somebody saved it. A narrative's revisions count up from 1, without gaps."""

    number: int
    based_on: int  # the revision that the author had in front of them; 0: none
    words: Words
    author: str
    saved_at: datetime  # UTC
    release: str  # whose figures the author was looking at
    figure: Figure | None  # what they were; None in a revision from before figures were kept

    @property
    def texts(self) -> Texts:
        """What was written under each prompt."""
        return self.words.texts

    @property
    def blank(self) -> bool:
        """Whether nothing is said: the author has taken the narrative back."""
        return self.words.blank

    @property
    def seal(self) -> str:
        """What changes with any word or figure of it: by it an approver says what they saw."""
        said = {name: str(value) for name, value in self.words.columns.items()}
        figure = self.figure.text if self.figure else ""
        whole = json.dumps([self.number, self.author, said, figure], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()


class ConflictError(KpiError):
    """Somebody saved while the author was writing. Carries both texts, for a page to show."""

    def __init__(self, *, current: Revision, yours: Words) -> None:
        self.current = current
        self.yours = yours
        super().__init__(
            f"{current.author} saved another version while you were writing. Yours has not been "
            "saved yet, and neither is lost: put into the box what should stand, and save again."
        )


def history(store: Store, key: Key) -> list[Revision]:
    """Return every revision, oldest first."""
    with store.reading() as rows:
        return [revision(row) for row in rows.find(revisions, key.columns)]


def save(
    store: Store,
    actor: Actor,
    key: Key,
    words: Words,
    *,
    based_on: int,
    figure: Figure | None,
    release: str,
    token: str,
    draft: datetime | None = None,
) -> Revision:
    """Return the revision that holds these words: a new one, unless they stand already.

    `based_on` is the number of the revision that the author started from, 0 for none. `token` is
    any text that is new for each press of the button: a save whose answer was lost may be repeated
    with the same token, and gives the revision that it made. The author's draft goes when it has
    the same words, or when it was kept of this text at the time of `draft`. Control characters are
    treated as `narrative.clean` says; nothing else changes.

    Raises AccessError for somebody who may not write; ConflictError when another revision has been
    saved since; NarrativeError when a text is too long or there is nothing to save; StoreError
    when the store cannot be written.
    """
    actor.must(Right.WRITE_NARRATIVE)
    kept = accepted(words)
    with store.writing(KEPT) as rows:
        return add(
            rows,
            actor,
            key,
            kept,
            based_on=based_on,
            figure=figure,
            release=release,
            token=token,
            draft=draft,
            now=store.now(),
        )


def add(
    rows: Transaction,
    actor: Actor,
    key: Key,
    kept: Words,
    *,
    based_on: int,
    figure: Figure | None,
    release: str,
    token: str,
    draft: datetime | None,
    now: datetime,
) -> Revision:
    """Return the revision that holds `kept`, accepted words, within a transaction: see `save`."""
    actor.must(Right.WRITE_NARRATIVE)
    place = key.columns
    rows.remove(drafts, place | kept.columns | {"author": actor.name})
    if draft:
        rows.remove(drafts, place | {"author": actor.name, "saved_at": draft})
    attempt = place | kept.columns | {"author": actor.name, "based_on": based_on, "token": token}
    for row in rows.find(revisions, attempt):
        return revision(row)
    standing = newest(rows, key)
    if standing is None or standing.words != kept or standing.figure != figure:
        number = _next_number(standing, kept, based_on)
        row = attempt | {
            "number": number,
            "based_on": number - 1,
            "saved_at": now,
            "release": release,
            "figure": figure.text if figure else "",
        }
        rows.add(revisions, row)
        standing = revision(row)
        note(rows, actor, key, "saved", standing, token=token, now=now)
    return standing


def note(
    rows: Transaction,
    actor: Actor,
    key: Key,
    step: str,
    of: Revision,
    *,
    token: str,
    now: datetime,
    reason: str = "",
    remarks: str = "[]",
) -> None:
    """Write a step in a revision's life into the trail."""
    row = {
        "at": now,
        "who": actor.name,
        "roles": ", ".join(sorted(actor.roles)),
        "step": step,
        "revision": of.number,
        "based_on": of.based_on,
        "reason": reason,
        "remarks": remarks,
        "figure": of.figure.text if of.figure else "",
        "token": token,
    }
    rows.add(events, key.columns | row)


def newest(rows: Transaction, key: Key) -> Revision | None:
    """Return the revision that was saved last, within a transaction."""
    standing = rows.latest(revisions, key.columns, per="indicator")
    return revision(standing[0]) if standing else None


def revision(row: Row) -> Revision:
    """Return the revision that a store's row keeps."""
    return Revision(
        number=row["number"],
        based_on=row["based_on"],
        words=Words.of(row),
        author=row["author"],
        saved_at=row["saved_at"],
        release=row["release"],
        figure=Figure.of_text(row["figure"]),
    )


def _next_number(current: Revision | None, words: Words, based_on: int) -> int:
    """Return the number to follow `current`, or raise when words not yet seen stand there."""
    if current and current.number != based_on:
        raise ConflictError(current=current, yours=words)
    if words.blank and (current is None or current.blank):
        raise NarrativeError("There is nothing to save yet: write under at least one heading.")
    return current.number + 1 if current else 1
