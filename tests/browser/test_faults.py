"""What readers see when a release is damaged, when there is none, and while one is published."""

import subprocess
import sys

from playwright.sync_api import expect

from kpi import releases, settings
from tests import packs
from tests.browser import servers
from tests.browser.reader import (
    address,
    choose,
    expected,
    figures,
    idle,
    seen,
    shows,
    values,
)
from tests.packs import NOVEMBER, OCTOBER, SEPTEMBER

AREA = "MASH and Assessment"


def flip_a_bit(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_one_flipped_bit_is_refused_and_the_last_good_release_offered(visit, pack, data):
    published = packs.copy(pack.published, data)
    name = pack.folder(NOVEMBER).name
    flip_a_bit(published / name / "measure.parquet")
    with servers.serving(data) as server:
        page = visit(at=server)
        told = page.get_by_role("alert")
        expect(told).to_contain_text(f"Release {name} is damaged: measure.parquet is not what was")
        expect(told).to_contain_text("publish the month again")
        assert seen(page) == []
        page.get_by_role("button", name="Show the last good release, of October 2024").click()
        shows(page, "At a glance", "figures from the extract of October 2024")
        october = releases.open_release(pack.folder(OCTOBER))
        assert figures(page) == values(expected(october, OCTOBER))
        expect(
            page.get_by_text("This is not the current release, but one of October")
        ).to_be_visible()
        choose(page, "Service area", AREA, area=AREA)
        shows(page, "At a glance", "figures from the extract of October 2024")


def test_a_reader_before_the_first_release_is_told_what_to_do(visit, pack, data):
    with servers.serving(data) as server:
        page = visit(at=server)
        expect(page.get_by_role("alert")).to_contain_text("Nothing is published yet")
        expect(page.get_by_role("alert")).to_contain_text("python -m kpi publish --month 2024-11")
        packs.copy(pack.published, data)
        page.reload()
        shows(page, "At a glance", "November 2024")


def test_a_publish_shows_at_the_next_click_and_never_as_a_mixture(visit, pack, data):
    (data / "lake").symlink_to(pack.data / "lake")
    packs.copy(pack.published, data, [pack.folder(SEPTEMBER), pack.folder(OCTOBER)])
    current = data / "published" / "CURRENT"
    current.write_text(pack.folder(OCTOBER).name, encoding="utf-8")
    known = {month: releases.open_release(pack.folder(month)) for month in (OCTOBER, NOVEMBER)}
    right = {
        month: [values(expected(release, OCTOBER, *place)) for place in ((), (AREA,))]
        for month, release in known.items()
    }
    with servers.serving(data) as server:
        page = visit(at=server)
        shows(page, "At a glance", "October 2024 · All Starting Well · In the month · figures from")
        publishing = subprocess.Popen(
            [sys.executable, "-m", "kpi", "publish", "--month", "2024-11"],
            cwd=settings.ROOT,
            env=servers.environment(data),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        places, shown = [("All Starting Well", 0), (AREA, 1)], []
        while not shown or shown[-1] != NOVEMBER:
            name, number = places[(len(shown) + 1) % 2]
            done = publishing.poll() is not None
            choose(page, "Service area", name, area=name)
            of = OCTOBER if page.get_by_text("the extract of October").count() else NOVEMBER
            assert figures(page) == right[of][number]
            shown.append(of)
            assert of == NOVEMBER or not done, "The first click after a publish shows it."
        assert publishing.wait() == 0
        assert shown == sorted(shown)
        choose(page, "Month", "November 2024", month="2024-11")
        shows(page, "At a glance", "November 2024")


def test_a_page_opened_by_a_link_is_there_for_the_first_visitor_of_a_new_server(visit, pack, data):
    packs.copy(pack.published, data)
    with servers.serving(data) as server:
        page = visit(address("indicator", id="icpc_within_15_days"), at=server)
        idle(page)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Initial child protection")
