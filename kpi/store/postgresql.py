"""PostgreSQL: a database that the dashboards of several machines share."""

from typing import Any

from psycopg import IsolationLevel, OperationalError
from sqlalchemy import URL, Connection, Engine, create_engine, event

from kpi.errors import StoreError

BUSY_SECONDS = 1.5  # as SQLite's, and for the same reason
PATIENT_SECONDS = 4
CONNECT_SECONDS = 2  # the least that can be set

# Writers take turns: each holds this lock, whose number is arbitrary, until its transaction ends.
TAKE_TURNS = "select pg_advisory_xact_lock(7041)"


def engine(address: URL, *, patient: bool) -> Engine:
    """Return what makes connections to the database."""
    # Each connection is asked whether it still stands, so that a server that was restarted is
    # noticed here and not by a person. Statements are not prepared on the server: a pooler between
    # may hand the next one to another connection.
    made = create_engine(
        address.set(drivername="postgresql+psycopg"),
        connect_args={
            "application_name": "kpi",
            "connect_timeout": CONNECT_SECONDS,
            "tcp_user_timeout": 1000 * CONNECT_SECONDS,
            "prepare_threshold": None,
            "client_encoding": "utf8",
            "options": _options(address, patient),
        },
        max_overflow=-1,
        pool_pre_ping=True,
        hide_parameters=True,
    )

    @event.listens_for(made, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        begins: Any = connection.connection.dbapi_connection
        # A reader sees one moment throughout. A writer sees what the last one left when its own
        # turn comes, and that is still so when it writes.
        begins.isolation_level = (
            IsolationLevel.READ_COMMITTED if writes else IsolationLevel.REPEATABLE_READ
        )
        begins.read_only = not writes
        if writes:
            connection.exec_driver_sql(TAKE_TURNS)

    return made


def prepare(made: Engine) -> None:
    """Raise StoreError for a database that cannot keep every character."""
    with made.connect() as connection:
        encoding = connection.exec_driver_sql("show server_encoding").scalar()
    if encoding != "UTF8":
        raise StoreError(
            f"The PostgreSQL database {made.url.database} keeps text as {encoding}, in which not "
            "every character can be. Make one with the encoding UTF8 and name it in KPI_STORE_URL."
        )


def diagnosis(error: BaseException | None, address: URL) -> tuple[str, str]:
    """Return what is wrong, and what to do about it."""
    where = f"The PostgreSQL database {address.database}"
    state = getattr(error, "sqlstate", None) or ""
    if state in _BUSY:
        return "The store is busy: something else keeps it locked.", "Try again in a minute."
    if state in _FULL:
        return (
            f"The disk that holds {where[4:]} is full or failing.",
            "Free some space on it and try again; nothing needs to be restarted.",
        )
    if state in _NOT_OURS_TO_WRITE:
        return (
            f"{where} may not be written ({_reason(error, address)}).",
            "Let the account in KPI_STORE_URL make and write tables there, or name another.",
        )
    if state in _DAMAGED:
        return (
            f"{where} is damaged ({_reason(error, address)}).",
            "Keep it as it is for whoever looks after the server.",
        )
    if state[:2] in _LOST or (not state and isinstance(error, OperationalError)):
        return (
            f"{where} does not answer ({_reason(error, address)}).",
            "Try again in a minute; the dashboard need not be restarted. If it stays so, see "
            "whether the server runs and KPI_STORE_URL is right.",
        )
    return f"The store did not take this ({_reason(error, address)}).", ""


_BUSY = ("55P03", "57014", "53300", "40P01", "40001")  # locks, time, connections, and collisions
_FULL = ("53100", "58030")
_NOT_OURS_TO_WRITE = ("42501", "25006")  # without the right, or in a copy that only reads
_DAMAGED = ("XX001", "XX002")
_LOST = ("08", "57", "28", "3D", "25")


def _reason(error: BaseException | None, address: URL) -> str:
    """Return PostgreSQL's own word for it, without a value of any row and without the password."""
    said = getattr(getattr(error, "diag", None), "message_primary", None) or str(error)
    first = said.strip().split("\n")[0]
    return first.replace(str(address.password), "***") if address.password else first


def _options(address: URL, patient: bool) -> str:
    """Return settings of a connection; those that the address gives come last and so stand."""
    wait, work, pause = (PATIENT_SECONDS, 0, 0) if patient else (BUSY_SECONDS, 3, 10)
    given = address.query.get("options", "")
    return (
        "-c datestyle=ISO -c timezone=UTC "  # whatever the server's habit, as the driver needs it
        f"-c lock_timeout={wait * 1000:.0f} -c statement_timeout={work * 1000} "
        f"-c idle_in_transaction_session_timeout={pause * 1000} "
        f"{given if isinstance(given, str) else ' '.join(given)}"
    )
