"""Every indicator's SQL gives the numbers that its worked case expects."""

from decimal import Decimal

import pytest

from kpi import calendar, catalogue, lake, measures
from tests import cases

INDICATORS = catalogue.read_all()


def counted(case: cases.Case) -> list[cases.Expected]:
    """Return what the case's indicator counts among the case's rows, by month and team."""
    con = lake.connect()
    for contract in lake.tables().values():
        con.execute(contract.ddl)
    for table, rows in case.tables.items():
        for row in rows:
            marks = ", ".join("?" for _ in row)
            con.execute(
                f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values())
            )
    calendar.build(con)
    calendar.build_months(con, first=case.months[0], last=case.months[-1])
    calendar.build_birthdays(con)
    measures.build_populations(con)
    measures.count(con, INDICATORS[case.indicator])
    sums = con.execute(
        "select month, team_id, sum(numerator), sum(denominator) from counted group by all"
    ).fetchall()
    return [
        cases.Expected(month, team, Decimal(top), None if bottom is None else Decimal(bottom))
        for month, team, top, bottom in sums
    ]


@pytest.mark.parametrize("path", cases.paths(), ids=lambda path: path.stem)
def test_counts_what_its_case_expects(path):
    case = cases.read(path)

    assert sorted(counted(case), key=str) == sorted(case.expected, key=str)


def test_every_indicator_has_a_case_and_every_case_an_indicator():
    assert {path.stem for path in cases.paths()} == INDICATORS.keys()
