"""The demonstration pack's workers: who holds which case, and how the whole workforce stands.

With them what workers do: reviews and visits of plans, and supervision.
"""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from kpi import demo
from tests import second_reading

YEAR = [date(2023, 12, 1), *(date(2024, month, 1) for month in range(1, 12))]
RESTRUCTURE = pd.Timestamp("2024-09-01")
END = pd.Timestamp("2024-11-30")
LATER = END + pd.Timedelta(days=1)  # stands for the end of what has not ended


@pytest.fixture(scope="module", params=[311, 7])
def tables(request):
    return request.getfixturevalue("whole") if request.param == 311 else demo.build(seed=7)


def shares(tables: demo.Tables, indicator: str, months: list[date]) -> list[float]:
    """Return the numerator over the denominator of each month, for the whole authority."""
    rows = second_reading.READINGS[indicator](tables, months)
    sums = rows.groupby("month")[["numerator", "denominator"]].sum().astype(float)
    return (sums["numerator"] / sums["denominator"]).reindex(months).tolist()


def social_workers(tables: demo.Tables) -> pd.DataFrame:
    return tables["allocations"].query("role == 'social worker'").fillna({"end_date": LATER})


@pytest.mark.parametrize(
    ("indicator", "low", "high"),
    [
        # Published for September 2024: 22.2% and 41.9%, and 2.9% of days lost to sickness
        ("turnover_rate", 0.16, 0.28),
        ("vacancy_rate", 0.30, 0.47),
        ("sickness_absence", 0.022, 0.036),
        ("agency_rate", 0.24, 0.45),
    ],
)
def test_the_workforce_is_near_what_is_published_of_it(tables, indicator, low, high):
    assert all(low < share < high for share in shares(tables, indicator, YEAR))


def test_four_in_ten_are_from_agencies_at_the_end(tables):
    [share] = shares(tables, "agency_rate", YEAR[-1:])

    assert share == pytest.approx(0.40, abs=0.02)


def test_the_average_caseload_falls(tables):
    """Published: 20.4 in September 2023 and 18.9 a year later."""
    before, then, now = shares(
        tables, "average_caseload", [date(2023, 9, 1), date(2024, 9, 1), date(2024, 11, 1)]
    )

    assert (before, then) == (pytest.approx(20.4, abs=0.5), pytest.approx(18.9, abs=0.5))
    assert now == pytest.approx(18, abs=0.4)


@pytest.mark.parametrize(
    "indicator",
    ["care_three_or_more_social_workers", "children_in_need_three_or_more_social_workers"],
)
def test_too_many_children_change_social_worker_and_no_more_for_the_restructure(tables, indicator):
    monthly = shares(tables, indicator, YEAR)

    assert min(monthly) > 0.26
    assert max(monthly) - min(monthly) < 0.05


def test_in_march_2024_as_many_children_in_care_had_three_social_workers_as_published(tables):
    """29%: 81 of 284 is 28.5%."""
    [share] = shares(tables, "care_three_or_more_social_workers", [date(2024, 3, 1)])

    assert share == pytest.approx(81 / 284, abs=0.012)


def test_nobody_holds_a_case_before_they_came_or_after_they_left(tables):
    staff = (
        tables["workforce"].sort_values("extract_date").drop_duplicates("worker_id", keep="last")
    )
    held = social_workers(tables).query("end_date >= '2022-05-01'")
    held = held.merge(staff[["worker_id", "start_date", "leave_date"]], on="worker_id", how="left")

    assert held["start_date_y"].notna().all()
    assert (held["start_date_x"] >= held["start_date_y"]).all()
    stayed = held["leave_date"].fillna(LATER)
    assert (held["end_date"] <= stayed).all()


def test_a_worker_holds_the_cases_of_one_team_at_a_time(tables):
    held = social_workers(tables)
    for day in ("2022-09-30", "2024-08-31", "2024-09-30", "2024-11-30"):
        then = held[(held["start_date"] <= day) & (held["end_date"] > day)]
        teams = then.groupby("worker_id")["team_id"].nunique()
        assert (teams == 1).all(), day


def test_children_whose_plans_began_together_change_worker_together(tables):
    own = tables["cp_plans"].query("not ola_plan and start_date >= '2022-01-01'")
    changed = social_workers(tables).query("change_reason == 'LEFTRL'")
    moved = changed.merge(own[["child_id", "start_date"]], on="child_id", suffixes=("", "_of_plan"))
    side_by_side = moved.groupby(["start_date", "start_date_of_plan", "team_id"])

    assert (side_by_side["worker_id"].nunique() == 1).mean() > 0.9
    assert (side_by_side.size() > 1).sum() > 30


def test_most_workers_stay_with_their_cases_when_their_team_is_renamed(tables):
    held = social_workers(tables)
    before = held[(held["end_date"] == RESTRUCTURE)].set_index("child_id")["worker_id"]
    after = held[(held["change_reason"] == "ORGRST")].set_index("child_id")["worker_id"]
    both = pd.concat([before, after], axis=1, join="inner", keys=["before", "after"])

    assert len(both) > 500
    assert 0.85 < (both["before"] == both["after"]).mean() < 0.99


@pytest.mark.parametrize(
    "indicator", ["child_protection_plans_ended", "plans_ended_after_2_years", "left_care"]
)
def test_the_team_is_known_on_the_day_a_plan_or_care_ended_but_for_a_few(tables, indicator):
    months = [date(year, month, 1) for year in (2023, 2024) for month in range(1, 12)]
    teams = second_reading.READINGS[indicator](tables, months)["team_id"]

    assert teams.isna().mean() < 0.06


def test_every_team_has_posts_while_it_stands(whole):
    posts = whole["establishment"]
    august, september = (
        set(posts.loc[posts["extract_date"] == day, "team_id"])
        for day in ("2024-08-31", "2024-09-30")
    )

    assert {"safeguarding_1", "mash", "cwd"} <= august
    assert {"intervention_4", "adolescent", "assessment_3", "mash", "cwd"} <= september
    assert not any(team.startswith("safeguarding") for team in september)
    assert not any(team.startswith("intervention") for team in august)


def test_those_who_left_in_the_year_before_an_extract_are_in_it_and_nobody_who_left_earlier(tables):
    rows = tables["workforce"]
    ago = rows["extract_date"] - rows["leave_date"]

    assert rows["extract_date"].nunique() == 32
    assert ago.dropna().between(pd.Timedelta(0), pd.Timedelta(days=366)).all()
    assert ago.max() > pd.Timedelta(days=300)
    assert (rows["start_date"] <= rows["extract_date"]).all()


def test_agencies_workers_have_no_sickness_on_record(whole):
    rows = whole["workforce"]

    assert rows.loc[rows["agency"], "absence_days"].isna().all()
    assert rows.loc[~rows["agency"] & rows["leave_date"].isna(), "absence_days"].notna().all()


def test_supervision_of_staff_rises_to_nearly_nine_in_ten(tables):
    then, now = shares(tables, "staff_supervised", [date(2023, 11, 1), date(2024, 11, 1)])

    assert then == pytest.approx(0.70, abs=0.04)
    assert now == pytest.approx(0.88, abs=0.02)


def test_some_personal_supervision_names_no_child_and_every_one_a_worker(tables):
    personal = tables["supervision"].query("kind == 'personal'")

    assert personal["worker_id"].notna().all()
    assert 0.1 < personal["child_id"].notna().mean() < 0.3


@pytest.mark.parametrize(
    ("indicator", "month", "share"),
    [
        ("plans_reviewed_on_time", date(2024, 3, 1), 0.856),
        ("plans_reviewed_on_time", date(2024, 11, 1), 0.90),
        ("child_protection_visits_on_time", date(2023, 10, 1), 0.75),
        ("child_protection_visits_on_time", date(2024, 11, 1), 0.88),
        ("children_in_need_reviewed_on_time", date(2024, 11, 1), 302 / 306),
        ("repeat_plans_ever", date(2024, 11, 1), 0.23),
        ("plans_open_2_years_or_more", date(2024, 11, 1), 0.03),
    ],
)
def test_plans_are_reviewed_visited_and_repeated_as_published(tables, indicator, month, share):
    [counted] = shares(tables, indicator, [month])

    assert counted == pytest.approx(share, abs=0.025)


def test_an_assessment_says_what_it_found_when_it_is_authorised_and_not_before(tables):
    rows = tables["assessments"].query("status == 'current'")
    done = rows["authorised_date"].notna()

    assert (rows["outcome_csc_support"].notna() == done).all()
    assert (rows["child_seen"].notna() == done).all()
    assert set(rows.loc[done, "child_seen"]) == {"Y", "N", "U"}


def test_a_conference_led_to_a_plan_exactly_where_one_began_that_day(tables):
    own = tables["cp_plans"].query("not ola_plan")[["child_id", "start_date"]]
    held = tables["s47_icpc"].dropna(subset="icpc_date").query("icpc_date >= '2022-01-01'")
    began = held.merge(
        own, left_on=["child_id", "icpc_date"], right_on=["child_id", "start_date"], how="left"
    )["start_date"].notna()

    assert (held["icpc_outcome_cp"].to_numpy(bool) == began.to_numpy()).all()


def test_an_earlier_extract_lists_what_was_then_due_as_planned(whole):
    known = demo.as_known(whole, extract_month=date(2024, 9, 1))["reviews_visits"]
    planned = known[known["event_date"].isna() & ~known["cancelled"]]
    ahead = planned["due_date"] > pd.Timestamp("2024-09-30")

    assert ahead.sum() > 20
    assert planned["seen"].isna().all()
    assert (known["event_date"].dropna() <= pd.Timestamp("2024-09-30")).all()


def test_an_earlier_extract_knows_the_workforce_of_its_own_months_only(whole):
    known = demo.as_known(whole, extract_month=date(2024, 9, 1))

    for name in ("workforce", "establishment"):
        assert known[name]["extract_date"].max() == pd.Timestamp("2024-09-30")
    assert (known["workforce"]["leave_date"].dropna() <= pd.Timestamp("2024-09-30")).all()


def test_reviews_and_visits_of_every_kind_are_listed_and_some_called_off(tables):
    rows = tables["reviews_visits"]
    kinds = set(zip(rows["cohort"], rows["event_kind"], strict=True))

    assert {("CP", "REVIEW"), ("CP", "VISIT"), ("CP", "CORE_GROUP")} <= kinds
    assert {("CIN", "REVIEW"), ("CIN", "VISIT"), ("CLA", "REVIEW"), ("CLA", "VISIT")} <= kinds
    assert 0.01 < rows["cancelled"].mean() < 0.05
    assert rows.loc[rows["event_kind"] == "REVIEW", "due_date"].notna().all()


def test_an_invented_authority_has_a_workforce_too():
    tables = demo.build(authority=demo.authorities(2)[1])

    assert sum(len(rows) for rows in tables.values()) < 650_000
    for indicator in ("average_caseload", "staff_supervised", "vacancy_rate"):
        assert np.isfinite(shares(tables, indicator, YEAR[-1:])).all()
