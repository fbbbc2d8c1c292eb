"""Definitions: every indicator's meaning, found by words, linked to, and printed."""

from playwright.sync_api import Locator, Page, expect

from kpi.catalogue import AREAS
from kpi.definitions import matching
from tests.browser.reader import (
    DIRECTOR,
    address,
    expected,
    idle,
    menu,
    query,
    said_in_address,
    shows,
    tab,
)
from tests.browser.test_keyboard import fits, focused
from tests.packs import NOVEMBER

TITLE = "Definitions"
PAGE = "definitions"
TIMELY = "assessments_within_45_days"
ASSESSMENTS = "Assessments completed within 45 working days"

TERMS = """list => [...list.children].map(one => [one.tagName, one.innerText.trim()])"""


def titles(page: Page) -> list[str]:
    return page.get_by_role("article").get_by_role("heading", level=3).all_inner_texts()


def defined(page: Page, title: str) -> Locator:
    heading = page.get_by_role("heading", level=3, name=title, exact=True)
    return page.get_by_role("article").filter(has=heading)


def find(page: Page, wanted: str) -> None:
    page.get_by_role("textbox", name="Find by words").fill(wanted)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: query(url).get("find", "") == wanted)
    idle(page)


def test_every_indicator_is_defined_under_its_area(visit, november):
    page = visit(address(PAGE))
    shows(page, TITLE)
    assert titles(page) == [indicator.title for indicator in november.indicators.values()]
    used = {indicator.area for indicator in november.indicators.values()}
    areas = page.get_by_role("main").get_by_role("heading", level=2).all_inner_texts()
    assert areas == [title for id, title in AREAS.items() if id in used]


def test_an_indicators_own_page_says_the_same(visit):
    terms = defined(visit(address(PAGE)), ASSESSMENTS).locator("dl").evaluate(TERMS)
    own = tab(visit(address("indicator", id=TIMELY)), "What is counted").locator("dl")
    assert own.evaluate(TERMS) == terms
    assert ["DT", "Why it matters to a child"] in terms
    assert ["DD", "90% or more. Close to it: 85% or more"] in terms


def test_definitions_are_found_by_words_and_the_address_says_which(visit, november):
    page = visit(address(PAGE))
    find(page, "dental")
    found = matching(expected(november, NOVEMBER), "dental")
    assert found
    assert titles(page) == [card.indicator.title for card in found]
    expect(
        page.get_by_text(f"{len(found)} of {len(november.indicators)} indicators")
    ).to_be_visible()

    again = visit("/" + page.url.split("/", 3)[3])
    assert titles(again) == titles(page)
    expect(again.get_by_role("textbox", name="Find by words")).to_have_value("dental")

    find(page, "no such thing")
    expect(page.get_by_text("No definition has all of these words.")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("textbox", name="Find by words")).to_have_value("dental")
    page.get_by_role("link", name="Show all").click()
    page.wait_for_url(lambda url: "find" not in query(url))
    idle(page)
    assert len(titles(page)) == len(november.indicators)

    find(page, "dental")
    menu(page, "At a glance")
    shows(page, "At a glance")
    assert "find" not in said_in_address(page)


def test_the_contents_lead_down_the_page_and_keep_the_address(visit, november):
    page = visit(address(PAGE, month="2024-10", who=DIRECTOR))
    contents = page.get_by_role("navigation", name="Contents")
    assert contents.get_by_role("link").all_inner_texts() == [
        indicator.name for indicator in november.indicators.values()
    ]
    contents.get_by_role("link", name="Vacancy rate").focus()
    page.keyboard.press("Enter")
    there = defined(page, november.indicators["vacancy_rate"].title)
    expect(there).to_be_in_viewport()
    assert page.url.endswith("#vacancy_rate")
    assert said_in_address(page)["month"] == "2024-10"
    assert there.bounding_box()["y"] >= 56  # below what stays at the top of the window
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article').id") == "vacancy_rate"
    assert focused(page).startswith("a Open its figures")


def test_a_definition_can_be_linked_to(visit, november):
    page = visit(address(PAGE, month="2024-10"))
    title = november.indicators["vacancy_rate"].title
    link = defined(page, title).get_by_role("link", name="Link to this definition")
    sent = link.get_attribute("href")
    assert sent.endswith("#vacancy_rate")
    other = visit("/" + sent)  # in a browser that was not there before
    shows(other, TITLE, "October 2024")
    assert titles(other) == [title]
    expect(other.get_by_role("heading", level=3)).to_be_in_viewport()


def test_a_definition_leads_to_its_figures(visit, november):
    page = visit(address(PAGE, area="Corporate Parenting", month="2024-10"))
    title = november.indicators["children_in_care"].title
    defined(page, title).get_by_role("link", name="Open its figures").click()
    shows(page, title, "October 2024 · Corporate Parenting")


def test_definitions_fit_a_narrow_window(visit):
    for width in (390, 320):
        fits(visit(address(PAGE), width=width))


def test_all_of_them_print_and_none_is_broken_across_pages(visit, november):
    page = visit(address(PAGE))
    page.emulate_media(media="print")
    expect(page.get_by_role("combobox", name="Month")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Find by words")).to_be_hidden()
    articles = page.locator("article")
    expect(articles).to_have_count(len(november.indicators))
    for article in (articles.first, articles.last):
        expect(article).to_be_visible()
        expect(article).to_have_css("break-inside", "avoid")
    expect(page.get_by_role("link", name="Open its figures")).to_have_count(0)
