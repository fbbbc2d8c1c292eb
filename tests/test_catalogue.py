from dataclasses import replace
from datetime import date

import pytest

from kpi import catalogue, lake, measures
from kpi.catalogue import Kind, Polarity
from kpi.errors import DefinitionError
from kpi.words import Unit

HEADER = """\
code        = "A01"
title       = "Assessments completed within 45 working days"
question    = "Are families told in good time?"
why_it_matters = "A child waits until the assessment is done"
kind        = "flow"
polarity    = "higher is better"
unit        = "percent"
numerator   = "Assessments in time"
denominator = "Assessments"
source      = "CIN census"
owner       = "Head of Assessment"
reviewed    = 2026-11-01
"""


@pytest.fixture
def write(tmp_path):
    def write(header=HEADER, *, name="timely", area="assessment", text=None):
        path = tmp_path / area / f"{name}.sql"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text or f"/*\n{header}*/\nselect 1\n", encoding="utf-8")
        return path

    return write


def test_an_indicator_is_its_file(write):
    found = catalogue.read(write())

    assert (found.id, found.area) == ("timely", "assessment")
    assert (found.kind, found.polarity) == (Kind.FLOW, Polarity.HIGHER)
    assert (found.unit, found.shown_decimals) == (Unit.PERCENT, 1)
    assert found.name == found.title  # there is no short title
    assert found.reviewed == date(2026, 11, 1)
    assert found.select == "select 1\n"


def test_a_file_with_windows_line_ends_reads_too(write):
    path = write()
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert catalogue.read(path).code == "A01"


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("polarity ", "polarty ", "unknown key 'polarty'. Did you mean 'polarity'?"),
        ('"flow"', '"flows"', "kind is 'flows'; use one of: flow, snapshot, cohort."),
        (
            '"higher is better"',
            '"higher"',
            "polarity is 'higher'; use one of: higher is better, lower is better, neither.",
        ),
        ('"percent"', '"%"', "unit is '%'; use one of: percent, count, mean, rate."),
        ('code        = "A01"\n', "", "add code to the header."),
        (
            'code        = "A01"\ntitle       = "Assessments completed within 45 working days"\n',
            "",
            "add code, title to the header.",
        ),
        ("2026-11-01", '"2026-11-01"', "write reviewed like this: reviewed = 2026-11-01"),
        ('"A01"', "1", 'write code like this: code = "text"'),
        (
            "source ",
            'decimals = "1"\nsource ',
            "write decimals like this: decimals = 1",
        ),
        (
            '"percent"',
            '"count"',
            "a count has no denominator, and every other unit has one; unit is 'count'.",
        ),
        (
            'denominator = "Assessments"\n',
            "",
            "a count has no denominator, and every other unit has one; unit is 'percent'.",
        ),
    ],
)
def test_a_slip_in_a_header_is_named_with_what_to_write(write, before, after, problem):
    assert before in HEADER
    with pytest.raises(DefinitionError) as refusal:
        catalogue.read(write(HEADER.replace(before, after, 1)))
    assert str(refusal.value) == f"assessment/timely.sql: {problem}"


def test_a_header_that_is_not_toml_is_named_with_its_line(write):
    with pytest.raises(DefinitionError, match=r"assessment/timely\.sql: .*TOML.*line 1"):
        catalogue.read(write(HEADER.replace("code        =", "code")))


@pytest.mark.parametrize("text", ["select 1\n", "-- code = 1\nselect 1", "/*\n*/", ""])
def test_a_file_without_header_or_select_is_refused(write, text):
    with pytest.raises(DefinitionError, match=r"start with a /\* header \*/ of key = value lines"):
        catalogue.read(write(text=text or " "))


def test_a_file_must_be_named_as_an_id_and_lie_in_an_area(write):
    with pytest.raises(DefinitionError, match="name the file in lower_snake_case"):
        catalogue.read(write(name="Timely-45"))
    with pytest.raises(DefinitionError, match=r"no area is called so\. Did you mean 'assessment'"):
        catalogue.read(write(area="assesment"))


def test_everything_wrong_in_a_folder_is_said_at_once(write, tmp_path):
    write(name="one")
    write(name="two")  # with the same code
    write(HEADER.replace("A01", "A03").replace("flow", "flaw"), name="three")

    with pytest.raises(DefinitionError) as refusal:
        catalogue.read_all(tmp_path)
    assert str(refusal.value).splitlines() == [
        "assessment/three.sql: kind is 'flaw'; use one of: flow, snapshot, cohort.",
        "code 'A01' is used by one and two.",
    ]


def test_thirteen_indicators_stand_in_the_order_of_a_childs_journey():
    assert [(i.code, i.id) for i in catalogue.read_all().values()] == [
        ("F03", "re_referrals_within_12_months"),
        ("A01", "assessments_within_45_days"),
        ("A02", "open_assessments_over_45_days"),
        ("P02", "icpc_within_15_days"),
        ("P04", "child_protection_plans"),
        ("P06", "repeat_plans_within_2_years"),
        ("P11", "plans_stepped_up_from_child_in_need"),
        ("N03", "children_in_need_supervised_in_2_months"),
        ("L01", "children_in_care"),
        ("L07", "placed_over_20_miles"),
        ("L05", "three_or_more_placements"),
        ("L11", "children_in_care_supervised_in_2_months"),
        ("C01", "pathway_plans_up_to_date"),
    ]


# What an indicator's SELECT must return

SEVEN = (
    "date '2024-11-01' as month, '311' as authority, null::varchar as team_id, '1' as child_id, "
    "'1' as record_id, 1 as numerator, 1 as denominator"
)


def test_columns_beyond_the_seven_are_kept_for_the_list(write):
    indicator = replace(
        catalogue.read(write()), select=f"select {SEVEN}, date '2024-11-05' as due, null as why"
    )
    with lake.connect() as con:
        assert measures.count(con, indicator) == ["due", "why"]
        [(details,)] = con.execute("select details from counted").fetchall()
    assert details == '{"due":"2024-11-05","why":null}'


def test_a_select_that_leaves_a_column_out_is_refused(write):
    indicator = replace(
        catalogue.read(write()), select=f"select {SEVEN.replace('record_id', 'key')}"
    )
    with lake.connect() as con, pytest.raises(DefinitionError) as refusal:
        measures.count(con, indicator)
    assert str(refusal.value) == (
        "assessment/timely.sql returns month, authority, team_id, child_id, key, numerator, "
        "denominator; begin with month, authority, team_id, child_id, record_id, numerator, "
        "denominator, in that order."
    )


def test_a_select_that_does_not_run_is_named_with_the_reason(write):
    indicator = replace(catalogue.read(write()), select="select teem from nowhere")
    with (
        lake.connect() as con,
        pytest.raises(DefinitionError, match=r"assessment/timely\.sql: Catalog Error.*nowhere"),
    ):
        measures.count(con, indicator)
