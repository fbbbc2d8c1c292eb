"""Places: the parts of the service, and the published areas, that a sentence names."""

from collections.abc import Iterable, Sequence
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


def places(tokens: Sequence[Token], card: Card, others: Iterable[Card]) -> list[Named]:
    """Return the places that a sentence names, in order."""
    phrases = _phrases(card, tuple(others))
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
class _Phrase:
    card: Card | None = None
    areas: tuple[Area, ...] = ()


def _phrases(card: Card, others: tuple[Card, ...]) -> dict[tuple[str, ...], _Phrase]:
    found = {tuple(name.split()): _Phrase(areas=areas) for name, areas in _PUBLISHED.items()}
    for one in (card, *others):
        area = one.place.service_area
        if area is None:
            for name in _WHOLE:
                found[tuple(name.split())] = _Phrase(card=one)
            found[tuple(words.WHOLE_SERVICE.lower().split())] = _Phrase(card=one)
        else:
            name = area.lower().split()
            found[tuple(name)] = _Phrase(card=one)
            found[tuple("&" if word == "and" else word for word in name)] = _Phrase(card=one)
    return found


def _is_place(tokens: Sequence[Token], at: int, length: int, phrase: _Phrase) -> bool:
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
