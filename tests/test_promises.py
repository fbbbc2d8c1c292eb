"""What an approved narrative promises is entered once, and answered once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kpi import promises, signoff
from kpi.access import Actor, Role
from kpi.errors import AccessError
from kpi.narrative import Action, Words
from kpi.promises import Outcome, PromiseError
from kpi.store import outcomes
from kpi.store import promises as table
from tests.stores import APPROVER, AUTHOR, FIGURE, KEY, LEADER, SECOND_AUTHOR, texts

OCTOBER, NOVEMBER = date(2024, 10, 1), date(2024, 11, 1)
APPROVED = "2024-12-10"  # the day on which the second narrative is approved, unless it is said


@pytest.fixture
def store(any_store):
    return on("2024-11-12", any_store)


def on(day: str, store, time: str = "12:00"):
    """Return the store with its clock at a time of a day, by UTC."""
    moment = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=UTC)
    return replace(store, clock=lambda: moment)


def action(text: str) -> Action:
    """Return the action written as 'what; owner; date'."""
    what, owner, due = text.split("; ")
    return Action(what=what, owner=owner, due=date.fromisoformat(due) if due != "-" else None)


def approve(store, *actions: str, month=NOVEMBER, back_by: str = "", area: str | None = None):
    """Let a narrative that promises these be submitted and approved."""
    key = replace(KEY, month=month, service_area=area)
    before = signoff.standing(store, key).newest
    said = Words(
        texts=texts(f"Version {before.number + 1 if before else 1}"),
        actions=tuple(map(action, actions)),
        back_on_target_by=date.fromisoformat(back_by) if back_by else None,
    )
    stands = signoff.submit(
        store,
        AUTHOR,
        key,
        said,
        based_on=before.number if before else 0,
        figure=FIGURE,
        release="r",
        token=f"{month} {said}",
    )
    signoff.approve(
        store,
        APPROVER,
        key,
        revision=stands.newest.number,
        seal=stands.newest.seal,
        figure=FIGURE,
        token=f"{month} {said}",
    )


def entered(store) -> list[tuple[str, str, str]]:
    """Return every promise: 'what; owner; date', what came of it, and which it was before."""
    with store.reading() as rows:
        made = rows.find(table, {})
        came = {row["promise"]: row["outcome"] for row in rows.find(outcomes, {})}
    ids = {row["id"]: number for number, row in enumerate(made, start=1)}
    return [
        (
            f"{row['what']}; {row['owner']}; {row['due']}",
            came.get(row["id"], ""),
            f"was {ids[row['moved_from']]}" if row["moved_from"] else "",
        )
        for row in made
    ]


def promise(store, number: int = 1) -> int:
    with store.reading() as rows:
        return rows.find(table, {})[number - 1]["id"]


AUDIT = "Audit every case; Head of Care; 2024-12-20"

# The actions of October's narrative and of November's, and what stands in the ledger after both.
MATCHES = [
    ("the same", [AUDIT], [AUDIT], [(AUDIT, "", "")]),
    (
        "the same in other letters",
        [AUDIT],
        ["audit  EVERY case.; head of Care; 2024-12-20"],
        [(AUDIT, "", "")],
    ),
    (
        "another day",
        [AUDIT],
        ["Audit every case; Head of Care; 2025-01-31"],
        [(AUDIT, "moved", ""), ("Audit every case; Head of Care; 2025-01-31", "", "was 1")],
    ),
    (
        "another owner",
        [AUDIT],
        ["Audit every case; Head of Quality; 2024-12-20"],
        [(AUDIT, "moved", ""), ("Audit every case; Head of Quality; 2024-12-20", "", "was 1")],
    ),
    (
        "other words: another promise, and the first still stands",
        [AUDIT],
        ["Audit half of the cases; Head of Care; 2024-12-20"],
        [(AUDIT, "", ""), ("Audit half of the cases; Head of Care; 2024-12-20", "", "")],
    ),
    ("not said again: it still stands", [AUDIT], [], [(AUDIT, "", "")]),
    (
        "its day is over: that was missed, and this is a new one",
        ["Audit every case; Head of Care; 2024-12-09"],
        [AUDIT],
        [("Audit every case; Head of Care; 2024-12-09", "", ""), (AUDIT, "", "")],
    ),
    (
        "its day is today, and not over",
        ["Audit every case; Head of Care; 2024-12-10"],
        [AUDIT],
        [("Audit every case; Head of Care; 2024-12-10", "moved", ""), (AUDIT, "", "was 1")],
    ),
    (
        "over, and said again with the same day",
        ["Audit every case; Head of Care; 2024-12-09"],
        ["Audit every case; Head of Care; 2024-12-09"],
        [("Audit every case; Head of Care; 2024-12-09", "", "")],
    ),
    ("twice in one narrative", [AUDIT, f"  {AUDIT}"], [], [(AUDIT, "", "")]),
    (
        "alike but for the owner: each keeps its own",
        [AUDIT, "Audit every case; Head of Quality; 2024-12-20"],
        [
            "Audit every case; Head of Quality; 2025-01-31",
            "Audit every case; Head of Care; 2025-02-28",
        ],
        [
            (AUDIT, "moved", ""),
            ("Audit every case; Head of Quality; 2024-12-20", "moved", ""),
            ("Audit every case; Head of Quality; 2025-01-31", "", "was 2"),
            ("Audit every case; Head of Care; 2025-02-28", "", "was 1"),
        ],
    ),
    (
        "alike, and one of them stands: the other has been moved",
        [AUDIT, "Audit every case; Head of Quality; 2024-12-20"],
        [AUDIT, "Audit every case; Head of Practice; 2025-01-31"],
        [
            (AUDIT, "", ""),
            ("Audit every case; Head of Quality; 2024-12-20", "moved", ""),
            ("Audit every case; Head of Practice; 2025-01-31", "", "was 2"),
        ],
    ),
    (
        "one becomes two: the nearer one takes its place",
        [AUDIT],
        [
            "Audit every case; Head of Quality; 2025-01-31",
            "Audit every case; Head of Care; 2025-02-28",
        ],
        [
            (AUDIT, "moved", ""),
            ("Audit every case; Head of Quality; 2025-01-31", "", ""),
            ("Audit every case; Head of Care; 2025-02-28", "", "was 1"),
        ],
    ),
    (
        "without an owner or a date nothing is promised",
        ["Audit every case; Head of Care; -"],
        ["Audit every case; ; 2024-12-20"],
        [],
    ),
]


@pytest.mark.parametrize(
    ("first", "second", "expected"), [m[1:] for m in MATCHES], ids=[m[0] for m in MATCHES]
)
def test_what_is_promised_again_is_the_same_or_moved_or_new(store, first, second, expected):
    approve(store, *first, month=OCTOBER)
    approve(on(APPROVED, store), *second, month=NOVEMBER)

    assert entered(store) == expected


def test_a_day_is_over_when_it_is_over_in_london(store):
    """At 23:30 UTC on 30 June it is 1 July here."""
    approve(store, "Audit; Head; 2025-06-30", month=OCTOBER)
    approve(on("2025-06-30", store, "23:30"), "Audit; Head; 2025-07-31")

    assert entered(store) == [
        ("Audit; Head; 2025-06-30", "", ""),
        ("Audit; Head; 2025-07-31", "", ""),
    ]


def test_a_date_of_recovery_is_moved_by_a_later_narrative(store):
    approve(store, month=OCTOBER, back_by="2024-12-31")
    approve(on(APPROVED, store), back_by="2024-12-31")
    approve(on("2024-12-11", store), back_by="2025-03-31")

    assert entered(store) == [
        ("Back on target; ; 2024-12-31", "moved", ""),
        ("Back on target; ; 2025-03-31", "", "was 1"),
    ]


def test_an_action_called_back_on_target_is_no_recovery(store):
    approve(store, "Back on target; Head; 2024-12-31", month=OCTOBER, back_by="2024-12-31")

    assert len(entered(store)) == 2


def test_an_earlier_months_narrative_does_not_change_what_was_promised_since(store):
    approve(store, "Audit every case; Head of Care; 2025-01-31", month=NOVEMBER)
    approve(on(APPROVED, store), AUDIT, month=OCTOBER)

    assert entered(store) == [("Audit every case; Head of Care; 2025-01-31", "", "")]


def test_service_areas_promise_for_themselves(store):
    approve(store, AUDIT, month=OCTOBER)
    approve(store, "Audit every case; Head of Care; 2025-01-31", area="Safeguarding")

    assert [came for _, came, _ in entered(store)] == ["", ""]


def test_what_was_kept_is_not_promised_again_by_saying_it_again(store):
    approve(store, AUDIT, month=OCTOBER)
    done(on("2024-12-01", store))
    approve(on(APPROVED, store), AUDIT)
    assert entered(store) == [(AUDIT, "kept", "")]

    again = "Audit every case; Head of Care; 2025-03-31"  # another day: the next audit
    approve(on("2024-12-11", store), again)
    assert entered(store) == [(AUDIT, "kept", ""), (again, "", "")]


def test_a_promise_may_be_moved_and_moved_back(store):
    approve(store, AUDIT, month=OCTOBER)
    move(store, "2025-01-31")
    approve(on(APPROVED, store), AUDIT)

    later = "Audit every case; Head of Care; 2025-01-31"
    assert entered(store) == [(AUDIT, "moved", ""), (later, "moved", "was 1"), (AUDIT, "", "was 2")]


def done(
    store, *, day: str = "2024-12-01", actor=AUTHOR, token="t", note="All were read", number=1
):
    return promises.done(
        store,
        actor,
        promise(store, number),
        on=date.fromisoformat(day),
        note=note,
        token=token,
    )


def move(store, due: str, *, actor=AUTHOR, token="t", reason="Two auditors are away", number=1):
    promises.move(
        store,
        actor,
        promise(store, number),
        due=date.fromisoformat(due),
        reason=reason,
        token=token,
    )


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        ("2024-12-19", Outcome.KEPT),
        ("2024-12-20", Outcome.KEPT),  # on its day
        ("2024-12-21", Outcome.MISSED),
        ("2024-11-01", Outcome.KEPT),  # before anybody approved it
    ],
)
def test_an_action_is_kept_when_it_was_done_by_its_day_whenever_that_is_said(store, day, outcome):
    approve(store, AUDIT)

    assert done(on("2025-01-15", store), day=day) is outcome
    assert entered(store) == [(AUDIT, str(outcome), "")]


def test_an_answer_that_is_repeated_is_given_once(store):
    approve(store, AUDIT)
    later = on("2024-12-05", store)

    assert done(later, token="once") is Outcome.KEPT
    assert done(on("2024-12-06", store), day="2024-12-06", token="once") is Outcome.KEPT
    with store.reading() as rows:
        (end,) = rows.find(outcomes, {})
    assert end["done_date"] == date(2024, 12, 1)


def test_a_move_that_is_repeated_moves_it_once(store):
    approve(store, AUDIT)
    for _ in range(2):
        move(store, "2025-01-31", token="once")

    assert entered(store) == [
        (AUDIT, "moved", ""),
        ("Audit every case; Head of Care; 2025-01-31", "", "was 1"),
    ]


def refused(answer, store, *arguments, **named) -> str:
    with pytest.raises(PromiseError) as refusal:
        answer(store, *arguments, **named)
    return str(refusal.value)


def test_what_was_answered_is_not_answered_again(store):
    approve(store, AUDIT)
    done(on("2024-12-05", store))
    said = "Test author has said already what came of this, on 5 December 2024: it was kept."

    assert refused(done, store, actor=SECOND_AUTHOR) == said
    assert refused(done, store, token="another press") == said
    assert refused(move, store, "2025-01-31", token="another press") == said
    assert entered(store) == [(AUDIT, "kept", "")]


def test_an_answer_says_what_was_done_and_a_move_why(store):
    approve(store, AUDIT)

    assert refused(done, on("2024-12-05", store), note=" \n ") == (
        "Say what was done: without it nobody can rely on the answer."
    )
    assert refused(move, store, "2025-01-31", reason="") == (
        "Say why it needs another day: without it nobody can rely on the answer."
    )
    assert refused(done, on("2024-12-05", store), note="x" * 501) == (
        "That is 501 characters, and the most is 500: shorten it."
    )
    assert entered(store) == [(AUDIT, "", "")]


def test_nothing_was_done_on_a_day_to_come(store):
    approve(store, AUDIT)

    assert refused(done, on("2024-11-30", store)) == (
        "1 December 2024 is still to come: say so when it is done."
    )


@pytest.mark.parametrize("due", ["2024-12-20", "2024-12-04"])
def test_a_promise_is_moved_to_another_day_and_one_to_come(store, due):
    approve(store, AUDIT)

    assert refused(move, on("2024-12-05", store), due).startswith("Choose another day than ")


def test_a_promise_whose_day_is_over_can_no_longer_be_moved(store):
    approve(store, AUDIT)

    assert refused(move, on("2024-12-21", store), "2025-01-31") == (
        "20 December 2024 is over, so this can no longer be moved. Say when it was done, or "
        "promise another day in the next narrative."
    )


def test_nobody_says_of_a_recovery_what_the_figures_say(store):
    approve(store, back_by="2024-12-31")

    assert refused(done, on("2024-12-05", store)).startswith("Whether the figure is back on target")
    assert refused(move, store, "2025-01-31").startswith("Whether the figure is back on target")


def test_only_those_who_write_may_answer(store):
    approve(store, AUDIT)
    for actor in (LEADER, Actor(name="Nobody", roles=frozenset())):
        with pytest.raises(AccessError):
            done(on("2024-12-05", store), actor=actor)
        with pytest.raises(AccessError):
            move(store, "2025-01-31", actor=actor)
    manager = Actor(name="A manager", roles=frozenset({Role.MANAGER}))
    assert done(on("2024-12-05", store), actor=manager) is Outcome.KEPT


def test_there_may_be_no_such_promise(store):
    with pytest.raises(PromiseError, match="no such promise"):
        promises.done(store, AUTHOR, 99, on=NOVEMBER, note="x", token="t")
