import sqlite3

import pytest

from kpi.store import open_store
from tests import packs, stores


@pytest.fixture
def store(any_url, monkeypatch):
    """A store that has been lived in, and that the settings name."""
    monkeypatch.setenv("KPI_STORE_URL", any_url)
    store = open_store()
    stores.live_in(store)
    yield store
    store.engine.dispose()


COUNTS = """table,rows
access_log,1
narrative_drafts,1
narrative_events,12
narrative_revisions,6
promise_outcomes,1
promises,3
"""


def test_a_backup_goes_into_an_empty_store_and_is_verified_there(store, tmp_path, monkeypatch):
    path = tmp_path / "store.backup"
    code, out, err = packs.run("store", "backup", str(path))
    assert (code, out) == (0, COUNTS)
    assert f"Written: {path.stat().st_size:,} bytes." in err

    code, out, err = packs.run("store", "restore", str(path))
    assert (code, out) == (1, "")
    assert "is not empty" in err

    monkeypatch.setenv("KPI_STORE_URL", f"sqlite:///{tmp_path / 'new' / 'store.sqlite'}")
    code, out, err = packs.run("store", "restore", str(path))
    assert (code, out, err.splitlines()[-1]) == (0, COUNTS, "Verified: every chain holds.")
    assert stores.everything(open_store()) == stores.everything(store)


def test_a_store_that_holds_together_is_verified(store):
    code, out, err = packs.run("store", "verify")
    assert (code, out, err.splitlines()[-1]) == (0, COUNTS, "Verified: every chain holds.")


@pytest.fixture
def file(tmp_path, monkeypatch):
    """The SQLite file of such a store, which nobody has open."""
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv("KPI_STORE_URL", f"sqlite:///{path}")
    store = open_store()
    stores.live_in(store)
    store.engine.dispose()
    with sqlite3.connect(path) as whole:
        whole.execute("pragma wal_checkpoint(truncate)")
    return path


def test_what_is_wrong_with_a_store_is_said_and_fails(file):
    with sqlite3.connect(file) as owner:
        owner.execute("drop trigger narrative_revisions_refuses_delete")
        owner.execute("delete from narrative_revisions where number = 2 and service_area = ''")
    code, _out, err = packs.run("store", "verify")
    assert code == 1
    assert err.splitlines() == [
        "Verifying the store …",
        "narrative_revisions can be changed: narrative_revisions_refuses_delete is gone.",
        "icpc_within_15_days 2024-11 of 311 has revision 3 where revision 2 should follow.",
        "icpc_within_15_days 2024-11 of 311 has no revision 2, which was saved.",
        "Not verified: 3 problems.",
    ]


def test_a_damaged_file_is_not_verified(file):
    # Where a table and its index both say it, one of them no longer does.
    file.write_bytes(file.read_bytes().replace(b"icpc_within_15", b"icpc_within_51", 1))
    code, _out, err = packs.run("store", "verify")
    assert code == 1
    assert "The file is damaged: row " in err


def test_a_backup_that_cannot_be_had_is_said_and_fails(store, tmp_path):
    path = tmp_path / "store.backup"
    path.touch()
    code, _out, err = packs.run("store", "backup", str(path))
    assert code == 1
    assert "is there already" in err
    code, _out, err = packs.run("store", "restore", str(tmp_path / "nowhere"))
    assert code == 1
    assert "cannot be read" in err


@pytest.mark.parametrize(
    "called", [["store"], ["store", "copy"], ["store", "backup"]], ids=" ".join
)
def test_a_command_called_wrongly_says_how(called):
    code, out, err = packs.run(*called)
    assert (code, out) == (2, "")
    assert err.startswith("usage: python -m kpi store")
