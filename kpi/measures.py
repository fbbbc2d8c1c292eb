"""Counting: from an indicator's SELECT to sums that any level of the organisation can be read at.

An indicator's SELECT returns one row per thing counted. Those rows are kept as `records`, and
their sums as `measure`:

    indicator     id, as the file is named
    month         first day of the reporting month
    authority     the council's code
    service_area  that of the team, as it stood in the month
    team          that held the work when it was counted
    …_today       the same two of the team that has that work today
    numerator     a number that may be summed
    denominator   a number that may be summed; NULL for a plain count

Numerators and denominators are summed and only then divided. A percentage is never stored.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import zip_longest

import duckdb
import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.errors import SqlglotError

from kpi import organisation, settings
from kpi.catalogue import Indicator
from kpi.errors import DefinitionError, did_you_mean
from kpi.organisation import Place

QUERIES = settings.ROOT / "sql" / "queries"
POPULATIONS = settings.ROOT / "sql" / "populations"

COUNTED = ("month", "authority", "team_id", "child_id", "record_id", "numerator", "denominator")


@dataclass(frozen=True, kw_only=True)
class Sum:
    """A numerator and a denominator (None for a plain count), summed and not yet divided."""

    numerator: Decimal
    denominator: Decimal | None

    def value(self, indicator: Indicator) -> Decimal | None:
        """Return the value in the indicator's unit (96.7… for 96.7%); None for none of none."""
        if self.denominator is None:
            return self.numerator
        if not self.denominator:
            return None
        return indicator.unit.multiplier * self.numerator / self.denominator

    @classmethod
    def nothing(cls, indicator: Indicator) -> "Sum":
        """Return the sum of no rows at all."""
        return cls(numerator=Decimal(0), denominator=Decimal(0) if indicator.denominator else None)


def query(name: str) -> str:
    """Return the text of sql/queries/<name>.sql."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def populations() -> dict[str, str]:
    """Return the SELECT of each population in sql/populations by name, after those it reads."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in POPULATIONS.glob("*.sql")}
    needs = {name: tables_in(select) & found.keys() for name, select in sorted(found.items())}
    try:
        return {name: found[name] for name in TopologicalSorter(needs).static_order()}
    except CycleError as error:
        names = ", ".join(sorted(set(error.args[1])))
        raise DefinitionError(f"populations: each of {names} waits for the others.") from None


@cache
def tables_in(select: str) -> frozenset[str]:
    """Return the names of the tables that a SELECT reads, its own CTEs apart.

    Of a text that is no SELECT, what can be made out: whoever counts it is told what is wrong.
    """
    try:
        tree = sqlglot.parse_one(select, dialect="duckdb", error_level=ErrorLevel.IGNORE)
    except SqlglotError:
        return frozenset()
    named = {cte.alias for cte in tree.find_all(exp.CTE)}
    return frozenset(table.name for table in tree.find_all(exp.Table)) - named


def tables_read(indicator: Indicator) -> set[str]:
    """Return the tables that an indicator's SELECT reads, through the populations it uses too."""
    by_name = populations()
    found: set[str] = set()
    waiting = [indicator.select]
    while waiting:
        new = tables_in(waiting.pop()) - found
        found |= new
        waiting += [by_name[name] for name in new & by_name.keys()]
    return found


def build_populations(con: duckdb.DuckDBPyConnection, read: Container[str] | None = None) -> None:
    """Create the populations in `con` from its extract tables, calendar, months and birthdays.

    Only those among `read`, where it is given. Raises DefinitionError if a SELECT fails.
    """
    for name, select in populations().items():
        if read is None or name in read:
            build_population(con, name, select)


def build_population(con: duckdb.DuckDBPyConnection, name: str, select: str) -> None:
    """Create one population in `con`. Raises DefinitionError if its SELECT fails."""
    _create(con, f"table {name}", select, where=f"populations/{name}.sql")


def count(con: duckdb.DuckDBPyConnection, indicator: Indicator) -> list[str]:
    """Fill the temporary table `counted` with what `indicator` counts.

    Returns the names of the columns beyond the seven that every indicator has. They are kept as
    one JSON text, `details`. Raises DefinitionError if the SELECT fails or leaves a column out.
    """
    _create(con, "temp table counting", indicator.select, where=indicator.file)
    columns = [row[0] for row in con.execute("describe counting").fetchall()]
    for number, (wanted, name) in enumerate(zip_longest(COUNTED, columns[: len(COUNTED)]), start=1):
        if name != wanted:
            there = f"is {name}" if name else "is missing"
            raise DefinitionError(
                f"{indicator.file}: column {number} of the SELECT {there}, and must be {wanted}. "
                f"Begin with {', '.join(COUNTED)}, in that order."
            )
    details = columns[len(COUNTED) :]
    pairs = ", ".join(f"'{name}', \"{name}\"" for name in details)
    con.execute(
        f"create or replace temp table counted as select {', '.join(COUNTED)}, "
        f"json_object({pairs})::varchar as details from counting"
    )
    return details


def fill(
    con: duckdb.DuckDBPyConnection, indicators: Iterable[Indicator], *, records_from: date
) -> dict[str, list[str]]:
    """Create and fill `measure` and `records` in `con`, and return each indicator's detail columns.

    `con` holds the extract tables, teams, calendar, months and birthdays. Lists are kept from the
    month `records_from` on.
    """
    indicators = list(indicators)
    build_populations(con, {table for one in indicators for table in tables_read(one)})
    con.execute(query("teams_by_month"))
    con.execute(query("measure_tables"))
    details = {}
    for indicator in indicators:
        details[indicator.id] = count(con, indicator)
        con.execute(
            query("place_counted"),
            {"unallocated": organisation.UNALLOCATED, "unmapped": organisation.UNMAPPED},
        )
        con.execute(query("insert_measure"), {"indicator": indicator.id})
        con.execute(
            query("insert_records"), {"indicator": indicator.id, "from_month": records_from}
        )
    return details


def series(
    con: duckdb.DuckDBPyConnection, place: Place, indicator: str | None = None
) -> dict[str, dict[date, Sum]]:
    """Return the sums at `place` by indicator and month; months without rows are left out."""
    rows = con.execute(
        query("series"),
        {
            "authority": place.authority,
            "service_area": place.service_area,
            "team": place.team,
            "today": place.today,
            "indicator": indicator,
        },
    ).fetchall()
    found: dict[str, dict[date, Sum]] = {}
    for name, month, numerator, denominator in rows:
        found.setdefault(name, {})[month] = Sum(numerator=numerator, denominator=denominator)
    return found


def everywhere(
    con: duckdb.DuckDBPyConnection, *, whole: Place, first: date, last: date, summed: Iterable[str]
) -> dict[Place, dict[str, Sum]]:
    """Return the sums of every indicator at every place at once: the whole, areas and teams.

    Those that are `summed` are added up from `first` to `last`; of others, `last` alone stands.
    """
    rows = con.execute(
        query("everywhere"),
        {
            "authority": whole.authority,
            "today": whole.today,
            "first": first,
            "last": last,
            "summed": list(summed),
        },
    ).fetchall()
    found: dict[Place, dict[str, Sum]] = {}
    for service_area, team, indicator, numerator, denominator in rows:
        place = replace(whole, service_area=service_area, team=team)
        found.setdefault(place, {})[indicator] = Sum(numerator=numerator, denominator=denominator)
    return found


def breakdown(
    con: duckdb.DuckDBPyConnection, *, indicator: str, whole: Place, first: date, last: date
) -> list[tuple[Place, Sum]]:
    """Return the sums of one indicator from `first` to `last`, team by team of the `whole`."""
    rows = con.execute(
        query("breakdown"),
        {
            "indicator": indicator,
            "authority": whole.authority,
            "today": whole.today,
            "first": first,
            "last": last,
        },
    ).fetchall()
    return [
        (
            replace(whole, service_area=service_area, team=team),
            Sum(numerator=numerator, denominator=denominator),
        )
        for service_area, team, numerator, denominator in rows
    ]


def places(con: duckdb.DuckDBPyConnection, *, today: bool) -> list[Place]:
    """Return every team that has held work, with its service area and authority."""
    rows = con.execute(query("places"), {"today": today}).fetchall()
    return [
        Place(authority=authority, service_area=service_area, team=team, today=today)
        for authority, service_area, team in rows
    ]


def _create(con: duckdb.DuckDBPyConnection, table: str, select: str, *, where: str) -> None:
    """Create `table` from `select`. Raises DefinitionError by the line of the file `where`."""
    try:
        con.execute(f"create or replace {table} as {select}")
    except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException) as error:
        reason, _, position = str(error).partition("\n\nLINE ")
        line = f" line {position.partition(':')[0]}" if position else ""
        raise DefinitionError(f"{where}{line}: {_said(con, reason)}") from None
    except duckdb.Error as error:  # whose text may quote a record
        raise DefinitionError(
            f"{where}: it fails on the records that are loaded ({type(error).__name__})."
        ) from None


def _said(con: duckdb.DuckDBPyConnection, reason: str) -> str:
    """Return why a SELECT was refused, in one line, with the nearest right word."""
    unknown = re.search(r"Table with name (\S+) does not exist", reason)
    if unknown:  # the engine would also offer tables of its own
        tables = con.execute("select table_name from duckdb_tables() where not internal").fetchall()
        return f"{unknown[0]}.{did_you_mean(unknown[1], [name for (name,) in tables])}"
    return re.sub(r"\s*\n\s*", ". ", reason).replace("!.", ".").replace(": :", ":")
