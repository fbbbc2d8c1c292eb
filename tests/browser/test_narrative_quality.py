"""Whether narratives get better: said in a sentence, drawn, and counted by month and by area."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from kpi import cards, needs
from kpi.narrative import Key
from kpi.needs import Need
from kpi.store import open_store
from tests import packs, promising
from tests.browser import servers
from tests.browser.reader import DIRECTOR, address, choose, rows, said_in_address, shows
from tests.browser.test_keyboard import fits, go_to
from tests.packs import OCTOBER

TITLE = "Narrative quality"
AREA = "MASH and Assessment"
ASSESSED = "assessments_within_45_days"
WRITTEN = ("dental_checks", "immunisations_up_to_date", "pathway_plans_up_to_date")


@pytest.fixture(scope="module")
def served(pack, november, tmp_path_factory):
    """The dashboard with a store in which October's three narratives stand, and nothing else.

    Two were on time, of which one is approved; the third was late and a check still questioned it.
    """
    data = tmp_path_factory.mktemp("quality")
    packs.copy(pack.published, data)
    store = open_store(f"sqlite:///{data / 'store.sqlite'}")
    dental, immunised, planned = (
        Key(indicator=id, month=OCTOBER, authority="311") for id in WRITTEN
    )
    promised = "Ask two practices; Designated Nurse; 2024-12-20"
    # The tenth working day after October is 14 November.
    promising.approved(store, november, dental, promised, day=date(2024, 11, 12))
    promising.submitted(store, november, immunised, day=date(2024, 11, 14))
    promising.submitted(
        store, november, planned, promised, day=date(2024, 11, 15), remarks=("number",)
    )
    store.engine.dispose()
    with servers.serving(data) as server:
        yield server


@pytest.fixture(scope="module")
def required(november):
    """The keys of what had to be written about in October, and of which the figure was short."""
    asked = [
        one
        for one in needs.asked(
            november,
            authority="311",
            month=OCTOBER,
            cards_at=lambda place: cards.build(november, place, OCTOBER),
        )
        if one.need is Need.REQUIRED
    ]
    assert {one.key.indicator for one in asked} >= set(WRITTEN)
    return asked


def measures(page: Page) -> dict[str, list[str]]:
    """Return what each measure says, by its name."""
    return {
        measure.locator("h2").inner_text(): [
            " ".join(said.split()) for said in measure.locator("p").all_inner_texts()
        ]
        for measure in page.locator(".measure").all()
    }


def table(page: Page, title: str) -> dict[str, list[str]]:
    """Return the cells of a table by the first of each row."""
    return {first: cells for first, *cells in rows(page.get_by_role("table", name=title))}


def test_a_leader_reads_whether_narratives_are_getting_better(visit, served, required):
    page = visit(address("narrative-quality", who=DIRECTOR), at=served)
    span = "December 2023 to November 2024"
    shows(page, TITLE, f"{span} · All Starting Well and each service area")
    expect(page.locator(".finding")).to_have_text(
        "Quality is improving: 3 of 3 measures are better in October 2024 than in December 2023."
    )
    expect(page.get_by_text("November 2024 is under way and not compared:")).to_be_visible()

    short = [one for one in required if one.card.latest.rating in ("Off target", "Close to target")]
    of, of_short = len(required), len(short)
    said = measures(page)
    assert said["On time"][0].startswith(f"2 of {of} ")
    assert said["On time"][0].endswith("· October 2024")
    assert said["Approved"][0].startswith(f"1 of {of} ")
    assert said["With an action, owner and date"][0].startswith(f"2 of {of_short} ")
    assert said["Passed their checks"][0] == "2 of 3 67% · October 2024"
    assert said["Passed their checks"][-1] == "Nothing earlier to compare with"
    assert said["Approved"][-1].startswith("▲ against 0 of ")
    assert said["Approved"][-1].endswith("in December 2023: better")
    alt = page.get_by_role("img", name="Approved, month by month: December 2023 0 of ")
    assert alt.get_attribute("alt").endswith(f"October 2024 1 of {of}.")

    months = table(page, "Month by month")
    assert next(iter(months)) == "November 2024 under way"
    assert list(months)[-2:] == ["December 2023", "All 12 months"]
    assert months["October 2024"][0] == str(of)
    assert months["October 2024"][-1] == "2 of 3 67%"
    assert months["September 2024"][-1] == "–"  # nothing was submitted, so nothing passed
    areas = table(page, "By service area, October 2024")
    assert areas["Every narrative"] == months["October 2024"]
    assert areas["The whole service"][-1] == "2 of 3 67%"
    assert sum(int(cells[0]) for name, cells in areas.items() if name != "Every narrative") == of


def test_a_service_area_is_followed_by_keyboard_and_the_address_keeps_it(visit, served):
    page = visit(address("narrative-quality", who=DIRECTOR), at=served)
    go_to(page, f"a {AREA}")
    page.keyboard.press("Enter")
    shows(page, TITLE, AREA)
    assert said_in_address(page)["area"] == AREA
    assert measures(page)["Passed their checks"] == ["Nothing to count yet"]
    expect(page.locator(".quality a[aria-current]").first).to_have_text(AREA)

    choose(page, "Service area", "Safeguarding (until August 2024)", area="Safeguarding")
    months = table(page, "Month by month")
    assert next(iter(months)) == "August 2024"  # nobody was asked about it after


def test_before_anybody_was_asked_for_narratives_the_page_says_so(visit, served):
    page = visit(address("narrative-quality", who=DIRECTOR, month="2023-06"), at=served)
    expect(page.get_by_text("No narrative was required here in these months.")).to_be_visible()
    assert page.get_by_role("table").count() == 0


def test_the_tables_fit_a_narrow_window(visit, served):
    page = visit(address("narrative-quality", who=DIRECTOR), at=served, width=390)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)
    page.get_by_text("How these are counted").click()
    expect(page.get_by_text("First submitted on or before its due day.")).to_be_visible()
