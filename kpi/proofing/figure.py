"""Figures as they are said: a number, its shape, and how exactly it is meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from kpi.proofing.counted import Counted
from kpi.proofing.tokens import Line, listed


class Shape(Enum):
    """What a number is said to be."""

    PERCENT = "a percentage"
    POINTS = "a difference of percentages"
    COUNT = "a plain number"
    PAIR = "so many of so many"
    SHARE = "a share in words"
    RATE = "so many per 10,000"


class Hedge(Enum):
    """How exactly a number is meant."""

    NONE = ""
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Number:
    """One figure that a sentence says, from its first token to before its last."""

    first: int
    after: int
    shape: Shape
    value: Decimal
    of: Decimal | None = None  # of a pair or a share: the whole
    places: int = 0  # decimals written
    hedge: Hedge = Hedge.NONE
    in_words: bool = False
    change: bool = False  # said as a difference: '9 more than', 'up 4%'
    part: bool = False  # of something that is itself a part: 'a third of these'
    all_but: bool = False  # 'all but 17'


@dataclass(frozen=True)
class Passage(Line):
    """A sentence of which the times and places are known, and the figures not yet."""

    named: Mapping[int, int]  # where a time or a place is named: what comes after it
    own: Counted

    def names(self, first: int, after: int) -> bool:
        """Return whether any of the tokens names a time or a place."""
        return any(at in self.named for at in range(first, after))


PER_CENT = frozenset(["%", "percent", "pc", "percentage"])
POINT = listed("point points pp ppt ppts pts pt pps")
LENGTHS = listed(
    "day days week weeks fortnight fortnights month months year years hour hours minute "
    "minutes night nights term terms weekend weekends mile miles km kilometres metres evening "
    "evenings session sessions daily weekly monthly sq"
)
MORE = listed(
    "more fewer less additional extra higher lower up down increase rise fall drop decrease "
    "reduction growth above below better worse over short greater improvement decline off "
    "away jump dip climb swing"
)
THESE = listed("them these those")
STOPS = listed(", . ; : ( ) and or but who which that is are was were to")
STREETS = listed(
    "road street avenue close lane drive way gardens crescent court place terrace grove "
    "square hill walk row mews park green rise parade house"
)
