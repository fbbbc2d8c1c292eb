"""Facts survive the way into JSON and back."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from kpi import catalogue, expectations, rates, targets
from kpi.benchmarks import Area, Benchmark
from kpi.plain import plain, restored
from kpi.targets import Source, Target


@dataclass(frozen=True, kw_only=True)
class Newer:
    """A fact of a later day, with a field that an earlier one did not have."""

    name: str
    colour: str = "none"


TARGET = Target(
    indicator="dental_checks",
    from_month=date(2023, 4, 1),
    target=Decimal("85"),
    floor=None,
    distance=Decimal("-10"),
    profile=tuple(map(Decimal, ("65", "66.8", *["80"] * 9, "85"))),
    source=Source.EXAMPLE,
    agreed_by="",
)
BENCHMARK = Benchmark(
    measure="agency_rate",
    unit="percent",
    year=2024,
    area=Area.NEIGHBOURS,
    authority="",
    value=Decimal("15.40"),
    authorities=None,
)


@pytest.mark.parametrize("fact", [TARGET, BENCHMARK], ids=lambda fact: type(fact).__name__)
def test_a_fact_comes_back_as_it_went(fact):
    kept = json.loads(json.dumps(plain(fact)))
    back = restored(type(fact), kept)

    assert back == fact
    assert {type(value) for value in vars(back).values()} == {
        type(value) for value in vars(fact).values()
    }


def test_a_decimal_keeps_its_digits():
    """15.4 and 15.40 are the same number, and not the same fact as it was written."""
    assert plain(BENCHMARK)["value"] == "15.40"
    assert str(restored(Benchmark, plain(BENCHMARK)).value) == "15.40"


def test_everything_that_a_catalogue_keeps_comes_back():
    indicators = catalogue.read_all()
    kept = [*targets.read(indicators), *expectations.read(indicators), *rates.read()]

    assert [restored(type(one), json.loads(json.dumps(plain(one)))) for one in kept] == kept


def test_what_was_kept_before_a_field_existed_has_its_default():
    assert restored(Newer, {"name": "old"}) == Newer(name="old", colour="none")


def test_what_a_later_version_kept_beside_it_is_passed_over():
    assert restored(Newer, {"name": "new", "shape": "round"}) == Newer(name="new")


def test_a_fact_that_lacks_what_it_must_have_does_not_come_back():
    with pytest.raises(TypeError, match="name"):
        restored(Newer, {"colour": "red"})
