"""The ledger of a made-up year's promises, worked by hand in tests/narrative_year.md."""

from datetime import date

import pytest

from kpi import promise_ledger
from kpi.promise_ledger import Ledger, Tally, tally
from kpi.promises import Kind, Outcome
from kpi.store import open_store
from tests import made_up, years
from tests.made_up import ASSESSMENTS, CONFERENCES


def ledger(store, year, day: str = "2025-01-10") -> Ledger:
    return promise_ledger.ledger(
        store, year, authority=made_up.AUTHORITY, day=date.fromisoformat(day)
    )


def rows(book: Ledger) -> list[tuple[str, ...]]:
    """Return the ledger as the table has it."""
    return sorted(
        (
            f"{one.key.month:%Y-%m}",
            one.key.indicator,
            one.key.service_area or years.WHOLE,
            one.what.casefold(),
            one.owner.casefold(),
            str(one.due),
            str(one.outcome),
        )
        for one in book.promises
    )


def expected() -> list[tuple[str, ...]]:
    return sorted(
        (
            row["month"],
            years.IDS[row["about"]],
            row["place"],
            row["promise"].casefold(),
            row["owner"].casefold(),
            row["due"],
            row["came"],
        )
        for row in years.table("ledger")
    )


def test_a_year_comes_to_what_was_worked_by_hand(lived, year):
    assert rows(ledger(lived, year)) == expected()


def test_a_year_in_postgresql_comes_to_the_same(postgresql, year):
    with postgresql.database() as url:
        opened = open_store(url)
        years.play(opened, year)
        assert rows(ledger(opened, year)) == expected()
        opened.engine.dispose()


def test_each_month_and_service_area_comes_to_its_own_part(lived, year):
    book = ledger(lived, year)
    for indicator in (ASSESSMENTS, CONFERENCES):
        for area in ("North", "Old", "New", None):
            for month in year.months:
                mine = [one.outcome for one in book.of(indicator, area) if one.key.month == month]
                wanted = [
                    row[6]
                    for row in expected()
                    if row[:3] == (f"{month:%Y-%m}", indicator, area or years.WHOLE)
                ]
                assert sorted(mine) == sorted(wanted), (indicator, area, month)


def test_plain_loops_over_the_tables_come_to_the_same_tally(lived, year):
    """A second way: actions from what was answered and recoveries from the figures, row by row."""
    came = dict.fromkeys(("open", "kept", "missed", "moved"), 0)
    answers = years.table("answers")
    for row in years.table("ledger"):
        said = [
            answer["says"].split(" ")
            for answer in answers
            if (answer["promise"], answer["due"], answer["place"])
            == (row["promise"], row["due"], row["place"])
            and answer["about"] == row["about"]
            and row["owner"] != "Team manager B"
        ]
        if row["came"] == "moved":
            came["moved"] += 1  # what moves a promise has its own tests
        elif row["promise"] == "Back on target":
            came[_recovered(row)] += 1
        elif said:
            ((_, day),) = said
            came["kept" if day <= row["due"] else "missed"] += 1
        else:
            came["open" if row["due"] >= "2025-01-10" else "missed"] += 1

    assert tally(ledger(lived, year).promises) == Tally(**came)
    assert came == {"open": 3, "kept": 16, "missed": 11, "moved": 5}


def _recovered(row) -> str:
    """Return what came of a recovery, by the table of figures."""
    for figures in years.table("figures"):
        if figures["month"] <= row["month"]:
            continue
        if row["about"] == "conferences":
            cells = [figures["conferences"]]
        elif row["place"] == years.WHOLE:
            cells = [figures["North"], figures["Old"], figures["New"]]
        else:
            cells = [figures[row["place"]]]
        counted = [cell.split(" of ") for cell in cells if " of " in cell]
        target = 90 if row["about"] == "conferences" or figures["month"] >= "2024-04" else 85
        share = counted and 100 * sum(int(n) for n, _ in counted) / sum(
            int(of) for _, of in counted
        )
        if counted and share >= target:
            return "kept"
        if figures["month"] >= row["due"][:7] and (counted or cells == [""]):
            return "missed"
    return "open"


# What is said of some promises: what they are, the day, and the words.
SAID = [
    ("Clear the backlog", "2024-02-20", Outcome.OPEN, "Due in 24 days"),
    ("Clear the backlog", "2024-03-14", Outcome.OPEN, "Due tomorrow"),
    ("Clear the backlog", "2024-03-15", Outcome.OPEN, "Due today"),
    # Nobody had said so yet: what is not known to be kept is missed
    ("Clear the backlog", "2024-03-16", Outcome.MISSED, "Nobody has said that it was done"),
    (
        "Clear the backlog",
        "2024-03-18",
        Outcome.KEPT,
        "Done on 14 March 2024, as Ann said on 18 March 2024: It was done",
    ),
]


@pytest.mark.parametrize(("what", "day", "outcome", "came"), SAID)
def test_an_action_is_open_until_its_day_is_over_and_kept_once_somebody_says_so(
    lived, year, what, day, outcome, came
):
    (one,) = (one for one in ledger(lived, year, day).promises if one.what == what)

    assert (one.outcome, one.came) == (outcome, came)


def find(book: Ledger, what: str, due: str, area: str | None = None):
    """Return the one promise of a place about assessments or conferences that is due on a day."""
    (one,) = (
        one
        for one in book.promises
        if (one.what, str(one.due), one.key.service_area) == (what, due, area)
    )
    return one


def test_what_was_done_after_its_day_stays_missed_and_says_how_late(lived, year):
    one = find(ledger(lived, year), "Weekly check", "2024-04-30", "North")

    assert (one.outcome, one.waits) == (Outcome.MISSED, False)
    assert one.came == ("Done on 2 May 2024, 2 days late, as Ann said on 3 May 2024: It was done")


def test_a_move_is_said_on_both_and_its_history_is_kept(lived, year):
    book = ledger(lived, year)
    first = find(book, "Second reader", "2024-04-12", "Old")
    second = find(book, "Second reader", "2024-04-26", "Old")

    assert (first.outcome, first.came) == (
        Outcome.MOVED,
        "Moved to 26 April 2024: It takes longer",
    )
    assert first.approved_by == "Bob"
    assert second.approved_by == ""  # it was moved between two narratives
    (move,) = second.moves
    assert (move.until, move.due, move.who, move.reason) == (
        date(2024, 4, 10),
        date(2024, 4, 12),
        "Cat",
        "It takes longer",
    )


def test_an_action_that_is_passed_on_says_to_whom(lived, year):
    book = ledger(lived, year)
    (first, second) = (one for one in book.of(ASSESSMENTS, "Old") if one.what == "Cover for leave")

    assert first.came == "Passed on to Head of Assessment: by the narrative of July 2024"
    assert (second.owner, second.moves[0].owner) == ("Head of Assessment", "Team manager")


# What is said of recoveries: place, promised month's end, the day, and the words.
RECOVERIES = [
    (None, "2024-03-31", "2024-03-31", Outcome.OPEN, "The figure of March 2024 decides"),
    (None, "2024-03-31", "2024-04-01", Outcome.KEPT, "On target in March 2024: 85.0%"),
    ("North", "2024-04-30", "2024-04-01", Outcome.KEPT, "On target in March 2024: 90.0%"),
    ("North", "2024-07-31", "2024-07-01", Outcome.OPEN, "The figure of July 2024 decides"),
    ("North", "2024-07-31", "2024-08-01", Outcome.MISSED, "Off target in July 2024: 80.0%"),
    # November was not loaded, and December decides in its place.
    ("North", "2024-11-30", "2024-12-31", Outcome.OPEN, "The figure of November 2024 decides"),
    ("North", "2024-11-30", "2025-01-01", Outcome.KEPT, "On target in December 2024: 90.0%"),
    ("Old", "2024-10-31", "2024-10-31", Outcome.OPEN, "The figure of October 2024 decides"),
    (
        "Old",
        "2024-10-31",
        "2024-11-01",
        Outcome.MISSED,
        "No figure in October 2024: did not exist then",
    ),
]


@pytest.mark.parametrize(("area", "due", "day", "outcome", "came"), RECOVERIES)
def test_a_recovery_is_judged_by_the_figures_of_the_months_that_are_over(
    lived, year, area, due, day, outcome, came
):
    (one,) = (
        one
        for one in ledger(lived, year, day).of(ASSESSMENTS, area)
        if one.kind is Kind.RECOVERY and str(one.due) == due
    )

    assert (one.outcome, one.came) == (outcome, came)
    assert not one.waits  # nobody's word counts against the figures


def test_a_recovery_that_was_put_off_is_moved_though_its_month_came_right_later(lived, year):
    book = ledger(lived, year)
    put_off = find(book, "Back on target", "2024-09-30")
    instead = find(book, "Back on target", "2024-11-30")

    assert (put_off.outcome, put_off.came) == (
        Outcome.MOVED,
        "Moved to 30 November 2024: by the narrative of August 2024",
    )
    assert (instead.outcome, instead.came) == (Outcome.KEPT, "On target in September 2024: 90.0%")
    assert instead.said == "Back on target by November 2024"


def test_what_was_promised_later_is_not_in_an_earlier_days_ledger(lived, year):
    assert ledger(lived, year, "2024-02-05").promises == ()
    assert [one.key.service_area for one in ledger(lived, year, "2024-02-06").promises] == [
        "North",
        "North",
    ]


def test_a_tally_is_of_those_that_have_fallen_due(lived, year):
    assert (
        tally(ledger(lived, year).promises).said
        == "16 of 27 promises that have fallen due were kept"
    )
    assert tally(ledger(lived, year, "2024-02-01").promises).said == "No promise has fallen due yet"
