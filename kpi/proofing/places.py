"""Places: the parts of the service, and the published areas, that a sentence names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpi import words
from kpi.benchmarks import Area
from kpi.cards import Card
from kpi.proofing.tokens import Token, listed

# How authors call the areas of which figures are published.
_PUBLISHED = {
    "outer london": (Area.OUTER_LONDON,),
    "london": (Area.LONDON,),
    "england": (Area.ENGLAND,),
    "national": (Area.ENGLAND,),
    "nationally": (Area.ENGLAND,),
    "the country": (Area.ENGLAND,),
    "english": (Area.ENGLAND,),
    "statistical neighbours": (Area.NEIGHBOURS,),
    "statistical neighbour": (Area.NEIGHBOURS,),
    "stat neighbours": (Area.NEIGHBOURS,),
    "our neighbours": (Area.NEIGHBOURS,),
    "neighbours": (Area.NEIGHBOURS,),
    "similar councils": (Area.NEIGHBOURS,),
    "similar authorities": (Area.NEIGHBOURS,),
    "councils like ours": (Area.NEIGHBOURS,),
    "comparable councils": (Area.NEIGHBOURS,),
    "comparable authorities": (Area.NEIGHBOURS,),
    "sn": (Area.NEIGHBOURS,),
    "sns": (Area.NEIGHBOURS,),
    "lower quartile": (Area.LOWER,),
    "upper quartile": (Area.UPPER,),
    "median": (Area.MEDIAN,),
    "our published figure": (Area.OWN,),
    "our last published figure": (Area.OWN,),
}
_WHOLE = (
    "all starting well",
    "starting well",
    "the whole service",
    "whole service",
    "the service as a whole",
    "the whole authority",
    "the whole borough",
    "across the service",
    "borough-wide",
    "service-wide",
    "the whole of starting well",
)
_INSTITUTIONS = listed(
    "programme plan policy guidance minister government standards standard curriculum "
    "insurance panel referral transfer scheme audit lockdown holiday office curriculum "
    "framework agency safeguarding press offer campaign reform reforms review school minimum "
    "inquiry borough"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place that is named, from its first token to before its last."""

    first: int
    after: int
    card: Card | None = None  # of a part of the service
    areas: tuple[Area, ...] = ()  # of which figures are published

    @property
    def span(self) -> range:
        """The tokens that name it."""
        return range(self.first, self.after)


Phrases = Mapping[tuple[str, ...], "Phrase"]


def places(tokens: Sequence[Token], phrases: Phrases) -> list[Named]:
    """Return the places that a sentence names, in order."""
    longest = max(map(len, phrases), default=0)
    said = [token.word for token in tokens]
    found: list[Named] = []
    at = 0
    while at < len(tokens):
        named = None
        for length in range(min(longest, len(tokens) - at), 0, -1):
            phrase = phrases.get(tuple(said[at : at + length]))
            if phrase and _is_place(tokens, at, length, phrase):
                named = Named(at, at + length, card=phrase.card, areas=phrase.areas)
                break
        if named:
            found.append(named)
            at = named.after
        else:
            at += 1
    return found


@dataclass(frozen=True, slots=True)
class Phrase:
    """What some words name: a part of the service, or an area of which figures are published."""

    card: Card | None = None
    areas: tuple[Area, ...] = ()


def phrases(card: Card, others: Iterable[Card]) -> Phrases:
    """Return the words for each place of which there are figures."""
    found = {tuple(name.split()): Phrase(areas=areas) for name, areas in _PUBLISHED.items()}
    for one in (card, *others):
        area = one.place.service_area
        if area is None:
            for name in _WHOLE:
                found[tuple(name.split())] = Phrase(card=one)
            found[tuple(words.WHOLE_SERVICE.lower().split())] = Phrase(card=one)
        else:
            name = area.lower().split()
            found[tuple(name)] = Phrase(card=one)
            found[tuple("&" if word == "and" else word for word in name)] = Phrase(card=one)
    return found


def _is_place(tokens: Sequence[Token], at: int, length: int, phrase: Phrase) -> bool:
    """Return whether words are meant as a place: 'Children in Care', not 'children in care'."""
    following = tokens[at + length].word if at + length < len(tokens) else ""
    if phrase.card is None:
        return following not in _INSTITUTIONS
    if phrase.card.place.service_area is None:
        return True
    named = [token for token in tokens[at : at + length] if token.word not in ("and", "in", "with")]
    return all(
        token.capital or not token.text[0].isalpha() for token in named
    ) and following not in (
        "team",
        "teams",
    )
