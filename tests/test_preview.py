"""`python -m kpi preview` says how far each published month would move, and writes nothing."""

import csv
import io

import pytest

from kpi import preview, publishing, releases
from kpi.errors import AccessError
from tests import packs, stores, trees
from tests.packs import NOVEMBER
from tests.stores import ANALYST
from tests.trees import Tree

TIMELY = "assessments_within_45_days"
FILE = f"sql/indicators/assessment/{TIMELY}.sql"

# Working days from the start, all of them begun on Monday 2 September 2024: Friday 25 October is
# day 39, Monday 4 November day 45, Tuesday 5 November day 46 and Thursday 7 November day 48.
ASSESSMENTS = f"""{packs.ASSESSMENTS}
    1,1,2024-09-02,2024-10-25,current,Y,true,assessment_1
    2,2,2024-09-02,2024-11-04,current,Y,true,assessment_1
    3,3,2024-09-02,2024-11-05,current,Y,true,assessment_1
    4,4,2024-09-02,2024-11-07,current,Y,true,intervention_1"""


@pytest.fixture
def tree(data, tmp_path) -> Tree:
    """A copy of the definitions beside a release that was made by the same ones."""
    packs.load(data / "1", {"assessments": ASSESSMENTS})
    publishing.publish(ANALYST, NOVEMBER)
    return trees.copy(tmp_path / "tree", data)


def lines(tree: Tree, name: str = TIMELY) -> tuple[list[dict[str, str]], str]:
    """Return what a preview prints, line by line, and the last thing that it says."""
    code, out, err = tree.run("preview", name)
    assert code == 0, err
    return list(csv.DictReader(io.StringIO(out))), err.splitlines()[-1]


def test_a_definition_that_has_not_changed_moves_nothing(tree):
    found, said = lines(tree)

    assert said == "None of 32 months would move."
    assert len(found) == 32
    assert {row["service_area"] for row in found} == {""}  # areas are shown where they move
    assert found[-1] == {
        "month": "2024-11",
        "authority": "311",
        "service_area": "",
        "published_numerator": "1",
        "published_denominator": "3",
        "published_shown": "33.3%",
        "numerator": "1",
        "denominator": "3",
        "shown": "33.3%",
        "moved": "",
    }
    assert found[0]["published_shown"] == found[0]["shown"] == "no cases"


def test_a_month_that_would_move_is_shown_with_the_areas_that_do(tree):
    """Day 46 in time too: November's 1 of 3 becomes 2 of 3, by the assessment of the first area."""
    tree.change(FILE, "<= 45", "<= 46")
    found, said = lines(tree)

    assert said == "1 of 32 months would move, by up to 33.3 points (November 2024)."
    assert [(row["month"], row["service_area"]) for row in found if row["moved"]] == [
        ("2024-11", ""),
        ("2024-11", "MASH and Assessment"),
    ]
    whole, area = found[-2:]
    assert (whole["published_shown"], whole["shown"], whole["moved"]) == ("33.3%", "66.7%", "33.3")
    assert (area["published_numerator"], area["published_denominator"]) == ("1", "2")
    assert (area["numerator"], area["denominator"], area["moved"]) == ("2", "2", "50.0")


def test_a_figure_that_comes_or_goes_has_no_size(tree):
    """Without its denominator's rows November has no cases: there are not two values to compare."""
    tree.change(FILE, "where a.status = 'current'", "where a.status = 'draft'")
    found, said = lines(tree)

    assert said == "2 of 32 months would move, to or from having no figure."
    assert (found[-3]["published_shown"], found[-3]["shown"]) == ("33.3%", "no cases")
    assert found[-3]["moved"] == ""


def test_work_that_would_count_for_another_area_alone_is_said(tree):
    tree.change(
        FILE,
        "    a.team_id,",
        "    case when a.team_id = '311:intervention_1' "
        "then '311:mash' else a.team_id end as team_id,",
    )
    found, said = lines(tree)

    assert said == "None of 32 months would move, but service areas would in 1 of them."
    assert [(row["service_area"], row["published_shown"], row["shown"]) for row in found[-3:]] == [
        ("", "33.3%", "33.3%"),
        ("Intervention and Support", "0.0%", "no cases"),
        ("MASH and Assessment", "50.0%", "33.3%"),
    ]


def test_only_what_the_release_was_made_from_is_counted(tree, data):
    """A later load of November, not yet published, moves nothing."""
    packs.load(data / "2", {"assessments": "\n".join(ASSESSMENTS.splitlines()[:2])})

    assert lines(tree)[1] == "None of 32 months would move."


def test_an_indicator_not_yet_published_shows_its_whole_series(tree):
    text = (tree.root / FILE).read_text(encoding="utf-8")
    tree.write(FILE.replace(TIMELY, "assessments_within_46_days"), text.replace("<= 45", "<= 46"))
    found, said = lines(tree, "assessments_within_46_days")

    assert said == (
        "assessments_within_46_days is not published yet. "
        "These are its figures of April 2022 to November 2024."
    )
    assert len(found) == 32
    assert [row["published_shown"] for row in found] == [""] * 32
    assert (found[-1]["numerator"], found[-1]["denominator"]) == ("2", "3")
    assert (found[-1]["shown"], found[-1]["moved"]) == ("66.7%", "")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (
            "assessment_within_45_days",
            "No indicator is called 'assessment_within_45_days'. "
            "Did you mean 'assessments_within_45_days'?",
        ),
        (TIMELY, 'a column named "teem_id". Candidate bindings: "team_id"'),
    ],
)
def test_what_cannot_be_counted_exits_with_1_and_says_why(tree, name, reason):
    tree.change(FILE, "    a.team_id,", "    a.teem_id,")
    code, out, err = tree.run("preview", name)

    assert (code, out) == (1, "")
    assert reason in err.splitlines()[-1]


def test_another_indicator_that_cannot_be_counted_does_not_stand_in_the_way(tree):
    tree.change("sql/indicators/care/started_care.sql", '"flow"', '"flaw"')
    assert lines(tree)[1] == "None of 32 months would move."


def test_nothing_is_written(tree, data):
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    lines(tree)
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


def test_loads_that_are_gone_are_named(tree, data):
    (ledger,) = (data / "lake" / "ledger").rglob("*.json")
    ledger.unlink()
    code, out, err = tree.run("preview", TIMELY)

    assert (code, out) == (1, "")
    assert "was made from loads that the lake no longer has: 311 2024-11 0001." in err


def test_only_an_analyst_counts_what_is_not_published(tree):
    with pytest.raises(AccessError, match="may not load and publish extracts"):
        preview.preview(stores.MANAGER, releases.open_release(releases.current()), TIMELY)
