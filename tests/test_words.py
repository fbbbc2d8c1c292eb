from datetime import date
from decimal import Decimal

import pytest

from kpi import words
from kpi.words import Unit


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        ("62.25", 1, "62.3"),  # a float would say 62.2
        ("62.249999", 1, "62.2"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),  # and not to the even one
        ("-0.5", 0, "-1"),
        ("70.45", 1, "70.5"),
        ("9.95", 1, "10.0"),
    ],
)
def test_halves_round_up(value, decimals, said):
    assert str(words.rounded(Decimal(value), decimals)) == said


@pytest.mark.parametrize(
    ("numerator", "denominator", "said"),
    [
        (200, 284, "70.4%"),  # 70.4225…
        (265, 274, "96.7%"),
        (27, 272, "9.9%"),
        (240, 245, "98.0%"),  # 97.959…
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 1, "100.0%"),
        (0, 7, "0.0%"),
        (249, 400, "62.3%"),  # 62.25 exactly
    ],
)
def test_a_share_is_said_as_a_percentage(numerator, denominator, said):
    value = 100 * Decimal(numerator) / Decimal(denominator)
    assert words.say(value, Unit.PERCENT, Unit.PERCENT.decimals) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("300", Unit.COUNT, "300"),
        ("1204", Unit.COUNT, "1,204"),
        ("1234567", Unit.COUNT, "1,234,567"),
        ("16.25", Unit.MEAN, "16.3"),
        ("1016.25", Unit.RATE, "1,016.3"),
        (None, Unit.PERCENT, "–"),
    ],
)
def test_a_value_is_said_in_its_unit(value, unit, said):
    assert words.say(value and Decimal(value), unit, unit.decimals) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("265.0000", "265"),
        ("16.5", "16.5"),
        ("1204", "1,204"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.0000", "0"),
        ("0.25", "0.25"),
    ],
)
def test_a_number_has_no_needless_zeros(value, said):
    assert words.number(Decimal(value)) == said


def test_days_and_months_are_said_in_full():
    day = date(2024, 11, 5)
    assert words.month(day) == "November 2024"
    assert words.short_month(day) == "Nov 2024"
    assert words.day(day) == "5 November 2024"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 children"), (1, "1 child"), (1204, "1,204 children")]
)
def test_one_is_told_from_many(number, said):
    assert words.count(number, "child", "children") == said
    assert words.count(number, "row") == said.replace("children", "rows").replace("child", "row")


@pytest.mark.parametrize(
    ("key", "said"), [("311:10692868", "10692868"), ("10692868", "10692868"), (None, "")]
)
def test_a_key_is_shown_without_its_authority(key, said):
    assert words.unprefixed(key) == said


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1+1",
        "'=1",
        '"=1',
        "＝1+1",
        "＠SUM(1)",
    ],
)
def test_no_spreadsheet_takes_a_text_for_a_formula(text):
    assert words.safe(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "-1", "-0.5", "96.7%", "–", "Assessment Team 2", "O'Neil", "1 = 1", "a\n=1"]
)
def test_what_is_no_formula_stays_as_it_is(text):
    assert words.safe(text) == text
