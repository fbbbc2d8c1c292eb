"""Movements: the words that say which way a figure went, where it stands, or that it stood still.

Each word has a way and a form. The form decides how it can be read: 'rose' says what happened,
'rises' mostly what tends to happen, 'a rise' what there was, 'rising' either.
"""

from dataclasses import dataclass
from enum import Enum

from kpi.proofing.tokens import listed


class Way(Enum):
    """What a word says of a figure."""

    UP = "up"
    DOWN = "down"
    BETTER = "better"
    WORSE = "worse"
    SAME = "the same"
    STEADY = "much the same"
    HIGHEST = "highest"
    LOWEST = "lowest"
    BEST = "best"
    WORST = "worst"
    ABOVE = "above"
    BELOW = "below"
    MET = "met"
    MISSED = "missed"
    CLOSE = "close to"
    DOUBLED = "doubled"
    TREBLED = "trebled"
    HALVED = "halved"


class Form(Enum):
    """How a word stands in a sentence."""

    PAST = "a verb of what happened"
    PRESENT = "a verb of what tends to happen"
    GOING_ON = "a verb of what is happening"
    NOUN = "a noun"
    ADJECTIVE = "an adjective or adverb"


@dataclass(frozen=True, slots=True)
class Movement:
    """A word for a change or a standing, as it can be read."""

    way: Way
    form: Form


def _table(rows: dict[tuple[Way, Form], str]) -> dict[str, tuple[Movement, ...]]:
    found: dict[str, tuple[Movement, ...]] = {}
    for (way, form), words in rows.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), Movement(way, form))
    return found


MOVEMENTS = _table(
    {
        (Way.UP, Form.PAST): (
            "rose risen increased grew grown climbed jumped surged soared rocketed escalated "
            "mounted "
            "swelled swollen expanded spiked accelerated"
        ),
        (Way.UP, Form.PRESENT): (
            "rise rises increase increases grow grows climb climbs jump jumps surge surges"
        ),
        (Way.UP, Form.GOING_ON): "rising increasing growing climbing mounting swelling escalating",
        (Way.UP, Form.NOUN): (
            "rise increase growth climb jump upturn upswing surge spike uplift uptick upsurge"
        ),
        (Way.UP, Form.ADJECTIVE): "up higher greater more larger bigger upward upwards",
        (Way.DOWN, Form.PAST): (
            "fell fallen decreased dropped declined dipped slipped sank sunk shrank shrunk reduced "
            "plunged plummeted slid tumbled lessened eased cut subsided receded diminished "
            "dwindled "
            "contracted trimmed slumped crashed collapsed tapered"
        ),
        (Way.DOWN, Form.PRESENT): (
            "fall falls drop drops decrease decreases decline declines dip dips slip slips shrink "
            "shrinks reduce reduces slide slides ease eases"
        ),
        (Way.DOWN, Form.GOING_ON): (
            "falling dropping declining decreasing reducing slipping dipping shrinking easing "
            "sliding dwindling receding"
        ),
        (Way.DOWN, Form.NOUN): (
            "fall drop decrease decline dip reduction slip downturn slump slide collapse"
        ),
        (Way.DOWN, Form.ADJECTIVE): "down lower fewer less smaller downward downwards",
        (
            Way.BETTER,
            Form.PAST,
        ): "improved recovered strengthened rallied progressed advanced gained",
        (Way.BETTER, Form.PRESENT): "improve improves recover recovers",
        (Way.BETTER, Form.GOING_ON): "improving recovering strengthening",
        (Way.BETTER, Form.NOUN): "improvement recovery progress turnaround gain gains",
        (Way.BETTER, Form.ADJECTIVE): "better stronger healthier",
        (Way.WORSE, Form.PAST): "worsened deteriorated weakened regressed backslid suffered lost",
        (Way.WORSE, Form.PRESENT): "worsen worsens deteriorate deteriorates",
        (Way.WORSE, Form.GOING_ON): "worsening deteriorating weakening",
        (Way.WORSE, Form.NOUN): "deterioration worsening setback loss",
        (Way.WORSE, Form.ADJECTIVE): "worse poorer weaker",
        (Way.STEADY, Form.PAST): "plateaued stagnated stabilised stabilized stalled flatlined",
        (Way.SAME, Form.ADJECTIVE): "unchanged same unaltered identical equal",
        (Way.STEADY, Form.ADJECTIVE): (
            "steady stable level flat static constant similar consistent comparable stagnant"
        ),
        (Way.HIGHEST, Form.ADJECTIVE): "highest most greatest largest biggest",
        (Way.LOWEST, Form.ADJECTIVE): "lowest fewest smallest least",
        (Way.BEST, Form.ADJECTIVE): "best strongest",
        (Way.WORST, Form.ADJECTIVE): "worst poorest weakest",
        (Way.DOUBLED, Form.PAST): "doubled",
        (Way.TREBLED, Form.PAST): "trebled tripled",
        (Way.HALVED, Form.PAST): "halved",
        (Way.ABOVE, Form.ADJECTIVE): "above over exceeding ahead beyond",
        (Way.ABOVE, Form.PAST): "exceeded surpassed overshot passed topped",
        (Way.ABOVE, Form.PRESENT): "exceeds exceed",
        (Way.BELOW, Form.ADJECTIVE): "below under beneath behind",
        (Way.MET, Form.PAST): (
            "met achieved hit reached attained beat beaten bettered cleared fulfilled satisfied "
            "secured"
        ),
        (Way.MET, Form.PRESENT): "meet meets",
        (Way.MET, Form.GOING_ON): "meeting achieving hitting",
        (Way.MET, Form.ADJECTIVE): "on on-target within inside green",
        (Way.MISSED, Form.PAST): "missed undershot",
        (Way.MISSED, Form.GOING_ON): "missing",
        (Way.MISSED, Form.ADJECTIVE): "off off-target short shy adrift outside red",
        (Way.CLOSE, Form.ADJECTIVE): "close near amber",
    }
)

# What a word is part of, and then says nothing of a figure: the words after it, and those before.
IDIOMS_AFTER: dict[str, frozenset[str]] = {
    "fell": listed(
        "out due within outside under into through behind asleep apart between foul ill"
    ),
    "fallen": listed("out due within outside under into through behind asleep apart between foul"),
    "fall": listed("out due within outside under into through behind asleep apart between foul"),
    "falls": listed("out due within outside under into through behind between"),
    "falling": listed("out due within outside under into through behind between"),
    "drop": listed("in out off ins outs"),
    "drops": listed("in out off"),
    "dropped": listed("out"),
    "dropping": listed("out in"),
    "slipped": listed("through"),
    "improvement": listed(
        "plan plans board journey partner partners programme programmes work notice adviser "
        "advisor advisers team teams service services lead leads activity action actions officer "
        "network support project agenda panel group area areas directorate meeting meetings visit "
        "visits"
    ),
    "recovery": listed("plan plans date meeting meetings group board action actions trajectory"),
    "lost": listed("contact touch time days hours out in sight track to patience faith"),
    "cut": listed("off out back-up through across short in"),
    "gained": listed("access entry a qualifications confidence experience from"),
    "level": listed("of 1 2 3 4 one two three four a"),
    "passed": listed("to on from through away by over round"),
    "hit": listed("by hard"),
    "cleared": listed("by up"),
    "suffered": listed("from a an harm abuse neglect"),
    "mounted": listed("a an"),
    "best": listed(
        "practice interests interest way possible chance start evidence value use placed suited "
        "able outcomes outcome endeavours efforts hopes"
    ),
    "worst": listed("case affected"),
    "highest": listed("need needs risk quality standard standards priority level-of-need"),
    "lowest": listed("need needs risk"),
    "stronger": listed("families links relationships"),
    "better": listed("at for to placed able understanding outcomes lives"),
    "growth": listed("bid bids funding"),
    "reduction": listed("plan strategy"),
    "progress": listed(
        "report reports review reviews meeting meetings tracker board on with towards through to "
        "against"
    ),
    "less": listed("than likely time able"),
    "same": listed(
        "time month months period point day days week way worker workers family families home "
        "placement placements team teams child children social carer carers school person people "
        "reason reasons year place chair manager address group"
    ),
}
IDIOMS_BEFORE: dict[str, frozenset[str]] = {
    "rise": listed("give gives gave given pay price rent"),
    "increase": listed("pay price capacity"),
    "improvement": listed(
        "service quality practice continuous requires require required requiring needs need for "
        "sector-led school"
    ),
    "best": listed("at the-next"),
    "worst": listed("at"),
    "least": listed("at"),
    "most": listed("at"),
    "growth": listed("population economic"),
    "level": listed("senior entry high same service team local any individual case strategic"),
    "short": listed("in for a very too cut"),
    "over": listed("handed taken hand take left carried carry went go rolled turn all been"),
}
