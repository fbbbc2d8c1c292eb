"""The sector's Standard Safeguarding Dataset gives the figures of the same records as CSV files.

What it has no place for reads "not in this extract", and what nobody counts never leaves its files.
"""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from kpi import calendar, demo, extracts, lake, sources, ssd
from kpi.coverage import State
from kpi.errors import ExtractError
from kpi.ledger import Ledger
from kpi.releases import Release
from tests import packs
from tests import ssd as dataset
from tests.packs import NOVEMBER
from tests.stores import ANALYST

CARRIED = sources.carries("ssd")
assert CARRIED is not None
EVERY_MONTH = set(calendar.months_between(date(2022, 4, 1), NOVEMBER))
# How things stand: of a dataset there is one state, on the day it is made.
ONE_MONTH = {
    "agency_rate",
    "average_caseload",
    "care_leavers_in_education_or_work",
    "care_leavers_not_in_touch",
    "care_leavers_suitable_accommodation",
    "immunisations_up_to_date",
    "pathway_plans_up_to_date",
    "staff_supervised",
    "vacancy_rate",
}
NEVER = {"children_in_need_reviewed_on_time", "sickness_absence", "turnover_rate"}
LATER = {  # once supervision and posts have been loaded beside it
    "children_in_care_supervised_in_2_months",
    "children_in_need_supervised_in_2_months",
    "staff_supervised",
    "vacancy_rate",
}

# The demonstration pack


@pytest.fixture(scope="module")
def published(tmp_path_factory, whole):
    """The pack's November as the dataset: its folder, its ledger and its release; then the release
    with supervision and posts loaded beside it.
    """
    data = tmp_path_factory.mktemp("ssd")
    dataset.write(whole, data / "extract", NOVEMBER, form="csv")
    with packs.environment(KPI_DATA=str(data)):
        ledger = extracts.accept(ANALYST, data / "extract", month=NOVEMBER)
        first = packs.publish()
        beside = {name: whole[name] for name in ("supervision", "establishment")}
        demo.write(beside, data / "beside", form="csv")
        extracts.accept(ANALYST, data / "beside", month=NOVEMBER)
        second = packs.publish()
    yield data, ledger, first, second
    shutil.rmtree(data)


def counted(release: Release, indicator: str) -> set[date]:
    """Return the months that a release has counted an indicator for."""
    states = release.coverage[indicator, "311"]
    return {month for month, state in states.items() if state is State.COUNTED}


def figures(release: Release) -> pd.DataFrame:
    return packs.read_parquet(release.folder / "measure.parquet")


@pytest.fixture(scope="module")
def both(november, published) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the pack's own release holds, and what the dataset's does."""
    return figures(november), figures(published[3])


@pytest.mark.parametrize("indicator", sorted(CARRIED.keys() - {"contacts"}))
def test_the_dataset_gives_the_packs_figures_for_every_month_and_team(published, both, indicator):
    months = counted(published[3], indicator)
    assert months == ({NOVEMBER} if indicator in ONE_MONTH else EVERY_MONTH)

    known, found = (
        frame[(frame["indicator"] == indicator) & frame["month"].dt.date.isin(months)]
        .sort_values([name for name in frame if name not in ("numerator", "denominator")])
        .reset_index(drop=True)
        for frame in both
    )
    assert len(known) > 0
    pd.testing.assert_frame_equal(found, known)


def test_contacts_are_all_there_though_no_team_is(published, both):
    known, found = (frame[frame["indicator"] == "contacts"] for frame in both)

    assert (
        found.groupby("month")["numerator"].sum().equals(known.groupby("month")["numerator"].sum())
    )
    assert set(found["team"]) == {"Unallocated"}
    assert counted(published[3], "contacts") == EVERY_MONTH


def test_what_the_dataset_lacks_reads_so_until_it_is_loaded_beside_it(published):
    _, _, first, second = published

    def silent(release: Release) -> set[str]:
        return {
            indicator
            for indicator in release.indicators
            if set(release.coverage[indicator, "311"].values()) == {State.NOT_CARRIED}
        }

    assert silent(first) == NEVER | LATER
    assert silent(second) == NEVER
    assert set(second.indicators) == NEVER | CARRIED.keys()


def test_a_state_is_known_for_the_datasets_own_month_and_not_loaded_for_another(published):
    states = published[2].coverage["pathway_plans_up_to_date", "311"]
    assert states[date(2024, 10, 1)] is State.NOT_LOADED
    states = published[2].coverage["immunisations_up_to_date", "311"]
    assert states[date(2024, 10, 1)] is State.NOT_CARRIED  # the latest state alone is in it


def test_a_dataset_in_parquet_becomes_the_same_tables(published, whole, tmp_path):
    dataset.write(whole, tmp_path / "extract", NOVEMBER, form="parquet")
    with packs.environment(KPI_DATA=str(tmp_path)):
        extracts.accept(ANALYST, tmp_path / "extract", month=NOVEMBER)

    def kept(data: Path) -> dict[str, pd.DataFrame]:
        standing = lake.standing(lake.loads(data / "lake"), month=NOVEMBER)
        standing = [one for one in standing if one.load.source == "ssd"]
        with lake.connect(data / "lake") as con:
            for one in standing:
                lake.read(con, standing, one.load.table)
            return {
                one.load.table: con.execute(f"from {one.load.table} order by all").df()
                for one in standing
            }

    known, found = kept(published[0]), kept(tmp_path)
    assert len(known) == 13
    assert {name: len(frame) > 0 for name, frame in known.items()} == dict.fromkeys(known, True)
    assert known.keys() == found.keys()
    for name, frame in known.items():
        pd.testing.assert_frame_equal(found[name], frame)


def test_every_row_of_the_dataset_is_accounted_for(published):
    ledger = published[1]
    assert all(count.balances for count in ledger.counts)
    assert {count.refused for count in ledger.counts} == {0}
    assert len(ledger.counts) == len(ledger.files) == 26


def values_in(folder: Path) -> set[str]:
    """Return every text in every Parquet file under a folder."""
    found: set[str] = set()
    for path in folder.rglob("*.parquet"):
        for column in pq.read_table(path).columns:
            found |= {str(value) for value in column.unique().to_pylist()}
    return found


def test_no_name_and_no_address_reaches_the_lake_or_a_release(published):
    data, ledger, _, second = published
    personal = (dataset.FORENAME, dataset.POSTCODE, dataset.REGISTRATION)
    sent = "".join(path.read_text() for path in sorted((data / "extract").glob("*.csv")))
    assert all(one in sent for one in personal)

    kept = values_in(data / "lake") | values_in(second.folder)
    assert len(kept) > 10_000
    assert not kept & set(personal)
    assert not any(one in ledger.to_json() for one in personal)
    assert "Nothing is read from ssd_address.csv; left behind unopened." in ledger.notes
    assert any(note.startswith("ssd_person.csv: nothing is counted") for note in ledger.notes)
    assert "pers_forename, pers_surname" in "\n".join(ledger.notes)


# Rows written by hand

PERSON = "pers_person_id,pers_dob"
DEPARTMENTS = ("ssd_department", "dept_team_id,dept_team_name", "7,MASH", "8,Team Nine")
ENQUIRY = "s47e_s47_enquiry_id,s47e_person_id,s47e_s47_start_date,s47e_s47_completed_by_team"
CONFERENCE = (
    "icpc_icpc_id,icpc_s47_enquiry_id,icpc_person_id,icpc_icpc_date,icpc_icpc_outcome_cp_flag,"
    "icpc_icpc_transfer_in,icpc_icpc_team"
)
EPISODE = (
    "clae_person_id,clae_cla_episode_start_date,clae_cla_episode_start_reason,"
    "clae_cla_episode_ceased_date,clae_cla_episode_ceased_reason,clae_cla_id,"
    "clae_cla_placement_id,clae_entered_care_date"
)
PLACEMENT = "clap_cla_placement_id,clap_cla_placement_type,clap_cla_placement_distance"
LEGAL = (
    "lega_legal_status_id,lega_person_id,lega_legal_status,lega_legal_status_start_date,"
    "lega_legal_status_end_date"
)
IMMIGRATION = (
    "immi_person_id,immi_immigration_status,immi_immigration_status_start_date,"
    "immi_immigration_status_end_date"
)
INVOLVEMENT = (
    "invo_involvements_id,invo_person_id,invo_professional_id,invo_professional_role_id,"
    "invo_professional_team,invo_involvement_start_date,invo_involvement_end_date,"
    "invo_worker_change_reason"
)
PROFESSIONAL = (
    "prof_professional_id,prof_professional_job_title,prof_professional_department,"
    "prof_full_time_equivalency,prof_agency_worker_flag"
)
HEALTH = (
    "clah_health_check_id,clah_person_id,clah_health_check_type,clah_health_check_date,"
    "clah_health_check_status"
)
OTHER_HEALTH = (
    (
        "ssd_cla_immunisations",
        "clai_person_id,clai_immunisations_status,clai_immunisations_status_date",
    ),
    (
        "ssd_cla_substance_misuse",
        "clas_substance_misuse_id,clas_person_id,clas_substance_misuse_date,"
        "clas_substance_misused,clas_intervention_received",
    ),
    ("ssd_sdq_scores", "csdq_table_id,csdq_person_id,csdq_sdq_completed_date,csdq_sdq_score"),
)
REVIEWS = (
    (
        "ssd_cp_reviews",
        "cppr_cp_review_id,cppr_person_id,cppr_cp_review_due,cppr_cp_review_date,"
        "cppr_cp_review_quorate",
    ),
    (
        "ssd_cin_visits",
        "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date,cinv_cin_visit_seen",
    ),
    ("ssd_cp_visits", "cppv_cp_visit_id,cppv_person_id,cppv_cp_visit_date,cppv_cp_visit_seen"),
    (
        "ssd_cla_visits",
        "clav_cla_visit_id,clav_person_id,clav_cla_visit_date,clav_cla_visit_seen",
    ),
)
REVIEW = (
    "clar_cla_review_id,clar_cla_id,clar_cla_review_due_date,clar_cla_review_date,"
    "clar_cla_review_cancelled"
)
IN_CARE = (
    ("ssd_cla_episodes", EPISODE, "c1,2024-10-01 00:00:00,S,,,p1,d1,2024-10-01 00:00:00"),
    ("ssd_cla_placement", PLACEMENT, "d1,U4,3.26"),
    ("ssd_legal_status", LEGAL, "1,c1,V2 - Single period,2024-10-01,"),
    ("ssd_immigration_status", IMMIGRATION),
)

Sheet = tuple[str, ...]  # a table's name, its headings and its rows


@pytest.fixture
def incoming(tmp_path) -> Path:
    (tmp_path / "incoming").mkdir()
    return tmp_path / "incoming"


def put(folder: Path, *sheets: Sheet) -> Path:
    for table, *lines in sheets:
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def accept(folder: Path, **said) -> Ledger:
    return extracts.accept(ANALYST, folder, month=NOVEMBER, **said)


def refusal(folder: Path) -> str:
    with pytest.raises(ExtractError) as refused:
        accept(folder)
    return str(refused.value)


def kept(data: Path, table: str, columns: str) -> list[tuple]:
    """Return columns of the rows of `table` as the lake has them, days as text."""
    standing = lake.standing(lake.loads(data / "lake"), month=NOVEMBER)
    with lake.connect(data / "lake") as con:
        lake.read(con, standing, table)
        rows = con.execute(f"select {columns} from {table} order by all").fetchall()
    return [
        tuple(str(value) if isinstance(value, date) else value for value in row) for row in rows
    ]


def test_dates_with_times_ids_of_nobody_and_the_word_null_are_read_for_what_they_are(
    data, incoming
):
    put(
        incoming,
        DEPARTMENTS,
        (
            "ssd_involvements",
            INVOLVEMENT,
            "1,c1,-1,ALLOCATED CASE WORKER,7,2024-10-01 09:30:00,1900-01-01 00:00:00,NULL",
            "2,c1,w1,CW,8,01/11/2024,NULL,NULL",
            "3,c1,w2,16PLUS,-1,2024-11-02T00:00:00.000,,",
            "4,c1,w3,Supervising Social Worker,7,2024-11-03,,",
        ),
    )
    accept(incoming)

    assert kept(data, "allocations", "role, worker_id, team_id, start_date, end_date") == [
        ("personal adviser", "311:w2", None, "2024-11-02", None),
        # MASH is listed; Team Nine is not, and keeps its department's number.
        ("social worker", "311:w1", "311:8", "2024-11-01", None),
        ("social worker", None, "311:mash", "2024-10-01", None),
        ("supervising social worker", "311:w3", "311:mash", "2024-11-03", None),
    ]


def test_an_enquiry_has_the_first_conference_that_names_it(data, incoming):
    put(
        incoming,
        DEPARTMENTS,
        ("ssd_s47_enquiry", ENQUIRY, "1,c1,2024-10-01,7", "2,c2,2024-10-02,", "3,c3,2024-10-03,7"),
        (
            "ssd_initial_cp_conference",
            CONFERENCE,
            "11,1,c1,2024-10-29 14:00:00,Y,N,8",
            "12,1,c1,2024-10-22 14:00:00,N,N,8",
            "13,2,c2,,,,8",  # called for, and not yet held
            "14,-1,c4,2024-10-25,Y,Y,7",  # moved in with a plan
        ),
    )
    ledger = accept(incoming)

    columns = "s47_id, strategy_date, icpc_date, icpc_outcome_cp, transfer_in, team_id"
    assert kept(data, "s47_icpc", columns) == [
        ("311:1", "2024-10-01", "2024-10-22", False, False, "311:mash"),
        ("311:2", "2024-10-02", None, None, False, "311:8"),
        ("311:3", "2024-10-03", None, None, False, "311:mash"),
        ("311:conference-14", "2024-10-25", "2024-10-25", True, True, "311:mash"),
    ]
    assert ledger.warnings[0] == (
        "ssd_initial_cp_conference.csv: icpc_s47_enquiry_id is the enquiry of an earlier "
        "conference, which is the one that counts (1 row: line 2)."
    )


def test_a_conference_of_no_known_enquiry_is_refused_as_nobody_can_say_whether_it_was_in_time(
    incoming,
):
    put(
        incoming,
        DEPARTMENTS,
        ("ssd_s47_enquiry", ENQUIRY, "1,c1,2024-10-01,7"),
        (
            "ssd_initial_cp_conference",
            CONFERENCE,
            "11,1,c2,2024-10-29,Y,N,8",  # a sister's enquiry is not this child's
            "12,,c1,2024-10-29,Y,N,8",
        ),
    )
    assert (
        "ssd_initial_cp_conference.csv, lines 2-3: icpc_s47_enquiry_id (an enquiry of the same "
        "child that ssd_s47_enquiry lists) is blank; fill it in."
    ) in refusal(incoming)


def test_an_episode_takes_its_placement_legal_status_and_standing_from_three_other_tables(
    data, incoming
):
    put(
        incoming,
        (
            "ssd_cla_episodes",
            EPISODE,
            "c1,2023-05-01,S - Started to be looked after,2024-01-15,X1,p1,d1,2023-05-01",
            "c1,2024-01-15,L,2024-06-30,X1 - Continues,p1,d1,2023-05-01",
            "c1,2024-06-30,B,,,p1,d2,2023-05-01",
            "c2,2024-02-01,S,2024-11-20,E11: Adopted,p2,d3,2024-02-01",
        ),
        ("ssd_cla_placement", PLACEMENT, "d1,U1,12.34", "d2,K3 ,999.9", "d3,H5a,"),
        (
            "ssd_legal_status",
            LEGAL,
            "1,c1,V2 - Section 20,2023-05-01,2024-01-15",
            "2,c1,C1: Interim care order,2024-01-15 00:00:00,1900-01-01",
            "3,c1,E1,2024-06-30,",  # begun last, so it is the status of the third episode
            "4,c2,C2,2020-01-01,",
        ),
        (
            "ssd_immigration_status",
            IMMIGRATION,
            "c1,Unaccompanied Asylum Seeking Child,2023-05-01,2024-06-29",
            "c1,Refugee Status,2024-06-30,",
            "c2,Formerly UASC,2024-02-01,",
        ),
    )
    accept(incoming)

    assert kept(data, "cla_episodes", "decom, rne, ls, place, pl_distance, dec, rec, uasc") == [
        ("2023-05-01", "S", "V2", "U1", Decimal("12.3"), "2024-01-15", "X1", True),
        ("2024-01-15", "L", "C1", "U1", Decimal("12.3"), "2024-06-30", "X1", False),
        ("2024-02-01", "S", "C2", "H5", None, "2024-11-20", "E11", False),
        ("2024-06-30", "B", "E1", "K3", Decimal("999.9"), None, None, False),
    ]


def test_an_episode_whose_placement_or_legal_status_is_nowhere_is_refused_and_says_where(incoming):
    put(
        incoming,
        *IN_CARE,
        ("ssd_cla_placement", PLACEMENT, "d9,U4,3.26"),
        ("ssd_legal_status", LEGAL, "1,c1,C2,2024-10-02,"),
    )
    told = refusal(incoming)

    assert (
        "ssd_cla_episodes.csv, line 2: the legal status of that day in ssd_legal_status is blank"
    ) in told
    assert (
        "ssd_cla_episodes.csv, line 2: the type of the placement that clae_cla_placement_id names "
        "in ssd_cla_placement is blank"
    ) in told


def test_names_that_earlier_versions_gave_to_columns_are_known(data, incoming):
    older = EPISODE.replace("start_date,", "start,", 1).replace("ceased_date", "ceased", 1)
    put(incoming, *IN_CARE)
    put(incoming, ("ssd_cla_episodes", older, *IN_CARE[0][2:]))
    accept(incoming)

    assert kept(data, "cla_episodes", "decom, place") == [("2024-10-01", "U4")]


def test_reviews_and_visits_of_five_tables_become_one(data, incoming):
    rows = {
        "ssd_cp_reviews": ["1,c1,2024-10-01,2024-10-02 10:00:00,Y", "2,c1,2024-10-01,2024-10-01,N"],
        "ssd_cin_visits": ["1,c1,2024-10-03 16:45:00,Y"],
        "ssd_cp_visits": ["1,c1,2024-10-04,N"],
        "ssd_cla_visits": ["1,c1,2024-10-05,"],
    }
    put(incoming, *IN_CARE, *((*sheet, *rows[sheet[0]]) for sheet in REVIEWS))
    put(incoming, ("ssd_cla_reviews", REVIEW, "1,p1,2024-10-29,2024-10-28,N", "2,p1,,,Y"))
    accept(incoming)

    columns = "event_id, child_id, cohort, event_kind, event_date, seen, cancelled"
    assert kept(data, "reviews_visits", columns) == [
        ("311:cin-visit-1", "311:c1", "CIN", "VISIT", "2024-10-03", True, False),
        ("311:cla-review-1", "311:c1", "CLA", "REVIEW", "2024-10-28", None, False),
        ("311:cla-review-2", "311:c1", "CLA", "REVIEW", None, None, True),
        ("311:cla-visit-1", "311:c1", "CLA", "VISIT", "2024-10-05", None, False),
        ("311:cp-review-1", "311:c1", "CP", "REVIEW", "2024-10-02", None, False),
        ("311:cp-review-2", "311:c1", "CP", "REVIEW", "2024-10-01", None, True),  # no quorum
        ("311:cp-visit-1", "311:c1", "CP", "VISIT", "2024-10-04", False, False),
    ]


def test_a_review_of_a_period_of_care_that_is_not_listed_is_refused(incoming):
    put(incoming, *IN_CARE, *REVIEWS, ("ssd_cla_reviews", REVIEW, "1,p7,,2024-10-28,N"))

    assert (
        "ssd_cla_reviews.csv, line 2: clar_cla_id (a period of care that ssd_cla_episodes lists) "
        "is blank; fill it in."
    ) in refusal(incoming)


def test_health_of_four_tables_becomes_one_and_an_optician_counts_nowhere(data, incoming):
    put(
        incoming,
        (
            "ssd_cla_health",
            HEALTH,
            "1,c1,Dental Check,2024-10-01,Completed",
            "2,c1,Review Health Assessment,2024-10-02,Refused by child",
            "3,c1,Health surveillance check,2024-10-03,Planned",
            "4,c1,Optician check,2024-10-04,Completed",
        ),
        (*OTHER_HEALTH[0], "c1,Y,2024-10-05 12:00:00"),
        (*OTHER_HEALTH[1], "1,c1,2024-10-06,ALC,Y", "2,c1,2024-10-07,N,"),
        (*OTHER_HEALTH[2], "1,c1,2024-10-08,17.0", "2,c1,2024-10-09,"),
    )
    ledger = accept(incoming)

    columns = "health_event_id, event_type, event_date, status, value, intervention_received"
    assert kept(data, "cla_health", columns) == [
        ("311:1", "DENTAL", "2024-10-01", "Completed", None, None),
        ("311:2", "HEALTH_ASSESSMENT", "2024-10-02", "Refused", None, None),
        ("311:3", "DEV_CHECK", "2024-10-03", "Planned", None, None),
        ("311:immunisations-c1", "IMMUNISATION_STATUS", "2024-10-05", "Completed", "Y", None),
        ("311:sdq-1", "SDQ", "2024-10-08", "Completed", "17", None),
        ("311:substance-misuse-1", "SUBSTANCE_MISUSE", "2024-10-06", "Completed", "Y", True),
        ("311:substance-misuse-2", "SUBSTANCE_MISUSE", "2024-10-07", "Completed", "N", None),
    ]
    assert ledger.warnings[0] == (
        "ssd_cla_health.csv: clah_health_check_type is neither a dental check nor a health "
        "assessment nor a developmental check; it counts nowhere (1 row: line 5)."
    )


def test_a_score_that_cannot_be_is_refused_as_the_dataset_calls_it(incoming):
    put(incoming, ("ssd_cla_health", HEALTH), *OTHER_HEALTH)
    put(incoming, (*OTHER_HEALTH[2], "1,c1,2024-10-08,41"))

    assert (
        "ssd_sdq_scores.csv, line 2: csdq_sdq_score is not a whole number from 0 to 40; "
        "write the score alone, as event_type is SDQ."
    ) in refusal(incoming)


def test_social_workers_are_in_post_and_hold_cases_by_what_they_hold_at_the_months_end(
    data, incoming
):
    put(
        incoming,
        DEPARTMENTS,
        (
            "ssd_involvements",
            INVOLVEMENT,
            "1,c1,w1,CW,7,2021-03-01,,",
            "2,c2,w2,CW,7,2024-01-10,2024-11-30,",  # ended on the last day, so no longer held
        ),
        (
            "ssd_professionals",
            PROFESSIONAL,
            "w1,Senior Social Worker,MASH,0.6000000238,N",
            "w2,Social Worker,Team Nine,1.0,Y",
            "w3,Social Work Assistant Team Manager,MASH,1,N",
            "w4,General practitioner,,,",
        ),
    )
    accept(incoming)

    columns = "worker_id, team_id, fte, agency, case_holding, start_date"
    assert kept(data, "workforce", columns) == [
        ("311:w1", "311:mash", Decimal("0.6"), False, True, "2021-03-01"),
        ("311:w2", "311:Team Nine", 1, True, False, "2024-01-10"),
        ("311:w3", "311:mash", 1, False, False, "2024-11-01"),
    ]


@pytest.mark.parametrize(
    ("headings", "rows", "said"),
    [
        (PROFESSIONAL, ["w1,Social Worker,MASH,1.0,", "w2,Social Worker,MASH,1.0,NULL"], "blank"),
        (PROFESSIONAL.rpartition(",")[0], ["w1,Social Worker,MASH,1.0"], "there is no"),
    ],
)
def test_a_dataset_that_does_not_mark_agency_workers_is_taken_without_a_workforce(
    data, incoming, headings, rows, said
):
    put(incoming, DEPARTMENTS, ("ssd_involvements", INVOLVEMENT, "1,c1,w1,CW,7,2024-11-01,,"))
    put(incoming, ("ssd_professionals", headings, *rows))
    ledger = accept(incoming)

    assert [one.table for one in ledger.tables] == ["allocations"]
    (note,) = [note for note in ledger.notes if "does not bring workforce" in note]
    assert said in note
    assert "prof_agency_worker_flag" in note


def test_a_worker_without_hours_among_others_is_refused(incoming):
    put(
        incoming,
        DEPARTMENTS,
        ("ssd_involvements", INVOLVEMENT),
        ("ssd_professionals", PROFESSIONAL, "w1,Social Worker,MASH,1,N", "w2,Social Worker,,,Y"),
    )
    assert (
        "ssd_professionals.csv, line 3: prof_full_time_equivalency is blank; fill it in."
    ) in refusal(incoming)


def test_a_child_who_was_only_absent_was_not_missing(data, incoming):
    headings = (
        "miss_table_id,miss_person_id,miss_missing_episode_start_date,miss_missing_episode_type,"
        "miss_missing_episode_end_date"
    )
    rows = [
        "1,c1,2024-11-01 22:15:00,M,2024-11-02 08:00:00",
        "2,c1,2024-11-03,A,",
        "3,c1,2024-11-04,,",
    ]
    put(incoming, ("ssd_missing", headings, *rows))
    accept(incoming)

    assert kept(data, "missing_episodes", "missing_id, start_date, end_date") == [
        ("311:1", "2024-11-01", "2024-11-02"),
        ("311:3", "2024-11-04", None),
    ]


def test_an_unborn_child_has_no_date_of_birth_and_two_loads_may_bring_two_tables(data, incoming):
    accept(put(incoming, ("ssd_person", PERSON, "c1,", "c2,2010-01-31 00:00:00")))

    assert kept(data, "children", "child_id, dob") == [("311:c1", None), ("311:c2", "2010-01-31")]


# What is wrong with files


def test_a_missing_column_is_named_with_the_heading_nearest_to_it(incoming):
    put(
        incoming, ("ssd_person", "pers_person_id,pers_dbo,pers_forename", "c1,2010-01-31,Zephyrine")
    )

    (problem,) = sources.read(incoming).problems
    assert problem == (
        "ssd_person.csv, line 1: there is no column pers_dob. "
        "Is it the one headed 'pers_dbo'? Then rename that."
    )


def test_a_table_that_needs_a_file_that_is_not_there_is_not_brought_and_that_is_said(incoming):
    put(incoming, *(sheet for sheet in IN_CARE if sheet[0] != "ssd_legal_status"))
    put(incoming, ("ssd_person", PERSON))
    reading = sources.read(incoming)

    assert reading.tables == ("children",)
    assert (
        "There is no ssd_legal_status, so this load does not bring cla_episodes." in reading.notes
    )


def test_files_that_are_not_of_the_dataset_are_told_apart(incoming):
    put(
        incoming,
        ("ssd_person", PERSON),
        ("ssd_persn", PERSON),
        ("supervision", "supervision_id"),
        ("ssd_address", ""),  # never opened, whatever it holds
    )
    (incoming / "ssd_cp_plans.txt").write_text("x")
    (incoming / "ssd_person.parquet").write_text("x")
    (incoming / ".DS_Store").write_text("x")
    reading = sources.read(incoming)

    assert reading.problems == (
        "ssd_cp_plans.txt is neither CSV nor Parquet. Export it as one of them.",
        "ssd_persn.csv is not named after a table of the dataset. Did you mean 'ssd_person'? "
        "Rename it, or take it out.",
        "ssd_person.parquet: there is another file of ssd_person. Take one out.",
        "supervision.csv is not a file of the dataset. Load it by itself, after this folder.",
    )
    assert reading.notes == ("Nothing is read from ssd_address.csv; left behind unopened.",)


def test_a_folder_from_which_nothing_can_be_brought_is_refused(incoming):
    put(incoming, ("ssd_department", "dept_team_id,dept_team_name", "7,MASH"))

    assert "bring no table whole" in refusal(incoming)


def test_a_refused_row_is_kept_apart_without_what_is_nobodys_business(data, incoming):
    headings = "pers_person_id,pers_forename,pers_surname,pers_dob"
    put(
        incoming, ("ssd_person", headings, "c1,Zephyrine,Example,soon", "c2,Zoë,Example,2010-01-31")
    )
    ledger = accept(incoming, leave_out_refused="told the team")

    assert [(one.table, one.rows, one.left_out) for one in ledger.tables] == [("children", 1, 1)]
    assert "soon" in values_in(data / "lake")
    assert not values_in(data / "lake") & {"Zephyrine", "Example"}


def test_a_row_that_cannot_be_split_is_left_out_and_not_kept_as_found(data, incoming):
    headings = "pers_person_id,pers_dob,pers_forename"
    put(incoming, ("ssd_person", headings, "c1,2010-01-31,Zephyrine,x", "c2,2010-01-31,Zoë"))
    ledger = accept(incoming, leave_out_refused="told the team")

    assert [(one.table, one.rows, one.left_out) for one in ledger.tables] == [("children", 1, 1)]
    kept_there = " ".join(values_in(data / "lake"))
    assert "has 4 values for 3 headings" in kept_there
    assert "Zephyrine" not in kept_there


def test_a_file_may_come_alone(data, incoming):
    put(incoming, ("ssd_person", PERSON, "c1,2010-01-31"))
    accept(incoming / "ssd_person.csv")

    assert kept(data, "children", "child_id") == [("311:c1",)]


def test_every_table_that_the_dataset_feeds_can_be_told_from_its_files():
    assert ssd.is_of(Path("SSD_Person.CSV"))
    assert not ssd.is_of(Path("children.csv"))
