from datetime import date
from decimal import Decimal

import pytest

from kpi import catalogue, targets
from kpi.errors import DefinitionError

KNOWN = ("icpc_within_15_days", "placed_over_20_miles")
HEADER = "indicator,from_month,target,floor,source,agreed_by"


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
        "icpc_within_15_days,2024-04,90,80,local,Board of 12 March 2024",
        "icpc_within_15_days,2023-04,85,75,local,",
        "placed_over_20_miles,2020-01,16,20,national,",
    )
    stood = targets.standing(found, "icpc_within_15_days", month)

    if target is None:
        assert stood is None
    else:
        assert (stood.target, stood.floor) == (Decimal(target), Decimal(floor))


def test_a_target_says_whose_it_is_and_who_agreed_it(read):
    (found,) = read("icpc_within_15_days,2024-04,90,80,local,Board of 12 March 2024")
    assert (found.source, found.agreed_by) == (targets.Source.LOCAL, "Board of 12 March 2024")


def test_a_file_that_excel_saved_reads_too(read):
    (found,) = read("icpc_within_15_days,2024-04-01,92.5,80,example,", encoding="utf-8-sig")
    assert (found.from_month, found.target) == (date(2024, 4, 1), Decimal("92.5"))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "icpc_within_15_day,2024-04,90,80,local,",
            "no indicator is called 'icpc_within_15_day'. Did you mean 'icpc_within_15_days'?",
        ),
        (
            "icpc_within_15_days,Apr-24,90,80,local,",
            "from_month must be a year and a month such as 2024-11.",
        ),
        (
            "icpc_within_15_days,2024-13,90,80,local,",
            "from_month must be a year and a month such as 2024-11.",
        ),
        (
            "icpc_within_15_days,2024-04,90%,80,local,",
            "target must be a number such as 90 or 16.5.",
        ),
        ("icpc_within_15_days,2024-04,,80,local,", "target must be a number such as 90 or 16.5."),
        (
            "icpc_within_15_days,2024-04,inf,80,local,",
            "target must be a number such as 90 or 16.5.",
        ),
        ("icpc_within_15_days,2024-04,90,low,local,", "floor must be a number such as 90 or 16.5."),
        (
            "icpc_within_15_days,2024-04,90,80,ours,",
            "source must be one of: national, local, example.",
        ),
        ("icpc_within_15_days", "from_month must be a year and a month such as 2024-11."),
    ],
)
def test_a_bad_row_is_named_by_its_line_with_what_to_write(read, line, problem):
    with pytest.raises(DefinitionError) as refusal:
        read("placed_over_20_miles,2023-04,16,20,example,", "", line)
    assert str(refusal.value) == f"targets.csv line 4: {problem}"  # the blank line counts


def test_all_bad_rows_are_named_at_once(read):
    with pytest.raises(DefinitionError) as refusal:
        read(
            "icpc_within_15_days,2024-04,90,80,ours,",
            "placed_over_20_miles,2023-04,16,20,example,",
            "placed_over_20_miles,2023-04,17,20,example,",
            "nothing_of_ours,2024-04,90,80,local,",
        )
    assert [line.split(":")[0] for line in str(refusal.value).splitlines()] == [
        "targets.csv line 2",
        "targets.csv line 5",
        "targets.csv",
    ]
    assert "placed_over_20_miles has two targets from 2023-04." in str(refusal.value)


def test_a_missing_column_is_named(read):
    with pytest.raises(DefinitionError, match=r"targets\.csv: add the column floor, source\."):
        read(header="indicator,from_month,target,agreed_by")


def test_every_shipped_target_is_marked_as_an_example_and_its_floor_lies_on_the_worse_side():
    indicators = catalogue.read_all()
    shipped = targets.read(indicators)

    assert {target.source for target in shipped} == {targets.Source.EXAMPLE}
    for target in shipped:
        higher = indicators[target.indicator].polarity is catalogue.Polarity.HIGHER
        assert (target.floor < target.target) == higher
    assert len(shipped) == 10
