import inspect
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kpi import narrative, revisions, signoff
from kpi.access import Actor, Role
from kpi.errors import AccessError, StoreError
from kpi.narrative import Action, Earlier, NarrativeError, Sourced
from kpi.revisions import ConflictError
from kpi.signoff import NOTHING, SignOffError, State, Step
from tests import stores
from tests.stores import (
    ANALYST,
    APPROVER,
    AUTHOR,
    FIGURE,
    KEY,
    LEADER,
    MANAGER,
    SECOND_AUTHOR,
    VISITOR,
    words,
)

SECOND_APPROVER = Actor(name="Second approver", roles=frozenset({Role.APPROVER}))
FIRST = words(figures="23 of 24 were in time.", why="Two chairs were away in October.")
BETTER = words(figures="23 of 24 were in time.", why="Two chairs were away; one is back.")
MOVED = replace(FIGURE, said="94.4%", of="22 of 24")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(any_store):
    return any_store


def submit(store, written=FIRST, *, based_on=0, actor=AUTHOR, figure=FIGURE, token="press", **more):
    return signoff.submit(
        store,
        actor,
        KEY,
        written,
        based_on=based_on,
        figure=figure,
        release="2024-11",
        token=token,
        **more,
    )


def save(store, written, *, based_on, actor=AUTHOR, token="save"):
    return revisions.save(
        store,
        actor,
        KEY,
        written,
        based_on=based_on,
        figure=FIGURE,
        release="2024-11",
        token=token,
    )


def approve(store, read, *, actor=APPROVER, figure=FIGURE, token="approve"):
    return signoff.approve(
        store, actor, KEY, revision=read.number, seal=read.seal, figure=figure, token=token
    )


def send_back(store, read, reason="By when?", *, actor=APPROVER, token="return"):
    return signoff.send_back(
        store, actor, KEY, revision=read.number, seal=read.seal, reason=reason, token=token
    )


def test_a_narrative_goes_from_not_started_by_draft_and_submitted_to_approved(store):
    assert signoff.standing(store, KEY) == NOTHING
    saved = save(store, FIRST, based_on=0)
    assert signoff.standing(store, KEY).state is State.DRAFT
    waits = submit(store, based_on=1)
    assert (waits.state, waits.newest, waits.approved) == (State.SUBMITTED, saved, None)
    done = approve(store, waits.newest)
    assert (done.state, done.approved) == (State.APPROVED, saved)
    assert [(one.who, one.step, one.revision, one.based_on) for one in done.trail] == [
        ("Test author", Step.SAVED, 1, 0),
        ("Test author", Step.SUBMITTED, 1, 0),
        ("Test approver", Step.APPROVED, 1, 0),
    ]
    assert all(one.figure == FIGURE for one in done.trail)


def test_what_is_submitted_is_saved_in_the_same_breath(store):
    waits = submit(store, remarks=["number"])
    assert (waits.newest.number, waits.newest.words) == (1, FIRST)
    assert waits.trail[-1].remarks == ("number",)


def test_everything_that_an_author_writes_is_kept_together(store):
    whole = words(
        why="A chair was away.",
        back_on_target_by=date(2025, 3, 31),
        promised=(
            Action(what="Book rooms at the strategy meeting", owner="Conference Manager"),
            Action(what="Second chair", owner="Head of Safeguarding", due=date(2025, 1, 31)),
        ),
        sourced=(Sourced(words="12 audits", source="Audit report, November"),),
    )
    assert submit(store, whole).newest.words == whole
    assert stores.latest(store, KEY).words == whole


def test_a_return_says_why_and_its_answer_opens_a_new_revision(store):
    waits = submit(store)
    back = send_back(store, waits.newest, "  Say by when.\x00 ")
    assert (back.state, back.returned.reason) == (State.RETURNED, "Say by when.")
    save(store, BETTER, based_on=1)
    mending = signoff.standing(store, KEY)
    assert (mending.state, mending.returned.reason) == (State.DRAFT, "Say by when.")
    again = submit(store, BETTER, based_on=2, token="press 2")
    assert (again.state, again.returned) == (State.SUBMITTED, None)
    assert [one.step.value for one in again.trail] == [
        "saved",
        "submitted",
        "returned",
        "saved",
        "submitted",
    ]


def test_an_author_may_stand_by_words_that_were_returned(store):
    waits = submit(store)
    send_back(store, waits.newest)
    assert submit(store, based_on=1, token="press 2").state is State.SUBMITTED


def test_approved_words_stay_readable_while_new_ones_are_written(store):
    approved = approve(store, submit(store).newest).approved
    save(store, BETTER, based_on=1, actor=SECOND_AUTHOR)
    stands = signoff.standing(store, KEY)
    assert (stands.state, stands.approved, stands.shown) == (State.DRAFT, approved, approved)
    assert stands.newest.words == BETTER
    approve(store, submit(store, BETTER, based_on=2, token="2").newest, token="approve 2")
    stands = signoff.standing(store, KEY)
    assert (stands.state, stands.shown.words) == (State.APPROVED, BETTER)
    assert [one.words for one in revisions.history(store, KEY)] == [FIRST, BETTER]


def test_until_words_are_approved_a_reader_is_shown_the_newest(store):
    assert NOTHING.shown is None
    save(store, FIRST, based_on=0)
    assert signoff.standing(store, KEY).shown.words == FIRST
    save(store, words(), based_on=1, token="taken back")
    stands = signoff.standing(store, KEY)
    assert (stands.state, stands.shown) == (State.NOT_STARTED, None)


def test_submitting_approved_words_again_changes_nothing(store):
    done = approve(store, submit(store).newest)
    assert submit(store, based_on=1, token="press 2") == done


@pytest.mark.parametrize("nothing", [words(), words(why=" \n\u00a0")])
def test_nothing_cannot_be_submitted(store, nothing):
    with pytest.raises(NarrativeError, match="nothing to submit yet"):
        submit(store, nothing)


def test_submitting_over_words_not_yet_read_is_refused_and_both_are_kept(store):
    theirs = submit(store, BETTER, actor=SECOND_AUTHOR)
    with pytest.raises(ConflictError, match="Second author saved another version") as refused:
        submit(store, FIRST, token="mine")
    assert (refused.value.current, refused.value.yours) == (theirs.newest, FIRST)
    assert signoff.standing(store, KEY) == theirs


HANDS = {
    "who wrote them": [("save and submit", APPROVER)],
    "who wrote them for another to submit": [("save", APPROVER), ("submit", AUTHOR)],
    "who submitted another's": [("save", AUTHOR), ("submit", APPROVER)],
    "whose words another changed a little": [("save", APPROVER), ("change and submit", AUTHOR)],
    "who changed another's a little": [("save", AUTHOR), ("change and submit", APPROVER)],
}


@pytest.mark.parametrize("hands", HANDS.values(), ids=HANDS)
def test_nobody_approves_or_returns_words_in_which_they_have_had_a_hand(store, hands):
    number = 0
    for what, actor in hands:
        written = BETTER if "change" in what else FIRST
        if "submit" in what:
            stands = submit(store, written, based_on=number, actor=actor)
        else:
            save(store, written, based_on=number, actor=actor)
        number = signoff.standing(store, KEY).newest.number
    assert not signoff.may_review(stands, APPROVER)
    for refused in (approve, send_back):
        with pytest.raises(SignOffError, match="Test approver has had a hand in these words"):
            refused(store, stands.newest)
    assert signoff.may_review(stands, SECOND_APPROVER)
    assert approve(store, stands.newest, actor=SECOND_APPROVER).state is State.APPROVED


def test_who_wrote_what_was_approved_before_may_approve_what_another_writes_now(store):
    approve(store, submit(store, actor=APPROVER).newest, actor=SECOND_APPROVER)
    waits = submit(store, BETTER, based_on=1, token="press 2")
    assert approve(store, waits.newest, token="approve 2").state is State.APPROVED


def test_words_that_changed_since_they_were_read_are_not_approved(store):
    read = submit(store).newest
    waits = submit(store, BETTER, based_on=1, token="press 2")
    for refused in (approve, send_back):
        with pytest.raises(SignOffError, match="Test author has changed this narrative since"):
            refused(store, read)
    assert signoff.standing(store, KEY) == waits


def test_another_text_under_the_same_number_is_not_approved(store):
    read = submit(store).newest
    with pytest.raises(SignOffError, match="has changed this narrative since you read it"):
        approve(store, replace(read, words=BETTER))


def test_words_that_have_been_dealt_with_say_who_did_it(store):
    read = submit(store).newest
    approve(store, read)
    with pytest.raises(SignOffError, match=r"does not wait for approval\. Test approver has appr"):
        approve(store, read, actor=SECOND_APPROVER, token="later")
    with pytest.raises(SignOffError, match=r"does not wait for approval\. Test approver has appr"):
        send_back(store, read, actor=SECOND_APPROVER, token="later")


@pytest.mark.parametrize("reason", ["", " \n", "\x00"])
def test_a_return_needs_a_reason(store, reason):
    waits = submit(store)
    with pytest.raises(SignOffError, match="a return needs a reason"):
        send_back(store, waits.newest, reason)
    assert signoff.standing(store, KEY) == waits


def test_a_reason_of_2000_characters_is_kept_and_a_longer_one_is_refused_whole(store):
    waits = submit(store)
    with pytest.raises(SignOffError, match="has 2,001 characters, and the most is 2,000"):
        send_back(store, waits.newest, "x" * 2_001)
    assert send_back(store, waits.newest, "x" * 2_000).returned.reason == "x" * 2_000


CHANGES = {
    "the value": (
        {"said": "94.4%", "of": "17 of 18"},
        "The figure was 95.8% when this was written; it is now 94.4%.",
    ),
    "counts behind the same value": (
        {"of": "46 of 48"},
        "The figure was 23 of 24 when this was written; it is now 46 of 48.",
    ),
    "no value any more": (
        {"said": "not loaded", "of": ""},
        "The figure was 95.8% when this was written; it is now not loaded.",
    ),
    "the target and so the rating": (
        {"target": "Target 97% or more", "rating": "Close to target"},
        "It was “Target 90% or more” when this was written; it is now “Target 97% or more”. "
        "It stood as “On target”; it is now “Close to target”.",
    ),
    "an earlier month": (
        {"earlier": (Earlier(month=date(2024, 10, 1), said="90.2%"),)},
        "October 2024 was 91.0% when this was written; it is now 90.2%.",
    ),
}


@pytest.mark.parametrize(("change", "says"), CHANGES.values(), ids=CHANGES)
def test_words_are_not_approved_for_a_figure_that_has_moved(store, change, says):
    waits = submit(store)
    now = replace(FIGURE, **change)
    assert " ".join(narrative.moved(FIGURE, now)) == says
    with pytest.raises(SignOffError) as refused:
        approve(store, waits.newest, figure=now)
    assert str(refused.value) == (
        f"{says} Return it, so that the author can write to the new figure."
    )
    assert signoff.standing(store, KEY) == waits


def test_a_figure_that_stands_has_not_moved_however_its_numbers_are_written(store):
    assert narrative.moved(FIGURE, narrative.Figure.of_text(FIGURE.text)) == ()


def test_the_same_words_may_be_submitted_again_for_the_figure_as_it_is_now(store):
    send_back(store, submit(store).newest)
    waits = submit(store, based_on=1, figure=MOVED, token="press 2")
    assert (waits.newest.number, waits.newest.figure) == (2, MOVED)
    assert approve(store, waits.newest, figure=MOVED).approved.figure == MOVED


def test_approved_words_keep_the_figure_that_they_were_approved_with(store):
    approve(store, submit(store).newest)
    save_later = signoff.standing(store, KEY)
    assert save_later.approved.figure == FIGURE
    assert narrative.moved(save_later.approved.figure, MOVED)


def test_a_press_whose_answer_was_lost_may_be_repeated(store):
    waits = submit(store)
    assert submit(store) == waits
    back = send_back(store, waits.newest)
    assert send_back(store, waits.newest) == back
    assert submit(store) == back  # the first press again: answered already, and since returned
    waits = submit(store, BETTER, based_on=1, token="press 2")
    done = approve(store, waits.newest)
    assert approve(store, waits.newest) == done


def test_a_month_s_narratives_are_known_together(store):
    october = replace(KEY, month=date(2024, 10, 1))
    elsewhere = replace(KEY, authority="312")
    area = replace(KEY, service_area="Assessment")
    for key in (october, elsewhere, area):
        signoff.submit(store, AUTHOR, key, FIRST, based_on=0, figure=FIGURE, release="r", token="t")
    waits = submit(store)
    found = signoff.standings(store, authority="311", month=KEY.month)
    assert found == {KEY: waits, area: signoff.standing(store, area)}


def test_every_step_is_dated_by_the_store_s_clock(path):
    moment = datetime(2024, 12, 11, 9, 30, tzinfo=UTC)
    store = replace(stores.at(path), clock=lambda: moment)
    done = approve(store, submit(store).newest)
    assert {one.at for one in done.trail} == {moment}
    assert done.approved.saved_at == moment
    store.engine.dispose()


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        (datetime(2024, 7, 31, 22, 59, tzinfo=UTC), date(2024, 7, 31)),
        (datetime(2024, 7, 31, 23, 0, tzinfo=UTC), date(2024, 8, 1)),  # summer time
        (datetime(2024, 12, 31, 23, 59, tzinfo=UTC), date(2024, 12, 31)),
    ],
)
def test_today_is_the_day_in_the_council(path, moment, today):
    store = replace(stores.at(path), clock=lambda: moment)
    assert store.today() == today
    store.engine.dispose()


def test_a_locked_store_says_what_became_of_the_press(path):
    store = stores.at(path)
    waits = submit(store)
    with stores.locked(path):
        with pytest.raises(StoreError, match=r"busy.*Nothing has been approved\."):
            approve(store, waits.newest)
        with pytest.raises(StoreError, match=r"busy.*Nothing has been returned\."):
            send_back(store, waits.newest)
        with pytest.raises(StoreError, match=r"busy.*Your text is still in the box\."):
            submit(store, BETTER, based_on=1, token="press 2")
    assert signoff.standing(store, KEY) == waits
    store.engine.dispose()


EVERYONE = (VISITOR, LEADER, AUTHOR, APPROVER, MANAGER, ANALYST)
WRITERS = (AUTHOR, APPROVER, MANAGER, ANALYST)
MAY = {
    "submit": (WRITERS, lambda store, actor, _: submit(store, BETTER, based_on=1, actor=actor)),
    "approve": (
        (APPROVER, ANALYST),
        lambda store, actor, waits: approve(store, waits.newest, actor=actor),
    ),
    "send_back": (
        (APPROVER, ANALYST),
        lambda store, actor, waits: send_back(store, waits.newest, actor=actor),
    ),
    "standing": (EVERYONE, lambda store, _actor, _: signoff.standing(store, KEY)),
    "standings": (
        EVERYONE,
        lambda store, _actor, _: signoff.standings(store, authority="311", month=KEY.month),
    ),
    "writers": (EVERYONE, lambda _store, _actor, waits: signoff.writers(waits)),
    "may_review": (EVERYONE, lambda _store, actor, waits: signoff.may_review(waits, actor)),
}


def test_every_function_of_sign_off_says_who_may_call_it():
    public = [
        name
        for name, function in inspect.getmembers(signoff, inspect.isfunction)
        if function.__module__ == signoff.__name__ and not name.startswith("_")
    ]
    assert sorted(MAY) == sorted(public)


@pytest.mark.parametrize("actor", EVERYONE, ids=lambda actor: actor.name)
@pytest.mark.parametrize("name", MAY)
def test_those_who_may_write_submit_and_those_who_may_approve_decide(store, name, actor):
    waits = submit(store, actor=SECOND_AUTHOR)
    able, call = MAY[name]
    if actor in able:
        call(store, actor, waits)
        return
    with pytest.raises(AccessError, match=f"{actor.name} may not"):
        call(store, actor, waits)
    assert signoff.standing(store, KEY) == waits
