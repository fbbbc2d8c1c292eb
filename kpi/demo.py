"""The demonstration pack: invented children, in the words of the extracts.

**Nobody in it exists and nothing in it happened.** It is made of event rows only (a referral, a
plan, an episode of care), never of answers, and is calibrated so that the product's own
definitions give the figures that Havering's council has published for 2024: `COURSES` holds them,
and the plausible paths between. Everything else is made up around those few numbers.

`build` returns everything known at 30 November 2024; `as_known` what an earlier month's extract
would have held of it; `write` puts it into files. `kpi.demo_cases` invents what happens to
families, `kpi.demo_care` what is recorded around it.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from numpy.random import Generator
from numpy.typing import NDArray

from kpi import calendar
from kpi.demo_care import (
    Teams,
    allocations,
    care_episodes,
    care_leavers,
    supervision,
)
from kpi.demo_cases import (
    END,
    MONTHS,
    OPEN,
    RECORDS_BEGIN,
    Courses,
    Days,
    Histories,
    Rows,
    WorkingDays,
    day,
    families,
    histories,
    index,
    together,
)

Tables = dict[str, pd.DataFrame]
Form = Literal["parquet", "csv"]

# Each figure's course: how far a month strays from the line by chance, and the line's points.
# A month that is named is met exactly. Those from April 2024 on are the council's own published
# figures (for a share, the proposed whole numbers that print as it was published), and so are the
# year-end numbers of plans and of children in care. The rest is invented.
COURSES: dict[str, tuple[float, str]] = {
    "assessments": (
        11,
        "2014-01 225, 2019-04 250, 2022-04 268, 2024-03 276, 2024-04 284, 2024-10 288, "
        "2024-11 274, 2025-05 280",
    ),
    "assessments_within_45_days": (
        0.013,
        "2014-01 0.72, 2019-04 0.70, 2020-04 0.86, 2021-04 0.86, 2022-06 0.815, 2023-02 0.80, "
        "2023-06 0.755, 2023-12 0.735, 2024-03 0.715, 2024-04 200/284, 2024-06 0.80, "
        "2024-08 0.885, 2024-10 0.948, 2024-11 265/274, 2025-05 0.965",
    ),
    "re_referrals": (
        0.01,
        "2014-01 0.17, 2021-04 0.20, 2022-03 0.205, 2022-10 0.19, 2023-06 0.172, 2024-03 0.166, "
        "2025-05 0.156",
    ),
    "conferences": (
        2.5,
        "2014-01 28, 2019-04 26, 2022-04 37, 2024-03 40, 2024-04 48, 2024-05 39, 2024-09 42, "
        "2024-10 66, 2024-11 72, 2025-05 60",
    ),
    "icpc_within_15_days": (
        0.025,
        "2014-01 0.80, 2022-04 0.745, 2023-03 0.73, 2023-09 0.67, 2024-03 0.62, 2024-04 28/48, "
        "2024-07 0.73, 2024-09 0.86, 2024-10 61/66, 2024-11 69/72, 2025-05 0.95",
    ),
    "plans": (
        2.5,
        "2014-01 60, 2016-01 190, 2019-03 207, 2020-03 142, 2021-03 192, 2022-03 237, "
        "2023-03 261, 2024-03 295, 2024-06 274, 2024-09 240, 2024-10 270, 2024-11 300, "
        "2025-05 340",
    ),
    "plans_started": (
        2,
        "2014-01 18, 2019-04 19, 2022-04 26, 2024-03 30, 2024-04 35, 2024-05 28, 2024-09 31, "
        "2024-10 50, 2024-11 54, 2025-05 40",
    ),
    "plans_stepped_up": (
        1.3,
        "2014-01 5, 2022-04 7, 2024-09 9, 2024-10 15, 2024-11 18, 2025-05 12",
    ),
    "plans_repeated": (0.7, "2014-01 1.5, 2022-04 1.9, 2024-10 3, 2024-11 4, 2025-05 3"),
    "children_in_need": (
        4,
        "2014-01 60, 2016-01 290, 2022-04 322, 2023-04 345, 2024-03 331, 2024-11 306, 2025-05 300",
    ),
    "cin_started": (3, "2014-01 30, 2022-04 33, 2025-05 33"),
    "in_care": (
        1.5,
        "2014-01 40, 2015-12 240, 2019-03 247, 2020-03 232, 2021-03 206, 2022-03 265, "
        "2023-03 241, 2024-03 284, 2024-09 278, 2024-10 274, 2024-11 272, 2025-05 268",
    ),
    "started_care": (1.5, "2014-01 9, 2022-04 10, 2024-03 11.5, 2024-10 9.5, 2025-05 9"),
    "started_care_in_last_week": (0, "2014-01 -1, 2024-09 -1, 2024-10 2, 2024-11 1, 2025-05 -1"),
    "three_or_more_placements": (0, "2014-01 25, 2024-03 28, 2024-11 27, 2025-05 27"),
    "placed_far": (0, "2014-01 0.14, 2022-04 0.17, 2024-09 0.21, 2025-05 0.18"),
    "placed_over_20_miles": (0, "2014-01 30, 2024-09 54, 2024-11 48, 2025-05 48"),
    "cin_supervised": (
        0.014,
        "2014-01 0.78, 2022-04 0.76, 2023-04 0.70, 2023-11 0.63, 2024-04 0.70, 2024-08 0.80, "
        "2024-10 0.905, 2024-11 286/306, 2025-05 0.93",
    ),
    "care_supervised": (
        0.014,
        "2014-01 0.70, 2022-04 0.64, 2023-04 0.57, 2023-11 0.46, 2024-04 0.465, 2024-08 0.51, "
        "2024-10 155/272, 2024-11 198/271, 2025-05 0.75",
    ),
    "cp_supervised": (
        0.014,
        "2014-01 0.85, 2022-04 0.84, 2023-11 0.74, 2024-11 0.94, 2025-05 0.94",
    ),
    "care_leavers": (
        1,
        "2014-01 180, 2022-04 208, 2023-03 221, 2024-04 234, 2024-11 245, 2025-05 246",
    ),
    "pathway_plans_up_to_date": (
        0.012,
        "2014-01 0.70, 2022-04 0.68, 2023-04 0.61, 2023-11 0.535, 2024-04 121/234, "
        "2024-07 0.70, 2024-09 0.86, 2024-10 0.935, 2024-11 240/245, 2025-05 0.97",
    ),
}


def authorities(count: int) -> tuple[str, ...]:
    """Return `count` codes of authorities to build: Havering's, then invented ones."""
    return ("311", *(f"demo-{number:03}" for number in range(2, count + 1)))[:count]


def build(*, seed: int = 311, authority: str = "311") -> Tables:
    """Return every table of the contract but teams, as everything stood known on 30 November 2024.

    Dates are datetime64, blanks None or NaT, keys text without the authority's code. The same
    seed and authority always give the same rows.
    """
    rng = np.random.default_rng([seed, *authority.encode()])
    working = WorkingDays.without(calendar.bank_holidays())
    courses = {name: _course(*course, rng) for name, course in COURSES.items()}
    children, involvements = families(courses, working, rng)
    past = histories(children, courses, working, rng)
    family = children["family"].to_numpy()
    families_count = int(family.max()) + 1
    teams = Teams(
        family, children["dob"].to_numpy(), rng.random(families_count), rng.random(families_count)
    )
    breaks = _short_breaks(children, past, teams, rng)
    leavers, advised = care_leavers(past.care, children, courses, working, rng)
    assessed = involvements[involvements["assessed"] & (involvements["began"] <= END)]
    cases = _cases(assessed, past, breaks)
    tables = {
        "referrals": _referrals(involvements, family, working, rng),
        "assessments": _assessments(assessed, teams, rng),
        "s47_icpc": _section_47(past.conferences, assessed, teams, working, rng),
        "cin_plans": _plans(past.cin),
        "cp_plans": _with_other_authorities(past, children, rng),
        "cla_episodes": _episodes(care_episodes(past.care, children, courses, rng), breaks),
        "supervision": _supervision(past, family, courses, working, rng),
        "care_leavers": _leavers(leavers),
        "allocations": _allocations(allocations(cases, teams, rng), advised, rng),
    }
    return _named(tables, children, authority, rng)


def _course(stray: float, line: str, rng: Generator) -> NDArray[np.float64]:
    """Return a value for each month: on the line at its named months, near it at the others."""
    points = [point.split() for point in line.split(",")]
    at = [index(month) for month, _ in points]
    chance = stray * rng.standard_normal(len(MONTHS)).clip(-1.8, 1.8)
    chance[at] = 0
    values = [float(Fraction(value)) for _, value in points]
    return np.interp(np.arange(len(MONTHS)), at, values) + chance


# Rows, table by table, with children and teams still as `kpi.demo_cases` numbers them


def _short_breaks(
    children: pd.DataFrame, past: Histories, teams: Teams, rng: Generator
) -> pd.DataFrame:
    """Return child, start and end of short breaks: disabled children who are not in care."""
    began = children["began"].to_numpy()
    possible = past.untouched & (teams.draw[teams.family] > 0.955)
    possible &= (began > day("2018-06-01")) & (began < day("2024-06-01"))
    possible &= (children["eighteenth"].to_numpy() > END + 100) & (children["dob"] < began - 1800)
    child = np.sort(rng.permutation(np.flatnonzero(possible))[:24])
    start = began[child] + rng.integers(60, 150, len(child))
    end = start + rng.integers(300, 1500, len(child))
    return pd.DataFrame({"child": child, "start": start, "end": np.where(end > END, OPEN, end)})


def _cases(assessed: pd.DataFrame, past: Histories, breaks: pd.DataFrame) -> pd.DataFrame:
    """Return child, start, end and stage of every spell in which somebody should hold the case."""
    assessment = assessed.rename(columns={"began": "start", "authorised": "end"})
    stages = [(assessment, "assessment"), (past.cin, "plan"), (past.cp, "plan")]
    stages += [(past.care, "care"), (breaks, "breaks")]
    spells = pd.concat(
        [table[["child", "start", "end"]].assign(stage=stage) for table, stage in stages]
    )
    return spells.assign(end=spells["end"].where(spells["end"] <= END, OPEN))


def _referrals(
    involvements: pd.DataFrame, family: Rows, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return referrals, the contact each came from, and contacts that came to nothing."""
    referred = involvements.loc[involvements["referred"] <= END, ["child", "referred"]]
    child, when = referred["child"].to_numpy(), referred["referred"].to_numpy()
    case = family[child] * OPEN + when
    contact = working.back(when, (together(case, rng) < 0.35).astype(int))
    again = together(case, rng) < 0.75
    later = when[again] + 1 + (together(case[again], rng) * 700).astype(int)
    parts = [
        (child, when, "referral", np.where(together(case, rng) < 0.03, "cwd", "mash")),
        (child, contact, "contact", "mash"),
        (child[again], later, "contact", "mash"),
    ]
    names = ("child_id", "event_date", "event_type", "team_id")
    rows = pd.concat([pd.DataFrame(dict(zip(names, part, strict=True))) for part in parts])
    return rows[rows["event_date"].between(RECORDS_BEGIN, END)]


def _assessments(assessed: pd.DataFrame, teams: Teams, rng: Generator) -> pd.DataFrame:
    """Return assessments, with some that were begun in error and some not yet begun in earnest."""
    child, began = assessed["child"].to_numpy(), assessed["began"].to_numpy()
    stage = np.full(len(child), "assessment", object)
    rows = pd.DataFrame(
        {
            "child_id": child,
            "start_date": began,
            "authorised_date": assessed["authorised"],
            "status": "current",
            "team_id": teams.holding(stage, child, began),
        }
    )
    cancelled = rows.sample(frac=0.015, random_state=rng).assign(status="cancelled")
    # Some were stopped before they were finished, some struck out after.
    stopped = rng.random(len(cancelled)) < 0.6
    cancelled["authorised_date"] = cancelled["authorised_date"].where(~stopped, OPEN)
    recent = rows[rows["start_date"] > END - 40]
    drafts = recent.sample(frac=0.03, random_state=rng).assign(status="draft", authorised_date=OPEN)
    rows = pd.concat([rows, cancelled, drafts])
    return rows[(rows["start_date"] >= RECORDS_BEGIN)]


def _section_47(
    conferences: pd.DataFrame,
    assessed: pd.DataFrame,
    teams: Teams,
    working: WorkingDays,
    rng: Generator,
) -> pd.DataFrame:
    """Return section 47 enquiries: those that led to a conference, and those that did not."""
    held = conferences["held"].to_numpy()
    stage = np.where(conferences["known"], "plan", "assessment")
    late = conferences["late"].to_numpy()
    met = pd.DataFrame(
        {
            "child_id": conferences["child"],
            "strategy_date": conferences["strategy"],
            "inquorate_date": np.where(
                late & (together(held * 2 + late, rng) < 0.14),
                working.back(held, np.full(len(held), 6)),
                OPEN,
            ),
            "icpc_date": held,
            "transfer_in": conferences["transfer"],
            "team_id": teams.holding(stage, conferences["child"].to_numpy(), held),
        }
    )
    # A conference dated before its strategy discussion: a slip of the pen, late already.
    for month in ("2023-05", "2024-02"):
        slipped = np.flatnonzero(late & (conferences["month"] == index(month)).to_numpy())[:1]
        met.loc[slipped, "strategy_date"] = held[slipped] + 6
        met.loc[slipped, "inquorate_date"] = OPEN

    case = teams.family[assessed["child"]] * OPEN + assessed["began"].to_numpy()
    # More of the latest: their conferences are still to come.
    share = np.where(assessed["began"] > END - 24, 0.45, 0.22)
    enquired = assessed[together(case, rng) < share]
    case = case[np.isin(assessed.index, enquired.index)]
    strategy = working.between(
        enquired["began"].to_numpy(), enquired["began"].to_numpy() + 12, together(case, rng)
    )
    stage = np.full(len(enquired), "assessment", object)
    no_conference = pd.DataFrame(
        {
            "child_id": enquired["child"],
            "strategy_date": strategy,
            "inquorate_date": OPEN,
            "icpc_date": OPEN,
            "transfer_in": False,
            "team_id": teams.holding(
                stage, enquired["child"].to_numpy(), enquired["began"].to_numpy()
            ),
        }
    )
    rows = pd.concat([met, no_conference])
    return rows[rows["strategy_date"].between(RECORDS_BEGIN, END)]


def _plans(spells: pd.DataFrame) -> pd.DataFrame:
    """Return plans that were open when the records begin or since."""
    rows = spells.set_axis(["child_id", "start_date", "end_date"], axis="columns")
    return rows[rows["end_date"] > RECORDS_BEGIN]


def _with_other_authorities(
    past: Histories, children: pd.DataFrame, rng: Generator
) -> pd.DataFrame:
    """Return child protection plans: our own, and other authorities' that are held here a while."""
    began = children["began"].to_numpy()
    possible = past.untouched & (began > RECORDS_BEGIN) & (began < END - 35)
    possible &= children["eighteenth"].to_numpy() > began + 700
    anyone, lately = np.flatnonzero(possible), np.flatnonzero(possible & (began > END - 60))
    child = np.union1d(rng.permutation(anyone)[:40], rng.permutation(lately)[:5])
    start = began[child] + rng.integers(5, 35, len(child))
    end = start + rng.integers(30, 190, len(child))
    others = pd.DataFrame({"child_id": child, "start_date": start, "end_date": end})
    own = _plans(past.cp).assign(ola_plan=False)
    return pd.concat([own, others.assign(ola_plan=True)], ignore_index=True)


def _episodes(episodes: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """Return episodes of care and of short breaks, of all periods still open in 2016 or since."""
    agreed = breaks.rename(columns={"start": "decom", "end": "dec"}).assign(
        rne="S", ls="V4", place="U6", pl_distance=4.1, period_start=breaks["start"]
    )
    agreed["rec"] = agreed["dec"].ne(OPEN).map({True: "E8", False: None})
    over = episodes.groupby(["child", "period_start"])["dec"].transform("max") < RECORDS_BEGIN
    rows = pd.concat([episodes[~over], agreed], ignore_index=True)
    return rows.rename(columns={"child": "child_id", "period_start": "period_start_date"})


def _supervision(
    past: Histories, family: Rows, courses: Courses, working: WorkingDays, rng: Generator
) -> pd.DataFrame:
    """Return supervision of children in care, in need and on a child protection plan."""
    rows = supervision(past.care, past.cin, past.cp, family, courses, working, rng)
    return rows.set_axis(["child_id", "supervision_date", "kind"], axis="columns")


def _leavers(states: pd.DataFrame) -> pd.DataFrame:
    """Return the care leavers of each month's end; a plan that was never made has no date."""
    never = states["reviewed"] < RECORDS_BEGIN
    rows = states.assign(reviewed=states["reviewed"].mask(never, OPEN))
    names = ["child_id", "extract_date", "eligibility", "pathway_plan_date"]
    return rows.set_axis(names, axis="columns")


def _allocations(workers: pd.DataFrame, advised: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return allocations of social workers, and of personal advisers to care leavers."""
    advisers = advised.assign(
        role="personal adviser",
        worker=90_000 + rng.integers(0, 14, len(advised)),
        team="leaving_care",
        reason="FCONTA",
        start=advised["start"] + np.where(rng.random(len(advised)) < 0.03, 40, 0),
    )
    advisers = advisers[advisers["start"] < np.minimum(advisers["end"], END)]
    rows = pd.concat([workers, advisers], ignore_index=True)
    names = {
        "child": "child_id",
        "worker": "worker_id",
        "team": "team_id",
        "reason": "change_reason",
    }
    return rows.rename(columns=names | {"start": "start_date", "end": "end_date"})


# Names for the numbers

KEYS = {
    "referrals": ("referral_id", "event_date"),
    "assessments": ("assessment_id", "start_date"),
    "s47_icpc": ("s47_id", "strategy_date"),
    "cin_plans": ("cin_plan_id", "start_date"),
    "cp_plans": ("cp_plan_id", "start_date"),
    "supervision": ("supervision_id", "supervision_date"),
    "allocations": ("allocation_id", "start_date"),
}
COLUMNS = {
    "children": "dob",
    "allocations": "allocation_id role worker_id team_id start_date end_date change_reason",
    "referrals": "referral_id event_type event_date team_id",
    "assessments": "assessment_id start_date authorised_date status team_id",
    "s47_icpc": "s47_id strategy_date inquorate_date icpc_date transfer_in team_id",
    "cin_plans": "cin_plan_id start_date end_date",
    "cp_plans": "cp_plan_id start_date end_date ola_plan",
    "cla_episodes": "decom rne ls place dec rec pl_distance period_start_date",
    "supervision": "supervision_id supervision_date kind",
    "care_leavers": "extract_date eligibility pathway_plan_date",
}


def _named(tables: Tables, children: pd.DataFrame, authority: str, rng: Generator) -> Tables:
    """Return the tables with text for keys, dates for days, and the children that they mention."""
    mentioned = np.unique(np.concatenate([rows["child_id"] for rows in tables.values()]))
    child_ids = np.full(len(children), "", object)
    child_ids[mentioned] = _numbers(len(mentioned), 10_000_000, rng)
    workers = np.unique(tables["allocations"]["worker_id"])
    worker_ids = _numbers(len(workers), 40_000, rng)
    tables["children"] = pd.DataFrame(
        {"child_id": mentioned, "dob": children["dob"].to_numpy()[mentioned]}
    )
    named = {}
    for name, words in COLUMNS.items():
        rows, columns = tables[name], words.split()
        if name in KEYS:
            key, by = KEYS[name]
            rows = rows.sort_values(by, kind="stable", ignore_index=True)
            rows[key] = _numbers(len(rows), 300_000 * (1 + list(KEYS).index(name)), rng)
        if "worker_id" in columns:
            rows["worker_id"] = worker_ids[np.searchsorted(workers, rows["worker_id"])]
        for column in _dates(columns):
            rows[column] = _as_dates(rows[column].to_numpy())
        rows["child_id"] = child_ids[rows["child_id"].to_numpy()]
        rows["authority"] = authority
        named[name] = rows[["authority", "child_id", *columns]].reset_index(drop=True)
    return named


def _numbers(count: int, first: int, rng: Generator) -> NDArray:
    """Return rising numbers as text, with gaps, as a system deals them out among many lists."""
    return (first + np.cumsum(rng.integers(1, 90, count))).astype(str).astype(object)


def _dates(columns: list[str]) -> list[str]:
    """Return which columns hold dates."""
    return [name for name in columns if name.endswith("_date") or name in ("dob", "decom", "dec")]


def _as_dates(days: Days) -> NDArray:
    """Return days as dates; what had not happened by END is blank."""
    return np.where(days > END, np.datetime64("NaT"), days.astype("M8[D]")).astype("M8[s]")


# What an earlier extract would have held

# For each table: the day a row came to be, then the later days that were blank until they came.
CAME_TO_BE: dict[str, tuple[str, tuple[str, ...]]] = {
    "allocations": ("start_date", ("end_date",)),
    "referrals": ("event_date", ()),
    "assessments": ("start_date", ("authorised_date",)),
    "s47_icpc": ("strategy_date", ("inquorate_date", "icpc_date")),
    "cin_plans": ("start_date", ("end_date",)),
    "cp_plans": ("start_date", ("end_date",)),
    "cla_episodes": ("decom", ("dec",)),
    "supervision": ("supervision_date", ()),
    "care_leavers": ("extract_date", ()),
}


def as_known(tables: Tables, *, extract_month: date) -> Tables:
    """Return what the extract of `extract_month` would have held of `tables`.

    Later rows are gone and later ends blank. A few events of the month's last fortnight were
    recorded only after it (referrals, assessments authorised, supervision of children who are not
    in care), so that the next extract restates that month a little. The last month of the tables
    is returned as it is.
    """
    end = np.datetime64(extract_month, "M") + 1 - np.timedelta64(1, "D")
    latest = tables["care_leavers"]["extract_date"].max()
    if end >= latest:
        return tables
    known: Tables = {}
    for name, (came, ends) in CAME_TO_BE.items():
        rows = tables[name]
        rows = rows[rows[came] <= end].copy()
        for column in ends:
            rows[column] = rows[column].where(rows[column] <= end)
        known[name] = rows
    episodes = known["cla_episodes"]
    episodes["rec"] = episodes["rec"].where(episodes["dec"].notna(), None)

    in_care = set(episodes["child_id"])
    known["referrals"] = _without_late(known["referrals"], "referral_id", "event_date", end)
    seen = known["supervision"]
    of_care = seen["child_id"].isin(in_care)
    known["supervision"] = pd.concat(
        [seen[of_care], _without_late(seen[~of_care], "supervision_id", "supervision_date", end)]
    ).sort_index()
    assessments = known["assessments"]
    late = _recorded_late(assessments, "assessment_id", "authorised_date", end)
    assessments["authorised_date"] = assessments["authorised_date"].mask(late)

    mentioned = pd.concat([rows["child_id"] for rows in known.values()]).unique()
    children = tables["children"]
    children = children[children["child_id"].isin(mentioned)].copy()
    children["dob"] = children["dob"].where(children["dob"] <= end)
    known["children"] = children
    return {name: known[name].reset_index(drop=True) for name in tables}


def _recorded_late(rows: pd.DataFrame, key: str, when: str, end: np.datetime64) -> pd.Series:
    """Return which rows of the last fortnight reached the record only after `end`: one in 16."""
    fortnight = rows[when] > end - np.timedelta64(14, "D")
    return fortnight & (pd.to_numeric(rows[key]) % 16 == 0)


def _without_late(rows: pd.DataFrame, key: str, when: str, end: np.datetime64) -> pd.DataFrame:
    return rows[~_recorded_late(rows, key, when, end)]


# Files


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
