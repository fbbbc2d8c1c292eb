"""Whether quality improves is said from the first month to the last whose round is over."""

from datetime import date

import pytest

from kpi import improvement
from kpi.improvement import Improvement, Way
from kpi.quality import Counts, Line, Quality

OCTOBER, NOVEMBER, DECEMBER = (date(2024, month, 1) for month in (10, 11, 12))
MONTHS = [date(2024, 9, 1), OCTOBER, NOVEMBER, DECEMBER]


def counts(required: int, *, due: int | None = None, **counted: int) -> Counts:
    return Counts(required=required, due=required if due is None else due, **counted)


def build(*months: Counts, area: str | None = None, of: str | None = None) -> Improvement:
    """Return what the months from October 2024 say; the lines are of `of`."""
    lines = tuple(
        Line(month=month, service_area=of, counts=one)
        for month, one in zip((OCTOBER, NOVEMBER, DECEMBER), months, strict=False)
    )
    return improvement.build(Quality(lines=lines), MONTHS, area)


def ways(found: Improvement) -> dict[str, Way]:
    return {one.name: one.way for one in found.measures}


def test_counts_are_compared_as_shares_and_not_as_numbers():
    # 5 of 10 is worse than 4 of 5, though it is more.
    found = build(
        counts(5, on_time=4, approved=2, short=2, owned=1, submitted=5, passed=4),
        counts(10, on_time=5, approved=4, short=8, owned=6, submitted=10, passed=9),
    )
    assert ways(found) == {
        "On time": Way.WORSE,  # 80% to 50%
        "Approved": Way.SAME,  # 2 of 5 and 4 of 10
        "With an action, owner and date": Way.BETTER,  # 1 of 2 to 6 of 8
        "Passed their checks": Way.BETTER,  # 80% to 90%
    }
    assert found.said == (
        "Quality is mostly improving: 2 of 4 measures are better in November 2024 than in October "
        "2024, and 1 is worse and 1 is as good."
    )


def test_a_month_under_way_is_shown_and_not_compared():
    # Of December's four, one is not yet due: nobody can say that it is late.
    found = build(
        counts(4, on_time=2, approved=2),
        counts(4, on_time=3, approved=4),
        counts(4, due=3, on_time=0, approved=0),
    )
    assert [month for month, _ in found.months] == [OCTOBER, NOVEMBER, DECEMBER]
    assert found.over == [OCTOBER, NOVEMBER]
    assert [month for month, _ in found.under_way] == [DECEMBER]
    assert found.said == (
        "Quality is improving: 2 of 2 measures are better in November 2024 than in October 2024."
    )
    assert ways(found)["Passed their checks"] is Way.UNKNOWN  # nothing was submitted


def test_measures_that_begin_in_other_months_are_not_said_to_be_of_the_same():
    found = build(
        counts(4, on_time=2, approved=2),
        counts(4, on_time=3, approved=3, submitted=4, passed=1),
        counts(4, on_time=4, approved=4, submitted=4, passed=4),
    )
    assert found.said == (
        "Quality is improving: 3 of 3 measures are better than when they were first counted."
    )


@pytest.mark.parametrize(
    ("october", "november", "said"),
    [
        ((1, 1), (2, 2), "Quality is improving: 2 of 2 measures are better"),
        ((1, 1), (2, 1), "Quality is improving: 1 of 2 measures is better"),
        ((1, 2), (2, 1), "Quality is mixed: 1 of 2 measures is better"),
        ((2, 2), (2, 2), "Quality has not changed: 0 of 2 measures are better"),
        ((2, 2), (1, 2), "Quality is not improving: 0 of 2 measures are better"),
    ],
)
def test_the_sentence_says_which_way_most_went(october, november, said):
    found = build(
        *(
            counts(4, on_time=on_time, approved=approved)
            for on_time, approved in (october, november)
        )
    )
    assert found.said.startswith(f"{said} in November 2024 than in October 2024")


def test_one_month_alone_is_compared_with_nothing():
    assert build(counts(4, on_time=2)).said == "There are not yet two months to compare."
    assert build().months == ()


def test_months_without_a_required_narrative_are_left_out_at_both_ends_only():
    found = build(counts(0), counts(3, on_time=1), counts(0))
    assert [month for month, _ in found.months] == [NOVEMBER]
    found = build(counts(2, on_time=1), counts(0), counts(2, on_time=2))
    assert [month for month, _ in found.months] == [OCTOBER, NOVEMBER, DECEMBER]
    (on_time, *_) = found.measures
    assert [month for month, _ in on_time.counted] == [OCTOBER, DECEMBER]
    assert on_time.values == [pytest.approx(0.5), None, 1]  # a gap, and no zero


def test_a_service_area_is_counted_alone_and_the_whole_with_all():
    assert build(counts(2, on_time=1), area="North", of="North").total.required == 2
    assert build(counts(2, on_time=1), area="South", of="North").months == ()
    assert build(counts(2, on_time=1), of="North").total.required == 2
