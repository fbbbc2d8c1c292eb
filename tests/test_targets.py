"""A target stands from its month until the next; a past month keeps the one it had."""

from datetime import date
from decimal import Decimal

import pytest

from kpi import catalogue, judgement, targets
from kpi.catalogue import Polarity
from kpi.errors import DefinitionError
from kpi.judgement import Rating

KNOWN = catalogue.read_all()
HEADER = "indicator,from_month,target,floor,profile,source,agreed_by"
PATH = "65 66.8 68.6 70.5 72.3 74.1 75.9 77.7 79.5 81.4 83.2 85"  # from April to March


@pytest.fixture
def read(tmp_path):
    def read(*lines: str, header: str = HEADER, encoding: str = "utf-8"):
        path = tmp_path / "targets.csv"
        path.write_text("\n".join((header, *lines)) + "\n", encoding=encoding)
        return targets.read(KNOWN, path)

    return read


@pytest.mark.parametrize(
    ("month", "target", "floor"),
    [
        (date(2023, 3, 1), None, None),  # before the first
        (date(2023, 4, 1), "85", "75"),
        (date(2024, 3, 1), "85", "75"),  # until the next
        (date(2024, 4, 1), "90", "80"),
        (date(2031, 1, 1), "90", "80"),  # and the last for ever
    ],
)
def test_a_target_stands_until_the_next(read, month, target, floor):
    found = read(
        "icpc_within_15_days,2024-04,90,80,,local,Board of 12 March 2024",
        "icpc_within_15_days,2023-04,85,75,,local,",
        "placed_over_20_miles,2020-01,16,20,,national,",
    )
    stood = targets.standing(found, "icpc_within_15_days", month)

    if target is None:
        assert stood is None
    else:
        assert (stood.target, stood.floor) == (Decimal(target), Decimal(floor))


def test_a_target_says_whose_it_is_and_who_agreed_it(read):
    (found,) = read("icpc_within_15_days,2024-04,90,80,,local,Board of 12 March 2024")
    assert (found.source, found.agreed_by) == (targets.Source.LOCAL, "Board of 12 March 2024")


def test_a_file_that_excel_saved_reads_too(read):
    (found,) = read("icpc_within_15_days,2024-04-01,92.5,80,,example,", encoding="utf-8-sig")
    assert (found.from_month, found.target) == (date(2024, 4, 1), Decimal("92.5"))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "icpc_within_15_day,2024-04,90,80,,local,",
            "no indicator is called 'icpc_within_15_day'. Did you mean 'icpc_within_15_days'?",
        ),
        (
            "icpc_within_15_days,Apr-24,90,80,,local,",
            "from_month must be a year and a month such as 2024-11.",
        ),
        (
            "icpc_within_15_days,2024-13,90,80,,local,",
            "from_month must be a year and a month such as 2024-11.",
        ),
        (
            "icpc_within_15_days,2024-04,90%,80,,local,",
            "target must be a number such as 90 or 16.5.",
        ),
        ("icpc_within_15_days,2024-04,,80,,local,", "target must be a number such as 90 or 16.5."),
        (
            "icpc_within_15_days,2024-04,inf,80,,local,",
            "target must be a number such as 90 or 16.5.",
        ),
        (
            "icpc_within_15_days,2024-04,90,low,,local,",
            "floor must be a number such as 90 or 16.5, or a distance such as within 10 points.",
        ),
        (
            "icpc_within_15_days,2024-04,90,80,,ours,",
            "source must be one of: national, local, example.",
        ),
        ("icpc_within_15_days", "from_month must be a year and a month such as 2024-11."),
    ],
)
def test_a_bad_row_is_named_by_its_line_with_what_to_write(read, line, problem):
    with pytest.raises(DefinitionError) as refusal:
        read("placed_over_20_miles,2023-04,16,20,,example,", "", line)
    assert str(refusal.value) == f"targets.csv line 4: {problem}"  # the blank line counts


def test_all_bad_rows_are_named_at_once(read):
    with pytest.raises(DefinitionError) as refusal:
        read(
            "icpc_within_15_days,2024-04,90,80,,ours,",
            "placed_over_20_miles,2023-04,16,20,,example,",
            "placed_over_20_miles,2023-04,17,20,,example,",
            "nothing_of_ours,2024-04,90,80,,local,",
        )
    assert [line.split(":")[0] for line in str(refusal.value).splitlines()] == [
        "targets.csv line 2",
        "targets.csv line 5",
        "targets.csv line 4",
    ]
    assert "placed_over_20_miles has its target from 2023-04 in line 3 already." in str(
        refusal.value
    )


def test_a_missing_column_is_named(read):
    with pytest.raises(
        DefinitionError, match=r"targets\.csv: add the column floor, profile, source\."
    ):
        read(header="indicator,from_month,target,agreed_by")


def test_a_target_may_be_a_path_through_the_year_that_leads_to_march(read):
    found = read(f"dental_checks,2023-04,85,within 10 points,{PATH},example,")
    goals = {
        month: targets.standing(found, "dental_checks", month)
        for month in (date(2024, 4, 1), date(2024, 11, 1), date(2025, 3, 1), date(2025, 4, 1))
    }
    said = {f"{month:%Y-%m}": (str(goal.target), str(goal.floor)) for month, goal in goals.items()}

    assert said == {
        "2024-04": ("65", "55"),
        "2024-11": ("77.7", "67.7"),  # November is its eighth month
        "2025-03": ("85", "75"),
        "2025-04": ("65", "55"),  # and it begins anew
    }
    assert {goal.by_march for goal in goals.values()} == {Decimal(85)}


def test_a_target_without_a_path_leads_nowhere_but_to_itself(read):
    found = read("icpc_within_15_days,2023-04,85,75,,example,")
    assert targets.standing(found, "icpc_within_15_days", date(2024, 11, 1)).by_march is None


@pytest.mark.parametrize(
    ("line", "floor"),
    [
        ("icpc_within_15_days,2024-04,90,within 10 points,,local,", "80"),
        ("placed_over_20_miles,2024-04,16,within 4 points,,local,", "20"),
        ("placed_over_20_miles,2024-04,16,within 1 point,,local,", "17"),
        ("placed_over_20_miles,2024-04,16, within 0.5 points ,,local,", "16.5"),
        ("placed_over_20_miles,2024-04,16,16,,local,", "16"),  # nothing is close
    ],
)
def test_a_floor_may_be_a_distance_on_the_worse_side(read, line, floor):
    (found,) = read(line)
    assert found.in_month(date(2024, 11, 1)).floor == Decimal(floor)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "icpc_within_15_days,2024-04,90,95,,local,",
            "floor is better than the target, and higher is better. The floor is the worst value "
            "that is still close: write one on the other side of the target.",
        ),
        (
            "placed_over_20_miles,2024-04,16,12,,local,",
            "floor is better than the target, and lower is better. The floor is the worst value "
            "that is still close: write one on the other side of the target.",
        ),
        (
            # 70 would be better than what is asked for in April
            f"dental_checks,2024-04,85,70,{PATH},local,",
            "floor is better than the target, and higher is better. The floor is the worst value "
            "that is still close: write one on the other side of the target.",
        ),
        (
            "dental_checks,2024-04,85,75,70 75 80 85,local,",
            "profile has 4 values; write twelve, from April to March, with spaces between, or "
            "leave it empty.",
        ),
        (
            f"dental_checks,2024-04,90,within 10 points,{PATH},local,",
            "profile must end, in March, at the target.",
        ),
        (
            f"dental_checks,2024-04,85,within 10 points,{PATH.replace('66.8', 'more')},local,",
            "each value of profile must be a number such as 90 or 16.5.",
        ),
        (
            "children_in_care,2024-04,300,320,,local,",
            "children_in_care is better neither higher nor lower, so nothing can meet a target. "
            "Take the row out, or say in the indicator's header which way is better.",
        ),
    ],
)
def test_a_target_that_nothing_could_be_judged_by_is_refused(read, line, problem):
    with pytest.raises(DefinitionError) as refusal:
        read(line)
    assert str(refusal.value) == f"targets.csv line 2: {problem}"


def test_the_rating_of_a_past_month_does_not_change_when_a_target_does(read):
    """87 of 100 met the 85 of March 2024; the Board's new 90 judges April and later months."""
    old = "icpc_within_15_days,2023-04,85,75,,local,"
    before = read(old)
    after = read(old, "icpc_within_15_days,2024-04,90,80,,local,Board of 12 March 2024")

    def rating(found, month) -> Rating:
        goal = targets.standing(found, "icpc_within_15_days", month)
        return judgement.rate(Decimal(87), goal, Polarity.HIGHER)

    assert rating(before, date(2024, 3, 1)) is rating(after, date(2024, 3, 1)) is Rating.MET
    assert rating(before, date(2024, 4, 1)) is Rating.MET
    assert rating(after, date(2024, 4, 1)) is Rating.CLOSE


def test_every_shipped_target_is_marked_as_an_example_and_its_floor_lies_on_the_worse_side():
    shipped = targets.read(KNOWN)

    assert {target.source for target in shipped} == {targets.Source.EXAMPLE}
    for target in shipped:
        higher = KNOWN[target.indicator].polarity is Polarity.HIGHER
        for month in range(1, 13):
            goal = target.in_month(date(2024, month, 1))
            assert (goal.floor < goal.target) == higher
    assert len(shipped) == 26
    assert len({target.indicator for target in shipped}) == 24
