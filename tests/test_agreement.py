"""Two readings of each definition, the product's SQL and plain Python, agree to the last figure.

They are compared for every indicator, reporting month, service area and team: over the published
release, over the pack of another seed, and again once 28 records of it have been moved.
"""

from collections import defaultdict
from datetime import date

import numpy as np
import pandas as pd
import pytest

from kpi import calendar, catalogue, demo, lake, measures, settings
from tests import second_reading
from tests.packs import NOVEMBER

MONTHS = calendar.months_between(date(2022, 4, 1), NOVEMBER)
INDICATORS = catalogue.read_all()
TEAMS = pd.read_csv(settings.ROOT / "data" / "reference" / "teams.csv", dtype=str)

Figures = dict[str, dict[tuple, tuple]]  # by indicator, then month, service area and team

EACH = 2  # records moved of each table

# What may be moved in each table: days, in the order that the contract asks for, and teams.
MOVABLE = {
    "allocations": (("start_date", "end_date"), "team_id"),
    "assessments": (("start_date", "authorised_date"), "team_id"),
    "care_leavers": (("pathway_plan_date",), None),
    "children": (("dob",), None),
    "cin_plans": (("start_date", "end_date"), None),
    "cla_episodes": (("decom", "dec"), None),
    "cla_health": (("event_date",), None),
    "cp_plans": (("start_date", "end_date"), None),
    "missing_episodes": (("start_date", "end_date"), None),
    "referrals": (("event_date",), "team_id"),
    "reviews_visits": (("event_date",), None),
    "s47_icpc": (("strategy_date", "icpc_date"), "team_id"),
    "supervision": (("supervision_date",), None),
    "workforce": (("start_date", "leave_date"), "team_id"),
}


@pytest.fixture(scope="module")
def seed_7() -> demo.Tables:
    return demo.build(seed=7)


@pytest.fixture(scope="module")
def moved(seed_7) -> demo.Tables:
    return with_records_moved(seed_7, seed=8)


@pytest.fixture(scope="module")
def by_sql(november, seed_7, moved) -> dict[str, Figures]:
    with lake.connect() as con:
        published = arranged(con, f"'{november.folder / 'measure.parquet'}'")
    return {
        "seed 311, as published": published,
        "seed 7": filled(seed_7),
        "seed 7, records moved": filled(moved),
    }


@pytest.fixture(scope="module")
def tables(whole, seed_7, moved) -> dict[str, demo.Tables]:
    return {
        "seed 311, as published": whole,
        "seed 7": seed_7,
        "seed 7, records moved": moved,
    }


def filled(tables: demo.Tables) -> Figures:
    """Return the figures that the product's own SQL counts from `tables`, held to the contract."""
    with lake.connect() as con:
        for name, contract in lake.tables().items():
            con.execute(contract.ddl)
            con.register("rows", TEAMS if name == "teams" else tables[name])
            con.execute(f"insert into {name} by name select * from rows")
            con.unregister("rows")
        # As things are today is another reading's; here each team counts as it stood.
        con.execute("create table teams_today (team_id text, team text, service_area text)")
        calendar.build(con)
        calendar.build_months(con, first=MONTHS[0], last=MONTHS[-1])
        calendar.build_birthdays(con)
        measures.fill(con, INDICATORS.values(), records_from=MONTHS[-1])
        return arranged(con, "measure")


def arranged(con: lake.Connection, measure: str) -> Figures:
    """Return the figures of a measure table, to the last decimal."""
    found: Figures = defaultdict(dict)
    rows = con.execute(
        f"select indicator, month, service_area, team, numerator, denominator from {measure}"
    ).fetchall()
    for indicator, month, service_area, team, numerator, denominator in rows:
        found[indicator][month, service_area, team] = (numerator, denominator)
    return found


def with_records_moved(tables: demo.Tables, *, seed: int) -> demo.Tables:
    """Return `tables` with some recent records moved: days shifted, teams changed."""
    rng = np.random.default_rng(seed)
    changed = {name: frame.copy() for name, frame in tables.items()}
    for table in list(MOVABLE) * EACH:
        days, team = MOVABLE[table]
        frame = changed[table]
        recent = frame.index[frame[days[-1]].notna()]
        if table != "children":
            recent = frame.index[frame[days[-1]] >= pd.Timestamp("2023-01-01")]
        row = rng.choice(recent)
        for day in days:
            shift = pd.Timedelta(days=int(rng.integers(1, 60) * rng.choice([-1, 1])))
            frame.loc[row, day] = min(frame.loc[row, day] + shift, pd.Timestamp("2024-11-30"))
        if len(days) > 1:
            frame.loc[row, days[-1]] = max(frame.loc[row, list(days)])
        if table == "cla_episodes":  # no episode begins before its own period of care
            start = max(frame.loc[row, ["decom", "period_start_date"]])
            frame.loc[row, ["decom", "dec"]] = [start, max(start, frame.loc[row, "dec"])]
        if team:
            frame.loc[row, team] = rng.choice(["assessment_2", "cwd", "nobody_listed", None])
    return changed


def differences(one: dict[tuple, tuple], other: dict[tuple, tuple]) -> list[tuple]:
    """Return every place that the two do not agree on, with what each says of it."""
    return [
        (place, one.get(place), other.get(place))
        for place in sorted(one.keys() | other.keys())
        if one.get(place) != other.get(place)
    ]


@pytest.mark.parametrize("indicator", sorted(INDICATORS))
@pytest.mark.parametrize("of", ["seed 311, as published", "seed 7", "seed 7, records moved"])
def test_both_readings_agree_for_every_month_service_area_and_team(of, indicator, tables, by_sql):
    counted = second_reading.READINGS[indicator](tables[of], MONTHS)
    read = {
        tuple(row[:3]): tuple(row[3:])
        for row in second_reading.figures(counted, TEAMS).values.tolist()
    }
    months = {month for month, _, _ in read}
    assert len(months) > len(MONTHS) / 2  # so that nothing agrees with nothing
    assert months <= set(MONTHS)
    assert differences(by_sql[of][indicator], read) == []


def test_moving_28_records_moves_figures_of_most_indicators(by_sql):
    still, moved = by_sql["seed 7"], by_sql["seed 7, records moved"]

    changed = {name for name in still if differences(still[name], moved[name])}

    assert len(changed) >= 35, sorted(still.keys() - changed)


def test_a_moved_record_is_a_record_and_not_a_row_more(seed_7, moved):
    rows = sum(
        int((frame.ne(moved[name]) & ~(frame.isna() & moved[name].isna())).any(axis=1).sum())
        for name, frame in seed_7.items()
    )

    most = EACH * len(MOVABLE)
    assert most == 28
    assert most - 3 <= rows <= most  # the same one may be drawn twice
    assert {name: len(frame) for name, frame in moved.items()} == {
        name: len(frame) for name, frame in seed_7.items()
    }
