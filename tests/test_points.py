"""A figure of one month or of several: summed, and only then divided, judged and said."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kpi import calendar, catalogue, lake, measures, points
from kpi.basis import Basis
from kpi.catalogue import Indicator
from kpi.coverage import State
from kpi.organisation import Place, Team
from kpi.points import NO_CASES, NO_SUCH_PLACE, NOT_ALL, Point
from kpi.rates import Population
from kpi.releases import Release
from tests.packs import NOVEMBER

INDICATORS = catalogue.read_all()
SHARE = INDICATORS["assessments_within_45_days"]
COUNT = INDICATORS["referrals"]
MEAN = replace(INDICATORS["staff_supervised"], unit=INDICATORS["average_caseload"].unit, decimals=1)
STOCK = INDICATORS["in_foster_care"]  # true at a month's end
WHOLE = Place(authority="311")
AREA = replace(WHOLE, service_area="Support")
MONTHS = calendar.months_between(date(2023, 4, 1), NOVEMBER)
RESTRUCTURE = date(2024, 9, 1)

Row = tuple[str, str, int, int | None]  # month, team, numerator and denominator


def team(name: str, area: str, *, since=date(2016, 1, 1), until=None, successor=None) -> Team:
    return Team(
        authority="311",
        team_id=f"311:{name}",
        team=name,
        service_area=area,
        valid_from=since,
        valid_to=until,
        successor=successor and f"311:{successor}",
    )


# Support was made of Safeguarding in September 2024.
TEAMS = [
    team("Duty", "Assessment"),
    team("Old", "Safeguarding", until=RESTRUCTURE, successor="New"),
    team("New", "Support", since=RESTRUCTURE),
]
AREAS = {one.team: one.service_area for one in TEAMS} | {"Unallocated": "Unallocated"}
TODAY = {"Duty": "Duty", "Old": "New", "New": "New", "Unallocated": "Unallocated"}


def published(
    rows: Iterable[Row], *, indicator: Indicator = SHARE, missing: dict[str, State] | None = None
) -> Release:
    """Return a release with these figures and no other; months of `missing` are not counted."""
    con = lake.connect()
    con.execute(measures.query("measure_tables"))
    for month, name, numerator, denominator in rows:
        now = TODAY[name]
        con.execute(
            "insert into measure values (?, ?, '311', ?, ?, ?, ?, ?, ?)",
            [
                *(indicator.id, f"{month}-01", AREAS[name], name, AREAS[now], now),
                *(numerator, denominator),
            ],
        )
    gone = {date.fromisoformat(f"{month}-01"): state for month, state in (missing or {}).items()}
    return Release(
        name="2024-11.1-000000000000",
        folder=Path(),
        manifest={"authorities": ["311"], "extract_month": "2024-11"},
        indicators={indicator.id: indicator},
        details={},
        targets=[],
        expectations=[],
        benchmarks=[],
        populations=[
            Population(authority="311", year=2023, group="children_0_17", children=60_000)
        ],
        names={},
        teams=TEAMS,
        months=MONTHS,
        coverage={(indicator.id, "311"): dict.fromkeys(MONTHS, State.COUNTED) | gone},
        notes={},
        connection=con,
    )


def read(
    release: Release, month: str, basis: Basis = Basis.MONTH, *, place: Place = WHOLE
) -> Point:
    """Return the one indicator's figure at a place."""
    (indicator,) = release.indicators.values()
    sums = measures.series(release.cursor(), place).get(indicator.id, {})
    return points.point(release, indicator, place, date.fromisoformat(f"{month}-01"), sums, basis)


# From February to November 2024, two teams; by month: 1 of 1 and 9 of 10, then 1 of 2 …
YEAR = [
    ("2024-02", "Duty", 10, 10),
    ("2024-03", "Duty", 10, 10),
    ("2024-04", "Duty", 9, 10),
    ("2024-04", "Old", 1, 1),
    ("2024-05", "Duty", 1, 2),
    ("2024-06", "Old", 0, 4),
    ("2024-07", "Duty", 3, 3),
]


@pytest.mark.parametrize(
    ("month", "of", "said"),
    [
        ("2024-04", "10 of 11", "90.9%"),  # the year begins: 9 + 1 of 10 + 1
        ("2024-05", "11 of 13", "84.6%"),  # not (90.9 + 50.0) / 2
        ("2024-06", "11 of 17", "64.7%"),
        ("2024-07", "14 of 20", "70.0%"),
        ("2024-08", "14 of 20", "70.0%"),  # nothing happened in August
        ("2024-11", "14 of 20", "70.0%"),
        ("2024-03", "20 of 20", "100.0%"),  # the year before: February and March
    ],
)
def test_a_year_to_date_is_summed_from_april_and_only_then_divided(month, of, said):
    found = read(published(YEAR), month, Basis.YEAR_TO_DATE)
    assert (found.of, found.said) == (of, said)


@pytest.mark.parametrize(
    ("month", "of", "said"),
    [
        ("2024-07", "34 of 40", "85.0%"),  # from August 2023: February's and March's 20 too
        ("2024-11", "34 of 40", "85.0%"),  # from December 2023
        ("2024-05", "31 of 33", "93.9%"),
        ("2024-03", "20 of 20", "100.0%"),  # April 2023 to March 2024
    ],
)
def test_the_last_twelve_months_are_summed_and_only_then_divided(month, of, said):
    found = read(published(YEAR), month, Basis.TWELVE_MONTHS)
    assert (found.of, found.said) == (of, said)


def test_twelve_months_leave_behind_what_is_a_year_old():
    release = published([("2023-11", "Duty", 5, 10), ("2023-12", "Duty", 9, 10)])
    assert read(release, "2024-10", Basis.TWELVE_MONTHS).of == "14 of 20"
    assert read(release, "2024-11", Basis.TWELVE_MONTHS).of == "9 of 10"


def test_a_count_adds_up_and_has_no_denominator():
    rows = [("2024-04", "Duty", 100, None), ("2024-05", "Old", 30, None)]
    found = read(published(rows, indicator=COUNT), "2024-06", Basis.YEAR_TO_DATE)
    assert (found.said, found.of, found.sum.denominator) == ("130", "", None)


def test_a_mean_is_of_all_that_was_counted_and_not_of_months():
    """33 ÷ 2 and 12 ÷ 1 are 16.5 and 12.0; together 45 ÷ 3 is 15.0, and not 14.25."""
    release = published([("2024-04", "Duty", 33, 2), ("2024-05", "Duty", 12, 1)], indicator=MEAN)
    assert (read(release, "2024-04").said, read(release, "2024-05").said) == ("16.5", "12.0")
    found = read(release, "2024-05", Basis.YEAR_TO_DATE)
    assert (found.said, found.of) == ("15.0", "45 ÷ 3")


@pytest.mark.parametrize("basis", Basis)
def test_what_is_true_at_a_months_end_is_that_months_alone_on_every_basis(basis):
    release = published(
        [("2024-10", "Duty", 60, 100), ("2024-11", "Duty", 70, 100)], indicator=STOCK
    )
    assert read(release, "2024-11", basis).of == "70 of 100"


@pytest.mark.parametrize("basis", Basis)
def test_none_of_none_is_no_cases_and_never_nought_per_cent(basis):
    found = read(published([]), "2024-11", basis)
    assert (found.said, found.value, found.of) == (NO_CASES, None, "")
    assert read(published([], indicator=COUNT), "2024-11", basis).said == "0"


@pytest.mark.parametrize(
    ("month", "basis", "said"),
    [
        ("2024-05", Basis.MONTH, "50.0%"),
        ("2024-06", Basis.MONTH, "not loaded"),
        ("2024-05", Basis.YEAR_TO_DATE, "84.6%"),  # June is not among its months
        ("2024-06", Basis.YEAR_TO_DATE, "not loaded"),
        ("2024-07", Basis.YEAR_TO_DATE, NOT_ALL),
        ("2024-11", Basis.TWELVE_MONTHS, NOT_ALL),
        ("2024-03", Basis.TWELVE_MONTHS, "100.0%"),
        ("2024-02", Basis.TWELVE_MONTHS, NOT_ALL),  # March 2023 is before the first month
    ],
)
def test_a_sum_that_lacks_a_month_is_not_given(month, basis, said):
    release = published(YEAR, missing={"2024-06": State.NOT_LOADED})
    found = read(release, month, basis)
    assert found.said == said
    assert (found.sum is None) == (not said.endswith("%"))


@pytest.mark.parametrize(
    ("month", "basis", "said"),
    [
        ("2024-08", Basis.MONTH, NO_SUCH_PLACE),
        ("2024-08", Basis.YEAR_TO_DATE, NO_SUCH_PLACE),
        ("2024-08", Basis.TWELVE_MONTHS, NO_SUCH_PLACE),
        ("2024-09", Basis.MONTH, NO_CASES),  # it stands, and nothing was counted
        ("2024-10", Basis.MONTH, "75.0%"),
        ("2024-10", Basis.YEAR_TO_DATE, "75.0%"),  # of the months in which it stood
        ("2024-11", Basis.TWELVE_MONTHS, "80.0%"),  # 3 of 4 and 5 of 6
    ],
)
def test_a_place_that_stood_for_a_part_of_it_counts_that_part(month, basis, said):
    release = published(
        [("2024-05", "Old", 0, 9), ("2024-10", "New", 3, 4), ("2024-11", "New", 5, 6)]
    )
    assert read(release, month, basis, place=AREA).said == said


def test_a_place_that_no_longer_stands_keeps_what_it_did():
    release = published([("2024-05", "Old", 2, 9)])
    gone = replace(WHOLE, service_area="Safeguarding")
    assert read(release, "2024-05", place=gone).said == "22.2%"
    assert read(release, "2024-11", place=gone).said == NO_SUCH_PLACE
    assert read(release, "2024-11", Basis.YEAR_TO_DATE, place=gone).said == "22.2%"


@pytest.mark.parametrize(
    ("basis", "month", "rate"),
    [
        # 60,000 children are 5,000 a month: 50 of them in a month are 100 per 10,000 a year
        (Basis.MONTH, "2024-04", "100"),
        (Basis.YEAR_TO_DATE, "2024-05", "80"),  # 80 of 10,000
        (Basis.TWELVE_MONTHS, "2024-05", "20"),  # 50 + 30 + 40 of 60,000
    ],
)
def test_a_count_is_a_rate_for_the_whole_authority_alone(basis, month, rate):
    rows = [
        ("2024-01", "Duty", 40, None),
        ("2024-04", "Duty", 50, None),
        ("2024-05", "Duty", 30, None),
    ]
    release = published(rows, indicator=COUNT)
    found = read(release, month, basis)
    assert (found.rate.value, found.rate.year) == (Decimal(rate), 2023)
    assert read(release, month, basis, place=replace(WHOLE, service_area="Assessment")).rate is None
    assert read(published(YEAR), month).rate is None  # a share is no count


# Where it happened

BROKEN_DOWN = [
    ("2024-05", "Duty", 1, 2),
    ("2024-05", "Old", 3, 4),
    ("2024-11", "Duty", 5, 5),
    ("2024-11", "New", 0, 1),
]


def lines(release: Release, month: str, basis: Basis, place: Place = WHOLE) -> list[tuple]:
    (indicator,) = release.indicators.values()
    rows = points.breakdown(release, indicator, place, date.fromisoformat(f"{month}-01"), basis)
    return [(row.place.service_area, row.place.team, row.point.of) for row in rows]


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        (
            Basis.MONTH,
            [
                (None, None, "5 of 6"),
                ("Assessment", None, "5 of 5"),
                ("Assessment", "Duty", "5 of 5"),
                ("Support", None, "0 of 1"),
                ("Support", "New", "0 of 1"),
            ],
        ),
        (
            Basis.YEAR_TO_DATE,
            [
                (None, None, "9 of 12"),
                ("Assessment", None, "6 of 7"),
                ("Assessment", "Duty", "6 of 7"),
                ("Safeguarding", None, "3 of 4"),
                ("Safeguarding", "Old", "3 of 4"),
                ("Support", None, "0 of 1"),
                ("Support", "New", "0 of 1"),
            ],
        ),
    ],
)
def test_a_breakdown_is_summed_over_the_same_months_as_the_figure(basis, expected):
    assert lines(published(BROKEN_DOWN), "2024-11", basis) == expected


def test_a_breakdown_as_it_is_today_gives_the_work_to_those_who_have_it_now():
    release = published(BROKEN_DOWN)
    today = replace(WHOLE, today=True)

    assert lines(release, "2024-05", Basis.MONTH, today) == [
        (None, None, "4 of 6"),
        ("Assessment", None, "1 of 2"),
        ("Assessment", "Duty", "1 of 2"),
        ("Support", None, "3 of 4"),
        ("Support", "New", "3 of 4"),
    ]
    assert lines(release, "2024-11", Basis.YEAR_TO_DATE, today)[-1] == ("Support", "New", "3 of 5")


def test_a_breakdown_of_one_service_area_keeps_the_whole_before_it():
    found = lines(published(BROKEN_DOWN), "2024-11", Basis.YEAR_TO_DATE, AREA)
    assert found == [
        (None, None, "9 of 12"),
        ("Support", None, "0 of 1"),
        ("Support", "New", "0 of 1"),
    ]


def test_work_that_nobody_held_stands_in_a_line_of_its_own_without_teams():
    release = published([*BROKEN_DOWN, ("2024-11", "Unallocated", 1, 3)])
    for place in (WHOLE, replace(WHOLE, today=True)):
        assert lines(release, "2024-11", Basis.MONTH, place)[-1] == ("Unallocated", None, "1 of 3")


def test_a_month_that_is_not_counted_has_nothing_to_break_down():
    release = published(BROKEN_DOWN, missing={"2024-06": State.NOT_LOADED})
    assert lines(release, "2024-06", Basis.MONTH) == []
    assert lines(release, "2024-11", Basis.YEAR_TO_DATE) == []
    assert lines(published(BROKEN_DOWN), "2024-12", Basis.MONTH) == []
    assert lines(published(BROKEN_DOWN), "2024-10", Basis.MONTH) == []


# On the demonstration pack


def in_full(rows, *, teams: bool = False) -> dict[tuple, tuple]:
    """Return each line's sums by its service area, and its team too."""
    return {
        (row.place.service_area, row.place.team): (
            row.point.sum.numerator,
            row.point.sum.denominator,
        )
        for row in rows
        if bool(row.place.team) == teams
    }


@pytest.mark.parametrize("basis", Basis)
def test_a_breakdown_adds_up_from_teams_to_service_areas_to_the_whole(november, basis):
    for indicator in november.indicators.values():
        rows = points.breakdown(november, indicator, WHOLE, NOVEMBER, basis)
        sums = measures.series(november.cursor(), WHOLE, indicator.id)[indicator.id]
        assert rows[0].point == points.point(november, indicator, WHOLE, NOVEMBER, sums, basis)
        whole, areas = rows[0].point.sum, in_full(rows)
        by_area = [sums for (area, _), sums in areas.items() if area]
        assert sum(top for top, _ in by_area) == whole.numerator
        assert sum(bottom or 0 for _, bottom in by_area) == (whole.denominator or 0)
        for (area, _), (top, bottom) in areas.items():
            of_area = [sums for (one, _), sums in in_full(rows, teams=True).items() if one == area]
            if of_area:
                assert sum(one for one, _ in of_area) == top
                assert sum(one or 0 for _, one in of_area) == (bottom or 0)


AUGUST, SEPTEMBER = date(2024, 8, 1), date(2024, 9, 1)


def test_as_it_is_today_changes_where_august_happened_and_not_how_much(november):
    """The restructure of September 2024 closed two service areas and opened three."""
    today = replace(WHOLE, today=True)
    moved = set()
    for indicator in november.indicators.values():
        then = in_full(points.breakdown(november, indicator, WHOLE, AUGUST))
        now = in_full(points.breakdown(november, indicator, today, AUGUST))
        assert then[None, None] == now[None, None]
        if then != now:
            moved.add(indicator.id)
        assert not {area for area, _ in now} & {"Safeguarding", "Children in Care"}
    assert {"children_in_care", "child_protection_plans", "children_in_need"} <= moved
    # contacts come to MASH, which the restructure left alone
    assert "contacts" not in moved


def test_as_it_is_today_is_as_it_was_then_once_the_teams_are_those_of_today(november):
    """All but the turnover of a year, some of whom left teams that stand no longer."""
    today = replace(WHOLE, today=True)
    for indicator in november.indicators.values():
        if indicator.id == "turnover_rate":
            continue
        assert in_full(points.breakdown(november, indicator, today, NOVEMBER)) == in_full(
            points.breakdown(november, indicator, WHOLE, NOVEMBER)
        )


def test_a_place_of_today_has_figures_of_months_before_it_stood(november):
    today = Place(authority="311", service_area="Corporate Parenting", today=True)
    then = replace(today, today=False)
    indicator = november.indicators["children_in_care"]

    def said(place: Place) -> str:
        sums = measures.series(november.cursor(), place, indicator.id).get(indicator.id, {})
        return points.point(november, indicator, place, AUGUST, sums).said

    assert said(then) == NO_SUCH_PLACE
    assert int(said(today)) > 100
