"""Any sequence of what people can do to a narrative, alone and at once, held to three promises.

No acknowledged words are lost, nobody approves what they have not read, and nobody their own.
"""

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial

import hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kpi import drafts, revisions, signoff
from kpi.access import Actor, Role
from kpi.errors import KpiError
from kpi.narrative import Key
from kpi.signoff import State, Step
from tests.stores import FIGURE, words

AUTHORS = [Actor(name=name, roles=frozenset({Role.AUTHOR})) for name in ("Ann", "Bea")]
APPROVERS = [Actor(name=name, roles=frozenset({Role.APPROVER})) for name in ("Cay", "Dot")]
LEADER = Actor(name="Eve", roles=frozenset({Role.LEADER}))
EVERYONE = [*AUTHORS, *APPROVERS, LEADER]

people = st.sampled_from(EVERYONE)
reviewers = st.sampled_from([*APPROVERS, AUTHORS[0]])
sayings = st.sampled_from(["", "Two chairs were away.", "A chair was away.", "Bookings ran late."])
numbers = itertools.count(1)

WAITING = (State.NOT_STARTED, State.DRAFT, State.RETURNED)  # from which it may be submitted


class Round(RuleBasedStateMachine):
    """One narrative, five people with a page of it each, and releases that move its figure.

    The machine keeps its own account of what was acknowledged, and says before each press what
    must come of it. It never asks the store for anything but to compare.
    """

    def __init__(self, store) -> None:
        super().__init__()
        self.store = store

    @initialize()
    def begin(self):
        self.key = Key(
            indicator=f"indicator_{next(numbers)}", month=date(2024, 11, 1), authority="311"
        )
        self.figure = FIGURE
        self.state = State.NOT_STARTED
        self.kept = []  # what each revision says, and its figure, from the first on
        self.acts = []  # (who, step, number), of what changed something
        self.drafts = {}
        self.pages = {actor: (signoff.NOTHING, FIGURE) for actor in EVERYONE}
        self.read = {actor.name: set() for actor in EVERYONE}  # the revisions each has had open
        self.lost = None

    # What people do. Each says first what must come of it.

    @rule(actor=people)
    def opens_the_page(self, actor):
        stands = signoff.standing(self.store, self.key)
        self.pages[actor] = (stands, self.figure)
        if stands.newest:
            self.read[actor.name].add(stands.newest.number)

    @rule(actor=people, said=sayings)
    def types(self, actor, said):
        stands, figure = self.pages[actor]
        typed = words(why=said)
        number = stands.newest.number if stands.newest else 0
        before = drafts.mine(self.store, actor, self.key)
        answer = self.answer(
            lambda: drafts.keep(
                self.store,
                actor,
                self.key,
                typed,
                based_on=number,
                figure=figure,
                seen=before and before.saved_at,
            )
        )
        assert bool(answer) == (actor != LEADER)
        if answer:
            self.drafts[actor] = typed

    @rule(actor=people, said=sayings, submitting=st.booleans())
    def presses_save_or_submit(self, actor, said, submitting):
        must = self.would_be_taken(actor, said, submitting)
        press = self.press(actor, said, submitting)
        answer = self.answer(press)
        assert bool(answer) == must
        if answer:
            self.note(actor, answer, submitting)
        self.lost = press

    @rule(
        pair=st.lists(people, min_size=2, max_size=2),
        said=st.lists(sayings, min_size=2, max_size=2),
        submitting=st.booleans(),
    )
    def two_press_at_once(self, pair, said, submitting):
        presses = [
            self.press(pair[0], said[0], submitting=False),
            self.press(pair[1], said[1], submitting=submitting),
        ]
        alone = [
            self.would_be_taken(pair[0], said[0], False),
            self.would_be_taken(pair[1], said[1], submitting),
        ]
        before = len(self.kept)
        with ThreadPoolExecutor(2) as threads:
            answers = list(threads.map(self.answer, presses))
        assert any(answers) == any(alone)
        acknowledged = [
            (actor, answer, answer is answers[1] and submitting)
            for actor, answer in zip(pair, answers, strict=True)
            if answer
        ]
        # Whoever acted on the earlier revision came first; of one revision, who made it.
        for actor, answer, submitted in sorted(
            acknowledged, key=lambda one: (one[1].number, one[1].author != one[0].name)
        ):
            self.note(actor, answer, submitted)
        assert len(self.kept) <= before + 1

    @rule(
        writer=people,
        submitter=people,
        approver=reviewers,
        said=sayings,
        meanwhile=st.sampled_from(["nothing", "a release", "a save"]),
    )
    def a_round_is_walked(self, writer, submitter, approver, said, meanwhile):
        """Three of them in turn, who may be the same, and what may come between them."""
        for actor, submitting in ((writer, False), (submitter, True)):
            self.opens_the_page(actor)
            self.presses_save_or_submit(actor, said, submitting)
        self.opens_the_page(approver)
        if meanwhile == "a release":
            self.a_release_is_published("94.4%" if self.figure == FIGURE else "95.8%")
        elif meanwhile == "a save":
            self.opens_the_page(submitter)
            self.presses_save_or_submit(submitter, f"{said} And more.", submitting=True)
        self.approves(approver)

    @rule(actor=reviewers)
    def approves(self, actor):
        stands, _ = self.pages[actor]
        if not (read := stands.newest):
            return
        must = self.may_review(actor, read) and self.kept[-1][1] == self.figure
        press = partial(
            signoff.approve,
            self.store,
            actor,
            self.key,
            revision=read.number,
            seal=read.seal,
            figure=self.figure,
            token=token(),
        )
        self.reviewed(actor, press, Step.APPROVED, must)

    @rule(actor=reviewers, reason=st.sampled_from(["", "Say by when."]))
    def returns(self, actor, reason):
        stands, _ = self.pages[actor]
        if not (read := stands.newest):
            return
        must = self.may_review(actor, read) and bool(reason)
        press = partial(
            signoff.send_back,
            self.store,
            actor,
            self.key,
            revision=read.number,
            seal=read.seal,
            reason=reason,
            token=token(),
        )
        self.reviewed(actor, press, Step.RETURNED, must)

    @rule(said=st.sampled_from(["94.4%", "95.8%"]))
    def a_release_is_published(self, said):
        self.figure = replace(FIGURE, said=said)

    @precondition(lambda self: self.lost)
    @rule()
    def a_press_whose_answer_was_lost_is_repeated(self):
        before = signoff.standing(self.store, self.key)
        self.answer(self.lost)
        assert signoff.standing(self.store, self.key) == before

    # What must always be so

    @invariant()
    def every_acknowledged_word_is_there(self):
        history = revisions.history(self.store, self.key)
        assert [one.number for one in history] == list(range(1, len(history) + 1))
        assert [(one.words, one.figure) for one in history] == self.kept
        for actor in EVERYONE:
            draft = drafts.mine(self.store, actor, self.key)
            assert (draft and draft.words) == self.drafts.get(actor)

    @invariant()
    def the_trail_says_who_did_what(self):
        stands = signoff.standing(self.store, self.key)
        assert [(one.who, one.step, one.revision) for one in stands.trail] == self.acts
        assert stands.state == self.state

    @invariant()
    def only_what_somebody_else_has_read_is_approved(self):
        hands = set()
        for who, step, number in self.acts:
            if step is Step.APPROVED:
                assert who not in hands
                assert number in self.read[who]
                hands = set()
            elif step in (Step.SAVED, Step.SUBMITTED):
                hands.add(who)

    # How a press is made, what must come of it, and what is noted of it

    def press(self, actor, said, submitting):
        """Return what pressing the button on the actor's page does, each time it is pressed."""
        stands, figure = self.pages[actor]
        based_on = stands.newest.number if stands.newest else 0
        options = {"based_on": based_on, "figure": figure, "release": "r", "token": token()}
        do = signoff.submit if submitting else revisions.save
        return lambda: do(self.store, actor, self.key, words(why=said), **options)

    def answer(self, press):
        """Return the revision that a press was answered with; None where it was refused."""
        try:
            answer = press()
        except KpiError:
            return None
        return answer.newest if isinstance(answer, signoff.Standing) else answer

    def would_be_taken(self, actor, said, submitting):
        stands, figure = self.pages[actor]
        last = self.kept[-1] if self.kept else None
        if actor == LEADER or (submitting and not said):
            return False
        if last == (words(why=said), figure):
            return True
        up_to_date = (stands.newest.number if stands.newest else 0) == len(self.kept)
        takes_nothing_back = not said and (last is None or last[0].blank)
        return up_to_date and not takes_nothing_back

    def note(self, actor, answer, submitted):
        """Note what an acknowledged press has changed."""
        if answer.number > len(self.kept):
            assert answer.author == actor.name
            self.kept.append((answer.words, answer.figure))
            self.acts.append((actor.name, Step.SAVED, answer.number))
            self.state = State.NOT_STARTED if answer.blank else State.DRAFT
        if submitted and answer.number == len(self.kept) and self.state in WAITING:
            self.acts.append((actor.name, Step.SUBMITTED, answer.number))
            self.state = State.SUBMITTED
        if self.drafts.get(actor) == answer.words:
            del self.drafts[actor]

    def may_review(self, actor, read):
        return (
            actor in APPROVERS
            and self.state is State.SUBMITTED
            and read.number == len(self.kept)
            and actor.name not in self.hands()
        )

    def hands(self):
        """Return who has saved or submitted since words were last approved."""
        since = [step for _who, step, _number in self.acts]
        begins = len(since) - since[::-1].index(Step.APPROVED) if Step.APPROVED in since else 0
        return {who for who, step, _ in self.acts[begins:] if step is not Step.RETURNED}

    def reviewed(self, actor, press, step, must):
        answer = self.answer(press)
        assert bool(answer) == must
        if answer:
            self.acts.append((actor.name, step, answer.number))
            self.state = State[step.name]
        self.lost = press


def token():
    return f"press {next(numbers)}"


def test_no_sequence_loses_words_or_approves_what_was_not_read_or_one_s_own(any_store):
    run_state_machine_as_test(
        lambda: Round(any_store),
        settings=hypothesis.settings(max_examples=30, stateful_step_count=25, deadline=None),
    )
