"""Crowds of writers on one store: many at once, some of whom are killed, or whose server fails.

Each returns what the store has acknowledged, once all have ended as they should.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import perf_counter, sleep

from tests import processes, writers
from tests.writers import Acknowledged


def at_once(url: str, folder: Path, *, crowd: int, saves: int) -> tuple[list[Acknowledged], float]:
    """Let so many save so many times each; return the seconds that they took too."""
    go, answers = folder / "go", folder / "acknowledged"
    answers.touch()
    started = [processes.start(writers.save_some, url, n, saves, go, answers) for n in range(crowd)]
    sleep(crowd / 20)  # by now most have opened the store
    began = perf_counter()
    go.touch()
    _ended(started)
    return Acknowledged.read(answers), perf_counter() - began


def killed(url: str, folder: Path, *, kills: int) -> list[Acknowledged]:
    """Let three save, submit and approve; kill one of them time and again, and start another."""
    with _at_work(url, folder, 3) as (started, wait_for_more):
        for kill in range(kills):
            wait_for_more()
            victim = started[kill % 3]
            victim.kill()
            victim.join()
            started[kill % 3] = _start(url, folder, kill % 3)
        wait_for_more()
    return Acknowledged.read(folder / "acknowledged")


def failing(
    url: str, folder: Path, *, restart: Callable[[], None], restarts: int
) -> list[Acknowledged]:
    """Let six save, submit and approve while their server fails and comes up again."""
    with _at_work(url, folder, 6) as (_started, wait_for_more):
        for _ in range(restarts):
            wait_for_more()
            restart()
        wait_for_more()
    return Acknowledged.read(folder / "acknowledged")


@contextmanager
def _at_work(
    url: str, folder: Path, crowd: int
) -> Iterator[tuple[list[BaseProcess], Callable[[], None]]]:
    """Give writers at work, and what waits until something more has been acknowledged."""
    answers = folder / "acknowledged"
    answers.touch()
    started = [_start(url, folder, n) for n in range(crowd)]

    def wait_for_more() -> None:
        before = answers.stat().st_size
        while answers.stat().st_size == before:
            assert any(writer.is_alive() for writer in started)
            sleep(0.005)
        sleep(random.random() / 5)

    yield started, wait_for_more
    (folder / "stop").touch()
    _ended(started)


def _start(url: str, folder: Path, number: int) -> BaseProcess:
    stop, answers = folder / "stop", folder / "acknowledged"
    return processes.start(writers.write_until, url, number, stop, answers)


def _ended(started: list[BaseProcess]) -> None:
    for writer in started:
        writer.join()
    assert [writer.exitcode for writer in started] == [0] * len(started)
