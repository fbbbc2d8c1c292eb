from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpi import cards
from kpi.basis import Basis
from kpi.benchmarks import Area, Published
from kpi.catalogue import Kind
from kpi.expectations import Expectation
from kpi.judgement import Rating
from kpi.organisation import Place
from tests import facts, packs
from tests.facts import HIGHER, LOWER, NEITHER, card
from tests.packs import NOVEMBER

WHOLE = Place(authority="311")
EXPECTED = Expectation(
    indicator=HIGHER.id,
    from_month=date(2024, 9, 1),
    until_month=date(2025, 3, 1),
    reason="the new teams are still hiring",
    approved_by="Board of 4 September 2024",
)
EXPECTED_SAID = "Off target as expected until March 2025, because the new teams are still hiring"


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
    assert card("96.7").when == "in November 2024"
    assert card("17.6", indicator=LOWER).when == "at 30 November 2024"
    assert card("17.6", indicator=LOWER, month=date(2024, 2, 1)).when == "at 29 February 2024"
    assert card("96.7", basis=Basis.YEAR_TO_DATE).when == "April to November 2024"


def test_a_target_on_its_way_says_where_it_leads():
    path = replace(
        facts.target("85", "75"), profile=tuple(map(Decimal, ("65", *["80"] * 10, "85")))
    )
    assert card("82", targets=(path,)).target_said == "Target 80% or more now, 85% by March"
    march = card("82", targets=(path,), month=date(2024, 3, 1))
    assert march.target_said == "Target 85% or more"


@pytest.mark.parametrize(
    ("value", "rating", "said"),
    [
        ("60", Rating.MISSED, EXPECTED_SAID),
        ("87", Rating.CLOSE, EXPECTED_SAID),
        ("95", Rating.MET, ""),  # it is on target after all
        (None, Rating.UNKNOWN, ""),
    ],
)
def test_an_expectation_stands_beside_the_rating_and_never_in_its_place(value, rating, said):
    made = card(value, targets=(facts.target("90", "85"),), expected=EXPECTED)
    assert (made.latest.rating, made.expected_said) == (rating, said)


def test_a_card_says_how_long_it_has_stood_so():
    made = card("95", *["60"] * 5, targets=(facts.target("90", "85"),))
    assert made.persistence == "off target 5 months running"
    assert made.lasting == 5


def test_what_needs_attention_most_comes_first():
    """Off target before close; then the longest so; then what is furthest from its target."""
    at_least_90 = (facts.target("90", "85"),)
    at_most_20 = (facts.target("20", "25", indicator=LOWER),)
    made = {
        "on target": card("95", "95", targets=at_least_90),
        "no target": card("95", "95"),
        "no figure": card("95", None, targets=at_least_90),
        "newly off, by a ninth": card("95", "80", targets=at_least_90),
        "newly off, by a half": card("19", "30", indicator=LOWER, targets=at_most_20),
        "off twice": card("84", "84", targets=at_least_90),
        "close": card("86", "86", targets=at_least_90),
    }
    assert [
        next(name for name, one in made.items() if one is found)
        for found in cards.by_need(made.values())
    ] == [
        "off twice",
        "newly off, by a half",
        "newly off, by a ninth",
        "close",
        "on target",
        "no target",
        "no figure",
    ]


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        (Basis.MONTH, "10.0 points up on October"),
        (Basis.TWELVE_MONTHS, "10.0 points up on October"),
        (Basis.YEAR_TO_DATE, "30.0 points up on the same months of 2023/24"),
    ],
)
def test_a_year_to_date_is_compared_with_the_same_months_of_last_year(basis, said):
    """A year to date of October and of November are not alike: the one has a month more."""
    made = card("50", *["60"] * 10, "70", "80", basis=basis)
    assert made.change_said == said
    assert made.last_year.value == 50


def test_a_published_figure_is_said_with_its_year_and_its_unit():
    shares = Published(
        period_end=date(2024, 3, 31),
        unit="percent",
        values={Area.ENGLAND: Decimal("84.5")},
        ranked=None,
        quarter="",
    )
    newer = replace(shares, period_end=date(2025, 3, 31), values={Area.LONDON: Decimal("86")})
    made = card("96.7", published=(shares, newer))

    assert made.published_of(Area.ENGLAND) == "84.5% (2023/24)"  # 2025 has none of England
    assert made.published_of(Area.LONDON) == "86% (2024/25)"
    assert made.published_of(Area.NEIGHBOURS) == ""
    rates = replace(shares, unit="per 10000", period_end=date(2024, 9, 30))
    assert card("300", published=(rates,)).published_of(Area.ENGLAND) == (
        "84.5 per 10,000 (September 2024)"
    )


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


def test_each_month_keeps_the_target_that_stood_then(november):
    made = packs.card(november, HIGHER.id, WHOLE)
    stood = {point.month: point.target and point.target.target for point in made.series}

    assert stood[date(2023, 3, 1)] is None
    assert {stood[month] for month in stood if date(2023, 4, 1) <= month < date(2024, 4, 1)} == {85}
    assert {stood[month] for month in stood if month >= date(2024, 4, 1)} == {90}


def test_only_what_happens_in_a_month_has_a_year_to_date(november):
    for made in cards.build(november, WHOLE, NOVEMBER):
        assert (made.year_to_date is None) == (made.indicator.kind is Kind.SNAPSHOT)


def test_every_card_of_the_pack_can_be_said_in_words(november):
    for made in cards.build(november, WHOLE, NOVEMBER):
        assert made.finding
        assert made.target_said
        if made.latest.target:
            assert made.target_whose == "example"


def test_headlines_are_indicators(november):
    assert set(cards.HEADLINES) <= set(november.indicators)
