"""Everything can be done with a keyboard alone, and everything fits a narrow window."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import (
    AUTHOR,
    MANAGER,
    address,
    idle,
    said_in_address,
    shows,
    tab,
)
from tests.navigation import PAGES

ICPC = "Initial child protection conferences within 15 working days"
TABS = ("Table", "Compared", "What is counted", "Promises", "Records")
CONTROLS = ("Service area", "Team", "Month", "Basis", "Organisation", "Try it as")
TOO_MANY = 1000  # more stops of the Tab key than any page has

# The kind and the name of an element: 'combobox Service area', 'a Contacts received'.
NAMED = """at => {
    const kind = at.getAttribute('role') || at.tagName.toLowerCase();
    return (kind + ' ' + (at.ariaLabel || at.innerText || '').trim()).trim();
}"""

# What the eye has to tell where the focus is: the element that has it and those around it.
LOOK = """element => {
    const looks = [];
    for (let at = element, up = 0; at && up < 6; at = at.parentElement, up++) {
        const style = getComputedStyle(at);
        looks.push([style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow,
            style.borderColor, style.backgroundColor, style.textDecorationLine].join());
    }
    return looks.join('\\n');
}"""


def focused(page: Page) -> str:
    """Return the name and kind of what has the focus: 'combobox Service area'."""
    return page.evaluate(f"({NAMED})(document.activeElement)")


def go_to(page: Page, wanted: str, key: str = "Tab") -> None:
    """Press Tab until this has the focus, and see that the eye can tell."""
    for _ in range(TOO_MANY):
        page.keyboard.press(key)
        if focused(page) == wanted:
            break
    assert focused(page) == wanted
    element = page.evaluate_handle("document.activeElement").as_element()
    page.wait_for_timeout(250)  # a focus ring may fade in
    with_focus = element.evaluate(LOOK)
    element.evaluate("at => at.blur()")
    page.wait_for_timeout(250)
    without = element.evaluate(LOOK)
    element.focus()
    assert with_focus != without, f"Nothing shows that {wanted} has the focus."


def test_a_figure_is_found_read_and_explained_without_a_mouse(visit):
    page = visit(address(who=AUTHOR, month="2023-07"))
    go_to(page, "combobox Service area")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("MASH")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    shows(page, "At a glance", "July 2023 · MASH and Assessment")
    assert said_in_address(page)["area"] == "MASH and Assessment"

    go_to(page, f"a {ICPC}")
    page.keyboard.press("Enter")
    shows(page, ICPC, "July 2023 · MASH and Assessment")

    go_to(page, "tab Chart")
    for title in TABS:
        page.keyboard.press("ArrowRight")
        if focused(page) == f"tab {title}":
            page.keyboard.press("Enter")
        expect(page.get_by_role("tabpanel", name=title)).to_be_visible()

    go_to(page, "textarea Why")
    page.keyboard.type("Written without a mouse.")
    go_to(page, "button Save\n\nCtrl + S")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("Saved.")).to_be_visible()
    page.reload()
    shows(page, ICPC, "July 2023 · MASH and Assessment")
    expect(page.get_by_role("textbox", name="Why")).to_have_value("Written without a mouse.")


def test_a_list_is_opened_and_scrolled_without_a_mouse(visit):
    page = visit(address("indicator", id="icpc_within_15_days", who=MANAGER), width=390)
    tab(page, "Records")
    go_to(page, "button Open the list")
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="The records counted")).to_be_visible()
    idle(page)
    go_to(page, "region The records counted")
    page.keyboard.press("ArrowRight")
    region = page.get_by_role("region", name="The records counted")
    expect(region).not_to_have_js_property("scrollLeft", 0)


@pytest.mark.parametrize("path", [listed.path for listed in PAGES])
def test_the_focus_is_never_caught(visit, path):
    page = visit(address(path, who=MANAGER))
    stops: list[str] = []
    while not stops or (stops.count(stops[0]) == 1 and len(stops) < TOO_MANY):
        page.keyboard.press("Tab")
        if not focused(page).startswith("body"):  # where the browser's own buttons have it
            stops.append(focused(page))
    assert stops[-1] == stops[0], "The focus does not come round."
    links = page.get_by_role("main").get_by_role("link")
    wanted = set(links.evaluate_all(f"links => links.map({NAMED})"))
    assert wanted | {f"combobox {name}" for name in CONTROLS} <= set(stops)
    page.keyboard.press("Shift+Tab")
    assert focused(page) == stops[-2]


@pytest.mark.parametrize("path", [listed.path for listed in PAGES])
def test_nothing_is_wider_than_a_narrow_window(visit, path):
    page = visit(address(path, who=MANAGER, id="icpc_within_15_days"), width=390)
    fit_narrow_windows(page)
    for title in TABS if path == "indicator" else ():
        panel = tab(page, title)
        if title == "Records":
            panel.get_by_role("button").click()
            expect(panel.get_by_role("table")).to_be_visible()
        fit_narrow_windows(page)


def fit_narrow_windows(page: Page) -> None:
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)


def fits(page: Page) -> None:
    idle(page)
    over = page.evaluate(
        """() => [document.scrollingElement, ...document.querySelectorAll('section, main')]
            .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth)
            .map(one => one.tagName + ' ' + one.scrollWidth + ' > ' + one.clientWidth)"""
    )
    assert over == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
