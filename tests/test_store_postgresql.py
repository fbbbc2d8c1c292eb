import resource
import traceback
from contextlib import closing
from secrets import token_hex
from time import monotonic

import psycopg
import pytest

from kpi import access_log, signoff
from kpi import revisions as saving
from kpi.access_log import Action
from kpi.errors import StoreError
from kpi.store import accesses, open_store, revisions
from kpi.store.schema import GROWING
from tests import stores
from tests.postgresql import Line, served
from tests.stores import ACCESS, ANALYST, APPROVER, AUTHOR, FIGURE, KEY, MANAGER, words

FIRST = words(why="Two chairs were away in October.")
SECOND = words(why="A chair was away, and bookings ran late.")


@pytest.fixture
def url(postgresql):
    with postgresql.database() as url:
        yield url


@pytest.fixture
def store(url):
    store = open_store(url)
    yield store
    store.engine.dispose()


@pytest.fixture
def line(postgresql, url):
    with closing(Line(postgresql, named(url))) as line:
        yield line


@pytest.fixture
def far(line):
    """A store at the other end of a line that can be cut."""
    store = open_store(line.url)
    yield store
    store.engine.dispose()


def save(store, written, *, based_on=0, token="press 1"):
    return saving.save(
        store,
        AUTHOR,
        KEY,
        written,
        based_on=based_on,
        figure=FIGURE,
        release="2024-11",
        token=token,
    )


def named(url):
    return psycopg.conninfo.conninfo_to_dict(url)["dbname"]


def refusal(*said):
    return pytest.raises(StoreError, match=".*".join(said))


@pytest.mark.parametrize("begins", ["postgresql://", "postgresql+psycopg://"])
def test_both_ways_to_write_the_address_open_one_store(store, url, begins):
    save(store, FIRST)
    other = open_store(url.replace("postgresql://", begins))
    assert stores.latest(other, KEY).words == FIRST
    other.engine.dispose()


@pytest.mark.parametrize("table", GROWING, ids=lambda table: table.name)
def test_every_table_of_the_record_is_guarded_even_while_it_is_empty(store, table):
    for change in (table.delete(), table.update().values(id=2)):
        with refusal(f"{table.name} only grows"), store.writing() as rows:
            rows.connection.execute(change)
    with refusal("only grows"), store.writing() as rows:
        rows.connection.exec_driver_sql(f"truncate {table.name} cascade")


HABITS = {
    "timezone": "Pacific/Auckland",
    "datestyle": "German",
    "default_transaction_isolation": "serializable",
    "client_encoding": "LATIN1",
    "bytea_output": "escape",
    "standard_conforming_strings": "off",
}


def test_the_same_comes_back_whatever_the_habits_of_the_server(url, store):
    with closing(stores.other_program(store)) as owner:
        for name, habit in HABITS.items():
            owner.execute(f"alter database {named(url)} set {name} to '{habit}'")
    store.engine.dispose()
    hostile = words(why="👩🏽 \\ '' \u202e É")
    save(store, hostile)
    with store.writing() as rows:
        rows.add(accesses, ACCESS)
    assert stores.latest(store, KEY).words == hostile
    with store.reading() as rows:
        assert rows.find(accesses, {"at": ACCESS["at"]}) == [ACCESS | {"id": 1}]
        assert rows.find(accesses, {"month": ACCESS["month"]}) == [ACCESS | {"id": 1}]


def test_a_database_that_cannot_keep_every_character_is_refused(postgresql):
    kept = "encoding 'LATIN1' locale 'C'"
    with postgresql.database("template0", kept) as url, refusal("as LATIN1", "UTF8"):
        open_store(url)


def test_what_has_been_acknowledged_is_on_disk(store):
    with store.writing() as rows:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert rows.connection.exec_driver_sql(f"show {setting}").scalar() == "on"


def test_a_character_that_postgresql_cannot_keep_is_refused_and_not_cut_off(store):
    with refusal("did not take this", "NUL"), store.writing() as rows:
        rows.add(accesses, ACCESS | {"who": "No\0body"})


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_save_whose_answer_was_lost_is_not_doubled_when_it_is_repeated(far, line, cut):
    line.cut = cut
    with refusal("may have been taken or not", "still in the box", "not taken twice"):
        save(far, FIRST)
    kept = saving.history(far, KEY)
    assert len(kept) == (1 if cut == "after" else 0)
    again = save(far, FIRST)
    assert (again.number, again.words) == (1, FIRST)
    assert saving.history(far, KEY) == [again]
    assert [step.step for step in signoff.standing(far, KEY).trail] == ["saved"]


@pytest.mark.parametrize("cut", ["before", "after"])
def test_an_approval_whose_answer_was_lost_is_not_said_to_be_undone(far, line, cut):
    asked = {"based_on": 0, "figure": FIGURE, "release": "2024-11", "token": "press 1"}
    waits = signoff.submit(far, AUTHOR, KEY, FIRST, **asked).newest
    press = {"revision": 1, "seal": waits.seal, "figure": FIGURE, "token": "press 2"}
    line.cut = cut
    with refusal("may have been taken or not", "not taken twice") as refused:
        signoff.approve(far, APPROVER, KEY, **press)
    assert "Nothing has been approved" not in str(refused.value)
    signoff.approve(far, APPROVER, KEY, **press)
    trail = [step.step for step in signoff.standing(far, KEY).trail]
    assert trail == ["saved", "submitted", "approved"]


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_list_is_not_shown_when_it_is_not_known_whether_the_log_has_it(far, line, cut):
    opened = access_log.Opened(
        **{name: ACCESS[name] for name in access_log.Opened.__dataclass_fields__}
    )
    line.cut = cut
    with refusal("may have been taken or not", "The list is not shown"):
        access_log.note(far, MANAGER, opened, rows=2, action=Action.SHOWN)
    assert len(access_log.entries(far, ANALYST, newest=9)) == (1 if cut == "after" else 0)


def test_a_server_that_is_restarted_in_mid_save_loses_that_save_alone(postgresql, store):
    save(store, FIRST)
    began = monotonic()
    lost = refusal("does not answer", "Nothing was done", "Try again in a minute")
    with lost, store.writing(undone="Nothing was done.") as rows:
        rows.add(accesses, ACCESS)
        postgresql.restart()
        rows.add(accesses, ACCESS)
    assert monotonic() - began < 5
    assert save(store, SECOND, based_on=1).number == 2
    with store.reading() as rows:
        assert rows.find(accesses, {}) == []


def test_a_server_that_was_restarted_meanwhile_is_not_noticed(postgresql, store):
    save(store, FIRST)
    postgresql.restart()
    assert save(store, SECOND, based_on=1, token="press 2").number == 2
    postgresql.restart()
    assert len(saving.history(store, KEY)) == 2


def test_a_server_that_is_down_is_said_to_be_in_time_and_the_text_is_kept(postgresql, url, store):
    postgresql.stop()
    try:
        began = monotonic()
        with refusal("does not answer", "still in the box", "Try again in a minute"):
            save(store, FIRST)
        with refusal("does not answer", "KPI_STORE_URL is right"):
            stores.latest(store, KEY)
        with refusal("does not answer"):
            open_store(url)
        assert monotonic() - began < 5
    finally:
        postgresql.start()
    assert save(store, FIRST).number == 1


def test_a_server_that_takes_calls_and_says_nothing_is_given_up_in_time():
    with closing(stores.silent_server()) as silent:
        began = monotonic()
        with refusal("does not answer"):
            open_store(f"postgresql://kpi@127.0.0.1:{silent.getsockname()[1]}/kpi")
        assert monotonic() - began < 5


def test_a_statement_that_hangs_is_given_up_in_time(store):
    began = monotonic()
    given_up = refusal("The store is busy", "Nothing was done")
    with given_up, store.writing(undone="Nothing was done.") as rows:
        rows.connection.exec_driver_sql("select pg_sleep(30)")
    assert monotonic() - began < 5
    assert save(store, FIRST).number == 1


def test_a_server_without_room_for_another_connection_is_busy(postgresql, url, store):
    store.engine.dispose()
    with closing(psycopg.connect(postgresql.url("postgres"), autocommit=True)) as other:
        other.execute(f"alter database {named(url)} connection limit 0")
        other.execute("create role guest login")
        guest = url.replace("postgres:", "guest:")
        try:
            with refusal("does not answer", "too many connections"):
                open_store(guest)
        finally:
            other.execute("drop role guest")


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        ({"/store_": "/nothing_"}, "does not exist"),
        ({"postgres:": "nobody:"}, 'role "nobody" does not exist'),
        ({"?host=": "?nonsense=1&host="}, "nonsense"),
        ({"?host=/": "?host=/nowhere/"}, "No such file"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_with_the_reason_and_no_password(url, spoilt, says):
    password = token_hex(8)
    for right, wrong in spoilt.items():
        assert right in url
        url = url.replace(right, wrong).replace(":@", f":{password}@")
    with refusal(says) as refused:
        open_store(url)
    assert password not in "".join(traceback.format_exception(refused.value))


def test_a_password_that_the_server_repeats_is_struck_out(url):
    password = token_hex(8)
    with refusal("does not answer", r"role \"\*\*\*\" does not exist") as refused:
        open_store(url.replace("postgres:", f"{password}:{password}"))
    assert password not in "".join(traceback.format_exception(refused.value))


def test_an_account_that_may_not_write_is_told_so(postgresql, url, store):
    save(store, FIRST)
    with closing(stores.other_program(store)) as owner:
        owner.execute("create role reader login")
        owner.execute("grant select on all tables in schema public to reader")
        try:
            other = open_store(url.replace("postgres:", "reader:"))
            assert stores.latest(other, KEY).words == FIRST
            with refusal("may not be written", "still in the box", "KPI_STORE_URL"):
                save(other, SECOND, based_on=1)
            other.engine.dispose()
        finally:
            owner.execute("drop owned by reader")
            owner.execute("drop role reader")


def test_a_copy_that_only_reads_is_told_from_one_that_writes(url, store):
    save(store, FIRST)
    copy = open_store(f"{url}&options=-c%20default_transaction_read_only%3Don")
    assert stores.latest(copy, KEY).words == FIRST
    copy.engine.dispose()


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path):
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000_000, usual[1]))  # a log of PostgreSQL has 16
    with served(tmp_path / "lock") as small:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        with small.database() as url:
            store = open_store(url)
            given_up = refusal("did not take this", "File too large", "still in the box")
            acknowledged = []
            with given_up:
                for number in range(1, 1_000):
                    long = {"number": number, "based_on": number - 1, "why": token_hex(400_000)}
                    with store.writing("Your text is still in the box.") as rows:
                        rows.add(revisions, stores.REVISION | long)
                    acknowledged.append(number)
            with store.reading() as rows:
                assert [row["number"] for row in rows.find(revisions, {})] == acknowledged
            assert len(acknowledged) > 10
            store.engine.dispose()
