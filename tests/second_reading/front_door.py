"""Front door: contacts and referrals."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from tests.second_reading.ground import (
    Reading,
    Row,
    Tables,
    by_child,
    counted,
    months_away,
    records,
)


def events(tables: Tables, event_type: str) -> list[Row]:
    """Return the contacts, or the referrals, of all time."""
    return [row for row in records(tables, "referrals") if row.event_type == event_type]


def of_months(events: list[Row], months: list[date]) -> Iterator[tuple[date, Row]]:
    """Return those that fell in one of the months, each with its month."""
    for row in events:
        month = row.event_date.replace(day=1)
        if month in months:
            yield month, row


def contacts(tables: Tables, months: list[date]) -> pd.DataFrame:
    """F01: contacts of the month, one for each child of a family."""
    return counted(
        [
            (month, row.team_id, row.child_id, row.referral_id, 1, None)
            for month, row in of_months(events(tables, "contact"), months)
        ]
    )


def referrals(tables: Tables, months: list[date]) -> pd.DataFrame:
    """F02: referrals of the month."""
    return counted(
        [
            (month, row.team_id, row.child_id, row.referral_id, 1, None)
            for month, row in of_months(events(tables, "referral"), months)
        ]
    )


def re_referrals_within_12_months(tables: Tables, months: list[date]) -> pd.DataFrame:
    """F03: referrals of the month; those with an earlier one in the 12 months before."""
    of_all_time = events(tables, "referral")
    of_child = by_child(of_all_time)
    rows = []
    for month, row in of_months(of_all_time, months):
        a_year_before = months_away(row.event_date, -12)
        again = any(
            a_year_before <= earlier.event_date < row.event_date
            for earlier in of_child[row.child_id]
        )
        rows.append((month, row.team_id, row.child_id, row.referral_id, int(again), 1))
    return counted(rows)


def referrals_closed_no_further_action(tables: Tables, months: list[date]) -> pd.DataFrame:
    """F04: referrals of the month; those closed with no further action. Blank is not closed so."""
    return counted(
        [
            (month, row.team_id, row.child_id, row.referral_id, int(bool(row.nfa)), 1)
            for month, row in of_months(events(tables, "referral"), months)
        ]
    )


READINGS: tuple[Reading, ...] = (
    contacts,
    referrals,
    re_referrals_within_12_months,
    referrals_closed_no_further_action,
)
