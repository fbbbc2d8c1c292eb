"""Working days, reporting months and birthdays: every date that a definition needs, made once.

`calendar` has one row a day from 1990 to 2050; `months` one a reporting month; `birthdays` one
a child and year of age up to 25. With them no indicator does date arithmetic of its own.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

from kpi import reference, settings
from kpi.errors import DefinitionError

QUERIES = settings.ROOT / "sql" / "queries"
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2050, 12, 31)


class Connection(Protocol):
    """What is needed of a DuckDB connection here."""

    def execute(self, query: str, parameters: object = None) -> object: ...  # noqa: D102
    def executemany(self, query: str, parameters: object = None) -> object: ...  # noqa: D102


def bank_holidays(path: Path | None = None) -> list[date]:
    """Return the bank holidays of England and Wales from 1990 to 2050, in order.

    Raises DefinitionError naming the file and line of a date that will not read.
    """
    path = path or settings.reference() / "bank_holidays.csv"
    days, problems = reference.read(path, ("date", "holiday"), _holiday)
    if problems:
        raise DefinitionError("\n".join(problems))
    return sorted(days.values())


def _holiday(row: dict[str, str]) -> date:
    try:
        return date.fromisoformat(row["date"])
    except ValueError:
        raise ValueError("write the date as 2024-12-25.") from None


def build(con: Connection) -> None:
    """Create the table `calendar` in `con`."""
    con.execute("create or replace temp table bank_holidays (day date not null)")
    con.executemany("insert into bank_holidays values (?)", [[day] for day in bank_holidays()])
    con.execute(_query("calendar"))


def build_months(con: Connection, *, first: date, last: date) -> None:
    """Create the table `months` in `con`: the reporting months from `first` to `last`."""
    con.execute(_query("months"), {"first": first, "last": last})


def build_birthdays(con: Connection) -> None:
    """Create the table `birthdays` in `con` from its table `children`."""
    con.execute(_query("birthdays"))


def month_end(month: date) -> date:
    """Return the last day of `month`."""
    return add_months(month, 1) - timedelta(days=1)


def add_months(month: date, number: int) -> date:
    """Return the first day of the month `number` months after `month` (before, if negative)."""
    years, months = divmod(month.month - 1 + number, 12)
    return date(month.year + years, months + 1, 1)


def working_day_after(day: date, number: int) -> date:
    """Return the day that is `number` working days after `day`, which itself is day 0."""
    holidays = _holidays(settings.reference())
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5 and day not in holidays
    return day


@cache  # a year of narratives asks when each of hundreds was due
def _holidays(reference: Path) -> frozenset[date]:
    return frozenset(bank_holidays(reference / "bank_holidays.csv"))


def financial_year(month: date) -> date:
    """Return the first month of the financial year that `month` lies in: an April."""
    return date(month.year - (month.month < 4), 4, 1)


def months_between(first: date, last: date) -> list[date]:
    """Return the first day of every month from `first` to `last`, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, number) for number in range(count)]


def _query(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
