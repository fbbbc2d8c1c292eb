"""Every indicator's SQL gives the numbers that its worked case expects."""

import pytest

from kpi import cases, catalogue, proofs

INDICATORS = catalogue.read_all()


@pytest.fixture(scope="module")
def ground():
    with proofs.ground() as con:
        yield con


@pytest.mark.parametrize("path", cases.paths(), ids=lambda path: path.stem)
def test_counts_what_its_case_expects(ground, path):
    case = cases.read(path)

    assert proofs.problems(ground, case, INDICATORS[case.indicator]) == []


def test_every_indicator_has_a_case_and_every_case_an_indicator():
    assert {path.stem for path in cases.paths()} == INDICATORS.keys()
