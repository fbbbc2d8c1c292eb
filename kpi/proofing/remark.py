"""Remarks: what a check questions in a text, and what it may hold the text against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kpi.cards import Card


class Kind(StrEnum):
    """What is questioned, as an author and a reviewer read it."""

    NUMBER = "A number that is not among the figures"
    DIRECTION = "A word that the figures contradict"
    REPEATED = "The same text as last month"
    NO_ACTION = "Off target without an action, owner and date"
    PAST_DATE = "A date for recovery that has passed"
    IDENTIFYING = "Words that could identify a child"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything that a narrative may be held against."""

    card: Card  # the narrative's own, read for the month
    others: tuple[Card, ...] = ()  # the same indicator elsewhere: the whole, and service areas
    said_before: Mapping[str, str] = field(default_factory=dict)  # last month's texts by prompt
    today: date
    names: tuple[str, ...] = ()  # of staff, who may be named, and of posts


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something in a text that its author should look at again: advice, which forbids nothing."""

    kind: Kind
    prompt: str  # under which the text stands; 'actions' where it is about the whole narrative
    words: str  # that it is about, as they stand in the text; its own where start and end are 0
    start: int
    end: int
    says: str  # what is questioned, and what to do, for the author
    sourced: str = ""  # where the author has the words from; nothing while it is open
