"""The store of what people write and open: narratives, their trail and drafts, the access log.

It is one SQLite file, or a PostgreSQL database that several machines share. Nothing else in the
package knows SQLAlchemy or Alembic: other modules ask a Transaction for rows and give it rows.

    columns, schema     the tables, alike in both
    guards              what keeps a table from being changed where it may only grow
    sqlite, postgresql  how each is spoken to, and what its errors mean
    databases           which of them an address names
    transactions        a store that is open, and what is read and written together
    migrations          how a store of an earlier version becomes one of today
    opening             finding, making and bringing up to date
    verification        whether everything in a store holds together
    backup_file         one file, whole or refused
    backups             a store into such a file, and back
"""

from kpi.store.opening import open_store
from kpi.store.schema import accesses, drafts, events, outcomes, promises, revisions
from kpi.store.transactions import LONDON, Row, Store, Transaction

__all__ = [
    "LONDON",
    "Row",
    "Store",
    "Transaction",
    "accesses",
    "drafts",
    "events",
    "open_store",
    "outcomes",
    "promises",
    "revisions",
]
