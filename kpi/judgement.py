"""What a value means against its target, and what a change means for children."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from kpi.catalogue import Polarity
from kpi.targets import Goal


class Rating(StrEnum):
    """A value against its target, in words first: shape and colour only repeat them."""

    MET = "On target"
    CLOSE = "Close to target"
    MISSED = "Off target"
    UNJUDGED = "No target"
    UNKNOWN = "No figure"


# A shape says the rating to whoever cannot see its colour.
SHAPES = {
    Rating.MET: "✔",
    Rating.CLOSE: "◆",
    Rating.MISSED: "✖",
    Rating.UNJUDGED: "–",
    Rating.UNKNOWN: "?",
}

# Short of the target, whether by little or by much.
SHORT = (Rating.CLOSE, Rating.MISSED)


def rate(value: Decimal | None, target: Goal | None, polarity: Polarity) -> Rating:
    """Return how `value` stands against `target`. Exactly on the target or the floor is enough.

    The exact value is judged, not the rounded one: 89.96% is shown as 90.0% and misses 90%.
    """
    if value is None:
        return Rating.UNKNOWN
    if target is None or polarity is Polarity.NEITHER:
        return Rating.UNJUDGED
    sign = 1 if polarity is Polarity.HIGHER else -1
    if sign * value >= sign * target.target:
        return Rating.MET
    return Rating.CLOSE if sign * value >= sign * target.floor else Rating.MISSED


def persistence(ratings: Sequence[Rating]) -> str:
    """Return how long the latest of monthly `ratings` has stood: 'off target 5 months running'.

    Nothing where there is no target, or no figure.
    """
    latest = ratings[-1]
    if latest in (Rating.UNJUDGED, Rating.UNKNOWN):
        return ""
    since = next((n for n, one in enumerate(reversed(ratings)) if one is not latest), len(ratings))
    if since > 1:
        more = " or more" if since == len(ratings) else ""
        return f"{latest.lower()} {since} months running{more}"
    before = ratings[-2] if len(ratings) > 1 else Rating.UNKNOWN
    return f"newly {latest.lower()}" if before in (Rating.MET, Rating.CLOSE, Rating.MISSED) else ""


def direction(change: Decimal, polarity: Polarity) -> str:
    """Return 'better' or 'worse' for a change, and nothing where neither way is better."""
    if not change or polarity is Polarity.NEITHER:
        return ""
    return "better" if (change > 0) == (polarity is Polarity.HIGHER) else "worse"
