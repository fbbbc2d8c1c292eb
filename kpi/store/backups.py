"""Backups: a whole store in one file, which either database can make and take."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    TableClause,
    column,
    func,
    insert,
    inspect,
    select,
    table,
)

from kpi.access import Actor, Right
from kpi.errors import StoreError
from kpi.store import backup_file, databases, migrations
from kpi.store.backup_file import NOTHING, Counts
from kpi.store.columns import ExactText, Moment
from kpi.store.schema import tables
from kpi.store.transactions import Store

AT_ONCE = 500  # rows read or written together

KINDS = {"integer": Integer(), "text": ExactText, "date": Date(), "moment": Moment()}
READ: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "moment": datetime.fromisoformat,
}


def back_up(store: Store, actor: Actor, path: Path) -> Counts:
    """Write the store as it is at this moment into a new file, and return how much that is.

    Writers go on meanwhile. Raises AccessError without the right, and StoreError when the file is
    there already, cannot be written, or the store cannot be read: then there is no file.
    """
    actor.must(Right.KEEP_STORE)
    with (
        backup_file.new(path) as lines,
        store.unhurried() as patient,
        patient.reading() as rows,
    ):
        lines.begin(migrations.NEWEST, store.now())
        for one in tables.sorted_tables:
            lines.table(one.name, {each.name: _kind(each) for each in one.columns})
            kept = select(one).order_by(*one.primary_key)
            for row in rows.connection.execution_options(yield_per=AT_ONCE).execute(kept):
                lines.row(list(row))
    return lines.counts


def restore(url: str, actor: Actor, path: Path) -> Counts:
    """Put a backup into the empty store at `url`, all of it or nothing; return how much that is.

    A backup of an earlier version is brought up to date. Raises AccessError without the right,
    SettingError for an address of no store, and StoreError when the file is damaged, of a newer
    version or no backup, or the store has anything in it or cannot be written.
    """
    actor.must(Right.KEEP_STORE)
    with backup_file.whole(path, migrations.VERSIONS) as kept:
        store = Store(databases.prepared(databases.address(url)))
        with store.unhurried() as patient, patient.writing(undone=NOTHING) as rows:
            _make_way(rows.connection, str(store.engine.url.database))
            migrations.bring_up_to_date(rows.connection, to=kept.version)
            counts = _take(rows.connection, kept.lines)
            migrations.bring_up_to_date(rows.connection)
        store.engine.dispose()
    return counts


def _kind(of: ColumnElement[Any]) -> str:
    kinds = {Integer: "integer", Date: "date", Moment: "moment"}
    return kinds.get(type(of.type), "text")


def _make_way(connection: Connection, name: str) -> None:
    """Take out the tables of a store that has nothing in it, or raise StoreError."""
    migrations.must_know(migrations.version(connection))
    for one in tables.sorted_tables:
        if inspect(connection).has_table(one.name):
            counted = select(func.count()).select_from(table(one.name))
            if count := connection.execute(counted).scalar_one():
                raise StoreError(
                    f"The store {name} is not empty: {one.name} has {count:,} rows. {NOTHING} Name "
                    "an empty one in KPI_STORE_URL; a SQLite file that is not there is made."
                )
    migrations.take_down(connection)


def _take(connection: Connection, lines: Iterator[Any]) -> Counts:
    """Add every row of a backup to the tables of its version, and return how many they are."""
    counts: Counts = {}
    into, waiting = table(""), []
    for line in lines:
        if isinstance(line, list):
            waiting.append(line)
        if waiting and (len(waiting) == AT_ONCE or isinstance(line, dict)):
            connection.execute(insert(into), [_typed(into, row) for row in waiting])
            counts[into.name] += len(waiting)
            waiting = []
        if isinstance(line, dict) and "table" in line:
            columns = [column(name, KINDS[kind]) for name, kind in line["columns"].items()]
            into = table(line["table"], *columns)
            counts[into.name] = 0
    if connection.dialect.name == "postgresql":
        for name in counts:
            _number_on(connection, name)
    return counts


def _typed(of: TableClause, row: list[Any]) -> dict[str, Any]:
    """Return a row with dates for dates and moments for moments."""
    return {
        one.name: READ[_kind(one)](value) if value is not None and _kind(one) in READ else value
        for one, value in zip(of.columns, row, strict=True)
    }


def _number_on(connection: Connection, name: str) -> None:
    """Let PostgreSQL number the next row of a table after those that are in it."""
    if "id" in {one["name"] for one in inspect(connection).get_columns(name)}:
        highest = f"select setval(pg_get_serial_sequence('{name}', 'id'), max(id)) from {name}"
        connection.exec_driver_sql(f"{highest} having max(id) is not null")
