"""Narratives: what they are about, what they are made of, and what may be kept of them.

A narrative belongs to one indicator, month and place. It answers four prompts, may promise actions
and a date by which the figure is back on target, and says of words that a check has questioned
where they come from.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from kpi import words
from kpi.errors import KpiError
from kpi.plain import plain, restored

LIMIT = 5_000  # characters in one saved text
DRAFT_LIMIT = 50_000  # a paste that is too long must survive until it has been shortened
LINE_LIMIT = 500  # characters in one line of an action or a source
MOST_ACTIONS = 10


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

    @property
    def columns(self) -> dict[str, object]:
        """The columns by which a store knows it."""
        return {
            "authority": self.authority,
            "month": self.month,
            "service_area": self.service_area or "",
            "indicator": self.indicator,
        }

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Key":
        """Return what a store's row is about."""
        return cls(
            indicator=row["indicator"],
            month=row["month"],
            authority=row["authority"],
            service_area=row["service_area"] or None,
        )


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something that will be done. It is promised once it has an owner and a date."""

    what: str
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class Sourced:
    """Words that a check questions, and where their author has them from."""

    words: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Words:
    """Everything that an author writes about a figure."""

    texts: Texts
    back_on_target_by: date | None = None  # a month's last day
    actions: tuple[Action, ...] = ()
    sourced: tuple[Sourced, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing is said and nothing promised."""
        said = any(text.strip() for text in self.texts.values())
        return not (said or self.actions or self.back_on_target_by)

    @property
    def columns(self) -> dict[str, object]:
        """The columns in which a store keeps them."""
        return {
            **self.texts,
            "back_on_target_by": self.back_on_target_by,
            "actions_promised": _list(self.actions),
            "sourced": _list(self.sourced),
        }

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Words":
        """Return the words that a store's row keeps."""
        return cls(
            texts={prompt.id: row[prompt.id] for prompt in PROMPTS},
            back_on_target_by=row["back_on_target_by"],
            actions=tuple(restored(Action, one) for one in json.loads(row["actions_promised"])),
            sourced=tuple(restored(Sourced, one) for one in json.loads(row["sourced"])),
        )


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """An earlier month's figure, to which a text is likely to compare its own."""

    month: date
    said: str  # '91.0%'


@dataclass(frozen=True, kw_only=True)
class Figure:
    """The figure that a text is about, as it was when the text was written."""

    said: str  # '95.8%', or why there is no value
    of: str  # '23 of 24'; nothing for a plain count
    numerator: Decimal | None
    denominator: Decimal | None
    target: str  # 'Target 90% or more'
    rating: str
    earlier: tuple[Earlier, ...] = ()

    @property
    def text(self) -> str:
        """The figure as a store keeps it."""
        return json.dumps(plain(self) | {"earlier": [plain(one) for one in self.earlier]})

    @classmethod
    def of_text(cls, text: str) -> "Figure | None":
        """Return the figure that was kept as `text`; None for one from before figures were kept."""
        if not text:
            return None
        entry = json.loads(text)
        earlier = tuple(restored(Earlier, one) for one in entry["earlier"])
        return restored(cls, entry | {"earlier": earlier})


def moved(then: Figure | None, now: Figure) -> tuple[str, ...]:
    """Return what has changed in a figure since words were written for it; nothing if all stands.

    A sentence each: 'The figure was 95.8% when this was written; it is now 94.4%.'
    """
    if then is None:
        return ("This was written before figures were kept with their narratives.",)
    found = []
    if (then.said, then.of) != (now.said, now.of):
        plain_values = then.said != now.said or not (then.of and now.of)
        was, stands = (then.said, now.said) if plain_values else (then.of, now.of)
        found.append(f"The figure was {was} when this was written; it is now {stands}.")
    if then.target != now.target:
        found.append(f"It was “{then.target}” when this was written; it is now “{now.target}”.")
    if then.rating != now.rating:
        found.append(f"It stood as “{then.rating}”; it is now “{now.rating}”.")
    known = {one.month: one.said for one in now.earlier}
    found += [
        f"{words.month(one.month)} was {one.said} when this was written; it is now "
        f"{known[one.month]}."
        for one in then.earlier
        if known.get(one.month, one.said) != one.said
    ]
    return tuple(found)


class NarrativeError(KpiError):
    """A text cannot be saved as it stands. The message says which and why."""


def clean(text: str) -> str:
    """Return `text` without the characters that no page, printer or database can take.

    Word's line and page breaks become line breaks; other control characters, and halves of broken
    characters, go. Everything else stays as it was typed, tabs and line endings too.
    """
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", text))


_BREAKS = re.compile(r"[\v\f\x85]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def accepted(written: Words, limit: int = LIMIT) -> Words:
    """Return the words as they are kept: cleaned, and without lines that say nothing.

    Raises NarrativeError naming every text that is longer than `limit`, and every line of an
    action or a source that is longer than LINE_LIMIT.
    """
    if set(written.texts) != {prompt.id for prompt in PROMPTS}:
        raise ValueError(
            f"A narrative has one text for each prompt, not for {sorted(written.texts)}."
        )
    texts = {prompt.id: clean(written.texts[prompt.id]) for prompt in PROMPTS}
    actions = tuple(
        replace(one, what=_line(one.what), owner=_line(one.owner)) for one in written.actions
    )
    sourced = tuple(
        Sourced(words=_line(one.words), source=_line(one.source)) for one in written.sourced
    )
    kept = Words(
        texts=texts,
        back_on_target_by=written.back_on_target_by,
        actions=tuple(one for one in actions if one.what or one.owner or one.due),
        sourced=tuple(one for one in sourced if one.words),
    )
    problems = [
        _too_long(prompt.heading, texts[prompt.id], limit)
        for prompt in PROMPTS
        if len(texts[prompt.id]) > limit
    ]
    lines = [("An action", line) for one in kept.actions for line in (one.what, one.owner)]
    lines += [("A source", line) for one in kept.sourced for line in (one.words, one.source)]
    problems += [
        _too_long(name, line, LINE_LIMIT) for name, line in lines if len(line) > LINE_LIMIT
    ]
    if len(kept.actions) > MOST_ACTIONS:
        problems.append(f"There are {len(kept.actions)} actions, and the most is {MOST_ACTIONS}.")
    if problems:
        raise NarrativeError(
            " ".join(problems) + " Nothing has been cut and nothing saved: shorten it in the box."
        )
    return kept


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _too_long(name: str, text: str, limit: int) -> str:
    return f"“{name}” has {len(text):,} characters, and the most is {limit:,}."


def _list(facts: tuple[Any, ...]) -> str:
    return json.dumps([plain(one) for one in facts], ensure_ascii=False)
