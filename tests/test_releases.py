"""A release is what was published, bit for bit, or it is not shown."""

import json
import random
import shutil
from datetime import date

import pytest

from kpi import releases
from kpi.coverage import State
from kpi.errors import ReleaseError
from kpi.organisation import Place
from tests import packs

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
    from dataclasses import asdict

    from kpi import catalogue

    for id, indicator in catalogue.read_all().items():
        kept = asdict(november.indicators[id])
        assert kept == asdict(indicator) | {"select": ""}
    assert list(november.indicators) == list(catalogue.read_all())
