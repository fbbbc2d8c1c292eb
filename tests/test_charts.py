from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from kpi import charts
from kpi.basis import Basis
from tests import facts
from tests.facts import HIGHER, LOWER, NEITHER, card

STEPPED = (facts.target("85", "80", since="2023-04"), facts.target("90", "85", since="2024-04"))
SVG = "{http://www.w3.org/2000/svg}"


def lines(made) -> tuple[dict, dict]:
    """Return the target's line and the values'."""
    target, values = charts.trend(made).to_plotly_json()["data"]
    return target, values


def test_the_target_is_a_stepped_line_through_the_months_in_which_it_stood():
    """Twenty-one months from March 2023: no target, then 12 of 85, then 8 of 90."""
    made = card(*["80"] * 21, targets=STEPPED)
    target, _ = lines(made)

    assert list(target["y"]) == [None, *[85.0] * 12, *[90.0] * 8]
    assert target["line"]["shape"] == "hv"  # flat until the month in which it changes
    assert list(target["x"])[13] == date(2024, 4, 1)


def test_a_month_without_a_value_is_a_gap():
    _, values = lines(card("70", None, None, "80", "90"))

    assert list(values["y"]) == [70.0, None, None, 80.0, 90.0]
    assert not values.get("connectgaps")


def test_each_month_says_its_value_counts_and_target_to_whoever_points_at_it():
    _, values = lines(card("70.4", None, "96.7", targets=(facts.target("90", "85"),)))

    assert list(values["text"]) == [
        "September 2024<br><b>70.4%</b> (704 of 1,000)<br>Target 90%",
        "October 2024<br><b>not loaded</b><br>Target 90%",
        "November 2024<br><b>96.7%</b> (967 of 1,000)<br>Target 90%",
    ]


def test_both_lines_are_labelled_at_their_end():
    figure = charts.trend(card("70.4", "96.7", targets=(facts.target("90", "85"),)))
    assert [note["text"] for note in figure.to_plotly_json()["layout"]["annotations"]] == [
        "Target 90%",
        "<b>96.7%</b>",
    ]


def test_labels_do_not_lie_on_one_another():
    made = card("70.4", "90.1", targets=(facts.target("90", "85"),))
    target, value = charts.trend(made).to_plotly_json()["layout"]["annotations"]
    low, high = charts.scale(made)

    assert value["y"] == 90.1
    assert value["y"] - target["y"] > 0.05 * (high - low)


@pytest.mark.parametrize(
    ("values", "indicator", "target", "scale"),
    [
        (("70.4", "96.7"), HIGHER, "90", (60.0, 102.0)),
        (("51.7", "98"), HIGHER, "95", (40.0, 102.0)),
        (("60.5", "98"), HIGHER, "95", (40.0, 102.0)),  # not with its lowest on the very edge
        (("5", "98"), HIGHER, "95", (0.0, 102.0)),
        (("17.6", "19.4"), LOWER, "16", (0.0, 23.28)),  # 1.2 x 19.4
        (("1", "2"), LOWER, "3", (0.0, 10.0)),
        (("240", "300"), NEITHER, None, (0.0, 345.0)),  # a count begins at nought: 1.15 x 300
        (("0", "0"), NEITHER, None, (0.0, 1.0)),
        ((None, None), HIGHER, None, (0.0, 100.0)),
        ((None, None), NEITHER, None, (0.0, 1.0)),
    ],
)
def test_the_scale_holds_every_value_and_target(values, indicator, target, scale):
    stood = (facts.target(target, target, indicator=indicator),) if target else ()
    low, high = charts.scale(card(*values, indicator=indicator, targets=stood))

    assert (low, high) == pytest.approx(scale)
    seen = [Decimal(value) for value in (*values, target) if value]
    assert all(low <= value <= high for value in seen)


def spark(made) -> ElementTree.Element:
    return ElementTree.fromstring(charts.sparkline(made))


def test_a_sparkline_is_a_picture_without_a_word():
    """What it shows is said beside it, so that nothing is read out twice."""
    picture = spark(card(*["80"] * 13, targets=STEPPED))
    assert "".join(picture.itertext()).strip() == ""
    assert not list(picture.iter(f"{SVG}text")) + list(picture.iter(f"{SVG}title"))


def test_a_sparkline_has_13_months_and_the_last_of_them_marked():
    picture = spark(card(*map(str, range(40, 64))))  # 24 months, the last 13 from 51 to 63

    (line,) = picture.iter(f"{SVG}polyline")
    corners = line.get("points").split()
    (dot,) = picture.iter(f"{SVG}line")
    assert len(corners) == 13
    assert (corners[0], corners[-1]) == ("5.0,38.0", "295.0,6.0")  # lowest first, highest last
    assert f"{dot.get('x1')},{dot.get('y1')}" == corners[-1]


def test_a_sparkline_breaks_where_a_month_has_no_value():
    picture = spark(card("70", "72", None, "80", "82", "84"))
    runs = [len(line.get("points").split()) for line in picture.iter(f"{SVG}polyline")]
    assert runs == [2, 3]


def test_a_sparkline_of_fewer_months_ends_where_the_others_do():
    (line,) = spark(card("70", "72")).iter(f"{SVG}polyline")
    assert [corner.split(",")[0] for corner in line.get("points").split()] == ["270.8", "295.0"]


def test_a_sparkline_shows_the_target_stepping():
    """From 85 to 90 in April 2024, the sixth of 13 months: scaled from 38 (80) up to 6 (90)."""
    picture = spark(card(*["80"] * 13, targets=STEPPED))
    steps = [path.get("d") for path in picture.iter(f"{SVG}path")]

    assert len(steps) == 12
    assert steps[3].endswith("V22.0")  # from February to March 2024 it stays at 85
    assert steps[4].endswith("V6.0")  # and from March to April it rises


def test_a_sparkline_without_any_value_is_empty():
    picture = spark(card(None, None))
    assert list(picture) == []


def test_shares_are_drawn_from_none_to_all_with_a_gap_where_there_is_nothing_of_which():
    picture = ElementTree.fromstring(charts.shares([Decimal(0), Decimal("0.5"), None, Decimal(1)]))
    first, second = (line.get("points").split() for line in picture.iter(f"{SVG}polyline"))
    assert first == ["5.0,38.0", "101.7,22.0"]  # none at the foot, a half in the middle
    assert second == ["295.0,6.0", "295.0,6.0"]  # a month alone is a dot, all at the head
    assert [path.get("d") for path in picture.iter(f"{SVG}path")] == ["M0,6H300", "M0,38H300"]


def test_a_year_to_date_begins_anew_in_april_and_is_not_drawn_as_a_fall():
    made = card(
        "100", "9", "18", indicator=NEITHER, month=date(2024, 5, 1), basis=Basis.YEAR_TO_DATE
    )
    value = charts.trend(made).data[1]
    assert list(value.x) == [
        date(2024, 3, 1),
        date(2024, 3, 31),  # nothing is drawn between March and April
        date(2024, 4, 1),
        date(2024, 5, 1),
    ]
    assert list(value.y) == [100.0, None, 9.0, 18.0]
