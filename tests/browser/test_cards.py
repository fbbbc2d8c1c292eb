"""At a glance: a card says everything about one figure, in words, and leads to its page."""

from playwright.sync_api import expect

from kpi import markup
from kpi.cards import HEADLINES
from kpi.catalogue import AREAS
from tests.browser.reader import AUTHOR, address, box, card, expected, menu, save, seen, shows
from tests.packs import NOVEMBER

AREA = "MASH and Assessment"
CHILD_PROTECTION_PLANS = "Children on a child protection plan"


def test_a_card_is_read_out_from_its_name_to_its_narrative(visit, november):
    cards = {one.id: one.read_out for one in seen(visit())}
    assert cards["assessments_within_45_days"] == (
        "Assessments completed within 45 working days 96.7% 265 of 274 On target "
        "Target 90% or more · example 1.9 points up on October: better "
        "13 months to November 2024. Better than a year ago: 96.7% against 72.7% in November 2023. "
        "No narrative yet"
    )
    assert cards["child_protection_plans"].startswith(
        "Children on a child protection plan 300 at 30 November 2024 No target "
        "No target: shown for context 30 up on October 13 months to"
    )
    for one in expected(november, NOVEMBER):
        said = cards[one.indicator.id]
        assert said.startswith(f"{one.indicator.title} {one.latest.said} ")
        assert f" {one.latest.rating} {one.target_said} " in said


def test_the_three_headlines_come_first_and_then_the_themes(visit, november):
    page = visit()
    ids = [one.id for one in seen(page)]
    area = {id: indicator.area for id, indicator in november.indicators.items()}
    assert ids[:3] == list(HEADLINES)
    assert sorted(ids) == sorted(november.indicators)
    themes = list(AREAS)
    assert ids[3:] == sorted(ids[3:], key=lambda id: themes.index(area[id]))
    headings = page.get_by_role("main").get_by_role("heading", level=3).all_inner_texts()
    drawn = {area[id] for id in ids[3:]}
    assert headings == ["Headlines", *(title for id, title in AREAS.items() if id in drawn)]


def test_every_status_is_said_in_words_and_drawn_with_a_shape(visit, november):
    pills = visit().locator(".card .pill").all_inner_texts()
    said = {one.latest.rating for one in expected(november, NOVEMBER)}
    assert {tuple(pill.split(maxsplit=1)) for pill in pills} == {
        (markup.SHAPES[rating], str(rating)) for rating in said
    }
    assert len(said) == 4  # each status there is stands somewhere on this page


def test_the_whole_card_leads_to_its_indicator(visit):
    page = visit(address(area=AREA))
    size = card(page, CHILD_PROTECTION_PLANS).bounding_box()
    page.mouse.click(size["x"] + size["width"] - 8, size["y"] + size["height"] - 8)
    shows(page, CHILD_PROTECTION_PLANS, f"November 2024 · {AREA}")


def test_a_saved_narrative_shows_on_its_card_and_in_the_count(visit):
    id = "repeat_plans_within_2_years"
    page = visit(address("indicator", id=id, month="2024-07", who=AUTHOR))
    menu(page, "At a glance")
    shows(page, "At a glance", "July 2024")
    assert {one.read_out[-16:] for one in seen(page)} == {"No narrative yet"}
    expect(page.get_by_role("listitem").filter(has_text="Narratives")).to_have_text(
        "Narratives 0 of 13 written"
    )
    page.go_back()
    box(page, "Why").fill("Two families moved back.")
    save(page)
    menu(page, "At a glance")
    shows(page, "At a glance", "July 2024")
    written = {one.id for one in seen(page) if one.read_out.endswith("Narrative written")}
    assert written == {id}
    expect(page.get_by_role("listitem").filter(has_text="Narratives")).to_have_text(
        "Narratives 1 of 13 written"
    )
