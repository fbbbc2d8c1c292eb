"""The health of children in care: checks, immunisations, feelings, drugs and alcohol."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo import health_checks
from kpi.demo.chance import in_turn
from kpi.demo.courses import Courses
from kpi.demo.days import NEVER, Days, Rows, WorkingDays, only
from kpi.demo.health_checks import DENTAL, HEALTH_ASSESSMENT, SDQ
from kpi.demo.in_care import InCare, month_ends


def record(
    care: pd.DataFrame,
    children: pd.DataFrame,
    courses: Courses,
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return health events and recorded states of health from 2020 on."""
    ends = month_ends(care, children, "2020-01", rng)
    checks = {
        kind: health_checks.checked(kind, ends, courses[course], working, rng)
        for kind, course in (
            (DENTAL, "dental_checks"),
            (HEALTH_ASSESSMENT, "health_assessments"),
            (SDQ, "strengths_and_difficulties"),
        )
    }
    rows = [
        checks[DENTAL],
        checks[HEALTH_ASSESSMENT],
        _scored(checks[SDQ], len(children), rng),
        _development(checks[HEALTH_ASSESSMENT], children, rng),
        _immunisations(ends, courses, working, rng),
        _substance_misuse(ends, courses, working, rng),
    ]
    table = pd.concat(rows, ignore_index=True)
    columns = ["value", "intervention_received", "intervention_offered"]
    return table.assign(**{name: table[name].where(table[name].notna(), None) for name in columns})


def _scored(questionnaires: pd.DataFrame, children: int, rng: Generator) -> pd.DataFrame:
    """Return the questionnaires that came back with a score: a child's own, and a little chance."""
    own = rng.normal(14.3, 6.2, children)[questionnaires["child_id"]]
    score = np.rint(own + rng.normal(0, 2.5, len(questionnaires))).clip(0, 40).astype(int)
    completed = (questionnaires["status"] == "Completed").to_numpy()
    return questionnaires.assign(value=only(score.astype(str), completed))


def _development(assessments: pd.DataFrame, children: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return the development checks that some under fives had with their health assessment."""
    dob = children["dob"].to_numpy()[assessments["child_id"]]
    young = (assessments["event_date"] - dob < 5 * 365) & (assessments["status"] == "Completed")
    some = young & (rng.random(len(assessments)) < 0.4)
    return assessments[some].assign(event_type="DEV_CHECK")


def _immunisations(
    ends: list[InCare], courses: Courses, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return what was recorded of immunisations: Y, or N when one falls due and is not given."""
    up_to_date, recorded = (np.zeros(len(ends[0].dob), bool) for _ in range(2))
    parts = []
    for here in ends:
        child, counted = here.child, here.a_year
        good = up_to_date[child]
        share = courses["immunisations_up_to_date"][here.month]
        wanted = round(share * counted.sum()) - int((counted & good).sum())
        caught_up = here.next(counted & ~good, wanted)
        fallen_due = here.next(counted & good, -wanted)
        # Those who came lately are asked about it, and now and then what is known is said again.
        first_said = ~counted & ~recorded[child] & here.some(0.3, rng)
        caught_up |= first_said & here.some(0.75, rng)
        said = caught_up | fallen_due | first_said | (recorded[child] & here.some(0.03, rng))
        up_to_date[child] = (good | caught_up) & ~fallen_due
        recorded[child] |= said
        days = here.days(said, working, rng)
        value = np.where(up_to_date[child[said]], "Y", "N").astype(object)
        parts.append(_said("IMMUNISATION_STATUS", child[said], days, value))
    rows = pd.concat(parts, ignore_index=True)
    # Ticked wrongly and put right the same day: what was recorded last counts.
    slips = rows[rows["value"] == "Y"].sample(8, random_state=rng).assign(value="N")
    return pd.concat([slips, rows], ignore_index=True)


def _substance_misuse(
    ends: list[InCare], courses: Courses, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return what screening of teenagers found: N for most, Y for those with a problem."""
    everybody = len(ends[0].dob)
    found, asked = (np.full(everybody, NEVER) for _ in range(2))
    prone = rng.random(everybody)
    parts = []
    for here in ends:
        child, counted = here.child, here.a_year
        known = found[child] > here.year_ago
        share = courses["substance_misuse_identified"][here.month]
        wanted = round(share * counted.sum()) - int((counted & known).sum())
        possible = np.flatnonzero(counted & here.aged(13, 18) & ~known)
        newly = np.zeros(len(child), bool)
        newly[possible[np.argsort(prone[child[possible]])][: max(wanted, 0)]] = True
        screened = here.aged(11, 18) & (asked[child] < here.year_ago) & here.some(0.12, rng)
        now = newly | (screened & ~known)
        days = here.days(now, working, rng)
        asked[child[now]] = days
        found[child[newly]] = days[newly[now]]
        value = np.where(newly[now], "Y", "N").astype(object)
        parts.append(_said("SUBSTANCE_MISUSE", child[now], days, value))
    return _with_outcomes(pd.concat(parts, ignore_index=True), rng)


def _with_outcomes(screenings: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return the screenings with who refused, and whether those with a problem have had help.

    Whoever has not may have been offered it; of those who have, that is not asked.
    """
    found = (screenings["value"] == "Y").to_numpy()
    refused = ~found & (rng.random(len(found)) < 0.05)
    received = in_turn(np.where(found, 0.58, 0), rng)
    helped, offered = found & received, rng.random(len(found)) < 0.65
    return screenings.assign(
        status=np.where(refused, "Refused", "Completed"),
        value=screenings["value"].mask(refused, None),
        intervention_received=only(helped, found),
        intervention_offered=only(offered, found & ~helped),
    )


def _said(event_type: str, child: Rows, days: Days, value: NDArray) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "child_id": child,
            "event_type": event_type,
            "event_date": days,
            "status": "Completed",
            "value": value,
        }
    )
