"""What is done with a store in a process of its own, for a test to kill."""

import os
import signal
from pathlib import Path

from alembic import command  # noqa: F401 - so that it is there before a process is started
from sqlalchemy import Engine, event

from kpi.store import backups, open_store
from tests.stores import ANALYST


def open_and_die(url: str, at: int) -> None:
    """Open a store; be killed before the statement of this number."""
    _die_at(at)
    open_store(url)


def restore_and_die(url: str, path: Path, at: int) -> None:
    """Restore a backup; be killed before the statement of this number."""
    _die_at(at)
    backups.restore(url, ANALYST, path)


def _die_at(at: int) -> None:
    """Let this process be killed, with no chance to tidy up, before a statement."""
    count = 0

    def counted(*_said: object) -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", counted)
    event.listen(Engine, "commit", counted)
