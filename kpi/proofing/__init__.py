"""Proofing: advice to an author on a text, each piece of it with the words that it is about.

It never forbids anything and never fails: a check that finds nothing to say about a text says
nothing. Read the modules in this order; each imports only from those above it.

    remark              what is questioned, and what it is held against
    tokens, numerals    words, numbers and sentences; digits and number words
    periods, dates      a time that is named, in fixed words, by name or in numbers
    times, counted      every time in a sentence; what the indicator counts
    places              the parts of the service and the published areas that are named
    figure, no_figure   a number as it is said; what is no figure, though written with a number
    shares, counts      'nine in ten' and '23 of 24'; plain numbers
    hedges, numbers     how exactly a number is meant; every figure that a sentence says
    known, sentence     the figures that are known; a sentence with all that is said in it

    scope, fits         which month and place a figure is said of; whether a number fits a figure
    goals, changes      what is the target, or only hoped for; what is a difference
    number              numbers that nobody can find

    movements, clauses  words for a way or a standing; what a word is said of
    moods, claim        whether it is said as a fact; a word with what it is compared with
    ways, phrases       it rose, it is up, a fall; 'no change', 'gone backwards'
    standings           the highest, above the target, below England
    claims              what a sentence claims of the figure
    verdicts, rankings  whether the figures bear a claim out
    direction           claims that the figures contradict

    repeated            texts that say what was said last month
    no_action           off target without an action that somebody owns, by a date
    past_date           dates for recovery that have passed
    first_names         first names of children
    capitals, people    words beside names; words that may be somebody's name
    particulars         what is said of one child or of a few
    identifying         words that could say who a child is
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kpi.narrative import PROMPTS, Words
from kpi.proofing import (
    direction,
    identifying,
    no_action,
    number,
    past_date,
    repeated,
    sentence,
)
from kpi.proofing.known import Known
from kpi.proofing.remark import Evidence, Kind, Remark

__all__ = ["Evidence", "Kind", "Remark", "covers", "kinds", "open_ones", "remarks"]

_ORDER = {prompt.id: place for place, prompt in enumerate(PROMPTS)}


def remarks(words: Words, evidence: Evidence) -> tuple[Remark, ...]:
    """Return what a narrative's author should look at again, in reading order.

    Words for which the author has given a source are among them, with their source.
    """
    known = Known(evidence)
    allowed = (*evidence.names, *(action.owner for action in words.actions))
    found: list[Remark] = []
    for prompt, text in words.texts.items():
        read = sentence.read(text, known)
        found += number.check(prompt, text, read, known)
        found += direction.check(prompt, text, read, known)
        found += repeated.check(prompt, text, read, evidence.said_before.get(prompt, ""), known)
        found += past_date.check(prompt, text, read, known, evidence.today)
        found += identifying.check(prompt, text, read, known, allowed)
    found += no_action.check(words, known)
    found += past_date.check_entered(words, known, evidence.today)
    found += identifying.check_entered(words, known, allowed)
    sources = [(one.words, one.source.strip()) for one in words.sourced]
    found = [replace(one, sourced=_source(one, sources)) for one in _told_once(found)]
    return tuple(sorted(found, key=lambda one: (_ORDER.get(one.prompt, 0), one.start, one.end)))


def _told_once(found: Sequence[Remark]) -> list[Remark]:
    """Return the remarks without those on a number that is questioned as somebody's already."""
    people = {
        (one.prompt, at)
        for one in found
        if one.kind is Kind.IDENTIFYING
        for at in range(one.start, one.end)
    }
    return [
        one
        for one in found
        if one.kind is not Kind.NUMBER
        or not any((one.prompt, at) in people for at in range(one.start, one.end))
    ]


def _source(remark: Remark, sources: Sequence[tuple[str, str]]) -> str:
    """Return where the author has the words from: these, or a longer excerpt with them in it."""
    return next((source for words, source in sources if source and covers(words, remark.words)), "")


def covers(words: str, said: str) -> bool:
    """Return whether a source given for `words` is one for `said`: the same, or a part of them."""
    return f" {_squeezed(said)} " in f" {_squeezed(words)} "


def open_ones(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return the remarks for which the author has given no source."""
    return tuple(one for one in remarks if not one.sourced)


def kinds(remarks: Iterable[Remark]) -> tuple[str, ...]:
    """Return the kinds of what is still open, each once, as the trail keeps them: 'past_date'."""
    return tuple(dict.fromkeys(one.kind.name.lower() for one in open_ones(remarks)))


def _squeezed(words: str) -> str:
    return " ".join(words.split())
