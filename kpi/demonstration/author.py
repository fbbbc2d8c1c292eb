"""An author: what somebody writes about one figure, month after month."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from kpi import calendar, demo, first_sentence, judgement, words
from kpi.cards import Card
from kpi.judgement import Rating
from kpi.narrative import Action, Key, Texts, Words

Deed = demo.narratives.Deed
SOON = timedelta(days=4)  # what falls due before a narrative is approved is not promised in it


@dataclass
class Author:
    """What is carried on from one month's narrative about a figure to the next one's."""

    texts: Texts = field(default_factory=dict)  # last month's; none where nothing was written
    deeds: list[Deed] = field(default_factory=list)  # promised, and neither done nor over
    back_by: date | None = None
    begun: int = 0  # deeds, ever

    def careful(self, key: Key, card: Card, day: date) -> Words:
        """Return words that say why, and what will be done, by whom and by when."""
        short = card.latest.rating in judgement.SHORT
        said = demo.narratives.story(key.indicator, _place(key), key.month, short=short)
        self._promise_back_by(key, card, day)
        return Words(
            texts={
                "figures": first_sentence.said(card),
                "why": said.why,
                "actions": said.doing,
                "difference": said.difference,
            },
            back_on_target_by=self.back_by,
            actions=tuple(
                Action(what=one.what, owner=one.owner, due=one.due)
                for one in (self._promised(key, day) if short else ())
            ),
        )

    def careless(self, key: Key, card: Card) -> Words:
        """Return words that say little, and promise nothing."""
        short = card.latest.rating in judgement.SHORT
        said = demo.narratives.little(key.indicator, _place(key), key.month, short=short)
        before = card.series[-2].said if len(card.series) > 1 else words.NO_VALUE
        figures = said.figures.format(
            said=card.latest.said,
            of=card.latest.of,
            goal=card.target_said.removeprefix("Target "),
            rating=card.latest.rating.lower(),
            last=before,
        )
        return Words(
            texts={
                "figures": figures,
                "why": said.why,
                "actions": said.doing,
                "difference": said.difference,
            }
        )

    def _promised(self, key: Key, day: date) -> list[Deed]:
        """Return what is promised: what still stands, by another day if it needs one, or anew."""
        stand = []
        for one in self.deeds:
            deed = one.later if one.moves_before(day) else one
            if day + SOON < deed.due and (deed.done is None or day < deed.done):
                stand.append(deed)
        another = demo.narratives.luck("another", key) < 0.25
        if not stand or (another and len(stand) == 1):
            stand.append(
                demo.narratives.deed(key.indicator, _place(key), key.month, number=self.begun)
            )
            self.begun += 1
        self.deeds = stand
        return stand

    def _promise_back_by(self, key: Key, card: Card, day: date) -> None:
        """Say by when the figure is to be back on target; at times later, when it is far off."""
        luck, end = demo.narratives.luck, calendar.month_end
        if card.latest.rating not in judgement.SHORT or luck("never", key) < 0.3:
            self.back_by = None
        elif self.back_by is None or self.back_by < day + SOON:
            self.back_by = end(calendar.add_months(key.month, 2 + int(6 * luck("back by", key))))
        elif card.latest.rating is Rating.MISSED and luck("later", key) < 0.2:
            self.back_by = end(calendar.add_months(self.back_by, 3))


def _place(key: Key) -> str:
    return key.service_area or ""
