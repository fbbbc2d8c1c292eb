import shutil
import signal
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, column, insert, inspect, table, text

from kpi import drafts as drafting
from kpi import revisions as saving
from kpi.errors import StoreError
from kpi.narrative import Key
from kpi.store import events, guards, migrations, open_store, revisions, schema
from tests import processes, store_processes
from tests.stores import AUTHOR, FIGURE, unopened, words

FIRST = Path(__file__).parent / "old_stores" / "0001.sql"
REVISIONS, DRAFTS, OPENINGS = 32, 3, 4


def first(path: Path) -> Path:
    """Make at `path` the SQLite file that the first version of the code made."""
    with sqlite3.connect(path) as made:
        made.execute("pragma journal_mode = wal")
        made.executescript(FIRST.read_text(encoding="utf-8"))
    made.close()
    return path


def as_kept(path: Path, name: str) -> list[dict]:
    """Return the rows of a table of a SQLite file as they are in it."""
    with sqlite3.connect(path) as kept:
        kept.row_factory = sqlite3.Row
        return [dict(row) for row in kept.execute(f"select * from {name}")]


@pytest.fixture(scope="module")
def made_first(tmp_path_factory) -> Path:
    return first(tmp_path_factory.mktemp("first") / "store.sqlite")


@pytest.fixture
def old_url(any_url, made_first) -> str:
    """The address of a store of version 1 with all that the first code's store holds.

    In PostgreSQL there was none, so that one is made and filled with the same rows.
    """
    if any_url.startswith("sqlite"):
        shutil.copy(made_first, any_url.removeprefix("sqlite:///"))
        return any_url
    with unopened(any_url) as store, store.writing() as rows:
        migrations.bring_up_to_date(rows.connection, to="0001")
        for name in migrations.FIRST_TABLES:
            kept = [_typed(row) for row in as_kept(made_first, name)]
            into = table(name, *map(column, kept[0]))
            rows.connection.execute(insert(into), kept)
            if "id" in kept[0]:
                last = f"select setval('{name}_id_seq', max(id)) from {name}"
                rows.connection.execute(text(last))
    return any_url


def _typed(row: dict) -> dict:
    """Return a row of a SQLite file with dates for dates and moments for moments."""
    kinds = {
        "month": date.fromisoformat,
        "at": lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC),
        "saved_at": lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC),
    }
    return {name: kinds.get(name, lambda value: value)(value) for name, value in row.items()}


def stands(url: str) -> tuple[str | None, int, int]:
    """Return of which version a store is, how many revisions it has, and how many steps."""
    with unopened(url) as store, store.reading() as rows:
        version = migrations.version(rows.connection)
        counts = [
            rows.connection.execute(text(f"select count(*) from {name}")).scalar()
            if inspect(rows.connection).has_table(name)
            else 0
            for name in ("narrative_revisions", "narrative_events")
        ]
    return version, *counts


def test_the_tables_in_python_are_those_that_the_migrations_make(any_store):
    with any_store.reading() as rows:
        context = MigrationContext.configure(
            rows.connection,
            opts={"version_table": migrations.VERSION_TABLE, "compare_server_default": True},
        )
        assert compare_metadata(context, schema.tables) == []
        for name, declared in schema.tables.tables.items():
            found = inspect(rows.connection).get_check_constraints(name)
            checks = [c for c in declared.constraints if isinstance(c, CheckConstraint)]
            assert [check["sqltext"].lower() for check in found] == [
                str(check.sqltext) for check in checks
            ]
        dialect = rows.connection.dialect.name
        assert guards.standing(rows.connection) == {
            trigger for table in schema.GROWING for trigger in guards.names(table.name, dialect)
        }


def test_a_migrated_store_has_the_tables_of_a_new_one(old_url):
    test_the_tables_in_python_are_those_that_the_migrations_make(open_store(old_url))


def test_what_the_first_code_kept_is_all_there_word_for_word(old_url, made_first):
    store = open_store(old_url)
    with store.reading() as rows:
        for name, count in zip(
            ("narrative_revisions", "narrative_drafts", "access_log"),
            (REVISIONS, DRAFTS, OPENINGS),
            strict=True,
        ):
            before = as_kept(made_first, name)
            after = rows.find(schema.tables.tables[name], {})
            assert len(before) == len(after) == count
            for was, now in zip(before, after, strict=True):
                assert {column: now[column] for column in was} == _typed(was)


def test_each_revision_that_was_there_has_one_step_in_the_trail(old_url):
    store = open_store(old_url)
    with store.reading() as rows:
        kept, trail = rows.find(revisions, {}), rows.find(events, {})
    place = ("authority", "month", "service_area", "indicator")
    assert [
        {name: row[name] for name in (*place, "at", "who", "revision", "based_on", "token")}
        for row in trail
    ] == [
        {
            **{name: row[name] for name in (*place, "based_on", "token")},
            "at": row["saved_at"],
            "who": row["author"],
            "revision": row["number"],
        }
        for row in kept
    ]
    others = {
        tuple(row[n] for n in ("roles", "step", "reason", "remarks", "figure")) for row in trail
    }
    assert others == {("", "saved", "", "[]", "")}


def test_an_author_goes_on_where_the_first_code_left_off(old_url):
    store = open_store(old_url)
    [key] = {
        Key.of(row)
        for row in _rows(store, revisions)
        if (row["indicator"], row["month"].month) == ("icpc_within_15_days", 11)
    }
    before = saving.history(store, key)
    assert [one.number for one in before] == list(range(1, 11))
    assert (before[-1].figure, before[-1].words.actions) == (None, ())
    saved = saving.save(
        store,
        AUTHOR,
        key,
        words(why="Two chairs are back."),
        based_on=10,
        figure=FIGURE,
        release="2024-12",
        token="after",
    )
    assert saving.history(store, key) == [*before, saved]
    drafts = drafting.begun(store, authority=key.authority, month=key.month)
    assert sorted(drafts[key]) == ['Invented O\'Author, "the second"', "Invented author"]


def _rows(store, table):
    with store.reading() as rows:
        return rows.find(table, {})


def test_a_migration_killed_at_any_statement_is_begun_again_and_loses_nothing(old_url):
    version, *_ = stands(old_url)
    killed_at = 0
    while True:
        killed_at += 1
        opener = processes.start(store_processes.open_and_die, old_url, killed_at)
        opener.join()
        if opener.exitcode == 0:
            break
        assert opener.exitcode == -signal.SIGKILL
        # All of it or nothing: with each death the store is as it was before the first.
        assert stands(old_url) == (version, REVISIONS, 0), killed_at
    assert killed_at > 20
    assert stands(old_url) == (migrations.NEWEST, REVISIONS, REVISIONS)
    open_store(old_url)
    assert stands(old_url) == (migrations.NEWEST, REVISIONS, REVISIONS)


def test_processes_that_open_an_old_store_at_once_all_find_it_brought_up_to_date_once(old_url):
    openers = [processes.start(store_processes.open_and_die, old_url, 0) for _ in range(6)]
    for opener in openers:
        opener.join()
    assert [opener.exitcode for opener in openers] == [0] * 6
    assert stands(old_url) == (migrations.NEWEST, REVISIONS, REVISIONS)


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(any_url):
    open_store(any_url).engine.dispose()
    with unopened(any_url) as store, store.writing() as rows:
        rows.connection.execute(text("update store_version set version_num = '9000'"))
    with pytest.raises(StoreError, match=r"made by a newer version.* is of version 9000.* Install"):
        open_store(any_url)
    assert stands(any_url) == ("9000", 0, 0)


def test_tables_that_do_not_say_their_version_are_refused_and_left_as_they_are(any_url):
    open_store(any_url).engine.dispose()
    with unopened(any_url) as store, store.writing() as rows:
        rows.connection.execute(text("drop table store_version"))
    with pytest.raises(StoreError, match="they do not say of which version"):
        open_store(any_url)
    assert stands(any_url) == (None, 0, 0)


def test_tables_of_somebody_else_in_the_same_database_are_left_alone(any_url):
    with unopened(any_url) as store, store.writing() as rows:
        rows.connection.execute(text("create table alembic_version (version_num text)"))
        rows.connection.execute(
            insert(table("alembic_version", column("version_num"))).values(version_num="theirs")
        )
    store = open_store(any_url)
    with store.reading() as rows:
        kept = rows.connection.execute(text("select version_num from alembic_version"))
        assert kept.scalars().all() == ["theirs"]
