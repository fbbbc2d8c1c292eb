"""A verdict: what one reviewer does with one version that they have read."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from kpi import signoff
from kpi.errors import KpiError
from kpi.narrative import Key
from kpi.revisions import Revision
from kpi.signoff import SignOffError
from kpi.widgets.front_door import View, store_of
from kpi.widgets.glance import figure_now
from kpi.widgets.session import held, kept


@dataclass
class Attempt:
    """What the session keeps of a verdict until it is given."""

    token: str = field(default_factory=lambda: uuid.uuid4().hex)
    problem: str = ""  # why it could not be given


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The version that was drawn, and who reads it."""

    now: View
    key: Key
    read: Revision
    name: str  # that no other version's has, nor the same words' when they are submitted again
    attempt: Attempt

    def named(self, part: str) -> str:
        """Return the session's name for a control of this verdict: none is the next one's."""
        return f"{part}|{self.name}"

    def approve(self) -> bool:
        """Approve what was read, and return whether it is approved."""
        return self._try(self._approve)

    def send_back(self) -> bool:
        """Return what was read to its author, and return whether that is done."""
        return self._try(self._send_back)

    def _approve(self) -> None:
        figure = figure_now(self.key)
        if figure is None:
            raise SignOffError(
                "The release that stands now has no such figure, so nothing was approved."
            )
        signoff.approve(
            store_of(self.now),
            self.now.actor,
            self.key,
            revision=self.read.number,
            seal=self.read.seal,
            figure=figure,
            token=self.attempt.token,
        )

    def _send_back(self) -> None:
        signoff.send_back(
            store_of(self.now),
            self.now.actor,
            self.key,
            revision=self.read.number,
            seal=self.read.seal,
            reason=held().get(self.named("reason")) or "",
            token=self.attempt.token,
        )

    def _try(self, work: Callable[[], None]) -> bool:
        """Do `work`, and keep what went wrong to be shown beside the buttons."""
        self.attempt.problem = ""
        try:
            work()
        except KpiError as error:
            self.attempt.problem = str(error)
            return False
        return True


def verdict(now: View, key: Key, read: Revision, *, steps: int, reason: str) -> Verdict:
    """Return the verdict of whoever is looking on what they read.

    `steps` have been taken with the narrative so far. `reason` is what a return begins with.
    """
    about = f"{key.authority}|{key.service_area or ''}|{key.indicator}|{key.month:%Y-%m}"
    name = f"{now.actor.name}|{about}|{read.number}|{steps}"
    attempt = kept(f"verdict|{name}", Attempt)
    found = Verdict(now=now, key=key, read=read, name=name, attempt=attempt)
    st.session_state.setdefault(found.named("reason"), reason)
    return found
