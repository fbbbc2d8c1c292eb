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
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    if near:
        return f" Did you mean {near[0]!r}?"
    return f" Known: {', '.join(known)}." if len(known) <= FEW else ""
