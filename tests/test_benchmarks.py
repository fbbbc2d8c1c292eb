"""What is published elsewhere is dated, set side by side, and replaced whole or not at all."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from kpi import benchmarks, catalogue, settings
from kpi.benchmarks import Area, published
from kpi.errors import AccessError, DefinitionError
from tests import packs, stores

INDICATORS = catalogue.read_all()
HIGHER = INDICATORS["assessments_within_45_days"]
LOWER = INDICATORS["placed_over_20_miles"]
NEITHER = INDICATORS["children_in_care"]
HEADER = "indicator,code,unit,period,area,value,authorities"


@pytest.fixture
def read(tmp_path):
    def read(*lines: str):
        path = tmp_path / "benchmarks.csv"
        path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
        return benchmarks.read(list(INDICATORS.values()), path)

    return read


def of_england(indicator, own: str, *, year: int = 2024) -> list[str]:
    """Return an authority's own figure and the cut points of England's quarters: 10, 20 and 30."""
    figures = {
        "Havering": own,
        "England lower quartile": "10",
        "England median": "20",
        "England upper quartile": "30",
    }
    measure = indicator.benchmark or indicator.id
    return [f"{measure},X,percent,{year},{area},{value}," for area, value in figures.items()]


@pytest.mark.parametrize(
    ("own", "higher", "lower"),
    [
        ("5", "bottom", "top"),
        ("10", "bottom", "top"),  # on a cut point it belongs to the lower band
        ("10.1", "third", "second"),
        ("20", "third", "second"),
        ("20.1", "second", "third"),
        ("30", "second", "third"),
        ("30.1", "top", "bottom"),
        ("99", "top", "bottom"),
    ],
)
def test_which_quarter_of_england_it_lies_in_knows_which_way_is_better(read, own, higher, lower):
    until = date(2024, 11, 30)
    for indicator, quarter in ((HIGHER, higher), (LOWER, lower)):
        (one,) = published(
            read(*of_england(indicator, own)), indicator, authority="Havering", until=until
        )
        assert one.quarter == f"{quarter} quarter of authorities in England"


def test_where_neither_way_is_better_there_is_no_quarter(read):
    (one,) = published(
        read(*of_england(NEITHER, "5")), NEITHER, authority="Havering", until=date(2024, 11, 30)
    )
    assert one.quarter == ""
    assert one.values[Area.OWN] == 5


def test_without_a_figure_of_its_own_it_lies_in_no_quarter(read):
    rows = of_england(HIGHER, "5")[1:]
    (one,) = published(read(*rows), HIGHER, authority="Havering", until=date(2024, 11, 30))
    assert one.quarter == ""


SIDE_BY_SIDE = [
    "assessments_within_45_days,A01,percent,2023,England,82.4,",
    "assessments_within_45_days,A01,percent,2024,England,84.5,",
    "assessments_within_45_days,A01,percent,2024,London,86.1,33",
    "assessments_within_45_days,A01,percent,2024,Statistical neighbours (mean),88.0,10",
    "assessments_within_45_days,A01,percent,2024,Havering,71.3,",
    "assessments_within_45_days,A01,percent,2024,Barking,79.9,",
    "assessments_within_45_days,A01,percent,2024,Havering national rank (1 is best),131,151",
    "assessments_within_45_days,A01,percent,2025,England,85.0,",
]


def test_figures_of_a_year_are_set_side_by_side_and_those_of_others_left_out(read):
    before, latest = published(
        read(*SIDE_BY_SIDE), HIGHER, authority="Havering", until=date(2024, 11, 30)
    )
    assert (before.period_end, before.values) == (
        date(2023, 3, 31),
        {Area.ENGLAND: Decimal("82.4")},
    )
    assert latest.period_end == date(2024, 3, 31)
    assert latest.values == {
        Area.ENGLAND: Decimal("84.5"),
        Area.LONDON: Decimal("86.1"),
        Area.NEIGHBOURS: Decimal("88.0"),
        Area.OWN: Decimal("71.3"),
        Area.RANK: Decimal("131"),
    }
    assert latest.ranked == 151


@pytest.mark.parametrize(
    ("indicator", "until", "newest"),
    [
        (HIGHER, date(2024, 3, 30), 2023),  # the year to 31 March 2024 is not over
        (HIGHER, date(2024, 3, 31), 2024),
        (INDICATORS["agency_rate"], date(2024, 9, 29), 2023),  # the workforce: 30 September
        (INDICATORS["agency_rate"], date(2024, 9, 30), 2024),
    ],
)
def test_a_period_that_had_not_ended_is_not_shown(read, indicator, until, newest):
    rows = [f"{indicator.id},X,percent,{year},England,20," for year in (2023, 2024, 2025)]
    found = published(read(*rows), indicator, authority="Havering", until=until)
    assert found[-1].period_end.year == newest


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "agency_rat,W03,percent,2024,England,15.4,",
            "no indicator or benchmark is called 'agency_rat'. Did you mean 'agency_rate'?",
        ),
        (
            "agency_rate,W03,percent,2023/24,England,15.4,",
            "period must be a year such as 2025.",
        ),
        ("agency_rate,W03,percent,2024,England,c,", "value must be a number such as 85.7."),
        ("agency_rate,W03,percent,2024,England,15.4,few", "authorities must be a whole number."),
        (
            "agency_rate,W03,percent,2024,,15.4,",
            "area must be the name of an area, such as England or Havering.",
        ),
        (
            "agency_rate,W03,percent,2024,England medain,15.4,",
            "area is 'England medain'. Did you mean 'England median'?",
        ),
        (
            "assessments_within_45_days,A01,percent,2023,England,82.5,",
            "assessments_within_45_days has its figure of England for 2023 in line 2 already.",
        ),
    ],
)
def test_a_bad_row_is_named_by_its_line_with_what_to_write(read, line, problem):
    with pytest.raises(DefinitionError) as refusal:
        read(SIDE_BY_SIDE[0], line)
    assert str(refusal.value) == f"benchmarks.csv line 3: {problem}"


def test_every_shipped_figure_of_an_indicator_comes_with_how_its_definition_differs():
    shipped = benchmarks.read(list(INDICATORS.values()))
    measured = {one.measure for one in shipped}
    compared = [i for i in INDICATORS.values() if (i.benchmark or i.id) in measured]

    assert len(shipped) == 2260
    assert len(compared) > 30
    assert all(indicator.benchmark_differs for indicator in compared)


# A newer file


@pytest.fixture
def reference(tmp_path, monkeypatch):
    """A reference folder of the test's own, whose benchmarks.csv holds eight figures."""
    folder = tmp_path / "reference"
    shutil.copytree(settings.reference(), folder)
    (folder / "benchmarks.csv").write_text("\n".join((HEADER, *SIDE_BY_SIDE)) + "\n")
    monkeypatch.setenv("KPI_REFERENCE", str(folder))
    return folder


def newer(tmp_path, *lines: str):
    path = tmp_path / "lait-2026.csv"
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8-sig")
    return path


def test_a_newer_file_takes_the_place_of_the_one_in_use_and_what_changed_is_said(
    reference, tmp_path
):
    """Of eight figures the first is gone, one is another, and two of 2026 are new."""
    path = newer(
        tmp_path,
        *SIDE_BY_SIDE[1:7],
        "assessments_within_45_days,A01,percent,2025,England,85.2,",
        "assessments_within_45_days,A01,percent,2026,England,86.0,",
        "agency_worker_rate,W03,percent,2026,England,14.1,",
    )
    code, out, err = packs.run("benchmarks", str(path))

    assert (code, out.splitlines()) == (
        0,
        [
            "9 figures to 2026: 2 new, 1 changed, 1 gone.",
            "benchmarks.csv: agency_worker_rate (1 figure) is no indicator's benchmark, and is "
            "shown nowhere.",
        ],
    )
    assert err.splitlines()[-1] == "Pages show them once the month is published again."
    assert (reference / "benchmarks.csv").read_bytes() == path.read_bytes()


def test_a_file_that_will_not_do_is_refused_whole_with_all_that_is_wrong_by_line(
    reference, tmp_path
):
    before = (reference / "benchmarks.csv").read_bytes()
    path = newer(
        tmp_path,
        SIDE_BY_SIDE[0],
        "agency_rat,W03,percent,2024,England,15.4,",
        "agency_rate,W03,percent,2024,England,c,",
    )
    code, out, err = packs.run("benchmarks", str(path))

    assert (code, out) == (1, "")
    assert err.splitlines()[1:] == [
        "lait-2026.csv line 3: no indicator or benchmark is called 'agency_rat'. "
        "Did you mean 'agency_rate'?",
        "lait-2026.csv line 4: value must be a number such as 85.7.",
    ]
    assert (reference / "benchmarks.csv").read_bytes() == before
    assert sorted(path.name for path in reference.glob(".*")) == []


@pytest.mark.parametrize("lines", [(), ("",)])
def test_an_empty_file_takes_nothing_away(reference, tmp_path, lines):
    before = (reference / "benchmarks.csv").read_bytes()
    code, _, err = packs.run("benchmarks", str(newer(tmp_path, *lines)))

    assert (code, err.splitlines()[-1]) == (1, "lait-2026.csv has no figure in it.")
    assert (reference / "benchmarks.csv").read_bytes() == before


def test_only_an_analyst_takes_a_newer_file(reference, tmp_path):
    path = newer(tmp_path, SIDE_BY_SIDE[0])
    for actor in (stores.VISITOR, stores.LEADER, stores.AUTHOR, stores.MANAGER):
        with pytest.raises(AccessError, match="may not load and publish extracts"):
            benchmarks.take(actor, path, list(INDICATORS.values()))
    assert "2025" in (reference / "benchmarks.csv").read_text()
