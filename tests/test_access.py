import inspect
from contextlib import closing
from datetime import UTC, date, datetime
from time import monotonic

import pytest

from kpi import access_log
from kpi.access import Actor, Role
from kpi.access_log import Action, Opened
from kpi.errors import AccessError, StoreError
from tests import stores
from tests.stores import ANALYST, AUTHOR, LEADER, MANAGER, VISITOR

LIST = Opened(
    source="page indicator",
    indicator="icpc_within_15_days",
    month=date(2024, 11, 1),
    authority="311",
    service_area="Assessment",
    team=None,
    release="2024-11",
)
RECORDS = [{"record_id": "1"}, {"record_id": "2"}]


@pytest.fixture
def store(any_store):
    return any_store


def records(store, actor):
    """Return the records of a list as every such function does: written down, then returned."""
    access_log.note(store, actor, LIST, rows=len(RECORDS))
    return RECORDS


def test_opening_a_list_leaves_who_when_what_how_many_and_from_where(store):
    before = datetime.now(UTC)
    assert records(store, MANAGER) == RECORDS
    (entry,) = access_log.entries(store, ANALYST, newest=10)
    assert (entry.who, entry.roles) == ("Test manager", ("manager",))
    assert before <= entry.at <= datetime.now(UTC)
    assert (entry.action, entry.opened, entry.rows) == (Action.SHOWN, LIST, 2)


def test_a_download_is_told_from_a_look(store):
    access_log.note(store, MANAGER, LIST, rows=2, action=Action.DOWNLOADED)
    (entry,) = access_log.entries(store, ANALYST, newest=10)
    assert entry.action is Action.DOWNLOADED


@pytest.mark.parametrize("actor", [VISITOR, LEADER, AUTHOR], ids=lambda actor: actor.name)
def test_a_refusal_is_written_down_too_and_shows_nothing(store, actor):
    with pytest.raises(AccessError, match="may not open the lists of records behind a figure"):
        records(store, actor)
    (entry,) = access_log.entries(store, ANALYST, newest=10)
    assert (entry.who, entry.action, entry.rows) == (actor.name, Action.REFUSED, 0)
    assert entry.roles == tuple(actor.roles)


def test_the_log_is_read_from_its_last_line(store):
    for rows in (1, 2, 3):
        access_log.note(store, MANAGER, LIST, rows=rows)
    newest = access_log.entries(store, ANALYST, newest=2)
    assert [entry.rows for entry in newest] == [3, 2]


def test_somebody_with_two_roles_is_written_down_with_both(store):
    both = Actor(name="Both", roles=frozenset({Role.MANAGER, Role.AUTHOR}))
    records(store, both)
    (entry,) = access_log.entries(store, ANALYST, newest=1)
    assert entry.roles == ("author", "manager")


def test_nothing_is_shown_while_the_log_is_locked(store):
    with stores.locked(store):
        began = monotonic()
        with pytest.raises(StoreError, match=r"busy.*The list is not shown, since the access log"):
            records(store, MANAGER)
        assert monotonic() - began < 5
    assert access_log.entries(store, ANALYST, newest=10) == []


def test_nothing_is_shown_when_the_log_will_not_take_a_line(store):
    does = "begin select raise(abort, 'no more'); end"
    if stores.in_postgresql(store):
        does = "for each statement execute function only_grows()"
    with closing(stores.other_program(store)) as other:
        other.execute(f"create trigger is_full before insert on access_log {does}")
    with pytest.raises(StoreError, match="The list is not shown, since the access log cannot"):
        records(store, MANAGER)


def test_a_refused_person_stays_refused_when_the_log_is_locked(store):
    with stores.locked(store), pytest.raises(StoreError, match="The list is not shown"):
        records(store, LEADER)


EVERYONE = (VISITOR, LEADER, AUTHOR, MANAGER, ANALYST)
MAY = {
    "note": ((MANAGER, ANALYST), records),
    "entries": ((ANALYST,), lambda store, actor: access_log.entries(store, actor, newest=1)),
}


def test_every_function_of_the_log_says_who_may_call_it():
    public = [
        name
        for name, function in inspect.getmembers(access_log, inspect.isfunction)
        if function.__module__ == access_log.__name__ and not name.startswith("_")
    ]
    assert sorted(MAY) == sorted(public)


@pytest.mark.parametrize("actor", EVERYONE, ids=lambda actor: actor.name)
@pytest.mark.parametrize("name", MAY)
def test_lists_and_their_log_open_for_those_with_the_right_alone(store, name, actor):
    able, call = MAY[name]
    if actor in able:
        call(store, actor)
        return
    with pytest.raises(AccessError, match=f"{actor.name} may not"):
        call(store, actor)
