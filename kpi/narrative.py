"""Narratives: what people have said about a figure, every version of it, and what they are writing.

A narrative belongs to one indicator, month and place, and answers four prompts. Saving adds a
revision and never changes one, so what was said stays said. A draft is one author's unfinished
text: it may be written over, and nobody else sees it.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from kpi.access import Actor, Right
from kpi.errors import KpiError
from kpi.store import Row, Store, Transaction, drafts, revisions

LIMIT = 5_000  # characters in one saved text
DRAFT_LIMIT = 50_000  # a paste that is too long must survive until it has been shortened


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """One question that a narrative answers."""

    id: str
    heading: str  # as readers of the narrative see it
    hint: str  # for the author, beside the empty box


PROMPTS = (
    Prompt(
        id="figures",
        heading="What the figures show",
        hint="Is it better or worse than the target, and than before? Since when?",
    ),
    Prompt(
        id="why",
        heading="Why",
        hint="What is behind it? What do you know, and what do you only suspect?",
    ),
    Prompt(
        id="actions",
        heading="What we are doing",
        hint="For each action: what will be done, who does it, and by what date?",
    ),
    Prompt(
        id="difference",
        heading="What will be different for children",
        hint="What will a child or family notice, and when will the figures show it?",
    ),
)

Texts = Mapping[str, str]  # what was written under each prompt, by the prompt's id


@dataclass(frozen=True, kw_only=True)
class Key:
    """What a narrative is about. A team's view shows the narrative of its service area."""

    indicator: str
    month: date
    authority: str
    service_area: str | None = None  # None: the whole service

    def __post_init__(self) -> None:
        if self.month.day != 1:
            raise ValueError(f"A narrative's month is its first day, not {self.month}.")


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A narrative as somebody saved it. A narrative's revisions count up from 1, without gaps."""

    number: int
    based_on: int  # the revision that the author had in front of them; 0: none
    texts: Texts
    author: str
    saved_at: datetime  # UTC
    release: str  # whose figures the author was looking at

    @property
    def blank(self) -> bool:
        """Whether nothing is said: the author has taken the narrative back."""
        return _blank(self.texts)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What one author has typed and not yet saved as a revision."""

    based_on: int
    texts: Texts
    saved_at: datetime  # UTC


class NarrativeError(KpiError):
    """A text cannot be saved as it stands. The message says which and why."""


class ConflictError(KpiError):
    """Somebody saved while the author was writing. Carries both texts, for a page to show."""

    def __init__(self, *, current: Revision, yours: Texts) -> None:
        self.current = current
        self.yours = yours
        super().__init__(
            f"{current.author} saved another version while you were writing. Yours has not been "
            "saved yet, and neither is lost: put into the box what should stand, and save again."
        )


def latest(store: Store, key: Key) -> Revision | None:
    """Return the revision that stands, if any has been saved."""
    with store.reading() as rows:
        return _latest(rows, key)


def history(store: Store, key: Key) -> list[Revision]:
    """Return every revision, oldest first."""
    with store.reading() as rows:
        return [_revision(row) for row in rows.find(revisions, _place(key))]


def written(
    store: Store,
    *,
    month: date,
    authority: str,
    service_area: str | None,
    indicators: Collection[str],
) -> set[str]:
    """Return those of `indicators` about which something is said for this month and place."""
    where = {"month": month, "authority": authority, "service_area": service_area or ""}
    with store.reading() as rows:
        standing = rows.latest(revisions, where, per="indicator")
    return {row["indicator"] for row in standing if not _revision(row).blank} & set(indicators)


def save(
    store: Store,
    actor: Actor,
    key: Key,
    texts: Texts,
    *,
    based_on: int,
    release: str,
    token: str,
) -> Revision:
    """Return the revision that holds these words: a new one, unless they stand already.

    `based_on` is the number of the revision that the author started from, 0 for none. `token` is
    any text that is new for each press of the button: a save whose answer was lost may be repeated
    with the same token, and gives the revision that it made. The author's draft goes when it has
    the same words. Control characters are treated as `clean` says; nothing else changes.

    Raises AccessError for somebody who may not write; ConflictError when another revision has been
    saved since; NarrativeError when a text is too long or there is nothing to save; StoreError
    when the store cannot be written.
    """
    actor.must(Right.WRITE_NARRATIVE)
    kept = _accepted(texts, LIMIT)
    place = _place(key)
    with store.writing("Your text is still in the box.") as rows:
        attempt = place | kept | {"author": actor.name, "based_on": based_on, "token": token}
        for row in rows.find(revisions, attempt):
            return _revision(row)
        revision = _latest(rows, key)
        if revision is None or revision.texts != kept:
            number = _next_number(revision, kept, based_on)
            row = attempt | {
                "number": number,
                "based_on": number - 1,
                "saved_at": datetime.now(UTC),
                "release": release,
            }
            rows.add(revisions, row)
            revision = _revision(row)
        rows.remove(drafts, place | kept | {"author": actor.name})
    return revision


def save_draft(store: Store, actor: Actor, key: Key, texts: Texts, based_on: int) -> Draft:
    """Return the author's draft of this narrative, which takes the place of their last one.

    Raises AccessError, NarrativeError and StoreError as `save` does.
    """
    actor.must(Right.WRITE_NARRATIVE)
    kept = _accepted(texts, DRAFT_LIMIT)
    now = datetime.now(UTC)
    mine = _place(key) | {"author": actor.name}
    with store.writing("Your text is still in the box.") as rows:
        rows.remove(drafts, mine)
        rows.add(drafts, mine | kept | {"based_on": based_on, "saved_at": now})
    return Draft(based_on=based_on, texts=kept, saved_at=now)


def draft(store: Store, actor: Actor, key: Key) -> Draft | None:
    """Return what the actor has typed and not saved, if anything; never somebody else's."""
    with store.reading() as rows:
        for row in rows.find(drafts, _place(key) | {"author": actor.name}):
            return Draft(based_on=row["based_on"], texts=_texts(row), saved_at=row["saved_at"])
    return None


def drop_draft(store: Store, actor: Actor, key: Key) -> None:
    """Throw the actor's draft away. Raises AccessError for somebody who may not write."""
    actor.must(Right.WRITE_NARRATIVE)
    with store.writing("Your draft has been kept.") as rows:
        rows.remove(drafts, _place(key) | {"author": actor.name})


def clean(text: str) -> str:
    """Return `text` without the characters that no page, printer or database can take.

    Word's line and page breaks become line breaks; other control characters, and halves of broken
    characters, go. Everything else stays as it was typed, tabs and line endings too.
    """
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", text))


_BREAKS = re.compile(r"[\v\f\x85]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def _accepted(texts: Texts, limit: int) -> dict[str, str]:
    if set(texts) != {prompt.id for prompt in PROMPTS}:
        raise ValueError(f"A narrative has one text for each prompt, not for {sorted(texts)}.")
    kept = {prompt.id: clean(texts[prompt.id]) for prompt in PROMPTS}
    problems = [
        f"“{prompt.heading}” has {len(kept[prompt.id]):,} characters, and the most is {limit:,}."
        for prompt in PROMPTS
        if len(kept[prompt.id]) > limit
    ]
    if problems:
        raise NarrativeError(
            " ".join(problems) + " Nothing has been cut and nothing saved: shorten it in the box."
        )
    return kept


def _next_number(current: Revision | None, texts: Texts, based_on: int) -> int:
    """Return the number to follow `current`, or raise when words not yet seen stand there."""
    if current and current.number != based_on:
        raise ConflictError(current=current, yours=texts)
    if _blank(texts) and (current is None or current.blank):
        raise NarrativeError("There is nothing to save yet: write under at least one heading.")
    return current.number + 1 if current else 1


def _latest(rows: Transaction, key: Key) -> Revision | None:
    standing = rows.latest(revisions, _place(key), per="indicator")
    return _revision(standing[0]) if standing else None


def _blank(texts: Texts) -> bool:
    return not any(text.strip() for text in texts.values())


def _place(key: Key) -> dict[str, object]:
    return {
        "authority": key.authority,
        "month": key.month,
        "service_area": key.service_area or "",
        "indicator": key.indicator,
    }


def _texts(row: Row) -> dict[str, str]:
    return {prompt.id: row[prompt.id] for prompt in PROMPTS}


def _revision(row: Row) -> Revision:
    return Revision(
        number=row["number"],
        based_on=row["based_on"],
        texts=_texts(row),
        author=row["author"],
        saved_at=row["saved_at"],
        release=row["release"],
    )
