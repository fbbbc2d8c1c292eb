"""The second reading of each indicator gives what its worked case expects, and adds up by team."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from kpi import cases, catalogue
from tests import second_reading

CONTRACTS = Path(__file__).parents[1] / "sql" / "tables"
CASES = {path.stem: cases.read(path) for path in cases.paths()}


def typed(rows_of: dict[str, list[cases.Row]]) -> dict[str, pd.DataFrame]:
    """Return every table that a contract describes, with these rows, held to the contract."""
    tables = {}
    with duckdb.connect() as con:
        for contract in CONTRACTS.glob("*.sql"):
            con.execute(contract.read_text(encoding="utf-8"))
            for row in rows_of.get(contract.stem, []):
                names, marks = ", ".join(row), ", ".join("?" for _ in row)
                con.execute(
                    f"insert into {contract.stem} ({names}) values ({marks})", list(row.values())
                )
            tables[contract.stem] = con.execute(f"select * from {contract.stem}").df()
    return tables


def by_team(counted: pd.DataFrame) -> set[cases.Expected]:
    """Return the sums of counted rows by month and team, as a case expects them."""
    sums: dict[tuple, list] = {}
    for row in counted.itertuples(index=False):
        total = sums.setdefault((row.month, row.team_id), [Decimal(0), None])
        total[0] += row.numerator
        if row.denominator is not None:
            total[1] = (total[1] or 0) + Decimal(row.denominator)
    return {cases.Expected(*key, *total) for key, total in sums.items()}


def test_every_indicator_has_a_case_and_a_second_reading():
    indicators = catalogue.read_all().keys()

    assert CASES.keys() == indicators
    assert second_reading.READINGS.keys() == indicators


@pytest.mark.parametrize("indicator", CASES)
def test_the_second_reading_counts_what_the_case_expects(indicator):
    case = CASES[indicator]

    counted = second_reading.READINGS[indicator](typed(case.tables), case.months)

    assert by_team(counted) == set(case.expected)
    assert len(set(case.expected)) == len(case.expected)


@pytest.mark.parametrize("indicator", CASES)
def test_no_records_make_no_rows(indicator):
    counted = second_reading.READINGS[indicator](typed({}), CASES[indicator].months)

    assert list(counted.columns) == second_reading.COLUMNS
    assert counted.empty


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2024-12-02", "2024-12-02", 0),  # the day it starts is day 0
        ("2024-11-29", "2024-12-02", 1),  # a weekend between
        ("2024-12-24", "2024-12-27", 1),  # two bank holidays between
        ("2024-03-28", "2024-04-02", 1),  # Easter
        ("2024-09-30", "2024-12-02", 45),
        ("2024-11-04", "2024-11-25", 15),
        ("2024-12-13", "2025-01-08", 15),  # three bank holidays between
        ("2024-11-09", "2024-11-11", 1),  # from a Saturday, Monday is day 1
    ],
)
def test_working_days_start_after_the_first_day(start, end, days):
    counted = second_reading.working_days(date.fromisoformat(start), date.fromisoformat(end))

    assert counted == days


TEAMS = pd.DataFrame(
    [
        ("311:leaving", "Leaving Care", "Children in Care", date(2016, 1, 1), date(2024, 9, 1)),
        ("311:leaving", "Leaving Care", "Corporate Parenting", date(2024, 9, 1), None),
        ("311:late", "Late Team", "Support", date(2024, 11, 1), None),
        ("311:gone", "Gone Team", "Safeguarding", date(2016, 1, 1), date(2024, 9, 1)),
    ],
    columns=["team_id", "team", "service_area", "valid_from", "valid_to"],
)


@pytest.mark.parametrize(
    ("team_id", "month", "service_area", "team"),
    [
        ("311:leaving", date(2024, 8, 1), "Children in Care", "Leaving Care"),
        ("311:leaving", date(2024, 9, 1), "Corporate Parenting", "Leaving Care"),
        ("311:late", date(2024, 10, 1), "Support", "Late Team"),  # before it began: as it began
        ("311:gone", date(2024, 10, 1), "Safeguarding", "Gone Team"),  # after it ended: as it was
        ("311:elsewhere", date(2024, 10, 1), "Unmapped teams", "elsewhere"),
        (None, date(2024, 10, 1), "Unallocated", "Unallocated"),
    ],
)
def test_a_team_counts_in_the_service_area_it_had_that_month(team_id, month, service_area, team):
    counted = second_reading.counted([(month, team_id, "311:1", "311:1", 1, None)])

    figures = second_reading.figures(counted, TEAMS)

    assert figures.values.tolist() == [[month, service_area, team, 1, None]]


def test_figures_add_up_a_team_and_keep_a_plain_count_without_denominator():
    month = date(2024, 11, 1)
    shares = [
        (month, "311:late", "311:1", "311:1", 1, 1),
        (month, "311:late", "311:2", "311:2", 0, 1),
    ]

    assert second_reading.figures(second_reading.counted(shares), TEAMS).values.tolist() == [
        [month, "Support", "Late Team", 1, 2]
    ]
