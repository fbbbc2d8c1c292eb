"""Every figure opens: its list adds up to it, for those with the right, and never unlogged."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpi import access_log, calendar, lake, measures, points, records, releases, store
from kpi.access_log import Action, Opened
from kpi.basis import Basis
from kpi.errors import AccessError, ReleaseError, StoreError
from kpi.organisation import Place
from tests import packs, stores
from tests.packs import NOVEMBER, OCTOBER
from tests.stores import ANALYST, AUTHOR, LEADER, MANAGER, VISITOR

KEPT = calendar.months_between(date(2022, 12, 1), NOVEMBER)  # 24 months, November 2024 the last
AUGUST = date(2024, 8, 1)
WHOLE = Place(authority="311")


@pytest.fixture
def log(tmp_path):
    opened = stores.at(tmp_path / "store.sqlite")
    yield opened
    opened.engine.dispose()


def behind(log, release, *, actor=MANAGER, indicator="icpc_within_15_days", month=NOVEMBER, **at):
    return records.behind(
        log,
        actor,
        release,
        indicator=indicator,
        month=month,
        place=Place(authority="311", **at),
        source="page indicator",
    )


@pytest.mark.parametrize("level", ["team", "service_area", "authority"])
def test_every_list_adds_up_to_its_figure(november, level):
    """For every indicator, every month kept, and every team, service area and whole authority."""
    levels = ["authority", "service_area", "team"]
    keys = ", ".join(["indicator", "month", *levels[: levels.index(level) + 1]])
    by_key = f"""
        with figures as (
            select {keys}, sum(numerator) as top, sum(denominator) as bottom, 1 as there
            from read_parquet(?) where month >= date '2022-12-01' group by all
        ),
        lists as (
            select {keys}, sum(numerator) as top, sum(denominator) as bottom, 1 as there
            from read_parquet(?) group by all
        )
        select
            count(*),
            count(*) filter (
                f.there is null or l.there is null or f.top <> l.top
                or f.bottom is distinct from l.bottom
            ),
            count(distinct indicator),
            count(distinct month)
        from figures as f full join lists as l using ({keys})
    """
    paths = [str(november.folder / name) for name in ("measure.parquet", "records.parquet")]
    with lake.connect() as con:
        [(compared, apart, indicators, months)] = con.execute(by_key, paths).fetchall()

    assert (apart, indicators, months) == (0, 58, 24)
    assert compared >= 58 * 24


SUPPORT = Place(authority="311", service_area="Intervention and Support")


@pytest.mark.parametrize(
    ("place", "month", "basis"),
    [
        (WHOLE, KEPT[0], Basis.MONTH),
        (WHOLE, NOVEMBER, Basis.YEAR_TO_DATE),
        (SUPPORT, NOVEMBER, Basis.MONTH),
        (SUPPORT, NOVEMBER, Basis.TWELVE_MONTHS),
        (replace(SUPPORT, team="Intervention and Support Team 2"), OCTOBER, Basis.MONTH),
        (replace(SUPPORT, today=True), AUGUST, Basis.MONTH),  # before it stood
        (
            replace(SUPPORT, team="Intervention and Support Team 2", today=True),
            AUGUST,
            Basis.YEAR_TO_DATE,
        ),
        (Place(authority="311", service_area="Unallocated", team="Unallocated"), OCTOBER, "month"),
    ],
    ids=str,
)
def test_a_list_as_it_is_opened_adds_up_to_the_figure(log, november, place, month, basis):
    sums = measures.series(november.cursor(), place)
    for indicator in november.indicators.values():
        mine = sums.get(indicator.id, {})
        figure = points.point(november, indicator, place, month, mine, Basis(basis)).sum
        found = records.behind(
            log,
            MANAGER,
            november,
            indicator=indicator.id,
            month=month,
            place=place,
            source="page indicator",
            basis=Basis(basis),
        )
        column = found.columns.index("numerator")
        listed = [(Decimal(row[column]), row[column + 1]) for row in found.rows]
        top, bottom = (figure.numerator, figure.denominator) if figure else (0, None)
        assert sum(one for one, _ in listed) == found.numerator == top
        assert sum(Decimal(one) for _, one in listed if one) == (bottom or 0)
        assert found.columns == (*records.COLUMNS, *november.details[indicator.id])
        months = Basis(basis).of(indicator.kind).months(month)
        assert {row[0] for row in found.rows} <= {f"{one:%Y-%m}" for one in months}


def test_a_list_of_several_months_says_of_each_row_which_it_is(log, november):
    found = records.behind(
        log,
        MANAGER,
        november,
        indicator="referrals",
        month=NOVEMBER,
        place=WHOLE,
        source="page indicator",
        basis=Basis.YEAR_TO_DATE,
    )
    assert found.columns[0] == "month"
    assert {row[0] for row in found.rows} == {f"2024-{month:02}" for month in range(4, 12)}


def test_the_log_says_over_which_months_and_by_whose_teams_a_list_was_opened(log, november):
    records.behind(
        log,
        MANAGER,
        november,
        indicator="referrals",
        month=NOVEMBER,
        place=replace(SUPPORT, today=True),
        source="page indicator",
        basis=Basis.YEAR_TO_DATE,
    )
    (entry,) = access_log.entries(log, ANALYST, newest=10)
    assert entry.opened.source == "page indicator, since 2024-04, by the teams of today"
    assert entry.opened.month == NOVEMBER


def test_a_list_over_months_that_are_not_all_kept_is_refused(log, november):
    """Lists begin in December 2022; the year to date of January 2023 begins in April 2022."""
    with pytest.raises(ReleaseError, match="the one of April 2022 is no longer here"):
        records.behind(
            log,
            MANAGER,
            november,
            indicator="referrals",
            month=date(2023, 1, 1),
            place=WHOLE,
            source="page indicator",
            basis=Basis.YEAR_TO_DATE,
        )


def test_lists_are_kept_for_24_months_and_the_one_before_is_refused_with_the_reason(log, november):
    assert november.records_from == KEPT[0]
    assert len(behind(log, november, month=KEPT[0]).rows) > 0

    with pytest.raises(ReleaseError) as refusal:
        behind(log, november, month=date(2022, 11, 1))

    assert str(refusal.value) == (
        "Lists are kept from December 2022 on; the one of November 2022 is no longer here."
    )
    figures = measures.series(november.cursor(), WHOLE, "icpc_within_15_days")
    assert figures["icpc_within_15_days"][date(2022, 11, 1)].denominator > 0  # the figure stays


SEVEN_MONTHS = {
    "assessments": f"""{packs.ASSESSMENTS}
        1,1,2024-05-01,2024-06-03,current,Y,true,assessment_1
        2,2,2024-06-01,2024-07-03,current,Y,true,assessment_1
        3,3,2024-07-01,2024-08-05,current,Y,true,assessment_1
        4,4,2024-08-01,2024-09-03,current,Y,true,assessment_1
        5,5,2024-09-02,2024-10-03,current,Y,true,assessment_1
        6,6,2024-10-01,2024-11-04,current,Y,true,assessment_1"""
}


def test_how_many_months_of_lists_are_kept_can_be_set(data, monkeypatch, log):
    monkeypatch.setenv("KPI_RECORD_MONTHS", "3")
    packs.load(data / "extract", SEVEN_MONTHS)
    release = packs.publish()

    listed = packs.read_parquet(release.folder / "records.parquet")
    figures = packs.read_parquet(release.folder / "measure.parquet")

    assert sorted({f"{month:%Y-%m}" for month in listed["month"]}) == [
        "2024-09",
        "2024-10",
        "2024-11",
    ]
    assert figures["month"].nunique() == 6
    with pytest.raises(ReleaseError, match="Lists are kept from September 2024 on"):
        behind(log, release, indicator="assessments_within_45_days", month=date(2024, 8, 1))


def test_keys_stand_in_a_list_as_people_know_them(log, november):
    for indicator in november.indicators:
        found = behind(log, november, indicator=indicator)
        assert found.rows
        assert not any(cell.startswith("311:") for row in found.rows for cell in row)
        child = found.columns.index("child_id")
        keys = {row[child] for row in found.rows}
        if november.indicators[indicator].area == "workforce":
            assert keys == {""}  # a worker's, or a team's
        else:
            assert all(len(key) == 8 and key.isdecimal() for key in keys)


def test_opening_a_list_leaves_a_line_that_says_everything(log, november):
    found = behind(log, november, service_area="Intervention and Support")

    (entry,) = access_log.entries(log, ANALYST, newest=10)
    assert (entry.who, entry.action, entry.rows) == ("Test manager", Action.SHOWN, len(found.rows))
    assert entry.opened == Opened(
        source="page indicator",
        indicator="icpc_within_15_days",
        month=NOVEMBER,
        authority="311",
        service_area="Intervention and Support",
        team=None,
        release=november.name,
    )


@pytest.mark.parametrize("actor", [LEADER, AUTHOR, VISITOR], ids=lambda actor: actor.name)
def test_somebody_without_the_right_gets_no_row_and_leaves_a_refusal(log, november, actor):
    with pytest.raises(AccessError, match="may not open the lists of records behind a figure"):
        behind(log, november, actor=actor)

    (entry,) = access_log.entries(log, ANALYST, newest=10)
    assert (entry.who, entry.action, entry.rows) == (actor.name, Action.REFUSED, 0)


def test_somebody_without_the_right_does_not_even_learn_which_months_are_kept(log, november):
    with pytest.raises(AccessError):
        behind(log, november, actor=LEADER, month=date(2022, 11, 1))


def test_while_the_log_is_locked_no_list_is_shown(tmp_path, log, november):
    with (
        stores.locked(tmp_path / "store.sqlite"),
        pytest.raises(StoreError, match="The list is not shown"),
    ):
        behind(log, november)
    assert access_log.entries(log, ANALYST, newest=10) == []

    assert len(behind(log, november).rows) == 72  # and afterwards it is


def test_a_list_from_a_damaged_file_is_not_shown(log, published):
    """A release is verified when it is opened; its lists are read later, and checked again then."""
    folder = next(published.glob("2024-11.*"))
    release = releases.open_release(folder)
    content = bytearray((folder / "records.parquet").read_bytes())
    content[len(content) // 3] ^= 1
    (folder / "records.parquet").write_bytes(content)

    with pytest.raises(ReleaseError, match=f"of release {release.name} is damaged"):
        for indicator in release.indicators:
            behind(log, release, indicator=indicator)


# The command


@pytest.fixture
def here(pack, monkeypatch, tmp_path):
    monkeypatch.setenv("KPI_DATA", str(pack.data))
    monkeypatch.setenv("KPI_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")


def test_the_command_prints_the_list_behind_the_published_figure(here):
    code, out, err = packs.run("records", "assessments_within_45_days", "--month", "2024-11")

    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert len(rows) == 274
    assert sum(int(row["numerator"]) for row in rows) == 265
    assert sum(int(row["denominator"]) for row in rows) == 274
    assert {row["month"] for row in rows} == {"2024-11"}
    late = [row for row in rows if row["numerator"] == "0"]
    assert all(int(row["working_days_taken"]) > 45 for row in late)
    assert err == "274 rows: 265 of 274.\n"

    (entry,) = access_log.entries(store.open_store(), ANALYST, newest=10)
    assert (entry.opened.source, entry.rows) == ("command records", 274)
    assert entry.opened.indicator == "assessments_within_45_days"


def test_the_command_lists_one_team_alone(here):
    area, team = "MASH and Assessment", "Assessment Team 3"
    _, out, _ = packs.run(
        "records", "assessments_within_45_days", "--service-area", area, "--team", team
    )
    (figure,) = (
        row
        for row in packs.figures("--indicator", "assessments_within_45_days")
        if row["team"] == team
    )

    rows = list(csv.DictReader(io.StringIO(out)))
    assert {(row["service_area"], row["team"]) for row in rows} == {(area, team)}
    assert sum(int(row["numerator"]) for row in rows) == int(figure["numerator"])
    assert len(rows) == int(figure["denominator"])


def test_the_command_prints_nothing_when_the_log_is_locked(here, tmp_path):
    store.open_store().engine.dispose()
    with stores.locked(tmp_path / "store.sqlite"):
        code, out, err = packs.run("records", "icpc_within_15_days")

    assert (code, out) == (1, "")
    assert "The list is not shown" in err
