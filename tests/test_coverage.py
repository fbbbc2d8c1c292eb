"""What is not known is said, each reason in its own words, and never as a figure."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kpi import calendar, cards, catalogue, demo, points, releases, sources
from kpi.coverage import State
from kpi.measures import tables_read
from kpi.organisation import Place
from tests import annex_a, packs
from tests.packs import NOVEMBER, OCTOBER

WHOLE = Place(authority="311")
WINDOW = calendar.months_between(date(2024, 6, 1), NOVEMBER)

ASSESSMENTS = """assessment_id,child_id,start_date,authorised_date,status,team_id,child_seen,\
outcome_csc_support
    1,1,2024-09-02,2024-10-03,current,assessment_1,Y,y
    2,2,2024-09-02,2024-10-03,current,assessment_2,Y,n
    3,3,2024-11-04,,current,assessment_1,,"""
ALLOCATIONS = """allocation_id,child_id,role,worker_id,team_id,start_date,end_date
    1,3,social worker,1,assessment_1,2024-11-04,
    2,7,personal adviser,2,leaving_care,2023-01-01,"""

LEAVERS = (
    "child_id,extract_date,eligibility,pathway_plan_date,in_touch,accommodation_suitable,activity"
)


def card(release, indicator: str, month: date, place: Place = WHOLE) -> cards.Card:
    (found,) = [one for one in cards.build(release, place, month) if one.indicator.id == indicator]
    return found


def said(release, indicator: str, month: date, place: Place = WHOLE) -> str:
    """Return what a card of `month` says in place of a value, once sure that there is none."""
    latest = card(release, indicator, month, place).latest
    assert latest.value is None
    assert latest.of == ""
    assert latest.rating == "No figure"  # nothing is judged
    return latest.said


def printed(indicator: str, month: date) -> dict[str, str]:
    """Return the line of the whole authority, once sure that it holds no number."""
    (row, *_) = packs.figures("--indicator", indicator, "--month", f"{month:%Y-%m}")
    assert (row["service_area"], row["team"]) == ("", "")
    assert not any(character.isdigit() for character in row["shown"])
    assert row["value"] == ""
    return row


@pytest.mark.parametrize("missing", ["not loaded", "no rows", "no cases", "not in this extract"])
def test_a_month_without_a_value_says_which_kind_it_is(data, missing):
    indicator, words = "assessments_within_45_days", missing
    if missing == "not loaded":  # November's extract brought other tables; October's is the newest
        packs.load(data / "1", {"assessments": ASSESSMENTS}, OCTOBER)
        packs.load(data / "2", {"allocations": ALLOCATIONS}, NOVEMBER)
    elif missing == "no rows":
        packs.load(data / "1", {"assessments": ASSESSMENTS.splitlines()[0]})
        words = "no rows in the extract"
    elif missing == "no cases":  # nothing was authorised in November
        packs.load(data / "1", {"assessments": ASSESSMENTS})
    else:
        packs.load(data / "1", {"allocations": ALLOCATIONS})
    release = packs.publish()

    assert said(release, indicator, NOVEMBER) == words
    row = printed(indicator, NOVEMBER)
    assert row["shown"] == words
    counted = ("0", "0") if missing == "no cases" else ("", "")
    assert (row["numerator"], row["denominator"]) == counted
    if missing in ("not loaded", "no cases"):  # the month before is there, and is a number
        (before, *_) = packs.figures("--indicator", indicator, "--month", "2024-10")
        assert (before["shown"], before["numerator"], before["denominator"]) == ("100.0%", "2", "2")


def test_of_a_table_that_is_a_state_each_month_is_told_apart(data):
    """October's care leavers are there, November's list is empty, September's was never loaded."""
    leavers = f"""{LEAVERS}
        7,2024-10-31,Relevant,2024-08-01,YES,1,F1
        8,2024-10-31,Eligible,2024-08-01,YES,1,F1"""
    header = leavers.splitlines()[0]
    packs.load(data / "1", {"allocations": ALLOCATIONS, "care_leavers": leavers}, OCTOBER)
    packs.load(data / "2", {"allocations": ALLOCATIONS, "care_leavers": header}, NOVEMBER)
    release = packs.publish()
    indicator = "pathway_plans_up_to_date"

    assert said(release, indicator, date(2024, 9, 1)) == "not loaded"
    assert said(release, indicator, NOVEMBER) == "no rows in the extract"
    october = card(release, indicator, OCTOBER)
    assert october.latest.said == "100.0%"
    assert [printed(indicator, month)["shown"] for month in (date(2024, 9, 1), NOVEMBER)] == [
        "not loaded",
        "no rows in the extract",
    ]


def test_a_state_table_with_its_heading_alone_says_nothing_of_its_month(data):
    packs.load(data / "1", {"allocations": ALLOCATIONS, "care_leavers": LEAVERS})
    release = packs.publish()

    assert said(release, "pathway_plans_up_to_date", NOVEMBER) == "no rows in the extract"
    assert said(release, "pathway_plans_up_to_date", OCTOBER) == "not loaded"


def test_an_extract_of_assessments_alone_carries_two_indicators_and_says_so_of_the_others(data):
    packs.load(data / "1", {"assessments": ASSESSMENTS})
    release = packs.publish()

    # Whether a child was seen is asked of children who were born, and that needs their births.
    alone = {"assessments_within_45_days", "assessments_ending_without_support"}
    here = {
        id: {said(release, id, NOVEMBER), printed(id, NOVEMBER)["shown"]}
        for id in release.indicators
        if id not in alone
    }
    assert len(here) == len(release.indicators) - 2
    assert set().union(*here.values()) == {"not in this extract"}
    assert {said(release, id, NOVEMBER) for id in alone} == {"no cases"}


def test_a_team_that_did_not_stand_yet_has_no_figure_rather_than_none(pack, november):
    team = Place(
        authority="311",
        service_area="Intervention and Support",
        team="Intervention and Support Team 1",
    )
    area = Place(authority="311", service_area="Intervention and Support")

    for place in (team, area):
        for indicator in ("children_in_need_supervised_in_2_months", "child_protection_plans"):
            august = said(november, indicator, date(2024, 8, 1), place)
            assert august == "did not exist then"
    with packs.environment(KPI_DATA=str(pack.data)):
        rows = packs.figures("--month", "2024-08", "--indicator", "child_protection_plans")
    assert "Intervention and Support" not in {row["service_area"] for row in rows}
    there = card(november, "child_protection_plans", date(2024, 9, 1), team)
    assert there.latest.value is not None


def test_the_words_for_what_is_missing_all_differ():
    words = {*(str(state) for state in State), points.NO_CASES, points.NO_SUCH_PLACE}
    assert len(words) == 6
    assert not any(character.isdigit() for word in words for character in word)


def test_a_count_of_nothing_is_nought_and_not_missing(data):
    packs.load(
        data / "1",
        {
            "allocations": ALLOCATIONS,
            "cp_plans": """cp_plan_id,child_id,start_date,end_date,ola_plan
                1,1,2024-01-02,2024-10-15,n""",
        },
    )
    release = packs.publish()
    latest = card(release, "child_protection_plans", NOVEMBER).latest

    assert (latest.value, latest.said) == (0, "0")


def test_an_indicator_reads_tables_through_the_populations_that_it_uses(november):

    read = tables_read(catalogue.read_all()["children_in_care"])
    assert {"cla_episodes", "birthdays", "allocations"} <= read


# The pack in other forms


def figures_of(release) -> dict[tuple, tuple]:
    return figures_in(release.folder)


@cache
def figures_in(folder: Path) -> dict[tuple, tuple]:
    measure = packs.read_parquet(folder / "measure.parquet").astype(object)
    measure = measure.where(measure.notna(), None)
    return {tuple(row[:5]): tuple(row[5:]) for row in measure.values.tolist()}


def test_the_pack_as_csv_gives_the_same_figures_as_the_pack_as_parquet(pack, november, whole, data):
    folder = data / "csv"
    demo.write(whole, folder, form="csv")

    code, ledger, err = packs.run("load", str(folder), "--month", "2024-11")
    assert code == 0, err
    assert "Loaded 311 2024-11 0001." in ledger
    code, out, err = packs.run("publish", "--month", "2024-11")
    assert code == 0, err

    release = releases.open_release(releases.current())
    assert release.name in out
    assert figures_of(release) == figures_of(november)
    shown = {month: packs.run("figures", "--month", month)[1] for month in ("2024-04", "2024-11")}
    with packs.environment(KPI_DATA=str(pack.data)):
        for month, text in shown.items():
            assert packs.run("figures", "--month", month)[1] == text


@pytest.fixture(scope="module")
def workbook(tmp_path_factory, whole):
    """The release of the pack's November as an Annex A workbook; then with supervision beside it.

    Both lie in one data folder: the second is published over the first.
    """
    folder = tmp_path_factory.mktemp("workbook")
    path = folder / "Annex A November 2024.xlsx"
    annex_a.write(whole, path, NOVEMBER)
    with packs.environment(KPI_DATA=str(folder)):
        code, ledger, err = packs.run("load", str(path), "--month", "2024-11")
        assert code == 0, err
        first = packs.publish()
        demo.write({"supervision": whole["supervision"]}, folder / "later", form="csv")
        code, _, err = packs.run("load", str(folder / "later"), "--month", "2024-11")
        assert code == 0, err
        second = packs.publish()
    yield ledger, first, second
    shutil.rmtree(folder)


def by_place(release, indicator: str, month: date) -> dict[tuple, tuple]:
    return {
        key[3:]: sums
        for key, sums in figures_of(release).items()
        if (key[0], key[1].date()) == (indicator, month)
    }


# What a workbook carries for each of its six months, by the team on the row itself; by the team
# that holds the case, which it knows on its own date only; and on its own date only.
OF_THE_ROW = {
    "assessments_ending_without_support",
    "assessments_within_45_days",
    "children_seen_during_assessment",
    "icpc_held",
    "icpc_leading_to_a_plan",
    "icpc_within_15_days",
    "referrals",
    "referrals_closed_no_further_action",
    "section_47_enquiries",
}
OF_WHO_HOLDS = {
    "child_protection_plans",
    "child_protection_plans_ended",
    "child_protection_plans_started",
    "children_in_care",
    "plans_ended_after_2_years",
    "plans_open_2_years_or_more",
}
ON_ITS_DATE = {
    "aged_16_in_supported_accommodation",
    "care_leavers_in_education_or_work",
    "care_leavers_not_in_touch",
    "care_leavers_suitable_accommodation",
    "children_in_need",
    "in_foster_care",
    "in_supported_accommodation",
    "open_assessments_over_45_days",
    "pathway_plans_up_to_date",
    "unaccompanied_children_in_care",
}
WITH_SUPERVISION = {
    "children_in_care_supervised_in_2_months",
    "children_in_need_supervised_in_2_months",
}


def test_every_figure_that_a_workbook_carries_is_compared_with_the_packs():
    compared = OF_THE_ROW | OF_WHO_HOLDS | ON_ITS_DATE | WITH_SUPERVISION | {"contacts"}
    assert compared == sources.carries("annex_a").keys()


@pytest.mark.parametrize("indicator", sorted(OF_THE_ROW))
def test_an_annex_a_workbook_gives_the_figures_of_each_team_for_its_six_months(
    workbook, november, indicator
):
    _, release, _ = workbook
    for month in WINDOW:
        ours = by_place(release, indicator, month)
        assert ours == by_place(november, indicator, month)
        assert ours
    assert said(release, indicator, date(2024, 5, 1)) == "not in this extract"


@pytest.mark.parametrize("indicator", sorted(OF_WHO_HOLDS | {"contacts"}))
def test_an_annex_a_workbook_gives_the_same_figures_for_its_six_months(
    workbook, november, indicator
):
    _, release, _ = workbook
    for month in WINDOW:
        ours, theirs = (card(one, indicator, month).latest for one in (release, november))
        assert (month, ours.sum, ours.said) == (month, theirs.sum, theirs.said)
    assert said(release, indicator, date(2024, 5, 1)) == "not in this extract"


@pytest.mark.parametrize("indicator", sorted(ON_ITS_DATE))
def test_an_annex_a_workbook_gives_the_same_figures_on_its_own_date(workbook, november, indicator):
    _, release, _ = workbook

    assert by_place(release, indicator, NOVEMBER) == by_place(november, indicator, NOVEMBER)
    assert by_place(release, indicator, NOVEMBER)
    assert said(release, indicator, OCTOBER) == "not in this extract"


@pytest.mark.parametrize(
    "indicator", ["children_in_care", "child_protection_plans", "plans_open_2_years_or_more"]
)
def test_an_annex_a_workbook_gives_each_teams_open_cases_too_on_its_own_date(
    workbook, november, indicator
):
    _, release, _ = workbook

    assert by_place(release, indicator, NOVEMBER) == by_place(november, indicator, NOVEMBER)


def test_what_a_workbook_cannot_carry_reads_so_in_every_month(workbook):
    _, release, _ = workbook

    silent = {
        id
        for id in release.indicators
        if set(release.coverage[id, "311"].values()) == {State.NOT_CARRIED}
    }
    carried = sources.carries("annex_a").keys() - WITH_SUPERVISION
    assert silent == set(release.indicators) - carried
    assert {
        one.latest.said
        for month in WINDOW
        for one in cards.build(release, WHOLE, month)
        if one.indicator.id in silent
    } == {"not in this extract"}
    measured = {key[0] for key in figures_of(release)}
    assert not measured & silent  # nothing half counted is left in the release either


def test_a_card_says_what_a_workbook_cannot_tell(workbook):
    _, release, _ = workbook
    made = cards.build(release, WHOLE, NOVEMBER)
    notes = {one.indicator.id: " ".join(one.notes) for one in made}
    assert "moving in from elsewhere" in notes["icpc_within_15_days"]
    assert "plans of other authorities" in notes["child_protection_plans"]
    assert "which team took a contact" in notes["contacts"]
    assert "at any time in the last 12 months" in notes["unaccompanied_children_in_care"]
    assert notes["assessments_within_45_days"] == ""


def test_supervision_loaded_later_makes_its_two_indicators_appear(workbook, november):
    _, first, second = workbook
    for indicator in WITH_SUPERVISION:
        assert said(first, indicator, NOVEMBER) == "not in this extract"
        assert said(second, indicator, OCTOBER) == "not in this extract"
        now = card(second, indicator, NOVEMBER).latest
        known = card(november, indicator, NOVEMBER).latest
        assert (now.sum, now.said) == (known.sum, known.said)
    for indicator in sources.carries("annex_a").keys() - WITH_SUPERVISION:
        assert by_place(first, indicator, NOVEMBER) == by_place(second, indicator, NOVEMBER)


def test_both_loads_of_the_month_are_named_in_the_manifest(workbook):
    _, first, second = workbook
    assert first.manifest["loads"] == ["311 2024-11 0001"]
    assert second.manifest["loads"] == ["311 2024-11 0001", "311 2024-11 0002"]
