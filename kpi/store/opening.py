"""Opening a store: finding it, making it where there is none, and bringing it up to date."""

from kpi import settings
from kpi.errors import StoreError
from kpi.store import databases, migrations
from kpi.store.transactions import Store


def open_store(url: str | None = None) -> Store:
    """Return the store at `url` ($KPI_STORE_URL unless given), made first when it is not there.

    A store of an earlier version is brought up to date; when several processes find one at once,
    one does it and the others wait.

    Raises SettingError when `url` is not the address of a store, and StoreError when the store
    cannot be made or reached, is damaged, is of a newer version, or is something else.
    """
    address = databases.address(url or settings.store_url())
    store = Store(databases.prepared(address))
    if _is_up_to_date(store):
        return store
    try:
        with store.unhurried() as patient, patient.writing() as rows:
            migrations.bring_up_to_date(rows.connection)
    except StoreError:
        if not _is_up_to_date(store):  # another process has done it, and many write by now
            raise
    return store


def _is_up_to_date(store: Store) -> bool:
    with store.reading() as rows:
        return migrations.version(rows.connection) == migrations.NEWEST
