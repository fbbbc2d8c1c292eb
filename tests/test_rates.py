"""A count per 10,000 children: of which year's population, and over how many months."""

from datetime import date
from decimal import Decimal

import pytest

from kpi import catalogue, rates
from kpi.errors import DefinitionError
from kpi.rates import Population, Rate

NOVEMBER = date(2024, 11, 1)
INDICATORS = catalogue.read_all()
FLOW, SNAPSHOT = INDICATORS["referrals"], INDICATORS["children_in_care"]


def lived(year: int, children: int, *, authority: str = "311", group: str = "children_0_17"):
    return Population(authority=authority, year=year, group=group, children=children)


def rate(count: int, *populations: Population, indicator=SNAPSHOT, month=NOVEMBER, months=1):
    return rates.rate(
        populations,
        indicator,
        authority="311",
        count=Decimal(count),
        month=month,
        months=months,
    )


def test_what_is_true_at_a_months_end_is_set_against_the_whole_population():
    """357 of 63,777 children: 357 / 6.3777 = 55.98 in every 10,000."""
    found = rate(357, lived(2024, 63_777))
    assert (round(found.value, 2), found.year) == (Decimal("55.98"), 2024)


@pytest.mark.parametrize(
    ("count", "months", "value"),
    [
        (100, 1, "200"),  # a month of 100 is a year of 1,200: 1,200 of 60,000
        (1200, 12, "200"),
        (800, 8, "200"),  # eight months of 100
        (0, 1, "0"),
    ],
)
def test_what_happens_in_months_is_raised_to_a_year(count, months, value):
    found = rate(count, lived(2024, 60_000), indicator=FLOW, months=months)
    assert found == Rate(value=Decimal(value), year=2024)


@pytest.mark.parametrize(
    ("month", "year"),
    [
        (date(2022, 4, 1), 2023),  # before the first: the first there is
        (date(2024, 5, 1), 2023),  # an estimate is of the middle of its year
        (date(2024, 6, 1), 2024),
        (NOVEMBER, 2024),
        (date(2025, 5, 1), 2024),
        (date(2031, 1, 1), 2025),  # the newest, until there is one of the year itself
    ],
)
def test_the_population_is_the_newest_estimated_by_the_months_end(month, year):
    populations = (lived(2024, 63_777), lived(2025, 64_000), lived(2023, 63_000))
    assert rate(357, *populations, month=month).year == year


def test_another_authority_or_group_is_not_ones_own():
    elsewhere = (lived(2024, 60_000, authority="312"), lived(2024, 9_000, group="children_5_16"))
    assert rate(357, *elsewhere) is None
    assert rate(357) is None


@pytest.fixture
def read(tmp_path):
    def read(*lines: str):
        path = tmp_path / "population.csv"
        path.write_text("\n".join(("authority,year,group,children", *lines)) + "\n")
        return rates.read(path)

    return read


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",2025,children_0_17,64000", "authority is empty."),
        ("311,2025, ,64000", "group is empty."),
        ("311,mid-2025,children_0_17,64000", "year must be a year such as 2024."),
        (
            '311,2025,children_0_17,"64,000"',
            "children must be a whole number such as 63777, without a comma.",
        ),
        (
            "311,2025,children_0_17,0",
            "children must be a whole number such as 63777, without a comma.",
        ),
        ("311,2024,children_0_17,64000", "311 has children_0_17 of 2024 in line 2 already."),
    ],
)
def test_a_bad_row_is_named_by_its_line_with_what_to_write(read, line, problem):
    with pytest.raises(DefinitionError) as refusal:
        read("311,2024,children_0_17,63777", line)
    assert str(refusal.value) == f"population.csv line 3: {problem}"


def test_every_group_that_a_header_names_is_in_the_shipped_file():
    groups = {one.group for one in rates.read()}
    named = {i.rate_population for i in INDICATORS.values()} - {""}

    assert named <= groups
    assert {i.id for i in INDICATORS.values() if i.rate_population} == {
        "referrals",
        "section_47_enquiries",
        "icpc_held",
        "child_protection_plans",
        "children_in_need",
        "children_in_care",
    }
