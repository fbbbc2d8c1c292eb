import sqlite3
import traceback
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from multiprocessing.pool import ThreadPool
from time import monotonic, sleep

import psycopg
import pytest

from kpi.errors import SettingError, StoreError
from kpi.store import accesses, drafts, open_store, revisions
from tests import processes, store_processes, stores
from tests.stores import ACCESS, REVISION


@pytest.fixture
def store(any_store):
    with any_store.writing() as rows:
        rows.add(revisions, REVISION)
        rows.add(accesses, ACCESS)
    return any_store


def test_a_store_that_is_made_is_empty_and_opens_again(any_url):
    open_store(any_url).engine.dispose()
    store = open_store(any_url)
    with store.reading() as rows:
        assert rows.find(revisions, {}) == rows.find(drafts, {}) == rows.find(accesses, {}) == []
    store.engine.dispose()


@pytest.mark.parametrize(
    "url",
    [
        *("kpi", "sqlite://", "sqlite:///:memory:", "sqlite+aiosqlite:///store.sqlite"),
        *("postgresql://db", "postgresql+psycopg2://db/kpi", "mysql://db/kpi"),
        *("postgresql://kpi:hidden@db:port/kpi", "postgresql://kpi:hid@den@db/kpi"),
        "postgresql://kpi@db/kpi?password=hidden",
    ],
)
def test_an_address_that_is_of_no_store_is_refused(url):
    with pytest.raises(SettingError, match="KPI_STORE_URL must name a SQLite file") as refused:
        open_store(url)
    said = "".join(traceback.format_exception(refused.value))
    assert "hidden" not in said
    assert "den@" not in said


CHANGES = [
    "update {} set authority = '312'",
    "delete from {}",
    "insert into {0} select * from {0} where true on conflict (id) do update set authority = '312'",
]
OWN_WORDS = {
    "sqlite": "insert or replace into {0} select * from {0}",
    "postgresql": "truncate {}",
}


@pytest.mark.parametrize("table", ["narrative_revisions", "access_log"])
def test_what_was_said_and_opened_cannot_be_changed_or_taken_out(store, table):
    for change in [*CHANGES, OWN_WORDS[store.engine.dialect.name]]:
        said = change.format(table)
        with pytest.raises(StoreError, match=f"{table} only grows"), store.writing() as rows:
            rows.connection.exec_driver_sql(said)
    with store.reading() as rows:
        assert rows.find(revisions, {}) == [REVISION | {"id": 1}]
        assert rows.find(accesses, {}) == [ACCESS | {"id": 1}]


@pytest.mark.parametrize("table", ["narrative_revisions", "access_log"])
@pytest.mark.parametrize("change", CHANGES)
def test_another_program_cannot_change_them_by_mistake_either(store, table, change):
    refused = (sqlite3.IntegrityError, psycopg.errors.RaiseException)
    with (
        closing(stores.other_program(store)) as other,
        pytest.raises(refused, match=f"{table} only grows"),
    ):
        other.execute(change.format(table))


def test_a_narrative_has_one_revision_of_each_number(store):
    with pytest.raises(StoreError, match="did not take this"), store.writing() as rows:
        rows.add(revisions, REVISION)


def test_work_that_stops_half_way_leaves_nothing(store):
    with pytest.raises(ZeroDivisionError), store.writing() as rows:
        rows.add(revisions, REVISION | {"number": 2, "based_on": 1})
        1 / 0  # noqa: B018
    with store.reading() as rows:
        assert len(rows.find(revisions, {})) == 1


def test_what_is_read_together_is_of_one_moment(store):
    with store.reading() as rows:
        before = rows.find(revisions, {})
        with store.writing() as others:
            others.add(revisions, REVISION | {"number": 2, "based_on": 1})
        assert rows.find(revisions, {}) == before
    with store.reading() as rows:
        assert len(rows.find(revisions, {})) == 2


def test_a_writer_sees_what_the_one_before_it_left_and_nobody_comes_between(store):
    def add(_n):
        with store.writing() as rows:
            last = rows.latest(revisions, {}, per="indicator")[0]["number"]
            sleep(0.005)
            rows.add(revisions, REVISION | {"number": last + 1, "based_on": last})

    with ThreadPool(8) as pool:
        pool.map(add, range(40), chunksize=1)
    with store.reading() as rows:
        assert [row["number"] for row in rows.find(revisions, {})] == list(range(1, 42))


def test_times_are_kept_in_utc_whatever_the_zone_they_came_in(store):
    summer = timezone(timedelta(hours=1))
    with store.writing() as rows:
        rows.add(accesses, ACCESS | {"at": datetime(2025, 7, 1, 0, 15, tzinfo=summer)})
        (entry,) = rows.find(accesses, {}, newest=1)
    assert entry["at"] == datetime(2025, 6, 30, 23, 15, tzinfo=UTC)
    assert entry["at"].tzinfo is UTC


@pytest.mark.parametrize(
    "at",
    [
        datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2025, 3, 30, 1, 0, tzinfo=UTC),  # when clocks go forward in London
        datetime(2025, 10, 26, 0, 30, 0, 1, tzinfo=UTC),  # and the first of two half past ones
        datetime(1999, 12, 31, 23, 0, tzinfo=UTC),
    ],
)
def test_moments_and_days_come_back_as_they_were(store, at):
    given = ACCESS | {"at": at, "month": at.date().replace(day=1)}
    with store.writing() as rows:
        rows.add(accesses, given)
    with store.reading() as rows:
        (entry,) = rows.find(accesses, {}, newest=1)
        assert {name: entry[name] for name in given} == given
        assert type(entry["month"]) is date
        assert rows.find(accesses, {"at": at}) == [entry]


def test_words_are_the_same_only_letter_for_letter(store):
    alike = ["Straße", "STRASSE", "strasse", "é", "e\u0301", "a ", "a", "ı", "i", "I", ""]
    with store.writing() as rows:
        for number, indicator in enumerate(alike):
            rows.add(revisions, REVISION | {"indicator": indicator, "token": str(number)})
    with store.reading() as rows:
        for number, indicator in enumerate(alike):
            (found,) = rows.find(revisions, {"indicator": indicator})
            assert found["token"] == str(number)
        assert len(rows.latest(revisions, {}, per="indicator")) == 1 + len(alike)


def test_what_people_wrote_stays_out_of_messages_and_tracebacks(store):
    private = {"why": "about a named child"}
    for broken in ({}, {"number": 0, "based_on": -1}, {"number": 2, "author": None}):
        refusal = pytest.raises(StoreError, match="did not take this")
        with refusal as refused, store.writing() as rows:
            rows.add(revisions, REVISION | private | broken)
        assert "named child" not in "".join(traceback.format_exception(refused.value))


def test_a_locked_store_says_so_in_time_and_can_still_be_read(store):
    with stores.locked(store):
        began = monotonic()
        with (
            pytest.raises(StoreError, match=r"The store is busy.*All is well\. Try again"),
            store.writing("All is well.") as rows,
        ):
            rows.add(accesses, ACCESS)
        assert monotonic() - began < 5
        began = monotonic()
        # And a process that has only now been started.
        for reader in (store, open_store(stores.url(store))):
            with reader.reading() as rows:
                assert len(rows.find(revisions, {})) == 1
        assert monotonic() - began < 1
    with store.writing() as rows:
        rows.add(revisions, REVISION | {"number": 2, "based_on": 1})


def test_many_waiting_for_a_locked_store_keep_no_reader_out(store):
    def wait():
        with pytest.raises(StoreError, match="busy"), store.writing() as rows:
            rows.add(accesses, ACCESS)

    with stores.locked(store), ThreadPool(30) as waiting:
        answers = [waiting.apply_async(wait) for _ in range(30)]
        sleep(0.3)  # by now all thirty are waiting
        began = monotonic()
        with store.reading() as rows:
            assert len(rows.find(revisions, {})) == 1
        assert monotonic() - began < 1
        for answer in answers:
            answer.get(timeout=5)


def test_a_writer_that_is_stuck_keeps_others_waiting_and_no_longer_than_a_page_can(store):
    with store.writing() as rows:
        rows.add(accesses, ACCESS)
        began = monotonic()
        refusal = pytest.raises(StoreError, match=r"The store is busy.*Nothing was done\. Try")
        with refusal, ThreadPool(1) as other:
            other.apply(_write, (store,))
        assert monotonic() - began < 5
    _write(store)


def _write(store):
    with store.writing(undone="Nothing was done.") as rows:
        rows.add(accesses, ACCESS)


def test_processes_that_find_no_store_at_once_make_one_between_them(any_url):
    openers = [processes.start(store_processes.open_and_die, any_url, 0) for _ in range(6)]
    for opener in openers:
        opener.join()
    assert [opener.exitcode for opener in openers] == [0] * 6
    with open_store(any_url).reading() as rows:
        assert rows.find(revisions, {}) == []
