"""The dashboard as it is really run: a process of its own, on a data folder of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kpi.settings import ROOT

START_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server: where it answers, its data folder, its process and what it logs."""

    address: str
    data: Path
    pid: int
    log: Path

    @property
    def published(self) -> Path:
        return self.data / "published"

    @property
    def store(self) -> Path:
        return self.data / "store.sqlite"


@contextmanager
def serving(data: Path, *options: str) -> Iterator[Server]:
    """Start the server on `data` as `make run` does, with more `options`; stop it at the end."""
    data.mkdir(parents=True, exist_ok=True)
    port, log = _free_port(), data / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env=environment(data),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            server = Server(address=f"http://127.0.0.1:{port}", data=data, pid=process.pid, log=log)
            _wait_until_healthy(server, process)
            yield server
        finally:
            process.kill()
            process.wait()


def environment(data: Path) -> dict[str, str]:
    """Return the environment of a process that works on `data` and on nothing else."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("KPI_")}
    return ours | {"KPI_DATA": str(data)}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_until_healthy(server: Server, process: subprocess.Popen) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"The server did not start:\n{server.log.read_text()}")
