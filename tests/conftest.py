"""What several test modules stand on: the demonstration pack, a year, and stores of either kind."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock
import pytest

from kpi import assignments, demo, releases, settings
from kpi.releases import Release
from kpi.store import Store, open_store
from tests import packs, stores, years
from tests import postgresql as servers
from tests.packs import NOVEMBER, Pack

OTHER_SEED = 7


@pytest.fixture(scope="session")
def whole() -> demo.Tables:
    """The pack's records as they stood at the end of November 2024. To be read only."""
    return demo.build()


@pytest.fixture(scope="session")
def pack(tmp_path_factory, whole) -> Pack:
    """The demonstration pack, loaded and published. To be read only: copy what a test changes."""
    return _made_once(tmp_path_factory, "pack", lambda data: packs.make(data, whole))


def _made_once(factory, name: str, make: Callable[[Path], Pack]) -> Pack:
    """Return the pack that `make` fills a folder with, once for all workers."""
    shared = _shared(factory)
    data, done = shared / name, shared / f"{name}.done"
    with filelock.FileLock(shared / f"{name}.lock"):
        if not done.exists():
            make(data)
            done.touch()
    return Pack(data)


def _shared(factory) -> Path:
    """Return a folder that all workers share."""
    own = factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def other_pack(tmp_path_factory) -> Pack:
    """The demonstration pack of another seed, its November alone. To be read only."""
    return _made_once(
        tmp_path_factory,
        "other_pack",
        lambda data: packs.make(data, demo.build(seed=OTHER_SEED), months=[NOVEMBER]),
    )


@pytest.fixture(scope="session")
def november(pack):
    """The pack's release of November 2024, opened."""
    return releases.open_release(pack.folder(NOVEMBER))


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder of the test's own, empty, which the settings name."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("KPI_REFERENCE", "KPI_STORE_URL", "KPI_RECORD_MONTHS", "KPI_FIRST_MONTH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KPI_DATA", str(folder))
    return folder


@pytest.fixture
def published(pack, data):
    """A copy of the pack's releases, for a test to spoil or add to."""
    return packs.copy(pack.published, data)


@pytest.fixture(scope="session")
def year() -> Release:
    """The figures of a made-up year: tests/narrative_year.md."""
    return years.release()


@pytest.fixture(scope="session")
def lived(tmp_path_factory, year) -> Store:
    """A store in which that year was lived, at its end. To be read only."""
    store = years.at(stores.at(tmp_path_factory.mktemp("year") / "store.sqlite"), years.END)
    years.play(store, year)
    return store


@pytest.fixture
def reference_of(tmp_path, monkeypatch) -> Callable[[str], Path]:
    """Give the settings a reference folder of the test's own, with its narratives.csv."""

    def written(narratives: str) -> Path:
        folder = tmp_path / "reference"
        shutil.copytree(settings.reference(), folder, dirs_exist_ok=True)
        (folder / assignments.FILE).write_text(narratives, encoding="utf-8")
        monkeypatch.setenv("KPI_REFERENCE", str(folder))
        return folder

    return written


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory) -> Iterator[servers.Server]:
    """A PostgreSQL server, one for each worker."""
    with servers.served(_shared(tmp_path_factory) / "postgresql.lock") as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request, tmp_path) -> Iterator[str]:
    """The address of a store that is not there yet: in a SQLite file, then in PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.sqlite'}"
        return
    with request.getfixturevalue("postgresql").database() as url:
        yield url


@pytest.fixture
def any_store(any_url) -> Iterator[Store]:
    """An empty store: a test that asks for it is run over SQLite and over PostgreSQL."""
    store = open_store(any_url)
    yield store
    store.engine.dispose()
