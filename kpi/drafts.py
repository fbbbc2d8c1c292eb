"""Drafts: what one author has typed and not yet saved. It may be written over; nobody else sees it.

A draft is kept at every pause in the typing, so that a closed browser loses nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from kpi.access import Actor, Right
from kpi.narrative import DRAFT_LIMIT, Figure, Key, Words, accepted
from kpi.store import Store, drafts

KEPT = "Your text is still in the box."


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What one author has typed, and the revision and figure that they had in front of them."""

    based_on: int
    words: Words
    saved_at: datetime  # UTC
    figure: Figure | None


def keep(
    store: Store, actor: Actor, key: Key, words: Words, *, based_on: int, figure: Figure | None
) -> Draft:
    """Return the author's draft of this narrative, which takes the place of their last one.

    Raises AccessError for somebody who may not write; NarrativeError when a text is too long;
    StoreError when the store cannot be written.
    """
    actor.must(Right.WRITE_NARRATIVE)
    kept = accepted(words, DRAFT_LIMIT)
    now = store.now()
    mine = key.columns | {"author": actor.name}
    with store.writing(KEPT) as rows:
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
            return Draft(
                based_on=row["based_on"],
                words=Words.of(row),
                saved_at=row["saved_at"],
                figure=Figure.of_text(row["figure"]),
            )
    return None


def begun(store: Store, *, authority: str, month: date) -> dict[Key, set[str]]:
    """Return who has a draft of which narrative of a month; what it says stays its author's."""
    found: defaultdict[Key, set[str]] = defaultdict(set)
    with store.reading() as rows:
        for row in rows.find(drafts, {"authority": authority, "month": month}):
            if not Words.of(row).blank:
                found[Key.of(row)].add(row["author"])
    return dict(found)


def drop(store: Store, actor: Actor, key: Key) -> None:
    """Throw the actor's draft away. Raises AccessError for somebody who may not write."""
    actor.must(Right.WRITE_NARRATIVE)
    with store.writing(undone="Your draft has been kept.") as rows:
        rows.remove(drafts, key.columns | {"author": actor.name})
