"""Every page by the rules of WCAG 2.2, levels A and AA, as axe-core can check them."""

from importlib.resources import files

import pytest
from playwright.sync_api import expect

from tests import packs
from tests.browser import servers
from tests.browser.reader import (
    APPROVER,
    AUTHOR,
    DIRECTOR,
    MANAGER,
    SECOND_AUTHOR,
    address,
    box,
    button,
    idle,
    save,
    tab,
)
from tests.browser.test_faults import flip_a_bit
from tests.navigation import PAGES
from tests.packs import NOVEMBER

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 390)
ICPC = "icpc_within_15_days"

RUN = """rules => axe.run(document, {
    runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'],
}).then(found => {
    const lines = [];
    for (const violation of found.violations)
        for (const node of violation.nodes)
            lines.push(violation.id + ': ' + node.target.join(' ') + ' ' + node.failureSummary);
    return {lines, passes: found.passes.length};
})"""


def audited(page) -> list[str]:
    """Return what axe-core finds on the page as it stands: wide and narrow, light and dark."""
    page.evaluate(AXE)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            ground = "rgb(255, 255, 255)" if scheme == "light" else "rgb(15, 20, 25)"
            app = page.get_by_test_id("stApp")
            expect(app).to_have_css("background-color", ground)
            idle(page)
            result = page.evaluate(RUN, RULES)
            assert result["passes"] > 15  # or axe has looked at nothing
            found += [f"{width} {scheme} {line}" for line in result["lines"]]
    return found


@pytest.mark.parametrize("path", [listed.path for listed in PAGES])
def test_every_page_shuts_nobody_out(visit, path):
    assert audited(visit(address(path))) == []


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("", {"area": "Safeguarding"}),
        ("scorecard", {"words": "unicorns"}),
        ("service-areas", {"area": "Safeguarding"}),
        ("definitions", {"find": "unicorns"}),
        ("promises", {"words": "unicorns"}),
    ],
)
def test_a_page_with_nothing_to_show_shuts_nobody_out(visit, path, asked):
    assert audited(visit(address(path, **asked))) == []


def test_an_indicator_shuts_no_author_out(visit):
    page = visit(address("indicator", id="care_three_or_more_social_workers", who=AUTHOR))
    for title in ("Table", "Compared", "What is counted", "Promises"):
        tab(page, title)
        assert audited(page) == []


def test_an_open_list_shuts_no_manager_out(visit):
    page = visit(address("indicator", id=ICPC, who=MANAGER))
    panel = tab(page, "Records")
    panel.get_by_role("button", name="Open the list").click()
    expect(panel.get_by_role("table")).to_be_visible()
    assert audited(page) == []


def test_a_written_narrative_shuts_no_reader_out(visit):
    author = visit(address("indicator", id=ICPC, month="2023-09", who=AUTHOR))
    link = "[Working Together](https://www.gov.uk/working-together)"
    box(author, "Why").fill(f"**Written**:\n- rooms\n- {link}\n\n1. One\n2. Two")
    save(author)
    assert audited(visit(address("indicator", id=ICPC, month="2023-09", who=DIRECTOR))) == []


def test_two_texts_side_by_side_shut_no_author_out(visit):
    mine, theirs = (
        visit(address("indicator", id=ICPC, month="2023-08", who=who))
        for who in (AUTHOR, SECOND_AUTHOR)
    )
    for page in (mine, theirs):
        box(page, "Why").fill(page.url)
    save(theirs)
    button(mine, "Save").click()
    expect(mine.get_by_role("alert")).to_contain_text("Not saved")
    assert audited(mine) == []


def test_a_refused_release_shuts_nobody_out(visit, pack, data):
    published = packs.copy(pack.published, data)
    flip_a_bit(published / pack.folder(NOVEMBER).name / "measure.parquet")
    with servers.serving(data) as server:
        page = visit(at=server)
        expect(page.get_by_role("alert")).to_be_visible()
        assert audited(page) == []


def test_a_desk_with_words_questions_and_changes_shuts_nobody_out(visit):
    where = {"month": "2024-09", "about": "plans_reviewed_on_time"}
    author = visit(address("write", who=AUTHOR, **where))
    box(author, "Why").fill("Only 41.7% of families were asked.")
    button(author, "Add an action").click()
    expect(box(author, "Action 1")).to_be_visible()
    expect(author.locator(".remark").first).to_be_visible()
    assert audited(author) == []
    author.set_viewport_size({"width": 1280, "height": 900})
    button(author, "Submit for approval").click()
    expect(author.get_by_role("status").get_by_text("Submitted for approval.")).to_be_visible()
    approver = visit(address("review", who=APPROVER, **where))
    box(approver, "Reason for a return").fill("Where is this from?")
    button(approver, "Return to the author").click()
    expect(approver.get_by_role("status").get_by_text("Returned")).to_be_visible()
    author = visit(address("write", who=AUTHOR, **where))
    assert audited(author) == []
    author.set_viewport_size({"width": 1280, "height": 900})
    box(author, "Why").fill("Families were not asked.")
    button(author, "Submit for approval").click()
    expect(author.get_by_role("status").get_by_text("Submitted for approval.")).to_be_visible()
    approver = visit(address("review", who=APPROVER, **where))
    expect(approver.locator("ins").first).to_be_visible()
    assert audited(approver) == []
