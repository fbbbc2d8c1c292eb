from datetime import date
from decimal import Decimal

import pytest

from kpi import cards, targets
from kpi.organisation import Place
from tests import facts
from tests.facts import HIGHER, LOWER, NEITHER, card
from tests.packs import NOVEMBER

WHOLE = Place(authority="311")


@pytest.mark.parametrize(
    ("values", "indicator", "said", "arrow", "means"),
    [
        (("95.3", "96.7"), HIGHER, "1.4 points up on October", "▲", "better"),
        (("96.7", "95.3"), HIGHER, "1.4 points down on October", "▼", "worse"),
        (("18.0", "19.4"), LOWER, "1.4 points up on October", "▲", "worse"),
        (("19.4", "17.6"), LOWER, "1.8 points down on October", "▼", "better"),
        (("95.7", "96.7"), HIGHER, "1.0 point up on October", "▲", "better"),
        (("270", "300"), NEITHER, "30 up on October", "▲", ""),
        (("1300", "100"), NEITHER, "1,200 down on October", "▼", ""),
        (("96.7", "96.7"), HIGHER, "No change on October", "", ""),
        # 95.95 is shown as 96.0 and 96.04 as 96.0: what a reader sees has not changed.
        (("95.95", "96.04"), HIGHER, "No change on October", "", ""),
        # 95.94 is shown as 95.9 and 96.04 as 96.0: the change is between what is shown.
        (("95.94", "96.04"), HIGHER, "0.1 points up on October", "▲", "better"),
        ((None, "96.7"), HIGHER, "No figure for October to compare with", "", ""),
        (("96.7", None), HIGHER, "No figure to compare with October", "", ""),
        ((None, None), HIGHER, "No figure to compare with October", "", ""),
        (("96.7",), HIGHER, "No figure for October to compare with", "", ""),
    ],
)
def test_a_change_on_last_month_is_said_in_words_that_know_which_way_is_better(
    values, indicator, said, arrow, means
):
    made = card(*values, indicator=indicator)
    assert made.change_said == said
    assert (made.change_arrow, made.change_means) == (arrow, means)


YEAR = ("70.4", *["80"] * 11)


@pytest.mark.parametrize(
    ("values", "indicator", "finding"),
    [
        (
            (*YEAR, "96.7"),
            HIGHER,
            "Better than a year ago: 96.7% against 70.4% in November 2023",
        ),
        (
            (*YEAR, "60"),
            HIGHER,
            "Worse than a year ago: 60.0% against 70.4% in November 2023",
        ),
        (
            (*YEAR, "60"),
            LOWER,
            "Better than a year ago: 60.0% against 70.4% in November 2023",
        ),
        (
            ("240", *["260"] * 11, "300"),
            NEITHER,
            "Higher than a year ago: 300 against 240 in November 2023",
        ),
        ((*YEAR, "70.4"), HIGHER, "The same as a year ago: 70.4%"),
        ((None, *YEAR[1:], "96.7"), HIGHER, "Better than last month: 96.7% against 80.0%"),
        (("70.4", "96.7"), HIGHER, "Better than last month: 96.7% against 70.4%"),
        ((None, "96.7"), HIGHER, "96.7% in November 2024, with nothing earlier to compare"),
        ((None, "17.6"), LOWER, "17.6% at 30 November 2024, with nothing earlier to compare"),
        ((*YEAR, None), HIGHER, "No figure for November 2024: not loaded"),
    ],
)
def test_what_a_chart_shows_is_found_in_one_sentence(values, indicator, finding):
    assert card(*values, indicator=indicator).finding.startswith(finding)


def test_a_trend_is_described_for_a_reader_who_cannot_see_it():
    made = card(
        "70.4", None, "81.2", "96.7", targets=(facts.target("90", "85"),), month=facts.NOVEMBER
    )
    assert made.described == (
        "Assessments completed within 45 working days, August 2024 to November 2024. "
        "Better than last month: 96.7% against 81.2% in October 2024. "
        "Lowest 70.4% in August 2024. Highest 96.7% in November 2024. "
        "Target 90% or more. 1 month has no value."
    )


def test_a_trend_without_any_value_is_described_too():
    assert card(None, None).described == (
        "Assessments completed within 45 working days, October 2024 to November 2024. "
        "No figure for November 2024: not loaded. No target agreed. 2 months have no value."
    )


@pytest.mark.parametrize(
    ("indicator", "target", "said", "whose"),
    [
        (HIGHER, facts.target("90", "85"), "Target 90% or more", "example"),
        (LOWER, facts.target("16.5", "20", indicator=LOWER), "Target 16.5% or less", "example"),
        (HIGHER, None, "No target agreed", ""),
        (NEITHER, None, "No target: shown for context", ""),
    ],
)
def test_a_target_is_said_with_its_direction_and_whose_it_is(indicator, target, said, whose):
    made = card("17", indicator=indicator, targets=(target,) if target else ())
    assert (made.target_said, made.target_whose) == (said, whose)


def test_a_value_is_of_the_month_or_at_its_end():
    assert card("96.7").basis == "in November 2024"
    assert card("17.6", indicator=LOWER).basis == "at 30 November 2024"
    assert card("17.6", indicator=LOWER, month=date(2024, 2, 1)).basis == "at 29 February 2024"


# On the demonstration pack


def test_a_card_has_24_months_that_end_with_its_own(november):
    for made in cards.build(november, WHOLE, NOVEMBER):
        assert len(made.series) == 24
        assert (made.series[0].month, made.month) == (date(2022, 12, 1), NOVEMBER)
        assert made.latest.value is not None


def test_a_card_begins_with_the_first_reporting_month(november):
    (first, *_) = cards.build(november, WHOLE, date(2022, 6, 1))
    assert [point.month for point in first.series] == [
        date(2022, 4, 1),
        date(2022, 5, 1),
        date(2022, 6, 1),
    ]


def test_one_card_built_alone_is_the_one_built_among_all(november):
    for place in (WHOLE, Place(authority="311", service_area="Corporate Parenting")):
        for made in cards.build(november, place, NOVEMBER):
            assert cards.build_one(november, made.indicator, place, NOVEMBER) == made


def test_each_month_keeps_the_target_that_stood_then(november):
    made = cards.build_one(november, november.indicators[HIGHER.id], WHOLE, NOVEMBER)
    stood = {point.month: point.target and point.target.target for point in made.series}

    assert stood[date(2023, 3, 1)] is None
    assert {stood[month] for month in stood if date(2023, 4, 1) <= month < date(2024, 4, 1)} == {85}
    assert {stood[month] for month in stood if month >= date(2024, 4, 1)} == {90}


def test_headlines_are_indicators(november):
    assert set(cards.HEADLINES) <= set(november.indicators)


def test_a_breakdown_adds_up_from_teams_to_service_areas_to_the_whole(november):
    for indicator in november.indicators.values():
        rows = cards.breakdown(november, indicator, WHOLE, NOVEMBER)
        whole = cards.build_one(november, indicator, WHOLE, NOVEMBER).latest
        assert rows[0].place == WHOLE
        assert rows[0].point == whole
        areas = [row for row in rows if row.place.service_area and not row.place.team]
        assert _total(areas) == (whole.sum.numerator, whole.sum.denominator or 0)
        for area in areas:
            teams = [
                row
                for row in rows
                if row.place.team and row.place.service_area == area.place.service_area
            ]
            if teams:
                assert _total(teams) == _total([area])


def _total(rows) -> tuple[Decimal, Decimal]:
    return (
        sum(row.point.sum.numerator for row in rows),
        sum(row.point.sum.denominator or 0 for row in rows),
    )


def test_a_breakdown_of_one_service_area_keeps_the_whole_beside_it(november):
    area = "Corporate Parenting"
    indicator = november.indicators["children_in_care"]
    rows = cards.breakdown(november, indicator, Place(authority="311", service_area=area), NOVEMBER)

    assert rows[0].place == WHOLE
    assert rows[0].point.said == "272"
    assert {row.place.service_area for row in rows[1:]} == {area}
    assert len(rows) > 3


def test_work_that_nobody_held_stands_in_a_line_of_its_own(november):
    rows = cards.breakdown(november, november.indicators["child_protection_plans"], WHOLE, NOVEMBER)
    unallocated = [row for row in rows if row.place.service_area == "Unallocated"]
    assert len(unallocated) == 1
    assert unallocated[0].place.team is None
    assert unallocated[0].point.sum.numerator > 0


def test_a_month_with_nothing_to_break_down_has_no_lines(november):
    indicator = november.indicators["children_in_care"]
    assert cards.breakdown(november, indicator, WHOLE, date(2031, 1, 1)) == []


def test_the_targets_of_a_release_are_those_of_the_reference_folder(november):
    assert november.targets == targets.read(november.indicators)
