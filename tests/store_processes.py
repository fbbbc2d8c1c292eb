"""What is done with a store in a process of its own, for a test to kill."""

import os
import signal

from alembic import command  # noqa: F401 - so that it is there before a process is started
from sqlalchemy import Engine, event

from kpi.store import open_store


def open_and_die(url: str, at: int) -> None:
    """Open a store; be killed, with no chance to tidy up, before the statement of this number."""
    count = 0

    def counted(*_said: object) -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", counted)
    event.listen(Engine, "commit", counted)
    open_store(url)
