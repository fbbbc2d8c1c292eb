"""Over which months a figure is read, and how that is said."""

from datetime import date

import pytest

from kpi.basis import Basis
from kpi.catalogue import Kind

NOVEMBER = date(2024, 11, 1)


@pytest.mark.parametrize(
    ("basis", "month", "first", "number"),
    [
        (Basis.MONTH, NOVEMBER, NOVEMBER, 1),
        (Basis.YEAR_TO_DATE, NOVEMBER, date(2024, 4, 1), 8),
        (Basis.YEAR_TO_DATE, date(2024, 4, 1), date(2024, 4, 1), 1),  # the year begins
        (Basis.YEAR_TO_DATE, date(2024, 3, 1), date(2023, 4, 1), 12),  # and ends
        (Basis.YEAR_TO_DATE, date(2025, 1, 1), date(2024, 4, 1), 10),
        (Basis.TWELVE_MONTHS, NOVEMBER, date(2023, 12, 1), 12),
        (Basis.TWELVE_MONTHS, date(2024, 12, 1), date(2024, 1, 1), 12),
    ],
)
def test_the_months_that_are_summed_end_with_the_one_read(basis, month, first, number):
    months = basis.months(month)

    assert (months[0], months[-1], len(months)) == (first, month, number)
    assert list(months) == sorted(set(months))


@pytest.mark.parametrize("chosen", Basis)
def test_what_is_true_at_a_months_end_is_never_summed(chosen):
    assert chosen.of(Kind.SNAPSHOT) is Basis.MONTH
    assert chosen.of(Kind.FLOW) is chosen
    assert chosen.of(Kind.COHORT) is chosen


@pytest.mark.parametrize(
    ("basis", "kind", "month", "said"),
    [
        (Basis.MONTH, Kind.FLOW, NOVEMBER, "in November 2024"),
        (Basis.MONTH, Kind.SNAPSHOT, NOVEMBER, "at 30 November 2024"),
        (Basis.MONTH, Kind.SNAPSHOT, date(2024, 2, 1), "at 29 February 2024"),
        (Basis.TWELVE_MONTHS, Kind.SNAPSHOT, NOVEMBER, "at 30 November 2024"),
        (Basis.YEAR_TO_DATE, Kind.FLOW, NOVEMBER, "April to November 2024"),
        (Basis.YEAR_TO_DATE, Kind.FLOW, date(2024, 4, 1), "in April 2024"),
        (Basis.YEAR_TO_DATE, Kind.FLOW, date(2025, 1, 1), "April 2024 to January 2025"),
        (Basis.TWELVE_MONTHS, Kind.FLOW, NOVEMBER, "December 2023 to November 2024"),
        (Basis.TWELVE_MONTHS, Kind.FLOW, date(2024, 12, 1), "January to December 2024"),
    ],
)
def test_when_a_value_was_so_is_said_with_its_months(basis, kind, month, said):
    assert basis.when(kind, month) == said


def test_a_basis_is_offered_in_words_and_kept_in_an_address():
    assert {basis: basis.said for basis in Basis} == {
        "month": "In the month",
        "year-to-date": "Financial year to date",
        "twelve-months": "Last 12 months",
    }
