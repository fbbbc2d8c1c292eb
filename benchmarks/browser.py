"""How long a reader waits in Chromium, from a click until the last figure is on the screen.

The page itself keeps the time: WATCH notes when a click began and when the last change that
followed it had been painted, so that nothing is added by asking from outside.
"""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import find

TIMES = 9  # how often each thing is done

LINES = ".panel li"  # of At a glance, below its cards
SCORES = "table.kpi tbody tr"
TREND = ".js-plotly-plot .main-svg .scatterlayer .js-line"
TITLE = "h1"  # where a service area may have no cases of the indicator, and then no chart

# What changes within a chart counts, and within the page everything but the choices themselves.
WATCH = """
(() => {
  const choices = '.st-key-controls, [data-testid="stSelectbox"]';
  const watch = window.watch = {clicked: 0, chart: 0, page: 0};
  const painted = new MessageChannel();
  let chart = false, noted = false;
  painted.port1.onmessage = ({data}) => {
    watch.page = performance.now();
    if (data) watch.chart = watch.page;
  };
  const changed = (node) => {
    if (chart) return;
    const at = node.nodeType === 1 ? node : node.parentElement;
    if (!at?.closest('[data-testid="stMainBlockContainer"]') || at.closest(choices)) return;
    chart = Boolean(at.closest('img.spark, .js-plotly-plot') || at.querySelector('img.spark'));
    if (noted) return;
    noted = true;
    requestAnimationFrame(() => {
      painted.port2.postMessage(chart);
      chart = noted = false;
    });
  };
  new MutationObserver((changes) => changes.forEach((change) => changed(change.target))).observe(
    document,
    {subtree: true, childList: true, characterData: true, attributeFilter: ['src', 'd', 'points']},
  );
  document.addEventListener('load', (event) => changed(event.target), true);
  addEventListener('pointerdown', (event) => { watch.clicked = event.timeStamp; }, true);
  watch.quiet = (which, drawn) => new Promise((done, fail) => {
    const began = performance.now();
    const look = () => {
      const last = watch[which], now = performance.now();
      const there = document.querySelectorAll(drawn).length > 0;
      if (there && last > watch.clicked && now - last > 1000) done(last - watch.clicked);
      else if (now - began > 20000) fail(Error(`${drawn} did not settle in 20 seconds`));
      else setTimeout(look, 100);
    };
    look();
  });
})()
"""


def measure(host: str) -> tuple[str, dict[str, list[float]]]:
    """Return the browser's version, and the milliseconds of each thing that a reader does."""
    with _browser() as browser:
        return browser.version, {
            "Empty browser to the last line, At a glance": _opened(browser, host, "", LINES),
            "Empty browser to the last row, Scorecard": _opened(browser, host, "scorecard", SCORES),
            "Empty browser to the chart, Indicator": _opened(
                browser, host, "indicator", TREND, which="chart"
            ),
            "Service area to the last figure, At a glance": _changed(browser, host, "", LINES),
            "Service area to the last figure, Scorecard": _changed(
                browser, host, "scorecard", SCORES
            ),
            "Service area to the last figure, Indicator": _changed(
                browser, host, "indicator", TITLE
            ),
            "Card to its open page": _followed(browser, host, '[class*="st-key-card-"] a'),
            "Line to its open page": _followed(browser, host, ".panel a"),
        }


def _opened(
    browser: Browser, host: str, path: str, drawn: str, *, which: str = "page"
) -> list[float]:
    waits = []
    for _ in range(TIMES):
        with _page(browser) as page:
            page.goto(f"http://{host}/{path}")
            waits.append(_quiet(page, which, drawn))
    return waits


def _changed(browser: Browser, host: str, path: str, drawn: str) -> list[float]:
    waits = []
    with _page(browser) as page:
        page.goto(f"http://{host}/{path}")
        _quiet(page, "page", drawn)
        for number in itertools.islice(itertools.cycle(range(1, 7)), TIMES):
            page.get_by_role("combobox", name="Service area").click()
            page.get_by_role("option").nth(number).click()
            waits.append(_quiet(page, "page", drawn))
    return waits


def _followed(browser: Browser, host: str, link: str) -> list[float]:
    waits = []
    with _page(browser) as page:
        for number in range(TIMES):
            page.goto(f"http://{host}/")
            _quiet(page, "page", LINES)
            found = page.locator(link)
            found.nth(number % found.count()).click()
            page.wait_for_url("**/indicator?**")
            waits.append(_quiet(page, "page", TREND))
    return waits


def _quiet(page: Page, which: str, drawn: str) -> float:
    """Return the milliseconds from the last click (or the opening) to the last change painted."""
    return page.evaluate("([which, drawn]) => watch.quiet(which, drawn)", [which, drawn])


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find.found(), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    """Give a page of a browser that keeps nothing of what was opened before."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()
