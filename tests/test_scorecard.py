"""What stands in the scorecard's cells, which lines are shown, and in which order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpi import cards
from kpi.basis import Basis
from kpi.benchmarks import Area, Published
from kpi.cards import Card
from kpi.expectations import Expectation
from kpi.judgement import Rating
from kpi.rates import Rate
from kpi.scorecard import HEADS, Choice, Order, build
from tests.facts import HIGHER, INDICATORS, LOWER, NEITHER, NOVEMBER, PLACE, card, target

YEAR = ("70.4", *["80"] * 11)
ICPC = INDICATORS["icpc_within_15_days"]
NINETY = (target("90", "80"),)
SIXTEEN = (target("16", "20", indicator=LOWER),)


def cells(one: Card, narrative: str = "") -> dict[str, tuple[str, ...]]:
    """Return the cells of a card's line by the column's head."""
    (line,) = build([one], narratives={one.indicator.id: narrative}, choice=Choice()).lines
    return dict(zip(HEADS, line.cells, strict=True))


def names(built: list[Card], **choice) -> list[str]:
    """Return the ids of the lines shown, in their order."""
    shown = build(built, narratives={}, choice=Choice(**choice))
    return [line.card.indicator.id for line in shown.lines]


def test_a_share_has_its_counts_its_target_its_change_and_the_year_before():
    assert cells(card(*YEAR, "96.7", targets=NINETY), "Submitted") == {
        "Indicator": ("Assessments within 45 days", "A01 · Assessment"),
        "Value": ("96.7%", "in November 2024"),
        "Counts": ("967 of 1,000",),
        "Target": ("90% or more", "example"),
        "Status": ("✔ On target",),
        "Change": ("16.7 points up on October", "Better"),
        "Same month last year": ("70.4%", "704 of 1,000"),
        "Financial year to date": ("–",),
        "England": ("–",),
        "Statistical neighbours": ("–",),
        "How long": ("Newly on target",),
        "Narrative": ("Submitted",),
    }


def test_a_count_stands_at_a_day_with_its_rate_and_is_not_judged():
    made = card("270", "300", indicator=NEITHER)
    rate = Rate(value=Decimal("47.04"), year=2024)
    made = replace(made, series=(made.series[0], replace(made.latest, rate=rate)))
    shown = cells(made)
    assert shown["Value"] == (
        "300",
        "at 30 November 2024",
        "47.0 per 10,000 children (population of 2024)",
    )
    assert shown["Counts"] == ("–",)
    assert shown["Target"] == ("No target: shown for context",)
    assert shown["Status"] == ("– No target",)
    assert shown["Change"] == ("30 up on October",)  # neither better nor worse
    assert shown["Same month last year"] == ("–",)  # the months do not reach back to it
    assert shown["How long"] == ("–",)
    assert shown["Narrative"] == ("–",)  # where the store cannot be read


def test_what_is_expected_off_target_stays_off_target_and_says_until_when():
    expected = Expectation(
        indicator=HIGHER.id,
        from_month=date(2024, 9, 1),
        until_month=date(2025, 3, 1),
        reason="the teams were reorganised",
        approved_by="Improvement Board, 3 October 2024",
    )
    made = card("70", "70", targets=NINETY, expected=expected)
    assert cells(made)["Status"] == ("✖ Off target", "As expected until March 2025")
    assert build([made], narratives={}, choice=Choice()).expected == [
        "Assessments within 45 days: Off target as expected until March 2025, because the teams "
        "were reorganised. Improvement Board, 3 October 2024."
    ]
    met = card("70", "95", targets=NINETY, expected=expected)
    assert cells(met)["Status"] == ("✔ On target",)
    assert build([met], narratives={}, choice=Choice()).expected == []


def test_a_month_without_a_figure_says_why_in_every_cell():
    shown = cells(card("70", None, targets=NINETY))
    assert shown["Value"] == ("Not loaded", "in November 2024")
    assert shown["Status"] == ("? No figure",)
    assert shown["Change"] == ("No figure to compare with October",)


def test_what_others_have_published_is_dated():
    published = Published(
        period_end=date(2024, 3, 31),
        unit="percent",
        values={Area.ENGLAND: Decimal("84.5"), Area.NEIGHBOURS: Decimal("86.8")},
        ranked=None,
        quarter="",
    )
    shown = cells(card("96.7", published=(published,)))
    assert shown["England"] == ("84.5% (2023/24)",)
    assert shown["Statistical neighbours"] == ("86.8% (2023/24)",)


def test_over_several_months_last_year_says_which_months():
    shown = cells(card(*YEAR, "96.7", basis=Basis.YEAR_TO_DATE))
    assert shown["Value"] == ("96.7%", "April to November 2024")
    assert shown["Same month last year"] == ("70.4%", "704 of 1,000", "April to November 2023")
    assert shown["Change"] == ("26.3 points up on the same months of 2023/24", "Better")


def test_the_year_to_date_has_its_counts():
    made = card("96.7")
    total = replace(made.latest, said="85.0%", of="1,949 of 2,292")
    assert cells(replace(made, year_to_date=total))["Financial year to date"] == (
        "85.0%",
        "1,949 of 2,292",
    )


def journey() -> list[Card]:
    """Cards in the order of a child's journey, one of each kind that need can tell apart."""
    return [
        card("85", "70", "79", targets=NINETY),  # off target for two months
        card(None, indicator=INDICATORS["open_assessments_over_45_days"]),
        card("95", "95", indicator=ICPC, targets=(target("90", "80", indicator=ICPC),)),
        card("300", "300", indicator=NEITHER),
        card("19", "20.4", indicator=LOWER, targets=SIXTEEN),  # newly off target
    ]


def test_what_needs_attention_comes_first_and_what_has_no_figure_last():
    assert names(journey()) == [
        "assessments_within_45_days",  # off target for two months
        "placed_over_20_miles",  # newly off target
        "icpc_within_15_days",  # on target
        "child_protection_plans",  # no target
        "open_assessments_over_45_days",  # no figure
    ]


def test_of_two_that_are_off_target_equally_long_the_further_one_comes_first():
    # 79 is 12% short of 90; 20.4 is 27.5% over 16.
    near = card("79", targets=NINETY)
    far = card("20.4", indicator=LOWER, targets=SIXTEEN)
    assert names([near, far]) == [LOWER.id, HIGHER.id]


def test_the_other_orders_are_a_childs_journey_and_the_alphabet():
    built = journey()
    assert names(built, order=Order.JOURNEY) == [one.indicator.id for one in built]
    assert names(built, order=Order.NAME) == [
        "assessments_within_45_days",  # Assessments within 45 days
        "child_protection_plans",  # Children on a child protection plan
        "icpc_within_15_days",  # Conferences within 15 days
        "open_assessments_over_45_days",  # Open assessments over 45 days
        "placed_over_20_miles",  # Placed over 20 miles from home
    ]


@pytest.mark.parametrize(
    ("status", "ids"),
    [
        (Rating.MISSED, ["assessments_within_45_days", "placed_over_20_miles"]),
        (Rating.CLOSE, []),
        (Rating.MET, ["icpc_within_15_days"]),
        (Rating.UNJUDGED, ["child_protection_plans"]),
        (Rating.UNKNOWN, ["open_assessments_over_45_days"]),
    ],
)
def test_every_status_can_be_asked_for(status, ids):
    assert names(journey(), status=status) == ids


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("", 5),
        ("  ", 5),
        ("45", ["assessments_within_45_days", "open_assessments_over_45_days"]),
        ("OPEN assess", ["open_assessments_over_45_days"]),  # each word, in either case
        ("initial child protection conferences", ["icpc_within_15_days"]),  # the whole title
        ("within 15 days", ["icpc_within_15_days"]),  # the short one
        ("l07", ["placed_over_20_miles"]),  # the code
        ("children in care", ["placed_over_20_miles"]),  # the area
        ("assessments missing", []),
        (".*", []),  # words, and no pattern
    ],
)
def test_words_are_looked_for_in_titles_codes_and_areas(words, ids):
    found = names(journey(), words=words)
    assert len(found) == ids if isinstance(ids, int) else sorted(found) == sorted(ids)


def test_how_many_of_how_many_are_shown_is_said_with_the_reason():
    chosen = Choice(order=Order.NAME, status=Rating.MISSED, words=" care  leavers ")
    assert build(journey(), narratives={}, choice=chosen).said == (
        "0 of 5 indicators · By name · Off target only · With “care leavers”"
    )
    assert build(journey(), narratives={}, choice=Choice()).said == (
        "5 of 5 indicators · Needs attention first"
    )


def test_every_cell_of_every_indicator_says_something(november):
    for basis in Basis:
        board = build(cards.build(november, PLACE, NOVEMBER, basis), narratives={}, choice=Choice())
        assert len(board.lines) == len(november.indicators)
        for line in board.lines:
            assert len(line.cells) == len(HEADS)
            assert all(cell and all(said.strip() for said in cell) for cell in line.cells)
