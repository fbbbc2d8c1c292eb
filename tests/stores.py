"""Stores to test with, and another program that locks one."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

from kpi.access import Actor, Role
from kpi.narrative import Action, Earlier, Figure, Key, Words
from kpi.store import Store, open_store

LEADER, AUTHOR, APPROVER, MANAGER, ANALYST = (
    Actor(name=f"Test {role}", roles=frozenset({role}))
    for role in (Role.LEADER, Role.AUTHOR, Role.APPROVER, Role.MANAGER, Role.ANALYST)
)
SECOND_AUTHOR = Actor(name="Second author", roles=frozenset({Role.AUTHOR}))
VISITOR = Actor(name="Without a role", roles=frozenset())

KEY = Key(indicator="icpc_within_15_days", month=date(2024, 11, 1), authority="311")

FIGURE = Figure(
    said="95.8%",
    of="23 of 24",
    numerator=Decimal(23),
    denominator=Decimal(24),
    target="Target 90% or more",
    rating="On target",
    earlier=(Earlier(month=date(2024, 10, 1), said="91.0%"),),
)

HOLD_THE_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("begin exclusive")
print("locked", flush=True)
sys.stdin.read()
"""


def at(path: Path) -> Store:
    return open_store(f"sqlite:///{path}")


def texts(figures: str = "", why: str = "", actions: str = "", difference: str = "") -> dict:
    return {"figures": figures, "why": why, "actions": actions, "difference": difference}


def words(
    figures: str = "",
    why: str = "",
    actions: str = "",
    difference: str = "",
    *,
    promised: tuple[Action, ...] = (),
    **more,
) -> Words:
    """Return what an author writes: the four texts, the actions `promised`, and the rest."""
    return Words(texts=texts(figures, why, actions, difference), actions=promised, **more)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program keeps the store at `path` locked for as long as this lasts."""
    command = [sys.executable, "-c", HOLD_THE_LOCK, str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout.readline() == "locked\n"
        try:
            yield
        finally:
            holder.kill()
