"""Stores to test with, and another program that locks one.

A test that asks for the fixture `any_store`, or for `any_url` where no store is yet, is run twice:
over SQLite and over PostgreSQL, which comes up by itself. What is said of narratives, sign-off and
promises should hold in both.
"""

import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import psycopg

from kpi import drafts as drafting
from kpi import revisions, signoff
from kpi.access import Actor, Role
from kpi.narrative import Action, Earlier, Figure, Key, Words
from kpi.store import Store, accesses, databases, open_store
from kpi.store.schema import tables

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

REVISION = {
    "authority": "311",
    "month": date(2024, 11, 1),
    "service_area": "",
    "indicator": "icpc_within_15_days",
    "number": 1,
    "based_on": 0,
    "figures": "115 of 120 were in time.",
    "why": "",
    "actions": "",
    "difference": "",
    "back_on_target_by": None,
    "actions_promised": "[]",
    "sourced": "[]",
    "figure": "",
    "author": "Test author",
    "saved_at": datetime(2024, 12, 3, 9, 30, tzinfo=UTC),
    "release": "2024-11",
    "token": "a",
}
ACCESS = {
    "at": datetime(2024, 12, 3, 9, 30, tzinfo=UTC),
    "who": "Test manager",
    "roles": "manager",
    "action": "shown",
    "source": "page indicator",
    "indicator": "icpc_within_15_days",
    "month": date(2024, 11, 1),
    "authority": "311",
    "service_area": None,
    "team": None,
    "release": "2024-11",
    "rows": 120,
}


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


def latest(store: Store, key: Key) -> revisions.Revision | None:
    """Return the revision that was saved last."""
    return next(reversed(revisions.history(store, key)), None)


def live_in(store: Store) -> None:
    """Let people write, submit, return, approve and promise in a store, and open a list."""
    asked = {"figure": FIGURE, "release": "2024-11"}
    whys = [
        "Two chairs were away.",
        "👩🏽 '); drop table x; -- \u202e\r\n É ß",
        "A chair was away.",
    ]
    for number, why in enumerate(whys):
        author = (AUTHOR, SECOND_AUTHOR)[number % 2]
        token = f"save {number}"
        revisions.save(store, author, KEY, words(why=why), based_on=number, token=token, **asked)
    area = replace(KEY, service_area="Assessment")
    for number in range(3):
        promised = replace(
            words(why=f"Chairs were away, {number}.", back_on_target_by=date(2030, 3, 31)),
            actions=(Action(what="Train two chairs", owner="QA", due=date(2030, 1, number + 1)),),
        )
        token = f"submit {number}"
        waits = signoff.submit(
            store, AUTHOR, area, promised, based_on=number, token=token, **asked
        ).newest
        read = {"revision": waits.number, "seal": waits.seal, "token": f"answer {number}"}
        if number == 0:
            signoff.send_back(store, APPROVER, area, reason="By when?", **read)
        else:
            signoff.approve(store, APPROVER, area, figure=FIGURE, **read)
    drafting.keep(store, AUTHOR, KEY, words(why="Not yet sa"), based_on=3, figure=FIGURE)
    with store.writing() as rows:
        rows.add(accesses, ACCESS)


def everything(store: Store) -> dict[str, list]:
    """Return every row of every table."""
    with store.reading() as rows:
        found = {name: rows.find(table, {}) for name, table in tables.tables.items()}
    return {name: sorted(rows, key=str) for name, rows in found.items()}


@contextmanager
def unopened(url: str) -> Iterator[Store]:
    """Give a store as it is, not brought up to date."""
    store = Store(databases.prepared(databases.address(url)))
    yield store
    store.engine.dispose()


def url(store: Store) -> str:
    """Return the address of a store, for another process to open it."""
    return store.engine.url.render_as_string(hide_password=False)


def other_program(store: Store) -> sqlite3.Connection | psycopg.Connection:
    """Connect to a store's database as a program that is not ours."""
    if in_postgresql(store):
        return psycopg.connect(url(store).replace("+psycopg", ""), autocommit=True)
    return sqlite3.connect(store.engine.url.database, isolation_level=None)


def in_postgresql(store: Store) -> bool:
    """Return which of the two it is."""
    return store.engine.dialect.name == "postgresql"


@contextmanager
def locked(where: Path | Store) -> Iterator[None]:
    """Another program keeps a store, or the one in a file, from being written meanwhile."""
    if isinstance(where, Store) and in_postgresql(where):
        with closing(other_program(where)) as other:
            other.execute("begin")
            names = ", ".join(table.name for table in tables.sorted_tables)
            other.execute(f"lock table {names} in exclusive mode")
            yield
        return
    path = where.engine.url.database if isinstance(where, Store) else where
    command = [sys.executable, "-c", HOLD_THE_LOCK, str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout.readline() == "locked\n"
        try:
            yield
        finally:
            holder.kill()


def silent_server() -> socket.socket:
    """Return something that takes calls and never answers."""
    return socket.create_server(("127.0.0.1", 0))
