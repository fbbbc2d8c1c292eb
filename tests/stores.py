"""Stores to test with, and another program that locks one."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kpi.access import Actor, Role
from kpi.narrative import Key
from kpi.store import Store, open_store

LEADER, AUTHOR, MANAGER, ANALYST = (
    Actor(name=f"Test {role}", roles=frozenset({role}))
    for role in (Role.LEADER, Role.AUTHOR, Role.MANAGER, Role.ANALYST)
)
SECOND_AUTHOR = Actor(name="Second author", roles=frozenset({Role.AUTHOR}))
VISITOR = Actor(name="Without a role", roles=frozenset())

KEY = Key(indicator="icpc_within_15_days", month=date(2024, 11, 1), authority="311")

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
