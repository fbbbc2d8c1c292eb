"""A real server and a real browser. Every visitor has a browser window that knows nothing yet.

No visit may send a request to anything but the server; each test is held to that at its end.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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


class Visit(Protocol):
    """Opens an address as a new visitor, and returns the page once it has been drawn."""

    def __call__(
        self, address: str = "/", *, at: Server | None = None, width: int = 1280
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
def server(pack: Pack, tmp_path_factory) -> Iterator[Server]:
    """The dashboard of the demonstration pack, as everybody sees it. Tests share its store."""
    data = tmp_path_factory.mktemp("served")
    shutil.copytree(pack.published, data / "published")
    with serving(data) as started:
        yield started


@pytest.fixture
def visit(request, browser: Browser) -> Iterator[Visit]:
    """Opens pages, each in a browser window of its own; looks after them when the test is over."""
    opened: list[tuple[Page, str, list[str]]] = []

    def visit(address: str = "/", *, at: Server | None = None, width: int = 1280) -> Page:
        served = at or request.getfixturevalue("server")
        context = browser.new_context(viewport={"width": width, "height": 900})
        asked: list[str] = []
        context.on("request", lambda sent: asked.append(sent.url))
        page = context.new_page()
        page.on("websocket", lambda socket: asked.append(socket.url.replace("ws", "http", 1)))
        opened.append((page, served.address, asked))
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
        page.context.close()
    assert not strange, "Pages asked another host for something."


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
