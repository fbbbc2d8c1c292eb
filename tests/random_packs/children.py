"""The children of a pack: what kinds there are, how old they are, and who holds their cases."""

from datetime import date
from functools import cache, partial

from hypothesis import strategies as st

from tests.random_packs import care, front_door, leaving_care, plans
from tests.random_packs.days import Months, after, ago, back, end, near, never, until
from tests.random_packs.draws import TEAMS, WORKERS, Rows, mostly, rows, spells
from tests.second_reading import months_away

ROLES = ["social worker"] * 7 + ["personal adviser"] * 2 + ["family support worker"]


@cache
def children(months: Months) -> st.SearchStrategy[Rows]:
    """Draw one child's rows by table, or none. Each kind lives where some definitions bite."""
    of = partial(child, months)
    kinds = {
        st.just({}): 1,
        of((0, 5), few(front_door.contact(months), 3)): 3,
        of((0, 10), few(plans.protection(months), 2)): 2,
        of((0, 10), few(plans.reviewed_plan(months), 1)): 2,
        of((5, 10), few(plans.need(months), 2)): 1,
        of((17, 5), few(plans.need(months), 1), few(care.moving(months), 1)): 1,
        of((16, 18, 5), few(care.moving(months), 1)): 2,
        of((16, 15, 10), few(care.settled(months), 1)): 3,
        of((16, 17, 18), few(care.nearly_grown_up(months), 1)): 2,
        of((17, 10, 18), few(care.reviewed_care(months), 1)): 3,
        of((5, 5, 17, 10), few(care.healthy(months), 1)): 3,
        of((17, 19, 22, 21), few(leaving_care.extracts(months), 1)): 2,
    }
    drawn = [kind for kind, weight in kinds.items() for _ in range(weight)]
    return st.sampled_from(drawn).flatmap(lambda kind: kind)


def few(drawn: st.SearchStrategy, number: int) -> st.SearchStrategy[list]:
    """Draw up to `number` of them, mostly not none."""
    return mostly(st.lists(drawn, min_size=1, max_size=number), st.just([]))


def child(
    months: Months, ages: tuple[int, ...], *stories: st.SearchStrategy[list[Rows]]
) -> st.SearchStrategy[Rows]:
    """Draw the rows of a child of about such an age, from its stories and who held its case."""
    return st.tuples(
        births(months, ages),
        *stories,
        st.lists(allocations(months), max_size=5),
        st.lists(supervision(months), max_size=2),
    ).map(by_table)


def by_table(drawn: tuple[list[Rows], ...]) -> Rows:
    """Return the rows of several stories as one."""
    tables: Rows = {}
    for story in drawn:
        for part in story:
            for table, found in part.items():
                tables.setdefault(table, []).extend(found)
    return tables


@cache
def births(months: Months, ages: tuple[int, ...]) -> st.SearchStrategy[list[Rows]]:
    """Draw the row of `children`: mostly a birthday near a month's end; sometimes there is none."""
    birthdays = st.tuples(near(months, end), st.sampled_from(ages))
    births = mostly(
        birthdays.map(lambda at: months_away(at[0], -12 * at[1])),
        st.sampled_from([None, *(date(year, 2, 29) for year in (2004, 2008, 2020))]),
    )
    return mostly(rows(dob=births).map(lambda row: [{"children": [row]}]), st.just([]))


@cache
def allocations(months: Months) -> st.SearchStrategy[Rows]:
    """Draw an allocation of a child's case."""
    row = spells(
        near(months, back(12), end, ago(months=36)),
        until(*[never] * 4, after(), after(days=1), or_on=near(months, end, back(12))),
        start="start_date",
        end="end_date",
        role=ROLES,
        worker_id=WORKERS,
        team_id=TEAMS,
    )
    return row.map(lambda row: {"allocations": [row]})


@cache
def supervision(months: Months) -> st.SearchStrategy[Rows]:
    """Draw a supervision; that of a worker may name no child."""
    row = rows(
        worker_id=WORKERS,
        supervision_date=near(months, end, back(2)),
        kind=["case", "case", "personal"],
        names_child=[True, True, False],
    )
    return row.map(lambda row: {"supervision": [row]})
