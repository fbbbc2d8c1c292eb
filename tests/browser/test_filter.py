"""Service area, team and month are chosen once, and the address says them."""

import pytest
from playwright.sync_api import expect

from tests.browser import reader
from tests.browser.reader import (
    DIRECTOR,
    address,
    choose,
    expected,
    menu,
    open_card,
    said_in_address,
    seen,
    shows,
    values,
)
from tests.packs import NOVEMBER, OCTOBER

ICPC = "Initial child protection conferences within 15 working days"
VIEW = {"area": "MASH and Assessment", "team": "Assessment Team 2", "month": "2024-10"}
SAID = "October 2024 · MASH and Assessment · Assessment Team 2"


def figures(page) -> dict[str, str]:
    return {card.id: card.value for card in seen(page)}


def test_each_filter_changes_every_figure_on_the_page_and_the_address(visit, november):
    page = visit()
    assert figures(page) == values(expected(november, NOVEMBER))

    choose(page, "Month", "October 2024", month="2024-10")
    whole = values(expected(november, OCTOBER))
    assert figures(page) == whole

    choose(page, "Service area", VIEW["area"], area=VIEW["area"])
    area = values(expected(november, OCTOBER, VIEW["area"]))
    assert figures(page) == area
    assert len(area) == 13 and all(area[id] != whole[id] for id in area)

    choose(page, "Team", VIEW["team"], team=VIEW["team"])
    assert figures(page) == values(expected(november, OCTOBER, VIEW["area"], VIEW["team"]))
    assert said_in_address(page).items() >= VIEW.items()


def test_a_team_of_another_service_area_is_not_kept(visit, november):
    page = visit(address(**VIEW))
    choose(page, "Service area", "Corporate Parenting", area="Corporate Parenting")
    assert said_in_address(page)["team"] == "All teams"
    assert figures(page) == values(expected(november, OCTOBER, "Corporate Parenting"))


def test_what_was_chosen_survives_a_refresh_the_menu_a_card_and_the_way_back(visit, november):
    page = visit()
    first = page.url
    for label, option, key in (
        ("Service area", VIEW["area"], "area"),
        ("Team", VIEW["team"], "team"),
        ("Month", "October 2024", "month"),
    ):
        choose(page, label, option, **{key: VIEW[key]})

    page.reload()
    shows(page, "At a glance", SAID)
    glance = page.url

    menu(page, "Indicator")
    shows(page, "Assessments completed within 45 working days", SAID)
    by_menu = page.url
    menu(page, "At a glance")
    shows(page, "At a glance", SAID)
    open_card(page, ICPC)
    shows(page, ICPC, SAID)
    by_card = page.url
    for url in (glance, by_menu, by_card):
        assert VIEW.items() <= reader.query(url).items()

    for title, url in (
        ("At a glance", glance),
        ("Assessments completed within 45 working days", by_menu),
        ("At a glance", glance),
    ):
        page.go_back()
        shows(page, title, SAID)
        assert page.url == url
    for _ in range(3):  # in a hurry: one step back for each choice
        page.go_back()
    shows(page, "At a glance", "November 2024 · All Starting Well")
    assert page.url == first
    assert figures(page) == values(expected(november, NOVEMBER))
    page.go_forward()
    shows(page, "At a glance", "November 2024 · MASH and Assessment")
    page.go_forward()
    shows(page, "At a glance", "November 2024 · MASH and Assessment · Assessment Team 2")


def test_a_shared_address_opens_the_same_view_for_somebody_else(visit):
    mine = visit()
    choose(mine, "Service area", VIEW["area"], area=VIEW["area"])
    choose(mine, "Month", "October 2024", month="2024-10")
    theirs = visit(mine.url.removeprefix(mine.evaluate("location.origin")), fresh=True)
    assert seen(theirs) == seen(mine)
    assert theirs.url == mine.url

    open_card(mine, ICPC)
    theirs = visit(mine.url.removeprefix(mine.evaluate("location.origin")))
    shows(theirs, ICPC, "October 2024 · MASH and Assessment")
    for part in (".headline", "table.kpi"):
        assert theirs.locator(part).all_inner_texts() == mine.locator(part).all_inner_texts()
    assert reader.drawn(theirs) == reader.drawn(mine)


@pytest.mark.parametrize(
    "said",
    [
        {"area": "Nowhere", "team": "Nobody", "month": "1066-10", "as": "Robin Hood", "id": "x"},
        {"month": "'; drop table measure; --", "area": "<script>", "release": "../../.."},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_whole_service_now(visit, november, said):
    page = visit(address(**said))
    shows(page, "At a glance", "November 2024 · All Starting Well")
    assert figures(page) == values(expected(november, NOVEMBER))
    now = {"area": "All Starting Well", "team": "All teams", "month": "2024-11", "as": DIRECTOR}
    assert said_in_address(page).items() >= now.items()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
