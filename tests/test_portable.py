"""Indicators are written in SQL that means the same on every engine."""

from pathlib import Path

import pytest

from kpi import catalogue, measures
from tests import portable

FORBIDDEN = sorted((Path(__file__).parent / "not_portable").glob("*.sql"))
SELECTS = {indicator.id: indicator.select for indicator in catalogue.read_all().values()}


@pytest.mark.parametrize("name", SELECTS | measures.populations())
def test_means_the_same_on_every_engine(name):
    select = (SELECTS | measures.populations())[name]

    assert portable.problems(select) == []


@pytest.mark.parametrize("path", FORBIDDEN, ids=lambda path: path.stem)
def test_refuses_what_does_not(path):
    assert portable.problems(path.read_text(encoding="utf-8")), f"{path.name} was let through"
