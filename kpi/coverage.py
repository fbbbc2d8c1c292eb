"""Which months an indicator can be counted for, and why not the others.

A month with no load, a month loaded with no rows, and a month in which nothing happened are three
different things. This module tells the first two; the third is a denominator of zero.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpi import lake, measures, sources
from kpi.catalogue import Indicator
from kpi.lake import Standing


class State(StrEnum):
    """What a month holds for an indicator, best first; said where there is no value."""

    COUNTED = "counted"
    EMPTY = "no rows in the extract"
    NOT_LOADED = "not loaded"
    NOT_CARRIED = "not in this extract"


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What each reporting month holds for one indicator in one authority."""

    indicator: str
    authority: str
    states: dict[date, State]
    notes: tuple[str, ...]  # what a reader should know about where the figures come from


def build(
    indicator: Indicator,
    *,
    authority: str,
    months: Sequence[date],
    standing: Sequence[Standing],
    empty: Collection[tuple[str, date | None]],
) -> Coverage:
    """Return the coverage of `indicator`: in each month, the worst of the tables that it reads.

    `standing` is what publishing takes of this authority's loads. `empty` names what has no row:
    a history table with None, a state table with each month in which it has none.
    """
    states = dict.fromkeys(months, State.COUNTED)
    notes = []
    for table in sorted(measures.tables_read(indicator) & lake.tables().keys()):
        taken = [one for one in standing if one.load.table == table]
        for month in months:
            found = [_state(indicator, one, month) for one in taken]
            state = min(found, key=_rank, default=State.NOT_CARRIED)
            if state is State.COUNTED and {(table, None), (table, month)} & set(empty):
                state = State.EMPTY
            states[month] = max(states[month], state, key=_rank)
        for one in taken:
            carries = (sources.carries(one.load.source) or {}).get(indicator.id)
            if carries and carries.note:
                notes.append(carries.note)
    return Coverage(
        indicator=indicator.id,
        authority=authority,
        states=states,
        notes=tuple(dict.fromkeys(notes)),
    )


def _state(indicator: Indicator, taken: Standing, month: date) -> State:
    """Return what one load brings for one month."""
    carried = sources.carries(taken.load.source)
    if carried is not None:
        if indicator.id not in carried:
            return State.NOT_CARRIED
        if not carried[indicator.id].reaches(month, taken.load.extract_month):
            return State.NOT_CARRIED
    reached = month in taken.months if taken.months else month <= taken.load.extract_month
    return State.COUNTED if reached else State.NOT_LOADED


def _rank(state: State) -> int:
    return list(State).index(state)
