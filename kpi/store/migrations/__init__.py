"""Migrations: how a store of an earlier version becomes one of today.

Each version is a file of `versions`, which is never changed once it has been published. Opening a
store runs those that it lacks, all in one transaction: a process that is killed meanwhile leaves
the store as it was, for the next to begin again.
"""

from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, column, inspect, select, table

from kpi.errors import StoreError
from kpi.store.schema import tables

_FOLDER = Path(__file__).parent
VERSIONS = sorted(path.name[:4] for path in (_FOLDER / "versions").glob("[0-9]*.py"))
NEWEST = VERSIONS[-1]
FIRST, FIRST_TABLES = "0001", {"narrative_revisions", "narrative_drafts", "access_log"}

VERSION_TABLE = "store_version"
_version = table(VERSION_TABLE, column("version_num"))
_one_at_a_time = Lock()  # Alembic keeps what it works on in its module


def version(connection: Connection) -> str | None:
    """Return the version that a store says it is of; None where it says nothing."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(select(_version.c.version_num)).scalar()


def must_know(stands: str | None) -> None:
    """Raise StoreError for a version that is newer than this code."""
    if stands is not None and stands not in VERSIONS:
        raise StoreError(
            f"This store was made by a newer version of the dashboard (it is of version {stands}, "
            f"and this code knows versions up to {NEWEST}). Nothing was changed. Install the newer "
            "code, or name another store in KPI_STORE_URL."
        )


def bring_up_to_date(connection: Connection, to: str = NEWEST) -> None:
    """Make or change the store's tables to those of a version, within a writing transaction.

    Raises StoreError for a store of a newer version, or whose version cannot be told.
    """
    stands = version(connection)
    if stands == to:
        return
    must_know(stands)
    # Only here: bringing Alembic in takes every command that opens a store a fifth of a second.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes |= {"connection": connection, "version_table": VERSION_TABLE}
    with _one_at_a_time:
        if stands is None and _begun(connection):
            command.stamp(config, FIRST)
        command.upgrade(config, to)


def take_down(connection: Connection) -> None:
    """Take out every table of a store, of whichever version, within a writing transaction."""
    for one in reversed(tables.sorted_tables):
        connection.exec_driver_sql(f"drop table if exists {one.name}")
    connection.exec_driver_sql(f"drop table if exists {VERSION_TABLE}")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("drop function if exists only_grows()")


def _begun(connection: Connection) -> bool:
    """Return whether the store is one of the first version, which says nothing of its version."""
    there = set(inspect(connection).get_table_names()) & set(tables.tables)
    if there and there != FIRST_TABLES:
        raise StoreError(
            "This database has tables of a store, and they do not say of which version. Nothing "
            "was changed. Name another store in KPI_STORE_URL."
        )
    return bool(there)
