"""The factual sentences of a card: every edge worked by hand, and every card of the pack."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpi import calendar, cards, first_sentence, points
from kpi.basis import Basis
from kpi.coverage import State
from kpi.organisation import Place
from kpi.rates import Rate
from kpi.words import Unit
from tests import facts
from tests.facts import HIGHER, INDICATORS, LOWER, NEITHER, card
from tests.packs import NOVEMBER

AT_LEAST_90 = facts.target("90", "85")
AT_MOST_16 = facts.target("16", "20", indicator=LOWER)
COUNT_DOWN = INDICATORS["aged_16_in_supported_accommodation"]  # a count, and fewer is better
MEAN = INDICATORS["average_caseload"]
ASSESSMENTS = "the percentage of assessments completed within 45 working days"
PLACED = "the percentage of children in care placed more than 20 miles from home"
PLANS = "the number of children on a child protection plan"


def since_april(april: str | None, *values: str | None) -> tuple[str | None, ...]:
    """Return the values of April to November, the last of them given."""
    return (april, *["80"] * (7 - len(values)), *values)


@pytest.mark.parametrize(
    ("values", "indicator", "target", "said"),
    [
        (
            # 96.7 - 94.8 = 1.9 and 96.7 - 70.4 = 26.3.
            since_april("70.4", "94.8", "96.7"),
            HIGHER,
            AT_LEAST_90,
            f"In November 2024, {ASSESSMENTS} was 96.7% (967 of 1,000), on target (90% or more). "
            "That is 1.9 points higher than in October (94.8%) and 26.3 points higher than in "
            "April (70.4%), both for the better.",
        ),
        (
            since_april("95.1", "91.2", "84.1"),
            HIGHER,
            AT_LEAST_90,
            f"In November 2024, {ASSESSMENTS} was 84.1% (841 of 1,000), off target (90% or more). "
            "That is 7.1 points lower than in October (91.2%) and 11.0 points lower than in "
            "April (95.1%), both for the worse.",
        ),
        (
            # What is true at a month's end is said of its end; up is worse here.
            since_april("18.4", "16.6", "17.6"),
            LOWER,
            AT_MOST_16,
            f"At 30 November 2024, {PLACED} was 17.6% (176 of 1,000), close to target "
            "(16% or less). That is 1.0 point higher than at the end of October (16.6%), which is "
            "worse, and 0.8 points lower than at the end of April (18.4%), which is better.",
        ),
        (
            since_april("1290", "270", "300"),
            NEITHER,
            None,
            f"At 30 November 2024, {PLANS} was 300. That is 30 more than at the end of October "
            "(270) and 990 fewer than at the end of April (1,290). It is shown for context and "
            "has no target.",
        ),
        (
            since_april("6", "5", "4"),
            COUNT_DOWN,
            None,
            "At 30 November 2024, the number of 16 year olds in supported accommodation was 4. "
            "That is 1 fewer than at the end of October (5) and 2 fewer than at the end of April "
            "(6), both for the better. No target is agreed.",
        ),
        (
            # 95.95 and 96.04 are both shown as 96.0; 95.94 is shown as 95.9, so 0.1 apart.
            since_april("95.94", "95.95", "96.04"),
            HIGHER,
            None,
            f"In November 2024, {ASSESSMENTS} was 96.0% (960.4 of 1,000). That is the same as in "
            "October and 0.1 points higher than in April (95.9%), which is better. "
            "No target is agreed.",
        ),
        (
            since_april("96", "95", "96"),
            HIGHER,
            None,
            f"In November 2024, {ASSESSMENTS} was 96.0% (960 of 1,000). That is 1.0 point higher "
            "than in October (95.0%), which is better, and the same as in April. "
            "No target is agreed.",
        ),
        (
            since_april("96", "96", "96"),
            HIGHER,
            None,
            f"In November 2024, {ASSESSMENTS} was 96.0% (960 of 1,000). That is the same as in "
            "October and the same as in April. No target is agreed.",
        ),
        (
            # Halves round up: 62.25 is shown as 62.3, and 1.1 above 61.2.
            since_april("62.25", "61.2", "62.25"),
            HIGHER,
            AT_LEAST_90,
            f"In November 2024, {ASSESSMENTS} was 62.3% (622.5 of 1,000), off target "
            "(90% or more). That is 1.1 points higher than in October (61.2%), which is better, "
            "and the same as in April.",
        ),
        (
            since_april("70", None, "75"),
            HIGHER,
            AT_LEAST_90,
            f"In November 2024, {ASSESSMENTS} was 75.0% (750 of 1,000), off target "
            "(90% or more). That is 5.0 points higher than in April (70.0%), which is better. "
            "There is no figure in October to compare it with, because its records are not loaded.",
        ),
        (
            since_april(None, "70", "75"),
            HIGHER,
            AT_LEAST_90,
            f"In November 2024, {ASSESSMENTS} was 75.0% (750 of 1,000), off target "
            "(90% or more). That is 5.0 points higher than in October (70.0%), which is better. "
            "There is no figure in April to compare it with, because its records are not loaded.",
        ),
        (
            since_april(None, None, "17"),
            LOWER,
            None,
            f"At 30 November 2024, {PLACED} was 17.0% (170 of 1,000). There is no figure at the "
            "end of October or at the end of April to compare it with, because its records are not "
            "loaded. No target is agreed.",
        ),
        (
            ("70", "75"),  # the known months do not go back to April
            HIGHER,
            None,
            f"In November 2024, {ASSESSMENTS} was 75.0% (750 of 1,000). That is 5.0 points higher "
            "than in October (70.0%), which is better. No target is agreed.",
        ),
        (
            ("75",),
            HIGHER,
            AT_LEAST_90,
            f"In November 2024, {ASSESSMENTS} was 75.0% (750 of 1,000), off target "
            "(90% or more). There is no earlier month to compare it with.",
        ),
        (
            since_april("70", "75", None),
            HIGHER,
            AT_LEAST_90,
            f"In November 2024, there is no figure for {ASSESSMENTS}, because its records are "
            "not loaded. The target is 90% or more. In October it was 75.0% (750 of 1,000).",
        ),
        (
            since_april("290", None, None),
            NEITHER,
            None,
            f"At 30 November 2024, there is no figure for {PLANS}, because its records are "
            "not loaded.",
        ),
        (
            (None,),
            HIGHER,
            None,
            f"In November 2024, there is no figure for {ASSESSMENTS}, because its records are "
            "not loaded.",
        ),
    ],
)
def test_a_figure_is_said_with_its_counts_target_and_change(values, indicator, target, said):
    made = card(*values, indicator=indicator, targets=(target,) if target else ())
    assert first_sentence.said(made) == said


@pytest.mark.parametrize(
    ("month", "values", "change"),
    [
        # In April, the financial year has only begun; in May, April is last month.
        ("2024-04", ("80",) * 13, "the same as in March"),
        ("2024-05", ("80",) * 13, "the same as in April"),
        ("2024-06", ("80",) * 13, "the same as in May and the same as in April"),
        # A month of another calendar year is said with it.
        ("2025-01", ("80",) * 13, "the same as in December 2024 and the same as in April 2024"),
        ("2025-03", ("80",) * 13, "the same as in February and the same as in April 2024"),
    ],
)
def test_april_began_the_financial_year(month, values, change):
    made = card(*values, month=date.fromisoformat(f"{month}-01"), targets=(AT_LEAST_90,))
    assert first_sentence.said(made).endswith(f"(90% or more). That is {change}.")


@pytest.mark.parametrize(
    ("basis", "month", "values", "said"),
    [
        (
            # The same months of the year before, and neither October's total nor April's.
            Basis.YEAR_TO_DATE,
            "2024-11",
            ("50", *["60"] * 10, "70", "80"),
            f"From April to November 2024, {ASSESSMENTS} was 80.0% (800 of 1,000). That is 30.0 "
            "points higher than in the same months of 2023/24 (50.0%), which is better. "
            "No target is agreed.",
        ),
        (
            Basis.YEAR_TO_DATE,
            "2025-02",
            ("80", *["60"] * 11, "80"),
            f"From April 2024 to February 2025, {ASSESSMENTS} was 80.0% (800 of 1,000). That is "
            "the same as in the same months of 2023/24. No target is agreed.",
        ),
        (
            Basis.YEAR_TO_DATE,
            "2024-04",  # of a year that has only begun: one month and the same month before
            ("50", *["60"] * 11, "80"),
            f"In April 2024, {ASSESSMENTS} was 80.0% (800 of 1,000). That is 30.0 points higher "
            "than in April 2023 (50.0%), which is better. No target is agreed.",
        ),
        (
            Basis.YEAR_TO_DATE,
            "2024-11",
            (None, *["60"] * 11, "80"),
            f"From April to November 2024, {ASSESSMENTS} was 80.0% (800 of 1,000). There is no "
            "figure in the same months of 2023/24 to compare it with, because its records are not "
            "loaded. No target is agreed.",
        ),
        (
            Basis.TWELVE_MONTHS,
            "2024-11",
            ("50", *["60"] * 6, "80"),
            f"From December 2023 to November 2024, {ASSESSMENTS} was 80.0% (800 of 1,000). That is "
            "20.0 points higher than in the 12 months to October (60.0%) and 30.0 points higher "
            "than in the 12 months to April (50.0%), both for the better. No target is agreed.",
        ),
    ],
)
def test_each_basis_is_compared_with_its_like(basis, month, values, said):
    made = card(*values, basis=basis, month=date.fromisoformat(f"{month}-01"))
    assert first_sentence.said(made) == said


@pytest.mark.parametrize(
    ("place", "begins"),
    [
        ({}, "In November 2024, the percentage"),
        ({"service_area": "Safeguarding"}, "For Safeguarding in November 2024, the percentage"),
        (
            {"service_area": "Corporate Parenting", "team": "Leaving Care Team"},
            "For the Leaving Care Team in November 2024, the percentage",
        ),
        (
            {"service_area": "MASH and Assessment", "team": "Assessment Team 1"},
            "For Assessment Team 1 in November 2024, the percentage",
        ),
        ({"service_area": "Unallocated"}, "For unallocated work in November 2024, the percentage"),
        ({"service_area": "Unmapped teams"}, "For unmapped teams in November 2024, the percentage"),
    ],
)
def test_a_part_of_the_service_is_named(place, begins):
    made = replace(card("80"), place=Place(authority="311", **place))
    assert first_sentence.said(made).startswith(begins)


def test_a_part_of_the_service_is_named_for_the_months_of_a_year():
    made = replace(
        card("80", basis=Basis.YEAR_TO_DATE),
        place=Place(authority="311", service_area="Safeguarding"),
    )
    assert first_sentence.said(made).startswith("For Safeguarding from April to November 2024, the")


def test_a_target_on_its_way_says_where_it_leads():
    path = replace(
        facts.target("85", "75"), profile=tuple(map(Decimal, ("65", *["80"] * 10, "85")))
    )
    assert ", on target (80% or more now, 85% by March)." in first_sentence.said(
        card("82", targets=(path,))
    )
    assert "The target is 80% or more now, 85% by March." in first_sentence.said(
        card(None, targets=(path,))
    )


def test_a_count_of_children_is_said_per_10_000_as_well():
    made = card("270", "300", indicator=NEITHER)
    rate = Rate(value=Decimal("46.98"), year=2024)
    made = replace(made, series=(made.series[0], replace(made.latest, rate=rate)))
    assert first_sentence.said(made).startswith(
        f"At 30 November 2024, {PLANS} was 300, or 47.0 per 10,000 children (population of 2024). "
        "That is 30 more than at the end of October (270)."
    )


@pytest.mark.parametrize(
    ("october", "april", "ends"),
    [
        (points.NO_CASES, points.NO_CASES, "it with, because there were no cases."),
        (points.NO_CASES, points.NO_SUCH_PLACE, "it with."),  # two reasons are one too many
    ],
)
def test_what_cannot_be_compared_says_why_where_the_reason_is_one(october, april, ends):
    made = card(*since_april(None, None, "75"), targets=(AT_LEAST_90,))
    first, *between, last, now = made.series
    series = (replace(first, said=april), *between, replace(last, said=october), now)
    assert first_sentence.said(replace(made, series=series)).endswith(
        f"There is no figure in October or in April to compare {ends}"
    )


@pytest.mark.parametrize(
    ("reason", "because"),
    [
        (State.EMPTY, "the extract had no rows for it"),
        (State.NOT_LOADED, "its records are not loaded"),
        (State.NOT_CARRIED, "the extract does not carry it"),
        (points.NO_CASES, "there were no cases"),
        (points.NO_SUCH_PLACE, "this part of the service did not exist then"),
        (points.NOT_ALL, "not every month is counted"),
    ],
)
def test_a_missing_figure_says_why(reason, because):
    made = card(None)
    made = replace(made, series=(replace(made.latest, said=str(reason)),))
    assert first_sentence.said(made) == (
        f"In November 2024, there is no figure for {ASSESSMENTS}, because {because}."
    )


def test_every_reason_why_there_is_no_figure_has_its_words():
    reasons = {*State, points.NO_CASES, points.NO_SUCH_PLACE, points.NOT_ALL}
    assert set(first_sentence.BECAUSE) == reasons - {State.COUNTED}


@pytest.mark.parametrize(
    ("title", "unit", "measure"),
    [
        ("Section 47 enquiries started", Unit.COUNT, "the number of section 47 enquiries started"),
        ("16 year olds in care", Unit.COUNT, "the number of 16 year olds in care"),
        ("ICPCs held", Unit.COUNT, "the number of ICPCs held"),
        ("A&E visits", Unit.COUNT, "the number of A&E visits"),
        ("Average score", Unit.MEAN, "the average score"),
        ("Children to each worker", Unit.MEAN, "the average number of children to each worker"),
        ("Referrals", Unit.RATE, "the rate of referrals"),
    ],
)
def test_a_title_becomes_what_was_measured(title, unit, measure):
    indicator = replace(MEAN, title=title, unit=unit)
    said = first_sentence.said(card("16.3", indicator=indicator))
    assert said.startswith(f"At 30 November 2024, {measure} was 16")


# The text alternative of a chart


def test_a_chart_is_described_by_the_same_words_and_its_lowest_and_highest():
    made = card("70.4", None, "81.2", "96.7", targets=(AT_LEAST_90,))
    assert first_sentence.described(made) == (
        f"In November 2024, {ASSESSMENTS} was 96.7% (967 of 1,000), on target (90% or more). "
        "That is 15.5 points higher than in October (81.2%), which is better. "
        "August 2024 to November 2024: lowest 70.4% in August 2024, highest 96.7% in November "
        "2024. 1 month has no value."
    )


def test_a_chart_of_sums_says_over_which_months_its_points_are():
    made = card("70.4", "81.2", basis=Basis.TWELVE_MONTHS)
    assert first_sentence.described(made).endswith(
        "Last 12 months, October 2024 to November 2024: lowest 70.4% in October 2024, "
        "highest 81.2% in November 2024."
    )


def test_a_trend_without_any_value_is_described_too():
    assert first_sentence.described(card(None, None)) == (
        f"In November 2024, there is no figure for {ASSESSMENTS}, because its records are "
        "not loaded. 2 months have no value."
    )


# On the demonstration pack


def test_a_figure_of_the_pack_is_said(november):
    """69 of 72 in November, 61 of 66 in October and 28 of 48 in April, as the pack is made."""
    made = next(
        one
        for one in cards.build(november, Place(authority="311"), NOVEMBER)
        if one.indicator.id == "icpc_within_15_days"
    )
    assert first_sentence.said(made) == (
        "In November 2024, the percentage of initial child protection conferences within 15 "
        "working days was 95.8% (69 of 72), on target (90% or more). That is 3.4 points higher "
        "than in October (92.4%) and 37.5 points higher than in April (58.3%), both for the better."
    )


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("month", ["2022-04", "2024-01", "2024-04", "2024-11"])
def test_every_card_of_the_pack_is_said_in_plain_words_and_with_its_own_numbers(
    november, month, basis
):
    areas = {place.service_area for place in november.places} if month == "2024-11" else ()
    for area in (None, *areas):
        place = Place(authority="311", service_area=area)
        for made in cards.build(november, place, date.fromisoformat(f"{month}-01"), basis):
            said = first_sentence.described(made)
            assert said.startswith(first_sentence.said(made))
            assert re.fullmatch(r"[A-Z].*[a-z0-9%)]\.", said)
            assert not re.search(r"  | [.,)]|\.\.|,,|\(\)|\bNone\b|\bnan\b|\bDecimal\b", said)
            assert numbers(said) <= own_numbers(made)


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d,]*(?:\.\d+)?%?", text.replace(", ", " ")))


def own_numbers(made) -> set[str]:
    """Return every number that the card shows, as it shows it."""
    indicator = made.indicator
    shown = [indicator.title, made.when, made.rate_said, made.target_said, "12 months"]
    shown += [str(sum(point.value is None for point in made.series))]
    for months, point in enumerate(reversed(made.series)):
        change = made.change_on(months) if months else None
        shown += [point.said, point.of, "" if change is None else made.in_points(abs(change))]
        shown += [str(point.month.year)]
    year = calendar.add_months(calendar.financial_year(made.month), -12)
    shown += [f"{year.year}/{(year.year + 1) % 100}"]
    return numbers(" ".join(shown))
