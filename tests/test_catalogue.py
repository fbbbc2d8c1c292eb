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
    assert found.select.strip() == "select 1"
    assert found.select.splitlines()[14] == "select 1"  # on the line of the file that it stands on


def test_a_file_with_windows_line_ends_reads_too(write):
    path = write()
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert catalogue.read(path).code == "A01"


@pytest.mark.parametrize(
    ("before", "after", "line", "problem"),
    [
        ("polarity ", "polarty ", 7, "unknown key 'polarty'. Did you mean 'polarity'?"),
        (
            '"flow"',
            '"flows"',
            6,
            "kind is 'flows'; use one of: flow, snapshot, cohort. Did you mean 'flow'?",
        ),
        (
            '"higher is better"',
            '"higher"',
            7,
            "polarity is 'higher'; use one of: higher is better, lower is better, neither. "
            "Did you mean 'higher is better'?",
        ),
        ('"percent"', '"%"', 8, "unit is '%'; use one of: percent, count, mean, rate."),
        ("2026-11-01", '"2026-11-01"', 13, "write reviewed like this: reviewed = 2026-11-01"),
        ('"A01"', "1", 2, 'write code like this: code = "text"'),
        (
            "source ",
            'decimals = "1"\nsource ',
            11,
            "write decimals like this: decimals = 1",
        ),
        (
            '"percent"',
            '"count"',
            8,
            "a count has no denominator, and every other unit has one; unit is 'count'.",
        ),
        (
            'denominator = "Assessments"\n',
            "",
            8,
            "a count has no denominator, and every other unit has one; unit is 'percent'.",
        ),
    ],
)
def test_a_slip_in_a_header_is_named_with_its_line_and_what_to_write(
    write, before, after, line, problem
):
    assert before in HEADER
    with pytest.raises(DefinitionError) as refusal:
        catalogue.read(write(HEADER.replace(before, after, 1)))
    assert str(refusal.value).splitlines()[0] == f"assessment/timely.sql line {line}: {problem}"


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        (("code",), "add code to the header."),
        (("code", "title"), "add code, title to the header."),
    ],
)
def test_what_a_header_lacks_is_named(write, keys, problem):
    kept = [line for line in HEADER.splitlines() if line.split()[0] not in keys]
    with pytest.raises(DefinitionError) as refusal:
        catalogue.read(write("\n".join([*kept, ""])))
    assert str(refusal.value) == f"assessment/timely.sql: {problem}"


def test_all_that_is_wrong_with_a_header_is_said_at_once(write):
    header = HEADER.replace("polarity ", "polarty ").replace('"flow"', '"flows"')
    with pytest.raises(DefinitionError) as refusal:
        catalogue.read(write(header.replace('"percent"', '"mien"')))
    assert [line.partition(": ")[::2] for line in str(refusal.value).splitlines()] == [
        (
            "assessment/timely.sql line 6",
            "kind is 'flows'; use one of: flow, snapshot, cohort. Did you mean 'flow'?",
        ),
        ("assessment/timely.sql line 7", "unknown key 'polarty'. Did you mean 'polarity'?"),
        (
            "assessment/timely.sql line 8",
            "unit is 'mien'; use one of: percent, count, mean, rate. Did you mean 'mean'?",
        ),
        ("assessment/timely.sql", "add polarity to the header."),
    ]


def test_a_header_that_is_not_toml_is_named_with_its_line(write):
    with pytest.raises(DefinitionError) as refusal:
        catalogue.read(write(HEADER.replace("kind        =", "kind")))
    assert str(refusal.value) == (
        "assessment/timely.sql line 6: the header does not read as TOML: "
        "Expected '=' after a key in a key/value pair."
    )


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
    write(HEADER.replace("higher is better", "higher"), name="two")
    write(HEADER.replace("flow", "flaw"), name="three")

    with pytest.raises(DefinitionError) as refusal:
        catalogue.read_all(tmp_path)
    assert str(refusal.value).splitlines() == [
        "assessment/three.sql line 6: kind is 'flaw'; use one of: flow, snapshot, cohort. "
        "Did you mean 'flow'?",
        "assessment/two.sql line 7: polarity is 'higher'; use one of: higher is better, "
        "lower is better, neither. Did you mean 'higher is better'?",
    ]


def test_an_id_stands_in_one_area_only(write, tmp_path):
    write()
    write(area="care")
    with pytest.raises(DefinitionError) as refusal:
        catalogue.read_all(tmp_path)
    assert str(refusal.value) == "care/timely.sql: assessment has an indicator of that id too."


def test_one_indicator_reads_whatever_is_wrong_with_another(write, tmp_path):
    write(name="assessments_in_time")
    write(HEADER.replace("flow", "flaw"), name="other")

    assert catalogue.read_one("assessments_in_time", tmp_path).code == "A01"
    with pytest.raises(DefinitionError) as refusal:
        catalogue.read_one("assessment_in_time", tmp_path)
    assert str(refusal.value) == (
        "No indicator is called 'assessment_in_time'. Did you mean 'assessments_in_time'?"
    )


def test_two_indicators_that_are_read_together_may_share_a_code(write, tmp_path):
    write(name="held")
    write(name="leading_to_a_plan")
    assert [i.code for i in catalogue.read_all(tmp_path).values()] == ["A01", "A01"]


def test_the_pack_stands_in_the_order_of_a_childs_journey():
    codes: dict[str, list[str]] = {}
    for indicator in catalogue.read_all().values():
        codes.setdefault(indicator.area, []).append(indicator.code)

    assert {area: " ".join(of_area) for area, of_area in codes.items()} == {
        "front_door": "F01 F02 F04 F03",
        "assessment": "A01 A02 A04 A03",
        "protection": "P01 P03 P02 P03 P04 P05 P11 P06 P07 P12 P08 P09 P05 P10",
        "children_in_need": "N01 N02 N03 L14",
        "care": "L01 L02 L03 L04 L09 L10 L08 L07 L05 L06 L16 L17 L12 L11 L13",
        "health": "H03 H01 H02 H06 H06 H04 H05",
        "leaving_care": "C02 C01 C03 C04",
        "workforce": "W01 W02 W03 W04 W05 W06",
    }
    assert list(codes) == list(catalogue.AREAS)


def test_each_indicator_has_a_place_of_its_own_in_its_area():
    places: dict[str, list[int]] = {}
    for indicator in catalogue.read_all().values():
        places.setdefault(indicator.area, []).append(indicator.theme_order)

    assert all(found == list(range(1, len(found) + 1)) for found in places.values())


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
        "assessment/timely.sql: column 5 of the SELECT is key, and must be record_id. Begin with "
        "month, authority, team_id, child_id, record_id, numerator, denominator, in that order."
    )


def test_a_select_that_does_not_run_is_named_with_the_reason(write):
    indicator = replace(catalogue.read(write()), select="select teem from nowhere")
    with (
        lake.connect() as con,
        pytest.raises(
            DefinitionError, match=r"assessment/timely\.sql line 1: Table .* nowhere does not"
        ),
    ):
        measures.count(con, indicator)
