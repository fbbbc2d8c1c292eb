"""Spells: since when each child has had one kind of plan or care, and all that are over."""

import numpy as np
import pandas as pd

from kpi.demo.days import NEVER, OPEN, Days, Flags, Rows


class Spells:
    """One kind of plan or care, of which a child has one at a time."""

    def __init__(self, children: int) -> None:
        self.since = np.full(children, OPEN)
        self.ended = np.full(children, NEVER)  # the last one that is over
        self._over: list[tuple[Rows, Days, Days]] = []

    @property
    def running(self) -> Flags:
        """Which children have one now."""
        return self.since != OPEN

    def start(self, child: Rows, days: Days) -> None:
        """Begin a spell for each of `child`."""
        self.since[child] = days

    def end(self, child: Rows, days: Days) -> None:
        """End the running spell of each of `child`."""
        self._over.append((child, self.since[child], days))
        self.since[child], self.ended[child] = OPEN, days

    def table(self) -> pd.DataFrame:
        """Return child, start and end of every spell, by child and start."""
        now = np.flatnonzero(self.running)
        parts = [*self._over, (now, self.since[now], np.full(len(now), OPEN))]
        columns = (np.concatenate(part) for part in zip(*parts, strict=True))
        table = pd.DataFrame(dict(zip(("child", "start", "end"), columns, strict=True)))
        return table.sort_values(["child", "start"], ignore_index=True)
