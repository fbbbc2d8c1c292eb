"""Plans, and the reviews and visits that are held under them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from tests.random_packs.days import Look, Months, Until, after, ago, back, end, near, never, until
from tests.random_packs.draws import RARELY, Row, Rows, mostly, rows, spells

SIX_MONTHLY = (after(months=3), after(months=6))


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
