"""The narrative box: nothing typed is lost, nothing saved is overwritten, nothing typed is run."""

import re
import time
from datetime import date

import pytest
from playwright.sync_api import expect

from kpi import access, drafts
from kpi import revisions as saving
from kpi.narrative import PROMPTS, Key
from tests import stores
from tests.browser.reader import (
    AUTHOR,
    DIRECTOR,
    SECOND_AUTHOR,
    address,
    box,
    button,
    choose,
    idle,
    menu,
    open_card,
    save,
    shows,
)

ICPC = "Initial child protection conferences within 15 working days"
FIGURES, WHY, ACTIONS, DIFFERENCE = (prompt.heading for prompt in PROMPTS)
(MORGAN,) = (person for person in access.DEMONSTRATION if person.name == AUTHOR)
ILL = "In August A chair was ill, and two families"
PICTURE = "![a picture](https://example.org/picture.png)"
HOSTILE = {
    FIGURES: '<img src=x onerror="window.__xss = 1"><script>window.__xss = 2</script>',
    WHY: f"{PICTURE} **bold** [not a link](javascript:window.__xss=3) $x^2$ :smile:",
    ACTIONS: "\u202eread backwards\u202c and 👩🏽‍👧 and \u0130",
    DIFFERENCE: "</p></div><style>*{display:none}</style>&lt;b&gt; line one\n  line two",
}
SHOWN = HOSTILE | {
    WHY: f"{PICTURE} bold not a link (javascript:window.__xss=3) $x^2$ :smile:",
    ACTIONS: "read backwards and 👩🏽‍👧 and \u0130",
}


def on(month: str, who: str = AUTHOR, **more: str) -> str:
    """Return the address of a narrative. Each test has a month of its own, in one shared store."""
    return address("indicator", **({"id": "icpc_within_15_days"} | more), month=month, who=who)


def key(month: str) -> Key:
    """Return what a narrative about the whole service is about."""
    first = date.fromisoformat(f"{month}-01")
    return Key(indicator="icpc_within_15_days", month=first, authority="311")


def revisions(server, month: str, *prompts: str) -> list[list[str]]:
    """Return what every revision of a narrative about the whole service says under `prompts`."""
    saved = saving.history(stores.at(server.store), key(month))
    return [[one.texts[prompt] for prompt in prompts] for one in saved]


def test_typing_survives_a_visit_to_another_page(visit):
    page = visit(on("2024-06"))
    box(page, WHY).press_sequentially("Half a thou")  # and straight to the menu, without Save
    menu(page, "At a glance")
    shows(page, "At a glance")
    open_card(page, ICPC)
    expect(box(page, WHY)).to_have_value("Half a thou")
    box(page, WHY).press_sequentially("ght")
    box(page, WHY).press("Tab")
    page.wait_for_timeout(50)  # as long as a hand takes from key to key
    idle(page)
    page.go_back()
    shows(page, "At a glance")
    page.go_forward()
    shows(page, ICPC)
    expect(box(page, WHY)).to_have_value("Half a thought")


def test_a_browser_closed_in_mid_sentence_loses_nothing(visit, server):
    page = visit(on("2024-09"), fresh=True)
    expect(box(page, FIGURES)).to_have_value(re.compile("^In September 2024, the percentage"))
    box(page, WHY).click()
    page.keyboard.type("A chair was ill, and two families")  # and no key that leaves the box
    expect(page.get_by_role("status").get_by_text("Draft kept")).to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.type("In August ")
    while (kept := drafts.mine(stores.at(server.store), MORGAN, key("2024-09"))) is None or (
        kept.words.texts["why"] != ILL
    ):
        page.wait_for_timeout(50)
    caret = page.evaluate("[document.activeElement.value, document.activeElement.selectionStart]")
    assert caret == [ILL, len("In August ")]
    page.close()
    expect(box(visit(on("2024-09"), fresh=True), WHY)).to_have_value(ILL)
    assert revisions(server, "2024-09") == []


def test_saved_words_and_a_draft_survive_a_reload_and_a_new_browser(visit, server):
    page = visit(on("2024-05"))
    box(page, FIGURES).fill("Up from half.")
    save(page)
    expect(page.get_by_text("Revision 1, saved by Morgan Ellis (author)")).to_be_visible()
    box(page, WHY).fill("Not finished")
    box(page, WHY).blur()
    idle(page)
    page.reload()
    shows(page, ICPC)
    for opened in (page, visit(on("2024-05"), fresh=True)):
        expect(box(opened, FIGURES)).to_have_value("Up from half.")
        expect(box(opened, WHY)).to_have_value("Not finished")
    assert revisions(server, "2024-05", "figures", "why") == [["Up from half.", ""]]


@pytest.mark.parametrize("month", ["2024-04", "2024-03"])
def test_a_second_editor_is_shown_both_texts_and_settles_them(visit, server, month):
    mine, theirs = visit(on(month)), visit(on(month, who=SECOND_AUTHOR), fresh=True)
    box(mine, WHY).fill("Mine")
    box(theirs, WHY).fill("Theirs")
    save(theirs)
    button(mine, "Save").click()

    told = mine.get_by_role("alert")
    expect(told).to_contain_text("Not saved: somebody else saved while you were writing")
    expect(told).to_contain_text("Theirs")
    expect(told).to_contain_text("Revision 1, saved by Sam Okafor (author)")
    expect(box(mine, WHY)).to_have_value("Mine")
    assert revisions(server, month, "why") == [["Theirs"]]

    if month == "2024-04":
        save(mine, "Save mine over theirs")
        expect(box(mine, WHY)).to_have_value("Mine")
        assert revisions(server, month, "why") == [["Theirs"], ["Mine"]]
    else:
        mine.get_by_role("button", name="Take theirs").click()
        expect(box(mine, WHY)).to_have_value("Theirs")
        box(mine, WHY).fill("Theirs and mine")
        save(mine)
        assert revisions(server, month, "why")[1:] == [["Theirs and mine"]]
    expect(mine.get_by_role("alert")).to_have_count(0)


def test_a_reader_sees_what_was_written_and_no_box(visit):
    reader = visit(on("2024-02", who=DIRECTOR))
    expect(reader.get_by_text("No narrative yet.")).to_be_visible()
    expect(reader.get_by_role("textbox")).to_have_count(0)
    author = visit(on("2024-02"))
    box(author, DIFFERENCE).fill("Families hear sooner.")
    save(author)
    reader.reload()
    shows(reader, ICPC)
    expect(reader.get_by_text("Families hear sooner.")).to_be_visible()
    said = reader.locator(".said p").all_inner_texts()
    assert said[0].startswith("In February 2024, the percentage of initial child protection")
    assert said[1:] == ["–", "–", "Families hear sooner."]
    expect(reader.locator(".stands")).to_contain_text("Draft Revision 1, saved by Morgan Ellis")
    expect(reader.get_by_text("Revision 1, saved by Morgan Ellis (author)")).to_be_visible()
    expect(reader.get_by_role("textbox")).to_have_count(0)
    expect(button(reader, "Save")).to_have_count(0)


def test_words_stay_with_their_indicator_month_place_and_author(visit):
    page = visit(on("2024-01"))
    box(page, WHY).press_sequentially("About January")
    choose(page, "Month", "December 2023", month="2023-12")
    expect(box(page, WHY)).to_have_value("")
    choose(page, "Month", "January 2024", month="2024-01")
    expect(box(page, WHY)).to_have_value("About January")
    other = "Re-referrals within 12 months"
    choose(page, "Indicator", other, id="re_referrals_within_12_months")
    expect(box(page, WHY)).to_have_value("")
    choose(page, "Indicator", ICPC, id="icpc_within_15_days")
    choose(page, "Service area", "MASH and Assessment", area="MASH and Assessment")
    expect(box(page, WHY)).to_have_value("")
    choose(page, "Service area", "All Starting Well", area="All Starting Well")
    choose(page, "Try it as", SECOND_AUTHOR, **{"as": SECOND_AUTHOR})
    expect(box(page, WHY)).to_have_value("")
    choose(page, "Try it as", AUTHOR, **{"as": AUTHOR})
    expect(box(page, WHY)).to_have_value("About January")


def test_what_was_typed_is_shown_as_words_and_never_run(visit, server):
    author, other = visit(on("2023-11")), visit(on("2023-11", who=SECOND_AUTHOR))
    box(other, WHY).fill("Something else")
    for prompt, text in HOSTILE.items():
        box(author, prompt).fill(text)
    save(author)
    button(other, "Save").click()
    expect(other.get_by_role("alert")).to_contain_text("Not saved")
    reader = visit(on("2023-11", who=DIRECTOR))
    for shown in (other.get_by_role("alert"), reader):
        assert shown.locator(".said p").all_inner_texts() == list(SHOWN.values())
        expect(shown.locator(".said b")).to_have_text("bold")
        expect(shown.locator(".said a")).to_have_count(0)
    for page in (author, other, reader):
        assert page.evaluate("window.__xss") is None
        assert page.locator("img[src='x'], img[src*='example.org']").count() == 0
    prompts = [prompt.id for prompt in PROMPTS]
    assert revisions(server, "2023-11", *prompts) == [list(HOSTILE.values())]


def test_lists_bold_and_links_of_a_narrative_are_shown_and_a_link_names_its_host(visit):
    author = visit(on("2023-06"))
    link = "[Working Together](https://www.gov.uk/working-together)"
    box(author, ACTIONS).fill(f"**Two** things:\n- rooms\n  and notice\n- {link}\n\n3. Third")
    save(author)
    said = visit(on("2023-06", who=DIRECTOR)).locator(".said", has_text=ACTIONS)

    expect(said.locator("b")).to_have_text("Two")
    expect(said.locator("ul > li")).to_have_text(
        ["rooms\nand notice", "Working Together (www.gov.uk, new tab)"], use_inner_text=True
    )
    expect(said.locator("ol > li")).to_have_text("3. Third")
    leads = said.get_by_role("link", name="Working Together (www.gov.uk, new tab)")
    expect(leads).to_have_attribute("href", "https://www.gov.uk/working-together")
    expect(leads).to_have_attribute("target", "_blank")
    expect(leads).to_have_attribute("rel", "noopener noreferrer")


def test_a_locked_store_answers_within_five_seconds_and_keeps_the_text_in_the_box(visit, server):
    page = visit(on("2023-10"))
    box(page, FIGURES).fill("Written before the lock")
    box(page, FIGURES).blur()
    idle(page)
    with stores.locked(server.store):
        box(page, WHY).press_sequentially("Written meanwhile")
        pressed = time.monotonic()
        button(page, "Save").click()
        told = page.get_by_role("alert")
        expect(told).to_contain_text("The store is busy", timeout=10_000)
        assert time.monotonic() - pressed < 5
        expect(told).to_contain_text("Your text is still in the box.")
        idle(page)
        expect(box(page, FIGURES)).to_have_value("Written before the lock")
        expect(box(page, WHY)).to_have_value("Written meanwhile")
    assert revisions(server, "2023-10") == []
    kept = page.get_by_role("status").get_by_text("Draft kept")
    expect(kept).to_be_visible(timeout=20_000)  # it is tried again, without another key
    save(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    button(page, "Save").dblclick()
    idle(page)
    kept = ["Written before the lock", "Written meanwhile"]
    assert revisions(server, "2023-10", "figures", "why") == [kept]


def test_typing_on_while_a_save_is_under_way_is_nobody_elses_doing(visit, server):
    page = visit(on("2023-01"))
    box(page, WHY).fill("Two families were ill.")
    box(page, WHY).blur()
    expect(page.get_by_role("status").get_by_text("Draft kept")).to_be_visible()
    with stores.locked(server.store):
        button(page, "Save").click()
        for words in ("A chair was ill", " for a week."):  # each is sent while the save waits
            box(page, DIFFERENCE).press_sequentially(words)
            box(page, DIFFERENCE).blur()
    idle(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    save(page)
    first, second = revisions(server, "2023-01", "why", "difference")
    assert first[0] == second[0] == "Two families were ill."
    assert second[1] == "A chair was ill for a week."


def test_a_date_typed_just_before_a_shortcut_is_saved_with_the_rest(visit, server):
    page = visit(on("2023-02"))
    slowly = page.context.new_cdp_session(page)
    for day in range(1, 6):
        button(page, "Add an action").focus()
        page.keyboard.press("Enter")
        page.wait_for_function(f"() => document.activeElement.ariaLabel === 'Action {day}'")
        page.keyboard.type(f"Visit {day}")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(page.get_by_role("status").get_by_text("Draft kept")).to_be_visible()
        slowly.send("Emulation.setCPUThrottlingRate", {"rate": 6})
        page.keyboard.type(f"0{day}022024")
        page.keyboard.press("ControlOrMeta+s")
        slowly.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        expect(page.get_by_role("status").get_by_text("Saved.")).to_be_visible()
        idle(page)
        (*_, newest) = saving.history(stores.at(server.store), key("2023-02"))
        promised = [(action.what, action.due) for action in newest.words.actions]
        assert promised == [(f"Visit {one}", date(2024, 2, one)) for one in range(1, day + 1)]
