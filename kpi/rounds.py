"""The monthly round: the narratives of a month, how far each has come, and whose turn it is.

What somebody writes without being asked to is one of them too, so that it does not go unread.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from kpi import calendar, drafts, figures, needs, signoff, words
from kpi.access import Actor
from kpi.assignments import Assignment
from kpi.cards import Card
from kpi.narrative import Key, moved
from kpi.needs import CardsAt, Need
from kpi.organisation import Place
from kpi.releases import Release
from kpi.signoff import NOTHING, Standing, State
from kpi.store import LONDON, Store

DEMONSTRATION_DAY = 8  # working days after the month's end: some is overdue then, some not yet due
ANYBODY = "anybody who may approve it"
NOT_REQUIRED = "Not required"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One narrative of a round."""

    key: Key
    assignment: Assignment | None  # None: somebody writes though nobody has been asked to
    card: Card
    need: Need
    why: str  # 'off target 5 months running', 'newly on target'
    due: date | None
    standing: Standing
    begun: frozenset[str]  # who has a draft that nobody else sees
    stale: tuple[str, ...]  # what has changed in the figure since the newest words were written

    @property
    def state(self) -> State:
        """How far it has come; a draft that nobody else sees is a draft too."""
        saved = self.standing.state
        return State.DRAFT if saved is State.NOT_STARTED and self.begun else saved

    @property
    def said(self) -> str:
        """How far it has come in words; or that nobody has to write it, where nobody has.

        What is approved stays so while new words are written.
        """
        if self.standing.approved:
            return str(State.APPROVED)
        unasked = self.state is State.NOT_STARTED and self.need is Need.OPTIONAL
        return NOT_REQUIRED if unasked else str(self.state)

    @property
    def unwritten(self) -> bool:
        """Whether nothing of it is approved, or waits for approval."""
        begun = self.state in (State.NOT_STARTED, State.DRAFT, State.RETURNED)
        return begun and self.standing.approved is None

    @property
    def author(self) -> str:
        """Who is to write it: whoever is asked to; else whoever does."""
        if self.assignment:
            return self.assignment.author
        newest = self.standing.newest
        return newest.author if newest else ", ".join(sorted(self.begun))

    @property
    def waits_for(self) -> str:
        """Whose turn it is; nobody's, where it need not be written or written again."""
        if self.state is State.SUBMITTED:
            approver = self.assignment.approver if self.assignment else ""
            able = approver and approver not in signoff.writers(self.standing)
            return approver if able else ANYBODY
        done = self.state is State.APPROVED and not self.stale
        return "" if done or self.said == NOT_REQUIRED else self.author

    @property
    def returned(self) -> str:
        """Why it was returned, until it is submitted again; nothing otherwise."""
        last = self.standing.returned
        return last.reason if last else ""

    def overdue(self, today: date) -> bool:
        """Return whether it should have been submitted before `today`."""
        late = self.due is not None and self.due < today
        return late and self.need is Need.REQUIRED and self.unwritten

    def to_write(self, actor: Actor) -> bool:
        """Return whether it is for the actor to write, or to write again."""
        newest = self.standing.newest
        theirs = actor.name == self.author or actor.name in self.begun
        theirs |= newest is not None and newest.author == actor.name
        if self.state in (State.NOT_STARTED, State.DRAFT):
            own = actor.name in self.begun or (newest is not None and not newest.blank)
            return theirs and (self.need is Need.REQUIRED or own)
        return theirs and (self.state is State.RETURNED or bool(self.stale))

    def turn(self, today: date) -> tuple[int, date]:
        """Where it stands in an author's list: returned, overdue, due, and then all others."""
        order = [
            bool(self.returned),
            self.overdue(today),
            self.need is Need.REQUIRED and self.unwritten,
            True,
        ]
        return order.index(True), self.due or date.max


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a round has come: of what is required, and of what was written beside it."""

    required: int
    submitted: int  # of the required, those that wait for their first approval
    approved: int  # of the required, whether or not new words are being written
    optional: int  # approved without being required
    stale: int  # approved, and their figure has changed since
    all: int  # every narrative that could be written

    @property
    def said(self) -> str:
        """'14 of 19 narratives approved'."""
        if not self.required:
            return "No narrative is required"
        return f"{self.approved} of {words.count(self.required, 'narrative')} approved"

    @property
    def missing(self) -> int:
        """Of the required, those of which nothing is submitted."""
        return self.required - self.submitted - self.approved

    @property
    def more(self) -> str:
        """What is to be added: '3 wait for approval · 1 was approved for another figure'."""
        parts = [
            (self.submitted, "waits for approval", "wait for approval"),
            (self.missing, "is still to be submitted", "are still to be submitted"),
            (self.optional, "more that was not required", "more that were not required"),
            (self.stale, "was approved for another figure", "were approved for another figure"),
        ]
        return " · ".join(words.count(number, one, many) for number, one, many in parts if number)


@dataclass(frozen=True, kw_only=True)
class Round:
    """The narratives of one month: the whole service's first, then by service area."""

    authority: str
    month: date
    today: date
    items: tuple[Item, ...]

    def of(self, place: Place) -> list[Item]:
        """Return the narratives of a place; a team's are those of its service area."""
        return [item for item in self.items if item.key.service_area == place.service_area]

    def said(self, place: Place) -> dict[str, str]:
        """Return how far each narrative of a place has come, by its indicator's id."""
        return {item.key.indicator: item.said for item in self.of(place)}

    def mine(self, actor: Actor) -> list[Item]:
        """Return what the actor has to write: what was returned, then what is overdue, then due.

        After these, what they have begun of their own accord, and words whose figure has changed.
        """
        theirs = [item for item in self.items if item.to_write(actor)]
        return sorted(theirs, key=lambda item: item.turn(self.today))

    def offered(self, actor: Actor) -> list[Item]:
        """Return what the actor may write though it is not required, and has not begun."""
        mine = [item for item in self.items if item.author == actor.name]
        return [
            item
            for item in mine
            if item.need is Need.OPTIONAL and item.unwritten and not item.to_write(actor)
        ]

    def waiting_for(self, actor: Actor) -> list[Item]:
        """Return what the actor can review: what they are asked to approve, then all others."""
        able = [item for item in self.items if signoff.may_review(item.standing, actor)]

        def turn(item: Item) -> tuple[bool, date]:
            asked = item.assignment is not None and item.assignment.approver == actor.name
            return not asked, item.due or date.max

        return sorted(able, key=turn)

    def progress(self, place: Place | None = None) -> Progress:
        """Return how far the round has come, in one place or in all of them."""
        return progress(self.items if place is None else self.of(place))


def build(
    store: Store,
    release: Release,
    *,
    authority: str,
    month: date,
    cards_at: CardsAt,
) -> Round:
    """Return the round of `month` as it stands now.

    `cards_at` gives the cards of a place for `month`. Raises DefinitionError when narratives.csv
    cannot be used, and StoreError when the store cannot be read.
    """
    saved = signoff.standings(store, authority=authority, month=month)
    begun = drafts.begun(store, authority=authority, month=month)
    written = {key for key, one in saved.items() if one.state is not State.NOT_STARTED}
    asked = needs.asked(
        release,
        authority=authority,
        month=month,
        cards_at=cards_at,
        besides={*written, *begun},
    )
    items = tuple(
        Item(
            key=one.key,
            assignment=one.assignment,
            card=one.card,
            need=one.need,
            why=one.why,
            due=one.due,
            standing=saved.get(one.key, NOTHING),
            begun=frozenset(begun.get(one.key, ())),
            stale=_stale(saved.get(one.key, NOTHING), one.card),
        )
        for one in asked
    )
    return Round(authority=authority, month=month, today=store.today(), items=items)


def progress(items: Iterable[Item]) -> Progress:
    """Return how far these narratives have come."""
    every = list(items)
    required = [item for item in every if item.need is Need.REQUIRED]
    waiting = [item for item in required if item.state is State.SUBMITTED]
    approved = [item for item in every if item.standing.approved]
    return Progress(
        required=len(required),
        submitted=sum(not item.standing.approved for item in waiting),
        approved=sum(bool(item.standing.approved) for item in required),
        optional=sum(item.need is Need.OPTIONAL for item in approved),
        stale=sum(bool(item.stale) for item in approved),
        all=len(every),
    )


def demonstration_clock(extract_month: date) -> Callable[[], datetime]:
    """Return a clock that stands in the middle of the round of `extract_month`, for visitors.

    It shows the real time of day, always on the same day: the round never ends by itself.
    """
    month_end = calendar.month_end(extract_month)
    day = calendar.working_day_after(month_end, DEMONSTRATION_DAY)

    def now() -> datetime:
        return datetime.combine(day, datetime.now(LONDON).time(), LONDON).astimezone(UTC)

    return now


def _stale(standing: Standing, card: Card) -> tuple[str, ...]:
    newest = standing.newest
    return moved(newest.figure, figures.of(card)) if newest and not newest.blank else ()
