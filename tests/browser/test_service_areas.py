"""Service areas: the whole service beside its parts, each figure leading to its indicator there."""

from dataclasses import replace
from datetime import date

from playwright.sync_api import Locator, Page, expect

from kpi import cards, matrix
from kpi.basis import Basis
from kpi.catalogue import AREAS
from kpi.judgement import Rating
from kpi.matrix import Matrix
from kpi.organisation import Place
from tests.browser.reader import MANAGER, address, choose, idle, query, shows
from tests.browser.test_keyboard import fits, focused
from tests.packs import NOVEMBER

TITLE = "Service areas"
WHOLE = "All Starting Well"
PAGE = "service-areas"
RATED = (Rating.MET, Rating.CLOSE, Rating.MISSED)

# Every cell, row by row: what is read out, what is drawn, and where it leads.
CELLS = """() => [...document.querySelectorAll('.matrix tbody td')].map(cell => {
    const link = cell.querySelector('a');
    return {
        read_out: link ? link.ariaLabel : cell.innerText.replace('–', '').trim(),
        drawn: (link || cell).innerText.replace(/\\s+/g, ' ').trim(),
        leads: link ? link.getAttribute('href') : null,
    };
})"""


def made(
    release, area: str | None = None, *, basis: Basis = Basis.MONTH, month: date = NOVEMBER
) -> Matrix:
    """Return what the page should show, worked out without a page."""
    place = Place(authority="311", service_area=area)
    whole = cards.build(release, replace(place, service_area=None), month, basis)
    return matrix.build(release, whole, place, basis)


def expected(shown: Matrix) -> list[tuple[str, str]]:
    """Return of every cell, row by row, what should be read out and what drawn."""
    found = []
    for line in shown.lines:
        for column, point in zip(shown.columns, line.points, strict=True):
            place = column.place.team or column.place.service_area or WHOLE
            if point is None:
                found.append(("no work here", "– no work here"))
                continue
            rated = [point.rating.lower()] if point.value is not None else []
            said = ", ".join([point.said, *([point.of] if point.of else []), *rated])
            shape = {"On target": "✔ ", "Close to target": "◆ ", "Off target": "✖ "}
            drawn = f"{shape.get(point.rating, '')}{point.said} {point.of}".strip()
            found.append((f"{line.card.indicator.name}, {place}: {said}", drawn))
    return found


def heads(page: Page) -> list[str]:
    """Return the words at the head of each column, without when a part of the service ended."""
    return [one.splitlines()[0] for one in page.locator(".matrix thead th").all_inner_texts()]


def region(page: Page) -> Locator:
    return page.get_by_role("region", name="Indicators by")


def test_every_cell_says_the_figure_in_words_shape_and_numbers(visit, november):
    page = visit(address(PAGE))
    shows(page, TITLE, f"November 2024 · {WHOLE}")
    shown = made(november)
    assert heads(page) == [
        "Indicator",
        WHOLE,
        *(column.place.service_area for column in shown.columns[1:]),
    ]
    seen = page.evaluate(CELLS)
    assert [(cell["read_out"], cell["drawn"]) for cell in seen] == expected(shown)
    assert (
        f"Assessments within 45 days, {WHOLE}: 96.7%, 265 of 274, on target",
        "✔ 96.7% 265 of 274",
    ) in expected(shown)
    ratings = {point.rating for line in shown.lines for point in line.points if point}
    assert ratings >= set(RATED)


def test_indicators_stand_under_the_areas_of_a_childs_journey(visit, november):
    page = visit(address(PAGE))
    table = region(page).get_by_role("table")
    groups = table.locator("th[scope=rowgroup]")
    used = {indicator.area for indicator in november.indicators.values()}
    assert groups.all_inner_texts() == [title for id, title in AREAS.items() if id in used]
    assert table.locator("tbody").count() == groups.count()
    names = [one.splitlines()[0] for one in table.locator("th[scope=row]").all_inner_texts()]
    assert names == [indicator.name for indicator in november.indicators.values()]
    expect(table.locator("caption")).to_have_text(
        "Indicators by service area, November 2024, in the month"
    )


def test_a_figure_leads_to_its_indicator_there_and_keeps_the_view(visit):
    view = {"month": "2024-10", "basis": "year-to-date", "as": MANAGER}
    page = visit(address(PAGE, **view))
    seen = [cell for cell in page.evaluate(CELLS) if cell["leads"]]
    assert all(view.items() <= query(cell["leads"]).items() for cell in seen)
    (cell,) = (
        cell
        for cell in seen
        if cell["read_out"].startswith("Assessments within 45 days, MASH and Assessment: ")
    )
    page.get_by_role("link", name=cell["read_out"]).click()
    shows(
        page,
        "Assessments completed within 45 working days",
        "October 2024 · MASH and Assessment · Financial year to date",
    )
    value, of = cell["drawn"].split(" ", 2)[1:]
    expect(page.locator(".headline .value")).to_contain_text(value)
    expect(page.locator(".headline .value")).to_contain_text(of)
    assert view.items() <= query(page.url).items()


def test_a_service_area_opens_into_its_teams_and_back(visit, november):
    page = visit(address(PAGE, month="2024-10"))
    region(page).get_by_role("link", name="Corporate Parenting", exact=True).click()
    shows(page, TITLE, "October 2024 · Corporate Parenting")
    shown = made(november, "Corporate Parenting", month=date(2024, 10, 1))
    teams = [column.place.team for column in shown.columns[2:]]
    assert len(teams) >= 3
    assert heads(page) == ["Indicator", WHOLE, "Corporate Parenting", *teams]
    seen = page.evaluate(CELLS)
    assert [(cell["read_out"], cell["drawn"]) for cell in seen] == expected(shown)
    led = {query(cell["leads"])["team"] for cell in seen if cell["leads"]}
    assert led == {"All teams", *teams}
    region(page).get_by_role("link", name=WHOLE, exact=True).click()
    shows(page, TITLE, f"October 2024 · {WHOLE}")


def test_the_controls_change_the_columns_and_the_figures(visit, november):
    page = visit(address(PAGE))
    choose(page, "Basis", "Financial year to date", basis="year-to-date")
    shown = made(november, basis=Basis.YEAR_TO_DATE)
    assert [(cell["read_out"], cell["drawn"]) for cell in page.evaluate(CELLS)] == expected(shown)
    ended = region(page).get_by_role("columnheader", name="Safeguarding until August 2024")
    expect(ended).to_be_visible()
    choose(page, "Organisation", "As it is today", organisation="today")
    assert "Safeguarding" not in heads(page)


def test_the_head_and_the_first_column_stay_in_sight(visit):
    for width in (1280, 390):
        page = visit(address(PAGE), width=width)
        fits(page)
        table = region(page)
        before = table.bounding_box()
        table.evaluate("region => region.scrollTo(300, 900)")
        expect(table).not_to_have_js_property("scrollTop", 0)
        head = table.get_by_role("columnheader", name="Indicator").bounding_box()
        assert abs(head["y"] - before["y"]) < 2
        name = table.locator("th[scope=row]").nth(30).bounding_box()
        assert abs(name["x"] - before["x"]) < 2


def test_a_figure_is_reached_without_a_mouse_and_never_lies_under_the_head(visit):
    page = visit(address(PAGE), width=390)
    region(page).focus()
    page.keyboard.press("ArrowDown")
    expect(region(page)).not_to_have_js_property("scrollTop", 0)
    clear = """() => {
        const at = document.activeElement.getBoundingClientRect();
        const region = document.activeElement.closest('.matrix');
        const head = region.querySelector('thead th').getBoundingClientRect();
        return at.top >= head.bottom - 1 && at.left >= head.right - 1;
    }"""
    cells = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('td')"):
            cells += 1
            assert page.evaluate(clear), focused(page)
    assert cells > 20
    for _ in range(cells - 1):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(clear), focused(page)
    wanted = focused(page)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/indicator?" in url)
    idle(page)
    assert wanted.startswith("a Contacts received, ")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contacts received")


def test_it_prints_across_a_page_with_nothing_cut_off(visit):
    page = visit(address(PAGE, basis="year-to-date"), width=1047)  # A4 less its margins
    page.emulate_media(media="print")
    expect(page.get_by_role("combobox", name="Month")).to_be_hidden()
    table = region(page)
    expect(table).to_have_css("overflow", "visible")
    expect(table).to_have_css("max-height", "none")
    assert table.locator("table").evaluate("table => table.offsetWidth") <= 1047
    expect(table.locator("thead")).to_have_css("display", "table-header-group")
    expect(table.locator("thead th").first).to_have_css("position", "static")
    boxes = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 841" in boxes  # across: 841.9 by 595 points
