import multiprocessing
import multiprocessing.pool
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest

from kpi.errors import StoreError
from kpi.store import accesses, open_store, revisions
from tests import stores


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path):
    store = stores.at(path)
    with store.writing() as rows:
        rows.add(revisions, stores.REVISION)
        rows.add(accesses, stores.ACCESS)
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
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)],  # 2 is FULL
)
def test_what_has_been_acknowledged_is_on_disk(store, pragma, value):
    with store.reading() as rows:
        assert rows.connection.exec_driver_sql(f"pragma {pragma}").scalar() == value


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


def test_a_file_that_may_only_be_read_says_so_and_keeps_the_text():
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        store = stores.at(path)
        for one in Path(folder).iterdir():
            one.chmod(0o444)
        store.engine.dispose()
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        with _as_nobody():
            kept = pytest.raises(StoreError, match="cannot be opened for writing")
            with kept as refused, stores.at(path).writing("Your text is still in the box.") as rows:
                rows.add(accesses, stores.ACCESS)
        assert "Let the account that runs the dashboard write" in str(refused.value)


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
            rows.add(revisions, stores.REVISION | {"number": number, "based_on": number - 1})
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
from tests import stores
store = stores.at(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
for number in range(2, 10_000):
    with store.writing("Your text is still in the box.") as rows:
        long = {"number": number, "based_on": number - 1, "why": "w" * 4_000}
        rows.add(revisions, stores.REVISION | long)
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
