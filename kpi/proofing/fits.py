"""Whether a number that is written fits a figure that is known."""

from decimal import Decimal

from kpi import words
from kpi.proofing.figure import Hedge, Number, Shape

HUNDRED = Decimal(100)


def fits(number: Number, actual: Decimal, shown: Decimal | None = None) -> bool:
    """Return whether a number may stand for `actual`, which readers see as `shown`.

    Rounding to fewer decimals is fine: 96.7% for 96.72, 97% for 96.7%. 'About' allows a point of a
    percentage or a twentieth of a count; 'over' and 'nearly' allow two points or a twentieth on
    their side, and as far as the next round number where the number is round.
    """
    if number.shape is Shape.SHARE:
        return share_fits(number, actual)
    if _rounds(number, actual) or (shown is not None and _rounds(number, shown)):
        return True
    gap = actual - number.value
    percent = number.shape in (Shape.PERCENT, Shape.POINTS)
    if number.hedge is Hedge.ABOUT:
        return abs(gap) <= (1 if percent else max(Decimal(1), abs(actual) / 20))
    if number.hedge is Hedge.OVER:
        return 0 < gap <= _reach(number, percent)
    if number.hedge is Hedge.UNDER:
        return 0 < -gap <= _reach(number, percent)
    return False


def _rounds(number: Number, actual: Decimal) -> bool:
    return words.rounded(actual, number.places) == number.value


def _reach(number: Number, percent: bool) -> Decimal:
    value = number.value
    if percent:
        return Decimal(10 if not value % 10 else 5 if not value % 5 else 2)
    step = max(Decimal(1), value / 20)
    for round_number in (1000, 100, 50, 10):
        if value >= round_number and not value % round_number:
            return max(step, Decimal(round_number))
    return step


def share_fits(number: Number, percent: Decimal) -> bool:
    """Return whether a share in words, such as 'nine in ten', may stand for a percentage.

    Such shares are said for what lies near them: within a third of the smaller side, and no
    farther than four points; 'over' and 'nearly' up to eight points on their side.
    """
    said = HUNDRED * number.value / (number.of or 1)
    near = min(Decimal(4), min(said, HUNDRED - said) / 3)
    gap = percent - said
    if number.hedge is Hedge.OVER:
        return 0 < gap <= 8
    if number.hedge is Hedge.UNDER:
        return 0 < -gap <= 8
    return abs(gap) <= (near + 1 if number.hedge is Hedge.ABOUT else near)
