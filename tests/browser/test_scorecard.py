"""The scorecard: ordered, filtered, kept in its address, printed, and taken away as a file."""

import csv
import io
import re

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from kpi import cards, needs
from kpi.benchmarks import ATTRIBUTION
from kpi.judgement import Rating
from kpi.needs import Need
from kpi.organisation import Place
from kpi.scorecard import HEADS, Choice, Order, Scorecard, build
from tests.browser.reader import (
    address,
    choose,
    idle,
    menu,
    query,
    rows,
    said_in_address,
    shows,
)
from tests.browser.test_keyboard import fits, go_to
from tests.packs import NOVEMBER

TITLE = "Scorecard"
OWN = {"sort", "status", "words"}  # what this page alone asks, and no other page's address says
BANNER = "Demonstration: invented children"


def shown(page: Page) -> list[list[str]]:
    """Return the words of every cell of the page's table."""
    return rows(page.locator(".scorecard table"))


def names(page: Page) -> list[str]:
    return page.locator(".scorecard tbody th a").all_inner_texts()


def status(page: Page) -> str:
    return page.locator(".scorecard").get_by_role("status").inner_text()


def says(page: Page, words: str) -> None:
    """Wait until the page says that it shows this: the address is there before the page is."""
    expect(page.locator(".scorecard").get_by_role("status")).to_have_text(words)
    idle(page)


def build_of(release, **choice) -> Scorecard:
    """Return the scorecard of the whole service in November, worked out without a page."""
    built = cards.build(release, Place(authority="311"), NOVEMBER)
    asked = needs.asked(
        release,
        authority="311",
        month=NOVEMBER,
        cards_at=lambda place: cards.build(release, place, NOVEMBER),
    )
    narratives = dict.fromkeys(release.indicators, "Not required") | {
        one.key.indicator: "Not started"
        for one in asked
        if one.need is Need.REQUIRED and not one.key.service_area
    }
    return build(built, narratives=narratives, choice=Choice(**choice))


def expected(release, **choice) -> list[list[str]]:
    """Return the words that every cell of it should have."""
    return [[" ".join(cell) for cell in line.cells] for line in build_of(release, **choice).lines]


def type_words(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Words").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: query(url).get("words", "") == words)
    idle(page)


def taken(page: Page, kind: str) -> tuple[str, bytes]:
    """Press a download button, and return the file's name and what is in it."""
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Download {kind}").click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_every_indicator_has_its_line_and_what_needs_attention_is_first(visit, november):
    page = visit(address("scorecard"))
    shows(page, TITLE, "November 2024 · All Starting Well · In the month")
    every = len(november.indicators)
    assert shown(page) == expected(november)
    assert status(page) == f"{every} of {every} indicators · Needs attention first"
    expect(page.get_by_text(ATTRIBUTION)).to_be_visible()
    heads = page.locator(".scorecard thead th").all_inner_texts()
    assert heads == list(HEADS)
    table = page.get_by_role("table", name="Scorecard, November 2024 · All Starting Well")
    expect(table.get_by_role("rowheader")).to_have_count(every)
    expect(table.get_by_role("columnheader")).to_have_count(len(HEADS))


def test_order_status_and_words_stand_in_the_address_and_come_back_with_it(visit, november):
    page = visit(address("scorecard"))
    first = page.url
    assert not OWN & said_in_address(page).keys()

    choose(page, "Order", "By name", sort="name")
    assert shown(page) == expected(november, order=Order.NAME)
    choose(page, "Status", "No target", status="no-target")
    both = {"order": Order.NAME, "status": Rating.UNJUDGED}
    assert shown(page) == expected(november, **both)
    type_words(page, "plans")
    found = expected(november, words="plans", **both)
    assert shown(page) == found
    assert 0 < len(found) < len(expected(november, **both))
    of = f"{len(found)} of {len(november.indicators)} indicators"
    assert status(page) == f"{of} · By name · No target only · With “plans”"

    page.reload()
    shows(page, TITLE)
    assert shown(page) == found
    theirs = visit(page.url.removeprefix(page.evaluate("location.origin")), fresh=True)
    assert shown(theirs) == found

    for choices in (both, {"order": Order.NAME}):  # one step back for each choice
        page.go_back()
        says(page, build_of(november, **choices).said)
        assert shown(page) == expected(november, **choices)
    expect(page.get_by_role("textbox", name="Words")).to_have_value("")
    choose(page, "Order", "Needs attention first")
    page.wait_for_url(first)
    says(page, build_of(november).said)
    assert shown(page) == expected(november)


def test_a_name_leads_to_its_indicator_in_the_same_view_without_the_filters(visit):
    view = {"area": "MASH and Assessment", "month": "2024-10", "basis": "twelve-months"}
    page = visit(address("scorecard", sort="name", words="conferences within", **view))
    filtered = page.url
    assert names(page) == ["Conferences within 15 days"]
    page.get_by_role("link", name="Conferences within 15 days").click()
    title = "Initial child protection conferences within 15 working days"
    shows(page, title, f"October 2024 · {view['area']} · Last 12 months")
    there = said_in_address(page)
    assert there.items() >= view.items() and not OWN & there.keys()

    page.go_back()
    shows(page, TITLE, "October 2024")
    assert page.url == filtered
    assert names(page) == ["Conferences within 15 days"]
    menu(page, "At a glance")
    shows(page, "At a glance", "October 2024")
    assert not OWN & said_in_address(page).keys()


def test_a_filter_that_leaves_nothing_says_so(visit):
    page = visit(address("scorecard", words="unicorns"))
    expect(page.get_by_text("No indicator fits.")).to_be_visible()
    assert status(page).startswith("0 of ")
    expect(page.locator(".scorecard table")).to_have_count(0)
    for kind in ("Excel", "CSV"):
        expect(page.get_by_role("button", name=f"Download {kind}")).to_be_disabled()
    type_words(page, "")
    assert names(page)


@pytest.mark.parametrize("words", ["<b>bold</b>", "“quoted” & more", "=1+1", "x" * 300])
def test_words_of_any_kind_are_only_looked_for(visit, words):
    page = visit(address("scorecard", words=words, sort="nonsense", status="'; drop"))
    shows(page, TITLE)
    assert status(page).endswith(f"Needs attention first · With “{words}”")
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize(
    "view",
    [
        {},
        {"basis": "year-to-date", "sort": "name", "status": "no-target"},
        {"month": "2024-06", "area": "MASH and Assessment", "sort": "journey", "words": "days"},
    ],
)
def test_the_files_are_what_the_page_shows(visit, view):
    page = visit(address("scorecard", **view))
    on_page = shown(page)
    assert on_page
    view_said = page.locator(".sub").first.inner_text()

    name, content = taken(page, "Excel")
    month = view.get("month", "2024-11")
    area = "-mash-and-assessment" if "area" in view else ""
    assert name == f"scorecard-{month}{area}.xlsx"
    first, second = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    head, *lines = [[str(cell).replace("\n", " ") for cell in row] for row in first.values]
    assert (head, lines) == (list(HEADS), on_page)
    about = {row[0]: row[1] for row in second.iter_rows(max_row=7, values_only=True)}
    assert view_said.startswith(about["View"])
    assert about["Shown"] == status(page)
    assert about["Note"].startswith(BANNER)
    assert about["Comparisons"] == ATTRIBUTION
    narratives = page.locator(".scorecard .narratives").inner_text().replace(". ", " · ", 1)
    assert about["Narratives"] == narratives
    titles = [row[1] for row in second.iter_rows(min_row=10, values_only=True)]
    assert len(titles) == len(on_page)

    name, content = taken(page, "CSV")
    assert name == f"scorecard-{month}{area}.csv"
    head, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    wide = len(HEADS)
    assert head[:wide] == list(HEADS)
    # A cell's lines stand apart in the file, and under each other on the page.
    assert [[cell.replace("; ", " ") for cell in one[:wide]] for one in lines] == [
        [cell.replace("; ", " ") for cell in one] for one in on_page
    ]
    for one in lines:
        beside = dict(zip(head[wide:], one[wide:], strict=True))
        assert beside | {"Made": ""} == about | {"Made": ""}  # a second later


def test_the_scorecard_is_ordered_filtered_and_taken_away_without_a_mouse(visit):
    page = visit(address("scorecard"))
    go_to(page, "combobox Status")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("No target")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: query(url).get("status") == "no-target")
    idle(page)
    go_to(page, "input Words")
    page.keyboard.type("started")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: query(url).get("words") == "started")
    idle(page)
    assert sorted(names(page)) == ["Protection plans started", "Section 47 enquiries started"]
    go_to(page, "button Download CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "scorecard-2024-11.csv"
    go_to(page, "a Protection plans started")
    page.keyboard.press("Enter")
    shows(page, "Child protection plans started")


def test_on_a_telephone_the_table_moves_under_its_first_column(visit):
    page = visit(address("scorecard"), width=390)
    fits(page)
    region = page.locator(".scorecard [role=region]")
    expect(region).to_have_attribute("tabindex", "0")
    name, last = region.locator("tbody th").first, region.locator("tbody td").nth(10)
    before = name.bounding_box()["x"]
    region.focus()
    page.keyboard.press("ArrowRight")
    expect(region).not_to_have_js_property("scrollLeft", 0)
    region.evaluate("region => region.scrollLeft = region.scrollWidth")
    assert name.bounding_box()["x"] == before
    expect(last).to_be_in_viewport()


def test_the_scorecard_prints_across_a4_with_its_head_on_every_page(visit):
    page = visit(address("scorecard", words="child"))
    pdf = page.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/MediaBox ?\[0 0 ([0-9.]+) ([0-9.]+)\]", pdf)
    assert len(sheets) > 1
    assert {(round(float(w)), round(float(h))) for w, h in sheets} == {(842, 595)}

    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1047, "height": 718})  # what A4 has within its margins
    for control in ("combobox", "textbox", "button", "navigation"):
        assert not any(one.is_visible() for one in page.get_by_role(control).all())
    expect(page.locator(".scorecard thead")).to_have_css("display", "table-header-group")
    for words in (BANNER, "November 2024 · All Starting Well", "With “child”", ATTRIBUTION):
        expect(page.get_by_text(words).first).to_be_visible()
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.scorecard :is(.scroll, th, td, .pill)')]
            .filter(one => one.scrollWidth > one.clientWidth + 1
                || one.getBoundingClientRect().right > innerWidth)
            .map(one => one.innerText.slice(0, 40))"""
    )
    assert cut == []
