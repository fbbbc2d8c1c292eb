"""Drafts: what one author has typed and not yet saved. It may be written over; nobody else sees it.

A draft is kept at every pause in the typing, so that a closed browser loses nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from kpi.access import Actor, Right
from kpi.errors import KpiError
from kpi.narrative import DRAFT_LIMIT, Figure, Key, Words, accepted
from kpi.store import Row, Store, drafts

KEPT = "Your text is still in the box."


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What one author has typed, and the revision and figure that they had in front of them."""

    based_on: int
    words: Words
    saved_at: datetime  # UTC
    figure: Figure | None


class DraftConflictError(KpiError):
    """The same author has typed in another tab too. Carries what is kept of that."""

    def __init__(self, kept: Draft) -> None:
        self.kept = kept
        super().__init__(
            "You have typed about this in another tab too. What you typed there has been kept, and "
            "this has not: say which should stand."
        )


def keep(
    store: Store,
    actor: Actor,
    key: Key,
    words: Words,
    *,
    based_on: int,
    figure: Figure | None,
    seen: datetime | None = None,
) -> Draft:
    """Return the author's draft of this narrative, which takes the place of the one they have seen.

    `seen` is when that was kept; None where they have seen none.

    Raises AccessError for somebody who may not write; DraftConflictError when they have typed
    other words elsewhere; NarrativeError when a text is too long; StoreError when the store cannot
    be written.
    """
    actor.must(Right.WRITE_NARRATIVE)
    kept = accepted(words, DRAFT_LIMIT)
    now = store.now()
    mine = key.columns | {"author": actor.name}
    with store.writing(KEPT) as rows:
        for row in rows.find(drafts, mine):
            other = _draft(row)
            if other.saved_at != seen and other.words != kept and not other.words.blank:
                raise DraftConflictError(other)
        rows.remove(drafts, mine)
        rows.add(
            drafts,
            mine
            | kept.columns
            | {"based_on": based_on, "saved_at": now, "figure": figure.text if figure else ""},
        )
    return Draft(based_on=based_on, words=kept, saved_at=now, figure=figure)


def mine(store: Store, actor: Actor, key: Key) -> Draft | None:
    """Return what the actor has typed and not saved, if anything; never somebody else's."""
    with store.reading() as rows:
        for row in rows.find(drafts, key.columns | {"author": actor.name}):
            return _draft(row)
    return None


def begun(store: Store, *, authority: str, month: date) -> dict[Key, set[str]]:
    """Return who has a draft of which narrative of a month; what it says stays its author's."""
    found: defaultdict[Key, set[str]] = defaultdict(set)
    with store.reading() as rows:
        for row in rows.find(drafts, {"authority": authority, "month": month}):
            if not Words.of(row).blank:
                found[Key.of(row)].add(row["author"])
    return dict(found)


def drop(store: Store, actor: Actor, key: Key, *, seen: datetime) -> None:
    """Throw the draft away that the actor kept then, and no other of theirs.

    Raises AccessError for somebody who may not write.
    """
    actor.must(Right.WRITE_NARRATIVE)
    with store.writing(undone="Your draft has been kept.") as rows:
        rows.remove(drafts, key.columns | {"author": actor.name, "saved_at": seen})


def _draft(row: Row) -> Draft:
    return Draft(
        based_on=row["based_on"],
        words=Words.of(row),
        saved_at=row["saved_at"],
        figure=Figure.of_text(row["figure"]),
    )
