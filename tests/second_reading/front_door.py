"""Front door: contacts and referrals."""

from datetime import date

import pandas as pd

from tests.second_reading.ground import (
    Reading,
    Tables,
    by_child,
    counted,
    months_away,
    records,
)


def re_referrals_within_12_months(tables: Tables, months: list[date]) -> pd.DataFrame:
    """F03: referrals of the month; those with an earlier one in the 12 months before."""
    referrals = [row for row in records(tables, "referrals") if row.event_type == "referral"]
    of_child = by_child(referrals)
    rows = []
    for referral in referrals:
        day = referral.event_date
        month = day.replace(day=1)
        if month in months:
            a_year_before = months_away(day, -12)
            again = any(
                a_year_before <= earlier.event_date < day for earlier in of_child[referral.child_id]
            )
            rows.append(
                (month, referral.team_id, referral.child_id, referral.referral_id, int(again), 1)
            )
    return counted(rows)


READINGS: tuple[Reading, ...] = (re_referrals_within_12_months,)
