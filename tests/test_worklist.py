"""Worklists: what somebody takes up first, and what comes after it."""

from datetime import UTC, date, datetime

import pytest

from kpi import worklist
from kpi.access import Actor, Role
from kpi.assignments import Assignment
from kpi.narrative import Figure, Key, Words
from kpi.needs import Need
from kpi.revisions import Revision
from kpi.rounds import Item, Round
from kpi.signoff import NOTHING, Event, Standing, State, Step
from kpi.worklist import Group
from tests import facts, stores

TODAY = date(2024, 12, 10)
ANN, CAT = (Actor(name=name, roles=frozenset({Role.AUTHOR})) for name in ("Ann", "Cat"))
BOB, DAN = (Actor(name=name, roles=frozenset({Role.APPROVER})) for name in ("Bob", "Dan"))


def item(
    name: str,
    standing: Standing = NOTHING,
    *,
    need: Need = Need.REQUIRED,
    due: str = "2024-12-20",
    author: str = "Ann",
    begun: frozenset[str] = frozenset(),
    stale: tuple[str, ...] = (),
) -> Item:
    key = Key(indicator="icpc_within_15_days", month=facts.NOVEMBER, authority="311")
    assignment = Assignment(
        indicator=key.indicator,
        service_area=name,
        from_month=facts.NOVEMBER,
        until_month=None,
        owner="Head of Service",
        author=author,
        approver="Bob",
        due_working_day=8,
    )
    return Item(
        key=Key(indicator=key.indicator, month=key.month, authority="311", service_area=name),
        assignment=assignment,
        card=facts.card("80.0", targets=(facts.target("90", "85"),)),
        need=need,
        why="off target",
        due=date.fromisoformat(due),
        standing=standing,
        begun=begun,
        stale=stale,
    )


def stood(state: State, *steps: tuple[str, Step], author: str = "Ann") -> Standing:
    """Return where a narrative of one revision stands, after what was done to it by whom."""
    at = datetime(2024, 12, 9, tzinfo=UTC)
    figure: Figure = stores.FIGURE
    words: Words = stores.words("Late")
    revision = Revision(
        number=1,
        based_on=0,
        words=words,
        author=author,
        saved_at=at,
        release="made up",
        figure=figure,
    )
    trail = tuple(
        Event(
            at=at,
            who=who,
            step=step,
            revision=1,
            based_on=0,
            reason="Why?" if step is Step.RETURNED else "",
            remarks=(),
            figure=figure,
        )
        for who, step in ((author, Step.SAVED), *steps)
    )
    approved = revision if state is State.APPROVED else None
    return Standing(state=state, newest=revision, approved=approved, trail=trail)


SUBMITTED = stood(State.SUBMITTED, ("Ann", Step.SUBMITTED))
APPROVED = stood(State.APPROVED, ("Ann", Step.SUBMITTED), ("Bob", Step.APPROVED))
RETURNED = stood(State.RETURNED, ("Ann", Step.SUBMITTED), ("Bob", Step.RETURNED))


def of(*items: Item) -> Round:
    return Round(authority="311", month=facts.NOVEMBER, today=TODAY, items=items)


def names(groups: list[Group]) -> dict[str, list[str | None]]:
    return {group.title: [one.key.service_area for one in group.items] for group in groups}


def test_an_author_sees_what_was_returned_then_what_is_late_and_what_is_done_last():
    month = of(
        item("approved", APPROVED),
        item("submitted", SUBMITTED),
        item("moved", SUBMITTED, stale=("The figure was 95.8%.",)),
        item("optional", need=Need.OPTIONAL),
        item("begun", need=Need.OPTIONAL, begun=frozenset({"Ann"})),
        item("in ten days"),
        item("on the fourth day", due="2024-12-14"),
        item("in three days", due="2024-12-13"),
        item("today", due="2024-12-10"),
        item("yesterday", due="2024-12-09"),
        item("returned", RETURNED),
        item("of Cat", author="Cat"),
    )
    assert names(worklist.to_write(month, ANN)) == {
        "Returned": ["returned"],
        "Overdue": ["yesterday"],
        "Due soon": ["today", "in three days"],
        "Not yet due": ["on the fourth day", "in ten days"],
        "The figure has changed": ["moved"],
        "Begun, though not required": ["begun"],
        "Submitted": ["submitted"],
        "Approved": ["approved"],
        "Not required": ["optional"],
    }
    assert names(worklist.to_write(month, CAT)) == {"Not yet due": ["of Cat"]}
    everybodys = worklist.to_write(month)
    assert sum(len(group.items) for group in everybodys) == len(month.items)


def test_an_approver_sees_what_waits_for_them_first_and_their_own_words_last():
    own = stood(State.SUBMITTED, ("Bob", Step.SUBMITTED), author="Bob")
    month = of(item("own", own), item("asked", SUBMITTED), item("done", APPROVED), item("none"))
    assert names(worklist.to_review(month, BOB)) == {
        "For you": ["asked"],
        "Not for you to approve": ["own"],
    }
    assert names(worklist.to_review(month, DAN)) == {"For any approver": ["own", "asked"]}
    assert names(worklist.to_review(month, ANN)) == {"Not for you to approve": ["own", "asked"]}


@pytest.mark.parametrize(
    ("after", "then"), [("one", "two"), ("two", "three"), ("three", "one"), ("elsewhere", "one")]
)
def test_the_next_is_the_one_below_and_after_the_last_the_first(after, then):
    first, second, third, elsewhere = map(item, ("one", "two", "three", "elsewhere"))
    groups = [Group(title="A", items=(first, second)), Group(title="B", items=(third,))]
    key = {one.key.service_area: one.key for one in (first, second, third, elsewhere)}[after]
    assert worklist.following(groups, key).key.service_area == then


def test_after_the_only_one_comes_nothing():
    only = item("one")
    assert worklist.following([Group(title="A", items=(only,))], only.key) is None
    assert worklist.following([], only.key) is None
