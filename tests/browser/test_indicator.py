"""Indicator: its trend, others' figures, its table and places, and who opens the lists."""

from datetime import date

from playwright.sync_api import Page, expect

from kpi import access_log, first_sentence, words
from kpi.basis import Basis
from kpi.benchmarks import ATTRIBUTION, Area
from kpi.cards import published_year
from kpi.points import NO_SUCH_PLACE
from kpi.words import number
from tests import stores
from tests.browser.reader import (
    DIRECTOR,
    MANAGER,
    address,
    choose,
    described,
    drawn,
    expected,
    idle,
    query,
    rows,
    said_in_address,
    shows,
    tab,
)
from tests.packs import NOVEMBER

ICPC = "icpc_within_15_days"
TITLE = "Initial child protection conferences within 15 working days"
AREA, TEAM = "MASH and Assessment", "Assessment Team 2"
MONTHS = 24

TERMS = """list => {
    const said = {};
    for (const one of list.querySelectorAll('dt, dd'))
        if (one.tagName === 'DT') said[one.innerText] = [];
        else Object.values(said).at(-1).push(one.innerText);
    return said;
}"""


def card_of(release, id, *place, **view):
    built = expected(release, NOVEMBER, *place, **view)
    return next(card for card in built if card.indicator.id == id)


def decimals(values):
    return [None if value is None else round(float(value), 6) for value in values]


def parts(counts: str) -> list[int]:
    """Return '69 of 72 · in November 2024' as its two numbers."""
    return [int(part.replace(",", "")) for part in counts.split(" · ")[0].split(" of ")]


def headline(page: Page) -> str:
    """Return the words at the head of the page: the value, its counts, and when it was so."""
    return " ".join(page.locator(".headline .value").inner_text().split())


def test_the_trend_is_drawn_with_its_target_and_said_in_words(visit, november):
    page = visit(address("indicator", id=ICPC))
    card = card_of(november, ICPC)
    target, value, *_ = drawn(page)
    assert target["months"] == value["months"] == [f"{p.month:%Y-%m}" for p in card.series]
    assert len(value["months"]) == MONTHS
    assert decimals(value["values"]) == decimals(p.value for p in card.series)
    # 85% from April 2023 and 90% from April 2024, as targets.csv says: a step, not a slope.
    assert target["shape"] == "hv"
    assert target["values"] == [None] * 4 + [85] * 12 + [90] * 8
    expect(page.locator(".js-plotly-plot .annotation")).to_contain_text(["Target 90%", "95.8%"])

    assert described(page) == first_sentence.described(card)
    assert "highest 95.8% in November 2024." in first_sentence.described(card)


def test_what_others_published_is_a_dated_mark_and_never_a_line(visit):
    page = visit(address("indicator", id=ICPC))
    key = page.locator(".key")
    # Of the years in benchmarks.csv, these two ended within the chart's 24 months.
    known = {"E": [78.4, 79.7], "N": [80.1, 74.6], "P": [73.4, 65.7]}
    for month, years in (("2024-11", 2), ("2024-02", 1)):
        if month == "2024-02":  # a year that had not yet ended is not there
            choose(page, "Month", "February 2024", month=month)
        _, _, *marks = drawn(page)
        assert {mark["mode"] for mark in marks} == {"markers+text"}
        assert {mark["text"]: mark["values"] for mark in marks} == {
            letter: values[:years] for letter, values in known.items()
        }
        for mark in marks:  # three letters side by side about the month in which the year ended
            near = zip(mark["months"], ("2023-03", "2024-03"), strict=False)
            assert all(abs(int(m[-2:]) - int(end[-2:])) <= 1 for m, end in near)
    expect(key).to_have_text(
        "E England · N statistical neighbours (mean) · P published for this authority. "
        "Whole years, by their last month, as published; not monthly figures."
    )


def test_what_others_published_stands_in_a_table_with_how_it_differs(visit, november):
    page = visit(address("indicator", id=ICPC))
    card = card_of(november, ICPC)
    panel = tab(page, "Compared")
    said = rows(panel.get_by_role("table", name="as published for whole years"))
    # The newest row of benchmarks.csv that had ended: 2024, that is April 2023 to March 2024.
    assert said[0] == [
        "2023/24",
        *("65.7%", "79.7%", "76.9%", "80.1%", "74.6%"),
        "141 of 150",
        "Bottom quarter",
    ]
    areas = (Area.OWN, Area.ENGLAND, Area.LONDON, Area.OUTER_LONDON, Area.NEIGHBOURS)
    assert [row[:6] for row in said] == [
        [published_year(one), *(card.as_published(one, area) for area in areas)]
        for one in reversed(card.published)
    ]
    expect(panel).to_contain_text(f"{card.indicator.benchmark_differs}.")
    expect(panel).to_contain_text(ATTRIBUTION)
    assert "Open Government Licence v3.0" in ATTRIBUTION

    choose(page, "Indicator", "Contacts received", id="contacts")
    expect(tab(page, "Compared")).to_have_text(
        "No figures of other authorities are published for this indicator."
    )
    expect(page.locator(".key")).to_have_count(0)


def test_a_target_may_be_a_path_to_march(visit):
    page = visit(address("indicator", id="dental_checks"))
    target, *_ = drawn(page)
    # The profile of targets.csv, April to March; November 2024 is the eighth month of its year.
    path = [65, 66.8, 68.6, 70.5, 72.3, 74.1, 75.9, 77.7, 79.5, 81.4, 83.2, 85]
    assert target["values"] == [None] * 4 + path + path[:8]
    expect(page.locator(".headline")).to_contain_text(
        "Target 77.7% or more now, 85% by March · example"
    )
    expect(page.locator(".js-plotly-plot .annotation")).to_contain_text(["Target 77.7%"])


def test_what_is_off_target_as_expected_stays_off_target(visit, november):
    id = "care_three_or_more_social_workers"
    page = visit(address("indicator", id=id))
    head = page.locator(".headline")
    card = card_of(november, id)
    expect(head.locator(".pill")).to_have_text("✖ Off target")
    expect(head).to_contain_text(card.persistence.capitalize())
    expect(head.locator(".expected")).to_contain_text(
        "Off target as expected until March 2025, because the teams were reorganised in September"
    )
    expect(head.locator(".expected i")).to_have_text("Example: nobody has approved this")
    choose(page, "Month", "August 2024", month="2024-08")  # it is expected from September on
    expect(head.locator(".expected")).to_have_count(0)


def test_the_year_to_date_sums_its_months_and_is_what_the_basis_shows(visit, november):
    page = visit(address("indicator", id=ICPC))
    head = page.locator(".headline")
    months = rows(tab(page, "Table").get_by_role("table"))[:8]
    assert (months[0][0], months[-1][0]) == ("November 2024", "April 2024")
    counts = [parts(month[2]) for month in months]
    of, out_of = (sum(column) for column in zip(*counts, strict=True))
    total = f"{100 * of / out_of:.1f}% ({of} of {out_of})"
    expect(head).to_contain_text(f"Financial year to date: {total}")

    choose(page, "Basis", "Financial year to date", basis="year-to-date")
    shown = f"{of} of {out_of} · April to November 2024"
    assert headline(page) == f"{100 * of / out_of:.1f}% {shown}"
    assert "Financial year to date:" not in head.inner_text()
    expect(head).to_contain_text("on the same months of 2023/24: better")
    _, value, *_ = drawn(page)
    card = card_of(november, ICPC, basis=Basis.YEAR_TO_DATE)
    drawn_so = list(zip(value["months"], decimals(value["values"]), strict=True))
    # Before each April is a gap: the sum begins anew, and that is no fall.
    assert [at for at in drawn_so if at[1] is not None] == [
        (f"{point.month:%Y-%m}", *decimals([point.value])) for point in card.series
    ]
    assert [at[0] for at in drawn_so if at[1] is None] == ["2023-03", "2024-03"]
    expect(tab(page, "Chart")).to_contain_text(
        "Financial year to date: each point sums its months."
    )


def test_the_same_numbers_stand_in_a_table_one_click_away(visit, november):
    page = visit(address("indicator", id=ICPC))
    card = card_of(november, ICPC)
    table = tab(page, "Table").get_by_role("table", name=f"{card.indicator.title}, by month")
    said = rows(table)
    assert [row[:3] for row in said] == [
        [f"{p.month:%B %Y}", p.said, p.of] for p in reversed(card.series)
    ]
    assert said[0][3:] == ["90%", "✔ On target"]

    choose(page, "Indicator", "Children in care", id="children_in_care")  # a count, with a rate
    heads = page.get_by_role("tabpanel", name="Table").get_by_role("columnheader")
    expect(heads).to_have_text(["Month", "Value", "Per 10,000 children"])
    rate = card_of(november, "children_in_care").rate_said
    # 272 of the 63,777 children of population.csv: 42.65 of every 10,000, said as 42.6.
    assert rows(tab(page, "Table").get_by_role("table"))[0] == ["November 2024", "272", "42.6"]
    assert headline(page) == f"272 at 30 November 2024 · {rate}"


def test_a_month_without_a_figure_is_a_gap_and_says_why(visit, november):
    # The team was set up in the restructure of September 2024: three months of figures.
    where = ("Adolescent and Exploitation", "Adolescent and Exploitation Team")
    id = "children_in_need_supervised_in_2_months"
    page = visit(address("indicator", id=id, area=where[0], team=where[1]))
    _, value, *_ = drawn(page)
    known = decimals(p.value for p in card_of(november, id, *where).series)
    assert decimals(value["values"]) == known
    assert known[:-3] == [None] * (MONTHS - 3) and None not in known[-3:]
    assert value["gaps"]
    assert "21 months have no value" in described(page)
    said = rows(tab(page, "Table").get_by_role("table"))
    assert {row[1] for row in said[3:]} == {NO_SUCH_PLACE}
    assert {row[4] for row in said[3:]} == {"? No figure"}


def test_the_breakdown_adds_up_and_its_small_pictures_say_the_same(visit, november):
    page = visit(address("indicator", id=ICPC))
    breakdown = page.get_by_role("table", name="in November 2024")
    teams = breakdown.locator("tr:has(.team) td:nth-of-type(2)").all_inner_texts()
    sums = [sum(column) for column in zip(*map(parts, teams), strict=True)]
    assert len(teams) == 7  # seven of the service's teams held a conference in the month
    assert sums == parts(page.locator(".headline .value .of").inner_text()) == [69, 72]

    places = {False: [], True: []}  # service areas; teams
    for row in breakdown.locator("tbody tr").all():
        cells = row.locator("th, td").all_inner_texts()
        places[row.locator(".team").count() > 0].append([cells[0].strip(), *cells[1:3]])
    areas = [row for row in places[False] if row[0] != "All Starting Well"]
    assert beside(page, "Service areas side by side") == areas

    breakdown.get_by_role("link", name=AREA, exact=True).click()
    shows(page, TITLE, f"November 2024 · {AREA}")
    its = [row for row in places[True] if row[0].startswith("Assessment Team")]
    assert beside(page, "Teams side by side") == its
    scale = page.get_by_text("All on one scale, from")
    points = [
        point.value
        for _, team, *_ in ((AREA, row[0]) for row in its)
        for point in card_of(november, ICPC, AREA, team).series[-13:]
        if point.value is not None
    ]
    ends = (words.say(end, words.Unit.PERCENT, 1) for end in (min(points), max(points)))
    expect(scale).to_have_text(
        "All on one scale, from {} to {}; the dashed line is the target.".format(*ends)
    )


def beside(page: Page, heading: str) -> list[list[str]]:
    """Return the small pictures under a heading: the place, its value and its counts."""
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    tiles = page.locator(".tile")
    said = []
    for tile in tiles.all():
        value, of = (" ".join(tile.locator(".value").inner_text().split())).split(" ", 1)
        name = tile.get_by_role("heading").inner_text()
        assert tile.get_by_role("img").get_attribute("alt").startswith(f"{name}: {value}")
        said.append([name, value, of])
    return said


def test_the_places_and_the_way_back_up_are_links_that_keep_the_view(visit):
    view = {"month": "2024-10", "basis": "twelve-months", "as": MANAGER}
    page = visit(address("indicator", id=ICPC, **view))
    said = " · Last 12 months"
    where = page.get_by_role("navigation", name="Where you are")
    steps = ["At a glance", "Child protection", "All Starting Well"]
    assert where.get_by_role("listitem").all_inner_texts() == steps
    table = page.get_by_role("table", name="November 2023 to October 2024")
    row = table.get_by_role("row").filter(has=page.get_by_role("link", name=TEAM, exact=True))
    value, counts = row.get_by_role("cell").all_inner_texts()[:2]

    row.get_by_role("link").click()
    shows(page, TITLE, f"October 2024 · {AREA} · {TEAM}{said}")
    assert headline(page) == f"{value} {counts} · November 2023 to October 2024"
    assert where.get_by_role("listitem").all_inner_texts() == [*steps, AREA, TEAM]
    expect(where.locator("[aria-current=page]")).to_have_text(TEAM)
    for name, there in ((AREA, AREA), ("All Starting Well", "All Starting Well")):
        where.get_by_role("link", name=name, exact=True).click()
        shows(page, TITLE, f"October 2024 · {there}{said}")
        assert said_in_address(page).items() >= (view | {"area": there, "id": ICPC}).items()
    where.get_by_role("link", name="At a glance").click()
    shows(page, "At a glance", f"October 2024 · All Starting Well{said}")
    assert query(page.url).items() >= view.items()


def test_what_is_counted_names_its_source_owner_and_caveats(visit, november):
    page = visit(address("indicator", id=ICPC))
    indicator = november.indicators[ICPC]
    panel = tab(page, "What is counted")
    said = panel.locator("dl").evaluate(TERMS)
    for term, text in {
        "Counted": indicator.numerator,
        "Out of": indicator.denominator,
        "Read with care": indicator.caveats,
        "Source": indicator.source,
        "Owner": indicator.owner,
    }.items():
        assert text and said[term] == [text]


def test_a_leader_is_shown_no_list(visit):
    page = visit(address("indicator", id=ICPC, who=DIRECTOR))
    panel = tab(page, "Records")
    expect(panel).to_contain_text("Only a manager or an analyst may open the list")
    expect(panel.get_by_role("button")).to_have_count(0)
    expect(panel.get_by_role("table")).to_have_count(0)


def test_a_manager_opens_the_list_behind_the_figure_and_the_log_says_so(visit, server, november):
    where = {"area": AREA, "team": TEAM}
    page = visit(address("indicator", id=ICPC, who=MANAGER, basis="twelve-months", **where))
    panel = tab(page, "Records")
    panel.get_by_role("button", name="Open the list").click()
    table = panel.get_by_role("table", name="The records counted")
    expect(table).to_be_visible()
    total = card_of(november, ICPC, AREA, TEAM, basis=Basis.TWELVE_MONTHS).latest.sum
    listed = rows(table)
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert len(listed) == total.denominator
    assert sum(int(row[heads.index("Numerator")]) for row in listed) == total.numerator
    assert {tuple(row[1:3]) for row in listed} == {(AREA, TEAM)}
    assert heads[0] == "Month"
    assert {row[0] for row in listed} == {
        "2023-12",
        *(f"{date(2024, month, 1):%Y-%m}" for month in range(1, 12)),
    }
    expect(panel).to_contain_text(f"adding up to {number(total.numerator)} of")

    page.get_by_role("textbox", name="Why").fill("Two of them waited for an interpreter.")
    page.get_by_role("textbox", name="Why").blur()
    idle(page)
    assert rows(table) == listed  # it stays open while somebody writes about it
    choose(page, "Basis", "In the month", basis="month")
    expect(table).to_have_count(0)  # and closes when another figure is looked at

    log = access_log.entries(stores.at(server.store), stores.ANALYST, newest=100)
    (entry,) = [line for line in log if line.opened.team == where["team"]]
    assert (entry.who, entry.action, entry.rows) == (MANAGER, "shown", len(listed))
    assert entry.opened == access_log.Opened(
        source="page indicator, since 2023-12",
        indicator=ICPC,
        month=NOVEMBER,
        authority="311",
        service_area=where["area"],
        team=where["team"],
        release=november.name,
    )
