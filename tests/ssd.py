"""Tables in the contract's words written out as the Standard Safeguarding Dataset, as systems do.

It is written from the dataset's own list of columns and from what extracts look like: dates with a
time of day, Y and N, -1 where there is nobody, 1 January 1900 for a date not known, teams by the
numbers of departments, and children's names and addresses. It shares nothing with the reader. What
the dataset has no place for is lost here, as it is there: supervision, posts, reviews of child in
need plans, drafts, visits that were cancelled, and when a worker started or left.
"""

from datetime import date
from pathlib import Path
from typing import Literal

import pandas as pd

Frames = dict[str, pd.DataFrame]

TEAMS = Path(__file__).parents[1] / "data" / "reference" / "teams.csv"
FORENAME = "Zephyrine"  # every child's, so that it can be looked for
POSTCODE = "ZZ99 3WZ"
REGISTRATION = "SW99999"
NOT_KNOWN = pd.Timestamp("1900-01-01")
NOBODY = "-1"
NEVER = pd.Timestamp("2100-01-01")

# The tables that are written, with every column that the dataset gives them.
COLUMNS = {
    "ssd_person": (
        "pers_person_id pers_forename pers_surname pers_sex pers_gender pers_ethnicity pers_dob "
        "pers_common_child_id pers_legacy_id pers_upn_unknown pers_send_flag pers_expected_dob "
        "pers_death_date pers_is_mother pers_nationality"
    ),
    "ssd_contacts": (
        "cont_contact_id cont_person_id cont_contact_date cont_contact_source_code "
        "cont_contact_source_desc cont_contact_outcome_json"
    ),
    "ssd_cin_episodes": (
        "cine_referral_id cine_person_id cine_referral_date cine_cin_primary_need_code "
        "cine_referral_source_code cine_referral_source_desc cine_referral_outcome_json "
        "cine_referral_nfa cine_close_reason cine_close_date cine_referral_team "
        "cine_referral_worker_id"
    ),
    "ssd_cin_assessments": (
        "cina_assessment_id cina_person_id cina_referral_id cina_assessment_start_date "
        "cina_assessment_child_seen cina_assessment_auth_date cina_assessment_outcome_json "
        "cina_assessment_outcome_nfa cina_assessment_team cina_assessment_worker_id"
    ),
    "ssd_s47_enquiry": (
        "s47e_s47_enquiry_id s47e_referral_id s47e_person_id s47e_s47_start_date "
        "s47e_s47_end_date s47e_s47_nfa s47e_s47_outcome_json s47e_s47_completed_by_worker_id "
        "s47e_s47_completed_by_team"
    ),
    "ssd_initial_cp_conference": (
        "icpc_icpc_id icpc_icpc_meeting_id icpc_s47_enquiry_id icpc_person_id icpc_cp_plan_id "
        "icpc_referral_id icpc_icpc_transfer_in icpc_icpc_target_date icpc_icpc_date "
        "icpc_icpc_outcome_cp_flag icpc_icpc_outcome_json icpc_icpc_team icpc_icpc_worker_id"
    ),
    "ssd_cin_plans": (
        "cinp_cin_plan_id cinp_referral_id cinp_person_id cinp_cin_plan_start_date "
        "cinp_cin_plan_end_date cinp_cin_plan_team cinp_cin_plan_worker_id"
    ),
    "ssd_cp_plans": (
        "cppl_cp_plan_id cppl_referral_id cppl_icpc_id cppl_person_id cppl_cp_plan_start_date "
        "cppl_cp_plan_end_date cppl_cp_plan_initial_category cppl_cp_plan_ola "
        "cppl_cp_plan_latest_category"
    ),
    "ssd_cla_episodes": (
        "clae_cla_episode_id clae_person_id clae_cla_episode_start_date "
        "clae_cla_episode_start_reason clae_cla_primary_need_code clae_cla_episode_ceased_date "
        "clae_cla_episode_ceased_reason clae_cla_id clae_referral_id clae_cla_placement_id "
        "clae_entered_care_date clae_cla_last_iro_contact_date"
    ),
    "ssd_cla_placement": (
        "clap_cla_placement_id clap_cla_placement_start_date clap_cla_placement_type "
        "clap_cla_placement_urn clap_cla_placement_distance clap_cla_id "
        "clap_cla_placement_provider clap_cla_placement_postcode clap_cla_placement_end_date "
        "clap_cla_placement_change_reason clap_person_id"
    ),
    "ssd_legal_status": (
        "lega_legal_status_id lega_person_id lega_legal_status lega_legal_status_start_date "
        "lega_legal_status_end_date"
    ),
    "ssd_immigration_status": (
        "immi_person_id immi_immigration_status_id immi_immigration_status "
        "immi_immigration_status_start_date immi_immigration_status_end_date"
    ),
    "ssd_cla_health": (
        "clah_health_check_id clah_person_id clah_health_check_type clah_health_check_date "
        "clah_health_check_status"
    ),
    "ssd_cla_immunisations": (
        "clai_person_id clai_immunisations_status clai_immunisations_status_date"
    ),
    "ssd_cla_substance_misuse": (
        "clas_substance_misuse_id clas_person_id clas_substance_misuse_date "
        "clas_substance_misused clas_intervention_received"
    ),
    "ssd_sdq_scores": (
        "csdq_table_id csdq_person_id csdq_sdq_completed_date csdq_sdq_reason csdq_sdq_score"
    ),
    "ssd_cp_reviews": (
        "cppr_cp_review_id cppr_person_id cppr_cp_plan_id cppr_cp_review_due cppr_cp_review_date "
        "cppr_cp_review_meeting_id cppr_cp_review_outcome_continue_cp cppr_cp_review_quorate "
        "cppr_cp_review_participation"
    ),
    "ssd_cla_reviews": (
        "clar_cla_review_id clar_cla_id clar_cla_review_due_date clar_cla_review_date "
        "clar_cla_review_cancelled clar_cla_review_participation"
    ),
    "ssd_cin_visits": (
        "cinv_cin_visit_id cinv_person_id cinv_cin_visit_date cinv_cin_visit_seen "
        "cinv_cin_visit_seen_alone cinv_cin_visit_bedroom"
    ),
    "ssd_cp_visits": (
        "cppv_cp_visit_id cppv_person_id cppv_cp_plan_id cppv_cp_visit_date cppv_cp_visit_seen "
        "cppv_cp_visit_seen_alone cppv_cp_visit_bedroom"
    ),
    "ssd_cla_visits": (
        "clav_cla_visit_id clav_cla_id clav_person_id clav_cla_visit_date clav_cla_visit_seen "
        "clav_cla_visit_seen_alone"
    ),
    "ssd_missing": (
        "miss_table_id miss_person_id miss_missing_episode_start_date miss_missing_episode_type "
        "miss_missing_episode_end_date miss_missing_rhi_offered miss_missing_rhi_accepted"
    ),
    "ssd_care_leavers": (
        "clea_table_id clea_person_id clea_care_leaver_eligibility clea_care_leaver_in_touch "
        "clea_care_leaver_latest_contact clea_care_leaver_accommodation "
        "clea_care_leaver_accom_suitable clea_care_leaver_activity clea_pathway_plan_review_date "
        "clea_care_leaver_personal_advisor clea_care_leaver_allocated_team "
        "clea_care_leaver_worker_id"
    ),
    "ssd_involvements": (
        "invo_involvements_id invo_professional_id invo_professional_role_id "
        "invo_professional_team invo_involvement_start_date invo_involvement_end_date "
        "invo_worker_change_reason invo_person_id invo_referral_id"
    ),
    "ssd_professionals": (
        "prof_professional_id prof_staff_id prof_professional_name "
        "prof_social_worker_registration_no prof_professional_job_title "
        "prof_professional_caseload prof_professional_department prof_full_time_equivalency "
        "prof_agency_worker_flag"
    ),
    "ssd_department": "dept_team_id dept_team_name dept_team_parent_id dept_team_parent_name",
    "ssd_address": (
        "addr_table_id addr_address_json addr_person_id addr_address_type addr_address_start_date "
        "addr_address_end_date addr_address_postcode"
    ),
}


def write(tables: Frames, folder: Path, month: date, *, form: Literal["csv", "parquet"]) -> None:
    """Write `tables` as the dataset made at the end of `month`."""
    end = pd.Timestamp(month) + pd.offsets.MonthEnd(0)
    folder.mkdir(parents=True, exist_ok=True)
    departments = _departments()
    made = {
        **_people(tables),
        **_front_door(tables, departments),
        **_enquiries(tables, departments),
        **_plans(tables),
        **_care(tables),
        **_health(tables, end),
        **_reviews_and_visits(tables),
        **_workers(tables, departments, end),
        "ssd_care_leavers": _leavers(tables, end),
        "ssd_missing": _missing(tables),
        "ssd_department": _department_names(departments),
    }
    for table, frame in made.items():
        columns = COLUMNS[table].split()
        assert set(frame) <= set(columns), set(frame) - set(columns)
        _put(frame.reindex(columns=columns), folder / f"{table}.{form}")


def _put(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as pandas does; in CSV with times of day."""
    if path.suffix == ".parquet":
        frame.to_parquet(path, index=False)
        return
    dates = frame.select_dtypes("datetime").columns
    text = frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%d %H:%M:%S") for name in dates})
    text.to_csv(path, index=False)


def _flag(values: pd.Series) -> pd.Series:
    return values.map({True: "Y", False: "N"})


def _departments() -> dict[str, str]:
    """Return the number of each team's department, by team."""
    teams = pd.read_csv(TEAMS, dtype=str)["team_id"].unique()
    return {team: str(7_000 + 3 * nth) for nth, team in enumerate(teams)}


def _department_names(departments: dict[str, str]) -> pd.DataFrame:
    teams = pd.read_csv(TEAMS, dtype=str).drop_duplicates("team_id", keep="last")
    return pd.DataFrame(
        {
            "dept_team_id": teams["team_id"].map(departments),
            "dept_team_name": teams["team"],
            "dept_team_parent_name": teams["service_area"],
        }
    )


def _number(team_ids: pd.Series, departments: dict[str, str]) -> pd.Series:
    """Return the departments' numbers; a team that is not listed is a department of its own."""
    return team_ids.map(lambda team: departments.get(team, team), na_action="ignore")


def _people(tables: Frames) -> Frames:
    children = tables["children"]
    person = pd.DataFrame(
        {
            "pers_person_id": children["child_id"],
            "pers_forename": FORENAME,
            "pers_surname": "Example",
            "pers_dob": children["dob"],
            "pers_expected_dob": pd.Series(pd.Timestamp("2025-01-15"), children.index).where(
                children["dob"].isna()
            ),
        }
    )
    address = pd.DataFrame(
        {
            "addr_table_id": children["child_id"],
            "addr_person_id": children["child_id"],
            "addr_address_postcode": POSTCODE,
        }
    )
    return {"ssd_person": person, "ssd_address": address}


def _front_door(tables: Frames, departments: dict[str, str]) -> Frames:
    events = tables["referrals"]
    contact = events["event_type"] == "contact"
    contacts, referrals = events[contact], events[~contact]
    # The numbers of the two begin anew, so that they are not unique among both.
    assessed = tables["assessments"]
    assessed = assessed[assessed["status"] == "current"]
    return {
        "ssd_contacts": pd.DataFrame(
            {
                "cont_contact_id": [str(number) for number in range(1, len(contacts) + 1)],
                "cont_person_id": contacts["child_id"].to_numpy(),
                "cont_contact_date": contacts["event_date"].to_numpy() + pd.Timedelta(hours=9.5),
            }
        ),
        "ssd_cin_episodes": pd.DataFrame(
            {
                "cine_referral_id": [str(number) for number in range(1, len(referrals) + 1)],
                "cine_person_id": referrals["child_id"].to_numpy(),
                "cine_referral_date": referrals["event_date"].to_numpy(),
                "cine_referral_nfa": _flag(referrals["nfa"]).to_numpy(),
                "cine_referral_team": _number(referrals["team_id"], departments).to_numpy(),
            }
        ),
        "ssd_cin_assessments": pd.DataFrame(
            {
                "cina_assessment_id": assessed["assessment_id"],
                "cina_person_id": assessed["child_id"],
                "cina_assessment_start_date": assessed["start_date"],
                "cina_assessment_auth_date": assessed["authorised_date"],
                "cina_assessment_child_seen": assessed["child_seen"].replace("U", None),
                "cina_assessment_outcome_nfa": assessed["outcome_csc_support"].map(
                    {True: "N", False: "Y"}
                ),
                "cina_assessment_team": _number(assessed["team_id"], departments),
            }
        ),
    }


def _enquiries(tables: Frames, departments: dict[str, str]) -> Frames:
    rows = tables["s47_icpc"]
    moved_in = rows["transfer_in"].astype(bool)
    enquired, met = rows[~moved_in], rows[rows["icpc_date"].notna()]
    return {
        "ssd_s47_enquiry": pd.DataFrame(
            {
                "s47e_s47_enquiry_id": enquired["s47_id"],
                "s47e_person_id": enquired["child_id"],
                "s47e_s47_start_date": enquired["strategy_date"],
                "s47e_s47_completed_by_team": _number(enquired["team_id"], departments),
            }
        ),
        "ssd_initial_cp_conference": pd.DataFrame(
            {
                "icpc_icpc_id": met["s47_id"],
                "icpc_s47_enquiry_id": met["s47_id"].mask(met["transfer_in"].astype(bool), NOBODY),
                "icpc_person_id": met["child_id"],
                "icpc_icpc_transfer_in": _flag(met["transfer_in"].astype(bool)),
                "icpc_icpc_date": met["icpc_date"] + pd.Timedelta(hours=14),
                "icpc_icpc_outcome_cp_flag": _flag(met["icpc_outcome_cp"]),
                "icpc_icpc_team": _number(met["team_id"], departments),
            }
        ),
    }


def _plans(tables: Frames) -> Frames:
    need, protection = tables["cin_plans"], tables["cp_plans"]
    return {
        "ssd_cin_plans": pd.DataFrame(
            {
                "cinp_cin_plan_id": need["cin_plan_id"],
                "cinp_person_id": need["child_id"],
                "cinp_cin_plan_start_date": need["start_date"],
                "cinp_cin_plan_end_date": need["end_date"],
            }
        ),
        "ssd_cp_plans": pd.DataFrame(
            {
                "cppl_cp_plan_id": protection["cp_plan_id"],
                "cppl_person_id": protection["child_id"],
                "cppl_cp_plan_start_date": protection["start_date"],
                "cppl_cp_plan_end_date": protection["end_date"],
                "cppl_cp_plan_ola": _flag(protection["ola_plan"].astype(bool)),
            }
        ),
    }


def _care(tables: Frames) -> Frames:
    """Return episodes, with their placements and legal statuses in tables of their own.

    A placement runs on over a change of legal status alone, a legal status over a move.
    """
    rows = tables["cla_episodes"].sort_values(["child_id", "decom"], ignore_index=True)
    before = rows.shift()
    follows = (rows["child_id"] == before["child_id"]) & (rows["decom"] == before["dec"])
    stays = follows & (rows["rne"] == "L") & (rows["place"] == before["place"])
    stays &= rows["pl_distance"].eq(before["pl_distance"])
    rows["placement"] = (~stays).cumsum().map("P{}".format)
    rows["legal"] = (~(follows & (rows["ls"] == before["ls"]))).cumsum().map("L{}".format)
    rows["period"] = rows.groupby(["child_id", "period_start_date"]).ngroup().map("C{}".format)
    spell = {"child_id": "first", "decom": "min", "dec": lambda dates: dates.iloc[-1]}
    placed = rows.groupby("placement", as_index=False).agg(
        spell | {"place": "first", "pl_distance": "first", "period": "first"}
    )
    status = rows.groupby("legal", as_index=False).agg(spell | {"ls": "first"})
    alone = rows[rows["uasc"].astype(bool)].groupby("child_id", as_index=False)["decom"].min()
    return {
        "ssd_cla_episodes": pd.DataFrame(
            {
                "clae_cla_episode_id": rows.index.astype(str),
                "clae_person_id": rows["child_id"],
                "clae_cla_episode_start_date": rows["decom"],
                "clae_cla_episode_start_reason": rows["rne"],
                "clae_cla_episode_ceased_date": rows["dec"],
                "clae_cla_episode_ceased_reason": rows["rec"],
                "clae_cla_id": rows["period"],
                "clae_cla_placement_id": rows["placement"],
                "clae_entered_care_date": rows["period_start_date"],
                "clae_cla_last_iro_contact_date": NOT_KNOWN,
            }
        ),
        "ssd_cla_placement": pd.DataFrame(
            {
                "clap_cla_placement_id": placed["placement"],
                "clap_cla_id": placed["period"],
                "clap_person_id": placed["child_id"],
                "clap_cla_placement_start_date": placed["decom"],
                "clap_cla_placement_end_date": placed["dec"],
                "clap_cla_placement_type": placed["place"],
                "clap_cla_placement_distance": placed["pl_distance"].astype(float),
                "clap_cla_placement_postcode": POSTCODE,
            }
        ),
        "ssd_legal_status": pd.DataFrame(
            {
                "lega_legal_status_id": status["legal"],
                "lega_person_id": status["child_id"],
                "lega_legal_status": status["ls"] + " - as the return has it",
                "lega_legal_status_start_date": status["decom"],
                "lega_legal_status_end_date": status["dec"],
            }
        ),
        "ssd_immigration_status": pd.DataFrame(
            {
                "immi_immigration_status_id": alone.index.astype(str),
                "immi_person_id": alone["child_id"],
                "immi_immigration_status": "Unaccompanied Asylum Seeking Child",
                "immi_immigration_status_start_date": alone["decom"],
                "immi_immigration_status_end_date": pd.NaT,
            }
        ),
    }


CHECKS = {
    "DENTAL": "Dental Check",
    "HEALTH_ASSESSMENT": "Health Assessment",
    "DEV_CHECK": "Developmental check",
}


def _health(tables: Frames, end: pd.Timestamp) -> Frames:
    rows = tables["cla_health"]
    done = rows[rows["status"] == "Completed"]
    checks = rows[rows["event_type"].isin(CHECKS)]
    state = done[(done["event_type"] == "IMMUNISATION_STATUS") & (done["event_date"] <= end)]
    state = state.sort_values(["event_date", "health_event_id"])
    state = state.drop_duplicates("child_id", keep="last")  # the dataset has the latest alone
    misuse = done[done["event_type"] == "SUBSTANCE_MISUSE"]
    scores = done[(done["event_type"] == "SDQ") & done["value"].notna()]
    return {
        "ssd_cla_health": pd.DataFrame(
            {
                "clah_health_check_id": checks["health_event_id"],
                "clah_person_id": checks["child_id"],
                "clah_health_check_type": checks["event_type"].map(CHECKS),
                "clah_health_check_date": checks["event_date"],
                "clah_health_check_status": checks["status"],
            }
        ),
        "ssd_cla_immunisations": pd.DataFrame(
            {
                "clai_person_id": state["child_id"],
                "clai_immunisations_status": state["value"],
                "clai_immunisations_status_date": state["event_date"],
            }
        ),
        "ssd_cla_substance_misuse": pd.DataFrame(
            {
                "clas_substance_misuse_id": misuse["health_event_id"],
                "clas_person_id": misuse["child_id"],
                "clas_substance_misuse_date": misuse["event_date"],
                "clas_substance_misused": misuse["value"].map({"Y": "ALC", "N": "N"}),
                "clas_intervention_received": _flag(misuse["intervention_received"]),
            }
        ),
        "ssd_sdq_scores": pd.DataFrame(
            {
                "csdq_table_id": scores["health_event_id"],
                "csdq_person_id": scores["child_id"],
                "csdq_sdq_completed_date": scores["event_date"],
                "csdq_sdq_score": scores["value"],
            }
        ),
    }


def _reviews_and_visits(tables: Frames) -> Frames:
    rows = tables["reviews_visits"]

    def of(cohort: str, kind: str) -> pd.DataFrame:
        kept = rows[(rows["cohort"] == cohort) & (rows["event_kind"] == kind)]
        return kept if kind == "REVIEW" else kept[~kept["cancelled"].astype(bool)]

    def visits(cohort: str, prefix: str, table: str) -> Frames:
        held = of(cohort, "VISIT")
        return {
            f"ssd_{table}_visits": pd.DataFrame(
                {
                    f"{prefix}_{table}_visit_id": held["event_id"],
                    f"{prefix}_person_id": held["child_id"],
                    f"{prefix}_{table}_visit_date": held["event_date"] + pd.Timedelta(hours=16.25),
                    f"{prefix}_{table}_visit_seen": _flag(held["seen"]),
                }
            )
        }

    conferences, care = of("CP", "REVIEW"), of("CLA", "REVIEW")
    return {
        "ssd_cp_reviews": pd.DataFrame(
            {
                "cppr_cp_review_id": conferences["event_id"],
                "cppr_person_id": conferences["child_id"],
                "cppr_cp_review_due": conferences["due_date"],
                "cppr_cp_review_date": conferences["event_date"],
                "cppr_cp_review_quorate": _flag(~conferences["cancelled"].astype(bool)),
            }
        ),
        "ssd_cla_reviews": pd.DataFrame(
            {
                "clar_cla_review_id": care["event_id"],
                "clar_cla_id": _periods_of(tables, care),
                "clar_cla_review_due_date": care["due_date"],
                "clar_cla_review_date": care["event_date"],
                "clar_cla_review_cancelled": _flag(care["cancelled"].astype(bool)),
            }
        ),
        **visits("CIN", "cinv", "cin"),
        **visits("CP", "cppv", "cp"),
        **visits("CLA", "clav", "cla"),
    }


def _periods_of(tables: Frames, reviews: pd.DataFrame) -> pd.Series:
    """Return the period of care that each review belongs to: of its child's, the last before it.

    A review that was called before care began, and cancelled, belongs to the first.
    """
    episodes = _care(tables)["ssd_cla_episodes"].drop_duplicates("clae_cla_id")
    wanted = pd.DataFrame(
        {
            "child": reviews["child_id"].to_numpy(),
            "day": reviews["event_date"].fillna(reviews["due_date"]).fillna(NEVER).to_numpy(),
            "row": reviews.index,
        }
    ).sort_values("day")
    periods = pd.DataFrame(
        {
            "child": episodes["clae_person_id"],
            "day": episodes["clae_entered_care_date"],
            "period": episodes["clae_cla_id"],
        }
    ).sort_values("day")
    before, after = (
        pd.merge_asof(
            wanted.astype({"day": "datetime64[ns]"}),
            periods.astype({"day": "datetime64[ns]"}),
            on="day",
            by="child",
            direction=direction,
        )
        for direction in ("backward", "forward")
    )
    found = before.assign(period=before["period"].fillna(after["period"]))
    return found.set_index("row")["period"].reindex(reviews.index)


def _missing(tables: Frames) -> pd.DataFrame:
    rows = tables["missing_episodes"]
    missing = pd.DataFrame(
        {
            "miss_table_id": rows["missing_id"],
            "miss_person_id": rows["child_id"],
            "miss_missing_episode_start_date": rows["start_date"],
            "miss_missing_episode_end_date": rows["end_date"],
            "miss_missing_episode_type": "M",
        }
    )
    # As many more were only absent, which does not count.
    placed = tables["cla_episodes"].iloc[: len(rows)]
    absent = pd.DataFrame(
        {
            "miss_table_id": [f"A{nth}" for nth in range(len(placed))],
            "miss_person_id": placed["child_id"].to_numpy(),
            "miss_missing_episode_start_date": placed["decom"].to_numpy(),
            "miss_missing_episode_type": "A",
        }
    )
    return pd.concat([missing, absent], ignore_index=True)


def _leavers(tables: Frames, end: pd.Timestamp) -> pd.DataFrame:
    rows = tables["care_leavers"]
    rows = rows[rows["extract_date"] == end]
    return pd.DataFrame(
        {
            "clea_table_id": rows.index.astype(str),
            "clea_person_id": rows["child_id"],
            "clea_care_leaver_eligibility": rows["eligibility"].fillna("No Current Eligibility"),
            "clea_care_leaver_in_touch": rows["in_touch"],
            "clea_care_leaver_accommodation": rows["accommodation"],
            "clea_care_leaver_accom_suitable": rows["accommodation_suitable"],
            "clea_care_leaver_activity": rows["activity"],
            "clea_pathway_plan_review_date": rows["pathway_plan_date"].fillna(NOT_KNOWN),
        }
    )


ROLES = {"social worker": "ALLOCATED CASE WORKER", "personal adviser": "16PLUS"}


def _workers(tables: Frames, departments: dict[str, str], end: pd.Timestamp) -> Frames:
    held, staff = tables["allocations"], tables["workforce"]
    staff = staff[(staff["extract_date"] == end) & (staff["start_date"] <= end)]
    staff = staff[staff["leave_date"].isna() | (staff["leave_date"] > end)]
    names = pd.read_csv(TEAMS, dtype=str).drop_duplicates("team_id").set_index("team_id")["team"]
    return {
        "ssd_involvements": pd.DataFrame(
            {
                "invo_involvements_id": held["allocation_id"],
                "invo_person_id": held["child_id"],
                "invo_professional_id": held["worker_id"].fillna(NOBODY),
                "invo_professional_role_id": held["role"].replace(ROLES),
                "invo_professional_team": _number(held["team_id"], departments).fillna(NOBODY),
                "invo_involvement_start_date": held["start_date"],
                "invo_involvement_end_date": held["end_date"],
                "invo_worker_change_reason": held["change_reason"],
            }
        ),
        "ssd_professionals": pd.DataFrame(
            {
                "prof_professional_id": staff["worker_id"],
                "prof_professional_name": FORENAME,
                "prof_social_worker_registration_no": REGISTRATION,
                "prof_professional_job_title": staff["role"].replace(
                    {"social worker": "Senior Social Worker", "personal adviser": "PA"}
                ),
                "prof_professional_department": staff["team_id"].map(names),
                "prof_full_time_equivalency": staff["fte"].astype(float),
                "prof_agency_worker_flag": _flag(staff["agency"].astype(bool)),
            }
        ),
    }
