"""The quality of narratives over time: the evidence that it is improving.

Of the narratives that were required: how many were on time, were approved, had an action with an
owner and a date, and passed their checks. Months and service areas are counted together before
anything is said of them; nothing is averaged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpi import judgement, needs, signoff, words
from kpi.narrative import Key
from kpi.needs import CardsAt, Duty
from kpi.releases import Release
from kpi.signoff import NOTHING, Standing, Step
from kpi.store import LONDON, Store
from kpi.words import NO_VALUE, Unit


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def said(self) -> str:
        """'14 of 19'; an en dash of none."""
        return f"{self.count} of {self.of}" if self.of else NO_VALUE

    @property
    def percent(self) -> str:
        """'74%'; nothing of none."""
        return words.say(Decimal(100 * self.count) / self.of, Unit.PERCENT, 0) if self.of else ""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What was counted of some narratives that were required."""

    required: int = 0
    due: int = 0  # required, and submitted or past their day
    on_time: int = 0  # first submitted on or before their day
    approved: int = 0
    short: int = 0  # required because the figure is off or close to its target
    owned: int = 0  # of these, with an action that has an owner and a date
    submitted: int = 0
    passed: int = 0  # of these, with nothing left that a check questioned

    @property
    def shares(self) -> dict[str, Share]:
        """Each measure of quality by what a reader calls it."""
        return {
            "On time": Share(count=self.on_time, of=self.due),
            "Approved": Share(count=self.approved, of=self.required),
            "With an action, owner and date": Share(count=self.owned, of=self.short),
            "Passed their checks": Share(count=self.passed, of=self.submitted),
        }


@dataclass(frozen=True, kw_only=True)
class Line:
    """What was counted in one month, of the whole service's narratives or one service area's."""

    month: date
    service_area: str | None  # None: the narratives about the whole service
    counts: Counts


@dataclass(frozen=True, kw_only=True)
class Quality:
    """The lines of some months, oldest first, in each the whole service's before the areas'."""

    lines: tuple[Line, ...]

    @property
    def months(self) -> list[date]:
        """The months, oldest first."""
        return list(dict.fromkeys(line.month for line in self.lines))

    @property
    def service_areas(self) -> list[str | None]:
        """Whose narratives were asked for: the whole service's, then by name."""
        return sorted({line.service_area for line in self.lines}, key=lambda area: area or "")

    def in_month(self, month: date) -> Counts:
        """Return the counts of a month, of the whole service and of every service area."""
        return total(line.counts for line in self.lines if line.month == month)

    def of(self, service_area: str | None) -> Counts:
        """Return the counts of all months, of the whole service's narratives or of one area's."""
        return total(line.counts for line in self.lines if line.service_area == service_area)

    def at(self, month: date, service_area: str | None) -> Counts:
        """Return the counts of a month of the whole service's narratives or of one area's."""
        wanted = (month, service_area)
        return total(
            line.counts for line in self.lines if (line.month, line.service_area) == wanted
        )


def build(
    store: Store,
    release: Release,
    *,
    authority: str,
    months: Sequence[date],
    cards_at: CardsAt,
) -> Quality:
    """Return the quality of the narratives of `months`, as they stand today.

    `cards_at` is as `needs.required` has it. Raises DefinitionError when narratives.csv cannot be
    used, and StoreError when the store cannot be read.
    """
    duties = needs.required(release, authority=authority, months=months, cards_at=cards_at)
    today = store.today()
    stands: dict[Key, Standing] = {}
    for month in {duty.key.month for duty in duties}:
        stands |= signoff.standings(store, authority=authority, month=month)
    found: dict[tuple[date, str | None], list[Counts]] = {}
    for duty in duties:
        counted = count(duty, stands.get(duty.key, NOTHING), today)
        found.setdefault((duty.key.month, duty.key.service_area), []).append(counted)
    return Quality(
        lines=tuple(
            Line(month=month, service_area=area, counts=total(counts))
            for (month, area), counts in found.items()
        )
    )


def count(duty: Duty, stands: Standing, today: date) -> Counts:
    """Return what one narrative that is required counts for."""
    submissions = [event for event in stands.trail if event.step is Step.SUBMITTED]
    first = submissions[0].at.astimezone(LONDON).date() if submissions else None
    short = duty.rating in judgement.SHORT
    said = stands.approved or stands.newest
    owned = (
        bool(submissions)
        and said is not None
        and any(one.what and one.owner and one.due for one in said.words.actions)
    )
    return Counts(
        required=1,
        due=int(bool(submissions) or duty.due < today),
        on_time=int(first is not None and first <= duty.due),
        approved=int(stands.approved is not None),
        short=int(short),
        owned=int(short and owned),
        submitted=int(bool(submissions)),
        passed=int(bool(submissions) and not submissions[-1].remarks),
    )


def total(several: Iterable[Counts]) -> Counts:
    """Return what was counted of several narratives, added up."""
    every = list(several)

    def added(name: str) -> int:
        return sum(getattr(one, name) for one in every)

    return Counts(**{name: added(name) for name in Counts.__dataclass_fields__})
