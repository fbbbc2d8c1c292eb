"""Proofing: advice to an author on a text, each piece of it with the words that it is about.

It never forbids anything and never fails: a check that finds nothing to say about a text says
nothing. Read the modules in this order; each imports only from those above it.

    remark              what is questioned, and what it is held against
    tokens, numerals    words, numbers and sentences; digits and number words
    times, counted      the months that are named; what the indicator counts
    places, numbers     the areas that are named; the figures that are said
    known, sentence     the figures that are known; a sentence with all that is said in it
    scope, fits         which month and place a figure is said of; whether a number fits a figure
    number              numbers that nobody can find
    movements, clauses  words for a way or a standing; what a word is said of, and whether as a fact
    claims, direction   what is claimed of the figure; claims that the figures contradict
    repeated            texts that say what was said last month
    no_action           off target without an action that somebody owns, by a date
    past_date           dates for recovery that have passed
    first_names, people words that may be somebody's name
    particulars         what is said of one child or of a few
    identifying         words that could say who a child is
"""

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

__all__ = ["Evidence", "Kind", "Remark", "open_ones", "remarks"]

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
    sources = {_squeezed(one.words): one.source for one in words.sourced if one.source.strip()}
    found = [replace(one, sourced=sources.get(_squeezed(one.words), "")) for one in found]
    return tuple(sorted(found, key=lambda one: (_ORDER.get(one.prompt, 0), one.start, one.end)))


def open_ones(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """Return the remarks for which the author has given no source."""
    return tuple(one for one in remarks if not one.sourced)


def _squeezed(words: str) -> str:
    return " ".join(words.split())
