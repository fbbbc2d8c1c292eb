"""The commands: data on standard output, all else on standard error, and an exit code."""

import csv
import io
import os
import shutil
import subprocess
import sys
from datetime import date

import pytest

from kpi import publishing, releases, settings
from kpi.errors import ReleaseError
from tests import packs, stores
from tests.packs import NOVEMBER

TIMELY = "assessments_within_45_days"
ASSESSMENTS = f"""{packs.ASSESSMENTS}
    1,1,2024-09-02,2024-11-04,current,Y,true,assessment_1
    2,2,2024-09-02,2024-11-05,current,Y,true,assessment_1"""


@pytest.fixture
def here(pack, monkeypatch, tmp_path):
    """The pack's data folder, with a store of the test's own."""
    monkeypatch.setenv("KPI_DATA", str(pack.data))
    monkeypatch.setenv("KPI_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("tell",),
        ("figures", "--month", "November"),
        ("figures", "--month", "2024-13"),
        ("figures", "--weekly"),
        ("records",),
        ("load", "somewhere"),  # without a month
        ("publish",),
        ("demo", "--authorities", "many"),
        ("preview",),
        ("benchmarks",),
        ("check", "everything"),
    ],
    ids=" ".join,
)
def test_a_command_called_wrongly_exits_with_2_and_says_how_to_call_it(data, arguments):
    code, out, err = packs.run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("usage: python -m kpi")


def test_a_month_called_wrongly_says_what_a_month_looks_like(data):
    _, _, err = packs.run("figures", "--month", "November")
    assert "month must be a year and a month such as 2024-11." in err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ("figures", "--indicator", "icpc_within_15_day"),
            "No indicator is called 'icpc_within_15_day'. Did you mean 'icpc_within_15_days'?",
        ),
        (
            ("figures", "--service-area", "Corporate parenting"),
            "No service area is called 'Corporate parenting'. Did you mean 'Corporate Parenting'?",
        ),
        (
            ("records", "children_in_car"),
            "No indicator is called 'children_in_car'. Did you mean 'children_in_care'?",
        ),
        (
            ("records", "children_in_care", "--service-area", "Corporate Parentin"),
            "No service area is called 'Corporate Parentin'. Did you mean 'Corporate Parenting'?",
        ),
        (
            (
                *("records", "children_in_care", "--service-area", "Corporate Parenting"),
                *("--team", "Corporate Parenting Team"),
            ),
            "No team is called 'Corporate Parenting Team' in Corporate Parenting. "
            "Did you mean 'Corporate Parenting Team 3'?",
        ),
        (
            ("records", "children_in_care", "--month", "2022-04"),
            "Lists are kept from December 2022 on; the one of April 2022 is no longer here.",
        ),
        (
            ("preview", "children_in_car"),
            "No indicator is called 'children_in_car'. Did you mean 'children_in_care'?",
        ),
        (("benchmarks", "/nowhere/at/all.csv"), "/nowhere/at/all.csv cannot be read: No such file"),
        (("publish", "--month", "2024-12"), "No extract of 2024-12 is loaded; the newest is 2024"),
        (("load", "/nowhere/at/all", "--month", "2024-11"), "/nowhere/at/all"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_what_is_refused_exits_with_1_and_says_why(here, arguments, reason):
    code, out, err = packs.run(*arguments)
    assert (code, out) == (1, "")
    assert reason in err


def test_a_month_that_is_not_reported_on_is_refused_with_those_that_are(here, november):
    code, out, err = packs.run("figures", "--month", "2024-12")
    assert (code, out) == (1, "")
    assert err == (
        f"2024-12 is not a reporting month of {november.name}: those run from 2022-04 to 2024-11.\n"
    )


def test_where_nothing_is_published_a_command_says_how_to_publish(data):
    code, out, err = packs.run("figures")
    assert (code, out) == (1, "")
    assert "python -m kpi load PATH --month 2024-11" in err


def test_an_extract_becomes_figures_in_two_commands(data):
    folder = data / "extract"
    folder.mkdir()
    lines = [line.strip() for line in ASSESSMENTS.splitlines()]
    (folder / "assessments.csv").write_text("\n".join(lines) + "\n")

    code, out, err = packs.run("load", str(folder), "--month", "2024-11")
    assert code == 0
    assert out.splitlines()[0] == "Loaded 311 2024-11 0001."
    assert err == f"Loading {folder} for November 2024 …\n"

    code, out, err = packs.run("publish", "--month", "2024-11")
    assert code == 0
    assert out.splitlines() == [
        f"Published {releases.current().name}.",
        "Nothing was published before it.",
    ]
    assert err == "Publishing November 2024 …\n"

    (row,) = packs.figures("--indicator", TIMELY, "--service-area", "MASH and Assessment")[:1]
    # 2 September to 4 and 5 November 2024 is 45 and 46 working days.
    assert (row["shown"], row["numerator"], row["denominator"]) == ("50.0%", "1", "2")


def test_an_extract_that_is_refused_exits_with_1_and_quotes_no_value(data):
    folder = data / "extract"
    folder.mkdir()
    (folder / "assessments.csv").write_text(
        f"{packs.ASSESSMENTS}\n1,SECRET77,2024-19-02,,current,Y,true,assessment_1\n"
    )
    code, out, err = packs.run("load", str(folder), "--month", "2024-11")

    assert (code, out) == (1, "")
    assert "assessments.csv, line 2: start_date is not a date" in err
    assert "SECRET77" not in err
    assert "2024-19-02" not in err
    assert not (data / "lake" / "assessments").exists()


def test_no_name_is_printed_so_that_a_spreadsheet_would_run_it(data):
    names = ["=cmd|' /C calc'!A0", "@SUM(A1)", "+1+1", "-2+3", " =1+1", "Team = 1"]
    rows = [
        f"{number},{number},2024-09-02,2024-11-04,current,Y,true,{name}"
        for number, name in enumerate(names)
    ]
    packs.load(data / "1", {"assessments": "\n".join([ASSESSMENTS.splitlines()[0], *rows])})
    publishing.publish(stores.ANALYST, NOVEMBER)

    printed = {row["team"] for row in packs.figures("--indicator", TIMELY)} - {""}
    _, out, _ = packs.run("records", TIMELY)
    listed = {row["team"] for row in csv.DictReader(io.StringIO(out))}

    assert printed == listed
    assert printed == {"'=cmd|' /C calc'!A0", "'@SUM(A1)", "'+1+1", "'-2+3", "'=1+1", "Team = 1"}


def test_a_negative_number_in_a_list_stays_a_number(data):
    """A conference six days before its strategy discussion: four working days."""
    columns = "s47_id,child_id,strategy_date,icpc_date,transfer_in,team_id,icpc_outcome_cp"
    row = "1,1,2024-11-12,2024-11-06,n,assessment_1,n"
    packs.load(data / "1", {"s47_icpc": f"{columns}\n{row}"})
    publishing.publish(stores.ANALYST, NOVEMBER)
    _, out, _ = packs.run("records", "icpc_within_15_days")

    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["numerator"], row["working_days_taken"]) == ("0", "-4")


def test_teams_proposes_the_rows_that_are_missing(data):
    packs.load(data / "1", {"assessments": ASSESSMENTS.replace("assessment_1", "night_team")})

    code, out, err = packs.run("teams")

    assert (code, err) == (0, "")
    assert out == (
        "team_id,team,service_area,authority,valid_from,valid_to,successor\n"
        "night_team,night_team,,311,2024-09-01,,\n"
    )


def test_teams_says_so_when_none_is_missing(here):
    assert packs.run("teams") == (0, "", "Every team is in teams.csv.\n")


def test_ready_makes_no_pack_where_something_is_published_and_writes_about_it_once(published, data):
    before = sorted(path.name for path in data.rglob("*"))
    said = [packs.run("ready") for _ in range(2)]

    assert said == [(0, "", "Writing a year of invented narratives …\n"), (0, "", "")]
    added = {path.name for path in data.rglob("*")} - set(before)
    assert {name.partition("-")[0] for name in added} == {"store.sqlite"}


def test_ready_writes_no_narratives_about_real_records(data):
    packs.load(data / "1", {"assessments": f"{ASSESSMENTS}\n"})
    packs.publish()

    assert packs.run("ready") == (0, "", "")


def test_a_reader_that_has_had_enough_ends_a_command_quietly(pack):
    """As `head -1` does."""
    with subprocess.Popen(
        [sys.executable, "-m", "kpi", "figures"],
        cwd=settings.ROOT,
        env=os.environ | {"KPI_DATA": str(pack.data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        assert command.stdout.readline().startswith("indicator,month,")
        command.stdout.close()
        assert "Traceback" not in command.stderr.read()


def test_the_exit_code_reaches_the_shell(data):
    codes = [
        subprocess.run(
            [sys.executable, "-m", "kpi", *arguments],
            cwd=settings.ROOT,
            env=os.environ | {"KPI_DATA": str(data)},
            capture_output=True,
            check=False,
        ).returncode
        for arguments in (["--help"], ["figures"], ["figure"])
    ]
    assert codes == [0, 1, 2]


def test_the_folder_of_references_can_be_elsewhere(data, tmp_path, monkeypatch):
    reference = tmp_path / "ours"
    shutil.copytree(settings.ROOT / "data" / "reference", reference)
    text = (reference / "targets.csv").read_text()
    (reference / "targets.csv").write_text(text.replace("2024-04,90,85", "2024-04,40,30"))
    monkeypatch.setenv("KPI_REFERENCE", str(reference))
    packs.load(data / "1", {"assessments": ASSESSMENTS})
    publishing.publish(stores.ANALYST, NOVEMBER)

    (row, *_) = packs.figures("--indicator", TIMELY)
    assert (row["shown"], row["target"], row["rating"]) == ("50.0%", "40", "On target")


def test_the_first_month_can_be_set(data, monkeypatch):
    monkeypatch.setenv("KPI_FIRST_MONTH", "2024-10")
    packs.load(data / "1", {"assessments": ASSESSMENTS})

    assert packs.publish().months == [date(2024, 10, 1), NOVEMBER]

    monkeypatch.setenv("KPI_FIRST_MONTH", "2025-01")
    code, _, err = packs.run("publish", "--month", "2024-11")
    assert (code, "KPI_FIRST_MONTH is after the extract's month, 2024-11." in err) == (1, True)
    with pytest.raises(ReleaseError):
        publishing.publish(stores.ANALYST, date(2025, 2, 1))
