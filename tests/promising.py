"""Narratives that promise something, written into a store by the functions that pages call."""

from dataclasses import replace
from datetime import date, datetime, time

from kpi import access, cards, figures, signoff
from kpi.access import Actor
from kpi.narrative import Action, Key, Words
from kpi.organisation import Place
from kpi.releases import Release
from kpi.store import LONDON, Store
from tests import stores

PEOPLE = {actor.name: actor for actor in access.DEMONSTRATION}
AUTHOR = PEOPLE["Morgan Ellis (author)"]
APPROVER = PEOPLE["Helen Marsh (approver)"]


def on(store: Store, day: date) -> Store:
    """Return the store with its clock at noon of a day."""
    noon = datetime.combine(day, time(12), LONDON)
    return replace(store, clock=lambda: noon)


def submitted(
    store: Store,
    release: Release,
    key: Key,
    *actions: str,
    day: date,
    back_by: date | None = None,
    author: Actor = AUTHOR,
    remarks: tuple[str, ...] = (),
) -> None:
    """Let a narrative about the release's own figure be submitted.

    Each of `actions` is written as 'what; owner; 2024-12-05'.
    """
    before = signoff.standing(store, key).newest
    signoff.submit(
        on(store, day),
        author,
        key,
        Words(
            texts=stores.texts("Written.", "Because."),
            actions=tuple(_action(one) for one in actions),
            back_on_target_by=back_by,
        ),
        based_on=before.number if before else 0,
        figure=_figure(release, key),
        release=release.name,
        remarks=remarks,
        token=f"{key} {day}",
    )


def approved(store: Store, release: Release, key: Key, *actions: str, day: date, **more) -> None:
    """Let a narrative be submitted, and approved on the same day."""
    submitted(store, release, key, *actions, day=day, **more)
    read = signoff.standing(store, key).newest
    assert read is not None
    signoff.approve(
        on(store, day),
        APPROVER,
        key,
        revision=read.number,
        seal=read.seal,
        figure=_figure(release, key),
        token=f"{key} {day}",
    )


def _figure(release: Release, key: Key):
    place = Place(authority=key.authority, service_area=key.service_area)
    built = cards.build(release, place, key.month)
    return figures.of(next(one for one in built if one.indicator.id == key.indicator))


def _action(text: str) -> Action:
    what, owner, due = text.split("; ")
    return Action(what=what, owner=owner, due=date.fromisoformat(due))
