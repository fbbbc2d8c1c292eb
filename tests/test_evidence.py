"""What a narrative is held against."""

from dataclasses import replace
from datetime import date

from kpi import cards, evidence
from kpi.organisation import Place
from kpi.proofing import Kind, Remark
from tests import packs
from tests.packs import NOVEMBER

TODAY = date(2024, 12, 11)
REMARK = Remark(kind=Kind.NUMBER, prompt="why", words="4%", start=3, end=5, says="4%?")


def test_a_figure_is_held_against_the_same_figure_in_every_other_part_of_the_service(november):
    place = Place(authority="311", service_area="Corporate Parenting")
    about = packs.card(november, "pathway_plans_up_to_date", place)
    gathered = evidence.gather(
        november,
        about,
        cards_at=lambda there: cards.build(november, there, NOVEMBER),
        before=None,
        today=TODAY,
    )
    elsewhere = {card.place.service_area for card in gathered.others}
    assert None in elsewhere
    assert "MASH and Assessment" in elsewhere
    assert "Corporate Parenting" not in elsewhere
    assert {card.indicator.id for card in gathered.others} == {about.indicator.id}
    assert {"Morgan Ellis", "Helen Marsh", "Head of Corporate Parenting"} <= {*gathered.names}


def test_what_is_questioned_twice_under_a_heading_is_said_once_where_it_stands_first():
    again, elsewhere = replace(REMARK, start=9, end=11), replace(REMARK, prompt="actions")
    assert evidence.once_each([REMARK, elsewhere, again]) == [REMARK, elsewhere]
