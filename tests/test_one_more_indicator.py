"""An indicator more is one SQL file, one case and one target row, and nothing else.

The three are those that CONTRIBUTING.md shows, so that what it shows is true.
"""

import json
import re
import shutil

import pytest

from kpi import settings
from tests import trees
from tests.trees import Tree

NEW = "assessments_within_20_days"
TITLE = "Assessments completed within 20 working days"
FILE = f"sql/indicators/assessment/{NEW}.sql"
CASE = f"tests/indicators/{NEW}.md"
TARGETS = "data/reference/targets.csv"

# Opens a page of the copy as a reader does, and prints what it says in our own markup.
OPEN_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=120)
for pair in sys.argv[2:]:
    key, _, value = pair.partition("=")
    app.query_params[key] = value
app.run()
if sys.argv[1] != "at_a_glance":
    app.switch_page(sys.argv[1]).run()
assert not app.exception, app.exception
print("\\n".join(block.proto.body for block in app.get("html")))
"""
# Makes the files that the scorecard offers, and prints what they hold.
EXPORT = """
import csv, io, json, openpyxl
from kpi import cards, releases, scorecard, workbook
from kpi.organisation import Place
release = releases.open_release(releases.current())
built = cards.build(release, Place(authority="311"), release.extract_month)
board = scorecard.build(built, narratives={}, choice=scorecard.Choice())
about = {"View": "All", "Shown": board.said, "Note": ""}
book = openpyxl.load_workbook(io.BytesIO(workbook.as_xlsx(board, about=about)))
lines = csv.reader(io.StringIO(workbook.as_csv(board, about=about).decode("utf-8-sig")))
print(json.dumps({
    "xlsx": [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book],
    "csv": list(lines),
}))
"""


@pytest.fixture(scope="module")
def examples() -> dict[str, str]:
    """What CONTRIBUTING.md shows, by its language: the file, the case and the target."""
    text = (settings.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return dict(re.findall(r"```(sql|markdown|csv)\n(.*?)```", text, re.DOTALL))


@pytest.fixture(scope="module")
def tree(pack, tmp_path_factory, examples) -> Tree:
    """A copy of the tree with the indicator added, and the pack published with it."""
    folder = tmp_path_factory.mktemp("more")
    shutil.copytree(pack.data / "lake", folder / "data" / "lake")
    tree = trees.copy(folder / "tree", folder / "data")
    tree.write(FILE, examples["sql"])
    tree.write(CASE, examples["markdown"])
    tree.add(TARGETS, examples["csv"].strip())
    code, _, err = tree.run("publish", "--month", "2024-11")
    assert code == 0, err
    return tree


def page(tree: Tree, name: str, **address: str) -> str:
    """Return what a page of the copy says."""
    pairs = [f"{key}={value}" for key, value in address.items()]
    code, out, err = tree.python("-c", OPEN_PAGE, name, *pairs)
    assert code == 0, err
    return out


def test_nothing_but_the_three_has_changed(tree):
    changed = set()
    for path in tree.root.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            there = settings.ROOT / path.relative_to(tree.root)
            if not there.exists() or there.read_bytes() != path.read_bytes():
                changed.add(str(path.relative_to(tree.root)))
    assert changed == {FILE, CASE, TARGETS}


def test_there_is_nothing_wrong_with_it(tree):
    code, out, err = tree.run("check")
    assert (code, out) == (0, "")
    assert "59 indicators, 59 worked cases" in err


def test_it_is_among_the_figures_with_its_target(tree):
    figures = tree.table("figures", "--indicator", NEW)
    whole = figures[0]

    assert whole["service_area"] == ""
    assert 0 < int(whole["numerator"]) < int(whole["denominator"])
    assert (whole["target"], whole["rating"] in ("On target", "Close to target", "Off target")) == (
        "40",
        True,
    )
    of_all = tree.table("figures", "--indicator", "assessments_within_45_days")[0]
    assert whole["denominator"] == of_all["denominator"]
    assert {row["service_area"] for row in figures} > {""}


def test_its_list_opens_and_adds_up(tree):
    rows = tree.table("records", NEW)
    (whole, *_) = tree.table("figures", "--indicator", NEW)
    assert sum(int(row["numerator"]) for row in rows) == int(whole["numerator"])
    assert len(rows) == int(whole["denominator"])


@pytest.mark.parametrize(
    "name",
    [
        "at_a_glance",
        "pages/overview/scorecard.py",
        "pages/overview/service_areas.py",
        "pages/about/definitions.py",
    ],
)
def test_it_appears_on_every_page_of_indicators(tree, name):
    said = page(tree, name)
    (whole, *_) = tree.table("figures", "--indicator", NEW)

    assert TITLE in said
    if name != "pages/about/definitions.py":
        assert whole["shown"] in said


def test_it_has_a_page_of_its_own(tree):
    said = page(tree, "pages/indicator/indicator.py", id=NEW)
    (whole, *_) = tree.table("figures", "--indicator", NEW)

    assert whole["shown"] in said
    assert "Where little stands in the way, a child need not wait nine weeks for help" in said


def test_it_is_in_the_files_to_take_away(tree):
    code, out, err = tree.python("-c", EXPORT)
    assert code == 0, err
    files = json.loads(out)
    (whole, *_) = tree.table("figures", "--indicator", NEW)
    shown, defined = files["xlsx"]

    for lines in (shown, files["csv"]):
        (line,) = (line for line in lines if line[0].startswith(TITLE))
        assert line[1].startswith(whole["shown"])
        assert line[3].startswith("40% or more")
    assert any(TITLE in line for line in defined)
