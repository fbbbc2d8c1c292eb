"""Health checks of children in care: dentists, health assessments, questionnaires.

Checks that fall due are missed through the summer and the autumn and caught up from January to
March: the courses of the shares checked in the last 12 months fall and rise so. Whoever is seen in
those months is seen again half a year later, and falls due the summer after.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.days import END, LAST, NEVER, Days, Flags, WorkingDays, month_of
from kpi.demo.in_care import InCare

ENTRY = 28  # days in which a child who comes into care has the first health assessment


@dataclass(frozen=True)
class Kind:
    """One kind of check: for whom it counts, and how often they need it."""

    event_type: str
    low: int = 0  # the ages it is for: from `low` to below `below`
    below: int = 18
    twice_below: int = 0  # the age below which two are needed in a year
    on_entry: float = 0.0  # the share of children who have one as they come into care


DENTAL = Kind("DENTAL")
HEALTH_ASSESSMENT = Kind("HEALTH_ASSESSMENT", twice_below=5, on_entry=0.85)
SDQ = Kind("SDQ", low=5, below=17)


def checked(
    kind: Kind,
    month_ends: list[InCare],
    share: NDArray[np.float64],
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return child_id, event_type, event_date and status of every check, held or not.

    At each month's end a `share` of those in care for a year have had what they need since the
    month a year before, as nearly as the checks of the months before allow.
    """
    before, last = _earlier(kind, month_ends[0], share, rng)
    parts = []
    for here in month_ends:
        child = here.child
        owed = here.a_year & here.aged(kind.low, kind.below)
        twice = here.aged(0, kind.twice_below)
        done = np.where(twice, before[child], last[child]) > here.year_ago
        overdue = owed & ~done
        one_short = overdue & (~twice | (last[child] > here.year_ago))
        wanted = round(share[here.month] * owed.sum()) - int((owed & done).sum())
        now = here.next(one_short, wanted)
        now |= ~one_short & here.aged(kind.low, kind.below) & _in_turn(kind, here, last, rng)
        days = here.days(now, working, rng)
        before[child[now]], last[child[now]] = last[child[now]], days
        parts.append((child[now], days, np.full(len(days), "Completed", object)))
        not_held, status = _not_held(here, overdue & ~now, rng)
        parts.append((child[not_held], here.days(not_held, working, rng), status))
    columns = (np.concatenate(part) for part in zip(*parts, strict=True))
    rows = pd.DataFrame(dict(zip(("child_id", "event_date", "status"), columns, strict=True)))
    return rows.assign(event_type=kind.event_type)


def _earlier(kind: Kind, first: InCare, share: NDArray, rng: Generator) -> tuple[Days, Days]:
    """Return the days of every child's last check but one and of the last, before all records."""
    before, last = (np.full(len(first.dob), NEVER) for _ in range(2))
    seen = first.child[rng.random(len(first.child)) < share[first.month]]
    last[seen] = LAST[first.month - 1] - rng.integers(0, 365, len(seen))
    before[seen] = last[seen] - 182
    return before, last


def _in_turn(kind: Kind, here: InCare, last: Days, rng: Generator) -> Flags:
    """Return who has one for another reason than being late: half a year on, or just come."""
    ago = here.last - last[here.child]
    summer = here.month % 12 >= 3  # MONTHS begin with a January
    in_winter = month_of(last[here.child]) % 12 < 3
    again = summer & in_winter & (ago > 150) & (ago < 330) & here.some(0.28, rng)
    young = here.aged(0, kind.twice_below) & (ago > 165) & here.some(0.6, rng)
    just_come = (here.last - here.since < ENTRY) & here.some(kind.on_entry, rng)
    settling = ~here.a_year & (ago > 300) & here.some(0.05, rng)
    return again | young | just_come | settling


def _not_held(here: InCare, overdue: Flags, rng: Generator) -> tuple[Flags, NDArray]:
    """Return for whom a check was to be and was not, and what became of it: teenagers say no."""
    draw = rng.random(len(overdue))
    refused = draw < np.where(here.aged(13, 18), 0.05, 0.004)
    cancelled = ~refused & (draw < 0.06)
    planned = ~refused & (draw > 0.8) & (here.last == END)
    which = overdue & (refused | cancelled | planned)
    return which, np.select([refused, cancelled], ["Refused", "Cancelled"], "Planned")[which]
