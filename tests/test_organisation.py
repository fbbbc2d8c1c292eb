from datetime import date

import pytest

from kpi import organisation
from kpi.errors import DefinitionError
from kpi.organisation import Place

HEADER = "team_id,team,service_area,authority,valid_from,valid_to,successor"


@pytest.fixture
def read(tmp_path):
    def read(*lines: str, header: str = HEADER):
        path = tmp_path / "teams.csv"
        path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8-sig")
        return organisation.read(path)

    return read


def test_a_team_stands_from_its_first_day_until_the_first_day_it_no_longer_does(read):
    (team,) = read("duty,Duty Team,Assessment,311,2016-01-01,2024-09-01,")

    assert (team.team_id, team.valid_to) == ("311:duty", date(2024, 9, 1))
    assert not team.stands(date(2015, 12, 31))
    assert team.stands(date(2016, 1, 1))
    assert team.stands(date(2024, 8, 31))
    assert not team.stands(date(2024, 9, 1))


def test_a_team_may_move_to_another_service_area_and_keep_its_name(read):
    before, after = read(
        "leaving,Leaving Care,Corporate Parenting,311,2024-09-01,,",
        "leaving,Leaving Care,Children in Care,311,2016-01-01,2024-09-01,",
    )
    assert (before.service_area, after.service_area) == ("Children in Care", "Corporate Parenting")


def test_a_successor_is_known_by_its_authority_too(read):
    old, _ = read(
        "a_old,Old Team,Safeguarding,311,2016-01-01,2024-09-01, b_new ",
        "b_new,New Team,Support,311,2024-09-01,, ",
    )
    assert old.successor == "311:b_new"


ONE = "duty,Duty Team,Assessment,311,2016-01-01,,"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("duty,Night Team,Assessment,311,2020-01-01,,", "'duty' stands twice on the same day."),
        (
            "night,Duty Team,Assessment,311,2020-01-01,,",
            "two teams are called 'Duty Team' on the same day.",
        ),
        (
            "night,Night Team,Assessment,311,2016-01-01,2024-09-01,nobody",
            "successor 'nobody' of 'night' is not listed.",
        ),
        (
            "night,Night Team,Assessment,311,2016-01-01,2024-09-01,dusy",
            "successor 'dusy' of 'night' is not listed. Did you mean 'duty'?",
        ),
        (
            "night,Night Team,Assessment,311,2016-01-01,2024-09-01,night",
            "the successors of 'night' lead back to it.",
        ),
    ],
)
def test_rows_that_contradict_one_another_are_named(read, line, problem):
    with pytest.raises(DefinitionError) as refusal:
        read(ONE, line)
    assert str(refusal.value) == f"teams.csv line 3: {problem}"


def test_the_same_team_in_two_authorities_is_two_teams(read):
    assert len(read(ONE, "duty,Duty Team,Assessment,999,2016-01-01,,")) == 2


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",Night Team,Assessment,311,2016-01-01,,", "team_id is empty."),
        ("night, ,Assessment,311,2016-01-01,,", "team is empty."),
        ("night,Night Team,,311,2016-01-01,,", "service_area is empty."),
        ("night,Night Team,Assessment,,2016-01-01,,", "authority is empty."),
        ("night,Night Team,Assessment,311,,,", "valid_from is empty."),
        (
            "night,Night Team,Assessment,311,01/09/2024,,",
            "valid_from must be a date such as 2024-09-01.",
        ),
        (
            "night,Night Team,Assessment,311,2016-01-01,soon,",
            "valid_to must be a date such as 2024-09-01.",
        ),
        (
            "night,Night Team,Assessment,311,2024-09-01,2024-09-01,",
            "valid_to must be after valid_from.",
        ),
        (
            "night,Night Team, Unallocated ,311,2016-01-01,,",
            "'Unallocated' is kept for work that no listed team holds.",
        ),
        (
            "night,Night Team,Unmapped teams,311,2016-01-01,,",
            "'Unmapped teams' is kept for work that no listed team holds.",
        ),
        ("night", "team is empty."),
    ],
)
def test_a_bad_row_is_named_by_its_line_with_what_to_write(read, line, problem):
    with pytest.raises(DefinitionError) as refusal:
        read(ONE, "", line)
    assert str(refusal.value) == f"teams.csv line 4: {problem}"  # the blank line counts


def test_a_missing_column_is_named(read):
    with pytest.raises(DefinitionError, match=r"teams\.csv: add the column valid_to, successor\."):
        read(header="team_id,team,service_area,authority,valid_from")


@pytest.mark.parametrize(
    ("place", "day", "stood"),
    [
        (Place(authority="311"), date(2010, 1, 31), False),
        (Place(authority="311"), date(2024, 8, 31), True),
        (Place(authority="311", service_area="Safeguarding"), date(2024, 8, 31), True),
        (Place(authority="311", service_area="Safeguarding"), date(2024, 9, 30), False),
        (Place(authority="311", service_area="Support"), date(2024, 8, 31), False),
        (Place(authority="311", service_area="Support"), date(2024, 9, 30), True),
        (Place(authority="311", service_area="Support", team="New"), date(2024, 9, 30), True),
        # work that no listed team holds could always be there
        (Place(authority="311", service_area="Unmapped teams"), date(2010, 1, 31), True),
    ],
)
def test_whether_a_place_stood_then(read, place, day, stood):
    teams = read(
        "old,Old,Safeguarding,311,2016-01-01,2024-09-01,new",
        "new,New,Support,311,2024-09-01,,",
    )
    assert organisation.existed(teams, place, day) is stood


RESTRUCTURED = (
    "old,Old,Safeguarding,311,2016-01-01,2024-09-01,new",
    "new,New,Support,311,2024-09-01,2025-04-01,newest",
    "newest,Newest,Family Help,311,2025-04-01,,",
    "gone,Gone,Safeguarding,311,2016-01-01,2024-09-01,",
    "leaving,Leaving Care,Children in Care,311,2016-01-01,2024-09-01,",
    "leaving,Leaving Care,Corporate Parenting,311,2024-09-01,,",
)


@pytest.mark.parametrize(
    ("team", "day", "heir", "service_area"),
    [
        ("old", date(2024, 8, 31), "Old", "Safeguarding"),  # it still stands itself
        ("old", date(2024, 9, 1), "New", "Support"),
        ("old", date(2025, 4, 1), "Newest", "Family Help"),  # the successor of its successor
        ("new", date(2024, 9, 1), "New", "Support"),
        ("newest", date(2024, 9, 1), "Newest", "Family Help"),  # it will have its own work
        ("gone", date(2024, 9, 1), "Gone", "Safeguarding"),  # nobody came after: as it was last
        ("leaving", date(2024, 8, 31), "Leaving Care", "Children in Care"),
        ("leaving", date(2024, 9, 1), "Leaving Care", "Corporate Parenting"),  # it moved
    ],
)
def test_who_has_a_teams_work_on_a_day(read, team, day, heir, service_area):
    found = organisation.today(read(*RESTRUCTURED), day)[f"311:{team}"]
    assert (found.team, found.service_area) == (heir, service_area)


@pytest.mark.parametrize(
    ("place", "last"),
    [
        (Place(authority="311", service_area="Safeguarding"), date(2024, 8, 31)),
        (Place(authority="311", service_area="Support", team="New"), date(2025, 3, 31)),
        (Place(authority="311", service_area="Family Help"), None),
        (Place(authority="311"), None),
        (Place(authority="311", service_area="Unallocated"), None),  # no listed team's
    ],
)
def test_a_place_that_no_longer_stands_had_a_last_day(read, place, last):
    assert organisation.ended(read(*RESTRUCTURED), place) == last


def test_authorities_have_names(tmp_path):
    path = tmp_path / "authorities.csv"
    path.write_text("authority,name\n311,Havering\n312, Hillingdon \n", encoding="utf-8")
    assert organisation.names(path) == {"311": "Havering", "312": "Hillingdon"}

    path.write_text("authority,name\n311,Havering\n312,\n311,Hackney\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as refusal:
        organisation.names(path)
    assert str(refusal.value).splitlines() == [
        "authorities.csv line 3: authority and name must both be filled in.",
        "authorities.csv line 4: 311 has its name in line 2 already.",
    ]


def test_every_shipped_team_that_ended_says_who_came_after_or_goes_on_itself():
    teams = organisation.read()
    standing = {team.team_id for team in teams if team.valid_to is None}

    for team in teams:
        if team.valid_to is not None:
            assert (team.successor or team.team_id) in standing
            assert team.valid_to == date(2024, 9, 1)  # the restructure
