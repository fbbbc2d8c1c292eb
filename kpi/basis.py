"""The basis of a figure: one month, the financial year to date, or the last twelve months.

Only what happens in a month can be read over several. What is true at a month's end stays so.
"""

from datetime import date
from enum import StrEnum
from functools import cache

from kpi import calendar, words
from kpi.catalogue import Kind


class Basis(StrEnum):
    """Over which months a figure is summed. The value is how an address says it."""

    MONTH = "month"
    YEAR_TO_DATE = "year-to-date"
    TWELVE_MONTHS = "twelve-months"

    @property
    def said(self) -> str:
        """The basis as a reader is offered it."""
        return {
            Basis.MONTH: "In the month",
            Basis.YEAR_TO_DATE: "Financial year to date",
            Basis.TWELVE_MONTHS: "Last 12 months",
        }[self]

    def of(self, kind: Kind) -> "Basis":
        """Return the basis on which an indicator of `kind` is read when this one is chosen."""
        return Basis.MONTH if kind is Kind.SNAPSHOT else self

    def months(self, month: date) -> tuple[date, ...]:
        """Return the months summed for `month`, oldest first and `month` itself last."""
        return _months(self, month)

    def when(self, kind: Kind, month: date) -> str:
        """Return when a value was so: 'in November 2024', 'at 30 November 2024', 'April to …'."""
        if kind is Kind.SNAPSHOT:
            return f"at {words.day(calendar.month_end(month))}"
        first = self.months(month)[0]
        if first == month:
            return f"in {words.month(month)}"
        start = f"{first:%B}" if first.year == month.year else words.month(first)
        return f"{start} to {words.month(month)}"


@cache  # a page asks for the same two dozen months of every indicator
def _months(basis: Basis, month: date) -> tuple[date, ...]:
    first = month
    if basis is Basis.YEAR_TO_DATE:
        first = calendar.financial_year(month)
    elif basis is Basis.TWELVE_MONTHS:
        first = calendar.add_months(month, -11)
    return tuple(calendar.months_between(first, month))
