"""The whole service beside its parts: which parts, and what stands in their cells."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from kpi import cards, matrix
from kpi.basis import Basis
from kpi.matrix import Matrix
from kpi.organisation import Place
from kpi.releases import Release
from tests import packs
from tests.packs import NOVEMBER

TIMELY = "assessments_within_45_days"
WHOLE = Place(authority="311")

# Finished in November: 2 of 3 in time by Assessment Team 1, 1 of 1 by Children with Disabilities,
# 1 of 1 by nobody, and 0 of 1 by a team that is not listed. Before: 1 in October by a team of
# Corporate Parenting; in July 1 by Assessment Team 1, and 1 by Safeguarding Team 1, which ended in
# August and left its work to Intervention and Support.
ASSESSMENTS = """
    authority,assessment_id,child_id,start_date,authorised_date,status,child_seen,outcome_csc_support,team_id
    311,1,11,2024-11-04,2024-11-20,current,Y,,assessment_1
    311,2,12,2024-11-04,2024-11-29,current,Y,,assessment_1
    311,3,13,2024-07-01,2024-11-20,current,Y,,assessment_1
    311,4,14,2024-11-04,2024-11-20,current,Y,,cwd
    311,5,15,2024-11-04,2024-11-20,current,Y,,
    311,6,16,2024-07-01,2024-11-20,current,Y,,night_team
    311,7,17,2024-10-01,2024-10-20,current,Y,,corporate_parenting_1
    311,8,18,2024-07-01,2024-07-20,current,Y,,assessment_1
    311,9,19,2024-07-01,2024-07-20,current,Y,,safeguarding_1
"""


@pytest.fixture
def release(data) -> Release:
    packs.load(data / "1", {"assessments": ASSESSMENTS})
    return packs.publish()


def made(
    release: Release, place: Place = WHOLE, basis: Basis = Basis.MONTH, month: date = NOVEMBER
) -> Matrix:
    top = replace(place, service_area=None, team=None)
    return matrix.build(release, cards.build(release, top, month, basis), place, basis)


def cells(made: Matrix, id: str = TIMELY) -> dict[str, str]:
    """Return what an indicator's cells say by their column: 'no work' where there is none."""
    (line,) = [line for line in made.lines if line.card.indicator.id == id]
    names = [name(column.place) for column in made.columns]
    said = [f"{one.said} {one.of}".strip() if one else "no work" for one in line.points]
    return dict(zip(names, said, strict=True))


def name(place: Place) -> str:
    return place.team or place.service_area or "whole"


def test_each_part_that_stands_or_works_has_a_column_and_work_of_nobody_comes_last(release):
    assert list(cells(made(release)).items()) == [
        ("whole", "66.7% 4 of 6"),
        ("Children with Disabilities", "100.0% 1 of 1"),
        ("Corporate Parenting", "no work"),
        ("MASH and Assessment", "66.7% 2 of 3"),
        ("Unallocated", "100.0% 1 of 1"),
        ("Unmapped teams", "0.0% 0 of 1"),
    ]


def test_work_of_nobody_has_no_column_in_a_month_without_any(release):
    assert list(cells(made(release, month=date(2024, 10, 1)))) == [
        "whole",
        "Children with Disabilities",
        "Corporate Parenting",
        "MASH and Assessment",
    ]


def test_a_year_to_date_keeps_the_part_that_ended_within_it(release):
    shown = made(release, basis=Basis.YEAR_TO_DATE)
    found = cells(shown)
    assert found["whole"] == "77.8% 7 of 9"  # 4 of 6, and three more in time
    assert found["MASH and Assessment"] == "75.0% 3 of 4"
    assert found["Corporate Parenting"] == "100.0% 1 of 1"
    assert found["Safeguarding"] == "100.0% 1 of 1"
    assert list(found)[-3:] == ["Safeguarding", "Unallocated", "Unmapped teams"]
    ended = {name(column.place): column.ended for column in shown.columns if column.ended}
    assert ended == {"Safeguarding": date(2024, 8, 31)}


def test_the_work_of_a_part_that_ended_is_its_successors_today(release):
    found = cells(made(release, replace(WHOLE, today=True), Basis.YEAR_TO_DATE))
    assert found["whole"] == "77.8% 7 of 9"
    assert found["Intervention and Support"] == "100.0% 1 of 1"
    assert "Safeguarding" not in found


def test_a_service_area_stands_between_the_whole_and_its_teams(release):
    area = replace(WHOLE, service_area="MASH and Assessment")
    expected = {
        "whole": "66.7% 4 of 6",
        "MASH and Assessment": "66.7% 2 of 3",
        "Assessment Team 1": "66.7% 2 of 3",
    }
    assert cells(made(release, area)) == expected
    assert cells(made(release, replace(area, team="Assessment Team 1"))) == expected


def test_a_service_area_that_did_not_stand_is_shown_and_says_so(release):
    area = replace(WHOLE, service_area="Safeguarding")
    assert cells(made(release, area)) == {
        "whole": "66.7% 4 of 6",
        "Safeguarding": "did not exist then",
    }


def test_work_of_nobody_has_no_teams(release):
    area = replace(WHOLE, service_area="Unallocated")
    assert list(cells(made(release, area))) == ["whole", "Unallocated"]


def test_what_is_true_at_the_months_end_is_no_work_of_a_part_that_ended_before(november):
    shown = made(november, basis=Basis.YEAR_TO_DATE)
    assert cells(shown, "child_protection_plans")["Safeguarding"] == "no work"
    assert cells(shown, "child_protection_plans_ended")["Safeguarding"] != "no work"


def test_what_the_extract_does_not_hold_is_said_everywhere(release):
    assert set(cells(made(release), "contacts").values()) == {"not in this extract"}


@pytest.mark.parametrize("today", [False, True])
@pytest.mark.parametrize("basis", Basis)
def test_the_parts_add_up_to_the_whole(november, basis, today):
    for line in made(november, replace(WHOLE, today=today), basis).lines:
        whole, *parts = line.points
        if whole is not None and whole.sum is not None:
            assert total(parts, "numerator") == whole.sum.numerator, line.card.indicator.id
            assert total(parts, "denominator") == (whole.sum.denominator or 0)


@pytest.mark.parametrize("basis", Basis)
def test_every_cell_says_what_the_indicators_own_page_says(november, basis):
    shown = made(november, basis=basis)
    for number, column in enumerate(shown.columns):
        own = cards.build(november, column.place, NOVEMBER, basis)
        for line, card in zip(shown.lines, own, strict=True):
            point = line.points[number]
            if point is not None:
                assert point == replace(card.latest, rate=point.rate)
            else:
                assert card.latest.said in ("0", "no cases", "did not exist then")


def total(points: Sequence, what: str):
    return sum(getattr(one.sum, what) or 0 for one in points if one is not None and one.sum)
