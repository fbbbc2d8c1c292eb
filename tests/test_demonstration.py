"""The demonstration's year of narratives: invented words about its own figures, by every rule."""

import re
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from kpi import (
    access,
    calendar,
    cards,
    catalogue,
    demonstration,
    figures,
    promise_ledger,
    proofing,
    quality,
    releases,
    rounds,
    signoff,
    targets,
)
from kpi import revisions as histories
from kpi.demo import narratives as invented
from kpi.evidence import gather
from kpi.narrative import Key
from kpi.organisation import Place
from kpi.promises import Outcome
from kpi.signoff import State, Step
from kpi.store import LONDON, revisions
from tests import packs, stores, years
from tests.packs import MONTHS, NOVEMBER, OCTOBER

AUTHORITY = "311"
YEAR = calendar.months_between(date(2023, 12, 1), NOVEMBER)
PEOPLE = {person.name.partition(" (")[0]: person for person in access.DEMONSTRATION}


@pytest.fixture(scope="module")
def published(pack):
    """Every release of the pack, the oldest first."""
    return [releases.open_release(pack.folder(month)) for month in MONTHS]


@pytest.fixture(scope="module")
def store(tmp_path_factory, published):
    """A store with the year in it, on the day on which visitors come."""
    store = stores.at(tmp_path_factory.mktemp("demonstration") / "store.sqlite")
    demonstration.write(store, published, authority=AUTHORITY)
    return years.at(store, rounds.demonstration_clock(NOVEMBER)())


def build(store, release, month):
    return rounds.build(
        store,
        release,
        authority=AUTHORITY,
        month=month,
        cards_at=lambda place: cards.build(release, place, month),
    )


@pytest.fixture(scope="module")
def round_now(store, published):
    """The round of November, which is half done."""
    return build(store, published[-1], NOVEMBER)


@pytest.fixture(scope="module")
def saved(store):
    with store.reading() as rows:
        return rows.find(revisions, {})


def test_every_figure_in_it_is_the_one_that_was_published_then(saved, published):
    """A narrative of September is about the figures of September's release, and so on."""
    named = {release.name: release for release in published}
    built = {}
    for row in saved:
        release = named[row["release"]]
        assert release.extract_month == max(row["month"], MONTHS[0])
        place = Place(authority=AUTHORITY, service_area=row["service_area"] or None)
        where = (release.name, place, row["month"])
        if where not in built:
            cards_there = cards.build(release, place, row["month"])
            built[where] = {card.indicator.id: figures.of(card).text for card in cards_there}
        assert row["figure"] == built[where][row["indicator"]]
    assert {row["month"] for row in saved} == set(YEAR)


def test_quality_visibly_improves_over_the_year(store, published):
    found = quality.build(
        store,
        published[-1],
        authority=AUTHORITY,
        months=YEAR[:-1],
        cards_at=lambda place: cards.build(published[-1], place, NOVEMBER),
    )
    first = quality.total(found.in_month(month) for month in YEAR[:3])
    last = quality.total(found.in_month(month) for month in YEAR[-4:-1])
    for name, before in first.shares.items():
        now = last.shares[name]
        assert now.count / now.of > before.count / before.of + 0.05, name
    assert last.shares["Approved"].count > 0.75 * last.required


def test_novembers_round_is_half_done(round_now):
    states = Counter(item.state for item in round_now.items if item.need == "Required")

    assert states[State.APPROVED] >= 4
    assert states[State.SUBMITTED] >= 3
    assert states[State.RETURNED] == 1
    assert states[State.DRAFT] >= 2
    assert states[State.NOT_STARTED] >= 3
    assert any(item.overdue(round_now.today) for item in round_now.items)
    assert any(item.due and item.due > round_now.today for item in round_now.items)


@pytest.mark.parametrize("name", ["Morgan Ellis", "Sam Okafor"])
def test_each_author_has_something_to_write(round_now, name):
    mine = round_now.mine(PEOPLE[name])

    assert len(mine) >= 3
    assert any(item.overdue(round_now.today) for item in mine)


@pytest.mark.parametrize("name", ["Helen Marsh", "Tunde Adeyemi"])
def test_something_waits_for_each_approver(round_now, name):
    assert any(item.waits_for == PEOPLE[name].name for item in round_now.waiting_for(PEOPLE[name]))


def test_an_author_finds_what_was_returned_at_the_top_with_the_reason(round_now):
    first = round_now.mine(PEOPLE["Sam Okafor"])[0]

    assert first.state is State.RETURNED
    assert first.returned.endswith((".", "?"))


def test_what_the_trail_says_was_questioned_is_what_a_page_questions(store, published, round_now):
    cards_at = cache(lambda place: cards.build(published[-1], place, NOVEMBER))
    compared = set()
    for item in round_now.items:
        october = signoff.standing(store, replace(item.key, month=OCTOBER))
        texts = {one.number: one.words for one in histories.history(store, item.key)}
        for event in item.standing.trail:
            if event.step is Step.SUBMITTED:
                evidence = gather(
                    published[-1],
                    item.card,
                    cards_at=cards_at,
                    before=october.shown,
                    today=event.at.astimezone(LONDON).date(),
                )
                found = proofing.remarks(texts[event.revision], evidence)
                assert event.remarks == proofing.kinds(found), item.key
                compared |= {event.remarks}
    assert len(compared) > 1  # some were questioned, and some were not


def test_the_figure_of_something_approved_has_moved_since(store, published):
    october = build(store, published[-1], OCTOBER)
    moved = [item for item in october.items if item.stale]

    assert moved
    assert all("when this was written; it is now" in said for item in moved for said in item.stale)


def test_promises_were_kept_missed_and_moved_and_some_are_open(store, published):
    book = promise_ledger.ledger(store, published[-1], authority=AUTHORITY)
    for kind in ("action", "recovery"):
        came = Counter(one.outcome for one in book.promises if one.kind == kind)
        assert min(came[outcome] for outcome in Outcome) >= 3, (kind, came)
    assert any(one.waits and one.outcome is Outcome.MISSED for one in book.promises)
    assert any("late" in one.came for one in book.promises)


def test_nothing_happens_after_the_day_on_which_visitors_come(store, saved):
    today = store.today()
    assert max(row["saved_at"] for row in saved).date() < today
    for month in YEAR:
        for stands in signoff.standings(store, authority=AUTHORITY, month=month).values():
            moments = [event.at for event in stands.trail]
            assert moments == sorted(moments)
            assert moments[-1].date() < today


def test_some_were_returned_and_nobody_has_approved_their_own(store):
    steps = Counter()
    for month in YEAR:
        for stands in signoff.standings(store, authority=AUTHORITY, month=month).values():
            steps += Counter(event.step for event in stands.trail)
            wrote = {event.who for event in stands.trail if event.step is Step.SUBMITTED}
            approved = {event.who for event in stands.trail if event.step is Step.APPROVED}
            assert not wrote & approved
    assert steps[Step.RETURNED] >= 20


def test_authors_say_something_else_from_month_to_month(saved):
    """No more than a few say the same: what is careless is meant to be repeated."""
    reasons = Counter(row["why"] for row in saved if row["actions_promised"] != "[]")

    assert len(reasons) > 60
    assert max(reasons.values()) <= 8


def test_it_is_not_written_over_what_somebody_wrote(data, tmp_path, pack):
    packs.copy(pack.published, data)
    store = stores.at(data / "store.sqlite")
    key = Key(indicator="agency_rate", month=NOVEMBER, authority=AUTHORITY)
    signoff.submit(
        store,
        stores.AUTHOR,
        key,
        stores.words("Mine"),
        based_on=0,
        figure=stores.FIGURE,
        release="r",
        token="t",
    )
    assert not demonstration.untouched(store)
    assert packs.run("ready")[0] == 0
    with store.reading() as rows:
        assert [row["figures"] for row in rows.find(revisions, {})] == ["Mine"]


# The sentences themselves


def sentences():
    """Yield every sentence that is said with care: where it stands, and its text."""
    for name, told in tomllib.loads(invented.FILE.read_text(encoding="utf-8")).items():
        if name not in ("careless", "answers", "returned"):
            for part, several in told.items():
                for one in several:
                    yield f"{name} {part}", one if isinstance(one, str) else one["text"]


def test_there_are_words_for_every_figure_that_somebody_is_asked_about():
    told = tomllib.loads(invented.FILE.read_text(encoding="utf-8"))
    indicators = catalogue.read_all()

    assert {one.indicator for one in targets.read(indicators)} <= told.keys()
    for indicator in indicators:
        if indicator in told:
            several = told[indicator]
            assert several.keys() == {"why", "met", "doing", "difference", "actions"}
            assert all(one.count("; ") == 1 for one in several["actions"])


def test_no_sentence_holds_a_number_or_a_name():
    names = {part for person in PEOPLE for part in person.split()} - {"Director"}
    for where, text in sentences():
        assert not re.search(r"\d", text), where
        assert not names & set(re.findall(r"\w+", text)), where


def test_luck_is_evenly_spread_and_always_the_same():
    drawn = [invented.luck("month", number) for number in range(1000)]

    assert drawn == [invented.luck("month", number) for number in range(1000)]
    assert 0 <= min(drawn) < 0.01
    assert 0.99 < max(drawn) < 1
    assert sum(one < 0.5 for one in drawn) in range(450, 550)
