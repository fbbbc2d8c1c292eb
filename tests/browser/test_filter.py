"""What is looked at is chosen once, changes every figure, and stands in the address."""

import pytest
from playwright.sync_api import expect

from kpi.basis import Basis
from tests.browser import reader
from tests.browser.reader import (
    DIRECTOR,
    address,
    choose,
    expected,
    figures,
    menu,
    open_card,
    said_in_address,
    seen,
    shows,
    values,
)
from tests.packs import NOVEMBER, OCTOBER

ASSESSMENTS = "Assessments completed within 45 working days"
ICPC = "Initial child protection conferences within 15 working days"
INDICATORS = 58
VIEW = {
    "area": "MASH and Assessment",
    "team": "Assessment Team 2",
    "month": "2024-10",
    "basis": "twelve-months",
    "organisation": "today",
}
CHOICES = (
    ("Service area", "MASH and Assessment", "area"),
    ("Team", "Assessment Team 2", "team"),
    ("Month", "October 2024", "month"),
    ("Basis", "Last 12 months", "basis"),
    ("Organisation", "As it is today", "organisation"),
)
CHANGING = (Basis.YEAR_TO_DATE, Basis.TWELVE_MONTHS, Basis.MONTH)  # from what stands at first
SAID = (
    "October 2024 · MASH and Assessment · Assessment Team 2 · Last 12 months · "
    "Teams as they are today"
)


def test_each_filter_changes_every_figure_on_the_page_and_the_address(visit, november):
    page = visit()
    views = [
        expected(november, NOVEMBER, VIEW["area"]),
        expected(november, NOVEMBER, VIEW["area"], VIEW["team"]),
        expected(november, OCTOBER, VIEW["area"], VIEW["team"]),
    ]
    shown = [figures(page)]
    assert shown[0] == values(expected(november, NOVEMBER))
    assert len(dict(shown[0])) == INDICATORS
    for (label, option, key), view in zip(CHOICES, views, strict=False):
        choose(page, label, option, **{key: VIEW[key]})
        shown.append(figures(page))
        assert shown[-1] == values(view)
        assert shown[-1] != shown[-2]
    assert said_in_address(page).items() >= {"area": VIEW["area"], "month": "2024-10"}.items()


def test_every_figure_is_of_the_basis_and_the_organisation_that_were_chosen(visit, november):
    place = "Intervention and Support"  # since September 2024, with the work of Safeguarding
    page = visit(address(month="2024-10", area=place))
    of = {}
    for today, organisation in enumerate(("As it was then", "As it is today")):
        if today:
            choose(page, "Organisation", organisation, organisation="today")
        for basis in CHANGING:
            choose(page, "Basis", basis.said, basis=basis)
            of[basis, today] = figures(page)
            view = expected(november, OCTOBER, place, today=bool(today), basis=basis)
            assert of[basis, today] == values(view)
    # What was so in October 2024 is the same by either, but for who has left in a year.
    month = set(of[Basis.MONTH, 0]) ^ set(of[Basis.MONTH, 1])
    assert {id for id, _ in month} == {"turnover_rate"}
    for basis in (Basis.YEAR_TO_DATE, Basis.TWELVE_MONTHS):
        assert of[basis, 0] != of[basis, 1]

    choose(page, "Service area", "All Starting Well", area="All Starting Well")
    whole = {}
    for basis in CHANGING:
        choose(page, "Basis", basis.said, basis=basis)
        whole[basis] = figures(page)
        assert whole[basis] == values(expected(november, OCTOBER, basis=basis))  # as it was then
    assert len({tuple(shown) for shown in whole.values()}) == len(Basis)


def test_a_service_area_that_has_ended_is_not_there_by_the_teams_of_today(visit, november):
    page = visit(address(area="Safeguarding", month="2024-06", basis="year-to-date"))
    shows(page, "At a glance", "June 2024 · Safeguarding · Financial year to date")
    choose(page, "Organisation", "As it is today", organisation="today")
    shows(page, "At a glance", "June 2024 · All Starting Well · Financial year to date · Teams as")
    assert said_in_address(page)["area"] == "All Starting Well"


def test_a_team_of_another_service_area_is_not_kept(visit, november):
    page = visit(address(**VIEW))
    choose(page, "Service area", "Corporate Parenting", area="Corporate Parenting")
    assert said_in_address(page)["team"] == "All teams"
    view = {"today": True, "basis": Basis.TWELVE_MONTHS}
    assert figures(page) == values(expected(november, OCTOBER, "Corporate Parenting", **view))


def test_what_was_chosen_survives_a_refresh_the_menu_a_card_and_the_way_back(visit, november):
    page = visit()
    first = page.url
    for label, option, key in CHOICES:
        choose(page, label, option, **{key: VIEW[key]})

    page.reload()
    shows(page, "At a glance", SAID)
    glance = page.url

    menu(page, "Indicator")
    shows(page, ASSESSMENTS, SAID)
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
        (ASSESSMENTS, by_menu),
        ("At a glance", glance),
    ):
        page.go_back()
        shows(page, title, SAID)
        assert page.url == url
    assert figures(page) == values(
        expected(
            november,
            OCTOBER,
            VIEW["area"],
            VIEW["team"],
            today=True,
            basis=Basis.TWELVE_MONTHS,
        )
    )
    for _ in CHOICES:  # in a hurry: one step back for each choice
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
    choose(mine, "Basis", "Financial year to date", basis="year-to-date")
    theirs = visit(mine.url.removeprefix(mine.evaluate("location.origin")), fresh=True)
    assert seen(theirs) == seen(mine)
    assert theirs.url == mine.url

    open_card(mine, ICPC)
    theirs = visit(mine.url.removeprefix(mine.evaluate("location.origin")))
    shows(theirs, ICPC, "October 2024 · MASH and Assessment · Financial year to date")
    for part in (".headline", "table.kpi"):
        assert theirs.locator(part).all_inner_texts() == mine.locator(part).all_inner_texts()
    assert reader.drawn(theirs) == reader.drawn(mine)


@pytest.mark.parametrize(
    "said",
    [
        {"area": "Nowhere", "team": "Nobody", "month": "1066-10", "as": "Robin Hood", "id": "x"},
        {"basis": "hourly", "organisation": "tomorrow"},
        {"month": "'; drop table measure; --", "area": "<script>", "release": "../../.."},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_whole_service_now(visit, november, said):
    page = visit(address(**said))
    shows(page, "At a glance", "November 2024 · All Starting Well · In the month · figures")
    assert figures(page) == values(expected(november, NOVEMBER))
    now = {"area": "All Starting Well", "team": "All teams", "month": "2024-11", "as": DIRECTOR}
    now |= {"basis": "month", "organisation": "then"}
    assert said_in_address(page).items() >= now.items()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
