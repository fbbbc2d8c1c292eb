"""What a value means against its target, and what a change means for children."""

from decimal import Decimal
from enum import StrEnum

from kpi.catalogue import Polarity
from kpi.targets import Target


class Rating(StrEnum):
    """A value against its target, in words first: shape and colour only repeat them."""

    MET = "On target"
    CLOSE = "Close to target"
    MISSED = "Off target"
    UNJUDGED = "No target"
    UNKNOWN = "No figure"


def rate(value: Decimal | None, target: Target | None, polarity: Polarity) -> Rating:
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


def direction(change: Decimal, polarity: Polarity) -> str:
    """Return 'better' or 'worse' for a change, and nothing where neither way is better."""
    if not change or polarity is Polarity.NEITHER:
        return ""
    return "better" if (change > 0) == (polarity is Polarity.HIGHER) else "worse"
