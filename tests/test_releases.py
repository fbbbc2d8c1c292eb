"""A release is what was published, bit for bit, or it is not shown."""

import hashlib
import json
import random
import shutil
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kpi import (
    benchmarks,
    cards,
    catalogue,
    expectations,
    organisation,
    points,
    rates,
    records,
    releases,
    targets,
)
from kpi.coverage import State
from kpi.errors import ReleaseError
from kpi.organisation import Place
from kpi.releases import Release
from tests import packs, stores

FLIPS = 60
FILES = ("measure.parquet", "records.parquet", "catalogue.json", "teams.csv", "manifest.json")


@pytest.fixture(scope="module")
def folder(pack, tmp_path_factory):
    """A copy of the release of November, which each test leaves as it found it."""
    there = tmp_path_factory.mktemp("published") / pack.folder(packs.NOVEMBER).name
    shutil.copytree(pack.folder(packs.NOVEMBER), there)
    return there


@pytest.fixture
def spoilt(folder):
    """Return a function that puts other content into a file; it is put back afterwards."""
    kept = {}

    def spoil(name: str, content: bytes | None) -> None:
        path = folder / name
        kept.setdefault(path, path.read_bytes())
        path.unlink()
        if content is not None:
            path.write_bytes(content)

    yield spoil
    for path, content in kept.items():
        path.write_bytes(content)


def refused(folder) -> str:
    with pytest.raises(ReleaseError) as refusal:
        releases.open_release(folder)
    assert str(refusal.value).startswith(f"Release {folder.name} is damaged: ")
    assert "publish the month again" in str(refusal.value)
    return str(refusal.value)


def test_a_whole_release_opens(folder):
    assert releases.open_release(folder).name == folder.name


@pytest.mark.parametrize("name", FILES)
def test_one_flipped_bit_anywhere_is_refused(folder, spoilt, name):
    """60 bits in all, drawn anew in each file: without the checksums most would go unnoticed."""
    rng = random.Random(name)
    whole = (folder / name).read_bytes()
    for _ in range(FLIPS // len(FILES)):
        bit = rng.randrange(8 * len(whole))
        content = bytearray(whole)
        content[bit // 8] ^= 1 << bit % 8
        spoilt(name, bytes(content))
        assert f"{name} is not what was published" in refused(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_short_or_missing_is_refused(folder, spoilt, name):
    whole = (folder / name).read_bytes()
    for content in (b"", whole[: len(whole) // 2], whole[:-1], whole + b"\n"):
        spoilt(name, content)
        assert f"{name} is not what was published" in refused(folder)
    spoilt(name, None)
    assert f"{name} is missing" in refused(folder)


def test_files_of_two_releases_do_not_make_one(pack, folder, spoilt):
    october = pack.folder(packs.OCTOBER)
    for name in FILES:
        spoilt(name, (october / name).read_bytes())
        refused(folder)


def test_a_manifest_that_was_made_to_fit_is_refused_too(folder, spoilt):
    """The release's own name holds the first digits of its manifest's hash."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["left_out"] = 1
    spoilt("manifest.json", json.dumps(manifest, indent=1).encode())
    assert "manifest.json is not what was published" in refused(folder)


def test_a_damaged_release_is_named_by_the_command_and_no_figure_is_printed(published, data):
    (folder,) = published.glob("2024-11.*")
    content = bytearray((folder / "measure.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "measure.parquet").write_bytes(content)

    code, out, err = packs.run("figures", "--month", "2024-11")

    assert (code, out) == (1, "")
    assert f"Release {folder.name} is damaged: measure.parquet is not what was published" in err


def test_the_last_good_release_is_offered(published, data):
    """November is current and damaged, then October is damaged too, and at last all of them."""
    offered = []
    for month in ("2024-11", "2024-10", "2024-09"):
        (folder,) = published.glob(f"{month}.*")
        with (folder / "records.parquet").open("r+b") as file:
            file.seek(1000)
            byte = file.read(1)
            file.seek(1000)
            file.write(bytes([byte[0] ^ 1]))
        good = releases.last_good()
        offered.append(good and f"{good.extract_month:%Y-%m}")
    assert offered == ["2024-10", "2024-09", None]


def test_where_nothing_is_published_it_is_said_how_to(data):
    with pytest.raises(ReleaseError, match=r"Nothing is published yet\. Load a month and publish"):
        releases.current()
    assert releases.current_name(data / "published") is None
    assert releases.last_good() is None


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("2024-11.1-3fa9c2d1e0b4", date(2024, 11, 1)),
        ("2024-11.12-3fa9c2d1e0b4", date(2024, 11, 1)),
        ("2024-13.1-3fa9c2d1e0b4", None),
        ("2024-11", None),
        ("2024-11.x-3fa9c2d1e0b4", None),
        (".staging-4711", None),
        ("", None),
        ("../../etc", None),
    ],
)
def test_only_a_releases_name_is_taken_for_one(name, month):
    assert releases.month_of(name) == month


def test_releases_are_ordered_by_month_and_then_by_number(tmp_path):
    for name in ("2024-11.10-a", "2024-11.9-b", "2023-12.1-c", ".staging-1", "lost+found"):
        (tmp_path / name).mkdir()
    (tmp_path / "2024-11.11-d").write_text("a file is no release")

    assert releases.names(tmp_path) == ["2023-12.1-c", "2024-11.9-b", "2024-11.10-a"]


def test_a_release_says_what_it_holds(november):
    assert (november.months[0], november.months[-1]) == (date(2022, 4, 1), packs.NOVEMBER)
    assert len(november.months) == 32
    assert november.authorities == ["311"]
    assert november.demonstration
    assert set(november.coverage) == {(id, "311") for id in november.indicators}
    assert {state for states in november.coverage.values() for state in states.values()} == {
        State.COUNTED
    }
    assert Place(authority="311", service_area="Unallocated", team="Unallocated") in november.places
    assert "working_days_taken" in november.details["assessments_within_45_days"]


def test_a_releases_headers_are_those_of_the_files_that_were_counted(november):
    for id, indicator in catalogue.read_all().items():
        kept = asdict(november.indicators[id])
        assert kept == asdict(indicator) | {"select": ""}
    assert list(november.indicators) == list(catalogue.read_all())


def test_a_release_keeps_what_the_reference_folder_said_when_it_was_made(november):
    indicators = catalogue.read_all()

    assert november.targets == targets.read(indicators)
    assert november.expectations == expectations.read(indicators)
    assert november.benchmarks == benchmarks.read(list(indicators.values()))
    assert november.populations == rates.read()
    assert november.names == organisation.names()
    assert november.teams == organisation.read()


# A release from before there were teams of today, paths, expectations, comparisons and rates

NEW_COLUMNS = ["service_area_today", "team_today"]
NEW_KEYS = ("expectations", "benchmarks", "populations", "names")


@pytest.fixture(scope="module")
def old(pack, tmp_path_factory) -> Release:
    """The release of November as the first version would have published it."""
    there = tmp_path_factory.mktemp("old")
    staging = there / "staging"
    shutil.copytree(pack.folder(packs.NOVEMBER), staging)
    for name in ("measure.parquet", "records.parquet"):
        table = pq.read_table(staging / name).drop_columns(NEW_COLUMNS)
        pq.write_table(table, staging / name, compression="zstd", write_page_checksum=True)
    described = packs.catalogue(staging)
    for key in NEW_KEYS:
        del described[key]
    for target in described["targets"]:
        target["floor"] = target["floor"] or "75"
        del target["distance"], target["profile"]
    (staging / "catalogue.json").write_text(json.dumps(described), encoding="utf-8")
    return releases.open_release(renamed(staging))


def renamed(staging: Path) -> Path:
    """Give a folder a manifest that its files fit, and the name that its manifest asks for."""
    manifest = json.loads((staging / "manifest.json").read_text(encoding="utf-8"))
    for name, said in manifest["files"].items():
        content = (staging / name).read_bytes()
        said |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    text = json.dumps(manifest).encode()
    (staging / "manifest.json").write_bytes(text)
    name = f"2024-11.1-{hashlib.sha256(text).hexdigest()[: releases.HASH_DIGITS]}"
    return staging.rename(staging.with_name(name))


WHOLE = Place(authority="311")


def test_an_older_release_says_the_same_figures(old, november):
    for was, now in zip(
        cards.build(old, WHOLE, packs.NOVEMBER),
        cards.build(november, WHOLE, packs.NOVEMBER),
        strict=True,
    ):
        assert [(p.month, p.sum, p.said) for p in was.series] == [
            (p.month, p.sum, p.said) for p in now.series
        ]
        assert (was.published, was.expected, was.rate_said) == ((), None, "")


def test_an_older_releases_targets_stand_as_they_did(old, november):
    timely = november.indicators["assessments_within_45_days"]
    assert old.goal(timely, packs.NOVEMBER) == november.goal(timely, packs.NOVEMBER)
    dental = old.goal(old.indicators["dental_checks"], packs.NOVEMBER)
    assert (dental.target, dental.floor, dental.by_march) == (85, 75, None)


def test_an_older_release_knows_only_the_teams_of_then(old):
    assert old.places_today == [replace(place, today=True) for place in old.places]
    indicator, august = old.indicators["children_in_care"], date(2024, 8, 1)
    then, today = (
        points.breakdown(old, indicator, replace(WHOLE, today=today), august)
        for today in (False, True)
    )
    assert [replace(row.place, today=True) for row in then] == [row.place for row in today]


def test_the_lists_of_an_older_release_open_too(old, tmp_path):
    store = stores.at(tmp_path / "store.sqlite")
    for today in (False, True):
        found = records.behind(
            store,
            stores.MANAGER,
            old,
            indicator="children_in_care",
            month=packs.NOVEMBER,
            place=Place(authority="311", service_area="Corporate Parenting", today=today),
            source="page indicator",
        )
        assert len(found.rows) > 100
    store.engine.dispose()
