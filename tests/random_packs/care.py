"""Care: episodes, health, absences, and the reviews and visits of children in care."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.random_packs.days import Days, Months, after, ago, back, end, near, never, until
from tests.random_packs.draws import MAYBE, RARELY, Row, Rows, mostly, rows
from tests.random_packs.plans import SIX_MONTHLY, events

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
            dec=until(*[after(), after(days=1), after(days=30)] * 3, never, or_on=stay_ends),
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
    dec: date | None = None
    home, distance = "U1", None
    last = len(drawn["stays"])
    for number, stay in enumerate(drawn["stays"], 1):
        rne = drawn["first_rne"]
        if number > 1:
            # Where the one before was left open, two are open at once: a slip of the record.
            decom = max(decom + timedelta(1), (dec or decom) + timedelta(stay["gap"]))
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
