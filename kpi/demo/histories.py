"""What becomes of the children, month by month: into care, onto plans, and out again.

In each month as many plans and periods of care start as the course says, and as many end as bring
what is open to the course's number. Siblings are chosen together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.caseload import Caseload
from kpi.demo.courses import Courses
from kpi.demo.days import NEVER, RECORDS_BEGIN, Days, Flags, Rows, WorkingDays, months_from

Moves = tuple[Rows, Days]  # which children, and the day of each
Planned = Mapping[str, int]  # the month's numbers, by figure


@dataclass(frozen=True)
class Histories:
    """Every plan and period of care, as child, start and end; every conference that was held."""

    cp: pd.DataFrame
    cin: pd.DataFrame
    care: pd.DataFrame
    # child, month, held, planned (a plan began), transfer, known (a child in need already)
    conferences: pd.DataFrame
    untouched: Flags  # children who never had a plan and were never in care


def live(
    children: pd.DataFrame,
    assessments: pd.DataFrame,
    courses: Courses,
    working: WorkingDays,
    rng: Generator,
) -> Histories:
    """Return what became of the children up to END.

    assessments: child, referred, began and authorised
    """
    caseload = Caseload(children, assessments, working, rng)
    conferences = []
    for month in months_from("2014-01"):
        planned = {name: round(course[month]) for name, course in courses.items()}
        caseload.turn_to(month)
        went_home = _out_of_care_and_in(caseload, planned)
        opened, held = _conferences(caseload, planned)
        stepped_down = _off_plans_and_on(caseload, opened, planned)
        _in_need_and_closed(caseload, [went_home, stepped_down], planned)
        conferences.append(held.assign(month=month))
    return Histories(
        caseload.cp.table(),
        caseload.cin.table(),
        caseload.care.table(),
        pd.concat(conferences, ignore_index=True),
        caseload.untouched,
    )


# Care


def _out_of_care_and_in(caseload: Caseload, planned: Planned) -> Moves:
    """Let some leave care and others enter it; return who went home to a plan, and when."""
    care, target = caseload.care, planned["in_care"]
    running, long = int(care.running.sum()), caseload.long_in_care()
    long_leaving = max(int(long.sum()) - planned["in_care_long"], 0)
    starts = max(planned["started_care"], target - running + max(long_leaving, 2))
    leaving = caseload.pick(long, long_leaving)
    others, weight = care.running & ~long, _leaves_care(caseload.first - care.since)
    number = running + starts - target - long_leaving
    leaving = np.append(leaving, caseload.pick(others, number, weight))
    care.end(leaving, np.maximum(caseload.days(leaving), care.since[leaving] + 1))
    home = leaving[caseload.some(leaving, 0.35) & caseload.under_18_until(200)[leaving]]

    entering = _entering_care(caseload, starts)
    days = caseload.days(entering)
    days = _in_last_week(caseload, days, planned["started_care_in_last_week"])
    for spells in (caseload.cp, caseload.cin):
        had = spells.running[entering]
        spells.end(entering[had], days[had])
    care.start(entering, days)
    caseload.untouched[entering] = False
    return home, care.ended[home]


def _leaves_care(so_far: Days) -> NDArray[np.float64]:
    return np.select([so_far < 60, so_far < 400], [1.6, 1.0], 0.45)


def _entering_care(caseload: Caseload, starts: int) -> Rows:
    """Return as many children as `starts`: from plans, on their own, back again, or new."""
    care, cp, cin, first = caseload.care, caseload.cp, caseload.cin, caseload.first
    young, recent = caseload.under_18_until(200), caseload.lately_assessed()
    back = (care.ended > first - 900) & (care.ended < first - 40) & ~care.running
    back &= ~cp.running & ~cin.running & (caseload.eighteenth > first + 1100)
    sources = [
        (cp.running & young & (cp.since < first - 20), 0.33),
        (cin.running & young & (cin.since < first - 20), 0.17),
        # Teenagers on their own, such as those who come to seek asylum
        (recent & caseload.alone & (caseload.eighteenth < first + 1150), 0.24),
        (back, 0.05),
        (recent & young, 1.0),
    ]
    entering: Rows = np.empty(0, int)
    for which, share in sources:
        which[entering] = False
        number = min(int(caseload.rng.binomial(starts, share)), starts - len(entering))
        entering = np.concatenate([entering, caseload.pick(which, number)])
    return entering


def _in_last_week(caseload: Caseload, days: Days, number: int) -> Days:
    """Return the days with `number` of them in the month's last week; as they are if below 0."""
    if number < 0:
        return days
    quiet = caseload.last - 9
    days = np.where(days > quiet, quiet - (caseload.last - days), days)
    days[len(days) - number :] = caseload.last - 2
    return days


# Conferences and child protection plans


def _conferences(caseload: Caseload, planned: Planned) -> tuple[Moves, pd.DataFrame]:
    """Return who begins a plan and when, and the month's conferences, also those without a plan."""
    opened, moved_in = _beginning_plans(caseload, planned)
    planless = caseload.lately_assessed() | caseload.may_step_up()
    planless &= caseload.conferred < caseload.first - 200
    planless[opened] = False
    number = planned["conferences"] - len(opened) + int(moved_in.sum())
    child = np.concatenate([opened, caseload.pick(planless, number)])
    held = caseload.days(child)
    caseload.conferred[child] = held
    transfer = np.append(moved_in, np.zeros(len(child) - len(opened), bool))
    planned_then = np.arange(len(child)) < len(opened)
    columns = {"child": child, "held": held, "planned": planned_then, "transfer": transfer}
    conferences = pd.DataFrame(columns | {"known": caseload.cin.running[child]})
    return (opened, held[: len(opened)]), conferences


def _beginning_plans(caseload: Caseload, planned: Planned) -> tuple[Rows, Flags]:
    """Return who begins a plan, and which of them came from another authority with theirs."""
    cp, first, last = caseload.cp, caseload.first, caseload.last
    starts = max(planned["plans_started"], planned["plans"] - cp.running.sum())
    transfers = max(planned["plans_moved_in"], 0)
    can_step_up, assessed = caseload.may_step_up(), caseload.lately_assessed()
    twice = can_step_up & (cp.ended < first - 45) & (cp.ended > last - 700)
    repeats = caseload.pick(twice, planned["plans_repeated"])
    never, long_ago = cp.ended == NEVER, (cp.ended < first - 745) & (cp.ended > RECORDS_BEGIN)
    wanted = planned["plans_repeated_ever"] - len(repeats)
    up_again = caseload.pick(can_step_up & long_ago, wanted // 2)
    wanted -= len(up_again)
    again = caseload.pick(caseload.lately_assessed(within=240) & long_ago, wanted)
    number = planned["plans_stepped_up"] - len(repeats) - len(up_again)
    up = caseload.pick(can_step_up & never, number)
    unborn = caseload.untouched & (caseload.dob > first) & (caseload.dob < last + 150)
    unborn &= (caseload.began < first) & (caseload.began > first - 120)
    number = starts - len(repeats) - len(up_again) - len(again) - len(up)
    new = caseload.pick((assessed & never) | unborn, number)
    opened = np.concatenate([repeats, up_again, up, again, new])
    moved_in = np.arange(len(opened)) >= len(opened) - min(transfers, len(new))
    return opened, moved_in


def _off_plans_and_on(caseload: Caseload, opened: Moves, planned: Planned) -> Moves:
    """Let some plans end and those `opened` begin; return whose stepped down to in need, and when.

    A plan does not end in the month in which it began.
    """
    cp, cin = caseload.cp, caseload.cin
    child, held = opened
    number = cp.running.sum() + len(child) - planned["plans"]
    ending = _ending_plans(caseload, number, planned)
    days = caseload.days(ending)
    cp.end(ending, days)
    down = caseload.some(ending, 0.68) & caseload.under_18_until(60)[ending]
    stepping_up = cin.running[child]
    cin.end(child[stepping_up], held[stepping_up])
    cp.start(child, held)
    caseload.untouched[child] = False
    return ending[down], days[down]


def _ending_plans(caseload: Caseload, number: int, planned: Planned) -> Rows:
    """Return the children whose plans end: a few after two years, and more just before them."""
    cp = caseload.cp
    so_far = caseload.first - cp.since
    before = cp.running & (so_far > 0)
    long, nearly = before & (so_far >= 729), before & (so_far >= 667)
    near = nearly & (so_far < 698)  # two years in the next month, and none yet at this month's end
    too_long = caseload.pick(long, min(planned["plans_ended_after_2_years"], number))
    excess = int(nearly.sum()) - len(too_long) - planned["plans_open_2_years"]
    in_time = caseload.pick(near, min(excess, number - len(too_long)))
    others = number - len(too_long) - len(in_time)
    usual = caseload.pick(before & ~nearly, others, _ends_plan(so_far))
    return np.concatenate([too_long, in_time, usual])


def _ends_plan(so_far: Days) -> NDArray[np.float64]:
    return np.select([so_far < 75, so_far < 200, so_far < 400], [0.03, 0.7, 1.1], 0.1)


# Children in need


def _in_need_and_closed(caseload: Caseload, arrivals: list[Moves], planned: Planned) -> None:
    """Begin plans for `arrivals` from care and protection and for the assessed; close others."""
    cin, first = caseload.cin, caseload.first
    before = cin.running & (cin.since < first)
    for child, days in arrivals:
        free = ~caseload.cp.running[child]
        cin.start(child[free], days[free])
    number = max(planned["cin_started"], planned["children_in_need"] - cin.running.sum())
    done = caseload.nothing_since() & caseload.may_have_a_plan()
    done &= (caseload.authorised >= first) & (caseload.authorised <= caseload.last)
    assessed = caseload.pick(done, number)
    cin.start(assessed, caseload.authorised[assessed])
    caseload.untouched[assessed] = False
    number = cin.running.sum() - planned["children_in_need"]
    closing = caseload.pick(before, number, _ends_cin(first - cin.since))
    cin.end(closing, caseload.days(closing))


def _ends_cin(so_far: Days) -> NDArray[np.float64]:
    return np.select([so_far < 40, so_far < 300], [0.1, 1.0], 2.0)
