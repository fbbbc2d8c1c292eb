"""A store that is open, and what is read and written in it together."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Engine, Table, func, select

from kpi.store import databases

LONDON = ZoneInfo("Europe/London")

Row = Mapping[str, Any]


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
        """Yield a Transaction that sees the store as it is at this moment, whatever is written.

        A writer never makes it wait. Raises StoreError when the store cannot be read.
        """
        with databases.explained(self.engine.url), self.engine.begin() as connection:
            yield Transaction(connection)

    @contextmanager
    def writing(self, meanwhile: str = "", *, undone: str = "") -> Generator[Transaction]:
        """Yield a Transaction that no other writer can cut across; it is on disk when it ends.

        Raises StoreError when the store is locked for longer than a page can wait, or cannot be
        written. It then says `meanwhile`, what has become of the work in hand, and `undone`, what
        has not happened; but not the latter when the answer to the last step was lost, for then
        that cannot be known.
        """
        with (
            databases.explained(self.engine.url, meanwhile, undone),
            self.engine.connect() as connection,
            connection.execution_options(writes=True).begin() as begun,
        ):
            yield Transaction(connection)
            with databases.last_step():
                begun.commit()

    @contextmanager
    def unhurried(self) -> Generator["Store"]:
        """Yield this store for work that nobody waits for at a page: a migration, a backup."""
        engine = databases.engine(self.engine.url, patient=True)
        try:
            yield replace(self, engine=engine)
        finally:
            engine.dispose()


def _equal(table: Table, where: Row) -> list[ColumnElement[bool]]:
    return [table.c[name] == value for name, value in where.items()]
