"""The ledger of promises: what approved narratives have promised, by when, and what came of it.

A promise is an action with an owner and a date, or a date by which a figure is back on target. A
row of the ledger never changes; what came of it is written beside it.
"""

from datetime import datetime
from enum import StrEnum

from kpi.narrative import Key
from kpi.revisions import Revision
from kpi.store import LONDON, Row, Transaction, outcomes, promises


class Kind(StrEnum):
    """What is promised."""

    ACTION = "action"
    RECOVERY = "recovery"  # that the figure is back on target


class Outcome(StrEnum):
    """What came of a promise."""

    KEPT = "kept"
    MISSED = "missed"
    MOVED = "moved"


def enter(
    rows: Transaction, key: Key, approved: Revision, *, approved_by: str, at: datetime
) -> None:
    """Enter what an approved narrative promises, within the transaction that approves it.

    What is promised already is not entered twice. An open promise of the same thing by another
    date has been moved, unless its day is over.
    """
    words = approved.words
    made = [
        (Kind.ACTION, one.what, one.owner, one.due)
        for one in words.actions
        if one.what and one.owner and one.due
    ]
    if words.back_on_target_by:
        made.append((Kind.RECOVERY, "Back on target", "", words.back_on_target_by))
    still_open = [row for row in _open(rows, key) if row["due"] >= at.astimezone(LONDON).date()]
    for kind, what, owner, due in made:
        before = next(
            (
                row
                for row in still_open
                if (row["kind"], row["what"].casefold()) == (kind, what.casefold())
            ),
            None,
        )
        if before and (before["due"], before["owner"]) == (due, owner):
            continue
        row = {
            "revision": approved.number,
            "kind": kind.value,
            "what": what,
            "owner": owner,
            "due": due,
            "made_at": at,
            "made_by": approved.author,
            "approved_by": approved_by,
            "moved_from": before["id"] if before else None,
        }
        rows.add(promises, key.columns | row)
        if before:
            end = {"promise": before["id"], "at": at, "who": approved.author}
            said = {
                "outcome": Outcome.MOVED.value,
                "note": "",
                "token": f"moved by {approved.seal}",
            }
            rows.add(outcomes, end | said)


def _open(rows: Transaction, key: Key) -> list[Row]:
    """Return the promises about this indicator and place, of any month, that nothing ended."""
    place = {name: value for name, value in key.columns.items() if name != "month"}
    made = rows.find(promises, place)
    ended = {row["promise"] for one in made for row in rows.find(outcomes, {"promise": one["id"]})}
    return [row for row in made if row["id"] not in ended]
