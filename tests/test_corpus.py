"""The narratives that judge the checks are sound themselves: this holds them to their word."""

import re
from collections import Counter

import pytest

from kpi import narrative
from kpi.catalogue import Polarity
from kpi.judgement import Rating
from kpi.words import WHOLE_SERVICE, Unit
from tests import narratives
from tests.narratives import FILES, KINDS, PARTS, Case, Facts

CASES = narratives.cases()
FACTS = [one for file in FILES for one in narratives.facts(file).values()]
PROMPTS = [prompt.id for prompt in narrative.PROMPTS]

# At least so many in each file, of the remarks that are planted and of the sentences in each part.
PLANTED = {
    "number": 30,
    "direction": 40,
    "identifying": 15,
    "repeated": 4,
    "no_action": 3,
    "past_date": 3,
}
CASES_OF = {"sentence": 130, "identifying": 30, "narrative": 20}


def of(file: str, part: str | None = None) -> list[Case]:
    return [case for case in CASES if case.file == file and part in (None, case.part)]


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("file", FILES)
def test_each_half_has_enough_of_every_kind_and_about_half_of_it_is_right(file):
    planted = Counter(expected.kind for case in of(file) for expected in case.expect)
    assert set(planted) == set(KINDS)
    for kind, least in PLANTED.items():
        assert planted[kind] >= least, kind
    for part in PARTS:
        mine = of(file, part)
        assert len(mine) >= CASES_OF[part], part
        right = sum(case.right for case in mine)
        assert 0.4 <= right / len(mine) <= 0.6, (part, right, len(mine))


def test_the_halves_share_no_sentence_and_no_indicator():
    texts = Counter(plain(case.text) for case in CASES if case.part != "narrative")
    assert [text for text, times in texts.items() if times > 1] == []
    first, second = (
        {case.facts.indicator.id for case in of(file)} for file in ("corpus_first", "corpus_second")
    )
    assert first & second == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_says_where_it_comes_from_and_plants_what_stands_in_its_text(case):
    assert case.prompt in PROMPTS
    assert case.idea.strip() and case.text.strip() == case.text
    for marked in case.sourced:
        assert marked.words in case.text and marked.source.strip()
    for expected in case.expect:
        assert expected.kind in KINDS
        assert expected.words in case.text
        # Only what is not in the text may be blamed on no words of it.
        assert expected.words or expected.kind in ("no_action", "past_date")
        if case.part != "narrative":
            assert expected.kind in (
                ("identifying",) if case.part == "identifying" else ("number", "direction")
            )


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.part == "narrative"], ids=lambda case: case.id
)
def test_what_is_missing_or_past_in_a_whole_narrative_follows_from_what_was_entered(case):
    kinds = {expected.kind for expected in case.expect}
    whole = bool(case.actions) and all(one.owner and one.due for one in case.actions)
    off_target = case.facts.card.latest.rating is Rating.MISSED
    assert ("no_action" in kinds) == (off_target and not whole)
    entered_past = case.back_on_target_by is not None and case.back_on_target_by < case.facts.today
    if entered_past:
        assert "past_date" in kinds
    elif "past_date" in kinds:
        assert all(one.words for one in case.expect if one.kind == "past_date")
    if "repeated" in kinds:
        then = plain(case.facts.last_month[case.prompt])
        assert any(plain(one.words) in then for one in case.expect if one.kind == "repeated")


@pytest.mark.parametrize("mine", FACTS, ids=lambda mine: mine.name)
def test_facts_hang_together(mine: Facts):
    card = mine.card
    assert len(mine.sums) >= 13 and mine.months[-1] == mine.month
    assert mine.month < mine.today and (mine.today - mine.month).days < 62
    assert card.latest.value is not None and card.last_year is not None
    count = mine.indicator.unit is Unit.COUNT
    for sum in (*mine.sums, *mine.areas.values()):
        assert (sum.denominator is None) == count
        if mine.indicator.unit is Unit.PERCENT:
            assert 0 <= sum.numerator <= sum.denominator
    if mine.indicator.polarity is Polarity.NEITHER:
        assert not mine.targets
    # Service areas add up to the whole; where one of them is written about, the whole is another.
    if mine.areas and mine.service_area is None:
        parts = mine.areas.values()
        assert [one.numerator for one in mine.sums[-1:]] == [_total(x.numerator for x in parts)]
        if not count:
            assert mine.sums[-1].denominator == _total(x.denominator for x in parts)
    elif mine.areas:
        rest = [one for area, one in mine.areas.items() if area != WHOLE_SERVICE]
        whole = mine.areas[WHOLE_SERVICE]
        assert whole.numerator == _total(x.numerator for x in (mine.sums[-1], *rest))
    places = [other.place.service_area for other in mine.others]
    assert mine.service_area not in places and len(set(places)) == len(places)


def _total(numbers):
    return sum(numbers, start=0)


def test_the_figures_of_a_card_are_the_exact_ones():
    """Worked by hand: 23 / 24 is 95.83…%; from April 156 of 206, which is 75.72…%."""
    mine = narratives.facts("corpus_first")["conferences"]
    card = mine.card
    assert (card.latest.said, card.latest.of) == ("95.8%", "23 of 24")
    assert card.latest.rating is Rating.MET
    assert card.change_said == "8.3 points up on October"
    assert card.last_year.said == "61.5%"  # 16 of 26
    assert card.last_year.target.target == 85  # the target that stood then
    assert (card.year_to_date.said, card.year_to_date.of) == ("75.7%", "156 of 206")
    assert [one.latest.said for one in mine.others] == ["100.0%", "85.7%"]  # 17 of 17, 6 of 7
    assert narratives.facts("corpus_first")["plans"].card.rate_said.startswith("49.9 per 10,000")


def test_facts_of_one_service_area_have_the_whole_among_the_others():
    mine = narratives.facts("corpus_first")["stability"]
    assert mine.card.place.service_area == "Corporate Parenting"
    assert [other.place.service_area for other in mine.others] == [
        None,
        "Children with Disabilities",
    ]
