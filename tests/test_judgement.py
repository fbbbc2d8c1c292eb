from decimal import Decimal

import pytest

from kpi import judgement, words
from kpi.catalogue import Polarity
from kpi.judgement import Rating
from kpi.words import Unit
from tests import facts

AT_LEAST_90 = facts.target("90", "80").in_month(facts.NOVEMBER)
AT_MOST_16 = facts.target("16", "20").in_month(facts.NOVEMBER)
MET, CLOSE, MISSED = Rating.MET, Rating.CLOSE, Rating.MISSED


@pytest.mark.parametrize(
    ("value", "rating"),
    [
        ("100", Rating.MET),
        ("90", Rating.MET),  # exactly on target is enough
        ("89.999", Rating.CLOSE),
        ("80", Rating.CLOSE),  # and so is exactly on the floor
        ("79.999", Rating.MISSED),
        ("0", Rating.MISSED),
    ],
)
def test_where_higher_is_better_the_target_is_the_least(value, rating):
    assert judgement.rate(Decimal(value), AT_LEAST_90, Polarity.HIGHER) is rating


@pytest.mark.parametrize(
    ("value", "rating"),
    [
        ("0", Rating.MET),
        ("16", Rating.MET),
        ("16.001", Rating.CLOSE),
        ("20", Rating.CLOSE),
        ("20.001", Rating.MISSED),
    ],
)
def test_where_lower_is_better_the_target_is_the_most(value, rating):
    assert judgement.rate(Decimal(value), AT_MOST_16, Polarity.LOWER) is rating


def test_the_exact_value_is_judged_and_not_the_rounded_one():
    value = Decimal("89.96")
    assert words.say(value, Unit.PERCENT, 1) == "90.0%"
    assert judgement.rate(value, AT_LEAST_90, Polarity.HIGHER) is Rating.CLOSE


@pytest.mark.parametrize(
    ("value", "target", "polarity", "rating"),
    [
        (None, AT_LEAST_90, Polarity.HIGHER, Rating.UNKNOWN),
        (None, None, Polarity.NEITHER, Rating.UNKNOWN),
        (Decimal(50), None, Polarity.HIGHER, Rating.UNJUDGED),
        (Decimal(50), AT_LEAST_90, Polarity.NEITHER, Rating.UNJUDGED),
    ],
)
def test_what_cannot_be_judged_is_not(value, target, polarity, rating):
    assert judgement.rate(value, target, polarity) is rating


@pytest.mark.parametrize(
    ("change", "polarity", "means"),
    [
        ("1.4", Polarity.HIGHER, "better"),
        ("-1.4", Polarity.HIGHER, "worse"),
        ("1.4", Polarity.LOWER, "worse"),
        ("-1.4", Polarity.LOWER, "better"),
        ("0", Polarity.HIGHER, ""),
        ("0.0", Polarity.LOWER, ""),
        ("30", Polarity.NEITHER, ""),
    ],
)
def test_a_change_is_better_or_worse_only_where_one_way_is_better(change, polarity, means):
    assert judgement.direction(Decimal(change), polarity) == means


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ([MET, MISSED, MISSED, MISSED, MISSED, MISSED], "off target 5 months running"),
        ([CLOSE, MISSED, MISSED], "off target 2 months running"),  # close is not off
        ([MISSED, CLOSE, CLOSE], "close to target 2 months running"),
        ([MISSED, MET, MET, MET], "on target 3 months running"),
        ([MET, MISSED], "newly off target"),
        ([MISSED, MET], "newly on target"),
        # what was before the first month is not known
        ([MISSED, MISSED, MISSED], "off target 3 months running or more"),
        ([MISSED], ""),
        # a month without a figure, or without a target, ends a run and begins none
        ([MISSED, Rating.UNKNOWN, MISSED, MISSED], "off target 2 months running"),
        ([Rating.UNKNOWN, MISSED], ""),
        ([Rating.UNJUDGED, MET], ""),
        ([MISSED, Rating.UNKNOWN], ""),
        ([Rating.UNJUDGED, Rating.UNJUDGED], ""),
    ],
)
def test_how_long_it_has_stood_so_is_said_in_words(ratings, said):
    assert judgement.persistence(ratings) == said


def test_every_rating_has_a_shape_of_its_own():
    """Colour alone would not reach every reader."""
    assert len(set(judgement.SHAPES.values())) == len(judgement.SHAPES) == len(Rating)
