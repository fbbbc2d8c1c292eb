"""`python -m kpi figures` on the demonstration pack prints what the council has published."""

import csv
import io
import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from kpi import settings
from tests import packs
from tests.packs import NOVEMBER

# What the council's papers of February 2025 print, and the whole numbers that stand behind it in
# the pack: 200 / 284 = 70.42 %, 265 / 274 = 96.72 %, 302 / 306 = 98.69 %, and so on. Where the
# papers give no whole numbers, these are ours, among those that print so.
GOLDEN = Path(__file__).parent / "golden" / "published_figures.csv"
PUBLISHED = [
    (row["row"], row["month"], row["indicator"], row["shown"], row["numerator"], row["denominator"])
    for row in csv.DictReader(GOLDEN.open(encoding="utf-8", newline=""))
]
# Beside the figures of the papers: what flows into and out of them in the last two months.
FLOWS = [
    ("2024-03", "children_in_care", "284", ""),
    ("2024-09", "children_in_care", "278", ""),
    ("2024-10", "children_in_care", "274", ""),
    ("2024-11", "children_in_care", "272", ""),
    ("2024-10", "child_protection_plans", "270", ""),
    ("2024-10", "child_protection_plans_started", "50", ""),
    ("2024-10", "child_protection_plans_ended", "20", ""),
    ("2024-11", "child_protection_plans_started", "54", ""),
    ("2024-11", "child_protection_plans_ended", "24", ""),
    ("2024-11", "icpc_leading_to_a_plan", "54", "72"),
]
Printed = dict[str, list[dict[str, str]]]  # the rows of each month

HEADER = (
    "indicator,month,authority,service_area,team,numerator,denominator,value,shown,target,rating"
)


@pytest.fixture(scope="module")
def printed(pack) -> Printed:
    """What the command prints of every month from April 2022, by month."""
    return _printed(pack)


@pytest.fixture(scope="module", params=["pack", "other_pack"])
def by_seed(request) -> Printed:
    """The same of the pack, and of the pack that another seed makes."""
    return (
        request.getfixturevalue("printed")
        if request.param == "pack"
        else _printed(request.getfixturevalue("other_pack"))
    )


def _printed(pack: packs.Pack) -> Printed:
    with packs.environment(KPI_DATA=str(pack.data)):
        first, last = 12 * 2022 + 3, 12 * 2024 + 10
        months = [f"{n // 12}-{n % 12 + 1:02}" for n in range(first, last + 1)]
        return {month: packs.figures("--month", month) for month in months}


def whole(rows: list[dict[str, str]], indicator: str) -> dict[str, str]:
    """Return an indicator's line for the whole authority."""
    (row,) = (
        row
        for row in rows
        if (row["indicator"], row["service_area"], row["team"]) == (indicator, "", "")
    )
    return row


@pytest.mark.parametrize(
    ("month", "indicator", "shown", "numerator", "denominator"),
    [published[1:] for published in PUBLISHED],
    ids=[f"row {row} {indicator} {month}" for row, month, indicator, *_ in PUBLISHED],
)
def test_a_published_figure_is_printed_as_it_was_published(
    by_seed, month, indicator, shown, numerator, denominator
):
    row = whole(by_seed[month], indicator)

    assert (row["shown"], row["numerator"], row["denominator"]) == (shown, numerator, denominator)
    assert (row["month"], row["authority"]) == (month, "311")


@pytest.mark.parametrize(
    ("month", "indicator", "numerator", "denominator"),
    FLOWS,
    ids=[f"{indicator} {month}" for month, indicator, *_ in FLOWS],
)
def test_what_stands_beside_a_published_figure_adds_up_to_it(
    by_seed, month, indicator, numerator, denominator
):
    row = whole(by_seed[month], indicator)
    assert (row["numerator"], row["denominator"]) == (numerator, denominator)


def test_every_row_of_the_papers_is_held():
    assert sorted({int(row) for row, *_ in PUBLISHED}) == list(range(1, 20))


def test_row_17_child_protection_plans_rose_by_a_quarter_from_september_to_november(by_seed):
    september, november = (
        int(whole(by_seed[month], "child_protection_plans")["shown"])
        for month in ("2024-09", "2024-11")
    )
    assert Fraction(november, september) == Fraction(125, 100)


def test_row_18_a_third_of_plans_were_stepped_up(by_seed):
    row = whole(by_seed["2024-11"], "plans_stepped_up_from_child_in_need")
    assert Fraction(int(row["numerator"]), int(row["denominator"])) == Fraction(1, 3)


HEALTH = ["dental_checks", "immunisations_up_to_date", "health_assessments"]


@pytest.mark.parametrize("indicator", HEALTH)
def test_row_20_health_requires_further_improvement(by_seed, indicator):
    row = whole(by_seed["2024-11"], indicator)
    assert float(row["value"]) < float(row["target"])


@pytest.mark.parametrize("year", [2023, 2024])
@pytest.mark.parametrize("indicator", ["dental_checks", "health_assessments"])
def test_row_20_health_rises_in_the_last_quarter_of_the_year(by_seed, indicator, year):
    before, after = (
        float(whole(by_seed[month], indicator)["value"])
        for month in (f"{year - 1}-12", f"{year}-03")
    )
    assert after > before + 2


@pytest.mark.parametrize(
    "indicator",
    [
        "children_in_need_supervised_in_2_months",
        "children_in_care_supervised_in_2_months",
        "pathway_plans_up_to_date",
    ],
)
def test_row_21_supervision_and_pathway_plans_improved_significantly_in_the_year(
    by_seed, indicator
):
    """The papers say so without a number; 20 points is beyond what chance moves such groups by."""
    then, now = (
        float(whole(by_seed[month], indicator)["value"]) for month in ("2023-11", "2024-11")
    )
    assert now - then > 20


@pytest.mark.parametrize(
    "indicator",
    ["children_in_need_three_or_more_social_workers", "care_three_or_more_social_workers"],
)
def test_row_22_changes_of_social_worker_are_off_target_and_flat(by_seed, indicator):
    year = [month for month in by_seed if month >= "2023-12"]
    values = [float(whole(by_seed[month], indicator)["value"]) for month in year]

    assert {whole(by_seed[month], indicator)["rating"] for month in year} == {"Off target"}
    assert max(values) - min(values) < 5


def test_row_23_caseloads_are_reducing(by_seed):
    """Published: 18.9 in September 2024, on the way to 15.0 a year later."""
    values = {
        month: float(whole(by_seed[month], "average_caseload")["value"])
        for month in ("2023-09", "2024-03", "2024-09", "2024-11")
    }
    assert values["2023-09"] > values["2024-03"] > values["2024-09"] > values["2024-11"]
    assert values["2024-09"] == pytest.approx(18.9, abs=0.5)


def test_the_header_is_as_agreed(pack):
    with packs.environment(KPI_DATA=str(pack.data)):
        _, out, err = packs.run("figures", "--month", "2024-11")
    assert out.splitlines()[0] == HEADER
    assert err == ""  # the data alone, and on standard output alone


def test_every_figure_is_printed_once_and_every_indicator_for_the_whole(printed, november):
    places = Counter(
        (row["indicator"], row["service_area"], row["team"]) for row in printed["2024-11"]
    )
    assert set(places.values()) == {1}
    assert {name for name, area, team in places if not area and not team} == set(
        november.indicators
    )


@pytest.mark.parametrize("month", ["2023-11", "2024-04", "2024-11"])
def test_teams_add_up_to_their_service_area_and_service_areas_to_the_whole(printed, month):
    for column in ("numerator", "denominator"):
        totals: dict[str, Counter] = {"whole": Counter(), "areas": Counter(), "teams": Counter()}
        for row in printed[month]:
            level = "teams" if row["team"] else "areas" if row["service_area"] else "whole"
            totals[level][row["indicator"]] += Decimal(row[column] or 0)
        assert totals["whole"] == totals["areas"] == totals["teams"]


def test_a_target_and_a_rating_stand_beside_the_value(printed):
    april = whole(printed["2024-04"], "assessments_within_45_days")
    november = whole(printed["2024-11"], "assessments_within_45_days")
    plans = whole(printed["2024-11"], "child_protection_plans")

    assert (april["target"], april["rating"]) == ("90", "Off target")
    assert (november["target"], november["rating"]) == ("90", "On target")
    assert november["value"] == "96.715328"  # 265 / 274 = 0.967153284…
    assert (plans["target"], plans["rating"], plans["value"]) == ("", "No target", "300")


def test_last_years_figure_keeps_last_years_target(printed):
    row = whole(printed["2023-11"], "assessments_within_45_days")
    assert row["target"] == "85"  # the example target rose to 90 in April 2024


def test_one_service_area_and_one_indicator_can_be_asked_for(pack):
    with packs.environment(KPI_DATA=str(pack.data)):
        rows = packs.figures(
            "--month",
            "2024-11",
            "--service-area",
            "Corporate Parenting",
            "--indicator",
            "pathway_plans_up_to_date",
        )
        everything = packs.figures("--month", "2024-11")

    assert rows == [
        row
        for row in everything
        if (row["indicator"], row["service_area"])
        == ("pathway_plans_up_to_date", "Corporate Parenting")
    ]
    assert [row["team"] for row in rows] == ["", "Leaving Care Team"]


def test_without_a_month_the_newest_is_printed(pack, printed):
    with packs.environment(KPI_DATA=str(pack.data)):
        assert packs.figures() == printed["2024-11"]


def test_a_process_of_its_own_prints_the_same(pack, printed):
    done = subprocess.run(
        [sys.executable, "-m", "kpi", "figures", "--month", f"{NOVEMBER:%Y-%m}"],
        cwd=settings.ROOT,
        env=os.environ | {"KPI_DATA": str(pack.data)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert list(csv.DictReader(io.StringIO(done.stdout))) == printed["2024-11"]
    assert done.stderr == ""
