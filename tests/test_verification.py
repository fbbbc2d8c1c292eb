"""Each rule of a store is broken in turn, by somebody who owns it, and must be told."""

from contextlib import closing

import pytest

from kpi.store import guards, open_store, verification
from kpi.store.schema import GROWING
from tests import stores
from tests.stores import ANALYST


@pytest.fixture
def store(any_store):
    stores.live_in(any_store)
    return any_store


def spoil(store, *changes, keep_guards=False):
    """Change rows as whoever owns the database can, its guards out of the way."""
    dialect = store.engine.dialect.name
    with closing(stores.other_program(store)) as owner:
        for table in GROWING:
            for name in guards.names(table.name, dialect):
                on = f" on {table.name}" if dialect == "postgresql" else ""
                owner.execute(f"drop trigger {name}{on}")
        if dialect == "postgresql":
            owner.execute("set session_replication_role = replica")  # nor its keys
        for change in changes:
            owner.execute(change)
        if not keep_guards:
            for table in GROWING:
                for statement in guards.statements(table.name, dialect):
                    owner.execute(statement)


def test_a_store_that_was_lived_in_holds_together(store):
    found = verification.verify(store, ANALYST)
    assert found.problems == ()
    assert found.counts["narrative_revisions"] == 6
    assert found.counts["narrative_events"] == 6 + 3 + 1 + 2


HERE = "icpc_within_15_days 2024-11 of 311"
AREA = f"{HERE} Assessment"
BROKEN = {
    "a revision gone": (
        "delete from narrative_revisions where number = 2 and service_area = ''",
        [
            f"{HERE} has revision 3 where revision 2 should follow.",
            f"{HERE} has no revision 2, which was saved.",
        ],
    ),
    "a first revision gone": (
        "delete from narrative_revisions where number = 1 and service_area = ''",
        [
            f"{HERE} has revision 2 where revision 1 should follow.",
            f"{HERE} has no revision 1, which was saved.",
        ],
    ),
    "a revision from another than the one before": (
        "update narrative_revisions set based_on = 1 where number = 3 and service_area = ''",
        [f"{HERE}: revision 3 says that it was written from 1, not from 2."],
    ),
    "a save that is not in the trail": (
        "delete from narrative_events where step = 'saved' and revision = 2 and service_area = ''",
        [f"{HERE}: that revision 2 was saved is written 0 times."],
    ),
    "a save that is twice in the trail": (
        "insert into narrative_events select 99, authority, month, service_area, indicator, at, "
        "who, roles, step, revision, based_on, reason, remarks, figure, token "
        "from narrative_events where step = 'saved' and revision = 2 and service_area = ''",
        [f"{HERE}: that revision 2 was saved is written 2 times."],
    ),
    "another author": (
        "update narrative_revisions set author = 'Nobody' where number = 2 and service_area = ''",
        [f"{HERE}: revision 2 and its step in the trail differ."],
    ),
    "an approval of nothing": (
        "update narrative_events set revision = 9 where step = 'approved' and revision = 3",
        [
            f"{AREA}: revision 9 was approved before it was submitted.",
            f"{AREA} has no revision 9, which was approved.",
        ],
    ),
    "an approval that was not asked for": (
        "delete from narrative_events where step = 'submitted' and revision = 3",
        [f"{AREA}: revision 3 was approved before it was submitted."],
    ),
    "an approval of one's own": (
        "update narrative_events set who = 'Test author' where step = 'approved' and revision = 3",
        [f"{AREA}: revision 3 was approved by its own author."],
    ),
    "a promise of nothing": (
        "update promises set revision = 9 where id = 1",
        [f"Promise 1 is of revision 9 of {AREA}, which is not there."],
    ),
    "a promise moved from nothing": (
        "update promises set moved_from = 99 where id = 3",
        ["Promise 3 was moved from 99, which is not there."],
    ),
    "an outcome of nothing": (
        "update promise_outcomes set promise = 99",
        ["An outcome, 1, is of promise 99, which is not there."],
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_whatever_is_broken_is_told(store, broken):
    change, told = BROKEN[broken]
    spoil(store, change)
    problems = verification.verify(store, ANALYST).problems
    own = [one for one in problems if "refers to one of" not in one]  # SQLite says it once more
    assert own == told


def test_a_guard_that_is_gone_is_told(store):
    spoil(store, keep_guards=True)
    problems = verification.verify(store, ANALYST).problems
    assert len(problems) == len(GROWING)
    assert problems[0].startswith(
        "narrative_revisions can be changed: narrative_revisions_refuses_"
    )


def test_a_guard_that_is_switched_off_is_told(postgresql):
    with postgresql.database() as url:
        store = open_store(url)
        with closing(stores.other_program(store)) as owner:
            owner.execute("alter table access_log disable trigger access_log_refuses_delete")
        (problem,) = verification.verify(store, ANALYST).problems
    assert problem == "access_log can be changed: access_log_refuses_delete is gone."
