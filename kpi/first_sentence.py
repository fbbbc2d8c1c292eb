"""The factual sentences that a narrative may begin with, made from a card by rule.

A chart is described in the same words to whoever cannot see it. No model writes here: the words are
all below, and the numbers are all the card's.
"""

from decimal import Decimal

from kpi import calendar, judgement, points, words
from kpi.basis import Basis
from kpi.cards import Card
from kpi.catalogue import Indicator, Kind, Polarity
from kpi.coverage import State
from kpi.organisation import UNALLOCATED, UNMAPPED
from kpi.points import Point
from kpi.words import Unit

# Why there is no figure, by what a point says of it.
BECAUSE: dict[str, str] = {
    State.EMPTY: "the extract had no rows for it",
    State.NOT_LOADED: "its records are not loaded",
    State.NOT_CARRIED: "the extract does not carry it",
    points.NO_CASES: "there were no cases",
    points.NO_SUCH_PLACE: "this part of the service did not exist then",
    points.NOT_ALL: "not every month is counted",
}


def said(card: Card) -> str:
    """Return what the figure is, how it stands against its target, and how it has changed.

    It is compared with last month and with April, where the financial year began; a year to date
    with the same months of the year before.
    """
    latest = card.latest
    if latest.value is None:
        why = f"there is no figure for {_measure(card.indicator)}, because {BECAUSE[latest.said]}"
        target = f"The target is {_goal(card)}." if latest.target else ""
        lines = [f"{_when(card)}, {why}.", target, _last_known(card)]
    else:
        rate = f", or {card.rate_said}" if latest.rate else ""
        status = f", {latest.rating.lower()} ({_goal(card)})" if latest.target else ""
        figure = f"{_measure(card.indicator)} was {_counted(latest)}{rate}{status}"
        lines = [f"{_when(card)}, {figure}.", *_changes(card), _no_target(card)]
    return " ".join(line for line in lines if line)


def described(card: Card) -> str:
    """Return the same, and the lowest and highest of the card's months: what its chart shows."""
    summed = "" if card.basis is Basis.MONTH else f"{card.basis.said}, "
    months = f"{summed}{words.month(card.series[0].month)} to {words.month(card.month)}"
    known = [(point.value, point) for point in card.series if point.value is not None]
    lines = [said(card)]
    if known:
        (_, low), (_, high) = (pick(known, key=lambda one: one[0]) for pick in (min, max))
        lines.append(
            f"{months}: lowest {low.said} in {words.month(low.month)}, "
            f"highest {high.said} in {words.month(high.month)}."
        )
    missing = len(card.series) - len(known)
    if missing:
        lines.append(f"{words.count(missing, 'month has', 'months have')} no value.")
    return " ".join(lines)


def _when(card: Card) -> str:
    """Return 'In November 2024', or 'For MASH and Assessment in November 2024'."""
    when = card.when if card.when.startswith(("in ", "at ")) else f"from {card.when}"
    place = card.place.team or card.place.service_area
    if not place:
        return when[0].upper() + when[1:]
    named = {UNALLOCATED: "unallocated work", UNMAPPED: "unmapped teams"}.get(place, place)
    return f"For {'the ' if named.endswith(' Team') else ''}{named} {when}"


def _measure(indicator: Indicator) -> str:
    """Return the title as what was measured: 'the percentage of assessments completed …'."""
    title = indicator.title
    if title[1:2].islower():  # not an abbreviation
        title = title[0].lower() + title[1:]
    if indicator.unit is Unit.MEAN and title.startswith("average "):
        return f"the {title}"
    of = {
        Unit.PERCENT: "percentage of",
        Unit.COUNT: "number of",
        Unit.MEAN: "average number of",
        Unit.RATE: "rate of",
    }[indicator.unit]
    return f"the {of} {title}"


def _counted(point: Point) -> str:
    return f"{point.said} ({point.of})" if point.of else point.said


def _goal(card: Card) -> str:
    return card.target_said.removeprefix("Target ")


def _no_target(card: Card) -> str:
    if card.latest.target:
        return ""
    if card.indicator.polarity is Polarity.NEITHER:
        return "It is shown for context and has no target."
    return "No target is agreed."


def _last_known(card: Card) -> str:
    """Return what the figure was last month, where there is none now."""
    months = _compared(card)[0]
    if len(card.series) <= months or card.series[-1 - months].value is None:
        return ""
    then = _then(card, months)
    return f"{then[0].upper()}{then[1:]} it was {_counted(card.series[-1 - months])}."


def _changes(card: Card) -> list[str]:
    """Return how the figure has changed, and with what it cannot be compared."""
    if len(card.series) == 1:
        return ["There is no earlier month to compare it with."]
    changes = {months: card.change_on(months) for months in _compared(card)}
    known = [
        (_change(card, months, change), judgement.direction(change, card.indicator.polarity))
        for months, change in changes.items()
        if change is not None
    ]
    unknown = [months for months, change in changes.items() if change is None]
    lines = [f"That is {_joined(known)}."] if known else []
    return [*lines, _nothing_to_compare(card, unknown)] if unknown else lines


def _nothing_to_compare(card: Card, unknown: list[int]) -> str:
    """Return when there was no figure, and why where the reason is one."""
    then = " or ".join(_then(card, months) for months in unknown)
    reasons = {card.series[-1 - months].said for months in unknown if months < len(card.series)}
    because = f", because {BECAUSE[reasons.pop()]}" if len(reasons) == 1 else ""
    return f"There is no figure {then} to compare it with{because}."


def _compared(card: Card) -> list[int]:
    """Return how many months before it the figures lie with which it is compared.

    April is left out in April itself and in May, whose last month it is, and where the months that
    are known do not go back to it.
    """
    if card.basis is Basis.YEAR_TO_DATE:
        return [12]
    since_april = (card.month.month - 4) % 12
    return [1, since_april] if 1 < since_april < len(card.series) else [1]


def _then(card: Card, months: int) -> str:
    """Return when an earlier figure was so: 'in October', 'at the end of April 2024'."""
    then = calendar.add_months(card.month, -months)
    named = f"{then:%B}" if then.year == card.month.year else words.month(then)
    if card.indicator.kind is Kind.SNAPSHOT:
        return f"at the end of {named}"
    if card.basis is Basis.TWELVE_MONTHS:
        return f"in the 12 months to {named}"
    if card.basis is Basis.YEAR_TO_DATE and then.month != 4:
        return f"in the same months of {words.financial_year(calendar.financial_year(then))}"
    return f"in {named}"


def _change(card: Card, months: int, change: Decimal) -> str:
    """Return a change with what the figure was: '2.1 points higher than in October (93.7%)'."""
    then = _then(card, months)
    if not change:
        return f"the same as {then}"
    up, down = ("more", "fewer") if card.indicator.unit is Unit.COUNT else ("higher", "lower")
    by = f"{card.in_points(abs(change))} {up if change > 0 else down}"
    return f"{by} than {then} ({card.series[-1 - months].said})"


def _joined(changes: list[tuple[str, str]]) -> str:
    """Return one or two changes as part of a sentence, each with whether it is for the better."""
    (said, means), *more = changes
    which = f", which is {means}" if means else ""
    if not more:
        return said + which
    ((again, means_again),) = more
    if means and means == means_again:
        return f"{said} and {again}, both for the {means}"
    which_again = f", which is {means_again}" if means_again else ""
    return f"{said}{which}{',' if which else ''} and {again}{which_again}"
