"""Who writes about which figure, who approves it, and by when."""

from datetime import date

import pytest

from kpi import access, assignments, calendar, catalogue, organisation, targets
from kpi.access import Right
from kpi.assignments import Assignment
from kpi.errors import DefinitionError

KNOWN = ("agency_rate", "average_caseload")
HEADER = "indicator,service_area,from_month,until_month,owner,author,approver,due_working_day"
ONE = "agency_rate,,2024-01,,Principal Social Worker,Ann,Bob,10"


@pytest.fixture
def read(tmp_path):
    def read(*lines: str):
        path = tmp_path / "narratives.csv"
        path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8-sig")
        return assignments.read(KNOWN, path)

    return read


def authors(found: list[Assignment], month: date) -> dict[str, str]:
    """Return who writes in `month`, by the service area."""
    return {one.service_area or "": one.author for one in assignments.standing(found, month)}


def test_a_row_stands_from_its_month_until_the_next_or_until_it_ends(read):
    found = read(
        ONE,
        "agency_rate,,2024-06,2024-08,Principal Social Worker,Cat,Bob,10",
        "agency_rate,,2024-10,,Principal Social Worker,Dan,Bob,8",
        "agency_rate,Safeguarding,2024-05,2024-08,Head of Safeguarding,Eve,Bob,5",
    )

    assert authors(found, date(2023, 12, 1)) == {}
    assert authors(found, date(2024, 4, 1)) == {"": "Ann"}
    assert authors(found, date(2024, 5, 1)) == {"": "Ann", "Safeguarding": "Eve"}
    assert authors(found, date(2024, 6, 1)) == {"": "Cat", "Safeguarding": "Eve"}
    assert authors(found, date(2024, 8, 1)) == {"": "Cat", "Safeguarding": "Eve"}
    assert authors(found, date(2024, 9, 1)) == {}  # nobody: the row of June ended the one before
    assert authors(found, date(2024, 10, 1)) == {"": "Dan"}


# The working days after each month's end, counted by hand.
DUE = [
    ("2024-11", 1, "2024-12-02"),  # 30 November is a Saturday: Monday is day 1
    ("2024-11", 8, "2024-12-11"),  # 2 to 6, then 9 to 11 December
    ("2024-12", 1, "2025-01-02"),  # New Year's Day is a bank holiday
    ("2024-12", 10, "2025-01-15"),  # 2, 3, 6 to 10, 13 to 15 January
    ("2024-03", 1, "2024-04-02"),  # Easter Monday is 1 April
    ("2024-04", 4, "2024-05-07"),  # 1, 2, 3 May; the 6th is a bank holiday
    ("2024-07", 17, "2024-08-23"),  # a Friday
    ("2024-07", 18, "2024-08-27"),  # the weekend, then the bank holiday of 26 August
    ("2024-02", 20, "2024-03-28"),  # from 1 March, to the day before Good Friday
    ("2024-02", 21, "2024-04-02"),
]


@pytest.mark.parametrize(("month", "number", "expected"), DUE)
def test_it_is_due_so_many_working_days_after_the_months_end(read, month, number, expected):
    (one,) = read(f"agency_rate,,2024-01,,Principal Social Worker,Ann,Bob,{number}")

    assert assignments.due(one, date.fromisoformat(f"{month}-01")) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "agency_rates,,2024-01,,Head,Ann,Bob,10",
            "no indicator is called 'agency_rates'. Did you mean 'agency_rate'?",
        ),
        (
            "average_caseload,,2024-01,,,Ann,Bob,10",
            "owner is empty: name the post that answers for the figure.",
        ),
        ("average_caseload,,2024-01,,Head, ,Bob,10", "author is empty: name who writes."),
        (
            "average_caseload,,2024-01,,Head,Ann,,10",
            "approver is empty: name who approves what the author writes.",
        ),
        (
            "average_caseload,,2024-01,,Head,Ann Lee, Ann  Lee ,10",
            "Ann Lee is author and approver. Name another approver: nobody approves their own "
            "words.",
        ),
        (
            "average_caseload,,January,,Head,Ann,Bob,10",
            "from_month must be a year and a month such as 2024-11.",
        ),
        (
            "average_caseload,,2024-01,soon,Head,Ann,Bob,10",
            "until_month must be a year and a month such as 2024-11.",
        ),
        (
            "average_caseload,,2024-02,2024-01,Head,Ann,Bob,10",
            "until_month must not be before from_month.",
        ),
        *(
            (
                f"average_caseload,,2024-01,,Head,Ann,Bob,{day}",
                "due_working_day must be a whole number from 1 to 60: so many working days after "
                "the month's end.",
            )
            for day in ("", "0", "61", "-3", "2.5", "tenth", "²")
        ),
        (
            "agency_rate,,2024-01,,Head,Ann,Bob,9",
            "agency_rate is assigned in 2024-01 by line 2 already.",
        ),
    ],
)
def test_a_bad_row_is_named_by_its_line_with_what_to_write(read, line, problem):
    with pytest.raises(DefinitionError) as refusal:
        read(ONE, "", line)
    assert str(refusal.value) == f"narratives.csv line 4: {problem}"


def test_no_month_is_given_to_two_authors(read):
    with pytest.raises(DefinitionError) as refusal:
        read(
            "agency_rate,Safeguarding,2024-08,,Head,Ann,Bob,10",
            "agency_rate,Safeguarding,2024-01,2024-08,Head,Cat,Bob,10",
        )
    assert str(refusal.value) == (
        "narratives.csv line 2: agency_rate in Safeguarding is assigned in 2024-08 by line 3 "
        "already."
    )


def test_all_bad_rows_are_named_at_once(read):
    with pytest.raises(DefinitionError) as refusal:
        read("agency_rate,,2024-01,,,Ann,Bob,10", ONE, "average_caseload,,2024-01,,Head,Ann,Ann,1")
    assert [line.split(":")[0] for line in str(refusal.value).splitlines()] == [
        "narratives.csv line 2",
        "narratives.csv line 4",
    ]


def test_what_is_shipped_names_people_of_the_demonstration_who_may_do_it():
    shipped = assignments.read(catalogue.read_all())
    people = {person.name: person for person in access.DEMONSTRATION}

    assert {one.author for one in shipped} == {"Morgan Ellis (author)", "Sam Okafor (author)"}
    assert {one.approver for one in shipped} == {
        "Helen Marsh (approver)",
        "Tunde Adeyemi (approver)",
    }
    assert all(people[one.author].may(Right.WRITE_NARRATIVE) for one in shipped)
    assert all(people[one.approver].may(Right.APPROVE_NARRATIVE) for one in shipped)


def test_every_indicator_with_a_target_is_written_about_and_its_owner_is_its_headers():
    indicators = catalogue.read_all()
    shipped = assignments.read(indicators)
    whole = {one.indicator for one in shipped if one.service_area is None}

    assert whole == {one.indicator for one in targets.read(indicators)}
    assert all(one.owner == indicators[one.indicator].owner for one in shipped)


def test_a_service_area_is_written_about_for_as_long_as_it_stands():
    teams = organisation.read()
    for one in assignments.read(catalogue.read_all()):
        place = organisation.Place(authority="311", service_area=one.service_area)
        last = calendar.month_end(one.until_month) if one.until_month else None

        assert organisation.existed(teams, place, calendar.month_end(one.from_month))
        assert last == organisation.ended(teams, place)
