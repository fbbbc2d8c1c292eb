"""Publishing puts a whole release in its place or changes nothing, whatever happens meanwhile."""

import json
import random
import shutil
import time
from datetime import date
from decimal import Decimal

import filelock
import pytest

from kpi import publishing, releases, settings
from kpi.errors import AccessError, DefinitionError, ExtractError, ReleaseError
from kpi.measures import Sum
from kpi.organisation import Place
from tests import packs, processes, publishers
from tests.packs import NOVEMBER, OCTOBER, SEPTEMBER
from tests.stores import ANALYST, AUTHOR, LEADER, MANAGER, VISITOR

KILLS = 40
TIMELY = "assessments_within_45_days"
WITHOUT_SUPPORT = "assessments_ending_without_support"


@pytest.fixture
def loaded(data):
    """A data folder into which two assessments of November are loaded."""
    packs.load(data / "incoming", {"assessments": publishers.ASSESSMENTS})
    return data


def staged(data) -> list[str]:
    return [path.name for path in (data / "published").glob(".staging-*")]


def everything_in(folder) -> dict:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def one_after_another(data, tmp_path, number: int, **options) -> int:
    """Publish in a process of its own as `number`, and return how it ended."""
    process = processes.start(
        publishers.publish, data, publishers.reference(tmp_path, number), number, *options.values()
    )
    process.join()
    return process.exitcode


def read(seen) -> list[dict[str, int]]:
    """Return what the reader has met so far, one for each release that it has opened."""
    return [json.loads(line) for line in seen.read_text(encoding="utf-8").splitlines()]


def read_now(seen) -> dict[str, int]:
    """Return what the reader meets from now on."""
    known, patience = len(read(seen)), time.monotonic() + 20
    while len(read(seen)) < known + 2 and time.monotonic() < patience:
        time.sleep(0.02)
    return read(seen)[-1]


def test_a_publisher_killed_at_any_moment_leaves_every_reader_a_whole_release(loaded, tmp_path):
    """Kills 40 publishers while a reader opens what is current, over and over.

    Every release says its own number in each of its files, so that one made of two would show.
    """
    moments = random.Random(40)
    assert one_after_another(loaded, tmp_path, 0) == 0
    stop, seen = tmp_path / "stop", tmp_path / "seen"
    reader = processes.start(publishers.read_until, stop, loaded, seen)
    cut_short = 0
    try:
        began = time.monotonic()
        assert one_after_another(loaded, tmp_path, 1) == 0
        length = time.monotonic() - began
        for number in range(2, 2 + KILLS):
            reference = publishers.reference(tmp_path, number)
            victim = processes.start(publishers.publish, loaded, reference, number)
            time.sleep(moments.uniform(0, length))
            victim.kill()
            victim.join()
            cut_short += bool(staged(loaded))
        assert one_after_another(loaded, tmp_path, 99) == 0
        assert set(read_now(seen).values()) == {99}
    finally:
        stop.touch()
        reader.join()

    assert staged(loaded) == []  # the next publisher swept up after those before it
    assert releases.open_release(releases.current()).manifest["published_by"] == "Publisher 99"
    reads = read(seen)
    assert len(reads) >= KILLS
    assert [said for said in reads if len(set(said.values())) != 1 or "error" in said] == []
    assert cut_short >= KILLS // 5, "too few were killed while they were writing"


@pytest.mark.parametrize(
    ("sync", "in_place", "shown"),
    [
        (1, False, "Publisher 1"),  # the first file of the new release is being written
        (25, False, "Publisher 1"),  # its last file is
        (26, True, "Publisher 1"),  # it has been renamed into place
        (35, True, "Publisher 1"),  # CURRENT is written, and not yet in its place
        (36, True, "Publisher 2"),  # CURRENT has been replaced
    ],
)
def test_a_publisher_killed_between_any_two_steps_is_made_good_by_the_next(
    loaded, tmp_path, sync, in_place, shown
):
    """A release has five files, and each waits for its own bytes and for four folders: 25 waits.

    The same wait follows the renaming, the writing of CURRENT and its replacing.
    """
    assert one_after_another(loaded, tmp_path, 1) == 0
    assert one_after_another(loaded, tmp_path, 2, kill_at_sync=sync) < 0
    published = loaded / "published"
    assert len(releases.names(published)) == 1 + in_place
    before = releases.open_release(releases.current())
    assert before.manifest["published_by"] == shown

    with packs.environment(KPI_REFERENCE=str(tmp_path / "reference-2")):
        again = publishing.publish(ANALYST, NOVEMBER)

    assert again.made is not in_place  # what stands already is not made a second time
    assert releases.current().name == again.name
    assert len(releases.names(published)) == 2
    assert staged(loaded) == []


def test_two_publishers_at_once_each_make_a_whole_release(loaded, tmp_path):
    both = [
        processes.start(publishers.publish, loaded, publishers.reference(tmp_path, number), number)
        for number in (1, 2)
    ]
    for process in both:
        process.join()

    names = releases.names(loaded / "published")
    assert [process.exitcode for process in both] == [0, 0]
    assert [name[:9] for name in names] == ["2024-11.1", "2024-11.2"]
    said = [
        set(publishers.numbers(releases.open_release(loaded / "published" / name)).values())
        for name in names
    ]
    assert said in ([{1}, {2}], [{2}, {1}])
    assert releases.current().name == names[-1]
    assert staged(loaded) == []


def test_somebody_who_waits_too_long_for_another_publisher_is_told_so(loaded, monkeypatch):
    monkeypatch.setattr(publishing, "WAIT_SECONDS", 0.1)
    (loaded / "published").mkdir()
    with (
        filelock.FileLock(loaded / "published" / ".lock"),
        pytest.raises(ReleaseError, match=r"Somebody else is publishing.*Nothing was changed"),
    ):
        publishing.publish(ANALYST, NOVEMBER)
    assert releases.names(loaded / "published") == []


def test_publishing_the_same_twice_makes_no_new_release(loaded):
    first = publishing.publish(ANALYST, NOVEMBER)
    content = everything_in(loaded / "published")
    second = publishing.publish(ANALYST, NOVEMBER)

    assert (first.made, second.made) == (True, False)
    assert second.name == first.name
    assert second.changes == ()
    assert everything_in(loaded / "published") == content
    _, out, _ = packs.run("publish", "--month", "2024-11")
    assert out == f"{first.name} stands already, with the same figures.\n"


def test_an_older_month_does_not_take_the_place_of_a_newer_one(loaded):
    packs.load(loaded / "october", {"assessments": publishers.ASSESSMENTS}, OCTOBER)
    november = publishing.publish(ANALYST, NOVEMBER)
    october = publishing.publish(ANALYST, OCTOBER)

    assert (november.current, october.current) == (True, False)
    assert october.compared_with is None  # November came after it
    assert october.name.startswith("2024-10.1-")
    assert releases.current().name == november.name


def test_the_command_says_that_pages_still_show_a_later_month(loaded):
    packs.load(loaded / "october", {"assessments": publishers.ASSESSMENTS}, OCTOBER)
    publishing.publish(ANALYST, NOVEMBER)

    code, out, _ = packs.run("publish", "--month", "2024-10")

    assert code == 0
    assert "Pages still show a later month." in out.splitlines()


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"2024-1", b"\x00\xff\xfe", b"2024-11.7-0123456789ab\n", b"../lake\n", b"2024-11"],
)
def test_a_current_that_names_nothing_is_refused_and_put_right_by_publishing(loaded, content):
    name = publishing.publish(ANALYST, NOVEMBER).name
    (loaded / "published" / "CURRENT").write_bytes(content)

    with pytest.raises(ReleaseError, match="CURRENT names a release that is not there"):
        releases.current()
    assert packs.run("figures")[0] == 1
    assert releases.last_good().name == name  # and what is whole can be shown meanwhile

    assert publishing.publish(ANALYST, NOVEMBER).name == name
    assert releases.current().name == name


def test_a_month_that_is_not_loaded_cannot_be_published(loaded):
    with pytest.raises(ReleaseError) as refusal:
        publishing.publish(ANALYST, date(2024, 12, 1))
    assert str(refusal.value).startswith(
        "No extract of 2024-12 is loaded; the newest is 2024-11. Load it first:"
    )
    with pytest.raises(ReleaseError, match="No extract of 2024-10 is loaded; none is"):
        publishing.publish(ANALYST, OCTOBER)


@pytest.mark.parametrize("actor", [VISITOR, LEADER, AUTHOR, MANAGER], ids=lambda actor: actor.name)
def test_only_an_analyst_publishes(loaded, actor):
    with pytest.raises(AccessError, match="may not load and publish extracts"):
        publishing.publish(actor, NOVEMBER)
    assert not (loaded / "published").exists()


def test_what_cannot_be_counted_changes_nothing(loaded, tmp_path):
    name = publishing.publish(ANALYST, NOVEMBER).name
    reference = publishers.reference(tmp_path, 1)
    (reference / "targets.csv").write_text("indicator,from_month\n")

    with packs.environment(KPI_REFERENCE=str(reference)), pytest.raises(DefinitionError):
        publishing.publish(ANALYST, NOVEMBER)

    assert releases.current().name == name
    assert releases.names(loaded / "published") == [name]
    assert staged(loaded) == []


def test_a_damaged_load_is_not_published(loaded):
    (part,) = (loaded / "lake" / "assessments").rglob("part.parquet")
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(content)

    with pytest.raises(ExtractError, match="311 2024-11 0001 of assessments is missing or damaged"):
        publishing.publish(ANALYST, NOVEMBER)
    assert releases.names(loaded / "published") == []


def test_a_damaged_release_is_replaced_by_publishing_its_month_again(loaded):
    name = publishing.publish(ANALYST, NOVEMBER).name
    (loaded / "published" / name / "teams.csv").write_text("")

    again = publishing.publish(ANALYST, NOVEMBER)

    assert again.made
    assert again.name.startswith("2024-11.2-")
    assert releases.open_release(releases.current()).name == again.name


# What a release says of itself, and of the one before it


def test_the_manifest_says_who_when_and_from_what(pack, november):
    manifest = november.manifest

    assert manifest["extract_month"] == "2024-11"
    assert manifest["records_from"] == "2022-12"
    assert manifest["published_by"] == "Test analyst"
    assert manifest["loads"] == ["311 2024-11 0001"] or "311 2024-11 0001" in manifest["loads"]
    assert manifest["demonstration"] is True
    assert manifest["authorities"] == ["311"]
    assert manifest["left_out"] == 0
    assert november.published_at.utcoffset().total_seconds() == 0
    assert set(manifest["files"]) == {
        path.name for path in november.folder.iterdir() if path.name != "manifest.json"
    }
    assert (november.folder / "teams.csv").read_bytes() == (
        settings.ROOT / "data" / "reference" / "teams.csv"
    ).read_bytes()


FIRST = f"""{packs.ASSESSMENTS}
    1,1,2024-09-02,2024-10-03,current,Y,true,assessment_1
    2,2,2024-09-02,,current,Y,true,assessment_1
    3,3,2024-07-01,2024-08-05,current,Y,true,assessment_1"""
# Then: assessment 2 turns out to have been authorised in October, on day 46 (2 September to
# 31 October is 43 working days, so it began on 28 August), and assessment 3 was begun in error.
SECOND = f"""{packs.ASSESSMENTS}
    1,1,2024-09-02,2024-10-03,current,Y,true,assessment_1
    2,2,2024-08-28,2024-10-31,current,Y,true,assessment_1
    3,3,2024-07-01,2024-08-05,cancelled,Y,true,assessment_1
    4,4,2024-07-01,2024-07-30,current,Y,true,assessment_1
    5,5,2024-10-01,2024-11-05,current,Y,true,assessment_1"""


def sums(numerator: int, denominator: int) -> Sum:
    return Sum(numerator=Decimal(numerator), denominator=Decimal(denominator))


def test_every_figure_that_a_new_release_gives_differently_is_listed(data):
    packs.load(data / "1", {"assessments": FIRST}, OCTOBER)
    before = publishing.publish(ANALYST, OCTOBER)
    packs.load(data / "2", {"assessments": SECOND}, NOVEMBER)
    after = publishing.publish(ANALYST, NOVEMBER)

    assert before.compared_with is None
    assert before.changes == ()
    assert after.compared_with == before.name
    assert {(c.indicator, c.month): (c.before, c.after) for c in after.changes} == {
        (TIMELY, date(2024, 7, 1)): (sums(0, 0), sums(1, 1)),
        (TIMELY, date(2024, 8, 1)): (sums(1, 1), sums(0, 0)),
        (TIMELY, OCTOBER): (sums(1, 1), sums(1, 2)),
        # every one of them found that the child needs support
        (WITHOUT_SUPPORT, date(2024, 7, 1)): (sums(0, 0), sums(0, 1)),
        (WITHOUT_SUPPORT, date(2024, 8, 1)): (sums(0, 1), sums(0, 0)),
        (WITHOUT_SUPPORT, OCTOBER): (sums(0, 1), sums(0, 2)),
    }


def test_the_command_prints_what_was_restated(data):
    packs.load(data / "1", {"assessments": FIRST}, OCTOBER)
    _, out, _ = packs.run("publish", "--month", "2024-10")
    assert out.splitlines()[1] == "Nothing was published before it."
    packs.load(data / "2", {"assessments": SECOND}, NOVEMBER)

    _, out, _ = packs.run("publish", "--month", "2024-11")

    assert out.splitlines()[1:] == [
        f"Restated: {TIMELY} 2024-07 0 of 0 is now 1 of 1",
        f"Restated: {TIMELY} 2024-08 1 of 1 is now 0 of 0",
        f"Restated: {TIMELY} 2024-10 1 of 1 is now 1 of 2",
        f"Restated: {WITHOUT_SUPPORT} 2024-07 0 of 0 is now 0 of 1",
        f"Restated: {WITHOUT_SUPPORT} 2024-08 0 of 1 is now 0 of 0",
        f"Restated: {WITHOUT_SUPPORT} 2024-10 0 of 1 is now 0 of 2",
    ]


def test_the_pack_restates_october_in_november(pack):
    october, november = (releases.open_release(pack.folder(month)) for month in (OCTOBER, NOVEMBER))
    listed = {(c.indicator, c.month): c for c in publishing.changes(october, november)}

    then, now = (
        packs.card(one, TIMELY, Place(authority="311"), OCTOBER).latest.sum
        for one in (october, november)
    )
    change = listed[TIMELY, OCTOBER]
    assert (change.before, change.after) == (then, now)
    assert then.denominator < now.denominator == 288
    assert all(month <= OCTOBER for _, month in listed)


def test_releases_of_the_same_figures_differ_in_nothing(november):
    assert list(publishing.changes(november, november)) == []


def test_a_team_that_is_not_listed_is_named_and_changes_no_total(data, tmp_path):
    rows = publishers.ASSESSMENTS.replace("assessment_1", "night_team")
    packs.load(data / "1", {"assessments": rows})

    code, out, _ = packs.run("publish", "--month", "2024-11")
    release = releases.open_release(releases.current())
    unmapped = Place(authority="311", service_area="Unmapped teams", team="night_team")

    assert code == 0
    assert (
        "Team night_team is not in teams.csv and counts under Unmapped teams." in out.splitlines()
    )
    assert release.places == [unmapped]
    card = packs.card(release, TIMELY, unmapped)
    whole = packs.card(release, TIMELY, Place(authority="311"))
    # 2 September to 4 and 5 November 2024 is 45 and 46 working days.
    assert card.latest.of == whole.latest.of == "1 of 2"

    _, proposed, _ = packs.run("teams")
    reference = tmp_path / "reference"
    shutil.copytree(settings.ROOT / "data" / "reference", reference)
    (line,) = proposed.strip().splitlines()[1:]
    with (reference / "teams.csv").open("a") as teams:
        teams.write(line.replace("night_team,night_team,", "night_team,Night Team,Nights") + "\n")
    with packs.environment(KPI_REFERENCE=str(reference)):
        done = publishing.publish(ANALYST, NOVEMBER)
    listed = releases.open_release(releases.current())

    assert done.unmapped == ()
    assert done.changes == ()
    assert listed.places == [Place(authority="311", service_area="Nights", team="Night Team")]


def test_a_team_that_is_misspelt_is_named_with_the_nearest_right_one(data):
    rows = publishers.ASSESSMENTS.replace("assessment_1", "asessment_1")
    packs.load(data / "1", {"assessments": rows})

    _, out, _ = packs.run("publish", "--month", "2024-11")

    assert (
        "Team asessment_1 is not in teams.csv and counts under Unmapped teams. "
        "Did you mean 'assessment_1'?" in out.splitlines()
    )


def test_a_release_says_how_many_records_were_left_out(data):
    rows = publishers.ASSESSMENTS + "\n3,3,soon,,current,Y,true,assessment_1"
    folder = data / "1"
    with pytest.raises(ExtractError):
        packs.load(folder, {"assessments": rows})
    code, _, err = packs.run(
        "load", str(folder), "--month", "2024-11", "--leave-out-refused", "a slip, reported"
    )
    assert code == 0, err

    assert packs.publish().left_out == 1


def test_a_september_release_does_not_change_when_later_months_are_published(pack):
    release = releases.open_release(pack.folder(SEPTEMBER))

    assert release.extract_month == SEPTEMBER
    assert release.months[-1] == SEPTEMBER
    assert releases.current_name(pack.published).startswith("2024-11.1-")
