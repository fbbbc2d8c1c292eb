import gzip
import hashlib
import json
import random
import signal
import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from kpi import revisions as saving
from kpi.errors import AccessError, StoreError
from kpi.narrative import Key
from kpi.store import backups, migrations, open_store, verification
from tests import processes, store_processes, stores
from tests.stores import ANALYST, AUTHOR, FIGURE, KEY, LEADER, MANAGER, words

OLD = Path(__file__).parent / "old_stores" / "0001.sql"


@pytest.fixture
def store(any_store):
    stores.live_in(any_store)
    return any_store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.backup"


@pytest.fixture(params=["into SQLite", "into PostgreSQL"])
def empty_url(request, tmp_path):
    """The address of a store that is not there yet, in either database."""
    if request.param == "into SQLite":
        yield f"sqlite:///{tmp_path / 'restored.sqlite'}"
        return
    with request.getfixturevalue("postgresql").database() as url:
        yield url


@pytest.fixture(scope="module")
def backup(tmp_path_factory):
    """A backup of a store that has been lived in."""
    folder = tmp_path_factory.mktemp("backup")
    store = stores.at(folder / "store.sqlite")
    stores.live_in(store)
    backups.back_up(store, ANALYST, folder / "store.backup")
    store.engine.dispose()
    return folder / "store.backup"


def lines(path: Path) -> list:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def written(path: Path, entries: list) -> Path:
    """Write a backup of these lines, with an end that proves them."""
    said = b"".join(json.dumps(one).encode() + b"\n" for one in entries)
    end = json.dumps({"rows": {}, "sha256": hashlib.sha256(said).hexdigest()}).encode()
    path.write_bytes(gzip.compress(said + end + b"\n"))
    return path


def holds_nothing(url: str) -> bool:
    with stores.unopened(url) as store, store.reading() as rows:
        there = inspect(rows.connection).get_table_names()
        return not any(
            rows.connection.execute(text(f"select count(*) from {name}")).scalar()
            for name in there
            if name != migrations.VERSION_TABLE
        )


def test_what_was_backed_up_is_restored_whole_into_either_database(store, path, empty_url):
    before = stores.everything(store)
    counts = backups.back_up(store, ANALYST, path)
    assert counts == {name: len(rows) for name, rows in before.items()}
    assert min(counts.values()) > 0
    assert backups.restore(empty_url, ANALYST, path) == counts
    restored = open_store(empty_url)
    assert stores.everything(restored) == before
    assert verification.verify(restored, ANALYST).problems == ()
    restored.engine.dispose()


def test_people_go_on_writing_in_a_restored_store(backup, empty_url):
    backups.restore(empty_url, ANALYST, backup)
    store = open_store(empty_url)
    saved = saving.save(
        store,
        AUTHOR,
        KEY,
        words(why="Both chairs are back."),
        based_on=3,
        figure=FIGURE,
        release="2024-12",
        token="after",
    )
    assert [one.number for one in saving.history(store, KEY)] == [1, 2, 3, 4]
    assert stores.latest(store, KEY) == saved
    stores.everything(store)
    with pytest.raises(StoreError, match="only grows"), store.writing() as rows:
        rows.connection.execute(text("delete from narrative_revisions"))
    store.engine.dispose()


def test_an_empty_store_that_is_there_already_may_be_restored_into(backup, empty_url):
    open_store(empty_url).engine.dispose()
    assert backups.restore(empty_url, ANALYST, backup)["narrative_revisions"] == 6


def test_a_store_is_backed_up_and_restored_with_nothing_in_it(any_store, path, empty_url):
    assert set(backups.back_up(any_store, ANALYST, path).values()) == {0}
    assert set(backups.restore(empty_url, ANALYST, path).values()) == {0}
    store = open_store(empty_url)
    stores.live_in(store)
    assert verification.verify(store, ANALYST).problems == ()
    store.engine.dispose()


def test_a_backup_is_of_one_moment_while_writers_go_on(any_store, tmp_path):
    stop = threading.Event()

    def write(indicator):
        key = Key(indicator=indicator, month=KEY.month, authority="311")
        number = 0
        while not stop.is_set():
            saving.save(
                any_store,
                AUTHOR,
                key,
                words(why=str(number)),
                based_on=number,
                figure=FIGURE,
                release="2024-11",
                token=f"{indicator} {number}",
            )
            number += 1

    writers = [threading.Thread(target=write, args=(f"indicator_{n}",)) for n in range(3)]
    for writer in writers:
        writer.start()
    counts = [backups.back_up(any_store, ANALYST, tmp_path / f"{n}.backup") for n in range(6)]
    stop.set()
    for writer in writers:
        writer.join()
    for n, one in enumerate(counts):
        # Each revision with its step: a save is in a backup whole, or not at all.
        assert one["narrative_revisions"] == one["narrative_events"]
        url = f"sqlite:///{tmp_path / f'{n}.sqlite'}"
        backups.restore(url, ANALYST, tmp_path / f"{n}.backup")
        assert verification.verify(open_store(url), ANALYST).problems == ()
    assert counts[-1]["narrative_revisions"] > counts[0]["narrative_revisions"]


def test_a_backup_is_the_owner_s_alone_and_leaves_nothing_else_behind(store, path):
    backups.back_up(store, ANALYST, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.glob("*backup*")] == ["store.backup"]
    head = lines(path)[0]
    assert (head["kpi_store_backup"], head["version"]) == (1, migrations.NEWEST)


def test_a_file_that_is_there_already_is_never_written_over(store, path):
    path.write_text("last month's")
    with pytest.raises(StoreError, match="is there already, and nothing is written over it"):
        backups.back_up(store, ANALYST, path)
    assert path.read_text() == "last month's"


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(store, tmp_path):
    (tmp_path / "file").touch()
    for folder in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(StoreError, match=r"could not be written \(.+\)\. There is no backup"):
            backups.back_up(store, ANALYST, folder / "store.backup")
    assert list(tmp_path.glob("**/*backup*")) == []


def test_a_store_with_anything_in_it_is_not_restored_into(backup, any_url):
    store = open_store(any_url)
    with store.writing() as rows:
        rows.add(stores.accesses, stores.ACCESS)
    before = stores.everything(store)
    with pytest.raises(StoreError, match=r"is not empty: access_log has 1 rows\. Nothing was rest"):
        backups.restore(any_url, ANALYST, backup)
    assert stores.everything(store) == before
    store.engine.dispose()


@pytest.mark.parametrize("kind", ["cut short", "a bit turned", "a line changed", "a line gone"])
def test_a_damaged_backup_is_refused_whole(backup, path, tmp_path, kind):
    whole, chance = backup.read_bytes(), random.Random(311)
    text_lines = gzip.decompress(whole).splitlines(keepends=True)
    for _ in range(40):
        at = chance.randrange(40, len(whole) - 1)
        line = chance.randrange(1, len(text_lines))
        spoilt = {
            "cut short": whole[:at],
            "a bit turned": whole[:at]
            + bytes([whole[at] ^ 1 << chance.randrange(8)])
            + whole[at + 1 :],
            "a line changed": gzip.compress(
                b"".join(
                    [
                        *text_lines[:line],
                        text_lines[line].replace(b"1", b"2", 1) + b" ",
                        *text_lines[line + 1 :],
                    ]
                )
            ),
            "a line gone": gzip.compress(b"".join([*text_lines[:line], *text_lines[line + 1 :]])),
        }[kind]
        path.write_bytes(spoilt)
        url = f"sqlite:///{tmp_path / 'restored.sqlite'}"
        with pytest.raises(StoreError, match=r"damaged.*Nothing was restored"):
            backups.restore(url, ANALYST, path)
        assert not (tmp_path / "restored.sqlite").exists()


NO_BACKUPS = {
    "an empty file": b"",
    "a spreadsheet": b"indicator,month,why\n",
    "a spreadsheet, packed": gzip.compress(b"indicator,month,why\n"),
    "a list, packed": gzip.compress(b'["a list"]\n'),
    "another object, packed": gzip.compress(b'{"an": "object"}\n{}\n'),
    "no text, packed": gzip.compress(b"\xff\xfe\n"),
    "a SQLite store": b"SQLite format 3\0",
}


@pytest.mark.parametrize("content", NO_BACKUPS.values(), ids=NO_BACKUPS)
def test_a_file_that_is_no_backup_is_refused(path, tmp_path, content):
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is not a backup of a store"):
        backups.restore(f"sqlite:///{tmp_path / 'restored.sqlite'}", ANALYST, path)
    assert not (tmp_path / "restored.sqlite").exists()


def test_a_backup_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"nowhere cannot be read \(No such file"):
        backups.restore(f"sqlite:///{tmp_path / 'r.sqlite'}", ANALYST, tmp_path / "nowhere")


@pytest.mark.parametrize("head", [{"kpi_store_backup": 2}, {"version": "9000"}])
def test_a_backup_of_a_newer_version_is_refused(path, tmp_path, head):
    written(path, [{"kpi_store_backup": 1, "version": "0002"} | head])
    with pytest.raises(StoreError, match=r"made by a newer version.*Install the newer code first"):
        backups.restore(f"sqlite:///{tmp_path / 'restored.sqlite'}", ANALYST, path)


def test_an_empty_store_of_a_newer_version_is_left_as_it_is(backup, any_url):
    open_store(any_url).engine.dispose()
    with stores.unopened(any_url) as store, store.writing() as rows:
        rows.connection.execute(text("update store_version set version_num = '9000'"))
    with pytest.raises(StoreError, match="made by a newer version"):
        backups.restore(any_url, ANALYST, backup)
    with stores.unopened(any_url) as store, store.reading() as rows:
        assert migrations.version(rows.connection) == "9000"


def test_a_backup_of_the_first_version_is_brought_up_to_date(path, empty_url):
    kinds = {"id": "integer", "number": "integer", "based_on": "integer", "rows": "integer"}
    kinds |= {"month": "date", "saved_at": "moment", "at": "moment"}
    entries = [{"kpi_store_backup": 1, "version": "0001"}]
    with sqlite3.connect(":memory:") as old:
        old.executescript(OLD.read_text(encoding="utf-8"))
        for name in sorted(migrations.FIRST_TABLES):
            kept = old.execute(f"select * from {name}")
            columns = [column[0] for column in kept.description]
            entries.append({"table": name, "columns": {c: kinds.get(c, "text") for c in columns}})
            for row in kept:
                moments = [
                    f"{v}+00:00" if kinds.get(c) == "moment" else v
                    for c, v in zip(columns, row, strict=True)
                ]
                entries.append(moments)
    backups.restore(empty_url, ANALYST, written(path, entries))
    store = open_store(empty_url)
    found = verification.verify(store, ANALYST)
    assert found.problems == ()
    assert found.counts["narrative_revisions"] == found.counts["narrative_events"] == 32
    assert (found.counts["narrative_drafts"], found.counts["access_log"]) == (3, 4)
    store.engine.dispose()


def test_a_restore_killed_at_any_moment_leaves_an_empty_store(backup, empty_url):
    killed_at = -1
    while True:
        killed_at += 2
        restoring = processes.start(store_processes.restore_and_die, empty_url, backup, killed_at)
        restoring.join()
        if restoring.exitcode == 0:
            break
        assert restoring.exitcode == -signal.SIGKILL
        assert holds_nothing(empty_url)
    assert killed_at > 20
    store = open_store(empty_url)
    assert verification.verify(store, ANALYST).problems == ()
    store.engine.dispose()


@pytest.mark.parametrize("actor", [LEADER, AUTHOR, MANAGER], ids=lambda actor: actor.name)
def test_only_an_analyst_backs_up_restores_and_verifies(any_store, path, tmp_path, actor):
    url = f"sqlite:///{tmp_path / 'restored.sqlite'}"
    for call in (
        lambda: backups.back_up(any_store, actor, path),
        lambda: backups.restore(url, actor, path),
        lambda: verification.verify(any_store, actor),
    ):
        with pytest.raises(AccessError, match="may not back up, restore and verify the store"):
            call()
    assert not path.exists()
