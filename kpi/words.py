"""How values, months and places are said to a reader: '96.7%', '265 of 274', 'November 2024'.

Halves round up, in decimal: 62.25 is said as 62.3.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

WHOLE_SERVICE = "All Starting Well"
NO_VALUE = "–"


class Unit(StrEnum):
    """What a value is read in."""

    PERCENT = "percent"
    COUNT = "count"
    MEAN = "mean"
    RATE = "rate"

    @property
    def multiplier(self) -> int:
        """What numerator / denominator is multiplied by: 100 for a percentage, otherwise 1."""
        return 100 if self is Unit.PERCENT else 1

    @property
    def decimals(self) -> int:
        """How many decimal places a value of this unit is shown with."""
        return 0 if self is Unit.COUNT else 1


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Return `value` at `decimals` places, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def say(value: Decimal | None, unit: Unit, decimals: int) -> str:
    """Return `value` as a reader expects to see it; an en dash when there is none."""
    if value is None:
        return NO_VALUE
    return f"{rounded(value, decimals):,}" + ("%" if unit is Unit.PERCENT else "")


def number(value: Decimal) -> str:
    """Return a numerator, denominator or target without needless zeros: 265, 16.5, 1,204."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def month(day: date) -> str:
    """Return 'November 2024'."""
    return f"{day:%B %Y}"


def financial_year(april: date) -> str:
    """Return '2024/25' for the financial year that begins in `april`."""
    return f"{april.year}/{(april.year + 1) % 100:02}"


def short_month(day: date) -> str:
    """Return 'Nov 2024'."""
    return f"{day:%b %Y}"


def day(when: date | datetime) -> str:
    """Return '30 November 2024'."""
    return f"{when.day} {when:%B %Y}"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return '1 indicator' or '12 indicators'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def unprefixed(key: str | None) -> str:
    """Return a key as people know it, without the authority's code before the colon."""
    return "" if key is None else key.split(":", 1)[-1]


def safe(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula. A number stays one."""
    if re.fullmatch(r"-?[0-9]+([.][0-9]+)?", text):
        return text
    return f"'{text}" if text.lstrip(" \"'")[:1] in tuple("=+-@\t\r\n＝＋－＠") and text else text
