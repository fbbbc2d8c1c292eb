"""What narratives have promised: found, answered by keyboard, seen at the indicator, taken away."""

import csv
import io
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from kpi.narrative import Key
from kpi.promise_list import HEADS
from kpi.store import open_store
from tests import packs, promising
from tests.browser import servers
from tests.browser.reader import (
    AUTHOR,
    DIRECTOR,
    address,
    choose,
    idle,
    query,
    rows,
    said_in_address,
    shows,
    tab,
)
from tests.browser.test_accessibility import audited
from tests.browser.test_keyboard import fits, focused, go_to
from tests.packs import OCTOBER

TITLE = "Promises"
PLACED, ICPC = "placed_over_20_miles", "icpc_within_15_days"
AREA = "MASH and Assessment"
# The demonstration's day is 11 December 2024, the eighth working day after November.
EVIL = '=1+1 <img src=x onerror="document.title=1"> \u202e49'


@pytest.fixture(scope="module")
def served(pack, november, tmp_path_factory):
    """The dashboard with a store of its own, in which three narratives have promised something."""
    data = tmp_path_factory.mktemp("promised")
    packs.copy(pack.published, data)
    store = open_store(f"sqlite:///{data / 'store.sqlite'}")

    def key(indicator: str, month: date, area: str | None = None) -> Key:
        return Key(indicator=indicator, month=month, authority="311", service_area=area)

    promising.approved(
        store,
        november,
        key(PLACED, OCTOBER),
        "Review every distant placement; Head of Corporate Parenting; 2024-12-02",
        "Open two homes nearby; Head of Commissioning; 2024-12-20",
        "Recruit ten foster carers; Head of Fostering; 2025-03-31",
        day=date(2024, 11, 12),
        back_by=date(2025, 1, 31),
    )
    promising.approved(
        store,
        november,
        key(ICPC, OCTOBER, AREA),
        f"{EVIL}; Head of Safeguarding; 2024-12-30",
        day=date(2024, 11, 12),
    )
    store.engine.dispose()
    with servers.serving(data) as server:
        yield server


def promised(page: Page) -> list[str]:
    """Return the promises of the page's table, in its order."""
    return page.locator("table.ledger th[scope=row] > div > bdi").all_inner_texts()


def groups(page: Page) -> list[str]:
    return [
        " ".join(said.split())
        for said in page.locator("table.ledger th[scope=rowgroup]").all_inner_texts()
    ]


def counts(page: Page) -> list[str]:
    return [" ".join(said.split()) for said in page.locator(".outcomes > li").all_inner_texts()]


def taken(page: Page) -> list[list[str]]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == "promises-2024-12-11.csv"
    text = download.value.path().read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until this has the focus, which a dialog does not let go of."""
    for _ in range(20):
        if focused(page) == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached; {focused(page)} is.")


def test_a_leader_reads_what_is_overdue_first_and_can_answer_nothing(visit, served):
    page = visit(address("promises", who=DIRECTOR), at=served)
    shows(page, TITLE, "All Starting Well · as they stand on 11 December 2024")
    assert counts(page) == [
        "✔ Kept 0",
        "✖ Missed 1 1 of them not answered yet",
        "➜ Moved 0",
        "○ Open 4 1 due in the next 14 days",
    ]
    assert promised(page)[:3] == [
        "Review every distant placement",
        "Open two homes nearby",
        promised(page)[2],
    ]
    assert [one.split(" (")[0] for one in groups(page)] == [
        "Overdue",
        "Due in the next 14 days",
        "Open",
    ]
    first = rows(page.locator("table.ledger"))[1]
    assert first[1:] == [
        "Placed over 20 miles from home All Starting Well",
        "Head of Corporate Parenting",
        "2 December 2024",
        "✖ Missed Nobody has said that it was done",
        "October 2024 by Morgan Ellis (author), approved by Helen Marsh (approver)",
    ]
    assert page.get_by_role("button", name="Answer").count() == 0

    page.get_by_role("link", name="Placed over 20 miles from home").first.click()
    shows(page, "Children in care placed more than 20 miles from home", "November 2024")


def test_it_is_found_by_state_words_and_place_and_the_address_keeps_them(visit, served):
    page = visit(address("promises", who=DIRECTOR), at=served)
    choose(page, "Show", "Open", show="open")
    assert len(promised(page)) == 4
    page.get_by_role("textbox", name="Owner or words").fill("fostering")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: query(url).get("words") == "fostering")
    idle(page)
    assert promised(page) == ["Recruit ten foster carers"]
    status = page.locator(".promises").get_by_role("status")
    expect(status).to_have_text("1 of 5 promises · Open · With “fostering”")
    page.reload()
    shows(page, TITLE)
    assert promised(page) == ["Recruit ten foster carers"]
    page.go_back()
    expect(status).to_have_text("4 of 5 promises · Open")

    choose(page, "Service area", AREA, area=AREA)
    shows(page, TITLE, AREA)
    assert len(promised(page)) == 1
    choose(page, "Service area", "Children with Disabilities")
    expect(page.get_by_text("No narrative has promised anything here yet.")).to_be_visible()
    assert {"show", "words"} & said_in_address(page).keys() == {"show"}


def test_what_was_typed_is_only_words_on_the_page_and_no_formula_in_the_file(visit, served):
    page = visit(address("promises", who=AUTHOR, area=AREA), at=served)
    shown = EVIL.replace("\u202e", "")
    assert promised(page) == [shown]
    assert page.title() != "1"
    assert page.locator(".promises img").count() == 0
    assert audited(page) == []

    page.goto(page.url.replace("area=MASH+and+Assessment", "area=All+Starting+Well"))
    shows(page, TITLE)
    head, *lines = taken(page)
    assert head[: len(HEADS)] == list(HEADS)
    assert len(lines) == 5
    assert all(
        not cell.lstrip().startswith(("=", "+", "-", "@")) for line in lines for cell in line
    )
    about = dict(zip(head[len(HEADS) :], lines[0][len(HEADS) :], strict=True))
    assert about["View"] == "All Starting Well · as they stand on 11 December 2024"
    assert about["Shown"] == "5 of 5 promises · Every promise"
    assert "invented children" in about["Note"]


def test_the_indicator_has_its_own_promises_and_those_due_beside_its_narrative(visit, served):
    page = visit(address("indicator", id=ICPC, area=AREA, who=DIRECTOR), at=served)
    assert page.locator(".notice.due").count() == 0  # its promise falls due in 19 days
    panel = tab(page, TITLE)
    expect(panel.get_by_role("listitem")).to_have_count(1)
    expect(panel).to_contain_text("Head of Safeguarding, by 30 December 2024. Due in 19 days.")
    page = visit(address("indicator", id=ICPC, who=DIRECTOR), at=served)
    expect(tab(page, TITLE)).to_contain_text("No narrative has promised anything here yet.")

    page = visit(address("indicator", id=PLACED, month="2024-06", who=AUTHOR), at=served)
    due = page.locator(".notice.due")
    expect(due.get_by_role("listitem")).to_have_text(
        [
            "Review every distant placement, by 2 December 2024 (Head of Corporate Parenting)",
            "Open two homes nearby, by 20 December 2024 (Head of Commissioning)",
            "All of this figure, in Promises",
        ]
    )
    expect(due).to_contain_text("1 promise overdue, 1 due in the next 14 days")
    panel = tab(page, TITLE)
    expect(panel.get_by_role("button", name="Answer: ")).to_have_count(3)
    assert audited(page) == []
    due.get_by_role("link").click()
    shows(page, TITLE)
    assert len(promised(page)) == 4


def test_an_author_says_by_keyboard_what_was_done_and_what_needs_another_day(visit, served):
    page = visit(address("promises", who=AUTHOR), at=served)
    overdue = "Review every distant placement, Placed over 20 miles from home, due 2 December 2024"
    go_to(page, f"button Answer: {overdue}")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 December 2024 is over")
    assert audited(page) == []

    note = "All 48 were reviewed, on 11 December."
    tab_to(page, "button Write it down")
    page.keyboard.press("Enter")  # no day is proposed: it would have been kept in time by then
    expect(dialog.get_by_role("alert")).to_contain_text("Say on which day it was done")
    tab_to(page, "spinbutton day, Done on")
    page.keyboard.type("11122024")
    tab_to(page, "button Write it down")
    page.keyboard.press("Enter")  # without a note
    expect(dialog.get_by_role("alert")).to_contain_text("Say what was done")
    tab_to(page, "textarea What was done")
    page.keyboard.type(note)
    tab_to(page, "button Write it down")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    said = "Written down as missed, 9 days late: Review every distant placement."
    expect(page.locator(".answered")).to_have_text(said)
    idle(page)

    # The keyboard goes on at the next that waits.
    homes = "Open two homes nearby, Placed over 20 miles from home, due 20 December 2024"
    expect(page.locator("button.answer").first).to_be_focused()
    assert focused(page) == f"button Answer: {homes}"
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("Open two homes nearby")
    tab_to(page, "input")  # It was done
    page.keyboard.press("ArrowDown")
    tab_to(page, "spinbutton day, New date")
    page.keyboard.type("31012025")
    tab_to(page, "textarea Why it needs another day")
    page.keyboard.type("The landlord withdrew.")
    tab_to(page, "button Move it")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator(".answered")).to_have_text(
        "Moved to 31 January 2025: Open two homes nearby."
    )
    idle(page)

    leader = visit(address("promises", who=DIRECTOR, words="homes"), at=served)
    assert counts(leader)[1:] == ["✖ Missed 1", "➜ Moved 1", "○ Open 4"]
    moved = "by Morgan Ellis (author): The landlord withdrew."
    assert [row[0] for row in rows(leader.locator("table.ledger")) if len(row) > 1] == [
        "Open two homes nearby Moved from 20 December 2024 to 31 January 2025 on 11 December 2024 "
        f"{moved}",
        "Open two homes nearby",
    ]
    leader = visit(address("promises", who=DIRECTOR, show="missed"), at=served)
    (row,) = (row for row in rows(leader.locator("table.ledger")) if len(row) > 1)
    assert row[4] == (
        "✖ Missed Done on 11 December 2024, 9 days late, as Morgan Ellis (author) said on 11 "
        f"December 2024: {note}"
    )


def test_promises_fit_a_narrow_window_and_a_printed_page(visit, served):
    page = visit(address("promises", who=AUTHOR), at=served, width=390)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)
    expect(page.locator("table.ledger .label").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("button.answer").first).to_be_hidden()
