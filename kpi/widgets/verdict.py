"""A verdict: what one reviewer does with one version that they have read."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from kpi import signoff
from kpi.access import Actor
from kpi.errors import KpiError
from kpi.narrative import Key
from kpi.revisions import Revision
from kpi.signoff import SignOffError
from kpi.widgets.front_door import opened_store
from kpi.widgets.glance import figure_now


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The version that was drawn, and who reads it."""

    actor: Actor
    key: Key
    read: Revision
    steps: int  # that the narrative had taken when it was drawn

    def named(self, part: str) -> str:
        """Return the session's name for a part of this verdict: none is taken over by the next.

        Words that are submitted again as they stood are another matter to decide on.
        """
        key = self.key
        about = f"{key.authority}|{key.service_area or ''}|{key.indicator}|{key.month:%Y-%m}"
        return f"{part}|{self.actor.name}|{about}|{self.read.number}|{self.steps}"

    def recall(self, part: str) -> Any:
        """Return a part of this verdict, or None."""
        return st.session_state.get(self.named(part))

    def put(self, part: str, value: object) -> None:
        """Keep a part of this verdict."""
        st.session_state[self.named(part)] = value

    def begin(self, reason: str) -> None:
        """Make ready for a decision; `reason` is what a return begins with."""
        if self.recall("token") is None:
            self.put("token", uuid.uuid4().hex)
            self.put("reason", reason)

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
            opened_store(),
            self.actor,
            self.key,
            revision=self.read.number,
            seal=self.read.seal,
            figure=figure,
            token=self.recall("token"),
        )

    def _send_back(self) -> None:
        signoff.send_back(
            opened_store(),
            self.actor,
            self.key,
            revision=self.read.number,
            seal=self.read.seal,
            reason=self.recall("reason") or "",
            token=self.recall("token"),
        )

    def _try(self, work: Callable[[], None]) -> bool:
        """Do `work`, and keep what went wrong to be shown beside the buttons."""
        self.put("problem", None)
        try:
            work()
        except KpiError as error:
            self.put("problem", str(error))
            return False
        return True
