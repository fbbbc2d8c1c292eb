"""Each figure's course: the numbers that the council has published, and the paths between."""

from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.days import MONTHS, month_number

Courses = Mapping[str, NDArray[np.float64]]  # a value for each of MONTHS, by figure

# How far a month strays from the line by chance, and the line's points. A month that is named is
# met exactly. Those from April 2024 on are the council's own published figures (for a share, the
# proposed whole numbers that print as it was published), and so are the year-end numbers of plans
# and of children in care. The rest is invented.
LINES: dict[str, tuple[float, str]] = {
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
    "children_seen": (
        0.008,
        "2014-01 0.90, 2022-04 0.925, 2023-11 0.93, 2024-11 0.968, 2025-05 0.97",
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
    "plans_moved_in": (0.8, "2014-01 0.5, 2024-10 0.5, 2024-11 0, 2025-05 0.5"),
    "plans_stepped_up": (
        1.3,
        "2014-01 5, 2022-04 7, 2024-09 9, 2024-10 15, 2024-11 18, 2025-05 12",
    ),
    "plans_repeated": (0.7, "2014-01 1.5, 2022-04 1.9, 2024-10 3, 2024-11 4, 2025-05 3"),
    "plans_repeated_ever": (1, "2014-01 4, 2022-04 5.5, 2024-09 7.5, 2024-11 12, 2025-05 9"),
    "plans_open_2_years": (
        1,
        "2014-01 3, 2019-03 7, 2021-03 10, 2022-04 13, 2023-03 16, 2024-02 19, 2024-08 12, "
        "2024-11 9, 2025-05 9",
    ),
    "plans_ended_after_2_years": (
        0.5,
        "2014-01 0.6, 2022-04 1.1, 2024-03 1.3, 2024-05 1.9, 2024-09 1.9, 2024-11 0.9, 2025-05 0.9",
    ),
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
    "seeking_asylum": (0.5, "2014-01 4, 2016-01 14, 2022-04 15, 2024-03 14, 2025-05 17"),
    "in_care_long": (
        0.5,
        "2014-01 90, 2022-04 72, 2024-02 77, 2024-03 76, 2024-10 77, 2024-11 75, 2025-05 75",
    ),
    "same_placement_for_2_years": (0, "2014-01 50, 2024-03 56, 2024-11 53, 2025-05 53"),
    "aged_16_in_supported_accommodation": (0, "2014-01 5, 2024-05 7, 2024-11 4, 2025-05 4"),
    "leavers_in_touch": (
        0.01,
        "2014-01 0.85, 2022-04 0.84, 2023-03 0.82, 2024-03 0.78, 2024-11 0.80, 2025-05 0.80",
    ),
    "leavers_suitably_housed": (
        0.01,
        "2014-01 0.85, 2022-04 0.86, 2023-03 0.82, 2024-03 120/172, 2024-11 0.75, 2025-05 0.785",
    ),
    "leavers_in_education_or_work": (
        0.01,
        "2014-01 0.55, 2022-04 0.56, 2023-03 0.55, 2024-03 0.39, 2024-11 0.42, 2025-05 0.45",
    ),
}


def draw_courses(chance: Callable[[str], Generator]) -> Courses:
    """Return a value of each figure for each month: on its line where named, else near it."""
    return {
        name: _drawn_along(line, stray, chance(f"course of {name}"))
        for name, (stray, line) in LINES.items()
    }


def _drawn_along(line: str, stray: float, rng: Generator) -> NDArray[np.float64]:
    points = [point.split() for point in line.split(",")]
    named = [month_number(month) for month, _ in points]
    values = [float(Fraction(value)) for _, value in points]
    chance = stray * rng.standard_normal(len(MONTHS)).clip(-1.8, 1.8)
    chance[named] = 0
    return np.interp(np.arange(len(MONTHS)), named, values) + chance
