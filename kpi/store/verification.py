"""Verifying a store: whether every chain in it holds, whatever has been done to it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, Table, func, select

from kpi.access import Actor, Right
from kpi.store import guards, sqlite
from kpi.store.schema import GROWING, events, outcomes, promises, revisions, tables
from kpi.store.transactions import Row, Store, Transaction

PLACE = ("indicator", "month", "authority", "service_area")


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a store holds, and what is wrong with it."""

    counts: dict[str, int]  # rows of each table
    problems: tuple[str, ...]


def verify(store: Store, actor: Actor) -> Found:
    """Return how much the store holds and what does not hold together in it, at one moment.

    Raises AccessError without the right, and StoreError when the store cannot be read at all.
    """
    actor.must(Right.KEEP_STORE)
    with store.unhurried() as patient, patient.reading() as rows:
        counts = {
            name: rows.connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in sorted(tables.tables.items())
        }
        return Found(counts=counts, problems=tuple(_problems(rows)))


def _problems(rows: Transaction) -> Iterator[str]:
    if rows.connection.dialect.name == "sqlite":
        yield from sqlite.damage(rows.connection)
    yield from _unguarded(rows.connection)
    saved = _by_place(rows, revisions, "number", "based_on", "author", "saved_at", "token")
    trail = _by_place(rows, events, "step", "revision", "based_on", "who", "at", "token")
    for place, chain in saved.items():
        yield from _of_chain(place, chain)
        yield from _of_trail(place, chain, trail.get(place, []))
    known = {(place, row["number"]) for place, chain in saved.items() for row in chain}
    for place, steps in trail.items():
        for row in steps:
            if (place, row["revision"]) not in known:
                yield f"{place} has no revision {row['revision']}, which was {row['step']}."
    yield from _of_promises(rows, known)


def _unguarded(connection: Connection) -> Iterator[str]:
    standing = guards.standing(connection)
    for table in GROWING:
        if missing := guards.names(table.name, connection.dialect.name) - standing:
            yield f"{table.name} can be changed: {', '.join(sorted(missing))} is gone."


def _by_place(rows: Transaction, table: Table, *columns: str) -> dict[str, list[Row]]:
    """Return some columns of a table's rows, oldest first, by what they are about in words."""
    wanted = [table.c[name] for name in (*PLACE, *columns)]
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows.connection.execute(select(*wanted).order_by(table.c.id)).mappings():
        found[_place(row)].append(row)
    return found


def _place(row: Row) -> str:
    where = f"{row['authority']} {row['service_area']}".strip()
    return f"{row['indicator']} {row['month']:%Y-%m} of {where}"


def _of_chain(place: str, chain: list[Row]) -> Iterator[str]:
    for expected, row in enumerate(chain, start=1):
        if row["number"] != expected:
            yield f"{place} has revision {row['number']} where revision {expected} should follow."
            return
        if row["based_on"] != expected - 1:
            yield (
                f"{place}: revision {expected} says that it was written from {row['based_on']}, "
                f"not from {expected - 1}."
            )


def _of_trail(place: str, chain: list[Row], trail: list[Row]) -> Iterator[str]:
    entered = [row for row in trail if row["step"] == "saved"]
    by_revision = {
        number: list(steps)
        for number, steps in groupby(
            sorted(entered, key=lambda row: row["revision"]), key=lambda row: row["revision"]
        )
    }
    for row in chain:
        steps = by_revision.get(row["number"], [])
        if len(steps) != 1:
            yield f"{place}: that revision {row['number']} was saved is written {len(steps)} times."
        elif any(
            step[of] != row[name]
            for step in steps
            for of, name in (("who", "author"), ("at", "saved_at"), ("token", "token"))
        ):
            yield f"{place}: revision {row['number']} and its step in the trail differ."
    authors = {row["number"]: row["author"] for row in chain}
    submitted = set()
    for row in trail:
        number = row["revision"]
        if row["step"] == "submitted":
            submitted.add(number)
        elif row["step"] in ("approved", "returned") and number not in submitted:
            yield f"{place}: revision {number} was {row['step']} before it was submitted."
        if row["step"] == "approved" and authors.get(number) == row["who"]:
            yield f"{place}: revision {number} was approved by its own author."


def _of_promises(rows: Transaction, known: set[tuple[str, int]]) -> Iterator[str]:
    made = rows.find(promises, {})
    ids = {row["id"] for row in made}
    for row in made:
        if (_place(row), row["revision"]) not in known:
            yield (
                f"Promise {row['id']} is of revision {row['revision']} of {_place(row)}, which is "
                "not there."
            )
        if row["moved_from"] is not None and row["moved_from"] not in ids:
            yield f"Promise {row['id']} was moved from {row['moved_from']}, which is not there."
    for row in rows.find(outcomes, {}):
        if row["promise"] not in ids:
            yield f"An outcome, {row['id']}, is of promise {row['promise']}, which is not there."
