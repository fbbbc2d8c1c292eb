"""Indicator: the trend, the same numbers as a table, where they come from, and who opens lists."""

from playwright.sync_api import expect

from kpi import access_log
from kpi.cards import NO_SUCH_PLACE
from kpi.words import number
from tests import stores
from tests.browser.reader import (
    DIRECTOR,
    MANAGER,
    address,
    described,
    drawn,
    expected,
    idle,
    rows,
    tab,
)
from tests.packs import NOVEMBER

ICPC = "icpc_within_15_days"
MONTHS = 24


def card_of(release, id, *place):
    return next(card for card in expected(release, NOVEMBER, *place) if card.indicator.id == id)


def decimals(values):
    return [None if value is None else round(float(value), 6) for value in values]


def test_the_trend_is_drawn_with_its_target_and_said_in_words(visit, november):
    page = visit(address("indicator", id=ICPC))
    card = card_of(november, ICPC)
    target, value = drawn(page)
    assert target["months"] == value["months"] == [f"{p.month:%Y-%m}" for p in card.series]
    assert len(value["months"]) == MONTHS
    assert decimals(value["values"]) == decimals(p.value for p in card.series)
    # 85% from April 2023 and 90% from April 2024, as targets.csv says: a step, not a slope.
    assert target["shape"] == "hv"
    assert target["values"] == [None] * 4 + [85] * 12 + [90] * 8
    expect(page.locator(".js-plotly-plot .annotation")).to_contain_text(["Target 90%", "95.8%"])

    assert described(page) == card.described
    assert "Lowest 58.3% in April 2024. Highest 95.8% in November 2024." in card.described


def test_the_same_numbers_stand_in_a_table_one_click_away(visit, november):
    page = visit(address("indicator", id=ICPC))
    card = card_of(november, ICPC)
    table = tab(page, "Table").get_by_role("table", name=f"{card.indicator.title}, by month")
    said = rows(table)
    assert [row[:3] for row in said] == [
        [f"{p.month:%B %Y}", p.said, p.of] for p in reversed(card.series)
    ]
    assert said[0][3:] == ["90%", "✔ On target"]


def test_a_month_without_a_figure_is_a_gap_and_says_why(visit, november):
    # The team was set up in the restructure of September 2024: three months of figures.
    where = ("Adolescent and Exploitation", "Adolescent and Exploitation Team")
    id = "children_in_need_supervised_in_2_months"
    page = visit(address("indicator", id=id, area=where[0], team=where[1]))
    _, value = drawn(page)
    known = decimals(p.value for p in card_of(november, id, *where).series)
    assert decimals(value["values"]) == known
    assert known[:-3] == [None] * (MONTHS - 3) and None not in known[-3:]
    assert value["gaps"]
    assert "21 months have no value" in described(page)
    said = rows(tab(page, "Table").get_by_role("table"))
    assert {row[1] for row in said[3:]} == {NO_SUCH_PLACE}
    assert {row[4] for row in said[3:]} == {"? No figure"}


def test_the_breakdown_adds_up_to_the_headline(visit):
    page = visit(address("indicator", id=ICPC))
    headline = page.locator(".headline .value .of").inner_text()
    breakdown = page.get_by_role("table", name="in November 2024")
    teams = breakdown.locator("tr:has(.team) td:nth-of-type(2)").all_inner_texts()
    sums = [sum(int(part) for part in column) for column in zip(*map(parts, teams), strict=True)]
    assert len(teams) == 8
    assert sums == parts(headline) == [69, 72]


def parts(counts: str) -> list[int]:
    """Return '69 of 72' as its two numbers."""
    return [int(part.replace(",", "")) for part in counts.split(" of ")]


def test_what_is_counted_names_its_source_owner_and_caveats(visit, november):
    page = visit(address("indicator", id=ICPC))
    indicator = november.indicators[ICPC]
    panel = tab(page, "What is counted")
    terms = panel.get_by_role("term").all_inner_texts()
    said = dict(zip(terms, panel.get_by_role("definition").all_inner_texts(), strict=True))
    for term, text in {
        "Counted": indicator.numerator,
        "Out of": indicator.denominator,
        "Read with care": indicator.caveats,
        "Source": indicator.source,
        "Owner": indicator.owner,
    }.items():
        assert text and said[term] == text


def test_a_leader_is_shown_no_list(visit):
    page = visit(address("indicator", id=ICPC, who=DIRECTOR))
    panel = tab(page, "Records")
    expect(panel).to_contain_text("Only a manager or an analyst may open the list")
    expect(panel.get_by_role("button")).to_have_count(0)
    expect(panel.get_by_role("table")).to_have_count(0)


def test_a_manager_opens_the_list_behind_the_figure_and_the_log_says_so(visit, server, november):
    where = {"area": "MASH and Assessment", "team": "Assessment Team 2"}
    page = visit(address("indicator", id=ICPC, who=MANAGER, **where))
    panel = tab(page, "Records")
    panel.get_by_role("button", name="Open the list").click()
    table = panel.get_by_role("table", name="The records counted")
    expect(table).to_be_visible()
    total = card_of(november, ICPC, *where.values()).latest.sum
    listed = rows(table)
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert len(listed) == total.denominator
    assert sum(int(row[heads.index("Numerator")]) for row in listed) == total.numerator
    assert {tuple(row[:2]) for row in listed} == {tuple(where.values())}
    expect(panel).to_contain_text(f"adding up to {number(total.numerator)} of")

    page.get_by_role("textbox", name="Why").fill("Two of them waited for an interpreter.")
    page.get_by_role("textbox", name="Why").blur()
    idle(page)
    assert rows(table) == listed  # it stays open while somebody writes about it

    log = access_log.entries(stores.at(server.store), stores.ANALYST, newest=100)
    (entry,) = [line for line in log if line.opened.team == where["team"]]
    assert (entry.who, entry.action, entry.rows) == (MANAGER, "shown", len(listed))
    assert entry.opened == access_log.Opened(
        source="page indicator",
        indicator=ICPC,
        month=NOVEMBER,
        authority="311",
        service_area=where["area"],
        team=where["team"],
        release=november.name,
    )
