"""At a glance: what needs attention, three headlines, and every indicator on a line."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from playwright.sync_api import expect

from kpi import markup
from kpi.cards import HEADLINES, by_need
from kpi.catalogue import AREAS
from kpi.judgement import SHORT, Rating
from kpi.narrative import Key
from kpi.store import Store, open_store
from tests import promising
from tests.browser.reader import (
    AUTHOR,
    MANAGER,
    address,
    box,
    card,
    expected,
    figures,
    menu,
    query,
    save,
    seen,
    shows,
    values,
)
from tests.packs import NOVEMBER

AREA = "MASH and Assessment"
ICPC = "Initial child protection conferences within 15 working days"


def test_a_headline_is_read_out_from_its_name_to_its_narrative(visit, november):
    page = visit()
    headlines, lines = seen(page)[: len(HEADLINES)], seen(page)[len(HEADLINES) :]
    cards = {one.indicator.id: one for one in expected(november, NOVEMBER)}
    assert headlines[0].read_out == (
        "Assessments completed within 45 working days 96.7% 265 of 274 · in November 2024 "
        "On target Target 90% or more · example 1.9 points up on October: better "
        f"13 months to November 2024. {cards[headlines[0].id].finding}. Narrative not required"
    )
    for headline in headlines:
        made = cards[headline.id]
        assert headline.read_out.startswith(f"{made.indicator.title} {made.latest.said} ")
        assert f" {made.latest.rating} {made.target_said} " in headline.read_out

    said = {line.id: line.read_out for line in lines}
    assert said["assessments_within_45_days"] == (
        "On target: Assessments within 45 days 96.7% 265 of 274 · in the month "
        "1.9 points up on October: better"
    )
    assert said["child_protection_plans"] == (
        "No target: Children on a child protection plan 300 47.0 per 10,000 · at month end "
        "30 up on October"
    )
    for id, made in cards.items():
        assert said[id].startswith(f"{made.latest.rating}: {made.indicator.name} ")
        assert said[id].endswith(f"{made.change_said}: {made.change_means}".removesuffix(": "))


def test_the_headlines_come_first_and_then_every_indicator_by_theme(visit, november):
    page = visit()
    assert figures(page) == values(expected(november, NOVEMBER))
    used = {indicator.area for indicator in november.indicators.values()}
    headings = page.get_by_role("main").get_by_role("heading", level=3).all_inner_texts()
    titles = [heading.splitlines()[0].strip() for heading in headings]
    assert titles == ["Headlines", *(title for id, title in AREAS.items() if id in used)]

    cards = expected(november, NOVEMBER)
    for title, heading in zip(titles[1:], headings[1:], strict=True):
        missed = [
            made
            for made in cards
            if AREAS[made.indicator.area] == title and made.latest.rating is Rating.MISSED
        ]
        assert heading.endswith("off target") is bool(missed)
        assert not missed or f"{len(missed)} off target" in heading


def test_what_needs_attention_is_said_in_six_sentences_and_the_rest_is_counted(visit, november):
    page = visit(address(month="2024-11", who=MANAGER))
    cards = expected(november, NOVEMBER)
    short = [made for made in by_need(cards) if made.latest.rating in SHORT]
    lines = page.locator(".attention > div").first.get_by_role("listitem")
    said = lines.all_inner_texts()
    assert len(short) > 6
    assert len(said) == 7
    for made, sentence in zip(short[:6], said, strict=False):
        target = made.target_said[0].lower() + made.target_said[1:]
        start = f"{made.indicator.name}: {made.latest.said}, {made.persistence}, {target}. "
        assert sentence.startswith(start + made.change_said)
        assert sentence.endswith("As expected until March 2025.") is bool(made.expected_said)
    # Both shares of children with three or more social workers are off target as expected.
    assert sum("As expected until March 2025." in sentence for sentence in said) == 2
    assert said[6] == f"and {len(short) - 6} more, in the scorecard"

    tally = [" ".join(said.split()) for said in page.locator("ul.tally > li").all_inner_texts()]
    counted = {rating: sum(made.latest.rating is rating for made in cards) for rating in Rating}
    assert tally[:-1] == [  # the last is about the narratives
        f"{markup.SHAPES[rating]} {rating} {number} indicator{'' if number == 1 else 's'}"
        for rating, number in counted.items()
        if number
    ]

    rest = lines.get_by_role("link").last
    assert query(rest.get_attribute("href")).items() >= {"month": "2024-11", "as": MANAGER}.items()
    lines.get_by_role("link").first.click()
    shows(page, short[0].indicator.title, "November 2024 · All Starting Well")
    page.go_back()
    rest.click()
    shows(page, "Scorecard", "November 2024 · All Starting Well")


def test_every_status_is_said_in_words_and_drawn_with_a_shape(visit, november):
    page = visit()
    ratings = [made.latest.rating for made in expected(november, NOVEMBER)]
    drawn = page.locator(".panel .shape").evaluate_all(
        "all => all.map(one => [...one.children].map(part => part.textContent.trim()))"
    )
    assert sorted(map(tuple, drawn)) == sorted(
        (markup.SHAPES[rating], f"{rating}:") for rating in ratings
    )
    assert len(set(ratings)) == 4  # each status there is stands somewhere on this page
    pills = page.locator(".card .pill").all_inner_texts()
    assert {tuple(pill.split(maxsplit=1)) for pill in pills} <= {
        (markup.SHAPES[rating], str(rating)) for rating in Rating
    }


def test_where_nothing_stood_the_page_says_so_and_draws_no_figure(visit):
    page = visit(address(area="Safeguarding"))  # until August 2024
    expect(page.locator(".attention")).to_contain_text(
        "No figure for November 2024: did not exist then."
    )
    assert {value for _, value in figures(page)} == {"Did not exist then", "No cases"}
    assert page.get_by_role("main").inner_text().count("%") == len(HEADLINES)  # their targets
    page = visit(address(area="Corporate Parenting", month="2023-06"))  # from September 2024
    expect(page.locator(".attention")).to_contain_text(
        "No figure for June 2023: did not exist then."
    )


def test_a_headline_is_a_link_to_its_very_edge(visit):
    page = visit(address(area=AREA))
    size = card(page, ICPC).bounding_box()
    page.mouse.click(size["x"] + size["width"] - 8, size["y"] + size["height"] - 8)
    shows(page, ICPC, f"November 2024 · {AREA}")


def test_every_figure_leads_to_its_indicator_in_the_same_view(visit, november):
    view = {"area": AREA, "month": "2024-10", "basis": "year-to-date", "organisation": "today"}
    page = visit(address(who=MANAGER, **view))
    for one in seen(page):
        assert one.leads.items() >= (view | {"id": one.id, "as": MANAGER}).items()
    name = november.indicators["open_assessments_over_45_days"].name
    page.locator(".panel").get_by_role("link", name=name, exact=True).click()
    shows(
        page,
        november.indicators["open_assessments_over_45_days"].title,
        f"October 2024 · {AREA} · Financial year to date · Teams as they are today",
    )


def test_how_far_a_narrative_has_come_shows_on_its_card_and_in_the_count(visit, server, november):
    key = Key(indicator="icpc_within_15_days", month=date(2024, 8, 1), authority="311")
    page = visit(address("indicator", id=key.indicator, month="2024-08", who=AUTHOR))
    count = page.locator(".attention .narratives")
    menu(page, "At a glance")
    shows(page, "At a glance", "August 2024")
    assert page.locator(".card").get_by_text("Narrative not started").count() == len(HEADLINES)
    expect(count).to_have_text("0 of 30 narratives approved 30 are still to be submitted")

    def told() -> list[str]:
        return [one.read_out for one in seen(page) if one.id == key.indicator]

    page.go_back()
    box(page, "Why").fill("Two families moved back.")
    save(page)
    menu(page, "At a glance")
    shows(page, "At a glance", "August 2024")
    assert told()[0].endswith("Narrative draft")

    with closing_store(server) as store:
        promising.submitted(store, november, key, day=date(2024, 9, 10))
        page.reload()
        shows(page, "At a glance", "August 2024")
        assert told()[0].endswith("Narrative submitted")
        expect(count).to_have_text(
            "0 of 30 narratives approved 1 waits for approval · 29 are still to be submitted"
        )
        promising.approved(store, november, key, day=date(2024, 9, 11))
    page.reload()
    shows(page, "At a glance", "August 2024")
    assert told()[0].endswith("Narrative approved")
    expect(count).to_have_text("1 of 30 narratives approved 29 are still to be submitted")

    count.get_by_role("link").click()
    shows(page, "Write")
    expect(page.get_by_text("1 of 30 narratives approved")).to_be_visible()
    page = visit(address(month="2024-08", area=AREA))  # its own narratives alone
    expect(page.locator(".attention .narratives b")).to_have_text("0 of 2 narratives approved")


@contextmanager
def closing_store(server) -> Iterator[Store]:
    """The server's own store, opened beside it."""
    store = open_store(f"sqlite:///{server.store}")
    yield store
    store.engine.dispose()
