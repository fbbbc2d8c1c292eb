"""Small packs at random, drawn near the edges where definitions bite.

A pack is a few children, workers and teams over three reporting months. Days lie on the ends of
months, on the limits of every window and on birthdays, or a day beside them; whatever may be blank
sometimes is. Every row keeps its table's contract; rows of several tables need not fit together,
as those of real extracts do not.
"""

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from kpi import calendar, lake
from tests.random_packs import workforce
from tests.random_packs.children import children
from tests.random_packs.days import Months
from tests.random_packs.draws import Row, Rows

CHILDREN = 12
FIRST_MONTHS = [
    date(2024, 8, 1),  # teams end and begin on 1 September
    date(2023, 12, 1),  # Christmas; February has 29 days
    date(2024, 2, 1),  # Easter is on 31 March
    date(2024, 11, 1),  # Christmas
    date(2025, 1, 1),  # February has 28 days
    date(2025, 3, 1),  # Easter is on 20 April
    date(2026, 2, 1),  # those born on 29 February 2008 turn 18
]

KEYS = {
    "allocations": "allocation_id",
    "assessments": "assessment_id",
    "cin_plans": "cin_plan_id",
    "cla_health": "health_event_id",
    "cp_plans": "cp_plan_id",
    "missing_episodes": "missing_id",
    "referrals": "referral_id",
    "reviews_visits": "event_id",
    "s47_icpc": "s47_id",
    "supervision": "supervision_id",
}


@dataclass(frozen=True)
class RandomPack:
    """The reporting months, and every table's rows as a worked case writes them."""

    months: Months
    tables: Rows


@st.composite
def packs(draw: st.DrawFn) -> RandomPack:
    """Draw a pack."""
    first = draw(st.sampled_from(FIRST_MONTHS))
    months = (first, calendar.add_months(first, 1), calendar.add_months(first, 2))
    tables: Rows = {}
    for number, child in enumerate(draw(st.tuples(*[children(months)] * CHILDREN)), 1):
        for table, rows in child.items():
            tables.setdefault(table, []).extend({"child_id": str(number)} | row for row in rows)
    for row in tables.get("supervision", []):
        row["child_id"] = row["child_id"] if row["names_child"] else None
    for worker, rows in zip("123", draw(st.tuples(*[workforce.workers(months)] * 3)), strict=True):
        tables.setdefault("workforce", []).extend({"worker_id": f"w{worker}"} | row for row in rows)
    tables["establishment"] = draw(workforce.posts(months))
    return RandomPack(months, {table: whole(table, rows) for table, rows in tables.items()})


def whole(table: str, rows: list[Row]) -> list[Row]:
    """Return the rows with every column of their table, and the keys they lack.

    The keys are numbers from 8 on, so that as text 10 comes before 9.
    """
    columns = [column.name for column in lake.tables()[table].columns if column.name != "authority"]
    return [
        {name: str(number) if name == KEYS.get(table) else row.get(name) for name in columns}
        for number, row in enumerate(rows, 8)
    ]
