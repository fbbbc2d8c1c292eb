"""Writers of narratives, each in a process of its own: how many saves a second, and what is lost.

Some are killed, and PostgreSQL fails and comes up again under load.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from kpi.access import local
from kpi.store import open_store, verification
from tests import crowds, postgresql, writers
from tests.writers import Acknowledged

CROWDS = ((1, 200), (5, 100), (50, 20))  # writers, and how often each saves
KILLS, RESTARTS = 10, 3
HEADS = ("Saves of narratives", "a second", "median ms", "95% within ms", "all", "again", "lost")


def rows() -> Iterator[list[str]]:
    """Yield a line for each crowd on each database, as HEADS names them.

    *again* is how often a writer had to press again: somebody else was faster, or the store was
    busy or away. *lost* is what was acknowledged and is not there, or is doubled or leaves a gap.
    """
    for name, store in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        for crowd, saves in CROWDS:
            with store() as (url, folder, _restart):
                answers, seconds = crowds.at_once(url, folder, crowd=crowd, saves=saves)
                at_once = f"{crowd} writers at once" if crowd > 1 else "1 writer"
                yield _row(f"{name}, {at_once}", url, answers, seconds)
        with store() as (url, folder, _restart):
            began = time.perf_counter()
            answers = crowds.killed(url, folder, kills=KILLS)
            seconds = time.perf_counter() - began
            yield _row(f"{name}, 3 writers, {KILLS} times killed", url, answers, seconds)
    with _postgresql() as (url, folder, restart):
        began = time.perf_counter()
        answers = crowds.failing(url, folder, restart=restart, restarts=RESTARTS)
        seconds = time.perf_counter() - began
        yield _row(f"PostgreSQL, 6 writers, {RESTARTS} times failed", url, answers, seconds)


def _row(what: str, url: str, answers: Sequence[Acknowledged], seconds: float) -> list[str]:
    store = open_store(url)
    kept = writers.kept(store, "saved", "submitted", "approved")
    lost = len({(a.indicator, a.number, a.step) for a in answers} - set(kept))
    lost += len(kept) - len(set(kept)) + len(verification.verify(store, local()).problems)
    store.engine.dispose()
    taken = [a.milliseconds for a in answers]
    return [
        what,
        f"{len(answers) / seconds:.0f}",
        f"{median(taken):.1f}",
        f"{quantiles(taken, n=20, method='inclusive')[-1]:.1f}",
        str(len(answers)),
        str(sum(a.refused for a in answers)),
        str(lost),
    ]


Place = tuple[str, Path, Callable[[], None]]  # an address, a folder, and what makes it fail


@contextmanager
def _sqlite() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="kpi-bench-") as folder:
        yield f"sqlite:///{folder}/store.sqlite", Path(folder), lambda: None


@contextmanager
def _postgresql() -> Iterator[Place]:
    with (
        tempfile.TemporaryDirectory(prefix="kpi-bench-") as folder,
        postgresql.served(Path(folder, "lock")) as server,
        server.database() as url,
    ):
        yield url, Path(folder), server.restart
