import multiprocessing
import multiprocessing.pool
import os
import sqlite3
import subprocess
import sys
import threading
import traceback
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import pytest

from kpi.errors import SettingError, StoreError
from kpi.store import accesses, open_store, revisions
from tests import stores

REVISION = {
    "authority": "311",
    "month": date(2024, 11, 1),
    "service_area": "",
    "indicator": "icpc_within_15_days",
    "number": 1,
    "based_on": 0,
    "figures": "115 of 120 were in time.",
    "why": "",
    "actions": "",
    "difference": "",
    "back_on_target_by": None,
    "actions_promised": "[]",
    "sourced": "[]",
    "figure": "",
    "author": "Test author",
    "saved_at": datetime(2024, 12, 3, 9, 30, tzinfo=UTC),
    "release": "2024-11",
    "token": "a",
}
ACCESS = {
    "at": datetime(2024, 12, 3, 9, 30, tzinfo=UTC),
    "who": "Test manager",
    "roles": "manager",
    "action": "shown",
    "source": "page indicator",
    "indicator": "icpc_within_15_days",
    "month": date(2024, 11, 1),
    "authority": "311",
    "service_area": None,
    "team": None,
    "release": "2024-11",
    "rows": 120,
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path):
    store = stores.at(path)
    with store.writing() as rows:
        rows.add(revisions, REVISION)
        rows.add(accesses, ACCESS)
    yield store
    store.engine.dispose()


def test_a_store_is_made_with_its_folder_when_there_is_none(tmp_path):
    store = stores.at(tmp_path / "not" / "yet" / "store.sqlite")
    with store.reading() as rows:
        assert rows.find(revisions, {}) == []


def test_the_store_stands_where_the_setting_says(tmp_path, monkeypatch):
    monkeypatch.setenv("KPI_STORE_URL", f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    open_store()
    assert (tmp_path / "elsewhere.sqlite").exists()


@pytest.mark.parametrize(
    "url",
    [
        *("kpi", "sqlite://", "sqlite:///:memory:", "sqlite+aiosqlite:///store.sqlite"),
        *("postgresql://db", "postgresql+psycopg2://db/kpi", "mysql://db/kpi"),
        *("postgresql://kpi:hidden@db:port/kpi", "postgresql://kpi:hid@den@db/kpi"),
    ],
)
def test_an_address_that_is_of_no_store_is_refused(url):
    with pytest.raises(SettingError, match="KPI_STORE_URL must name a SQLite file") as refused:
        open_store(url)
    assert "hidden" not in "".join(traceback.format_exception(refused.value))
    assert "den@" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)],  # 2 is FULL
)
def test_what_has_been_acknowledged_is_on_disk(store, pragma, value):
    with store.reading() as rows:
        assert rows.connection.exec_driver_sql(f"pragma {pragma}").scalar() == value


@pytest.mark.parametrize(
    "change",
    [
        "update narrative_revisions set why = 'something else'",
        "delete from narrative_revisions",
        "insert or replace into narrative_revisions select * from narrative_revisions",
        "update access_log set who = 'somebody else'",
        "delete from access_log",
        "insert or replace into access_log select * from access_log",
    ],
)
def test_what_was_said_and_opened_cannot_be_changed_or_taken_out(store, change):
    with pytest.raises(StoreError, match="only grows"), store.writing() as rows:
        rows.connection.exec_driver_sql(change)
    with store.reading() as rows:
        assert rows.find(revisions, {}) == [REVISION | {"id": 1}]
        assert rows.find(accesses, {}) == [ACCESS | {"id": 1}]


@pytest.mark.parametrize("table", ["narrative_revisions", "access_log"])
@pytest.mark.parametrize("change", ["delete from {}", "update {} set release = ''"])
def test_another_program_cannot_change_them_by_mistake_either(store, path, table, change):
    with (
        sqlite3.connect(path) as other,
        pytest.raises(sqlite3.IntegrityError, match=f"{table} only grows"),
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


def test_times_are_kept_in_utc_whatever_the_zone_they_came_in(store):
    summer = timezone(timedelta(hours=1))
    with store.writing() as rows:
        rows.add(accesses, ACCESS | {"at": datetime(2025, 7, 1, 0, 15, tzinfo=summer)})
        (entry,) = rows.find(accesses, {}, newest=1)
    assert entry["at"] == datetime(2025, 6, 30, 23, 15, tzinfo=UTC)
    assert entry["at"].tzinfo is UTC


def test_what_people_wrote_stays_out_of_tracebacks(store):
    secret = REVISION | {"why": "about a named child"}
    with pytest.raises(StoreError) as refused, store.writing() as rows:
        rows.add(revisions, secret)
    assert "named child" not in "".join(traceback.format_exception(refused.value))


def test_a_locked_store_says_so_in_time_and_can_still_be_read(store, path):
    with stores.locked(path):
        began = monotonic()
        with (
            pytest.raises(StoreError, match=r"The store is busy.*All is well\. Try again"),
            store.writing("All is well."),
        ):
            pass
        assert monotonic() - began < 5
        began = monotonic()
        for reader in (store, stores.at(path)):  # and a process that has only now been started
            with reader.reading() as rows:
                assert len(rows.find(revisions, {})) == 1
        assert monotonic() - began < 1
    with store.writing() as rows:
        rows.add(revisions, REVISION | {"number": 2, "based_on": 1})


def test_many_waiting_for_a_locked_store_keep_no_reader_out(store, path):
    def wait():
        with pytest.raises(StoreError, match="busy"), store.writing():
            pass

    with stores.locked(path), multiprocessing.pool.ThreadPool(30) as waiting:
        answers = [waiting.apply_async(wait) for _ in range(30)]
        sleep(0.3)  # by now all thirty are waiting
        began = monotonic()
        with store.reading() as rows:
            assert len(rows.find(revisions, {})) == 1
        assert monotonic() - began < 1
        for answer in answers:
            answer.get(timeout=5)


def _open_at_once(folder, together, failures):
    for n in range(10):
        together.wait()
        try:
            stores.at(Path(folder) / f"{n}.sqlite")
        except StoreError as error:
            failures.put(str(error))


def test_processes_that_start_at_once_all_find_one_whole_store(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    together, failures = spawn.Barrier(4), spawn.Queue()
    arguments = (str(tmp_path), together, failures)
    starting = [spawn.Process(target=_open_at_once, args=arguments, daemon=True) for _ in range(4)]
    for process in starting:
        process.start()
    for process in starting:
        process.join(60)
    assert [process.exitcode for process in starting] == [0, 0, 0, 0]
    assert failures.empty()
    for n in range(10):
        with sqlite3.connect(tmp_path / f"{n}.sqlite") as made:
            kinds = made.execute("select type, count(*) from sqlite_schema group by type")
            # Six tables and the version; two triggers for each of the five that only grow; three
            # indexes, and three of SQLite's own for keys.
            assert dict(kinds.fetchall()) == {"table": 7, "trigger": 10, "index": 6}


def test_a_store_that_another_process_is_just_making_is_waited_for(path):
    maker = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    maker.execute("begin immediate")  # SQLite turns others away from here at once
    made = threading.Timer(0.3, maker.close)
    made.start()
    began = monotonic()
    stores.at(path)
    assert 0.2 < monotonic() - began < 1.5
    made.join()


@contextmanager
def _as_nobody():
    """Give up the administrator's rights for a while, who may write anywhere."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_folder_that_may_not_be_written_is_named_with_what_to_do():
    with TemporaryDirectory() as folder:
        shut = Path(folder)
        shut.chmod(0o555)
        for wanted in (shut / "store.sqlite", shut / "below" / "store.sqlite"):
            with _as_nobody(), pytest.raises(StoreError) as refused:
                stores.at(wanted)
            assert str(refused.value).startswith(f"{wanted} cannot be opened for writing.")
            assert "name another in KPI_STORE_URL" in str(refused.value)
        assert list(shut.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_named(tmp_path):
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be opened for writing"):
        stores.at(tmp_path / "data" / "store.sqlite")


def test_a_file_that_is_no_store_is_refused_and_left_as_it_is(path):
    path.write_bytes(b"indicator,month,why\n" * 400)
    with pytest.raises(StoreError, match=r"store\.sqlite is damaged, or is not a store\. Move it"):
        stores.at(path)
    assert path.read_bytes() == b"indicator,month,why\n" * 400


@pytest.mark.parametrize("where", ["all but the first page", "the second half"])
def test_a_damaged_store_says_so_with_what_to_do(store, path, where):
    with store.writing() as rows:
        for number in range(2, 200):
            rows.add(revisions, REVISION | {"number": number, "based_on": number - 1})
    store.engine.dispose()
    healthy = path.read_bytes()
    whole = 4096 if where == "all but the first page" else len(healthy) // 2
    path.write_bytes(healthy[:whole] + b"\xff" * (len(healthy) - whole))
    with (
        pytest.raises(StoreError, match=r"is damaged.*put the last backup in its place"),
        stores.at(path).reading() as rows,
    ):
        rows.find(revisions, {})


def test_a_full_disk_loses_nothing_that_was_acknowledged(store, path):
    filling = """
import resource, sys
from kpi.store import revisions
from tests import stores, test_store
store = stores.at(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
for number in range(2, 10_000):
    with store.writing("Your text is still in the box.") as rows:
        long = {"number": number, "based_on": number - 1, "why": "w" * 4_000}
        rows.add(revisions, test_store.REVISION | long)
    print(number, flush=True)
"""
    ended = subprocess.run(
        [sys.executable, "-c", filling, str(path)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "full or failing. Your text is still in the box. Free some space" in ended.stderr
    acknowledged = [int(line) for line in ended.stdout.split()]
    assert len(acknowledged) > 20
    with store.writing() as rows:
        kept = [row["number"] for row in rows.find(revisions, {})]
        assert kept == [1, *acknowledged]
        assert rows.connection.exec_driver_sql("pragma integrity_check").scalar() == "ok"
