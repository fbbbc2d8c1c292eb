"""The list of promises: which are shown, in which order, and in which words.

The page and the CSV both take their words from here, so they cannot disagree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from kpi import words
from kpi.catalogue import Indicator
from kpi.formatting import visible
from kpi.promise_ledger import Ledger, Move, Promise, Tally, tally
from kpi.promises import Kind, Outcome

SOON_DAYS = 14  # as long as something can still be done about it
ENDED_SHOWN = 100  # more is not read on a page; the file has them all

# What stands at the head of each column of the file, in the order of the cells of a line.
HEADS = (
    *("Promise", "Indicator", "Place", "Owner", "Due", "State", "What came of it"),
    *("Moved", "Narrative of", "Promised by", "Approved by"),
)


class Group(StrEnum):
    """What is alike in what is to be done about it, in the order of the list."""

    OVERDUE = "Overdue"
    SOON = f"Due in the next {SOON_DAYS} days"
    OPEN = "Open"
    ENDED = "Ended"

    @property
    def means(self) -> str:
        """What a reader must know of the group that its name does not say."""
        return {
            Group.OVERDUE: "The day is over, and nobody has said that it was done: it counts as "
            "missed, and can still be answered",
            Group.ENDED: "Kept, missed or moved, the latest first",
        }.get(self, "")


class Which(StrEnum):
    """Which promises are asked for. The value is how an address says it."""

    EVERY = "every"
    DUE = "due"
    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    MOVED = "moved"

    @property
    def said(self) -> str:
        """The choice as a reader is offered it."""
        return {
            Which.EVERY: "Every promise",
            Which.DUE: "Overdue or due soon",
        }.get(self, str(self).capitalize())


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which promises are shown."""

    which: Which = Which.EVERY
    words: str = ""  # each of them stands in the promise, its owner, its indicator or its place

    @property
    def said(self) -> str:
        """The choice in words: 'Missed · With “audit”'."""
        parts = [self.which.said]
        parts += [f"With “{' '.join(self.words.split())}”"] if self.words.split() else []
        return " · ".join(parts)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One promise, and what the list says of it."""

    promise: Promise
    indicator: Indicator | None = field(repr=False)  # None: it is no longer counted
    group: Group

    @property
    def about(self) -> str:
        """The figure that it is about."""
        return self.indicator.name if self.indicator else self.promise.key.indicator

    @property
    def place(self) -> str:
        """The part of the service that it is about."""
        return self.promise.key.service_area or words.WHOLE_SERVICE

    @property
    def due(self) -> str:
        """By when: '5 May 2024', or 'December 2024' of a figure that is to be back on target."""
        return _due(self.promise.kind, self.promise.due)

    @property
    def moves(self) -> list[str]:
        """What it was before, oldest first, and why that was changed."""
        moves, one = self.promise.moves, self.promise
        return [
            self._move(move, to.due, to.owner)
            for move, to in zip(moves, (*moves[1:], one), strict=False)
        ]

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as the file has it, a cell for each of HEADS."""
        one = self.promise
        return (
            *(visible(one.what), self.about, self.place, visible(one.owner), self.due),
            *(str(one.outcome).capitalize(), visible(one.came), visible("; ".join(self.moves))),
            *(words.month(one.key.month), one.made_by, one.approved_by),
        )

    def _move(self, move: Move, due: date, owner: str) -> str:
        kind = self.promise.kind
        changed = []
        if due != move.due:
            changed.append(f"moved from {_due(kind, move.due)} to {_due(kind, due)}")
        if owner != move.owner:
            changed.append(f"passed on by {move.owner} to {owner}")
        said = " and ".join(changed)
        why = f": {move.reason}" if move.reason else ", by a later narrative"
        return f"{said[0].upper()}{said[1:]} on {words.day(move.until)} by {move.who}{why}"


@dataclass(frozen=True, kw_only=True)
class PromiseList:
    """The promises that are shown, in their order, and from how many they were chosen."""

    day: date
    lines: tuple[Line, ...]
    every: int
    tally: Tally  # of every one, whatever is shown
    overdue: int
    soon: int
    choice: Choice

    @property
    def said(self) -> str:
        """How many of how many, and why those: '7 of 58 promises · Missed · With “audit”'."""
        return f"{len(self.lines)} of {words.count(self.every, 'promise')} · {self.choice.said}"

    @property
    def groups(self) -> dict[Group, list[Line]]:
        """The lines of each group that has any."""
        found = {group: [one for one in self.lines if one.group is group] for group in Group}
        return {group: lines for group, lines in found.items() if lines}


def build(
    ledger: Ledger,
    indicators: Mapping[str, Indicator],
    *,
    of: Iterable[Promise] | None = None,
    choice: Choice,
) -> PromiseList:
    """Return the list of a ledger's promises, or `of` some of them.

    What is overdue comes first, then what falls due soon, then what is open, the earliest first;
    then what has ended, the latest first.
    """
    every = [
        Line(promise=one, indicator=indicators.get(one.key.indicator), group=_group(one, ledger))
        for one in (ledger.promises if of is None else of)
    ]
    shown = [line for line in every if _chosen(line, choice)]
    open_ones = [line for line in shown if line.group is not Group.ENDED]
    ended = [line for line in shown if line.group is Group.ENDED]
    order = list(Group)
    open_ones.sort(key=lambda line: (order.index(line.group), line.promise.due))
    ended.sort(key=lambda line: line.promise.due, reverse=True)
    groups = [line.group for line in every]
    return PromiseList(
        day=ledger.day,
        lines=(*open_ones, *ended),
        every=len(every),
        tally=tally(line.promise for line in every),
        overdue=groups.count(Group.OVERDUE),
        soon=groups.count(Group.SOON),
        choice=choice,
    )


def _group(one: Promise, ledger: Ledger) -> Group:
    if one.outcome is Outcome.OPEN:
        soon = one.due <= ledger.day + timedelta(days=SOON_DAYS)
        return Group.SOON if soon else Group.OPEN
    return Group.OVERDUE if one.waits else Group.ENDED


def _chosen(line: Line, choice: Choice) -> bool:
    one, indicator = line.promise, line.indicator
    fits = {
        Which.EVERY: True,
        Which.DUE: line.group in (Group.OVERDUE, Group.SOON),
    }.get(choice.which, one.outcome == choice.which.value)
    names = f"{indicator.title} {indicator.code}" if indicator else ""
    said = f"{one.what} {one.owner} {line.about} {names} {line.place}".casefold()
    return fits and all(word in said for word in choice.words.casefold().split())


def _due(kind: Kind, due: date) -> str:
    return words.month(due) if kind is Kind.RECOVERY else words.day(due)
