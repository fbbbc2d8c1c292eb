"""Promises: what approved narratives have promised, and what has been said of it since.

A promise is an action with an owner and a date, or a date by which a figure is back on target. A
row of it never changes; what came of it is written beside it, once. Whether a figure is back on
target only the figures say.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kpi import words
from kpi.access import Actor, Right
from kpi.errors import KpiError
from kpi.narrative import LINE_LIMIT, Key, clean
from kpi.revisions import Revision
from kpi.store import LONDON, Row, Store, Transaction, outcomes, promises

RECOVERY = "Back on target"


class Kind(StrEnum):
    """What is promised."""

    ACTION = "action"
    RECOVERY = "recovery"  # that the figure is back on target


class Outcome(StrEnum):
    """What came of a promise."""

    OPEN = "open"  # nothing yet, and its day is not over; the only one that is never written
    KEPT = "kept"
    MISSED = "missed"
    MOVED = "moved"  # to another day or another owner: another promise stands in its place


class PromiseError(KpiError):
    """Something cannot be said of a promise. The message says why, and what can be."""


def enter(
    rows: Transaction, key: Key, approved: Revision, *, approved_by: str, at: datetime
) -> None:
    """Enter what an approved narrative promises, within the transaction that approves it.

    The same words are the same promise, whatever their case, spaces and full stop. What stands
    already, or has been kept or missed, is not entered again. By another day or another owner an
    open promise has been moved, unless its day is over: that one was missed, and this one is new.
    An earlier month's narrative does not change what a later one has promised since.
    """
    before = rows.find(promises, {k: v for k, v in key.columns.items() if k != "month"})
    came = {row["promise"]: row["outcome"] for one in before for row in _ends(rows, one["id"])}
    made = _made(approved)
    stand = [row for row in before if came.get(row["id"]) != Outcome.MOVED]
    new = [one for one in made if not any(one.like(row, "owner", "due") for row in stand)]
    today = at.astimezone(LONDON).date()
    may_move = [
        row
        for row in before
        if row["id"] not in came
        and row["due"] >= today
        and not any(one.like(row, "owner", "due") for one in made)
    ]
    moves = _matched(new, may_move)
    for one in new:
        earlier = moves.get(one)
        if earlier and earlier["month"] > key.month:
            continue
        row = {
            "revision": approved.number,
            "kind": one.kind.value,
            "what": one.what,
            "owner": one.owner,
            "due": one.due,
            "made_at": at,
            "made_by": approved.author,
            "approved_by": approved_by,
            "moved_from": earlier["id"] if earlier else None,
        }
        rows.add(promises, key.columns | row)
        if earlier:
            _end(rows, earlier, Outcome.MOVED, at=at, who=approved.author, token=approved.seal)


def done(store: Store, actor: Actor, promise: int, *, on: date, note: str, token: str) -> Outcome:
    """Write down that an action was done, and return whether it was kept: by its day, or missed.

    `note` says what was done. `token` is any text that is new for each press of the button: what
    was answered is not answered twice. Raises AccessError for somebody who may not write;
    PromiseError for a day to come, without a note, for a promise that has been answered, or whose
    answer the figures give; StoreError when the store cannot be written.
    """
    with store.writing(undone="Nothing has been written down.") as rows:
        row = _answered_by(rows, actor, promise, token)
        if row is None:
            return Outcome(_ends(rows, promise)[0]["outcome"])
        said = _said(note, "Say what was done")
        if on > store.today():
            raise PromiseError(f"{words.day(on)} is still to come: say so when it is done.")
        outcome = Outcome.KEPT if on <= row["due"] else Outcome.MISSED
        _end(rows, row, outcome, at=store.now(), who=actor.name, token=token, note=said, on=on)
        return outcome


def move(store: Store, actor: Actor, promise: int, *, due: date, reason: str, token: str) -> None:
    """Promise an action for another day, in place of its own, before that is over.

    `token` and the errors are as in `done`; raises PromiseError too without a reason, for a day
    that is over, and where the promise's own day is.
    """
    with store.writing(undone="Nothing has been moved.") as rows:
        row = _answered_by(rows, actor, promise, token)
        if row is None:
            return
        said, today = _said(reason, "Say why it needs another day"), store.today()
        if row["due"] < today:
            raise PromiseError(
                f"{words.day(row['due'])} is over, so this can no longer be moved. Say when it "
                "was done, or promise another day in the next narrative."
            )
        if due < today or due == row["due"]:
            raise PromiseError(f"Choose another day than {words.day(due)}, and one to come.")
        now = store.now()
        new = {name: value for name, value in row.items() if name != "id"}
        made = {"made_at": now, "made_by": actor.name, "approved_by": ""}
        rows.add(promises, new | made | {"due": due, "moved_from": promise})
        _end(rows, row, Outcome.MOVED, at=now, who=actor.name, token=token, note=said)


@dataclass(frozen=True)
class _Promised:
    """A promise as the words of a narrative make it."""

    kind: Kind
    what: str
    owner: str
    due: date

    def like(self, row: Row, *names: str) -> bool:
        """Return whether a row promises the same, and is alike in all that is named."""
        mine = {"kind": self.kind, "what": self.what, "owner": self.owner, "due": self.due}
        return all(alike(mine[name], row[name]) for name in ("kind", "what", *names))


def _made(approved: Revision) -> list[_Promised]:
    """Return what a narrative promises, each once."""
    made = [
        _Promised(Kind.ACTION, one.what, one.owner, one.due)
        for one in approved.words.actions
        if one.what and one.owner and one.due
    ]
    if back := approved.words.back_on_target_by:
        made.append(_Promised(Kind.RECOVERY, RECOVERY, "", back))
    first: list[_Promised] = []
    for one in made:
        if not any(one.like(vars(other), "owner", "due") for other in first):
            first.append(one)
    return first


def _matched(new: list[_Promised], may_move: list[Row]) -> dict[_Promised, Row]:
    """Return which open promise each new one takes the place of: the one most like it."""
    moves: dict[_Promised, Row] = {}
    left = list(may_move)
    for names in (("owner",), ("due",), ()):
        for one in new:
            nearest = next((row for row in left if one.like(row, *names)), None)
            if nearest and one not in moves:
                moves[one] = nearest
                left.remove(nearest)
    return moves


def alike(one: object, other: object) -> bool:
    """Return whether two words, or two days, are the same."""
    if isinstance(one, str) and isinstance(other, str):
        return _plain(one) == _plain(other)
    return one == other


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .")


def _answered_by(rows: Transaction, actor: Actor, promise: int, token: str) -> Row | None:
    """Return the promise that the actor may answer; None where this press was answered already."""
    actor.must(Right.WRITE_NARRATIVE)
    found = rows.find(promises, {"id": promise})
    if not found:
        raise PromiseError("There is no such promise.")
    for end in _ends(rows, promise):
        if (end["who"], end["token"]) == (actor.name, token):
            return None
        raise PromiseError(
            f"{end['who']} has said already what came of this, on "
            f"{words.day(end['at'].astimezone(LONDON))}: it was {end['outcome']}."
        )
    if found[0]["kind"] == Kind.RECOVERY:
        raise PromiseError(
            "Whether the figure is back on target, the figures say. Another date is promised in "
            "the next narrative."
        )
    return found[0]


def _said(text: str, wanted: str) -> str:
    said = " ".join(clean(text).split())
    if not said:
        raise PromiseError(f"{wanted}: without it nobody can rely on the answer.")
    if len(said) > LINE_LIMIT:
        raise PromiseError(
            f"That is {len(said):,} characters, and the most is {LINE_LIMIT:,}: shorten it."
        )
    return said


def _ends(rows: Transaction, promise: int) -> list[Row]:
    """Return what was written down as what came of a promise: one row, or none."""
    return rows.find(outcomes, {"promise": promise})


def _end(
    rows: Transaction,
    promise: Row,
    outcome: Outcome,
    *,
    at: datetime,
    who: str,
    token: str,
    note: str = "",
    on: date | None = None,
) -> None:
    row = {"promise": promise["id"], "at": at, "who": who, "outcome": outcome.value}
    rows.add(outcomes, row | {"note": note, "done_date": on, "token": token})
