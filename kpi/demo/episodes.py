"""Episodes of care, as the children looked after return codes them, and of short breaks."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from kpi.demo import placements, turning_points
from kpi.demo.chance import choose
from kpi.demo.courses import Courses
from kpi.demo.days import END, OPEN, RECORDS_BEGIN, Days, Flags, day, month_of
from kpi.demo.teams import Teams

LEFT_AT_18 = {"E5": 0.35, "E17": 0.30, "E6": 0.15, "E15": 0.05, "E7": 0.05, "E8": 0.10}
LEFT_YOUNGER = {
    "E4A": 0.42,
    "E46": 0.17,
    "E41": 0.13,
    "E8": 0.13,
    "E4B": 0.07,
    "E13": 0.05,
    "E3": 0.03,
}


def invent_short_breaks(
    children: pd.DataFrame, untouched: Flags, teams: Teams, rng: Generator
) -> pd.DataFrame:
    """Return child, start and end of short breaks: disabled children who are not in care."""
    began = children["began"].to_numpy()
    possible = untouched & teams.with_disabilities(np.arange(len(children)))
    possible &= (began > day("2018-06-01")) & (began < day("2024-06-01"))
    possible &= (children["eighteenth"].to_numpy() > END + 100) & (children["dob"] < began - 1800)
    child = np.sort(rng.permutation(np.flatnonzero(possible))[:24])
    start = began[child] + rng.integers(60, 150, len(child))
    end = start + rng.integers(300, 1500, len(child))
    return pd.DataFrame({"child": child, "start": start, "end": np.where(end > END, OPEN, end)})


def record(
    care: pd.DataFrame,
    breaks: pd.DataFrame,
    children: pd.DataFrame,
    courses: Courses,
    rng: Generator,
) -> pd.DataFrame:
    """Return the episodes of every period of care or of breaks still open in 2016 or since."""
    rows = _of_care(care, children, courses, rng)
    over = rows.groupby(["child", "period_start_date"])["dec"].transform("max") < RECORDS_BEGIN
    rows = pd.concat([rows[~over], _of_breaks(breaks)], ignore_index=True)
    return rows.rename(columns={"child": "child_id"})


def _of_breaks(breaks: pd.DataFrame) -> pd.DataFrame:
    rows = breaks.rename(columns={"start": "decom", "end": "dec"}).assign(
        rne="S",
        ls="V4",
        place="U6",
        pl_distance=4.1,
        uasc=False,
        period_start_date=breaks["start"],
    )
    rows["rec"] = rows["dec"].ne(OPEN).map({True: "E8", False: None})
    return rows


def _seeking_asylum(start: Days, end: Days, alone: Flags, courses: Courses) -> Flags:
    """Return which periods are of children who came alone to seek asylum.

    Of the teenagers who came alone, each whose start finds fewer in care than the month's course.
    """
    flags = np.zeros(len(start), bool)
    wanted = courses["seeking_asylum"][month_of(start)]
    for nth in np.flatnonzero(alone)[np.argsort(start[alone], kind="stable")]:
        flags[nth] = (flags & (end > start[nth])).sum() < round(wanted[nth])
    return flags


def _of_care(
    care: pd.DataFrame, children: pd.DataFrame, courses: Courses, rng: Generator
) -> pd.DataFrame:
    eighteenth, born, alone = (
        children[name].to_numpy()[care["child"]] for name in ("eighteenth", "dob", "alone")
    )
    start, end = care["start"].to_numpy(), care["end"].to_numpy()
    until = np.minimum(end, END)
    adoptable = (until - start > 330) & ((until - born) / 365.25 < 7)
    care = care.assign(
        born=born,
        alone=(lone := alone & (eighteenth - start < 1150)),
        uasc=_seeking_asylum(start, end, lone, courses),
        adopted=adoptable & (rng.random(len(care)) < np.where(end > END, 0.15, 0.45)),
        of_age=end == eighteenth,
    )
    homes = placements.invent(care, courses, rng)
    events = turning_points.invent(homes, care, rng)
    return _between(events, homes, care, rng)


def _between(
    events: pd.DataFrame, homes: pd.DataFrame, care: pd.DataFrame, rng: Generator
) -> pd.DataFrame:
    """Return the episodes that lie between the events, coded as the return codes them."""
    period, decom = events["period"].to_numpy(), events["day"].to_numpy()
    begins = np.append(True, period[1:] != period[:-1])
    ends = np.append(begins[1:], True)
    moved = (events["home"].notna() | events["away"].notna()).to_numpy()
    law, terms = events["ls"].notna().to_numpy(), events["terms"].notna().to_numpy()
    rne = np.select(
        [begins, moved & law, moved, terms & law, terms], ["S", "B", "P", "U", "T"], "L"
    )
    home = events["home"].ffill().astype(int).to_numpy()
    settled = events["terms"].fillna(events["place"]).ffill()
    absent = events["away"].fillna("").ne("").to_numpy()
    miles = homes["miles"].to_numpy()[home]
    # Somewhere else while away, but on the same side of 20 miles.
    elsewhere = np.where(miles > 20, miles + 2.5, miles * 0.7).round(1)
    reason = np.select(
        [care["of_age"].to_numpy()[period], care["adopted"].to_numpy()[period]],
        [choose(LEFT_AT_18, len(care), rng)[period], "E12"],
        choose(LEFT_YOUNGER, len(care), rng)[period],
    )
    dec = np.where(ends, care["end"].to_numpy()[period], np.append(decom[1:], OPEN))
    return pd.DataFrame(
        {
            "child": care["child"].to_numpy()[period],
            "decom": decom,
            "rne": rne,
            "ls": events["ls"].ffill(),
            "place": np.where(absent, events["away"], settled),
            "dec": dec,
            "rec": pd.Series(np.where(ends, reason, "X1")).where(dec != OPEN, None),
            "pl_distance": np.where(absent & (miles < 900), elsewhere, miles),
            "uasc": care["uasc"].to_numpy()[period],
            "period_start_date": care["start"].to_numpy()[period],
        }
    )
