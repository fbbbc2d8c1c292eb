"""Finds the browser for the browser tests, or installs one: python -m tests.browser.find

It looks for a Chrome or Chromium, then installs Debian's package where it may, then asks
Playwright for its own. It fails, saying what to do, rather than let a test be skipped.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
HELP = (
    "No Chrome or Chromium was found and none could be installed. Install one, or name it: "
    "KPI_BROWSER=/path/to/chrome"
)


def found() -> str | None:
    """Return the path of a browser on this machine, if any; $KPI_BROWSER is asked first."""
    named = os.environ.get("KPI_BROWSER")
    if named:
        return named
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    if installed:
        return installed
    there = next((path for path in PLACES if Path(path).exists()), None)
    if there:
        return there
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def installed() -> str | None:
    """Return the path of a browser, once Debian's package or Playwright's own is installed."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
        if path := found():
            return path
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return found()


if __name__ == "__main__":
    browser = found() or installed()
    if browser is None:
        sys.exit(HELP)
    print(f"Browser tests use {browser}", file=sys.stderr)
