"""Real records are shown on this machine only; and the server's own settings."""

import getpass
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kpi.settings import ROOT
from tests import packs
from tests.browser import servers
from tests.browser.reader import box, figures, open_card, rows, save, seen, tab

ASSESSMENTS = "Assessments completed within 45 working days"
REAL = {
    "assessments": """
        assessment_id,child_id,start_date,authorised_date,status,team_id,child_seen,outcome_csc_support
        1,11,01/11/2024,29/11/2024,current,assessment_1,Y,true
        2,12,01/07/2024,29/11/2024,current,assessment_1,Y,true
    """,
    "children": """
        child_id,dob
        11,01/01/2015
        12,01/01/2016
    """,
}


@pytest.fixture
def real(data) -> Path:
    """A data folder whose release was loaded like any council's own extract."""
    packs.load(data / "incoming", REAL)
    assert not packs.publish().demonstration
    return data


def test_real_records_are_shown_under_a_banner_to_the_user_of_this_machine(visit, real):
    with servers.serving(real) as server:
        page = visit(at=server)
        expect(page.locator(".banner.local")).to_have_text(
            f"Local mode: real records, shown on this machine only, to {getpass.getuser()}."
        )
        assert page.get_by_text("Demonstration").count() == 0
        assert page.get_by_role("combobox", name="Try it as").count() == 0
        values = figures(page)
        # Day 20 and day 107, as a headline and as a line.
        assert values[0] == ("assessments_within_45_days", "50.0% 1 of 2 · in November 2024")
        assert ("assessments_within_45_days", "50.0% 1 of 2 · in the month") in values
        assert ("icpc_within_15_days", "Not in this extract") in values
        open_card(page, ASSESSMENTS)
        box(page, "Why").fill("One family was away.")
        save(page)
        expect(page.get_by_text(f"Revision 1, saved by {getpass.getuser()}")).to_be_visible()
        panel = tab(page, "Records")
        panel.get_by_role("button", name="Open the list").click()
        expect(panel.get_by_role("table")).to_be_visible()
        assert len(rows(panel.get_by_role("table"))) == 2


@pytest.mark.parametrize("address", ["0.0.0.0", ""])
def test_a_server_that_other_machines_could_reach_does_not_start(real, address):
    command = ["-m", "streamlit", "run", "app.py", "--server.port", "0", "--server.address"]
    ended = subprocess.run(
        [sys.executable, *command, address],
        cwd=ROOT,
        env=servers.environment(real),
        capture_output=True,
        text=True,
        timeout=servers.START_SECONDS,
    )

    assert ended.returncode == 1
    assert "Real records are shown on this machine only" in ended.stderr
    assert "Start it with --server.address 127.0.0.1" in ended.stderr


def test_real_records_published_meanwhile_are_shown_to_no_other_machine(visit, pack, data):
    packs.copy(pack.published, data)
    with servers.serving(data, "--server.address", "0.0.0.0") as server:
        assert seen(visit(at=server))  # the demonstration is for everybody
        packs.load(data / "incoming", REAL)
        assert not packs.publish().demonstration
        page = visit(at=server)
        expect(page.get_by_role("alert")).to_contain_text(
            "Real records are shown on this machine only"
        )
        assert seen(page) == []
        assert page.get_by_role("main").get_by_role("combobox").count() == 0
        assert page.get_by_role("main").inner_text().count("%") == 0


def test_the_settings_that_matter_stand():
    stands = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for section, settings in {
        "server": {"address": "127.0.0.1", "enableStaticServing": False, "fileWatcherType": "none"},
        "runner": {"postScriptGC": False, "magicEnabled": False},
        "client": {"toolbarMode": "viewer", "showErrorDetails": "none"},
        "browser": {"gatherUsageStats": False},
    }.items():
        assert stands[section].items() >= settings.items()


@pytest.mark.skipif(sys.platform != "linux", reason="what a process has loaded is read from /proc")
def test_the_server_runs_on_the_quicker_event_loop(server):
    loaded = Path(f"/proc/{server.pid}/maps").read_text()
    assert "/uvloop/loop." in loaded
