"""What an indicator counts, in the words that authors use for it."""

import re
from dataclasses import dataclass
from functools import cache

from kpi.catalogue import Indicator, Polarity
from kpi.proofing.numerals import numeral
from kpi.proofing.tokens import Mark, listed, tokens
from kpi.words import Unit

# Children, and those around them who are counted for them.
PEOPLE = listed(
    "child children young person people family families baby babies boy boys girl girls "
    "sibling siblings teenager teenagers adolescent adolescents pupil pupils infant infants "
    "toddler toddlers leaver leavers youngster youngsters unaccompanied cases case"
)
# What is written down about them.
RECORDS = listed(
    "assessment assessments conference conferences icpc icpcs plan plans referral referrals "
    "re-referral re-referrals rereferral rereferrals contact contacts enquiry enquiries "
    "investigation investigations placement placements visit visits review reviews check "
    "checks episode episodes record records form forms file files audit audits discussion "
    "discussions supervision supervisions questionnaire questionnaires immunisation "
    "immunisations vaccination vaccinations allocation allocations strategy caseload "
    "caseloads admission admissions incident incidents discharge discharges s47 s47s refusal "
    "refusals appointment appointments transfer transfers removal removals breakdown "
    "breakdowns disruption disruptions"
)
STAFF = listed(
    "staff worker workers manager managers post posts officer officers carer carers chair "
    "chairs nurse nurses practitioner practitioners team teams iro iros adviser advisers "
    "advisor advisors agency colleague colleagues doctor doctors dentist dentists vacancy "
    "vacancies starter starters recruit recruits leader leaders asye asyes nqsw nqsws "
    "professional professionals administrator administrators auditor auditors therapist "
    "therapists mentor mentors trainer trainers"
)
_NOT_COUNTED = listed(
    "the a an of in on at to for and or with by from who whose which that this those these it "
    "its is are was were be been being have has had do does did not no our we us they them "
    "their there one two three four five more less than least most all any each every other "
    "others another as so if then when where how what after before month months year years "
    "day days week weeks time within without over under out up down too end ended made make "
    "first last latest still only can may must than into about such where while"
)
_SPELLS = listed("placement placements worker workers")
_PLURALS = (("ies", "y"), ("ches", "ch"), ("ses", "s"), ("s", ""))


@dataclass(frozen=True)
class Counted:
    """The words of one indicator's definition."""

    words: frozenset[str]  # the stems of those that its title, numerator or denominator use
    lengths: frozenset[tuple[int, str]]  # (45, 'day'), (20, 'mile'): how it is counted
    adverse: bool  # whether its numerator is what should not be
    staff: bool  # whether it counts social workers or posts, and not children
    days: bool  # whether it counts days
    share: bool  # whether its values are percentages
    marks: frozenset[int]  # by which its definition explains a mean: scores of 14 to 16

    def counts(self, word: str) -> bool:
        """Return whether `word` is one for what it counts: visits, where children are visited."""
        return stem(word) in self.words

    def is_unit(self, word: str) -> bool:
        """Return whether its definition has a number of these: three or more placements."""
        return word in _SPELLS and any(unit == singular(word) for _, unit in self.lengths)

    def is_length(self, number: int, unit: str) -> bool:
        """Return whether so many days, months or miles are part of its definition."""
        return (number, singular(unit)) in self.lengths


@cache
def counted(indicator: Indicator) -> Counted:
    """Return the words of an indicator's definition."""
    texts = (indicator.title, indicator.short_title, indicator.numerator, indicator.denominator)
    found: set[str] = set()
    lengths: set[tuple[int, str]] = set()
    for text in (*texts, indicator.question, indicator.exclusions, indicator.caveats):
        lengths |= set(_lengths(text))
    for text in texts:
        found |= _words(text)
    return Counted(
        words=frozenset(found),
        lengths=frozenset(lengths),
        adverse=indicator.polarity is Polarity.LOWER,
        staff=indicator.area == "workforce",
        share=indicator.unit is Unit.PERCENT,
        marks=frozenset(
            int(token.text)
            for text in (indicator.numerator, indicator.denominator, indicator.caveats)
            if indicator.unit is Unit.MEAN
            for token in tokens(text)
            if token.mark is Mark.NUMBER and token.text.isdigit() and len(token.text) < 4
        ),
        days="days" in indicator.numerator.lower().split()[:2],
    )


def singular(word: str) -> str:
    """Return the singular of a regular plural: 'enquiries' as 'enquiry'."""
    if word == "children":
        return "child"
    for end, instead in _PLURALS:
        if word.endswith(end) and len(word) > len(end) + 2 and not word.endswith("ss"):
            return word.removesuffix(end) + instead
    return word


# The longest first, so that each word loses one ending.
_ENDINGS = (
    *("isations", "isation", "ements", "isions", "ations", "ement", "ments", "ision", "ation"),
    *("ising", "ment", "ised", "ings", "ing", "als", "ies", "al", "ed", "es", "s", "e", "y"),
)


@cache
def stem(word: str) -> str:
    """Return a word without its ending, so that placed, placements and place are alike."""
    if word == "children":
        return "child"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _words(text: str) -> set[str]:
    return {
        stem(token.word)
        for token in tokens(text)
        if token.mark is Mark.WORD and token.word not in _NOT_COUNTED and len(token.word) > 2
    }


_UNIT = re.compile(r"(day|week|month|year|mile|time|worker|placement)s?", re.ASCII)


def _lengths(text: str) -> list[tuple[int, str]]:
    """Return the lengths in a definition: (45, 'day') of '45 or fewer working days'."""
    found = []
    words = tokens(text)
    for at in range(len(words)):
        number = numeral(words, at)
        if number is None:
            continue
        for token in words[number.after : number.after + 6]:
            unit = _UNIT.fullmatch(token.word)
            if unit:
                found.append((int(number.value), unit[1]))
                break
    return found
