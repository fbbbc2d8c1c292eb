"""Review: nothing is approved that was not read, and nothing that was typed is run."""

import re
from dataclasses import replace
from datetime import date

from playwright.sync_api import expect

from kpi import access, cards, figures, signoff
from kpi.narrative import PROMPTS, Action, Key, Sourced, Words
from kpi.organisation import Place
from kpi.signoff import State
from tests import stores
from tests.browser.reader import (
    APPROVER,
    AUTHOR,
    DIRECTOR,
    OTHER_APPROVER,
    SECOND_AUTHOR,
    address,
    box,
    button,
    idle,
)
from tests.browser.test_keyboard import fits
from tests.browser.test_narrative_box import HOSTILE, PICTURE
from tests.browser.test_write import goes_on, told

PEOPLE = {person.name: person for person in access.DEMONSTRATION}
PLANS, DENTAL, CARE = "plans_reviewed_on_time", "dental_checks", "care_reviews_on_time"


def key(indicator: str, month: str) -> Key:
    return Key(indicator=indicator, month=date.fromisoformat(f"{month}-01"), authority="311")


def figure(release, about: Key):
    built = cards.build(release, Place(authority="311"), about.month)
    return figures.of(next(one for one in built if one.indicator.id == about.indicator))


def submit(server, about: Key, words: Words, seen, who: str = AUTHOR, based_on: int = 0):
    return signoff.submit(
        stores.at(server.store),
        PEOPLE[who],
        about,
        words,
        based_on=based_on,
        figure=seen,
        release="2024-11",
        token=f"{about.indicator} {based_on}",
    )


def state(server, indicator: str, month: str) -> State:
    return signoff.standing(stores.at(server.store), key(indicator, month)).state


def test_words_about_another_figure_cannot_be_approved_and_say_what_moved(visit, server, november):
    about = key(DENTAL, "2024-07")
    now = figure(november, about)
    submit(server, about, stores.words("Down."), replace(now, said="61.2%", of="3 of 5"))
    page = visit(address("review", who=APPROVER, month="2024-07", about=DENTAL))
    moved = f"The figure was 61.2% when this was written; it is now {now.said}."
    expect(page.locator(".notice.stale")).to_contain_text(moved)
    expect(page.locator(".notice.stale")).to_contain_text("It cannot be approved as it stands")
    expect(button(page, "Approve")).to_be_disabled()
    expect(box(page, "Reason for a return")).to_have_value(moved)
    page.keyboard.press("Alt+b")
    told(page, "Returned: Dental checks in the year.")

    author = visit(address("write", who=AUTHOR, month="2024-07", about=DENTAL))
    expect(author.locator(".notice.stale")).to_contain_text(moved)
    button(author, "Begin with the new sentence").click()
    new = re.compile("^At 31 July 2024, the percentage of children in care .*\n\nDown\\.$")
    expect(box(author, "What the figures show")).to_have_value(new)
    expect(author.locator(".notice.stale")).to_have_count(0)


def first_of_two(visit, server, november, month: str):
    """Return Review at the first of two narratives that wait."""
    for indicator in (PLANS, DENTAL):
        about = key(indicator, month)
        submit(server, about, stores.words("Down."), figure(november, about))
    return visit(address("review", who=APPROVER, month=month, about=PLANS))


def test_a_second_press_approves_nothing_that_was_not_read_and_the_next_is_at_hand(
    visit, server, november
):
    month = "2024-06"
    page = first_of_two(visit, server, november, month)
    page.keyboard.press("Alt+a")
    page.keyboard.press("Alt+a")
    told(page, "Approved: Plans reviewed on time.")
    goes_on(page, "Children in care who have seen a dentist in the year")
    assert state(server, PLANS, month) is State.APPROVED
    assert state(server, DENTAL, month) is State.SUBMITTED
    page.keyboard.press("Alt+a")
    told(page, "Approved: Dental checks in the year.")
    goes_on(page, "Nothing waits for approval here.")
    assert state(server, DENTAL, month) is State.APPROVED


def test_a_key_held_down_approves_no_more_than_one_narrative(visit, server, november):
    month = "2024-02"
    page = first_of_two(visit, server, november, month)
    page.keyboard.down("Alt")
    page.keyboard.down("a")
    told(page, "Approved: Plans reviewed on time.")
    goes_on(page, "Children in care who have seen a dentist in the year")
    for _ in range(5):
        page.keyboard.down("a")  # with the key still down, the keyboard repeats it
    idle(page)
    page.wait_for_timeout(500)  # for what should not come
    idle(page)
    assert state(server, PLANS, month) is State.APPROVED
    assert state(server, DENTAL, month) is State.SUBMITTED
    page.keyboard.up("a")
    page.keyboard.down("a")
    told(page, "Approved: Dental checks in the year.")
    page.keyboard.up("a")
    page.keyboard.up("Alt")


def test_nobody_approves_what_they_had_a_hand_in_and_a_leader_approves_nothing(
    visit, server, november
):
    about = key(PLANS, "2024-05")
    submit(server, about, stores.words("Down."), figure(november, about), who=APPROVER)
    for who, why in (
        (APPROVER, "You have had a hand in these words"),
        (DIRECTOR, "Only an approver"),
    ):
        page = visit(address("review", who=who, month="2024-05", about=PLANS))
        expect(page.get_by_text(why)).to_be_visible()
        expect(button(page, "Approve")).to_have_count(0)
        page.keyboard.press("Alt+a")
        idle(page)
    assert state(server, PLANS, "2024-05") is State.SUBMITTED
    page = visit(address("review", who=OTHER_APPROVER, month="2024-05", about=PLANS))
    expect(button(page, "Approve")).to_be_enabled()


def test_hostile_words_are_words_for_whoever_writes_reviews_and_reads(visit, server, november):
    hostile = Words(
        texts={prompt.id: HOSTILE[prompt.heading] for prompt in PROMPTS},
        actions=(Action(what=PICTURE, owner=HOSTILE["What the figures show"], due=None),),
        sourced=(Sourced(words="98.7%", source=HOSTILE["What the figures show"]),),
    )
    long = replace(hostile, texts={**hostile.texts, "why": "98.7% " + "word " * 980})
    march, april = key(CARE, "2024-03"), key(CARE, "2024-04")
    for number, words in enumerate((hostile, long)):
        submit(server, march, words, figure(november, march), based_on=number)
    submit(server, april, hostile, figure(november, april))
    pages = [
        visit(address("review", who=OTHER_APPROVER, month="2024-03", about=CARE)),
        visit(address("write", who=SECOND_AUTHOR, month="2024-04", about=CARE)),
        visit(address("write", who=SECOND_AUTHOR, month="2024-05", about=CARE)),
        visit(address("indicator", who=SECOND_AUTHOR, month="2024-04", id=CARE)),
        visit(address("write", who=DIRECTOR, month="2024-04", about=CARE)),
    ]
    for page in pages:
        expect(page.get_by_text("<img src=x").first).to_be_attached()
        assert page.evaluate("window.__xss") is None
        assert page.locator("img[src='x'], img[src*='example.org']").count() == 0
        fits(page)
    review = pages[0]
    expect(review.locator(".remarks")).to_contain_text("98.7%")
    button(pages[1], "Change it").click()
    expect(box(pages[1], "What we are doing")).to_have_value(HOSTILE["What we are doing"])
    assert pages[1].evaluate("window.__xss") is None
