"""Writers in processes of their own, who write down everything that a store has acknowledged.

Each presses a button as a page does: when the answer is lost, the same press again, with the same
token, until there is an answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import random
from time import perf_counter, sleep
from typing import Any, TypeVar
from uuid import uuid4

from kpi import revisions, signoff
from kpi.errors import StoreError
from kpi.narrative import Key
from kpi.revisions import ConflictError
from kpi.signoff import State
from kpi.store import Store, events, open_store
from tests.stores import APPROVER, AUTHOR, FIGURE, KEY, words

Answer = TypeVar("Answer")

KEYS = 10  # narratives that all writers share
PRESSES = 1_000  # after which a writer gives up, and the test with it


@dataclass(frozen=True, kw_only=True)
class Acknowledged:
    """One line that a writer has written down: the store has said that this was done."""

    indicator: str
    number: int  # of the revision
    step: str
    said: str
    milliseconds: float  # between the press and its answer
    refused: int  # how often somebody else was faster, or the store busy or away

    @classmethod
    def read(cls, path: Path) -> "list[Acknowledged]":
        """Return every whole line of a file."""
        kinds = {"number": int, "milliseconds": float, "refused": int}
        lines = path.read_text(encoding="utf-8").splitlines()
        return [
            cls(
                **{
                    name: kinds.get(name, str)(text)
                    for name, text in zip(cls.__dataclass_fields__, line.split("\t"), strict=True)
                }
            )
            for line in lines
        ]


class Writer:
    """Somebody who writes down what was acknowledged, a line at a time and never half of one."""

    def __init__(self, url: str, answers: Path) -> None:
        self.store = open_store(url)
        self._answers = answers.open("ab", buffering=0)
        self._refused = 0

    def save(self, key: Key, said: str) -> None:
        """Save words over whatever stands, as one would who has read it."""
        for _ in range(PRESSES):
            standing = self._asked(lambda: signoff.standing(self.store, key).newest)
            press: dict[str, Any] = {
                "based_on": standing.number if standing else 0,
                "token": uuid4().hex,
                "figure": FIGURE,
                "release": "2024-11",
            }
            began = perf_counter()
            try:
                saved = self._asked(
                    lambda press=press: revisions.save(
                        self.store, AUTHOR, key, words(why=said), **press
                    )
                )
            except ConflictError:
                self._refused += 1
                continue
            self._note(key, saved.number, "saved", said, began)
            return
        raise AssertionError("somebody else was always faster")

    def sign_off(self, key: Key) -> None:
        """Submit new words, or approve those that wait. Nobody else writes about this."""
        stands = self._asked(lambda: signoff.standing(self.store, key))
        began, token, newest = perf_counter(), uuid4().hex, stands.newest
        if newest and stands.state is State.SUBMITTED:
            read = {"revision": newest.number, "seal": newest.seal, "figure": FIGURE}
            self._asked(lambda: signoff.approve(self.store, APPROVER, key, token=token, **read))
            self._note(key, newest.number, "approved", "", began)
            return
        press: dict[str, Any] = {
            "based_on": newest.number if newest else 0,
            "figure": FIGURE,
            "release": "2024-11",
            "token": token,
        }
        said = words(why=f"As of press {token}.")
        after = self._asked(lambda: signoff.submit(self.store, AUTHOR, key, said, **press))
        self._note(key, after.newest.number, "submitted", said.texts["why"], began)

    def _asked(self, ask: Callable[[], Answer]) -> Answer:
        """Return the answer, however often the store has to be asked."""
        for _ in range(PRESSES):
            try:
                return ask()
            except StoreError:
                self._refused += 1
                sleep(random() / 20)
        raise AssertionError("the store did not come back")

    def _note(self, key: Key, number: int, step: str, said: str, began: float) -> None:
        taken = 1000 * (perf_counter() - began)
        fields = (key.indicator, number, step, said, f"{taken:.2f}", self._refused)
        self._answers.write(("\t".join(map(str, fields)) + "\n").encode())
        self._refused = 0


def save_some(url: str, writer: int, saves: int, go: Path, answers: Path) -> None:
    """Save so many times, once `go` is there, in a narrative that others write too."""
    key = replace(KEY, indicator=f"indicator_{writer % KEYS}")
    writing = Writer(url, answers)
    while not go.exists():
        sleep(0.01)
    for n in range(saves):
        writing.save(key, f"writer {writer}, save {n}")


def write_until(url: str, writer: int, stop: Path, answers: Path) -> None:
    """Save, submit and approve in turn until `stop` is there."""
    shared = replace(KEY, indicator=f"indicator_{writer % 2}")
    own = replace(KEY, indicator=f"own_{writer}")
    writing = Writer(url, answers)
    while not stop.exists():
        writing.save(shared, uuid4().hex)
        writing.sign_off(own)


def kept(store: Store, *steps: str) -> list[tuple[str, int, str]]:
    """Return indicator, revision and step of every such line of the trail."""
    with store.reading() as rows:
        return [
            (row["indicator"], row["revision"], row["step"])
            for row in rows.find(events, {})
            if row["step"] in steps
        ]
