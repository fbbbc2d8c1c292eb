"""The store of what people write and open: narratives, their drafts, and the access log.

One SQLite file, which several processes may share. Nothing else in the package knows SQLAlchemy:
other modules ask a Transaction for rows and give it rows.
"""

import sqlite3
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    create_engine,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from kpi import settings
from kpi.errors import SettingError, StoreError

# A page may save a draft and then a revision in one click, and must still answer in five seconds.
BUSY_SECONDS = 1.5

LONDON = ZoneInfo("Europe/London")

Row = Mapping[str, Any]


class _UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, so it is taken off and put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: object) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


def _place() -> list[Column[Any]]:
    """Return the columns that say what a narrative is about; service_area '' is the whole."""
    return [
        Column("authority", Text, nullable=False),
        Column("month", Date, nullable=False),
        Column("service_area", Text, nullable=False),
        Column("indicator", Text, nullable=False),
    ]


def _words() -> list[Column[Any]]:
    """Return the columns of what an author writes: each prompt's text, and what is promised."""
    prompts = ("figures", "why", "actions", "difference")
    return [
        *(Column(prompt, Text, nullable=False) for prompt in prompts),
        Column("back_on_target_by", Date),
        Column("actions_promised", Text, nullable=False, server_default="[]"),
        Column("sourced", Text, nullable=False, server_default="[]"),
        Column("figure", Text, nullable=False, server_default=""),
    ]


_tables = MetaData()

revisions = Table(
    "narrative_revisions",
    _tables,
    Column("id", Integer, primary_key=True),
    *_place(),
    Column("number", Integer, nullable=False),
    Column("based_on", Integer, nullable=False),
    *_words(),
    Column("author", Text, nullable=False),
    Column("saved_at", _UtcDateTime, nullable=False),
    Column("release", Text, nullable=False),
    Column("token", Text, nullable=False),
    UniqueConstraint("authority", "month", "service_area", "indicator", "number"),
    CheckConstraint("number >= 1 and based_on < number"),
)

drafts = Table(
    "narrative_drafts",
    _tables,
    Column("author", Text, nullable=False),
    *_place(),
    Column("based_on", Integer, nullable=False),
    *_words(),
    Column("saved_at", _UtcDateTime, nullable=False),
    PrimaryKeyConstraint("author", "authority", "month", "service_area", "indicator"),
)

events = Table(
    "narrative_events",
    _tables,
    Column("id", Integer, primary_key=True),
    *_place(),
    Column("at", _UtcDateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("based_on", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("remarks", Text, nullable=False),
    Column("figure", Text, nullable=False),
    Column("token", Text, nullable=False),
)

promises = Table(
    "promises",
    _tables,
    Column("id", Integer, primary_key=True),
    *_place(),
    Column("revision", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("made_at", _UtcDateTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("moved_from", Integer, ForeignKey("promises.id")),
)

outcomes = Table(
    "promise_outcomes",
    _tables,
    Column("id", Integer, primary_key=True),
    Column("promise", Integer, ForeignKey("promises.id"), nullable=False),
    Column("at", _UtcDateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("done_date", Date),
    Column("token", Text, nullable=False),
    UniqueConstraint("promise"),
)

accesses = Table(
    "access_log",
    _tables,
    Column("id", Integer, primary_key=True),
    Column("at", _UtcDateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("month", Date, nullable=False),
    Column("authority", Text, nullable=False),
    Column("service_area", Text),
    Column("team", Text),
    Column("release", Text, nullable=False),
    Column("rows", Integer, nullable=False),
)

for _table in (revisions, events, promises, outcomes, accesses):
    for _verb in ("update", "delete"):
        _trigger = DDL(
            f"create trigger {_table.name}_refuses_{_verb} before {_verb} on {_table.name} begin "
            f"select raise(abort, '{_table.name} only grows: no row may be changed or taken out');"
            " end"
        )
        event.listen(_table, "after_create", _trigger.execute_if(dialect="sqlite"))


@dataclass(frozen=True)
class Transaction:
    """Rows read and written together: all of it happens, or none."""

    connection: Connection

    def find(self, table: Table, where: Row, *, newest: int | None = None) -> list[Row]:
        """Return the rows whose columns equal `where`, oldest first; or so many `newest` ones."""
        query = select(table).where(*_equal(table, where))
        if newest is not None:
            query = query.order_by(table.c.id.desc()).limit(newest)
        elif "id" in table.c:
            query = query.order_by(table.c.id)
        return [dict(row) for row in self.connection.execute(query).mappings()]

    def latest(self, table: Table, where: Row, *, per: str) -> list[Row]:
        """Return the last row added for each value of the column `per`, among those of `where`."""
        last = select(func.max(table.c.id)).where(*_equal(table, where)).group_by(table.c[per])
        query = select(table).where(table.c.id.in_(last))
        return [dict(row) for row in self.connection.execute(query).mappings()]

    def add(self, table: Table, row: Row) -> None:
        """Add one row."""
        self.connection.execute(table.insert().values(**row))

    def remove(self, table: Table, where: Row) -> None:
        """Take out the rows whose columns equal `where`."""
        self.connection.execute(table.delete().where(*_equal(table, where)))


@dataclass(frozen=True)
class Store:
    """An open store. Threads may share it; each transaction has a connection of its own.

    What is written in it is dated by its clock, which the demonstration sets to its own months.
    """

    engine: Engine
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def now(self) -> datetime:
        """Return the moment by the store's clock, in UTC."""
        return self.clock()

    def today(self) -> date:
        """Return the day by the store's clock, as people in the council have it."""
        return self.clock().astimezone(LONDON).date()

    @contextmanager
    def reading(self) -> Generator[Transaction]:
        """Yield a Transaction that sees the store as it is at this moment.

        A writer never makes it wait. Raises StoreError when the store cannot be read.
        """
        with _explained(self.engine.url), self.engine.begin() as connection:
            yield Transaction(connection)

    @contextmanager
    def writing(self, meanwhile: str = "") -> Generator[Transaction]:
        """Yield a Transaction that no other writer can cut across; it is on disk when it ends.

        Raises StoreError when the store is locked for longer than BUSY_SECONDS or cannot be
        written. `meanwhile` then says what has become of the work in hand.
        """
        with (
            _explained(self.engine.url, meanwhile),
            self.engine.connect() as connection,
            connection.execution_options(begin="immediate").begin(),
        ):
            yield Transaction(connection)


def open_store(url: str | None = None) -> Store:
    """Return the store at `url` ($KPI_STORE_URL unless given), made first when it is not there.

    Raises SettingError when `url` is not of a SQLite file, and StoreError when the file cannot be
    made, is damaged, or is something else.
    """
    address = _address(url or settings.store_url())
    with _explained(address):
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    store = Store(_engine(address))
    with _explained(address):
        _keep_a_log_ahead(store.engine)
    with store.reading() as transaction:
        made = set(inspect(transaction.connection).get_table_names())
    if not made.issuperset(_tables.tables):
        with store.writing() as transaction:
            _tables.create_all(transaction.connection)
    return store


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        address = make_url("sqlite://")
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        raise SettingError(
            "KPI_STORE_URL must name a SQLite file on this machine's own disk, such as "
            "sqlite:////srv/kpi/store.sqlite."
        )
    return address


def _engine(address: URL) -> Engine:
    # Nobody waits for a connection: while the store is locked, those who only read still can.
    # Parameters are people's words and stay out of tracebacks.
    engine = create_engine(
        address, connect_args={"timeout": BUSY_SECONDS}, max_overflow=-1, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # or Python begins transactions by rules of its own
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        # Or "insert or replace" takes a row out without a word to the triggers.
        connection.execute("pragma recursive_triggers = on")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # A writer takes the lock before it reads, so that what it read is still so when it writes.
        kind = connection.get_execution_options().get("begin", "deferred")
        connection.exec_driver_sql(f"begin {kind}")

    return engine


def _keep_a_log_ahead(engine: Engine) -> None:
    """Put the file into write-ahead mode, where readers and the writer do not wait for each other.

    SQLite does not wait its turn for this one change, so two first starts at once may collide.
    """
    give_up = monotonic() + BUSY_SECONDS
    while True:
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or monotonic() > give_up:
                raise
            sleep(0.02)
        finally:
            connection.close()


def _equal(table: Table, where: Row) -> list[ColumnElement[bool]]:
    return [table.c[name] == value for name, value in where.items()]


def _code(error: BaseException | None) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says which lock, which page


@contextmanager
def _explained(address: URL, meanwhile: str = "") -> Generator[None]:
    """Turn the database's errors into a StoreError: what is wrong, `meanwhile`, what to do."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        wrong, remedy = _diagnosis(cause, address.database)
        raise StoreError(" ".join(filter(None, (wrong, meanwhile, remedy)))) from error


def _diagnosis(error: BaseException | None, path: str | None) -> tuple[str, str]:
    match _code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "The store is busy: something else keeps it locked.", "Try again in a minute."
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return (
                f"{path} is damaged, or is not a store.",
                "Move it aside with the -wal and -shm files beside it, keep them, and put the last "
                "backup in its place. Where there is no file, an empty store is made.",
            )
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return (
                f"The disk that holds {path} is full or failing.",
                "Free some space on it and try again; nothing needs to be restarted.",
            )
    if isinstance(error, OSError) or _code(error) in _NOT_OURS_TO_WRITE:
        return (
            f"{path} cannot be opened for writing.",
            "Let the account that runs the dashboard write to that folder, or name another in "
            "KPI_STORE_URL.",
        )
    return f"The store did not take this ({error}).", ""


_NOT_OURS_TO_WRITE = (
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
)
