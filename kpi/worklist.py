"""Worklists: the narratives of a round in the order in which somebody takes them up, in groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kpi.access import Actor
from kpi.narrative import Key
from kpi.needs import Need
from kpi.rounds import Item, Round
from kpi.signoff import State

SOON = timedelta(days=3)

RETURNED, OVERDUE, DUE_SOON, NOT_YET = "Returned", "Overdue", "Due soon", "Not yet due"
MOVED, BEGUN, OPTIONAL = "The figure has changed", "Begun, though not required", "Not required"
SUBMITTED, APPROVED = "Submitted", "Approved"
WRITING = (RETURNED, OVERDUE, DUE_SOON, NOT_YET, MOVED, BEGUN, SUBMITTED, APPROVED, OPTIONAL)

FOR_ME, FOR_ANYBODY, NOT_FOR_ME = "For you", "For any approver", "Not for you to approve"


@dataclass(frozen=True, kw_only=True)
class Group:
    """Narratives that are alike in what is to be done with them."""

    title: str
    items: tuple[Item, ...]


def to_write(month: Round, actor: Actor | None = None) -> list[Group]:
    """Return what there is to write, and what has been written: the actor's own, or everybody's."""
    items: Iterable[Item] = month.items
    if actor is not None:
        mine = [*month.mine(actor), *month.offered(actor)]
        known = {item.key for item in mine}
        items = [*mine, *(one for one in items if one.key not in known and _wrote(one, actor))]
    return _grouped(WRITING, [(_writing(item, month.today), item) for item in items])


def to_review(month: Round, actor: Actor) -> list[Group]:
    """Return what waits for approval: what the actor is asked to approve, then all the rest."""
    able = month.waiting_for(actor)
    known = {item.key for item in able}
    waiting = [item for item in month.items if item.state is State.SUBMITTED]
    sorted_out = [(FOR_ME if _asked(item, actor) else FOR_ANYBODY, item) for item in able]
    sorted_out += [(NOT_FOR_ME, item) for item in waiting if item.key not in known]
    return _grouped((FOR_ME, FOR_ANYBODY, NOT_FOR_ME), sorted_out)


def slug(key: Key) -> str:
    """Return what an address calls a narrative of a month: its indicator, and where it is about."""
    return f"{key.indicator}@{key.service_area}" if key.service_area else key.indicator


def following(groups: Iterable[Group], key: Key | None) -> Item | None:
    """Return the narrative after this one in the list, beginning again at its end."""
    items = [item for group in groups for item in group.items]
    places = [number for number, item in enumerate(items) if item.key == key]
    if not items or (places and len(items) == 1):
        return None
    return items[(places[0] + 1) % len(items)] if places else items[0]


def _writing(item: Item, today: date) -> str:
    """Return the group of a narrative for those who write."""
    if item.returned:
        return RETURNED
    if item.overdue(today):
        return OVERDUE
    if item.unwritten and item.need is Need.REQUIRED:
        return DUE_SOON if item.due and item.due <= today + SOON else NOT_YET
    if item.unwritten:
        return BEGUN if item.state is State.DRAFT else OPTIONAL
    if item.stale:
        return MOVED
    return SUBMITTED if item.state is State.SUBMITTED else APPROVED


def _wrote(item: Item, actor: Actor) -> bool:
    newest = item.standing.newest
    return item.author == actor.name or (newest is not None and newest.author == actor.name)


def _asked(item: Item, actor: Actor) -> bool:
    return item.assignment is not None and item.assignment.approver == actor.name


def _grouped(titles: Iterable[str], items: list[tuple[str, Item]]) -> list[Group]:
    groups = [
        Group(title=title, items=tuple(item for wanted, item in items if wanted == title))
        for title in titles
    ]
    return [group for group in groups if group.items]
