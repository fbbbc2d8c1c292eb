"""The ledger of promises: every promise as it stood at the end of a day, and what came of it.

An action is kept when somebody says that it was done by its day. Once its day is over and nobody
has said so it is missed, and not 'overdue' without end: a promise that may wait for its answer for
ever is none. Whoever kept it can still say so, and the ledger says when they did. What was done
after its day stays missed, and the ledger says how late it was.

A date of recovery is kept or missed by the figures. It is kept once a month after the one that was
written about is on target, up to the month promised. It is missed when the month promised is
published and is not; where that month has no figure or no target, the next one that has decides.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kpi import calendar, measures, points, words
from kpi.judgement import Rating
from kpi.measures import Sum
from kpi.narrative import Key
from kpi.organisation import Place
from kpi.points import Point
from kpi.promises import Kind, Outcome, alike
from kpi.releases import Release
from kpi.store import LONDON, Row, Store, outcomes, promises

Series = Mapping[str, Mapping[date, Sum]]  # of a place, by indicator and month


@dataclass(frozen=True, kw_only=True)
class Move:
    """That a promise was due on another day, or was another's, until a day."""

    until: date
    due: date
    owner: str
    who: str  # moved it
    reason: str  # nothing where a later narrative has moved it


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One promise as it stood at the end of a day."""

    id: int
    key: Key  # of the narrative that made it
    revision: int
    kind: Kind
    what: str
    owner: str  # nobody, of a recovery
    due: date
    made: date
    made_by: str
    approved_by: str  # nobody, where it was moved between two narratives
    outcome: Outcome
    came: str  # what came of it, in words
    answered: bool  # whether somebody has said so
    moves: tuple[Move, ...]  # oldest first

    @property
    def said(self) -> str:
        """'Audit every case, by 5 May 2024', or 'Back on target by December 2024'."""
        if self.kind is Kind.RECOVERY:
            return f"{self.what} by {words.month(self.due)}"
        return f"{self.what}, by {words.day(self.due)}"

    @property
    def waits(self) -> bool:
        """Whether somebody can say that it was done."""
        unsaid = self.outcome in (Outcome.OPEN, Outcome.MISSED) and not self.answered
        return unsaid and self.kind is Kind.ACTION


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many promises came to what."""

    open: int
    kept: int
    missed: int
    moved: int

    @property
    def said(self) -> str:
        """'12 of 18 promises that have fallen due were kept'; what was moved has not fallen due."""
        due = self.kept + self.missed
        if not due:
            return "No promise has fallen due yet"
        fallen = words.count(
            due, "promise that has fallen due was", "promises that have fallen due were"
        )
        return f"{self.kept:,} of {fallen} kept"


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Every promise of an authority as it stood at the end of a day, the earliest due first."""

    day: date
    promises: tuple[Promise, ...]

    def of(self, indicator: str, service_area: str | None = None) -> list[Promise]:
        """Return what is promised of an indicator in a place, by narratives of any month."""
        wanted = (indicator, service_area)
        return [one for one in self.promises if _about(one.key) == wanted]


def ledger(
    store: Store,
    release: Release,
    *,
    authority: str,
    indicator: str | None = None,
    day: date | None = None,
    series_at: Callable[[Place], Series] | None = None,
) -> Ledger:
    """Return the ledger as it stood at the end of `day`, today unless it is given.

    Of one indicator, or of all. Recoveries are judged by the figures of `release`, of the months
    that were over by then; `series_at` gives them to a caller that has read them before. Raises
    StoreError when the store cannot be read.
    """
    day = day or store.today()
    where = {"authority": authority} | ({"indicator": indicator} if indicator else {})
    with store.reading() as rows:
        made = [row for row in rows.find(promises, where) if _day(row["made_at"]) <= day]
        said = [row for row in rows.find(outcomes, {}) if _day(row["at"]) <= day]
    entered = _Entered(
        rows={row["id"]: row for row in made},
        ends={row["promise"]: row for row in said},
        heirs={row["moved_from"]: row for row in made if row["moved_from"]},
    )
    judged = _Figures(release, day, series_at)
    found: dict[int, Promise] = {}
    for row in made:  # what was moved lies before what stands in its place
        found[row["id"]] = _promise(row, entered, judged, found)
    in_order = sorted(found.values(), key=lambda one: (one.due, one.id))
    return Ledger(day=day, promises=tuple(in_order))


def tally(several: Iterable[Promise]) -> Tally:
    """Return how many of these promises came to what."""
    came = [one.outcome for one in several]
    return Tally(
        open=came.count(Outcome.OPEN),
        kept=came.count(Outcome.KEPT),
        missed=came.count(Outcome.MISSED),
        moved=came.count(Outcome.MOVED),
    )


@dataclass(frozen=True)
class _Entered:
    """What the store has of promises, by their ids."""

    rows: Mapping[int, Row]
    ends: Mapping[int, Row]  # what was said of each
    heirs: Mapping[int, Row]  # what stands in the place of each that was moved


class _Figures:
    """The figures that were known at the end of a day, each place read once."""

    def __init__(
        self, release: Release, day: date, series_at: Callable[[Place], Series] | None
    ) -> None:
        self.release, self.day = release, day
        self.series_at = series_at or (lambda place: measures.series(release.cursor(), place))
        self.sums: dict[Place, Series] = {}

    def after(self, key: Key) -> Iterator[Point]:
        """Yield the figures of `key`'s indicator and place that followed its own, oldest first."""
        indicator = self.release.indicators.get(key.indicator)
        place = Place(authority=key.authority, service_area=key.service_area)
        if indicator is None:
            return
        if place not in self.sums:
            self.sums[place] = self.series_at(place)
        mine = self.sums[place].get(key.indicator, {})
        for month in self.release.months:
            if key.month < month and calendar.month_end(month) < self.day:
                yield points.point(self.release, indicator, place, month, mine)


def _promise(
    row: Row, entered: _Entered, figures: _Figures, found: Mapping[int, Promise]
) -> Promise:
    key = Key.of(row)
    if row["kind"] == Kind.RECOVERY:
        outcome, came = _recovered(row, entered, figures)
    else:
        outcome, came = _done(row, entered, figures.day)
    moves: tuple[Move, ...] = ()
    earlier = found.get(row["moved_from"])
    if earlier and earlier.outcome is Outcome.MOVED:
        end = entered.ends[earlier.id]
        last = Move(
            until=_day(row["made_at"]),
            due=earlier.due,
            owner=earlier.owner,
            who=end["who"],
            reason=end["note"],
        )
        moves = (*earlier.moves, last)
    return Promise(
        id=row["id"],
        key=key,
        revision=row["revision"],
        kind=Kind(row["kind"]),
        what=row["what"],
        owner=row["owner"],
        due=row["due"],
        made=_day(row["made_at"]),
        made_by=row["made_by"],
        approved_by=row["approved_by"],
        outcome=outcome,
        came=came,
        answered=row["id"] in entered.ends,
        moves=moves,
    )


def _done(row: Row, entered: _Entered, day: date) -> tuple[Outcome, str]:
    """Return what came of an action, and in words."""
    end, due = entered.ends.get(row["id"]), row["due"]
    if end is None:
        left = (due - day).days
        if left < 0:
            return Outcome.MISSED, "Nobody has said that it was done"
        when = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
        return Outcome.OPEN, f"Due {when}"
    if end["outcome"] == Outcome.MOVED:
        return Outcome.MOVED, _moved(row, entered)
    late = (end["done_date"] - due).days
    how_late = f", {words.count(late, 'day')} late" if late > 0 else ""
    return Outcome(end["outcome"]), (
        f"Done on {words.day(end['done_date'])}{how_late}, as {end['who']} said on "
        f"{words.day(_day(end['at']))}: {end['note']}"
    )


def _recovered(row: Row, entered: _Entered, figures: _Figures) -> tuple[Outcome, str]:
    """Return whether a figure came back on target as promised, and in words."""
    promised = row["due"].replace(day=1)
    heir = entered.heirs.get(row["id"])
    # What was on target before its date was put off had been kept by then.
    until = min(promised, heir["month"]) if heir else promised
    for point in figures.after(Key.of(row)):
        if point.month <= until and point.rating is Rating.MET:
            return Outcome.KEPT, _judged(point)
        if heir or point.month < promised:
            continue
        undecided = (Rating.UNKNOWN, Rating.UNJUDGED)
        if point.rating not in undecided or point.said == points.NO_SUCH_PLACE:
            outcome = Outcome.KEPT if point.rating is Rating.MET else Outcome.MISSED
            return outcome, _judged(point)
    if heir:
        return Outcome.MOVED, _moved(row, entered)
    return Outcome.OPEN, f"The figure of {words.month(promised)} decides"


def _judged(point: Point) -> str:
    return f"{point.rating} in {words.month(point.month)}: {point.said}"


def _moved(row: Row, entered: _Entered) -> str:
    """Return to what a promise was moved, and why."""
    heir, end = entered.heirs[row["id"]], entered.ends[row["id"]]
    changes = []
    if heir["due"] != row["due"]:
        changes.append(f"moved to {words.day(heir['due'])}")
    if not alike(heir["owner"], row["owner"]):
        changes.append(f"passed on to {heir['owner']}")
    said = " and ".join(changes)
    why = end["note"] or f"by the narrative of {words.month(heir['month'])}"
    return f"{said[0].upper()}{said[1:]}: {why}"


def _about(key: Key) -> tuple[str, str | None]:
    return key.indicator, key.service_area


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
