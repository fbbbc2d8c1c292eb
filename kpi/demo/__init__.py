"""The demonstration pack: invented children, in the words of the extracts.

**Nobody in it exists and nothing in it happened.** It is made of event rows only (a referral, a
plan, an episode of care), never of answers, and is calibrated so that the product's own
definitions give the figures that Havering's council has published for 2024. Everything else is
made up around those few numbers.

`build` returns everything known at 30 November 2024; `as_known` what an earlier month's extract
would have held of it; `write` puts it into files; `narratives` has what invented people say of it.
Read the modules in this order; each imports only from those above it.

    days, chance, spells     days as numbers; drawing lots; plans and care with a start and an end
    appointments             reviews and visits as a case system lists them
    courses                  the published figures, and the paths between
    families                 who is referred and assessed
    caseload, histories      who may be chosen next; plans and care, month by month
    teams                    who holds a case at each stage
    front_door, section_47   referrals and assessments; enquiries and conferences
    plans, supervision       plans; when each case was discussed, and each worker's own work
    plan_reviews             when plans were reviewed
    plan_visits              when children with a plan were visited
    moves, placements        how often children in care moved; where they lived
    turning_points           a new home, a court's order, days away
    episodes                 what the return says of it
    in_care, care_reviews    who is in care at each month's end; their reviews and visits
    health_checks, health    when they saw the dentist and others; all that is known of health
    missing_episodes         when they went missing
    leaving_care             care leavers and their pathway plans
    adult_lives              whether they are in touch, well housed, and learn or work
    staff, handovers         social workers who come and go; whose case passed to whom
    allocations, workforce   who held each case; who was in post, and how many posts there are
    tables                   all of it in the words of the contract
    earlier_extracts         what was known of it a month or more before
    narratives               what invented authors say of the figures in a year
"""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from numpy.random import Generator

from kpi import calendar
from kpi.demo import (
    adult_lives,
    allocations,
    care_reviews,
    episodes,
    families,
    front_door,
    health,
    histories,
    leaving_care,
    missing_episodes,
    narratives,
    plan_reviews,
    plan_visits,
    plans,
    section_47,
    supervision,
    workforce,
)
from kpi.demo.courses import draw_courses
from kpi.demo.days import END, WorkingDays
from kpi.demo.earlier_extracts import as_known
from kpi.demo.tables import Tables, translate
from kpi.demo.teams import Teams

__all__ = ["Form", "Tables", "as_known", "authorities", "build", "narratives", "write"]

Form = Literal["parquet", "csv"]


def authorities(count: int) -> tuple[str, ...]:
    """Return `count` codes of authorities to build: Havering's, then invented ones."""
    return ("311", *(f"demo-{number:03}" for number in range(2, count + 1)))[:count]


def build(*, seed: int = 311, authority: str = "311") -> Tables:
    """Return every table of the contract but teams, as everything stood known on 30 November 2024.

    Dates are datetime64, blanks None or NaT, keys text without the authority's code. The same
    seed and authority always give the same rows.
    """

    def chance(part: str) -> Generator:
        """Return the chance of one part alone: changing a part leaves the others as they are."""
        return np.random.default_rng([seed, *f"{authority} {part}".encode()])

    working = WorkingDays.without(calendar.bank_holidays())
    courses = draw_courses(chance)

    # What happens
    children, involvements = families.invent(courses, working, chance("families"))
    family = children["family"].to_numpy()
    assessed = involvements[involvements["assessed"] & (involvements["began"] <= END)]
    past = histories.live(children, assessed, courses, working, chance("histories"))
    conferences = section_47.add_strategy_discussions(
        past.conferences, family, courses, working, chance("strategy discussions")
    )
    teams = Teams.of(children, chance("teams"))
    breaks = episodes.invent_short_breaks(children, past.untouched, teams, chance("short breaks"))
    leavers, advised = leaving_care.record(
        past.care, children, courses, working, chance("care leavers")
    )

    # What is recorded of it
    cases = allocations.gather_cases(assessed, past, breaks, family, chance("cases"))
    helped = cases[cases["stage"] != "assessment"]
    held, staff = allocations.record(
        cases, advised, past, teams, courses, working, chance("allocations")
    )
    discussed = supervision.record(past, family, courses, working, chance("supervision"))
    discussed["worker_id"] = allocations.holder(
        held, discussed["child_id"].to_numpy(), discussed["supervision_date"].to_numpy()
    )
    met = supervision.record_personal(staff, held, courses, working, chance("personal supervision"))
    workers, posts = workforce.record(
        staff, np.array(allocations.ADVISERS), courses, working, chance("workforce")
    )
    tables = {
        "referrals": front_door.record_referrals(
            involvements, family, working, chance("referrals")
        ),
        "assessments": front_door.record_assessments(
            assessed, helped, teams, courses, chance("assessments")
        ),
        "s47_icpc": section_47.record(conferences, assessed, teams, working, chance("s47_icpc")),
        "cin_plans": plans.record_cin(past),
        "cp_plans": plans.record_cp(past, children, chance("cp_plans")),
        "cla_episodes": episodes.record(past.care, breaks, children, courses, chance("episodes")),
        "supervision": pd.concat([discussed, met], ignore_index=True),
        "care_leavers": adult_lives.describe(leavers, children, courses, chance("adult lives")),
        "cla_health": health.record(past.care, children, courses, working, chance("health")),
        "missing_episodes": missing_episodes.record(
            past.care, children, courses, chance("missing")
        ),
        "reviews_visits": pd.concat(
            [
                plan_reviews.reviews_of_plans(past, family, courses, working, chance("reviews")),
                plan_visits.visits_to_plans(past, family, courses, working, chance("visits")),
                care_reviews.reviews_of_care(
                    past.care, children, courses, working, chance("care reviews")
                ),
            ],
            ignore_index=True,
        ),
        "allocations": held,
        "workforce": workers,
        "establishment": posts,
    }
    return translate(tables, children, authority=authority, rng=chance("keys"))


def write(tables: Tables, folder: Path, *, form: Form) -> None:
    """Write each table as `folder`/<table>.parquet or .csv, dates as dates, blanks empty."""
    folder.mkdir(parents=True, exist_ok=True)
    put: Callable[[pa.Table, Path], None] = (
        pa.parquet.write_table if form == "parquet" else pa.csv.write_csv
    )
    for name, rows in tables.items():
        table = pa.Table.from_pandas(rows, preserve_index=False)
        schema = pa.schema(
            field.with_type(pa.date32()) if pa.types.is_timestamp(field.type) else field
            for field in table.schema
        )
        put(table.cast(schema), folder / f"{name}.{form}")
