"""A real server and a real browser.

No visit may send a request to anything but the server; each test is held to that at its end.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import find, reader
from tests.browser.servers import Server, serving
from tests.packs import Pack

ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
)
FAILED = pytest.StashKey[bool]()

expect.set_options(timeout=15_000)  # for a machine that runs much else; no test is about speed


class Visit(Protocol):
    """Opens an address in a tab of its own, and returns the page once it has been drawn."""

    def __call__(
        self,
        address: str = "/",
        *,
        at: Server | None = None,
        width: int = 1280,
        fresh: bool = False,
    ) -> Page: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chrome or Chromium without a window."""
    path = find.found()
    assert path, find.HELP
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """One reader's browser, which has kept the files that every page needs."""
    with browser.new_context() as opened:
        yield opened


@pytest.fixture(scope="session")
def server(pack: Pack, window: BrowserContext, tmp_path_factory) -> Iterator[Server]:
    """The dashboard of the demonstration pack, as everybody sees it. Tests share its store."""
    data = tmp_path_factory.mktemp("served")
    shutil.copytree(pack.published, data / "published")
    with serving(data) as started, window.new_page() as page:
        page.goto(started.address)
        reader.idle(page)  # the first visit waits for imports; no test need allow for that
        yield started


@pytest.fixture
def visit(request, browser: Browser, window: BrowserContext) -> Iterator[Visit]:
    """Opens pages, and looks after them when the test is over. Each is a new visit to the server.

    A `fresh` one is in a browser that has never been there.
    """
    opened: list[tuple[Page, str, list[str]]] = []

    def visit(
        address: str = "/", *, at: Server | None = None, width: int = 1280, fresh: bool = False
    ) -> Page:
        served = at or request.getfixturevalue("server")
        page = browser.new_page() if fresh else window.new_page()
        asked: list[str] = []
        page.on("request", lambda sent: asked.append(sent.url))
        page.on("websocket", lambda socket: asked.append(socket.url.replace("ws", "http", 1)))
        opened.append((page, served.address, asked))
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(served.address + address)
        reader.idle(page)
        return page

    yield visit
    if request.node.stash.get(FAILED, False):
        for number, (page, _, _) in enumerate(opened):
            name = f"kpi-{request.node.name}-{number}.png".replace("/", "-")
            page.screenshot(path=Path(tempfile.gettempdir()) / name, full_page=True)
    strange = {
        url
        for _, address, asked in opened
        for url in asked
        if not url.startswith((f"{address}/", "data:", "blob:"))
    }
    for page, _, _ in opened:
        page.close()
    assert not strange, "Pages asked another host for something."


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
