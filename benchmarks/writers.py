"""Fifty writers in fifty processes: how many saves a second, and how long each waits."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from kpi.access import local
from kpi.store import open_store, verification
from tests import postgresql, processes, writers
from tests.writers import Acknowledged

CROWDS = ((1, 200), (5, 100), (50, 20))  # writers, and how often each saves
HEADS = ("Saves of narratives", "saves/s", "median ms", "95% within ms", "saves", "refused", "lost")


def rows() -> Iterator[list[str]]:
    """Yield a line for each crowd on each database, as HEADS names them.

    *refused* counts how often somebody else was faster, or the store busy, and a writer pressed
    again; *lost* the saves that were acknowledged and are not there, doubled, or leave a gap.
    """
    for name in ("SQLite", "PostgreSQL"):
        for crowd, saves in CROWDS:
            with _folder() as folder, _address(name, folder) as url:
                yield _measured(name, url, folder, crowd, saves)


def _measured(name: str, url: str, folder: Path, crowd: int, saves: int) -> list[str]:
    store = open_store(url)
    go, answers = folder / "go", folder / "acknowledged"
    answers.touch()
    started = [processes.start(writers.save_some, url, n, saves, go, answers) for n in range(crowd)]
    time.sleep(0.5 + crowd / 20)  # by now all have opened the store
    began = time.perf_counter()
    go.touch()
    for writer in started:
        writer.join()
    seconds = time.perf_counter() - began
    acknowledged = Acknowledged.read(answers)
    said = {(a.indicator, a.number, "saved") for a in acknowledged}
    kept = list(writers.kept(store, "saved"))
    lost = len(said ^ set(kept)) + len(kept) - len(set(kept))
    lost += len(verification.verify(store, local()).problems)
    store.engine.dispose()
    taken = [a.milliseconds for a in acknowledged]
    writing = "1 writer" if crowd == 1 else f"{crowd} writers in {crowd} processes"
    return [
        f"{name}, {writing}",
        f"{len(acknowledged) / seconds:.0f}",
        f"{median(taken):.1f}",
        f"{quantiles(taken, n=20, method='inclusive')[-1]:.1f}",
        str(len(acknowledged)),
        str(sum(a.refused for a in acknowledged)),
        str(lost),
    ]


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kpi-bench-") as folder:
        yield Path(folder)


@contextmanager
def _address(name: str, folder: Path) -> Iterator[str]:
    if name == "SQLite":
        yield f"sqlite:///{folder / 'store.sqlite'}"
        return
    with postgresql.served(folder / "lock") as server, server.database() as url:
        yield url
