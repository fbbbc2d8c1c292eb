"""Which database an address names, and its errors in words."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from kpi.errors import SettingError, StoreError
from kpi.store import postgresql, sqlite

_KINDS = {"sqlite": sqlite, "postgresql": postgresql}


def address(url: str) -> URL:
    """Return the address that `url` says. Raises SettingError for one that is not of a store."""
    try:
        named = make_url(url)
    except (ArgumentError, ValueError):
        named = make_url("sqlite://")
    if named.drivername == "sqlite" and named.database not in (None, "", ":memory:"):
        return named
    # What follows an @ in a password is taken for a host, which messages name; and no message
    # knows a password that stands at the end.
    whole = named.database and "@" not in (named.host or "") and "password" not in named.query
    if named.drivername in ("postgresql", "postgresql+psycopg") and whole:
        return named
    raise SettingError(
        "KPI_STORE_URL must name a SQLite file on this machine's own disk, such as "
        "sqlite:////srv/kpi/store.sqlite, or a PostgreSQL database, such as "
        "postgresql://kpi@db.example/kpi. In a password, write @ as %40 and / as %2F."
    )


def engine(named: URL, *, patient: bool = False) -> Engine:
    """Return what makes connections to the database at an address.

    A `patient` one waits longer for others and has all the time it needs: for a migration or a
    backup, which nobody is looking at a page for.
    """
    return _KINDS[named.get_backend_name()].engine(named, patient=patient)


def prepared(named: URL) -> Engine:
    """Return an engine whose database is there and fit to use, or raise StoreError."""
    kind = _KINDS[named.get_backend_name()]
    made = kind.engine(named, patient=False)
    with explained(named):
        kind.prepare(made)
    return made


@contextmanager
def explained(named: URL, meanwhile: str = "", undone: str = "") -> Generator[None]:
    """Turn the database's errors into a StoreError: what is wrong, what became of it, what to do.

    `undone` is left out where it cannot be known.
    """
    kind = _KINDS[named.get_backend_name()]
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        wrong, remedy = kind.diagnosis(cause, named)
        # PostgreSQL may quote a whole row in the cause, so that it is not shown.
        shown = error if kind is sqlite else None
        raise StoreError(" ".join(filter(None, (wrong, undone, meanwhile, remedy)))) from shown
    except _AnswerLostError:
        raise StoreError(f"{LOST} {meanwhile} {AGAIN}".replace("  ", " ")) from None


LOST = "The store stopped answering while this was written, so it may have been taken or not."
AGAIN = "Do the same again in a minute: what was taken already is not taken twice."


class _AnswerLostError(Exception):
    """The connection broke while the database was asked to make everything last."""


@contextmanager
def last_step() -> Generator[None]:
    """Tell a database that did not answer its last question from one that said no to it."""
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated:
            raise _AnswerLostError from error
        raise
