"""What every part of a pack is drawn with: rows, spells, and the cells that many tables share."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.random_packs.days import Days, Until, on_working

Row = dict[str, Any]
Rows = dict[str, list[Row]]  # by table

# A team of the front door, one that ended in September 2024, one that began then, one that changed
# its service area, one that teams.csv does not list, and none.
TEAMS = ["mash", "safeguarding_1", "intervention_1", "leaving_care", "elsewhere", None]
WORKERS = ["w1", "w2", "w3"] * 2 + [None]
MAYBE = [None, True, False]
RARELY = [False] * 7 + [True]


def rows(**columns: list | st.SearchStrategy) -> st.SearchStrategy[Row]:
    """Draw a row: each column is drawn from a list of cells, or as its strategy says."""
    drawn = [
        st.sampled_from(cells) if isinstance(cells, list) else cells for cells in columns.values()
    ]
    return st.tuples(*drawn).map(lambda values: dict(zip(columns, values, strict=True)))


def mostly(often: st.SearchStrategy, seldom: st.SearchStrategy) -> st.SearchStrategy:
    """Draw one or the other, seven times in eight the first."""
    return st.sampled_from([often] * 7 + [seldom]).flatmap(lambda drawn: drawn)


def spells(starts: Days, ends: st.SearchStrategy[Until], *, start: str, end: str, **columns):
    """Draw a row with a spell's two days."""
    row = rows(**{start: starts, end: ends}, **columns)
    return row.map(lambda drawn: drawn | {end: drawn[end](drawn[start])})


def backwards(ends: Days, lengths: list[int], *, start: str, end: str, **columns):
    """Draw a row with a spell that took so many working days, or a day's difference."""
    row = rows(**{end: ends, start: lengths}, shift=[0, 1, -1], **columns)

    def dated(drawn: Row) -> Row:
        began = on_working(drawn[end], -drawn[start]) + timedelta(drawn["shift"])
        return drawn | {start: min(drawn[end], began)}

    return row.map(dated)
