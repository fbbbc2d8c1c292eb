"""Proofs: whether an indicator counts, among a case's records and no others, what it expects."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from decimal import Decimal

import duckdb

from kpi import calendar, cases, lake, measures, words
from kpi.cases import Case, Expected, Row
from kpi.catalogue import Indicator
from kpi.lake import Connection


@contextmanager
def ground() -> Generator[Connection]:
    """Yield a connection with the calendar and every table of the contract, empty."""
    with lake.connect() as con:
        for contract in lake.tables().values():
            con.execute(contract.ddl)
        calendar.build(con)
        yield con


def problems(con: Connection, case: Case, indicator: Indicator) -> list[str]:
    """Return where what `indicator` counts is not what `case` expects; `con` is the `ground`.

    The ground is left as it was. Raises DefinitionError when the SELECT fails.
    """
    name = f"{case.indicator}.md"
    con.begin()
    try:
        refused = _fill(con, case)
        if refused:
            return [cases.at(name, *one) for one in refused]
        calendar.build_months(con, first=case.months[0], last=case.months[-1])
        calendar.build_birthdays(con)
        measures.build_populations(con, measures.tables_read(indicator))
        measures.count(con, indicator)
        return _denominators(con, indicator) or _differences(name, case, counted(con))
    finally:
        con.rollback()


def counted(con: Connection) -> list[Expected]:
    """Return what was counted in `con`, by month and team."""
    rows = con.execute(
        "select month, team_id, sum(numerator), sum(denominator) from counted group by all "
        "order by all"
    ).fetchall()
    return [
        Expected(month, team, Decimal(top), None if bottom is None else Decimal(bottom))
        for month, team, top, bottom in rows
    ]


def _fill(con: Connection, case: Case) -> list[tuple[int, str]]:
    """Insert the records of `case`, and return those that a contract refuses by their line."""
    for table, rows in case.tables.items():
        try:
            _insert(con, table, rows)
        except (duckdb.ConversionException, duckdb.ConstraintException):
            con.rollback()
            con.begin()
            return _refused(con, table, rows, case.lines[table])
    return []


def _insert(con: Connection, table: str, rows: Sequence[Row]) -> None:
    if rows:
        marks = f"({', '.join('?' for _ in rows[0])})"
        con.execute(
            f"insert into {table} ({', '.join(rows[0])}) values {', '.join([marks] * len(rows))}",
            [cell for row in rows for cell in row.values()],
        )


def _refused(
    con: Connection, table: str, rows: Sequence[Row], lines: Sequence[int]
) -> list[tuple[int, str]]:
    """Return which rows a contract refuses, by line: every wrong cell, or the first broken rule."""
    types = {column.name: column.type for column in lake.tables()[table].columns}
    found = []
    for line, row in zip(lines, rows, strict=True):
        casts = ", ".join(f"try_cast(? as {types[name]})" for name in row)
        (typed,) = con.execute(f"select {casts}", list(row.values())).fetchall()
        found += [
            (line, f"{name} must be a {types[name].lower()}, by sql/tables/{table}.sql.")
            for (name, cell), value in zip(row.items(), typed, strict=True)
            if cell is not None and value is None
        ]
    for line, row in zip(lines, rows, strict=True):
        try:
            if not found:
                _insert(con, table, [row])
        except duckdb.ConstraintException as error:
            return [(line, f"sql/tables/{table}.sql refuses the row: {error}")]
    return found


def _differences(name: str, case: Case, found: Iterable[Expected]) -> list[str]:
    counted = {one[:2]: one for one in found}
    differences = []
    for line, one in zip(case.lines.get("expected", []), case.expected, strict=True):
        other = counted.pop(one[:2], None)
        if other != one:
            counts = _of(other) if other else "nothing"
            text = f"{_whose(one)} is expected to be {_of(one)}, and the SELECT counts {counts}."
            differences.append(cases.at(name, line, text))
    differences += [
        f"{name}: the SELECT counts {_of(one)} for {_whose(one)}, which the case does not expect."
        for one in counted.values()
    ]
    return differences


def _denominators(con: Connection, indicator: Indicator) -> list[str]:
    """Return whether any row has a denominator that its unit has no use for, or lacks one."""
    missing = "is not null" if not indicator.denominator else "is null"
    ((number,),) = con.execute(
        f"select count(*) from counted where denominator {missing}"
    ).fetchall()
    if not number:
        return []
    write = "a number in every row" if indicator.denominator else "null as denominator"
    return [f"{indicator.file}: unit is {indicator.unit.value!r}, so select {write}."]


def _whose(one: Expected) -> str:
    return f"{one.team_id or 'no team'} in {one.month:%Y-%m}"


def _of(one: Expected) -> str:
    of = "" if one.denominator is None else f" of {words.number(one.denominator)}"
    return f"{words.number(one.numerator)}{of}"
