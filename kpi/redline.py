"""What has changed between two versions of a narrative, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from kpi import words
from kpi.narrative import PROMPTS, Action, Words

_WORDS = re.compile(r"\S+\s*|\s+")


class Change(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Words that were kept, added or removed together."""

    change: Change
    text: str


@dataclass(frozen=True, kw_only=True)
class Redline:
    """What has changed under one heading."""

    heading: str
    pieces: tuple[Piece, ...]


def redlines(before: Words, after: Words) -> list[Redline]:
    """Return every heading under which something has changed, with its words old and new."""
    found = []
    for (heading, old), (_, new) in zip(_said(before), _said(after), strict=True):
        if old != new:
            found.append(Redline(heading=heading, pieces=tuple(_pieces(old, new))))
    return found


def _said(version: Words) -> Iterator[tuple[str, str]]:
    """Yield every heading of a narrative with what stands under it, promises among them."""
    for prompt in PROMPTS:
        yield prompt.heading, version.texts[prompt.id]
    yield "Actions", "\n".join(_action(one) for one in version.actions)
    back = version.back_on_target_by
    yield "Back on target by", words.month(back) if back else ""


def _action(action: Action) -> str:
    due = f"by {words.day(action.due)}" if action.due else "no date"
    return f"{action.what} ({action.owner or 'nobody named'}, {due})"


def _pieces(old: str, new: str) -> Iterator[Piece]:
    """Yield the words of both, in the order of the new text, the removed before the added."""
    was, stands = _WORDS.findall(old), _WORDS.findall(new)
    for step, a, b, c, d in SequenceMatcher(None, was, stands, autojunk=False).get_opcodes():
        if step == "equal":
            yield Piece(Change.KEPT, "".join(was[a:b]))
            continue
        if a < b:
            yield Piece(Change.REMOVED, "".join(was[a:b]))
        if c < d:
            yield Piece(Change.ADDED, "".join(stands[c:d]))
