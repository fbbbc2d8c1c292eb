"""A month's round, as author, approver and leader go through it: Write and Review."""

from datetime import date

from playwright.sync_api import Page, expect

from kpi import signoff
from kpi.narrative import Action, Key
from kpi.signoff import Standing, State
from tests import stores
from tests.browser.reader import APPROVER, AUTHOR, DIRECTOR, address, idle
from tests.browser.test_keyboard import focused, go_to

AREA = "Intervention and Support"
VISITS, SUPERVISED = "child_protection_visits_on_time", "children_in_need_supervised_in_2_months"
TITLE = "Children on a protection plan visited in 10 working days"


def desk(page: str, who: str, month: str, indicator: str = VISITS) -> str:
    """Return the address of Write or Review with one narrative open."""
    return address(page, who=who, month=month, area=AREA, about=f"{indicator}@{AREA}")


def standing(server, month: str) -> Standing:
    first = date.fromisoformat(f"{month}-01")
    key = Key(indicator=VISITS, month=first, authority="311", service_area=AREA)
    return signoff.standing(stores.at(server.store), key)


def told(page: Page, words: str) -> None:
    """Wait until the page has said this, and has nothing more to draw."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
    idle(page)


def goes_on(page: Page, words: str) -> None:
    """Wait until what has the focus begins so."""
    page.wait_for_function(
        "words => document.activeElement.innerText.trim().startsWith(words)", arg=words
    )


def test_a_months_round_goes_by_keyboard_alone_from_the_first_word_to_approval(visit, server):
    month = "2024-10"
    author = visit(desk("write", AUTHOR, month))
    expect(author.get_by_role("heading", level=2, name=TITLE)).to_be_visible()
    expect(author.get_by_text("September has no narrative.")).to_be_visible()
    go_to(author, "textarea Why")
    author.keyboard.type("Two teams were short of staff: 41.7% of posts were filled.")
    remark = author.locator(".remark", has_text="“41.7%”")
    expect(remark).to_contain_text("is not among this indicator's figures")
    author.keyboard.press("Tab")
    goes_on(author, "Say where it comes from")
    author.keyboard.press("Enter")
    author.wait_for_function("() => document.activeElement.ariaLabel === 'Where it comes from'")
    author.keyboard.type("Staff survey")
    author.keyboard.press("Enter")
    goes_on(author, "Take this back")
    expect(remark).to_have_text("“41.7%” – Staff survey")
    go_to(author, "button Add an action")
    author.keyboard.press("Enter")
    author.wait_for_function("() => document.activeElement.ariaLabel === 'Action 1'")
    author.keyboard.type("Visit every child who was missed")
    author.keyboard.press("Tab")
    author.keyboard.type("Head of Service")
    author.keyboard.press("Tab")
    author.keyboard.type("31012025")
    author.keyboard.press("Alt+s")
    told(author, "Submitted for approval.")
    goes_on(author, "Next:")
    kept = standing(server, month).newest.words
    promised = Action(
        what="Visit every child who was missed", owner="Head of Service", due=date(2025, 1, 31)
    )
    assert kept.actions == (promised,)
    author.keyboard.press("Enter")
    goes_on(author, "Children in need discussed in supervision in the last 2 months")

    approver = visit(desk("review", APPROVER, month))
    approver.keyboard.press("Alt+b")
    expect(approver.get_by_role("alert")).to_contain_text("a return needs a reason")
    approver.wait_for_function("() => document.activeElement.tagName === 'TEXTAREA'")
    approver.keyboard.type("By when is it back on target?")
    approver.keyboard.press("Alt+b")
    told(approver, "Returned: Protection visits on time.")
    goes_on(approver, "Nothing waits for approval here.")

    author = visit(desk("write", AUTHOR, month))
    expect(author.locator(".notice.returned")).to_contain_text("By when is it back on target?")
    go_to(author, "textarea Why")
    author.keyboard.press("ControlOrMeta+End")
    author.keyboard.type(" It ends in March.")
    author.keyboard.press("Alt+s")
    told(author, "Submitted for approval.")

    approver = visit(desk("review", APPROVER, month))
    expect(approver.locator("ins")).to_contain_text("It ends in March.")
    answered = approver.get_by_text("“41.7%” – its author says: Staff survey")
    expect(answered).to_be_visible()
    approver.keyboard.press("Alt+a")
    told(approver, "Approved: Protection visits on time.")
    assert standing(server, month).state is State.APPROVED

    leader = visit(desk("write", DIRECTOR, month))
    expect(leader.locator(".stands")).to_contain_text(f"Approved by {APPROVER}")
    expect(leader.get_by_text("It ends in March.")).to_be_visible()
    expect(leader.get_by_role("textbox")).to_have_count(0)
    assert not focused(leader).startswith("textarea")
