"""Workers, and the posts that teams have, as the extracts of several months say."""

from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from tests.random_packs.days import Months, ago, back, end, near, never, until
from tests.random_packs.draws import TEAMS, Row, rows, spells


@cache
def workers(months: Months) -> st.SearchStrategy[list[Row]]:
    """Draw a worker's rows, one an extract."""
    row = spells(
        near(months, ago(months=36), end),
        until(*[never] * 3, or_on=near(months, end, back(12))),
        start="start_date",
        end="leave_date",
        extract_date=near(months, end),
        role=["social worker"] * 5 + ["personal adviser"],
        team_id=TEAMS,
        fte=[Decimal("1.00"), Decimal("0.50"), Decimal("0.33")],
        agency=[False, False, True],
        case_holding=[True, True, True, False],
        absence_days=[None, *map(Decimal, ("0.0", "2.5", "10.0"))],
    )
    return st.lists(row, max_size=4, unique_by=lambda row: row["extract_date"])


@cache
def posts(months: Months) -> st.SearchStrategy[list[Row]]:
    """Draw the posts of teams, one row a team and extract."""
    row = rows(
        team_id=TEAMS[:-1],
        extract_date=near(months, end),
        posts_fte=[Decimal("1.00"), Decimal("2.50"), Decimal("0.00"), Decimal("0.25")],
    )
    key = lambda row: (row["team_id"], row["extract_date"])  # noqa: E731
    return st.lists(row, max_size=6, unique_by=key)
