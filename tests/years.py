"""The made-up year of tests/narrative_year.md, played in a store as it was lived."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from kpi import calendar, cards, figures, promise_ledger, promises, settings, signoff
from kpi.access import Actor, Role
from kpi.narrative import Action, Key, Words
from kpi.organisation import Place
from kpi.releases import Release
from kpi.store import LONDON, Store
from tests import facts, made_up, stores
from tests.made_up import ASSESSMENTS, CONFERENCES

FILE = Path(__file__).with_name("narrative_year.md")
IDS = {"assessments": ASSESSMENTS, "conferences": CONFERENCES}
WHOLE = "whole service"
END = datetime(2025, 1, 10, 12, tzinfo=LONDON)  # the moment as which everything is expected

Cells = dict[str, str]


@dataclass(frozen=True)
class Event:
    """One thing that was done to a narrative."""

    at: datetime
    step: str  # submitted, returned or approved
    row: Cells


def table(name: str) -> list[Cells]:
    """Return the rows of one table of the file, its cells by the names of the columns."""
    section = FILE.read_text(encoding="utf-8").split(f"\n## {name}\n")[1].split("\n## ")[0]
    lines = [line.strip().strip("|") for line in section.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [dict(zip(rows[0], cells, strict=True)) for cells in rows[2:]]


def month(text: str) -> date:
    return settings.month(text)


def moment(text: str) -> datetime:
    """Return a moment in London: noon where only the day is said."""
    day, _, time = text.partition(" ")
    return datetime.fromisoformat(f"{day}T{time or '12:00'}").replace(tzinfo=LONDON)


def place(row: Cells) -> str | None:
    return None if row["place"] == WHOLE else row["place"]


def key(row: Cells) -> Key:
    return Key(
        indicator=IDS[row["about"]],
        month=month(row["month"]),
        authority=made_up.AUTHORITY,
        service_area=place(row),
    )


def narratives_csv() -> str:
    """Return the assignments as data/reference keeps them."""
    columns = "indicator,service_area,from_month,until_month,owner,author,approver,due_working_day"
    lines = [
        f"{IDS[row['about']]},{place(row) or ''},{row['from']},{row['until']},Head,"
        f"{row['author']},{row['approver']},{row['working day']}"
        for row in table("assignments")
    ]
    return "\n".join((columns, *lines)) + "\n"


def release() -> Release:
    """Return a release of the whole year."""
    sums, not_loaded = {}, []
    for row in table("figures"):
        for column in ("North", "Old", "New", "conferences"):
            counted = re.fullmatch(r"(\d+) of (\d+)", row[column])
            id, area = (CONFERENCES, "North") if column in IDS else (ASSESSMENTS, column)
            if counted:
                sums[id, month(row["month"]), area] = (int(counted[1]), int(counted[2]))
            elif row[column]:
                not_loaded.append((id, month(row["month"])))
    return made_up.release(
        sums,
        first=date(2024, 1, 1),
        last=date(2024, 12, 1),
        targets=[
            facts.target("85", "80"),
            facts.target("90", "85", since="2024-04"),
            facts.target("90", "80", indicator=facts.INDICATORS[CONFERENCES]),
        ],
        teams=[
            made_up.team("North"),
            made_up.team("Old", until="2024-09-01"),
            made_up.team("New", since="2024-09-01"),
        ],
        not_loaded=not_loaded,
    )


def history(row: Cells) -> Iterator[Event]:
    for done in row["history"].split(", "):
        step, _, when = done.partition(" ")
        yield Event(moment(when), step, row)


def actions(row: Cells) -> tuple[Action, ...]:
    """Return the actions of a narrative's row."""
    found = []
    for one in filter(None, row["actions"].split(" / ")):
        what, owner, due = (part.strip() for part in one.split(";"))
        found.append(Action(what=what, owner=owner, due=date.fromisoformat(due) if due else None))
    return tuple(found)


def at(store: Store, when: datetime) -> Store:
    return replace(store, clock=lambda: when)


def play(store: Store, year: Release) -> None:
    """Write, submit, return, approve and answer everything in the order in which it was done."""
    done = [(event.at, 0, event) for row in table("narratives") for event in history(row)]
    done += [(moment(row["on"]), 1, row) for row in table("answers")]
    for when, _, one in sorted(done, key=lambda entry: entry[:2]):
        if isinstance(one, Event):
            _step(at(store, when), year, one)
        else:
            _answer(at(store, when), year, one)


def _actor(name: str, role: Role) -> Actor:
    return Actor(name=name, roles=frozenset({role}))


def _people(row: Cells) -> tuple[Actor, Actor]:
    (asked,) = (
        one
        for one in table("assignments")
        if (one["about"], one["place"]) == (row["about"], row["place"])
    )
    return _actor(asked["author"], Role.AUTHOR), _actor(asked["approver"], Role.APPROVER)


def _step(store: Store, year: Release, event: Event) -> None:
    row, about = event.row, key(event.row)
    author, approver = _people(row)
    where = Place(authority=about.authority, service_area=about.service_area)
    built = cards.build(year, where, about.month)
    figure = figures.of(next(card for card in built if card.indicator.id == about.indicator))
    stands = signoff.standing(store, about)
    token = f"{event.step} {event.at}"
    if event.step == "submitted":
        number = stands.newest.number if stands.newest else 0
        words = Words(
            texts=stores.texts(f"Version {number + 1}"),
            actions=actions(row),
            back_on_target_by=calendar.month_end(month(row["back by"])) if row["back by"] else None,
        )
        signoff.submit(
            store,
            author,
            about,
            words,
            based_on=number,
            figure=figure,
            release=year.name,
            remarks=[row["left"]] if row["left"] else [],
            token=token,
        )
        return
    read = stands.newest
    assert read is not None, row
    if event.step == "returned":
        signoff.send_back(
            store,
            approver,
            about,
            revision=read.number,
            seal=read.seal,
            reason="Say more",
            token=token,
        )
    else:
        signoff.approve(
            store,
            approver,
            about,
            revision=read.number,
            seal=read.seal,
            figure=figure,
            token=token,
        )


def _answer(store: Store, year: Release, row: Cells) -> None:
    author, _ = _people(row)
    book = promise_ledger.ledger(store, year, authority=made_up.AUTHORITY)
    due = date.fromisoformat(row["due"])
    (one,) = (
        promise
        for promise in book.of(IDS[row["about"]], place(row))
        if promise.waits and (promise.what, promise.due) == (row["promise"], due)
    )
    what, _, day = row["says"].partition(" ")
    on, token = date.fromisoformat(day), f"{row['on']} {row['promise']}"
    if what == "done":
        promises.done(store, author, one.id, on=on, note="It was done", token=token)
    else:
        promises.move(store, author, one.id, due=on, reason="It takes longer", token=token)
