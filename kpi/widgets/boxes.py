"""The boxes in which one author writes one narrative, and what stands in them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st

from kpi.narrative import PROMPTS, Action, Figure, Sourced, Words
from kpi.proofing import covers
from kpi.widgets.session import held


@dataclass
class Boxes:
    """What an author has in front of them. The session keeps it while they move between pages."""

    name: str  # that no other author's and no other narrative's boxes have
    figure: Figure | None = None  # that the words were written for
    rows: tuple[int, ...] = ()  # in which actions are written; no number is given twice
    sourced: tuple[Sourced, ...] = ()
    _last_row: int = 0
    _to_show: dict[str, object] = field(default_factory=dict)  # by the part, once it is drawn

    def named(self, part: str) -> str:
        """Return the session's name for one box: the prompt's id, 'owner 2', 'back'."""
        return f"{part}|{self.name}"

    @property
    def words(self) -> Words:
        """What is in the boxes now."""
        typed = held()

        def of(part: str) -> Any:
            return self._to_show.get(part, typed.get(self.named(part)))

        back = of("back")
        actions = [
            Action(
                what=of(f"what {row}") or "", owner=of(f"owner {row}") or "", due=of(f"due {row}")
            )
            for row in self.rows
        ]
        return Words(
            texts={prompt.id: of(prompt.id) or "" for prompt in PROMPTS},
            # A month that is no longer offered comes from the browser as words.
            back_on_target_by=back if isinstance(back, date) else None,
            actions=tuple(one for one in actions if one.what or one.owner or one.due),
            sourced=self.sourced,
        )

    def fill(self, words: Words, *, for_figure: Figure | None) -> None:
        """Put words into the boxes, in the place of what is there."""
        self._to_show |= {prompt.id: words.texts[prompt.id] for prompt in PROMPTS}
        self._to_show["back"] = words.back_on_target_by
        self.rows = ()
        for action in words.actions:
            self.add(action)
        self.sourced = words.sourced
        self.figure = for_figure

    def fill_empty(self, words: Words) -> None:
        """Put words into the boxes that are empty, and actions where there are none."""
        there = self.words
        self._to_show |= {
            prompt.id: words.texts[prompt.id] for prompt in PROMPTS if not there.texts[prompt.id]
        }
        if not self.rows:
            for action in words.actions:
                self.add(action)

    def begin_with(self, sentence: str, *, about: Figure) -> None:
        """Put a sentence before the words, which are then about that figure."""
        old = self.words.texts["figures"]
        self._to_show["figures"] = f"{sentence}\n\n{old}" if old else sentence
        self.figure = about

    def add(self, action: Action) -> None:
        """Add a row for an action."""
        self._last_row = row = self._last_row + 1
        self._to_show |= {
            f"what {row}": action.what,
            f"owner {row}": action.owner,
            f"due {row}": action.due,
        }
        self.rows = (*self.rows, row)

    def remove(self, row: int) -> None:
        """Take a row away, with its action."""
        self.rows = tuple(one for one in self.rows if one != row)

    def say_source(self, words: str, source: str) -> None:
        """Keep where the author has words from that a check questions."""
        others = (one for one in self.sourced if one.words != words)
        self.sourced = (*others, Sourced(words=words, source=source))

    def take_back_source(self, words: str) -> None:
        """Let the checks question these words again."""
        self.sourced = tuple(one for one in self.sourced if not covers(one.words, words))

    def show(self) -> None:
        """Let the boxes show what has been put into them. Called before they are drawn."""
        for part, value in self._to_show.items():
            st.session_state[self.named(part)] = value
        self._to_show = {}
