"""What is off target as expected has a reason, somebody who accepted it, and an end."""

from datetime import date

import pytest

from kpi import catalogue, expectations
from kpi.errors import DefinitionError

KNOWN = ("agency_rate", "average_caseload")
HEADER = "indicator,from_month,until_month,reason,approved_by"


@pytest.fixture
def read(tmp_path):
    def read(*lines: str, header: str = HEADER):
        path = tmp_path / "expected_off_target.csv"
        path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8-sig")
        return expectations.read(KNOWN, path)

    return read


ONE = "agency_rate,2024-09,2025-03,the new teams are still hiring,Board of 4 September 2024"


@pytest.mark.parametrize(
    ("indicator", "month", "expected"),
    [
        ("agency_rate", date(2024, 8, 1), False),
        ("agency_rate", date(2024, 9, 1), True),
        ("agency_rate", date(2025, 3, 1), True),  # its last month is one of them
        ("agency_rate", date(2025, 4, 1), False),  # and then it ends by itself
        ("average_caseload", date(2024, 9, 1), False),
    ],
)
def test_it_is_expected_from_a_month_until_another(read, indicator, month, expected):
    stood = expectations.standing(read(ONE), indicator, month)

    assert bool(stood) is expected
    if stood:
        assert stood.reason == "the new teams are still hiring"
        assert stood.approved_by == "Board of 4 September 2024"


def test_one_may_follow_another(read):
    found = read(
        "agency_rate,2025-04,2025-06,two posts are advertised again,Board of 3 April 2025", ONE
    )
    assert [one.from_month for one in found] == [date(2024, 9, 1), date(2025, 4, 1)]
    stood = expectations.standing(found, "agency_rate", date(2025, 5, 1))
    assert stood and stood.reason == "two posts are advertised again"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "agency_rates,2024-09,2025-03,why,who",
            "no indicator is called 'agency_rates'. Did you mean 'agency_rate'?",
        ),
        (
            "agency_rate,2026-09,2027-03, ,who",
            "reason is empty. Without it nobody can rely on the expectation.",
        ),
        (
            "agency_rate,2026-09,2027-03,why,",
            "approved_by is empty. Without it nobody can rely on the expectation.",
        ),
        (
            "agency_rate,2026-09,,why,who",
            "until_month must be a year and a month such as 2024-11.",
        ),
        (
            "agency_rate,Sept 2026,2027-03,why,who",
            "from_month must be a year and a month such as 2024-11.",
        ),
        (
            "agency_rate,2026-09,2026-08,why,who",
            "until_month must not be before from_month.",
        ),
        (
            "agency_rate,2025-03,2025-06,why,who",
            "agency_rate is expected off target in 2025-03 by line 2 already.",
        ),
    ],
)
def test_a_bad_row_is_named_by_its_line_with_what_to_write(read, line, problem):
    with pytest.raises(DefinitionError) as refusal:
        read(ONE, "", line)
    assert str(refusal.value) == f"expected_off_target.csv line 4: {problem}"


def test_all_bad_rows_are_named_at_once(read):
    with pytest.raises(DefinitionError) as refusal:
        read("agency_rate,2024-09,2025-03,,who", ONE, "average_caseload,2024-09,2025-03,why,")
    assert [line.split(":")[0] for line in str(refusal.value).splitlines()] == [
        "expected_off_target.csv line 2",
        "expected_off_target.csv line 4",
    ]


def test_what_is_shipped_says_that_nobody_has_approved_it():
    shipped = expectations.read(catalogue.read_all())

    assert {one.indicator for one in shipped} == {
        "care_three_or_more_social_workers",
        "children_in_need_three_or_more_social_workers",
    }
    assert {one.approved_by for one in shipped} == {"Example: nobody has approved this"}
