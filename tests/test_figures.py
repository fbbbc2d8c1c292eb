"""`python -m kpi figures` on the demonstration pack prints what the council has published."""

import csv
import io
import os
import subprocess
import sys
from collections import Counter
from fractions import Fraction

import pytest

from kpi import settings
from tests import packs
from tests.packs import NOVEMBER

# What the council's papers of February 2025 print, and the whole numbers that stand behind it in
# the pack: 200 / 284 = 70.42 %, 265 / 274 = 96.72 %, 28 / 48 = 58.33 %, 69 / 72 = 95.83 %, and so
# on. A count has no denominator.
PUBLISHED = [
    ("2024-03", "three_or_more_placements", "9.9%", "28", "284"),
    ("2024-03", "children_in_care", "284", "284", ""),
    ("2024-04", "assessments_within_45_days", "70.4%", "200", "284"),
    ("2024-04", "icpc_within_15_days", "58.3%", "28", "48"),
    ("2024-04", "pathway_plans_up_to_date", "51.7%", "121", "234"),
    ("2024-09", "placed_over_20_miles", "19.4%", "54", "278"),
    ("2024-09", "children_in_care", "278", "278", ""),
    ("2024-09", "child_protection_plans", "240", "240", ""),
    ("2024-10", "children_in_care_supervised_in_2_months", "57.0%", "155", "272"),
    ("2024-10", "children_in_care", "274", "274", ""),
    ("2024-10", "child_protection_plans", "270", "270", ""),
    ("2024-11", "assessments_within_45_days", "96.7%", "265", "274"),
    ("2024-11", "icpc_within_15_days", "95.8%", "69", "72"),
    ("2024-11", "placed_over_20_miles", "17.6%", "48", "272"),
    ("2024-11", "three_or_more_placements", "9.9%", "27", "272"),
    ("2024-11", "children_in_care", "272", "272", ""),
    ("2024-11", "children_in_need_supervised_in_2_months", "93.5%", "286", "306"),
    ("2024-11", "children_in_care_supervised_in_2_months", "73.1%", "198", "271"),
    ("2024-11", "pathway_plans_up_to_date", "98.0%", "240", "245"),
    ("2024-11", "child_protection_plans", "300", "300", ""),
    ("2024-11", "plans_stepped_up_from_child_in_need", "33.3%", "18", "54"),
    ("2024-11", "repeat_plans_within_2_years", "7.4%", "4", "54"),
]
HEADER = (
    "indicator,month,authority,service_area,team,numerator,denominator,value,shown,target,rating"
)


@pytest.fixture(scope="module")
def printed(pack) -> dict[str, list[dict[str, str]]]:
    """What the command prints of each month that the papers speak of."""
    with packs.environment(KPI_DATA=str(pack.data)):
        return {
            month: packs.figures("--month", month)
            for month in ("2023-11", *sorted({month for month, *_ in PUBLISHED}))
        }


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
    PUBLISHED,
    ids=[f"{indicator} {month}" for month, indicator, *_ in PUBLISHED],
)
def test_a_published_figure_is_printed_as_it_was_published(
    printed, month, indicator, shown, numerator, denominator
):
    row = whole(printed[month], indicator)

    assert (row["shown"], row["numerator"], row["denominator"]) == (shown, numerator, denominator)
    assert (row["month"], row["authority"]) == (month, "311")


def test_child_protection_plans_rose_by_a_quarter_from_september_to_november(printed):
    september, november = (
        int(whole(printed[month], "child_protection_plans")["shown"])
        for month in ("2024-09", "2024-11")
    )
    assert Fraction(november, september) == Fraction(125, 100)


def test_a_third_of_plans_were_stepped_up(printed):
    row = whole(printed["2024-11"], "plans_stepped_up_from_child_in_need")
    assert Fraction(int(row["numerator"]), int(row["denominator"])) == Fraction(1, 3)


@pytest.mark.parametrize(
    "indicator",
    [
        "children_in_need_supervised_in_2_months",
        "children_in_care_supervised_in_2_months",
        "pathway_plans_up_to_date",
    ],
)
def test_supervision_and_pathway_plans_improved_significantly_in_the_year(printed, indicator):
    """The papers say so without a number; 20 points is beyond what chance moves such groups by."""
    then, now = (
        float(whole(printed[month], indicator)["value"]) for month in ("2023-11", "2024-11")
    )
    assert now - then > 20


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
            totals[level][row["indicator"]] += int(row[column] or 0)
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
