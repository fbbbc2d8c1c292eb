"""What a reader does in a browser, and what they see there.

Everything is found as a reader finds it, by its role and its words, or by our own class names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, expect

from kpi import cards
from kpi.basis import Basis
from kpi.cards import HEADLINES, Card
from kpi.catalogue import AREAS
from kpi.organisation import Place
from kpi.releases import Release

DIRECTOR = "Director (leader)"
AUTHOR, SECOND_AUTHOR = "Morgan Ellis (author)", "Sam Okafor (author)"
APPROVER, OTHER_APPROVER = "Helen Marsh (approver)", "Tunde Adeyemi (approver)"
MANAGER = "Priya Nair (manager)"

# Nothing runs on the server for this page, nothing waits to be drawn, and every chart is there.
IDLE = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const charts = document.querySelectorAll('[data-testid=stPlotlyChart]').length;
    return app && app.getAttribute('data-test-script-state') === 'notRunning'
        && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
        && document.querySelectorAll('.js-plotly-plot .scatterlayer').length >= charts;
}"""

# A list shuts when the page moves under it. A driver scrolls and presses in one frame, as no reader
# can, so the list would open and shut: the scrolling has to be over first.
INTO_VIEW = """control => {
    control.scrollIntoView({ block: 'center' });
    return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""

# Every headline's card and every panel's line, in the order of the page, with their parts in the
# order in which they are read out.
FIGURES = """() => [...document.querySelectorAll('.card, .panel li')].map(figure => {
    const link = 'a[href*="id="]';
    let box = figure;
    while (!box.querySelector(link)) box = box.parentElement;
    const parts = [];
    const read = node => {
        if (node.nodeType === Node.TEXT_NODE) parts.push(node.textContent.trim());
        else if (node.alt !== undefined) parts.push(node.alt);
        else if (node.ariaHidden !== 'true') node.childNodes.forEach(read);
    };
    read(box);
    const shown = [...figure.querySelectorAll('.value, .figure, .figure + .of')];
    const address = new URL(box.querySelector(link).href).searchParams;
    return {
        id: address.get('id'),
        value: shown.map(one => one.innerText).join(' ').replace(/\\s+/g, ' ').trim(),
        read_out: parts.filter(Boolean).join(' '),
        leads: Object.fromEntries(address),
    };
})"""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A figure on At a glance: its indicator, its words, and the view that its link leads to."""

    id: str
    value: str
    read_out: str
    leads: dict[str, str]


def address(path: str = "", *, who: str | None = None, **said: str) -> str:
    """Return the path and query of a view; `who` looks at it."""
    said |= {"as": who} if who else {}
    return f"/{path}?{urlencode(said)}" if said else f"/{path}"


def query(url: str) -> dict[str, str]:
    """Return what an address says: {'area': 'Safeguarding', …}."""
    return {key: values[-1] for key, values in parse_qs(urlsplit(url).query).items()}


def said_in_address(page: Page) -> dict[str, str]:
    """Return what the page's own address says."""
    return query(page.url)


def idle(page: Page) -> None:
    """Wait until the page has nothing more to draw."""
    page.wait_for_function(IDLE)


def choose(page: Page, label: str, option: str, **then: str) -> None:
    """Choose an option of a control; `then` is what the address says afterwards."""
    control = page.get_by_role("combobox", name=label, exact=True)
    control.evaluate(INTO_VIEW)
    control.fill(option)  # opens the list, and brings the option into it
    page.get_by_role("option", name=option, exact=True).click()
    page.wait_for_url(lambda url: then.items() <= query(url).items())
    idle(page)


def menu(page: Page, title: str) -> None:
    """Open a page by the menu at the top."""
    link = page.get_by_role("navigation").first.get_by_role("link", name=title, exact=True)
    link.click(delay=50)  # as long as a hand holds a button down


def shows(page: Page, title: str, view: str = "") -> None:
    """Wait until the page with this title is there, for this view, and has been drawn."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    if view:
        expect(page.locator("h1, .sub").nth(1)).to_contain_text(view)
    idle(page)


def seen(page: Page) -> list[Seen]:
    """Return the headlines' cards on At a glance, then the lines of every panel."""
    return [Seen(**figure) for figure in page.evaluate(FIGURES)]


def card(page: Page, title: str) -> Locator:
    """Return the whole of a headline's card, to its edges, in view."""
    link = page.get_by_role("main").get_by_role("link", name=title, exact=True)
    holds = "descendant::*[contains(concat(' ', @class, ' '), ' card ')]"
    found = link.locator(f"xpath=ancestor-or-self::*[{holds}][1]")
    found.scroll_into_view_if_needed()
    return found


def open_card(page: Page, title: str) -> None:
    """Follow a headline's link to its indicator."""
    page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
    shows(page, title)


def tab(page: Page, title: str) -> Locator:
    """Open a tab, and return its panel."""
    page.get_by_role("tab", name=title).click()
    panel = page.get_by_role("tabpanel", name=title)
    expect(panel).to_be_visible()
    return panel


def rows(table: Locator) -> list[list[str]]:
    """Return the words of a table's body, row by row."""
    return table.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map("
        "cell => cell.innerText.replace(/\\s+/g, ' ').trim()))"
    )


def drawn(page: Page) -> list[dict[str, Any]]:
    """Return what the trend was drawn from: the target, the values, then each area's marks."""
    return page.evaluate(
        """() => document.querySelector('.js-plotly-plot').data.map(line => ({
            mode: line.mode,
            months: Array.from(line.x, month => String(month).slice(0, 7)),
            values: Array.from(line.y, value => Number.isFinite(value) ? value : null),
            text: line.text,
            shape: line.line && line.line.shape,
            gaps: !line.connectgaps,
        }))"""
    )


def described(page: Page) -> str | None:
    """Return the words that stand for the trend where it cannot be seen."""
    return page.get_by_role("figure").get_attribute("aria-label")


def box(page: Page, prompt: str) -> Locator:
    """Return the box for one prompt of the narrative."""
    return page.get_by_role("textbox", name=prompt, exact=True)


def button(page: Page, label: str) -> Locator:
    """Return a button by how its label begins; after it may stand the keys that press it too."""
    return page.get_by_role("button", name=re.compile(f"^{re.escape(label)}\\b"))


def save(page: Page, label: str = "Save") -> None:
    """Press the button under the narrative, and wait until the page says that it is saved."""
    button(page, label).click()
    expect(page.get_by_role("status").get_by_text("Saved.")).to_be_visible()
    idle(page)


def figures(page: Page) -> list[tuple[str, str]]:
    """Return every figure on At a glance, by its indicator and as it is shown."""
    return [(one.id, one.value) for one in seen(page)]


def values(built: Sequence[Card]) -> list[tuple[str, str]]:
    """Return every figure that At a glance should show, in its order: headlines, then by theme."""
    of = {card.indicator.id: card for card in built}
    found = [_shown(of[id], of[id].latest.of, of[id].when, of[id].rate_said) for id in HEADLINES]
    for theme in AREAS:
        for card in built:
            if card.indicator.area == theme:
                rate = card.rate_said.split(" children")[0]  # of so many children, in which year
                found.append(_shown(card, card.latest.of, rate, card.when_short))
    return found


def _shown(card: Card, *beside: str) -> tuple[str, str]:
    if card.latest.value is None:
        return card.indicator.id, card.latest.said.capitalize()
    return card.indicator.id, f"{card.latest.said} {' · '.join(filter(None, beside))}"


def expected(
    release: Release,
    month: Any,
    service_area: str | None = None,
    team: str | None = None,
    *,
    today: bool = False,
    basis: Basis = Basis.MONTH,
) -> list[Card]:
    """Return the cards of Havering's whole service, or of a part of it."""
    place = Place(authority="311", service_area=service_area, team=team, today=today)
    return cards.build(release, place, month, basis)
