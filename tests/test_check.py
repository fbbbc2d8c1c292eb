"""`python -m kpi check` says all that is wrong with what an analyst writes, in one go."""

import pytest

from kpi import inspection
from tests import trees
from tests.trees import Tree

INDICATORS, CASES, REFERENCE = "sql/indicators", "tests/indicators", "data/reference"
CASE_OF_NOTHING = """# A case that expects what is not there

Reporting months: 2024-11

## expected

| month      | team_id | numerator | denominator |
|------------|---------|-----------|-------------|
| 2024-11-01 | north   | 1         |             |
"""

# What an analyst wrote by mistake: the file, what stood there, and what stands there now. A file
# in which nothing stood gets a line more.
SLIPS = [
    # headers
    ("front_door/contacts.sql", "polarity ", "polarty  "),
    ("front_door/referrals.sql", 'kind        = "flow"', 'kind        = "flows"'),
    ("workforce/turnover_rate.sql", 'unit        = "percent"', 'unit        = "percnt"'),
    ("workforce/vacancy_rate.sql", 'code        = "', 'code        "'),
    # SELECTs
    ("assessment/assessments_within_45_days.sql", "a.start_date,", "a.strat_date,"),
    ("care/started_care.sql", "from cla_episodes", "from cla_episode"),
    ("care/left_care.sql", "as record_id", "as key"),
    (
        "care/unaccompanied_children_in_care.sql",
        "    child_id,",
        "    upper(child_id) as child_id,",
    ),
    ("protection/child_protection_plans.sql", "null as denominator", "1 as denominator"),
    # cases
    ("repeat_plans_ever.md", "## cp_plans", "## cp_plan"),
    ("placed_over_20_miles.md", "| decom ", "| decon "),
    ("icpc_within_15_days.md", "| 2024-11-04    |", "| 2024-04-31    |"),
    ("icpc_held.md", "Reporting months:", "Months:"),
    # reference files
    ("targets.csv", "", "assessments_in_45_days,2024-04,90,85,,example,"),
    ("targets.csv", "", "contacts,2024-04,90,85,,example,"),
    ("targets.csv", "", "agency_rate,2023-04,20,25,,example,"),
    ("expected_off_target.csv", "", "agency_rat,2024-09,2025-03,why,who"),
    ("narratives.csv", "", "agency_rat,,2023-12,,Head of HR,A,B,10"),
    ("benchmarks.csv", "", "agency_rate,W03,percent,2031,Englnd,12.5,"),
    ("population.csv", "", "311,2024,children_0_17,64000"),
    ("teams.csv", "", "duty,Duty,MASH and Assessment,311,2016-01-01,2024-01-01,mahs"),
    ("authorities.csv", "", "312,"),
]

# What is said of each: the file, what stands on the line that is named, and the words.
SAID = [
    ("front_door/contacts.sql", "polarty", "unknown key 'polarty'. Did you mean 'polarity'?"),
    ("front_door/contacts.sql", "", "add polarity to the header."),
    (
        "front_door/referrals.sql",
        '"flows"',
        "kind is 'flows'; use one of: flow, snapshot, cohort. Did you mean 'flow'?",
    ),
    (
        "workforce/turnover_rate.sql",
        '"percnt"',
        "unit is 'percnt'; use one of: percent, count, mean, rate. Did you mean 'percent'?",
    ),
    (
        "workforce/vacancy_rate.sql",
        "code ",
        "the header does not read as TOML: Expected '=' after a key in a key/value pair.",
    ),
    (
        "assessment/assessments_within_45_days.sql",
        "a.strat_date",
        'Binder Error: Table "a" does not have a column named "strat_date". '
        'Candidate bindings: "start_date"',
    ),
    (
        "care/started_care.sql",
        "from cla_episode",
        "Table with name cla_episode does not exist. Did you mean 'cla_episodes'?",
    ),
    (
        "care/left_care.sql",
        "",
        "column 5 of the SELECT is key, and must be record_id. Begin with month, authority, "
        "team_id, child_id, record_id, numerator, denominator, in that order.",
    ),
    (
        "care/unaccompanied_children_in_care.sql",
        "upper(",
        "UPPER(child_id): engines differ on this, or may. CONTRIBUTING.md says what a SELECT is "
        "made of.",
    ),
    (
        "protection/child_protection_plans.sql",
        "",
        "unit is 'count', so select null as denominator.",
    ),
    (
        "repeat_plans_ever.md",
        "## cp_plan",
        "no table is called 'cp_plan'. Did you mean 'cp_plans'?",
    ),
    (
        "placed_over_20_miles.md",
        "decon",
        "cla_episodes has no column 'decon'. Did you mean 'decom'?",
    ),
    (
        "icpc_within_15_days.md",
        "2024-04-31",
        "strategy_date must be a date, by sql/tables/s47_icpc.sql.",
    ),
    ("icpc_held.md", "", "write a line like 'Reporting months: 2024-09 to 2024-11'."),
    (
        "child_protection_plans_started.md",
        "| 2024-11-01 ",
        "north in 2024-11 is expected to be 1, and the SELECT counts nothing.",
    ),
    (
        "care/in_foster_care.sql",
        "",
        "show that it counts right, in tests/indicators/in_foster_care.md.",
    ),
    (
        "in_foster_car.md",
        "",
        "no indicator is called 'in_foster_car'. Did you mean 'in_foster_care'?",
    ),
    (
        "targets.csv",
        "assessments_in_45_days",
        "no indicator is called 'assessments_in_45_days'. "
        "Did you mean 'assessments_within_45_days'?",
    ),
    (
        "targets.csv",
        "agency_rate,2023-04,20,25",
        "agency_rate has its target from 2023-04 in line {agency_rate,2023-04,25,35} already.",
    ),
    (
        "expected_off_target.csv",
        "agency_rat,",
        "no indicator is called 'agency_rat'. Did you mean 'agency_rate'?",
    ),
    (
        "narratives.csv",
        "agency_rat,",
        "no indicator is called 'agency_rat'. Did you mean 'agency_rate'?",
    ),
    ("benchmarks.csv", "Englnd", "area is 'Englnd'. Did you mean 'England'?"),
    (
        "population.csv",
        "64000",
        "311 has children_0_17 of 2024 in line {63777} already.",
    ),
    (
        "teams.csv",
        "mahs",
        "successor 'mahs' of 'duty' is not listed. Did you mean 'mash'?",
    ),
    ("authorities.csv", "312", "authority and name must both be filled in."),
]


def path(name: str) -> str:
    """Return where a file lies that is named as `check` names it."""
    folder = {"sql": INDICATORS, "md": CASES, "csv": REFERENCE}[name.rpartition(".")[2]]
    return f"{folder}/{name}"


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory) -> tuple[Tree, tuple[int, str, str]]:
    """A copy of the tree with a slip of each kind, and what `check` says of it."""
    folder = tmp_path_factory.mktemp("spoilt")
    tree = trees.copy(folder / "tree", folder / "data")
    for name, before, after in SLIPS:
        if before:
            tree.change(path(name), before, after)
        else:
            tree.add(path(name), after)
    tree.write(path("child_protection_plans_started.md"), CASE_OF_NOTHING)
    (tree.root / CASES / "in_foster_care.md").rename(tree.root / CASES / "in_foster_car.md")
    return tree, tree.run("check")


@pytest.mark.parametrize(("name", "text", "words"), SAID, ids=lambda value: value[:40])
def test_a_slip_is_said_with_its_file_its_line_and_the_nearest_right_word(
    spoilt, name, text, words
):
    tree, (_, out, _) = spoilt
    if "{" in words:  # the line on which the same stands already
        before, _, rest = words.partition("{")
        other, _, after = rest.partition("}")
        words = f"{before}{tree.line(path(name), other)}{after}"
    where = f"{name} line {tree.line(path(name), text)}" if text else name

    assert f"{where}: {words}" in out.splitlines()


def test_nothing_else_is_said_and_the_slips_are_counted(spoilt):
    """The target of contacts, whose header does not read, is not one of an unknown indicator."""
    _, (code, out, err) = spoilt
    assert code == 1
    assert len(out.splitlines()) == len(SAID), out
    assert err.splitlines()[-1] == (
        f"58 indicators, 58 worked cases and 8 reference files: {len(SAID)} problems."
    )


def test_all_that_is_shipped_is_right():
    found = inspection.inspect()

    assert found.problems == ()
    assert found.looked_at == "58 indicators, 58 worked cases and 8 reference files"


def test_a_header_that_names_what_a_reference_file_lacks_is_said(tmp_path):
    tree = trees.copy(tmp_path / "tree", tmp_path / "data")
    agency, enquiries = "workforce/agency_rate.sql", "protection/section_47_enquiries.sql"
    in_care = "care/children_in_care.sql"
    said = "The published rate is at 30 September each year"
    tree.change(path(agency), f'benchmark_differs = "{said}"\n', "")
    tree.change(path(enquiries), '"children_0_17"', '"children_0_18"')
    tree.change(path(in_care), '"children_in_care_rate"', '"children_in_car_rate"')
    code, out, _ = tree.run("check")

    assert code == 1
    assert out.splitlines() == [
        f"{in_care} line {tree.line(path(in_care), 'benchmark ')}: benchmark is "
        "'children_in_car_rate', and benchmarks.csv has no figure of it. "
        "Did you mean 'children_in_care_rate'?",
        f"{agency}: benchmarks.csv has figures of it. Add benchmark_differs, one sentence that "
        "says how the published definition is another than ours.",
        f"{enquiries} line {tree.line(path(enquiries), 'children_0_18')}: population.csv has no "
        "group 'children_0_18'. Did you mean 'children_0_17'?",
    ]


def test_figures_that_are_compared_with_nothing_are_said_and_nothing_is_wrong(tmp_path):
    tree = trees.copy(tmp_path / "tree", tmp_path / "data")
    tree.add(path("benchmarks.csv"), "agency_worker_rate,W09,percent,2024,England,15.4,")
    code, out, err = tree.run("check")

    assert (code, out) == (0, "")
    assert (
        "Note: benchmarks.csv: agency_worker_rate (1 figure) is no indicator's benchmark, and is "
        "shown nowhere." in err.splitlines()
    )
    assert err.splitlines()[-1].endswith(": nothing is wrong.")


def test_a_narrative_of_a_service_area_that_no_team_is_in_is_said_and_nothing_is_wrong(tmp_path):
    tree = trees.copy(tmp_path / "tree", tmp_path / "data")
    tree.add(path("narratives.csv"), "agency_rate,Safegarding,2023-12,,Head of HR,A,B,10")
    code, out, err = tree.run("check")

    assert (code, out) == (0, "")
    assert (
        "Note: narratives.csv: no team of teams.csv is in 'Safegarding', so no narrative of it "
        "falls due. Did you mean 'Safeguarding'?" in err.splitlines()
    )


def test_without_a_calendar_nothing_is_counted_and_the_rest_is_still_looked_at(tmp_path):
    tree = trees.copy(tmp_path / "tree", tmp_path / "data")
    tree.add(path("bank_holidays.csv"), "25/12/2051,Christmas Day")
    tree.change(path("icpc_held.md"), "Reporting months:", "Months:")
    code, out, _ = tree.run("check")

    line = tree.line(path("bank_holidays.csv"), "25/12/2051")
    assert code == 1
    assert out.splitlines() == [
        "icpc_held.md: write a line like 'Reporting months: 2024-09 to 2024-11'.",
        f"bank_holidays.csv line {line}: write the date as 2024-12-25.",
    ]
