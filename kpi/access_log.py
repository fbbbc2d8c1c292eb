"""The access log: who opened which list of children's records, when, and from where.

A line is written before a list is shown. The function that returns records calls `note` last,
and returns nothing when `note` raises: so what could not be written down is not seen.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from kpi.access import Actor, Right
from kpi.errors import AccessError
from kpi.store import Row, Store, accesses


class Action(StrEnum):
    """What was done with a list."""

    SHOWN = "shown"
    DOWNLOADED = "downloaded"
    REFUSED = "refused"  # to somebody without the right; nothing was shown


@dataclass(frozen=True, kw_only=True)
class Opened:
    """Which list was asked for, and where: the page or the command."""

    source: str  # 'page indicator', 'command records'
    indicator: str
    month: date
    authority: str
    service_area: str | None  # None: the whole service
    team: str | None  # None: every team
    release: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the log."""

    at: datetime  # UTC
    who: str
    roles: tuple[str, ...]
    action: Action
    opened: Opened
    rows: int  # how many records the list held


def note(
    store: Store, actor: Actor, opened: Opened, *, rows: int, action: Action = Action.SHOWN
) -> None:
    """Write down that `actor` is about to see `rows` records, or raise: then show nothing.

    Raises AccessError, and notes the refusal, for somebody who may not open records; StoreError
    when the log cannot be written.
    """
    refusal = _refusal(actor)
    if refusal:
        action, rows = Action.REFUSED, 0
    entry = Entry(
        at=datetime.now(UTC),
        who=actor.name,
        roles=tuple(sorted(actor.roles)),
        action=action,
        opened=opened,
        rows=rows,
    )
    with store.writing("The list is not shown, since the access log cannot record it.") as log:
        log.add(accesses, _columns(entry))
    if refusal:
        raise refusal


def entries(store: Store, actor: Actor, *, newest: int) -> list[Entry]:
    """Return the `newest` lines of the log, last first. Raises AccessError without the right."""
    actor.must(Right.READ_ACCESS_LOG)
    with store.reading() as log:
        return [_entry(row) for row in log.find(accesses, {}, newest=newest)]


def _refusal(actor: Actor) -> AccessError | None:
    try:
        actor.must(Right.OPEN_RECORDS)
    except AccessError as refusal:
        return refusal
    return None


def _columns(entry: Entry) -> dict[str, object]:
    return {
        "at": entry.at,
        "who": entry.who,
        "roles": ", ".join(entry.roles),
        "action": entry.action.value,
        "rows": entry.rows,
        **vars(entry.opened),
    }


def _entry(row: Row) -> Entry:
    return Entry(
        at=row["at"],
        who=row["who"],
        roles=tuple(filter(None, row["roles"].split(", "))),
        action=Action(row["action"]),
        opened=Opened(**{name: row[name] for name in Opened.__dataclass_fields__}),
        rows=row["rows"],
    )
