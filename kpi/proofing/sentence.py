"""Sentences as they are read: their tokens, and the times, places and figures in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kpi.catalogue import Indicator
from kpi.proofing import counted, numbers, places, times, tokens
from kpi.proofing.figure import Number, Passage
from kpi.proofing.known import Known
from kpi.proofing.numerals import numeral
from kpi.proofing.periods import Span, Time
from kpi.proofing.places import Named
from kpi.proofing.tokens import Line, Mark, Token


@dataclass(frozen=True)
class Sentence(Line):
    """One sentence of a text."""

    times: tuple[Time, ...]
    places: tuple[Named, ...]
    numbers: tuple[Number, ...]
    before: "Sentence | None" = None

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of it."""
        return frozenset(token.word for token in self.tokens)

    @cached_property
    def timed(self) -> frozenset[int]:
        """The tokens that name a time; 'May' among them is no word of doubt."""
        return frozenset(at for one in self.times for at in range(one.first, one.after))

    @cached_property
    def placed(self) -> frozenset[int]:
        """The tokens that name a place."""
        return frozenset(at for one in self.places for at in one.span)

    @cached_property
    def figured(self) -> frozenset[int]:
        """The tokens that say a figure."""
        return frozenset(at for one in self.numbers for at in range(one.first, one.after))


def read(text: str, known: Known) -> list[Sentence]:
    """Return the sentences of `text` as they are read beside the figures of `known`."""
    own = counted.counted(known.indicator)
    phrases = places.phrases(known.card, known.others)
    found: list[Sentence] = []
    for one in tokens.sentences(text):
        said = [
            time
            for time in times.times(Line(one), known.month)
            if not _is_definition(one, time, known.indicator, own)
        ]
        named = places.places(one, phrases)
        passage = Passage(tokens=one, named=_named(said, named), own=own)
        found.append(
            Sentence(
                tokens=one,
                times=tuple(said),
                places=tuple(named),
                numbers=tuple(numbers.numbers(passage)),
                before=found[-1] if found else None,
            )
        )
    return found


def _named(said: Sequence[Time], named: Sequence[Named]) -> dict[int, int]:
    found = {at: time.after for time in said for at in range(time.first, time.after)}
    return found | {at: place.after for place in named for at in place.span}


def _is_definition(
    words: Sequence[Token], time: Time, indicator: Indicator, own: counted.Counted
) -> bool:
    """Return whether a time is only how the indicator counts: 'in the last two months'."""
    if time.span is not Span.WINDOW or time.each:
        return False
    said = " ".join(token.word for token in words[time.first : time.after])
    if f"{said} " in f"{indicator.title.lower()} ":
        return True
    for at in range(time.first, time.after):
        if words[at].mark is Mark.SIGN:
            continue
        number = numeral(words, at)
        if number and number.after < time.after:
            unit = words[number.after].word
            return own.is_length(int(number.value), unit)
    return False
