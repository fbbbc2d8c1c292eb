"""A month's round: which narratives it asks for, how far each has come, and whose turn it is."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kpi import cards, drafts, figures, needs, revisions, rounds, signoff
from kpi.access import Actor, Role
from kpi.basis import Basis
from kpi.narrative import Key
from kpi.needs import Need
from kpi.organisation import Place
from kpi.signoff import State
from tests import facts, made_up, stores
from tests.made_up import ASSESSMENTS, CONFERENCES, DISTANCE
from tests.stores import words

SEPTEMBER, OCTOBER, NOVEMBER = (date(2024, month, 1) for month in (9, 10, 11))
ANN, CAT = (Actor(name=name, roles=frozenset({Role.AUTHOR})) for name in ("Ann", "Cat"))
BOB, DAN = (Actor(name=name, roles=frozenset({Role.APPROVER})) for name in ("Bob", "Dan"))
WHOLE = Place(authority="311")
NORTH = Place(authority="311", service_area="North")

NARRATIVES = """\
indicator,service_area,from_month,until_month,owner,author,approver,due_working_day
assessments_within_45_days,,2024-01,,Head of Assessment,Ann,Bob,8
icpc_within_15_days,,2024-01,,Head of Safeguarding,Ann,Bob,10
placed_over_20_miles,,2024-01,,Head of Care,Cat,Dan,6
assessments_within_45_days,North,2024-01,,Head of Assessment,Ann,Bob,6
assessments_within_45_days,Old,2024-01,,Head of Assessment,Ann,Bob,6
assessments_within_45_days,Elsewhere,2024-01,,Head of Assessment,Ann,Bob,6
dental_checks,,2024-01,,Head of Care,Cat,Dan,6
"""

# Assessments fall short, conferences are newly on target, distance stays on target. Old ended in
# August, nobody has ever heard of Elsewhere, and dental checks are not in the release.
SUMS = {
    (ASSESSMENTS, OCTOBER, "North"): (46, 50),  # 92%: met
    (ASSESSMENTS, NOVEMBER, "North"): (43, 50),  # 86%: close
    (CONFERENCES, OCTOBER, "North"): (17, 20),  # 85%: close
    (CONFERENCES, NOVEMBER, "North"): (19, 20),  # 95%: met
    (DISTANCE, OCTOBER, "North"): (15, 100),
    (DISTANCE, NOVEMBER, "North"): (16, 100),  # exactly on target
}
TARGETS = [
    facts.target("90", "85"),
    facts.target("90", "80", indicator=facts.INDICATORS[CONFERENCES]),
    facts.target("16", "20", indicator=facts.LOWER),
]


def key(indicator: str, service_area: str | None = None) -> Key:
    return Key(indicator=indicator, month=NOVEMBER, authority="311", service_area=service_area)


@pytest.fixture
def release():
    return made_up.release(
        SUMS,
        first=OCTOBER,
        last=NOVEMBER,
        targets=TARGETS,
        teams=[made_up.team("North"), made_up.team("Old", until="2024-09-01")],
    )


@pytest.fixture
def store(tmp_path):
    return on("2024-12-10", stores.at(tmp_path / "store.sqlite"))


@pytest.fixture(autouse=True)
def reference(reference_of):
    return reference_of(NARRATIVES)


def on(day: str, store):
    """Return the store with its clock at noon of a day."""
    moment = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
    return replace(store, clock=lambda: moment)


def build(store, release, month=NOVEMBER, basis=Basis.MONTH):
    return rounds.build(
        store,
        release,
        authority="311",
        month=month,
        cards_at=lambda place: cards.build(release, place, month, basis),
    )


def only(month: rounds.Round, about: Key) -> rounds.Item | None:
    return next((item for item in month.items if item.key == about), None)


def figure(release, about: Key):
    place = Place(authority=about.authority, service_area=about.service_area)
    built = cards.build(release, place, about.month)
    return figures.of(next(card for card in built if card.indicator.id == about.indicator))


def submit(store, release, about, actor=ANN, text="Late", based_on=0):
    """Submit words, and return where the narrative then stands."""
    return signoff.submit(
        store,
        actor,
        about,
        words(text),
        based_on=based_on,
        figure=figure(release, about),
        release="made up",
        token=f"{text} by {actor.name}",
    )


def send_back(store, about, stands, actor=BOB):
    return signoff.send_back(
        store,
        actor,
        about,
        revision=stands.newest.number,
        seal=stands.newest.seal,
        reason="Say by when",
        token="back",
    )


def approve(store, release, about, stands, actor=BOB):
    return signoff.approve(
        store,
        actor,
        about,
        revision=stands.newest.number,
        seal=stands.newest.seal,
        figure=figure(release, about),
        token="yes",
    )


def listed(items) -> list[tuple[str, str]]:
    return [(item.key.indicator, item.key.service_area or "") for item in items]


# What the last months were, and what is asked about the last of them. The target is 90, the floor
# 85, and higher is better; None is a month that was not loaded.
NEEDS = [
    (("84", "84"), Need.REQUIRED, "off target 2 months running or more"),
    (("86", "84"), Need.REQUIRED, "newly off target"),
    (("84", "86"), Need.REQUIRED, "newly close to target"),
    (("84",), Need.REQUIRED, "off target"),
    ((None, "86"), Need.REQUIRED, "close to target"),
    (("86", "90"), Need.REQUIRED, "newly on target"),
    (("84", None, "92"), Need.REQUIRED, "newly on target"),  # nobody has said so yet
    (("92", None, "92"), Need.OPTIONAL, "on target"),
    (("91", "90"), Need.OPTIONAL, "on target 2 months running or more"),
    (("92",), Need.OPTIONAL, "on target"),
    (("84", None), Need.REQUIRED, "no figure: not loaded"),
    (("84", None, None), Need.OPTIONAL, "no figure: not loaded"),  # it was asked the month before
    ((None,), Need.OPTIONAL, "no figure: not loaded"),
]


@pytest.mark.parametrize(("values", "need", "why"), NEEDS)
def test_a_figure_short_of_its_target_or_newly_rated_must_be_written_about(values, need, why):
    card = facts.card(*values, targets=(facts.target("90", "85"),))

    assert needs.of(card) == (need, why)


def test_a_target_that_rises_in_april_asks_for_words_though_the_figure_stands():
    targets = (facts.target("85", "80"), facts.target("90", "85", since="2024-04"))
    card = facts.card("88", "88", targets=targets, month=date(2024, 4, 1))

    assert needs.of(card) == (Need.REQUIRED, "newly close to target")


def test_a_figure_without_a_target_need_not_be_written_about():
    assert needs.of(facts.card("280", "300", indicator=facts.NEITHER)) == (
        Need.OPTIONAL,
        "no target",
    )


def test_a_month_without_cases_need_not_be_written_about(release):
    """South was off target in October and had no assessment in November."""
    release.connection.execute(
        "insert into measure select indicator, month, authority, 'South', 'South team', 'South', "
        "'South team', 1, 2 from measure where indicator = ? and month = ?",
        [ASSESSMENTS, OCTOBER],
    )
    release.teams.append(made_up.team("South"))
    built = cards.build(release, replace(NORTH, service_area="South"), NOVEMBER)
    (card,) = (one for one in built if one.indicator.id == ASSESSMENTS)

    assert needs.of(card) == (Need.OPTIONAL, "no figure: no cases")


def test_a_round_asks_for_what_is_assigned_where_the_place_stood(store, release):
    november = build(store, release)

    assert [
        (item.key.indicator, item.key.service_area, item.need, item.why, item.due)
        for item in november.items
    ] == [
        (ASSESSMENTS, None, Need.REQUIRED, "newly close to target", date(2024, 12, 11)),
        (CONFERENCES, None, Need.REQUIRED, "newly on target", date(2024, 12, 13)),
        (
            DISTANCE,
            None,
            Need.OPTIONAL,
            "on target 2 months running or more",
            date(2024, 12, 9),
        ),
        (ASSESSMENTS, "North", Need.REQUIRED, "newly close to target", date(2024, 12, 9)),
    ]
    assert {item.state for item in november.items} == {State.NOT_STARTED}
    assert november.progress().said == "0 of 3 narratives approved"
    assert november.progress(NORTH).said == "0 of 1 narrative approved"


def test_a_round_is_about_single_months(store, release):
    with pytest.raises(ValueError, match="one month's figure"):
        build(store, release, basis=Basis.YEAR_TO_DATE)


@pytest.mark.parametrize(
    ("day", "overdue"),
    [
        ("2024-12-09", []),  # its last day is still in time
        ("2024-12-10", [(ASSESSMENTS, "North")]),
        ("2024-12-12", [(ASSESSMENTS, ""), (ASSESSMENTS, "North")]),
        ("2024-12-31", [(ASSESSMENTS, ""), (CONFERENCES, ""), (ASSESSMENTS, "North")]),
    ],
)
def test_what_is_required_is_overdue_from_the_day_after(store, release, day, overdue):
    november = build(on(day, store), release)

    assert listed(one for one in november.items if one.overdue(november.today)) == overdue


def test_an_authors_list_has_what_was_returned_first_then_overdue_then_due(store, release):
    stands = submit(store, release, key(CONFERENCES))
    send_back(store, key(CONFERENCES), stands)
    november = build(store, release)

    assert listed(november.mine(ANN)) == [
        (CONFERENCES, ""),
        (ASSESSMENTS, "North"),  # the 9th is over
        (ASSESSMENTS, ""),  # due tomorrow
    ]
    assert november.mine(ANN)[0].returned == "Say by when"
    assert november.mine(CAT) == []
    assert listed(november.offered(CAT)) == [(DISTANCE, "")]


def test_a_private_draft_makes_it_a_draft_and_lists_it_for_whoever_types(store, release):
    for about in (key(DISTANCE), key(ASSESSMENTS)):
        drafts.keep(store, CAT, about, words("So far"), based_on=0, figure=None)
    november = build(store, release)

    assert only(november, key(DISTANCE)).state is State.DRAFT
    assert only(november, key(DISTANCE)).begun == {"Cat"}
    assert november.said(WHOLE) == {
        ASSESSMENTS: "Draft",
        CONFERENCES: "Not started",
        DISTANCE: "Draft",
    }
    assert listed(november.mine(CAT)) == [(ASSESSMENTS, ""), (DISTANCE, "")]
    assert listed(november.mine(ANN)) == [
        (ASSESSMENTS, "North"),
        (ASSESSMENTS, ""),
        (CONFERENCES, ""),
    ]
    assert november.offered(CAT) == []


def test_whose_turn_it_is_goes_from_author_to_approver_and_back(store, release):
    about = key(ASSESSMENTS)

    def turn() -> tuple[State, str]:
        item = only(build(store, release), about)
        return item.state, item.waits_for

    assert turn() == (State.NOT_STARTED, "Ann")
    stands = submit(store, release, about)
    assert turn() == (State.SUBMITTED, "Bob")
    send_back(store, about, stands)
    assert turn() == (State.RETURNED, "Ann")
    stands = submit(store, release, about, text="By March", based_on=1)
    assert turn() == (State.SUBMITTED, "Bob")
    approve(store, release, about, stands)
    assert turn() == (State.APPROVED, "")
    assert only(build(store, release), key(DISTANCE)).waits_for == ""  # nothing has to be said


def test_an_approver_is_shown_what_they_are_asked_to_approve_first(store, release):
    submit(store, release, key(ASSESSMENTS))
    submit(store, release, key(ASSESSMENTS, "North"))
    submit(store, release, key(DISTANCE), CAT)
    november = build(store, release)

    assert listed(november.waiting_for(BOB)) == [
        (ASSESSMENTS, "North"),
        (ASSESSMENTS, ""),
        (DISTANCE, ""),
    ]
    assert listed(november.waiting_for(DAN))[0] == (DISTANCE, "")
    assert november.waiting_for(ANN) == []
    assert november.progress().submitted == 2
    assert november.progress().more == "2 wait for approval · 1 is still to be submitted"


def test_an_approver_who_wrote_the_words_is_not_the_one_they_wait_for(store, release):
    submit(store, release, key(ASSESSMENTS), BOB)
    november = build(store, release)

    assert only(november, key(ASSESSMENTS)).waits_for == rounds.ANYBODY
    assert november.waiting_for(BOB) == []
    assert listed(november.waiting_for(DAN)) == [(ASSESSMENTS, "")]


def test_what_nobody_was_asked_to_write_is_reviewed_all_the_same(store, release):
    about = key(CONFERENCES, "North")
    submit(store, release, about, CAT)
    item = only(build(store, release), about)

    assert (item.need, item.why, item.due) == (Need.OPTIONAL, "nobody is asked to", None)
    assert (item.author, item.waits_for) == ("Cat", rounds.ANYBODY)
    assert listed(build(store, release).waiting_for(BOB)) == [(CONFERENCES, "North")]


def test_words_that_were_taken_back_ask_for_others(store, release):
    about = key(CONFERENCES, "North")
    submit(store, release, about, CAT)
    revisions.save(
        store, CAT, about, words(), based_on=1, figure=None, release="made up", token="none"
    )
    assert only(build(store, release), about) is None


def test_progress_counts_what_is_required_and_says_what_else_was_approved(store, release):
    for about in (key(ASSESSMENTS), key(DISTANCE)):
        approve(store, release, about, submit(store, release, about))
    progress = build(store, release).progress()

    assert (progress.required, progress.approved, progress.optional, progress.all) == (3, 1, 1, 4)
    assert progress.said == "1 of 3 narratives approved"
    assert progress.more == "2 are still to be submitted · 1 more that was not required"


def test_what_is_approved_stays_so_while_new_words_are_begun(store, release):
    about = key(ASSESSMENTS)
    approve(store, release, about, submit(store, release, about))
    revisions.save(
        store,
        ANN,
        about,
        words("Better"),
        based_on=1,
        figure=figure(release, about),
        release="made up",
        token="save",
    )
    built = build(on("2024-12-31", store), release)
    item = only(built, about)
    assert (item.state, item.unwritten, item.overdue(date(2024, 12, 31))) == (
        State.DRAFT,
        False,
        False,
    )
    assert (built.progress(WHOLE).approved, built.progress(WHOLE).submitted) == (1, 0)
    assert built.said(WHOLE)[ASSESSMENTS] == "Approved"  # as the card says it
    submit(store, release, about, text="Better", based_on=2)
    again = build(store, release).progress(WHOLE)
    assert (again.approved, again.submitted) == (1, 0)  # not counted twice


def test_a_later_release_asks_the_author_again_when_the_figure_has_moved(store, release):
    about = key(ASSESSMENTS)
    approve(store, release, about, submit(store, release, about))
    restated = made_up.release(
        SUMS | {(ASSESSMENTS, NOVEMBER, "North"): (42, 50)},
        first=OCTOBER,
        last=NOVEMBER,
        targets=TARGETS,
        teams=[made_up.team("North")],
    )
    november = build(store, restated)
    item = only(november, about)

    assert only(build(store, release), about).stale == ()
    assert item.stale == (
        "The figure was 86.0% when this was written; it is now 84.0%.",
        "It stood as “Close to target”; it is now “Off target”.",
    )
    assert (item.state, item.waits_for) == (State.APPROVED, "Ann")
    assert listed(november.mine(ANN))[-1] == (ASSESSMENTS, "")
    assert (
        november.progress().more
        == "2 are still to be submitted · 1 was approved for another figure"
    )


def test_a_month_in_which_a_table_was_not_loaded_asks_why_there_is_no_figure(store):
    release = made_up.release(
        {name: sums for name, sums in SUMS.items() if name[:2] != (CONFERENCES, NOVEMBER)},
        first=OCTOBER,
        last=NOVEMBER,
        targets=TARGETS,
        teams=[made_up.team("North")],
        not_loaded=[(CONFERENCES, NOVEMBER)],
    )
    item = only(build(store, release), key(CONFERENCES))

    assert (item.need, item.why) == (Need.REQUIRED, "no figure: not loaded")


def test_an_ended_service_area_is_written_about_for_the_months_in_which_it_stood(store):
    release = made_up.release(
        {
            (ASSESSMENTS, date(2024, 8, 1), "Old"): (8, 10),
            (ASSESSMENTS, SEPTEMBER, "North"): (9, 10),
        },
        first=date(2024, 8, 1),
        last=SEPTEMBER,
        targets=TARGETS,
        teams=[made_up.team("Old", until="2024-09-01"), made_up.team("North", since="2024-09-01")],
    )
    august, september = (build(store, release, month) for month in (date(2024, 8, 1), SEPTEMBER))

    assert listed(august.items) == [(ASSESSMENTS, ""), (ASSESSMENTS, "Old")]
    assert listed(september.items) == [(ASSESSMENTS, ""), (ASSESSMENTS, "North")]


def test_visitors_to_the_demonstration_stand_in_the_middle_of_its_last_round():
    now = rounds.demonstration_clock(NOVEMBER)()
    then = datetime.now(UTC)

    assert now.astimezone(rounds.LONDON).date() == date(2024, 12, 11)  # the 8th working day
    assert now.tzinfo is not None
    assert abs(now.minute - then.minute) in (0, 1, 59)  # at the real time of day
