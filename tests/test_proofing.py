"""The checks of narratives: what they question, what they let stand, and that they never fail.

The corpus judges them (tests/narratives). The tables here hold what it does not reach: each row is
a class of wording that a check once read wrongly.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpi import calendar, cards, first_sentence, narrative, proofing, words
from kpi.benchmarks import Area, Published
from kpi.measures import Sum
from kpi.narrative import Action, Sourced, Words
from kpi.organisation import Place
from kpi.proofing import Evidence, Kind, Remark
from tests import facts, narratives
from tests.narratives import Case, Expected, Facts
from tests.packs import NOVEMBER

STAFF = ("Morgan Ellis", "Sam Okafor", "Helen Marsh", "Tunde Adeyemi")
KINDS = {kind.name.lower(): kind for kind in Kind}
DONE = Action(what="Go through every case", owner="Head of Service", due=date(2030, 1, 31))


def of(text: str, evidence: Evidence, prompt: str = "figures") -> list[Remark]:
    """Return what is questioned in a text, written under one prompt beside a whole action."""
    texts = {one.id: text if one.id == prompt else "" for one in narrative.PROMPTS}
    return list(proofing.remarks(Words(texts=texts, actions=(DONE,)), evidence))


# The corpus.


def written(case: Case) -> Words:
    """Return what the author of a case has entered."""
    return Words(
        texts=case.texts,
        back_on_target_by=case.back_on_target_by,
        actions=tuple(Action(what=one.what, owner=one.owner, due=one.due) for one in case.actions),
        sourced=tuple(Sourced(words=one.words, source=one.source) for one in case.sourced),
    )


def evidence_of(mine: Facts) -> Evidence:
    return Evidence(
        card=mine.card,
        others=mine.others,
        said_before=mine.last_month,
        today=mine.today,
        names=STAFF,
    )


def questioned(case: Case) -> list[Remark]:
    return list(proofing.open_ones(proofing.remarks(written(case), evidence_of(case.facts))))


def finds(remark: Remark, case: Case, expected: Expected) -> bool:
    """Return whether a remark is the one that a case expects: its kind, and about its words."""
    if remark.kind is not KINDS[expected.kind]:
        return False
    if not expected.words or not remark.end:
        return True
    at = case.text.find(expected.words)
    return remark.start < at + len(expected.words) and at < remark.end


def told(case: Case, found: list[Remark]) -> str:
    came = ", ".join(f"{one.kind.name} {one.words!r}" for one in found) or "nothing"
    return f"{case.id} ({case.facts.name}, {case.idea}): {case.text!r} came to {came}"


@pytest.mark.parametrize("file", narratives.FILES)
def test_everything_that_is_planted_is_found(file):
    missed = []
    for case in narratives.cases(file):
        found = questioned(case)
        missed += [
            f"{one.kind} {one.words!r} missed: {told(case, found)}"
            for one in case.expect
            if not any(finds(remark, case, one) for remark in found)
        ]
    assert missed == [], "\n" + "\n".join(missed)


@pytest.mark.parametrize("file", narratives.FILES)
def test_no_more_than_one_in_twenty_right_sentences_is_questioned(file):
    right = [case for case in narratives.cases(file) if case.right]
    wrongly = [told(case, found) for case in right if (found := questioned(case))]
    assert 20 * len(wrongly) <= len(right), "\n" + "\n".join(wrongly)


# Tables of wordings, each a class of them. The figures are made up.


def made(
    indicator: str,
    numerators: list[int],
    denominators: list[int] | None = None,
    *,
    target: tuple[int, int] | None = None,
    areas: dict[str, tuple[int, int | None]] | None = None,
    england: str = "",
) -> Evidence:
    """Return the evidence of an indicator whose months, up to November, had these figures."""
    whole = denominators or [None] * len(numerators)
    found = narratives.INDICATORS[indicator]
    goal = facts.target(str(target[0]), str(target[1]), indicator=found) if target else None
    published = Published(
        period_end=date(2024, 3, 31),
        unit="percent",
        values={Area.ENGLAND: Decimal(england or 0)},
        ranked=None,
        quarter="",
    )
    return evidence_of(
        Facts(
            name=indicator,
            indicator=found,
            month=NOVEMBER,
            service_area=None,
            today=date(2024, 12, 10),
            sums=tuple(_sum(*pair) for pair in zip(numerators, whole, strict=True)),
            targets=(goal,) if goal else (),
            areas={name: _sum(*pair) for name, pair in (areas or {}).items()},
            published=(published,) if england else (),
            population=None,
            last_month={},
        )
    )


def _sum(numerator: int, denominator: int | None) -> Sum:
    return Sum(
        numerator=Decimal(numerator),
        denominator=None if denominator is None else Decimal(denominator),
    )


# Visits, higher is better: 86.4% a year ago in October, 86.7% in November, 88.4% in March, 89.4% in
# April, then 91.1, 91.5, 92.1, 92.4, 92.1, 93.4 and now 94.5%. Close to target.
VISITS = made(
    "care_visits_on_time",
    [228, 234, 243, 244, 249, 251, 253, 257, 257, 258, 257, 256, 256, 257],
    [264, 270, 275, 277, 282, 284, 283, 282, 281, 280, 278, 278, 274, 272],
    target=(95, 90),
    areas={"Corporate Parenting": (237, 250), "Children with Disabilities": (20, 22)},
    england="97.5",
)
# Agency workers, lower is better: 29.1% a year ago, 32.5% in April, 34.7 and 34.7% in the summer's
# end, 39.0 and now 40.2%. Off target.
AGENCY = made(
    "agency_rate",
    [21, 23, 22, 25, 25, 25, 25, 26, 28, 29, 26, 26, 30, 33],
    [75, 79, 77, 79, 78, 78, 77, 78, 79, 79, 75, 75, 77, 82],
    target=(25, 35),
    areas={"MASH and Assessment": (8, 31), "Intervention and Support": (25, 51)},
)
# Children in care, neither way better: from 284 in March to 272.
IN_CARE = made(
    "children_in_care", [264, 270, 275, 277, 282, 284, 283, 282, 281, 280, 278, 278, 274, 272]
)
# Referrals: 385 a year ago, 255 in April, 334 in September, 312 and 357.
REFERRALS = made(
    "referrals",
    [285, 385, 238, 339, 282, 288, 255, 293, 324, 327, 209, 334, 312, 357],
    areas={"MASH and Assessment": (346, None), "Children with Disabilities": (11, None)},
)

RIGHT = [
    (VISITS, "94.5% of children were visited (257 of 272), just short of our 95% target."),
    (VISITS, "Visits on time have gone from 86.7% a year ago to 94.5%."),
    (VISITS, "There has been sustained improvement over the past 12 months, from 86.7% to 94.5%."),
    (VISITS, "Just 15 of 272 children were overdue a visit, down from 18 in October."),
    (VISITS, "Up 1.1 points on the month and 7.8 on the year."),
    (VISITS, "15 children were not seen in time, three fewer than in October."),
    (VISITS, "The trend is upward: April 89.4%, July 92.1%, October 93.4%, November 94.5%."),
    (VISITS, "Performance rose for the first time since August."),
    (VISITS, "If it continues to rise at this rate we will meet the target in December."),
    (VISITS, "Corporate Parenting is closest to the target, at 94.8%."),
    (VISITS, "We are half a percentage point off target, against a target for November of 95%."),
    (VISITS, "In October (93.4%) we were further from the target, as in most of this year."),
    (VISITS, "Managers get a list of visits due in the next 5 days, and meet in Room 4 at 9.30."),
    (VISITS, "1. Visits are booked ahead.\n2. Section 20, Reg 24 and s.47 are on the form."),
    (VISITS, "Team 3 moved to the 2nd floor; the lease costs £1.2 million over 5 years."),
    (VISITS, "A visit in two weeks is better for a child than one in six."),
    (VISITS, "More than nine in every ten were seen; five or six in every hundred were not."),
    (VISITS, "Some 94 children in every hundred were seen (257/272)."),
    (VISITS, "Not once in the last year have we been over 95%."),
    (VISITS, "July was below target, and so were August and September."),
    (VISITS, "Each worker makes ten visits a week; the huddle is at 8.45."),
    (VISITS, "A child of 8 can say who comes; at 16 or 17 they are often out."),
    (VISITS, "From a low of 86.7% last November, performance has reached 94.5%."),
    (VISITS, "It was 92.1% in September, 93.4% in October and 94.5% now."),
    (VISITS, "15 children were not seen, three fewer than in October, a fall of a sixth."),
    (VISITS, "The new form cut typing by half."),
    (VISITS, "We mean to get above 97% within six months."),
    (AGENCY, "The agency rate has grown, from 29.1% last November to 40.2%."),
    (AGENCY, "Three agency workers converted to permanent contracts in October."),
    (AGENCY, "We aim to reduce the rate to 30% by March 2025."),
    (AGENCY, "Agency use went up because vacancies rose while demand increased."),
    (IN_CARE, "Numbers have come down every month since March, with the exception of September."),
    (IN_CARE, "12 fewer children are in care than at the end of March."),
    (IN_CARE, "Compared to a year ago there are two more children in care."),
    (REFERRALS, "We received 357 referrals in November, 45 more than in October (14%)."),
    (REFERRALS, "346 of the 357 came to MASH and Assessment: 97% of them."),
    (REFERRALS, "Referrals were flat until the autumn."),
    (REFERRALS, "Referrals usually fall in August, as they do every year."),
    (REFERRALS, "There have been 2,411 since the start of the financial year."),
    (REFERRALS, "May was not as busy as November, and April may be quieter again."),
]

WRONG = [
    (VISITS, Kind.NUMBER, "In October 94.5% were visited.", "94.5%"),
    (VISITS, Kind.NUMBER, "In October we visited 256 of 274, which is 94.5%.", "94.5%"),
    (VISITS, Kind.NUMBER, "Corporate Parenting visited 257 of 272.", "257 of 272"),
    (VISITS, Kind.NUMBER, "We are at 94.5%, close to target (97% or more).", "97%"),
    (VISITS, Kind.NUMBER, "We are seven percentage points below target.", "seven"),
    (VISITS, Kind.NUMBER, "Visits rose by 2.4 percentage points in the month.", "2.4"),
    (VISITS, Kind.NUMBER, "All 272 children were visited on time.", "272"),
    (VISITS, Kind.NUMBER, "A third of them had a visit from somebody new.", "A third"),
    (VISITS, Kind.NUMBER, "The target was 90% in November.", "90%"),
    (VISITS, Kind.DIRECTION, "Children were ill, and performance dipped in November.", "dipped"),
    (VISITS, Kind.DIRECTION, "The downward trend of the last six months has continued.", "down"),
    (VISITS, Kind.DIRECTION, "A lower proportion were visited than last November.", "lower"),
    (VISITS, Kind.DIRECTION, "The figure is below where it was in March.", "below"),
    (VISITS, Kind.DIRECTION, "Visits on time are down on last month.", "down"),
    (VISITS, Kind.DIRECTION, "We are 1.1 points up on October, which is worse.", "worse"),
    (VISITS, Kind.DIRECTION, "We compare well, and are above England.", "above"),
    (VISITS, Kind.DIRECTION, "Children with Disabilities, at 90.9%, is above the target.", "above"),
    (VISITS, Kind.DIRECTION, "Performance has not budged since April.", "budged"),
    (VISITS, Kind.DIRECTION, "We went backwards in November.", "backwards"),
    (VISITS, Kind.DIRECTION, "Visiting eased off in November.", "eased"),
    (VISITS, Kind.DIRECTION, "We are on a par with last November.", "par"),
    (VISITS, Kind.DIRECTION, "Nothing has changed since April.", "Nothing"),
    (
        VISITS,
        Kind.DIRECTION,
        "Timely visits are back where they were: performance lost ground.",
        "lost",
    ),
    (VISITS, Kind.DIRECTION, "We outperform England.", "outperform"),
    (VISITS, Kind.DIRECTION, "Performance is not as good as a month ago.", "not as good"),
    (VISITS, Kind.DIRECTION, "We have seen performance slip since October.", "slip"),
    (VISITS, Kind.DIRECTION, "This is a third fall in a row.", "fall"),
    (VISITS, Kind.DIRECTION, "The target was passed in October and again in November.", "passed"),
    (VISITS, Kind.DIRECTION, "Our children fare worse than in October.", "worse"),
    (VISITS, Kind.NUMBER, "Performance rose by 14 points in a month.", "14 points"),
    (VISITS, Kind.NUMBER, "271/272 children were seen.", "271/272"),
    (VISITS, Kind.NUMBER, "One child in four was not seen.", "One child in four"),
    (AGENCY, Kind.DIRECTION, "We have now met the target.", "met"),
    (AGENCY, Kind.DIRECTION, "The service is now within its target.", "within"),
    (AGENCY, Kind.DIRECTION, "Performance has improved since April.", "improved"),
    (AGENCY, Kind.DIRECTION, "The rate has fallen for three months running.", "fallen"),
    (IN_CARE, Kind.DIRECTION, "The looked after population has grown since the spring.", "grown"),
    (IN_CARE, Kind.DIRECTION, "Care numbers are at their highest level for a year.", "highest"),
    (IN_CARE, Kind.DIRECTION, "The number of children in care has not fallen since March.", "not"),
    (REFERRALS, Kind.DIRECTION, "Fewer referrals than in October were received.", "Fewer"),
    (REFERRALS, Kind.NUMBER, "We received 357 referrals, 45 more than in October (24%).", "24%"),
]

# What is said of practice and not of the figure, whatever the indicator is.
PRACTICE = """\
Recruitment remains difficult: we have interviewed for six posts and appointed to four.
Two of the three vacancies in the team have been filled, and the waiting list has halved.
The increase in strategy meetings at the end of term put pressure on the duty team.
The drop in staffing over the summer meant fewer visits could be made each week.
Higher levels of sickness in one team led to delays, and reduced capacity delayed minutes.
There has been a rise in the number of families with complex needs.
Demand has doubled since the school term began.
The team is now fully staffed and morale has improved.
Improved recording of visits is the main reason, and better use of the tracker helped.
We expect the new starters to bring caseloads down to 15 by spring.
All managers will review the list each Friday and escalate any visit that is two days late.
The action plan has 12 actions, of which eight are complete; action 8.4 covers this.
Children will be seen more often, by the same worker, and will feel more settled.
Higher-risk cases are visited weekly, and stable placements make that easier.
There was a drop-in session on 12 November, and a visit falls due every six weeks.
Some visits were recorded late, so the true figure is likely to be higher.
If sickness rises again we will use agency cover.
We aim to exceed the target by Christmas and stay above it.
Results in one team are less strong and we are looking at why.
Since the reorganisation, handovers between teams have been smoother.
The average time between visits is falling.""".splitlines()

# Who may be named, and who may not.
NAMED = [
    ("Kacper was moved to another home.", "Kacper"),
    ("The placement of Zainab and her brother broke down.", "Zainab"),
    ("We are working with the Johnson family.", "Johnson family"),
    ("Child LM has moved again.", "LM"),
    ("T.J. has moved again.", "T.J."),
    ("A boy called Zbigniew waited for nine weeks.", "Zbigniew"),
    ("Ms Begum asked for another day.", "Ms Begum"),
    ("Zofia’s mother was ill.", "Zofia"),
    ("One boy, aged 14, from Rainham was arrested.", "aged 14"),
    ("Two Afghan brothers aged 15 and 16 arrived.", "Afghan"),
    ("A 7 month old was taken to hospital.", "7 month old"),
    ("She is 14 years and 3 months and lives with her aunt.", "14 years and 3 months"),
    ("The father can be reached on 07700 900123.", "07700 900123"),
    ("Write to jo.bloggs@example.com.", "jo.bloggs@example.com"),
    ("NHS number 943 476 5919 could not be matched.", "943 476 5919"),
    ("Her UPN is A123456789012.", "A123456789012"),
    ("RJW would not sign his plan.", "RJW"),
    ("The family has moved to 88b Hilldene Close.", "88b Hilldene Close"),
    ("A six-year-old girl from Rainham whose brother died is on a plan.", "six-year-old"),
    ("The care leaver who was stabbed in Elm Park has moved.", "stabbed"),
]
UNNAMED = [
    "Sam Okafor will look at each case, and Team Manager Jo Carter will chair.",
    "Karen Smith, our performance analyst, has made the report.",
    "Key roles: Helen Marsh (lead), Priya Nair (data analyst).",
    "Grace periods no longer apply. Hope is not a plan.",
    "Christmas Eve and New Year fall on a weekday.",
    "Young people aged 16 and 17 are often out at weekends.",
    "The child's voice is recorded, and a baby is seen every week.",
    "Cllr Oscar Ford asked about this at scrutiny, and Dr Patel, the designated doctor, agreed.",
    "The Havering children’s partnership and the Family Safeguarding team met.",
    "Write to cp.admin@havering.gov.uk.",
    "Jo Cole (HR) and Dev Patel (performance) keep the lists.",
    "Chelsea's Choice was shown to carers in the Rose Garden café.",
]

PAST = [
    "We aim to be back on target by 30 September 2024.",
    "Performance will recover by the end of October.",
    "We expect to reach 95% by October 2024.",
    "We aim to be at 95% no later than 31/10/2024.",
    "The target will be met in spring 2024.",
    "By the end of 2023 we shall be back on target.",
]
TO_COME = [
    "We expect to reach 95% by the end of March.",
    "By December 2024 all visits will be booked ahead.",
    "We had planned to recover by October 2024, and did not.",
    "Visits due by 31 October 2024 were all made.",
    "We will keep visits at the level of October 2024.",
]


@pytest.mark.parametrize(("evidence", "text"), RIGHT, ids=[text for _, text in RIGHT])
def test_what_the_figures_bear_out_is_not_questioned(evidence, text):
    assert [(one.kind, one.words) for one in of(text, evidence) if one.end] == []


@pytest.mark.parametrize(
    ("evidence", "kind", "text", "words"), WRONG, ids=[text for _, _, text, _ in WRONG]
)
def test_what_they_do_not_is_questioned_and_nothing_else(evidence, kind, text, words):
    (remark,) = of(text, evidence)
    at = text.index(words)

    assert remark.kind is kind
    assert remark.start < at + len(words) and at < remark.end


@pytest.mark.parametrize("text", PRACTICE)
def test_what_is_said_of_practice_is_not_held_against_the_figure(text):
    for evidence in (VISITS, AGENCY, IN_CARE, REFERRALS):
        assert [(one.kind, one.words) for one in of(text, evidence, "why") if one.end] == []


@pytest.mark.parametrize(("text", "words"), NAMED, ids=[text for text, _ in NAMED])
def test_words_that_could_say_who_a_child_is_are_questioned(text, words):
    found = [one for one in of(text, VISITS, "why") if one.kind is Kind.IDENTIFYING]
    assert any(words in one.words for one in found), found


@pytest.mark.parametrize("text", UNNAMED)
def test_colleagues_bodies_and_children_in_general_may_be_named(text):
    assert [one.words for one in of(text, VISITS, "why") if one.kind is Kind.IDENTIFYING] == []


@pytest.mark.parametrize("text", PAST)
def test_a_day_for_recovery_that_has_passed_is_questioned(text):
    assert Kind.PAST_DATE in [one.kind for one in of(text, VISITS)]


@pytest.mark.parametrize("text", TO_COME)
def test_a_day_to_come_and_one_that_is_owned_up_to_are_not(text):
    assert Kind.PAST_DATE not in [one.kind for one in of(text, VISITS)]


# What was entered beside the texts.


def entered(evidence: Evidence, **boxes) -> list[Remark]:
    texts = {one.id: "As the figures say." for one in narrative.PROMPTS}
    return list(proofing.remarks(Words(texts=texts, **boxes), evidence))


def test_off_target_asks_for_an_action_with_an_owner_and_a_date():
    what = Action(what="Fill the posts", owner="Head of Service", due=date(2025, 1, 31))

    assert [one.kind for one in entered(AGENCY)] == [Kind.NO_ACTION]
    assert entered(AGENCY, actions=(what,)) == []
    (remark,) = entered(AGENCY, actions=(what, replace(what, what="Agree a ceiling", owner="")))
    assert (remark.words, remark.start, remark.end) == ("Agree a ceiling", 0, 0)
    assert "no owner" in remark.says
    assert entered(VISITS) == []  # close to target


def test_nothing_is_asked_of_an_empty_box():
    empty = Words(texts={one.id: " " for one in narrative.PROMPTS})
    assert proofing.remarks(empty, AGENCY) == ()


def test_a_date_that_was_entered_and_has_passed_is_questioned():
    past = Action(what="Fill the posts", owner="Head of Service", due=date(2024, 12, 9))
    today = replace(past, due=VISITS.today)

    assert [one.kind for one in entered(VISITS, actions=(past,))] == [Kind.PAST_DATE]
    assert entered(VISITS, actions=(today,)) == []
    (remark,) = entered(VISITS, back_on_target_by=date(2024, 10, 31))
    assert (remark.prompt, remark.words) == ("actions", "31 October 2024")


def test_a_name_in_an_action_is_questioned_and_its_owner_is_not():
    action = Action(what="See Kacper each week", owner="Zofia Nowak", due=date(2025, 1, 31))
    found = entered(VISITS, actions=(action, replace(action, what="Zofia to write")))
    assert [(one.kind, one.words) for one in found] == [(Kind.IDENTIFYING, "Kacper")]


LONG = "The service has carried vacancies since the autumn and new workers take time to build up. "


@pytest.mark.parametrize(
    ("text", "before", "repeated"),
    [
        (LONG, LONG, True),
        (LONG, LONG.replace("autumn", "summer"), True),
        (LONG.upper(), LONG, True),
        (f"{LONG}In November 15 were late.", f"{LONG}In October 18 were late.", True),
        (f"For the 15 late, {LONG}", f"For the 18 late, {LONG}", False),  # its figures are new
        ("Nothing to add.", "Nothing to add.", False),  # too short to say
        (LONG, "", False),
        (" ".join(reversed(LONG.split())), LONG, False),  # the same words in another order
    ],
)
def test_a_text_that_is_last_months_is_questioned(text, before, repeated):
    evidence = replace(VISITS, said_before={"why": before})
    found = [one for one in of(text, evidence, "why") if one.kind is Kind.REPEATED]
    assert bool(found) is repeated


def test_words_with_a_source_stay_in_the_list_and_are_no_longer_open():
    texts = {one.id: "" for one in narrative.PROMPTS} | {"why": "An audit read 27 and 31 files."}
    sourced = (Sourced(words="27", source="Audit of 5 December"), Sourced(words="31", source=" "))
    found = proofing.remarks(Words(texts=texts, sourced=sourced, actions=(DONE,)), VISITS)

    assert [(one.words, one.sourced) for one in found] == [
        ("27", "Audit of 5 December"),
        ("31", ""),
    ]
    assert [one.words for one in proofing.open_ones(found)] == ["31"]


def test_remarks_come_in_reading_order():
    texts = {one.id: "" for one in narrative.PROMPTS}
    texts |= {"difference": "Kacper is home.", "figures": "It fell to 12.3%. We met the target."}
    found = proofing.remarks(Words(texts=texts, actions=(DONE,)), VISITS)
    assert [one.words for one in found] == ["fell", "12.3%", "met", "Kacper"]


# Our own first sentence, for cards of the demonstration.

SAMPLE = (date(2023, 8, 1), date(2024, 4, 1), date(2024, 11, 1))
PLACES = (None, "MASH and Assessment", "Corporate Parenting", "Children in Care")


def edited(text: str) -> set[str]:
    """Return what an author may make of a factual first sentence in a moment."""
    parts = re.split(r"(?<=[.]) (?=[A-Z])", text)
    return {
        text,
        re.sub(r"\d[\d,]*[.]\d%", lambda shown: _whole(shown.group()), text),
        re.sub(r" [(][^)]*[)]", "", text),
        re.sub(r", (which is|both for the) (better|worse)", "", text),
        *(" ".join(parts[:at] + parts[at + 1 :]) for at in range(len(parts))),
    } - {""}


def _whole(percentage: str) -> str:
    return f"{words.rounded(Decimal(percentage.rstrip('%').replace(',', '')), 0)}%"


@pytest.mark.parametrize("month", SAMPLE, ids=str)
def test_our_own_first_sentence_is_never_questioned_nor_after_a_small_edit(november, month):
    built = {
        area: {
            card.indicator.id: card
            for card in cards.build(november, Place(authority="311", service_area=area), month)
        }
        for area in PLACES
    }
    wrongly = []
    for area, there in built.items():
        for id, card in list(there.items())[:: 1 if area is None else 4]:
            others = tuple(built[other][id] for other in PLACES if other != area)
            today = calendar.add_months(month, 1) + timedelta(days=9)
            evidence = Evidence(card=card, others=others, today=today)
            for text in {*edited(first_sentence.said(card)), first_sentence.described(card)}:
                wrongly += [
                    f"{text!r} came to {one.kind.name} {one.words!r}"
                    for one in of(text, evidence)
                    if one.end
                ]
    assert wrongly == [], "\n" + "\n".join(wrongly)


# Whatever is written.

ANY = [VISITS, AGENCY, IN_CARE, REFERRALS]
ANY += [
    Evidence(card=facts.card("90.0"), today=date(2024, 12, 1)),
    Evidence(card=facts.card("90.0", None), today=date(2024, 12, 1)),
    Evidence(card=facts.card(None), today=date(2024, 12, 1)),
    Evidence(card=facts.card("0", indicator=facts.NEITHER), today=date(2024, 12, 1)),
]
PIECES = st.sampled_from(
    [
        "1",
        "2",
        "23",
        "24",
        "0",
        "1,204",
        "95.8",
        "%",
        "percent",
        "points",
        "(",
        ")",
        "[",
        "]",
        ".",
        ",",
        ";",
        ":",
        "-",
        "–",
        "/",
        "£",
        "'",
        '"',
        "*",
        "**",
        "#",
        "of",
        "in",
        "the",
        "a",
        "an",
        "and",
        "or",
        "to",
        "from",
        "than",
        "since",
        "on",
        "at",
        "by",
        "about",
        "nearly",
        "over",
        "under",
        "half",
        "third",
        "two-thirds",
        "nine",
        "ten",
        "hundred",
        "thousand",
        "and",
        "rose",
        "fell",
        "up",
        "down",
        "better",
        "worse",
        "highest",
        "lowest",
        "above",
        "below",
        "met",
        "missed",
        "target",
        "not",
        "never",
        "no",
        "which",
        "that",
        "will",
        "if",
        "November",
        "October",
        "2024",
        "2023/24",
        "Q2",
        "last",
        "month",
        "year",
        "ago",
        "every",
        "each",
        "running",
        "England",
        "Safeguarding",
        "MASH",
        "Assessment",
        "children",
        "visits",
        "late",
        "Kacper",
        "J.S.",
        "RM1",
        "3BD",
        "born",
        "aged",
        "14",
        "year-old",
        "\n",
        "\u202e",
        "½",
        "２",
        "İ",
        "ß",
        "😀",
        "\x00",
        "https://example.org",
        "Mrs",
    ]
)


@given(
    text=st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join)),
    before=st.text(max_size=60),
    evidence=st.sampled_from(ANY),
)
@settings(max_examples=300, deadline=None)
@example(text="1" * 5_000, before="", evidence=VISITS)
@example(text="İ 5% " * 40, before="", evidence=VISITS)
@example(text="(" * 400 + "5%" + ")" * 400, before="", evidence=AGENCY)
@example(text="31/02/2024 99.99.99 0/0/0 2024-13-45", before="", evidence=VISITS)
@example(text="by the the the the", before="by the the the the", evidence=REFERRALS)
def test_a_check_never_fails_and_shows_the_very_words(text, before, evidence):
    for one in of(text, replace(evidence, said_before={"why": before}), "why"):
        assert one.words and one.says
        if one.end:
            assert text[one.start : one.end] == one.words
        else:
            assert one.start == 0


WAYS = [
    ("The figure rose in November.", "The figure fell in November."),
    ("Performance improved on October.", "Performance worsened on October."),
    ("The share is up since April.", "The share is down since April."),
    ("We are above the target.", "We are below the target."),
    ("This is the highest of the year.", "This is the lowest of the year."),
    ("We met the target.", "We missed the target."),
]


@given(
    values=st.lists(
        st.decimals(min_value=2, max_value=98, places=1), min_size=14, max_size=14, unique=True
    )
)
@settings(max_examples=60, deadline=None)
def test_the_mirror_of_a_card_turns_each_verdict_round(values):
    """What a word says of a card, its opposite says of the card upside down: 97.0% as 3.0%."""
    mirrored = [100 - value for value in values]
    goal = facts.target("50", "50")  # its own mirror
    here, there = (
        Evidence(card=facts.card(*map(str, series), targets=(goal,)), today=date(2024, 12, 1))
        for series in (values, mirrored)
    )
    for said, opposite in WAYS:
        for one, other in ((said, opposite), (opposite, said)):
            if values[-1] == 50:  # exactly on target is met on both sides
                continue
            assert _contradicted(one, here) == _contradicted(other, there)
    for said, opposite in WAYS[:3]:
        assert _contradicted(said, here) != _contradicted(opposite, here)


def _contradicted(text: str, evidence: Evidence) -> bool:
    return any(one.kind is Kind.DIRECTION for one in of(text, evidence))
