"""Crowds of writers, writers that are killed, and a server that fails lose nothing acknowledged."""

import random
from pathlib import Path
from time import sleep

import pytest

from kpi.store import open_store, revisions, verification
from tests import processes, writers
from tests.stores import ANALYST
from tests.writers import Acknowledged

WRITERS, SAVES = 50, 20
KILLS, RESTARTS = 10, 3


@pytest.fixture
def answers(tmp_path) -> Path:
    """Where writers write down what was acknowledged."""
    path = tmp_path / "acknowledged"
    path.touch()
    return path


def words_kept(store) -> list[tuple[str, int, str]]:
    with store.reading() as rows:
        return [(row["indicator"], row["number"], row["why"]) for row in rows.find(revisions, {})]


def wait_for_more(answers: Path) -> None:
    """Wait until something more has been acknowledged, and then a moment of chance."""
    before = answers.stat().st_size
    while answers.stat().st_size == before:
        sleep(0.005)
    sleep(random.random() / 5)


def test_fifty_writers_at_once_lose_nothing_double_nothing_and_leave_no_gap(
    any_url, tmp_path, answers
):
    store = open_store(any_url)
    go = tmp_path / "go"
    crowd = [
        processes.start(writers.save_some, any_url, n, SAVES, go, answers) for n in range(WRITERS)
    ]
    go.touch()
    for writer in crowd:
        writer.join()
    assert [writer.exitcode for writer in crowd] == [0] * WRITERS

    acknowledged = [(a.indicator, a.number, a.said) for a in Acknowledged.read(answers)]
    assert sorted(words_kept(store)) == sorted(acknowledged)
    assert sorted(said for _, _, said in acknowledged) == sorted(
        f"writer {w}, save {n}" for w in range(WRITERS) for n in range(SAVES)
    )
    assert verification.verify(store, ANALYST).problems == ()  # no gap among them
    store.engine.dispose()


def test_whatever_was_acknowledged_outlives_writers_killed_at_any_moment(
    any_url, tmp_path, answers
):
    store = open_store(any_url)
    stop = tmp_path / "stop"
    at_work = [processes.start(writers.write_until, any_url, n, stop, answers) for n in range(3)]
    for kill in range(KILLS):
        wait_for_more(answers)
        victim = kill % len(at_work)
        at_work[victim].kill()
        at_work[victim].join()
        at_work[victim] = processes.start(writers.write_until, any_url, victim, stop, answers)
    wait_for_more(answers)
    stop.touch()
    for writer in at_work:
        writer.join()
    assert [writer.exitcode for writer in at_work] == [0] * len(at_work)

    acknowledged = Acknowledged.read(answers)
    assert len(acknowledged) > KILLS
    assert {a.step for a in acknowledged} == {"saved", "submitted", "approved"}
    steps = {(a.indicator, a.number, a.step) for a in acknowledged}
    there = list(writers.kept(store, "saved", "submitted", "approved"))
    assert steps <= set(there)
    assert len(there) == len(set(there))
    # A submission is a save too; besides, each kill cut off the answer to one press at most.
    assert len(there) - len(steps) - sum(a.step == "submitted" for a in acknowledged) <= 2 * KILLS
    said = {(a.indicator, a.number): a.said for a in acknowledged if a.said}
    kept = {(indicator, number): why for indicator, number, why in words_kept(store)}
    assert {place: kept[place] for place in said} == said
    assert len(set(kept.values())) == len(kept)
    assert verification.verify(store, ANALYST).problems == ()
    store.engine.dispose()


def test_whatever_was_acknowledged_outlives_a_server_that_fails_under_load(
    postgresql, tmp_path, answers
):
    stop = tmp_path / "stop"
    with postgresql.database() as url:
        store = open_store(url)
        at_work = [processes.start(writers.write_until, url, n, stop, answers) for n in range(6)]
        for _ in range(RESTARTS):
            wait_for_more(answers)
            postgresql.restart()
        wait_for_more(answers)
        stop.touch()
        for writer in at_work:
            writer.join()
        assert [writer.exitcode for writer in at_work] == [0] * len(at_work)

        # Every press was answered in the end, so that there is neither more nor less than that.
        acknowledged = Acknowledged.read(answers)
        assert {a.step for a in acknowledged} == {"saved", "submitted", "approved"}
        assert sum(a.refused for a in acknowledged) >= RESTARTS
        said = [(a.indicator, a.number, a.said) for a in acknowledged if a.said]
        assert sorted(words_kept(store)) == sorted(said)
        steps = [(a.indicator, a.number, a.step) for a in acknowledged if a.step != "saved"]
        assert sorted(writers.kept(store, "submitted", "approved")) == sorted(steps)
        assert verification.verify(store, ANALYST).problems == ()
        store.engine.dispose()
