"""The list of promises: what is done about them first, in the words of the page and of the file."""

from datetime import date

import pytest

from kpi import promise_ledger, promise_list
from kpi.promise_list import HEADS, Choice, Group, PromiseList, Which
from tests import made_up


def listed(lived, year, day: str = "2024-08-20", **choice) -> PromiseList:
    """Return the list of the made-up year's promises, in tests/narrative_year.md, as of a day."""
    book = promise_ledger.ledger(
        lived, year, authority=made_up.AUTHORITY, day=date.fromisoformat(day)
    )
    return promise_list.build(book, year.indicators, choice=Choice(**choice))


def lines(found: PromiseList, group: Group) -> list[tuple[str, str, str]]:
    return [(one.promise.what, one.place, one.due) for one in found.groups.get(group, [])]


def test_what_is_overdue_comes_first_then_what_falls_due_then_what_is_open(lived, year):
    found = listed(lived, year)

    assert list(found.groups) == list(Group)
    assert lines(found, Group.OVERDUE) == [
        ("Weekly check", "North", "29 February 2024"),
        ("Book chairs", "All Starting Well", "31 March 2024"),
        ("Review every case", "North", "12 July 2024"),
    ]
    assert sorted(lines(found, Group.SOON)) == [  # from 20 August until 3 September
        ("Back on target", "All Starting Well", "August 2024"),  # of conferences
        ("Back on target", "North", "August 2024"),
        ("Cover for leave", "Old", "30 August 2024"),
        ("Look at rotas", "All Starting Well", "30 August 2024"),
        ("Review every case", "North", "23 August 2024"),
    ]
    assert sorted(lines(found, Group.OPEN)) == [
        ("Back on target", "All Starting Well", "September 2024"),
        ("Back on target", "Old", "October 2024"),
        ("Chairs on call", "All Starting Well", "30 September 2024"),
    ]
    ended = [one.promise.due for one in found.groups[Group.ENDED]]
    assert ended == sorted(ended, reverse=True)
    assert (found.overdue, found.soon) == (3, 5)


def test_within_a_group_the_earliest_due_comes_first(lived, year):
    for group in (Group.OVERDUE, Group.SOON, Group.OPEN):
        due = [one.promise.due for one in listed(lived, year).groups[group]]
        assert due == sorted(due)


@pytest.mark.parametrize(
    ("which", "count"),  # of the ledger of 10 January 2025, which has 35
    [
        (Which.EVERY, 35),
        (Which.DUE, 7),  # nobody has said anything of seven, and none falls due in two weeks
        (Which.OPEN, 3),
        (Which.KEPT, 16),
        (Which.MISSED, 11),
        (Which.MOVED, 5),
    ],
)
def test_the_list_can_be_chosen_by_what_came_of_it(lived, year, which, count):
    found = listed(lived, year, "2025-01-10", which=which)

    assert len(found.lines) == count
    assert found.said == f"{count} of 35 promises · {which.said}"
    assert found.tally.kept == 16  # of every one, whatever is shown


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("", 35),
        ("weekly", 2),  # the promise
        ("team MANAGER b", 2),  # the owner, in either case
        ("conferences", 10),  # the indicator's name
        ("OLD cover", 2),  # the place and the promise
        ("unicorns", 0),
    ],
)
def test_words_are_looked_for_in_promise_owner_indicator_and_place(lived, year, words, count):
    assert len(listed(lived, year, "2025-01-10", words=words).lines) == count


def test_the_file_has_each_promise_in_the_words_of_the_page(lived, year):
    moved = listed(lived, year, "2025-01-10", words="second reader")
    (after, before) = (dict(zip(HEADS, line.cells, strict=True)) for line in moved.lines)

    assert before == {
        "Promise": "Second reader",
        "Indicator": "Assessments within 45 days",
        "Place": "Old",
        "Owner": "Team manager",
        "Due": "12 April 2024",
        "State": "Moved",
        "What came of it": "Moved to 26 April 2024: It takes longer",
        "Moved": "",
        "Narrative of": "February 2024",
        "Promised by": "Cat",
        "Approved by": "Bob",
    }
    assert (after["State"], after["Due"], after["Approved by"]) == ("Kept", "26 April 2024", "")
    assert after["Moved"] == (
        "Moved from 12 April 2024 to 26 April 2024 on 10 April 2024 by Cat: It takes longer"
    )


def test_what_was_passed_on_says_from_whom_and_to_whom(lived, year):
    (last,) = (
        line
        for line in listed(lived, year, "2025-01-10", words="cover for leave").lines
        if line.moves
    )

    assert last.moves == [
        "Passed on by Team manager to Head of Assessment on 7 August 2024 by Cat, by a later "
        "narrative"
    ]


def test_a_promise_about_a_figure_that_is_no_longer_counted_is_still_listed(lived, year):
    book = promise_ledger.ledger(lived, year, authority=made_up.AUTHORITY)
    found = promise_list.build(book, {}, choice=Choice())

    assert len(found.lines) == 35
    assert {line.about for line in found.lines} == set(year.indicators)
