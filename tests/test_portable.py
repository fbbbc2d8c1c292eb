"""Indicators are written in SQL that means the same on every engine."""

from pathlib import Path

import pytest

from kpi import catalogue, measures, portable

FORBIDDEN = sorted((Path(__file__).parent / "not_portable").glob("*.sql"))
SELECTS = {indicator.id: indicator.select for indicator in catalogue.read_all().values()}


@pytest.mark.parametrize("name", SELECTS | measures.populations())
def test_means_the_same_on_every_engine(name):
    select = (SELECTS | measures.populations())[name]

    assert portable.problems(select) == []


@pytest.mark.parametrize("path", FORBIDDEN, ids=lambda path: path.stem)
def test_refuses_what_does_not(path):
    assert portable.problems(path.read_text(encoding="utf-8")), f"{path.name} was let through"


def test_what_is_refused_is_named_with_the_line_on_which_it_stands():
    select = """
select
    m.month,
    date_trunc('month', a.start_date) as began
from assessments as a
join months as m
    on m.month = extract(month from a.start_date)
where a.status = 'current'
"""
    assert [(line, what.partition(":")[0]) for line, what in portable.problems(select)] == [
        (4, "DATE_TRUNC('MONTH', a.start_date)"),
        (7, "EXTRACT(MONTH FROM a.start_date)"),
    ]


def test_what_does_not_read_as_sql_is_named_with_its_line():
    ((line, what),) = portable.problems("select\n    a.month\nfrom assessments where (")
    assert (line, what) == (3, "near '(' it does not read as SQL.")
