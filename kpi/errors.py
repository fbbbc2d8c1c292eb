"""The errors a person can act on: what is wrong, where, and what would put it right."""

from collections.abc import Iterable
from difflib import get_close_matches


class KpiError(Exception):
    """Anything this package raises on purpose. Commands and pages show it as it is written."""


class SettingError(KpiError):
    """A setting in the environment cannot be used."""


class DefinitionError(KpiError):
    """An indicator, target, team or reference file cannot be used as written."""


class ExtractError(KpiError):
    """An extract was refused. The message lists every problem found in it."""


class ReleaseError(KpiError):
    """A release is missing, damaged or could not be published."""


class AccessError(KpiError):
    """The person asking may not see or do this."""


class StoreError(KpiError):
    """The store of narratives and the access log did not answer in time."""


FEW = 12  # words that can still be read at one look


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ' Did you mean …?' for the nearest known word, or the known ones if they are few."""
    known = sorted(known)
    if near := nearest(word, known):
        return near
    return f" Known: {', '.join(known)}." if len(known) <= FEW else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ' Did you mean …?' for the nearest known word; nothing where none is near.

    The one word that begins with `word` is nearer than any that is merely spelt like it.
    """
    words = sorted(map(str, known))
    begun = [one for one in words if word and one.startswith(word)]
    near = begun if len(begun) == 1 else get_close_matches(word, words, n=1, cutoff=0.5)
    return f" Did you mean {near[0]!r}?" if near else ""
