"""An extract is taken whole or refused whole, every row is accounted for, and nothing leaks."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from csv import writer
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi import checks, extracts, lake
from kpi.access import Actor, Role
from kpi.errors import AccessError, ExtractError
from kpi.ledger import Ledger
from tests import annex_a
from tests.test_sources import SECRET, error_cell, put, workbook

ROOT = Path(__file__).parents[1]
NOVEMBER = date(2024, 11, 1)
ANALYST = Actor(name="Ada", roles=frozenset({Role.ANALYST}))
MANAGER = Actor(name="Mo", roles=frozenset({Role.MANAGER}))

ASSESSMENTS = (
    "assessment_id,child_id,start_date,authorised_date,status,team_id,"
    "child_seen,outcome_csc_support"
)
GOOD = "a1,c1,2024-10-01,15/11/2024,current,mash,Y,n"
LEAVERS = (
    "child_id,extract_date,eligibility,pathway_plan_date,in_touch,accommodation_suitable,activity"
)
EPISODES = "child_id,decom,rne,ls,place,dec,pl_distance,period_start_date,rec,uasc"
STAFF = (
    "worker_id,extract_date,role,team_id,fte,agency,case_holding,start_date,leave_date,absence_days"
)
HEALTH = "health_event_id,child_id,event_type,event_date,status,value,intervention_received"
EVENTS = "event_id,child_id,cohort,event_kind,event_date,cancelled"
REFERRALS = "referral_id,child_id,event_type,event_date,team_id,nfa"


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("KPI_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def incoming(tmp_path) -> Path:
    (tmp_path / "incoming").mkdir()
    return tmp_path / "incoming"


def accept(path: Path, month: date = NOVEMBER, **said) -> Ledger:
    return extracts.accept(ANALYST, path, month=month, **said)


def csv(folder: Path, table: str, *lines: str) -> Path:
    path = folder / f"{table}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def refusal(path: Path, **said) -> str:
    with pytest.raises(ExtractError) as refused:
        accept(path, **said)
    assert SECRET not in str(refused.value)
    return str(refused.value)


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def kept(data: Path, table: str, month: date = NOVEMBER) -> list[dict]:
    standing = lake.standing(lake.loads(data / "lake"), month=month)
    with lake.connect(data / "lake") as con:
        lake.read(con, standing, table)
        return con.execute(f"from {table} order by all").df().to_dict("records")


# ---- What is kept


def test_a_good_extract_is_kept_with_its_authority_before_every_id(data, incoming):
    ledger = accept(csv(incoming, "assessments", ASSESSMENTS, GOOD))

    assert ledger.name == "311 2024-11 0001"
    (row,) = kept(data, "assessments")
    assert [str(value)[:10] for value in row.values()] == [
        "311",
        "311:a1",
        "311:c1",
        "2024-10-01",
        "2024-11-15",
        "current",
        "Y",
        "False",
        "311:mash",
    ]
    part = data / "lake/assessments/authority=311/extract_month=2024-11/load=0001/part.parquet"
    assert part.exists()
    (load,) = lake.loads(data / "lake")
    assert (load.rows, load.left_out, load.months, load.demonstration) == (1, 0, (), False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-29", "2024-02-29"),
        ("29/02/2024", "2024-02-29"),
        ("03/04/2024", "2024-04-03"),  # the third of April, never the fourth of March
        ("2024-04-03 00:00:00", "2024-04-03"),
        ("2024-04-03T00:00:00.000", "2024-04-03"),
        ("03/04/2024 00:00", "2024-04-03"),
        (" 2024-04-03\u00a0", "2024-04-03"),
        ("1990-01-01", "1990-01-01"),
        ("2026-11-30", "2026-11-30"),  # two years after the extract month, to the day
        ("", "NaT"),
        ("1900-01-01", "NaT"),
        ("01/01/1900", "NaT"),
    ],
)
def test_a_date_is_read_as_british_or_iso(data, incoming, text, day):
    accept(csv(incoming, "children", "child_id,dob", f"c1,{text}"))

    assert str(kept(data, "children")[0]["dob"])[:10] == day


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        *((said, True) for said in ("y", "YES", "True", "1")),
        *((said, False) for said in ("n", "no", "FALSE", "0")),
    ],
)
def test_yes_and_no_are_read_however_they_are_said(data, incoming, text, truth):
    accept(csv(incoming, "cp_plans", PLANS, f"p1,c1,2024-10-01,,{text}"))

    assert kept(data, "cp_plans")[0]["ola_plan"] is truth


def test_ids_stay_exactly_as_written_and_minus_one_is_nobody(data, incoming):
    accept(
        csv(
            incoming,
            "allocations",
            "allocation_id,child_id,role,worker_id,team_id,start_date,end_date",
            "-1,000123,social worker,-1,1E5,2024-10-01,",
        )
    )

    (row,) = kept(data, "allocations")
    assert row["allocation_id"] == "311:-1"  # a key is never read as missing
    assert row["child_id"] == "311:000123"
    assert row["team_id"] == "311:1E5"
    assert row["worker_id"] is None


def test_a_state_table_keeps_every_month_it_carries(data, incoming):
    ledger = accept(
        csv(
            incoming,
            "care_leavers",
            LEAVERS,
            "c1,2024-09-30,Relevant,2024-08-01,,,",
            "c1,2024-11-30,Relevant,2024-08-01,,,",
        )
    )

    assert ledger.tables[0].months == ("2024-09", "2024-11")


def test_a_file_of_headings_only_is_a_month_loaded_with_no_rows(data, incoming):
    ledger = accept(csv(incoming, "care_leavers", LEAVERS))

    assert (ledger.tables[0].rows, ledger.tables[0].months) == (0, ("2024-11",))
    assert kept(data, "care_leavers") == []


def test_a_load_may_bring_some_tables_and_a_later_one_supersedes(data, incoming):
    accept(csv(incoming, "assessments", ASSESSMENTS, GOOD))
    accept(csv(incoming, "children", "child_id,dob", "c1,2010-01-31"))
    third = accept(csv(incoming, "assessments", ASSESSMENTS, GOOD.replace("a1", "a2")))

    assert third.number == 3
    assert [row["assessment_id"] for row in kept(data, "assessments")] == ["311:a2"]
    assert len(kept(data, "children")) == 1
    assert len(lake.loads(data / "lake")) == 3  # the first is kept, too


def test_the_authority_may_stand_in_the_files(data, incoming):
    head, row = "authority,child_id,dob", "306,c1,2010-01-31"
    ledger = accept(csv(incoming, "children", head, row))

    assert ledger.authority == "306"
    assert kept(data, "children")[0]["child_id"] == "306:c1"
    assert any("KPI_AUTHORITY is 311" in warning for warning in ledger.warnings)


@pytest.mark.parametrize(
    ("second", "said"),
    [("307", "more than one value"), ("", "line 3: authority is blank")],
)
def test_a_load_is_of_one_authority(incoming, second, said):
    head = "authority,child_id,dob"
    path = csv(incoming, "children", head, "306,c1,2010-01-31", f"{second},c2,2010-01-31")

    assert said in refusal(path)


def test_an_authority_that_could_name_a_folder_elsewhere_is_refused(data, incoming):
    path = csv(incoming, "children", "authority,child_id,dob", "../../x,c1,2010-01-31")

    assert "only letters and digits" in refusal(path)
    assert not data.exists()


# ---- What is refused: by file, line and column, with what to do, and no value shown

PLANS = "cp_plan_id,child_id,start_date,end_date,ola_plan"
DATE = "is not a date; write it as dd/mm/yyyy or yyyy-mm-dd."
REFUSED_ROWS = {
    "words for a date": (
        "assessments",
        [ASSESSMENTS, GOOD, f"a2,c1,{SECRET},,current,mash,,"],
        f"assessments.csv, line 3: start_date {DATE}",
    ),
    **{
        f"{text} for a date": (
            "assessments",
            [ASSESSMENTS, f"a1,c1,{text},,current,mash,,"],
            f"assessments.csv, line 2: start_date {DATE}",
        )
        for text in (
            "29/02/2025",
            "31/06/2024",
            "10/31/2024",
            "01/10/24",
            "1/10/2024",
            "2024-10-01 09:30",
            "2024-10-01T00:00:00+01:00",
            "45567",  # a serial is a date in a workbook only
            "NULL",
            "-",
        )
    },
    "a date before 1990": (
        "children",
        ["child_id,dob", f"{SECRET},1989-12-31"],
        "children.csv, line 2: dob is before 1990; correct the year.",
    ),
    "a date too far ahead": (
        "children",
        ["child_id,dob", f"{SECRET},2026-12-01"],
        "children.csv, line 2: dob is more than two years after the extract month "
        "(after 30/11/2026); correct the year.",
    ),
    "a blank key": (
        "assessments",
        [ASSESSMENTS, f",{SECRET},2024-10-01,,current,mash,,"],
        "assessments.csv, line 2: assessment_id is blank; fill it in.",
    ),
    "a blank that may not be": (
        "assessments",
        [ASSESSMENTS, GOOD, f"{SECRET},c1, ,,current,mash,,"],
        "assessments.csv, line 3: start_date is blank; fill it in.",
    ),
    "a date not known where there must be one": (
        "assessments",
        [ASSESSMENTS, f"{SECRET},c1,1900-01-01,,current,mash,,"],
        "assessments.csv, line 2: start_date is blank; fill it in.",
    ),
    "a child that is nobody": (
        "assessments",
        [ASSESSMENTS, f"{SECRET},-1,2024-10-01,,current,mash,,"],
        "assessments.csv, line 2: child_id is blank; fill it in.",
    ),
    "an end before its start": (
        "assessments",
        [ASSESSMENTS, f"{SECRET},c1,2024-10-01,2024-09-30,current,mash,,"],
        "assessments.csv, line 2: authorised_date is before start_date; correct one of the two.",
    ),
    "an episode that ends before it begins": (
        "cla_episodes",
        [EPISODES, f"{SECRET},2024-10-01,S,C2,U1,2024-09-30,1.0,2024-10-01,,n"],
        "cla_episodes.csv, line 2: dec is before decom; correct one of the two.",
    ),
    "a word that is not one of the words": (
        "assessments",
        [ASSESSMENTS, f"a1,c1,2024-10-01,,{SECRET},mash,,"],
        "assessments.csv, line 2: status is not one of these words: current, draft, cancelled.",
    ),
    "neither yes nor no": (
        "cp_plans",
        [PLANS, f"p1,c1,2024-10-01,,{SECRET}"],
        "cp_plans.csv, line 2: ola_plan is neither yes nor no; write y or n.",
    ),
    **{
        f"{text} for a number": (
            "cla_episodes",
            [EPISODES, f"{SECRET},2024-10-01,S,C2,U1,,{text},2024-10-01,,n"],
            "cla_episodes.csv, line 2: pl_distance is not a number, or too large a one; "
            "write digits only, such as 12.5.",
        )
        for text in ("far", '"1,000"', "12 miles", "£3", "nan", "inf", "1e3", "99999999")
    },
    "a key twice with different data": (
        "assessments",
        [ASSESSMENTS, GOOD, GOOD.replace("c1", SECRET)],
        "assessments.csv, lines 2-3: assessment_id is the same on more than one line, with "
        "different data; keep the right one.",
    ),
    "a key of two columns twice": (
        "care_leavers",
        [LEAVERS, f"{SECRET},2024-11-30,Relevant,,,,", f"{SECRET},2024-11-30,Qualifying,,,,"],
        "care_leavers.csv, lines 2-3: child_id and extract_date is the same on more than one",
    ),
    "a state after the extract month": (
        "care_leavers",
        [LEAVERS, f"{SECRET},2024-11-30,Relevant,,,,", f"{SECRET},2024-12-01,Relevant,,,,"],
        "care_leavers.csv, line 3: extract_date is after the extract month, which ended on "
        "30/11/2024; load it later.",
    ),
    "another month's state": (
        "care_leavers",
        [LEAVERS, f"{SECRET},2024-10-31,Relevant,,,,"],
        "care_leavers: no row has a date in November 2024 as its extract_date. "
        "Is it another month's extract?",
    ),
    "a full-time equivalent of nothing": (
        "workforce",
        [STAFF, f"{SECRET},2024-11-30,social worker,mash,0,n,y,2020-01-01,,"],
        "workforce.csv, line 2: fte is too small; write a number above 0.",
    ),
    "a number of days off below nought": (
        "workforce",
        [STAFF, f"{SECRET},2024-11-30,social worker,mash,0.6,n,y,2020-01-01,,-1"],
        "workforce.csv, line 2: absence_days is too small; write 0 or more.",
    ),
    "a worker who left before starting": (
        "workforce",
        [STAFF, f"{SECRET},2024-11-30,social worker,mash,1,n,y,2020-01-01,2019-12-31,"],
        "workforce.csv, line 2: leave_date is before start_date; correct one of the two.",
    ),
    "another month's workforce": (
        "workforce",
        [STAFF, f"{SECRET},2024-10-31,social worker,mash,1,n,y,2020-01-01,,"],
        "workforce: no row has a date in November 2024 as its extract_date.",
    ),
    "fewer posts than none": (
        "establishment",
        ["team_id,extract_date,posts_fte", "mash,2024-11-30,-0.5"],
        "establishment.csv, line 2: posts_fte is too small; write 0 or more.",
    ),
    "a team's posts twice": (
        "establishment",
        ["team_id,extract_date,posts_fte", "mash,2024-11-30,5", "mash,2024-11-30,6"],
        "establishment.csv, lines 2-3: team_id and extract_date is the same on more than one line",
    ),
    **{
        f"a strengths and difficulties score of {score}": (
            "cla_health",
            [HEALTH, f"h1,{SECRET},SDQ,2024-10-01,Completed,{score},"],
            "cla_health.csv, line 2: value is not a whole number from 0 to 40; "
            "write the score alone, as event_type is SDQ.",
        )
        for score in ("41", "-1", "12.5", "007", "high")
    },
    **{
        f"{event} that says {said!r}": (
            "cla_health",
            [HEALTH, f"h1,{SECRET},{event},2024-10-01,Completed,{said},"],
            "cla_health.csv, line 2: value is not one of these words: Y, N, "
            "as event_type is IMMUNISATION_STATUS or SUBSTANCE_MISUSE.",
        )
        for event, said in (("IMMUNISATION_STATUS", "up to date"), ("SUBSTANCE_MISUSE", "y"))
    },
    "a health event of a kind that there is not": (
        "cla_health",
        [HEALTH, f"h1,{SECRET},Dentist,2024-10-01,Completed,,"],
        "cla_health.csv, line 2: event_type is not one of these words: DENTAL, HEALTH_ASSESSMENT,",
    ),
    "a visit of a cohort that there is not": (
        "reviews_visits",
        [EVENTS, f"v1,{SECRET},CP plan,VISIT,2024-10-01,n"],
        "reviews_visits.csv, line 2: cohort is not one of these words: CIN, CP, CLA.",
    ),
    "a review that may have been cancelled": (
        "reviews_visits",
        [EVENTS, f"v1,{SECRET},CP,REVIEW,2024-10-01,"],
        "reviews_visits.csv, line 2: cancelled is blank; fill it in.",
    ),
    "a child found before going missing": (
        "missing_episodes",
        ["missing_id,child_id,start_date,end_date", f"m1,{SECRET},2024-10-02,2024-10-01"],
        "missing_episodes.csv, line 2: end_date is before start_date; correct one of the two.",
    ),
    "an activity that the return does not know": (
        "care_leavers",
        [LEAVERS, f"{SECRET},2024-11-30,Relevant,,YES,1,Working"],
        "care_leavers.csv, line 2: activity is not one of these words: F1, P1, F2,",
    ),
    "a row too long": (
        "children",
        ["child_id,dob", f"{SECRET},2010-01-31,x"],
        "children.csv, line 2: has 3 values for 2 headings; put quotation marks",
    ),
    "a totals row": (
        "assessments",
        [ASSESSMENTS, GOOD, f"Total {SECRET},,,,,,,"],
        "assessments.csv, line 3: child_id is blank",
    ),
}


@pytest.mark.parametrize("case", REFUSED_ROWS)
def test_a_bad_row_refuses_the_extract_and_changes_nothing(data, incoming, case):
    table, lines, said = REFUSED_ROWS[case]
    csv(incoming, "children", "child_id,dob", "c1,2010-01-31")
    accept(incoming)
    before = everything(data / "lake")

    message = refusal(csv(incoming, table, *lines).parent)

    assert said in message
    assert message.startswith("incoming was not loaded; nothing was changed.")
    assert everything(data / "lake") == before


def test_a_refused_first_load_leaves_no_lake_behind(data, incoming):
    refusal(csv(incoming, "children", "child_id,dob", ",2010-01-31"))

    assert not (data / "lake").exists()


def test_every_problem_of_every_file_is_told_at_once(incoming):
    csv(incoming, "children", "child_id,dob", f"{SECRET},31/31/2010", ",2010-01-31", ",")
    csv(incoming, "referrals", "referral_id,child_id")
    csv(
        incoming,
        "assessments",
        ASSESSMENTS,
        f",{SECRET},2024-10-01,2024-09-01,none,mash,,",
        "a2,c1,x,y,current,mash,,",
    )

    told = refusal(incoming).splitlines()
    assert told == [
        "incoming was not loaded; nothing was changed.",
        "- referrals.csv, line 1: there is no column event_type. Add it.",
        "- referrals.csv, line 1: there is no column event_date. Add it.",
        "- referrals.csv, line 1: there is no column nfa. Add it.",
        "- referrals.csv, line 1: there is no column team_id. Add it. "
        "The headings must be the first line of the file.",
        "- assessments.csv, line 2: assessment_id is blank; fill it in.",
        f"- assessments.csv, line 3: start_date {DATE}",
        f"- assessments.csv, line 3: authorised_date {DATE}",
        "- assessments.csv, line 2: authorised_date is before start_date; correct one of the two.",
        "- assessments.csv, line 2: status is not one of these words: current, draft, cancelled.",
        "- children.csv, line 3: child_id is blank; fill it in.",
        f"- children.csv, line 2: dob {DATE}",
        "Put this right where the extract is made, and load it again.",
    ]


def test_many_lines_are_told_in_stretches(incoming):
    rows = [f"c{n},{'x' if n % 100 else '2010-01-31'}" for n in range(3_000)]
    message = refusal(csv(incoming, "children", "child_id,dob", *rows))

    # line 2 is good, 3 to 101 are not, 102 is good, and so on
    assert "lines 3-101, 103-201," in message
    assert "and 990 more: dob is not a date" in message  # ten of the thirty stretches of 99
    assert len(message) < 1_000


def test_only_someone_with_the_right_may_load(data, incoming):
    path = csv(incoming, "children", "child_id,dob", "c1,2010-01-31")

    with pytest.raises(AccessError, match="Mo may not load"):
        extracts.accept(MANAGER, path, month=NOVEMBER)
    assert not data.exists()


# ---- What is left out by the analyst's word


def test_the_good_rows_can_be_taken_without_the_refused_ones(data, incoming):
    csv(
        incoming,
        "assessments",
        ASSESSMENTS,
        GOOD,
        f"a2,{SECRET},nonsense,,unknown,mash,,",
        "a3,c3,2024-10-01",
        "",
        "a4,c4,2024-10-01,,current,mash,,",
        "a4,c4,2024-10-01,,current,mash,,",
    )
    assert "--leave-out-refused" in refusal(incoming)
    ledger = accept(incoming, leave_out_refused="Two slips, reported to the team")

    (count,) = ledger.counts
    assert (count.rows, count.accepted, count.refused) == (6, 2, 2)
    assert count.skipped == {"blank": 1, "identical to an earlier row": 1}
    assert [row["assessment_id"] for row in kept(data, "assessments")] == ["311:a1", "311:a4"]
    (load,) = lake.loads(data / "lake")
    assert (load.rows, load.left_out) == (2, 2)

    (path,) = lake.ledgers(data / "lake")
    facts = json.loads(path.read_text())
    assert facts["why_left_out"] == "Two slips, reported to the team"
    assert facts["loaded_by"] == "Ada"
    assert [(one["column"], one["lines"]) for one in facts["refused"]] == [
        ("", [4]),
        ("start_date", [3]),
        ("status", [3]),
    ]
    assert SECRET not in path.read_text()

    (refused,) = (data / "lake/refused").rglob("assessments.parquet")
    first, second = pq.read_table(refused).to_pylist()
    assert (first["_line"], first["child_id"]) == (3, SECRET)
    assert "start_date is not a date" in first["_refused_because"]
    assert "status is not one of" in first["_refused_because"]
    assert json.loads(second["_as_found"]) == ["a3", "c3", "2024-10-01"]


def test_leaving_rows_out_needs_a_reason(data, incoming):
    path = csv(incoming, "children", "child_id,dob", "c1,x")

    assert "Say why" in refusal(path, leave_out_refused=" ")


def test_a_file_that_cannot_be_read_is_refused_whatever_the_analyst_says(data, incoming):
    csv(incoming, "children", "child_id", "c1")
    csv(incoming, "assessments", ASSESSMENTS, GOOD)

    message = refusal(incoming, leave_out_refused="never mind")
    assert "no column dob" in message
    assert "--leave-out-refused" not in message
    assert not data.exists()


def test_of_two_rows_with_one_key_the_sound_one_is_taken(data, incoming):
    path = csv(incoming, "assessments", ASSESSMENTS, GOOD, "a1,c1,rubbish,,current,mash,,")
    ledger = accept(path, leave_out_refused="typing slip")

    assert (ledger.counts[0].accepted, ledger.counts[0].refused) == (1, 1)


# ---- What is warned of, and counted as said


def test_an_identical_row_is_skipped_by_name(data, incoming):
    (count,) = accept(csv(incoming, "assessments", ASSESSMENTS, GOOD, GOOD, GOOD)).counts

    assert (count.rows, count.accepted, count.skipped) == (3, 1, {"identical to an earlier row": 2})
    assert len(kept(data, "assessments")) == 1


WARNED = {
    "an unlisted team": (
        "assessments",
        [ASSESSMENTS, GOOD.replace("mash", "Nrth")],
        "teams.csv does not list Nrth (1 row of assessments, 01/10/2024 to 01/10/2024). "
        "Their work counts under Unmapped teams.",
    ),
    "a conference before its strategy discussion": (
        "s47_icpc",
        [
            "s47_id,child_id,strategy_date,icpc_date,transfer_in,team_id,icpc_outcome_cp",
            "s1,c1,2024-11-02,2024-11-01,n,mash,y",
            "s2,c2,2024-11-01,2024-11-02,n,mash,y",
        ],
        "s47_icpc.csv: icpc_date is before the strategy discussion; it counts as held, but not as "
        "in time (1 row: line 2).",
    ),
    "a distance not known": (
        "cla_episodes",
        [EPISODES, "c1,2024-11-01,S,C2,U1,,999.9,2024-11-01,,n"],
        "cla_episodes.csv: pl_distance is 999.9, which means not known; it counts as placed, but "
        "not as over 20 miles (1 row: line 2).",
    ),
    "1900": (
        "assessments",
        [ASSESSMENTS, GOOD, "a2,c1,2024-10-01,01/01/1900,current,mash,,"],
        "assessments.csv: authorised_date is 01/01/1900; read as missing (1 row: line 3).",
    ),
    "cases that no social worker holds": (
        "allocations",
        [
            "allocation_id,child_id,role,worker_id,team_id,start_date,end_date",
            "h1,c1,Allocated Worker,w1,mash,2024-11-01,",
        ],
        "allocations.csv: role is never 'social worker'; write so for the worker who holds the "
        "case, or every case counts as Unallocated (1 row: line 2).",
    ),
    "last month's extract": (
        "referrals",
        [REFERRALS, "r1,c1,contact,2024-10-31,mash,"],
        "Nothing in the extract is dated in November 2024; its last date is 31/10/2024.",
    ),
}


@pytest.mark.parametrize("case", WARNED)
def test_what_is_odd_is_warned_of_and_taken(incoming, case):
    table, lines, said = WARNED[case]
    ledger = accept(csv(incoming, table, *lines))

    assert ledger.counts[0].refused == 0
    assert any(warning.startswith(said) for warning in ledger.warnings), ledger.warnings
    assert said in ledger.text()


@pytest.mark.parametrize(
    ("born", "decom", "dec", "place", "warned"),
    [
        ("2008-12-01", "2024-10-10", "", "K3", True),  # 16 on the day after the extract month
        ("2008-11-01", "2024-10-10", "", "K3", False),  # 16 when the month begins
        ("2008-11-20", "2024-11-20", "", "H5", False),  # 16 on the day it begins
        ("2008-11-20", "2024-11-19", "", "P2", True),
        ("2008-12-01", "2024-09-10", "2024-10-31", "K3", False),  # over before the month
        ("2008-12-01", "2024-09-10", "2024-11-02", "K3", True),
        ("2008-12-01", "2024-10-10", "", "K2", False),
        ("", "2024-10-10", "", "K3", False),
    ],
)
def test_a_child_under_16_in_supported_accommodation_is_an_alert(
    incoming, born, decom, dec, place, warned
):
    csv(incoming, "children", "child_id,dob", f"c1,{born}")
    rec = "X1" if dec else ""
    row = f"c1,{decom},S,C2,{place},{dec},1.0,{decom},{rec},n"
    warnings = accept(csv(incoming, "cla_episodes", EPISODES, row).parent).warnings

    alerts = [one for one in warnings if "under 16" in one]
    assert alerts == warned * [
        "cla_episodes.csv: place is supported or independent living (K3, H5 or P2) for a child "
        "under 16: that is unlawful, so tell the service now (1 row: line 2)."
    ]


def test_every_rule_of_every_table_is_said_in_words():
    said = {
        check: checks.in_words(check)
        for contract in lake.tables().values()
        for check in contract.checks
    }
    assert len(said) > 15
    assert all(column and what.startswith("is ") for column, _, what in said.values())
    assert not any(check in what for check, (_, _, what) in said.items())


def test_a_table_with_far_fewer_rows_than_last_month_is_warned_of(incoming):
    def rows(count: int) -> list[str]:
        return ["child_id,dob", *(f"c{n},2010-01-31" for n in range(count))]

    accept(csv(incoming, "children", *rows(100)), month=date(2024, 10, 1))

    # 60 is just within two fifths of 100; 59 is not
    assert accept(csv(incoming, "children", *rows(60))).warnings == ()
    (warning,) = accept(csv(incoming, "children", *rows(35))).warnings
    assert warning.startswith("children has 35 rows; load 311 2024-11 0001 had 60.")


def test_spare_and_optional_columns_are_noted(incoming):
    head = "allocation_id,child_id,role,worker_id,team_id,start_date,end_date,postcode"
    row = "h1,c1,social worker,w1,mash,2024-11-01,,RM1"
    ledger = accept(csv(incoming, "allocations", head, row))

    assert ledger.notes == (
        "allocations.csv: not in the contract, and left behind: postcode.",
        "allocations.csv: there is no change_reason; taken as blank.",
    )


def test_the_ledger_is_printed_as_a_table(incoming):
    csv(incoming, "assessments", ASSESSMENTS, GOOD, "", GOOD)
    csv(incoming, "children", "child_id,dob", "c1,2010-01-31", "c2,x")
    ledger = accept(incoming, leave_out_refused="one slip")

    assert ledger.text().splitlines()[:9] == [
        "Loaded 311 2024-11 0001.",
        "",
        "                 rows  accepted  refused  skipped",
        "assessments.csv     3         1        0  2 (1 blank) (1 identical to an earlier row)",
        "children.csv        2         1        1  0",
        "",
        "Left out by Ada: one slip",
        "- children.csv, line 3: dob is not a date; write it as dd/mm/yyyy or yyyy-mm-dd.",
    ]


def test_the_ledger_is_read_back_as_it_was_written(data, incoming):
    csv(incoming, "children", "child_id,dob", "c1,2010-01-31", "c2,x", "c3,1900-01-01")
    ledger = accept(incoming, leave_out_refused="one slip")
    (path,) = lake.ledgers(data / "lake")

    again = Ledger.read(path)
    assert again.to_json() == ledger.to_json()
    assert again.text() == ledger.text()


# ---- The same files again


def test_the_same_files_again_make_no_new_load(data, incoming):
    accept(csv(incoming, "children", "child_id,dob", "c1,2010-01-31"))
    before = everything(data / "lake")
    again = accept(incoming)

    assert again.already
    assert again.number == 1
    assert again.text().startswith("These files were loaded before, as 311 2024-11 0001.")
    assert everything(data / "lake") == before


def test_the_same_files_are_loaded_again_when_something_came_between(data, incoming):
    first = csv(incoming, "children", "child_id,dob", "c1,2010-01-31").read_bytes()
    accept(incoming)
    accept(csv(incoming, "children", "child_id,dob", "c2,2010-01-31"))
    (incoming / "children.csv").write_bytes(first)

    assert accept(incoming).number == 3
    assert [row["child_id"] for row in kept(data, "children")] == ["311:c1"]


def test_the_same_files_for_another_month_are_another_load(incoming):
    accept(csv(incoming, "children", "child_id,dob", "c1,2010-01-31"))

    assert not accept(incoming, month=date(2024, 12, 1)).already


# ---- Annex A


def test_an_annex_a_workbook_becomes_tables_in_the_contracts_words(data, tmp_path):
    ledger = accept(workbook(tmp_path / "annex.xlsx"))

    assert {count.sheet: (count.rows, count.accepted) for count in ledger.counts} == {
        "List 1": (1, 1),
        "List 3": (1, 1),
        "List 4": (2, 2),
        "List 5": (1, 1),
        "List 6": (3, 3),
        "List 7": (1, 1),
        "List 8": (1, 1),
        "List 9": (1, 1),
    }
    assert {load.source for load in lake.loads(data / "lake")} == {"annex_a"}
    first, second = kept(data, "assessments")
    assert first["assessment_id"] == "311:4-c1-2024-10-01-1"
    assert (first["team_id"], second["team_id"]) == ("311:assessment_1", "311:assessment_2")
    assert str(second["authorised_date"]) == "NaT"
    assert kept(data, "children")[0]["child_id"] == "311:c1"
    (leaver,) = kept(data, "care_leavers")
    assert (str(leaver["extract_date"])[:10], leaver["eligibility"]) == (
        "2024-11-30",
        "Former relevant",
    )


WORDS = {
    "referrals.nfa": (
        ("List 3", "Referral NFA?"),
        {"a) Yes": True, "Y": True, "b) No": False, "No": False, None: None},
    ),
    "assessments.child_seen": (
        ("List 4", "Child Seen During Continuous Assessment"),
        {"a) Yes": "Y", "b) No": "N", "c) Unknown": "U", None: None},
    ),
    "assessments.outcome_csc_support": (
        ("List 4", "Was the child assessed as requiring LA children’s social care support?"),
        {"a) Yes": True, "b) No": False, "c) Unknown": None, None: None},
    ),
    "s47_icpc.icpc_outcome_cp": (
        (
            "List 5",
            "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        ),
        {"a) Yes": True, "b) No": False, None: None},
    ),
    "cla_episodes.uasc": (
        ("List 8", annex_a.HEADINGS["List 8"][5]),
        {"a) Yes": True, "b) No": False},
    ),
    "cla_episodes.place": (
        ("List 8", "Placement Type"),
        {"n) H5: Semi-independent": "H5", "K3": "K3", "c) U3: Foster placement": "U3"},
    ),
    "care_leavers.in_touch": (
        ("List 9", "LA in Touch"),
        {
            "a) Yes": "YES",
            "b) No": "NO",
            "c) Died": "DIED",
            "d) Refu": "REFU",
            "e) NREQ": "NREQ",
            "c) Service no longer required": "NREQ",
            "f) Rhom": "RHOM",
            None: None,
        },
    ),
    "care_leavers.accommodation": (
        ("List 9", "Type of Accommodation"),
        {"U: Independent living": "U", "B1": "B", "Parents/relatives": None, None: None},
    ),
    "care_leavers.accommodation_suitable": (
        ("List 9", "Suitability of Accommodation"),
        {"a) Suitable": "1", "b) Unsuitable": "2", "2) Not suitable": "2", "1": "1", None: None},
    ),
    "care_leavers.activity": (
        ("List 9", "Activity Status"),
        {"F1: Full time": "F1", "G6: Pregnancy or parenting": "G6", "Unknown": "0", None: None},
    ),
}


@pytest.mark.parametrize("column", WORDS)
def test_a_choice_of_a_list_is_read_as_the_contracts_word(tmp_path, monkeypatch, column):
    (sheet, heading), words = WORDS[column]
    table, name = column.split(".")
    read = {}
    for nth, said in enumerate(words):
        data = tmp_path / f"data{nth}"
        monkeypatch.setenv("KPI_DATA", str(data))
        accept(workbook(tmp_path / f"annex{nth}.xlsx", put(sheet, heading, said)))
        of_c1 = [row for row in kept(data, table) if row.get("event_type") != "contact"]
        value = of_c1[0][name]
        read[said] = None if value is None or value != value else value
    assert read == words


def test_a_child_in_care_is_in_care_from_the_start_of_the_period(data, tmp_path):
    # c3 came into care on 10 January 2023 and moved on 5 October 2024: one spell, not a new one
    accept(workbook(tmp_path / "annex.xlsx"))

    (episode,) = kept(data, "cla_episodes")
    assert str(episode["decom"])[:10] == "2023-01-10"
    assert (episode["ls"], episode["place"], episode["rne"]) == ("C2", "K2", "S")


def test_each_child_has_one_allocation_in_each_role_from_the_first_date_of_the_workbook(
    data, tmp_path
):
    accept(workbook(tmp_path / "annex.xlsx"))

    # c1 is on list 6 with nobody named, and has a personal adviser on list 9.
    # c2 is on lists 4, 5, 6 and 7, first on 31 January; c3 on lists 6 and 8.
    held = {
        (row["child_id"], row["role"]): (row["team_id"], str(row["start_date"])[:10])
        for row in kept(data, "allocations")
    }
    assert held == {
        ("311:c1", "personal adviser"): ("311:leaving_care", "2024-09-30"),
        ("311:c2", "social worker"): ("311:intervention_1", "2024-01-31"),
        ("311:c3", "social worker"): ("311:corporate_parenting_1", "2023-01-10"),
    }


def test_two_rows_of_one_child_and_day_are_told_apart_by_their_order(data, tmp_path):
    def twice(book: openpyxl.Workbook) -> None:
        sheet = book["List 4"]
        sheet.append([cell.value for cell in sheet[2]])

    accept(workbook(tmp_path / "annex.xlsx", twice))

    assert [row["assessment_id"] for row in kept(data, "assessments")][:2] == [
        "311:4-c1-2024-10-01-1",
        "311:4-c1-2024-10-01-2",
    ]


def test_a_conference_deemed_unnecessary_was_not_held(data, tmp_path):
    name = "Was an Initial Child Protection Conference deemed unnecessary?"
    accept(workbook(tmp_path / "annex.xlsx", put("List 5", name, "a) Yes")))

    assert str(kept(data, "s47_icpc")[0]["icpc_date"]) == "NaT"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (45567, "2024-10-02"),  # Excel's number for that day
        ("02/10/2024", "2024-10-02"),
        ("2024-10-02", "2024-10-02"),
    ],
)
def test_a_workbooks_dates_may_be_numbers_or_text(data, tmp_path, value, day):
    column = "Strategy discussion initiating Section 47 Enquiry Start Date"
    accept(workbook(tmp_path / "annex.xlsx", put("List 5", column, value)))

    assert str(kept(data, "s47_icpc")[0]["strategy_date"])[:10] == day


REFUSED_CELLS: dict[str, tuple[Callable, str]] = {
    "neither yes nor no": (
        put("List 3", "Referral NFA?", SECRET),
        "sheet 'List 3', line 2: 'Referral NFA?' (column H) is neither yes nor no; write y or n.",
    ),
    "an unknown way of being in touch": (
        put("List 9", "LA in Touch", SECRET),
        "'LA in Touch' (column M) is not one of these words: YES, NO, DIED, REFU, NREQ, RHOM.",
    ),
    "accommodation neither suitable nor not": (
        put("List 9", "Suitability of Accommodation", SECRET),
        "'Suitability of Accommodation' (column P) is not one of these words: 1, 2.",
    ),
    "words for a date": (
        put("List 6", "CIN Start Date", SECRET),
        f"annex.xlsx, sheet 'List 6', line 2: 'CIN Start Date' (column G) {DATE}",
    ),
    "words for a date of birth": (
        put("List 1", "Date of Birth", SECRET),
        f"annex.xlsx, sheet 'List 1', line 2: 'Date of Birth' (column D) {DATE}",
    ),
    "an end before its start": (
        put("List 7", "Child Protection Plan End Date", date(2024, 10, 1)),
        "annex.xlsx, sheet 'List 7', line 2: 'Child Protection Plan End Date' (column M) is before "
        "'Child Protection Plan Start Date' (column G); correct one of the two.",
    ),
    "no child": (
        put("List 8", "Child Unique ID", None),
        "annex.xlsx, sheet 'List 8', line 2: 'Child Unique ID' (column A) is blank; fill it in.",
    ),
    "an eligibility nobody has heard of": (
        put("List 9", "Eligibility Category", SECRET),
        "sheet 'List 9', line 2: 'Eligibility Category' (column K) is not one of these words: "
        "Eligible, Relevant",
    ),
    "an error": (
        error_cell("List 4", "Continuous Assessment Start Date"),
        "sheet 'List 4', line 2: 'Continuous Assessment Start Date' (column G) holds an error",
    ),
}


@pytest.mark.parametrize("case", REFUSED_CELLS)
def test_a_bad_cell_refuses_the_workbook_and_can_be_left_out(data, tmp_path, case):
    change, said = REFUSED_CELLS[case]
    path = workbook(tmp_path / "annex.xlsx", change)

    message = refusal(path)
    assert said in message
    assert message.count("\n- ") == 1  # told once, though a row feeds several tables
    assert not data.exists()

    ledger = accept(path, leave_out_refused="told the team")
    assert sum(count.refused for count in ledger.counts) == 1
    assert all(count.balances for count in ledger.counts)


def test_where_a_childs_row_is_left_out_another_lists_row_takes_its_place(data, tmp_path):
    # c2 is on lists 4 to 7; its row of list 7 is believed first, and its date of birth is spoilt
    path = workbook(tmp_path / "annex.xlsx", put("List 7", "Date of Birth", "soon"))
    accept(path, leave_out_refused="told the team")

    born = {row["child_id"]: str(row["dob"])[:10] for row in kept(data, "children")}
    assert born["311:c2"] == "2015-06-30"
    assert kept(data, "cp_plans") == []


def test_lists_that_differ_on_a_date_of_birth_are_warned_of(tmp_path):
    path = workbook(tmp_path / "annex.xlsx", put("List 1", "Date of Birth", date(2010, 2, 1)))

    assert accept(path).warnings == (
        "annex.xlsx, sheet 'List 1': 'Date of Birth' (column D) differs from the same child's in "
        "another list, which is believed (1 row: line 2).",
    )


def test_a_list_without_rows_is_taken(data, tmp_path):
    ledger = accept(
        workbook(tmp_path / "annex.xlsx", lambda book: book["List 8"].delete_rows(2, 9))
    )

    assert {count.sheet: count.rows for count in ledger.counts}["List 8"] == 0
    assert kept(data, "cla_episodes") == []


# ---- Teams that nobody has listed


def test_unlisted_teams_are_found_in_the_loads_and_rows_are_proposed(incoming):
    csv(
        incoming,
        "assessments",
        ASSESSMENTS,
        GOOD.replace("mash", "Nrth"),
        "a2,c1,2024-08-05,,current,Nrth,,",
    )
    csv(
        incoming,
        "referrals",
        REFERRALS,
        "r1,c1,contact,2024-11-07,Nrth,",
    )
    accept(incoming)

    (team,) = extracts.unlisted_teams()
    assert (team.team_id, team.rows, team.tables) == ("Nrth", 3, ("assessments", "referrals"))
    assert (team.first_seen, team.last_seen) == (date(2024, 8, 5), date(2024, 11, 7))
    assert extracts.proposed_rows([team]) == (
        "team_id,team,service_area,authority,valid_from,valid_to,successor\n"
        "Nrth,Nrth,,311,2024-08-01,,\n"
    )


def test_unlisted_teams_are_found_in_a_workbook_before_it_is_loaded(data, tmp_path):
    path = workbook(tmp_path / "annex.xlsx", put("List 4", "Allocated Team", "Team Nine"))

    assert [team.team_id for team in extracts.unlisted_teams(path)] == ["Team Nine"]
    assert not data.exists()


def test_teams_are_not_said_to_be_listed_in_a_file_that_cannot_be_read(incoming):
    with pytest.raises(ExtractError, match="no column team_id"):
        extracts.unlisted_teams(csv(incoming, "assessments", ASSESSMENTS.replace(",team_id", "")))


def test_a_workbook_is_read_anew_once_its_team_is_listed(data, tmp_path, monkeypatch):
    path = workbook(tmp_path / "annex.xlsx", put("List 4", "Allocated Team", "Team Nine"))
    assert any("Team Nine" in warning for warning in accept(path).warnings)
    monkeypatch.setenv("KPI_REFERENCE", str(tmp_path))
    teams = (ROOT / "data/reference/teams.csv").read_text()
    (tmp_path / "teams.csv").write_text(f"{teams}nine,Team Nine,Safeguarding,311,2024-01-01,,\n")
    again = accept(path)

    assert (again.already, again.warnings) == (False, ())
    assert kept(data, "assessments")[0]["team_id"] == "311:nine"


# ---- Whatever is in the file, every row is accounted for

CELLS = st.sampled_from(
    [
        *("", " ", "\xa0", "\n", ",", '"', "é", "\u202e", "=1+1", "x", "-1"),
        *("2024-10-01", "01/11/2024", "1900-01-01", "31/06/2024"),
        *("a1", "a2", "current", "draft", "mash", "assessment_id", "status"),
    ]
)


@given(rows=st.lists(st.lists(CELLS, min_size=7, max_size=9), max_size=12))
@example(rows=[["a1", "c", "2024-10-01", "", "current", "mash", "Y", "n"]] * 2 + [[""] * 8])
@hypothesis.settings(max_examples=25, deadline=None)
def test_the_ledger_balances_whatever_the_rows_hold(rows):
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as env:
        env.setenv("KPI_DATA", f"{folder}/data")
        path = Path(folder) / "assessments.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer(file).writerows([ASSESSMENTS.split(","), *rows])
        ledger = accept(path, leave_out_refused="whatever it is")

        (count,) = ledger.counts
        assert count.rows == len(rows)
        assert count.accepted + count.refused + sum(count.skipped.values()) == len(rows)
        assert len(kept(Path(folder) / "data", "assessments")) == count.accepted
        assert ledger.tables[0].left_out == count.refused


# ---- Accidents

LOADER = """
import sys
from datetime import date
from pathlib import Path
from kpi import extracts
from kpi.access import Actor, Role
actor = Actor(name="Ada", roles=frozenset({Role.ANALYST}))
print("begun", flush=True)
print(extracts.accept(actor, Path(sys.argv[1]), month=date(2024, 11, 1)).name, flush=True)
"""


def loader(path: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", LOADER, str(path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def big(folder: Path, mark: int) -> Path:
    folder.mkdir()
    rows = [f"c{mark}-{n},2010-01-31" for n in range(10_000)]
    csv(folder, "children", "child_id,dob", *rows)
    rows = [f"a{mark}-{n},c{n},2024-10-01,2024-11-01,current,mash,," for n in range(10_000)]
    csv(folder, "assessments", ASSESSMENTS, *rows)
    return folder


def whole(data: Path, mark: object) -> bool:
    """Return whether both tables that stand come from one and the same load."""
    children = {row["child_id"].split("-")[0] for row in kept(data, "children")}
    assessments = {row["assessment_id"].split("-")[0] for row in kept(data, "assessments")}
    return children == {f"311:c{mark}"} and assessments == {f"311:a{mark}"}


def unfinished(data: Path) -> set[Path]:
    complete = {path.stem for path in lake.ledgers(data / "lake")}
    loads = (data / "lake").glob("*/authority=*/extract_month=*/load=*")
    return {path for path in loads if path.is_dir() and path.name not in complete}


def test_a_load_killed_at_any_moment_is_never_half_there(data, tmp_path):
    with loader(big(tmp_path / "in0", 0)) as first:
        first.stdout.readline()
        begun = time.monotonic()
        assert first.wait() == 0
    took = time.monotonic() - begun
    chance = random.Random(7)
    stands, torn = 0, 0
    for mark in range(1, 11):
        with loader(big(tmp_path / f"in{mark}", mark)) as process:
            process.stdout.readline()
            if mark % 2:  # at any moment
                time.sleep(took * chance.random())
            else:  # while its parts are being written
                while not (unfinished(data) or process.poll() is not None):
                    time.sleep(0.0005)
                time.sleep(0.01 * chance.random())
            process.kill()
        torn += bool(unfinished(data))
        assert whole(data, mark) or whole(data, stands)
        stands = mark if whole(data, mark) else stands
    assert torn  # at least one was caught between its first part and its ledger

    accept(big(tmp_path / "after", 99))
    assert whole(data, 99)
    assert not unfinished(data)


def test_two_loads_at_once_are_kept_one_after_the_other(data, tmp_path):
    with loader(big(tmp_path / "in1", 1)) as one, loader(big(tmp_path / "in2", 2)) as other:
        names = {process.communicate()[0].split("\n")[1] for process in (one, other)}

    assert names == {"311 2024-11 0001", "311 2024-11 0002"}
    assert whole(data, 1) or whole(data, 2)


def test_a_disk_that_takes_no_more_leaves_nothing_behind(data, tmp_path, incoming):
    csv(incoming, "children", "child_id,dob", "c1,2010-01-31")
    (data / "lake").mkdir(parents=True)
    (data / "lake" / "children").write_text("in the way")  # no folder can be made here
    before = everything(data / "lake")

    assert "could not be written" in refusal(incoming)
    assert {k: v for k, v in everything(data / "lake").items() if k != ".lock"} == before
    assert lake.loads(data / "lake") == []


def test_150_000_rows_are_loaded_in_a_few_seconds(data, incoming):
    rows = [f"r{n},c{n % 9000},contact,{n % 28 + 1:02}/11/2024,mash," for n in range(150_000)]
    csv(incoming, "referrals", REFERRALS, *rows)
    begun = time.monotonic()
    ledger = accept(incoming)

    assert ledger.counts[0].accepted == 150_000
    assert time.monotonic() - begun < 20  # about 2 s on two idle cores
