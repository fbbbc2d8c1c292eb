"""Contacts and referrals, assessments, and section 47 enquiries with their conferences."""

from functools import cache

from hypothesis import strategies as st

from tests.random_packs.days import Months, ago, busy, end, near, never, until
from tests.random_packs.draws import MAYBE, RARELY, TEAMS, Row, Rows, backwards, rows, spells


@cache
def contact(months: Months) -> st.SearchStrategy[Rows]:
    """Draw referrals, assessments and enquiries of one child."""
    return rows(
        referrals=st.lists(referrals(months), max_size=2).map(flat),
        assessments=st.lists(assessments(months), max_size=2),
        s47_icpc=st.lists(enquiries(months), max_size=2),
    )


def flat(lists: list[list[Row]]) -> list[Row]:
    """Return the rows of several lists as one."""
    return [row for rows in lists for row in rows]


@cache
def referrals(months: Months) -> st.SearchStrategy[list[Row]]:
    """Draw a contact or referral, and perhaps an earlier one."""
    of_type = ["referral"] * 3 + ["contact"]
    year_before = [ago(months=12, days=days) for days in (0, 1, -1)]
    others = [None, *year_before, ago(), ago(days=1)]
    first = rows(event_type=of_type, event_date=near(months, end), nfa=MAYBE, team_id=TEAMS)
    other = st.tuples(st.sampled_from(others), rows(event_type=of_type, nfa=MAYBE, team_id=TEAMS))

    def both(drawn: tuple) -> list[Row]:
        row, (look, earlier) = drawn
        return [row] if look is None else [row, earlier | {"event_date": look(row["event_date"])}]

    return st.tuples(first, other).map(both)


@cache
def assessments(months: Months) -> st.SearchStrategy[Row]:
    """Draw an assessment, finished or open, about as long as one may take."""
    facts = {
        "status": ["current"] * 5 + ["draft", "cancelled"],
        "child_seen": ["Y", "Y", "N", "U", None],
        "outcome_csc_support": MAYBE,
        "team_id": TEAMS,
    }
    lengths = [0, 45, 46, 44, 90]
    return st.one_of(
        backwards(busy(months), lengths, start="start_date", end="authorised_date", **facts),
        spells(
            near(months, ago(working_days=45), ago(working_days=46)),
            until(never, or_on=near(months, end)),
            start="start_date",
            end="authorised_date",
            **facts,
        ),
    )


@cache
def enquiries(months: Months) -> st.SearchStrategy[Row]:
    """Draw a section 47 enquiry with or without a conference, or with one that came before it."""
    facts = {"icpc_outcome_cp": MAYBE, "transfer_in": RARELY, "team_id": TEAMS}
    held = backwards(busy(months), [15, 16, 0, 14], start="strategy_date", end="icpc_date", **facts)
    apart = rows(strategy_date=near(months, end), icpc_date=st.none() | near(months, end), **facts)
    return held | apart
