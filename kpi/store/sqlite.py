"""SQLite: one file on this machine's own disk, which several processes may share."""

import sqlite3
from pathlib import Path
from random import uniform
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from kpi.errors import StoreError

# A page may save a draft and then a revision in one click, and must still answer in five seconds.
BUSY_SECONDS = 1.5
PATIENT_SECONDS = 4  # to wait for another process that is bringing the store up to date


def engine(address: URL, *, patient: bool) -> Engine:
    """Return what makes connections to the file."""
    wait = PATIENT_SECONDS if patient else BUSY_SECONDS
    # Nobody waits for a connection: while the store is locked, those who only read still can.
    # Parameters are people's words and stay out of tracebacks.
    made = create_engine(
        address,
        connect_args={"timeout": wait},
        max_overflow=-1,
        hide_parameters=True,
    )

    @event.listens_for(made, "connect")
    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # or Python begins transactions by rules of its own
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        # Or "insert or replace" takes a row out without a word to the triggers.
        connection.execute("pragma recursive_triggers = on")

    @event.listens_for(made, "begin")
    def begun(connection: Connection) -> None:
        # A writer takes the lock before it reads, so that what it read is still so when it writes.
        if connection.get_execution_options().get("writes", False):
            _take_turns(connection.connection.dbapi_connection, wait)
        else:
            connection.exec_driver_sql("begin deferred")

    return made


def _take_turns(connection: Any, wait: float) -> None:
    """Begin to write as soon as nobody else does.

    SQLite would ask again less and less often, so that whoever has waited longest is passed over.
    """
    give_up = monotonic() + wait
    connection.execute("pragma busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("begin immediate")
                return
            except sqlite3.OperationalError as error:
                if _code(error) != sqlite3.SQLITE_BUSY or monotonic() > give_up:
                    raise
            sleep(uniform(0.001, 0.015))
    finally:
        connection.execute(f"pragma busy_timeout = {wait * 1000:.0f}")


def prepare(made: Engine) -> None:
    """Make the file where there is none, and have it keep its log ahead of it.

    Readers and the writer then do not wait for each other. SQLite does not wait its turn for this
    one change, so two first starts at once may collide.
    """
    try:
        Path(str(made.url.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(" ".join(_not_ours_to_write(made.url))) from error
    give_up = monotonic() + BUSY_SECONDS
    while True:
        connection = made.raw_connection()
        try:
            connection.cursor().execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or monotonic() > give_up:
                raise
            sleep(0.02)
        finally:
            connection.close()


def diagnosis(error: BaseException | None, address: URL) -> tuple[str, str]:
    """Return what is wrong, and what to do about it."""
    path = address.database
    match _code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "The store is busy: something else keeps it locked.", "Try again in a minute."
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return (
                f"{path} is damaged, or is not a store.",
                "Move it aside with the -wal and -shm files beside it, keep them, and put the last "
                "backup in its place: python -m kpi store restore PATH.",
            )
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return (
                f"The disk that holds {path} is full or failing.",
                "Free some space on it and try again; nothing needs to be restarted.",
            )
    if _code(error) in _NOT_OURS_TO_WRITE:
        return _not_ours_to_write(address)
    return f"The store did not take this ({error}).", ""


def _not_ours_to_write(address: URL) -> tuple[str, str]:
    return (
        f"{address.database} cannot be opened for writing.",
        "Let the account that runs the dashboard write to that folder, or name another in "
        "KPI_STORE_URL.",
    )


_NOT_OURS_TO_WRITE = (
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
)


def _code(error: BaseException | None) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says which lock, which page


def damage(connection: Connection) -> list[str]:
    """Return what the database itself finds wrong with the file."""
    found = connection.exec_driver_sql("pragma integrity_check").scalars()
    broken = connection.exec_driver_sql("pragma foreign_key_check").all()
    return [f"The file is damaged: {one}." for one in found if one != "ok"] + [
        f"{table} has a row, {row}, that refers to one of {of} that is not there."
        for table, row, of, _key in broken
    ]
