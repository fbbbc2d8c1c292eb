"""Steps: what becomes of one month's narrative and of what it promises, each with its moment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from kpi import access, calendar, demo, drafts, figures, promises, proofing, signoff
from kpi import store as kept
from kpi.access import Actor
from kpi.cards import Card
from kpi.demonstration.author import Author, Deed
from kpi.narrative import Figure, Key, Words
from kpi.needs import Asked, Need
from kpi.proofing import Evidence
from kpi.signoff import NOTHING, Standing
from kpi.store import LONDON, Store

Step = tuple[datetime, Callable[[Store], object]]

PEOPLE = {person.name: person for person in access.DEMONSTRATION}
MANAGER = PEOPLE["Priya Nair (manager)"]


@dataclass(kw_only=True)
class Narrative:
    """One narrative, and what is done to it."""

    asked: Asked
    author: Author
    release: str
    others: tuple[Card, ...]  # of the same indicator in other places
    stands: Standing = NOTHING  # once the steps are taken

    def done(self, *, before: date) -> Iterator[Step]:
        """Yield how it was written in a round that was over before that of the month `before`."""
        habits = demo.narratives.Habits.of(self.key.month, before)
        required = self.asked.need is Need.REQUIRED
        some = habits.written if required else habits.unasked
        if self.asked.card.latest.value is None or self._luck("written") > some:
            self.author.texts = {}
            return
        assert self.asked.assignment
        number = self.asked.assignment.due_working_day - int(3 * self._luck("early"))
        if self._luck("on time") > habits.on_time:
            number = self.asked.assignment.due_working_day + 1 + int(5 * self._luck("late"))
        careful = self._luck("careful") < habits.careful
        if self._luck("returned") < habits.returned:
            yield self._submit(number, self._careless())
            yield self._send_back(number + 1)
            number, careful = number + 2, True
        said = self._careful(number) if careful else self._careless()
        yield self._submit(number, said)
        if self._luck("approved") < habits.approved:
            yield self._approve(number + 1 + int(2 * self._luck("read")))
            for deed in self.author.deeds if careful else ():
                yield from self._answer(deed)
        self.author.texts = said.texts

    def half_done(self) -> Iterator[Step]:
        """Yield how far it has come in a round that is going on."""
        state = demo.narratives.NOW.get((self.key.indicator, self.key.service_area or ""))
        if state is None or self.asked.need is Need.OPTIONAL:
            return
        number = 3 + int(2 * self._luck("early"))
        if state == "draft":
            yield self._type(number + 2, self._careful(number + 2))
            return
        said = self._careless() if state == "returned" else self._careful(number)
        yield self._submit(number, said)
        if state == "returned":
            yield self._send_back(number + 1)
        elif state == "approved":
            yield self._approve(number + 2)

    def _type(self, number: int, said: Words) -> Step:
        """Return that the author has typed a part of these words, and no more yet."""
        typed = replace(said, texts={**said.texts, "difference": ""}, actions=())

        def step(store: Store) -> object:
            return drafts.keep(
                store, self._writer, self.key, typed, based_on=0, figure=self._figure
            )

        return self._at(number, "typed"), step

    def _submit(self, number: int, said: Words) -> Step:
        """Return that the author submits words on a working day after the month's end."""
        moment = self._at(number, "submitted")
        evidence = Evidence(
            card=self.asked.card,
            others=self.others,
            said_before=self.author.texts,
            today=moment.date(),
            names=tuple({*PEOPLE, *(one.owner for one in said.actions)}),
        )
        remarks = proofing.kinds(proofing.remarks(said, evidence))

        def step(store: Store) -> None:
            newest = self.stands.newest
            self.stands = signoff.submit(
                store,
                self._writer,
                self.key,
                said,
                based_on=newest.number if newest else 0,
                figure=self._figure,
                release=self.release,
                remarks=remarks,
                token=str(moment),
            )

        return moment, step

    def _send_back(self, number: int) -> Step:
        """Return that the approver sends back what was submitted."""
        moment = self._at(number, "returned")
        reason = demo.narratives.reason(self.key)

        def step(store: Store) -> None:
            if read := self.stands.newest:
                self.stands = signoff.send_back(
                    store,
                    self._approver,
                    self.key,
                    revision=read.number,
                    seal=read.seal,
                    reason=reason,
                    token=str(moment),
                )

        return moment, step

    def _approve(self, number: int) -> Step:
        """Return that the approver approves what was submitted."""
        moment = self._at(number, "approved")

        def step(store: Store) -> None:
            if read := self.stands.newest:
                self.stands = signoff.approve(
                    store,
                    self._approver,
                    self.key,
                    revision=read.number,
                    seal=read.seal,
                    figure=self._figure,
                    token=str(moment),
                )

        return moment, step

    def _answer(self, deed: Deed) -> Iterator[Step]:
        """Yield what will be said of something that is promised, unless it was said before."""
        if deed.fate == "put off":
            yield self._on(deed.asked_on, deed.what), lambda store: self._put_off(store, deed)
            yield from self._answer(deed.later)
        elif deed.done:
            said_on = deed.done + timedelta(days=int(3 * self._luck(deed.what)))
            yield self._on(said_on, deed.what), lambda store: self._say_done(store, deed)

    def _put_off(self, store: Store, deed: Deed) -> None:
        for id in self._promised(store, deed):
            reason = demo.narratives.answer("moved", self.key, deed.what)
            promises.move(
                store, self._writer, id, due=deed.later.due, reason=reason, token=deed.what
            )

    def _say_done(self, store: Store, deed: Deed) -> None:
        who = MANAGER if self._luck("who", deed.what) < 0.4 else self._writer
        how = "late" if deed.fate == "late" else "done"
        note = demo.narratives.answer(how, self.key, deed.what)
        for id in self._promised(store, deed):
            promises.done(store, who, id, on=deed.done or deed.due, note=note, token=deed.what)

    def _promised(self, store: Store, deed: Deed) -> list[int]:
        """Return the promise that was made of a deed, unless it has been answered."""
        place = {name: value for name, value in self.key.columns.items() if name != "month"}
        with store.reading() as rows:
            found = rows.find(kept.promises, place | {"what": deed.what, "due": deed.due})
            return [
                row["id"] for row in found if not rows.find(kept.outcomes, {"promise": row["id"]})
            ]

    def _careful(self, number: int) -> Words:
        day = self._at(number, "submitted").date()
        return self.author.careful(self.key, self.asked.card, day)

    def _careless(self) -> Words:
        return self.author.careless(self.key, self.asked.card)

    @property
    def key(self) -> Key:
        """What it is about."""
        return self.asked.key

    @property
    def _figure(self) -> Figure:
        return figures.of(self.asked.card)

    @property
    def _writer(self) -> Actor:
        return PEOPLE[self.asked.assignment.author] if self.asked.assignment else MANAGER

    @property
    def _approver(self) -> Actor:
        assert self.asked.assignment
        return PEOPLE[self.asked.assignment.approver]

    def _luck(self, *parts: object) -> float:
        return demo.narratives.luck(*parts, self.key)

    def _at(self, number: int, what: str) -> datetime:
        """Return a moment of a working day after the month's end, during office hours."""
        day = calendar.working_day_after(calendar.month_end(self.key.month), number)
        return self._on(day, what)

    def _on(self, day: date, what: str) -> datetime:
        hour, minute = 9 + int(8 * self._luck("hour", what)), int(60 * self._luck("minute", what))
        return datetime.combine(day, time(hour, minute), LONDON)
