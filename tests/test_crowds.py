"""Crowds of writers, writers that are killed, and a server that fails lose nothing acknowledged."""

import pytest

from kpi.store import open_store, revisions, verification
from tests import crowds, writers
from tests.stores import ANALYST

WRITERS, SAVES = 50, 20
KILLS, RESTARTS = 10, 3


@pytest.fixture
def store(any_store):
    return any_store


def words_kept(store) -> list[tuple[str, int, str]]:
    with store.reading() as rows:
        return [(row["indicator"], row["number"], row["why"]) for row in rows.find(revisions, {})]


def test_fifty_writers_at_once_lose_nothing_double_nothing_and_leave_no_gap(
    any_url, store, tmp_path
):
    answers, _seconds = crowds.at_once(any_url, tmp_path, crowd=WRITERS, saves=SAVES)
    acknowledged = [(a.indicator, a.number, a.said) for a in answers]
    assert sorted(words_kept(store)) == sorted(acknowledged)
    assert sorted(said for _, _, said in acknowledged) == sorted(
        f"writer {w}, save {n}" for w in range(WRITERS) for n in range(SAVES)
    )
    assert verification.verify(store, ANALYST).problems == ()  # no gap among them


def test_whatever_was_acknowledged_outlives_writers_killed_at_any_moment(any_url, store, tmp_path):
    answers = crowds.killed(any_url, tmp_path, kills=KILLS)
    assert len(answers) > KILLS
    assert {a.step for a in answers} == {"saved", "submitted", "approved"}
    there = writers.kept(store, "saved", "submitted", "approved")
    steps = {(a.indicator, a.number, a.step) for a in answers}
    assert steps <= set(there)
    assert len(there) == len(set(there))
    # A submission is a save too; besides, each kill cut off the answer to one press at most.
    assert len(there) - len(steps) - sum(a.step == "submitted" for a in answers) <= 2 * KILLS
    kept = {(indicator, number): why for indicator, number, why in words_kept(store)}
    said = {(a.indicator, a.number): a.said for a in answers if a.said}
    assert {place: kept[place] for place in said} == said
    assert len(set(kept.values())) == len(kept)
    assert verification.verify(store, ANALYST).problems == ()


def test_whatever_was_acknowledged_outlives_a_server_that_fails_under_load(postgresql, tmp_path):
    with postgresql.database() as url:
        store = open_store(url)
        answers = crowds.failing(url, tmp_path, restart=postgresql.restart, restarts=RESTARTS)
        assert {a.step for a in answers} == {"saved", "submitted", "approved"}
        assert sum(a.refused for a in answers) >= RESTARTS
        # Every press was answered in the end, so that there is neither more nor less than that.
        said = [(a.indicator, a.number, a.said) for a in answers if a.said]
        assert sorted(words_kept(store)) == sorted(said)
        steps = [(a.indicator, a.number, a.step) for a in answers if a.step != "saved"]
        assert sorted(writers.kept(store, "submitted", "approved")) == sorted(steps)
        assert verification.verify(store, ANALYST).problems == ()
        store.engine.dispose()
