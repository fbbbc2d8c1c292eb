"""Small packs at random, drawn near the edges where definitions bite.

A pack is a few children, workers and teams over three reporting months. Days lie on the ends of
months, on the limits of every window and on birthdays, or a day beside them; whatever may be blank
sometimes is. Every row keeps its table's contract; rows of several tables need not fit together,
as those of real extracts do not.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st

from kpi import calendar, lake
from tests.second_reading import months_away

Row = dict[str, Any]
Rows = dict[str, list[Row]]  # by table
Months = tuple[date, ...]
Days = st.SearchStrategy[date]
Look = Callable[[date], date]  # from a month's end to the limit of a window
Until = Callable[[date], date | None]  # from a spell's first day to its end

FIRST_MONTHS = [
    date(2024, 8, 1),  # teams end and begin on 1 September
    date(2023, 12, 1),  # Christmas; February has 29 days
    date(2024, 2, 1),  # Easter is on 31 March
    date(2024, 11, 1),  # Christmas
    date(2025, 1, 1),  # February has 28 days
    date(2025, 3, 1),  # Easter is on 20 April
    date(2026, 2, 1),  # those born on 29 February 2008 turn 18
]

HOLIDAYS = [np.datetime64(day) for day in calendar.bank_holidays()]
WORKING_WEEK = np.busdaycalendar(holidays=HOLIDAYS)

# A team of the front door, one that ended in September 2024, one that began then, one that changed
# its service area, one that teams.csv does not list, and none.
TEAMS = ["mash", "safeguarding_1", "intervention_1", "leaving_care", "elsewhere", None]
WORKING = [kind + number for kind in "FP" for number in "1245"]
WORKERS = ["w1", "w2", "w3"] * 2 + [None]
ROLES = ["social worker"] * 7 + ["personal adviser"] * 2 + ["family support worker"]
CHILDREN = 12
MAYBE = [None, True, False]
RARELY = [False] * 7 + [True]


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
    for worker, rows in zip("123", draw(st.tuples(*[workforce(months)] * 3)), strict=True):
        tables.setdefault("workforce", []).extend({"worker_id": f"w{worker}"} | row for row in rows)
    tables["establishment"] = draw(establishment(months))
    return RandomPack(months, {table: whole(table, rows) for table, rows in tables.items()})


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


def whole(table: str, rows: list[Row]) -> list[Row]:
    """Return the rows with every column of their table, and the keys they lack.

    The keys are numbers from 8 on, so that as text 10 comes before 9.
    """
    columns = [column.name for column in lake.tables()[table].columns if column.name != "authority"]
    return [
        {name: str(number) if name == KEYS.get(table) else row.get(name) for name in columns}
        for number, row in enumerate(rows, 8)
    ]


# Days


def end(month_end: date) -> date:
    return month_end


def back(months: int) -> Look:
    """Return a look at the last day of the month that lies `months` back."""
    return lambda month_end: calendar.month_end(
        calendar.add_months(month_end.replace(day=1), -months)
    )


def ago(*, months: int = 0, days: int = 0, working_days: int = 0) -> Look:
    """Return a look at the day that lies so far back."""
    return lambda day: months_away(on_working(day, -working_days), -months) - timedelta(days)


def on_working(day: date, number: int) -> date:
    """Return the day `number` working days on, or back."""
    if not number:
        return day
    return np.busday_offset(day, number, roll="backward", busdaycal=WORKING_WEEK).item()


@cache
def near(months: Months, *looks: Look, beside: tuple[int, ...] = (0, 1, -1)) -> Days:
    """Draw a day at which `looks` look from the months' ends, or a day beside it."""
    days = [
        look(calendar.month_end(month)) + timedelta(shift)
        for shift in beside
        for month in months
        for look in looks
    ]
    return st.sampled_from(list(dict.fromkeys(days)))


def after(*, months: int = 0, days: int = 0, working_days: int = 0) -> Until:
    """Return the end of a spell as long as that."""
    return lambda start: months_away(on_working(start, working_days), months) + timedelta(days)


def never(start: date) -> None:
    """Return no end: the spell is open."""


def until(*ends: Until, or_on: Days) -> st.SearchStrategy[Until]:
    """Draw the end of a spell: one of `ends`, or a day of `or_on` that is not before it."""
    fixed = or_on.map(lambda day: lambda start: max(start, day))
    return st.sampled_from(ends) | fixed


def spells(starts: Days, ends: st.SearchStrategy[Until], *, start: str, end: str, **columns):
    """Draw a row with a spell's two days."""
    row = rows(**{start: starts, end: ends}, **columns)
    return row.map(lambda drawn: drawn | {end: drawn[end](drawn[start])})


def rows(**columns: list | st.SearchStrategy) -> st.SearchStrategy[Row]:
    """Draw a row: each column is drawn from a list of cells, or as its strategy says."""
    drawn = [
        st.sampled_from(cells) if isinstance(cells, list) else cells for cells in columns.values()
    ]
    return st.tuples(*drawn).map(lambda values: dict(zip(columns, values, strict=True)))


def mostly(often: st.SearchStrategy, seldom: st.SearchStrategy) -> st.SearchStrategy:
    """Draw one or the other, seven times in eight the first."""
    return st.sampled_from([often] * 7 + [seldom]).flatmap(lambda drawn: drawn)


# Children


@cache
def children(months: Months) -> st.SearchStrategy[Rows]:
    """Draw one child's rows by table, or none. Each kind lives where some definitions bite."""
    kinds = [
        st.just({}),
        *[child(months, ages=(0, 5), front_door=few(front_door(months), 3))] * 2,
        *[child(months, ages=(0, 10), protection=few(protection(months), 2))] * 2,
        *[child(months, ages=(0, 10), reviewed=few(reviewed_plan(months), 1))] * 2,
        child(months, ages=(5, 10), need=few(need(months), 2)),
        *[child(months, ages=(16, 18, 5), care=few(moving(months), 1))] * 2,
        *[child(months, ages=(16, 15, 10), care=few(settled(months), 1))] * 3,
        *[child(months, ages=(16, 17, 18), care=few(nearly_grown_up(months), 1))] * 2,
        *[child(months, ages=(17, 10, 18), care=few(reviewed_care(months), 1))] * 3,
        *[child(months, ages=(5, 5, 17, 10), care=few(healthy(months), 1))] * 3,
        *[child(months, ages=(17, 19, 22, 21), leaving_care=few(leaving_care(months), 1))] * 2,
        child(months, ages=(17, 5), need=few(need(months), 1), care=few(moving(months), 1)),
    ]
    return st.sampled_from(kinds).flatmap(lambda kind: kind)


def few(drawn: st.SearchStrategy, number: int) -> st.SearchStrategy[list]:
    """Draw up to `number` of them, mostly not none."""
    return mostly(st.lists(drawn, min_size=1, max_size=number), st.just([]))


def child(
    months: Months, *, ages: tuple[int, ...], **stories: st.SearchStrategy[list[Rows]]
) -> st.SearchStrategy[Rows]:
    """Draw the rows of a child of about such an age, from its stories and who held its case."""
    return st.tuples(
        births(months, ages),
        *stories.values(),
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


# Front door, assessment and section 47


@cache
def front_door(months: Months) -> st.SearchStrategy[Rows]:
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
        backwards(near(months, end), lengths, start="start_date", end="authorised_date", **facts),
        spells(
            near(months, ago(working_days=45), ago(working_days=46)),
            until(never, or_on=near(months, end)),
            start="start_date",
            end="authorised_date",
            **facts,
        ),
    )


def backwards(ends: Days, lengths: list[int], *, start: str, end: str, **columns):
    """Draw a row with a spell that took so many working days, or a day's difference."""
    row = rows(**{end: ends, start: lengths}, shift=[0, 1, -1], **columns)

    def dated(drawn: Row) -> Row:
        began = on_working(drawn[end], -drawn[start]) + timedelta(drawn["shift"])
        return drawn | {start: min(drawn[end], began)}

    return row.map(dated)


@cache
def enquiries(months: Months) -> st.SearchStrategy[Row]:
    """Draw a section 47 enquiry with or without a conference, or with one that came before it."""
    facts = {"icpc_outcome_cp": MAYBE, "transfer_in": RARELY, "team_id": TEAMS}
    held = backwards(
        near(months, end), [15, 16, 0, 14], start="strategy_date", end="icpc_date", **facts
    )
    apart = rows(strategy_date=near(months, end), icpc_date=st.none() | near(months, end), **facts)
    return held | apart


# Plans, and the reviews and visits that are held under them


def events(months: Months, cohort: str, kind: str, dues: tuple[Until, ...], *looks: Look):
    """Draw reviews or visits of a plan: mostly about when they are due, or near where `looks` look.

    `dues` says when the first is due, the second and so on, each counted from the one before; the
    last of them stands for the rest.
    """
    days_late = [0] * 10 + [-1, -1, 1] if dues else []
    counted = st.sampled_from([*days_late, after(), after(days=-1), never])
    day = near(months, *looks)
    event = rows(
        cohort=[cohort] * 20 + ["CIN", "CP", "CLA"],
        event_kind=[kind] * 20 + ["REVIEW", "VISIT", "CORE_GROUP", "RHI"],
        when=mostly(counted, day) if dues else mostly(day, counted),
        cancelled=RARELY,
    )

    def held(drawn: list[Row]) -> Callable[[date], list[Row]]:
        return lambda start: list(dated(start, drawn))

    def dated(start: date, drawn: list[Row]) -> Iterator[Row]:
        for number, row in enumerate(drawn):
            when = row["when"]
            if isinstance(when, int):
                day = dues[min(number, len(dues) - 1)](start) + timedelta(when)
            else:
                day = when if isinstance(when, date) else when(start)
            yield row | {"event_date": day}
            start = day or start

    return st.lists(event, max_size=5).map(held)


SIX_MONTHLY = (after(months=3), after(months=6))


@cache
def protection(months: Months) -> st.SearchStrategy[Rows]:
    """Draw a protection plan, and what may have come before it."""
    plan = spells(
        near(months, end, end, back(24)),
        until(
            *[never] * 2,
            *(after(days=days) for days in (0, 1, 727, 728, 729)),
            or_on=near(months, end),
        ),
        start="start_date",
        end="end_date",
        ola_plan=RARELY,
    )
    two_years = [ago(months=24, days=days) for days in (0, 1, -1)]
    day_before, day_after = ago(days=1), ago(days=-1)
    before = rows(
        # How an earlier plan ended: on this day, or not at all; and when it began.
        plan_end=[None, never, ago(), day_before, day_after, *two_years],
        plan_start=[ago(months=36), ago(), ago(days=800)],
        ola_plan=RARELY,
        # The same of a child in need plan.
        need_end=[None, never, ago(), day_before, day_after],
        need_start=[ago(days=90), ago(), day_before],
    )

    def both(drawn: tuple[Row, Row]) -> Rows:
        plan, before = drawn
        start = plan["start_date"]
        plans, need = [plan], []
        if before["plan_end"]:
            plans.append(earlier(start, before["plan_start"], before["plan_end"]))
            plans[-1]["ola_plan"] = before["ola_plan"]
        if before["need_end"]:
            need.append(earlier(start, before["need_start"], before["need_end"]))
        return {"cp_plans": plans, "cin_plans": need}

    return st.tuples(plan, before).map(both)


def earlier(start: date, from_day: Look, to_day: Until) -> Row:
    """Return a spell that began and ended so long before `start`."""
    ended = to_day(start)
    began = from_day(start) if ended is None else min(from_day(start), ended)
    return {"start_date": began, "end_date": ended}


@cache
def reviewed_plan(months: Months) -> st.SearchStrategy[Rows]:
    """Draw a protection plan with its reviews and visits."""
    return rows(
        plan=spells(
            near(months, back(3), *(ago(months=number) for number in (3, 9, 15)), end),
            until(*[never] * 5, or_on=near(months, end)),
            start="start_date",
            end="end_date",
            ola_plan=RARELY,
        ),
        reviews=events(months, "CP", "REVIEW", SIX_MONTHLY, end, ago(months=3), ago(months=6)),
        visits=events(months, "CP", "VISIT", (), end, *[ago(working_days=10)] * 3),
    ).map(lambda drawn: with_events("cp_plans", drawn))


@cache
def need(months: Months) -> st.SearchStrategy[Rows]:
    """Draw a child in need plan with its reviews."""
    return rows(
        plan=spells(
            near(months, back(3), end),
            until(*[never] * 4, after(), or_on=near(months, end)),
            start="start_date",
            end="end_date",
        ),
        reviews=events(months, "CIN", "REVIEW", (), end, *[back(3)] * 3),
    ).map(lambda drawn: with_events("cin_plans", drawn))


def with_events(table: str, drawn: Row) -> Rows:
    """Return a plan's rows by table."""
    start = drawn["plan"]["start_date"]
    happened = [*drawn["reviews"](start), *drawn.get("visits", lambda start: [])(start)]
    return {table: [drawn["plan"]], "reviews_visits": happened}


# Care

FOSTER_CARE = [f"U{number}" for number in range(1, 7)]
SUPPORTED = ["K3", "H5", "P2"]
TEMPORARY = [f"T{number}" for number in range(5)]
ADOPTION = ["A3", "A4", "A5", "A6"]
HOME = "home"  # the place before, or before an absence
PLACES = ["U1", "U1", HOME, HOME, HOME, HOME, "K2", *TEMPORARY, *ADOPTION]
NOT_KNOWN = [None, Decimal("999.9")]
DISTANCES = [*NOT_KNOWN, *NOT_KNOWN, *map(Decimal, ("5.0", "5.0", "19.9", "20.0", "20.1", "999.8"))]

# Where a child lives for years, one list of possible places for each stay.
COURSES = [
    [["U1"], TEMPORARY, [HOME]],
    [["U1"], ["U1", "K2"]],
    [["U1"], ADOPTION],
    [["U1"], ["U1"], ["A4", "A6"]],
    [["U1"], ["K2"], ["A4", "A6"]],
    [["U1"], ["A4", "A6"], TEMPORARY],
    [["U1"], ["U1"], ["A4", "A6"], TEMPORARY, [HOME, "U1"]],
    [["U1"], TEMPORARY],
]


def care(
    months: Months, *, since: Days, courses: list[list[list[str]]], stay_ends: Days, **more: Any
) -> st.SearchStrategy[Rows]:
    """Draw a child's period of care, or several, with the stays of a course.

    `more` draws health events and absences, and of reviews and visits what says them from a day on.
    """

    def stay(places: list[str]) -> st.SearchStrategy[Row]:
        return rows(
            gap=[0] * 10 + [1, -1, 40],
            dec=until(after(), after(days=1), after(days=30), or_on=stay_ends),
            place=places,
            rne=["P"] * 10 + ["B", "B", "L", "T", "U"],
            ls=["C2"] * 12 + ["V2", "V3", "V4"],
            rec=["X1", "X1", "X1", "E11", None],
            pl_distance=DISTANCES,
            uasc=RARELY,
            new_period=RARELY,
        )

    drawn = [st.tuples(*map(stay, course)) for course in courses]
    return rows(
        start=since,
        stays=st.sampled_from(drawn).flatmap(lambda stays: stays),
        first_rne=["S"] * 5 + ["P", "L"],
        last_dec=mostly(st.just(never), until(after(), or_on=near(months, end))),
        **more,
    ).map(care_rows)


def care_rows(drawn: Row) -> Rows:
    """Return a child's rows of care by table."""
    start = drawn["start"]
    nothing = lambda start: []  # noqa: E731
    return {
        "cla_episodes": list(episodes(drawn)),
        "cla_health": drawn.get("health", []),
        "missing_episodes": [row(start) for row in drawn.get("missing", [])],
        "reviews_visits": [
            *drawn.get("reviews", nothing)(start),
            *drawn.get("visits", nothing)(start),
        ],
    }


def episodes(drawn: Row) -> Iterator[Row]:
    """Yield the episodes that the stays make, one after another, no two on one first day."""
    period_start = decom = drawn["start"]
    dec = None
    home, distance = "U1", None
    last = len(drawn["stays"])
    for number, stay in enumerate(drawn["stays"], 1):
        rne = drawn["first_rne"]
        if dec is not None:
            decom = max(decom + timedelta(1), dec + timedelta(stay["gap"]))
            rne = stay["rne"]
            if stay["new_period"]:
                period_start, rne = decom, "S"
        dec = stay["dec"](decom)
        if number == last:
            dec = drawn["last_dec"](decom)
        place, miles = stay["place"], stay["pl_distance"]
        if place == HOME:  # as far as before, unless the distance is not known
            place, miles = home, miles if miles in NOT_KNOWN else distance
        if place not in TEMPORARY:
            home, distance = place, miles
        yield stay | {
            "place": place,
            "pl_distance": miles,
            "decom": decom,
            "dec": dec,
            "rne": rne,
            "rec": None if dec is None else stay["rec"],
            "period_start_date": period_start,
        }


@cache
def moving(months: Months) -> st.SearchStrategy[Rows]:
    """Draw a child who moves often, comes or goes at a month's end, or goes missing."""
    return care(
        months,
        since=near(months, end, back(12), ago(days=7)),
        courses=[[PLACES] * stays for stays in range(1, 7)],
        stay_ends=near(months, end, back(12), back(12)),
        missing=st.lists(missing(months), max_size=2),
    )


@cache
def settled(months: Months) -> st.SearchStrategy[Rows]:
    """Draw a child who has been in care for years, about 2 of them in one placement."""
    return care(
        months,
        since=near(months, back(30), ago(months=40)),
        courses=COURSES,
        stay_ends=near(months, back(24)),
    )


@cache
def nearly_grown_up(months: Months) -> st.SearchStrategy[Rows]:
    """Draw a child in supported accommodation or in foster care, who may have come alone."""
    return care(
        months,
        since=near(months, end, ago(months=9)),
        courses=[[SUPPORTED], [FOSTER_CARE], [FOSTER_CARE, SUPPORTED]],
        stay_ends=near(months, end),
    )


@cache
def reviewed_care(months: Months) -> st.SearchStrategy[Rows]:
    """Draw a child in care with reviews and visits."""
    chain = [ago(months=number, working_days=20) for number in (0, 0, 3, 9, 15, 21)]
    return care(
        months,
        since=near(months, *chain),
        courses=[[PLACES]],
        stay_ends=near(months, end),
        reviews=events(
            *(months, "CLA", "REVIEW", (after(working_days=20), *SIX_MONTHLY)),
            *(back(12), back(12), end, ago(months=3), ago(months=6)),
        ),
        visits=events(months, "CLA", "VISIT", (), end, *[ago(days=42)] * 3),
    )


@cache
def healthy(months: Months) -> st.SearchStrategy[Rows]:
    """Draw a child in care for about a year or longer, with health events."""
    return care(
        months,
        since=near(months, back(12), ago(months=15), ago(months=40)),
        courses=[[FOSTER_CARE]],
        stay_ends=near(months, end),
        health=st.lists(health(months), max_size=7),
    )


@cache
def health(months: Months) -> st.SearchStrategy[Row]:
    """Draw a health event, near the limits of the year."""
    when = near(months, back(12), end, beside=(0, 1))
    facts = {
        "event_date": when,
        "status": ["Completed"] * 5 + ["Refused", "Planned", "Cancelled"],
        "intervention_received": MAYBE,
        "intervention_offered": MAYBE,
    }
    yes_no = ["Y", "Y", "N", None]
    return st.one_of(
        rows(
            event_type=["DENTAL", "HEALTH_ASSESSMENT", "HEALTH_ASSESSMENT", "DEV_CHECK"],
            value=[None, "see letter"],
            **facts,
        ),
        rows(event_type=["IMMUNISATION_STATUS", "SUBSTANCE_MISUSE"], value=yes_no, **facts),
        rows(event_type=["SDQ"], value=["7", "0", "13", "40", None], **facts),
    )


@cache
def missing(months: Months) -> st.SearchStrategy[Callable[[date], Row]]:
    """Draw an absence near the limits of the year, or the first day of the period of care."""
    absence = rows(
        start_date=until(after(), after(days=-1), or_on=near(months, end, back(12))),
        length=[0, 3, None],
    )

    def since(drawn: Row) -> Callable[[date], Row]:
        def row(period_start: date) -> Row:
            start = drawn["start_date"](period_start)
            days = drawn["length"]
            ended = None if days is None else start + timedelta(days)
            return {"start_date": start, "end_date": ended}

        return row

    return absence.map(since)


# Who held the case, supervision, leaving care and the workforce


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


@cache
def leaving_care(months: Months) -> st.SearchStrategy[Rows]:
    """Draw a care leaver's rows, one an extract."""
    row = rows(
        extract_date=near(months, end),
        eligibility=["Relevant", "Former relevant", "Relevant", "Eligible", "Qualifying", None],
        pathway_plan_date=st.none() | near(months, end, back(6)),
        in_touch=["YES", "YES", "NO", "DIED", "REFU", "NREQ", "RHOM", None],
        accommodation_suitable=["1", "1", "2", None],
        activity=[*WORKING, *WORKING, "G4", "G5", "G6", "0", None],
    )
    extracts = st.lists(row, min_size=1, max_size=3, unique_by=lambda row: row["extract_date"])
    return extracts.map(lambda rows: {"care_leavers": rows})


@cache
def workforce(months: Months) -> st.SearchStrategy[list[Row]]:
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
def establishment(months: Months) -> st.SearchStrategy[list[Row]]:
    """Draw the posts of teams, one row a team and extract."""
    row = rows(
        team_id=TEAMS[:-1],
        extract_date=near(months, end),
        posts_fte=[Decimal("1.00"), Decimal("2.50"), Decimal("0.00"), Decimal("0.25")],
    )
    key = lambda row: (row["team_id"], row["extract_date"])  # noqa: E731
    return st.lists(row, max_size=6, unique_by=key)
