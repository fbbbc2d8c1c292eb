"""The figure that a text is about, taken from its card."""

from kpi import calendar
from kpi.cards import Card
from kpi.narrative import Earlier, Figure


def of(card: Card) -> Figure:
    """Return the card's figure, with the earlier ones that its first sentence compares it with.

    Those are last month's and that of the financial year's first month.
    """
    latest = card.latest
    named = {calendar.add_months(card.month, -1), calendar.financial_year(card.month)}
    return Figure(
        said=latest.said,
        of=latest.of,
        numerator=latest.sum.numerator if latest.sum else None,
        denominator=latest.sum.denominator if latest.sum else None,
        target=card.target_said,
        rating=latest.rating.value,
        earlier=tuple(
            Earlier(month=point.month, said=point.said)
            for point in card.series[:-1]
            if point.month in named
        ),
    )
