"""The checks of narratives: what they question, what they let stand, and that they never fail."""

from kpi import narrative, proofing
from kpi.narrative import Action, Sourced, Words
from kpi.proofing import Evidence, Kind, Remark
from tests import narratives
from tests.narratives import Case, Expected

STAFF = ("Morgan Ellis", "Sam Okafor", "Helen Marsh", "Tunde Adeyemi")
KINDS = {kind.name.lower(): kind for kind in Kind}


def written(case: Case) -> Words:
    """Return what the author of a case has entered."""
    return Words(
        texts=case.texts,
        back_on_target_by=case.back_on_target_by,
        actions=tuple(Action(what=one.what, owner=one.owner, due=one.due) for one in case.actions),
        sourced=tuple(Sourced(words=one.words, source=one.source) for one in case.sourced),
    )


def evidence(case: Case) -> Evidence:
    return Evidence(
        card=case.facts.card,
        others=case.facts.others,
        said_before=case.facts.last_month,
        today=case.facts.today,
        names=STAFF,
    )


def open_remarks(case: Case) -> list[Remark]:
    return list(proofing.open_ones(proofing.remarks(written(case), evidence(case))))


def finds(remark: Remark, case: Case, expected: Expected) -> bool:
    """Return whether a remark is the one that a case expects: its kind, and about its words."""
    if remark.kind is not KINDS[expected.kind]:
        return False
    at = case.text.find(expected.words)
    return (
        not expected.words
        or not remark.end
        or (remark.start < at + len(expected.words) and at < remark.end)
    )


def told(case: Case, found: list[Remark]) -> str:
    came = ", ".join(f"{one.kind.name} {one.words!r}" for one in found) or "nothing"
    return f"{case.id} ({case.facts.name}, {case.idea}): {case.text!r} came to {came}"


def test_everything_that_is_planted_is_found():
    missed = []
    for case in narratives.cases():
        found = open_remarks(case)
        missed += [
            f"{one.kind} {one.words!r} missed: {told(case, found)}"
            for one in case.expect
            if not any(finds(remark, case, one) for remark in found)
        ]
    assert missed == [], "\n" + "\n".join(missed)


def test_no_more_than_one_in_twenty_right_sentences_is_questioned():
    right = [case for case in narratives.cases() if case.right]
    questioned = [told(case, found) for case in right if (found := open_remarks(case))]
    assert 20 * len(questioned) <= len(right), "\n" + "\n".join(questioned)


def test_a_remark_stands_where_its_words_stand():
    for case in narratives.cases():
        for one in proofing.remarks(written(case), evidence(case)):
            if one.end:
                assert case.text[one.start : one.end] == one.words


def test_the_prompts_are_those_of_a_narrative():
    assert {case.prompt for case in narratives.cases()} <= {one.id for one in narrative.PROMPTS}
